"""The line to a worker, as the event loop of the server has it: questions go out, answers come back."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from rolegraph.children import LENGTH, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.serving.work import Gone, Request
    from rolegraph.serving.zygote import Born


class Worker(asyncio.BufferedProtocol):
    """A worker that is asked one question after the other; what a pool knows of it stands in its fields."""

    def __init__(self, born: Born, lost: Callable[[Worker], None]) -> None:
        self.number, self.tied = born.number, born.tied
        self._lost = lost
        self.line: asyncio.Transport | None = None
        self.began = 0.0  # by the clock of the loop
        self.seconds: float | None = None
        self.gone: Gone | None = None
        self.watch: asyncio.Task[None] | None = None
        self.ended_for = ""  # why it was ended, if it was
        self.aside = self.buried = False
        self._answer: asyncio.Future[Any] | None = None
        self._part = memoryview(bytearray(1 << 16))
        self._read = bytearray()

    def ask(self, request: Request) -> asyncio.Future[Any]:
        """Send a question; its answer comes with the future, EOFError where the worker ends before."""
        self._answer = asyncio.get_running_loop().create_future()
        if self.line is None or self.line.is_closing():
            self._answer.set_exception(EOFError())
        else:
            self.line.write(message(request))
        return self._answer

    def end(self, why: str) -> None:
        """End it at once, and remember why."""
        self.ended_for = self.ended_for or why
        if not self.buried:  # until then the number is its own, whatever has become of it
            with suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)

    def leave(self) -> None:
        """Let go of its line, and of the pipe that it lives by."""
        if self.line is not None:
            self.line.close()
        if self.tied >= 0:
            os.close(self.tied)
            self.tied = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.line = cast("asyncio.Transport", transport)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio gives it
        """Give the room that is read into."""
        return self._part

    def buffer_updated(self, nbytes: int) -> None:
        """Take what was read; the last part makes an answer of all."""
        read = self._read
        read += self._part[:nbytes]
        if len(read) < LENGTH.size or len(read) < LENGTH.size + LENGTH.unpack_from(read)[0]:
            return
        self._read = bytearray()
        if self._answer and not self._answer.done():
            self._answer.set_result(pickle.loads(memoryview(read)[LENGTH.size :]))  # noqa: S301 - our own child

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio gives it
        """Tell that the worker has ended."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(EOFError())
        self._lost(self)
