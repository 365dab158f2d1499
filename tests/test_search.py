"""The searches, held against every route of small networks, for costs that add up and for carried ones."""

from __future__ import annotations

from itertools import pairwise

import brute_force
import pytest
import worlds
from brute_force import MOVES, NEEDS, ROLES, THINGS, in_order, network_of, one, other, routes, unbeaten
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph import carrying, paths
from rolegraph.costs import Carried
from rolegraph.moves import move_graph
from rolegraph.search import FAR, distances

END = st.sampled_from(ROLES)
MOST = st.none() | st.integers(0, 6)
VIA = st.lists(st.sampled_from(ROLES), max_size=2, unique=True)
HAD = st.frozensets(st.sampled_from(THINGS), max_size=2)
HEAVY = {"p": 0.5, "q": 2, "r": 0.25}

thorough = settings(worlds.steady, max_examples=4 * worlds.FEW * worlds.MORE)


def rules(most: int | None, via) -> list:
    return [*([] if most is None else [rg.max_steps(most)]), *([rg.via(*via)] if via else [])]


def gap(needs, had=frozenset()) -> Carried:
    return Carried("gap", "skills", needs, had)


def weighted(needs, had=frozenset()) -> Carried:
    return Carried("weighted", "", needs, had, HEAVY)


@thorough
@given(MOVES, NEEDS, HAD, END, END, MOST, VIA, st.integers(1, 30))
@pytest.mark.parametrize("kind", ["adds up", "is carried", "is carried with weights"])
def test_the_k_cheapest_are_those_of_brute_force_in_the_stated_order(  # noqa: PLR0913, PLR0917
    kind, moves, needs, had, start, goal, most, via, k
):
    network = network_of(moves)
    cost = {"adds up": one, "is carried": gap(needs, had), "is carried with weights": weighted(needs, had)}[
        kind
    ]
    expected = in_order(network, cost, routes(network, start, goal, most, via))
    weighed = move_graph(network, cost, rules=rules(most, via))
    found = paths.k_cheapest_paths(weighed, start, goal, k)
    assert [(path.cost, path.labels) for path in found] == expected[:k]
    if expected:
        assert paths.cheapest_path(weighed, start, goal).labels == expected[0][1]
    else:
        with pytest.raises(rg.NoPath):
            paths.cheapest_path(weighed, start, goal)
    if most is not None:
        every = paths.all_paths(weighed, start, goal)
        assert [(path.cost, path.labels) for path in every] == expected


@thorough
@given(MOVES, NEEDS, NEEDS, END, END, MOST, VIA)
@pytest.mark.parametrize("kind", ["two that add up", "mixed", "three", "two that are carried"])
def test_the_tradeoffs_are_the_pareto_set_of_brute_force(  # noqa: PLR0913, PLR0917
    kind, moves, needs, more, start, goal, most, via
):
    network = network_of(moves)
    costs = {
        "two that add up": [one, other],
        "mixed": [one, gap(needs)],
        "three": [gap(needs), other, weighted(more)],
        "two that are carried": [weighted(needs), gap(more)],
    }[kind]
    expected = unbeaten(network, costs, routes(network, start, goal, most, via))
    found = paths.tradeoffs(move_graph(network, costs, rules=rules(most, via)), start, goal)
    assert [*zip(found.totals, (path.labels for path in found), strict=True)] == expected
    assert found.by == tuple(cost.name for cost in costs)


@worlds.steady
@given(MOVES, NEEDS, END, END, st.randoms(use_true_random=False))
def test_answers_do_not_depend_on_the_order_of_the_data(moves, needs, start, goal, random):
    order, shuffled = list(ROLES), list(moves)
    random.shuffle(order)
    random.shuffle(shuffled)
    for cost in (one, gap(needs), "doubt"):
        answers = [
            [
                (path.cost, path.labels)
                for path in paths.k_cheapest_paths(move_graph(network, cost), start, goal, 9)
            ]
            for network in (network_of(moves), network_of(shuffled, order))
        ]
        assert answers[0] == answers[1]


@worlds.steady
@given(MOVES, NEEDS, END, END, HAD, st.sampled_from(THINGS))
def test_who_has_one_thing_more_never_pays_more(moves, needs, start, goal, had, thing):
    network = network_of(moves)
    costs = [
        [
            path.cost
            for path in paths.k_cheapest_paths(move_graph(network, gap(needs, things)), start, goal, 1)
        ]
        for things in (had, had | {thing})
    ]
    assert len(costs[0]) == len(costs[1])
    assert costs[1] <= costs[0]


def test_a_detour_may_be_the_cheapest_way_to_learn():
    """By pairs of roles the direct way looks cheaper: b lacks what a and c have in common."""
    needs = {"a": frozenset("pq"), "b": frozenset("rs"), "c": frozenset("pqr"), "d": frozenset("pqrs")}
    network = network_of([(start, goal, "stated", 1, 1) for start, goal in ("ab", "ac", "bd", "cd")])
    (best, second) = paths.k_cheapest_paths(move_graph(network, gap(needs)), "a", "d", 2)
    assert [(path.labels, path.cost) for path in (best, second)] == [
        (("a", "b", "d"), 2),
        (("a", "c", "d"), 2),
    ]
    assert [step.cost for step in best.steps] == [2, 0], "what a and b brought is not learnt again"


