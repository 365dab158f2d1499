"""How much preparation occupations of O*NET take: job zones, and answers on education and experience."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rolegraph.importers.lines import A, about, minted, named, text
from rolegraph.importers.onet.tables import (
    ANSWERS,
    CATEGORIES,
    NOTHING,
    ZONE_TEXTS,
    ZONES,
    Reading,
    local,
    month,
    number,
    whole,
)
from rolegraph.names import BASE, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.importers.releases import Sheet

#: The questions that people were asked, by the scale of the answers -> the property that answers are below.
QUESTIONS = {
    "RL": "rg:educationShare",
    "RW": "rg:experienceShare",
    "PT": "rg:onSiteTrainingShare",
    "OJ": "rg:onTheJobTrainingShare",
}

#: What else people were asked, how important it is from 1 to 5, by the number of the element.
IMPORTANCES = {"2.D.4.a": "rg:certificationImportance", "3.A.4.a": "rg:apprenticeshipImportance"}

#: Answers on education and experience, from the least to the most, as the shipped graph names them.
EDUCATION = (
    "below-high-school-diploma", "high-school-diploma", "post-secondary-certificate", "some-college-courses",
    "associates-degree", "bachelors-degree", "post-baccalaureate-certificate", "masters-degree",
    "post-masters-certificate", "first-professional-degree", "doctoral-degree", "post-doctoral-training",
)  # fmt: skip
EXPERIENCE = (
    "no-experience", "up-to-1-month", "over-1-to-3-months", "over-3-to-6-months", "over-6-months-to-1-year",
    "over-1-to-2-years", "over-2-to-4-years", "over-4-to-6-years", "over-6-to-8-years", "over-8-to-10-years",
    "over-10-years",
)  # fmt: skip

#: Answers that name a degree.
DEGREES = {
    "associates-degree": ("associate", "associate degree", 5),
    "bachelors-degree": ("bachelor", "bachelor's degree", 6),
    "masters-degree": ("master", "master's degree", 7),
    "doctoral-degree": ("doctorate", "doctorate", 8),
}

#: The classification that has these levels; that O*NET's degrees are of them is rolegraph's reading.
ISCED = f"<{BASE}source/isced-2011>"
UNESCO = f"<{BASE}org/unesco-institute-for-statistics>"

#: More answers than any question has.
_MOST = 50


def statements(reading: Reading) -> Iterator[str]:
    """Give job zones and answers."""
    if reading.has(ZONE_TEXTS):
        yield from _zone_texts(reading)
    if reading.has(ZONES):
        yield from _zones(reading)
    if reading.has(ANSWERS):
        yield from _answers(reading)


def _zone_texts(reading: Reading) -> Iterator[str]:
    """Say what each job zone means."""
    sheet = reading.sheet(ZONE_TEXTS)
    columns = ("Job Zone", "Name", "Experience", "Education", "Job Training", "SVP Range")
    for zone, name, experience, education, training, svp in reading.rows(sheet, *columns):
        whole(sheet, zone, "Job Zone", 5)
        yield reading.about(
            f"<{BASE}job-zone/{zone}>",
            ("rdf:type", "skos:Concept"),
            ("skos:prefLabel", text(name, "en")),
            ("skos:notation", text(zone)),
            ("skos:definition", text(f"{experience} {education} {training}", "en")),
            ("skos:scopeNote", text(f"Specific vocational preparation: {svp}", "en")),
        )


def _zones(reading: Reading) -> Iterator[str]:
    sheet = reading.sheet(ZONES)
    zoned: set[str] = set()
    for occupation, (zone, date) in reading.rows_of_known(sheet, "Job Zone", "Date"):
        if occupation in zoned:
            raise sheet.error("the occupation has a job zone already")
        zoned.add(occupation)
        claim = f"{reading.claims}job-zone-{local(occupation)}>"
        level = whole(sheet, zone, "Job Zone", 5)
        yield _preparation(claim, occupation, month(sheet, date), reading.source) + (
            f'{claim} {named("rg:jobZone")} "{level}"^^{named("xsd:integer")} .\n'
        )
    for code, iri in reading.occupations.items():
        if iri not in zoned:
            reading.report.note("occupations without a job zone", code)
    reading.report.made("job zones of occupations", len(zoned))


def _answers(reading: Reading) -> Iterator[str]:
    """Give one claim for each occupation and month with the shares of all answers that somebody gave."""
    answers, described = _describe_answers(reading)
    yield from described
    sheet = reading.sheet(ANSWERS)
    columns = ("Element ID", "Scale ID", "Category", "Data Value", "N", "Recommend Suppress", "Date")
    decimal, integer = named("xsd:decimal"), named("xsd:integer")
    claims = 0
    seen: set[str] = set()
    for occupation, group in groupby(reading.rows_of_known(sheet, *columns), key=itemgetter(0)):
        if occupation in seen:
            raise sheet.error("the rows of one occupation stand in two places; sort the table by its code")
        seen.add(occupation)
        dated: dict[str, dict[str, str]] = {}
        for _, (element, scale, category, value, size, suppress, date) in group:
            when = month(sheet, date)
            facts = dated.setdefault(when, {})
            asked_for = IMPORTANCES.get(element) if scale == "IM" else None
            answer = named(asked_for) if asked_for else answers.get((scale, category))
            if answer is None:
                reading.report.note("answers that no category describes, left out", f"{scale} {category}")
            elif suppress == "Y":
                reading.report.note(
                    "answers that O*NET recommends not to use, left out", f"{scale} {category}"
                )
            elif float(number(sheet, value, "Data Value")):  # a share of zero is an answer that nobody gave
                facts[answer] = f'"{value}"^^{decimal}'
                if scale == "RL" and size != NOTHING:
                    facts[named("rg:sampleSize")] = f'"{whole(sheet, size, "N", 10**6)}"^^{integer}'
        for when, facts in dated.items():
            claim = f"{reading.claims}preparation-{local(occupation)}-{when[1:8]}>"
            yield _preparation(claim, occupation, when, reading.source) + about(claim, facts.items())
        claims += len(dated)
    reading.report.made("answers on education, experience and training", claims)


def _describe_answers(reading: Reading) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Give the property of every answer by scale and category, and what is said of the properties."""
    answers: dict[tuple[str, str], str] = {}
    lines: list[str] = []
    if not reading.has(CATEGORIES):
        return answers, lines
    lines.append(
        reading.about(
            ISCED,
            ("rdf:type", "rg:Source"),
            ("skos:prefLabel", "International Standard Classification of Education 2011"),
            ("dcterms:publisher", UNESCO),
            ("dcterms:date", f'"2012"^^{named("xsd:gYear")}'),
        )
        + reading.about(
            UNESCO,
            ("rdf:type", "rg:Organization"),
            ("skos:prefLabel", "UNESCO Institute for Statistics"),
        )
    )
    sheet = reading.sheet(CATEGORIES)
    for scale, category, words in reading.rows(sheet, "Scale ID", "Category", "Category Description"):
        place = whole(sheet, category, "Category", _MOST)
        name = _answer_name(sheet, scale, place, words)
        answer = minted("answer", name)
        answers[scale, category] = answer
        if scale not in QUESTIONS:
            raise sheet.error(f"the scale {scale} belongs to no question that is known", column="Scale ID")
        lines.append(
            reading.about(
                answer,
                ("rdf:type", "owl:DatatypeProperty"),
                ("rdfs:label", text(words[:1].lower() + words[1:], "en")),
                ("rdfs:subPropertyOf", QUESTIONS[scale]),
            )
        )
        if scale == "RL" and name in DEGREES:
            lines.append(_degree(reading, answer, *DEGREES[name]))
    return answers, lines


