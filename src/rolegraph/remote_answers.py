"""What an endpoint sends, read into terms: whole, or not at all.

The engine's parsers take XML that was cut off for a whole answer, and end the process on terms nested
without end. So an answer is looked at before they see it.
"""

from __future__ import annotations

import re
from traceback import clear_frames
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from rolegraph.engine_words import plain
from rolegraph.errors import EndpointError, SourceError
from rolegraph.file_guard import check_nesting, check_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.endpoint import Reply
    from rolegraph.stores import Row

_ROWS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
_TRIPLES = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}

#: How Virtuoso names blank nodes, and the one column of what it answers to ASK.
_VIRTUOSO_NODE = re.compile(rb'("value":\s*"|<bnode>)nodeID://')
_VIRTUOSO_ASK = ("__ASK_RETVAL",)

#: Without one of these there is no term within a term in JSON, and so no nesting.
_NESTING = (b"triple", b"statement", b"\\u00")

#: Most columns of an answer.
_MOST_COLUMNS = 10_000

#: Where columns are named: in the lists of JSON, whose key may be written with escapes; each of XML.
_LISTS = re.compile(rb'"(?:v|\\u0076)(?:a|\\u0061)(?:r|\\u0072)(?:s|\\u0073)"\s*:\s*\[[^\]]*')
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?variable\b")


class Read(NamedTuple):
    """Rows with the names of their columns; or yes or no."""

    names: tuple[str, ...]
    rows: list[Row]
    truth: bool | None = None

    def in_order(self, names: Sequence[str]) -> list[Row]:
        """Give the rows with their columns in this order."""
        if self.names == tuple(names):
            return self.rows
        places = [self.names.index(name) if name in self.names else None for name in names]
        return [tuple(None if place is None else row[place] for place in places) for row in self.rows]


def read_rows(url: str, reply: Reply) -> Read:
    """Read rows, or yes or no.

    Raises EndpointError for what is no answer, or none that can be read.
    """
    content = reply.content
    _check_columns(reply, url)
    try:
        if reply.kind == "xml":
            check_xml(content, url)
        elif any(word in content for word in _NESTING):
            check_nesting(content, url, json=True)
        if b"nodeID://" in content:
            content = _VIRTUOSO_NODE.sub(rb"\1", content)
        result = ox.parse_query_results(content, format=_ROWS[reply.kind])
        if isinstance(result, ox.QueryBoolean):
            return Read((), [], bool(result))
        names = tuple(variable.value for variable in result.variables)
        return Read(names, [tuple(row) for row in result])
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        # The error holds the frames that hold the rows, which may end in no thread but this one.
        clear_frames(error.__traceback__)
        result = None
        raise _unreadable(url, error) from error


def _check_columns(reply: Reply, url: str) -> None:
    """Refuse rows of very many columns: the engine compares the name of each with those of all others.

    In JSON a quote within a text has a backslash before it, so that no text looks like a list of names.
    """
    if reply.kind == "xml":
        columns = sum(1 for _ in _COLUMN.finditer(reply.content))
    else:
        columns = max((found[0].count(b",") for found in _LISTS.finditer(reply.content)), default=0)
    if columns > _MOST_COLUMNS:
        raise EndpointError(url, f"answers with rows of more than {_MOST_COLUMNS:,} columns")


def read_lines(url: str, reply: Reply) -> list[bytes]:
    """Read triples as lines of N-Triples; `load_lines` looks at what stands in them.

    Raises EndpointError for what is no graph, or none that can be read.
    """
    content = reply.content
    try:
        if reply.kind == "rdf":
            check_xml(content, url)
        elif reply.kind == "ttl":
            check_nesting(content, url, json=False)
        if reply.kind != "nt":
            read = ox.parse(content, format=_TRIPLES[reply.kind], base_iri=url)
            content = ox.serialize((quad.triple for quad in read), format=ox.RdfFormat.N_TRIPLES) or b""
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise _unreadable(url, error) from error
    return [line for line in content.split(b"\n") if line.strip() and not line.startswith(b"#")]


def load_lines(
    url: str, lines: Sequence[bytes], engine: ox.Store, graph: ox.NamedNode | ox.DefaultGraph
) -> None:
    """Load lines of N-Triples into a graph; blank nodes keep their names, and other lines may speak of them.

    Raises EndpointError for what cannot be read.
    """
    content = b"\n".join(lines)
    try:
        if b"_:" in content:  # loading at once would give blank nodes names of its own
            quads = ox.parse(content, format=ox.RdfFormat.N_TRIPLES)
            engine.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
        else:
            engine.bulk_load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise _unreadable(url, error) from error


def solutions(names: Sequence[str], rows: Sequence[Row]) -> ox.QuerySolutions:
    """Give rows as the engine gives its own.

    >>> [str(row["a"]) for row in solutions(["a"], [(ox.Literal("x", language="en"),), (None,)])]
    ['"x"@en', 'None']
    """
    if not names:
        content = b'{"head":{"vars":[]},"results":{"bindings":[%s]}}' % b",".join([b"{}"] * len(rows))
        made = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    else:
        lines = ["\t".join(f"?{name}" for name in names)]
        lines += ["\t".join("" if term is None else str(term) for term in row) for row in rows]
        content = "\n".join([*lines, ""]).encode()
        made = ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV)
    assert isinstance(made, ox.QuerySolutions)  # noqa: S101 - for the type checker
    return made


def graph_of(url: str, lines: Sequence[bytes]) -> ox.QueryTriples:
    """Give triples as the engine gives its own, each once.

    Raises EndpointError for what cannot be read.
    """
    store = ox.Store()
    load_lines(url, lines, store, ox.DefaultGraph())
    made = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(made, ox.QueryTriples)  # noqa: S101 - for the type checker
    return made


def boolean(*, value: bool) -> ox.QueryBoolean:
    """Give yes or no as the engine does."""
    content = b'{"head":{},"boolean":%s}' % (b"true" if value else b"false")
    made = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(made, ox.QueryBoolean)  # noqa: S101 - for the type checker
    return made


def is_true(url: str, read: Read) -> bool:
    """Give the yes or no of an answer to ASK. Virtuoso answers with a row, or with none."""
    if read.truth is not None:
        return read.truth
    if read.names == _VIRTUOSO_ASK:
        return any(str(getattr(row[0], "value", "")) == "1" for row in read.rows)
    raise EndpointError(url, "answers with rows where it was asked for yes or no")


def number_of(url: str, read: Read) -> int:
    """Give the number of an answer to a query for one."""
    for row in read.rows:
        text = str(getattr(row[0], "value", ""))
        if re.fullmatch(r"\d{1,18}", text):
            return int(text)
    raise EndpointError(url, "does not say how many rows there are")


def _unreadable(url: str, error: Exception) -> EndpointError:
    reason = error.reason if isinstance(error, SourceError) else str(error)
    text = plain(reason).split("\n")[0][:200]
    return EndpointError(url, f"sends an answer that cannot be read ({text})")
