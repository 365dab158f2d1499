"""Values read off a network: roles, and the relations of a node."""

from __future__ import annotations

from worlds import iri, world

from rolegraph.network import links_of, role_of


def test_a_role_has_its_names_its_definition_and_its_pay():
    role = role_of(world().network(), iri("role:kitchen-porter"))
    assert (role.iri, role.label, role.kind) == (iri("role:kitchen-porter"), "kitchen porter", "role")
    assert set(role.aliases) == {"KP", "kitchen hand"}
    assert role.definition == "Keeps the kitchen clean and carries what is heavy."
    assert [pay.amount for pay in role.pay] == [12.5]


def test_a_group_is_read_like_a_role():
    assert role_of(world().network(), iri("group:kitchen-brigade")).kind == "group"


def test_the_links_out_of_a_role_are_sorted_by_kind_then_by_name():
    links = links_of(world().network(), iri("role:head-chef"))
    assert [(link.kind, link.label) for link in links] == [
        ("brings_value", "guests return"),
        ("has_duty", "run the pass"),
        ("holds_degree", "diploma in cookery"),
        ("member_of", "kitchen brigade"),
        ("move", "sous-chef"),
        ("needs_degree", "diploma in cookery"),
        ("requires", "budgeting"),
        ("requires", "kitchen hygiene"),
        ("requires", "leading a brigade"),
        ("requires", "menu planning"),
        ("requires", "tasting"),
        ("suggests_credential", "hygiene certificate"),
        ("suggests_subject", "gastronomy"),
    ]


def test_a_link_says_how_strong_it_is_how_common_and_who_says_so():
    links = {(link.kind, link.label): link for link in links_of(world().network(), iri("role:head-chef"))}
    assert links["requires", "tasting"].necessity == "optional"
    assert links["needs_degree", "diploma in cookery"].necessity == "minimum"
    assert links["holds_degree", "diploma in cookery"].share == 35.5
    assert links["has_duty", "run the pass"].share is None
    assert [item.source for item in links["requires", "tasting"].evidence] == ["The old cook book"]


def test_the_links_into_a_node_name_the_other_end():
    links = links_of(world().network(), iri("skill:hygiene"), incoming=True)
    assert [(link.kind, link.label) for link in links] == [
        ("requires", "commis chef"),
        ("requires", "head chef"),
        ("requires", "sous-chef"),
        ("teaches", "hygiene certificate"),
    ]


def test_a_node_without_relations_has_no_links():
    network = world().network()
    assert links_of(network, iri("role:cheesemonger")) == ()
    assert links_of(network, iri("role:cheesemonger"), incoming=True) == ()


def test_out_and_in_tell_of_the_same_edges():
    network = world().network()
    out = {(node, link.kind, link.iri, link.evidence) for node in network for link in links_of(network, node)}
    into = {
        (link.iri, link.kind, node, link.evidence)
        for node in network
        for link in links_of(network, node, incoming=True)
    }
    assert out == into
    assert len(out) == network.number_of_edges()
