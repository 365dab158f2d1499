"""RoleGraph, the front door: opening data, looking up, asking, travelling, handing on."""

from __future__ import annotations

import os

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
import worlds
from worlds import WORLD, iri, shipped, turtle, world

import rolegraph as rg
from rolegraph.names import shorten
from rolegraph.stores import ONTOLOGY_GRAPH

COOK = 'role:cook a rg:Role ; skos:prefLabel "cook"@en .'
BAKER = 'role:baker a rg:Role ; skos:prefLabel "baker"@en .'
BAKES = """claim:bakes a rg:Move ; rg:fromRole role:cook ; rg:toRole role:baker ; rg:evidence rg:Observed ;
    dcterms:source source:x . source:x a rg:Source ; skos:prefLabel "x" ."""

# -- open --


def test_without_a_source_the_curated_graph_is_opened():
    assert rg.open().store.graphs() == rg.open("curated").store.graphs() == shipped().store.graphs()
    assert iri("graph:coursera-cpo-guide") in shipped().store.graphs()


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_a_file_is_opened_into_a_graph_of_its_name(tmp_path, kind):
    graph = rg.open(kind(turtle(tmp_path, COOK, "My cooks.ttl")))
    assert set(graph.store.graphs()) == {iri("graph:my-cooks"), ONTOLOGY_GRAPH.value}
    assert [entry.label for entry in graph.entries()] == ["cook"]


def test_a_folder_is_opened_file_by_file(tmp_path):
    turtle(tmp_path, COOK, "b.ttl")
    turtle(tmp_path, BAKER, "a.TTL")
    turtle(tmp_path, BAKES, "c.trig")
    (tmp_path / "notes.txt").write_text("not RDF")
    (tmp_path / "sub.ttl").mkdir()
    graph = rg.open(tmp_path)
    assert set(graph.store.graphs()) == {*(iri(f"graph:{name}") for name in "abc"), ONTOLOGY_GRAPH.value}
    assert graph.path("cook", "baker").cost == 1


def test_a_link_in_a_folder_that_leads_nowhere_is_not_passed_over(tmp_path):
    turtle(tmp_path, COOK, "a.ttl")
    (tmp_path / "b.ttl").symlink_to("gone.ttl")
    with pytest.raises(rg.SourceError, match=r"b\.ttl: No such file or directory"):
        rg.open(tmp_path)


def test_a_pipe_in_a_folder_is_not_passed_over(tmp_path):
    turtle(tmp_path, COOK, "a.ttl")
    os.mkfifo(tmp_path / "b.ttl")
    with pytest.raises(rg.SourceError, match=r"b\.ttl: is a pipe or a device"):
        rg.open(tmp_path)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_called_a_store_and_is_none_is_told(tmp_path, kind):
    place = tmp_path / "mine.store"
    place.mkdir() if kind == "folder" else place.write_text("x")
    with pytest.raises(rg.SourceError, match="`rolegraph export` and `rolegraph import` make one"):
        rg.open(place)


def test_files_that_add_nothing_are_known(tmp_path):
    names = [str(turtle(tmp_path, text, name)) for name, text in (("a.ttl", COOK), ("b.ttl", ""))]
    assert rg.open(*names).remarks == (f"{names[1]} adds no statement to the data.",)


def test_a_name_that_no_file_can_have_is_told_as_it_was_given():
    with pytest.raises(rg.SourceError, match=r"^x{300}: File name too long$"):
        rg.open("x" * 300)


def test_several_sources_are_joined(tmp_path):
    graph = rg.open(turtle(tmp_path, COOK), "curated", WORLD)
    labels = {entry.label for entry in graph.entries()}
    assert {"cook", "head chef", "chief product officer"} <= labels
    assert {iri("graph:mine"), iri("graph:world"), iri("graph:coursera-cpo-guide")} < set(
        graph.store.graphs()
    )


def test_files_of_one_name_stay_two_graphs(tmp_path):
    for name, text in (("one", COOK), ("two", BAKER)):
        (tmp_path / name).mkdir()
        turtle(tmp_path / name, text, "roles.ttl")
    graph = rg.open(tmp_path / "one", tmp_path / "two", tmp_path / "two" / "roles.ttl")
    graphs = graph.store.graphs()
    assert {name: count for name, count in graphs.items() if "roles" in name} == {
        iri("graph:roles"): 2,
        iri("graph:roles-2"): 2,
        iri("graph:roles-3"): 2,
    }
    roles = graph.select("SELECT ?role { ?role a rg:Role } ORDER BY ?role").column("role")
    assert roles == [iri("role:baker"), iri("role:cook")], "what two files say is said once"


