"""What the things of a store are called in tables: names, ids, and how cells refer to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rolegraph.architecture.cells import joined
from rolegraph.architecture.checking import read_row
from rolegraph.architecture.columns import CREDENTIALS, TABLES
from rolegraph.architecture.naming import Names, Space, Thing, reference_to
from rolegraph.architecture.problems import Problems
from rolegraph.architecture.rows import Row
from rolegraph.names import BASE, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.architecture.facts import Facts
    from rolegraph.importers.reports import Report

    Cells = dict[str, str]

#: Table -> the classes of what its rows define.
CLASSES = {
    "sources": ("rg:Source",),
    "groups": ("rg:RoleGroup",),
    "roles": ("rg:Role", "rg:StatisticalOccupation", "rg:ObservedTitle"),
    "skills": ("rg:Skill",),
    "credentials": tuple(CREDENTIALS.values()),
}


@dataclass
class Known:
    """The facts of a store and what its things are called.

    space and source: of the data set that was read from tables, where there is just one; else None and "".
    """

    facts: Facts
    report: Report
    space: Space | None = None
    source: str = ""
    names: dict[str, Names] = field(default_factory=dict)

    def refer(self, iri: str, *kinds: str) -> str:
        """Give what a cell says to mean a thing of these kinds; "" where it is in no table."""
        within = [self.names[kind] for kind in kinds]
        for names in within:
            if iri in names.things:
                return reference_to(names.things[iri], within)
        return ""

    def sources(self, subject: str) -> str:
        """Give the cell that says who says so: empty for the default source."""
        iris = [
            iri for iri in self.facts.iris(subject, "dcterms:source") if iri in self.names["source"].things
        ]
        if iris == [self.source]:
            return ""
        return joined(sorted(self.refer(iri, "source") for iri in iris))

    def fits(self, table: str, cells: Cells, subject: str) -> bool:
        """Tell whether reading this row again would work; what would not is counted."""
        problems = Problems()
        read_row(Row(table, "", None, cells, {}), TABLES[table], problems)
        if problems.count:
            _, _, column, words = problems.found[0]
            self.report.note(
                f"rows of {table} left out: they would not be read again",
                f"{shorten(subject)}: {column} {words}",
            )
        return not problems.count


def know(facts: Facts, report: Report) -> Known:
    """Learn what the things of all tables are called."""
    known = Known(facts, report, *_home(facts))
    for table in TABLES.values():
        if not table.thing:
            continue
        names = known.names.setdefault(table.thing, Names(table.thing))
        for iri in _subjects(facts, table.name):
            name = " ".join(facts.text(iri, "skos:prefLabel").split())
            given = _id(known, iri, kind_of(facts, iri, table.name), name)
            if not name:
                report.note(f"things without a name, which no row of {table.name} can hold", shorten(iri))
                continue
            aliases = {" ".join(alias.split()) for alias in facts.texts(iri, "skos:altLabel")}
            names.add(Thing(iri, name, given, tuple(sorted(aliases))))
    return known


def _home(facts: Facts) -> tuple[Space | None, str]:
    sets = [
        (one, space) for one in facts.of(("void:Dataset",)) for space in facts.texts(one, "void:uriSpace")
    ]
    if len(sets) != 1:
        return None, ""
    data_set, prefix = sets[0]
    facts.hold(data_set)
    for predicate in ("dcterms:title", "dcterms:license"):
        facts.terms(data_set, predicate)
    source = facts.iri(data_set, "dcterms:source")
    if found := re.fullmatch(rf"{re.escape(BASE)}role/([^/]+)/", prefix):
        return Space(unquote(found[1])), source
    return Space("", prefix.removesuffix("role/")), source


def _subjects(facts: Facts, table: str) -> list[str]:
    if table == "proficiencies":
        scheme = expand("rg:Proficiencies")
        return [one for one in facts.of(("skos:Concept",)) if scheme in facts.iris(one, "skos:inScheme")]
    return facts.of(CLASSES[table])


def kind_of(facts: Facts, iri: str, table: str) -> str:
    """Give the kind of a thing of a table; of a credential, which of the three it is."""
    if table != "credentials":
        return TABLES[table].thing
    return next(word for word, name in CREDENTIALS.items() if iri in facts.by_class.get(name, ()))


def _id(known: Known, iri: str, kind: str, name: str) -> str:
    """Give the id by which reading the tables again gives this IRI; "" where the name does that."""
    if known.space is not None:
        # The id that was given comes first: it may happen to be what the name gives as well.
        for given in known.facts.texts(iri, "dcterms:identifier"):
            if expand(given) is None and known.space.iri(kind, name, given) == iri:
                return given
        if known.space.iri(kind, name) == iri:
            return ""
    return shorten(iri)


def ids_of_claims(facts: Facts, class_: str, predicate: str) -> dict[str, list[str]]:
    """Give the claims of a class by the thing that they are made of."""
    found: dict[str, list[str]] = {}
    for claim in facts.of((class_,)):
        for thing in _peek(facts, claim, predicate):
            found.setdefault(thing, []).append(claim)
    return found


def _peek(facts: Facts, claim: str, predicate: str) -> Iterable[str]:
    """Give IRIs that a predicate leads to without counting them as taken."""
    return sorted(getattr(term, "value", "") for term in facts.said[claim].get(predicate, ()))
