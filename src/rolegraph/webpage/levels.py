"""Sorts roles into levels along the career direction, also where moves lead in circles."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    #: A move from one node to another.
    Pair = tuple[int, int]

#: How often the order in the columns is improved; more changes next to nothing.
_SWEEPS = 4

#: Observed moves that are weighed against the order that there is, the most seen first; the others change
#: next to nothing, and each costs a search.
MOST_WEIGHED = 1500


def columns(
    ladder: nx.DiGraph[int], seen: Mapping[Pair, int], routes: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Give the roles of each level, from the earliest, so ordered that few arrows cross.

    The roles of a route stand in its order. Stated moves lead from a level to a later one, and roles on a
    circle of them share one. Observed moves, that is those in seen with how often, count only where they
    contradict neither these nor others that were seen more often.

    >>> moves = nx.DiGraph([(0, 1), (1, 2), (2, 1)])
    >>> columns(moves, {}, [])
    [[0], [1, 2]]
    >>> columns(moves, {(2, 1): 5}, [])
    [[0], [1], [2]]
    >>> columns(moves, {}, [[0, 2, 1]])
    [[0], [2], [1]]
    """
    order = _order(ladder, seen, routes)
    cycles = sorted(sorted(part) for part in nx.strongly_connected_components(order))
    folded = nx.condensation(order, scc=cycles)
    parts = list(nx.lexicographical_topological_sort(folded))
    level: dict[int, int] = {}
    for part in parts:
        level[part] = max((level[before] + 1 for before in folded.pred[part]), default=0)
    for part in reversed(parts):  # as late as what follows allows, so that arrows are short
        level[part] = min((level[after] - 1 for after in folded.succ[part]), default=level[part])
    levels: dict[int, list[int]] = defaultdict(list)
    for part in parts:
        levels[level[part]] += cycles[part]
    return _swept([sorted(levels[number]) for number in sorted(levels)], ladder)


def _order(
    ladder: nx.DiGraph[int], seen: Mapping[Pair, int], routes: Sequence[Sequence[int]]
) -> nx.DiGraph[int]:
    """Give the moves that decide on levels: those of routes, stated ones, and observed ones that agree."""
    order: nx.DiGraph[int] = nx.DiGraph()
    order.add_nodes_from(ladder)
    steps = [pair for route in routes for pair in pairwise(node for node in route if node in ladder)]
    _agree(order, steps)
    fixed = set(order.edges)
    order.add_edges_from(pair for pair in ladder.edges if pair not in seen)
    on_route = {node for pair in fixed for node in pair}
    for cycle in list(nx.strongly_connected_components(order)):
        if len(cycle & on_route) > 1:
            inside = sorted(pair for pair in order.subgraph(cycle).edges if pair not in fixed)
            order.remove_edges_from(inside)
            _agree(order, inside)
    often = sorted((pair for pair in ladder.edges if pair in seen), key=lambda pair: (-seen[pair], pair))
    _agree(order, islice(often, MOST_WEIGHED))
    return order


def _agree(order: nx.DiGraph[int], pairs: Iterable[Pair]) -> None:
    """Add each pair that does not lead back to where it begins."""
    for start, end in pairs:
        if start != end and not nx.has_path(order, end, start):
            order.add_edge(start, end)


def _swept(levels: list[list[int]], ladder: nx.DiGraph[int]) -> list[list[int]]:
    """Order each level by the places of what its roles are linked to, to and fro."""
    for _ in range(_SWEEPS):
        for column in (*levels, *reversed(levels)):
            rank = {node: index - len(each) / 2 for each in levels for index, node in enumerate(each)}
            wish = {node: mean([rank[other] for other in nx.all_neighbors(ladder, node)]) for node in column}
            column.sort(key=lambda node: (wish[node], node))
    return levels


def mean(values: Sequence[float]) -> float:
    """Give the mean, 0 of nothing.

    >>> mean([1, 2]), mean([])
    (1.5, 0.0)
    """
    return sum(values) / len(values) if values else 0.0
