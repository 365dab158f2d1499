"""Searches in which a route carries something: what it has gained, and which roles it has yet to pass.

What a route needs is a set, kept as the bits of a number; a role adds its own bits, and what the route costs
depends on the union. So the cheaper beginning is not always the better one: of two that meet both are
followed, unless one has gained nothing that the other has not, at no higher rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

from rolegraph.search import FAR, Arcs, Route, distances, uniform

#: Gives what a set of things costs.
Price = Callable[[int], int]

#: How often one question holds one beginning of a route against another at most; that takes some seconds.
MOST_COMPARISONS = 2_000_000


class BeyondLimit(Exception):
    """A search was given up after so many comparisons; no route that it has not given goes below `rank`."""

    def __init__(self, comparisons: int, rank: int) -> None:
        self.comparisons = comparisons
        self.rank = rank
        super().__init__(comparisons, rank)


@dataclass(frozen=True)
class Journey:
    """What every search to one goal needs to know, for routes that carry something.

    needs: for every role the things that it adds. sure: for every role the things that every route from it to
    the goal adds, its own included. pass_by: role -> its bit in the sets of roles still to pass; passing: for
    every such set, the things that its roles add. left: for every such set, for every role the least rank to
    the goal by way of them; moves: the same in moves, where there may be at most `most`.
    """

    ahead: Arcs
    goal: int
    needs: Sequence[int]
    sure: Sequence[int]
    pass_by: dict[int, int]
    passing: Sequence[int]
    left: Sequence[Sequence[int]]
    moves: Sequence[Sequence[int]]
    most: int | None

    def sets_off(self, start: int) -> int:
        """Give the set of roles that are still to pass at the start."""
        return sum(self.pass_by.values()) & ~self.pass_by.get(start, 0)

    def open_to(self, role: int, waiting: int, length: int) -> bool:
        """Tell whether a route of so many roles, this one the last, can still reach the goal."""
        if self.left[waiting][role] >= FAR:
            return False
        return self.most is None or length - 1 + self.moves[waiting][role] <= self.most

    def least(self, role: int, waiting: int, gained: int) -> int:
        """Give the things that any route will have gained at the goal that has gained these here."""
        return gained | self.sure[role] | self.passing[waiting]


def journey(
    ahead: Arcs,
    back: Arcs,
    goal: int,
    *,
    needs: Sequence[int],
    via: Iterable[int] = (),
    most: int | None = None,
) -> Journey:
    """Prepare the searches to one goal; see `Journey`."""
    pass_by = {role: 1 << n for n, role in enumerate(sorted(set(via) - {goal}))}
    passing = [
        _union(needs[role] for role, bit in pass_by.items() if waiting & bit)
        for waiting in range(1 << len(pass_by))
    ]
    return Journey(
        ahead=ahead,
        goal=goal,
        needs=needs,
        sure=_sure(back, goal, needs),
        pass_by=pass_by,
        passing=passing,
        left=staged(back, goal, pass_by),
        moves=[] if most is None else staged(uniform(back), goal, pass_by),
        most=most,
    )


def _union(sets: Iterable[int]) -> int:
    union = 0
    for things in sets:
        union |= things
    return union


def _sure(back: Arcs, goal: int, needs: Sequence[int]) -> list[int]:
    """Give what every route from a role to the goal adds: its own, and what is sure after any move."""
    if not any(needs):
        return [0] * len(needs)
    everything = _union(needs)
    sure = [everything] * len(needs)
    sure[goal] = needs[goal]
    waiting = {goal: None}  # in the order of arrival; a dict forgets the doubles
    while waiting:
        role = next(iter(waiting))
        del waiting[role]
        for before, _ in back[role]:
            if before == goal:
                continue
            kept = needs[before] | (sure[before] & sure[role])
            if kept != sure[before]:
                sure[before] = kept
                waiting[before] = None
    return sure


def staged(back: Arcs, goal: int, pass_by: dict[int, int]) -> list[list[int]]:
    """Give, for every set of roles still to pass, the least rank to the goal by way of them.

    No role to pass is entered twice, nor the goal before all have been passed.
    """
    stages: list[list[int]] = []
    for waiting in range(1 << len(pass_by)):
        entered = {role: bit for role, bit in pass_by.items() if waiting & bit}
        inside = [[] if role in pass_by or role == goal else arcs for role, arcs in enumerate(back)]
        roots = {} if waiting else {goal: 0}
        for role in entered if waiting else [goal]:
            here = stages[waiting & ~entered[role]][role] if waiting else 0
            for before, more in back[role]:
                if here + more < roots.get(before, FAR):
                    roots[before] = here + more
        stage = distances(inside, roots)
        stage[goal] = FAR if waiting else 0
        stages.append(stage)
    return stages


class CarryingSpurs:
    """Finishes routes whose rank is the price of what they gain and the sum of the ranks of their moves.

    Best first, by a bound that counts what is gained already or is sure to be. A beginning is dropped where
    another one to the same role has gained nothing more, comes before it, and blocks no role more: whatever
    follows it, the other does as well. Leaving a loop out never makes a route dearer, so no beginning needs
    to know its roles, unless it has roles to pass.

    The pruning is that of label-setting for paths with resources: M. Desrochers, F. Soumis, "A Generalized
    Permanent Labelling Algorithm for the Shortest Path Problem with Time Windows", INFOR 26 (1988),
    191-212.
    """

    def __init__(self, plan: Journey, price: Price) -> None:
        self.goal = plan.goal
        self._plan = plan
        self._price = price
        self._left = MOST_COMPARISONS

    def bound(self, begun: Route, banned: frozenset[int]) -> int | None:
        """Give a rank that no finished route goes below, None when there is none; see `finish`."""
        rank, gained, waiting = self._carried(begun)
        if begun[-1] == self.goal:
            return None if banned or waiting else rank + self._price(gained)
        return min(
            (item[0] for item in self._onwards(begun, rank, gained, waiting) if item[1][-1] not in banned),
            default=None,
        )

    def finish(self, begun: Route, banned: frozenset[int]) -> tuple[int, Route] | None:
        """Give the first of the routes that begin so, visit no role twice, and do not go on to a banned one.

        Raises BeyondLimit when that and what was asked before would take more than MOST_COMPARISONS.
        """
        rank, gained, waiting = self._carried(begun)
        if begun[-1] == self.goal:
            return rank + self._price(gained), begun
        heap = [item for item in self._onwards(begun, rank, gained, waiting) if item[1][-1] not in banned]
        heapify(heap)
        followed: dict[tuple[int, int], list[_Beginning]] = {}
        blocked = frozenset(begun)
        while heap:
            first, route, rank, gained, waiting = heappop(heap)
            role = route[-1]
            if role == self.goal:
                return first, route
            others = followed.setdefault((role, waiting), [])
            beginning = (rank, route, gained, frozenset(route) if self._plan.pass_by else frozenset())
            if self._beaten(beginning, others, self._plan.least(role, waiting, 0)):
                continue
            others.append(beginning)
            self._left -= len(others)
            if self._left < 0:
                raise BeyondLimit(MOST_COMPARISONS, first)
            for item in self._onwards(route, rank, gained, waiting):
                if item[1][-1] not in blocked:
                    heappush(heap, item)
        return None

    def _beaten(self, beginning: _Beginning, others: Iterable[_Beginning], sure: int) -> bool:
        rank, route, gained, roles = beginning
        cover = gained | sure
        bounded = self._plan.most is not None
        return any(
            not other_gained & ~cover
            and (other_rank, other_route) < (rank, route)
            and not (bounded and len(other_route) > len(route))
            and other_roles <= roles
            for other_rank, other_route, other_gained, other_roles in others
        )

    def _onwards(
        self, route: Route, rank: int, gained: int, waiting: int
    ) -> list[tuple[int, Route, int, int, int]]:
        """Give what may follow: the bound of each longer route, itself, rank, things, roles to pass."""
        plan, found = self._plan, []
        for role, more in plan.ahead[route[-1]]:
            still = waiting & ~plan.pass_by.get(role, 0)
            if role in route or not plan.open_to(role, still, len(route) + 1):
                continue
            things = gained | plan.needs[role]
            bound = self._price(plan.least(role, still, things)) + rank + more + plan.left[still][role]
            found.append((bound, (*route, role), rank + more, things, still))
        return found

    def _carried(self, begun: Route) -> tuple[int, int, int]:
        """Give the rank of the moves of a beginning, what it has gained, and the roles it has yet to pass."""
        rank = gained = 0
        waiting = self._plan.sets_off(begun[0])
        for before, role in pairwise(begun):
            rank += dict(self._plan.ahead[before])[role]
            gained |= self._plan.needs[role]
            waiting &= ~self._plan.pass_by.get(role, 0)
        return rank, gained, waiting


#: The rank of the moves of a beginning, its roles, what it has gained, and the roles that it blocks.
_Beginning = tuple[int, Route, int, frozenset[int]]
