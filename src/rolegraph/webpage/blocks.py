"""Places what belongs to one role around it: lists by kind left and right, the middle free for arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.webpage.marks import BOXED, ICON, extent, heading, shifted, turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.webpage.marks import Mark

#: Room between a role and the icons of its lists, or the boxes beside it, which lines cross.
REACH = 64
BOX_REACH = 44

#: Room between the rows of a list, between two lists, and between the columns of one list.
ROW_GAP = 3
LIST_GAP = 12
LIST_COLUMN_GAP = 26

#: Rows after which a list goes on in another column.
MOST_ROWS = 18

#: Kinds that stand left of a role where there is room: what people bring along. The others stand right.
BROUGHT_ALONG = frozenset({"degree", "subject", "certification", "training"})


@dataclass(frozen=True, slots=True)
class Block:
    """A role, at the origin, with all that stands around it."""

    marks: tuple[Mark, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """What the block takes of the plane, in square pixels."""
        return (self.right - self.left) * self.height

    @property
    def height(self) -> float:
        """From the topmost to the lowest box."""
        return self.bottom - self.top


def block_of(
    role: Mark,
    lists: dict[str, list[Mark]],
    hung: dict[int, list[Mark]],
    corridors: tuple[float, float],
    titles: dict[str, str],
) -> Block:
    """Place a role's things around it.

    lists holds them by kind, hung what hangs from one of them in turn; corridors are the heights to keep free
    left and right of the role, titles the headings by kind.
    """
    heights = {kind: _height(_list(marks, hung, 1, titles.get(kind, ""))) for kind, marks in lists.items()}
    placed = [role]
    for side, kinds in _sides(heights, corridors).items():
        for kind, top in _tops(kinds, heights, corridors[side > 0]):
            listed = _list(lists[kind], hung, side, titles.get(kind, ""))
            reach = BOX_REACH + ICON if kind in BOXED else REACH
            placed += shifted(listed, side * (_edge([role], side) + reach), top)
    return Block(tuple(placed), *extent(placed))


def _height(marks: Sequence[Mark]) -> float:
    return max(item.bottom for item in marks)


def _sides(heights: dict[str, float], corridors: tuple[float, float]) -> dict[int, list[str]]:
    """Share the lists out to the left and right: where they belong, but about equally high."""
    sides = {
        -1: [kind for kind in heights if kind in BROUGHT_ALONG],
        1: [kind for kind in heights if kind not in BROUGHT_ALONG],
    }

    def total(side: int, without: str = "", also: str = "") -> float:
        kinds = [*(kind for kind in sides[side] if kind != without), *([also] if also else [])]
        return corridors[side > 0] + sum(heights[kind] + LIST_GAP for kind in kinds)

    while True:
        high = max(sides, key=lambda side: (total(side), side))
        moves = {kind: max(total(high, without=kind), total(-high, also=kind)) for kind in sides[high]}
        best = min(moves, key=lambda kind: (moves[kind], kind), default="")
        if not best or moves[best] >= total(high):
            return sides
        sides[high].remove(best)
        sides[-high].append(best)


def _tops(kinds: list[str], heights: dict[str, float], corridor: float) -> Iterator[tuple[str, float]]:
    """Say where each list of one side begins: above and below the corridor or, without one, around 0."""
    above: list[str] = [] if corridor else kinds
    below: list[str] = []
    if corridor:
        totals = [0.0, 0.0]
        for kind in sorted(kinds, key=lambda kind: (-heights[kind], kind)):
            low = totals[1] < totals[0]
            totals[low] += heights[kind] + LIST_GAP
            (below if low else above).append(kind)
        above, below = ([kind for kind in kinds if kind in half] for half in (above, below))
    rise = sum(heights[kind] + LIST_GAP for kind in above)
    y = -corridor / 2 - rise if corridor else -(rise - LIST_GAP) / 2
    for kind in above:
        yield kind, y
        y += heights[kind] + LIST_GAP
    y = corridor / 2 + LIST_GAP
    for kind in below:
        yield kind, y
        y += heights[kind] + LIST_GAP


def _list(marks: Sequence[Mark], hung: dict[int, list[Mark]], side: int, title: str) -> list[Mark]:
    """Place things below each other from y = 0, their points at x = 0, what hangs from them further out."""
    placed = [heading(title, side).moved(0, LIST_GAP / 2)] if title else []
    top = max((item.bottom + ROW_GAP for item in placed), default=0.0)
    x = 0.0
    for start in range(0, len(marks), MOST_ROWS):
        y, hanging = top, []
        for item in marks[start : start + MOST_ROWS]:
            beside = hung.get(item.node, []) if item.node is not None else []
            height = max(item.height, sum(other.height + ROW_GAP for other in beside) - ROW_GAP)
            placed.append(turned(item, side).moved(x, y + height / 2))
            hanging += _stacked(beside, side, y + height / 2)
            y += height + ROW_GAP
        x = side * (_edge(placed, side) + LIST_COLUMN_GAP)
        if hanging:
            placed += shifted(hanging, x, 0)
            x = side * (_edge(placed, side) + LIST_COLUMN_GAP)
    return placed


def _stacked(marks: Sequence[Mark], side: int, middle: float) -> list[Mark]:
    """Place things below each other around y = middle."""
    y = middle - (sum(item.height + ROW_GAP for item in marks) - ROW_GAP) / 2
    placed = []
    for item in marks:
        placed.append(turned(item, side).moved(0, y + item.height / 2))
        y += item.height + ROW_GAP
    return placed


def _edge(marks: Sequence[Mark], side: int) -> float:
    """Give how far out the marks reach."""
    return max(item.right if side > 0 else -item.left for item in marks)
