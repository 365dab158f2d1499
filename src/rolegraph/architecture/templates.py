"""Empty tables to fill in: CSV files with a README that explains every column, or one YAML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.architecture.columns import TABLES
from rolegraph.architecture.files import csv_text, write_folder
from rolegraph.errors import OutputError, in_one_line
from rolegraph.files import write_whole
from rolegraph.tables import printable

if TYPE_CHECKING:
    from pathlib import Path

    from rolegraph.architecture.columns import Column, TableOf

_README = """\
HOW TO FILL IN THESE TABLES

Each file is a table that Excel, LibreOffice or a text editor opens. The first line names the
columns; leave it as it is, and write one row a line below it. Only roles.csv must be there: take
away the files that you have no use for, and the columns too. The order of files, columns and rows
does not matter.

Save as "CSV UTF-8" (in Excel: Save As, CSV UTF-8). Commas, semicolons and tabs between cells are
all understood.

  * marks a column that every row must fill in.
  | marks a column that may hold several values, written a|b|c. A | inside a value is written \\|.

Roles, skills, credentials, groups and sources go by their name, one of their aliases, or their id.
Letter case and hyphens do not matter. Where a table of them is there, every name must stand in it;
where it is not, names are taken as they come. Credentials always need their table.

Numbers are digits with a point before decimals: 94000 or 94000.50. Dates are 2026, 2026-01 or
2026-01-31. An empty cell says that nothing is known; do not write 0, n/a or - for that.

When you are done:

    rolegraph import table {folder} -o jobs.ttl --name yourcompany

tells every mistake at once, with file, line and column, or writes jobs.ttl. Keep the --name from
year to year: it is part of what your roles are known by. Then, for example:

    rolegraph role "Product manager" --data jobs.ttl
    rolegraph path "Product manager" "Head of product" --data jobs.ttl

"""

_YAML = """\
# A job architecture for rolegraph: the roles, skills, moves, credentials and pay of one company.
#
# Under each heading stands a list of rows. To use an example, take the "# " away and write yours. Only
# roles must be there. A row may leave out all but the lines marked with *; several values are [a, b].
# Then: rolegraph import table {file} -o jobs.ttl --name yourcompany
"""


def write_templates(target: Path) -> Path:
    """Write empty tables to a new folder, or to one YAML file when the name ends in .yaml or .yml.

    Raises OutputError when there is such a file or folder already, or it cannot be written.
    """
    name = printable(in_one_line(target.name))  # as it can stand in a text, and in a line of comment
    if target.suffix.lower() in {".yaml", ".yml"}:
        if target.exists():
            message = f"{target} exists already; name a new file"
            raise OutputError(message)
        return write_whole(target, yaml_template(name))
    files = {f"{table.name}.csv": csv_text([c.name for c in table.columns], []) for table in TABLES.values()}
    return write_folder(target, {"README.txt": readme(name), **files})


def readme(folder: str) -> str:
    """Give the text that explains every column of every table."""
    return _README.format(folder=folder) + "\n".join(map(_explained, TABLES.values()))


def _explained(table: TableOf) -> str:
    width = max(len(column.name) for column in table.columns) + 3
    lines = [f"{table.name}.csv", f"  {table.help}", ""]
    for column in table.columns:
        name = f"{column.name}{' *' if column.required else ''}{' |' if column.many else ''}"
        lines.append(f"  {name:<{width + 2}}{column.help}{_allowed(column)}")
        lines += [f"  {'':<{width + 2}}e.g. {column.example}"] if column.example else []
    return "\n".join([*lines, ""])


def _allowed(column: Column) -> str:
    return f" One of: {', '.join(column.words)}." if len(column.words) > 1 else ""


def yaml_template(file: str) -> str:
    """Give one YAML file with every table and column, all of it as comments but the headings."""
    lines = [_YAML.format(file=file)]
    for table in TABLES.values():
        lines += [f"# {table.help}", f"{table.name}:"]
        for number, column in enumerate(table.columns):
            example = f"[{column.example.replace('|', ', ')}]" if column.many else column.example
            mark = " *" if column.required else ""
            lines.append(f"  # {'- ' if not number else '  '}{column.name}: {example}  #{mark} {column.help}")
        lines.append("")
    return "\n".join(lines)
