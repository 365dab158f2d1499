"""The words of a SPARQL query that the engine has taken, and which brackets belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)"

_TOKEN = re.compile(
    r"""(?P<gap>(?:\s|\#[^\n]*)+)
    |(?P<string>(?:\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
        (?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:<[^<>\s]*>|[\w.-]*:(?:[.-]*LOCAL)*))?)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:\w(?:[.-]*\w)*)
    |(?P<name>(?:[^\W\d_](?:[.-]*\w)*)?:(?:[.-]*LOCAL)*-*)
    |(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>\w+)
    |(?P<sign>.)""".replace("LOCAL", _LOCAL),
    re.VERBOSE | re.DOTALL,
)

_CLOSERS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query; `apart` tells whether there was room before it."""

    kind: str
    text: str
    apart: bool

    def says(self, *words: str) -> bool:
        """Tell whether it is one of these key words or signs."""
        return self.kind in {"word", "sign"} and self.text.upper() in words


def read_tokens(sparql: str) -> list[Token]:
    """Take a query apart into its words, without the comments; in time linear in its length."""
    found = []
    apart = False
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup == "gap":
            apart = True
            continue
        found.append(Token(str(match.lastgroup), match[0], apart))
        apart = False
    return found


def written(tokens: Iterable[Token]) -> str:
    """Write tokens as they were written, on one line."""
    return "".join(f"{' ' if token.apart else ''}{token.text}" for token in tokens).strip()


def partners(tokens: Sequence[Token]) -> dict[int, int] | None:
    """Give where each bracket closes, and where each that closes was opened; None if they do not fit."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _CLOSERS.values():
            opened.append(place)
        elif token.text in _CLOSERS:
            if not opened or tokens[opened[-1]].text != _CLOSERS[token.text]:
                return None
            found[place] = opened.pop()
            found[found[place]] = place
    return None if opened else found
