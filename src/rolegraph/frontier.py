"""Trade-offs: the routes of which none is beaten on every cost at once (the Pareto set)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from operator import add, le

from rolegraph.carrying import MOST_COMPARISONS, Journey, Price
from rolegraph.errors import LimitReached
from rolegraph.search import Route

#: What a route costs, in each of the measures that are weighed against each other.
Costs = tuple[int, ...]

#: What every move costs in the measures that add up, in the order of `Journey.ahead`.
MoveCosts = Sequence[Sequence[Costs]]


def frontier(
    plan: Journey,
    start: int,
    costs: MoveCosts,
    left: Sequence[Sequence[Sequence[int]]],
    prices: Sequence[Price],
) -> list[tuple[Costs, Route]]:
    """Give one route for each combination of costs that no other route beats, in the order of these costs.

    One route beats another when it costs no more in any measure, and less in one. The measures that add up
    come first, then those that price what a route has gained. left: for each of the first, for every set of
    roles to pass, for every role the least cost to the goal. Of routes of equal costs the first by rank and
    numbers is given.

    Raises LimitReached when that would take more than MOST_COMPARISONS.

    Label setting with lower bounds: L. Mandow, J. L. Perez de la Cruz, "Multiobjective A* Search with
    Consistent Heuristics", Journal of the ACM 57 (2010), 27:1-27:25; E. Q. V. Martins, "On a multicriteria
    shortest path problem", European Journal of Operational Research 16 (1984), 236-245.
    """
    waiting = plan.sets_off(start)
    if not plan.open_to(start, waiting, 1):
        return []
    weights = _Weights(plan, costs, left, prices)
    nothing = (0,) * len(left)
    found: list[tuple[Costs, Route]] = []
    followed: dict[tuple[int, int], list[_Beginning]] = {}
    heap: list[tuple[Costs, int, Route, Costs, int, int]] = [
        (weights.least(start, waiting, nothing, 0), 0, (start,), nothing, 0, waiting)
    ]
    allowed = MOST_COMPARISONS
    while heap:
        least, rank, route, spent, gained, waiting = heappop(heap)
        if any(all(map(le, other, least)) for other, _ in found):
            continue
        role = route[-1]
        if role == plan.goal:
            found.append((least, route))
            continue
        others = followed.setdefault((role, waiting), [])
        beginning = (spent, rank, route, gained, frozenset(route) if plan.pass_by else frozenset())
        if _beaten(beginning, others, plan.least(role, waiting, 0), bounded=plan.most is not None):
            continue
        others.append(beginning)
        allowed -= len(others)
        if allowed < 0:
            raise LimitReached(MOST_COMPARISONS)
        for item in weights.onwards(beginning, waiting):
            if not any(all(map(le, other, item[0])) for other, _ in found):
                heappush(heap, item)
    return found


#: What a beginning costs in the measures that add up, its rank and its roles, what it has gained, the roles
#: it blocks.
_Beginning = tuple[Costs, int, Route, int, frozenset[int]]


def _beaten(beginning: _Beginning, others: Sequence[_Beginning], sure: int, *, bounded: bool) -> bool:
    """Tell whether whatever follows a beginning would do better after another one to the same role."""
    spent, rank, route, gained, roles = beginning
    cover = gained | sure
    return any(
        all(map(le, other_spent, spent))
        and not other_gained & ~cover
        and (other_spent != spent or (other_rank, other_route) < (rank, route))
        and not (bounded and len(other_route) > len(route))
        and other_roles <= roles
        for other_spent, other_rank, other_route, other_gained, other_roles in others
    )


class _Weights:
    """Weighs the beginnings of routes in every measure."""

    def __init__(
        self,
        plan: Journey,
        costs: MoveCosts,
        left: Sequence[Sequence[Sequence[int]]],
        prices: Sequence[Price],
    ) -> None:
        self._plan, self._costs, self._prices = plan, costs, prices
        self._left = [list(zip(*stage, strict=True)) for stage in zip(*left, strict=True)]

    def least(self, role: int, waiting: int, spent: Costs, gained: int) -> Costs:
        """Give what any route will cost at the goal that has come so far."""
        added = tuple(map(add, spent, self._left[waiting][role])) if spent else ()
        if not self._prices:
            return added
        sure = self._plan.least(role, waiting, gained)
        return (*added, *[price(sure) for price in self._prices])

    def onwards(
        self, beginning: _Beginning, waiting: int
    ) -> Iterator[tuple[Costs, int, Route, Costs, int, int]]:
        """Give every beginning that is longer by one move."""
        spent, rank, route, gained, _ = beginning
        plan, last = self._plan, route[-1]
        for (role, more), cost in zip(plan.ahead[last], self._costs[last], strict=True):
            still = waiting & ~plan.pass_by.get(role, 0)
            if role in route or not plan.open_to(role, still, len(route) + 1):
                continue
            total = tuple(map(add, spent, cost))
            things = gained | plan.needs[role]
            least = self.least(role, still, total, things)
            yield least, rank + more, (*route, role), total, things, still
