"""Roles of two sources that match: each has what is said of the other, routes cross, and the two stay two."""

from __future__ import annotations

import networkx as nx
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import iri, read

import rolegraph as rg
from rolegraph.linked_roles import lend_between_roles, same_roles
from rolegraph.model import match_rank

SOURCES = """
source:one a rg:Source ; skos:prefLabel "First survey" .
source:two a rg:Source ; skos:prefLabel "Second survey" .
source:links a rg:Source ; skos:prefLabel "Links, reviewed by Ann Lee" .
"""

#: Two sources on one cook: the first knows how one becomes a cook, the second what a cook becomes.
TWO = f"""{SOURCES}
role:porter a rg:Role ; skos:prefLabel "porter" . role:cook a rg:Role ; skos:prefLabel "cook" .
role:chef-cook a rg:Role ; skos:prefLabel "cook" . role:owner a rg:Role ; skos:prefLabel "owner" .
skill:knives a rg:Skill ; skos:prefLabel "knives" . duty:cook a rg:Duty ; skos:prefLabel "to cook" .
claim:up a rg:Move ; rg:fromRole role:porter ; rg:toRole role:cook ; rg:evidence rg:Observed ; rg:count 3 ;
    rg:sharePercent 20 ; dcterms:source source:one .
claim:out a rg:Move ; rg:fromRole role:chef-cook ; rg:toRole role:owner ; rg:evidence rg:Stated ;
    dcterms:source source:two .
claim:pay a rg:Pay ; rg:role role:chef-cook ; rg:amount 30000 ; rg:currency "EUR" ;
    dcterms:source source:two .
claim:years a rg:ExperienceRequirement ; rg:role role:chef-cook ; rg:minimumYears 4 ;
    dcterms:source source:two .
claim:knives a rg:SkillRequirement ; rg:role role:chef-cook ; rg:skill skill:knives ;
    rg:necessity rg:Essential ; dcterms:source source:two .
claim:duty a rg:DutyClaim ; rg:role role:chef-cook ; rg:duty duty:cook ; dcterms:source source:two .
"""


def link(match: str = "Exact", one: str = "role:cook", other: str = "role:chef-cook", more: str = "") -> str:
    name = f"claim:{one[5:]}-{other[5:]}"
    return (
        f"{name} a rg:RoleMapping ; rg:role {one} ; rg:mappedRole {other} ; rg:match rg:{match}Match ; "
        f'rg:text "one cook" ; rg:evidence rg:Editorial ; dcterms:source source:links {more} .\n'
    )


COOK, CHEF, PORTER, OWNER = (iri(f"role:{name}") for name in ("cook", "chef-cook", "porter", "owner"))


def test_without_a_mapping_nothing_is_lent_and_no_route_crosses():
    graph = read(TWO)
    assert same_roles(graph.network()) == {}
    with pytest.raises(rg.NoPath):
        graph.path("role:porter", "owner")
    assert graph.network().nodes[COOK]["pay"] == ()
    with pytest.raises(rg.AmbiguousName, match="'cook' names 2 things"):
        graph.resolve("cook")


def test_a_route_crosses_two_sources_and_its_evidence_names_the_mapping():
    path = read(TWO + link()).path("porter", "owner")
    assert path.labels == ("porter", "cook", "owner")
    first, second = path.steps
    assert {item.source for item in first.evidence} == {"First survey"}
    assert {item.source for item in second.evidence} == {"Second survey"}
    vias = {item.via for step in path.steps for item in step.evidence}
    assert vias & {
        "the role “cook” role:chef-cook (exact match)",
        "the role “cook” role:cook (exact match)",
    }


def test_an_exact_match_lends_everything_both_ways_and_the_two_stay_two():
    network = read(TWO + link()).network()
    assert same_roles(network) == dict.fromkeys((COOK, CHEF), frozenset({COOK, CHEF}))
    via = "the role “cook” role:chef-cook (exact match)"
    assert [(pay.amount, pay.evidence.via) for pay in network.nodes[COOK]["pay"]] == [(30000, via)]
    assert [(note.years, note.evidence.via) for note in network.nodes[COOK]["notes"]] == [(4, via)]
    assert network.nodes[CHEF]["pay"][0].evidence.via == ""
    edges = {(start, end, kind) for start, end, kind in network.edges(keys=True) if COOK in {start, end}}
    assert edges == {
        (PORTER, COOK, "move"),
        (COOK, OWNER, "move"),
        (COOK, iri("skill:knives"), "requires"),
        (COOK, iri("duty:cook"), "has_duty"),
        (COOK, CHEF, "matches"),
    }
    assert network.edges[COOK, iri("skill:knives"), "requires"]["necessity"] == "essential"
    lent = network.edges[PORTER, CHEF, "move"]
    assert (lent["count"], lent["share"]) == (3, 20.0)
    assert [item.via for item in lent["evidence"]] == ["the role “cook” role:cook (exact match)"]
    assert [item.via for item in network.edges[PORTER, COOK, "move"]["evidence"]] == [""]
    assert match_rank(lent["evidence"][0]) == 1


