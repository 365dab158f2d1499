"""RDF to networkx: the only bridge between the two halves, built by the queries in `queries/projection/`.

The network is an `nx.MultiDiGraph`. A node is the IRI of a role, a group, a skill, a duty, a value, a
degree, a subject, a certification, a training or an organization, with

    kind, label, definition   str
    aliases                   tuple of str
    pay                       tuple of model.Pay
    notes                     tuple of model.Note: outlook, experience, level, category, statement,
                              comparison, caveat
    evidence                  tuple of model.Evidence: where the thing is named

An edge's key is the kind of the relation (move, requires, has_duty, brings_value, needs_degree,
holds_degree, suggests_subject, suggests_credential, member_of, teaches, issued_by, offered_by), with

    kind        str, the key again
    evidence    tuple of model.Evidence, one for each claim and source of it
    necessity   str: essential, minimum, preferred, optional or empty
    share       float, a percentage, or None
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from rolegraph.errors import SourceError
from rolegraph.labels import read_entries
from rolegraph.model import Evidence, Note, Pay
from rolegraph.names import shorten
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx
    import pyoxigraph as ox

    from rolegraph.stores import LocalStore

    EvidenceOf = dict[str, tuple[Evidence, ...]]

T = TypeVar("T")

#: Stands for a claim without source: the network shows it, and validation reports it.
NO_SOURCE = "no source given"


def project(store: LocalStore) -> nx.MultiDiGraph[str]:
    """Give the whole network of a store: every node with its facts, every relation with its evidence.

    The order of nodes and edges depends on the statements alone.
    """
    import networkx as nx  # noqa: PLC0415 - a quarter of a second that plain queries do without

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entries = read_entries(store)
    evidence = _read_evidence(store)
    definitions = _grouped(store, "definitions", lambda row: row["text"])
    pay = _grouped(store, "pay", lambda row: _pay(row, evidence))
    notes = _grouped(store, "notes", lambda row: _note(row, evidence))
    for entry in entries:
        network.add_node(
            entry.iri,
            label=entry.label,
            kind=entry.kind,
            aliases=entry.aliases,
            definition=_in_words(definitions.get(entry.iri, [])),
            pay=tuple(pay.get(entry.iri, ())),
            notes=tuple(notes.get(entry.iri, ())),
            evidence=evidence.get(entry.iri, ()),
        )
    _add_edges(network, store, evidence)
    return network


def _add_edges(network: nx.MultiDiGraph[str], store: LocalStore, evidence: EvidenceOf) -> None:
    for row in store.select(projection_query("edges")):
        start, end, kind = row["start"].value, row["end"].value, row["kind"].value
        for node in (start, end):
            if node not in network:
                network.add_node(node, **_bare(node))
        known = network.get_edge_data(start, end, kind) or {"evidence": (), "necessity": "", "share": None}
        necessity = _local_name(row["necessity"])
        share = None if row["share"] is None else _number(row, "share")
        claim = row["claim"].value
        detail = necessity if share is None else f"{share:g} %"
        found = evidence.get(claim) or (Evidence(claim, "", NO_SOURCE),)
        network.add_edge(
            start,
            end,
            key=kind,
            kind=kind,
            evidence=(*known["evidence"], *(replace(item, detail=detail) for item in found)),
            necessity=min(necessity, known["necessity"], key=_weakness),
            share=known["share"] if share is None else share,
        )


#: From what a role cannot do without to what nobody graded.
_NECESSITIES = ("essential", "minimum", "preferred", "optional")


def _weakness(necessity: str) -> int:
    return _NECESSITIES.index(necessity) if necessity in _NECESSITIES else len(_NECESSITIES)


def _bare(iri: str) -> dict[str, Any]:
    """Give the attributes of a node that edges name and nothing describes."""
    return {
        "label": shorten(iri),
        "kind": "unknown",
        "aliases": (),
        "definition": "",
        "pay": (),
        "notes": (),
        "evidence": (),
    }


def _read_evidence(store: LocalStore) -> EvidenceOf:
    """Give the evidence of every claim; the sections of one source are joined."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in store.select(projection_query("evidence")):
        values = {name: _text(row[name]) for name in _EVIDENCE_COLUMNS}
        values["kind"] = _local_name(row["evidence"])
        source = _text(row["from"])
        values["source"] = values["source"] or shorten(source) or NO_SOURCE
        known = found.setdefault(row["claim"].value, {}).setdefault(source, values)
        if values["section"] not in known["section"].split(" / "):
            known["section"] += f" / {values['section']}"
    return {
        claim: tuple(Evidence(claim=claim, **values) for values in by_source.values())
        for claim, by_source in found.items()
    }


_EVIDENCE_COLUMNS = ("source", "publisher", "date", "url", "section", "document", "doubt", "qualifier")


def _pay(row: ox.QuerySolution, evidence: EvidenceOf) -> Pay:
    return Pay(
        amount=_number(row, "amount"),
        currency=_text(row["currency"]),
        statistic=_text(row["statistic"]),
        interval=_text(row["interval"]) or "YEAR",
        period=_text(row["period"]),
        area=_text(row["area"]),
        evidence=_first(row, evidence),
    )


def _note(row: ox.QuerySolution, evidence: EvidenceOf) -> Note:
    return Note(_text(row["kind"]), _text(row["text"]), _first(row, evidence))


def _first(row: ox.QuerySolution, evidence: EvidenceOf) -> Evidence:
    claim = row["claim"].value
    return evidence.get(claim, (Evidence(claim, "", NO_SOURCE),))[0]


def _grouped(store: LocalStore, query: str, read: Callable[[ox.QuerySolution], T]) -> dict[str, list[T]]:
    """Give what `read` makes of each row of a projection query, by the row's first column."""
    found: dict[str, list[T]] = {}
    for row in store.select(projection_query(query)):
        found.setdefault(row[0].value, []).append(read(row))
    return found


def _number(row: ox.QuerySolution, name: str) -> float:
    """Give a figure. One that is no number is an error; left out, it would pass for one that is not known."""
    try:
        number = float(_text(row[name]))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        reason = (
            f"its {name} is {_text(row[name])!r}, which is no number; `rolegraph validate` lists all such"
        )
        raise SourceError(shorten(_text(row["claim"])), reason)
    return number


def _in_words(terms: list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]) -> str:
    """Join what a thing is said to be: the English words where there are any, else all."""
    english = [term for term in terms if (getattr(term, "language", None) or "").startswith("en")]
    return " ".join(_text(term) for term in english or terms)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _local_name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """Give the last part of an IRI in lower case: "essential" for rg:Essential."""
    return _text(term).rpartition("/")[2].lower()
