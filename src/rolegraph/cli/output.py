"""Prints tables, documents and W3C query results. Nothing that steers a terminal passes."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.options import settings
from rolegraph.cli.screen import console, say
from rolegraph.names import shorten
from rolegraph.tables import Table, cell, markdown, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.table import Table as Drawing

#: Control characters other than the tab and the line ends that CSV, TSV and JSON are made of, and the marks
#: that reorder text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Rows that are drawn for people: more take long to draw and nobody reads them. The other formats have all.
MOST_DRAWN = 1_000

#: Longest message in characters: names and lines of the input are quoted in it, and they may be endless. The
#: list of commands fits.
_LONGEST = 2800


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
        show_csv(_cells(table))
    elif chosen == "tsv":
        # `cell` leaves neither tabs nor line ends.
        show_raw("".join("\t".join(row) + "\n" for row in _cells(table)))
    elif chosen == "md":
        say(markdown(table))
    elif as_text is not None:
        say(printable(as_text()))
    else:
        draw(table)


def show_json(value: Any) -> None:
    """Print plain values as JSON."""
    import json  # noqa: PLC0415 - only this format needs it

    show_raw(escape_controls(json.dumps(value, indent=2, ensure_ascii=False)) + "\n")


def show_raw(text: str) -> None:
    """Print text for programs as it is; on a terminal nothing that would steer it passes."""
    if sys.stdout.isatty():
        shown = printable(text.replace("\r\n", "\n"))
        if shown.endswith("\n"):
            say(shown.removesuffix("\n"))
        else:
            click.echo(shown, nl=False)
        return
    # Bytes, so that the line ends of CSV stay what the standard says on every system.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def show_csv(rows: Iterable[Sequence[str]]) -> None:
    """Print rows as CSV."""
    show_raw(csv_text(rows))


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV (RFC 4180). It has no escapes: every character passes, except to a terminal."""
    import csv  # noqa: PLC0415 - only this format needs it
    import io  # noqa: PLC0415

    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def tell(message: str) -> None:
    """Tell people something on standard error, where it stays out of the data."""
    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST // 2]} ... {message[-_LONGEST // 2 :]}"
    click.echo(printable(re.sub("[\t\u2028\u2029]", " ", message)), err=True)


def draw(table: Table) -> None:
    """Draw a table for people: side by side where the columns fit the terminal, else row by row.

    Of very many rows the first are drawn.
    """
    say(drawn(Table(table.columns, table.rows[:MOST_DRAWN]), len(table)), styled=True)


def drawn(table: Table, whole: int) -> str:
    """Give the drawing of a table that holds the first of so many rows."""
    screen = console()
    rows = [[shorten(cell(value)) for value in row] for row in table.rows]
    lines = [list(table.columns), *rows]
    least = [
        max(_breadth(word) for line in lines for word in line[n].split(" ")) for n in range(len(lines[0]))
    ]
    natural = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    spare = screen.width - sum(least) - _GUTTER * len(least)
    if spare < 0:
        drawing = _row_by_row(table.columns, rows)
    else:
        drawing = _side_by_side(table, rows, _shared_out(spare, least, natural))
    with screen.capture() as captured:
        screen.print(drawing)
    lines_drawn = [line.rstrip() for line in captured.get().splitlines()]
    if len(table) < whole:
        lines_drawn.append(f"... and {whole - len(table):,} more rows; --format csv gives all")
    return "\n".join(lines_drawn)


#: Columns between two cells, one of which the box draws.
_GUTTER = 3

#: Names with these in them may be broken anywhere; other words may not.
_BREAKABLE = re.compile(r"[:/]")
_NARROW = 18


def _breadth(word: str) -> int:
    """Give the columns that a word needs at least."""
    return min(len(word), _NARROW) if _BREAKABLE.search(word) else len(word)


def _shared_out(spare: int, least: Sequence[int], natural: Sequence[int]) -> list[int]:
    """Give each column what it needs; of the rest, those that want least get all they want first."""
    widths = list(least)
    for served, n in enumerate(sorted(range(len(least)), key=lambda n: natural[n] - least[n])):
        given = min(natural[n] - least[n], spare // (len(least) - served))
        widths[n] += given
        spare -= given
    return widths


def _side_by_side(table: Table, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Drawing:
    from rich import box  # noqa: PLC0415 - only people need rich
    from rich.table import Table as Drawing  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawing = Drawing(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GUTTER - 1, 0, 0))
    for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        numeric = all(isinstance(row[number], (int, float)) for row in table.rows)
        drawing.add_column(
            Text(printable(column)), overflow="fold", width=width, justify="right" if numeric else "left"
        )
    for row in rows:
        drawing.add_row(*map(Text, row))
    return drawing


def _row_by_row(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Drawing:
    from rich.table import Table as Drawing  # noqa: PLC0415 - only people need rich
    from rich.text import Text  # noqa: PLC0415

    drawing = Drawing(box=None, show_header=False, pad_edge=False)
    drawing.add_column(style="dim")
    drawing.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            drawing.add_row("", "")
        for column, value in zip(columns, row, strict=True):
            if value:
                drawing.add_row(Text(printable(column)), Text(value))
    return drawing


def _cells(table: Table) -> list[Sequence[str]]:
    return [table.columns, *([cell(value) for value in row] for row in table.rows)]


def escape_controls(text: str) -> str:
    """Write control characters as the escapes that mean the same in JSON, TSV, Turtle and N-Triples."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
