"""Networks for other programs: they read back what the graph says, and equal data gives equal bytes."""

from __future__ import annotations

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import networkx as nx
import pytest
import worlds
from cli_runner import rolegraph
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLD, iri, shipped, turtle, world

import rolegraph as rg
from rolegraph.exporters import ENDINGS, FORMATS, NETWORKS
from rolegraph.exporters.flat import EDGE_COLUMNS, NODE_COLUMNS, Flat, flatten
from rolegraph.exporters.json import write_cytoscape, write_node_link
from rolegraph.exporters.xml import write_gexf, write_graphml

#: A file name for each format; the folder of tables has no ending.
FILES = {
    "graphml": "out.graphml",
    "gexf": "out.gexf",
    "cytoscape": "out.cyjs",
    "node-link": "out.node-link.json",
    "csv": "out.zip",
}


def read(file: Path) -> nx.MultiDiGraph:
    """Read a file as networkx does, or the tables by the standard library."""
    if file.suffix == ".graphml":
        return nx.read_graphml(file, force_multigraph=True)
    if file.suffix == ".gexf":
        return nx.MultiDiGraph(nx.read_gexf(file))
    if file.suffix == ".cyjs":
        return nx.cytoscape_graph(json.loads(file.read_text("utf-8")))
    if file.suffix == ".json":
        return nx.node_link_graph(json.loads(file.read_text("utf-8")), edges="edges")
    with zipfile.ZipFile(file) as archive:
        return from_tables(archive.read("nodes.csv"), archive.read("edges.csv"))


def from_tables(nodes: bytes, edges: bytes) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for row in typed(nodes, NODE_COLUMNS):
        graph.add_node(row["id"], **row)
    for row in typed(edges, EDGE_COLUMNS):
        graph.add_edge(row["source"], row["target"], **row)
    return graph


def typed(table: bytes, columns: dict) -> list[dict]:
    reader = csv.DictReader(io.StringIO(table.decode(), newline=""), strict=True)
    rows = [{name: columns[name](value) for name, value in row.items() if value} for row in reader]
    assert reader.fieldnames == [*columns]
    return rows


def rows(graph: nx.MultiDiGraph) -> tuple[dict, dict]:
    """Give nodes and edges with what `flatten` says of them; what only a format needs is left out."""
    nodes = {
        node: {name: data[name] for name in NODE_COLUMNS if name in data and name != "id"}
        for node, data in graph.nodes(data=True)
    }
    named = [name for name in EDGE_COLUMNS if name not in {"source", "target"}]
    edges = {
        (start, end, data["kind"]): {name: data[name] for name in named if name in data}
        for start, end, data in graph.edges(data=True)
    }
    assert len(edges) == graph.number_of_edges()
    return nodes, edges


def expected(flat: Flat) -> tuple[dict, dict]:
    graph = nx.MultiDiGraph()
    for row in flat.nodes:
        graph.add_node(row["id"], **row)
    for row in flat.edges:
        graph.add_edge(row["source"], row["target"], **row)
    return rows(graph)


# -- what a row says --


def test_every_node_and_edge_of_the_network_is_in_the_rows_once():
    for graph in (world(), shipped()):
        network, flat = graph.network(), flatten(graph.network())
        assert [row["id"] for row in flat.nodes] == sorted(network)
        ends = [(row["source"], row["kind"], row["target"]) for row in flat.edges]
        assert ends == sorted((start, kind, end) for start, end, kind in network.edges(keys=True))


def test_a_node_has_its_names_its_pay_and_its_sources():
    by_id = {row["id"]: row for row in flatten(world().network()).nodes}
    head = by_id[iri("role:head-chef")]
    assert (head["label"], head["kind"], head["aliases"]) == ("head chef", "role", "chef de cuisine")
    assert (head["pay_amount"], head["pay_basis"]) == (
        58000.0,
        "median total pay, EUR per year, Harbour Town",
    )
    assert (head["pay_period"], head["years"]) == ("2025-03", 8.0)
    assert head["pay_source"].startswith("Kitchen survey (2025-03), section")
    assert head["pay"].count(" | ") == 1
    assert "49,000" in head["pay"]
    assert "experience: Eight years at the stove." in head["notes"].split(" | ")
    assert (head["sources"], head["source_count"]) == (
        "Kitchen survey | The old cook book | Town census",
        3,
    )


