"""How a graph is served: its limits, how many workers answer, and who may ask from where."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError
from rolegraph.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable


def _limits() -> Limits:
    return Limits(seconds=10, memory=1024, rows=10_000, size=64)


@dataclass(frozen=True)
class ServeOptions:
    """How a graph is served.

    limits: those of a query, and of any other question. workers: how many processes stand ready to answer; 0
    means two more than there are processors. waiting: how many questions may wait for one. cors: the origins,
    such as https://example.org, whose pages may read answers; "*" means all. hosts: the names that the server
    answers to; none means any. grace: seconds that answers under way have when the server is to stop.
    log: is told of each request, in a line.

    >>> ServeOptions().limits.seconds
    10

    Raises ParameterError for what cannot be.
    """

    limits: Limits = field(default_factory=_limits)
    workers: int = 0
    waiting: int = 256
    cors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    grace: float = 5.0
    log: Callable[[str], object] | None = None

    def __post_init__(self) -> None:
        if self.workers < 0 or self.waiting < 0 or self.grace < 0:
            raise ParameterError("Workers, waiting questions and the grace cannot be fewer than none.")
        for origin in self.cors:
            if origin != "*" and ("://" not in origin or origin.rstrip("/").count("/") != 2):  # noqa: PLR2004
                raise ParameterError(f"{origin!r} is no origin, such as https://example.org, or *.")

    @property
    def hands(self) -> int:
        """How many workers there are to be."""
        return self.workers or (os.cpu_count() or 1) + 2
