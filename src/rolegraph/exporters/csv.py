"""Two tables, nodes.csv and edges.csv, in a folder or a zip archive."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError
from rolegraph.exporters.flat import EDGE_COLUMNS, NODE_COLUMNS
from rolegraph.files import writing_whole
from rolegraph.scratch import exchange, scratch_folder
from rolegraph.tables import cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rolegraph.exporters.flat import Flat, Row

#: The oldest time that a zip archive can name: what is in it is not dated.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write_csv(flat: Flat, target: Path) -> None:
    """Write nodes.csv and edges.csv (RFC 4180, UTF-8) to a folder, or to an archive if `target` ends in .zip.

    A cell is one line of text; control characters in it become U+FFFD. A folder that is there already must
    hold no other files.

    Raises OutputError when it cannot be written; then nothing is left behind.
    """
    tables = {
        "edges.csv": _table(EDGE_COLUMNS, flat.edges),
        "nodes.csv": _table(NODE_COLUMNS, flat.nodes),
    }
    if target.suffix.lower() == ".zip":
        _to_archive(tables, target)
    else:
        _to_folder(tables, target)


def _table(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return written.getvalue().encode()


def _to_archive(tables: dict[str, bytes], target: Path) -> None:
    import zipfile  # noqa: PLC0415 - only an archive needs it

    with writing_whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, table)


def _to_folder(tables: dict[str, bytes], target: Path) -> None:
    target = target.resolve()  # what a symbolic link leads to; the link stays one
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} cannot be written: it is a file; CSV tables go to a folder")
    others = (
        sorted(file.name for file in target.iterdir() if file.name not in tables) if target.exists() else []
    )
    if others:
        raise OutputError(f"{target} holds other files, such as {others[0]}; choose a folder of its own")
    try:
        with scratch_folder(target) as scratch:
            made = scratch / "new"
            made.mkdir()  # has the modes of any new folder; the scratch folder is closed to others
            for name, table in tables.items():
                (made / name).write_bytes(table)
            if not target.exists() or not exchange(made, target):
                _one_by_one(made, target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error


def _one_by_one(made: Path, target: Path) -> None:
    """Let files take the place of those in a folder, each in one step, where the folder cannot."""
    if not target.exists():
        made.replace(target)
        return
    for file in made.iterdir():
        file.replace(target / file.name)
