"""The answers of queries as text: in the W3C formats for programs, as tables and Turtle for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import FORMATS, settings
from rolegraph.cli.output import chosen_format, draw, escape_controls, show_csv, show_raw, tell
from rolegraph.cli.screen import say
from rolegraph.names import shorten
from rolegraph.plain_values import plain_value
from rolegraph.tables import Table, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from rolegraph.answers import Answer
    from rolegraph.plain_values import Term
    from rolegraph.stores import Result

#: Formats that a graph, the answer to CONSTRUCT or DESCRIBE, can be printed in.
GRAPH_FORMATS = ("ttl", "nt", "jsonld")


def show_result(result: Result | Answer) -> int:
    """Print what a query gives in the chosen format; give the exit code, 1 for nothing and for false."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    if isinstance(result, ox.QueryBoolean):
        return _show_boolean(result)
    if isinstance(result, ox.QuerySolutions):
        return _show_solutions(result)
    return _show_triples(result)


def _show_boolean(result: ox.QueryBoolean) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, "ASK answers true or false; its formats are table and json")
    if chosen_format() == "json":
        show_raw((result.serialize(format=QueryResultsFormat.JSON) or b"").decode() + "\n")
    else:
        click.echo("true" if result else "false")
    return 0 if result else 1


def _show_triples(result: Iterable[ox.Triple]) -> int:
    from rolegraph.exporters import serialize  # noqa: PLC0415 - only graphs need it
    from rolegraph.stores import FORMATS as ENDINGS  # noqa: PLC0415 - only graphs need it

    _refuse(
        ("csv", "tsv", "md"),
        f"CONSTRUCT and DESCRIBE give a graph; its formats are {' '.join(GRAPH_FORMATS)}",
    )
    triples = list(result)
    chosen = settings().format or "ttl"
    ending = {"table": "ttl", "json": "jsonld"}.get(chosen, chosen)
    show_raw(escape_controls(serialize(triples, ENDINGS[f".{ending}"]).decode()))
    if not triples:
        tell("No triples.")
    return 0 if triples else 1


def _show_solutions(result: ox.QuerySolutions) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, f"SELECT gives rows; its formats are {' '.join(FORMATS)}")
    chosen = chosen_format()
    columns = tuple(variable.value for variable in result.variables)
    if chosen == "csv":
        # The engine's own CSV leaves IRIs with commas unquoted, and writes an empty line for an empty value.
        rows = [[_lexical(term) for term in row] for row in result]
        show_csv([columns, *rows])
        found = bool(rows)
    elif chosen in {"tsv", "json"}:
        written = (result.serialize(format=getattr(QueryResultsFormat, chosen.upper())) or b"").decode()
        show_raw(escape_controls(written) + ("\n" if chosen == "json" else ""))
        found = '"bindings":[]' not in written if chosen == "json" else written.count("\n") > 1
    else:
        table = Table(columns, tuple(tuple(_short(term) for term in row) for row in result))
        found = bool(table.rows)
        if chosen == "md":
            say(markdown(table))
        elif table.rows:
            draw(table)
    if not found:
        tell("No rows.")
    return 0 if found else 1


def _lexical(term: Term | None) -> str:
    if term is None:
        return ""
    value = getattr(term, "value", None)
    return str(term) if value is None or str(term).startswith("_:") else value


def _short(term: Term | None) -> object:
    value = plain_value(term)
    return shorten(value) if isinstance(value, str) and getattr(term, "datatype", None) is None else value


def _refuse(formats: tuple[str, ...], reason: str) -> None:
    if settings().format in formats:
        message = f"--format {settings().format} does not fit: {reason}."
        raise click.UsageError(message)
