"""A job architecture that holds, as statements: lines of N-Triples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.architecture.columns import (
    CATEGORIES,
    CREDENTIALS,
    EVIDENCE,
    INTERVALS,
    LEVELS,
    NECESSITIES,
    STATISTICS,
)
from rolegraph.architecture.ladders import rungs
from rolegraph.architecture.writer import (
    Writer,
    figure,
    iri_of,
    key_of,
    licence_of,
    moment,
    shades,
    typed_or_none,
)
from rolegraph.importers.lines import A, about, named, text, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rolegraph.architecture.checking import Architecture
    from rolegraph.architecture.rows import Checked
    from rolegraph.importers.reports import Report

    Pairs = list[tuple[str, str]]

#: What a claim of a needed number of years says where the table has no words for it.
YEARS = "At least {} years."

#: What comes with a move that a ladder stands behind.
NEXT_RUNG = "the next rung of the {}; that people take it is not said"

_NO_DATE = "The tables give no date."


def statements(made: Architecture, graph: str, *, ladders: bool, report: Report) -> Iterator[str]:
    """Give all lines: the data set, its things, its claims. Things and claims are counted in the report.

    graph: the IRI of the data set. ladders: whether the next rung of a ladder counts as a move, derived.
    """
    writer = Writer(made, report)
    (source,) = (row for row in made.rows["sources"] if row.iri == made.source)
    yield about(
        iri_of(graph),
        [
            (A, named("void:Dataset")),
            (A, named("dcat:Dataset")),
            (named("dcterms:title"), text(source.one("name"))),
            (named("dcterms:license"), licence_of(source.one("licence"))),
            (named("dcterms:source"), iri_of(made.source)),
            (named("void:uriSpace"), text(made.space.prefix("role"))),
        ],
    )
    for table, write in _WRITERS.items():
        for row in made.rows[table]:
            yield from write(writer, row)
    if ladders:
        yield from _ladder_moves(writer)
    yield from writer.small_things()


def _role(writer: Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "role", [(A, named("rg:Role"))])
    role = (named("rg:role"), iri_of(row.iri))
    for group in row.values.get("family", ()):
        pairs = [role, (named("rg:group"), iri_of(group))]
        yield writer.claim(row, "GroupMembership", [row.iri, group], pairs)
    if ladder := row.one("ladder"):
        pairs = [
            role,
            (named("rg:group"), iri_of(ladder)),
            (named("rg:rank"), typed(row.one("rank"), "integer")),
        ]
        yield writer.claim(row, "GroupMembership", [row.iri, ladder, "rank"], pairs)
    if level := row.one("level"):
        known = LEVELS.get(level.casefold())
        pairs = [role, (named("rg:level"), named(known) if known else writer.mint("level", level))]
        yield writer.claim(row, "LevelClaim", [row.iri], pairs)
    years, words = row.one("years"), row.one("experience")
    if years or words:
        pairs = [
            role,
            (named("rg:minimumYears"), typed_or_none(years, "integer")),
            (named("rg:text"), text(words or YEARS.format(years))),
        ]
        yield writer.claim(row, "ExperienceRequirement", [row.iri], pairs)


def _group(writer: Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "group", [(A, named("rg:RoleGroup"))])


def _skill(writer: Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "skill", [(A, named("rg:Skill"))])
    if category := row.one("category"):
        known = CATEGORIES.get(category.casefold())
        what = named(known) if known else writer.mint("category", category)
        pairs = [(named("rg:skill"), iri_of(row.iri)), (named("rg:skillCategory"), what)]
        yield writer.claim(row, "SkillClassification", [row.iri], pairs)


def _proficiency(writer: Writer, row: Checked) -> Iterator[str]:
    pairs = [
        (A, named("skos:Concept")),
        (named("skos:inScheme"), named("rg:Proficiencies")),
        (named("rg:rank"), typed_or_none(row.one("rank"), "integer")),
    ]
    yield writer.thing(row, "level of proficiency", pairs)


def _skill_level(writer: Writer, row: Checked) -> Iterator[str]:
    skill, level = row.one("skill"), row.one("proficiency")
    pairs = [
        (named("rg:about"), iri_of(skill)),
        (named("rg:proficiency"), iri_of(level)),
        (named("rg:text"), text(row.one("definition"))),
    ]
    yield writer.claim(row, "Statement", [skill, level, *key_of(row, "source")], pairs)


def _requirement(writer: Writer, row: Checked) -> Iterator[str]:
    role, skill = row.one("role"), row.one("skill")
    level = row.one("proficiency")
    pairs = [
        (named("rg:role"), iri_of(role)),
        (named("rg:skill"), iri_of(skill)),
        (named("rg:necessity"), named(NECESSITIES[row.one("necessity")])),
        (named("rg:proficiency"), iri_of(level) if level else ""),
        *shades(row),
    ]
    yield writer.claim(row, "SkillRequirement", [role, skill, *key_of(row, "qualifier", "source")], pairs)


def _move(writer: Writer, row: Checked) -> Iterator[str]:
    start, end, kind = row.one("from"), row.one("to"), row.one("kind")
    pairs = [
        (named("rg:fromRole"), iri_of(start)),
        (named("rg:toRole"), iri_of(end)),
        (named("rg:evidence"), named(EVIDENCE[kind])),
        (named("rg:count"), typed_or_none(row.one("count"), "integer")),
        (named("rg:sharePercent"), typed_or_none(row.one("share"), "decimal")),
        *shades(row),
    ]
    yield writer.claim(row, "Move", [start, end, kind, *key_of(row, "qualifier", "source")], pairs)


def _ladder_moves(writer: Writer) -> Iterator[str]:
    for lower, upper, ladder in rungs(writer.made.rows["roles"]):
        name = writer.made.names["group"].things[ladder].name
        words = NEXT_RUNG.format(name if "ladder" in name.casefold() else f"ladder {name}")
        key = [lower.iri, upper.iri, "derived", words, *key_of(lower, "source")]
        pairs = [
            (named("rg:fromRole"), iri_of(lower.iri)),
            (named("rg:toRole"), iri_of(upper.iri)),
            (named("rg:evidence"), named("rg:Derived")),
            (named("rg:qualifier"), text(words)),
        ]
        yield writer.claim(lower, "Move", key, pairs)


def _credential(writer: Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, row.one("kind"), [(A, named(CREDENTIALS[row.one("kind")]))])
    if level := row.one("isced"):
        pairs = [(named("rg:degree"), iri_of(row.iri)), (named("rg:iscedLevel"), typed(level, "integer"))]
        yield writer.claim(row, "DegreeClassification", [row.iri], pairs)
    if issuer := row.one("issuer"):
        pairs = [(named("rg:credential"), iri_of(row.iri)), (named("rg:issuer"), writer.mint("org", issuer))]
        yield writer.claim(row, "IssuingClaim", [row.iri], pairs)


def _qualification(writer: Writer, row: Checked) -> Iterator[str]:
    role, credential, necessity = row.one("role"), row.one("credential"), row.one("necessity")
    is_degree = credential in writer.degrees
    pairs = [
        (named("rg:role"), iri_of(role)),
        (named("rg:degree" if is_degree else "rg:credential"), iri_of(credential)),
        (named("rg:necessity"), named(NECESSITIES[necessity])),
        *shades(row),
    ]
    kind = "EducationRequirement" if is_degree else "CredentialRecommendation"
    yield writer.claim(row, kind, [role, credential, necessity, *key_of(row, "qualifier", "source")], pairs)


def _pay(writer: Writer, row: Checked) -> Iterator[str]:
    figures = {"low": "schema:minValue", "high": "schema:maxValue"}
    figures |= {f"p{part}": f"schema:percentile{part}" for part in (10, 25, 75, 90)}
    pairs = [
        (named("rg:role"), iri_of(row.one("role"))),
        (named("rg:amount"), figure(row.one("amount"))),
        (named("rg:currency"), text(row.one("currency"))),
        (named("rg:statistic"), named(STATISTICS[row.one("statistic")])),
        (named("schema:unitText"), text(INTERVALS[row.one("interval")])),
        (named("rg:period"), moment(row.one("period"))),
        (named("rg:area"), writer.mint("area", row.one("area"))),
        *((named(term), figure(row.one(column))) for column, term in figures.items()),
        *shades(row),
    ]
    key = key_of(row, "role", "statistic", "currency", "interval", "period", "area", "qualifier", "source")
    yield writer.claim(row, "Pay", key, pairs)


def _source(writer: Writer, row: Checked) -> Iterator[str]:
    licence, date, accessed = row.one("licence"), row.one("date"), row.one("accessed")
    pairs = [
        (A, named("rg:Source")),
        # What a company's tables say is found by role; a document of another source has sections.
        (A, named("dcat:Dataset") if row.iri == writer.made.source else ""),
        (named("dcterms:publisher"), writer.mint("org", row.one("publisher"))),
        (named("dcterms:date"), moment(date)),
        (named("rg:accessed"), moment(accessed)),
        (named("rg:dateNote"), "" if date or accessed else text(_NO_DATE)),
        (named("schema:url"), iri_of(row.one("url")) if row.one("url") else ""),
        (named("dcterms:license"), licence_of(licence)),
    ]
    yield writer.thing(row, "source", pairs)


#: Table -> what makes its lines, in the order in which they are written.
_WRITERS: dict[str, Callable[[Writer, Checked], Iterator[str]]] = {
    "sources": _source,
    "groups": _group,
    "roles": _role,
    "proficiencies": _proficiency,
    "skills": _skill,
    "skill_levels": _skill_level,
    "requirements": _requirement,
    "moves": _move,
    "credentials": _credential,
    "qualifications": _qualification,
    "pay": _pay,
}