def test_a_file_of_ones_own_named_ontology_does_not_hide_the_terms(tmp_path):
    graph = rg.open(turtle(tmp_path, COOK, "ontology.ttl"))
    assert graph.store.graphs()[iri("graph:ontology-2")] == 2
    assert graph.ask("ASK { rg:Role a owl:Class }")


def test_the_same_data_twice_says_nothing_twice():
    once, twice = world(), rg.open(WORLD, WORLD)
    assert len(twice.store) > len(once.store)
    assert nx.to_dict_of_dicts(twice.network()) == nx.to_dict_of_dicts(once.network())
    query = "SELECT (COUNT(*) AS ?n) { ?move a rg:Move ; rg:fromRole ?from ; rg:toRole ?to }"
    assert twice.select(query) == once.select(query)


def test_an_on_disk_store_is_opened_by_its_folder(tmp_path):
    target = world().export(tmp_path / "world.store")
    again = rg.open(target)
    assert again.store.graphs() == world().store.graphs()
    assert again.path("KP", "head chef") == world().path("KP", "head chef")
    assert rg.open(str(target)).role("commis") == world().role("commis")


def test_an_on_disk_store_cannot_be_joined_with_other_data(tmp_path):
    target = world().export(tmp_path / "world.store")
    with pytest.raises(rg.SourceError, match="cannot be joined with other data; export it to a file first"):
        rg.open(target, "curated")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.ttl", "No such file or directory"),
        ("missing", "No such file or directory"),
        ("empty", "holds no RDF file"),
        ("notes.txt", "has no ending that tells its format"),
        ("broken.ttl", ":1:"),
    ],
)
def test_what_cannot_be_opened_is_named_with_the_reason(tmp_path, name, reason):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("not RDF")
    (tmp_path / "broken.ttl").write_text("oops")
    with pytest.raises(rg.SourceError) as caught:
        rg.open(tmp_path / name)
    assert reason in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_one_bad_source_fails_the_whole(tmp_path):
    (tmp_path / "broken.ttl").write_text("oops")
    with pytest.raises(rg.SourceError, match=r"broken\.ttl:1:"):
        rg.open("curated", tmp_path / "broken.ttl")


def test_opening_writes_nothing(tmp_path):
    turtle(tmp_path, COOK)
    before = {path.name for path in tmp_path.iterdir()}
    graph = rg.open(tmp_path)
    graph.network()
    graph.rdflib()
    assert {path.name for path in tmp_path.iterdir()} == before


# -- look up --


def test_find_gives_the_best_match_first():
    table = world().find("chef")
    assert table.columns == ("name", "kind", "aliases", "iri")
    assert [row["name"] for row in table] == [
        "chef de partie",
        "head chef",
        "commis chef",
        "pâtissier",
        "sous-chef",
    ]
    assert {row["kind"] for row in table} == {"role"}


def test_find_of_one_kind_and_of_nothing():
    assert shipped().find("product management", kind="subject").column("iri") == [
        iri("subject:product-management")
    ]
    assert len(shipped().find("zebra")) == 0
    with pytest.raises(rg.ParameterError, match="no kind 'no such kind'; there are: role, group, skill"):
        shipped().find("product", kind="no such kind")


def test_nearest_suggests_without_raising():
    assert world().nearest("haed chef")[0] == "head chef"
    assert world().nearest("knive skills", kind="skill") == ["knife skills"]
    assert world().nearest("zzzz") == []


def test_a_role_is_taken_by_any_of_its_names():
    cards = {world().role(name).role.iri for name in ("head chef", "chef de cuisine", "role:head-chef")}
    assert cards == {iri("role:head-chef")}


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph, name: graph.role(name),
        lambda graph, name: graph.why(name),
        lambda graph, name: graph.why("head chef", name),
        lambda graph, name: graph.path(name, "head chef"),
        lambda graph, name: graph.path("head chef", name),
        lambda graph, name: graph.paths(name, "head chef"),
        lambda graph, name: graph.gap("head chef", name),
        lambda graph, name: graph.select("SELECT * {\nVALUES ?role { role:head-chef }\n}", role=name),
    ],
)
def test_every_question_helps_with_a_wrong_name(ask):
    with pytest.raises(rg.UnknownName) as caught:
        ask(world(), "haed chef")
    assert "head chef" in caught.value.suggestions
    with pytest.raises(rg.AmbiguousName):
        ask(world(), "PC")


def test_a_skill_is_no_role_to_travel_to():
    with pytest.raises(rg.UnknownName):
        world().path("commis", "plating")
    with pytest.raises(rg.UnknownName):
        world().role("plating")


# -- ask --


