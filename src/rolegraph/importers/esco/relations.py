"""What relates the concepts of an ESCO release: requirements, hierarchies, collections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.importers.esco.concepts import CLASSES, KINDS, WORDS, Concepts, labels, parts, term
from rolegraph.importers.lines import A, named, statement, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rolegraph.importers.releases import Sheet
    from rolegraph.importers.reports import Report

BROADER = named("skos:broader")
MEMBER = named("skos:member")
NOTATION = named("skos:notation")

#: What the tables call a relation, and what ESCO's own RDF calls it.
NEEDS = {"essential": named("esco:relatedEssentialSkill"), "optional": named("esco:relatedOptionalSkill")}

#: Levels of the hierarchy of skills, each with an IRI, a name and a code in its row.
_LEVELS = range(4)


#: Lines that are handed on at once.
_TOGETHER = 1_000


@dataclass
class Links:
    """The relations that were written, so that each is written once.

    steps: the hierarchy of skills, as pairs of a group and the one above it, until they are written.
    """

    concepts: Concepts
    written: set[tuple[str, str, str]] = field(default_factory=set)
    steps: list[tuple[str, str]] = field(default_factory=list)

    def new(self, subject: str, predicate: str, value: str) -> bool:
        """Take a relation as written; tell whether it was not before."""
        before = len(self.written)
        self.written.add((subject, predicate, value))
        return len(self.written) > before


def _known(sheet: Sheet, concepts: Concepts, ends: dict[str, tuple[str, str]]) -> bool:
    """Tell whether the release describes both ends; if not, report it.

    ends: column -> the concept in it, and the table that must describe it ("" for any).
    """
    for column, (concept, table) in ends.items():
        home = concepts.of.get(concept)
        if home is None or table not in {"", home}:
            term(concepts, sheet, column, concept)
            what = KINDS[table] if table else "concepts"
            concepts.report.note(
                f"rows of {sheet.name} that name {what} that the release does not describe (left out)",
                concept,
            )
            return False
    return True


def _together(lines: Iterator[str]) -> Iterator[str]:
    """Join lines: each step on their way takes its time, and there are most of these."""
    while some := list(islice(lines, _TOGETHER)):
        yield "".join(some)


class _Needs(NamedTuple):
    """The columns of a table of needs; types: column of a type of skill -> column of that skill."""

    subject: str
    relation: str
    skill: str
    table: str
    types: dict[str, str]


def _needs(sheet: Sheet, links: Links, needs: _Needs, *, first: bool) -> Iterator[str]:
    """Write which skills something needs. A table in a further language says the same again."""
    concepts, report, name = links.concepts, links.concepts.report, sheet.name
    of, type_of, written = concepts.of, concepts.skill_types.get, links.written
    made = dict.fromkeys(NEEDS, 0)
    typed = [(column, skill == needs.subject) for column, skill in needs.types.items()]
    columns = (needs.subject, needs.relation, needs.skill, *needs.types)
    for subject, relation, skill, *types in sheet.rows(columns):
        predicate = NEEDS.get(relation)
        if of.get(subject) != needs.table or of.get(skill) != "skills":
            _known(sheet, concepts, {needs.subject: (subject, needs.table), needs.skill: (skill, "skills")})
        elif predicate is None:
            report.note(f"rows of {name} that are neither essential nor optional (left out)", relation)
        elif (needed := (subject, predicate, skill)) not in written:
            written.add(needed)
            if not first:
                report.note(f"relations that only {name} has (kept)", f"line {sheet.line}")
            made[relation] += 1
            yield f"<{subject}> {predicate} <{skill}> .\n"
        elif first:
            report.note(f"rows of {name} that repeat another (left out)", f"line {sheet.line}")
        for (column, of_subject), word in zip(typed, types, strict=True):
            if not word or word != type_of(subject if of_subject else skill, word):
                _note_type(sheet, column, word, report)
    for relation in filter(made.get, made):
        report.made(f"{relation} skills of {KINDS[needs.table]}", made[relation])


def _note_type(sheet: Sheet, column: str, word: str, report: Report) -> None:
    what = f"another {column} than the skill's own (which counts)" if word else f"a {column} that is blank"
    report.note(f"rows of {sheet.name} with {what}", f"line {sheet.line}")


def read_occupation_skills(sheet: Sheet, links: Links, *, first: bool) -> Iterator[str]:
    """Write which skills an occupation needs."""
    types = {"skillType": "skillUri"}
    needs = _Needs("occupationUri", "relationType", "skillUri", "occupations", types)
    yield from _together(_needs(sheet, links, needs, first=first))


def read_skill_skills(sheet: Sheet, links: Links, *, first: bool) -> Iterator[str]:
    """Write which skills a skill needs."""
    types = {"originalSkillType": "originalSkillUri", "relatedSkillType": "relatedSkillUri"}
    needs = _Needs("originalSkillUri", "relationType", "relatedSkillUri", "skills", types)
    yield from _together(_needs(sheet, links, needs, first=first))


def read_broader(sheet: Sheet, links: Links, *, first: bool) -> Iterator[str]:
    """Write which concept stands above which."""
    report = links.concepts.report
    for concept, above in sheet.rows(("conceptUri", "broaderUri")):
        ends = {"conceptUri": (concept, ""), "broaderUri": (above, "")}
        if _known(sheet, links.concepts, ends):
            if links.new(concept, BROADER, above):
                report.made("broader concepts")
                yield f"<{concept}> {BROADER} <{above}> .\n"
            elif first:
                report.note(f"rows of {sheet.name} that repeat another (left out)", f"line {sheet.line}")


#: The tables of relations, in the order in which they are read, and what reads them.
RELATIONS: dict[str, Callable[..., Iterator[str]]] = {
    "broaderRelationsOccPillar": read_broader,
    "broaderRelationsSkillPillar": read_broader,
    "occupationSkillRelations": read_occupation_skills,
    "skillSkillRelations": read_skill_skills,
}


def read_hierarchy(sheet: Sheet, language: str, links: Links, *, first: bool) -> Iterator[str]:
    """Write the groups of skills that only the table of the hierarchy describes.

    A row is the way from the top down to one group. Cells that would be empty may be missing at its end.
    """
    concepts, report = links.concepts, links.concepts.report
    columns = [
        *(f"Level {n} {what}" for n in _LEVELS for what in ("URI", "preferred term", "code")),
        "Description",
        "Scope note",
    ]
    for cells in sheet.rows(columns, ragged=True):
        way = [cells[3 * n : 3 * n + 3] for n in _LEVELS if cells[3 * n]]
        if not way:
            report.note(f"rows of {sheet.name} that name no group (left out)", f"line {sheet.line}")
            continue
        concept, name, code = way[-1]
        subject = term(concepts, sheet, f"Level {len(way) - 1} URI", concept)
        links.steps += [(below[0], above[0]) for above, below in pairwise(way)]
        home = concepts.of.setdefault(concept, "skillsHierarchy") if first else concepts.of.get(concept)
        if home != "skillsHierarchy":
            continue
        if first:
            report.made(KINDS[home])
            report.note(f"skill groups that only {sheet.name} describes", f"{concept} ({name})")
            yield "".join(statement(subject, A, named(kind)) for kind in CLASSES[home])
            yield statement(subject, NOTATION, text(code)) if code else ""
        yield from labels(subject, name, {}, language, report)
        for words, column in zip(cells[-2:], ("description", "scopeNote"), strict=True):
            if words.strip():
                yield statement(subject, WORDS[column], text(words.strip(), language))


def write_hierarchy(links: Links) -> Iterator[str]:
    """Write what stands above a group by the table of the hierarchy, where no other table says so."""
    report = links.concepts.report
    for below, above in links.steps:
        if {below, above} <= links.concepts.of.keys() and links.new(below, BROADER, above):
            report.note("broader concepts that only the table of the hierarchy names (kept)", below)
            report.made("broader concepts")
            yield f"<{below}> {BROADER} <{above}> .\n"


def read_collection(sheet: Sheet, collection: str, name: str, links: Links) -> Iterator[str]:
    """Write a collection, such as that of digital skills, with its members and what stands above them."""
    report = links.concepts.report
    if links.new(collection, A, name):
        report.made("collections")
        yield statement(collection, A, named("skos:Collection"))
        words = re.sub("(Skills|Occupations)$", lambda found: f" {found[0].lower()}", name)
        yield statement(collection, named("skos:prefLabel"), text(words, "en"))
    for concept, broader in sheet.rows(("conceptUri", "broaderConceptUri")):
        if not _known(sheet, links.concepts, {"conceptUri": (concept, "")}):
            continue
        if links.new(collection, MEMBER, concept):
            report.made("members of collections")
            yield f"{collection} {MEMBER} <{concept}> .\n"
        for above in parts(broader):
            ends = {"broaderConceptUri": (above, "")}
            if _known(sheet, links.concepts, ends) and links.new(concept, BROADER, above):
                report.note(f"broader concepts that only {sheet.name} names (kept)", f"line {sheet.line}")
                report.made("broader concepts")
                yield f"<{concept}> {BROADER} <{above}> .\n"
