"""What a store keeps ready is what its statements say; where it is of another edition, these are read."""

from __future__ import annotations

import json

import networkx as nx
import pytest
import worlds

import rolegraph as rg
from rolegraph import kept, kept_names
from rolegraph.kept_names import read_role_entries
from rolegraph.labels import read_entries
from rolegraph.names import ROLE_KINDS
from rolegraph.projection import project, project_moves


def same(one: nx.MultiDiGraph, other: nx.MultiDiGraph) -> bool:
    """Tell whether two networks are equal, the order of nodes and edges included."""
    return [*one.nodes(data=True)] == [*other.nodes(data=True)] and [*one.edges(keys=True, data=True)] == [
        *other.edges(keys=True, data=True)
    ]


@pytest.fixture(scope="module", params=["world", "shipped"])
def both(request, tmp_path_factory):
    """Give a graph read from files, and the store that was made of it."""
    graph = rg.open(worlds.WORLD) if request.param == "world" else rg.open()
    folder = tmp_path_factory.mktemp("kept") / "made.store"
    graph.export(folder)
    return graph, rg.open(folder)


def test_the_moves_that_a_store_keeps_are_those_of_its_statements(both):
    graph, stored = both
    assert stored.store.kept(kept.MOVES) is not None
    assert same(project_moves(stored.store), project_moves(graph.store))
    assert same(kept.read_network(kept.write_network(project(graph.store))), project(graph.store))


def test_the_names_that_a_store_keeps_are_those_of_its_roles(both):
    graph, stored = both
    assert stored.store.kept(kept_names.NAMES) is not None
    assert read_role_entries(stored.store) == read_entries(graph.store, ROLE_KINDS)
    every = [entry for entry in graph.entries() if entry.kind in ROLE_KINDS]
    assert read_role_entries(stored.store) == every


def test_routes_are_the_same_from_a_store(both):
    graph, stored = both
    roles = [entry.label for entry in graph.entries() if entry.kind == "role"][:6]
    for start in roles:
        for goal in roles:
            if start != goal:
                assert stored.paths(start, goal, k=2) == graph.paths(start, goal, k=2)


@pytest.mark.parametrize("name", [kept_names.NAMES, kept.MOVES])
def test_another_edition_is_left_alone(both, name, monkeypatch):
    graph, stored = both
    read = {kept_names.NAMES: kept_names.read_names, kept.MOVES: kept.read_network}[name]
    content = json.loads(stored.store.kept(name)) | {"edition": kept.EDITION + 1}
    assert read(json.dumps(content).encode()) is None
    for module in (kept, kept_names):
        monkeypatch.setattr(module, "EDITION", module.EDITION + 1)
    assert same(project_moves(stored.store), project_moves(graph.store))
    assert read_role_entries(stored.store) == read_entries(graph.store, ROLE_KINDS)


def test_a_figure_that_is_no_number_does_not_keep_a_store_from_being_made(tmp_path):
    graph = worlds.read('claim:p a rg:Pay ; rg:role role:x ; rg:amount "much" ; rg:currency "EUR" .')
    graph.export(tmp_path / "odd.store")
    stored = rg.open(tmp_path / "odd.store")
    assert stored.store.kept(kept.MOVES) is None
    assert len(stored.store.graphs()) == len(graph.store.graphs())


def test_a_file_that_was_cut_off_is_noticed(tmp_path):
    rg.open(worlds.WORLD).export(tmp_path / "cut.store")
    file = tmp_path / "cut.store" / kept.MOVES
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(rg.SourceError, match="is damaged"):
        rg.open(tmp_path / "cut.store")