def _answer_name(sheet: Sheet, scale: str, place: int, words: str) -> str:
    known = {"RL": EDUCATION, "RW": EXPERIENCE}.get(scale)
    if known is None:
        return f"{scale.lower()}-{slug(words)}"
    if place > len(known):
        raise sheet.error(f"{scale} has no category {place} that is known", column="Category")
    return known[place - 1]


def _degree(reading: Reading, answer: str, name: str, label: str, level: int) -> str:
    """Say which degree an answer names, and of which level of ISCED 2011 it is."""
    degree, claim = f"<{BASE}degree/{name}>", f"{reading.claims}level-{name}>"
    section = f"<{BASE}source/isced-2011/level-{level}>"
    return (
        reading.about(degree, ("rdf:type", "rg:Degree"), ("skos:prefLabel", text(label, "en")))
        + reading.about(
            section,
            ("rdf:type", "rg:Section"),
            ("skos:prefLabel", text(f"level {level}", "en")),
            ("dcterms:isPartOf", ISCED),
        )
        + reading.about(
            claim,
            ("rdf:type", "rg:DegreeClassification"),
            ("rg:degree", degree),
            ("rg:iscedLevel", f'"{level}"^^{named("xsd:integer")}'),
            ("rg:evidence", "rg:Editorial"),
            ("rg:statedIn", section),
            ("dcterms:source", ISCED),
        )
        + f"{answer} {named('rg:ofDegree')} {degree} .\n"
    )


def _preparation(claim: str, occupation: str, when: str, source: str) -> str:
    return (
        f"{claim} {A} {named('rg:Preparation')} .\n"
        f"{claim} {named('rg:role')} {occupation} .\n"
        f"{claim} {named('rg:period')} {when} .\n"
        f"{claim} {named('dcterms:source')} {source} .\n"
    )
