"""Layouts: which file holds which table, and which of its columns is which of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.architecture.columns import TABLES
from rolegraph.architecture.problems import Problems, quoted
from rolegraph.architecture.yaml_text import Node, entries, read_yaml
from rolegraph.errors import SourceError
from rolegraph.file_guard import check_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "layouts"

#: A column of the file in a pattern such as "{Role} roles".
_IN_PATTERN = re.compile(r"\{([^{}]+)\}")

_ROOT = ("source", "tables")
_PART = ("file", "rows", "columns", "constants", "values", "separators", "leave_out", "distinct", "rank")
_RANK = ("from", "base", "words")


@dataclass(frozen=True)
class RankByWords:
    """How to tell the rank of a role from the words that its title begins with.

    column: the column with the title; base: that with the plain title. words: from the lowest to the highest;
    "" stands for a title without such a word.
    """

    column: str
    base: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One of our tables, and how to read it from a file.

    columns: our column -> the file's, or a pattern such as "{Role} roles". constants: our column -> what it
    always says. values: our column -> its words in the file -> ours. separators: our column -> what stands
    between several values. leave_out: the file's column -> cells whose rows are left out. distinct: whether
    rows that come again are one row. rows: rows that the layout gives instead of a file, with their lines.
    """

    table: str
    file: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    distinct: bool = False
    rank: RankByWords | None = None
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()

    def needed(self) -> list[str]:
        """Give the columns of the file that this reads."""
        found = [name for taken in self.columns.values() for name in columns_in(taken)]
        found += [*self.leave_out, *((self.rank.column, self.rank.base) if self.rank else ())]
        return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Layout:
    """A layout: the tables that it reads, and the cells of the default source."""

    name: str
    parts: tuple[Part, ...]
    source: Mapping[str, str] = field(default_factory=dict)


def columns_in(taken: str) -> list[str]:
    """Give the columns of the file that a column is taken from.

    >>> columns_in("Role Level"), columns_in("{Role} of {Role Family}")
    (['Role Level'], ['Role', 'Role Family'])
    """
    return _IN_PATTERN.findall(taken) or [taken]


def filled(taken: str, cells: Mapping[str, str]) -> str:
    """Give what a column takes from a row; nothing where a pattern has a cell that is empty.

    >>> filled("{Role} ladder", {"Role": "Data analyst"})
    'Data analyst ladder'
    """
    if not _IN_PATTERN.search(taken):
        return cells[taken]
    if not all(cells[name].strip() for name in _IN_PATTERN.findall(taken)):
        return ""
    return _IN_PATTERN.sub(lambda found: cells[found[1]].strip(), taken)


def shipped() -> list[str]:
    """Give the names of the layouts that ship."""
    return sorted(file.stem for file in _FOLDER.glob("*.yaml"))


def read_layout(name: str | Path) -> Layout:
    """Read a layout that ships, by its name, or one from a file.

    Raises TableError with all that is wrong in it, SourceError when it cannot be read.
    """
    file = _FOLDER / f"{name}.yaml" if str(name) in shipped() else Path(name)
    check_kind(file)
    try:
        with file.open("rb") as opened:
            content = opened.read(1_000_000)
    except (OSError, ValueError) as error:
        hint = f"layouts that ship: {', '.join(shipped())}"
        raise SourceError(name, f"{getattr(error, 'strerror', None) or error}; {hint}") from error
    place, problems = str(name), Problems()
    layout = _layout(read_yaml(content, place, "a layout"), place, problems)
    problems.raise_any()
    return layout


def _layout(root: Node, place: str, problems: Problems) -> Layout:
    found = dict(entries(root, _ROOT, place, problems))
    source = _texts(found["source"], place, problems, "source") if "source" in found else {}
    _known(source, "sources", "source", found.get("source", root), place, problems)
    parts: list[Part] = []
    tables = found.get("tables", Node(None, root.line))
    for table, node in entries(tables, TABLES, place, problems, "tables"):
        items = node.items
        parts += [_part(table, item, place, problems) for item in ([node] if items is None else items)]
    if not problems.count and "roles" not in {part.table for part in parts}:
        problems.add(place, tables.line, "tables", "roles is missing; it is the one table that there must be")
    return Layout(Path(place).stem, tuple(parts), source)


