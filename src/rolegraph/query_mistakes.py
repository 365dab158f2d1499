"""Where in a query the mistake is, and what could stand there.

The engine tells how far it read at most. It tries each key word that could come next by as many characters
as that has, so it tells of a place some characters behind the mistake. Here the first word is looked for with
which the query cannot go on: what ends before it can, by the engine's own account, and what ends with it
cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.engine_words import plain
from rolegraph.errors import QueryError
from rolegraph.names import QUERY_PREFIXES
from rolegraph.sparql_tokens import Token, place, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    #: Gives what the engine says against a query, nothing where it says nothing.
    Objection = Callable[[str], str]

#: What a SPARQL update begins with, behind any prologue.
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

#: No query holds this sign, and no key word is as long as the blanks before it.
_END = " " * 40 + "\0"

#: Columns of a line that a message shows, and characters of a word.
_SHOWN, _QUOTED = 160, 60

#: The signs that a variable, an IRI, and a value begin with: said as such where they could stand.
_BEGIN = {"a variable": {"?", "$"}, "an IRI": {"<", ":"}, "a value": {"'", '"', "false", "true"}}
_OTHERS = {"'''", '"""', "+", "-", ".", "_:", "[", "("}

#: What RDF 1.2 has more, which nobody means who made a mistake.
_NEWER = {"<<", "<<(", "~", "{|"}

#: What stands before a value, and so before a function.
_BEFORE_VALUES = frozenset("(,=<>+-*/!&|")

#: What a query is.
_QUERIES = "SELECT, ASK, CONSTRUCT or DESCRIBE"


class _Told(NamedTuple):
    """What the engine says: where it stopped, and what it would have taken there."""

    line: int
    column: int
    expected: str


def query_error(sparql: str, message: str, objection: Objection) -> QueryError:
    """Give the error for a query that the parser refused, with the line and a mark below the place.

    message: what the engine said of it. objection: asks the engine of beginnings of the query; none is run.
    """
    told = _told(message)
    if told is None:
        return QueryError(plain(message))
    words = [*tokens(sparql)]
    if update := _update(words):
        return _error(sparql, update.start, f"updates are refused; a query is {_QUERIES}")
    known = _declared(words).union(QUERY_PREFIXES)
    faults = (_own_fault(sparql, words, number, known) for number in range(len(words)))
    broken, fault = next(((n, found) for n, found in enumerate(faults) if found), (len(words), None))
    # A word is the mistake when the query cannot go on after it; and then it cannot after those behind it.
    number = bisect_left(
        words, x=True, hi=broken, key=lambda word: not _goes_on(sparql[: word.end], objection)
    )
    if number == len(words):
        reason = _sentence(told) or f"the query ends here, and is not complete{_wanted(told)}"
        return _error(sparql, len(sparql.rstrip()), reason)
    if number == broken and fault:
        return _error(sparql, *fault)
    return _error(sparql, words[number].start, _reason(sparql, told, words, number, objection))


def function_error(sparql: str, message: str) -> QueryError:
    """Give the error for a query that could be read and not run; for an unknown function, with its place."""
    if stray := re.search("[\ud800-\udfff]", sparql):  # how Python keeps a byte that is no UTF-8
        return _error(sparql, stray.start(), "is not UTF-8 text")
    if named := re.search(r"custom function <([^>]*)>", message):
        words = [*tokens(sparql)]
        for word, following in pairwise(words):
            own = word.text.strip("<>").rpartition(":")[2]
            if word.kind in {"iri", "name"} and following.text == "(" and named[1].endswith(own):
                return _error(sparql, word.start, f"there is no function {plain(word.text)}")
    return QueryError(plain(message))


