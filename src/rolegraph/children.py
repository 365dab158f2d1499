"""Processes forked from this one to work for it: asked and answered over pipes, ended when it ends."""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import struct
import time
from contextlib import suppress
from select import select
from typing import TYPE_CHECKING, Any, NoReturn

from rolegraph.confinement import end_with, out_of_memory, silence
from rolegraph.errors import RolegraphError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.limits import Limits

#: What stands before each message: its length in bytes.
LENGTH = struct.Struct("!Q")

#: Bytes that are read at once.
_PART = 1 << 20


def message(value: object) -> bytes:
    """Give a value as it goes over a pipe."""
    written = pickle.dumps(value)
    return LENGTH.pack(len(written)) + written


def send(line: int, written: bytes) -> None:
    """Write a message to a pipe."""
    rest = memoryview(written)
    while rest:
        rest = rest[os.write(line, rest) :]


def received(line: int, seconds: float | None = None) -> Any:
    """Read the value that comes next on a pipe; nothing may follow it before it is answered.

    Raises TimeoutError when it is not there within so many seconds, EOFError when it never will be.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    read = bytearray()
    length = LENGTH.size
    while len(read) < length:
        if deadline is not None and not select([line], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(line, _PART)
        if not part:
            raise EOFError
        begun = len(read) >= LENGTH.size
        read += part
        if not begun and len(read) >= LENGTH.size:
            length = LENGTH.size + LENGTH.unpack_from(read)[0]
    return pickle.loads(memoryview(read)[LENGTH.size :])  # noqa: S301 - from a process of our own


def outcome(task: Callable[[], object], what: str, limits: Limits) -> bytes:
    """Do something, and give the message of what came of it: its result, or an error of rolegraph."""
    try:
        return message(task())
    except RolegraphError as error:
        return message(error)
    except MemoryError:
        return message(out_of_memory(what, limits))


def answer_all(asked: int, answered: int, answer: Callable[[Any], bytes]) -> NoReturn:
    """Answer until nobody asks any more."""
    while True:
        send(answered, answer(received(asked)))


def live_in(work: Callable[[], object], tie: int) -> NoReturn:
    """Do what there is to do in a child, and end it; nothing of the parent's may run there afterwards.

    The child ends at once when nobody has the other end of the pipe `tie` any more.
    """
    try:
        end_with(tie)
        faulthandler.disable()  # a death is told of by who asked
        silence()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # and so is an end
        with suppress(OSError, EOFError):
            work()
    finally:
        os._exit(0)


def end(child: int) -> int:
    """End a child, and give what waitpid says of it: how it ended before, if it had."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        return os.waitpid(child, 0)[1]
    return 0
