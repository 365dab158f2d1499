"""Routes in order of their rank, for costs of any kind; and what finishes routes whose costs add up."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from rolegraph.search import FAR, distances, met, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.search import Arcs, Route


class Spurs(Protocol):
    """What finishes a route that has begun."""

    goal: int

    def bound(self, begun: Route, banned: frozenset[int]) -> int | None:
        """Give a rank that no finished route goes below, None when there is none; see `finish`."""

    def finish(self, begun: Route, banned: frozenset[int]) -> tuple[int, Route] | None:
        """Give the first of the routes that begin so, visit no role twice, do not go on to a banned one."""


def in_order(spurs: Spurs, start: int) -> Iterator[tuple[int, Route]]:
    """Give the routes that visit no role twice, by rank, then by their numbers.

    Every route found splits what remains into routes that leave it at its first role, its second ...; each
    part waits under a bound, and is searched only when no other can come before it.

    J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971), 712-716;
    E. L. Lawler, "A procedure for computing the k best solutions ...", Management Science 18 (1972), 401-405.
    """
    heap: list[tuple[int, int, Route, Route, frozenset[int]]] = []

    def wait(begun: Route, banned: frozenset[int]) -> None:
        bound = spurs.bound(begun, banned)
        if bound is not None:
            heappush(heap, (bound, 0, begun, begun, banned))

    wait((start,), frozenset())
    while heap:
        rank, found, route, begun, banned = heappop(heap)
        if not found:
            finished = spurs.finish(begun, banned)
            if finished is not None:
                heappush(heap, (finished[0], 1, finished[1], begun, banned))
            continue
        yield rank, route
        for length in range(len(begun), len(route)):
            wait(
                route[:length],
                frozenset((route[length],)) | (banned if length == len(begun) else frozenset()),
            )


def cheapest_in_order(
    ahead: Arcs, back: Arcs, start: int, goal: int, most: int | None = None
) -> Iterator[tuple[int, Route]]:
    """Give the routes whose rank is the sum of the ranks of their moves, as `in_order` does.

    A route of at most some rank passes only roles that lie on routes of at most this rank. So these roles are
    searched first, for a rank little above the least, and more of them only when their routes are used up.
    """
    best, _, _ = met(ahead, back, start, goal)
    moves = [] if most is None else distances(uniform(back), {goal: 0})
    given = 0
    for reach in (best + best // 4, best + best // 2, 2 * best, FAR) if best < FAR else ():
        spurs = AdditiveSpurs(ahead, goal, _left_within(ahead, back, start, goal, reach), most, moves)
        for place, (rank, route) in enumerate(in_order(spurs, start)):
            if rank > reach:
                break
            if place == given:
                yield rank, route
                given += 1


def _left_within(ahead: Arcs, back: Arcs, start: int, goal: int, reach: int) -> list[int]:
    """Give the least rank to the goal from the roles of all routes of at most such a rank.

    Other roles have a higher figure, or FAR. The roles within half of the rank from the start are found
    first; any other role counts as half, so that the search from the goal stays near.
    """
    if reach >= FAR:
        return distances(back, {goal: 0})
    half = reach // 2
    near = _within(ahead, start, half, {}, 0)
    left = [FAR] * len(ahead)
    for role, rank in _within(back, goal, reach, near, half).items():
        left[role] = rank
    return left


def _within(arcs: Arcs, root: int, reach: int, gone: dict[int, int], least: int) -> dict[int, int]:
    """Give the least rank from a root to the roles where that and the rank gone before are within reach.

    least: what has gone before at the roles that `gone` does not tell of.
    """
    found = {root: 0}
    heap = [(0, root)]
    while heap:
        rank, role = heappop(heap)
        if rank > found[role]:
            continue
        for other, more in arcs[role]:
            total = rank + more
            if total < found.get(other, FAR) and total + gone.get(other, least) <= reach:
                found[other] = total
                heappush(heap, (total, other))
    return found


class AdditiveSpurs:
    """Finishes routes whose rank is the sum of the ranks of their moves.

    The least rank left from every role to the goal bounds every search so well that each sees little more
    than its answer. most limits the number of moves of a route; moves: then, from every role, the fewest to
    the goal.

    P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis for the Heuristic Determination of Minimum Cost
    Paths", IEEE Transactions on Systems Science and Cybernetics 4 (1968), 100-107.
    """

    def __init__(
        self, ahead: Arcs, goal: int, left: Sequence[int], most: int | None, moves: Sequence[int]
    ) -> None:
        self.goal = goal
        self._ahead = ahead
        self._left = left
        self._most = len(ahead) if most is None else most
        self._bounded = most is not None
        self._moves = moves

    def bound(self, begun: Route, banned: frozenset[int]) -> int | None:
        """Give a rank that no finished route goes below, None when there is none; see `finish`."""
        if begun[-1] == self.goal:
            return None if banned else self._rank(begun)
        left = self._left
        least = min((more + left[role] for role, more in self._next(begun, banned)), default=FAR)
        return None if least >= FAR else self._rank(begun) + least

    def finish(self, begun: Route, banned: frozenset[int]) -> tuple[int, Route] | None:
        """Give the first of the routes that begin so, visit no role twice, do not go on to a banned one."""
        rank = self._rank(begun)
        if begun[-1] == self.goal:
            return rank, begun
        return self._straight(rank, begun, banned) or self._search(rank, begun, banned)

    def _next(self, begun: Route, banned: frozenset[int]) -> list[tuple[int, int]]:
        """Give the moves that may follow."""
        room = self._most - len(begun)
        return [
            (role, more)
            for role, more in self._ahead[begun[-1]]
            if role not in banned
            and role not in begun
            and self._left[role] < FAR
            and (not self._bounded or self._moves[role] <= room)
        ]

    def _straight(self, rank: int, begun: Route, banned: frozenset[int]) -> tuple[int, Route] | None:
        """Walk from the best next role as if nothing stood in the way; None when something does."""
        left, route, seen = self._left, list(begun), set(begun)
        options = self._next(begun, banned)
        if not options:
            return None
        least = min(more + left[role] for role, more in options)
        here = least
        while True:
            role, more = min((role, more) for role, more in options if more + left[role] == here)
            if role in seen:
                return None
            route.append(role)
            seen.add(role)
            if role == self.goal:
                return (rank + least, tuple(route)) if len(route) <= self._most + 1 else None
            here -= more
            options = list(self._ahead[role])

    def _search(self, rank: int, begun: Route, banned: frozenset[int]) -> tuple[int, Route] | None:
        left, blocked = self._left, set(begun)
        heap = [
            (rank + more + left[role], (*begun, role), rank + more)
            for role, more in self._next(begun, banned)
        ]
        heap.sort()
        fewest: dict[int, int] = {}  # role -> the fewest roles of a route to it; 0 where they do not count
        while heap:
            _, route, rank = heappop(heap)
            role = route[-1]
            if role == self.goal:
                return rank, route
            if fewest.get(role, FAR) <= len(route):
                continue
            fewest[role] = len(route) if self._bounded else 0
            for other, more in self._ahead[role]:
                if other in blocked or left[other] >= FAR or fewest.get(other, FAR) <= len(route) + 1:
                    continue
                if self._bounded and len(route) + self._moves[other] > self._most:
                    continue
                heappush(heap, (rank + more + left[other], (*route, other), rank + more))
        return None

    def _rank(self, begun: Route) -> int:
        return sum(dict(self._ahead[role])[other] for role, other in pairwise(begun))
