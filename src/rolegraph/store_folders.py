"""The folders of on-disk stores: made whole or not at all, and known again by what is told in them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.engine_words import plain
from rolegraph.errors import OutputError, SourceError
from rolegraph.scratch import scratch_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Lies in the folder of every on-disk store that rolegraph made; tells what there must be.
MARKER = "rolegraph-store.json"

#: Files of the engine that hold statements, or lead to them; others hold options, locks and messages.
_HOLDING = ("*.sst", "*.log", "MANIFEST-*", "CURRENT", "*.kept")


class Told(NamedTuple):
    """What the marker of a store tells: the statements that there must be, and the files by name and size.

    files is None in stores that were made before these were told. shares_nothing: no statement stands in
    two graphs.
    """

    statements: int
    files: dict[str, int] | None
    shares_nothing: bool


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store that rolegraph made."""
    return (path / MARKER).is_file()


def read_told(folder: Path) -> Told:
    """Read the marker of a store.

    Raises SourceError when there is none, or it tells nothing.
    """
    import json  # noqa: PLC0415 - data that is no store does without

    try:
        told = json.loads((folder / MARKER).read_text("utf-8"))
        return Told(int(told["statements"]), told.get("files"), told.get("shares_nothing") is True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(folder, f"cannot be opened as a store ({plain(str(error))})") from error


def tell(folder: Path, statements: int, *, shares_nothing: bool) -> None:
    """Write the marker of a store that is complete."""
    import json  # noqa: PLC0415 - data that is no store does without

    told = {"statements": statements, "shares_nothing": shares_nothing, "files": sizes(folder)}
    (folder / MARKER).write_text(json.dumps(told), "utf-8")


def sizes(folder: Path) -> dict[str, int]:
    """Give the files that hold statements, with their sizes in bytes."""
    return {file.name: file.stat().st_size for kind in _HOLDING for file in sorted(folder.glob(kind))}


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes `folder` if all goes well, and is gone if not.

    Raises OutputError when the folder is there already, or cannot be written.
    """
    import shutil  # noqa: PLC0415 - reading does without
    import tempfile  # noqa: PLC0415

    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        message = f"{folder} exists and is not empty; choose another place or remove it first."
        raise OutputError(message)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=scratch_prefix(folder.name), dir=folder.parent))
    except (OSError, ValueError) as error:  # ValueError: no folder has such a name
        message = f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise OutputError(message) from error
    try:
        made = scratch / "store"  # has the modes of any new folder; mkdtemp's own is closed to others
        made.mkdir()
        yield made
        made.replace(folder)
    except OutputError:
        raise
    except OSError as error:
        message = f"{folder} cannot be written: {error}"
        raise OutputError(message) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
