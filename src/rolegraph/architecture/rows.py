"""Rows of tables as they were found: from CSV files by a layout, or from one YAML file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rolegraph.architecture.columns import TABLES
from rolegraph.architecture.layouts import Layout, Part, filled, read_layout, shipped
from rolegraph.architecture.problems import quoted
from rolegraph.architecture.yaml_text import LARGEST, Node, entries, read_yaml
from rolegraph.errors import SourceError
from rolegraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rolegraph.architecture.problems import Problems
    from rolegraph.importers.releases import Release, Sheet
    from rolegraph.importers.reports import Report

#: Rows, and characters in them, that are taken in all: what a company's job architecture never has.
MOST_ROWS, MOST_TEXT = 1_000_000, 200_000_000

#: Endings of the files that are tables.
ENDINGS = (".csv", ".tsv")

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(slots=True)
class Row:
    """One row: the table it belongs to, where it stands, its cells by our columns, the file's names of these.

    separators: what stands between the values of a cell, where it is not `|`.
    """

    table: str
    place: str
    line: int | None
    cells: dict[str, str]
    names: Mapping[str, str]
    separators: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Checked:
    """A row whose cells hold: the values of each column, references as IRIs; the IRI of what it defines."""

    row: Row
    values: dict[str, tuple[str, ...]]
    iri: str = ""

    def one(self, column: str) -> str:
        """Give the value of a column that has one at most; "" where it has none."""
        found = self.values.get(column)
        return found[0] if found else ""


@dataclass
class Found:
    """The rows found so far, and what is wrong and odd in them.

    broken: tables that could not be read to their end, so that what they lack is no mistake of others.
    """

    problems: Problems
    report: Report
    rows: dict[str, list[Row]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    rank_words: tuple[str, ...] = ()
    text: int = 0
    count: int = 0

    def add(self, row: Row) -> None:
        """Take in a row.

        Raises SourceError when there are too many.
        """
        self.count += 1
        self.text += sum(map(len, row.cells.values()))
        if self.count > MOST_ROWS or self.text > MOST_TEXT:
            reason = (
                f"more than {MOST_ROWS:,} rows or {MOST_TEXT:,} characters, which no job architecture has"
            )
            raise SourceError(row.place, reason, line=row.line)
        self.rows.setdefault(row.table, []).append(row)


def own_layout(release: Release, found: Found) -> Layout:
    """Give the layout of rolegraph's own tables for the files that are there: every column that is known."""
    parts = []
    for name in release.names():
        table = name.rpartition(".")[0].casefold()
        if table in TABLES:
            parts.append(Part(table, name, {}))
            continue
        if near := get_close_matches(table, TABLES, 1, 0.75):
            words = f"there is no such table; is {near[0]}.csv meant? Rename the file, or take it away"
            found.problems.add(release.member(name).place, None, "", words)
        found.report.unread.append(name)
    if not any(part.table == "roles" for part in parts):
        found.problems.add(release.place, None, "", "holds no roles.csv, the one table that there must be")
    return Layout("", tuple(parts))


def read_csv(release: Release, layout: Layout, found: Found) -> None:
    """Read the tables of a layout; what is wrong goes to the problems, file by file."""
    by_file: dict[str, list[Part]] = {}
    for part in layout.parts:
        for line, cells in part.rows:
            found.add(Row(part.table, f"layout {layout.name}", line, dict(cells), {}))
        if part.rank:
            found.rank_words = part.rank.words
        if part.file:
            by_file.setdefault(part.file, []).append(part)
    for file, parts in by_file.items():
        try:
            _read_file(release, file, parts, found)
        except SourceError as error:
            found.problems.take(error)
            found.broken.update(part.table for part in parts)
    if layout.name:
        taken = {file.casefold() for file in by_file}
        found.report.unread += [name for name in release.names() if name.casefold() not in taken]


def _read_file(release: Release, file: str, parts: list[Part], found: Found) -> None:
    delimiter = _delimiter(release, file)
    sheet = release.csv(file, delimiter=delimiter)
    if delimiter != ",":
        found.report.note(f"files with cells separated by {_DELIMITERS[delimiter]}", file)
    parts = [part if part.columns else _with_columns(part, sheet, found) for part in parts]
    wanted = list(dict.fromkeys(name for part in parts for name in part.needed()))
    missing = [name for name in wanted if name not in sheet.header]
    for name in missing:
        near = get_close_matches(name, sheet.header, 1)
        hint = f"is {near[0]!r} meant?" if near else f"the columns are: {', '.join(sheet.header)}"
        found.problems.add(sheet.place, sheet.top, name, f"there is no such column; {hint}")
    if missing or found.broken.intersection(part.table for part in parts):
        found.broken.update(part.table for part in parts)
        return
    rows = _Rows(sheet, parts, found)
    for cells in sheet.rows(wanted, told=found.problems.take):
        rows.take(dict(zip(wanted, cells, strict=True)))
    found.report.rows[sheet.name] = sheet.count - rows.blank


def _delimiter(release: Release, file: str) -> str:
    """Tell what separates the cells from the line that names the columns; the commonest mark does."""
    with release.open(file) as binary:
        line = re.sub(r'"[^"]*"', "", binary.readline(100_000).decode("utf-8", "replace"))
    return max(_DELIMITERS, key=line.count)


