"""RDF to networkx: the only bridge between the two halves, built by the queries in `queries/projection/`.

The network is an `nx.MultiDiGraph`. A node is the IRI of a role, a group, a skill, a duty, a value, a
degree, a subject, a certification, a training, an organization or an occupation, with

    kind, label, definition   str
    aliases                   tuple of str
    pay                       tuple of model.Pay
    notes                     tuple of model.Note: outlook, experience, level, category, statement,
                              comparison, caveat; with the years of experience asked for at least, where a
                              claim gives them (of O*NET's answers none does: they are shares of people)
    level                     int or None, degrees only: the level of ISCED 2011, such as 6 for a bachelor's;
                              where claims differ, the lowest
    evidence                  tuple of model.Evidence: where the thing is named

An edge's key is the kind of the relation (move, requires, has_duty, brings_value, needs_degree, asks_degree,
holds_degree, suggests_subject, suggests_credential, member_of, teaches, issued_by, offered_by, described_as,
matches), with

    kind        str, the key again
    evidence    tuple of model.Evidence, one for each claim and source of it
    necessity   str: essential, minimum, typical, preferred, optional or empty
    share       float, a percentage, or None
    count       int, how often a move was seen, or None

What sources say of an occupation of a classification holds for the roles that are described as it, too: they
get its requirements, pay and notes, with the occupation and the match named in the evidence (`via`).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from rolegraph.errors import SourceError
from rolegraph.labels import read_entries
from rolegraph.model import NO_SOURCE, Evidence, Note, Pay
from rolegraph.names import BASE, shorten
from rolegraph.network import weakness
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import networkx as nx
    import pyoxigraph as ox

    from rolegraph.stores import LocalStore

    EvidenceOf = dict[str, tuple[Evidence, ...]]

T = TypeVar("T")


def project(store: LocalStore) -> nx.MultiDiGraph[str]:
    """Give the whole network of a store: every node with its facts, every relation with its evidence.

    The order of nodes and edges depends on the statements alone.
    """
    return _project(store, ("moves", "edges"))


def project_moves(store: LocalStore) -> nx.MultiDiGraph[str]:
    """Give the part of the network that routes are searched in: every node, and no relation but moves.

    It is made several times faster than the whole.
    """
    return _project(store, ("moves",))


def _project(store: LocalStore, relations: Sequence[str]) -> nx.MultiDiGraph[str]:
    import networkx as nx  # noqa: PLC0415 - a quarter of a second that plain queries do without

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    evidence = _read_evidence(store)
    definitions = _grouped(store, "definitions", lambda row: row["text"])
    pay = _grouped(store, "pay", lambda row: _pay(row, evidence))
    notes, levels = _read_notes(store, evidence)
    for entry in read_entries(store):
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
        if entry.kind == "degree":
            network.nodes[entry.iri]["level"] = min(levels.get(entry.iri, ()), default=None)
    for query in relations:
        for row in store.select(projection_query(query)):
            _add_edge(network, row, evidence)
    _inherit(network)
    return network


def _add_edge(network: nx.MultiDiGraph[str], row: ox.QuerySolution, evidence: EvidenceOf) -> None:
    start, end, kind, claim = (row[name].value for name in ("start", "end", "kind", "claim"))
    for node in (start, end):
        if node not in network:
            network.add_node(node, **_bare(node))
    necessity = _local_name(row["necessity"])
    share = None if row["share"] is None else _number(row, "share")
    count = None if row["count"] is None else int(_number(row, "count"))
    match = _local_name(row["match"]).removesuffix("match")
    found = evidence.get(claim) or (Evidence(claim, "", NO_SOURCE),)
    if claim.startswith(DATA_SET):
        found = tuple(replace(item, kind=item.kind or "stated") for item in found)
    detail = _detail(necessity or match, share, count)
    _merge_edge(
        network,
        (start, end, kind),
        tuple(replace(item, detail=detail) for item in found),
        {"necessity": necessity, "share": share, "count": count},
    )


def _detail(word: str, share: float | None, count: int | None) -> str:
    if count is not None:
        of_all = "" if share is None else f", {share:g} % of the moves out"
        return f"seen {count} time{'' if count == 1 else 's'}{of_all}"
    return word if share is None else f"{share:g} %"


def _merge_edge(
    network: nx.MultiDiGraph[str],
    ends: tuple[str, str, str],
    evidence: tuple[Evidence, ...],
    values: dict[str, Any],
) -> None:
    """Add a relation, or add its evidence to the one that is there: the strongest necessity counts."""
    start, end, kind = ends
    known = network.get_edge_data(start, end, kind) or {
        "evidence": (),
        "necessity": "",
        "share": None,
        "count": None,
    }
    network.add_edge(
        start,
        end,
        key=kind,
        kind=kind,
        evidence=(*known["evidence"], *evidence),
        necessity=min(values["necessity"], known["necessity"], key=weakness),
        share=known["share"] if values["share"] is None else values["share"],
        count=known["count"] if values["count"] is None else values["count"],
    )


#: Where the named graphs stand that data sets are kept in.
DATA_SET = f"{BASE}graph/"

#: Relations that a role has because an occupation that it is described as has them. A near match lends none:
#: the vice president of product would need just what the chief product officer needs, and the gap be nothing.
_INHERITED = ("requires", "needs_degree", "asks_degree", "holds_degree")


def _inherit(network: nx.MultiDiGraph[str]) -> None:
    """Let roles have what sources say of the occupations that they are described as."""
    for role, occupation, mapping in list(network.edges(keys=False, data=True)):
        if mapping["kind"] != "described_as":
            continue
        seen = network.nodes[occupation]
        first: Evidence = mapping["evidence"][0]
        via = f"the occupation “{seen['label']}” ({first.detail} match)"
        doubt = first.doubt

        def through(item: Evidence, via: str = via, doubt: str = doubt) -> Evidence:
            return replace(item, via=via, doubt=item.doubt or doubt)

        known = network.nodes[role]
        known["pay"] += tuple(replace(pay, evidence=through(pay.evidence)) for pay in seen["pay"])
        known["notes"] += tuple(replace(note, evidence=through(note.evidence)) for note in seen["notes"])
        for _, end, kind, edge in list(network.out_edges(occupation, keys=True, data=True)):
            if kind in _INHERITED and first.detail != "near":
                _merge_edge(network, (role, end, kind), tuple(map(through, edge["evidence"])), edge)


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
        low=None if row["low"] is None else _number(row, "low"),
        high=None if row["high"] is None else _number(row, "high"),
    )


def _read_notes(
    store: LocalStore, evidence: EvidenceOf
) -> tuple[dict[str, list[Note]], dict[str, list[int]]]:
    """Give the notes of every node, and the levels of degrees that some of them tell of."""
    notes: dict[str, list[Note]] = {}
    levels: dict[str, list[int]] = {}
    for row in store.select(projection_query("notes")):
        node = row["node"].value
        years = None if row["years"] is None else _number(row, "years")
        notes.setdefault(node, []).append(
            Note(_text(row["kind"]), _text(row["text"]), _first(row, evidence), years)
        )
        if row["isced"] is not None:
            levels.setdefault(node, []).append(int(_number(row, "isced")))
    return notes, levels


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
