"""What a case of bad input is, and how most of them are written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    #: What a file holds, or what makes it: a folder, a link, a pipe.
    Content = bytes | Callable[[Path], object]

#: The small world of the tests, as data beside bad input, or for bad names.
WORLD = str(Path(__file__).parent.parent / "world.ttl")


@dataclass(frozen=True)
class Case:
    """A call with something bad in it, and what has to come of it.

    files: what lies in the folder that it runs in, by name. says: words of the message. reads: what standard
    input holds, None where it is closed. env: of the environment, None takes a variable away.
    """

    name: str
    arguments: tuple[str | bytes, ...]
    says: str
    code: int = 2
    files: Mapping[str, Content] = field(default_factory=dict)
    reads: bytes | None = b""
    env: Mapping[str, str | None] = field(default_factory=dict)


def data(kind: str, table: Mapping[str, tuple[Content, str]]) -> Iterator[Case]:
    """Give a case for each bad data file: name of the file -> what it holds, and what is said behind its name."""
    for name, (content, says) in table.items():
        yield Case(f"{kind}: {name}", ("info", "--data", name), f"Error: {name}{says}", files={name: content})


def calls(kind: str, table: Mapping[tuple[str, ...], str], *, code: int = 2) -> Iterator[Case]:
    """Give a case for each bad call: arguments -> what is said."""
    for arguments, says in table.items():
        shown = " ".join(arguments)
        yield Case(f"{kind}: {shown!r:.90}", arguments, says, code)
