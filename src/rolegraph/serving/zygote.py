"""A process that holds the graph and forks workers on demand.

A server has threads, and of a process with threads no fork is safe. So one is forked before there are any:
it opens the graph, makes ready what questions need, and forks a worker whenever it is told to. A worker
shares the memory of the graph, is asked over a socket, and ends with the server, as the process itself does.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
from contextlib import nullcontext, suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from rolegraph.children import answer_all, end, live_in, outcome, received, send
from rolegraph.confinement import Confinement, confined, fatal, fork, out_of_time
from rolegraph.errors import OverLimit, RolegraphError
from rolegraph.limits import Limits
from rolegraph.serving.work import at_hand, attend, is_foreign, store_of, warm

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.role_graph import RoleGraph
    from rolegraph.serving.work import Request

    Opener = Callable[[], RoleGraph]

#: An order to the process: fork (with the ends of a socket and a pipe) or bury, and which worker.
_ORDER = struct.Struct("!cq")
_FORK, _BURY = b"f", b"b"

#: What it answers: the number of the new worker, or how the other one ended.
_ANSWER = struct.Struct("!q")

_READING = "Reading the data"
_REQUEST = "The request"


class Facts(NamedTuple):
    """What the server knows of the graph."""

    statements: int


class Born(NamedTuple):
    """A new worker: its number, the socket to ask it by, and the pipe that it lives by."""

    number: int
    line: socket.socket
    tied: int


class Zygote:
    """The process that holds the graph, as the server sees it. Any thread may give orders."""

    def __init__(self, opener: Opener, limits: Limits, reading: Limits | None = None) -> None:
        """Fork it, and let it open the graph.

        limits: those of a request. reading: those of opening the graph; None where it is trusted.
        """
        self._reading = reading
        self._lock = Lock()
        self._facts: Facts | None = None
        self._line, theirs = socket.socketpair()
        tie, self._tied = os.pipe()
        self._child = fork()
        if not self._child:
            self._line.close()
            os.close(self._tied)
            live_in(lambda: _rear(opener, limits, reading, theirs), tie)
        theirs.close()
        os.close(tie)

    def ready(self) -> Facts:
        """Wait until the graph is open; the answer is kept.

        Raises what the opening raised; OverLimit where it met one of its limits.
        """
        if self._facts:
            return self._facts
        seconds = self._reading.seconds if self._reading else None
        try:
            found = received(self._line.fileno(), seconds)
            if isinstance(found, RolegraphError):
                raise found
            facts: Facts = received(self._line.fileno())  # what is made ready then is ours, and may take long
        except TimeoutError:
            raise out_of_time(_READING, seconds or 0) from None
        except (EOFError, OSError):
            raise self._death() from None
        if isinstance(facts, RolegraphError):
            raise facts
        self._facts = facts
        return facts

    def _death(self) -> OverLimit:
        child, self._child = self._child, 0
        return fatal(end(child), _READING, self._reading or Limits())

    def more(self) -> Born:
        """Get one more worker.

        Raises EOFError when the process is no more.
        """
        line, theirs = socket.socketpair()
        tie, tied = os.pipe()
        try:
            number = self._order(_FORK, 0, (theirs.fileno(), tie))
        except BaseException:
            line.close()
            os.close(tied)
            raise
        finally:
            theirs.close()
            os.close(tie)
        return Born(number, line, tied)

    def bury(self, number: int) -> int:
        """End a worker, if it has not ended, and give what waitpid says of it."""
        return self._order(_BURY, number)

    def _order(self, what: bytes, number: int, ends: tuple[int, ...] = ()) -> int:
        with self._lock:
            try:
                socket.send_fds(self._line, [_ORDER.pack(what, number)], ends)
                answer = self._line.recv(_ANSWER.size, socket.MSG_WAITALL)
            except OSError:
                answer = b""
        if len(answer) < _ANSWER.size:
            raise EOFError
        return int(_ANSWER.unpack(answer)[0])

    def close(self) -> None:
        """End it; its workers end when nobody holds their pipes."""
        child, self._child = self._child, 0
        if child:
            end(child)
            self._line.close()
            os.close(self._tied)


# -- in the process itself


def _rear(opener: Opener, limits: Limits, reading: Limits | None, line: socket.socket) -> None:
    """Open the graph, and fork workers until nobody gives orders any more."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server may get it, and ends when it has answered
    graph = _opened(opener, reading, line.fileno())
    if graph is None:
        return
    told = outcome(partial(_made_ready, graph), _READING, limits)
    send(line.fileno(), told)
    gc.collect()
    gc.freeze()  # what there is by now, workers need not look through, and so not copy
    alive: set[int] = set()
    while True:
        order, ends, _, _ = socket.recv_fds(line, _ORDER.size, 2)
        if len(order) < _ORDER.size:
            return
        what, number = _ORDER.unpack(order)
        if what == _FORK:
            number = status = _fork(graph, limits, line, *ends)
            alive.add(number)
        else:  # of what is no child any more, the number may be somebody else's
            status = end(number) if number in alive else 0
            alive.discard(number)
        line.sendall(_ANSWER.pack(status))


def _opened(opener: Opener, reading: Limits | None, line: int) -> RoleGraph | None:
    """Open the graph within the limits, and tell of it; give None where that failed."""
    opened: list[RoleGraph] = []

    def task() -> int:
        opened.append(at_hand(opener()))
        return len(opened)

    with nullcontext() if reading is None else confined(_READING, reading, files=True):
        told = outcome(task, _READING, reading or Limits())
    send(line, told)
    return opened[0] if opened else None


def _made_ready(graph: RoleGraph) -> Facts:
    warm(graph)
    return Facts(len(store_of(graph)))


def _fork(graph: RoleGraph, limits: Limits, line: socket.socket, asked: int, tie: int) -> int:
    child = fork()
    if not child:
        line.close()
        live_in(partial(_work, graph, limits, asked), tie)
    os.close(asked)
    os.close(tie)
    return child


def _work(graph: RoleGraph, limits: Limits, line: int) -> NoReturn:
    """Answer requests, each within the limits."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - nothing is kept
        score.write("500")  # where memory runs out, the system is to end a worker, and not the server
    bounds = Confinement()

    def answer(request: Request) -> bytes:
        bounds.hold(limits, files=graph.store.opens_files or not is_foreign(request))
        return outcome(partial(attend, graph, limits, request), _REQUEST, limits)

    answer_all(line, line, answer)
