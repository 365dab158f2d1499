"""Workers and who waits for them, so that long questions cannot keep short ones from being answered.

So many workers stand ready. A question that has run for a moment is put aside: its worker goes on at low
priority, another one takes its place, and it is ended with its answer. So many may be aside. When one more
comes, and somebody waits, the one that has run longest is ended, and the server says that it is too busy.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rolegraph.confinement import fatal, out_of_time
from rolegraph.errors import RolegraphError
from rolegraph.serving.lines import Worker
from rolegraph.serving.refusals import Refused, refused

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from rolegraph.limits import Limits
    from rolegraph.serving.results import Reply
    from rolegraph.serving.work import Gone, Request
    from rolegraph.serving.zygote import Zygote

#: Seconds that a question may keep one of the workers that stand ready.
PATIENCE = 0.25

#: What is added to the nice value of a worker that is put aside.
_NICER = 15

#: Seconds between two looks at who takes long.
_TICK = 0.05

_QUERY = "The query"
_BUSY = "The server has more questions than it can answer at once; ask again later."
_CROWDED = "The query was stopped: it took long, and so did too many others at once; ask again later."
_BROKEN = "The process that holds the graph has ended; the server has to be started again."


def _busy() -> Refused:
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, _BUSY, Retry_After="1")


class Pool:
    """Asks workers, within limits, and sees to it that there are enough of them."""

    def __init__(self, zygote: Zygote, limits: Limits, workers: int, waiting: int) -> None:
        self.limits, self.workers = limits, workers
        self.broken = False
        self._zygote = zygote
        self._most_aside = max(1, workers // 2)
        self._most_waiting = waiting
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._aside: dict[Worker, None] = {}  # the one that has run longest first
        self._waiting: deque[tuple[float, asyncio.Future[Worker]]] = deque()  # since when
        self._watch: asyncio.TimerHandle | None = None
        self._chores: set[asyncio.Task[Any]] = set()

    @property
    def state(self) -> dict[str, int]:
        """How many workers stand ready, are busy, or are aside, and how many questions wait."""
        return {
            "ready": len(self._idle),
            "busy": len(self._busy),
            "aside": len(self._aside),
            "waiting": len(self._waiting),
        }

    @property
    def statements(self) -> int:
        """How many statements the graph has."""
        return self._zygote.ready().statements

    def wait(self) -> None:
        """Wait until the graph is open; raises what its opening raises."""
        self._zygote.ready()

    async def start(self) -> None:
        """Get the workers."""
        await asyncio.to_thread(self.wait)
        await asyncio.gather(*(self._grow() for _ in range(self.workers)))

    async def close(self) -> None:
        """End all."""
        self.broken = True
        living = (*self._idle, *self._busy, *self._aside)
        self._idle.clear()
        for worker in living:
            worker.end("closed")
        self.end()
        for worker in living:
            worker.leave()
        if self._watch is not None:
            self._watch.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)

    def end(self) -> None:
        """End the process that holds the graph, and so all that it forked."""
        self._zygote.close()

    async def ask(self, request: Request, gone: Gone | None = None, seconds: float | None = None) -> Reply:
        """Give the reply to a request.

        gone: awaited once the question takes long, which is given up when that ends. seconds: the time limit,
        where it is not that of the others.

        Raises Refused.
        """
        worker = await self._taken()
        worker.began = asyncio.get_running_loop().time()
        worker.seconds, worker.gone = seconds or self.limits.seconds, gone
        self._busy.add(worker)
        self._keep_watch()
        try:
            answer = await worker.ask(request)
        except EOFError:
            answer = await self._post_mortem(worker)
        except BaseException:  # whoever asked has been cancelled
            worker.end("gone")
            raise
        finally:
            self._done(worker)
        if isinstance(answer, Refused):
            raise answer
        if isinstance(answer, RolegraphError):
            raise refused(answer)
        reply: Reply = answer
        return reply

    async def _taken(self) -> Worker:
        """Wait for a worker; who came first gets one first."""
        if self._idle:
            return self._idle.pop()
        if self.broken:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, _BROKEN)
        if len(self._waiting) >= self._most_waiting:
            raise _busy()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Worker] = loop.create_future()
        self._waiting.append((loop.time(), turn))
        self._keep_watch()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._ready(turn.result())
            raise

    def _ready(self, worker: Worker) -> None:
        while self._waiting:
            _, turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    # -- who has had enough

    def _keep_watch(self) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(_TICK, self._look)

    def _look(self) -> None:
        """Put aside what takes long, end what takes too long, and send away who has waited too long."""
        now = asyncio.get_running_loop().time()
        for worker in [worker for worker in self._busy if now - worker.began > PATIENCE]:
            self._put_aside(worker)
        for worker in (*self._busy, *self._aside):
            if worker.seconds is not None and now - worker.began > worker.seconds:
                worker.end("time")
        patience = self.limits.seconds
        while patience is not None and self._waiting and now - self._waiting[0][0] > patience:
            _, turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(_busy())
        self._watch = None
        if self._busy or self._aside or self._waiting:
            self._keep_watch()

    def _put_aside(self, worker: Worker) -> None:
        """Let a question that takes long go on without keeping others from being answered."""
        if worker.gone is not None and worker.watch is None:
            worker.watch = asyncio.create_task(self._end_when_gone(worker, worker.gone))
        if len(self._aside) >= self._most_aside:
            if not self._waiting:
                return  # nobody needs its place yet
            longest = next(iter(self._aside))
            del self._aside[longest]
            longest.end("crowded")
        self._busy.discard(worker)
        self._aside[worker] = None
        worker.aside = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, worker.number, _NICER)
        self._do(self._grow())

    async def _end_when_gone(self, worker: Worker, gone: Gone) -> None:
        await gone()
        worker.end("gone")

    def _done(self, worker: Worker) -> None:
        """Let a worker stand ready again, or replace it."""
        self._busy.discard(worker)
        self._aside.pop(worker, None)
        if worker.watch is not None:
            worker.watch.cancel()
            worker.watch = None
        alive = worker.line is not None and not worker.line.is_closing()
        if alive and not worker.aside and not worker.ended_for:
            self._ready(worker)
            return
        self._do(self._bury(worker))
        if not worker.aside:
            self._do(self._grow())

    async def _post_mortem(self, worker: Worker) -> RolegraphError | Refused:
        """Tell why a worker has ended without an answer."""
        why, worker.ended_for = worker.ended_for, worker.ended_for or "died"
        if why == "time":
            return out_of_time(_QUERY, worker.seconds or 0)
        if why == "crowded":
            return Refused(HTTPStatus.SERVICE_UNAVAILABLE, _CROWDED, Retry_After="10")
        if why:
            return Refused(HTTPStatus.SERVICE_UNAVAILABLE, "The server is stopping.")
        try:
            return fatal(await self._buried(worker), _QUERY, self.limits)
        except EOFError:
            return Refused(HTTPStatus.SERVICE_UNAVAILABLE, _BROKEN)

    def _do(self, chore: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for."""
        if self.broken:
            chore.close()
            return
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _grow(self) -> None:
        try:
            born = await asyncio.to_thread(self._zygote.more)
        except EOFError:
            self._break()
            return
        worker = Worker(born, self._replace)
        born.line.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=born.line)
        self._ready(worker)

    def _break(self) -> None:
        self.broken = True
        while self._waiting:
            _, turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(Refused(HTTPStatus.SERVICE_UNAVAILABLE, _BROKEN))

    def _replace(self, worker: Worker) -> None:
        """Get another worker for one that ended while it stood ready."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._done(worker)

    async def _bury(self, worker: Worker) -> None:
        worker.end("done")
        worker.leave()
        with suppress(EOFError):
            await self._buried(worker)

    async def _buried(self, worker: Worker) -> int:
        if worker.buried:
            return 0
        worker.buried = True
        return await asyncio.to_thread(self._zygote.bury, worker.number)
