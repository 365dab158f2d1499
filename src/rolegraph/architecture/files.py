"""Tables as CSV files, written as a folder or a zip archive: all of them, or nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError
from rolegraph.files import write_whole
from rolegraph.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

#: By this mark Excel knows that a CSV file is UTF-8.
_MARK = "\ufeff"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as CSV by RFC 4180, with the mark that Excel knows UTF-8 by."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return _MARK + out.getvalue()


def write_folder(target: Path, files: Mapping[str, str]) -> Path:
    """Write files to a new or empty folder, or to a zip archive when the name ends in .zip.

    Raises OutputError when the folder holds something already or cannot be written.
    """
    if target.suffix.lower() == ".zip":
        return write_whole(target, _zipped(files))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} exists already and is no empty folder; name a new one"
        raise OutputError(message)
    place = target.absolute()
    try:
        with scratch_folder(place) as scratch:
            made = scratch / "made"
            made.mkdir()  # with the modes of any new folder, which the scratch folder has not
            for name, text in files.items():
                (made / name).write_bytes(text.encode())
            made.replace(place)
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    return target


def _zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # A date of its own would make equal tables differ.
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
