"""A process in which rolegraph is loaded; each call of it is a fork of that process, and as real as any.

Starting Python and loading what commands need takes a quarter of a second, a fork some milliseconds. A signal
that ends a call is seen here as the system tells of it.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from worlds import SOURCES, WORLD

_LENGTH = struct.Struct("!Q")

#: Makes a process the parent of those whose own parent has ended (Linux).
_SUBREAPER = 36

#: Seconds after which a call is ended; nothing bounded takes as long.
_TOO_LONG = 90

#: Calls that load what most calls need; what they lack is loaded after the fork.
_WARMING = (
    ("path", "a", "b", "--data", str(WORLD)),
    ("query", "SELECT * {"),
    ("shell", "--data", "nowhere"),
    ("diff", str(WORLD), str(WORLD)),
    ("lint", "--data", str(WORLD)),
    ("profile", "nowhere.yaml"),
    ("map", "--data", "nowhere"),
    ("derive", "moves", "--data", "nowhere"),
    ("view", "-o", "nowhere/map.html", "--data", "nowhere"),
    ("export", "nowhere/a.nq", "--data", str(WORLD)),
    *(("import", kind, "nowhere", "-o", "a.ttl") for kind in ("table", "onet", "esco", "schemaorg")),
)


@dataclass(frozen=True)
class Call:
    """A call of the command line: arguments, where it runs, what it reads, and what happens to it.

    stdin: None closes it. env: None takes a variable away. closed: which of standard output and standard
    error are closed. out: what standard output is instead of a file, such as /dev/full; "broken" is a pipe
    that nobody reads. most: the bytes that a file may have. dies_at: before which step of its writing it is
    killed, counted from 1. told: a signal, and after how many seconds it is sent.
    """

    arguments: tuple[str | bytes, ...]
    folder: str
    stdin: bytes | None = b""
    env: dict[str, str | None] = field(default_factory=dict)
    closed: tuple[int, ...] = ()
    out: str = ""
    most: int | None = None
    dies_at: int = 0
    told: tuple[int, float] | None = None


@dataclass(frozen=True)
class Ended:
    """What became of a call: the exit code, -15 and the like for a signal, and what was written."""

    code: int
    raw: bytes
    complaint: bytes

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw.decode("utf-8", "backslashreplace")

    @property
    def err(self) -> str:
        """Standard error as text; what is no UTF-8 shows as an escape, which no test expects."""
        return self.complaint.decode("utf-8", "backslashreplace")


class Warm:
    """The process that forks; use it in a `with` statement."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from warm import serve; serve()"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), str(SOURCES)))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def __call__(self, *arguments: str | bytes, folder: str | Path, **more: object) -> Ended:
        """Call the command line; see `Call`."""
        _put(self._process.stdin, Call(arguments, str(folder), **more))
        return _got(self._process.stdout)


def serve() -> None:
    """Answer calls until nobody asks any more."""
    import ctypes
    import gc

    import rolegraph.watching  # noqa: F401 - a call that is watched has to find it loaded
    from rolegraph.cli import run

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        for arguments in _WARMING:
            run(list(arguments))
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    gc.freeze()  # what is there is shared with the forks, and stays so
    while (call := _got(sys.stdin.buffer)) is not None:
        _put(sys.stdout.buffer, _run(call))


def _run(call: Call) -> Ended:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(call.stdin or b"")
        given.seek(0)
        child = os.fork()
        if not child:
            _become(call, (given.fileno(), out.fileno(), err.fileno()))
        status = _waited(child, call.told)
        out.seek(0)
        err.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), out.read(), err.read())


def _waited(child: int, told: tuple[int, float] | None) -> int:
    """Wait for a call and all that it started; what does not end is ended."""

    def end(*_: object) -> None:
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(_TOO_LONG)
    if told:
        number, seconds = told
        time.sleep(seconds)
        os.kill(child, number)  # as a shell does: the first process alone
    status = os.waitpid(child, 0)[1]
    with suppress(ChildProcessError):
        while True:  # those that outlive it are ours then, see `serve`
            os.waitpid(-child, 0)
    signal.alarm(0)
    return status


def _become(call: Call, streams: tuple[int, int, int]) -> None:
    """Go on as the call; nothing of the process that forked may run afterwards."""
    try:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        for number in (*call.closed, *((0,) if call.stdin is None else ())):
            os.close(number)
        os.closerange(3, 256)
        if call.out:
            os.dup2(_broken() if call.out == "broken" else os.open(call.out, os.O_WRONLY), 1)
        _streams_anew()
        os.chdir(call.folder)
        for name, value in call.env.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
        sys.argv = ["rolegraph", *map(os.fsdecode, call.arguments)]
        if call.most is not None:
            import resource

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as Python itself does
            resource.setrlimit(resource.RLIMIT_FSIZE, (call.most, call.most))
        if call.dies_at:
            sys.addaudithook(_Death(call.dies_at))
        from rolegraph.start import main

        main()
    except BaseException:  # noqa: BLE001 - whatever it is, the test has to see it
        import traceback

        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(70)


def _broken() -> int:
    """Give a pipe that nobody reads."""
    reads, writes = os.pipe()
    os.close(reads)
    return writes


class _Death:
    """Kills its process before a step of its writing: when a file is made, gets its modes, or its name."""

    steps = frozenset({"os.rename", "os.mkdir", "os.chmod", "os.remove", "os.rmdir", "fcntl.flock"})

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if (writes and arguments[0] != os.devnull) or event in self.steps:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def _streams_anew() -> None:
    """Give Python the streams that a new process would find: none where one is closed."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            setattr(sys, name, None)
        else:
            errors = "backslashreplace" if name == "stderr" else "strict"
            stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def _put(stream: object, value: object) -> None:
    written = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(written)) + written)
    stream.flush()


def _got(stream: object) -> object:
    """Read what the other side says, None when it has ended."""
    head = stream.read(_LENGTH.size)
    return pickle.loads(stream.read(*_LENGTH.unpack(head))) if head else None  # noqa: S301 - from our own
