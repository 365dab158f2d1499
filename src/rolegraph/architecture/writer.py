"""Makes lines of N-Triples for the rows of a job architecture: a thing, a claim, who says so."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rolegraph.architecture.cells import Unfit, checked_iri
from rolegraph.architecture.columns import TABLES
from rolegraph.importers.lines import A, about, named, text, typed
from rolegraph.names import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolegraph.architecture.checking import Architecture
    from rolegraph.architecture.rows import Checked
    from rolegraph.importers.reports import Report

    Pairs = list[tuple[str, str]]

#: How many hyphens a date has -> its datatype.
_DATES = ("gYear", "gYearMonth", "date")

_STATED = (named("rg:evidence"), named("rg:Stated"))

_SMALL: dict[str, Pairs] = {
    "org": [(A, named("rg:Organization"))],
    "area": [(A, named("rg:Area"))],
    "level": [(A, named("skos:Concept")), (named("skos:inScheme"), named("rg:Levels"))],
    "category": [(A, named("skos:Concept")), (named("skos:inScheme"), named("rg:SkillCategories"))],
}


class Writer:
    """Makes lines; keeps what is named in passing: organisations, areas, levels, categories."""

    def __init__(self, made: Architecture, report: Report) -> None:
        self.made, self.report = made, report
        self.small: dict[str, tuple[str, str]] = {}
        self.degrees = {one.iri for one in made.rows["credentials"] if one.one("kind") == "degree"}

    def mint(self, kind: str, name: str) -> str:
        """Give the IRI of a thing that has no table, to be defined at the end; "" for no name."""
        if not name:
            return ""
        iri = self.made.space.iri(kind, name)
        self.small.setdefault(iri, (kind, name))
        return iri_of(iri)

    def small_things(self) -> Iterator[str]:
        """Define what was named in passing."""
        for iri, (kind, name) in sorted(self.small.items()):
            yield about(iri_of(iri), [*_SMALL[kind], (named("skos:prefLabel"), text(name))])

    def thing(self, row: Checked, kind: str, pairs: Pairs) -> str:
        """Define what a row is about: its class, its names, who names it, and more."""
        self.report.made(kind)
        given = row.one("id")
        pairs = [
            *pairs,
            (named("skos:prefLabel"), text(row.one("name"))),
            *((named("skos:altLabel"), text(alias)) for alias in row.values.get("aliases", ())),
            (named("skos:definition"), text_or_none(row.one("definition"))),
            (named("dcterms:identifier"), text(given) if given and expand(given) is None else ""),
        ]
        if "source" in {column.name for column in TABLES[row.row.table].columns}:
            pairs += self.sources(row)
        return about(iri_of(row.iri), pairs)

    def claim(self, row: Checked, kind: str, key: Iterable[str], pairs: Pairs) -> str:
        """Make a claim: its class, who says so, and more. The key tells it from the others of its kind."""
        what = named(f"rg:{kind}")
        self.report.made(f"{kind} claims")
        digest = hashlib.sha256("\n".join([kind, *key]).encode()).hexdigest()[:16]
        evidence = [] if any(name == named("rg:evidence") for name, _ in pairs) else [_STATED]
        pairs = [(A, what), *pairs, *evidence, *self.sources(row)]
        return about(iri_of(f"{self.made.space.prefix('claim')}{kind.lower()}-{digest}"), pairs)

    def sources(self, row: Checked) -> Pairs:
        """Give who says so: the sources of a row, else the default one."""
        return [
            (named("dcterms:source"), iri_of(one)) for one in row.values.get("source", (self.made.source,))
        ]


def shades(row: Checked) -> Pairs:
    """Give the condition and the doubt of a row."""
    return [(named(f"rg:{name}"), text_or_none(row.one(name))) for name in ("qualifier", "doubt")]


def key_of(row: Checked, *columns: str) -> list[str]:
    """Give the values of columns as a key, which tells one claim from another."""
    return ["|".join(row.values.get(column, ())) for column in columns]


def iri_of(iri: str) -> str:
    """Write an IRI that is known to be one."""
    return f"<{iri}>"


def text_or_none(value: str) -> str:
    """Write a string; an empty one is left out."""
    return text(value) if value else ""


def typed_or_none(value: str, datatype: str) -> str:
    """Write a literal of a datatype; an empty one is left out."""
    return typed(value, datatype) if value else ""


def figure(value: str) -> str:
    """Write a number as a decimal or an integer; an empty one is left out."""
    return typed_or_none(value, "decimal" if "." in value else "integer")


def moment(value: str) -> str:
    """Write a year, a month or a day; an empty one is left out."""
    return typed(value, _DATES[value.count("-")]) if value else ""


def licence_of(value: str) -> str:
    """Write a licence: an address as an IRI, words as words; an empty one is left out."""
    try:
        if value.startswith(("http://", "https://")):
            return iri_of(checked_iri(value))
    except Unfit:
        pass
    return text_or_none(value)
