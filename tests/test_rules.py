"""Rules: which routes they leave, and that the search never follows what they forbid."""

from __future__ import annotations

import pytest
import worlds
from brute_force import MOVES, ROLES, network_of, one, routes, total
from hypothesis import given
from hypothesis import strategies as st
from worlds import cheapest, iri, k_cheapest, moves, read, shipped, world

import rolegraph as rg
from rolegraph import rules
from rolegraph.model import Evidence, Pay, Profile
from rolegraph.moves import move_graph

CENSUS = Evidence("x:claim", "observed", "a census")


def pay(amount: float, statistic: str = "median wage") -> Pay:
    return Pay(amount, "EUR", statistic, "YEAR", "2025", "Harbour Town", CENSUS)


def paid(network, **figures):
    for role, amount in figures.items():
        network.nodes[role]["pay"] = (pay(amount),)
    return network


def left_by(network, *these: rules.Rule, missing: str = "skip") -> set[str]:
    """Give the moves that rules leave."""
    weighed = move_graph(network, rules=these, missing=missing)
    return {
        weighed.names[start] + weighed.names[goal]
        for start, arcs in enumerate(weighed.ahead)
        for goal, _ in arcs
    }


SQUARE = (("a", "b", 1), ("b", "d", 1), ("a", "c", 1), ("c", "d", 1), ("b", "c", 1))


def test_avoid_forbids_moves_into_a_role_and_allows_those_out_of_it():
    assert left_by(moves(*SQUARE), rg.avoid("b")) == {"ac", "bc", "bd", "cd"}
    assert left_by(moves(*SQUARE), rg.avoid("b", "c")) == {"bd", "cd"}


def test_via_is_passed_in_any_order():
    network = moves(*SQUARE)
    assert [path.labels for path in k_cheapest(network, "a", "d", 9, rules=[rg.via("c")])] == [
        ("a", "c", "d"),
        ("a", "b", "c", "d"),
    ]
    assert cheapest(network, "a", "d", rules=[rg.via("c", "b")]).labels == ("a", "b", "c", "d")
    assert cheapest(network, "a", "d", rules=[rg.via("c"), rg.via("b")]).labels == ("a", "b", "c", "d")


def test_via_an_end_is_no_detour():
    network = moves(*SQUARE)
    assert cheapest(network, "a", "d", rules=[rg.via("a", "d")]).labels == ("a", "b", "d")


def test_via_a_role_that_only_a_loop_would_reach_is_no_route():
    network = moves(("a", "b", 1), ("b", "c", 1), ("b", "x", 1), ("x", "b", 1))
    with pytest.raises(rg.NoPath):
        cheapest(network, "a", "c", rules=[rg.via("x")])


@pytest.mark.parametrize("kind", rules.EVIDENCE_KINDS)
def test_only_allows_the_evidence_it_names(kind):
    network = moves(*SQUARE)
    network.edges["a", "b", "move"]["evidence"] = (Evidence("x:1", kind, "s"), Evidence("x:2", "rumour", "s"))
    network.edges["b", "d", "move"]["evidence"] = (Evidence("x:1", "rumour", "s"),)
    assert left_by(network, rg.only(kind)) == {"ab"}


def test_only_of_several_kinds_allows_each_of_them():
    rule = rg.only("stated", "observed")
    assert rule.words == "only stated or observed moves"
    network = moves(*SQUARE)
    network.edges["a", "b", "move"]["evidence"] = (Evidence("x:1", "stated", "s"),)
    network.edges["a", "c", "move"]["evidence"] = (Evidence("x:1", "observed", "s"),)
    assert left_by(network, rule) == {"ab", "ac"}


def test_only_refuses_a_kind_that_does_not_exist():
    with pytest.raises(rg.ParameterError, match="'rumoured' is no kind of evidence; there are: stated"):
        rg.only("stated", "rumoured")


def test_the_least_pay_holds_for_every_role_but_the_first():
    network = paid(moves(*SQUARE), a=10, b=90, c=100, d=100)
    assert cheapest(network, "a", "d", rules=[rg.min_pay(90)]).labels == ("a", "b", "d")
    assert cheapest(network, "a", "d", rules=[rg.min_pay(91)]).labels == ("a", "c", "d")
    with pytest.raises(rg.NoPath, match="pay of at least 101"):
        cheapest(network, "a", "d", rules=[rg.min_pay(101)])


def test_the_least_pay_may_be_of_one_statistic():
    network = paid(moves(*SQUARE), b=90, c=100, d=100)
    network.nodes["b"]["pay"] += (pay(200, "mean wage"),)
    assert left_by(network, rg.min_pay(95)) == {"ac", "bc", "bd", "cd"}, "medians go first"
    assert left_by(network, rg.min_pay(95, "mean wage")) == {"ab"}


def test_pay_that_nobody_tells_is_not_enough_unless_that_is_ignored():
    network = paid(moves(*SQUARE), b=90, d=100)
    assert left_by(network, rg.min_pay(50)) == {"ab", "bd", "cd"}
    assert left_by(network, rg.min_pay(50), missing="worst") == {"ab", "bd", "cd"}
    assert left_by(network, rg.min_pay(50), missing="ignore") == {"ab", "ac", "bc", "bd", "cd"}


def test_no_move_costs_more_pay_than_is_allowed():
    network = paid(moves(*SQUARE), a=100, b=95, c=80, d=100)
    assert left_by(network, rg.max_pay_cut(5)) == {"ab", "bd", "cd"}
    assert left_by(network, rg.max_pay_cut(0.05, relative=True)) == {"ab", "bd", "cd"}
    assert left_by(network, rg.max_pay_cut(0)) == {"bd", "cd"}
    assert left_by(network, rg.max_pay_cut(20)) == {"ab", "ac", "bc", "bd", "cd"}