def test_amounts_are_of_one_basis_and_a_figure_of_another_is_kept_in_words():
    by_id = {row["id"]: row for row in flatten(world().network()).nodes}
    porter = by_id[iri("role:kitchen-porter")]
    assert "pay_amount" not in porter
    assert porter["pay"].startswith("EUR 12.50 an hour")
    assert {row["pay_basis"] for row in by_id.values() if "pay_amount" in row} == {
        "median total pay, EUR per year, Harbour Town"
    }


def test_what_nobody_says_is_absent_and_no_nought():
    by_id = {row["id"]: row for row in flatten(world().network()).nodes}
    assert by_id[iri("role:cheesemonger")] == {
        "id": iri("role:cheesemonger"),
        "label": "cheesemonger",
        "kind": "role",
        "source_count": 0,
    }


def test_an_edge_has_its_evidence_with_every_claim():
    edges = {(row["source"], row["target"], row["kind"]): row for row in flatten(world().network()).edges}
    move = edges[iri("role:chef-de-partie"), iri("role:sous-chef"), "move"]
    assert move["evidence"] == "stated | observed"
    assert move["sources"] == "Kitchen survey | Town census"
    assert len(move["claims"].split(" | ")) == 2
    held = edges[iri("role:head-chef"), iri("degree:diploma"), "holds_degree"]
    assert (held["share"], held["details"]) == (35.5, "35.5 %")
    doubted = edges[iri("role:head-chef"), iri("role:sous-chef"), "move"]
    assert (doubted["doubts"], doubted["evidence"]) == ("It is a step down.", "editorial")


def test_a_part_of_the_network():
    network = shipped().network()
    moves = flatten(network, moves_only=True)
    assert {row["kind"] for row in moves.edges} == {"move"}
    assert {row["kind"] for row in moves.nodes} == {"role", "group"}
    assert len(moves.nodes) == sum(data["kind"] in {"role", "group"} for _, data in network.nodes(data=True))
    some = flatten(network, kinds=("role", "skill"))
    assert {row["kind"] for row in some.nodes} == {"role", "skill"}
    assert {row["kind"] for row in some.edges} >= {"move", "requires", "matches"}
    known = {row["id"] for row in some.nodes}
    assert all({row["source"], row["target"]} <= known for row in some.edges)
    roles = flatten(network, kinds=("role",), moves_only=True)
    assert {row["kind"] for row in roles.nodes} == {"role"}


def test_the_end_of_a_move_that_nothing_describes_is_there():
    graph = worlds.read("claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b .")
    flat = flatten(graph.network(), moves_only=True)
    assert [(row["label"], row["kind"]) for row in flat.nodes] == [
        ("role:a", "unknown"),
        ("role:b", "unknown"),
    ]
    assert "sources" not in flat.edges[0]  # "no source given" is no source


# -- what other programs read --


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("graph", [worlds.world, worlds.shipped])
@pytest.mark.parametrize("part", [{}, {"moves_only": True}, {"kinds": ("skill", "role")}], ids=str)
def test_what_is_read_back_is_what_was_written(tmp_path, name, graph, part):
    file = graph().export(tmp_path / FILES[name], **part)
    assert rows(read(file)) == expected(flatten(graph().network(), **part))
    assert [path.name for path in tmp_path.iterdir()] == [FILES[name]]


