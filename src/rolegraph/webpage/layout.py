"""Places marks in the plane: roles in columns along the career direction, what they need beside them.

The same network gives the same places on any machine, and no two boxes overlap, whatever the network.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

import networkx as nx

from rolegraph.webpage.blocks import Block, block_of
from rolegraph.webpage.levels import columns, mean
from rolegraph.webpage.marks import BOX_WIDTH, BOXED, NARROW, extent, mark, shifted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rolegraph.webpage.marks import Mark

    #: Nodes by the node that they stand beside or hang from.
    Held = dict[int, list[int]]

#: Room between two columns of roles, which arrows cross; between two blocks in a column; between other boxes.
COLUMN_GAP = 72
STACK_GAP = 12
GAP = 20

#: Room beside and below a part of the network that nothing connects with the rest.
ISLAND_GAPS = (18, 30)

#: A column of roles that is higher is broken into several.
MOST_HEIGHT = 1000

#: Half of the height of the lane that a route has to itself.
LANE = 22

#: How finely the outline of what is placed is remembered, in pixels.
_STRIP = 8


def arrange(
    names: Sequence[tuple[str, str]],
    relations: Sequence[tuple[int, int, str]],
    titles: dict[str, str],
    *,
    seen: Mapping[tuple[int, int], int] | None = None,
    routes: Sequence[Sequence[int]] = (),
) -> list[Mark]:
    """Place a mark for each name, and headings over the lists that marks form.

    names are (kind, label), relations (from, to, kind) with the ends counted from 0, titles the headings by
    kind. seen are the moves that are only observed, with how often. routes are roles to place in their order,
    those of the first on a line that no box between them touches. Parts of the network that nothing connects
    stand below each other, the largest on top.
    """
    links: nx.Graph[int] = nx.Graph()
    links.add_nodes_from(range(len(names)))
    links.add_edges_from((start, end) for start, end, _ in relations if start != end)
    moves: nx.DiGraph[int] = nx.DiGraph()
    moves.add_edges_from(
        (start, end)
        for start, end, kind in relations
        if kind == "move" and start != end and names[start][0] in BOXED and names[end][0] in BOXED
    )
    islands = sorted(
        (sorted(part) for part in nx.connected_components(links)), key=lambda part: (-len(part), part)
    )
    direction = _Direction(moves, seen or {}, routes)
    return _shelved([_island(part, links, direction, names, titles) for part in islands])


@dataclass(frozen=True, slots=True)
class _Direction:
    """What the levels follow from: all moves, those only observed with how often, and routes."""

    moves: nx.DiGraph[int]
    seen: Mapping[tuple[int, int], int]
    routes: Sequence[Sequence[int]]


def _island(
    nodes: list[int],
    links: nx.Graph[int],
    direction: _Direction,
    names: Sequence[tuple[str, str]],
    titles: dict[str, str],
) -> list[Mark]:
    """Place one connected part: its roles with moves form the columns, or else its most linked node does."""
    moves = direction.moves
    spine = [node for node in nodes if node in moves]
    if not spine:
        spine = [min(nodes, key=lambda node: (names[node][0] not in BOXED, -len(links[node]), node))]
    ladder: nx.DiGraph[int] = nx.DiGraph()
    ladder.add_nodes_from(spine)
    ladder.add_edges_from(edge for edge in moves.edges if edge[0] in ladder)
    held, hung = _owners(nodes, ladder, links)
    marks = {node: mark(node, *names[node]) for node in nodes}
    hanging = {
        node: [mark(other, *names[other], NARROW) for other in others] for node, others in hung.items()
    }
    blocks = {}
    for node in spine:
        lists: dict[str, list[Mark]] = {}
        for other in held.get(node, []):
            lists.setdefault(names[other][0], []).append(marks[other])
        blocks[node] = block_of(marks[node], lists, hanging, _corridors(node, ladder, marks, held), titles)
    levels = columns(ladder, direction.seen, direction.routes)
    parts = [part for column in levels for part in _broken(column, blocks)]
    lane = next((route for route in direction.routes if set(route) <= set(ladder)), ())
    return _set_out(_Columns(parts, blocks, ladder, lane))


def _owners(nodes: list[int], spine: nx.DiGraph[int], links: nx.Graph[int]) -> tuple[Held, Held]:
    """Say which role each other node stands beside, and which of those the remaining nodes hang from."""
    held: Held = defaultdict(list)
    anchors: dict[int, int] = {}
    weight = {node: sum(other not in spine for other in links[node]) for node in spine}
    for node in nodes:
        near = [other for other in links[node] if other in spine]
        if node not in spine and near:
            held[max(near, key=lambda other: (weight[other], -other))].append(node)
            anchors[node] = node
    hung: Held = defaultdict(list)
    front = sorted(anchors)
    while front:
        reached = []
        for node in front:
            for other in sorted(links[node]):
                if other not in spine and other not in anchors:
                    anchors[other] = anchors[node]
                    hung[anchors[node]].append(other)
                    reached.append(other)
        front = reached
    return held, hung


def _corridors(node: int, ladder: nx.DiGraph[int], marks: dict[int, Mark], held: Held) -> tuple[float, float]:
    """Give the heights to keep free left and right of a role, for the roles that its arrows join it to."""

    def height(others: Iterable[int]) -> float:
        total = 0.0
        for other in others:
            beside = [marks[each].height + STACK_GAP for each in held.get(other, []) if marks[each].side == 0]
            total += max(marks[other].height + STACK_GAP, sum(beside))
        return min(total, MOST_HEIGHT / 2)

    return height(ladder.pred[node]), height(ladder.succ[node])


def _broken(column: list[int], blocks: dict[int, Block]) -> list[list[int]]:
    """Break a column that would be very high into several of about the same height."""
    heights = [blocks[node].height + STACK_GAP for node in column]
    limit = max(MOST_HEIGHT, sqrt(sum(blocks[node].area for node in column)))
    limit = sum(heights) / ceil(sum(heights) / limit)
    broken: list[list[int]] = [[]]
    used = 0.0
    for node, height in zip(column, heights, strict=True):
        if used + height / 2 > limit and broken[-1]:
            broken.append([])
            used = 0.0
        broken[-1].append(node)
        used += height
    return broken


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of roles with what stands around each, and the route that has a lane through them."""

    levels: list[list[int]]
    blocks: dict[int, Block]
    ladder: nx.DiGraph[int]
    lane: Sequence[int]

    def stack(self, at: int, placed: Sequence[Mark]) -> list[Mark]:
        """Place the blocks of a column below each other, near what is placed that they are linked to."""
        column = self.levels[at]
        stop = next((node for node in column if node in self.lane), None)
        if stop is not None:
            before = column[: column.index(stop)]
            height = sum(self.blocks[node].height + STACK_GAP for node in before)
            return self._below(column, self.blocks[stop].top - height)
        height = sum(self.blocks[node].height + STACK_GAP for node in column) - STACK_GAP
        around = self._below(column, -height / 2)
        drift = _drift(around, placed, self.ladder)
        return self._parted(column, drift - height / 2) if self._crossed(at) else shifted(around, 0, drift)

    def _below(self, column: Sequence[int], top: float) -> list[Mark]:
        placed: list[Mark] = []
        for node in column:
            placed += shifted(self.blocks[node].marks, 0, top - self.blocks[node].top)
            top += self.blocks[node].height + STACK_GAP
        return placed

    def _parted(self, column: Sequence[int], top: float) -> list[Mark]:
        """Leave the lane free: what would stand above its middle goes above it, the rest below."""
        above: list[int] = []
        for node in column:
            if top + self.blocks[node].height / 2 >= 0:
                break
            above.append(node)
            top += self.blocks[node].height + STACK_GAP
        height = sum(self.blocks[node].height + STACK_GAP for node in above) - STACK_GAP
        return self._below(above, -LANE - height) + self._below(column[len(above) :], LANE)

    def _crossed(self, at: int) -> bool:
        """Tell whether the route runs through a column that has none of its roles."""
        stops = [place for place, column in enumerate(self.levels) if not set(column).isdisjoint(self.lane)]
        return bool(stops) and stops[0] < at < stops[-1]


