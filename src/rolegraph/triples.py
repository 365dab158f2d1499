"""Triples as a network to draw: what a query gives, with the names and facts that the graph has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.errors import QueryError
from rolegraph.model import NO_SOURCE, Evidence, Note
from rolegraph.names import BASE, PREFIXES, shorten
from rolegraph.plain_values import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from rolegraph.plain_values import Term
    from rolegraph.stores import LocalStore

#: The columns that make rows of a SELECT triples.
COLUMNS = ("s", "p", "o")

_NAMES = {f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['rdfs']}label", f"{PREFIXES['schema']}name"}
_MEANINGS = {
    f"{PREFIXES['skos']}definition",
    f"{PREFIXES['rdfs']}comment",
    f"{PREFIXES['dcterms']}description",
}
_LABELS = "SELECT ?thing ?label { ?thing skos:prefLabel|rdfs:label ?label FILTER(isLiteral(?label)) }"


def triples_of(result: Iterable[ox.Triple] | ox.QuerySolutions) -> list[ox.Triple]:
    """Give the triples of a CONSTRUCT, or those that the columns s, p and o of a SELECT make.

    Rows in which one of the three is empty are left out.
    Raises QueryError when a column is missing, or when what stands in s or p can be no subject or predicate.
    """
    if not isinstance(result, ox.QuerySolutions):
        return list(result)
    columns = [variable.value for variable in result.variables]
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        given = " ".join(f"?{name}" for name in columns)
        message = f"A page is drawn from triples: CONSTRUCT, or SELECT ?s ?p ?o. This gives {given}."
        raise QueryError(message)
    rows = ([row[name] for name in COLUMNS] for row in result)
    return [_triple(*row) for row in rows if None not in row]


def _triple(subject: Term, predicate: Term, value: Term) -> ox.Triple:
    if not isinstance(subject, (ox.NamedNode, ox.BlankNode)) or not isinstance(predicate, ox.NamedNode):
        wrong, column = (
            (predicate, "p") if isinstance(subject, (ox.NamedNode, ox.BlankNode)) else (subject, "s")
        )
        message = f"{wrong} in the column {column} is no IRI, so nothing can be drawn from it."
        raise QueryError(message)
    return ox.Triple(subject, predicate, value)


def network_of(
    triples: Iterable[ox.Triple], known: nx.MultiDiGraph[str], store: LocalStore
) -> nx.MultiDiGraph[str]:
    """Build a network of triples: IRIs and blank nodes are its nodes, predicates the kinds of its relations.

    What the known network tells of a node, and of a relation that it has too, is taken over; else names come
    from the triples, then from the store. Other literals become notes. The order depends on them alone.
    """
    import networkx as nx  # noqa: PLC0415 - loaded by now, and the command line does without for its help

    ordered = _ordered(triples)
    labels = _labels(ordered, store)
    ours = {kind for _, _, kind in known.edges(keys=True)}
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, predicate, value in ordered:
        start = _add_node(network, subject, known, labels)
        if isinstance(value, (ox.NamedNode, ox.BlankNode)):
            end = _add_node(network, value, known, labels)
            kind = _kind(predicate.value, ours, labels)
            network.add_edge(start, end, key=kind, **_facts(known, start, end, kind))
        elif predicate.value not in _NAMES:
            _note(network.nodes[start], predicate.value, value, labels)
    return network


def _ordered(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give each triple once, in an order that depends on them alone; blank nodes get names that do, too."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


def _labels(triples: list[ox.Triple], store: LocalStore) -> dict[str, str]:
    """Give what things are called, by the triples or else by the store; in English if there is a choice."""
    rows = [(row["thing"], row["label"]) for row in store.select(_PREFIXED + _LABELS)]
    own = [(item.subject, item.object) for item in triples if item.predicate.value in _NAMES]
    found: dict[str, str] = {}
    for some in (rows, own):
        for thing, label in sorted(some, key=lambda pair: (_rank(pair[1]), str(pair[1])), reverse=True):
            found[_node(thing)] = str(plain_value(label))
    return found


_PREFIXED = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("skos", "rdfs"))


def _rank(label: Term) -> int:
    language = getattr(label, "language", None) or ""
    return 0 if language.startswith("en") else 1 if not language else 2


def _node(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(plain_value(term))


def _add_node(
    network: nx.MultiDiGraph[str], term: Term, known: nx.MultiDiGraph[str], labels: dict[str, str]
) -> str:
    node = _node(term)
    if node in network:
        return node
    nothing: dict[str, Any] = {"definition": "", "aliases": (), "pay": (), "notes": (), "evidence": ()}
    bare = {"label": labels.get(node) or shorten(node), "kind": "unknown", **nothing}
    network.add_node(node, **(known.nodes[node] if node in known else bare))
    return node


def _kind(predicate: str, ours: set[str], labels: dict[str, str]) -> str:
    """Give the kind of relation that a predicate of ours is called like, else the predicate's label."""
    if predicate.startswith(BASE):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", predicate.removeprefix(BASE)).lower()
        if name in ours:
            return name
    return labels.get(predicate) or shorten(predicate)


def _facts(known: nx.MultiDiGraph[str], start: str, end: str, kind: str) -> dict[str, Any]:
    if known.has_edge(start, end, kind):
        return dict(known.edges[start, end, kind])
    return {"kind": kind, "evidence": (), "necessity": "", "share": None, "count": None}


def _note(data: dict[str, Any], predicate: str, value: Term, labels: dict[str, str]) -> None:
    """Keep what a literal says of a node: as its definition if it has none, else as a note."""
    words = str(plain_value(value))
    if predicate in _MEANINGS and not data["definition"]:
        data["definition"] = words
    elif words not in {data["definition"], data["label"], *data["aliases"]}:
        kind = labels.get(predicate) or shorten(predicate)
        data["notes"] = (*data["notes"], Note(kind, words, Evidence("", "", NO_SOURCE)))