def test_unlike_pay_is_no_proof_that_nothing_is_lost():
    network = paid(moves(*SQUARE), a=100, b=95)
    network.nodes["b"]["pay"] = (pay(95, "mean wage"),)
    assert "ab" not in left_by(network, rg.max_pay_cut(50))
    assert "ab" in left_by(network, rg.max_pay_cut(50, allow_mixed=True))
    assert "ab" not in left_by(network, rg.max_pay_cut(4, allow_mixed=True))


def test_pay_of_ones_own_is_what_one_would_lose():
    network = paid(moves(*SQUARE), a=100, b=95, c=95, d=95)
    weighed = move_graph(network, rules=[rg.max_pay_cut(10)], profile=Profile(role="a", pay=pay(200)))
    assert not weighed.ahead[weighed.number["a"]]


DEGREES = """
role:a a rg:Role . role:b a rg:Role . role:c a rg:Role . role:d a rg:Role .
degree:low a rg:Degree . degree:high a rg:Degree . degree:odd a rg:Degree .
claim:l a rg:DegreeClassification ; rg:degree degree:low ; rg:iscedLevel 5 .
claim:h a rg:DegreeClassification ; rg:degree degree:high ; rg:iscedLevel 7 .
claim:ab a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated .
claim:ac a rg:Move ; rg:fromRole role:a ; rg:toRole role:c ; rg:evidence rg:Stated .
claim:ad a rg:Move ; rg:fromRole role:a ; rg:toRole role:d ; rg:evidence rg:Stated .
claim:b a rg:EducationRequirement ; rg:role role:b ; rg:degree degree:low ; rg:necessity rg:Minimum .
claim:c a rg:EducationRequirement ; rg:role role:c ; rg:degree degree:high ; rg:necessity rg:Minimum .
claim:d a rg:EducationRequirement ; rg:role role:d ; rg:degree degree:low ; rg:necessity rg:Preferred .
"""


@pytest.mark.parametrize(
    ("degree", "reached"),
    [("low", {"d"}), ("high", {"b", "d"}), ("odd", {"b", "c", "d"})],
)
def test_without_a_degree_roles_that_require_it_or_a_higher_one_are_closed(degree, reached):
    graph = read(DEGREES)
    found = {
        goal
        for goal in "bcd"
        if graph.paths("role:a", f"role:{goal}", rules=[rg.no_degree(f"degree:{degree}")])
    }
    assert found == reached


def test_the_shipped_cpo_takes_a_bachelors_degree():
    assert shipped().path("product developer", "CPO", rules=[rg.no_degree("master's degree")])
    with pytest.raises(rg.NoPath, match="no role that requires a bachelor's degree"):
        shipped().path("product developer", "CPO", rules=[rg.no_degree("bachelor's degree")])


@worlds.steady
@given(
    MOVES,
    st.sets(st.sampled_from(ROLES), max_size=2),
    st.lists(st.sampled_from(["stated", "observed", "derived"]), min_size=1, unique=True),
    st.integers(0, 6),
    st.sampled_from([None, "c", "g"]),
)
def test_rules_together_leave_exactly_the_routes_that_keep_each(found, avoided, kinds, most, passed):
    kept = [move for move in found if move[1] not in avoided and move[2] in kinds]
    network, via = network_of(found), [passed] if passed else []
    these = [rg.avoid(*avoided), rg.only(*kinds), rg.max_steps(most), rg.via(*via)]
    expected = routes(network_of(kept), "a", "h", most, via)
    paths = k_cheapest(network, "a", "h", 10_000, one, rules=these)
    assert {path.labels for path in paths} == set(expected)
    assert [path.cost for path in paths] == sorted(total(network, one, route) for route in expected)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: rg.max_steps(1), "at most 1 move"),
        (lambda: rg.min_pay(90000.5), "pay of at least 90,000.50"),
        (lambda: rg.max_pay_cut(5000), "no pay cut above 5,000"),
        (lambda: rg.max_pay_cut(0.125, relative=True), "no pay cut above 12.5 %"),
        (lambda: rg.via("a", "b"), "via a, b"),
    ],
)
def test_a_rule_says_what_it_is(make, words):
    rule = make()
    assert rule.words == words
    assert rule == make(), "rules are values"
    assert hash(rule) == hash(make())


@pytest.mark.parametrize("make", [lambda: rg.max_steps(-1), lambda: rg.max_pay_cut(-1)])
def test_a_rule_that_makes_no_sense_is_refused(make):
    with pytest.raises(rg.ParameterError):
        make()


def test_a_rule_of_ones_own_sees_roles_ends_and_edge():
    seen = []

    def allows(roles, start, goal, edge):
        seen.append((roles, start, goal, edge["weight"]))
        return True

    assert left_by(moves(("a", "b", 3)), rg.Rule("my own", ("r",), allows)) == {"ab"}
    assert seen == [(("r",), "a", "b", 3)]


def test_the_names_in_a_rule_are_resolved_each_among_its_kind():
    assert rg.avoid("head chef").resolved(world().resolve).roles == (iri("role:head-chef"),)
    degree = rg.no_degree("diploma in cookery").resolved(world().resolve)
    assert degree.roles == (iri("degree:diploma"),)
    with pytest.raises(rg.UnknownName, match="Did you mean"):
        world().path("commis", "sous-chef", rules=[rg.avoid("chef de party")])
    with pytest.raises(rg.AmbiguousName):
        world().path("commis", "sous-chef", rules=[rg.via("PC")])
    with pytest.raises(rg.UnknownName, match="No degree is called 'head chef'"):
        world().path("commis", "sous-chef", rules=[rg.no_degree("head chef")])
