"""An answer that is packed and unpacked is the same answer, or its beginning."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.answers import pack, pack_plain, plain, unpack, unpack_plain
from rolegraph.limits import Limits
from rolegraph.stores import LocalStore
from rolegraph.tables import Table

TEXT = st.text(st.characters(codec="utf-8"), max_size=20) | st.text(st.sampled_from("\t\r\n\\\"'<>@^\0 a"))
TERMS = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda text: ox.Literal(text, language="en-gb"), TEXT),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("x:t")), TEXT),
    st.integers().map(ox.Literal),
    st.floats(allow_nan=False).map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.just(ox.NamedNode("https://example.org/é?a=b#c")),
)


@given(st.lists(TERMS, max_size=20))
def test_rows_come_back_as_they_were(terms):
    store = LocalStore()
    for number, term in enumerate(terms):
        store.engine.add(ox.Quad(ox.NamedNode(f"x:{number}"), ox.NamedNode("x:p"), term))
    sparql = "SELECT ?s ?o ?none { ?s <x:p> ?o OPTIONAL { ?s <x:q> ?none } }"
    back = unpack(pack(store.query(sparql), Limits()))
    assert [variable.value for variable in back.variables] == ["s", "o", "none"]
    assert sorted(map(str, back)) == sorted(map(str, store.query(sparql)))
    rows = {(row["s"].value, row["o"], row["none"]) for row in unpack(pack(store.query(sparql), Limits()))}
    assert rows == {(row["s"].value, row["o"], None) for row in store.query(sparql)}
    assert unpack_plain(pack_plain(store.query(sparql), Limits())) == plain(store.query(sparql))
    graph = unpack(pack(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), Limits()))
    assert set(graph) == set(store.query("CONSTRUCT WHERE { ?s ?p ?o }"))


@pytest.mark.parametrize("sparql", ["SELECT * { }", "SELECT * { FILTER(false) }", "SELECT ?x { ?x ?y ?z }"])
def test_rows_without_columns_and_columns_without_rows_come_back(sparql):
    store = LocalStore()
    back, there = unpack(pack(store.query(sparql), Limits())), store.query(sparql)
    assert back.variables == there.variables
    assert len(list(back)) == len(list(there))
    assert unpack_plain(pack_plain(store.query(sparql), Limits())) == plain(store.query(sparql))


@pytest.mark.parametrize("truth", ["true", "false"])
def test_yes_and_no_come_back(truth):
    answer = unpack(pack(LocalStore().query(f"ASK {{ FILTER({truth}) }}"), Limits()))
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer) == (truth == "true")
    assert plain(answer) is (truth == "true")


@pytest.fixture
def hundred():
    store = LocalStore()
    store.load_text("".join(f'<x:{n}> <x:p> "line\\nline" .\n' for n in range(100)), "a")
    return store


@pytest.mark.parametrize("form", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
@pytest.mark.parametrize(
    ("rows", "left", "cut"), [(1, 1, "rows"), (99, 99, "rows"), (100, 100, ""), (None, 100, "")]
)
def test_rows_and_triples_are_cut_off_after_just_as_many(hundred, form, rows, left, cut):
    packed = pack(hundred.query(form), Limits(rows=rows))
    assert (packed.cut, len(list(unpack(packed)))) == (cut, left)
    packed = pack_plain(hundred.query(form), Limits(rows=rows))
    assert (packed.cut, len(list(unpack_plain(packed)))) == (cut, left)


@pytest.mark.parametrize(
    "form",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "CONSTRUCT { ?a ?d ?g } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
)
def test_an_answer_without_end_is_cut_off_at_its_size(hundred, form):
    packed = pack(hundred.query(form), Limits(size=1))
    assert packed.cut == "size"
    assert 900_000 < len(packed.content) <= 1_000_000
    assert len(list(unpack(packed))) > 5_000
    packed = pack_plain(hundred.query(form), Limits(size=1))
    assert packed.cut == "size"
    assert 900_000 < len(packed.content) <= 1_000_000
    assert len(list(unpack_plain(packed))) > 5_000


def test_a_row_that_is_larger_than_all_of_the_answer_may_be_leaves_none(hundred):
    doubled = "BIND('xxxxxxxxxx' AS ?v0) " + " ".join(
        f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(18)
    )
    packed = pack(hundred.query(f"SELECT ?v18 {{ {doubled} }}"), Limits(size=1))
    assert (packed.cut, list(unpack(packed))) == ("size", [])
    packed = pack_plain(hundred.query(f"SELECT ?v18 {{ {doubled} }}"), Limits(size=1))
    assert (packed.cut, unpack_plain(packed)) == ("size", Table(("v18",), ()))