def _part(table: str, node: Node, place: str, problems: Problems) -> Part:
    found = dict(entries(node, _PART, place, problems, table))
    if "rows" in found:
        return _given(table, found["rows"], place, problems)

    def texts(key: str) -> dict[str, str]:
        return _texts(found[key], place, problems, f"{table}.{key}") if key in found else {}

    columns, constants, separators = texts("columns"), texts("constants"), texts("separators")
    for key, given in (("columns", columns), ("constants", constants), ("separators", separators)):
        _known(given, table, f"{table}.{key}", found.get(key, node), place, problems)
    values = _maps(found.get("values"), place, problems, f"{table}.values")
    _known(values, table, f"{table}.values", found.get("values", node), place, problems)
    for name, separator in separators.items():
        if len(separator) != 1:
            problems.add(
                place, found["separators"].line, f"{table}.separators", f"{name}: one character only"
            )
    part = Part(
        table,
        _text(found.get("file"), node, place, problems, f"{table}.file"),
        columns,
        constants,
        values,
        separators,
        _lists(found.get("leave_out"), place, problems, f"{table}.leave_out"),
        found.get("distinct", node).text.lower() == "true",
        _rank(found["rank"], place, problems) if "rank" in found else None,
    )
    ours = {*columns, *constants} | ({"rank"} if part.rank else set())
    for column in TABLES[table].columns:
        if column.required and column.name not in ours:
            problems.add(
                place, node.line, table, f"says nothing of the column {column.name}, which is needed"
            )
    return part


def _given(table: str, node: Node, place: str, problems: Problems) -> Part:
    """Give the part of a table whose rows stand in the layout."""
    if node.items is None:
        problems.add(place, node.line, f"{table}.rows", f"expected a list and found {node.kind}")
    rows = [(item.line, _texts(item, place, problems, f"{table}.rows")) for item in node.items or ()]
    for _, row in rows:
        _known(row, table, f"{table}.rows", node, place, problems)
    return Part(table, "", {}, rows=tuple(rows))


def _rank(node: Node, place: str, problems: Problems) -> RankByWords:
    found = dict(entries(node, _RANK, place, problems, "roles.rank"))
    words = found.get("words", node)
    if words.items is None:
        problems.add(place, words.line, "roles.rank.words", f"expected a list and found {words.kind}")
    return RankByWords(
        _text(found.get("from"), node, place, problems, "roles.rank.from"),
        _text(found.get("base"), node, place, problems, "roles.rank.base"),
        tuple(word.text for word in words.items or ()),
    )


def _known(
    given: Mapping[str, object], table: str, what: str, node: Node, place: str, problems: Problems
) -> None:
    names = [column.name for column in TABLES[table].columns]
    for name in given:
        if name not in names:
            words = f"{quoted(name)} is no column of {table}; there are: {', '.join(names)}"
            problems.add(place, node.line, what, words)


def _text(node: Node | None, parent: Node, place: str, problems: Problems, what: str) -> str:
    if node is None or not node.text:
        line = (node or parent).line
        problems.add(place, line, what, "expected a text" + (f" and found {node.kind}" if node else ""))
        return ""
    return node.text


def _texts(node: Node, place: str, problems: Problems, what: str) -> dict[str, str]:
    found = entries(node, (), place, problems, what)
    return {key: _text(value, value, place, problems, f"{what}.{key}") for key, value in found}


def _maps(node: Node | None, place: str, problems: Problems, what: str) -> dict[str, dict[str, str]]:
    if node is None:
        return {}
    found = entries(node, (), place, problems, what)
    return {key: _texts(value, place, problems, f"{what}.{key}") for key, value in found}


def _lists(node: Node | None, place: str, problems: Problems, what: str) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    return {
        key: tuple(item.text for item in ([value] if value.items is None else value.items))
        for key, value in entries(node, (), place, problems, what)
    }
