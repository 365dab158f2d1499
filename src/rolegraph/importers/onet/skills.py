"""What occupations of O*NET require: skills and knowledge, with importance and level, and technologies."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rolegraph.importers.lines import A, minted, named, text
from rolegraph.importers.onet.tables import (
    ELEMENTS,
    KNOWLEDGE,
    NOTHING,
    SCALES,
    SKILLS,
    TECHNOLOGIES,
    Reading,
    element_iri,
    local,
    month,
    number,
    whole,
)
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolegraph.importers.releases import Row, Sheet

#: From this importance on, of 1 to 5, a skill is taken as essential: O*NET calls 3 "important", and its own
#: O*NET OnLine shows by default what is rated 50 or more of 100, which is the same.
ESSENTIAL_FROM = 3.0

#: Where the classes of goods of the United Nations stand (UNSPSC).
COMMODITY = f"{BASE}commodity/unspsc-"

#: The tables of rated elements, and what their elements are called.
RATED = {SKILLS: "skill", KNOWLEDGE: "knowledge"}

_ROLE, _SKILL, _NECESSITY = named("rg:role"), named("rg:skill"), named("rg:necessity")
_ESSENTIAL, _OPTIONAL = named("rg:Essential"), named("rg:Optional")
_REQUIREMENT, _SOURCE = named("rg:SkillRequirement"), named("dcterms:source")
_IMPORTANCE, _LEVEL = named("rg:importance"), named("rg:requiredLevel")
_PERIOD, _SIZE, _DOUBT = named("rg:period"), named("rg:sampleSize"), named("rg:doubt")
_DECIMAL, _INTEGER = named("xsd:decimal"), named("xsd:integer")

_UNSURE = text("O*NET recommends not to use this figure, because it is imprecise.", "en")


def statements(reading: Reading) -> Iterator[str]:
    """Give the requirements, and the scales and elements that they are rated by."""
    if reading.has(SCALES):
        yield from _scales(reading)
    elements = _read_elements(reading) if reading.has(ELEMENTS) else {}
    rated: set[str] = set()
    for table, kind in RATED.items():
        if reading.has(table):
            yield from _rated(reading, table, kind, elements, rated)
    if rated:
        for code, iri in reading.occupations.items():
            if iri not in rated:
                reading.report.note("occupations without rated skills or knowledge", code)
    if reading.has(TECHNOLOGIES):
        yield from _technologies(reading)


def _scales(reading: Reading) -> Iterator[str]:
    sheet = reading.sheet(SCALES)
    for name, title, least, most in reading.rows(sheet, "Scale ID", "Scale Name", "Minimum", "Maximum"):
        yield reading.about(
            minted("scale", "onet", name),
            ("rdf:type", "rg:Scale"),
            ("skos:prefLabel", text(title, "en")),
            ("skos:notation", text(name)),
            ("rg:scaleMinimum", f'"{number(sheet, least, "Minimum")}"^^{_DECIMAL}'),
            ("rg:scaleMaximum", f'"{number(sheet, most, "Maximum")}"^^{_DECIMAL}'),
        )
    reading.report.made("scales", sheet.count)


def _read_elements(reading: Reading) -> dict[str, str]:
    """Give the description of every element of the content model, by its number."""
    rows = reading.rows(reading.sheet(ELEMENTS), "Element ID", "Description")
    return {element: description for element, description in rows}  # noqa: C416 - rows are tuples


def _rated(
    reading: Reading, table: str, kind: str, elements: dict[str, str], rated: set[str]
) -> Iterator[str]:
    """Give a claim for every occupation and element of a table; `rated` gets the occupations."""
    sheet = reading.sheet(table)
    yield reading.about(
        minted("skill-category", "onet", kind),
        ("rdf:type", "skos:Concept"),
        ("skos:prefLabel", text(f"O*NET {kind}", "en")),
        ("skos:inScheme", "rg:SkillCategories"),
    )
    columns = ("Element ID", "Element Name", "Scale ID", "Data Value", "N", "Recommend Suppress", "Date")
    more = ("Not Relevant",) if "Not Relevant" in sheet.header else ()
    skills: dict[str, str] = {}
    claims = 0
    rows = reading.rows_of_known(sheet, *columns, *more)
    seen: set[str] = set()
    for occupation, group in groupby(rows, key=itemgetter(0)):
        if occupation in seen:
            raise sheet.error("the rows of one occupation stand in two places; sort the table by its code")
        seen.add(occupation)
        found: dict[str, list[str]] = {}
        for _, cells in group:
            element, name = cells[:2]
            if element not in skills:
                skills[element] = element_iri(sheet, element)
                yield _element(reading, skills[element], element, name, elements.get(element, ""), kind)
            _take(reading, sheet, found.setdefault(element, []), cells)
        for element, facts in found.items():
            claims += 1
            claim = f"{reading.claims}{kind}-{local(occupation)}-{element}>"
            yield _requirement(claim, occupation, skills[element], facts, reading.source)
    rated |= seen
    reading.report.made(f"{kind} elements", len(skills))
    reading.report.made(f"requirements of {kind}", claims)


def _element(reading: Reading, iri: str, element: str, name: str, meaning: str, kind: str) -> str:
    """Describe a skill, and claim that it is of its category."""
    claim = f"{reading.claims}category-{element}>"
    return reading.about(
        iri,
        ("rdf:type", "rg:Skill"),
        ("skos:prefLabel", text(name, "en")),
        ("skos:notation", text(element)),
        *([("skos:definition", text(meaning, "en"))] if meaning else []),
    ) + reading.about(
        claim,
        ("rdf:type", "rg:SkillClassification"),
        ("rg:skill", iri),
        ("rg:skillCategory", minted("skill-category", "onet", kind)),
        ("dcterms:source", reading.source),
    )


def _take(reading: Reading, sheet: Sheet, facts: list[str], cells: Row) -> None:
    """Add what a row says to the facts about an occupation and an element: pairs of predicate and object."""
    _, name, scale, value, size, suppress, date, *irrelevant = cells
    value = number(sheet, value, "Data Value")
    if scale == "IM":
        necessity = _ESSENTIAL if float(value) >= ESSENTIAL_FROM else _OPTIONAL
        facts.append(f"{_NECESSITY} {necessity}")
        facts.append(f'{_IMPORTANCE} "{value}"^^{_DECIMAL}')
        facts.append(f"{_PERIOD} {month(sheet, date)}")
        if size != NOTHING:
            facts.append(f'{_SIZE} "{whole(sheet, size, "N", 10**6)}"^^{_INTEGER}')
    elif scale == "LV":
        if irrelevant == ["Y"]:
            reading.report.note(f"levels in {sheet.name} that O*NET calls not relevant, left out", name)
            return
        facts.append(f'{_LEVEL} "{value}"^^{_DECIMAL}')
    else:
        reading.report.note(f"rows in {sheet.name} on a scale that is not known, left out", scale)
        return
    if suppress == "Y":
        reading.report.note(
            f"figures in {sheet.name} that O*NET recommends not to use, kept with a doubt", name
        )
        facts.append(f"{_DOUBT} {_UNSURE}")


def _requirement(claim: str, occupation: str, skill: str, facts: Iterable[str], source: str) -> str:
    """Write a claim; one without an importance has no necessity of its own, and counts as optional."""
    facts = list(dict.fromkeys(facts))
    if not any(fact.startswith(_NECESSITY) for fact in facts):
        facts.append(f"{_NECESSITY} {_OPTIONAL}")
    return (
        f"{claim} {A} {_REQUIREMENT} .\n{claim} {_ROLE} {occupation} .\n{claim} {_SKILL} {skill} .\n"
        f"{''.join(f'{claim} {fact} .{chr(10)}' for fact in facts)}"
        f"{claim} {_SOURCE} {source} .\n"
    )


def _technologies(reading: Reading) -> Iterator[str]:
    """Give the technologies that occupations use: examples by name, each of a class of goods (UNSPSC)."""
    sheet = reading.sheet(TECHNOLOGIES)
    columns = ("Example", "Commodity Code", "Commodity Title", "Hot Technology")
    more = ("In Demand",) if "In Demand" in sheet.header else ()
    skills: dict[str, str] = {}
    commodities: set[str] = set()
    classes: set[tuple[str, str]] = set()
    claims: set[tuple[str, str]] = set()
    true = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    for occupation, (name, code, title, hot, *demand) in reading.rows_of_known(sheet, *columns, *more):
        skill = skills.get(name)
        if skill is None:
            skill = skills[name] = minted("skill", "onet-technology", name)
            yield reading.about(skill, ("rdf:type", "rg:Skill"), ("skos:prefLabel", text(name, "en")))
        if code not in commodities:
            commodities.add(code)
            yield _commodity(reading, str(whole(sheet, code, "Commodity Code", 10**8 - 1)), title)
        if (name, code) not in classes:
            classes.add((name, code))
            yield f"{skill} {named('skos:broader')} <{COMMODITY}{code}> .\n"
        if (occupation, name) in claims:
            reading.report.note("technologies that stand on one occupation in several classes of goods", name)
            continue
        claims.add((occupation, name))
        claim = f"{reading.claims}technology-{local(occupation)}-{skill.rpartition('/')[2]}"
        facts = [f"{_NECESSITY} {_OPTIONAL}"]
        facts += [f"{named('rg:hotTechnology')} {true}"] if hot == "Y" else []
        facts += [f"{named('rg:inDemand')} {true}"] if demand == ["Y"] else []
        yield _requirement(claim, occupation, skill, facts, reading.source)
    reading.report.made("technologies", len(skills))
    reading.report.made("requirements of technology", len(claims))


def _commodity(reading: Reading, code: str, title: str) -> str:
    """Describe a class of goods."""
    return reading.about(
        f"<{COMMODITY}{code}>",
        ("rdf:type", "skos:Concept"),
        ("skos:prefLabel", text(title, "en")),
        ("skos:notation", text(code)),
    )
