"""Which blank node of one graph is which of another: they have no names, only what is said of them.

Nodes are told apart by colours: at first all alike, then by what is said of each, then by the colours of its
neighbours, and so on. Where colours leave several nodes alike, one of them is set apart and its counterparts
are tried in turn. An isomorphism is found that way if there is one. RDFC-1.0, the standard canonical form,
asks for the same; it is not used because an engine cannot be stopped inside it, and eight blank nodes that
all name each other keep it busy for a quarter of a minute.

A. Hogan, "Canonical Forms for Isomorphic and Equivalent RDF Graphs", ACM Transactions on the Web 11 (2017),
22:1-22:62.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from rolegraph.errors import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    #: A blank node as it is written, such as b"_:x".
    Node = bytes
    Colours = dict[Node, bytes]

#: Looks at a statement that are allowed, besides so many for each statement.
MOST_LOOKS = 2_000_000
LOOKS_EACH = 50


#: What a line of N-Triples is made of, as far as it matters here: literals, IRIs, blank nodes.
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^<>"]*>|_:[^\s"<>]+')


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its blank nodes taken out, and these nodes in order."""

    words: bytes
    nodes: tuple[Node, ...]


def said(line: bytes) -> Said:
    """Take the blank nodes out of a line of N-Triples; a statement inside a statement is a part of it.

    >>> said(b'_:x <x:p> "_:x" .')
    Said(words=b'_: <x:p> "_:x" .', nodes=(b'_:x',))
    """
    nodes: list[Node] = []

    def taken(token: re.Match[bytes]) -> bytes:
        if not token[0].startswith(b"_:"):
            return token[0]
        nodes.append(token[0])
        return b"_:"

    return Said(TOKEN.sub(taken, line), tuple(nodes))


@dataclass
class Parts:
    """Blank nodes that name each other, directly or by way of others, with all that is said of them."""

    about: dict[Node, list[tuple[Said, int]]]
    colours: Colours = field(default_factory=dict)

    @property
    def statements(self) -> Counter[tuple[bytes, tuple[bytes, ...]]]:
        """All that is said, with the colours of the nodes that it is said of."""
        return Counter(
            (item.words, tuple(self.colours[node] for node in item.nodes))
            for seen in self.about.values()
            for item, position in seen
            if position == 0
        )


class _Looks:
    """Counts how often statements are looked at."""

    def __init__(self, most: int) -> None:
        self.left = self.most = most

    def spend(self, number: int) -> None:
        self.left -= number
        if self.left < 0:
            raise LimitReached(
                self.most,
                "looks at statements of blank nodes",
                advice="Many blank nodes are alike and name each other: give them IRIs.",
            )


def matched(old: Sequence[Said], new: Sequence[Said]) -> tuple[dict[Node, Node], dict[Node, Node]]:
    """Give every blank node of two graphs a new name; nodes that are the same get the same one.

    Nodes of equal parts are the same. Of the rest, those are taken for the same of which more than half is
    said in both graphs: the likest first.

    Raises LimitReached where telling the nodes apart would take too long.
    """
    looks = _Looks(MOST_LOOKS + LOOKS_EACH * (len(old) + len(new)))
    sides = (_parts(old), _parts(new))
    for part in (*sides[0], *sides[1]):
        part.colours = _coloured(part, dict.fromkeys(part.about, b""), looks)
    same = _equal_parts(*sides, looks)
    pairs = dict(same)
    left = [
        [part for part in side if next(iter(part.about)) not in known]
        for side, known in zip(sides, (set(same.values()), set(same)), strict=True)
    ]
    _pair_like(left[0], left[1], pairs)
    return _named(sides[0], sides[1], pairs)


def _parts(statements: Iterable[Said]) -> list[Parts]:
    """Split the blank nodes of a graph into parts that have nothing to do with each other."""
    about: dict[Node, list[tuple[Said, int]]] = defaultdict(list)
    for item in statements:
        for position, node in enumerate(item.nodes):
            about[node].append((item, position))
    seen: set[Node] = set()
    found = []
    for root in about:
        if root in seen:
            continue
        seen.add(root)
        nodes = [root]
        for node in nodes:
            near = {other for item, _ in about[node] for other in item.nodes} - seen
            seen |= near
            nodes += near
        found.append(Parts({node: about[node] for node in nodes}))
    return found


def _coloured(part: Parts, colours: Colours, looks: _Looks) -> Colours:
    """Tell nodes apart by what is said of them and by the colours of those that it is said with."""
    classes = len(set(colours.values()))
    size = sum(map(len, part.about.values()))
    while True:
        looks.spend(size)
        colours = {
            node: _digest(colours[node], sorted(_seen(item, position, colours) for item, position in seen))
            for node, seen in part.about.items()
        }
        before, classes = classes, len(set(colours.values()))
        if classes in {before, len(colours)}:
            return colours


def _seen(item: Said, position: int, colours: Mapping[Node, bytes]) -> bytes:
    return b"\0".join((item.words, position.to_bytes(4, "big"), *(colours[node] for node in item.nodes)))


