"""Every route of a small network, walked by hand, and what it costs: what the searches are held against."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import strategies as st

from rolegraph.costs import Additive, Carried
from rolegraph.model import Evidence
from rolegraph.routes import weakness

ROLES = "abcdefgh"
THINGS = "pqrstuv"

EVIDENCE = {
    kind: (Evidence(f"https://example.org/{kind}", kind, "somebody"),)
    for kind in ("stated", "observed", "derived")
}

#: Multiples of a quarter: sums of them are exact, whatever the order.
AMOUNTS = st.sampled_from([0, 0, 0.25, 0.5, 1, 1, 2, 3.75])

#: Moves: start, goal, kind of evidence, and what they cost in two ways.
MOVES = st.lists(
    st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES), st.sampled_from([*EVIDENCE]), AMOUNTS, AMOUNTS),
    min_size=1,
    max_size=28,
    unique_by=lambda move: move[:2],
)

#: What some of the roles need; a role that is not in it is unknown.
NEEDS = st.dictionaries(
    st.sampled_from(ROLES), st.frozensets(st.sampled_from(THINGS), max_size=4), min_size=4
)

one = Additive("one", "", lambda _start, _goal, edge: edge["one"])
other = Additive("other", "", lambda _start, _goal, edge: edge["other"])


def network_of(moves, order=None) -> nx.MultiDiGraph:
    """Give the network of these moves, in this order; its roles are those that are named, and a to h."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    for role in ROLES if order is None else order:
        network.add_node(
            role, label=role, kind="role", aliases=(), definition="", pay=(), notes=(), evidence=()
        )
    for start, goal, kind, first, second in moves:
        network.add_edge(
            start, goal, key="move", kind="move", evidence=EVIDENCE[kind], one=first, other=second
        )
    return network


def routes(network: nx.MultiDiGraph, start: str, goal: str, most: int | None = None, via=()) -> list[tuple]:
    """Walk every route that visits no role twice, has at most so many moves, and passes these roles."""
    found = []

    def walk(route: tuple[str, ...]) -> None:
        if route[-1] == goal:
            if set(via) <= set(route) and (most is None or len(route) - 1 <= most):
                found.append(route)
            return
        for following in network.successors(route[-1]):
            if following not in route:
                walk((*route, following))

    walk((start,))
    return found


def total(network: nx.MultiDiGraph, cost: Additive | Carried, route) -> float | None:
    """Add up what a route costs; None where that is not known."""
    if isinstance(cost, Additive):
        return sum(cost.of(*ends, network.edges[*ends, "move"]) for ends in pairwise(route))
    if any(role not in cost.needs for role in route[1:]):
        return None
    needed = frozenset().union(*(cost.needs[role] for role in route[1:]))
    lacking = needed - cost.had - cost.needs.get(route[0], frozenset())
    return sum(cost.weights.get(thing, 1) for thing in lacking)


def place(network: nx.MultiDiGraph, route) -> tuple:
    """Give what routes of one cost are ordered by: weakness of evidence, number of moves, names."""
    evidence = (network.edges[*ends, "move"]["evidence"] for ends in pairwise(route))
    return (sum(map(weakness, evidence)), len(route), route)


def in_order(network: nx.MultiDiGraph, cost: Additive | Carried, found) -> list[tuple[float, tuple]]:
    """Give what these routes cost and the routes, cheapest first."""
    known = [(total(network, cost, route), route) for route in found]
    return sorted(
        ((amount, route) for amount, route in known if amount is not None),
        key=lambda item: (item[0], *place(network, item[1])),
    )


def unbeaten(network: nx.MultiDiGraph, costs, found) -> list[tuple[tuple, tuple]]:
    """Give what the routes cost that no other beats, and the first route of each such combination."""
    best: dict[tuple, tuple] = {}
    for route in found:
        amounts = tuple(total(network, cost, route) for cost in costs)
        if None not in amounts and (
            amounts not in best or place(network, route) < place(network, best[amounts])
        ):
            best[amounts] = route

    def beaten(amounts: tuple) -> bool:
        return any(
            rival != amounts and all(less <= more for less, more in zip(rival, amounts, strict=True))
            for rival in best
        )

    return sorted((amounts, route) for amounts, route in best.items() if not beaten(amounts))
