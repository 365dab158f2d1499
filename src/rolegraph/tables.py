"""Tables: named columns and rows that print, show as HTML in a notebook, and become a DataFrame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

#: Rows that a notebook shows before it says how many more there are.
MOST_ROWS = 200

#: Control characters (C0 but for tab and line feed, DEL, C1), the marks that reorder text on a screen, the
#: line ends that only some programs know, and the byte order mark, which nobody sees.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


@dataclass(frozen=True)
class Table:
    """Rows under named columns; iterating gives one dict per row.

    >>> table = Table(("role", "skills"), (("chief product officer", 11),))
    >>> list(table)
    [{'role': 'chief product officer', 'skills': 11}]
    >>> print(table)
    | role | skills |
    | --- | --- |
    | chief product officer | 11 |
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Any]:
        """Give the values of one column, from the first row to the last."""
        position = self.columns.index(name)
        return [row[position] for row in self.rows]

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return markdown(self)

    def _repr_html_(self) -> str:
        return html_table(self)

    def to_frame(self) -> pd.DataFrame:
        """Give the table as a pandas DataFrame with the same columns, also when it has no rows.

        Raises MissingExtra when pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - half a second that only this method needs
        except ImportError:
            raise MissingExtra("pandas", "pandas") from None
        return pd.DataFrame(list(self.rows), columns=list(self.columns))


def printable(text: str) -> str:
    """Replace what could steer a terminal or reorder a line, and halves of characters, by U+FFFD.

    Line feeds and tabs stay.

    >>> printable("red" + chr(27) + "[31m")
    'red\N{REPLACEMENT CHARACTER}[31m'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def cell(value: object) -> str:
    """Write a value as one line of text: nothing for None, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # Line ends that only some programs know stand for blanks, as the others do.
    text = str(value).replace("\u2028", " ").replace("\u2029", " ")
    return " ".join(printable(text).split())


def markdown(table: Table) -> str:
    """Write a table in Markdown, with pipes and backslashes of the data escaped."""
    lines = [table.columns, ("---",) * len(table.columns), *table.rows]
    return "\n".join("| " + " | ".join(_markdown_cell(value) for value in line) + " |" for line in lines)


def _markdown_cell(value: object) -> str:
    return re.sub(r"([\\|<>`*_\[\]])", r"\\\1", cell(value)) if value != "---" else "---"


def html_table(table: Table) -> str:
    """Write a table in HTML, everything escaped; beyond MOST_ROWS rows it says how many there are."""
    from html import escape  # noqa: PLC0415 - only notebooks come here

    def row(values: Sequence[object], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell(value))}</{tag}>" for value in values) + "</tr>"

    body = "".join(row(values, "td") for values in table.rows[:MOST_ROWS])
    note = f"<p>{MOST_ROWS} of {len(table):,} rows</p>" if len(table) > MOST_ROWS else ""
    return f"<table><thead>{row(table.columns, 'th')}</thead><tbody>{body}</tbody></table>{note}"


def html_list(items: Sequence[str]) -> str:
    """Write names in HTML, in order, with arrows between them."""
    from html import escape  # noqa: PLC0415 - only notebooks come here

    return f"<p>{' → '.join(escape(cell(item)) for item in items)}</p>"
