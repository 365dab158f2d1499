"""The terminal: whether letters are styled there, and a pager for what is longer than the screen."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

#: What `less` is asked to do where LESS is not set, as git asks it: end at once where all fits, show styles,
#: and leave the text on the screen.
_LESS = "FRX"

#: The exit code of a shell that does not find a command, and of one that may not run it.
_NO_PAGER = (126, 127)


def console(*, stderr: bool = False) -> Console:
    """Give what styles letters: on a terminal or where FORCE_COLOR is set, and never where NO_COLOR is."""
    from rich.console import Console  # noqa: PLC0415 - only people need rich

    plain = bool(os.environ.get("NO_COLOR"))
    return Console(stderr=stderr, markup=False, highlight=False, color_system=None if plain else "auto")


def say(text: str, *, styled: bool = False) -> None:
    """Print text and a line feed; on a terminal what is longer than the screen goes through a pager.

    styled: the text holds the styles that `console` gave it, which are to stay.
    """
    pager = _pager(text)
    if not (pager and _paged(f"{text}\n", pager)):
        click.echo(text, color=True if styled else None)


def _pager(text: str) -> str:
    """Give the command that this text is to go through; nothing where it is printed as it is."""
    if not sys.stdout.isatty() or os.environ.get("TERM") in {None, "", "dumb"}:
        return ""
    import shutil  # noqa: PLC0415 - only a terminal has a size

    columns, lines = shutil.get_terminal_size()
    if _height(text, columns) < lines:
        return ""
    chosen = os.environ.get("PAGER", "less" if shutil.which("less") else "").strip()
    return "" if chosen == "cat" else chosen


def _height(text: str, columns: int) -> int:
    """Give the lines that a text takes on a screen, where long lines are broken."""
    return sum(1 + max(len(click.unstyle(line)) - 1, 0) // max(columns, 1) for line in text.split("\n"))


def _paged(text: str, pager: str) -> bool:
    """Show text in a pager and wait until it is left; False where the pager could not be started."""
    import subprocess  # noqa: PLC0415 - few answers are paged

    sys.stdout.flush()
    sys.stderr.flush()
    environment = {"LESS": _LESS, **os.environ}
    # PAGER is a command line, as for git and man: the user's own, run as the user's shell would run it.
    with subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=environment) as child:  # noqa: S602
        with _interrupts_left_to_pager(), suppress(BrokenPipeError):  # who has seen enough leaves early
            child.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
        child.wait()
    return child.returncode not in _NO_PAGER


@contextmanager
def _interrupts_left_to_pager() -> Iterator[None]:
    """Leave Ctrl-C to the pager, in which it ends a search or a long jump, and not the pager."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
