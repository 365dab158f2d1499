"""Finds the searches of paths in the words of a query, and reads what each asks for and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.explaining.pieces import iri_of, pieces_of, prefixes_of
from rolegraph.path_service.vocabulary import ASKS, GIVES, REPEATABLE, SERVICE, VOCABULARY
from rolegraph.sparql_tokens import Token, error_at, partners, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: How to write what may stand in a block, for messages.
_EXAMPLE = "[] path:source role:product-developer ; path:target role:chief-executive-officer"


@dataclass(frozen=True)
class Search:
    """A search of paths in a query.

    first and last: the places of its words, from SERVICE to the brace that closes it. asks: the words that
    stand for each thing asked for; gives: the variable for each thing given, without its question mark.
    """

    first: int
    last: int
    word: Token
    end: int
    silent: bool
    asks: Mapping[str, tuple[Token, ...]]
    gives: Mapping[str, str]

    @property
    def ends(self) -> dict[str, str]:
        """The variables among its ends: "source" and "target" with the name of each."""
        said = {end: self.asks[end][0] for end in ("source", "target")}
        return {end: token.text[1:] for end, token in said.items() if token.kind == "variable"}

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that its rows have values for."""
        return (*self.ends.values(), *self.gives.values())


def searches(sparql: str, words: Sequence[Token]) -> list[Search]:
    """Give the searches of paths among the words of a query, in their order.

    Raises QueryError for what is wrong in the block of one, with line and column.
    """
    pairs = partners(words)
    if pairs is None:
        return []  # the engine will say what is wrong
    prefixes = prefixes_of(words)
    found = []
    for number, word in enumerate(words):
        if not word.says("SERVICE"):
            continue
        silent = number + 1 < len(words) and words[number + 1].says("SILENT")
        named = number + 1 + silent
        opening = named + 1
        if opening >= len(words) or iri_of(words[named], prefixes) != SERVICE or words[opening].text != "{":
            continue
        block = tuple(words[opening + 1 : pairs[opening]])
        asks, gives = _block(sparql, word, block, prefixes)
        last = pairs[opening]
        found.append(Search(number, last, word, words[last].end, silent, asks, gives))
    return found


def _block(
    sparql: str, word: Token, block: tuple[Token, ...], prefixes: Mapping[str, str]
) -> tuple[dict[str, tuple[Token, ...]], dict[str, str]]:
    asks: dict[str, tuple[Token, ...]] = {}
    gives: dict[str, str] = {}
    taken: set[str] = set()
    for name, token, value in _statements(sparql, block, prefixes):
        if name in asks and name not in REPEATABLE:
            advice = " (VALUES ?a { ... } and path:source ?a ask for several)" if name == "source" else ""
            raise error_at(sparql, token, f"path:{name} is there already, and can be but once{advice}")
        if value.kind == "variable":
            if value.text[1:] in taken:
                raise error_at(sparql, value, f"{value.text} is named twice in this search")
            taken.add(value.text[1:])
        if name in ASKS:
            _check_kind(sparql, name, value)
            asks[name] = (*asks.get(name, ()), value)
        elif value.kind != "variable":
            raise error_at(sparql, value, f"path:{name} gives a value, and needs a variable for it")
        elif name in gives:
            raise error_at(sparql, token, f"path:{name} is there already, as ?{gives[name]}")
        else:
            gives[name] = value.text[1:]
    for end in ("source", "target"):
        if end not in asks:
            raise error_at(sparql, word, f"rolegraph:path needs a path:{end}, such as {_EXAMPLE}")
    return asks, gives


def _statements(
    sparql: str, block: tuple[Token, ...], prefixes: Mapping[str, str]
) -> list[tuple[str, Token, Token]]:
    """Give the name of each thing said in a block, with the word for it and the word behind it."""
    found = []
    for piece in pieces_of(block) or []:
        begin = piece.tokens[0]
        if piece.kind != "triple" or not piece.terms:
            shape = f"a search of paths holds triples such as {_EXAMPLE}; {begin.text} does not belong there"
            raise error_at(sparql, begin, shape)
        subject, predicate, value = piece.terms
        if written(subject) not in {"[]", "[ ]"} and not begin.text.startswith("_:"):
            raise error_at(sparql, begin, f"triples in a search of paths begin with [], as in {_EXAMPLE}")
        iri = iri_of(predicate[0], prefixes) or ""
        name = iri.removeprefix(VOCABULARY)
        if len(predicate) > 1 or name == iri or name not in {**ASKS, **GIVES}:
            message = f"rolegraph:path knows no {written(predicate)}{_known(name)}"
            raise error_at(sparql, predicate[0], message)
        if len(value) != 1:
            message = f"path:{name} needs one value, and {written(value) or 'nothing'} is none"
            raise error_at(sparql, predicate[0], message)
        found.append((name, predicate[0], value[0]))
    return found


def _known(name: str) -> str:
    """Say what may stand in a search, first what is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt name needs it

    near = [f"path:{one}" for one in get_close_matches(name.rpartition(":")[2], {**ASKS, **GIVES}, 2)]
    asks, gives = (", ".join(f"path:{one}" for one in names) for names in (ASKS, GIVES))
    return f"{'; near: ' if near else ''}{', '.join(near)}; it asks for {asks}, and gives {gives}"


def _check_kind(sparql: str, name: str, value: Token) -> None:
    if value.kind == "variable" and name not in {"source", "target"}:
        message = f"path:{name} needs a value; only path:source and path:target may be variables"
        raise error_at(sparql, value, message)
    if value.kind not in {"variable", "iri", "name", "string", "number", "word"} or value.text.startswith(
        "_:"
    ):
        raise error_at(sparql, value, f"path:{name} cannot be {value.text}")
