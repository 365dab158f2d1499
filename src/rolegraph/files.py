"""Writes files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from rolegraph.errors import OutputError


def write_whole(path: str | Path, content: bytes | str) -> Path:
    """Write a file so that a crash, a full disk or a kill leaves the old one or the new one, never a half.

    Raises OutputError when it cannot be written.
    """
    import tempfile  # noqa: PLC0415 - loads much that reading does without

    path = Path(path)
    data = content.encode() if isinstance(content, str) else content
    scratch = ""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # a device or a pipe, such as /dev/null, must not become a file
            return path
        target = path.resolve()  # what a symbolic link leads to; the link stays one
        handle, scratch = tempfile.mkstemp(prefix=f".{target.name[:50]}-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that nobody else may read; a result has the modes of any new file.
        os.chmod(scratch, 0o666 & ~_umask())  # noqa: PTH101 - pathlib would only wrap it
        Path(scratch).replace(target)
    except OSError as error:
        if scratch:
            Path(scratch).unlink(missing_ok=True)
        message = f"{path} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
