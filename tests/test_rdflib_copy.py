"""The copy in rdflib says the same as the store, statement by statement and answer by answer."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import pytest
import rdflib
import worlds
from worlds import iri, read, world

import rolegraph as rg
from rolegraph.names import PREFIXES

# rdflib 7.6 asks its own deprecated properties for every triple of a Dataset.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")


def as_rdflib(term):
    """Write one of the engine's terms with rdflib's classes, by way of N-Triples, not of the copy's code."""
    return rdflib.util.from_n3(str(term))


@pytest.mark.parametrize("graph", [worlds.world, worlds.shipped])
def test_the_same_statements_in_the_same_graphs(graph):
    dataset = graph().rdflib()
    found = {
        (s.n3(), p.n3(), o.n3(), g.n3()) for s, p, o, g in dataset.quads() if not isinstance(s, rdflib.BNode)
    }
    expected = {
        (*(as_rdflib(term).n3() for term in quad.triple), f"<{quad.graph_name.value}>")
        for quad in graph().store.engine
        if not isinstance(quad.subject, ox.BlankNode)
    }
    assert found == expected
    assert len(list(dataset.quads())) == len(graph().store)


@pytest.mark.parametrize(
    "term",
    [
        '"plain"',
        '"à la carte"@fr',
        '"a"@en-GB',
        '"x\\ny\\"z"',
        "26000",
        '"026000"^^xsd:string',
        "12.5",
        "12.50",
        '"1.0"^^xsd:decimal',
        '"2025-03"^^xsd:gYearMonth',
        '"2024"^^xsd:gYear',
        "true",
        '"TRUE"^^xsd:boolean',
        '"2024-01-01T00:00:00Z"^^xsd:dateTime',
        '"x"^^<https://example.org/type>',
        "role:cook",
    ],
)
def test_lexical_forms_are_kept_as_the_store_holds_them(term):
    graph = read(f"role:a skos:note {term} .")
    (held,) = (quad.object for quad in graph.store.engine)
    (copied,) = graph.rdflib().objects()
    assert str(copied) == held.value
    parsed = as_rdflib(held)
    assert type(copied) is type(parsed)
    if isinstance(copied, rdflib.Literal):
        assert (copied.datatype, copied.language) == (parsed.datatype, parsed.language)


def test_an_ill_typed_literal_is_copied_without_a_word(caplog, capfd):
    """By itself rdflib logs a traceback for it."""
    with caplog.at_level(logging.DEBUG):
        (copied,) = read('role:a rg:amount "ten"^^xsd:integer .').rdflib().objects()
    assert (str(copied), copied.datatype) == ("ten", rdflib.XSD.integer)
    assert caplog.records == []
    assert "".join(capfd.readouterr()) == ""


def test_queries_on_the_copy_see_the_union_and_the_graphs():
    dataset = world().rdflib()
    query = "SELECT ?role { ?role a rg:Role ; skos:prefLabel ?label } ORDER BY ?role"
    assert [str(row.role) for row in dataset.query(query)] == world().select(query).column("role")
    counted = "SELECT (COUNT(*) AS ?n) { GRAPH graph:world { ?s ?p ?o } }"
    (row,) = dataset.query(counted)
    assert int(row.n) == world().store.graphs()[iri("graph:world")]


def test_a_statement_of_two_graphs_is_one_in_the_union_of_both_engines():
    store = rg.LocalStore()
    for name in ("one", "two"):
        store.load_text("<x:a> <x:b> <x:c> .", name)
    graph = rg.RoleGraph(store)
    (row,) = graph.rdflib().query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(row.n) == graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0] == 1
    assert len(list(graph.rdflib().quads())) == 2


def test_a_blank_node_is_one_node_in_all_its_statements():
    dataset = read('role:a skos:note [ skos:note "x" ; skos:editorialNote "y" ] .').rdflib()
    (node,) = dataset.objects(rdflib.URIRef(iri("role:a")))
    assert isinstance(node, rdflib.BNode)
    assert {str(value) for value in dataset.objects(node)} == {"x", "y"}


def test_the_copy_is_a_copy():
    graph = read("role:a a rg:Role .")
    graph.rdflib().remove((None, None, None))
    assert len(graph.store) == 1
    assert len(graph.rdflib()) == 1


def test_the_copy_knows_the_prefixes():
    bound = {prefix: str(namespace) for prefix, namespace in world().rdflib().namespaces()}
    assert {prefix: bound[prefix] for prefix in PREFIXES} == PREFIXES


def test_statements_outside_any_graph_are_copied_too():
    engine = ox.Store()
    engine.add(ox.Quad(*(ox.NamedNode(f"x:{name}") for name in "abc")))
    dataset = rg.RoleGraph(rg.LocalStore(engine)).rdflib()
    assert [str(value) for value in dataset.objects()] == ["x:c"]


def test_what_rdflib_cannot_hold_is_an_error_in_words():
    graph = read("role:a skos:note <<( role:a skos:note role:b )>> .")
    with pytest.raises(rg.SourceError, match=r"rdflib has no triple terms \(RDF 1.2\)"):
        graph.rdflib()
