"""Takes a query apart into what it asks for, piece by piece, in the order of its text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.names import PREFIXES, QUERY_PREFIXES
from rolegraph.sparql_tokens import Token, partners, whole_tokens, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Key words that begin a piece of a group.
_BEGINNINGS = ("FILTER", "OPTIONAL", "MINUS", "BIND", "VALUES", "GRAPH", "SERVICE")

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Piece:
    """A triple pattern, or a group, filter and so on as a whole.

    kind: triple, filter, optional, minus, bind, values, graph, service, group, union or subselect. terms: of
    a triple pattern its subject, predicate and object, each in its tokens. groups: what stands in braces.
    """

    kind: str
    tokens: tuple[Token, ...]
    terms: tuple[tuple[Token, ...], ...] = ()
    groups: tuple[tuple[Token, ...], ...] = ()

    @property
    def text(self) -> str:
        """The piece as SPARQL."""
        return " ".join(map(written, self.terms)) if self.terms else written(self.tokens)

    @property
    def variables(self) -> list[str]:
        """The variables in it, each once, with the question mark."""
        return list(dict.fromkeys(f"?{token.text[1:]}" for token in self.tokens if token.kind == "variable"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in pieces: form of its answer, prefixes, FROM clauses, pieces of its WHERE, what follows."""

    form: str
    prologue: str
    prefixes: Mapping[str, str]
    dataset: tuple[Token, ...]
    head: tuple[Token, ...]
    pieces: tuple[Piece, ...]
    modifiers: tuple[Token, ...]

    def count(self, inner: str, most: int) -> str:
        """Give the SPARQL that counts the rows of a group, as far as `most`."""
        counted = f"SELECT (COUNT(*) AS ?count_of_rows) {written(self.dataset)}"
        return f"{self.prologue} {counted} {{ SELECT * {{ {inner} }} LIMIT {most} }}"

    def select(self, names: str, inner: str, most: int) -> str:
        """Give the SPARQL that gives some values of variables in a group."""
        return f"{self.prologue} SELECT DISTINCT {names} {written(self.dataset)} {{ {inner} }} LIMIT {most}"

    def expanded(self, token: Token) -> str | None:
        """Give the IRI that a token stands for, None when it is none."""
        return iri_of(token, self.prefixes)

    def every_piece(self) -> Iterator[Piece]:
        """Give all pieces, those within groups too; last those that take no row away by matching nothing."""
        waiting, later = list(reversed(self.pieces)), list[Piece]()
        while waiting or later:
            piece = waiting.pop() if waiting else later.pop()
            yield piece
            inner = [one for group in reversed(piece.groups) for one in reversed(pieces_of(group) or ())]
            (later if piece.kind in {"optional", "minus"} else waiting).extend(inner)


def iri_of(token: Token, prefixes: Mapping[str, str]) -> str | None:
    """Give the IRI that a word of a query stands for, None when it is none."""
    if token.kind == "iri":
        return token.text[1:-1] if ":" in token.text else None  # relative IRIs need the base
    if token.kind == "word" and token.text == "a":
        return f"{PREFIXES['rdf']}type"
    if token.kind != "name":
        return None
    prefix, _, local = token.text.partition(":")
    namespace = prefixes.get(prefix)
    return None if namespace is None else namespace + local.replace("\\", "")


def take_apart(sparql: str) -> Asked | None:
    """Take a query apart; None for what is no query, or has statements about statements in it."""
    tokens = whole_tokens(sparql)
    pairs = partners(tokens)
    start = next((n for n, token in enumerate(tokens) if token.says(*_FORMS)), None)
    quoted = any(
        one.says("<", "{") and other.says("<", "|") and not other.apart for one, other in pairwise(tokens)
    )
    if pairs is None or start is None or quoted:
        return None
    form = tokens[start].text.upper()
    opening = _where(tokens, pairs, start, form)
    closing = pairs[opening] if opening < len(tokens) else opening
    head = tokens[start + 1 : opening]
    cut = next((n for n, token in enumerate(head) if token.says("FROM")), len(head))
    modifiers = tokens[closing + 1 :]
    pieces = pieces_of(tuple(tokens[opening + 1 : closing]))
    if pieces is None:
        return None
    return Asked(
        form,
        " ".join(written([token]) for token in tokens[:start]),
        prefixes_of(tokens[:start]),
        tuple(token for token in head[cut:] if not token.says("WHERE")),
        tuple(head[:cut]),
        (*pieces, *_trailing_values(modifiers)),
        tuple(modifiers),
    )


