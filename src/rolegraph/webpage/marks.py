"""What the map draws of a node: a mark, that is a point for relations and a box that nothing else enters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolegraph.names import ROLE_KINDS
from rolegraph.webpage.lettering import BOLD, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Kinds that are drawn as a box with the name in it; all others are an icon with the name beside it.
BOXED = ROLE_KINDS

#: Sizes in pixels at full zoom.
BOX_WIDTH = 162
NAME_WIDTH = 200
NARROW = 150
LINE = 17
ICON = 9
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A node, or a heading (node is None), at a point.

    side is 0 for a box around its point, 1 for an icon with the text to the right, -1 with it to the left.
    """

    node: int | None
    side: int
    width: float
    height: float
    lines: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def left(self) -> float:
        """The left edge of the box."""
        return self.x - (self.width / 2, ICON, self.width - ICON)[self.side]

    @property
    def right(self) -> float:
        """The right edge of the box."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """The upper edge of the box; y grows downwards."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The lower edge of the box."""
        return self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Mark:
        """Give the same mark at another place."""
        return replace(self, x=self.x + dx, y=self.y + dy)


def mark(node: int, kind: str, label: str, width: float = NAME_WIDTH) -> Mark:
    """Make the mark of a node at the origin; width is the room for a name beside an icon.

    >>> mark(0, "skill", "collaboration and team management").lines
    ('collaboration and team', 'management')
    """
    if kind in BOXED:
        lines = wrap(label, (BOX_WIDTH - 14) / BOLD, MOST_LINES)
        return Mark(node, 0, BOX_WIDTH, 14 + LINE * len(lines), lines)
    lines = wrap(label, width, MOST_LINES)
    height = max(2 * ICON + 4, LINE * len(lines) + 4)
    return Mark(node, 1, 2 * ICON + 10 + max(map(text_width, lines)), height, lines)


def heading(text: str, side: int) -> Mark:
    """Make the heading of a list of marks."""
    line = wrap(text, NAME_WIDTH, 1)
    return Mark(None, side, 2 * ICON + BOLD * text_width(line[0]), LINE + 4, line)


def turned(item: Mark, side: int) -> Mark:
    """Give the mark as it stands in a list on that side, its inner end where the list begins."""
    if item.side:
        return replace(item, side=side)
    return item.moved(side * (item.width / 2 - ICON), 0)


def shifted(marks: Iterable[Mark], dx: float, dy: float) -> list[Mark]:
    """Give the marks at another place, in the same order."""
    return [item.moved(dx, dy) for item in marks]


def extent(marks: Sequence[Mark]) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of everything together.

    >>> extent([Mark(0, 0, 10, 4, ("a",)), Mark(1, 0, 10, 4, ("b",), x=20)])
    (-5.0, -2.0, 25.0, 2.0)
    """
    return (
        min(item.left for item in marks),
        min(item.top for item in marks),
        max(item.right for item in marks),
        max(item.bottom for item in marks),
    )
