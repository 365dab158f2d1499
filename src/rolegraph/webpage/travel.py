"""What the page's search for routes needs: the moves, and what they and the roles cost, as whole numbers.

The figures are those that `rolegraph.costs` gives, so that the page and the library mean the same by a cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolegraph.costs import COSTS, Additive, Carried, checked, named_cost
from rolegraph.kits import BILLION
from rolegraph.moves import MOVE_BITS, WEAKNESS_BITS, move_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from rolegraph.costs import Edge
    from rolegraph.moves import MoveGraph

#: Kinds of relations that costs are read from.
_READ = frozenset({"move", "requires", "teaches", "matches"})

#: Whole numbers up to this are exact in JavaScript; larger ones are written as texts.
_EXACT = 2**53


def travel_data(network: nx.MultiDiGraph[str], number: Mapping[str, int]) -> dict[str, Any]:
    """Give the moves of a network and what they cost, for the search of the page.

    roles: the page's number (from `number`) of each role, in the order in which routes of one rank go; a role
    is meant by its place here in what follows. moves: from, to, weakness of the evidence. costs: by name,
    the unit, and of a cost that adds up what every move costs in billionths (`each`, where all cost the
    same), None where no source tells; of one that is carried what things every role needs (None where no
    source tells), what a thing costs (`each`, or `weights`), and what the dearest role needs.

    >>> import rolegraph as rg
    >>> network = rg.open().network()
    >>> data = travel_data(network, {node: n for n, node in enumerate(network)})
    >>> data["costs"]["gap"]["unit"], len(data["roles"])
    ('skills', 72)
    """
    plain = _plain(network)
    graph = move_graph(plain)
    moves = [
        (start, goal, rank >> MOVE_BITS & (1 << WEAKNESS_BITS) - 1)
        for start, arcs in enumerate(graph.ahead)
        for goal, rank in sorted(arcs)
    ]
    return {
        "roles": [number[name] for name in graph.names],
        "moves": [list(move) for move in moves],
        "costs": {name: _cost(named_cost(name, plain), graph, moves) for name in COSTS},
    }


def _plain(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Give what costs are read from, with nothing where a network that others made says nothing."""
    import networkx as nx  # noqa: PLC0415 - whoever has a network has loaded it

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        told = {"label": data.get("label") or "", "kind": data.get("kind", "")}
        plain.add_node(node, **told, pay=data.get("pay", ()), notes=data.get("notes", ()))
    ends = move_graph(plain).number  # what moves can be searched between
    for start, end, kind, data in network.edges(keys=True, data=True):
        if kind in _READ and (kind != "move" or (start in ends and end in ends)):
            blank: Edge = {"kind": kind, "evidence": (), "necessity": "", "share": None, "count": None}
            plain.add_edge(start, end, key=kind, **{**blank, **data})
    return plain


def _cost(cost: Additive | Carried, graph: MoveGraph, moves: list[tuple[int, int, int]]) -> dict[str, Any]:
    if isinstance(cost, Carried):
        return {"unit": cost.unit, **_needs(cost, graph.names)}
    figures = []
    for start, goal, _ in moves:
        ends = graph.names[start], graph.names[goal]
        figures.append(_billionths(checked(cost.of, *ends, graph.network.edges[*ends, "move"])))
    told = {"each": figures[0]} if figures and len(set(figures)) == 1 else {"figures": figures}
    return {"unit": cost.unit, **told}


def _needs(cost: Carried, names: list[str]) -> dict[str, Any]:
    """Give what every role needs, the things numbered, and what they cost."""
    needed = [cost.needs.get(name) for name in names]
    things = sorted(frozenset().union(*(things for things in needed if things)))
    place = {thing: at for at, thing in enumerate(things)}
    weights = [_billionths(cost.weights.get(thing, 1.0)) for thing in things]
    told = {"each": weights[0]} if len(set(weights)) == 1 else {"weights": weights}
    worst = max((cost.price(things) for things in cost.needs.values()), default=None)
    return {
        "needs": [None if things is None else sorted(place[thing] for thing in things) for things in needed],
        "worst": _billionths(worst),
        **told,
    }


def _billionths(figure: float | None) -> int | str | None:
    if figure is None:
        return None
    whole = round(figure * BILLION)
    return whole if whole < _EXACT else str(whole)
