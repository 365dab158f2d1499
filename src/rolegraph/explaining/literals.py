"""Literals of a query that the data has only in another language, of another type, or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.labels import suggest
from rolegraph.names import PREFIXES, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rolegraph.any_store import Store
    from rolegraph.explaining.pieces import Asked, Piece
    from rolegraph.labels import Entry
    from rolegraph.sparql_tokens import Token
    from rolegraph.stores import Term

_LITERALS = ("string", "number")

#: Properties whose values are names of things.
_NAMING = tuple(
    f"{PREFIXES[prefix]}{local}"
    for prefix, local in (
        ("skos", "prefLabel"),
        ("skos", "altLabel"),
        ("rdfs", "label"),
        ("schema", "name"),
    )
)


def unknown_literals(asked: Asked, store: Store, entries: Callable[[], Sequence[Entry]]) -> Iterator[str]:
    """Give a sentence for each literal that is no value of the property that it is asked to be one of."""
    for prop, text in dict.fromkeys(_pairs(asked)):
        literal = _literal(asked, store, text)
        property_ = ox.NamedNode(prop)
        if literal is None or not store.has(None, property_, None):
            continue  # of a property that nothing has it is said already
        if not store.has(None, property_, literal):
            near = _other_forms(store, property_, literal) or _near(store, property_, literal, entries)
            yield f"No {shorten(prop)} is {text}{near}."


def _pairs(asked: Asked) -> Iterator[tuple[str, str]]:
    """Give each property with a literal that must be its value: by a triple, by VALUES, by a FILTER."""
    pieces = list(asked.every_piece())
    by_variable: dict[str, str] = {}
    for piece in pieces:
        if len(piece.terms) == 3 and len(piece.terms[1]) == len(piece.terms[2]) == 1:  # noqa: PLR2004 - s, p, o
            (predicate,), (thing,) = piece.terms[1:]
            prop = asked.expanded(predicate)
            if prop is None:
                continue
            if thing.kind in _LITERALS:
                yield prop, thing.text
            elif thing.kind == "variable":
                by_variable.setdefault(thing.text[1:], prop)
    for piece in pieces:
        for variable, literal in _compared(piece):
            if variable in by_variable:
                yield by_variable[variable], literal


def _compared(piece: Piece) -> Iterator[tuple[str, str]]:
    """Give each variable with a literal that it must be: VALUES ?v { "x" }, FILTER(?v = "x")."""
    tokens: Sequence[Token] = piece.tokens
    if piece.kind == "values" and len(tokens) > 1 and tokens[1].kind == "variable":
        yield from ((tokens[1].text[1:], token.text) for token in tokens[2:] if token.kind in _LITERALS)
    if piece.kind == "filter" and not piece.groups:
        for one, sign, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
            # A number is equal to one of another type; a text is not.
            if sign.says("=") and one.kind == "variable" and other.kind == "string":
                yield one.text[1:], other.text
            if sign.says("=") and one.kind == "string" and other.kind == "variable":
                yield other.text[1:], one.text


def _literal(asked: Asked, store: Store, text: str) -> ox.Literal | None:
    rows = store.select(f"{asked.prologue} SELECT ({text} AS ?x) {{ }}")
    found = next(iter(rows), None)
    return found["x"] if found is not None and isinstance(found["x"], ox.Literal) else None


def _other_forms(store: Store, prop: ox.NamedNode, literal: ox.Literal) -> str:
    """Say in which other form a literal is a value of the property, or of which other property it is one."""
    said = f"FILTER(ISLITERAL(?o) && LCASE(STR(?o)) = {ox.Literal(literal.value.lower())})"
    own = store.select(f"SELECT DISTINCT ?o {{ ?s {prop} ?o {said} }} ORDER BY ?o LIMIT 3")
    if forms := [as_written(row["o"]) for row in own]:
        return f"; there is {_either(forms)}"
    others = store.select(f"SELECT DISTINCT ?o ?p {{ ?s ?p ?o {said} }} ORDER BY ?o ?p LIMIT 3")
    return "".join(f"; there is {as_written(row['o'])} as {shorten(row['p'].value)}" for row in others)


def _near(
    store: Store,
    prop: ox.NamedNode,
    literal: ox.Literal,
    entries: Callable[[], Sequence[Entry]],
) -> str:
    """Say what is near a literal that is nowhere in any form, or what the values look like."""
    if prop.value in _NAMING and (names := suggest(literal.value, entries())):
        listed = ", ".join(str(ox.Literal(name)) for name in names)
        called = store.select(f"SELECT DISTINCT ?o {{ ?s {prop} ?o FILTER(STR(?o) IN ({listed})) }} LIMIT 3")
        if forms := [as_written(row["o"]) for row in called]:
            return f"; near: {_either(forms)}"
    some = store.select(f"SELECT DISTINCT ?o {{ ?s {prop} ?o }} LIMIT 3")
    return f"; there is, for example, {_either([as_written(row['o']) for row in some])}"


def as_written(term: Term) -> str:
    """Write a term as people would in a query: short names, bare whole numbers.

    >>> as_written(ox.Literal(403000)), as_written(ox.NamedNode(f"{PREFIXES['rg']}Pay"))
    ('403000', 'rg:Pay')
    """
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if not isinstance(term, ox.Literal) or term.language or not str(term).endswith(">"):
        return str(term)
    kind = shorten(term.datatype.value)
    return term.value if kind == "xsd:integer" else f"{ox.Literal(term.value)}^^{kind}"


def _either(forms: Sequence[str]) -> str:
    shown = [form if len(form) <= _LONGEST else f"{form[:_LONGEST]}..." for form in forms]
    return " or ".join(shown)


#: Characters of a literal that are shown.
_LONGEST = 60
