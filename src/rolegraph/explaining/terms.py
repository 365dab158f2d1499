"""What a query names that the data has not, or has as something else, and what there is that is near it."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import PREFIXES, fold, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rolegraph.any_store import Store
    from rolegraph.explaining.pieces import Asked, Piece
    from rolegraph.labels import Entry
    from rolegraph.sparql_tokens import Token

#: Things of a namespace that are compared with a name that is not there.
_MOST_COMPARED = 20_000

#: How alike (1 is equal) two names must be for one to be offered instead of the other.
_NEAR = 0.7

_MOST_OFFERED = 3

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")


def unknown_terms(asked: Asked, store: Store, entries: Callable[[], Sequence[Entry]]) -> Iterator[str]:
    """Give a sentence for each IRI of a query that the data has not, or not where it stands."""
    told: set[tuple[str, str]] = set()
    for place, token in _named(asked):
        iri = asked.expanded(token)
        if iri is None or (place, iri) in told or iri == _TYPE.value:
            continue
        told.add((place, iri))
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        if sentence := _sentence(place, node, store):
            near = _nearest(place, iri, store, entries)
            yield f"{_shown(iri, asked)} {sentence}{_offer(near, asked)}"


def _named(asked: Asked) -> Iterator[tuple[str, Token]]:
    """Give each name and IRI of a query with the place that it has there."""
    for token in asked.dataset:
        yield "graph", token
    for token in asked.head:
        if asked.form == "DESCRIBE":
            yield "thing", token
    for piece in asked.every_piece():
        if piece.kind == "triple":
            yield from _of_triple(piece, asked)
        elif piece.kind == "graph":
            yield "graph", piece.tokens[1]
        elif piece.kind == "values":
            yield from (("thing", token) for token in piece.tokens)
        elif piece.kind == "filter":
            yield from _of_filter(piece)


def _of_triple(piece: Piece, asked: Asked) -> Iterator[tuple[str, Token]]:
    if not piece.terms:
        yield from (("thing", token) for token in piece.tokens)
        return
    subject, predicate, thing = piece.terms
    # What stands in brackets has predicates of its own; which these are is not gone into.
    yield from (("thing" if len(subject) == 1 else "any", token) for token in subject)
    yield from (("property", token) for token in predicate)
    typed = len(predicate) == 1 and asked.expanded(predicate[0]) == _TYPE.value
    place = "any" if len(thing) > 1 else "class" if typed else "thing"
    yield from ((place, token) for token in thing)


def _of_filter(piece: Piece) -> Iterator[tuple[str, Token]]:
    if piece.groups:
        return  # EXISTS: its pieces come by themselves, and may well match nothing
    for token, following in pairwise(piece.tokens):
        if not following.says("("):  # a function, such as xsd:integer(?x)
            yield "any", token


def _sentence(place: str, node: ox.NamedNode, store: Store) -> str:
    """Say what is wrong with an IRI in this place; nothing where all is well."""
    if place == "graph":
        return "" if store.is_graph(node.value) else "is no graph of the data."
    is_property = store.has(None, node, None)
    is_class = store.has(None, _TYPE, node)
    found = is_property or store.has(node, None, None) or store.has(None, None, node)
    if not found and not store.is_graph(node.value):
        return "is nowhere in the data."
    if place == "property" and not is_property:
        return "is a class, and stands here as a property." if _defined(store, node, is_class) else _UNUSED
    if place == "class" and not is_class:
        return "is a property, and stands here as a class." if is_property else "is a class of nothing."
    return ""


_UNUSED = "is a property of nothing."


def _defined(store: Store, node: ox.NamedNode, is_class: bool) -> bool:  # noqa: FBT001 - found out by the caller
    """Tell whether a node is a class: of something, or by its definition."""
    classes = (f"{PREFIXES['owl']}Class", f"{PREFIXES['rdfs']}Class")
    return is_class or any(store.has(node, _TYPE, ox.NamedNode(iri)) for iri in classes)


def _nearest(place: str, iri: str, store: Store, entries: Callable[[], Sequence[Entry]]) -> list[str]:
    """Give the IRIs in use whose names are nearest to that of one which is not, the nearest first."""
    local = fold(_local(iri))
    by_name: dict[str, list[str]] = {}
    for known in _candidates(place, iri, store):
        if known != iri:
            by_name.setdefault(fold(_local(known)), []).append(known)
    if place in {"thing", "any"}:
        namespace = iri.removesuffix(_local(iri))
        for entry in entries():
            if entry.iri.startswith(namespace) and entry.iri != iri:
                for name in entry.names:
                    by_name.setdefault(fold(name), []).append(entry.iri)
    near = get_close_matches(local, by_name, _MOST_OFFERED, _NEAR)
    # A class and a property may differ by their first letter alone: rg:Role, rg:role.
    capital = _local(iri)[:1].isupper()
    found = (
        known
        for name in near
        for known in sorted(by_name[name], key=lambda known: _local(known)[:1].isupper() != capital)
    )
    return list(dict.fromkeys(found))[:_MOST_OFFERED]


def _candidates(place: str, iri: str, store: Store) -> list[str]:
    if place == "graph":
        return list(store.graphs())
    asked = {
        "property": "SELECT DISTINCT ?x { ?s ?x ?o }",
        "class": "SELECT DISTINCT ?x { ?s a ?x }",
    }.get(place)
    if asked is None:
        namespace = ox.Literal(iri.removesuffix(_local(iri)))
        asked = (
            f"SELECT DISTINCT ?x {{ ?x a ?c FILTER(STRSTARTS(STR(?x), {namespace})) }} LIMIT {_MOST_COMPARED}"
        )
    found = [row["x"] for row in store.select(asked)]
    return [term.value for term in found if isinstance(term, ox.NamedNode)]


def _local(iri: str) -> str:
    """Give the last part of an IRI.

    >>> _local("http://www.w3.org/2004/02/skos/core#prefLabel")
    'prefLabel'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _shown(iri: str, asked: Asked) -> str:
    """Write an IRI for people: short, unless the query means something else by a prefix."""
    short = shorten(iri)
    prefix = short.partition(":")[0]
    usual = all(PREFIXES.get(name, namespace) == namespace for name, namespace in asked.prefixes.items())
    return short if usual and prefix in PREFIXES and short != iri else f"<{iri}>"


def _offer(near: Sequence[str], asked: Asked) -> str:
    return f" Near: {', '.join(_shown(iri, asked) for iri in near)}." if near else ""