@pytest.mark.parametrize(
    ("match", "needs", "pay"), [("Close", True, True), ("Near", False, True), ("No", False, False)]
)
def test_a_lesser_match_lends_less_and_never_moves(match, needs, pay):
    network = read(TWO + link(match)).network()
    assert network.has_edge(COOK, iri("skill:knives"), "requires") == needs
    assert bool(network.nodes[COOK]["pay"]) == pay
    assert not network.has_edge(COOK, iri("duty:cook"), "has_duty")
    assert not network.has_edge(COOK, OWNER, "move")
    assert same_roles(network) == {}
    with pytest.raises(rg.AmbiguousName):
        read(TWO + link(match)).resolve("cook")


def test_the_doubt_of_a_mapping_goes_along():
    network = read(TWO + link("Close", more='; rg:doubt "One is paid."')).network()
    assert network.nodes[COOK]["pay"][0].evidence.doubt == "One is paid."
    assert network.nodes[CHEF]["pay"][0].evidence.doubt == ""


def test_what_a_role_says_itself_counts_before_what_is_lent():
    own = """claim:own a rg:SkillRequirement ; rg:role role:cook ; rg:skill skill:knives ;
        rg:necessity rg:Optional ; dcterms:source source:one .
    claim:also a rg:Move ; rg:fromRole role:porter ; rg:toRole role:chef-cook ; rg:evidence rg:Observed ;
        rg:count 8 ; dcterms:source source:two ."""
    network = read(TWO + own + link()).network()
    edge = network.edges[COOK, iri("skill:knives"), "requires"]
    assert edge["necessity"] == "optional"
    assert [item.detail for item in edge["evidence"]] == ["optional", "essential"]
    counts = [network.edges[PORTER, role, "move"]["count"] for role in (COOK, CHEF)]
    assert counts == [3, 8]
    assert network.edges[PORTER, CHEF, "move"]["share"] == 20.0


def test_exact_matches_hold_by_way_of_a_third_and_in_a_ring():
    third = 'role:koch a rg:Role ; skos:prefLabel "Koch" .'
    for links in (
        link() + link(one="role:chef-cook", other="role:koch"),
        link() + link(one="role:koch", other="role:chef-cook") + link(one="role:koch", other="role:cook"),
    ):
        network = read(TWO + third + links).network()
        koch = iri("role:koch")
        assert same_roles(network)[koch] == {COOK, CHEF, koch}
        assert [item.via for item in network.edges[PORTER, koch, "move"]["evidence"]] == [
            "the role “cook” (exact match)"
        ]
        assert [pay.amount for pay in network.nodes[koch]["pay"]] == [30000]
        assert [pay.amount for pay in network.nodes[CHEF]["pay"]] == [30000]


def test_what_a_role_has_by_way_of_an_occupation_is_lent_and_the_worse_match_is_named_last():
    occupation = """occupation:cooks a rg:Occupation ; skos:prefLabel "Cooks" .
    claim:o a rg:Mapping ; rg:role role:cook ; rg:occupation occupation:cooks ; rg:match rg:{} .
    claim:op a rg:Pay ; rg:role occupation:cooks ; rg:amount 28000 ; rg:currency "EUR" ."""
    role, cooks = "the role “cook” role:cook", "the occupation “Cooks”"
    for own, match, via in (
        ("CloseMatch", "Exact", f"{role} (exact match), there {cooks} (close match)"),
        ("ExactMatch", "Close", f"{cooks} (exact match), there {role} (close match)"),
    ):
        pay = read(TWO + occupation.format(own) + link(match)).network().nodes[CHEF]["pay"]
        evidence = next(item.evidence for item in pay if item.amount == 28000)
        assert (evidence.via, match_rank(evidence)) == (via, 2)


