"""Shows that long work goes on, and how far it has come: on standard error, if that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

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
    from rich.progress import (  # noqa: PLC0415 - only people need rich
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    from rolegraph.cli.screen import console  # noqa: PLC0415
    from rolegraph.tables import printable  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=console(stderr=True), transient=True)
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


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say what is being done, and for how long, while work goes on that cannot tell how far it has come."""
    if not sys.stderr.isatty():
        yield
        return
    sign = _Sign(what)
    timer = Timer(_PATIENCE, sign.show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        sign.take_away()


class _Sign:
    """A line that is shown by another thread, once the work turns out to be long."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = Lock()
        self._done = False
        self._shown: Progress | None = None

    def show(self) -> None:
        from rich.progress import (  # noqa: PLC0415 - only people need rich
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        from rolegraph.cli.screen import console  # noqa: PLC0415
        from rolegraph.tables import printable  # noqa: PLC0415

        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        progress = Progress(*columns, console=console(stderr=True), transient=True)
        progress.add_task(printable(self._what), total=None)
        with self._lock:
            if not self._done:
                self._shown = progress
                progress.start()

    def take_away(self) -> None:
        with self._lock:
            self._done = True
            if self._shown:
                self._shown.stop()
