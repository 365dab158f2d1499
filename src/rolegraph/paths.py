"""Routes over the moves of a network: the cheapest, and the k cheapest."""

from __future__ import annotations

from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

import networkx as nx

from rolegraph.costs import hops, weakness, weigh
from rolegraph.errors import NoPath, ParameterError
from rolegraph.network import role_of
from rolegraph.routes import CareerPath, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.costs import Cost, Rule


#: Small enough that no route of fewer than ten thousand moves overtakes one that costs a thousandth less.
_TIE = 1e-7

#: Kinds of nodes that moves connect; nothing says what an unknown one is.
_ENDS = frozenset({"role", "group", "unknown"})


def move_graph(
    network: nx.MultiDiGraph[str], *, cost: Cost = hops, rules: Sequence[Rule] = ()
) -> nx.DiGraph[str]:
    """Give the allowed moves of a network as a graph whose edges carry a `cost` and a `rank` to search by.

    The rank is the cost, and a very little more where the evidence is weaker: of routes of one cost
    the better evidenced comes first.

    Only moves are searched: through a shared skill or a class, everything is two steps from everything.

    Raises ParameterError for a cost below 0.
    """
    moves: nx.DiGraph[str] = nx.DiGraph()
    moves.add_nodes_from(node for node, data in network.nodes(data=True) if data["kind"] in _ENDS)
    for start, goal, key, edge in network.edges(keys=True, data=True):
        if key == "move":
            price = weigh(start, goal, edge, cost=cost, rules=rules)
            if price is not None:
                moves.add_edge(start, goal, cost=price, rank=price + _TIE * weakness(edge))
    return moves


def cheapest_path(
    network: nx.MultiDiGraph[str], start: str, goal: str, *, cost: Cost = hops, rules: Sequence[Rule] = ()
) -> CareerPath:
    """Find the cheapest route between two roles, given by IRI.

    network: see `projection`. cost: a function of (start, goal, edge), at least 0; None forbids a move.
    rules: conditions that every move must meet.

    Raises NoPath, with what can be reached and from where the goal can be; ParameterError for a cost below 0.
    Dijkstra's algorithm: O((roles + moves) log roles).
    """
    moves = move_graph(network, cost=cost, rules=rules)
    try:
        nodes = nx.dijkstra_path(moves, start, goal, weight="rank")
    except nx.NetworkXNoPath:
        raise _no_path(network, moves, start, goal, rules) from None
    return _career_path(network, moves, nodes, cost)


def k_cheapest_paths(  # noqa: PLR0913 - a question for routes has that many parts
    network: nx.MultiDiGraph[str],
    start: str,
    goal: str,
    *,
    k: int = 3,
    cost: Cost = hops,
    rules: Sequence[Rule] = (),
    max_steps: int | None = None,
) -> list[CareerPath]:
    """Find the k cheapest routes that visit no role twice, cheapest first; fewer where there are fewer.

    max_steps keeps longer routes out; with costs other than hops, those that lie between are passed over one
    by one, which can take long.

    Raises ParameterError for a cost below 0 or k below 1. Yen's algorithm, as networkx implements it: O(k
    roles (roles + moves)).

    J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971), 712-716.
    """
    if k < 1:
        message = f"k is {k}; at least one route must be asked for."
        raise ParameterError(message)
    moves = move_graph(network, cost=cost, rules=rules)
    if max_steps is not None:
        moves = _within(moves, start, goal, max_steps)
    routes = _loopless(moves, start, goal)
    if max_steps is not None:
        fits = lambda route: len(route) <= max_steps + 1  # noqa: E731 - said once for both ways
        # Routes come cheapest first: where each move costs the same, none that fits follows one that fails.
        routes = takewhile(fits, routes) if cost is hops else filter(fits, routes)
    return [_career_path(network, moves, nodes, cost) for nodes in islice(routes, k)]


def _within(moves: nx.DiGraph[str], start: str, goal: str, max_steps: int) -> nx.DiGraph[str]:
    """Keep the roles that lie on a way from start to goal of at most so many moves."""
    if start not in moves or goal not in moves:
        return moves
    there = nx.single_source_shortest_path_length(moves, start, cutoff=max_steps)
    back = nx.single_source_shortest_path_length(moves.reverse(copy=False), goal, cutoff=max_steps)
    between = [node for node in there if node in back and there[node] + back[node] <= max_steps]
    return moves.subgraph({start, goal, *between})


def _loopless(moves: nx.DiGraph[str], start: str, goal: str) -> Iterator[list[str]]:
    try:
        yield from nx.shortest_simple_paths(moves, start, goal, weight="rank")
    except nx.NetworkXNoPath:
        return


def _career_path(
    network: nx.MultiDiGraph[str], moves: nx.DiGraph[str], nodes: Sequence[str], cost: Cost
) -> CareerPath:
    roles = tuple(role_of(network, node) for node in nodes)
    steps = tuple(
        Step(
            start,
            goal,
            network.edges[start.iri, goal.iri, "move"]["evidence"],
            moves.edges[start.iri, goal.iri]["cost"],
        )
        for start, goal in pairwise(roles)
    )
    total = sum(step.cost or 0.0 for step in steps)
    return CareerPath(roles, steps, total, getattr(cost, "__name__", "cost"))


def _no_path(
    network: nx.MultiDiGraph[str], moves: nx.DiGraph[str], start: str, goal: str, rules: Sequence[Rule]
) -> NoPath:
    def label(node: str) -> str:
        return str(network.nodes[node]["label"])

    return NoPath(
        label(start),
        label(goal),
        reachable=sorted(map(label, nx.descendants(moves, start))),
        leading=sorted(map(label, nx.ancestors(moves, goal))),
        rules=[rule.words for rule in rules],
    )