def _with_columns(part: Part, sheet: Sheet, found: Found) -> Part:
    """Give a part of our own layout with the columns that the file has."""
    known = {fold(column.name): column.name for column in TABLES[part.table].columns}
    columns: dict[str, str] = {}
    for name in sheet.header:
        ours = known.get(fold(name))
        if ours and ours in columns:
            words = f"the columns {columns[ours]!r} and {name!r} are the same"
            found.problems.add(sheet.place, sheet.top, name, words)
        elif ours:
            columns[ours] = name
        elif near := get_close_matches(fold(name), known, 1, 0.8):
            words = f"there is no such column; is {known[near[0]]!r} meant?"
            found.problems.add(sheet.place, sheet.top, name, words)
        elif name:
            found.report.unread.append(f"the column {name} of {sheet.name}")
    for column in TABLES[part.table].columns:
        if column.required and column.name not in columns:
            words = f"the column is missing; it says: {column.help}{_other_layout(sheet)}"
            found.problems.add(sheet.place, sheet.top, column.name, words)
            found.broken.add(part.table)
    return Part(part.table, part.file, columns)


def _other_layout(sheet: Sheet) -> str:
    """Name the layout that ships which has a file with these columns, if there is one."""
    for name in shipped():
        needed = [set(part.needed()) for part in read_layout(name).parts if part.file == sheet.name]
        if needed and set().union(*needed) <= set(sheet.header):
            return f" These are the columns of the layout {name}: --layout {name} reads them."
    return ""


class _Rows:
    """Makes rows of our tables from the rows of one file."""

    def __init__(self, sheet: Sheet, parts: list[Part], found: Found) -> None:
        self.sheet, self.parts, self.found = sheet, parts, found
        self.blank = 0
        self.seen: dict[int, dict[tuple[str, ...], int]] = {}

    def take(self, cells: Mapping[str, str]) -> None:
        """Take in a row of the file."""
        if not any(cell.strip() for cell in cells.values()):
            self.blank += 1
            return
        for number, part in enumerate(self.parts):
            if (left := self._left_out(part, cells)) is not None:
                self.found.report.note(f"rows of {self.sheet.name} not taken into {part.table}: {left}")
                continue
            made = {**part.constants, **self._cells(part, cells)}
            if part.distinct and self._again(number, part, made):
                continue
            names = {ours: taken for ours, taken in part.columns.items() if taken in cells}
            row = Row(part.table, self.sheet.place, self.sheet.line, made, names, part.separators)
            if part.rank:
                made["_title"], made["_base"] = cells[part.rank.column], cells[part.rank.base]
            self.found.add(row)

    def _left_out(self, part: Part, cells: Mapping[str, str]) -> str | None:
        for column, texts in part.leave_out.items():
            if cells[column].strip() in texts:
                return f"{column} is {quoted(cells[column].strip()) if cells[column].strip() else 'empty'}"
        return None

    def _cells(self, part: Part, cells: Mapping[str, str]) -> dict[str, str]:
        made = {}
        for ours, taken in part.columns.items():
            cell = filled(taken, cells)
            made[ours] = part.values.get(ours, {}).get(cell.strip(), cell)
        return made

    def _again(self, number: int, part: Part, made: Mapping[str, str]) -> bool:
        seen = self.seen.setdefault(number, {})
        first = seen.setdefault(tuple(made.values()), self.sheet.line)
        if first != self.sheet.line and part.table not in {"roles", "groups", "skills"}:
            what = f"rows of {self.sheet.name} that say again what an earlier row said ({part.table})"
            self.found.report.note(what, f"line {self.sheet.line}, as on line {first}")
        return first != self.sheet.line


def read_yaml_tables(content: bytes, place: str, found: Found) -> None:
    """Read the tables of one YAML file: a list of rows under the name of each table."""
    root = read_yaml(content, place, "a job architecture")
    problems = found.problems
    for table, node in entries(root, TABLES, place, problems):
        known = [column.name for column in TABLES[table].columns]
        if node.items is None and node.value is not None:
            problems.add(place, node.line, table, f"expected a list, one entry a row, and found {node.kind}")
        for item in node.items or ():
            cells = {}
            for name, value in entries(item, known, place, problems, table):
                cells[name] = _cell(value, table, name, place, problems)
            found.add(Row(table, place, item.line, cells, {}))
        found.report.rows[table] = len(node.items or ())


def _cell(node: Node, table: str, name: str, place: str, problems: Problems) -> str:
    """Give a value of YAML as a cell of CSV would have it: a list as its values, separated by |."""
    from rolegraph.architecture.cells import joined  # noqa: PLC0415 - CSV does without

    if node.items is not None and all(item.text for item in node.items):
        if TABLES[table].column(name).many:
            return joined([item.text for item in node.items])
        problems.add(place, node.line, name, "takes one value, and found a list")
    elif node.value is not None and not isinstance(node.value, str):
        problems.add(place, node.line, name, f"expected a text and found {node.kind}")
    return node.text


def limited(chunks: Iterator[bytes]) -> bytes:
    """Give the bytes of a file, or so many of them that it is seen to be too large."""
    content = b""
    for chunk in chunks:
        content += chunk
        if len(content) > LARGEST:
            break
    return content
