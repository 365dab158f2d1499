"""A job architecture that holds, as statements: lines of N-Triples."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rolegraph.architecture.columns import (
    CATEGORIES,
    CREDENTIALS,
    EVIDENCE,
    INTERVALS,
    LEVELS,
    NECESSITIES,
    STATISTICS,
    TABLES,
)
from rolegraph.architecture.ladders import rungs
from rolegraph.importers.lines import A, about, named, text, typed
from rolegraph.names import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rolegraph.architecture.checking import Architecture, Checked
    from rolegraph.importers.reports import Report

    Pairs = list[tuple[str, str]]

#: How many hyphens a date has -> its datatype.
_DATES = ("gYear", "gYearMonth", "date")

#: What a claim of a needed number of years says where the table has no words for it.
YEARS = "At least {} years."

#: What comes with a move that a ladder stands behind.
NEXT_RUNG = "the next rung of the {}; that people take it is not said"

_NO_DATE = "The tables give no date."

_CLASSES = {"role": "rg:Role", "group": "rg:RoleGroup", "skill": "rg:Skill", "source": "rg:Source"}


def statements(made: Architecture, graph: str, *, ladders: bool, report: Report) -> Iterator[str]:
    """Give all lines: the data set, its things, its claims. Things and claims are counted in the report.

    graph: the IRI of the data set. ladders: whether the next rung of a ladder counts as a move, derived.
    """
    writer = _Writer(made, report)
    yield about(
        _iri(graph),
        [
            (A, named("void:Dataset")),
            (A, named("dcat:Dataset")),
            (named("dcterms:title"), text(made.names["source"].things[made.source].name)),
            (named("dcterms:source"), _iri(made.source)),
            (named("void:uriSpace"), text(made.space.prefix("role"))),
        ],
    )
    for table, write in _WRITERS.items():
        for row in made.rows[table]:
            yield from write(writer, row)
    if ladders:
        yield from _ladder_moves(writer)
    yield from writer.small_things()


class _Writer:
    """Makes lines; keeps what is named in passing: organisations, areas, levels, categories."""

    def __init__(self, made: Architecture, report: Report) -> None:
        self.made, self.report = made, report
        self.small: dict[str, tuple[str, str]] = {}

    def mint(self, kind: str, name: str) -> str:
        """Give the IRI of a thing that has no table, to be defined at the end; "" for no name."""
        if not name:
            return ""
        iri = self.made.space.iri(kind, name)
        self.small.setdefault(iri, (kind, name))
        return _iri(iri)

    def small_things(self) -> Iterator[str]:
        """Define what was named in passing."""
        for iri, (kind, name) in sorted(self.small.items()):
            yield about(_iri(iri), [*_SMALL[kind], (named("skos:prefLabel"), text(name))])

    def thing(self, row: Checked, kind: str, pairs: Pairs) -> str:
        """Define what a row is about: its class, its names, who names it, and more."""
        self.report.made(kind)
        given = row.one("id")
        pairs = [
            *pairs,
            (named("skos:prefLabel"), text(row.one("name"))),
            *((named("skos:altLabel"), text(alias)) for alias in row.values.get("aliases", ())),
            (named("skos:definition"), _text(row.one("definition"))),
            (named("dcterms:identifier"), text(given) if given and expand(given) is None else ""),
        ]
        if "source" in {column.name for column in TABLES[row.row.table].columns}:
            pairs += self.sources(row)
        return about(_iri(row.iri), pairs)

    def claim(self, row: Checked, kind: str, key: Iterable[str], pairs: Pairs) -> str:
        """Make a claim: its class, who says so, and more. The key tells it from the others of its kind."""
        what = named(f"rg:{kind}")
        self.report.made(f"{kind} claims")
        digest = hashlib.sha256("\n".join([kind, *key]).encode()).hexdigest()[:16]
        evidence = [] if any(name == named("rg:evidence") for name, _ in pairs) else [_STATED]
        pairs = [(A, what), *pairs, *evidence, *self.sources(row)]
        return about(_iri(f"{self.made.space.prefix('claim')}{kind.lower()}-{digest}"), pairs)

    def sources(self, row: Checked) -> Pairs:
        """Give who says so: the sources of a row, else the default one."""
        return [(named("dcterms:source"), _iri(one)) for one in row.values.get("source", (self.made.source,))]


_STATED = (named("rg:evidence"), named("rg:Stated"))

_SMALL: dict[str, Pairs] = {
    "org": [(A, named("rg:Organization"))],
    "area": [(A, named("rg:Area"))],
    "level": [(A, named("skos:Concept")), (named("skos:inScheme"), named("rg:Levels"))],
    "category": [(A, named("skos:Concept")), (named("skos:inScheme"), named("rg:SkillCategories"))],
}


def _role(writer: _Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "role", [(A, named("rg:Role"))])
    role = (named("rg:role"), _iri(row.iri))
    for group in row.values.get("family", ()):
        pairs = [role, (named("rg:group"), _iri(group))]
        yield writer.claim(row, "GroupMembership", [row.iri, group], pairs)
    if ladder := row.one("ladder"):
        pairs = [
            role,
            (named("rg:group"), _iri(ladder)),
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
            (named("rg:minimumYears"), _typed(years, "integer")),
            (named("rg:text"), text(words or YEARS.format(years))),
        ]
        yield writer.claim(row, "ExperienceRequirement", [row.iri], pairs)


def _group(writer: _Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "group", [(A, named("rg:RoleGroup"))])


def _skill(writer: _Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, "skill", [(A, named("rg:Skill"))])
    if category := row.one("category"):
        known = CATEGORIES.get(category.casefold())
        what = named(known) if known else writer.mint("category", category)
        pairs = [(named("rg:skill"), _iri(row.iri)), (named("rg:skillCategory"), what)]
        yield writer.claim(row, "SkillClassification", [row.iri], pairs)


def _proficiency(writer: _Writer, row: Checked) -> Iterator[str]:
    pairs = [
        (A, named("skos:Concept")),
        (named("skos:inScheme"), named("rg:Proficiencies")),
        (named("rg:rank"), _typed(row.one("rank"), "integer")),
    ]
    yield writer.thing(row, "level of proficiency", pairs)


def _skill_level(writer: _Writer, row: Checked) -> Iterator[str]:
    skill, level = row.one("skill"), row.one("proficiency")
    pairs = [
        (named("rg:about"), _iri(skill)),
        (named("rg:proficiency"), _iri(level)),
        (named("rg:text"), text(row.one("definition"))),
    ]
    yield writer.claim(row, "Statement", [skill, level, *_of(row, "source")], pairs)


def _requirement(writer: _Writer, row: Checked) -> Iterator[str]:
    role, skill = row.one("role"), row.one("skill")
    level = row.one("proficiency")
    pairs = [
        (named("rg:role"), _iri(role)),
        (named("rg:skill"), _iri(skill)),
        (named("rg:necessity"), named(NECESSITIES[row.one("necessity")])),
        (named("rg:proficiency"), _iri(level) if level else ""),
        *_shades(row),
    ]
    yield writer.claim(row, "SkillRequirement", [role, skill, *_of(row, "qualifier", "source")], pairs)


def _move(writer: _Writer, row: Checked) -> Iterator[str]:
    start, end, kind = row.one("from"), row.one("to"), row.one("kind")
    pairs = [
        (named("rg:fromRole"), _iri(start)),
        (named("rg:toRole"), _iri(end)),
        (named("rg:evidence"), named(EVIDENCE[kind])),
        (named("rg:count"), _typed(row.one("count"), "integer")),
        (named("rg:sharePercent"), _typed(row.one("share"), "decimal")),
        *_shades(row),
    ]
    yield writer.claim(row, "Move", [start, end, kind, *_of(row, "qualifier", "source")], pairs)


def _ladder_moves(writer: _Writer) -> Iterator[str]:
    for lower, upper, ladder in rungs(writer.made.rows["roles"]):
        name = writer.made.names["group"].things[ladder].name
        words = NEXT_RUNG.format(name if "ladder" in name.casefold() else f"ladder {name}")
        key = [lower.iri, upper.iri, "derived", words, *_of(lower, "source")]
        pairs = [
            (named("rg:fromRole"), _iri(lower.iri)),
            (named("rg:toRole"), _iri(upper.iri)),
            (named("rg:evidence"), named("rg:Derived")),
            (named("rg:qualifier"), text(words)),
        ]
        yield writer.claim(lower, "Move", key, pairs)


def _credential(writer: _Writer, row: Checked) -> Iterator[str]:
    yield writer.thing(row, row.one("kind"), [(A, named(CREDENTIALS[row.one("kind")]))])
    if level := row.one("isced"):
        pairs = [(named("rg:degree"), _iri(row.iri)), (named("rg:iscedLevel"), typed(level, "integer"))]
        yield writer.claim(row, "DegreeClassification", [row.iri], pairs)
    if issuer := row.one("issuer"):
        pairs = [(named("rg:credential"), _iri(row.iri)), (named("rg:issuer"), writer.mint("org", issuer))]
        yield writer.claim(row, "IssuingClaim", [row.iri], pairs)


def _qualification(writer: _Writer, row: Checked) -> Iterator[str]:
    role, credential, necessity = row.one("role"), row.one("credential"), row.one("necessity")
    degrees = {one.iri for one in writer.made.rows["credentials"] if one.one("kind") == "degree"}
    is_degree = credential in degrees
    pairs = [
        (named("rg:role"), _iri(role)),
        (named("rg:degree" if is_degree else "rg:credential"), _iri(credential)),
        (named("rg:necessity"), named(NECESSITIES[necessity])),
        *_shades(row),
    ]
    kind = "EducationRequirement" if is_degree else "CredentialRecommendation"
    yield writer.claim(row, kind, [role, credential, necessity, *_of(row, "qualifier", "source")], pairs)


def _pay(writer: _Writer, row: Checked) -> Iterator[str]:
    figures = {"low": "schema:minValue", "high": "schema:maxValue"}
    figures |= {f"p{part}": f"schema:percentile{part}" for part in (10, 25, 75, 90)}
    pairs = [
        (named("rg:role"), _iri(row.one("role"))),
        (named("rg:amount"), _number(row.one("amount"))),
        (named("rg:currency"), text(row.one("currency"))),
        (named("rg:statistic"), named(STATISTICS[row.one("statistic")])),
        (named("schema:unitText"), text(INTERVALS[row.one("interval")])),
        (named("rg:period"), _date(row.one("period"))),
        (named("rg:area"), writer.mint("area", row.one("area"))),
        *((named(term), _number(row.one(column))) for column, term in figures.items()),
        *_shades(row),
    ]
    key = _of(row, "role", "statistic", "currency", "interval", "period", "area", "qualifier", "source")
    yield writer.claim(row, "Pay", key, pairs)


def _source(writer: _Writer, row: Checked) -> Iterator[str]:
    licence, date, accessed = row.one("licence"), row.one("date"), row.one("accessed")
    pairs = [
        (A, named("rg:Source")),
        # What a company's tables say is found by role; a document of another source has sections.
        (A, named("dcat:Dataset") if row.iri == writer.made.source else ""),
        (named("dcterms:publisher"), writer.mint("org", row.one("publisher"))),
        (named("dcterms:date"), _date(date)),
        (named("rg:accessed"), _date(accessed)),
        (named("rg:dateNote"), "" if date or accessed else text(_NO_DATE)),
        (named("schema:url"), _iri(row.one("url")) if row.one("url") else ""),
        (named("dcterms:license"), _link(licence)),
    ]
    yield writer.thing(row, "source", pairs)


#: Table -> what makes its lines, in the order in which they are written.
_WRITERS: dict[str, Callable[[_Writer, Checked], Iterator[str]]] = {
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


def _shades(row: Checked) -> Pairs:
    return [(named(f"rg:{name}"), _text(row.one(name))) for name in ("qualifier", "doubt")]


def _of(row: Checked, *columns: str) -> list[str]:
    """Give the values of columns as a key."""
    return ["|".join(row.values.get(column, ())) for column in columns]


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _text(value: str) -> str:
    return text(value) if value else ""


def _typed(value: str, datatype: str) -> str:
    return typed(value, datatype) if value else ""


def _number(value: str) -> str:
    return _typed(value, "decimal" if "." in value else "integer")


def _date(value: str) -> str:
    return typed(value, _DATES[value.count("-")]) if value else ""


def _link(value: str) -> str:
    """Write a licence: an address as an IRI, words as words."""
    return (
        _iri(value)
        if value.startswith(("http://", "https://")) and not set(value) & _NO_IRI
        else _text(value)
    )


_NO_IRI = set(' <>"{}|^`\\') | {chr(code) for code in range(33)}
