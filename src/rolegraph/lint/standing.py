"""Which of two roles stands higher, and what says so: levels, then titles, then job zones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolegraph.model import match_rank
from rolegraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx

#: The worst match to an occupation of a classification that still counts: close.
FITS = 2

_ZONE = re.compile(r"job zone (\d)")
_CHIEF = re.compile(r"chief .*\bofficer|ceo|president( and .*)?")
_VICE = re.compile(r"\b(vice president|s?e?vp)\b")
#: Directors of whom nobody can say where they stand beside vice presidents.
_DIRECTOR = re.compile(
    r"(?!.*\b(managing|executive|art|creative|deputy|assistant|associate)\b).*\bdirector\b"
)

#: Words of titles that nobody begins with, and of those that people do begin with.
ADVANCED = re.compile(r"\b(senior|sr|lead|principal|staff|head|director|vice president|chief|vp)\b")
BEGINNING = re.compile(r"\b(junior|jr|trainee|intern|apprentice|graduate|assistant|associate|entry level)\b")


@dataclass(frozen=True)
class Step:
    """What is known of where a move leads: sign is 1 up, -1 down, 0 to a peer.

    basis is "level", "title" or "job zone"; words say what there is on both sides.
    """

    sign: int
    basis: str
    words: str


@dataclass(frozen=True)
class Standing:
    """Where roles stand, as far as that is known.

    levels gives, for a role and an order of levels, the places of its levels in that order, from 1; names
    the names of these levels; last the highest place of each order.
    """

    network: nx.MultiDiGraph[str]
    levels: Mapping[str, Mapping[str, Collection[int]]] = field(default_factory=dict)
    names: Mapping[tuple[str, int], str] = field(default_factory=dict)
    last: Mapping[str, int] = field(default_factory=dict)

    def step(self, start: str, goal: str) -> Step | None:
        """Tell whether a move leads up; None where nothing tells. What is said of levels counts first."""
        return self._by_level(start, goal) or self._by_title(start, goal) or self._by_zone(start, goal)

    def is_top(self, role: str) -> bool | None:
        """Tell whether a role stands at the top: by level, else by title; None where nothing tells."""
        for order, places in self.levels.get(role, {}).items():
            return max(places) == self.last[order]
        return True if title_rank(self._label(role)) == _TOP else None

    def is_entry(self, role: str) -> bool | None:
        """Tell whether people may begin at a role: by title, else by level; None where nothing tells."""
        title = fold(self._label(role))
        if BEGINNING.search(title):
            return True
        lowest = [min(places) == 1 for places in self.levels.get(role, {}).values()]
        return False if ADVANCED.search(title) or False in lowest else None

    def _label(self, role: str) -> str:
        label: str = self.network.nodes[role]["label"]
        return label

    def _by_level(self, start: str, goal: str) -> Step | None:
        one, other = self.levels.get(start, {}), self.levels.get(goal, {})
        for order in one.keys() & other.keys():
            words = " to ".join(
                " or ".join(self.names[order, place] for place in sorted(places))
                for places in (one[order], other[order])
            )
            return Step(_sign(one[order], other[order]), "level", f"the level {words}")
        return None

    def _by_title(self, start: str, goal: str) -> Step | None:
        one, other = title_rank(self._label(start)), title_rank(self._label(goal))
        if one is None or other is None or one == other:
            return None
        words = f"{_TITLES[one]} to {_TITLES[other]}, by the titles"
        return Step(1 if other > one else -1, "title", words)

    def _by_zone(self, start: str, goal: str) -> Step | None:
        one, other = self._zones(start), self._zones(goal)
        if not one or not other:
            return None
        words = " to ".join(" or ".join(map(str, sorted(zones))) for zones in (one, other))
        return Step(_sign(one, other), "job zone", f"job zone {words}")

    def _zones(self, role: str) -> set[int]:
        """Give the job zones of what a role matches best, where it matches well enough."""
        found: dict[int, set[int]] = {}
        for note in self.network.nodes[role].get("notes", ()):
            zone = _ZONE.match(note.text) if note.kind == "preparation" else None
            if zone and match_rank(note.evidence) <= FITS:
                found.setdefault(match_rank(note.evidence), set()).add(int(zone[1]))
        return found[min(found)] if found else set()


def _sign(one: Collection[int], other: Collection[int]) -> int:
    """Compare what may be several: higher only if all of it is."""
    return 1 if min(other) > max(one) else -1 if max(other) < min(one) else 0


_TITLES = {1: "director", 2: "vice president", 3: "chief officer"}
_TOP = 3


def title_rank(title: str) -> int | None:
    """Give the rank that an English title tells of; None for most, as few titles mean the same everywhere.

    >>> [title_rank(title) for title in ("Chief Product Officer", "VP of Product", "Director of Sales")]
    [3, 2, 1]
    >>> title_rank("product manager") is title_rank("Managing Director") is None
    True
    """
    folded = fold(title)
    if _VICE.search(folded):
        return 2
    if _CHIEF.fullmatch(folded):
        return _TOP
    return 1 if _DIRECTOR.fullmatch(folded) or _DIRECTOR.match(folded) else None
