"""Costs and rules: what a move costs, and which moves a rule allows."""

from __future__ import annotations

import math

import pytest
import worlds
from worlds import moves, world

import rolegraph as rg
from rolegraph.costs import COSTS, EVIDENCE_KINDS, Rule, hops, named_cost, pair_gap, weigh
from rolegraph.model import Evidence


def edge(*kinds: str) -> dict:
    return {"evidence": tuple(Evidence(f"https://example.org/{kind}", kind, "somebody") for kind in kinds)}


def test_each_move_is_one_hop():
    assert hops("a", "b", {}) == 1


def test_a_cost_is_found_by_its_name_and_a_function_taken_as_it_is():
    network = world().network()
    assert named_cost("hops", network) is hops
    assert named_cost(len, network) is len
    assert all(named_cost(name, network).__name__ == name for name in COSTS)


def test_an_unknown_cost_is_an_error_that_lists_the_known_ones():
    with pytest.raises(rg.ParameterError, match="No cost is called 'miles'; there are: hops"):
        named_cost("miles", world().network())


def test_avoid_forbids_moves_into_a_role_and_allows_those_out_of_it():
    rule = rg.avoid("b", "c")
    assert weigh("a", "b", {}, cost=hops, rules=[rule]) is None
    assert weigh("a", "c", {}, cost=hops, rules=[rule]) is None
    assert weigh("b", "a", {}, cost=hops, rules=[rule]) == 1


def test_the_roles_of_a_rule_are_names_until_a_graph_resolves_them():
    rule = rg.avoid("head chef", "PC").resolved({"head chef": "x:head", "PC": "x:pc"}.__getitem__)
    assert rule.roles == ("x:head", "x:pc")
    assert rule.words == "avoid head chef, PC"
    assert weigh("x:a", "x:pc", {}, cost=hops, rules=[rule]) is None


@pytest.mark.parametrize("kind", EVIDENCE_KINDS)
def test_only_allows_the_evidence_it_names(kind):
    rule = rg.only(kind)
    assert weigh("a", "b", edge(kind), cost=hops, rules=[rule]) == 1
    for other in set(EVIDENCE_KINDS) - {kind}:
        assert weigh("a", "b", edge(other), cost=hops, rules=[rule]) is None
        assert weigh("a", "b", edge(other, kind), cost=hops, rules=[rule]) == 1, "one claim is enough"
    assert weigh("a", "b", edge(), cost=hops, rules=[rule]) is None


def test_only_of_several_kinds_allows_each_of_them():
    rule = rg.only("stated", "observed")
    assert rule.words == "only stated or observed moves"
    assert weigh("a", "b", edge("observed"), cost=hops, rules=[rule]) == 1
    assert weigh("a", "b", edge("derived"), cost=hops, rules=[rule]) is None


def test_only_refuses_a_kind_that_does_not_exist():
    with pytest.raises(
        rg.ParameterError, match="'rumoured' is no kind of evidence; there are: stated, observed"
    ):
        rg.only("stated", "rumoured")


def test_every_rule_must_allow_the_move():
    rules = [rg.only("stated"), rg.avoid("c")]
    assert weigh("a", "b", edge("stated"), cost=hops, rules=rules) == 1
    assert weigh("a", "c", edge("stated"), cost=hops, rules=rules) is None
    assert weigh("a", "b", edge("derived"), cost=hops, rules=rules) is None
    assert weigh("a", "b", edge("derived"), cost=hops, rules=[]) == 1


@pytest.mark.parametrize("value", [0, 0.0, 1, 2.5, 1e300])
def test_a_cost_of_zero_or_more_is_taken(value):
    assert weigh("a", "b", {}, cost=lambda *_: value, rules=[]) == value


def test_a_cost_of_none_forbids_the_move():
    assert weigh("a", "b", {}, cost=lambda *_: None, rules=[]) is None


@pytest.mark.parametrize("value", [-0.01, -5, math.nan, math.inf, -math.inf])
def test_a_cost_below_zero_or_no_number_is_refused(value):
    with pytest.raises(rg.ParameterError, match="a -> b costs"):
        weigh("a", "b", {}, cost=lambda *_: value, rules=[])


def test_a_rule_of_ones_own_sees_roles_ends_and_edge():
    seen = []

    def allows(roles, start, goal, edge):
        seen.append((roles, start, goal, edge["weight"]))
        return True

    (move,) = moves(("a", "b", 3)).edges(data=True)
    rule = Rule("my own", ("r",), allows)
    assert weigh(*move, cost=hops, rules=[rule]) == 1
    assert seen == [(("r",), "a", "b", 3)]


def test_a_graph_resolves_the_names_in_rules_and_objects_to_unknown_ones():
    with pytest.raises(rg.UnknownName, match="Did you mean"):
        world().path("commis", "sous-chef", rules=[rg.avoid("chef de party")])
    with pytest.raises(rg.AmbiguousName):
        world().path("commis", "sous-chef", rules=[rg.avoid("PC")])


# -- the gap of a pair of roles --


def test_the_gap_of_a_move_is_the_required_skills_that_the_role_before_lacks():
    network = worlds.world().network()
    gap = pair_gap(network)
    needs = {
        role: {
            skill
            for _, skill, kind, edge in network.out_edges(role, keys=True, data=True)
            if kind == "requires" and edge["necessity"] in {"essential", "minimum", "typical"}
        }
        for role in network
    }
    for start, goal, kind, edge in network.edges(keys=True, data=True):
        if kind == "move":
            expected = len(needs[goal] - needs[start]) if needs[goal] else None
            assert gap(start, goal, edge) == expected


def test_a_skill_under_the_name_of_another_scheme_is_the_same_skill():
    network = worlds.shipped().network()
    ours = worlds.iri("skill:decision-making")
    (esco,) = (
        end
        for _, end, kind, edge in network.out_edges(ours, keys=True, data=True)
        if kind == "matches" and edge["evidence"][0].detail == "exact"
    )
    role = worlds.iri("role:needs-it")
    network.add_edge(role, esco, key="requires", kind="requires", necessity="essential", evidence=())
    assert pair_gap(network)(worlds.iri("role:chief-product-officer"), role, {}) == 0
    assert pair_gap(network)(role, worlds.iri("role:senior-product-manager"), {}) is None


def test_routes_by_gap_leave_out_roles_of_unknown_skills():
    route = worlds.shipped().path("associate product manager", "CEO", cost="gap")
    assert route.by == "gap"
    assert all(worlds.shipped().role(role.iri).of("requires") for role in route.roles[1:])
    assert route.cost == sum(step.cost for step in route.steps)
    with pytest.raises(rg.NoPath):
        worlds.shipped().path("product manager", "senior product manager", cost="gap")