def test_a_claim_that_both_have_is_not_told_twice():
    both = """occupation:cooks a rg:Occupation ; skos:prefLabel "Cooks" .
    claim:o1 a rg:Mapping ; rg:role role:cook ; rg:occupation occupation:cooks ; rg:match rg:ExactMatch .
    claim:o2 a rg:Mapping ; rg:role role:chef-cook ; rg:occupation occupation:cooks ; rg:match rg:ExactMatch .
    claim:op a rg:Pay ; rg:role occupation:cooks ; rg:amount 28000 ; rg:currency "EUR" .
    claim:os a rg:SkillRequirement ; rg:role occupation:cooks ; rg:skill skill:tasting ."""
    network = read(TWO + both + link()).network()
    for role in (COOK, CHEF):
        assert [pay.amount for pay in network.nodes[role]["pay"]].count(28000) == 1
        assert len(network.edges[role, iri("skill:tasting"), "requires"]["evidence"]) == 1


def test_roles_that_are_the_same_answer_to_one_name_and_avoiding_one_avoids_all():
    graph = read(TWO + link())
    assert graph.resolve("cook") == min(COOK, CHEF)
    for name in ("cook", "role:cook", "role:chef-cook"):
        with pytest.raises(rg.NoPath):
            graph.path("porter", "owner", rules=[rg.avoid(name)])
        assert graph.path("porter", "owner", rules=[rg.via(name)]).labels == ("porter", "cook", "owner")


def test_a_third_role_of_the_name_keeps_it_ambiguous():
    graph = read(TWO + 'role:ships-cook a rg:Role ; skos:prefLabel "cook" .' + link())
    with pytest.raises(rg.AmbiguousName, match="names 3 things"):
        graph.resolve("cook")


def test_moves_between_roles_that_are_the_same_lend_nothing():
    inside = (
        "claim:in a rg:Move ; rg:fromRole role:cook ; rg:toRole role:chef-cook ; dcterms:source source:one ."
    )
    network = read(TWO + inside + link()).network()
    assert network.has_edge(COOK, CHEF, "move")
    assert not network.has_edge(CHEF, COOK, "move")
    assert not any(start == end for start, end in network.edges())


def test_the_mapping_stands_between_the_two_with_its_source():
    rows = [*read(TWO + link()).why("role:cook", "role:chef-cook")]
    assert [(row["relation"], row["evidence"], row["source"]) for row in rows] == [
        ("matches", "editorial", "Links, reviewed by Ann Lee")
    ]


def test_without_the_source_of_the_mapping_the_route_is_gone():
    found = read(TWO + link()).stability("porter", "owner", runs=1)
    assert set(found.hangs_on) == {"First survey", "Second survey", "Links, reviewed by Ann Lee"}
    from rolegraph.without import without_source

    left = without_source(read(TWO + link()).network(), "Links, reviewed by Ann Lee")
    assert nx.utils.graphs_equal(left, read(TWO).network())


ROLES = [iri(f"role:{name}") for name in "abcdef"]
pairs = st.sets(st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES)), max_size=6)


@worlds.steady
@given(pairs, pairs)
def test_routes_are_those_of_the_graph_in_which_the_same_roles_are_one(moves, links):
    """The oracle merges the roles; here they stay apart, and the lengths of routes are the same."""
    moves = {pair for pair in moves if pair[0] != pair[1]}
    links = {pair for pair in links if pair[0] != pair[1]}
    network = worlds.moves(*((start, goal, 1.0) for start, goal in sorted(moves)))
    for role in ROLES:
        network.add_node(
            role, label=role, kind="role", aliases=(), definition="", pay=(), notes=(), evidence=()
        )
    for *_, edge in network.edges(data=True):
        edge.update(evidence=(rg.Evidence("x:claim", "stated", "s"),), necessity="", share=None, count=None)
    for one, other in links:
        mapped = (rg.Evidence("x:map", "editorial", "m", detail="exact"),)
        network.add_edge(
            one, other, key="matches", kind="matches", evidence=mapped, necessity="", share=None, count=None
        )
    lend_between_roles(network)
    merged = nx.Graph([*links, *((role, role) for role in ROLES)])
    one_of = {role: min(group) for group in nx.connected_components(merged) for role in group}
    oracle = nx.DiGraph((one_of[start], one_of[goal]) for start, goal in moves)
    oracle.add_nodes_from(set(one_of.values()))
    apart = nx.DiGraph((start, end) for start, end, kind in network.edges(keys=True) if kind == "move")
    apart.add_nodes_from(ROLES)
    for start in ROLES:
        found = nx.single_source_shortest_path_length(apart, start)
        expected = nx.single_source_shortest_path_length(oracle, one_of[start])
        for goal in ROLES:
            if one_of[start] != one_of[goal]:
                assert found.get(goal) == expected.get(one_of[goal])
