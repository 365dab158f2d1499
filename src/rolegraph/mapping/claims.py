"""Accepted rows of a mapping file as claims of the graph: what links, who stands for it, and since when.

A role and an occupation make an rg:Mapping, two roles an rg:RoleMapping, two skills an rg:SkillMapping, each
with its short form in SKOS. Rows that wait or are refused make nothing, nor do rows of things that are not
in the data at hand.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import MappingError
from rolegraph.mapping.sets import ACCEPTED, MATCH_OF, NOTHING
from rolegraph.names import PREFIXES, shorten, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from rolegraph.mapping.sets import MappingRow, MappingSet

    Value = ox.NamedNode | ox.Literal
    Triple = tuple[ox.NamedNode, ox.NamedNode, Value]

#: Kinds of the two things -> the claim, its two ends, and whether the things must change places.
_CLAIMS = {
    ("role", "role"): ("rg:RoleMapping", "rg:role", "rg:mappedRole", False),
    ("role", "occupation"): ("rg:Mapping", "rg:role", "rg:occupation", False),
    ("occupation", "role"): ("rg:Mapping", "rg:role", "rg:occupation", True),
    ("skill", "skill"): ("rg:SkillMapping", "rg:skill", "rg:mappedSkill", False),
}

#: What a broader or narrower match leaves to doubt, where no comment says it.
_DOUBTS = {
    "broadMatch": "is wider",
    "narrowMatch": "is narrower",
    "relatedMatch": "is related, and not the same",
}

#: What SSSOM writes where nobody gave a licence.
UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"

#: Length of a day and of a year as text.
_DAY, _MONTH, _YEAR = 10, 7, 4


def accepted_in(mappings: MappingSet) -> list[MappingRow]:
    """Give the rows that somebody accepted as links."""
    return [row for row in mappings.rows if row.status == ACCEPTED and row.object != NOTHING]


def claims_of(
    mappings: MappingSet, file: str | Path, graph: ox.NamedNode, kinds: Mapping[str, str]
) -> list[ox.Quad]:
    """Give what a mapping file says as statements in a graph of its own, which describes itself.

    kinds: what each thing of the data at hand is, such as "role", by IRI.

    Raises MappingError for accepted rows that link things which cannot be linked.
    """
    stem = graph.value.rpartition("/")[2]
    at_hand = [row for row in accepted_in(mappings) if row.subject in kinds and row.object in kinds]
    _check(at_hand, file, kinds)
    by_source = {row: (row.reviewer, _day(row, mappings)) for row in at_hand}
    triples = list(_data_set(mappings, graph, stem, sorted(set(by_source.values()))))
    for row, source in by_source.items():
        triples += _claim(row, stem, _source(stem, *source), kinds)
    return [ox.Quad(*triple, graph) for triple in dict.fromkeys(triples)]


def _check(rows: Iterable[MappingRow], file: str | Path, kinds: Mapping[str, str]) -> None:
    problems = [
        (
            row.line,
            None,
            _cannot(kinds[row.subject], shorten(row.subject), kinds[row.object], shorten(row.object)),
        )
        for row in rows
        if (kinds[row.subject], kinds[row.object]) not in _CLAIMS
    ]
    if problems:
        raise MappingError(file, problems)


def _cannot(kind: str, name: str, other_kind: str, other: str) -> str:
    linked = "a link is between two roles, a role and an occupation, or two skills"
    return f"links {name} ({kind}) with {other} ({other_kind}); {linked}"


def _data_set(
    mappings: MappingSet, graph: ox.NamedNode, stem: str, sources: Collection[tuple[str, str]]
) -> Iterator[Triple]:
    """Describe the file: what it is called, and one source for every reviewer and day."""
    said = mappings.metadata
    title = str(said.get("mapping_set_title") or f"Mapping file {stem}")
    licence = str(said.get("license") or "")
    publisher = _node(f"org:{stem}-reviewers")
    yield graph, _node("rdf:type"), _node("void:Dataset")
    yield graph, _node("dcterms:title"), ox.Literal(title)
    if licence.startswith(("http://", "https://")) and licence != UNSPECIFIED:
        yield graph, _node("dcterms:license"), ox.NamedNode(licence)
    if said.get("mapping_set_version"):
        yield graph, _node("owl:versionInfo"), ox.Literal(str(said["mapping_set_version"]))
    if sources:
        yield publisher, _node("rdf:type"), _node("rg:Organization")
        yield publisher, _node("skos:prefLabel"), ox.Literal(f"reviewers of {title}")
    for reviewer, day in sources:
        source = _source(stem, reviewer, day)
        yield graph, _node("dcterms:source"), source
        yield source, _node("rdf:type"), _node("rg:Source")
        yield source, _node("rdf:type"), _node("dcat:Dataset")  # it has rows, and no sections
        yield source, _node("skos:prefLabel"), ox.Literal(f"{title}, reviewed by {reviewer}")
        yield source, _node("dcterms:publisher"), publisher
        if day:
            kind = {_DAY: "date", _MONTH: "gYearMonth", _YEAR: "gYear"}[len(day)]
            yield source, _node("dcterms:date"), ox.Literal(day, datatype=_node(f"xsd:{kind}"))
        else:
            yield source, _node("rg:dateNote"), ox.Literal("The mapping file gives no date.", language="en")


def _claim(row: MappingRow, stem: str, source: ox.NamedNode, kinds: Mapping[str, str]) -> Iterator[Triple]:
    name, start, end, turned = _CLAIMS[kinds[row.subject], kinds[row.object]]
    ends = (row.object, row.subject) if turned else (row.subject, row.object)
    one, other = map(ox.NamedNode, ends)
    match, words = MATCH_OF[row.predicate], row.cells.get("comment", "")
    digest = hashlib.sha256(" ".join((*ends, row.predicate)).encode()).hexdigest()[:8]
    claim = _node(f"claim:{stem}/{_last(ends[0])}--{_last(ends[1])}-{digest}")
    yield claim, _node("rdf:type"), _node(name)
    yield claim, _node(start), one
    yield claim, _node(end), other
    yield claim, _node("rg:match"), _node(f"rg:{match.capitalize()}Match")
    yield claim, _node("rg:evidence"), _node("rg:Editorial")
    yield claim, _node("dcterms:source"), source
    yield one, ox.NamedNode(_turned(row.predicate) if turned else row.predicate), other
    if name == "rg:Mapping":
        yield one, _node("rg:describedAs"), other
        if "match_string" in row.cells:
            yield claim, _node("rg:matchedLabel"), ox.Literal(row.cells["match_string"])
    else:
        yield claim, _node("rg:text"), ox.Literal(words or _reason(row))
    doubt = words if match != "exact" else ""
    if match == "near" and not doubt:
        doubt = f"The other {_DOUBTS[row.predicate.rpartition('#')[2]]}."
    if doubt:
        yield claim, _node("rg:doubt"), ox.Literal(doubt)


def _reason(row: MappingRow) -> str:
    name = row.cells.get("match_string")
    return f"Both are called “{name}”." if name else "The reviewer of the mapping file judges so."


def _turned(predicate: str) -> str:
    places = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
    space, mark, name = predicate.rpartition("#")
    return f"{space}{mark}{places.get(name, name)}"


def _source(stem: str, reviewer: str, day: str) -> ox.NamedNode:
    return _node(f"source:{stem}/{slug(' '.join(filter(None, (reviewer, day))))}")


def _day(row: MappingRow, mappings: MappingSet) -> str:
    """Give when the row was reviewed, else when it was made; the head of a file may say that for all rows."""
    day = row.cells.get("review_date") or row.cells.get("mapping_date")
    return day or str(mappings.metadata.get("mapping_date") or "")


def _last(iri: str) -> str:
    return slug(iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2])


def _node(short: str) -> ox.NamedNode:
    prefix, _, local = short.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)
