"""A process of our own that answers queries over a copy of a store, within limits, and can always be ended.

It comes about by a fork, so that the store is not read again, and it lives until the store changes, a query
meets a limit, or it is closed. An answer comes back as bytes; the engine's objects cannot leave a process.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from select import select
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from rolegraph.answers import Packed, pack, pack_plain, told, unpack, unpack_plain
from rolegraph.children import answer_all, end, live_in, message, outcome, received, send
from rolegraph.confinement import CAN_FORK, Confinement, confined, fatal, fork, out_of_time
from rolegraph.errors import OverLimit, RolegraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from rolegraph.answers import Answer, PlainAnswer
    from rolegraph.any_store import Store
    from rolegraph.limits import Limits
    from rolegraph.stores import Result

    #: What makes an answer bytes.
    Packer = Callable[[Result, Limits, Sequence[str]], Packed]

    #: What the other process is asked: a query, its limits, the hosts it may ask, and how the answer comes.
    Request = tuple[str, Limits, tuple[str, ...], Packer]

_QUERY = "The query"

T = TypeVar("T")


class Worker:
    """Answers queries over a store from another process, one at a time; any thread may ask.

    >>> from rolegraph import Limits, LocalStore
    >>> store = LocalStore()
    >>> store.load_text('<https://example.org/a> <https://example.org/b> "c" .', "example")
    1
    >>> with Worker(store) as worker:
    ...     [row["o"].value for row in worker.ask("SELECT ?o { ?s ?p ?o }", Limits(seconds=5))]
    ['c']

    Where a process cannot fork (Windows, macOS), queries run in this one: rows and size are held to, time and
    memory are not.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._child = 0
        self._owner = os.getpid()
        self._size: int | None = -1  # statements of the store that the child has
        self._asks = self._answers = self._tied = -1  # our ends of the pipes to the child and from it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __del__(self, ends: Callable[[], bool] = sys.is_finalizing) -> None:
        if (
            not ends()
        ):  # where Python ends, there is nothing left to close with, and the other process ends too
            self.close()

    def ask(self, sparql: str, limits: Limits, services: Sequence[str] = (), *, spent: float = 0.0) -> Answer:
        """Give the whole answer of a query. spent: seconds of the limit that are over already.

        Raises QueryError for a query that is wrong or refused; OverLimit, with what there is of the answer
        where it is too long.
        """
        return unpack(self.packed(sparql, limits, services, spent=spent))

    def packed(
        self, sparql: str, limits: Limits, services: Sequence[str] = (), *, spent: float = 0.0
    ) -> Packed:
        """Give the whole answer of a query as bytes; else as `ask`."""
        return self._packed((sparql, limits, tuple(services), pack), unpack, spent)

    def answer(self, sparql: str, limits: Limits, *, spent: float = 0.0) -> PlainAnswer:
        """Give the whole answer of a query as plain values; else as `ask`."""
        return unpack_plain(self._packed((sparql, limits, (), pack_plain), unpack_plain, spent))

    def close(self) -> None:
        """End the process; the next query would start a new one."""
        if self._child and self._owner == os.getpid():  # a fork of the owner has no say in it
            self._closed()

    def _closed(self) -> int:
        """End the process, and give what waitpid says of it."""
        child, self._child = self._child, 0
        for pipe in (self._asks, self._answers, self._tied):
            os.close(pipe)
        return end(child)

    def _packed(self, request: Request, unpacker: Callable[[Packed], object], spent: float) -> Packed:
        with self._lock:
            packed = self._asked(request, spent) if CAN_FORK else _answer(self._store, *request)
        if packed.cut:
            limits = request[1]
            raise OverLimit(told(packed.cut, limits), kind=packed.cut, partial=unpacker(packed))
        return packed

    def _asked(self, request: Request, spent: float) -> Packed:
        limits = request[1]
        if self._owner != os.getpid():
            self._child, self._owner = 0, os.getpid()
        if self._size != self._store.size() or not self._lives():
            self.close()
        if not self._child:
            self._start()
        try:
            send(self._asks, message(request))
            answer = _heard(self._answers, _QUERY, limits, spent)
        except (OSError, EOFError):
            raise fatal(self._closed(), _QUERY, limits) from None
        except BaseException:  # the time is over, or Ctrl-C
            self.close()
            raise
        if isinstance(answer, Packed):
            return answer
        raise answer

    def _lives(self) -> bool:
        return not (self._child and select([self._answers], [], [], 0)[0])  # between queries it says nothing

    def _start(self) -> None:
        asked, self._asks = os.pipe()
        self._answers, answered = os.pipe()
        tie, self._tied = os.pipe()
        self._size = self._store.size()
        if not self._store.remote:
            self._store.query("ASK { }")  # what the store finds out for its first query, the child knows
        child = fork()
        if not child:
            os.close(self._asks)
            os.close(self._answers)
            os.close(self._tied)
            live_in(lambda: _serve(self._store, asked, answered), tie)
        self._child = child
        for pipe in (asked, answered, tie):
            os.close(pipe)


def run_apart(
    task: Callable[[], T], what: str, limits: Limits, *, files: bool = True, spent: float = 0.0
) -> T:
    """Do something once in a process of its own, within limits, and give what came of it.

    spent: seconds of the limit that are over already. The result has to be a plain value. Where a process
    cannot fork, the task runs in this one without limits.

    Raises OverLimit, and what errors of rolegraph the task raises.
    """
    if not CAN_FORK:
        return task()
    answers, answered = os.pipe()
    tie, tied = os.pipe()
    child = fork()
    if not child:
        os.close(tied)
        live_in(lambda: send(answered, _confined(task, what, limits, files=files)), tie)
    os.close(answered)
    os.close(tie)
    result: object = None
    try:
        result = _heard(answers, what, limits, spent)
    except EOFError:
        result = EOFError()
    finally:
        status = end(child)
        os.close(answers)
        os.close(tied)
    if isinstance(result, EOFError):
        raise fatal(status, what, limits)
    if isinstance(result, RolegraphError):
        raise result
    return cast("T", result)


def _heard(line: int, what: str, limits: Limits, spent: float) -> Any:
    """Read what a child says, in time."""
    if limits.seconds is None:
        return received(line)
    try:
        return received(line, max(0.0, limits.seconds - spent))
    except TimeoutError:
        raise out_of_time(what, limits.seconds) from None


def _serve(store: Store, asked: int, answered: int) -> NoReturn:
    """Answer until nobody asks any more."""
    # Below no file opens, and a query may be wrong.
    from rolegraph.query_mistakes import query_error as _  # noqa: F401, PLC0415

    store.freeze()
    bounds = Confinement()

    def answer(request: Request) -> bytes:
        _sparql, limits, services, _packer = request
        # A store on a disk may have to open more of its files; SERVICE needs a socket, and may have one.
        bounds.hold(limits, files=store.opens_files or bool(services))
        return outcome(partial(_answer, store, *request), _QUERY, limits)

    answer_all(asked, answered, answer)


def _confined(task: Callable[[], object], what: str, limits: Limits, *, files: bool) -> bytes:
    with confined(what, limits, files=files):
        return outcome(task, what, limits)


def _answer(store: Store, sparql: str, limits: Limits, services: Sequence[str], packer: Packer) -> Packed:
    return packer(store.query(sparql, services), limits, services)
