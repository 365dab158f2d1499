"""A query's whole answer as bytes, cut at its limits: to be sent to another process, or read again here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

# Nothing can be imported once a query runs that may open no file.
import rolegraph.sparql_tokens  # noqa: F401
from rolegraph.engine_words import run_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.limits import Limits
    from rolegraph.stores import Result

    #: An answer that is there as a whole; the triples of a graph as a list.
    Answer = ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]

#: Bytes in a MB.
MB = 1_000_000


class Packed(NamedTuple):
    """An answer as bytes: rows as TSV, triples as N-Triples, true or false. `cut` names the limit it met."""

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
