"""What a profile's file says, in its own words: fields, their texts and the lines these stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from rolegraph.errors import ProfileError, SourceError
from rolegraph.file_guard import check_kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Bytes that a profile may have. It is a page of text; a file that is larger was named by mistake.
LARGEST = 100_000

#: Problems that are told at once; a file with more of them is no profile.
MOST_PROBLEMS = 100

#: Characters of the file that a message quotes.
_QUOTED = 80

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the file and its line, counted from 1; None where the line cannot be told."""

    text: str
    line: int | None = None


@dataclass(slots=True)
class Draft:
    """What a file says, field by field, and what is wrong with it.

    Fields: role, skills, degrees, certifications, credentials, years; amount, currency, per, statistic and
    area of the pay. `names` says what this kind of file calls each, for messages; pay_line is where the pay
    begins.
    """

    file: str
    names: Mapping[str, str]
    values: dict[str, list[Said]] = field(default_factory=dict)
    problems: list[tuple[int | None, str]] = field(default_factory=list)
    pay_line: int | None = None

    def say(self, name: str, text: str, line: int | None) -> None:
        """Add a value of a field."""
        self.values.setdefault(name, []).append(Said(text, line))

    def one(self, name: str) -> Said | None:
        """Give the value of a field that has one at most."""
        found = self.values.get(name)
        return found[0] if found else None

    def wrong(self, line: int | None, text: str) -> None:
        """Add a problem.

        Raises ProfileError when there are more than anybody would read.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(
                (None, f"there are more problems than these {MOST_PROBLEMS}; mend them first")
            )
            self.settle()
        self.problems.append((line, text))

    def settle(self) -> None:
        """Do nothing when all is well.

        Raises ProfileError with every problem, in the order of the lines; those without a line come last.
        """
        if self.problems:
            ordered = sorted(self.problems, key=lambda problem: (problem[0] is None, problem[0] or 0))
            raise ProfileError(self.file, ordered)


def refuse(file: str | Path, text: str, line: int | None = None, column: int | None = None) -> NoReturn:
    """Refuse a file of which nothing can be read.

    Raises ProfileError.
    """
    raise ProfileError(file, [(line, text)], column=column)


def quoted(text: str) -> str:
    """Quote what the file says; the middle of a long text is left out."""
    return repr(text if len(text) <= _QUOTED else f"{text[: _QUOTED // 2]} ... {text[-_QUOTED // 4 :]}")


def read_text(file: Path) -> str:
    """Read a profile's file as text, its line ends made line feeds.

    Raises ProfileError when it is not there, is too large, or is no UTF-8.
    """
    try:
        check_kind(file)
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except SourceError as error:
        refuse(file, error.reason)
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        refuse(file, getattr(error, "strerror", None) or str(error))
    if len(content) > LARGEST:
        refuse(file, f"is larger than {LARGEST:,} bytes, which no profile needs to be")
    content = content.removeprefix(_BOM)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        refuse(file, "is no UTF-8 text; save it as UTF-8", before.count(b"\n") + 1, column)
    return text.replace("\r\n", "\n").replace("\r", "\n")
