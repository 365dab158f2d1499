"""Roles: occupations and job postings, with what they ask for, do and pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg import words
from rolegraph.importers.schemaorg.credentials import ask_for_credential, ask_for_degree
from rolegraph.importers.schemaorg.ledger import identity, web_address
from rolegraph.importers.schemaorg.nodes import Node, Text
from rolegraph.importers.schemaorg.occupations import map_to_category, name_of_category
from rolegraph.importers.schemaorg.pay import Place, read_pay
from rolegraph.importers.schemaorg.terms import name_of, necessity

if TYPE_CHECKING:
    from rolegraph.importers.schemaorg.ledger import Ledger
    from rolegraph.importers.schemaorg.nodes import Value

#: Types whose nodes are roles by themselves.
OCCUPATIONS = frozenset({"Occupation", "OccupationAggregation", "OccupationAggregationByEmployer"})

_ROLE = nt.named("rg:role")


def read_roles(ledger: Ledger, nodes: list[Node]) -> None:
    """Claim what the occupations and the job postings among the nodes say of roles."""
    for node in nodes:
        if OCCUPATIONS.intersection(node.types):
            _read(ledger, node, _names(node, "name", "title"), identity(node, "role"))
        elif "JobPosting" in node.types:
            # The identifier of a posting is not that of the role: roles of one title are one.
            _read(ledger, node, _names(node, "title", "name"), "")


def _names(node: Node, *properties: str) -> list[Text]:
    """Give the names of a role: those of the first property that has any, or that of its category."""
    for name in properties:
        given = [item for item in node.all(name) if isinstance(item, Text) and words.plain(item.value)]
        if given:
            return given
    categories = [name_of_category(value) for value in node.nodes("occupationalCategory")]
    return [Text(name) for name in categories if name][:1]


def _read(ledger: Ledger, node: Node, names: list[Text], iri: str) -> None:
    names = [item for item in names if len(item.value) <= words.LONGEST_NAME]
    if not names:
        ledger.report.note("occupations and job postings without a usable name, not taken", ledger.document)
        return
    role = ""
    for item in names:
        role = ledger.thing("role", words.plain(item.value), iri or role, language=item.language)
    for value in node.all("alternateName"):
        if isinstance(value, Text) and words.plain(value.value):
            ledger.alias(role, words.plain(value.value), value.language)
    description = words.plain(node.text("description"))[: words.LONGEST_TEXT]
    if description and "JobPosting" not in node.types:
        ledger.write(role, [(nt.named("skos:definition"), ledger.words(description))])
    _read_needs(ledger, node, role)
    _read_pay(ledger, node, role)
    known = {words.plain(item.value) for item in names}
    for other in [node, *node.nodes("relevantOccupation")]:
        for value in other.all("occupationalCategory"):
            map_to_category(ledger, role, known, value)


def _read_needs(ledger: Ledger, node: Node, role: str) -> None:
    for value in node.all("skills"):
        _read_skill(ledger, role, value)
    for value in node.all("responsibilities"):
        _read_duty(ledger, role, value)
    for value in node.all("educationRequirements"):
        if not ask_for_degree(ledger, role, value):
            _in_words(ledger, role, "Education", value)
    for value in node.all("qualifications"):
        if not (ask_for_degree(ledger, role, value) or ask_for_credential(ledger, role, value)):
            _in_words(ledger, role, "Qualifications", value)
    for value in node.all("experienceRequirements"):
        _read_experience(ledger, role, value)


def _in_words(ledger: Ledger, role: str, matter: str, value: Value) -> None:
    text = name_of(value)[: words.LONGEST_TEXT]
    if text:
        said = value if isinstance(value, Node) else None
        ledger.statement(role, f"{matter}: {text}" + ("" if text.endswith((".", "!", "?")) else "."), said)


def _read_skill(ledger: Ledger, role: str, value: Value) -> None:
    said = value if isinstance(value, Node) else None
    for name, iri in _skills(ledger, value):
        if len(name) > words.LONGEST_NAME:
            ledger.report.note("skills told in a paragraph, kept in words", ledger.document)
            _in_words(ledger, role, "Skills", Text(name))
            continue
        skill = ledger.thing("skill", name, iri)
        pairs = [
            (_ROLE, role),
            (nt.named("rg:skill"), skill),
            # schema.org does not grade skills: what is listed without a grade counts as needed.
            (nt.named("rg:necessity"), necessity(said) or nt.named("rg:Essential")),
        ]
        ledger.claim("rg:SkillRequirement", pairs, said)


def _skills(ledger: Ledger, value: Value) -> list[tuple[str, str]]:
    """Give the names of the skills of a value, each with its IRI or nothing."""
    if isinstance(value, Node):
        iri = identity(value, "skill")
        name = name_of(value) or value.iri
        if name == value.iri:
            ledger.report.note("skills that are an address without a name", name)
        return [(name, iri)] if name else []
    if address := web_address(value.value):
        ledger.report.note("skills that are an address without a name", address)
        return [(address, nt.iri(address))]
    names = words.skill_names(value.value)
    if len(names) > 1:
        ledger.report.note("texts of several skills, taken apart", "; ".join(names[:4]))
    return [(name, "") for name in names]


def _read_duty(ledger: Ledger, role: str, value: Value) -> None:
    texts = [name_of(value)] if isinstance(value, Node) else words.items(value.value)
    for text in filter(None, texts):
        if len(text) > words.LONGEST_NAME:
            ledger.report.note("duties told in a paragraph, kept in words", ledger.document)
            _in_words(ledger, role, "Responsibilities", Text(text))
            continue
        iri = identity(value, "duty") if isinstance(value, Node) else ""
        duty = ledger.thing("duty", text, iri)
        said = value if isinstance(value, Node) else None
        ledger.claim("rg:DutyClaim", [(_ROLE, role), (nt.named("rg:duty"), duty)], said)


def _read_experience(ledger: Ledger, role: str, value: Value) -> None:
    said = value if isinstance(value, Node) else None
    text = words.plain(said.text("description", "name") if said else getattr(value, "value", ""))
    least: int | None = words.years(text)
    months = said.text("monthsOfExperience") if said else ""
    if months.partition(".")[0].isdecimal() and len(months) < 7:  # noqa: PLR2004 - ten thousand years
        least = int(months.partition(".")[0]) // 12
        text = text or f"{months} months of experience."
    elif months:
        ledger.report.note("months of experience that are no number, kept in words", ledger.document)
        text = text or f"Months of experience: {words.plain(months)}."
    if text:
        pairs = [
            (_ROLE, role),
            (nt.named("rg:minimumYears"), "" if least is None else nt.typed(str(least), "integer")),
            (nt.named("rg:text"), ledger.words(text[: words.LONGEST_TEXT])),
        ]
        ledger.claim("rg:ExperienceRequirement", pairs, said)


# -- pay --


def _read_pay(ledger: Ledger, node: Node, role: str) -> None:
    values = node.all("estimatedSalary", "baseSalary")
    if not values:
        return
    area = _area(ledger, node)
    period = words.date(node.text("datePosted", "datePublished", "dateModified")) or ledger.dates
    qualifier = ""
    if period is None and (period := words.date(ledger.settings.accessed)):
        qualifier = "the period is the day on which the page was read"
    read_pay(ledger, Place(role, area, node.text("salaryCurrency"), period, qualifier), values)


def _area(ledger: Ledger, node: Node) -> str:
    places = node.all("occupationLocation", "jobLocation", "applicantLocationRequirements")
    names = list(dict.fromkeys(filter(None, map(_place, places))))
    name = " and ".join(names) or ledger.settings.area
    iri = ""
    if len(places) == 1 and isinstance(places[0], Node):
        iri = identity(places[0], "area")
    return ledger.thing("area", name[: words.LONGEST_NAME], iri) if name else ""


def _place(value: Value) -> str:
    """Give the name of a place, or its town, region and country."""
    if isinstance(value, Text):
        return words.plain(value.value)
    if named := name_of(value):
        return named
    parts = [value, *value.nodes("address")]
    wanted = ("addressLocality", "addressRegion", "addressCountry")
    found = [name_of(item) for part in parts for name in wanted for item in part.all(name)[:1]]
    texts = [item for part in parts for item in part.all("address") if isinstance(item, Text)]
    return ", ".join(filter(None, found)) or (words.plain(texts[0].value) if texts else "")
