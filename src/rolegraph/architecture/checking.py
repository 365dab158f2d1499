"""Rows to what holds: every cell is looked into, every name looked up, and all mistakes are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.architecture.cells import Unfit, values_of
from rolegraph.architecture.columns import TABLES
from rolegraph.architecture.ladders import rank_by_words
from rolegraph.architecture.naming import Names, Space, Thing, one_of
from rolegraph.architecture.rows import Checked, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rolegraph.architecture.columns import TableOf
    from rolegraph.architecture.layouts import Layout
    from rolegraph.architecture.problems import Problems
    from rolegraph.architecture.rows import Found

#: Figures of pay from the lowest to the highest, which each may not be above the next.
_ASCENDING = (("p10", "p25", "amount", "p75", "p90"), ("low", "amount", "high"))

_HIGHEST_ISCED = 8


@dataclass
class Architecture:
    """A job architecture that holds: its space, its rows by table, its default source, its things by kind."""

    space: Space
    rows: dict[str, list[Checked]] = field(default_factory=dict)
    source: str = ""
    names: dict[str, Names] = field(default_factory=dict)


def default_source(found: Found, layout: Layout | None) -> str:
    """See that there is one default source at most, and give its id or else its name; "" where there is none.

    The source that a layout gives becomes a row like the others.
    """
    rows = found.rows.setdefault("sources", [])
    if layout and layout.source:
        rows.append(Row("sources", f"layout {layout.name}", None, {**layout.source, "default": "yes"}, {}))
    marked = [row for row in rows if _is_default(row)]
    for row in marked[1:]:
        where = f"{marked[0].place}:{marked[0].line}"
        found.problems.add(row.place, row.line, "default", f"there is one default source already, at {where}")
    return next(
        (
            row.cells.get(name, "").strip()
            for row in marked
            for name in ("id", "name")
            if row.cells.get(name, "").strip()
        ),
        "",
    )


def _is_default(row: Row) -> bool:
    return bool(row.cells.get("default", "").strip())


def check(found: Found, space: Space, default: Mapping[str, str]) -> Architecture:
    """Check all rows.

    default: the cells of the default source where no row gives one.

    Raises TableError with all that is wrong.
    """
    rank_by_words(found)
    made = Architecture(space)
    sources = found.rows.setdefault("sources", [])
    implied = not sources
    if not any(map(_is_default, sources)):
        sources.append(Row("sources", "the default source", None, dict(default), {}))
    for table in TABLES.values():
        rows = [read_row(row, table, found.problems) for row in found.rows.get(table.name, ())]
        made.rows[table.name] = rows
    _define(made, found.problems)
    _define_implied(made, with_sources=implied)
    for table in TABLES.values():
        for row in made.rows[table.name]:
            _look_up(row, table, made, found)
        _refuse_twice(table, made.rows[table.name], found.problems)
    found.problems.raise_any()
    return made


def read_row(row: Row, table: TableOf, problems: Problems) -> Checked:
    """Read the cells of a row; what does not hold is left out of its values."""
    values: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        name = row.names.get(column.name, column.name)
        try:
            read = values_of(column, row.cells.get(column.name, ""), row.separators.get(column.name, "|"))
        except Unfit as error:
            problems.add(row.place, row.line, name, str(error))
            continue
        if read:
            values[column.name] = read
        elif column.required:
            such = f", such as {column.example}" if column.example else ""
            problems.add(row.place, row.line, name, f"is empty, and every row needs it{such}")
    checked = Checked(row, values)
    for column_name, words in _together(table.name, checked):
        problems.add(row.place, row.line, row.names.get(column_name, column_name), words)
    return checked


def _together(table: str, row: Checked) -> list[tuple[str, str]]:
    """Give what is wrong with cells of a row that do not go together: the column, and words."""
    wrong = []
    if table == "roles" and bool(row.one("rank")) != bool(row.one("ladder")):
        lacking, there = ("rank", "ladder") if row.one("ladder") else ("ladder", "rank")
        if lacking not in row.row.cells or not row.row.cells[lacking].strip():
            wrong.append((lacking, f"is empty, and the row has a {there}; a rung needs both"))
    if table == "credentials" and row.one("isced"):
        if int(row.one("isced")) > _HIGHEST_ISCED:
            wrong.append(("isced", f"{row.one('isced')} is no level of ISCED 2011; they go from 0 to 8"))
        if row.one("kind") not in {"degree", ""}:
            wrong.append(("isced", "only a degree has a level; leave it empty"))
    if table == "pay":
        for columns in _ASCENDING:
            given = [column for column in columns if row.one(column)]
            for low, high in pairwise(given):
                if float(row.one(low)) > float(row.one(high)):
                    wrong.append((low, f"{row.one(low)} is above {high}, which is {row.one(high)}"))
    return wrong


def _define(made: Architecture, problems: Problems) -> None:
    """Give every row that defines a thing its IRI; two rows with one are a problem."""
    taken: dict[str, Thing] = {}
    for table in TABLES.values():
        if not table.thing:
            continue
        names = made.names.setdefault(table.thing, Names(table.thing))
        for checked in made.rows[table.name]:
            row, name = checked.row, checked.one("name")
            kind = checked.one("kind") or table.thing
            if not name or kind == "credential":
                continue
            checked.iri = made.space.iri(kind, name, checked.one("id"))
            thing = Thing(
                checked.iri, name, checked.one("id"), checked.values.get("aliases", ()), row.place, row.line
            )
            other = taken.setdefault(thing.iri, thing)
            if other is not thing:
                problems.add(row.place, row.line, row.names.get("name", "name"), _twice(thing, other))
            names.add(thing)
            if checked.one("default"):
                made.source = thing.iri


def _twice(thing: Thing, other: Thing) -> str:
    where = f"{other.place}:{other.line}"
    if thing.given and thing.given == other.given:
        return f"{thing.given!r} is the id of {other.name!r} as well, at {where}"
    same = "the same" if thing.name == other.name else f"much the same ({other.name})"
    return f"{thing.name!r}: {same} stands at {where}; give one of them an id, or take one away"


def _define_implied(made: Architecture, *, with_sources: bool) -> None:
    """Define what cells name, where there is no table that would have to say it."""
    open_kinds = {
        table.thing
        for table in TABLES.values()
        if table.thing in {"group", "skill", "proficiency"} and not made.rows[table.name]
    }
    if with_sources:
        open_kinds.add("source")
    for table in TABLES.values():
        for column in table.columns:
            kind = column.of[-1] if column.of else ""
            if kind not in open_kinds or column.of != (kind,):
                continue
            for checked in made.rows[table.name]:
                for text in checked.values.get(column.name, ()):
                    _imply(made, kind, text)


def _imply(made: Architecture, kind: str, text: str) -> None:
    names = made.names[kind]
    if names.find(text):
        return
    thing = Thing(made.space.iri(kind, text), text)
    names.add(thing)
    table = next(table for table in TABLES.values() if table.thing == kind)
    cells = {"name": text, "publisher": text} if kind == "source" else {"name": text}
    row = Row(table.name, "", None, cells, {})
    values: dict[str, tuple[str, ...]] = {name: (cell,) for name, cell in cells.items()}
    made.rows[table.name].append(Checked(row, values, thing.iri))


def _look_up(checked: Checked, table: TableOf, made: Architecture, found: Found) -> None:
    """Put IRIs in the place of what references say."""
    row, problems = checked.row, found.problems
    broken = {TABLES[name].thing for name in found.broken}
    for column in table.columns:
        if column.kind != "reference" or column.name not in checked.values:
            continue
        try:
            kinds = [made.names[kind] for kind in column.of]
            iris = [one_of(kinds, text).iri for text in checked.values[column.name]]
        except Unfit as error:
            if not broken.intersection(column.of):
                problems.add(row.place, row.line, row.names.get(column.name, column.name), str(error))
            del checked.values[column.name]
            continue
        checked.values[column.name] = tuple(sorted(set(iris)))
    if table.name == "moves" and checked.one("from") and checked.one("from") == checked.one("to"):
        problems.add(row.place, row.line, row.names.get("to", "to"), "is the role that the move starts from")


def _refuse_twice(table: TableOf, rows: list[Checked], problems: Problems) -> None:
    """Tell of rows that say the same, or say two things where there is room for one."""
    if not table.key:
        return
    first: dict[tuple[tuple[str, ...], ...], Row] = {}
    needed = [column.name for column in table.columns if column.required]
    for checked in rows:
        if not all(name in checked.values for name in needed):
            continue
        key = tuple(checked.values.get(name, ()) for name in table.key)
        other = first.setdefault(key, checked.row)
        if other is not checked.row:
            same = "says the same as" if checked.row.cells == other.cells else "contradicts"
            words = f"{same} {other.place}:{other.line}: one row for each {', '.join(table.key)}"
            problems.add(checked.row.place, checked.row.line, "", words)