def test_select_gives_rows_of_plain_values():
    table = world().select(
        """SELECT ?role ?amount ?percent ?nothing {
            ?pay rg:role ?role ; rg:amount ?amount . OPTIONAL { ?role rg:no ?nothing }
            OPTIONAL { ?share rg:role ?role ; rg:sharePercent ?percent }
        } ORDER BY ?amount"""
    )
    assert table.columns == ("role", "amount", "percent", "nothing")
    assert table.rows[0] == (iri("role:kitchen-porter"), 12.5, None, None)
    assert table.rows[-1] == (iri("role:head-chef"), 58000, 35.5, None)


def test_values_take_the_place_of_the_defaults():
    query = """SELECT ?skill {
        VALUES ?role { role:head-chef }
        ?claim rg:role ?role ; rg:skill ?skill
    } ORDER BY ?skill"""
    assert len(world().select(query)) == 6
    assert world().select(query, role="pastry chef").column("skill") == [
        iri("skill:pastry-making"),
        iri("skill:plating"),
    ]
    assert len(world().select(query, role=["pastry chef", "commis"])) == 4
    assert len(world().select(query, role="role:nobody-knows")) == 0


def test_a_parameter_that_a_query_lacks_is_an_error_that_lists_those_it_has():
    query = "SELECT ?x {\n VALUES ?role { role:head-chef }\n BIND(1 AS ?x) }"
    with pytest.raises(rg.ParameterError, match=r"no parameter 'rolle'; it has: role\."):
        world().select(query, rolle="commis")
    with pytest.raises(rg.ParameterError, match="it has: none"):
        world().ask("ASK { ?s ?p ?o }", role="commis")
    with pytest.raises(rg.ParameterError, match="skills_of_role has no parameter 'skill'; it has: role"):
        shipped().queries["skills_of_role"](skill="x")
    with pytest.raises(rg.ParameterError, match="'role' needs a value"):
        world().select(query, role=[])


def test_ask_gives_true_or_false():
    query = "ASK {\n VALUES ?role { role:head-chef }\n ?role a rg:Role }"
    assert world().ask(query) is True
    assert world().ask(query, role="role:astronaut") is False


def test_construct_and_describe_give_triples():
    query = "CONSTRUCT { ?m rg:toRole ?role } {\n VALUES ?role { role:head-chef }\n ?m rg:toRole ?role }"
    (triple,) = world().construct(query)
    assert isinstance(triple, ox.Triple)
    assert triple.object == ox.NamedNode(iri("role:head-chef"))
    assert len(world().construct(query, role="sous-chef")) == 4
    assert {triple.subject.value for triple in world().construct("DESCRIBE role:head-chef")} == {
        iri("role:head-chef")
    }
    assert world().construct("CONSTRUCT WHERE { role:astronaut ?p ?o }") == []


FORMS = {
    "select": "SELECT * { ?s ?p ?o } LIMIT 1",
    "ask": "ASK { ?s ?p ?o }",
    "construct": "CONSTRUCT WHERE { ?s a rg:Role }",
}


@pytest.mark.parametrize("verb", FORMS)
@pytest.mark.parametrize("form", [*FORMS, "describe"])
def test_each_verb_takes_its_own_form_of_query(verb, form):
    sparql = FORMS.get(form, "DESCRIBE role:head-chef")
    fits = form == verb or (verb, form) == ("construct", "describe")
    if fits:
        assert getattr(world(), verb)(sparql)
        return
    needed = {"select": "a SELECT", "ask": "an ASK", "construct": "a CONSTRUCT or DESCRIBE"}[verb]
    with pytest.raises(rg.QueryError, match=f"this needs {needed} query"):
        getattr(world(), verb)(sparql)


@pytest.mark.parametrize("verb", FORMS)
def test_a_syntax_error_has_its_place_and_an_update_is_refused(verb):
    with pytest.raises(rg.QueryError) as caught:
        getattr(world(), verb)("SELECT * {\n oops }")
    assert caught.value.line == 2
    with pytest.raises(rg.QueryError, match="updates are refused"):
        getattr(world(), verb)("DELETE WHERE { ?s ?p ?o }")


# -- named queries --


def test_the_named_queries_are_a_mapping():
    queries = shipped().queries
    assert len(queries) == len(list(queries)) >= 15
    assert list(queries) == sorted(queries)
    assert "skills_of_role" in queries
    assert "no_such_query" not in queries
    assert queries.get("no_such_query") is None
    assert repr(queries).startswith(f"<{len(queries)} named queries: ")


