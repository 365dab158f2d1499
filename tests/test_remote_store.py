"""A store with another server answers as the same statements do at hand, or says that it cannot.

The servers are Oxigraph, Virtuoso where it is installed, our own, and one with any manners that a test likes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager

import pyoxigraph as ox
import pytest
from cli_runner import environment, rolegraph
from find_virtuoso import ASK_FOR_IT, found, ini
from sparql_server import Manners, free_port, oxigraph, running, serving
from worlds import WORLD, read, turtle

import rolegraph as rg
from rolegraph import parts, remote_reading
from rolegraph.names import BASE
from rolegraph.queries import named_query, query_names
from rolegraph.resources import ontology_file
from rolegraph.stores import ONTOLOGY_GRAPH

NQ = ox.RdfFormat.N_QUADS

#: Questions in Python; each gives a value that can be compared.
QUESTIONS = {
    "find": lambda graph: graph.find("product"),
    "role": lambda graph: graph.role("brand manager"),
    "why": lambda graph: graph.why("CPO"),
    "why two": lambda graph: graph.why("product developer", "CPO"),
    "contradictions": lambda graph: graph.contradictions("CPO"),
    "gap": lambda graph: graph.gap("product manager", "CPO"),
    "path": lambda graph: graph.path("product developer", "CEO"),
    "paths": lambda graph: graph.paths("product manager", "CEO", k=4, cost="doubt"),
    "plan": lambda graph: graph.plan(graph.path("product manager", "CEO")),
    "pay": lambda graph: graph.pay_statistics(),
    "info": lambda graph: sorted(map(str, graph.info())),
    "queries": lambda graph: graph.queries["skills_of_role"](role="CPO"),
    "ask": lambda graph: graph.ask("ASK { role:chief-product-officer a rg:Role }"),
    "construct": lambda graph: Counter(map(str, graph.construct("CONSTRUCT WHERE { ?r a rg:Role }"))),
    "describe": lambda graph: Counter(map(str, graph.construct("DESCRIBE role:product-manager"))),
}

#: Of which the answer is made from all statements.
WHOLE = {
    "network": lambda graph: sorted(graph.network().edges(keys=True)),
    "by gap": lambda graph: graph.path("product developer", "CEO", cost="gap", missing="ignore"),
    "lint": lambda graph: graph.lint().table(),
    "statements": lambda graph: Counter(map(str, filter(_named, graph.store.whole().engine))),
}


def _named(quad):
    """Tell whether no blank node is in it: those have other names in each store."""
    return not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """Write the graph that ships, with the definitions of terms, to a file."""
    file = tmp_path_factory.mktemp("data") / "everything.nq"
    file.write_bytes(rg.open().store.engine.dump(format=NQ))
    return file


@contextmanager
def ours():
    """Serve the graph that ships by rolegraph itself."""
    port = free_port()
    command = [sys.executable, "-m", "rolegraph", "serve", "--port", str(port), "--quiet"]
    with running(command, port, 30, env=environment()):
        yield f"http://127.0.0.1:{port}/sparql"


@contextmanager
def virtuoso(file, folder):
    """Serve a file by Virtuoso, which gives 3,000 rows at once."""
    sql, port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(ini(sql, port, most_rows=3_000))
    shutil.copy(file, folder / "data.nq")
    with running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], port, 60, cwd=folder):
        load = "DB.DBA.TTLP(file_to_string_output('data.nq'), '', 'urn:none', 512); checkpoint;"
        command = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        yield f"http://127.0.0.1:{port}/sparql"


SERVERS = [
    "oxigraph",
    "ours",
    pytest.param("virtuoso", marks=[pytest.mark.slow, pytest.mark.skipif(not found(), reason=ASK_FOR_IT)]),
]


@pytest.fixture(scope="module", params=SERVERS)
def server(request, everything, tmp_path_factory):
    """Give the name and the address of a server that has the graph that ships."""
    folder = tmp_path_factory.mktemp("server")
    made = {
        "oxigraph": lambda: oxigraph(folder, (everything, None)),
        "ours": ours,
        "virtuoso": lambda: virtuoso(everything, folder),
    }
    with made[request.param]() as url:
        yield request.param, url


@pytest.fixture(scope="module")
def remote(server):
    return rg.open(server[1])


@pytest.fixture(scope="module")
def local():
    return rg.open()


# -- real servers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_are_answered_as_at_hand(remote, local, question, server):
    if server[0] == "virtuoso" and question in {"info", "describe"}:
        pytest.skip("Virtuoso describes in a way of its own, and answers a query of `info` otherwise")
    assert QUESTIONS[question](remote) == QUESTIONS[question](local)
    assert "whole" not in remote.store.parts


#: Named queries that Virtuoso 7.2 refuses, never ends, or answers with other values: booleans as numbers,
#: durations as months, no rows of what a UNION holds, counts within GRAPH.
OTHERWISE = {
    "ambiguous_names", "claims_per_section", "compare_roles", "data_sets", "disagreements",
    "education_of_role", "experience_of_role", "facts_about", "is_reachable", "moves_through_groups",
    "reachable_roles", "roles", "routes_with_evidence", "schema_org", "skill_gap", "sources",
}  # fmt: skip


def _answer(store, sparql):
    result = store.query(sparql)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return Counter(map(str, result))
    names = [variable.value for variable in result.variables]
    return names, Counter(tuple(str(row[name]) for name in names) for row in result)


def test_named_queries_give_the_same_rows(remote, local, server):
    names = [name for name in query_names() if server[0] != "virtuoso" or name not in OTHERWISE]
    assert len(names) >= 26
    for name in names:
        text = named_query(name).text
        asked = [_answer(graph.store, graph.expanded(text)) for graph in (remote, local)]
        assert asked[0] == asked[1], name


@pytest.mark.parametrize("question", WHOLE)
def test_what_needs_all_statements_has_them(remote, local, question):
    assert WHOLE[question](remote) == WHOLE[question](local)


def test_answers_longer_than_a_server_gives_at_once_are_whole(remote, local):
    asked = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/')) }"
    for text in (asked, f"{asked} ORDER BY ?s ?p ?o", f"{asked} LIMIT 4321"):
        assert len(remote.select(text)) == len(local.select(text)) > 4_000


CALLS = (
    ("find", "chief"),
    ("query", "skills_of_role", "role=CPO"),
    ("query", "SELECT ?role { ?role a rg:Rol }"),
    ("query", "ASK { ?role skos:prefLabel 'chief product officer' }"),
    ("queries", "test", "pay", "next_steps"),
    ("find", "chief", "--without-source", "Coursera"),
)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_commands_print_the_same(server, everything, call):
    if server[0] == "virtuoso":
        pytest.skip("is tried in Python")
    far, near = rolegraph(*call, "--data", server[1]), rolegraph(*call, "--data", str(everything))
    assert (far.code, far.out, far.err) == (near.code, near.out, near.err)


def test_the_shell_and_what_is_written_work_too(server, everything, tmp_path):
    if server[0] == "virtuoso":
        pytest.skip("is tried in Python")
    asked = b"SELECT (COUNT(*) AS ?n) { ?r a rg:Role };\n.run roles\n"
    far = rolegraph("shell", "--data", server[1], stdin=asked)
    assert (far.code, far.out) == (0, rolegraph("shell", "--data", str(everything), stdin=asked).out)
    for place in (server[1], str(everything)):
        assert rolegraph("export", str(tmp_path / f"{len(place)}.nt"), "--data", place).code == 0
    written = [file.read_text() for file in tmp_path.iterdir()]
    assert written[0] == written[1]
    assert rolegraph("diff", server[1], str(everything)).code == 0


def test_an_endpoint_is_joined_with_files(server, tmp_path):
    mine = turtle(tmp_path, 'role:mine a rg:Role ; skos:prefLabel "mine"@en .')
    graph = rg.open(server[1], mine)
    assert not graph.store.remote
    assert graph.find("mine").column("name")[0] == "mine"
    assert graph.resolve("CPO") == f"{BASE}role/chief-product-officer"


# -- layouts of graphs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("graph", [None, f"{BASE}graph/kitchens"])
def test_a_default_graph_or_a_named_one_is_all_the_same(tmp_path, graph):
    near = rg.open(WORLD)
    with oxigraph(tmp_path / "store", (WORLD, graph), (ontology_file(), graph)) as url:
        far = rg.open(url)
        for question in (
            lambda kitchens: kitchens.role("commis"),
            lambda kitchens: kitchens.path("kitchen porter", "head chef"),
            lambda kitchens: kitchens.find("chef"),
            lambda kitchens: kitchens.queries["pay"](),
            lambda kitchens: sorted(kitchens.network().edges(keys=True)),
        ):
            assert question(far) == question(near)


def store_of(*graphs):
    engine = ox.Store()
    for number, text in enumerate(graphs):
        name = ox.NamedNode(f"urn:graph:{number}") if number else ox.DefaultGraph()
        engine.load(text, format=ox.RdfFormat.TURTLE, to_graph=name)
    return engine


A, B, C = (f"<urn:{name}> <urn:p> 'x' . " for name in "abc")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("graphs", "manners", "count"),
    [
        (("", A, A + B), Manners(), None),
        (("", A, B), Manners(), 2),
        ((A, B, C), Manners(), 3),
        ((A + B + C,), Manners(union=False), 3),
        (("", A, B), Manners(union=False, listed=True), 2),
        (("", A, B), Manners(rows="xml", triples="ttl"), 2),
        ((A, B, C), Manners(rows="xml", triples="rdf"), 3),
    ],
)
def test_every_layout_is_asked_as_the_union_of_its_graphs(graphs, manners, count):
    with serving(store_of(*graphs), manners) as url:
        store = rg.open(url).store
        things = {
            quad.subject.value for quad in store.whole().engine if quad.subject.value.startswith("urn:")
        }
        assert things == {f"urn:{name}" for name in "abc" if name in "".join(graphs).replace("urn:p", "")}
        if count is not None:
            assert int(next(iter(store.select(COUNT)))["n"].value) == count


def test_graphs_that_cannot_be_asked_at_once_are_refused():
    refused = pytest.raises(rg.EndpointError, match="cannot be asked for both at once")
    with serving(store_of(A, B), Manners(union=False, listed=True)) as url, refused:
        rg.open(url).select(COUNT)


# -- servers that give a part -----------------------------------------------------------------------------

MANY = "".join(f"<urn:{number}> <urn:p> '{number}' . " for number in range(2_345))


@pytest.mark.parametrize(
    "manners", [Manners(cap=1_000), Manners(cap=700, tells=True), Manners(cap=1_024, rows="xml"), Manners()]
)
def test_what_a_server_cuts_off_is_asked_for_until_it_is_whole(manners):
    with serving(store_of("", MANY), manners) as url:
        store = rg.open(url).store
        assert len(list(store.select("SELECT * { ?s ?p ?o }"))) == 2_345
        assert len(list(store.select("SELECT * { ?s ?p ?o } LIMIT 2100 OFFSET 300"))) == 2_045
        ordered = [row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o")]
        assert ordered == sorted(map(str, range(2_345)))
        assert len(store.rows("SELECT ?s ?p ?o { ?s ?p ?o }")) == 2_345
        assert len(list(store.select("SELECT ?s { ?s ?p ?o } LIMIT 5"))) == 5


def test_a_copy_is_whole_in_pages_of_any_size_and_order(monkeypatch):
    monkeypatch.setattr(remote_reading, "LARGEST", 300)
    monkeypatch.setattr(remote_reading, "PAGE", 300)
    for manners in (Manners(cap=100), Manners(), Manners(shuffles=True)):
        with serving(store_of("", MANY), manners) as url:
            whole = rg.open(url).store.whole()
            assert whole.graphs()["urn:graph:1"] == 2_345
            assert whole.graphs()[ONTOLOGY_GRAPH.value] > 1_000


def test_what_never_becomes_whole_is_refused(monkeypatch):
    monkeypatch.setattr(remote_reading, "SMALL", 10)
    refused = pytest.raises(rg.EndpointError, match=r"gave [\d,]+ of 2,345 rows")
    with serving(store_of("", MANY), Manners(cap=1_000, forgets=True)) as url, refused:
        rg.open(url).store.rows("SELECT ?s { ?s ?p ?o }")


def test_a_graph_that_is_cut_off_is_refused():
    refused = pytest.raises(rg.EndpointError, match="cuts the graph off")
    with serving(store_of("", MANY), Manners(cap=1_000, tells=True)) as url, refused:
        rg.open(url).construct("CONSTRUCT WHERE { ?s ?p ?o }")


# -- terms ------------------------------------------------------------------------------------------------

TERMS = """
<urn:a> <urn:p> "tab\\tquote\\" line\\n \\\\ back", "hé"@fr, "x"@en-GB, "01"^^<urn:t>,
    "2024"^^xsd:gYear, true, 1.50 ;
  <urn:q> [ <urn:r> [ <urn:s> "deep" ] ] .