def test_equal_routes_go_by_evidence_then_moves_then_names():
    network = network_of(
        [
            ("a", "b", "observed", 0, 0),
            ("b", "h", "stated", 2, 0),
            ("a", "c", "stated", 1, 0),
            ("c", "h", "stated", 1, 0),
            ("a", "d", "stated", 1, 0),
            ("d", "h", "stated", 1, 0),
            ("a", "e", "stated", 0, 0),
            ("e", "f", "stated", 1, 0),
            ("f", "h", "stated", 1, 0),
        ]
    )
    found = paths.k_cheapest_paths(move_graph(network, one), "a", "h", 9)
    assert ["".join(path.labels) for path in found] == ["ach", "adh", "aefh", "abh"]
    assert {path.cost for path in found} == {2}


def test_costs_are_added_up_without_rounding():
    """Ten tenths are one: in floating point they would not be, and the longer way would seem cheaper."""
    chain = "abcdefgh"
    tenths = [(start, goal, "stated", 0.1, 0) for start, goal in pairwise(chain)]
    network = network_of([*tenths, ("a", "h", "stated", 0.7, 0)])
    assert [path.labels for path in paths.k_cheapest_paths(move_graph(network, one), "a", "h", 2)] == [
        ("a", "h"),
        tuple(chain),
    ]


def test_distances_from_several_roots():
    arcs = [[(1, 4)], [(2, 1)], [], []]
    assert distances(arcs, {0: 0, 1: 2}) == [0, 2, 3, FAR]


def test_a_search_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(carrying, "MOST_COMPARISONS", 1)
    network = network_of([(start, goal, "stated", 1, 1) for start in ROLES for goal in ROLES])
    needs = {role: frozenset(THINGS[n % 7]) for n, role in enumerate(ROLES)}
    weighed = move_graph(network, gap(needs), rules=[rg.via("c", "d")])
    with pytest.raises(rg.LimitReached, match="given up after 1 comparisons of routes") as caught:
        paths.cheapest_path(weighed, "a", "h")
    assert (caught.value.found, caught.value.near, caught.value.least) == ((), None, "2 skills")


def test_what_is_known_when_a_search_is_given_up_is_handed_on(monkeypatch):
    needs = {role: frozenset(THINGS[n % 7]) for n, role in enumerate(ROLES)}
    pairs = ((start, goal) for start in ROLES for goal in ROLES if start + goal != "ag")
    network = network_of([(*pair, "stated", 1, 1) for pair in pairs])
    weighed = move_graph(network, gap(needs))
    expected = paths.k_cheapest_paths(weighed, "a", "g", 50)
    near = None
    for most in (0, 1):
        monkeypatch.setattr(carrying, "MOST_COMPARISONS", most)
        with pytest.raises(rg.LimitReached, match="Any other costs at least") as caught:
            paths.k_cheapest_paths(weighed, "a", "g", 50)
        found = caught.value.found
        assert list(found) == expected[: len(found)]
        assert len(found) < 50
        near = near or caught.value.near
    assert near is not None
    assert near.cost >= expected[0].cost


def test_all_routes_need_a_limit_and_there_may_be_too_many(monkeypatch):
    network = network_of([(start, goal, "stated", 1, 1) for start in ROLES for goal in ROLES])
    with pytest.raises(rg.ParameterError, match="limit their moves"):
        paths.all_paths(move_graph(network), "a", "h")
    monkeypatch.setattr(paths, "MOST_ROUTES", 10)
    with pytest.raises(rg.LimitReached, match="10 routes"):
        paths.all_paths(move_graph(network, rules=[rg.max_steps(3)]), "a", "h")


def test_a_tradeoff_takes_two_costs():
    network = network_of([("a", "b", "stated", 1, 1)])
    with pytest.raises(rg.ParameterError, match="two costs or more"):
        paths.tradeoffs(move_graph(network), "a", "b")


@worlds.steady
@given(MOVES, END, END)
def test_networkx_finds_routes_of_the_same_cost(moves, start, goal):
    import networkx as nx

    network = network_of(moves)
    plain = nx.DiGraph()
    plain.add_nodes_from(network)
    plain.add_weighted_edges_from(
        (tail, head, edge["one"]) for tail, head, edge in network.edges(data=True) if tail != head
    )
    found = [path.cost for path in paths.k_cheapest_paths(move_graph(network, one), start, goal, 15)]
    try:
        simple = nx.shortest_simple_paths(plain, start, goal, weight="weight")
        expected = [
            nx.path_weight(plain, route, "weight") for _, route in zip(range(15), simple, strict=False)
        ]
    except nx.NetworkXNoPath:
        expected = []
    assert found == expected


def test_the_oracle_itself():
    network = network_of(
        [("a", "b", "stated", 1, 2), ("b", "c", "derived", 1, 0), ("a", "c", "observed", 3, 0)]
    )
    assert sorted(routes(network, "a", "c")) == [("a", "b", "c"), ("a", "c")]
    assert routes(network, "a", "c", most=1) == [("a", "c")]
    assert routes(network, "a", "c", via=["b"]) == [("a", "b", "c")]
    assert brute_force.total(network, one, ("a", "b", "c")) == 2
    assert brute_force.total(network, gap({"b": frozenset("pq"), "c": frozenset("qr")}), ("a", "b", "c")) == 3
    assert unbeaten(network, [one, other], routes(network, "a", "c")) == [
        ((2, 2), ("a", "b", "c")),
        ((3, 0), ("a", "c")),
    ]
