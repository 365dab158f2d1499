"""A store that lies with another server, and is asked over its SPARQL endpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.endpoint import TOTAL, Endpoint
from rolegraph.engine_words import plain
from rolegraph.errors import EndpointError, QueryError
from rolegraph.names import BASE, PREFIXES, QUERY_PREFIXES, shorten, slug
from rolegraph.query_guard import asks_dataset, check_query
from rolegraph.remote_answers import boolean, graph_of, is_true, load_lines, read_lines, read_rows, solutions
from rolegraph.remote_queries import form_of, with_prefixes
from rolegraph.remote_reading import SMALL, Reader, batches
from rolegraph.resources import ontology_file
from rolegraph.sparql_tokens import with_small_truths
from rolegraph.stores import ONTOLOGY_GRAPH, LocalStore, objection, text_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rolegraph.stores import Result, Row

#: Things that are asked about in one query, and statements that a copy holds at most.
_TOGETHER = 400
MOST_COPIED = 20_000_000


class RemoteStore:
    """The statements of a SPARQL endpoint, as `LocalStore` has its own. Nothing is asked before it is needed.

    patience: the seconds that one question may take, None for any.

    What is asked in SPARQL is answered by the server. Where more is needed than a query gives, such as for a
    card of a role, the statements that it takes are fetched; see `parts`.

    Raises EndpointError for an address that is none; all methods raise it where the endpoint fails.
    """

    remote = True
    opens_files = True

    def __init__(self, url: str, patience: float | None = TOTAL) -> None:
        self.endpoint = Endpoint(url, patience)
        self.url = self.endpoint.url
        #: Parts that have been fetched, by name; see `parts`.
        self.parts: dict[str, LocalStore] = {}
        self._reader = Reader(self.endpoint)
        self._blank: dict[object, dict[ox.Quad, None]] = {}  # what is said of blank nodes

    def __repr__(self) -> str:
        return f"<RemoteStore {self.url}>"

    # -- ask --

    def query(self, sparql: str, services: Sequence[str] = ()) -> Result:
        """Let the server answer a query over the union of its graphs, or over those that FROM names.

        The prefixes of `names.QUERY_PREFIXES` need no declaration. Of a SELECT query every row is fetched
        that it asks for, in several answers where the server gives only so many rows at once.

        Raises QueryError, before anything is sent, for what `LocalStore.query` raises it for, and for what
        the server finds fault with; EndpointError where it fails, or cuts a graph off.
        """
        check_query(sparql, services, self.is_graph)
        form = form_of(sparql)
        if not (services and "service" in sparql.lower()):  # the engine would ask that host
            sparql = _checked(sparql)
        dataset = () if asks_dataset(sparql) else self._reader.layout.union
        deadline, text = self.endpoint.deadline(), with_prefixes(sparql)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            reply = self.endpoint.ask(text, "triples", dataset, deadline)
            if reply.capped:
                words = (
                    "cuts the graph off at its limit of rows; ask for parts of it (ORDER BY, LIMIT, OFFSET)"
                )
                raise EndpointError(self.url, words)
            return graph_of(self.url, read_lines(self.url, reply))
        reply = self.endpoint.ask(text, "rows", dataset, deadline)
        read = read_rows(self.url, reply)
        if form == "ASK":
            return boolean(value=is_true(self.url, read))
        rows = read.rows
        if reply.capped or _may_be_cut(len(rows)):
            rows = self._reader.rest_of(text, read.names, rows, dataset, deadline)
        return solutions(read.names, rows)

    def select(self, sparql: str) -> ox.QuerySolutions:
        """Run a SELECT query; see `query`.

        Raises QueryError for another kind of query.
        """
        return with_rows(self.query(sparql))

    def rows(self, sparql: str) -> list[Row]:
        """Give each row of a SELECT query of rolegraph's own once, in any order, and surely all of them."""
        return list(dict.fromkeys(self._reader.rows(sparql)))

    def has(self, *terms: ox.NamedNode | ox.Literal | None) -> bool:
        """Tell whether there is a statement with these terms; None stands for any."""
        asked = (f"?{name}" if term is None else str(term) for name, term in zip("spo", terms, strict=True))
        return self._reader.holds(" ".join(asked))

    def is_graph(self, iri: str) -> bool:
        """Tell whether a named graph of this IRI holds anything."""
        return self._reader.holds(f"GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }}")

    def graphs(self) -> dict[str, int]:
        """Give the number of statements of each named graph by its IRI, sorted."""
        counted = self.rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        found = {text_of(graph): int(text_of(n)) for graph, n in counted if isinstance(graph, ox.NamedNode)}
        foreign = self._reader.layout.is_foreign
        return dict(sorted((iri, n) for iri, n in found.items() if not foreign(iri)))

    def described_in(self, *things: str) -> list[str]:
        """Give the short names of the graphs that describe these things; of a named graph that graph."""
        nodes = [ox.NamedNode(thing) for thing in things if re.match(r"[A-Za-z][\w+.-]*:", thing)]
        own = [node for node in nodes if self.is_graph(node.value)]
        others = [quad.graph_name for quad in self.said_of([node for node in nodes if node not in own])]
        return sorted({shorten(graph.value) for graph in (*own, *others) if isinstance(graph, ox.NamedNode)})

    # -- fetch statements --

    def said_of(self, things: Collection[object]) -> Iterator[ox.Quad]:
        """Give every statement of which one of these things is the subject.

        No query can name a blank node. What is said of one comes with what is said of the thing before it.
        """
        for thing in things:
            yield from self._blank.get(thing, ())
        for some in batches((thing for thing in things if isinstance(thing, ox.NamedNode)), _TOGETHER):
            quads = self._quads(f"VALUES ?s {{ {some} }} {self._reader.layout.placed}")
            yield from quads
            self._learn(quads, f"VALUES ?x {{ {some} }} ?x ?link", ".")

    def naming(self, things: Collection[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give every statement of which one of these things is the object."""
        for some in batches(things, _TOGETHER):
            quads = self._quads(f"VALUES ?o {{ {some} }} {self._reader.layout.placed}")
            yield from quads
            if any(isinstance(quad.subject, ox.BlankNode) for quad in quads):
                self._learn((), f"VALUES ?x {{ {some} }}", "?link ?x .")

    def of_classes(self, classes: Collection[ox.NamedNode]) -> list[ox.Quad]:
        """Give every statement of which something of one of these classes is the subject."""
        quads = self._quads(f"{_of_classes(classes)} {self._reader.layout.placed}")
        self._learn(quads, f"{_of_classes(classes, '?x')} ?x ?link", ".")
        return quads

    def about(self, classes: Collection[ox.NamedNode], properties: Collection[ox.NamedNode]) -> LocalStore:
        """Give a store with what some properties say of all things of these classes, in one graph."""
        values = " ".join(map(str, properties))
        store = _with_ontology()
        for lines in self._reader.lines(f"{_of_classes(classes)} VALUES ?p {{ {values} }} ?s ?p ?o"):
            load_lines(self.url, lines, store.engine, self.graph)
        found = store.engine.quads_for_pattern(None, None, None, self.graph)
        if any(isinstance(quad.object, ox.BlankNode) for quad in found):
            self._learn((), f"{_of_classes(classes, '?x')} ?x ?link", ".")
        return store

    @property
    def graph(self) -> ox.NamedNode:
        """The name of the graph that holds, in a copy, what lies in no named graph."""
        return ox.NamedNode(f"{BASE}graph/{slug(self.url.partition('://')[2])}")

    def whole(self) -> LocalStore:
        """Give a copy of all statements, with the definitions of rolegraph's own terms; made once.

        Raises EndpointError where it would not be whole, by the server's own count, or is too large.
        """
        if "whole" not in self.parts:
            self.parts["whole"] = self._copy()
        return self.parts["whole"]

    def kept(self, _name: str) -> None:
        """Give nothing: a server keeps no files for rolegraph."""

    def size(self) -> None:
        """Give nothing: how many statements there are is not known without asking."""

    def freeze(self) -> None:
        """Do nothing: each answer is of what there is by then."""

    def _quads(self, where: str) -> list[ox.Quad]:
        return self._reader.quads(where, self.graph)

    def _learn(self, quads: Iterable[ox.Quad], before: str, after: str) -> None:
        """Keep what is said of the blank nodes that a pattern leads to, if quads name any, or are none."""
        if quads == () or any(isinstance(quad.object, ox.BlankNode) for quad in quads):
            for quad in self._reader.behind(before, after, self.graph):
                self._blank.setdefault(quad.subject, {})[quad] = None

    def _copy(self) -> LocalStore:
        reader = self._reader
        counts = self.graphs() if reader.layout.has_graphs else {}
        counts.pop(ONTOLOGY_GRAPH.value, None)  # rolegraph's own are at hand
        total = sum(counts.values())
        if total > MOST_COPIED:
            words = f"holds {total:,} statements, too many for a copy; ask it in SPARQL, or of single roles"
            raise EndpointError(self.url, words)
        store = _with_ontology()
        for iri, count in counts.items():
            for lines in reader.lines(f"GRAPH <{iri}> {{ ?s ?p ?o }}", count):
                load_lines(self.url, lines, store.engine, ox.NamedNode(iri))
        if reader.layout.loose:
            pattern, dataset = reader.layout.loose
            for lines in reader.lines(pattern, dataset=dataset):
                load_lines(self.url, lines, store.engine, self.graph)
                if len(store) > MOST_COPIED:
                    raise EndpointError(
                        self.url, f"holds more than {MOST_COPIED:,} statements: too many to copy"
                    )
        return store


def _with_ontology() -> LocalStore:
    store = LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    return store


def _of_classes(classes: Collection[ox.NamedNode], name: str = "?s") -> str:
    """Give the pattern of all things of some classes, each once."""
    values = " ".join(map(str, classes))
    return f"{{ SELECT DISTINCT {name} {{ VALUES ?class {{ {values} }} {name} a ?class }} }}".replace(
        " a ", f" <{PREFIXES['rdf']}type> "
    )


def _may_be_cut(rows: int) -> bool:
    """Tell whether an answer has so round a number of rows that a server may have cut it off there."""
    return rows >= SMALL and (rows % 100 == 0 or rows % 1024 == 0)


def _checked(sparql: str) -> str:
    """Let the engine at hand parse a query, on no data; give it as every engine reads it.

    Raises QueryError, with line and column.
    """
    small = with_small_truths(sparql)
    try:
        ox.Store().query(small, prefixes=QUERY_PREFIXES)
    except SyntaxError as error:
        from rolegraph.query_mistakes import query_error  # noqa: PLC0415 - most queries are right

        raise query_error(sparql, str(error), objection) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(plain(str(error))) from error
    return small