def _digest(colour: bytes, seen: Sequence[bytes]) -> bytes:
    found = blake2b(colour, digest_size=16)
    for item in seen:
        found.update(len(item).to_bytes(8, "big") + item)
    return found.digest()


def _equal_parts(old: Sequence[Parts], new: Sequence[Parts], looks: _Looks) -> dict[Node, Node]:
    """Give the nodes of the new graph whose whole part is in the old one too, with those that they are."""
    waiting: dict[tuple[bytes, ...], list[Parts]] = defaultdict(list)
    for part in old:
        waiting[_signature(part.colours)].append(part)
    found: dict[Node, Node] = {}
    for part in new:
        others = waiting[_signature(part.colours)]
        for number, other in enumerate(others):
            same = _same(other, part, looks)
            if same is not None:
                found |= same
                del others[number]
                break
    return found


def _signature(colours: Colours) -> tuple[bytes, ...]:
    return tuple(sorted(colours.values()))


def _same(one: Parts, other: Parts, looks: _Looks) -> dict[Node, Node] | None:
    """Give which node of `other` is which of `one`, if all that is said is the same; else None."""
    waiting: list[tuple[Colours, Colours, Node | None]] = [(one.colours, other.colours, None)]
    while waiting:
        mine, yours, chosen = waiting.pop()
        if chosen is not None:
            yours = _coloured(other, yours | {chosen: b"apart"}, looks)
        if _signature(mine) != _signature(yours):
            continue
        groups: dict[bytes, list[Node]] = defaultdict(list)
        for node, colour in mine.items():
            groups[colour].append(node)
        several = [colour for colour, nodes in groups.items() if len(nodes) > 1]
        if not several:
            if Parts(one.about, mine).statements == Parts(other.about, yours).statements:
                return {node: groups[colour][0] for node, colour in yours.items()}
            continue
        alike = min(several, key=lambda colour: (len(groups[colour]), colour))
        apart = _coloured(one, mine | {groups[alike][0]: b"apart"}, looks)
        waiting += [(apart, yours, node) for node, colour in yours.items() if colour == alike]
    return None


#: So many nodes may share something that is said, for it to count when nodes are paired.
_MOST_SHARING = 100

#: How often nodes are paired anew, by what those that have been paired by then say of others.
_ROUNDS = 10


def _pair_like(old: Sequence[Parts], new: Sequence[Parts], pairs: dict[Node, Node]) -> None:
    """Add to `pairs` the nodes of the rest that are alike for the most part."""
    content = {node: part.colours[node] for part in (*old, *new) for node in part.about}
    left = [{node: seen for part in side for node, seen in part.about.items()} for side in (old, new)]
    for _ in range(_ROUNDS):
        back = {was: was for was in pairs.values()}
        said_of = [
            {node: _features(seen, names) for node, seen in side.items()}
            for side, names in zip(left, (back, pairs), strict=True)
        ]
        likest = sorted(
            _likeness(*said_of), key=lambda found: (-found[0], content[found[1]], content[found[2]])
        )
        before = len(pairs)
        for _, was, now in likest:
            if was in left[0] and now in left[1]:
                pairs[now] = was
                del left[0][was], left[1][now]
        if len(pairs) == before:
            return


def _features(seen: Iterable[tuple[Said, int]], names: Mapping[Node, Node]) -> frozenset[object]:
    return frozenset(
        (item.words, position, tuple(names.get(node) for node in item.nodes)) for item, position in seen
    )


def _likeness(
    old: Mapping[Node, frozenset[object]], new: Mapping[Node, frozenset[object]]
) -> list[tuple[float, Node, Node]]:
    """Give the pairs of nodes that share more than half of what is said of them, and how much (Dice)."""
    holders: dict[object, list[Node]] = defaultdict(list)
    for node, features in old.items():
        for feature in features:
            holders[feature].append(node)
    found = []
    for node, features in new.items():
        near = {
            other
            for feature in features
            if len(holders[feature]) <= _MOST_SHARING
            for other in holders[feature]
        }
        for other in near:
            share = 2 * len(features & old[other]) / (len(features) + len(old[other]))
            if share > 1 / 2:
                found.append((share, other, node))
    return found


def _named(
    old: Sequence[Parts], new: Sequence[Parts], pairs: Mapping[Node, Node]
) -> tuple[dict[Node, Node], dict[Node, Node]]:
    """Name nodes in an order that depends on what is said of them, not on the names that they had."""

    def ordered(side: Sequence[Parts]) -> list[Node]:
        return sorted((node for part in side for node in part.about), key=colour.__getitem__)

    colour = {node: part.colours[node] for part in (*old, *new) for node in part.about}
    was = {node: f"_:b{n}".encode() for n, node in enumerate(ordered(old))}
    now = {
        node: was[pairs[node]] if node in pairs else f"_:n{n}".encode() for n, node in enumerate(ordered(new))
    }
    return was, now