def test_a_named_query_is_called_with_its_parameters():
    query = shipped().queries["skills_of_role"]
    assert len(query(role="CPO")) == len(query()) == 11 + 31
    assert len(query(role="C-suite")) == 0
    assert query.__doc__.startswith("Which skills does a role need?")
    assert repr(query) == "<query skills_of_role(role): Which skills does a role need?>"


def test_a_named_query_asks_the_graph_that_it_was_taken_from():
    assert len(world().queries["skills_of_role"](role="head chef")) == 6


def test_a_named_query_gives_the_answer_of_its_form():
    assert shipped().queries["is_reachable"](start="product developer", goal="CEO") is True
    assert shipped().queries["is_reachable"](start="CEO", goal="product developer") is False
    assert shipped().queries["schema_org"](role="CPO")


@pytest.mark.parametrize(
    "name", ["skils_of_role", "skills-of-role", "../ontology/rolegraph", "skills_of_role.rq", ""]
)
def test_a_query_that_does_not_exist_is_an_error(name):
    with pytest.raises(rg.UnknownQuery) as caught:
        shipped().queries[name]
    assert caught.value.name == name
    if name.startswith("ski"):
        assert "skills_of_role" in caught.value.suggestions


# -- travel, hand on --


def test_paths_is_a_list_and_path_the_first_of_it():
    paths = world().paths("KP", "head chef", k=2)
    assert paths[0] == world().path("KP", "head chef")
    assert [path.cost for path in paths] == [3, 4]
    assert world().paths("food critic", "KP") == []


def test_an_unknown_cost_is_an_error():
    with pytest.raises(rg.ParameterError, match="there are: hops"):
        world().path("KP", "head chef", cost="miles")


def test_the_network_is_ones_own():
    graph = rg.open(WORLD)
    network = graph.network()
    assert isinstance(network, nx.MultiDiGraph)
    head = iri("role:head-chef")
    network.nodes[head]["label"] = "boss"
    network.edges[iri("role:sous-chef"), head, "move"]["evidence"] = ()
    network.remove_node(iri("role:chef-de-partie"))
    assert graph.network().nodes[head]["label"] == "head chef"
    assert graph.path("KP", "head chef").labels[1] == "chef de partie"
    assert graph.path("sous-chef", "head chef").steps[0].evidence
    assert "marks" not in graph.network().graph


def test_rdflib_gets_the_same_statements():
    dataset = world().rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.quads())) == len(world().store)


def test_info_counts_data_sets_kinds_and_claims():
    rows = {(row["what"], row["name"]): row for row in shipped().info()}
    graphs = shipped().store.graphs()
    assert {name: row["count"] for (what, name), row in rows.items() if what == "data set"} == {
        shorten(name): size for name, size in graphs.items() if name != ONTOLOGY_GRAPH.value
    }
    assert {"graph:coursera-cpo-guide", "graph:esco", "graph:onet", "graph:bls-oews"} < set(
        map(shorten, graphs)
    )
    guide = rows["data set", "graph:coursera-cpo-guide"]
    assert (guide["version"], guide["licence"]) == ("0.1.0", "https://www.apache.org/licenses/LICENSE-2.0")
    assert rows["ontology", "graph:ontology"]["count"] == graphs[ONTOLOGY_GRAPH.value]
    assert rows["kind", "role"]["count"] == len([e for e in shipped().entries() if e.kind == "role"])
    assert rows["claims", "rg:Pay"]["count"] == 8 + 14
    assert rows["claims", "rg:Move"]["count"] == 11 + 157


def test_info_of_data_that_describes_itself_with_nothing():
    rows = {(row["what"], row["name"]): row for row in world().info()}
    assert rows["data set", "graph:world"]["title"] is None
    assert rows["claims", "rg:Move"]["count"] == 11
    assert rows["kind", "skill"]["count"] == 10


def test_a_graph_says_what_it_is():
    assert repr(world()) == f"<RoleGraph of {len(world().store):,} statements in 2 graphs>"


def test_a_graph_without_roles_answers_too(tmp_path):
    graph = rg.open(turtle(tmp_path, ""))
    assert graph.entries() == []
    assert len(graph.network()) == 0
    assert len(graph.find("")) == 0
    assert graph.validate().conforms
    with pytest.raises(rg.UnknownName, match="No role is called 'CEO'"):
        graph.path("CEO", "CTO")


def test_a_store_of_ones_own_can_be_asked():
    store = rg.LocalStore()
    store.load_text(worlds.PREAMBLE + COOK + BAKER + BAKES, "mine")
    graph = rg.RoleGraph(store)
    assert str(graph.path("cook", "baker")) == "cook -> baker"
    assert graph.why("cook", "baker").column("evidence") == ["observed"]
