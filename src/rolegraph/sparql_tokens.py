"""The words of a SPARQL query, and where they stand: what is code, and what is a string, an IRI, a comment.

It follows the terminals of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), and where the
engine reads on differently it follows the engine: a local name holds one dot inside at most, and key words
need no blank behind them (`SERVICEex:a` is SERVICE ex:a where no prefix is called SERVICEex).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What names are made of, within the brackets of a regular expression; and what the local part of one is.
_CHARS = r"\w\u00B7\u0300-\u036F\u203F\u2040"
_LOCAL = rf"(?:[{_CHARS}:-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"

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
    rf"|(?P<name>(?:[^\W\d](?:[{_CHARS}.-]*[{_CHARS}-])?)?:(?:(?!-){_LOCAL}+(?:\.+{_LOCAL}+)?)?)"
    r"|(?P<number>[+-]?\d+(?:\.\d+)?)"
    rf"|(?P<word>[^\W\d][{_CHARS}]*)"
    r"|(?P<sign>\^\^|.)",
    re.DOTALL,
)


_TRUTHS = frozenset({"true", "false"})


class Token(NamedTuple):
    """A word of a query: its kind, its text, and how many characters stand before it.

    Kinds: string, iri, variable, language, name (prefix:local, _:label), number, word (a key word or the name
    of a function) and sign (^^, or one character).
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """How many characters stand before what follows."""
        return self.start + len(self.text)


def tokens(sparql: str) -> Iterator[Token]:
    """Give the words of a query from first to last, without blanks and comments.

    Any text can be read; what is no SPARQL comes out as signs.

    >>> [token.text for token in tokens("SELECT ?a { ?a rdfs:label 'customer service' } # service")]
    ['SELECT', '?a', '{', '?a', 'rdfs:label', "'customer service'", '}']
    """
    for found in _TOKEN.finditer(sparql):
        if found.lastgroup and found.lastgroup != "blank":
            yield Token(found.lastgroup, found[0], found.start())


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
