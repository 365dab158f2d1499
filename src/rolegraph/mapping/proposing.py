"""Proposes links between things of different data sets that have one name. It links nothing.

Roles are compared with roles and with occupations, skills with skills. Names are compared whole, folded as
`names.fold` does. An alias of at most five capital letters is no name to match by: in O*NET "CPO" is an
orthotist and a security guard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rolegraph.mapping.sets import MappingRow
from rolegraph.names import PREFIXES, fold, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rolegraph.labels import Entry

    Pair = tuple[str, str]

#: Kinds of things that are compared; the first is the subject of the row.
COMPARED = (("role", "role"), ("role", "occupation"), ("skill", "skill"))

#: Letters up to which an alias in capitals counts as an abbreviation.
SHORT = 5

#: How two things can have one name, from the best: preferred label of both, of one, of none.
_BOTH, _ONE, _NONE = 0, 1, 2

_SKOS = PREFIXES["skos"]
_FIELD = {True: "skos:prefLabel", False: "skos:altLabel"}


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set to compare with others: its name, and the things in it."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A name that two things share, and whether it is the preferred label of the one and of the other."""

    subject: Entry
    object: Entry
    name: str
    preferred: tuple[bool, bool]

    @property
    def tier(self) -> int:
        """How good it is: _BOTH, _ONE or _NONE."""
        return _NONE - sum(self.preferred)

    @property
    def order(self) -> tuple[bool | int | str, ...]:
        """What the best of several names comes first by."""
        return (self.tier, not self.preferred[0], fold(self.name), self.name)


def propose(
    data_sets: Sequence[DataSet],
    linked: Collection[frozenset[str]] = (),
    kinds: Collection[str] = ("role", "skill"),
) -> list[MappingRow]:
    """Give the links to look into between things of each two data sets, sorted by name; none is accepted.

    linked: pairs of IRIs that need not be proposed. kinds: "role" or "skill", of what the links are.

    Equal preferred labels are proposed as an exact match, a label that is an alias there, or two equal
    aliases, as a close one. Of several names that two things share the best counts, and of several things
    that share a name with one, those that share the best. Where these are still several the rows say so, and
    which to choose is left to the reviewer. O(names + rows).

    >>> from rolegraph.labels import Entry
    >>> one = DataSet("one", (Entry("x:cook", "role", "cook", ("CK",)),))
    >>> two = DataSet("two", (Entry("y:cook", "role", "Cook"), Entry("y:clerk", "role", "clerk", ("CK",))))
    >>> [(row.subject, row.object) for row in propose((one, two))]
    [('x:cook', 'y:cook')]
    """
    rows: dict[frozenset[str], tuple[tuple[object, ...], MappingRow]] = {}
    for one, other in combinations(data_sets, 2):
        for kind, counterpart in COMPARED:
            if kind not in kinds:
                continue
            ways = [(one, other)] if kind == counterpart else [(one, other), (other, one)]
            for subjects, objects in ways:
                matches = _matches(subjects, objects, (kind, counterpart))
                for match, row in _rows(matches, (subjects, objects), linked):
                    rows.setdefault(row.pair, ((fold(match.subject.label), *_place(match)), row))
    return [row for _, row in sorted(rows.values(), key=lambda item: item[0])]


def _place(match: _Match) -> tuple[object, ...]:
    return (match.subject.iri, match.tier, fold(match.object.label), match.object.iri)


def _matches(subjects: DataSet, objects: DataSet, kinds: Pair) -> dict[Pair, _Match]:
    """Give the best name of every pair of things that share one."""
    shared = {entry.iri for entry in subjects.entries} & {entry.iri for entry in objects.entries}
    by_name: dict[str, list[tuple[Entry, str, bool]]] = defaultdict(list)
    for entry in objects.entries:
        if entry.kind == kinds[1] and entry.iri not in shared:
            for name, preferred in _names(entry):
                by_name[fold(name)].append((entry, name, preferred))
    found: dict[Pair, _Match] = {}
    for entry in subjects.entries:
        if entry.kind != kinds[0] or entry.iri in shared:
            continue
        for name, preferred in _names(entry):
            for other, there, also in by_name.get(fold(name), ()):
                if _abbreviates(name, there, both=preferred and also):
                    continue
                match = _Match(entry, other, name, (preferred, also))
                known = found.setdefault((entry.iri, other.iri), match)
                if match.order < known.order:
                    found[entry.iri, other.iri] = match
    return found


