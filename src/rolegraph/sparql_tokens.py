"""The words of a SPARQL query: where they stand, what each is, and which brackets belong together.

It follows the terminals of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), and where the
engine reads on differently it follows the engine: a local name holds one dot inside at most, and key words
need no blank behind them (`SERVICEex:a` is SERVICE ex:a where no prefix is called SERVICEex).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What names are made of, within the brackets of a regular expression; and what the local part of one is.
_CHARS = r"\w\u00B7\u0300-\u036F\u203F\u2040"
_LOCAL = rf"(?:[{_CHARS}:-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"

#: Most characters of a prefix but for its first and last: in a long row of words with dots between them, and
#: no colon behind, each word is read as one to the end.
_PREFIX = 100

# Strings are matched as runs of plain characters with escapes between them: each in one way only, so that
# nothing is tried twice. (Possessive quantifiers would say it shorter, and Python 3.11.2 has them wrong.)
_TOKEN = re.compile(
    r"(?P<blank>[\s\ufeff]+|\#[^\n\r]*)"
    r'|(?P<string>"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    r'|"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"'
    r"|'[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*')"
    r"|(?P<iri><(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)"
    rf"|(?P<variable>[?$][{_CHARS}]+)"
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<name>(?:[^\W\d](?:[{_CHARS}.-]{{0,{_PREFIX}}}[{_CHARS}-])?)?:(?:(?!-){_LOCAL}+(?:\.+{_LOCAL}+)?)?)"
    r"|(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    rf"|(?P<word>[^\W\d][{_CHARS}]*)"
    r"|(?P<sign>\^\^|.)",
    re.DOTALL,
)


_TRUTHS = frozenset({"true", "false"})

#: The bracket that opens what another one closes.
_OPENERS = {")": "(", "]": "[", "}": "{"}


class Token(NamedTuple):
    """A word of a query: its kind, its text, and how many characters stand before it.

    Kinds: string, iri, variable, language, name (prefix:local, _:label), number, word (a key word or the name
    of a function) and sign (^^, or one character). `apart` tells whether blanks or a comment stand before it.
    """

    kind: str
    text: str
    start: int
    apart: bool = False

    @property
    def end(self) -> int:
        """How many characters stand before what follows."""
        return self.start + len(self.text)

    def says(self, *words: str) -> bool:
        """Tell whether it is one of these key words, given as capitals, or signs."""
        return self.kind in {"word", "sign"} and self.text.upper() in words


def tokens(sparql: str) -> Iterator[Token]:
    """Give the words of a query from first to last, without blanks and comments; in linear time.

    Any text can be read; what is no SPARQL comes out as signs.

    >>> [token.text for token in tokens("SELECT ?a { ?a rdfs:label 'customer service' } # service")]
    ['SELECT', '?a', '{', '?a', 'rdfs:label', "'customer service'", '}']
    """
    apart = False
    for found in _TOKEN.finditer(sparql):
        kind = found.lastgroup
        if kind and kind != "blank":
            yield Token(kind, found[0], found.start(), apart)
        apart = kind == "blank"


def whole_tokens(sparql: str) -> list[Token]:
    """Give the words of a query with each literal as one: its string with its language or datatype.

    >>> [token.text for token in whole_tokens("'chef'@en '5'^^xsd:integer ?a")]
    ["'chef'@en", "'5'^^xsd:integer", '?a']
    """
    found: list[Token] = []
    for token in tokens(sparql):
        last = found[-1] if found else None
        if last is not None and last.kind == "string" and _completes(token, last):
            found[-1] = last._replace(text=sparql[last.start : token.end])
        else:
            found.append(token)
    return found


def _completes(token: Token, literal: Token) -> bool:
    """Tell whether a word belongs to the literal before it."""
    if literal.text.endswith("^^"):
        return token.kind in {"iri", "name"}
    bare = literal.text[-1] in "\"'"
    return bare and (token.kind == "language" or token.text == "^^")


def written(tokens: Iterable[Token]) -> str:
    """Write words as they were written, on one line."""
    return "".join(f"{' ' if token.apart else ''}{token.text}" for token in tokens).strip()


def partners(tokens: Sequence[Token]) -> dict[int, int] | None:
    """Give where each bracket closes, and where each that closes was opened; None if they do not fit."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for number, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _OPENERS.values():
            opened.append(number)
        elif token.text in _OPENERS:
            if not opened or tokens[opened[-1]].text != _OPENERS[token.text]:
                return None
            found[number] = opened.pop()
            found[found[number]] = number
    return None if opened else found


def with_small_truths(sparql: str) -> str:
    """Write TRUE and FALSE small, as the engine wants them; SPARQL takes them in any letters.

    No word moves, and the guard of queries reads small letters as it reads capitals.

    >>> with_small_truths("ASK { BIND(TRUE AS ?TRUE) FILTER('TRUE' = 'x' || False) }")
    "ASK { BIND(true AS ?TRUE) FILTER('TRUE' = 'x' || false) }"
    """
    parts, done = [], 0
    for token in tokens(sparql):
        if token.kind == "word" and token.text.lower() in _TRUTHS:
            parts += [sparql[done : token.start], token.text.lower()]
            done = token.end
    return "".join([*parts, sparql[done:]])


def place(sparql: str, start: int) -> tuple[int, int]:
    r"""Give line and column, from 1, of what has `start` characters before it.

    >>> place("SELECT *\n{ SERVICE", 11)
    (2, 3)
    """
    before = sparql[:start]
    return before.count("\n") + 1, start - before.rfind("\n")


def error_at(sparql: str, token: Token, message: str) -> QueryError:
    """Give the error for a word of a query, with its line and column."""
    line, column = place(sparql, token.start)
    return QueryError(f"line {line}, column {column}: {message}", line=line, column=column)
