"""A query's whole answer as bytes, cut at its limits: to be sent to another process, or read again here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

# Nothing can be imported once a query runs that may open no file.
import rolegraph.sparql_tokens  # noqa: F401
from rolegraph.engine_words import run_error
from rolegraph.plain_values import plain_value
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.limits import Limits
    from rolegraph.plain_values import Plain
    from rolegraph.stores import Result

    #: An answer that is there as a whole; the triples of a graph as a list.
    Answer = ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]

    #: The same as plain values.
    PlainAnswer = Table | bool | list[ox.Triple]

#: Bytes in a MB.
MB = 1_000_000


class Packed(NamedTuple):
    """An answer as bytes: rows as TSV or pickled, triples as N-Triples, true or false.

    `cut` names the limit it met.
    """

    form: str
    content: bytes
    cut: str = ""


def pack(result: Result, limits: Limits, services: Sequence[str] = ()) -> Packed:
    """Run a query to its end, or to the first row or byte that is one too many.

    services: the hosts that SERVICE may ask. Raises QueryError for what goes wrong while it runs, and
    EndpointError where that may be one of those hosts.
    """
    if isinstance(result, ox.QueryBoolean):
        return Packed("boolean", b"true" if result else b"false")
    if isinstance(result, ox.QueryTriples):
        return _written(result, "triples", ox.RdfFormat.N_TRIPLES, limits, services)
    return _written(result, "rows", ox.QueryResultsFormat.TSV, limits, services)


def unpack(packed: Packed) -> Answer:
    """Give the answer again as the engine would."""
    if packed.form == "boolean":
        text = b'{"head":{},"boolean":%s}' % packed.content
        answer: Answer = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
        return answer
    if packed.form == "triples":
        quads = ox.parse(packed.content, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        return [quad.triple for quad in quads]
    return ox.parse_query_results(packed.content, format=ox.QueryResultsFormat.TSV)


def pack_plain(result: Result, limits: Limits, services: Sequence[str] = ()) -> Packed:
    """Do as `pack` does, with rows of plain values, for who would make these of the terms."""
    from pickle import HIGHEST_PROTOCOL, Pickler  # noqa: PLC0415 - loaded by now, where no file may be opened

    if not isinstance(result, ox.QuerySolutions):
        return pack(result, limits, services)
    content = io.BytesIO()
    pickler = Pickler(content, HIGHEST_PROTOCOL)
    pickler.dump(tuple(variable.value for variable in result.variables))
    size = None if limits.size is None else limits.size * MB
    end = content.tell()
    try:
        for number, row in enumerate(result):
            if number == limits.rows:
                return Packed("table", content.getvalue(), "rows")
            pickler.clear_memo()  # each row can be read, and cut off, by itself
            pickler.dump(_plain_row(row))
            if size is not None and content.tell() > size:
                return Packed("table", content.getvalue()[:end], "size")
            end = content.tell()
    except (OSError, RuntimeError, ValueError) as error:
        raise run_error(error, services) from error
    return Packed("table", content.getvalue())


def unpack_plain(packed: Packed) -> PlainAnswer:
    """Give the answer as plain values."""
    if packed.form != "table":
        return plain(unpack(packed))
    columns, *rows = _values(packed.content)
    return Table(columns, tuple(rows))


def _values(content: bytes) -> Iterator[tuple[Any, ...]]:
    from pickle import Unpickler  # noqa: PLC0415 - few answers are values

    unpickler = Unpickler(io.BytesIO(content))  # noqa: S301 - from a process of our own
    while True:
        try:
            yield unpickler.load()
        except EOFError:
            return


def plain(answer: Result | Answer) -> PlainAnswer:
    """Give an answer as plain values: rows as a table; see `plain_values`."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(map(_plain_row, answer)))
    return list(answer)


def _plain_row(row: ox.QuerySolution) -> tuple[Plain, ...]:
    return tuple([plain_value(term) for term in row])


def told(cut: str, limits: Limits) -> str:
    """Say how an answer was cut short."""
    if cut == "rows":
        return f"The answer was cut off after {limits.rows:,} rows."
    return f"The answer was cut off at {limits.size:,} MB."


class _Full(Exception):
    """The paper is full."""


class _Paper:
    """What the engine writes to: a row a line, until there is no more room."""

    def __init__(self, lines: int | None, size: int | None) -> None:
        self.parts: list[bytes] = []
        self.room = size
        self.lines = lines

    def write(self, part: bytes) -> int:
        self.parts.append(part)
        if self.lines is not None:
            self.lines -= part.count(b"\n")
        if self.room is not None:
            self.room -= len(part)
        if (self.room or 0) < 0 or (self.lines or 0) < 0:
            raise _Full
        return len(part)

    def flush(self) -> None:
        """Do nothing: it is all kept."""

    def close(self) -> None:
        """Do nothing, too."""
        return


def _written(
    result: ox.QuerySolutions | ox.QueryTriples,
    form: str,
    written_as: ox.RdfFormat | ox.QueryResultsFormat,
    limits: Limits,
    services: Sequence[str],
) -> Packed:
    head = 1 if form == "rows" else 0  # TSV begins with the names of the columns
    most = None if limits.rows is None else limits.rows + head
    size = None if limits.size is None else limits.size * MB
    paper = _Paper(most, size)
    try:
        result.serialize(paper, format=written_as)  # type: ignore[arg-type]
    except _Full:
        content = b"".join(paper.parts)
        if (paper.lines or 0) < 0 and most is not None:
            return Packed(form, b"".join(content.splitlines(keepends=True)[:most]), "rows")
        return Packed(form, content[: content.rfind(b"\n", 0, size) + 1], "size")
    except (OSError, RuntimeError, ValueError) as error:
        # What goes wrong on the way: an endpoint that SERVICE may ask, and that does not answer.
        raise run_error(error, services) from error
    return Packed(form, b"".join(paper.parts))
