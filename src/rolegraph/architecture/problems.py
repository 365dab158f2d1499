"""What is wrong in tables, gathered until all of it can be told at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from rolegraph.errors import SourceError, TableError

#: Problems that are told, those that come first in the files; and so many are kept to find these.
MOST, _KEPT = 200, 20_000

#: Characters of a cell that a message quotes.
_QUOTED = 80


@dataclass
class Problems:
    """The problems found so far: file, line, column and words of each."""

    found: list[tuple[str, int | None, str, str]] = field(default_factory=list)
    count: int = 0

    def add(self, place: str, line: int | None, column: str, words: str) -> None:
        """Take in a problem. The column is its name in the file, "" where it is of no one column."""
        self.count += 1
        if len(self.found) < _KEPT:
            self.found.append((place, line, column, words))

    def take(self, error: SourceError) -> None:
        """Take in an error that ended the reading of one file."""
        self.add(error.file, error.line, "", error.reason)

    def raise_any(self) -> None:
        """Raise TableError when there is a problem."""
        if self.count:
            told = sorted(self.found, key=lambda found: (found[0], found[1] or 0))[:MOST]
            raise TableError(told, self.count - len(told))


def quoted(text: str) -> str:
    """Quote what a cell says; the middle of a long text is left out.

    >>> quoted("94k")
    '"94k"'
    """
    if len(text) > _QUOTED:
        text = f"{text[: _QUOTED // 2]} ... {text[-_QUOTED // 4 :]}"
    text = text.replace("\r", "\\r").replace("\n", "\\n")
    return f'"{text}"'