_:one <urn:p> _:one .
"""


def test_terms_of_every_kind_survive():
    graph = read(TERMS)
    with serving(graph.store.engine, Manners()) as url:
        far = rg.open(url).store
        asked = "SELECT ?o { <urn:a> <urn:p> ?o }"
        assert {row["o"] for row in far.select(asked)} == {row["o"] for row in graph.store.select(asked)}
        assert list(far.select("SELECT * { <urn:a> <urn:p> true }")) != []
        asked = "ASK { <urn:a> <urn:q> ?x . ?x <urn:r> ?y . ?y <urn:s> 'deep' . ?z <urn:p> ?z }"
        assert bool(far.whole().query(asked))
        assert ox.NamedNode("urn:q") in {quad.predicate for quad in far.said_of([ox.NamedNode("urn:a")])}
        behind = [quad for node in list(far._blank) for quad in far.said_of([node])]
        assert {quad.predicate.value for quad in behind} == {"urn:r", "urn:s"}


def test_blank_nodes_that_are_named_anew_each_time_are_refused():
    with serving(read(TERMS).store.engine, Manners(renames=True)) as url:
        with pytest.raises(rg.EndpointError, match="gives blank nodes other names in each answer"):
            rg.open(url).store.whole()
        assert rg.open(url).ask("ASK { ?x <urn:r> ?y }")


CLAIM = (
    "[] a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated ; dcterms:source source:s ."
)
ROLES = """
role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" . source:s skos:prefLabel "s" .
"""


def test_claims_without_a_name_count(tmp_path):
    near = rg.open(turtle(tmp_path, CLAIM + ROLES))
    with serving(near.store.engine, Manners()) as url:
        far = rg.open(url)
        assert far.path("a", "b").labels == ("a", "b")
        assert far.role("a").moves_out == near.role("a").moves_out != ()
        assert far.role("b") == near.role("b")


# -- what is asked ----------------------------------------------------------------------------------------


def test_a_question_asks_for_no_more_than_it_takes(local):
    manners = Manners()
    with serving(local.store.engine, manners) as url:
        graph = rg.open(url)
        assert manners.asked == []
        graph.path("product developer", "CEO")
        assert len(manners.asked) <= 10
        assert not any("SkillRequirement" in text for text in manners.asked)
        before = len(manners.asked)
        graph.path("product manager", "CEO")
        assert len(manners.asked) == before
        rg.open(url).role("CPO")
        assert len(manners.asked) - before <= 16


def test_a_name_is_looked_up_as_at_hand():
    near, manners = rg.open(WORLD), Manners()
    names = sorted({name for entry in near.entries() for name in (*entry.names, entry.iri)})[::3]
    with serving(near.store.engine, manners) as url:
        written = [*names[::3], *map(str.upper, names[1::3])]
        written += [f"  {name.replace(' ', '-')} " for name in names[2::3]]
        for name in (*written, "role:sous-chef", "patissier", "nobody", "PC"):
            far = rg.open(url)
            assert _resolved(far, name) == _resolved(near, name)
            known = _resolved(near, name)[0] is str
            assert not known or far._names._all is far._names._of_roles is None


def _resolved(graph, name):
    try:
        return str, graph.resolve(name)
    except rg.RolegraphError as error:
        return type(error), str(error)


def test_what_is_fetched_for_moves_follows_the_queries():
    """The classes and properties are read from the queries themselves; these are all there."""
    manners = Manners()
    with serving(rg.open(WORLD).store.engine, manners) as url:
        parts.moves_of(rg.open(url).store)
    fetched = next(text for text in manners.asked if text.startswith("CONSTRUCT"))
    for name in ("Move", "Pay", "Preparation", "fromRole", "minimumYears", "sharePercent", "viability"):
        assert f"<{BASE}{name}>" in fetched
    assert f"<{BASE}SkillRequirement>" not in fetched


def test_files_and_services_are_refused(server):
    asked = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    for more in ((), ("--allow-file", "/etc")):
        shown = rolegraph("query", asked, "--data", server[1], *more)
        assert (shown.code, shown.out) == (2, "")
        assert "is refused" in shown.err
    service = f"SELECT * {{ SERVICE <{server[1]}> {{ ?s ?p ?o }} }}"
    shown = rolegraph("query", service, "--data", server[1])
    assert (shown.code, shown.out) == (2, "")
    assert "SERVICE is refused" in shown.err


def test_limits_hold_for_an_endpoint_too(server):
    graph = rg.open(server[1], limits=rg.Limits(seconds=20, rows=3))
    with pytest.raises(rg.OverLimit) as caught:
        graph.select("SELECT ?s { ?s ?p ?o } LIMIT 50")
    assert len(caught.value.partial) == 3
    assert graph.ask("ASK { ?s ?p ?o }")
    shown = rolegraph("query", "SELECT ?s { ?s ?p ?o } LIMIT 50", "--data", server[1], "--max-rows", "3")
    assert shown.code == 3
    assert len(shown.out.splitlines()) == 4
