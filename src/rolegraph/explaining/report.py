"""Puts the reasons together: in a process of its own where that can be, so that it always ends in time."""

from __future__ import annotations

import os
import re
import select
import signal
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from rolegraph.explaining.joining import Rows, first_end, match_counts
from rolegraph.explaining.literals import unknown_literals
from rolegraph.explaining.pieces import take_apart
from rolegraph.explaining.terms import unknown_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rolegraph.any_store import Store
    from rolegraph.labels import Entry

#: Lines of a report, and of them those on terms.
MOST_LINES = 12
MOST_TERMS = 4

#: Characters of a query that is looked into; what people write is shorter.
MOST_TEXT = 50_000

#: Bytes of memory that looking for reasons may take beyond what the data takes.
_MOST_MEMORY = 1 << 30


def why_empty(
    store: Store,
    sparql: str,
    entries: Callable[[], Sequence[Entry]] = lambda: (),
    *,
    seconds: float = 2.0,
) -> list[str]:
    r"""Give the reasons why a query has an empty answer, in at most MOST_LINES lines for people.

    entries: gives the named things of the data, which are compared with names that are not there. What is not
    found out within so many seconds is left out, and the last line says so. It never raises an error,
    whatever the query.

    >>> from rolegraph import LocalStore
    >>> store = LocalStore()
    >>> store.load_text('<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "CEO"@en .', "example")
    1
    >>> print(*why_empty(store, 'ASK { ?role skos:prefLabel "CEO" }'), sep="\n")
    No skos:prefLabel is "CEO"; there is "CEO"@en.
           0   ?role skos:prefLabel "CEO"
    """
    if len(sparql) > MOST_TEXT:
        return []
    can_fork = hasattr(os, "fork")
    lines = _lines(store, sparql, entries, joins=can_fork)
    return _apart(lines, seconds) if can_fork else list(_in_time(lines, time.monotonic() + seconds))


def _lines(
    store: Store, sparql: str, entries: Callable[[], Sequence[Entry]], *, joins: bool
) -> Iterator[str]:
    """Give the lines of the report as they are found out, the quickest first.

    Joins can take any time; they are left out where nothing could end them.
    """
    asked = take_apart(sparql)
    if asked is None or any(piece.kind == "service" for piece in asked.every_piece()):
        return
    told = 0
    for sentences in (unknown_terms, unknown_literals):
        for line in sentences(asked, store, entries):
            if told == MOST_TERMS:
                break
            told += 1
            yield line
    rows = Rows(asked, store)
    yield from match_counts(rows, asked.pieces)
    if joins:
        yield from first_end(rows, asked.pieces)


def _in_time(lines: Iterable[str], deadline: float) -> Iterator[str]:
    """Pass lines on until the time is over; what goes wrong ends them."""
    with suppress(Exception):
        for number, line in enumerate(lines):
            yield re.sub(r"[\r\n]+", " ", line)
            if number + 1 == MOST_LINES or time.monotonic() > deadline:
                return


def _apart(lines: Iterator[str], seconds: float) -> list[str]:
    """Find lines out in a forked process, and end it when the time is over.

    The engine cannot be interrupted, and a hostile query can take any time, all memory, or the process down.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads; the child uses none of theirs
        child = os.fork()
    if not child:
        _tell(lines, writing, seconds)
    os.close(writing)
    try:
        told, ended = _heard(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
    lines_told = told.decode("utf-8", "replace").split("\n")[:-1]
    late = f"What else there is to say would have taken more than {seconds:g} seconds."
    return lines_told if ended else [*lines_told[: MOST_LINES - 1], late]


def _tell(lines: Iterator[str], writing: int, seconds: float) -> None:
    """Write the lines to a pipe, and end this process without anything that its parent has yet to do."""
    try:
        _limit(seconds)
        for line in _in_time(lines, time.monotonic() + seconds):
            os.write(writing, f"{line}\n".encode("utf-8", "replace"))
    finally:
        os._exit(0)


def _limit(seconds: float) -> None:
    import faulthandler  # noqa: PLC0415 - it would tell of a crash, which is nobody's business
    import resource  # noqa: PLC0415 - there is none where there is no fork

    devnull = os.open(os.devnull, os.O_RDWR)
    faulthandler.disable()
    for stream in (0, 1, 2):
        os.dup2(devnull, stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Should the parent be killed, nobody else would end this process.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - it is no file of a folder
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + _MOST_MEMORY, taken + _MOST_MEMORY))


def _heard(reading: int, deadline: float) -> tuple[bytes, bool]:
    """Read whole lines from a pipe, and tell whether it closed before the time was over."""
    told, ended = bytearray(), False
    while not ended and (left := deadline - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            part = os.read(reading, 1 << 16)
            told += part
            ended = not part
    return bytes(told[: told.rfind(b"\n") + 1]), ended
