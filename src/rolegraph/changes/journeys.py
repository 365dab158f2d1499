"""Which routes there are in one graph and not in another, or at another cost. Knows no RDF."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from rolegraph import search
from rolegraph.changes.values import Difference, shown
from rolegraph.costs import Additive, Carried, step_costs
from rolegraph.errors import NoPath
from rolegraph.kits import BILLION
from rolegraph.moves import COST_SHIFT
from rolegraph.paths import cheapest_path
from rolegraph.routes import in_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.moves import MoveGraph

#: Pairs of roles that are compared at most: all of 500 roles by a cost that adds up over moves. What is
#: carried along takes a search for each pair.
MOST_PAIRS = 250_000
MOST_SEARCHES = 2_500


@dataclass(frozen=True, slots=True)
class Found:
    """The cheapest route of a pair: what it costs, the names of its roles, and the cost in words."""

    cost: float
    labels: tuple[str, ...]
    total: str

    def __str__(self) -> str:
        return f"{' -> '.join(self.labels)} ({self.total})"


def common_roles(old: MoveGraph, new: MoveGraph) -> list[str]:
    """Give the roles that both graphs have and that a move leaves or reaches in either, in order."""
    linked = {
        name
        for moves in (old, new)
        for name, *arcs in zip(moves.names, moves.ahead, moves.back, strict=True)
        if any(arcs)
    }
    return [name for name in new.names if name in old.number and name in linked]


def most_pairs(moves: MoveGraph) -> int:
    """Give how many pairs of roles may be compared."""
    return MOST_PAIRS if isinstance(moves.costs[0], Additive) else MOST_SEARCHES


def alike(old: MoveGraph, new: MoveGraph) -> bool:
    """Tell whether two graphs have the same moves at the same cost, and so the same routes."""
    one, other = old.costs[0], new.costs[0]
    if isinstance(one, Carried) or isinstance(other, Carried):
        return one == other and old.worst == new.worst and _arcs(old) == _arcs(new)
    return _arcs(old) == _arcs(new)


def _arcs(moves: MoveGraph) -> dict[tuple[str, str], int]:
    return {
        (start, moves.names[goal]): rank >> COST_SHIFT
        for start, arcs in zip(moves.names, moves.ahead, strict=True)
        for goal, rank in arcs
    }


def routes_changed(
    old: MoveGraph, new: MoveGraph, starts: Sequence[str], goals: Sequence[str]
) -> Iterator[Difference]:
    """Compare the cheapest routes from each start to each goal: gained, lost, dearer, cheaper.

    Both graphs weigh their moves by one cost; starts and goals are roles of both, by IRI. Costs that differ
    by less than a billionth are equal. By a cost that adds up: O(n (roles + moves) log roles), where n is the
    number of starts or that of goals, whichever is less, and for each pair that differs one search more.

    Raises LimitReached when a search would not end in reasonable time.
    """
    if not isinstance(new.costs[0], Additive):
        for start, goal in product(starts, goals):
            if start != goal:
                yield from _compared(
                    (start, goal), new, _searched(old, start, goal), _searched(new, start, goal)
                )
        return
    forwards = len(starts) < len(goals)
    sides = (_Costs(old), _Costs(new))
    for root in starts if forwards else goals:
        before, after = (side.around(root, forwards=forwards) for side in sides)
        for end in goals if forwards else starts:
            if before[old.number[end]] != after[new.number[end]]:
                pair = (root, end) if forwards else (end, root)
                yield from _compared(pair, new, *(side.route(*pair) for side in sides))


class _Costs:
    """What the routes of a graph cost, in billionths, by a cost that adds up."""

    def __init__(self, moves: MoveGraph) -> None:
        self.moves = moves
        each = {rank >> COST_SHIFT for arcs in moves.ahead for _, rank in arcs}
        self._each = each.pop() if len(each) == 1 else None
        self._goal, self._left = "", {0: 0}

    def around(self, root: str, *, forwards: bool) -> list[int | None]:
        """Give the cost from a role to every role, or to it from every role, by number; None for no route."""
        arcs = self.moves.ahead if forwards else self.moves.back
        number = self.moves.number[root]
        if self._each is not None:  # as of hops: what counts is the number of moves
            found: list[int | None] = [None] * len(arcs)
            for moves, roles in enumerate(search.rings(arcs, number)):
                for role in roles:
                    found[role] = moves * self._each
            return found
        ranks = search.distances(arcs, {number: 0})
        return [None if rank == search.FAR else rank >> COST_SHIFT for rank in ranks]

    def route(self, start: str, goal: str) -> Found | None:
        """Give the cheapest route, as `paths.cheapest_path` finds it; to one goal all are one search."""
        moves = self.moves
        one, other = moves.number[start], moves.number[goal]
        if self._goal != goal:
            self._goal, self._left = goal, dict(enumerate(search.distances(moves.back, {other: 0})))
        if self._left[one] == search.FAR:
            return None
        route = search.first_of(moves.ahead, self._left, one, other)
        names = [moves.names[role] for role in route]
        cost = (self._left[one] >> COST_SHIFT) / BILLION
        total = in_unit(cost, moves.costs[0].unit)
        if moves.missing != "skip":
            unknown = step_costs(moves.costs[0], moves.network, names).count(None)
            total += f", {in_unit(unknown, 'steps')} unknown" if unknown else ""
        return Found(cost, tuple(moves.network.nodes[name]["label"] for name in names), total)


def _searched(moves: MoveGraph, start: str, goal: str) -> Found | None:
    try:
        path = cheapest_path(moves, start, goal)
    except NoPath:
        return None
    return Found(path.cost, path.labels, path.total)


def _compared(
    pair: tuple[str, str], new: MoveGraph, before: Found | None, after: Found | None
) -> Iterator[Difference]:
    """Give the difference between two routes of a pair, if there is one."""
    rise = None
    if before and after:
        rise = round((after.cost - before.cost) * BILLION) / BILLION
        if not rise:
            return
        change = "dearer" if rise > 0 else "cheaper"
    elif before or after:
        change = "lost" if before else "gained"
    else:
        return
    start, goal = pair
    yield Difference(
        change=change,
        what="route",
        kind=new.costs[0].name,
        thing=new.network.nodes[start]["label"],
        other=new.network.nodes[goal]["label"],
        before=str(before or ""),
        after=str(after or ""),
        aspects=(
            ("cost", before and before.cost, after and after.cost),
            ("route", before and before.labels, after and after.labels),
        ),
        amount=rise,
        percent=round(100 * rise / before.cost, 2) if rise and before and before.cost else None,
        iri=shown(start),
        other_iri=shown(goal),
    )
