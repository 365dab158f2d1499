"""The description of the service, for programs (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import PREFIXES
from rolegraph.serving.negotiation import GRAPHS
from rolegraph.serving.results import Reply
from rolegraph.stores import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.stores import LocalStore

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

#: What answers can be written in, by the names that the W3C gave those formats.
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(store: LocalStore, endpoint: str, media: str) -> Reply:
    """Describe the endpoint at this address: its language, its formats and its graphs.

    >>> from rolegraph import LocalStore
    >>> b"sd:SPARQL11Query" in description(LocalStore(), "http://localhost/sparql", "text/turtle").content
    True
    """
    prefixes = {"sd": _SD, "void": PREFIXES["void"], "formats": _FORMATS}
    triples = _triples(store, ox.NamedNode(endpoint))
    written = ox.serialize(triples, format=FORMATS[f".{GRAPHS[media]}"], prefixes=prefixes)
    return Reply(written or b"", media)


def _triples(store: LocalStore, endpoint: ox.NamedNode) -> Iterator[ox.Triple]:
    service, dataset, union = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("union")
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), endpoint)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), union)
    graphs = store.graphs()
    counted = [(union, sum(graphs.values()))]
    for number, (name, count) in enumerate(graphs.items()):
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, _sd("graph"), graph)
        counted.append((graph, count))
    for graph, count in counted:
        yield ox.Triple(graph, _TYPE, _sd("Graph"))
        yield ox.Triple(graph, ox.NamedNode(f"{PREFIXES['void']}triples"), ox.Literal(count))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
