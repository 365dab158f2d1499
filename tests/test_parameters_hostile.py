"""The value of a parameter is one term, whatever it says: it arrives unchanged or is refused; nothing leaks.

The queries run in the real engine over a graph that holds a secret, of which no query speaks.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import MORE, PREAMBLE, WORLD, steady, world

import rolegraph as rg
from rolegraph.errors import AmbiguousName, ParameterError, UnknownName
from rolegraph.names import expand, slug
from rolegraph.queries import _THING_TYPES, _VALUE_TYPES, NamedQuery, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

SAFE = "the-safe-is-behind-the-stove"

#: Strings that are tried of each type.
STRINGS = 300 if MORE == 1 else 20_000

#: Type -> what is said of the parameter, and its default.
TYPES = {
    "number": ("a number, the least", "5"),
    "whole number": ("a whole number, the least", "5"),
    "text": ("a text to look for", '"porter"'),
    "text in a language": ("a text to look for", '"porter"@en'),
    "date": ("a date to begin with", '"2025-11-01"^^xsd:date'),
    "year": ("a year to begin with", '"2025"^^xsd:gYear'),
    "month": ("a month to begin with", '"2025-11"^^xsd:gYearMonth'),
    "time": ("a time to begin with", '"2025-11-01T12:00:00Z"^^xsd:dateTime'),
    "yes or no": ("a yes or no: whether to look", "true"),
    "one of some": ("one of YEAR, MONTH or HOUR: what is paid for", '"YEAR"'),
    "concept": ("a concept of a scheme", "rg:MedianTotalPay"),
    "thing": ("any thing to look for", "role:head-chef"),
    "organization": ("an organization", "org:cooks-guild"),
    **{
        kind: (f"the {kind} to look for", f"{kind}:x")
        for kind in _THING_TYPES
        if kind not in {"concept", "thing", "organization"}
    },
}

#: What queries are made of, and what ends or hides a part of one.
PARTS = [
    '"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\u0022", "\\U0000007D", "}", "{", "}}", ")", "(", "]", "[",
    "<", ">", "#", "\n", "\r", "\r\n", "\t", "\0", "\x7f", "\u202e", "\ufeff", "\ud800", "\u2028", " ", ".",
    ";", ",", "@en", "^^", "^^xsd:integer", "?value", "$value", "?s ?p ?o", "} UNION { ?s ?p ?value", "_:b",
    "SERVICE <http://127.0.0.1:9/>", "SERVICE rolegraph:path { }", "VALUES ?value { 1 }", "FILTER(true)",
    "BIND(<urn:secret> AS ?value)", "SELECT * { ?s ?p ?o }", "INSERT DATA { }", "UNDEF", "true", "false", "5",
    "-1e5", "+0", "1.", "2025", "2025-11", "2025-11-30", "role:head-chef", "head chef", "YEAR", "<urn:a>",
    "rg:MedianTotalPay", "urn:secret", "http://example.org/", "https://w3id.org/rolegraph/role/", "\u0660",
    "\N{SNOWMAN}", "%3E", "&lt;", "/*", "a", "z",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=7).map("".join)


def hostile(kind: str, good: str) -> Iterator[str]:
    """Make strings of such parts: the same in every run of the tests, others in each run of `make fuzz`."""
    chance = random.Random(kind if MORE == 1 else None)  # noqa: S311 - nothing hangs on it
    yield good
    for _ in range(STRINGS):
        parts = chance.choices(PARTS, k=chance.randint(0, 6))
        parts[:0] = [good] if chance.random() < 0.1 else []
        yield "".join(parts)


@pytest.fixture(scope="module")
def graph() -> rg.RoleGraph:
    """Give the kitchens with a secret in a graph of its own."""
    store = rg.LocalStore()
    store.load(WORLD)
    store.load_text(f'{PREAMBLE} <urn:secret> <urn:says> "{SAFE}" .', "safe")
    return rg.RoleGraph(store)


def test_every_type_is_tried():
    declared = {Parameter("value", said, default).type for said, default in TYPES.values()}
    assert declared == {*_THING_TYPES, *(name for names in _VALUE_TYPES.values() for name in names)}


@pytest.mark.parametrize("kind", TYPES)
def test_a_value_arrives_unchanged_or_is_refused(kind, graph):
    said, default = TYPES[kind]
    text = f"SELECT ?value ?all WHERE {{\n  VALUES ?value {{ {default} }}\n  BIND(1 AS ?all)\n}}"
    query = NamedQuery("", text, "", "", (Parameter("value", said, default),))
    (as_default,) = graph.store.select(text)
    arrived, before = 0, len(graph.store)
    good = default if query.parameters[0].is_iri else as_default["value"].value
    for value in hostile(kind, good):
        try:
            sparql = graph.fill(query, {"value": value})
        except (ParameterError, UnknownName, AmbiguousName) as error:
            refused = str(error)
        else:
            refused = ""
        assert SAFE not in refused, value
        if refused:
            continue
        (row,) = graph.store.select(sparql)
        assert (len(row), row["all"].value) == (2, "1"), value
        assert_means(row["value"], value, as_default["value"], graph)
        arrived += 1
    assert len(graph.store) == before
    assert arrived > (STRINGS // 2 if kind.startswith("text") else 0)


def assert_means(term, value: str, default, graph: rg.RoleGraph) -> None:
    """Fail unless a term is what a value says, of the sort of the default."""
    assert type(term) is type(default), value
    if isinstance(term, ox.NamedNode):
        known = {entry.iri for entry in graph.entries()}
        assert term.value in known or term.value in {
            expand(value),
            default.value.rpartition("/")[0] + f"/{slug(value)}",
        }, value
        return
    assert term.language == default.language
    if default.value == "YEAR":
        assert term.value == value.strip().upper(), value
    elif default.value == "5":
        assert float(term.value) == float(value), value
    elif default.value == "true":
        assert term.value == value.lower()
    else:
        assert (term.value, term.datatype) == (value, default.datatype), value


@steady
@given(HOSTILE)
def test_a_query_that_is_typed_takes_values_as_safely(value):
    sparql = 'SELECT ?value WHERE {\nVALUES ?value { "x" }\n}'
    try:
        rows = world().select(sparql, value=value).rows
    except ParameterError:
        assert any("\ud800" <= char <= "\udfff" for char in value)
    else:
        assert rows == ((value,),)
