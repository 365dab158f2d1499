"""Occupations of O*NET with all their titles, their tasks, and the occupations that they are related to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.importers.lines import A, named, text
from rolegraph.importers.onet.tables import (
    ALTERNATES,
    CODE,
    NOTHING,
    OCCUPATIONS,
    RELATED,
    REPORTED,
    TASKS,
    Reading,
    local,
    occupation_iri,
    whole,
)
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

#: O*NET's kinds of relatedness, from the nearest: the 5, the next 5 and the next 10 occupations.
TIERS = {
    "Primary-Short": "among the 5 most closely related occupations",
    "Primary-Long": "among the 10 most closely related occupations",
    "Supplemental": "among the 20 most closely related occupations",
}

_ALIAS, _REPORTED = named("skos:altLabel"), named("rg:reportedTitle")
_SOURCE = named("dcterms:source")
_ROLE, _DUTY, _LABEL = named("rg:role"), named("rg:duty"), named("skos:prefLabel")
_FROM, _TO = named("rg:fromRole"), named("rg:toRole")


def statements(reading: Reading) -> Iterator[str]:
    """Give what is said of the occupations themselves, and the moves between related ones."""
    yield from _occupations(reading)
    yield from _titles(reading)
    if reading.has(TASKS):
        yield from _tasks(reading)
    if reading.has(RELATED):
        yield from _related(reading)


def _occupations(reading: Reading) -> Iterator[str]:
    sheet = reading.sheet(OCCUPATIONS)
    for code, title, description in reading.rows(sheet, CODE, "Title", "Description"):
        iri = occupation_iri(sheet, code)
        if code in reading.occupations:
            raise sheet.error(f"{code} stands here for the second time", column=CODE)
        if not title.strip():
            raise sheet.error("the title is empty", column="Title")
        reading.occupations[code] = iri
        soc, _, detail = code.partition(".")
        notations = (f'"{soc}"', f'"{code}"') if detail == "00" else (f'"{code}"',)
        yield reading.about(
            iri,
            ("rdf:type", "rg:Occupation"),
            ("skos:prefLabel", text(title.strip(), "en")),
            ("skos:notation", *notations),
            ("skos:definition", text(description, "en")),
        )
    for code, iri in reading.occupations.items():
        whole_group = reading.occupations.get(f"{code[:7]}.00")
        if whole_group not in {None, iri}:
            yield f"{iri} {named('skos:broader')} {whole_group} .\n"
    reading.report.made("occupations", len(reading.occupations))


def _titles(reading: Reading) -> Iterator[str]:
    """Give alternate and reported titles as aliases, each once for an occupation."""
    aliases: set[tuple[str, str]] = set()

    def alias(occupation: str, title: str) -> str:
        if title == NOTHING or (occupation, title) in aliases:
            return ""
        aliases.add((occupation, title))
        return f"{occupation} {_ALIAS} {text(title, 'en')} .\n"

    for occupation, title, short in _alternates(reading):
        yield alias(occupation, title) + alias(occupation, short)
    for occupation, title in _reported(reading):
        yield alias(occupation, title) + f"{occupation} {_REPORTED} {text(title, 'en')} .\n"


def _alternates(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Give occupation, title and short title; titles of several occupations are counted as odd."""
    if not reading.has(ALTERNATES):
        return
    bearers: dict[str, set[str]] = {}
    sheet = reading.sheet(ALTERNATES)
    for occupation, (title, short) in reading.rows_of_known(sheet, "Alternate Title", "Short Title"):
        known = bearers.setdefault(title, set())
        if occupation in known:
            reading.report.note("alternate titles that stand twice on one occupation", title)
        known.add(occupation)
        yield occupation, title, short
    for title, occupations in bearers.items():
        if len(occupations) > 1:
            reading.report.note("alternate titles that stand on several occupations", title)
    reading.report.made("alternate titles", len(bearers))


def _reported(reading: Reading) -> Iterator[tuple[str, str]]:
    if not reading.has(REPORTED):
        return
    seen: set[tuple[str, str]] = set()
    for occupation, (title,) in reading.rows_of_known(reading.sheet(REPORTED), "Reported Job Title"):
        if (occupation, title) in seen:
            reading.report.note("reported titles that stand twice on one occupation", title)
        else:
            seen.add((occupation, title))
            yield occupation, title


def _tasks(reading: Reading) -> Iterator[str]:
    sheet = reading.sheet(TASKS)
    kind, claim_type = named("rg:taskType"), named("rg:DutyClaim")
    tasks: set[int] = set()
    for occupation, (given, task, task_type) in reading.rows_of_known(sheet, "Task ID", "Task", "Task Type"):
        number = whole(sheet, given, "Task ID", 10**9)
        if number in tasks:
            raise sheet.error(f"the task {number} stands here for the second time", column="Task ID")
        tasks.add(number)
        duty, claim = f"<{BASE}duty/onet/{number}>", f"{reading.claims}task-{number}>"
        typed = f"{claim} {kind} {text(task_type)} .\n" if task_type != NOTHING else ""
        yield (
            f"{duty} {A} {named('rg:Duty')} .\n"
            f"{duty} {_LABEL} {text(task, 'en')} .\n"
            f"{claim} {A} {claim_type} .\n"
            f"{claim} {_ROLE} {occupation} .\n"
            f"{claim} {_DUTY} {duty} .\n"
            f"{typed}"
            f"{claim} {_SOURCE} {reading.source} .\n"
        )
    reading.report.made("tasks", len(tasks))


def _related(reading: Reading) -> Iterator[str]:
    """Give related occupations as moves that could be made: O*NET counted nobody who made them."""
    sheet = reading.sheet(RELATED)
    move, derived, evidence = named("rg:Move"), named("rg:Derived"), named("rg:evidence")
    tier_of, rank_of, qualifier = (
        named("rg:relatednessTier"),
        named("rg:relatednessRank"),
        named("rg:qualifier"),
    )
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    related: dict[str, set[str]] = {}
    columns = ("Related O*NET-SOC Code", "Relatedness Tier", "Index")
    for occupation, (code, tier, index) in reading.rows_of_known(sheet, *columns):
        other = reading.occupations.get(code)
        if other is None or other == occupation:
            what = "itself" if other else f"one that {OCCUPATIONS} lacks"
            reading.report.note(f"rows that relate an occupation to {what}, left out", code)
            continue
        known = related.setdefault(occupation, set())
        if code in known:
            reading.report.note("rows that relate two occupations for the second time, left out", code)
            continue
        known.add(code)
        if tier not in TIERS:
            reading.report.note("rows of a relatedness tier that is not known", tier)
        claim = f"{reading.claims}related-{local(occupation)}--{local(other)}>"
        rank = whole(sheet, index, "Index", 1000)
        words = TIERS.get(tier, f"related: {tier}")
        yield (
            f"{claim} {A} {move} .\n"
            f"{claim} {_FROM} {occupation} .\n"
            f"{claim} {_TO} {other} .\n"
            f"{claim} {evidence} {derived} .\n"
            f"{claim} {tier_of} {text(tier)} .\n"
            f'{claim} {rank_of} "{rank}"^^{integer} .\n'
            f"{claim} {qualifier} {text(words, 'en')} .\n"
            f"{claim} {_SOURCE} {reading.source} .\n"
        )
    reading.report.made("moves between related occupations", sum(map(len, related.values())))
    for code, iri in reading.occupations.items():
        if iri not in related:
            reading.report.note("occupations without related occupations", code)