@pytest.mark.parametrize("name", FILES)
def test_equal_data_gives_equal_bytes_in_every_process(tmp_path, name):
    again = turtle(tmp_path, "")
    lines = sorted(WORLD.read_text("utf-8").split("\n\n"), key=lambda part: "@prefix" not in part)
    again.write_text("\n\n".join([lines[0], *reversed(lines[1:])]), "utf-8")
    code = f"""
import hashlib, pathlib, rolegraph as rg
file = rg.open({str(again)!r}).export({str(tmp_path / FILES[name])!r})
print(hashlib.sha256(file.read_bytes()).hexdigest())
"""
    shutil.move(again, tmp_path / "world.ttl")
    code = code.replace(str(again), str(tmp_path / "world.ttl"))
    runs = {worlds.python(code, seed=seed) for seed in ("0", "4711")}
    assert len(runs) == 1
    world().export(tmp_path / f"other-{FILES[name]}")
    assert (tmp_path / f"other-{FILES[name]}").read_bytes() == (tmp_path / FILES[name]).read_bytes()


def test_gephi_finds_ids_of_edges_that_are_unique_a_relation_and_a_weight_where_one_was_counted(tmp_path):
    for name in ("graphml", "gexf"):
        root = ET.parse(shipped().export(tmp_path / FILES[name])).getroot()  # noqa: S314 - our own file
        edges = [item for item in root.iter() if item.tag.endswith("}edge")]
        assert len({edge.get("id") for edge in edges}) == len(edges) == shipped().network().number_of_edges()
    counted = [edge for edge in edges if edge.get("weight")]
    assert {edge.get("kind") for edge in counted} == {"move"}
    assert len(counted) == sum(data["count"] is not None for *_, data in shipped().network().edges(data=True))
    assert b"lastmodified" not in (tmp_path / "out.gexf").read_bytes()


def test_cytoscape_finds_names_and_interactions(tmp_path):
    written = json.loads(world().export(tmp_path / "out.cyjs").read_text("utf-8"))
    assert {"format_version", "generated_by", "target_cytoscapejs_version", "data", "elements"} <= set(
        written
    )
    nodes, edges = written["elements"]["nodes"], written["elements"]["edges"]
    ids = {node["data"]["id"] for node in nodes}
    assert all(isinstance(node["data"]["name"], str) for node in nodes)
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in edges)
    assert len({edge["data"]["id"] for edge in edges} | ids) == len(edges) + len(ids)
    assert "sous-chef (move) head chef" in {edge["data"]["name"] for edge in edges}
    assert all(edge["data"]["interaction"] == edge["data"]["kind"] for edge in edges)


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@worlds.steady
@given(TEXTS, TEXTS)
def test_any_text_survives_but_for_what_xml_cannot_write(one, other):
    flat = Flat(
        ({"id": "x:a", "label": one, "kind": "role"}, {"id": "x:b?<&\"'>", "label": other, "kind": "role"}),
        ({"source": "x:a", "target": "x:b?<&\"'>", "kind": "move", "doubts": one},),
    )
    for write, loads in (
        (write_cytoscape, lambda text: nx.cytoscape_graph(json.loads(text))),
        (write_node_link, lambda text: nx.node_link_graph(json.loads(text), edges="edges")),
    ):
        file = io.BytesIO()
        write(flat, file)
        assert rows(loads(file.getvalue())) == expected(flat)
    for write, reads in ((write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(flat, file)
        graph = reads(io.BytesIO(file.getvalue()))
        assert graph.nodes["x:a"]["label"] == xml_text(one)
        assert graph.nodes["x:b?<&\"'>"]["label"] == xml_text(other)
        (found,) = (data["doubts"] for *_, data in graph.edges(data=True))
        assert found == xml_text(one)


def xml_text(text: str) -> str:
    """Give a text as XML 1.0 can write it (https://www.w3.org/TR/xml/#charsets)."""
    legal = lambda code: code in {9, 10, 13} or 32 <= code < 0xFFFE or code > 0xFFFF  # noqa: E731
    return "".join(char if legal(ord(char)) else "\N{REPLACEMENT CHARACTER}" for char in text)


# -- tables --


def test_tables_go_to_a_folder_that_is_made_anew_and_holds_nothing_else(tmp_path):
    target = tmp_path / "tables"
    assert world().export(target, "csv") == target
    first = {file.name: file.read_bytes() for file in target.iterdir()}
    assert set(first) == {"nodes.csv", "edges.csv"}
    assert rows(from_tables(first["nodes.csv"], first["edges.csv"])) == expected(flatten(world().network()))
    shipped().export(target, "csv")
    world().export(target, "csv")
    assert {file.name: file.read_bytes() for file in target.iterdir()} == first
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    target = tmp_path / "tables"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(rg.OutputError, match=r"holds other files, such as mine\.txt"):
        world().export(target, "csv")
    assert [path.name for path in target.iterdir()] == ["mine.txt"]
    with pytest.raises(rg.OutputError, match="it is a file"):
        world().export(target / "mine.txt", "csv")
    with pytest.raises(rg.OutputError, match="cannot be written"):
        world().export(tmp_path / "none" / "tables", "csv")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.txt", "tables"]


# -- which format --


def test_every_format_has_a_name_and_all_but_the_tables_an_ending():
    assert set(ENDINGS.values()) == set(FORMATS) - {"schema.org"}  # which is a kind of JSON-LD
    assert set(FILES) == set(NETWORKS)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"store", "schema.org"}])