def _error(sparql: str, start: int, reason: str) -> QueryError:
    line, column = place(sparql, start)
    # Blanks of all kinds as plain ones: the mark below stands where it should.
    whole = re.sub(r"[^\S\n]", " ", sparql.split("\n")[line - 1].rstrip("\r"))
    left = max(0, column - _SHOWN // 2) if len(whole) > _SHOWN else 0
    pointed = f"{plain(whole[left : left + _SHOWN])}\n{' ' * (column - 1 - left)}^"
    return QueryError(f"line {line}, column {column}: {reason}\n{pointed}", line=line, column=column)


def _told(message: str) -> _Told | None:
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    return _Told(int(found[1]), int(found[2]), found[3]) if found else None


def _goes_on(begun: str, objection: Objection) -> bool:
    """Tell whether a query can begin so: the engine then reads to the very end of it."""
    told = _told(objection(begun + _END))
    return told is not None and (told.line, told.column) >= place(begun, len(begun) + len(_END) - 1)


def _update(words: Sequence[Token]) -> Token | None:
    """Give the word that an update begins with; None where this is none."""
    rest = iter(words)
    for word in rest:
        if not word.says("PREFIX", "BASE"):
            return word if word.says(*_UPDATES) else None
        if word.says("PREFIX"):
            next(rest, None)  # the prefix
        next(rest, None)  # and its IRI
    return None


def _own_fault(
    sparql: str, words: Sequence[Token], number: int, known: Container[str]
) -> tuple[int, str] | None:
    """Give the place and the words of what is wrong with a word by itself; None where nothing is.

    known: the prefixes that need no declaration, and those that have one.
    """
    word = words[number]
    behind = words[number - 1].end if number else 0
    if odd := re.match(r"[ \t\r\n]*([^ \t\r\n#])", sparql[behind : word.start]):
        return behind + odd.start(1), f"a blank that SPARQL does not know (U+{ord(odd[1]):04X})"
    if re.match(r"<https?://", sparql[word.start : word.start + 10]) and word.kind == "sign":
        return word.start, "an IRI begins here that holds a blank, or a sign that must be written as %XX"
    if word.kind == "sign" and word.text in {"'", '"'}:
        return word.start, "a text begins here that does not end on its line"
    if word.kind == "string" and (escape := re.search(r"""(?<!\\)(?:\\\\)*(\\[^tbnrf"'\\uU])""", word.text)):
        return word.start, f"{plain(escape[1])} is no escape; a backslash in a text is written \\\\"
    if word.kind == "name" and not word.text.startswith("_:"):
        prefix = word.text.partition(":")[0]
        if prefix not in known:
            free = f"known without declaring are {' '.join(QUERY_PREFIXES)}"
            return word.start, f"the prefix {plain(prefix)}: is not declared; {free}"
    return None


def _declared(words: Sequence[Token]) -> set[str]:
    """Give the prefixes that a query declares."""
    pairs = pairwise(words)
    return {two.text.partition(":")[0] for one, two in pairs if one.text.lower() == "prefix"}


def _reason(sparql: str, told: _Told, words: Sequence[Token], number: int, objection: Objection) -> str:
    """Say why a word cannot stand where it does."""
    word = words[number]
    if word.kind == "iri" and not re.match(r"<[A-Za-z][\w+.-]*:", word.text):
        return f"{_quoted(word)} is a relative IRI, and no BASE is declared"
    if not number:
        return (
            f"{_quoted(word)} begins no query; a query is {_QUERIES}, and may declare PREFIX and BASE before"
        )
    before = _told(objection(sparql[: word.start]))
    for said in (told, _told(objection(sparql[: word.end])), before):
        if said and (sentence := _sentence(said)):
            return sentence
    following = words[number + 1].text if number + 1 < len(words) else ""
    if word.kind == "word" and following == "(" and words[number - 1].text in _BEFORE_VALUES:
        return f"there is no function {_quoted(word)}, or none that can stand here"
    return f"{_quoted(word)} cannot stand here{_wanted(before) if before else ''}"


def _sentence(told: _Told) -> str:
    """Give what the engine says in whole words, nothing where it only lists signs."""
    for words in re.split(r", (?![^\[]*\])", re.sub(r"\s+", " ", told.expected)):
        if "[" not in words and words.count(" ") > 1:
            return plain(words)
    return ""


def _wanted(told: _Told) -> str:
    """Say what could stand at a place; nothing where that would be a long list."""
    signs = {
        sign.replace('\\"', '"') for sign in re.findall(r'(?:^|, |\s)"((?:[^"\\]|\\.)+)"', told.expected)
    }
    named = [name for name, begins in _BEGIN.items() if begins & signs]
    others = sorted(signs - _NEWER - set().union(_OTHERS if named else (), *_BEGIN.values()))
    options = named + [f'"{sign}"' for sign in others]
    if not 0 < len(options) <= 6:  # noqa: PLR2004 - more are no help
        return ""
    return f"; expected {', '.join(options[:-1])}{' or ' if options[1:] else ''}{options[-1]}"


def _quoted(word: Token) -> str:
    text = word.text if len(word.text) <= _QUOTED else f"{word.text[:_QUOTED]}..."
    return plain(f'"{text}"' if word.kind == "sign" and text != '"' else text).replace("\n", " ")
