"""What people give for a parameter becomes RDF terms."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import iri, shipped, world

import rolegraph as rg
from rolegraph.queries import Parameter
from rolegraph.terms import to_terms


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(iri(f"xsd:{kind}")))


def terms(value: object, default: str, resolve=None) -> list[str]:
    """Give the terms of a value for a parameter with this default, as SPARQL writes them."""
    parameter = Parameter("p", "", default)
    return [str(term) for term in to_terms(value, parameter, resolve or world().resolve)]


@pytest.mark.parametrize(
    "name", ["head chef", "chef de cuisine", "HEAD-CHEF", "role:head-chef", iri("role:head-chef")]
)
def test_a_name_stands_for_its_iri_where_the_default_is_one(name):
    assert terms(name, "role:sous-chef") == [f"<{iri('role:head-chef')}>"]


def test_several_values_become_several_terms():
    assert terms(["commis", "sous-chef"], "role:head-chef") == [
        f"<{iri('role:commis-chef')}>",
        f"<{iri('role:sous-chef')}>",
    ]
    assert terms((1, 2), "3") == [str(ox.Literal(1)), str(ox.Literal(2))]


@pytest.mark.parametrize(
    ("default", "name", "term"),
    [
        ("group:c-suite", "kitchen brigade", "group:kitchen-brigade"),
        ("skill:x", "food safety", "skill:hygiene"),
        ("org:x", "GoC", "org:cooks-guild"),
        ("training:x", "costing course", "training:costing-course"),
        ("rg:Essential", "rg:Optional", "rg:Optional"),
        ("<https://example.org/a>", "https://example.org/b", "https://example.org/b"),
        ("area:x", "Harbour Town", "area:harbour-town"),
        ("source:x", "source:kitchen-survey", "source:kitchen-survey"),
    ],
)
def test_the_default_tells_what_kind_of_thing_a_name_means(default, name, term):
    expected = term if term.startswith("https") else iri(term)
    assert terms(name, default) == [f"<{expected}>"]


def test_a_skill_is_not_found_where_a_role_is_asked_for():
    with pytest.raises(rg.UnknownName):
        terms("plating", "role:head-chef")


def test_a_name_that_nothing_has_gets_suggestions():
    with pytest.raises(rg.UnknownName) as caught:
        terms("haed chef", "role:sous-chef")
    assert caught.value.suggestions[0] == "head chef"


def test_an_ambiguous_name_is_not_guessed():
    with pytest.raises(rg.AmbiguousName):
        terms("PC", "role:sous-chef")


def test_an_iri_that_the_graph_does_not_know_may_be_asked_about():
    assert terms("https://example.org/x", "role:sous-chef") == ["<https://example.org/x>"]
    assert terms("role:astronaut", "role:sous-chef") == [f"<{iri('role:astronaut')}>"]


@pytest.mark.parametrize("text", ["essential", "no such", "> } INSERT"])
def test_what_is_no_iri_is_refused_where_only_an_iri_will_do(text):
    with pytest.raises(rg.ParameterError, match="neither an IRI nor a short name"):
        terms(text, "rg:Essential")


@pytest.mark.parametrize("text", ["http://[", "role:%zz"])
def test_a_malformed_iri_is_an_error_in_words(text):
    with pytest.raises(rg.ParameterError, match="is no IRI"):
        terms(text, "rg:Essential")


@pytest.mark.parametrize(
    ("value", "default", "term"),
    [
        ("100000", "0", typed("100000", "integer")),
        (100000, "0", typed("100000", "integer")),
        (" 7 ", "0", typed("7", "integer")),
        ("-3", "10", typed("-3", "integer")),
        ("2.5", "10", typed("2.5", "decimal")),
        (2.5, "1.0", typed("2.5", "decimal")),
        ("1e30", "0", typed("1e30", "double")),
        ("true", "false", typed("true", "boolean")),
        ("False", "true", typed("false", "boolean")),
        (True, "false", typed("true", "boolean")),
    ],
)
def test_a_number_or_a_truth_value_is_one(value, default, term):
    assert terms(value, default) == [str(term)]


@pytest.mark.parametrize("value", ["ten", "nan", "inf", "1_000", "", "1 2", "٣", None, True, "0x10"])
def test_what_is_no_number_is_refused_where_one_is_needed(value):
    with pytest.raises(rg.ParameterError, match=r"'p' needs a number such as 100000"):
        terms(value, "100000")


def test_what_is_neither_true_nor_false_is_refused():
    with pytest.raises(rg.ParameterError, match="needs true or false"):
        terms("yes", "true")


@pytest.mark.parametrize(
    ("default", "term"),
    [
        ('"2024"', ox.Literal("head")),
        ("'x'", ox.Literal("head")),
        ('"x"@en', ox.Literal("head", language="en")),
    ],
)
def test_a_text_keeps_the_language_of_the_default(default, term):
    assert terms("head", default) == [str(term)]


def test_a_term_is_taken_as_it_is():
    for term in (ox.NamedNode("https://example.org/x"), ox.Literal("x", language="de")):
        assert terms(term, "0") == [str(term)]


@worlds.steady
@given(st.text(max_size=20))
def test_no_text_breaks_out_of_its_place_in_a_query(text):
    """A value is put in as a term: whatever it is, the query stays the same and finds just this value."""
    sparql = 'SELECT ?given {\n VALUES ?text { "x" }\n BIND(STR(?text) AS ?given) }'
    assert shipped().select(sparql, text=text).rows == ((text,),)
