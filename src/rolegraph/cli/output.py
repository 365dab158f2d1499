"""Prints tables, documents and W3C query results. Nothing that steers a terminal passes."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.options import settings
from rolegraph.tables import Table, cell, markdown, printable

if TYPE_CHECKING:
    from collections.abc import Callable

#: Control characters other than the tab and the line ends that CSV, TSV and JSON are made of.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def chosen_format() -> str:
    """Give the format asked for, else table on a terminal and TSV elsewhere."""
    return settings().format or ("table" if sys.stdout.isatty() else "tsv")


def show_table(table: Table, *, as_json: Any = None, as_text: Callable[[], str] | None = None) -> None:
    """Print rows in the chosen format.

    as_json: plain values to print instead of a list of rows. as_text: gives the text for people instead of
    a drawn table.
    """
    chosen = chosen_format()
    if chosen == "json":
        show_json([*table] if as_json is None else as_json)
    elif chosen == "csv":
        show_raw(_delimited(table, ","))
    elif chosen == "tsv":
        show_raw(_delimited(table, "\t"))
    elif chosen == "md":
        click.echo(markdown(table))
    elif as_text is not None:
        click.echo(printable(as_text()))
    else:
        draw(table)


def show_json(value: Any) -> None:
    """Print plain values as JSON."""
    import json  # noqa: PLC0415 - only this format needs it

    show_raw(escape_controls(json.dumps(value, indent=2, ensure_ascii=False)) + "\n")


def show_raw(text: str) -> None:
    """Print text for programs as it is; on a terminal nothing that would steer it passes."""
    if sys.stdout.isatty():
        click.echo(printable(text), nl=False)
        return
    # Bytes, so that the line ends of CSV stay what the standard says on every system.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def show_w3c(text: str, kind: str) -> None:
    """Print SPARQL results as the engine wrote them; TSV and JSON get control characters escaped."""
    show_raw(text if kind == "csv" else escape_controls(text))


def draw(table: Table) -> None:
    """Draw a table for people, as wide as the terminal."""
    from rich import box  # noqa: PLC0415 - only people need rich
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Drawing  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawing = Drawing(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in table.columns:
        drawing.add_column(Text(printable(column)), overflow="fold")
    for row in table.rows:
        drawing.add_row(*(Text(cell(value)) for value in row))
    Console(markup=False, highlight=False, soft_wrap=False).print(drawing)


def _delimited(table: Table, delimiter: str) -> str:
    import csv  # noqa: PLC0415 - only these formats need it
    import io  # noqa: PLC0415

    written = io.StringIO()
    rows = [table.columns, *([cell(value) for value in row] for row in table.rows)]
    if delimiter == ",":
        csv.writer(written).writerows(rows)
        return written.getvalue()
    return "".join("\t".join(row) + "\n" for row in rows)  # `cell` leaves neither tabs nor line ends


def escape_controls(text: str) -> str:
    """Write control characters as the escapes that mean the same in JSON, TSV, Turtle and N-Triples."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