def _where(tokens: Sequence[Token], pairs: Mapping[int, int], start: int, form: str) -> int:
    """Give where the brace of WHERE is; the end of the query where there is none."""
    place = start + 1
    if form == "CONSTRUCT" and place in pairs:
        place = pairs[place] + 1
    while place < len(tokens) and not tokens[place].says("{"):
        place = max(pairs.get(place, place), place) + 1
    return place


def prefixes_of(prologue: Sequence[Token]) -> dict[str, str]:
    """Give the namespaces of the prefixes that a query declares, or need not."""
    found = dict(QUERY_PREFIXES)
    for word, name, iri in zip(prologue, prologue[1:], prologue[2:], strict=False):
        if word.says("PREFIX") and iri.kind == "iri":
            found[name.text.removesuffix(":")] = iri.text[1:-1]
    return found


def _trailing_values(modifiers: Sequence[Token]) -> list[Piece]:
    place = next((n for n, token in enumerate(modifiers) if token.says("VALUES")), None)
    return [] if place is None else [Piece("values", tuple(modifiers[place:]))]


def pieces_of(group: tuple[Token, ...]) -> list[Piece] | None:
    """Give the pieces of what stands in braces; None where it cannot be told."""
    pairs = partners(group)
    if pairs is None:
        return None
    if group and group[0].says("SELECT"):
        opening = _where(group, pairs, 0, "SELECT")
        return [] if opening >= len(group) else pieces_of(group[opening + 1 : pairs[opening]])
    found: list[Piece] = []
    place = 0
    while place < len(group):
        if group[place].says("."):
            place += 1
            continue
        end = _end(group, pairs, place)
        if group[place].says("{", *_BEGINNINGS):
            found.append(_whole(group, pairs, place, end))
        else:
            found += _triples(group[place:end])
        place = end
    return found


def _end(group: Sequence[Token], pairs: Mapping[int, int], place: int) -> int:
    """Give where the piece ends that begins here."""
    first = group[place]
    if first.says("{"):
        end = pairs[place] + 1
        while end + 1 < len(group) and group[end].says("UNION") and end + 1 in pairs:
            end = pairs[end + 1] + 1
        return end
    closers = ("(", "{") if first.says("FILTER", "BIND") else ("{",)
    keyed = first.says(*_BEGINNINGS)
    end = place + 1 if keyed else place
    while end < len(group):
        token = group[end]
        if keyed and token.says(*closers):
            return pairs[end] + 1
        if not keyed and token.says(".", "{", *_BEGINNINGS):
            return end
        end = max(pairs.get(end, end), end) + 1
    return end


def _whole(group: tuple[Token, ...], pairs: Mapping[int, int], place: int, end: int) -> Piece:
    """Give the piece for a group, or for what a key word begins."""
    first = group[place]
    tokens = group[place:end]
    braces = [n for n in range(place, end) if group[n].says("{")]
    outer: list[int] = []
    for brace in braces:
        if not outer or brace > pairs[outer[-1]]:
            outer.append(brace)
    inner = tuple(group[brace + 1 : pairs[brace]] for brace in outer)
    if not first.says("{"):
        kind = first.text.lower()
        return Piece(kind, tokens, groups=() if kind in {"values", "bind"} else inner)
    if len(inner) > 1:
        return Piece("union", tokens, groups=inner)
    kind = "subselect" if inner[0] and inner[0][0].says("SELECT") else "group"
    return Piece(kind, tokens, groups=inner)


def _triples(tokens: tuple[Token, ...]) -> list[Piece]:
    """Give a piece for each triple pattern of `subject predicate object , object ; predicate object`."""
    pairs = partners(tokens) or {}
    past = pairs.get(0, 0) + 1
    subject, found = tokens[:past], []
    for said in _split(tokens, pairs, past, ";"):
        predicate: tuple[Token, ...] = ()
        for start, end in _split(tokens, pairs, said[0], ",", said[1]):
            last = pairs.get(end - 1, end - 1) if end > start else start
            if not predicate:
                predicate = tokens[start:last]
                start = last  # noqa: PLW2901 - the object is what is left
            if predicate and end > start:
                terms = (subject, predicate, tokens[start:end])
                found.append(Piece("triple", tuple(token for term in terms for token in term), terms))
    return found or [Piece("triple", tokens)]


def _split(
    tokens: Sequence[Token], pairs: Mapping[int, int], start: int, sign: str, stop: int | None = None
) -> list[tuple[int, int]]:
    """Give from where to where the parts between signs outside of brackets are."""
    stop = len(tokens) if stop is None else stop
    found, place, begun = [], start, start
    while place < stop:
        if tokens[place].says(sign):
            found.append((begun, place))
            begun = place + 1
        place = max(pairs.get(place, place), place) + 1
    return [*found, (begun, stop)]
