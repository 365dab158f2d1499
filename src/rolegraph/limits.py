"""How long, how large and how much a foreign query or file may become before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rolegraph.errors import ParameterError

#: What a system still takes for a time and a size: thirty years, a thousand terabytes.
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one query, or of the reading of files; None means none.

    seconds: from the question to the whole answer. memory: MB beyond what the data takes. rows: rows or
    triples of an answer. size: MB of an answer, written out.

    >>> Limits(seconds=5).memory
    1024

    Raises ParameterError for a limit that is not above zero, or no whole number where that is no time.
    """

    seconds: float | None = 30.0
    memory: int | None = 1024
    rows: int | None = None
    size: int | None = 64

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and not 0 < value <= _MOST:
                message = f"The limit {field.name} must be a number above zero, and at most {_MOST:,}."
                raise ParameterError(message)
            if value is not None and field.name != "seconds" and value != int(value):  # it would never be met
                raise ParameterError(f"The limit {field.name} must be a whole number.")

    def __reduce__(self) -> tuple[type[Limits], tuple[float | int | None, ...]]:
        """Go to another process quickly: they go with every query."""
        return Limits, (self.seconds, self.memory, self.rows, self.size)
