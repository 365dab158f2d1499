"""`query --view`: what a query gives, as a page."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest
from cli_runner import HOSTILE, MARKUP, rolegraph
from worlds import shipped

from rolegraph.errors import QueryError
from rolegraph.triples import network_of, triples_of

MOVES = "CONSTRUCT { ?a rg:move ?b } WHERE { ?m a rg:Move ; rg:fromRole ?a ; rg:toRole ?b }"
BASE = "https://w3id.org/rolegraph/"
CPO = f"{BASE}role/chief-product-officer"


def built(sparql):
    graph = shipped()
    return network_of(triples_of(graph.store.query(sparql)), graph.network(), graph.store)


def page_of(*arguments):
    answer = rolegraph("query", *arguments, "--view", "-")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("<!doctype html>")
    return answer.out


def nodes(html):
    block = re.search(r'<script type="application/json" id="network">(.*?)</script>', html, re.DOTALL)
    return json.loads(block[1])["nodes"]


# --- the network of triples


def test_known_things_keep_names_kinds_pay_and_evidence():
    network, known = built(MOVES), shipped().network()
    assert dict(network.nodes[CPO]) == dict(known.nodes[CPO])
    assert {kind for *_, kind in network.edges(keys=True)} == {"move"}
    for start, end, kind, data in network.edges(keys=True, data=True):
        assert data == known.edges[start, end, kind]
    assert set(network.edges) == {edge for edge in known.edges if edge[2] == "move"}


def test_what_the_graph_does_not_know_is_named_by_the_triples_or_shortly():
    network = built(
        'CONSTRUCT { <urn:x> rdfs:label "eks"@en, "iks"@fr ; rdfs:comment "A thing." ; rg:skill <urn:y> ;'
        " <urn:p> role:chief-product-officer ; <urn:size> 17 } {}"
    )
    assert network.nodes["urn:x"]["label"] == "eks"
    assert network.nodes["urn:x"]["definition"] == "A thing."
    assert [(note.kind, note.text) for note in network.nodes["urn:x"]["notes"]] == [("urn:size", "17")]
    assert network.nodes["urn:y"]["label"] == "urn:y"
    assert {(end, kind) for _, end, kind in network.edges(keys=True)} == {("urn:y", "skill"), (CPO, "urn:p")}
    assert network.edges["urn:x", "urn:y", "skill"]["evidence"] == ()


def test_rows_of_s_p_o_are_triples_whatever_else_they_hold():
    network = built(
        "SELECT ?n ?o ?p ?s { VALUES (?s ?p ?o ?n)"
        " { (<urn:a> rg:move <urn:b> 1) (<urn:a> UNDEF <urn:c> 2) } }"
    )
    assert set(network.edges(keys=True)) == {("urn:a", "urn:b", "move")}


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT ?s ?o { ?s ?p ?o } LIMIT 1", "SELECT ?s ?p ?o. This gives ?s ?o."),
        ("SELECT ('x' AS ?s) ?p ?o { ?x ?p ?o } LIMIT 1", "column s"),
        ("SELECT ?s (1 AS ?p) ?o { ?s ?x ?o } LIMIT 1", "column p"),
    ],
)
def test_other_rows_are_refused_with_what_is_needed(sparql, told):
    with pytest.raises(QueryError, match=re.escape(told)):
        triples_of(shipped().store.query(sparql))
    answer = rolegraph("query", sparql, "--view", "-")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_the_order_of_triples_and_the_names_of_blank_nodes_do_not_matter():
    one, two = ox.BlankNode("b1"), ox.BlankNode("zzz")
    kind, end = ox.NamedNode("urn:p"), ox.NamedNode("urn:end")
    graph = shipped()
    networks = [
        network_of(triples, graph.network(), graph.store)
        for triples in (
            [ox.Triple(one, kind, end), ox.Triple(end, kind, two)],
            [ox.Triple(end, kind, one), ox.Triple(two, kind, end)],
        )
    ]
    first, second = (([*network.nodes(data=True)], [*network.edges]) for network in networks)
    assert first == second
    assert len(networks[0]) == 3


# --- the command


def test_the_page_has_the_things_of_the_answer_and_no_others():
    html = page_of(MOVES)
    labels = {node["label"] for node in nodes(html)}
    assert {"chief product officer", "chief executive officer"} <= labels
    assert {node["group"] for node in nodes(html)} <= {"role", "group"}
    assert page_of(MOVES) == html


def test_the_page_is_written_to_the_file(tmp_path):
    target = tmp_path / "moves.html"
    answer = rolegraph("query", MOVES, "--view", str(target))
    assert (answer.code, answer.out.strip()) == (0, str(target))
    assert target.read_text(encoding="utf-8") == page_of(MOVES)


def test_an_answer_without_triples_gives_no_page(tmp_path):
    target = tmp_path / "none.html"
    answer = rolegraph("query", "CONSTRUCT { ?s <urn:none> ?s } { ?s <urn:none> ?s }", "--view", str(target))
    assert (answer.code, answer.out) == (1, "")
    assert "No triples" in answer.err
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ASK { ?s ?p ?o }"], "CONSTRUCT, DESCRIBE, or SELECT"),
        ([MOVES, "--format", "ttl"], "one of the two"),
        (["CONSTRUCT { ?s } {}"], "line 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, told):
    answer = rolegraph("query", *arguments, "--view", "-")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_a_page_that_cannot_be_written_is_an_error_in_one_line(tmp_path):
    answer = rolegraph("query", MOVES, "--view", str(tmp_path / "none" / "x.html"))
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1


def test_hostile_texts_stay_text():
    label, note = json.dumps(HOSTILE), json.dumps(MARKUP)
    html = page_of(f"CONSTRUCT {{ <urn:x> rdfs:label {label} ; <urn:p> <urn:y> ; <urn:q> {note} }} {{}}")
    assert "<img src=x" not in html
    assert "\x1b" not in html
    assert MARKUP[:9] in nodes(html)[0]["label"]