def _names(entry: Entry) -> Iterator[tuple[str, bool]]:
    if fold(entry.label) and entry.label != shorten(entry.iri):  # an IRI is no name that somebody gave
        yield entry.label, True
    yield from ((alias, False) for alias in entry.aliases if fold(alias))


def _abbreviates(name: str, there: str, *, both: bool) -> bool:
    """Tell whether a name is only an abbreviation; as the preferred label of both things it is more."""
    return not both and any(is_abbreviation(text) for text in (name, there))


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is so short and in capitals that many things may be called so.

    >>> [name for name in ("CPO", "C.P.O.", "R&D", "cook", "CHEFS ALL", "Chef") if is_abbreviation(name)]
    ['CPO', 'C.P.O.', 'R&D']
    """
    letters = re.sub(r"[^\w]", "", name)
    return len(letters) <= SHORT and letters.isupper()


def _rows(
    matches: dict[Pair, _Match], sets: tuple[DataSet, DataSet], linked: Collection[frozenset[str]]
) -> Iterator[tuple[_Match, MappingRow]]:
    """Give the rows of the pairs that are the best for one of the two things."""
    best: dict[str, list[_Match]] = {}
    for match in matches.values():
        for end in (match.subject.iri, match.object.iri):
            known = best.get(end, [])
            if not known or match.tier < known[0].tier:
                best[end] = [match]
            elif match.tier == known[0].tier:
                known.append(match)
    kept = {(match.subject.iri, match.object.iri): match for several in best.values() for match in several}
    for match in kept.values():
        if frozenset((match.subject.iri, match.object.iri)) not in linked:
            yield match, _row(match, sets, best)


def _row(match: _Match, sets: tuple[DataSet, DataSet], best: dict[str, list[_Match]]) -> MappingRow:
    predicate = "exactMatch" if match.tier == _BOTH else "closeMatch"
    cells = {
        "subject_id": shorten(match.subject.iri),
        "subject_label": match.subject.label,
        "subject_category": match.subject.kind,
        "predicate_id": f"skos:{predicate}",
        "object_id": shorten(match.object.iri),
        "object_label": match.object.label,
        "object_category": match.object.kind,
        "mapping_justification": "semapv:LexicalMatching",
        "subject_source": sets[0].name,
        "object_source": sets[1].name,
        "subject_match_field": _FIELD[match.preferred[0]],
        "object_match_field": _FIELD[match.preferred[1]],
        "match_string": match.name,
        "comment": _comment(match, best),
    }
    return MappingRow(
        match.subject.iri, f"{_SKOS}{predicate}", match.object.iri, {k: v for k, v in cells.items() if v}
    )


def _comment(match: _Match, best: dict[str, list[_Match]]) -> str:
    """Say of a match that is ambiguous, or not the best, what else there is."""
    ahead, back = best[match.subject.iri], best[match.object.iri]
    there = sorted({_named(item.object) for item in ahead} - {_named(match.object)})
    # That a thing has several names, and each is the name of another thing here, leaves nothing to choose.
    here = sorted({_named(item.subject) for item in back if fold(item.name) == fold(match.name)})
    here = [name for name in here if name != _named(match.subject)]
    parts = []
    if there and ahead[0].tier == match.tier:
        parts.append(f"ambiguous: {match.subject.label!r} also matches {', '.join(there)}")
    elif there:
        parts.append(f"{match.subject.label!r} matches {', '.join(there)} better")
    if here and back[0].tier == match.tier:
        parts.append(f"ambiguous: {match.object.label!r} is also matched by {', '.join(here)}")
    elif back[0].tier < match.tier:
        others = ", ".join(sorted(_named(item.subject) for item in back))
        parts.append(f"{match.object.label!r} is matched better by {others}")
    return "; ".join(parts)


def _named(entry: Entry) -> str:
    return f"{entry.label} ({shorten(entry.iri)})"
