"""What stands in for workers where a process cannot fork: rows and size are bounded there, time is not."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from rolegraph.serving.refusals import Refused
from rolegraph.serving.work import at_hand, attend, store_of, warm

if TYPE_CHECKING:
    from rolegraph.limits import Limits
    from rolegraph.role_graph import RoleGraph
    from rolegraph.serving.results import Reply
    from rolegraph.serving.work import Gone, Request


class Inline:
    """Answers one question after the other in a thread of this process; see `Pool`."""

    workers = 1
    broken = False

    def __init__(self, graph: RoleGraph, limits: Limits, waiting: int) -> None:
        self.limits = limits
        self._graph = at_hand(graph)
        self._most = waiting
        self._waiting = 0
        self._thread = ThreadPoolExecutor(1)

    @property
    def state(self) -> dict[str, int]:
        """How many questions are being answered, and wait."""
        busy = min(self._waiting, 1)
        return {"ready": 1 - busy, "busy": busy, "aside": 0, "waiting": self._waiting - busy}

    @property
    def statements(self) -> int:
        """How many statements the graph has."""
        return len(store_of(self._graph))

    def wait(self) -> None:
        """Do nothing: the graph is open."""

    async def start(self) -> None:
        """Make ready what questions need."""
        await asyncio.get_running_loop().run_in_executor(self._thread, warm, self._graph)

    async def close(self) -> None:
        """Take no more questions."""
        self.end()

    def end(self) -> None:
        """Take no more questions."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def ask(self, request: Request, gone: Gone | None = None, seconds: float | None = None) -> Reply:  # noqa: ARG002 - as Pool
        """Give the reply to a request; raises Refused."""
        if self._waiting > self._most:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE, "The server has too many questions.", Retry_After="1"
            )
        self._waiting += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(
                self._thread, attend, self._graph, self.limits, request
            )
        finally:
            self._waiting -= 1
        if isinstance(found, Refused):
            raise found
        return found
