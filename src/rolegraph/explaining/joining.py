"""How many rows each pattern of a query has, and the first piece that leaves none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.explaining.literals import as_written
from rolegraph.explaining.pieces import Piece, pieces_of
from rolegraph.sparql_tokens import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.any_store import Store
    from rolegraph.explaining.pieces import Asked
    from rolegraph.sparql_tokens import Token

#: Rows of a pattern that are counted.
MOST_ROWS = 10_000

#: Patterns whose number of rows is shown, those without any before all others.
MOST_PATTERNS = 5

#: Characters of a pattern that are shown.
_LONGEST = 88


#: Variables that a piece shares with those before it, whose values are looked at.
_MOST_SHARED = 4


class Rows:
    """Counts the rows of groups of a query, within the graphs that a GRAPH around them names."""

    def __init__(self, asked: Asked, store: Store, around: tuple[str, ...] = ()) -> None:
        self.asked = asked
        self.store = store
        self.around = around

    def inside(self, graph: str) -> Rows:
        """Give the counter for what stands in `GRAPH name { ... }`."""
        return Rows(self.asked, self.store, (*self.around, graph))

    def count(self, inner: str) -> int:
        """Give how many rows a group has, MOST_ROWS + 1 for any more than that."""
        rows = self.store.select(self.asked.count(self._wrapped(inner), MOST_ROWS + 1))
        return int(next(iter(rows))["count_of_rows"].value)

    def values(self, variable: str, inner: str, most: int = 2) -> list[str]:
        """Give some values of a variable in a group."""
        wanted = f"{self._wrapped(inner)} FILTER(BOUND({variable}))"
        rows = self.store.select(self.asked.select(variable, wanted, most))
        return [_cut(as_written(row[0])) for row in rows]

    def _wrapped(self, inner: str) -> str:
        for graph in reversed(self.around):
            inner = f"GRAPH {graph} {{ {inner} }}"
        return inner


def match_counts(rows: Rows, pieces: Sequence[Piece]) -> Iterator[str]:
    """Give a line with the number of rows for each pattern that every row of the answer must match."""
    needed = list({piece.text: piece for piece in pieces if piece.kind == "triple"}.values())
    counted = []
    for piece in needed[: MOST_PATTERNS * 4]:
        number = rows.count(piece.text)
        counted.append((number, piece))
    shown = sorted(range(len(counted)), key=lambda n: (counted[n][0] > 0, n))[:MOST_PATTERNS]
    for n in sorted(shown):
        number, piece = counted[n]
        yield f"{_number(number):>8}   {_cut(piece.text)}"
        if number == 0 and (turned := _turned(rows, piece)):
            yield turned
    if len(needed) > len(shown):
        more = len(needed) - len(shown)
        yield f"{'':>8}   ... and {more} more pattern{'s' if more > 1 else ''}"


def _turned(rows: Rows, piece: Piece) -> str:
    """Say that a pattern would match the other way round."""
    if len(piece.terms) != 3 or any(len(term) != 1 for term in piece.terms):  # noqa: PLR2004 - s, p, o
        return ""
    subject, predicate, thing = piece.terms
    if (
        thing[0].kind in {"string", "number"}
        or {subject[0].kind, thing[0].kind} == {"variable"}
        or predicate[0].says("A")
    ):
        return ""
    turned = " ".join(map(written, (thing, predicate, subject)))
    number = rows.count(turned)
    return f"{'':>8}   the other way round it has {_rows(number)}: {_cut(turned)}" if number else ""


def first_end(rows: Rows, pieces: Sequence[Piece]) -> Iterator[str]:
    """Say which piece leaves no rows: adding them one by one in order, the filters last."""
    ordered = [piece for piece in pieces if piece.kind != "filter"]
    ordered += [piece for piece in pieces if piece.kind == "filter"]
    before, number = "", 1
    for place, piece in enumerate(ordered):
        together = f"{before} {_standing(piece)}"
        found = rows.count(together)
        if not found:
            yield from _ending(rows, piece, before, number if place else None)
            return
        before, number = together, found
    yield from _afterwards(rows.asked, number)


def _standing(piece: Piece) -> str:
    return f"{piece.text} ." if piece.kind == "triple" else piece.text


def _ending(rows: Rows, piece: Piece, before: str, number: int | None) -> Iterator[str]:
    """Say how a piece leaves none of the rows that there were before it; None when it is the first piece."""
    alone = piece.kind in {"filter", "minus", "bind", "optional"} or rows.count(_standing(piece)) > 0
    if piece.kind == "filter" and number is None:
        yield f"This is true of nothing: {_cut(piece.text)}"
        return
    if number is None or not alone:
        piece = _innermost(piece)
        if piece.kind != "triple":  # the number of a triple pattern is told already
            yield f"{_words(piece)} matches nothing: {_cut(piece.text)}"
        yield from _within(rows, piece)
        return
    yield f"What stands before it has {_rows(number)}; this leaves none: {_cut(piece.text)}"
    judges = piece.kind in {"filter", "minus"}  # rather than having rows of its own
    shared = [name for name in piece.variables if _mentions(before, name)]
    found = [(name, rows.values(name, before)) for name in shared[:_MOST_SHARED]]
    # What is but one thing is what was asked for, and the likeliest to be what does not go together.
    found.sort(key=lambda each: len(each[1]))
    for name, values in found[: 2 if judges else 1]:
        own = [] if judges else rows.values(name, _standing(piece))
        if values and own:
            yield f"{name} is {_some(values)} before it, and {_some(own)} here."
        elif values:
            yield f"{name} is {_some(values)} before it."


def _innermost(piece: Piece) -> Piece:
    """Take off braces around nothing but a group."""
    while piece.kind == "group" and (inner := pieces_of(piece.groups[0])) and len(inner) == 1:
        if inner[0].kind != "group":
            break
        piece = inner[0]
    return piece


def _within(rows: Rows, piece: Piece) -> Iterator[str]:
    """Go into a group that matches nothing by itself."""
    if piece.kind == "union":
        for group in piece.groups:
            yield from match_counts(rows, pieces_of(group) or [])
    if piece.kind not in {"group", "graph", "subselect"}:
        return
    inner = pieces_of(piece.groups[0]) or []
    counter = rows.inside(written(piece.tokens[1:2])) if piece.kind == "graph" else rows
    yield from match_counts(counter, inner)
    yield from first_end(counter, inner)


def _afterwards(asked: Asked, number: int) -> Iterator[str]:
    """Say what leaves nothing of rows that there are."""
    words = [token.text.upper() for token in asked.modifiers if token.kind == "word"]
    cause = next((word for word in ("HAVING", "OFFSET", "LIMIT") if word in words), "")
    if cause:
        after = _cut(_after(asked.modifiers, cause))
        yield f"The patterns have {_rows(number)}; {cause} leaves none: {after}"
    elif asked.form == "CONSTRUCT":
        yield (
            f"The patterns have {_rows(number)}, and the template makes no triple of them: a variable in it"
            " has no value, or one that cannot stand there."
        )


def _after(modifiers: Sequence[Token], word: str) -> str:
    place = next(n for n, token in enumerate(modifiers) if token.says(word))
    return written(modifiers[place:])


def _words(piece: Piece) -> str:
    return {"group": "The group", "subselect": "The query within", "union": "Each side of the UNION"}.get(
        piece.kind, piece.kind.upper()
    )


def _mentions(text: str, variable: str) -> bool:
    return re.search(rf"[?$]{re.escape(variable[1:])}(?!\w)", text) is not None


def _some(values: Sequence[str]) -> str:
    return f"for example {values[0]}" if len(values) > 1 else values[0]


def _number(count: int) -> str:
    return f"{MOST_ROWS:,}+" if count > MOST_ROWS else f"{count:,}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{_number(count)} rows"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
