"""The command line as two processes: one works, the other watches it and can always end it.

The engine cannot be interrupted, neither by Ctrl-C nor by a clock, and a hostile query or file can end the
process that it runs in. So the process forks before either is touched: the child goes on with the command,
and tells the parent over a pipe when something begins that has limits, and when it is over.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager, suppress
from select import select
from typing import TYPE_CHECKING, NoReturn

from rolegraph.confinement import CAN_FORK, confined, end_with, fatal, fork, out_of_time, silenced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from rolegraph.errors import OverLimit
    from rolegraph.limits import Limits

#: Seconds that the working process has to end by itself after Ctrl-C, and when it is told to end: it takes
#: away what it was writing.
_GRACE, _LONG_GRACE = 0.25, 5.0

#: Exit codes: the data is wrong; a limit was hit; Ctrl-C; told to end.
_WRONG, _LIMIT, _STOPPED, _TOLD = 2, 3, 130, 143

#: Said by a working process that takes Ctrl-C upon itself.
_PROMPT = "prompt"


class Watch:
    """What the working process knows of being watched."""

    def __init__(self, reports: int | None) -> None:
        self._reports = reports

    @contextmanager
    def within(
        self, what: str, limits: Limits, *, files: bool = True, shown: bool = False, writes: str = ""
    ) -> Iterator[None]:
        """Do something within limits, or be ended; `files` tells whether it may open files and sockets.

        shown: whether a sign of the work may stand on the terminal meanwhile, which must not stay there.
        writes: the folder in which unfinished files are, which must not stay there either.

        Where a process cannot fork, the time limit alone holds.
        """
        if self._reports is None:
            with _timer(what, limits):
                yield
            return
        seconds = "" if limits.seconds is None else str(limits.seconds)
        sign, folder = "shown" if shown else "", os.fsencode(writes).hex()
        os.write(self._reports, f"{seconds}|{limits.memory or ''}|{sign}|{folder}|{what}\n".encode())
        try:
            with silenced(), confined(what, limits, files=files):
                yield
        finally:
            os.write(self._reports, b"\n")

    def leave_interrupts(self) -> None:
        """Have Ctrl-C interrupt what this process does and not end it: a prompt goes on."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._reports is not None:
            os.write(self._reports, f"{_PROMPT}\n".encode())


def begin(damage: Callable[[], str] = str) -> Watch:
    """Go on as a process that is watched. The one that watches ends with it, by its exit code.

    damage: tells what data is damaged, if any is: that is looked into where the work ends as at a limit.
    """
    if not CAN_FORK:
        return Watch(None)
    sys.stdout.flush()
    sys.stderr.flush()
    told, reports = os.pipe()
    tie, tied = os.pipe()
    # Whoever is told to end just now is told so when it knows what it is.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    child = fork()
    if child:
        signal.signal(signal.SIGTERM, _end)
        os.close(reports)
        os.close(tie)
        _Watcher(child, told, damage).run(mask)
    os.close(told)
    os.close(tied)
    end_with(tie)
    signal.signal(signal.SIGINT, _interrupt)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return Watch(reports)


def with_remedy(error: OverLimit) -> str:
    """Say what limit was met, and what option moves it."""
    option = {"time": "--timeout", "memory": "--max-memory"}.get(error.kind)
    return f"{error} {option} allows more." if option else str(error)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Stop at the first Ctrl-C. A terminal sends it to both processes, and the other sends it on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


class _ToldError(BaseException):
    """The system asks the process that watches to end."""


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _ToldError


class _Watcher:
    """The process that watches."""

    def __init__(self, child: int, told: int, damage: Callable[[], str]) -> None:
        self.child = child
        self.told = told
        self.damage = damage
        self.work = ""
        self.shown = False
        self.writes = ""
        self.deadline: float | None = None
        self.limits: Limits | None = None

    def run(self, mask: set[int | signal.Signals]) -> NoReturn:
        """Watch until the end; mask: the signals that are blocked from here on."""
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            code = self._watch()
        except KeyboardInterrupt:
            code = self._stopped(signal.SIGINT, _GRACE, _STOPPED)
        except _ToldError:
            code = self._stopped(signal.SIGTERM, _LONG_GRACE, _TOLD)
        os._exit(code)

    def _watch(self) -> int:
        rest = b""
        while True:
            left = None if self.deadline is None else max(0.0, self.deadline - time.monotonic())
            if not select([self.told], [], [], left)[0]:
                return self._too_late()
            part = os.read(self.told, 4096)
            if not part:
                return self._ended()
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                self._hear(line.decode())

    def _hear(self, line: str) -> None:
        from rolegraph.limits import Limits  # noqa: PLC0415 - loaded by now in both processes

        self.deadline = self.limits = None
        self.shown, self.writes = False, ""
        if line == _PROMPT:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if line in {"", _PROMPT}:
            return
        seconds, memory, sign, folder, self.work = line.split("|", 4)
        self.shown, self.writes = bool(sign), os.fsdecode(bytes.fromhex(folder))
        self.limits = Limits(float(seconds) if seconds else None, int(memory) if memory else None)
        if self.limits.seconds is not None:
            self.deadline = time.monotonic() + self.limits.seconds

    def _too_late(self) -> int:
        self._kill()
        seconds = self.limits.seconds if self.limits and self.limits.seconds else 0.0
        return self._over(out_of_time(self.work, seconds))

    def _over(self, error: OverLimit) -> int:
        # The engine may read on without end where a store is damaged.
        damage = self.damage()
        self._say(f"Error: {damage}" if damage else with_remedy(error))
        return _WRONG if damage else _LIMIT

    def _ended(self) -> int:
        status = os.waitpid(self.child, 0)[1]
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        self._sweep()
        if self.limits is None:
            return 128 + os.WTERMSIG(status)
        return self._over(fatal(status, self.work, self.limits))

    def _stopped(self, number: int, grace: float, code: int) -> int:
        signal.signal(number, signal.SIG_IGN)
        with suppress(ProcessLookupError):
            os.kill(self.child, number)
        if self._closed(grace):
            return self._ended()
        self._kill()
        self._say("Stopped.")
        return code

    def _closed(self, grace: float) -> bool:
        """Wait for the end of the reports; what is still said in them no longer matters."""
        until = time.monotonic() + grace
        while select([self.told], [], [], max(0.0, until - time.monotonic()))[0]:
            if not os.read(self.told, 4096):
                self.limits = None
                return True
        return False

    def _say(self, message: str) -> None:
        # The other process may have left a line that tells of its work, and hidden the cursor.
        clean = "\r\x1b[2K\x1b[?25h" if self.shown and os.isatty(2) else ""
        _say(clean + message)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        self._sweep()

    def _sweep(self) -> None:
        """Take away what the other process was about to write when it was ended."""
        if self.writes:
            from pathlib import Path  # noqa: PLC0415 - loaded by now in the other process

            from rolegraph.scratch import sweep_folder  # noqa: PLC0415 - hardly ever needed

            with suppress(OSError):
                sweep_folder(Path(self.writes))


def _say(message: str) -> None:
    with suppress(OSError):
        os.write(2, f"{message}\n".encode())


@contextmanager
def _timer(what: str, limits: Limits) -> Iterator[None]:
    """End the process from another thread when the time is over: the engine lets other threads run."""
    if limits.seconds is None:
        yield
        return
    from threading import Timer  # noqa: PLC0415 - only where a process cannot fork

    def end() -> None:
        _say(with_remedy(out_of_time(what, limits.seconds or 0)))
        os._exit(_LIMIT)

    timer = Timer(limits.seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
