"""Roles in the terms of schema.org, as JSON-LD for web pages and for programs that know no rolegraph.

Each role is a schema:Occupation with what the network knows of it. What schema.org has no term for stands
beside it in rolegraph's own (rg:), which other readers pass over: how much a skill is needed, the area and
the period of a pay figure. Sources are schema:CreativeWork, and what rests on them points there (subjectOf).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rolegraph.names import BASE
from rolegraph.network import links_of
from rolegraph.projection import project
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from rolegraph.model import Evidence, Link, Note, Pay
    from rolegraph.stores import LocalStore

#: Web pages name schema.org's context; `rolegraph import schemaorg` knows it without fetching.
CONTEXT = ["https://schema.org", {"rg": BASE}]

_DURATIONS = {"YEAR": "P1Y", "MONTH": "P1M", "WEEK": "P7D", "DAY": "P1D", "HOUR": "PT1H"}

_PERCENTILES = ("percentile10", "percentile25", "percentile75", "percentile90")

#: Classifications by where their occupations stand.
_CODE_SETS = {
    "http://data.europa.eu/esco/occupation/": "ESCO",
    "http://data.europa.eu/esco/isco/": "ISCO-08",
    f"{BASE}occupation/soc-": "SOC",
    f"{BASE}occupation/onet-": "O*NET-SOC",
}

_Json = dict[str, Any]


def to_schemaorg(store: LocalStore) -> bytes:
    """Give every role of a store as JSON-LD: one schema:Occupation each, then the sources.

    Where a store has no roles, as O*NET and ESCO alone have none, its occupations stand there in their place.
    They are in the order of their names; equal data gives equal bytes.

    >>> import rolegraph as rg
    >>> json.loads(to_schemaorg(rg.open().store))["@graph"][1]["name"]
    'brand manager'
    """
    network = project(store)
    book = _Book(store)
    found = [_occupation(network, node, book) for node in _described(network)]
    document = {"@context": CONTEXT, "@graph": [*found, *book.cited()]}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # In a page no name can end the script that holds it; in JSON the two are the same.
    return f"{text}\n".replace("<", "\\u003c").encode()


def _described(network: nx.MultiDiGraph[str]) -> list[str]:
    """Give the roles; else the occupations, which roles are described as where there are roles."""
    of_kind: dict[str, list[str]] = {"role": [], "occupation": []}
    for node, data in network.nodes(data=True):
        of_kind.get(data["kind"], []).append(node)
    return of_kind["role"] or of_kind["occupation"]


class _Book:
    """What the network does not hold: sources by their IRIs, codes of occupations, percentiles of pay."""

    def __init__(self, store: LocalStore) -> None:
        self._sources: dict[str, _Json] = {}
        self._of: dict[str, list[str]] = {}
        self._used: set[str] = set()
        for values in _rows(store, "citations"):
            self._sources.setdefault(values["source"], _source(values))
            self._of.setdefault(values["claim"], []).append(values["source"])
        self.codes: dict[str, str] = {}
        for values in _rows(store, "codes"):
            self.codes.setdefault(values["occupation"], values["code"])
        self.figures: dict[str, dict[str, str]] = {}
        for values in _rows(store, "pay_figures"):
            self.figures.setdefault(values["claim"], values)
        asked = store.select("SELECT ?claim { ?claim a rg:ExperienceRequirement }")
        self.experience = {row["claim"].value for row in asked}

    def citing(self, claims: Iterable[str]) -> _Json:
        """Give the property that points at the sources of claims; nothing where they have none."""
        found = sorted({source for claim in claims for source in self._of.get(claim, ())})
        self._used.update(found)
        return {"subjectOf": [{"@id": source} for source in found]} if found else {}

    def cited(self) -> list[_Json]:
        """Give the sources that were pointed at."""
        return [self._sources[source] for source in sorted(self._used)]


def _rows(store: LocalStore, query: str) -> Iterator[dict[str, str]]:
    """Give the rows of a projection query: the values that are there, as text."""
    found = store.select(projection_query(query))
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name].value for name in names if row[name] is not None}


def _source(values: dict[str, str]) -> _Json:
    found: _Json = {"@type": "CreativeWork", "@id": values["source"], "name": values["name"]}
    if "published_by" in values:
        found["publisher"] = {
            "@type": "Organization",
            **_iri(values["publisher"]),
            "name": values["published_by"],
        }
    for name, other in (("datePublished", "date"), ("url", "url"), ("rg:accessed", "accessed")):
        if other in values:
            found[name] = values[other]
    return found


def _iri(text: str) -> _Json:
    return {"@id": text} if ":" in text else {}  # a blank node has no name outside its file


def _occupation(network: nx.MultiDiGraph[str], node: str, book: _Book) -> _Json:
    data = network.nodes[node]
    links: dict[str, list[Link]] = {}
    for link in links_of(network, node):
        links.setdefault(link.kind, []).append(link)

    def some(kind: str) -> list[Link]:
        return links.get(kind, [])

    issued = {link.iri: links_of(network, link.iri) for link in some("suggests_credential")}
    asked = [
        note for note in data["notes"] if note.kind == "experience" and note.evidence.claim in book.experience
    ]
    parts: _Json = {
        "@type": "Occupation",
        **_iri(node),
        "name": data["label"],
        "alternateName": list(data["aliases"]),
        "description": data["definition"],
        "occupationalCategory": [_category(link, book) for link in some("described_as")],
        "skills": [_needed("DefinedTerm", link, book) for link in some("requires")],
        "responsibilities": [link.label for link in some("has_duty")],
        "educationRequirements": [
            *(
                _needed("EducationalOccupationalCredential", link, book, "degree")
                for link in some("needs_degree")
            ),
            *(_subject(link, book) for link in some("suggests_subject")),
        ],
        "qualifications": [
            _needed("EducationalOccupationalCredential", link, book, network.nodes[link.iri]["kind"])
            | _recognized(issued[link.iri])
            for link in some("suggests_credential")
        ],
        "experienceRequirements": [_experience(note, book) for note in asked],
        "estimatedSalary": [_salary(pay, book) for pay in data["pay"]],
        **book.citing([node]),
    }
    return {name: value for name, value in parts.items() if value not in ("", [])}


def _needed(kind: str, link: Link, book: _Book, category: str = "") -> _Json:
    """Describe what a role needs. It has an address and no @id: what is said of it holds for this role."""
    found: _Json = {"@type": kind, "name": link.label, **_address(link.iri)}
    if category:
        found["credentialCategory"] = category
    if link.necessity:
        found["rg:necessity"] = {"@id": f"rg:{link.necessity.capitalize()}"}
    return found | book.citing(item.claim for item in link.evidence)


def _address(iri: str) -> _Json:
    return {"url": iri} if ":" in iri else {}


def _subject(link: Link, book: _Book) -> _Json:
    citing = book.citing(item.claim for item in link.evidence)
    subject = {"@type": "DefinedTerm", "name": link.label, **_address(link.iri)}
    return {"@type": "EducationalOccupationalCredential", "about": subject, **citing}


def _recognized(links: Iterable[Link]) -> _Json:
    found = [
        {"@type": "Organization", **_iri(link.iri), "name": link.label}
        for link in links
        if link.kind == "issued_by"
    ]
    return {"recognizedBy": found} if found else {}


def _category(link: Link, book: _Book) -> _Json:
    first = link.evidence[0]
    found: _Json = {"@type": "CategoryCode", "name": link.label, **_address(link.iri)}
    if link.iri in book.codes:
        found["codeValue"] = book.codes[link.iri]
    for start, name in _CODE_SETS.items():
        if link.iri.startswith(start):
            found["inCodeSet"] = {"@type": "CategoryCodeSet", "name": name}
    if first.detail:
        found["rg:match"] = {"@id": f"rg:{first.detail.capitalize()}Match"}
    if first.doubt:
        found["rg:doubt"] = first.doubt
    return found | book.citing(item.claim for item in link.evidence)


def _experience(note: Note, book: _Book) -> _Json:
    found: _Json = {"@type": "OccupationalExperienceRequirements", "description": note.text}
    if note.years is not None:
        found["monthsOfExperience"] = _number(note.years * 12)
    return found | book.citing([note.evidence.claim])


def _salary(pay: Pay, book: _Book) -> _Json:
    figures = book.figures.get(pay.evidence.claim, {})
    if "median" in pay.statistic:
        found: _Json = {
            "@type": "MonetaryAmountDistribution",
            "name": pay.statistic,
            "currency": pay.currency,
            "duration": _DURATIONS.get(pay.interval, pay.interval),
            "median": _number(pay.amount),
            **{name: _number(float(figures[name])) for name in _PERCENTILES if name in figures},
        }
    else:
        value = {"@type": "QuantitativeValue", "value": _number(pay.amount), "unitText": pay.interval}
        found = {"@type": "MonetaryAmount", "name": pay.statistic, "currency": pay.currency, "value": value}
    found["description"] = _basis(pay, pay.evidence)
    if pay.period:
        found["rg:period"] = pay.period
    if pay.area:
        found["rg:area"] = {"@type": "AdministrativeArea", **_iri(figures.get("area", "")), "name": pay.area}
    return found | book.citing([pay.evidence.claim])


def _basis(pay: Pay, evidence: Evidence) -> str:
    """Say on what basis a figure stands, for readers who see no more than the text."""
    basis = ", ".join(filter(None, (pay.statistic, pay.area, pay.period)))
    return "; ".join(filter(None, (f"{basis} ({evidence})", evidence.qualifier, evidence.doubt)))


def _number(figure: float) -> float | int:
    return int(figure) if figure == int(figure) else figure
