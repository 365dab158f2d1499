"""Text for people with numbered sources, so that a line says its fact and a footnote says who says so."""

from __future__ import annotations

import shutil
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.model import Evidence, Pay


class Footnotes:
    """Numbers sources in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def cite(self, evidence: Iterable[Evidence]) -> str:
        """Give the marks of these sources, such as "[1][3]"."""
        return self.number(map(_words, evidence))

    def number(self, sources: Iterable[str]) -> str:
        """Give the marks of sources that are in words already."""
        marks = (self._numbers.setdefault(words, len(self._numbers) + 1) for words in sources)
        return "".join(f"[{number}]" for number in dict.fromkeys(marks))

    def lines(self) -> list[str]:
        """Give the list of sources."""
        if not self._numbers:
            return []
        return [
            "",
            "Sources",
            *(line for words, n in self._numbers.items() for line in wrapped(words, f"  [{n}] ")),
        ]


def _words(item: Evidence) -> str:
    return str(item) + (f", {item.url}" if item.url.startswith(("http://", "https://")) else "")


def pay_words(pay: Iterable[Pay], notes: Footnotes) -> list[str]:
    """Give each figure with its basis and source; one line that says so when there is none."""
    words = [
        f"{item} {notes.cite((item.evidence,))}"
        + (f"; doubt: {item.evidence.doubt}" if item.evidence.doubt and not item.evidence.via else "")
        for item in pay
    ]
    return words or ["pay: no source gives a figure"]


def wrapped(text: str, first: str = "", *, indent: int | None = None) -> list[str]:
    """Wrap a text to the terminal (at most 100 columns), behind `first` on its first line."""
    later = " " * (len(first) if indent is None else indent)
    return textwrap.wrap(text, _width(), initial_indent=first, subsequent_indent=later) or [first]


def beside(one: str, other: str, first: str = "") -> list[str]:
    """Wrap two texts to half the terminal each, side by side, behind `first` on every line."""
    half = (_width() - len(first) - 3) // 2
    columns = [
        textwrap.wrap(text, half, subsequent_indent=" " * (len(text) - len(text.lstrip())))
        for text in (one, other)
    ]
    pairs = zip_longest(*columns, fillvalue="")
    return [f"{first}{left:<{half}} | {right}".rstrip() for left, right in pairs]


def _width() -> int:
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))
