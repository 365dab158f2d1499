"""A store as the tables of a job architecture, so that reading these gives the same again.

Rows are sorted by their cells, tables without rows are left out, and what has no room in tables is counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.architecture.claim_rows import claim_rows
from rolegraph.architecture.columns import TABLES
from rolegraph.architecture.facts import Facts
from rolegraph.architecture.files import csv_text, write_folder
from rolegraph.architecture.known import know
from rolegraph.architecture.thing_rows import Folded, thing_rows
from rolegraph.importers.reports import Report

if TYPE_CHECKING:
    from rolegraph.architecture.known import Cells
    from rolegraph.stores import LocalStore


def export_table(store: LocalStore, target: str | Path) -> Report:
    """Write the roles, skills, moves, credentials and pay of a store as CSV files that `import_table` reads.

    target: a new folder, or a zip archive when the name ends in .zip. Give the rows of each table, and what
    of the data has no room in tables.

    Raises OutputError when the folder holds something already or cannot be written; then nothing is.
    """
    tables, report = tabulate(store)
    files = {}
    for name, rows in tables.items():
        if rows or name == "roles":
            names = [column.name for column in TABLES[name].columns]
            files[f"{name}.csv"] = csv_text(
                names, [[row.get(column, "") for column in names] for row in rows]
            )
            report.rows[f"{name}.csv"] = len(rows)
    write_folder(Path(target), files)
    return report


def tabulate(store: LocalStore) -> tuple[dict[str, list[Cells]], Report]:
    """Give the rows of each table, sorted, and a report of what has no room in them."""
    facts, report = Facts(store), Report()
    known = know(facts, report)
    folded = Folded(known)
    tables: dict[str, list[Cells]] = {}
    # What others refer to comes first: a thing that no row can hold is named by none.
    things = [name for name, table in TABLES.items() if table.thing]
    for name in sorted(things, key=lambda name: name not in {"sources", "groups"}):
        tables[name] = list(thing_rows(known, name, folded))
    for name, table in TABLES.items():
        if not table.thing:
            tables[name] = list(claim_rows(known, name))
    for name, rows in tables.items():
        columns = [column.name for column in TABLES[name].columns]
        rows.sort(key=lambda row: [(row.get(one, "").casefold(), row.get(one, "")) for one in columns])
    for what, count in sorted(facts.left_over().items()):
        report.note(what, count=count)
    return {name: tables[name] for name in TABLES}, report
