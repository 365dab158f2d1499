"""RDF terms become the Python values that they stand for."""

from __future__ import annotations

import math

import pyoxigraph as ox
import pytest
from worlds import iri

from rolegraph.plain_values import plain_value


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(iri(f"xsd:{kind}")))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (ox.NamedNode("https://example.org/x"), "https://example.org/x"),
        (ox.BlankNode("b1"), "_:b1"),
        (ox.Literal("plain"), "plain"),
        (ox.Literal("sous-chef", language="fr"), "sous-chef"),
        (typed("403000", "integer"), 403000),
        (typed("-7", "int"), -7),
        (typed("7", "unsignedByte"), 7),
        (typed("-7", "negativeInteger"), -7),
        (typed("35.5", "decimal"), 35.5),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("1", "boolean"), True),
        (typed("false", "boolean"), False),
        (typed("0", "boolean"), False),
        (typed("2025-11", "gYearMonth"), "2025-11"),
        (typed("2024", "gYear"), "2024"),
        (typed("2025-11-11", "date"), "2025-11-11"),
        (typed("ten", "integer"), "ten"),
        (typed("a lot", "decimal"), "a lot"),
        (ox.Literal("x", datatype=ox.NamedNode("https://example.org/integer")), "x"),
    ],
)
def test_a_term_becomes_the_value_that_it_stands_for(term, value):
    plain = plain_value(term)
    assert plain == value
    assert type(plain) is type(value)


def test_a_number_that_is_none_and_infinity_are_what_xml_schema_says():
    assert math.isnan(plain_value(typed("NaN", "double")))
    assert plain_value(typed("-INF", "double")) == -math.inf


def test_a_triple_term_is_written_out():
    term = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("c"))
    assert plain_value(term) == str(term)
