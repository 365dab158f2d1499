"""The SPARQL 1.1 Protocol: the cases of the W3C's protocol tests on queries, and content negotiation."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
from served import DIRECT, FORM, served

from rolegraph.confinement import CAN_FORK
from rolegraph.serving.negotiation import GRAPHS, ROWS, forms, preferred
from rolegraph.serving.protocol import LARGEST_BODY, Question, read_get, read_post
from rolegraph.serving.refusals import Refused

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")

G = "https://w3id.org/rolegraph/graph/"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    for name in ("one", "two", "three"):
        (folder / f"{name}.ttl").write_text(
            f'<x:{name}> <x:name> "{name}" ; <x:says> "a, \\"b\\"\\n</c>" . <x:a,b> <x:in> <x:{name}> .',
            "utf-8",
        )
    files = [
        argument for name in ("one", "two", "three") for argument in ("--data", str(folder / f"{name}.ttl"))
    ]
    with served(folder, *files) as running:
        yield running


UTF16 = {"Content-Type": f"{DIRECT['Content-Type']}; charset=UTF-16"}

NAMES = "SELECT ?name { ?s <x:name> ?name }"
NAMED = "SELECT ?name { GRAPH ?g { ?s <x:name> ?name } }"


# -- the W3C's cases, by their names there


def test_query_get(server):
    assert server.query("ASK { }").json() == {"head": {}, "boolean": True}


def test_query_post_form(server):
    assert server.post("query=ASK%20%7B%7D", FORM).json()["boolean"] is True


def test_query_post_direct(server):
    assert server.post("ASK {}", DIRECT).json()["boolean"] is True


@pytest.mark.parametrize("kind", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("asked", "default", "named", "names"),
    [
        (NAMES, (), (), ["one", "three", "two"]),  # the union of all
        (NAMES, ("one",), (), ["one"]),  # query_dataset_default_graph
        (NAMES, ("one", "two"), (), ["one", "two"]),  # query_dataset_default_graphs
        (NAMES, (), ("one",), []),
        (NAMED, (), ("one", "two"), ["one", "two"]),  # query_dataset_named_graphs
        (NAMED, ("three",), ("one",), ["one"]),  # query_dataset_full
        (NAMES.replace("{", f"FROM <{G}one> {{"), ("two",), (), ["two"]),  # query_multiple_dataset
        (NAMED.replace("{", f"FROM NAMED <{G}one> {{", 1), ("two",), (), []),
        (NAMES, ("none",), (), []),
    ],
)
def test_query_dataset(server, kind, asked, default, named, names):
    graphs = [("default-graph-uri", G + name) for name in default]
    graphs += [("named-graph-uri", G + name) for name in named]
    from urllib.parse import urlencode

    if kind == "get":
        found = server.get(f"/sparql?{urlencode([('query', asked), *graphs])}")
    elif kind == "form":
        found = server.post(urlencode([("query", asked), *graphs]), FORM)
    else:
        found = server.post(asked, DIRECT, f"/sparql?{urlencode(graphs)}")
    assert found.values("name") == names


def test_query_content_type(server):
    assert server.query("SELECT * { ?s ?p ?o }", "*/*").media == "application/sparql-results+json"
    assert server.query("ASK { }", "*/*").media == "application/sparql-results+json"
    assert server.query("DESCRIBE <x:one>", "*/*").media == "text/turtle"
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", "*/*").media == "text/turtle"


@pytest.mark.parametrize(
    ("method", "target", "body", "headers", "status"),
    [
        ("PUT", "/sparql?query=ASK%20%7B%7D", b"", {}, 405),  # bad_query_method
        ("GET", "/sparql?query=ASK%7B%7D&query=SELECT*%7B%7D", b"", {}, 400),  # bad_multiple_queries
        ("POST", "/sparql?query=ASK%7B%7D", b"query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),  # bad_query_wrong_media_type
        ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),  # bad_query_missing_form_type
        ("POST", "/sparql", b"ASK {}", {}, 415),  # bad_query_missing_direct_type
        ("POST", "/sparql", "ASK {}".encode("utf-16"), UTF16, 415),  # bad_query_non_utf8
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", DIRECT, 400),
        ("GET", "/sparql?query=ASK%20%7B", b"", {}, 400),  # bad_query_syntax
        ("POST", "/sparql", b"", FORM, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", b"", {}, 403),
        ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 403),
        ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", b"CLEAR ALL", DIRECT, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", b"", {}, 400),
        ("GET", "/sparql?query=%ff", b"", {}, 400),
        ("POST", "/sparql", b"x" * (LARGEST_BODY + 1), DIRECT, 413),
        ("POST", "/sparql", b"#" * 300_000, DIRECT, 413),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused_in_one_message(server, method, target, body, headers, status):
    found = server.request(method, target, body, **headers)
    assert found.status == status
    assert found.media == "text/plain"
    assert found.text.endswith("\n")
    assert len(found.text) > 20
    assert ("allow" in found.headers) == (status == 405)
    assert server.query("ASK { }").status == 200


def test_a_syntax_error_comes_with_its_place(server):
    found = server.query("SELECT *\n{ oops")
    assert (found.status, found.text.split(":")[0]) == (400, "line 2, column 3")


def test_head_and_options(server):
    found = server.request("HEAD", "/sparql?query=ASK%20%7B%7D")
    assert (found.status, found.body, found.headers["content-length"]) == (200, b"", "26")
    found = server.request("OPTIONS", "/sparql")
    assert (found.status, found.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in found.headers


# -- formats


@pytest.mark.parametrize("media", ROWS)
def test_rows_go_out_in_each_format(server, media):
    found = server.query("SELECT ?s ?o ?none { ?s <x:says> ?o } ORDER BY ?s", media)
    assert (found.status, found.media) == (200, media)
    said = 'a, "b"\n</c>'
    form = ROWS[media]
    if form == "json":
        assert found.values("o") == [said] * 3
    elif form == "xml":
        assert [node.text for node in ET.fromstring(found.body).iter(f"{RESULTS}literal")] == [said] * 3  # noqa: S314 - it is what our server wrote
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(found.text, newline=""), strict=True))
        assert rows == [["s", "o", "none"], *([f"x:{name}", said, ""] for name in ("one", "three", "two"))]
    else:
        read = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.TSV)
        assert [row["o"].value for row in read] == [said] * 3


def test_iris_with_commas_are_quoted_in_csv(server):
    assert server.query("SELECT ?s { ?s <x:in> <x:one> }", "text/csv").text == 's\r\n"x:a,b"\r\n'


@pytest.mark.parametrize("media", GRAPHS)
def test_triples_go_out_in_each_format(server, media):
    from rolegraph.stores import FORMATS

    found = server.query("CONSTRUCT WHERE { ?s <x:name> ?o }", media)
    assert (found.status, found.media) == (200, media)
    read = ox.parse(found.body, format=FORMATS[f".{GRAPHS[media]}"])
    assert sorted(quad.object.value for quad in read) == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("sparql", "accept"),
    [
        ("SELECT * { }", "text/turtle"),
        ("ASK { }", "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/sparql-results+json"),
        ("SELECT * { }", "image/png, */*;q=0"),
        ("CONSTRUCT { <x:a> <x:b-/> 1 } { }", "application/rdf+xml"),
        ('CONSTRUCT { <x:a> <x:b> "\\u0001" } { }', "application/rdf+xml"),
        ('SELECT ("\\u0001" AS ?x) { }', "application/sparql-results+xml"),
    ],
)
def test_a_format_that_does_not_fit_is_not_acceptable(server, sparql, accept):
    assert server.query(sparql, accept).status == 406


def test_answers_vary_with_accept(server):
    assert server.query("ASK { }").headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "text/a"),
        ("", "text/a"),
        ("text/b", "text/b"),
        ("text/a;q=0.2, text/b;q=0.3", "text/b"),
        ("text/*, text/a;q=0.1", "text/b"),
        ("*/*;q=0.1, text/b;level=1", "text/b"),
        ("TEXT/B", "text/b"),
        ("nonsense, text/b", "text/b"),
        ("text/b;q=7", "text/b"),
        ("text/*;q=0", None),
        ("image/png", None),
    ],
)
def test_what_a_client_likes_best(accept, wanted):
    assert preferred(accept, ("text/a", "text/b")) == wanted


def test_all_forms_are_agreed_on_at_once():
    assert forms("application/xml") == ("application/xml", "application/xml", None)


# -- without a query


def test_the_service_describes_itself(server):
    found = server.get("/sparql", Accept="text/turtle")
    store = ox.Store()
    store.load(found.body, format=ox.RdfFormat.TURTLE)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    (row,) = store.query(
        sd + "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query }"
    )
    assert row["e"].value == f"{server.address}sparql"
    named = {row["n"].value for row in store.query(sd + "SELECT ?n { ?d sd:namedGraph/sd:name ?n }")}
    assert {G + "one", G + "two", G + "three"} <= named
    assert server.get("/sparql", Accept="image/png").status == 406


def test_a_browser_is_led_to_the_editor(server):
    found = server.get("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (found.status, found.headers["location"]) == (303, f"{server.address}editor")


# -- what a request asks, without a server


def test_questions_are_read():
    assert read_get("") is None
    assert read_get("other=1") is None
    assert read_get("query=a+b&named-graph-uri=x:a&named-graph-uri=x:b") == Question(
        "a b", (), ("x:a", "x:b")
    )
    assert read_post(
        "default-graph-uri=x:a", "Application/SPARQL-Query; charset=utf-8", b"ASK {}"
    ) == Question("ASK {}", ("x:a",))


def test_too_many_parameters_are_refused():
    with pytest.raises(Refused, match="more than 1,000 parameters"):
        read_get("a=1&" * 1_001)


def test_a_message_shows_the_beginning_of_a_long_media_type():
    with pytest.raises(Refused) as caught:
        read_post("", "a" * 60_000, b"ASK {}")
    assert caught.value.status == 415
    assert len(str(caught.value)) < 200
