"""Bounds on a process of our own, as far as the system has them, and what the end of one means."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rolegraph.errors import OverLimit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rolegraph.limits import Limits

#: Whether a process can go on as two here. macOS can, but its own libraries do not survive it.
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"


def fork() -> int:
    """Go on as two processes; gives 0 in the new one, and its number in the old one."""
    with warnings.catch_warnings():
        # Python warns where there are threads. The engine's own sleep; ours have been waited for.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def end_with(line: int) -> None:
    """End this process when the other end of a pipe is closed, whatever it is busy with.

    Nothing may be written to that pipe: it would end the process, too.
    """
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - there is none on Windows

        fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(line, fcntl.F_SETFL, fcntl.fcntl(line, fcntl.F_GETFL) | os.O_ASYNC)


@contextmanager
def confined(what: str, limits: Limits, *, files: bool) -> Iterator[None]:
    """Bound the memory of this process, and keep it from opening files and sockets unless `files`.

    Raises OverLimit where Python runs out of memory before the engine does, which ends the process.
    """
    bounds = Confinement()
    bounds.hold(limits, files=files)
    try:
        yield
    except MemoryError:
        raise out_of_memory(what, limits) from None
    finally:
        bounds.lift()


class Confinement:
    """Bounds on this process, for one thing after the other; what it has when they begin is its own."""

    def __init__(self) -> None:
        import resource  # noqa: PLC0415 - there is none on Windows

        self._set = resource.setrlimit
        self._memory, self._files = resource.RLIMIT_AS, resource.RLIMIT_NOFILE
        self._free = {kind: resource.getrlimit(kind) for kind in (self._memory, self._files)}
        self._bounds = dict(self._free)
        self._taken = _memory_taken()

    def hold(self, limits: Limits, *, files: bool) -> None:
        """Bound the memory, and keep files and sockets from being opened unless `files`, from now on."""
        memory = self._free[self._memory]
        if limits.memory is not None and self._taken is not None:
            memory = (_lesser(self._taken + limits.memory * 1_000_000, memory[1]), memory[1])
        opened = self._free[self._files]
        self._put({self._memory: memory, self._files: opened if files else (0, opened[1])})

    def lift(self) -> None:
        """Set the bounds that there were before."""
        self._put(self._free)

    def _put(self, bounds: Mapping[int, tuple[int, int]]) -> None:
        for kind, bound in bounds.items():
            if self._bounds[kind] != bound:
                self._set(kind, bound)
                self._bounds[kind] = bound


@contextmanager
def silenced() -> Iterator[None]:
    """Keep what the engine says when it runs out of memory from standard error, where it helps nobody.

    On a terminal it stays: people see there what tells them of the work.
    """
    if os.isatty(2):
        yield
        return
    sys.stderr.flush()
    spoken = os.dup(2)
    silence()
    try:
        yield
    finally:
        os.dup2(spoken, 2)
        os.close(spoken)


def silence() -> None:
    """Let standard error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def out_of_memory(what: str, limits: Limits) -> OverLimit:
    """Give the error for work that needs more memory than it may take."""
    return OverLimit(f"{what} needs more than {limits.memory:,} MB of memory.", kind="memory")


def out_of_time(what: str, seconds: float) -> OverLimit:
    """Give the error for work that is not over in time."""
    return OverLimit(f"{what} was stopped after {seconds:.3g} s.", kind="time")


def fatal(status: int, what: str, limits: Limits) -> OverLimit:
    """Give the error for a confined process that ended by a signal; `status` is what waitpid gave."""
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by == signal.SIGABRT and limits.memory is not None:
        return out_of_memory(what, limits)
    if ended_by in {signal.SIGSEGV, signal.SIGBUS}:
        return OverLimit(f"{what} nests too deeply for the engine.", kind="depth")
    named = signal.Signals(ended_by).name if ended_by else f"exit code {os.waitstatus_to_exitcode(status)}"
    return OverLimit(f"{what} was ended by the system ({named}), most likely for its memory.", kind="memory")


def _lesser(bound: int, hard: int) -> int:
    return bound if hard < 0 else min(bound, hard)


def _memory_taken() -> int | None:
    """Give the bytes of address space that this process has; None where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - Path would be imported for it
            pages = int(told.read().split()[0])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
