"""Copies a store into rdflib, for tools that speak rdflib."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import SourceError
from rolegraph.names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from rolegraph.stores import LocalStore


def copy_to_rdflib(store: LocalStore) -> rdflib.Dataset:
    """Give an rdflib Dataset of the same statements in the same named graphs; queries on it see their union.

    It is a copy: changes to it change nothing in the store. Lexical forms are kept as the store holds them.
    """
    import rdflib  # noqa: PLC0415 - a fifth of a second that only this needs

    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)  # rdflib has its own org:
    with _quiet():
        for quad in store.engine:
            graph = quad.graph_name
            context = (
                dataset.default_graph if isinstance(graph, ox.DefaultGraph) else dataset.graph(_term(graph))
            )
            context.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


def union_in_rdflib(store: LocalStore) -> rdflib.Graph:
    """Give an rdflib Graph of the same statements, whatever graph they stand in; faster than the Dataset."""
    import rdflib  # noqa: PLC0415 - a fifth of a second that only this needs

    graph = rdflib.Graph(bind_namespaces="none")
    term = cache(_term)  # most terms recur, and making one costs more than finding it
    with _quiet():
        for quad in store.engine:
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal, such as "ten"^^xsd:integer."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _term(
    value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    import rdflib  # noqa: PLC0415 - loaded by now

    if isinstance(value, ox.NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, ox.BlankNode):
        return rdflib.BNode(value.value)
    if not isinstance(value, ox.Literal):
        raise SourceError(str(value), "rdflib has no triple terms (RDF 1.2); leave them out of the data")
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    plain = value.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(
        value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value), normalize=False
    )
