"""The text of a query, made ready for another engine: prefixes declared, and asked for part by part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.errors import QueryError
from rolegraph.names import QUERY_PREFIXES
from rolegraph.sparql_tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.sparql_tokens import Token

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def form_of(sparql: str) -> str:
    r"""Give what a query asks for: SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> form_of("PREFIX ex: <https://example.org/> # select\nask { ?s a ex:A }")
    'ASK'

    Raises QueryError for what is no query: an update above all.
    """
    read = list(tokens(sparql))
    place = _start(read)
    word = read[place].text.upper() if place < len(read) else ""
    for form in FORMS:
        if word.startswith(form):  # the engine takes SELECT?x for SELECT ?x
            return form
    raise QueryError("updates are refused; a query is SELECT, ASK, CONSTRUCT or DESCRIBE")


def with_prefixes(sparql: str) -> str:
    """Give a query that declares those of `names.QUERY_PREFIXES` that it uses and does not declare.

    They stand before its first line, so that lines keep their numbers.

    >>> with_prefixes("ASK { ?role a rg:Role }")
    'PREFIX rg: <https://w3id.org/rolegraph/> ASK { ?role a rg:Role }'
    """
    read = list(tokens(sparql))
    used = {token.text.partition(":")[0] for token in read if token.kind == "name"}
    declared = {
        name.text.partition(":")[0]
        for word, name in pairwise(read)
        if word.text.lower() == "prefix" and name.kind == "name"
    }
    lines = [
        f"PREFIX {name}: <{QUERY_PREFIXES[name]}> " for name in QUERY_PREFIXES if name in used - declared
    ]
    return "".join(lines) + sparql


@dataclass(frozen=True, slots=True)
class Sliced:
    """A SELECT query of which any part of the rows can be asked for.

    text is it without its own LIMIT and OFFSET, which `limit` and `offset` are; inner is that without FROM,
    which `dataset` has. `ordered` tells whether it sorts its rows.
    """

    prologue: str
    text: str
    inner: str
    dataset: str
    tail: str
    limit: int | None
    offset: int
    ordered: bool

    def page(self, offset: int, limit: int) -> str:
        """Give the query for so many rows behind so many others."""
        part = f"\nLIMIT {limit} OFFSET {offset}"
        if self.ordered:
            # Some engines sort no more rows than they give, unless the sorting stands within.
            return f"{self.prologue}SELECT * {self.dataset} {{ {{ {self.inner}\n{self.tail} }} }}{part}"
        return f"{self.prologue}{self.text}{part}\n{self.tail}"

    def counted(self) -> str:
        """Give the query for the number of its rows, as `n`."""
        inner = f"{self.inner}\n{self.tail}"
        return f"{self.prologue}SELECT (COUNT(*) AS ?n) {self.dataset} {{ {{ {inner} }} }}"


def sliced(sparql: str) -> Sliced | None:
    """Take a SELECT query apart so that parts of its rows can be asked for; None for what is no SELECT."""
    read = list(tokens(sparql))
    start = _start(read)
    if start >= len(read) or not read[start].text.upper().startswith("SELECT"):
        return None
    opening = _at_depth(read, start, "{")
    if opening is None:
        return None
    closing = _partner(read, opening)
    found: dict[str, int] = {}
    cuts: list[tuple[int, int]] = []
    ordered, end = False, len(sparql)
    for place in range(closing + 1, len(read)):
        word = read[place].text.upper()
        if word in {"LIMIT", "OFFSET"} and place + 1 < len(read):
            found[word] = int(read[place + 1].text)
            cuts.append((read[place].start, read[place + 1].end))
        elif word.startswith("ORDER"):
            ordered = True
        elif word == "VALUES" and _at_depth(read, closing + 1, read[place].text) == place:
            end = read[place].start
            break
    cuts = [cut for cut in cuts if cut[0] < end]
    spans = _datasets(read, start, opening)
    begun = read[start].start
    return Sliced(
        prologue=_tidy(sparql[:begun]),
        text=_without(sparql, begun, end, cuts),
        inner=_without(sparql, begun, end, [*spans, *cuts]),
        dataset=" ".join(sparql[one:other] for one, other in spans),
        tail=sparql[end:],
        limit=found.get("LIMIT"),
        offset=found.get("OFFSET", 0),
        ordered=ordered,
    )


def _start(read: Sequence[Token]) -> int:
    """Give where the query itself begins, behind its BASE and PREFIX declarations."""
    place = 0
    while place < len(read):
        word = read[place].text.lower()
        if word == "base":
            place += 2
        elif word == "prefix":
            place += 3
        else:
            break
    return place


def _at_depth(read: Sequence[Token], start: int, sign: str) -> int | None:
    """Give where a sign stands first that is in no brackets."""
    depth = 0
    for place in range(start, len(read)):
        token = read[place]
        if depth == 0 and token.text == sign:
            return place
        if token.kind == "sign":
            depth += (token.text in "([{") - (token.text in ")]}")
    return None


def _partner(read: Sequence[Token], opening: int) -> int:
    depth = 0
    for place in range(opening, len(read)):
        if read[place].kind == "sign":
            depth += (read[place].text == "{") - (read[place].text == "}")
            if depth == 0:
                return place
    return len(read) - 1


def _datasets(read: Sequence[Token], start: int, opening: int) -> list[tuple[int, int]]:
    """Give from where to where each FROM stands."""
    found = []
    for place in range(start, opening):
        if read[place].kind == "word" and read[place].text.lower() in {"from", "fromnamed"}:
            named = place + 1 + (read[place + 1].text.lower() == "named")
            found.append((read[place].start, read[named].end))
    return found


def _without(sparql: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """Give a part of a text without some spans of it."""
    parts = []
    for one, other in sorted(spans):
        parts.append(sparql[start:one])
        start = other
    return "".join((*parts, sparql[start:end]))


def _tidy(prologue: str) -> str:
    """Give what stands before a query so that anything can follow: a comment must not swallow it."""
    return f"{prologue}\n" if "#" in prologue else prologue