def _set_out(columns: _Columns) -> list[Mark]:
    """Set the columns side by side, from that with the highest block outwards, as close as outlines allow."""
    levels, blocks = columns.levels, columns.blocks
    first = max(range(len(levels)), key=lambda at: (max(blocks[node].height for node in levels[at]), -at))
    placed = columns.stack(first, [])
    for side, others in ((1, range(first + 1, len(levels))), (-1, range(first - 1, -1, -1))):
        outline = _outline({}, placed, side)
        spine = 0.0
        for at in others:
            level = columns.stack(at, placed)
            spine += BOX_WIDTH + COLUMN_GAP
            inner = _outline({}, level, -side)
            spine = max(
                [spine, *(outline[strip] + GAP + inner[strip] for strip in inner.keys() & outline.keys())]
            )
            level = shifted(level, side * spine, 0)
            _outline(outline, level, side)
            placed += level
    return placed


def _drift(stack: list[Mark], placed: Sequence[Mark], ladder: nx.DiGraph[int]) -> float:
    """Say how far a column must go down to stand level with the roles that it is linked to."""
    heights = {item.node: item.y for item in placed}
    pairs = [
        heights[other] - item.y
        for item in stack
        if item.node is not None and item.node in ladder
        for other in nx.all_neighbors(ladder, item.node)
        if other in heights
    ]
    return mean(pairs)


def _outline(outline: dict[int, float], marks: Iterable[Mark], side: int) -> dict[int, float]:
    """Note, strip by strip, how far out the marks reach to that side."""
    for item in marks:
        reach = item.right if side > 0 else -item.left
        for strip in range(floor(item.top / _STRIP), floor(item.bottom / _STRIP) + 1):
            outline[strip] = max(reach, outline.get(strip, reach))
    return outline


def _shelved(islands: list[list[Mark]]) -> list[Mark]:
    """Set islands in rows below each other, in their order; the first has a row of its own."""
    bounds = [extent(island) for island in islands]
    area = sum(
        (right - left + ISLAND_GAPS[0]) * (bottom - top + ISLAND_GAPS[1])
        for left, top, right, bottom in bounds
    )
    widest = max((right - left for left, _, right, _ in bounds), default=0.0)
    limit = max(widest, sqrt(area))
    x = y = row = 0.0
    placed: list[Mark] = []
    for island, (left, top, right, bottom) in zip(islands, bounds, strict=True):
        if x and (y == 0 or x + right - left > limit):
            x, y, row = 0.0, y + row + ISLAND_GAPS[1], 0.0
        placed += shifted(island, x - left, y - top)
        x += right - left + ISLAND_GAPS[0]
        row = max(row, bottom - top)
    return placed
