"""The folders of on-disk stores: made whole or not at all, and known again by what is told in them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.engine_words import plain
from rolegraph.errors import OutputError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Lies in the folder of every on-disk store that rolegraph made; tells what there must be.
MARKER = "rolegraph-store.json"

#: Files of the engine that hold statements, or lead to them; others hold options, locks and messages.
_HOLDING = ("*.sst", "*.log", "MANIFEST-*", "CURRENT", "*.kept")


#: Bytes that are read at once; and bytes of a store from which on it takes long to read all of it.
_STEP, _LARGE = 1 << 20, 64_000_000


class Told(NamedTuple):
    """What the marker of a store tells: the statements that there must be, and the files by name and size.

    files is None in stores that were made before these were told; and so is sums, the check sum of each.
    shares_nothing: no statement stands in two graphs.
    """

    statements: int
    files: dict[str, int] | None
    shares_nothing: bool
    sums: dict[str, int] | None = None


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store that rolegraph made."""
    try:
        return (path / MARKER).is_file()
    except OSError:  # no folder may have such a name, or it may not be looked into; who opens it tells that
        return False


def read_told(folder: Path) -> Told:
    """Read the marker of a store.

    Raises SourceError when there is none, or it tells nothing.
    """
    import json  # noqa: PLC0415 - data that is no store does without

    try:
        told = json.loads((folder / MARKER).read_text("utf-8"))
        return Told(
            int(told["statements"]),
            told.get("files"),
            told.get("shares_nothing") is True,
            told.get("sums"),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(folder, f"cannot be opened as a store ({plain(str(error))})") from error


def tell(folder: Path, statements: int, *, shares_nothing: bool) -> None:
    """Write the marker of a store that is complete."""
    import json  # noqa: PLC0415 - data that is no store does without

    told = {
        "statements": statements,
        "shares_nothing": shares_nothing,
        "files": sizes(folder),
        "sums": {name: _sum(folder / name) for name in sizes(folder)},
    }
    (folder / MARKER).write_text(json.dumps(told), "utf-8")


def sizes(folder: Path) -> dict[str, int]:
    """Give the files that hold statements, with their sizes in bytes."""
    return {file.name: file.stat().st_size for kind in _HOLDING for file in sorted(folder.glob(kind))}


def _sum(file: Path) -> int:
    """Give the check sum of the bytes of a file."""
    import zlib  # noqa: PLC0415 - data that is no store does without

    found = 0
    with file.open("rb") as read:
        while part := read.read(_STEP):
            found = zlib.crc32(part, found)
    return found


def check_whole(folder: Path, told: Told, *, quickly: bool = False) -> None:
    """Compare the bytes of a store with what was written.

    quickly: of a large store, look only into what is kept beside the engine's own files. These have check
    sums of their own, but where one does not hold, the engine may read on without end.

    Raises SourceError where they differ.
    """
    sums, there = told.sums or {}, sizes(folder)
    if quickly and sum(there.values()) > _LARGE:
        sums = {name: found for name, found in sums.items() if name.endswith(".kept")}
    if any(name not in there or _sum(folder / name) != found for name, found in sums.items()):
        raise SourceError(folder, "is damaged: a file is not as it was written; make it again")


def _check_name(folder: Path) -> None:
    """Refuse a name that no folder can have.

    Raises OutputError.
    """
    from os import fsencode  # noqa: PLC0415 - reading does without

    try:
        named = fsencode(folder)
    except UnicodeEncodeError:
        named = b"\0"
    if b"\0" in named:
        message = f"{str(folder)!a} cannot be written: no file can have this name."
        raise OutputError(message)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes `folder` if all goes well, and is gone if not.

    Raises OutputError when the folder is there already, or cannot be written.
    """
    from rolegraph.scratch import scratch_folder  # noqa: PLC0415 - reading does without

    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        message = f"{folder} exists and is not empty; choose another place or remove it first."
        raise OutputError(message)
    _check_name(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(folder) as scratch:
            made = scratch / "store"  # has the modes of any new folder, which the scratch folder has not
            made.mkdir()
            yield made
            made.replace(folder)
    except OutputError:
        raise
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
