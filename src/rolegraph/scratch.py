"""What is not finished yet: its name tells whose it is, so that it can be taken away when that was ended."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def scratch_prefix(name: str) -> str:
    """Give what the name of an unfinished file or folder begins with: hidden, and this process's own.

    >>> scratch_prefix("jobs.store").startswith(".jobs.store-")
    True
    """
    return f".{name[:50]}-{os.getpid()}-"


def sweep(folder: Path, process: int) -> None:
    """Take away what a process that is no more left unfinished in a folder."""
    from shutil import rmtree  # noqa: PLC0415 - hardly ever needed

    for left in folder.glob(f".*-{process}-*"):
        if left.is_dir():
            rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
