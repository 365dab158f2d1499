"""Costs: what routes cost, and what is not known of that."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import worlds
from worlds import cheapest, iri, moves, read, shipped, world

import rolegraph as rg
from rolegraph.costs import COSTS, MISSING, Additive, Carried, named_cost, step_costs
from rolegraph.model import Evidence, Note, Pay, Profile
from rolegraph.moves import move_graph
from rolegraph.rules import EVIDENCE_KINDS

CENSUS = Evidence("x:claim", "observed", "a census")


def edge(*kinds: str, share: float | None = None, doubt: str = "") -> dict:
    evidence = tuple(Evidence(f"x:{kind}", kind, "somebody", doubt=doubt) for kind in kinds)
    return {"evidence": evidence, "share": share}


def pay(amount: float, statistic: str = "median wage") -> Pay:
    return Pay(amount, "EUR", statistic, "YEAR", "2025", "Harbour Town", CENSUS)


def paid(**amounts: float | None):
    """Give a chain of roles in the order of their names, with this pay."""
    names = list(amounts)
    network = moves(*((one, other, 1) for one, other in pairwise(names)))
    for name, amount in amounts.items():
        network.nodes[name]["pay"] = () if amount is None else (pay(amount),)
    return network


# -- which there are --


def test_a_cost_is_found_by_its_name_and_a_function_taken_as_it_is():
    network = world().network()
    assert [named_cost(name, network).name for name in COSTS] == [*COSTS]
    assert [*COSTS] == ["hops", "gap", "pay-cut", "years", "doubt"]
    mine = Additive("mine", "miles", lambda *_: 3.0)
    assert named_cost(mine, network) is mine

    def miles(_start, _goal, _edge):
        return 2.5

    assert (named_cost(miles, network).name, named_cost(miles, network).of("a", "b", {})) == ("miles", 2.5)


def test_an_unknown_cost_is_an_error_that_lists_the_known_ones():
    with pytest.raises(rg.ParameterError, match="No cost is called 'miles'; there are: hops, gap, pay-cut"):
        world().path("commis", "sous-chef", cost="miles")


def test_every_cost_names_its_unit():
    network = shipped().network()
    units = {name: named_cost(name, network).unit for name in COSTS}
    assert units == {
        "hops": "moves",
        "gap": "skills",
        "pay-cut": "USD a year",
        "years": "years",
        "doubt": "nats",
    }


@pytest.mark.parametrize("value", [-0.01, -5, math.nan, math.inf, -math.inf])
def test_a_cost_below_zero_or_no_number_is_refused(value):
    network = moves(("a", "b", value))
    with pytest.raises(rg.ParameterError, match="a -> b costs"):
        move_graph(network, worlds.weight)
    with pytest.raises(rg.ParameterError, match="a -> b costs"):
        step_costs(named_cost(worlds.weight, network), network, ["a", "b"])


# -- gap --


def needs_of(network, role: str) -> set[str]:
    return {
        skill
        for _, skill, kind, data in network.out_edges(role, keys=True, data=True)
        if kind == "requires" and data["necessity"] in {"essential", "minimum", "typical"}
    }


def test_the_gap_counts_what_is_required_and_was_not_brought():
    network = world().network()
    cost = named_cost("gap", network)
    names = [iri(f"role:{name}") for name in ("commis-chef", "chef-de-partie", "sous-chef", "head-chef")]
    needs = [needs_of(network, name) for name in names]
    assert not needs[1], "nobody names a skill of the chef de partie"
    assert step_costs(cost, network, names) == (
        None,
        len(needs[2] - needs[0]),
        len(needs[3] - needs[2] - needs[0]),
    )


def test_what_is_only_preferred_is_neither_learnt_nor_brought():
    graph = read(
        """role:a a rg:Role . role:b a rg:Role .
        claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated .
        claim:1 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:s ; rg:necessity rg:Optional .
        claim:2 a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s ; rg:necessity rg:Essential .
        claim:3 a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:t ; rg:necessity rg:Optional ."""
    )
    assert graph.path("role:a", "role:b", cost="gap").cost == 1


def test_a_skill_under_the_name_of_another_scheme_is_the_same_skill():
    network = shipped().network()
    ours, role = iri("skill:decision-making"), iri("role:needs-it")
    (esco,) = (
        end
        for _, end, kind, data in network.out_edges(ours, keys=True, data=True)
        if kind == "matches" and data["evidence"][0].detail == "exact"
    )
    network.add_edge(role, esco, key="requires", kind="requires", necessity="essential", evidence=())
    cost = named_cost("gap", network)
    assert step_costs(cost, network, [iri("role:chief-product-officer"), role]) == (0,)
    assert step_costs(cost, network, [role, iri("role:senior-product-manager")]) == (None,)


def test_a_profile_brings_skills_and_what_its_credentials_teach():
    graph = world()
    without = graph.path("sous-chef", "head chef", cost="gap")
    budgeting = Profile(skills=frozenset({iri("skill:budgeting")}))
    taught = Profile(credentials=frozenset({iri("training:costing-course")}))
    costs = [
        graph.path("sous-chef", "head chef", cost="gap", profile=who).cost for who in (budgeting, taught)
    ]
    assert costs == [without.cost - 1] * 2, "the costing course teaches budgeting"


def test_the_gap_of_a_route_is_that_of_its_plan():
    graph = shipped()
    for path in graph.paths("product manager", "CEO", k=20, cost="gap", missing="ignore"):
        assert path.cost == graph.plan(path).skills


# -- pay --


def test_a_pay_cut_is_what_is_lost_and_never_made_up_for():
    network = paid(a=100, b=80, c=200, d=150)
    path = cheapest(network, "a", "d", "pay-cut")
    assert ([step.cost for step in path.steps], path.cost, path.unit) == ([20, 0, 50], 70, "EUR a year")


def test_unlike_pay_is_not_compared_unless_that_is_asked_for():
    network = paid(a=100, b=80)
    network.nodes["b"]["pay"] = (pay(80, "median total pay"),)
    with pytest.raises(rg.NoPath):
        cheapest(network, "a", "b", "pay-cut")
    told = cheapest(network, "a", "b", "pay-cut", missing="ignore")
    assert (told.cost, told.steps[0].cost) == (0, None)
    assert "median wage" in told.steps[0].remark
    assert "median total pay" in told.steps[0].remark
    mixed = cheapest(network, "a", "b", "pay-cut", allow_mixed=True)
    assert (mixed.cost, mixed.steps[0].cost) == (20, 20)
    assert mixed.steps[0].remark.startswith("unlike: ")


def test_pay_of_ones_own_stands_for_that_of_the_role():
    network = paid(a=100, b=80)
    profile = Profile(role="a", pay=pay(130))
    assert cheapest(network, "a", "b", "pay-cut", profile=profile).cost == 50


# -- years --


def with_years(**years: float | None):
    names = list(years)
    network = moves(*((one, other, 1) for one, other in pairwise(names)))
    for name, least in years.items():
        if least is not None:
            network.nodes[name]["notes"] = (Note("experience", f"{least} years", CENSUS, least),)
    return network


def test_years_are_those_that_one_does_not_have_by_then():
    network = with_years(a=2, b=5, c=3, d=10)
    path = cheapest(network, "a", "d", "years")
    assert ([step.cost for step in path.steps], path.cost) == ([3, 0, 5], 8)
    assert cheapest(network, "a", "d", "years", profile=Profile(years=7)).cost == 3
    assert cheapest(network, "a", "d", "years", profile=Profile(years=30)).cost == 0
    assert cheapest(network, "a", "d", "years", profile=Profile(years=2.5)).cost == 7.5


def test_a_role_whose_years_nobody_tells_is_unknown():
    with pytest.raises(rg.NoPath):
        cheapest(with_years(a=1, b=None, c=3), "a", "c", "years")
    assert cheapest(with_years(a=None, b=4), "a", "b", "years").cost == 4, "of the start nothing is known"


# -- doubt --


@pytest.mark.parametrize(
    ("move", "nats"),
    [
        (edge("stated"), 0),
        (edge("stated", doubt="so they say"), math.log(2)),
        (edge("observed", share=25), math.log(4)),
        (edge("observed", share=100), 0),
        (edge("observed"), None),
        (edge("derived"), math.log(4)),
        (edge("editorial"), math.log(4)),
        (edge("derived", "observed", share=50), math.log(2)),
        (edge("observed", "stated", share=1), 0),
        (edge(), None),
    ],
)
def test_doubt_is_how_far_the_best_evidence_is_to_be_believed(move, nats):
    told = named_cost("doubt", world().network()).of("a", "b", move)
    assert told == (nats if nats is None else pytest.approx(nats))


@pytest.mark.parametrize("kind", EVIDENCE_KINDS)
def test_every_kind_of_evidence_has_a_doubt(kind):
    assert named_cost("doubt", world().network()).of("a", "b", edge(kind, share=10)) is not None


def test_the_doubt_of_a_route_is_minus_the_logarithm_of_its_chance():
    path = shipped().path("software developer", "product manager", cost="doubt", rules=[rg.only("observed")])
    network = shipped().network()
    chance = math.prod(
        network.edges[step.start.iri, step.goal.iri, "move"]["share"] / 100 for step in path.steps
    )
    assert math.exp(-path.cost) == pytest.approx(chance)


# -- what is missing --


def test_a_missing_figure_is_left_out_counted_as_the_worst_or_as_nothing():
    network = moves(("a", "b", 5), ("b", "d", None), ("a", "c", 4), ("c", "d", 7))
    answers = {}
    for missing in MISSING:
        weighed = move_graph(network, worlds.weight, missing=missing)
        path = cheapest(network, "a", "d", worlds.weight, missing=missing)
        answers[missing] = ("".join(path.labels), path.cost, len(path.unknown), path.missing)
        assert (weighed.untold, weighed.worst) == ((1,), (7,))
    assert answers == {
        "skip": ("acd", 11, 0, "skip"),
        "worst": ("acd", 11, 0, "worst"),
        "ignore": ("abd", 5, 1, "ignore"),
    }


def test_a_role_of_unknown_needs_counts_as_the_neediest_in_the_worst_case():
    network = moves(("a", "b", 1), ("b", "c", 1))
    needs = {"a": frozenset("p"), "c": frozenset("pqr")}
    cost = Carried("gap", "skills", needs)
    with pytest.raises(rg.NoPath):
        cheapest(network, "a", "c", cost)
    worst = cheapest(network, "a", "c", cost, missing="worst")
    assert (worst.cost, [step.cost for step in worst.steps]) == (3 + 2, [None, 2])
    assert cheapest(network, "a", "c", cost, missing="ignore").cost == 2


def test_where_nothing_is_known_there_is_no_worst_figure():
    with pytest.raises(rg.ParameterError, match="No source gives a figure for pay-cut"):
        cheapest(moves(("a", "b", 1)), "a", "b", "pay-cut", missing="worst")


def test_a_missing_figure_cannot_be_treated_otherwise():
    with pytest.raises(rg.ParameterError, match="skip, worst, ignore, and not 'zero'"):
        world().path("commis", "sous-chef", missing="zero")


def test_routes_by_gap_leave_out_roles_of_unknown_skills():
    path = shipped().path("associate product manager", "CEO", cost="gap")
    assert path.by == "gap"
    assert all(shipped().role(role.iri).of("requires") for role in path.roles[1:])
    assert path.cost == sum(step.cost for step in path.steps)
    with pytest.raises(rg.NoPath):
        shipped().path("product manager", "senior product manager", cost="gap")
