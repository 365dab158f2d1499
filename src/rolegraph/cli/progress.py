"""A bar that shows how far long work has come: on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    #: Is told what is being done, how much of it is done, and how much there is.
    Watch = Callable[[str, int, int], None]

#: Seconds before a bar is shown: what is done sooner needs none.
_PATIENCE = 1.0


@contextmanager
def progress_bar() -> Iterator[Watch | None]:
    """Give what work is to tell of its progress, None where nobody would see it.

    The bar comes when the work takes a while, and is gone when it is done.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only people need rich
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from rolegraph.tables import printable  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=Console(stderr=True, markup=False), transient=True)
    task = progress.add_task("", total=None)
    began = monotonic()

    def watch(what: str, done: int, total: int) -> None:
        progress.update(task, description=printable(what), completed=min(done, total), total=total)
        if monotonic() - began > _PATIENCE:
            progress.start()

    try:
        yield watch
    finally:
        progress.stop()
