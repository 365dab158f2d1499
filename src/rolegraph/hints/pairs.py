"""Pairs of roles that a move could join, in the order of what it would take."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop
from typing import TYPE_CHECKING

from rolegraph.carrying import staged
from rolegraph.moves import shut
from rolegraph.search import FAR, distances, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.costs import Carried
    from rolegraph.hints.asking import Asked
    from rolegraph.moves import MoveGraph

#: Of the roles whose skills are known, so many are considered on either side, the nearest to the ends first;
#: of all roles, so many.
NEAREST, NEAREST_OF_ALL = 600, 60


@dataclass(frozen=True)
class Sides:
    """What can be reached and what leads on to the goal, by number.

    before and after: how many moves a role is from the start, and from the goal. pass_by: the roles to pass,
    each with its bit; by_way_before and by_way_after: for every set of them, the same by way of these.
    """

    moves: MoveGraph
    start: int
    goal: int
    before: dict[int, int]
    after: dict[int, int]
    pass_by: dict[int, int]
    by_way_before: list[list[int]]
    by_way_after: list[list[int]]

    @classmethod
    def of(cls, asked: Asked) -> Sides:
        """Find both sides; roles that no move may lead to are none to go on from."""
        moves = asked.moves
        start, goal = moves.number[asked.start], moves.number[asked.goal]
        ahead, back = uniform(moves.ahead), uniform(moves.back)
        pass_by = {role: 1 << place for place, role in enumerate(sorted(moves.via - {start, goal}))}
        after = _near(distances(back, {goal: 0}))
        closed = shut(moves, after)
        return cls(
            moves=moves,
            start=start,
            goal=goal,
            before=_near(distances(ahead, {start: 0})),
            after={role: far for role, far in after.items() if role not in closed},
            pass_by=pass_by,
            by_way_before=staged(ahead, start, pass_by),
            by_way_after=staged(back, goal, pass_by),
        )

    def fit(self, start: int, goal: int) -> bool:
        """Tell whether a move from one role to the other is missing, and could be part of a route."""
        moves = self.moves
        if start in {goal, self.goal} or goal == self.start:
            return False
        if moves.network.has_edge(moves.names[start], moves.names[goal], "move"):
            return False
        ends = self.pass_by.get(start, 0) | self.pass_by.get(goal, 0)
        between = (len(self.by_way_before) - 1) & ~ends
        fewest = min(
            self.by_way_before[passed][start] + 1 + self.by_way_after[between & ~passed][goal]
            for passed in range(between + 1)
            if not passed & ~between
        )
        return fewest < FAR and (moves.most is None or fewest <= moves.most)


def _near(found: Sequence[int]) -> dict[int, int]:
    return {role: moves for role, moves in enumerate(found) if moves < FAR}


def pairs_in_order(sides: Sides, needs: Carried) -> Iterator[tuple[int, int]]:
    """Give pairs of roles of either side: by the skills that the goal asks for and the start does not.

    Then by the number of moves of the route, roles to pass aside; then by name. Pairs with a role whose
    skills are unknown come last. Considered are, on either side, the NEAREST roles of known skills and the
    NEAREST_OF_ALL roles.
    """
    names = sides.moves.names
    known = {role for role in (*sides.before, *sides.after) if names[role] in needs.needs}
    bit: dict[str, int] = {}
    things = {role: _bits(needs.needs[names[role]] - needs.had, bit) for role in sorted(known)}
    starts, goals = (
        sorted(side, key=lambda role: (side[role], role)) for side in (sides.before, sides.after)
    )
    count, longest = len(names), 2 * len(names)

    def packed(skills: int, start: int, goal: int) -> int:
        moves = sides.before[start] + 1 + sides.after[goal]
        return ((skills * longest + moves) * count + start) * count + goal

    heap = [
        packed((things[goal] & ~things[start]).bit_count(), start, goal)
        for start in [role for role in starts if role in known][:NEAREST]
        for goal in [role for role in goals if role in known][:NEAREST]
    ]
    heap += [
        packed(len(bit) + 1, start, goal)
        for start in starts[:NEAREST_OF_ALL]
        for goal in goals[:NEAREST_OF_ALL]
        if not (start in known and goal in known)
    ]
    heapify(heap)
    while heap:
        pair = heappop(heap) % count**2
        yield pair // count, pair % count


def _bits(skills: frozenset[str], bit: dict[str, int]) -> int:
    """Give skills as bits, those seen for the first time as new ones."""
    return sum(bit.setdefault(skill, 1 << len(bit)) for skill in skills)
