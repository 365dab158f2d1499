"""The answers of queries as text: in the W3C formats for programs, as tables and Turtle for people."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import click

from rolegraph.cli import output
from rolegraph.cli.options import FORMATS, settings
from rolegraph.cli.output import chosen_format, csv_text, drawn, escape_controls, show_raw, tell
from rolegraph.cli.screen import say
from rolegraph.names import shorten
from rolegraph.plain_values import plain_value
from rolegraph.tables import Table, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from rolegraph.answers import Answer, Packed
    from rolegraph.limits import Limits
    from rolegraph.plain_values import Term
    from rolegraph.stores import Result

#: Formats that a graph, the answer to CONSTRUCT or DESCRIBE, can be printed in.
GRAPH_FORMATS = ("ttl", "nt", "jsonld")

#: What the answer of each form is not printed in, and why.
_UNFIT = {
    "boolean": (GRAPH_FORMATS, "ASK answers true or false; its formats are table and json"),
    "rows": (GRAPH_FORMATS, f"SELECT gives rows; its formats are {' '.join(FORMATS)}"),
    "triples": (
        ("csv", "tsv", "md"),
        f"CONSTRUCT and DESCRIBE give a graph; its formats are {' '.join(GRAPH_FORMATS)}",
    ),
}

#: Bytes of an answer that is put into words in a moment, in whatever format.
_SHORT = 500_000


class _Words(NamedTuple):
    """An answer as it is printed; how: raw, said or styled. empty: what people are told where it is empty."""

    text: str
    how: str
    found: bool
    empty: str = "No rows."


def show_result(result: Result | Answer) -> int:
    """Print what a query gives in the chosen format; give the exit code, 1 for nothing and for false."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    rows, yes = isinstance(result, ox.QuerySolutions), isinstance(result, ox.QueryBoolean)
    _check_format("boolean" if yes else "rows" if rows else "triples")
    return _show(_in_words(result))


def show_packed(packed: Packed, limits: Limits, spent: float) -> int:
    """Print an answer as `show_result` does. Its time is that of the query, of which so much is spent.

    Millions of rows take longer to be put into words than to be found.

    Raises OverLimit, and then nothing is printed.
    """
    from rolegraph.answers import unpack  # noqa: PLC0415 - loaded by now

    _check_format(packed.form)
    if len(packed.content) <= _SHORT:
        return _show(_in_words(unpack(packed)))
    from rolegraph.worker import run_apart  # noqa: PLC0415 - few answers are long

    # The memory is bounded by the size of the answer.
    within = replace(limits, memory=None)
    return _show(run_apart(lambda: _in_words(unpack(packed)), "The query", within, spent=spent))


def _check_format(form: str) -> None:
    formats, reason = _UNFIT[form]
    if settings().format in formats:
        message = f"--format {settings().format} does not fit: {reason}."
        raise click.UsageError(message)


def _show(words: _Words) -> int:
    if words.how == "raw":
        show_raw(words.text)
    elif words.text:
        say(words.text, styled=words.how == "styled")
    if not words.found and words.empty:
        tell(words.empty)
    return 0 if words.found else 1


def _in_words(result: Result | Answer) -> _Words:
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    if isinstance(result, ox.QueryBoolean):
        return _boolean(result)
    if isinstance(result, ox.QuerySolutions):
        return _solutions(result)
    return _triples(result)


def _boolean(result: ox.QueryBoolean) -> _Words:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    if chosen_format() == "json":
        text = (result.serialize(format=QueryResultsFormat.JSON) or b"").decode()
    else:
        text = "true" if result else "false"
    return _Words(f"{text}\n", "raw", bool(result), empty="")


def _triples(result: Iterable[ox.Triple]) -> _Words:
    from rolegraph.exporters import serialize  # noqa: PLC0415 - only graphs need it
    from rolegraph.stores import FORMATS as ENDINGS  # noqa: PLC0415 - only graphs need it

    triples = list(result)
    chosen = settings().format or "ttl"
    ending = {"table": "ttl", "json": "jsonld"}.get(chosen, chosen)
    text = escape_controls(serialize(triples, ENDINGS[f".{ending}"]).decode())
    return _Words(text, "raw", bool(triples), empty="No triples.")


def _solutions(result: ox.QuerySolutions) -> _Words:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    chosen = chosen_format()
    columns = tuple(variable.value for variable in result.variables)
    if chosen == "csv":
        # The engine's own CSV leaves IRIs with commas unquoted, and writes an empty line for an empty value.
        rows = [[_lexical(term) for term in row] for row in result]
        return _Words(csv_text([columns, *rows]), "raw", bool(rows))
    if chosen in {"tsv", "json"}:
        written = (result.serialize(format=getattr(QueryResultsFormat, chosen.upper())) or b"").decode()
        found = '"bindings":[]' not in written if chosen == "json" else written.count("\n") > 1
        return _Words(escape_controls(written) + ("\n" if chosen == "json" else ""), "raw", found)
    if chosen == "md":
        table = Table(columns, tuple(tuple(map(_short, row)) for row in result))
        return _Words(markdown(table), "said", bool(table.rows))
    table = Table(columns, tuple(tuple(map(_short, row)) for row in islice(result, output.MOST_DRAWN)))
    whole = len(table) + sum(1 for _ in result)
    return _Words(drawn(table, whole) if whole else "", "styled", whole > 0)


def _lexical(term: Term | None) -> str:
    if term is None:
        return ""
    value = getattr(term, "value", None)
    return str(term) if value is None or str(term).startswith("_:") else value


def _short(term: Term | None) -> object:
    value = plain_value(term)
    return shorten(value) if isinstance(value, str) and getattr(term, "datatype", None) is None else value
