"""Where an endpoint keeps its statements: in named graphs, in a default graph, or in both.

rolegraph asks the union of all graphs. By some endpoints that is what a query is asked of; others take the
default graph alone, and have ways of their own, or that of the protocol, to ask for more. Which it is, is
found out once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import EndpointError
from rolegraph.remote_answers import is_true, read_rows

if TYPE_CHECKING:
    from rolegraph.endpoint import Endpoint

    Dataset = tuple[tuple[str, str], ...]

#: Oxigraph's parameter; other servers pass over it.
_UNION: Dataset = (("union-default-graph", "true"),)

#: Is there a statement in a named graph that a query does not see outside of GRAPH?
_LACKS = "{ SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 100 } FILTER NOT EXISTS { ?s ?p ?o }"

_NAMED, _ANY = "GRAPH ?g { ?s ?p ?o }", "?s ?p ?o"
_BOTH = f"{_ANY} OPTIONAL {{ {_NAMED} }}"

#: Graphs of Virtuoso's own.
_OWN = re.compile(
    r"http://(www\.openlinksw\.com/schemas/virtrdf#|www\.w3\.org/ns/ldp#|www\.w3\.org/2002/07/owl#"
    r"|localuriqaserver/sparql|localhost(:\d+)?/(sparql|DAV/?))"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How to ask an endpoint.

    union: the parameters by which a query sees the union of all graphs. placed: the pattern of every
    statement ?s ?p ?o, with its graph ?g where it is in a named one. loose: the pattern of those in no named
    graph, and the parameters for it; None where there are none.
    """

    union: Dataset
    placed: str
    loose: tuple[str, Dataset] | None
    of_virtuoso: bool = False

    @property
    def has_graphs(self) -> bool:
        """Whether there are named graphs."""
        return self.placed != _ANY

    def is_foreign(self, graph: str) -> bool:
        """Tell whether a graph is the server's own, and no data."""
        return self.of_virtuoso and _OWN.fullmatch(graph) is not None


def find_layout(endpoint: Endpoint) -> Layout:
    """Find out how to ask an endpoint, by two to five questions.

    Raises EndpointError where there is no way to ask for all of its statements at once.
    """

    def holds(pattern: str, dataset: Dataset = ()) -> bool:
        reply = endpoint.ask(f"ASK {{ {pattern} }}", "rows", dataset)
        return is_true(endpoint.url, read_rows(endpoint.url, reply))

    if not holds(_LACKS):  # all that named graphs hold is seen, or there are none
        if not holds(_NAMED):
            return Layout((), _ANY, (_ANY, ()))
        if endpoint.server.startswith("Virtuoso"):
            return Layout((), _NAMED, None, of_virtuoso=True)
        return Layout((), _BOTH, (f"{_ANY} FILTER NOT EXISTS {{ {_NAMED} }}", ()))
    beside = holds(_ANY)
    if not holds(_LACKS, _UNION):
        return Layout(_UNION, _BOTH if beside else _NAMED, (_ANY, ()) if beside else None)
    union = _listed(endpoint)
    if beside or holds(_LACKS, union):
        words = (
            "has statements in its default graph and in named graphs, and cannot be asked for both at once;"
            " load all into named graphs"
        )
        raise EndpointError(endpoint.url, words)
    return Layout(union, _NAMED, None)


def _listed(endpoint: Endpoint) -> Dataset:
    """Give the parameters that name every graph, for the default graph and by itself."""
    reply = endpoint.ask(f"SELECT DISTINCT ?g {{ {_NAMED} }}", "rows")
    names = [
        str(row[0].value) for row in read_rows(endpoint.url, reply).rows if isinstance(row[0], ox.NamedNode)
    ]
    return tuple((key, name) for key in ("default-graph-uri", "named-graph-uri") for name in names)
