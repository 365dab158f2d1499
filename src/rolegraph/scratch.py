"""What is being written, hidden beside its target; it is gone afterwards, and after a kill by the next run.

Who writes holds a lock on it, which the system lets go of when the process ends, in whatever way. What nobody
holds is left over, and taken away by the next that writes to the same target. On Windows, which has no such
locks, it stays: its name begins with a dot and the target's name, and ends in `.rolegraph-part`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Whether files can be locked here.
_LOCKS = os.name == "posix"

#: The end of the name of all that is being written.
_MARK = ".rolegraph-part"

#: Swap two names in one step (Linux).
_EXCHANGE, _HERE = 2, -100


def begin_file(target: Path) -> tuple[int, Path]:
    """Make a hidden file beside a target: gives its descriptor, to write to, and its name.

    Raises OSError when there can be none.
    """
    import tempfile  # noqa: PLC0415 - loads much that reading does without

    sweep(target)
    while True:
        handle, name = tempfile.mkstemp(prefix=_prefix(target), suffix=_MARK, dir=target.parent)
        if _held(handle, name):
            return handle, Path(name)
        os.close(handle)  # it was taken for a leftover before it was locked


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """Give a hidden folder beside a target, which is gone afterwards.

    Raises OSError when there can be none.
    """
    import shutil  # noqa: PLC0415 - as above
    import tempfile  # noqa: PLC0415

    sweep(target)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_prefix(target), suffix=_MARK, dir=target.parent))
        handle = os.open(folder, os.O_RDONLY) if _LOCKS else -1
        if _held(handle, str(folder)):
            break
        os.close(handle)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle >= 0:
            os.close(handle)


def sweep(target: Path) -> None:
    """Take away what processes that were killed left beside a target."""
    sweep_folder(target.parent, _prefix(target))


def sweep_folder(folder: Path, prefix: str = ".") -> None:
    """Take away what processes that were killed left in a folder, under names that begin so."""
    import shutil  # noqa: PLC0415 - as above

    with suppress(OSError):  # then nothing can be written there either, which is said elsewhere
        left = [
            entry.path
            for entry in os.scandir(folder)
            if entry.name.startswith(prefix) and entry.name.endswith(_MARK)
        ]
        for name in left:
            with _unheld(name) as free:
                if free and Path(name).is_dir():
                    shutil.rmtree(name, ignore_errors=True)
                elif free:
                    Path(name).unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step; False where the system cannot, and nothing is done."""
    import ctypes  # noqa: PLC0415 - only a folder that takes the place of another needs it

    swap = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if swap is None:
        return False
    ended: int = swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return ended == 0


def _prefix(target: Path) -> str:
    return f".{target.name[:50]}-"


def _held(handle: int, name: str) -> bool:
    """Lock what was just made; False if somebody took it away before."""
    if not _LOCKS:
        return True
    import fcntl  # noqa: PLC0415 - there is none on Windows

    with suppress(OSError):  # some disks of other machines have no locks: then nothing there is swept
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        return os.path.samestat(os.stat(name), os.fstat(handle))  # noqa: PTH116 - as quick as can be
    except FileNotFoundError:
        return False


@contextmanager
def _unheld(name: str) -> Iterator[bool]:
    """Tell whether nobody writes this any more; nobody begins to while it is being told."""
    if not _LOCKS:
        yield False
        return
    import fcntl  # noqa: PLC0415 - as above

    try:
        handle = os.open(name, os.O_RDONLY)
    except OSError:
        yield False  # somebody else's, or gone by now
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
