"""Searches over numbered roles: the cheapest route, and ranks from one role to all. Whole numbers only.

A move has a *rank*, a whole number above 0 that adds up along a route; `moves` packs cost, weakness of
evidence and the move itself into it. Routes are tuples of role numbers. Of two routes of one rank the one
whose numbers come first is first, so that every answer is determined, whatever the order of the input.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice

#: A route: the numbers of its roles.
Route = tuple[int, ...]

#: For every role its moves: the role at the other end, and the rank of the move.
Arcs = Sequence[Sequence[tuple[int, int]]]

#: More than any rank.
FAR = 1 << 1000


def distances(arcs: Arcs, roots: dict[int, int]) -> list[int]:
    """Give the least rank from any root to every role, FAR where there is no route.

    arcs: reversed ones give the rank to the root. roots: role -> rank to begin with.

    E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1 (1959),
    269-271.

    >>> distances([[(1, 5), (2, 9)], [(2, 1)], []], {0: 0})
    [0, 5, 6]
    """
    found = [FAR] * len(arcs)
    heap = []
    for role, rank in roots.items():
        found[role] = rank
        heap.append((rank, role))
    heap.sort()
    while heap:
        rank, role = heappop(heap)
        if rank > found[role]:
            continue
        for other, more in arcs[role]:
            total = rank + more
            if total < found[other]:
                found[other] = total
                heappush(heap, (total, other))
    return found


def uniform(arcs: Arcs) -> Arcs:
    """Give the same moves, each of rank 1."""
    return [[(role, 1) for role, _ in moves] for moves in arcs]


def reached(arcs: Arcs, root: int, most: int | None = None) -> set[int]:
    """Give the roles that can be reached from a role by at most so many moves, itself among them."""
    return {role for ring in islice(rings(arcs, root), None if most is None else most + 1) for role in ring}


def rings(arcs: Arcs, root: int) -> Iterator[Collection[int]]:
    """Give the roles that are no move away from a role, which is itself, then one move away, then two ...

    >>> [*rings([[(1, 5), (2, 9)], [(2, 1)], []], 0)]
    [[0], [1, 2]]
    """
    seen = {root}
    ring = [root]
    while ring:
        yield ring
        ring = list({other for role in ring for other, _ in arcs[role]} - seen)
        seen.update(ring)


def cheapest(ahead: Arcs, back: Arcs, start: int, goal: int) -> Route | None:
    """Find the first of all routes: of the least rank, and of these the one whose numbers come first.

    Dijkstra's algorithm from both ends, which sees the roles near them and not the whole graph; then the best
    routes are gathered from the roles where the two searches met.

    I. Pohl, "Bi-directional Search", Machine Intelligence 6 (1971), 127-140.
    """
    best, sides, settled = met(ahead, back, start, goal)
    if best == FAR:
        return None
    return first_of(ahead, _left_to_go(ahead, back, sides, settled, best), start, goal)


def met(
    ahead: Arcs, back: Arcs, start: int, goal: int
) -> tuple[int, tuple[dict[int, int], dict[int, int]], set[int]]:
    """Search from both ends until the least rank is known; give it, what each saw, what the first settled."""
    sides = ({start: 0}, {goal: 0})
    settled: tuple[set[int], set[int]] = (set(), set())
    heaps = ([(0, start)], [(0, goal)])
    best = 0 if start == goal else FAR
    while heaps[0] and heaps[1] and heaps[0][0][0] + heaps[1][0][0] < best:
        side = 0 if len(heaps[0]) <= len(heaps[1]) else 1
        rank, role = heappop(heaps[side])
        if role in settled[side]:
            continue
        settled[side].add(role)
        here, there, heap = sides[side], sides[1 - side], heaps[side]
        for other, more in (ahead if side == 0 else back)[role]:
            total = rank + more
            if total < here.get(other, FAR):
                here[other] = total
                heappush(heap, (total, other))
                if other in there and total + there[other] < best:
                    best = total + there[other]
    return best, sides, settled[0]


def _left_to_go(
    ahead: Arcs, back: Arcs, sides: tuple[dict[int, int], dict[int, int]], settled: set[int], best: int
) -> dict[int, int]:
    """Give every role of every best route with the rank that is left from it to the goal."""
    gone, left = sides
    met = [role for role, rank in gone.items() if rank + left.get(role, FAR) == best]
    found = {role: best - gone[role] for role in met}
    waiting = list(met)
    while waiting:
        role = waiting.pop()
        for other, more in back[role]:
            if other in settled and gone[other] + more == gone[role] and other not in found:
                found[other] = best - gone[other]
                waiting.append(other)
    waiting = list(met)
    while waiting:
        role = waiting.pop()
        for other, more in ahead[role]:
            if left.get(other, FAR) + more == left[role] and other not in found:
                found[other] = left[other]
                waiting.append(other)
    return found


def first_of(ahead: Arcs, left: Mapping[int, int], start: int, goal: int) -> Route:
    """Walk the best routes by the first number at each turn; left: the rank from a role to the goal."""
    route = [start]
    while route[-1] != goal:
        here = left[route[-1]]
        route.append(min(other for other, more in ahead[route[-1]] if left.get(other, FAR) + more == here))
    return tuple(route)
