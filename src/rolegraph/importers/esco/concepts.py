"""The concepts of an ESCO release, row by row: occupations, skills, their groups, concept schemes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolegraph.importers.lines import A, iri, named, statement, text, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rolegraph.importers.releases import Sheet
    from rolegraph.importers.reports import Report

ESCO = "http://data.europa.eu/esco/"

#: What ESCO's own RDF says a concept of each table is, and what it is to rolegraph.
CLASSES: dict[str, tuple[str, ...]] = {
    "ISCOGroups": ("skos:Concept",),
    "skillGroups": ("skos:Concept",),
    "skillsHierarchy": ("skos:Concept",),
    "skills": ("rg:Skill", "esco:Skill", "esco:MemberConcept", "skos:Concept"),
    "occupations": ("rg:Occupation", "esco:Occupation", "esco:MemberConcept", "skos:Concept"),
    "conceptSchemes": ("skos:ConceptScheme",),
}

#: What the report calls the concepts of each table.
KINDS = {
    "ISCOGroups": "ISCO groups",
    "skillGroups": "skill groups",
    "skillsHierarchy": "skill groups",
    "skills": "skills",
    "occupations": "occupations",
    "conceptSchemes": "concept schemes",
}

PREFERRED, ALTERNATIVE, HIDDEN = (named(f"skos:{kind}Label") for kind in ("pref", "alt", "hidden"))

#: Columns of words, which are of a language.
WORDS = {
    "title": named("dcterms:title"),
    "description": named("dcterms:description"),
    "definition": named("skos:definition"),
    "scopeNote": named("skos:scopeNote"),
}

#: Columns that are the same in every language, but for those of `_coded`; what stands in them is a list.
STRUCTURE = {
    "code": named("skos:notation"),
    "status": "<http://purl.org/iso25964/skos-thes#status>",
    "modifiedDate": named("dcterms:modified"),
    "regulatedProfessionNote": named("esco:regulatedProfessionNote"),
    "inScheme": named("skos:inScheme"),
    "hasTopConcept": named("skos:hasTopConcept"),
    "skillType": named("esco:skillType"),
    "reuseLevel": named("esco:skillReuseLevel"),
    "iscoGroup": named("esco:memberOfISCOGroup"),
}

#: The IRIs of what the tables give in a word.
_CODED = {
    "skillType": {"skill/competence": f"{ESCO}skill-type/skill", "knowledge": f"{ESCO}skill-type/knowledge"},
    "reuseLevel": {
        level: f"{ESCO}skill-reuse-level/{level}"
        for level in ("transversal", "cross-sector", "sector-specific", "occupation-specific")
    },
}

#: Columns that tell nothing that the other columns do not.
_REPEATED = {"conceptType", "conceptUri", "conceptSchemeUri", "preferredLabel", "altLabels", "hiddenLabels"}

#: A point in time as xsd:dateTime has it.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


@dataclass
class Concepts:
    """The concepts that were read.

    translated: the tables that are there in several languages. of: concept -> the table that describes it.
    structure: concept -> what stood in the columns that are the same in every language, for those tables.
    skill_types: skill -> the word for its type. isco: code -> ISCO group. written: column and cell -> what is
    written for them behind a concept; most cells repeat one of a row before.
    """

    report: Report
    translated: frozenset[str] = frozenset()
    of: dict[str, str] = field(default_factory=dict)
    structure: dict[str, int] = field(default_factory=dict)
    skill_types: dict[str, str] = field(default_factory=dict)
    isco: dict[str, str] = field(default_factory=dict)
    written: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def term(concepts: Concepts, sheet: Sheet, column: str, concept: str) -> str:
    """Write the IRI of a concept.

    Raises SourceError, with file, line and column, when it is none.
    """
    if concept in concepts.of:
        return f"<{concept}>"
    try:
        return iri(concept)
    except ValueError as error:
        raise sheet.error(str(error), column=column) from error


def parts(cell: str) -> list[str]:
    r"""Give the IRIs of a cell, each once: they are parted by commas, line ends or bars.

    >>> parts("http://example.org/a,\nhttp://example.org/b | http://example.org/a")
    ['http://example.org/a', 'http://example.org/b']
    """
    return list(dict.fromkeys(cell.replace(",", " ").replace("|", " ").split()))


def describe(sheet: Sheet, table: str, language: str, concepts: Concepts) -> Iterator[str]:
    """Write the concepts of a table, with all that it says of them."""
    report = concepts.report
    iri_column = _iri_column(table)
    columns = _columns(sheet, report)
    kinds = [f"{A} {named(name)} .\n" for name in CLASSES[table]]
    for concept, *cells in sheet.rows((iri_column, "preferredLabel", *columns)):
        if concept in concepts.of:
            report.note("rows of a concept that has one already (left out)", _at(sheet, concept))
            continue
        row = dict(zip(("preferredLabel", *columns), cells, strict=True))
        subject = term(concepts, sheet, iri_column, concept)
        concepts.of[concept] = table
        if table in concepts.translated:
            concepts.structure[concept] = _structure(row)
        report.made(KINDS[table])
        yield (
            "".join([f"{subject} {kind}" for kind in kinds])
            + "".join(_words(subject, concept, row, language, report))
            + "".join(_facts(subject, concept, row, sheet, concepts))
        )


def translate(sheet: Sheet, table: str, language: str, concepts: Concepts) -> Iterator[str]:
    """Write what a table in a further language calls the concepts and says of them."""
    report = concepts.report
    columns = _columns(sheet, report)
    known = {concept for concept, home in concepts.of.items() if home == table}
    left = set(known)
    for concept, *cells in sheet.rows((_iri_column(table), "preferredLabel", *columns)):
        if concept not in left:
            term(concepts, sheet, _iri_column(table), concept)
            what = "that has one already" if concept in known else "that no table of the first language has"
            report.note(f"rows of a concept {what} (left out)", _at(sheet, concept))
            continue
        left.remove(concept)
        row = dict(zip(("preferredLabel", *columns), cells, strict=True))
        if _structure(row) != concepts.structure[concept]:
            report.note(
                "rows with other codes or types than in the first language (which count)", _at(sheet, concept)
            )
        yield "".join(_words(f"<{concept}>", concept, row, language, report))
    for concept in sorted(left):
        report.note(f"concepts that {sheet.name} lacks", concept)


def _iri_column(table: str) -> str:
    return "conceptSchemeUri" if table == "conceptSchemes" else "conceptUri"


def _at(sheet: Sheet, concept: str) -> str:
    return f"{concept} ({sheet.name}, line {sheet.line})"


def _columns(sheet: Sheet, report: Report) -> list[str]:
    """Give the columns that are taken, and report those that are not."""
    taken = {"altLabels", "hiddenLabels"} | WORDS.keys() | STRUCTURE.keys()
    report.unread += [
        f"{sheet.name}: column {name}" for name in sheet.header if name not in taken | _REPEATED and name
    ]
    return [name for name in sheet.header if name in taken]


def _structure(row: dict[str, str]) -> int:
    """Sum up what must be the same in every language; the order of a list means nothing."""
    return hash(tuple(frozenset(parts(row.get(column, ""))) for column in STRUCTURE))


def labels(subject: str, preferred: str, row: dict[str, str], language: str, report: Report) -> Iterator[str]:
    """Write the names of a concept: each text as one kind of label, as SKOS has it."""
    seen: set[str] = set()
    for cell, predicate in (
        (preferred.replace("\n", " "), PREFERRED),
        (row.get("altLabels"), ALTERNATIVE),
        (row.get("hiddenLabels"), HIDDEN),
    ):
        for label in cell.split("\n") if cell else ():
            name = label.strip()
            if name != label:
                report.note("labels with blanks around them (written without)", name)
            if name in seen:
                report.note("labels that repeat a label of the same concept (left out)", name)
            elif name:
                seen.add(name)
                yield statement(subject, predicate, text(name, language))
    report.made(f"labels in {language or 'no language'}", len(seen))


def _words(subject: str, concept: str, row: dict[str, str], language: str, report: Report) -> Iterator[str]:
    if not row["preferredLabel"].strip():
        report.note("rows without a preferred label", f"{concept} ({language or 'no language'})")
    yield from labels(subject, row["preferredLabel"], row, language, report)
    for column, predicate in WORDS.items():
        words = row.get(column, "").strip()
        if words:
            yield statement(subject, predicate, text(words, language))


def _facts(
    subject: str, concept: str, row: dict[str, str], sheet: Sheet, concepts: Concepts
) -> Iterator[str]:
    """Write what holds in every language."""
    if "skillType" in row:
        concepts.skill_types[concept] = row["skillType"]
    if concepts.of[concept] == "ISCOGroups" and row.get("code"):
        concepts.isco.setdefault(row["code"], concept)
    for column, predicate in STRUCTURE.items():
        cell = row.get(column)
        if cell is None:
            continue
        written = concepts.written.get((column, cell))
        if written is None:
            values = _WRITE.get(column, _coded)(cell.strip(), column, sheet, concepts)
            written = [f"{predicate} {value} .\n" for value in values]
            if written and column != "hasTopConcept":  # what is odd is noted each time
                concepts.written[column, cell] = written
        for rest in written:
            yield f"{subject} {rest}"


def _coded(cell: str, column: str, sheet: Sheet, concepts: Concepts) -> Iterable[str]:
    """Write the IRI that a word stands for."""
    known = concepts.isco if column == "iscoGroup" else _CODED[column]
    if cell in known:
        return [f"<{known[cell]}>"]
    what = f"{column} that is not known (left out)" if cell else f"{column} that is blank"
    concepts.report.note(f"rows of {sheet.name} with a {what}", f"line {sheet.line}{cell and f': {cell}'}")
    return []


def _plain(cell: str, *_: object) -> Iterable[str]:
    return [text(cell)] if cell else []


def _time(cell: str, column: str, sheet: Sheet, concepts: Concepts) -> Iterable[str]:
    if cell and not _TIME.fullmatch(cell):
        concepts.report.note(f"rows whose {column} is no point in time (left out)", _at(sheet, cell))
    elif cell:
        return [typed(cell, "dateTime")]
    return []


def _listed(cell: str, column: str, sheet: Sheet, concepts: Concepts) -> Iterable[str]:
    return [term(concepts, sheet, column, part) for part in parts(cell)]


def _topped(cell: str, column: str, sheet: Sheet, concepts: Concepts) -> Iterable[str]:
    """Write top concepts; ESCO has some, such as the roles of labels, that no table describes."""
    for part in parts(cell):
        if part not in concepts.of:
            concepts.report.note("top concepts of schemes that no table describes (kept)", part)
        yield term(concepts, sheet, column, part)


def _noted(cell: str, *_: object) -> Iterable[str]:
    """Write a note that is an IRI as such, and any other as text."""
    try:
        return [iri(cell)] if cell else []
    except ValueError:
        return [text(cell)]


_WRITE: dict[str, Callable[[str, str, Sheet, Concepts], Iterable[str]]] = {
    "code": _plain,
    "status": _plain,
    "modifiedDate": _time,
    "regulatedProfessionNote": _noted,
    "inScheme": _listed,
    "hasTopConcept": _topped,
}