def test_a_format_can_be_named_whatever_the_ending(tmp_path, name):
    ending = next(ending for ending, other in ENDINGS.items() if other == name)
    plain = world().export(tmp_path / "named.zip" if name == "csv" else tmp_path / "named.data", name)
    assert plain.read_bytes() == world().export(tmp_path / f"by-ending{ending}").read_bytes()


def test_json_is_json_ld_and_node_link_json_is_not(tmp_path):
    world().export(tmp_path / "a.json")
    assert rg.open(tmp_path / "a.json").find("head chef").rows
    world().export(tmp_path / "A.NODE-LINK.JSON")
    assert set(json.loads((tmp_path / "A.NODE-LINK.JSON").read_text("utf-8"))) == {
        "directed",
        "multigraph",
        "graph",
        "nodes",
        "edges",
    }


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("all.graphml", "--as", "excel"), "'excel' is not one of"),
        (("all.ttl", "--moves-only"), "Only a network can be written in part"),
        (("all.store", "--kind", "role"), "Only a network can be written in part"),
        (("all.graphml", "--kind", "roles"), "'roles' is not one of"),
        (("all", "--as", ""), "'' is not one of"),
        (("none/all.gexf",), "cannot be written"),
        (("none/all.zip",), "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(options, says):
    answer = rolegraph("export", *options, "--data", str(WORLD))
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_the_library_refuses_the_same():
    with pytest.raises(rg.ParameterError, match=r"no format 'excel'; there are: turtle, .* csv"):
        world().export("x", "excel")
    with pytest.raises(rg.ParameterError, match="no kind 'roles'"):
        world().export("x.gexf", kinds=("roles",))


def test_a_network_that_cannot_be_made_leaves_the_old_file(tmp_path):
    broken = turtle(
        tmp_path,
        'role:a a rg:Role . claim:p a rg:Pay ; rg:role role:a ; rg:amount "much" ; rg:currency "EUR" .',
    )
    (tmp_path / "out.gexf").write_text("old")
    with pytest.raises(rg.SourceError, match="no number"):
        rg.open(broken).export(tmp_path / "out.gexf")
    assert (tmp_path / "out.gexf").read_text() == "old"


def test_the_command_writes_what_the_library_writes(tmp_path):
    file = tmp_path / "moves.gexf"
    answer = rolegraph("export", str(file), "--moves-only", "--data", str(WORLD))
    assert (answer.code, answer.out, answer.err) == (0, "", f"Wrote {file}\n")
    assert file.read_bytes() == world().export(tmp_path / "x.gexf", moves_only=True).read_bytes()
    tables = tmp_path / "tables"
    assert rolegraph("export", str(tables), "--as", "csv", "--kind", "skill", "--data", str(WORLD)).code == 0
    assert len((tables / "nodes.csv").read_text("utf-8").splitlines()) == 11
