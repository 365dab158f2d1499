"""Writes files whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError
from rolegraph.scratch import begin_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO


def write_whole(path: str | Path, content: bytes | str) -> Path:
    """Write a file so that a crash, a full disk or a kill leaves the old one or the new one, never a half.

    Raises OutputError when it cannot be written.
    """
    with writing_whole(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return Path(path)


@contextmanager
def writing_whole(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file to write piece by piece; it takes the place of the old one when all is written.

    Raises OutputError when it cannot be written; an error inside leaves the old one.
    """
    path = Path(path)
    scratch: Path | None = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:  # a device or a pipe, such as /dev/null, must not become a file
                yield file
            return
        target = path.resolve()  # what a symbolic link leads to; the link stays one
        handle, scratch = begin_file(target)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            # It was made so that nobody else may read it; a result has the modes of any new file.
            scratch.chmod(0o666 & ~_umask())
            scratch.replace(target)  # before it is closed, and the lock is gone
    except OSError as error:
        _forget(scratch)
        if isinstance(error, OutputError):
            raise
        message = f"{path} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    except BaseException:
        _forget(scratch)
        raise


def _forget(scratch: Path | None) -> None:
    if scratch is not None:
        scratch.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
