"""Routes: as cheap as brute force finds them, loopless, in order, within the rules, and backed by the RDF."""

from __future__ import annotations

import math
from itertools import pairwise

import networkx as nx
import pytest
import worlds
from hypothesis import assume, given
from hypothesis import strategies as st
from worlds import cheapest, iri, k_cheapest, moves, weight, world

import rolegraph as rg
from rolegraph.moves import move_graph

PORTER, COMMIS, PARTIE, PASTRY, SOUS, HEAD, CRITIC = (
    iri(f"role:{name}")
    for name in (
        "kitchen-porter",
        "commis-chef",
        "chef-de-partie",
        "patissier",
        "sous-chef",
        "head-chef",
        "food-critic",
    )
)

# -- any small graph, against brute force --

#: Multiples of a quarter: sums of them are exact, whatever the order.
WEIGHTS = st.sampled_from([None, 0, 0, 0.25, 0.5, 1, 1, 2, 3.75])
EDGES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), WEIGHTS),
    min_size=1,
    max_size=28,
    unique_by=lambda edge: edge[:2],
)


def all_routes(edges, start: str, goal: str) -> list[tuple[float, tuple[str, ...]]]:
    """Walk every route that visits no role twice, by hand; cheapest first."""
    price = {(one, other): cost for one, other, cost in edges if cost is not None}
    found = []

    def walk(route: tuple[str, ...], cost: float) -> None:
        if route[-1] == goal:
            found.append((cost, route))
            return
        for (one, other), more in price.items():
            if one == route[-1] and other not in route:
                walk((*route, other), cost + more)

    walk((start,), 0)
    return sorted(found)


@worlds.steady
@given(EDGES)
def test_the_cheapest_route_is_as_cheap_as_brute_force(edges):
    network = moves(*edges)
    for start in network:
        for goal in network:
            routes = all_routes(edges, start, goal)
            if not routes:
                with pytest.raises(rg.NoPath):
                    cheapest(network, start, goal, weight)
                continue
            path = cheapest(network, start, goal, weight)
            assert path.cost == routes[0][0]
            assert (path.cost, path.labels) in routes


@worlds.steady
@given(EDGES, st.integers(1, 40))
def test_the_k_cheapest_routes_are_those_of_brute_force(edges, k):
    network = moves(*edges)
    start, goal = min(network), max(network)
    routes = all_routes(edges, start, goal)
    paths = k_cheapest(network, start, goal, k, weight)
    assert [path.cost for path in paths] == [cost for cost, _ in routes[:k]]
    assert all((path.cost, path.labels) in routes for path in paths), "each is a route, at its price"
    assert len({path.labels for path in paths}) == len(paths) == min(k, len(routes))
    for path in paths:
        assert len(set(path.labels)) == len(path.labels)
        assert path.cost == sum(step.cost for step in path.steps)
        assert [(step.start, step.goal) for step in path.steps] == list(pairwise(path.roles))


@worlds.steady
@given(EDGES, st.integers(0, 5))
def test_max_steps_keeps_longer_routes_out(edges, most):
    network = moves(*edges)
    start, goal = min(network), max(network)
    routes = [cost for cost, route in all_routes(edges, start, goal) if len(route) <= most + 1]
    paths = k_cheapest(network, start, goal, 99, weight, rules=[rg.max_steps(most)])
    assert [path.cost for path in paths] == routes[:99]


@worlds.steady
@given(EDGES, st.randoms(use_true_random=False))
def test_the_cost_does_not_depend_on_the_order_of_the_edges(edges, random):
    shuffled = list(edges)
    random.shuffle(shuffled)
    start, goal = min(moves(*edges)), max(moves(*edges))
    costs = [
        [path.cost for path in k_cheapest(moves(*order), start, goal, 9, weight)]
        for order in (edges, shuffled)
    ]
    assert costs[0] == costs[1]


@worlds.steady
@given(EDGES, st.sets(st.sampled_from("abcdefgh"), max_size=3))
def test_a_rule_leaves_exactly_the_routes_that_keep_it(edges, avoided):
    network = moves(*edges)
    start, goal = min(network), max(network)
    allowed = [edge for edge in edges if edge[1] not in avoided]
    expected = all_routes(allowed, start, goal)
    paths = k_cheapest(network, start, goal, 200, weight, rules=[rg.avoid(*avoided)])
    assert [path.cost for path in paths] == [cost for cost, _ in expected[:200]]


@worlds.steady
@given(EDGES)
def test_no_path_tells_what_can_be_reached_and_what_leads_there(edges):
    network = moves(*edges)
    start, goal = min(network), max(network)
    assume(not all_routes(edges, start, goal))
    with pytest.raises(rg.NoPath) as caught:
        cheapest(network, start, goal, weight)
    others = set(network) - {start, goal}
    assert set(caught.value.reachable) == {node for node in others if all_routes(edges, start, node)}
    assert set(caught.value.leading) == {node for node in others if all_routes(edges, node, goal)}
    assert list(caught.value.reachable) == sorted(caught.value.reachable)


# -- the small world --


def test_the_fewest_moves_take_the_observed_short_cut():
    path = world().path("kitchen porter", "head chef")
    assert path.labels == ("kitchen porter", "chef de partie", "sous-chef", "head chef")
    assert (path.cost, path.by, len(path)) == (3, "hops", 3)


def test_both_ways_round_are_found():
    paths = world().paths("commis chef", "sous-chef", k=9)
    assert {path.labels[1] for path in paths} == {"chef de partie", "pâtissier"}
    assert len(paths) == 2


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rg.avoid("chef de partie"), ("kitchen porter", "commis chef", "pâtissier", "sous-chef")),
        (rg.avoid("station chef"), ("kitchen porter", "commis chef", "pâtissier", "sous-chef")),
        (rg.only("stated"), ("kitchen porter", "commis chef", "chef de partie", "sous-chef")),
        (rg.only("observed"), ("kitchen porter", "chef de partie", "sous-chef")),
        (rg.only("stated", "observed"), ("kitchen porter", "chef de partie", "sous-chef")),
    ],
)
def test_a_rule_turns_the_route(rule, expected):
    assert world().path("kitchen porter", "sous-chef", rules=[rule]).labels == expected


def test_rules_add_up_until_no_route_is_left():
    rules = [rg.avoid("chef de partie"), rg.only("stated")]
    with pytest.raises(rg.NoPath) as caught:
        world().path("kitchen porter", "sous-chef", rules=rules)
    assert caught.value.reachable == ("commis chef", "food critic", "pâtissier")
    assert caught.value.leading == (), "the chef de partie is to be avoided"
    assert world().paths("kitchen porter", "sous-chef", rules=rules) == []


def test_a_dead_end_and_an_island_have_no_way_on():
    with pytest.raises(rg.NoPath) as caught:
        world().path("food critic", "head chef")
    assert caught.value.reachable == ()
    assert set(caught.value.leading) == {
        "chef de partie",
        "commis chef",
        "kitchen porter",
        "pâtissier",
        "sous-chef",
    }
    assert "From food critic one can reach: nothing." in str(caught.value)
    with pytest.raises(rg.NoPath, match="Cheesemonger can be reached from: nothing"):
        world().path("kitchen porter", "cheesemonger")


def test_the_way_back_is_another_way():
    path = world().path("head chef", "sous-chef")
    assert path.steps[0].doubts == ("It is a step down.",)
    with pytest.raises(rg.NoPath):
        world().path("sous-chef", "kitchen porter")


def test_from_a_role_to_itself_there_is_nothing_to_do():
    path = world().path("sous-chef", "second chef")
    assert (path.labels, path.steps, path.cost, len(path)) == (("sous-chef",), (), 0, 0)
    (only,) = world().paths("sous-chef", "sous-chef", k=5)
    assert only == path


def test_each_role_of_a_route_has_its_pay_and_each_step_its_evidence():
    path = world().path("kitchen porter", "head chef")
    assert [len(role.pay) for role in path.roles] == [1, 1, 0, 2]
    assert [[item.source for item in step.evidence] for step in path.steps] == [
        ["Town census"],
        ["Kitchen survey", "Town census"],
        ["Kitchen survey", "Town census"],
    ]


@pytest.mark.parametrize("graph", [worlds.world, worlds.shipped])
def test_every_step_of_every_route_is_in_the_rdf(graph):
    roles = [entry.iri for entry in graph().entries() if entry.kind in {"role", "group"}]
    steps = {
        step
        for start in roles
        for goal in roles
        for path in graph().paths(start, goal, k=20)
        for step in path.steps
    }
    for step in steps:
        for item in step.evidence:
            ends = f"rg:fromRole <{step.start.iri}> ; rg:toRole <{step.goal.iri}>"
            assert graph().ask(f"ASK {{ <{item.claim}> a rg:Move ; {ends} }}")
        assert step.evidence
    moves_in_rdf = graph().select("SELECT DISTINCT ?a ?b { ?m a rg:Move ; rg:fromRole ?a ; rg:toRole ?b }")
    assert {(step.start.iri, step.goal.iri) for step in steps} == set(moves_in_rdf.rows)


def test_only_moves_are_walked():
    """Through a shared skill everything would be two steps from everything."""
    graph = move_graph(world().network())
    assert set(graph.names) == {entry.iri for entry in world().entries() if entry.kind in {"role", "group"}}
    assert sum(map(len, graph.ahead)) == sum(map(len, graph.back)) == 9
    with pytest.raises(rg.NoPath):
        world().path("head chef", "kitchen brigade")


def test_a_move_to_what_is_no_role_is_never_taken():
    """Data may say what the shapes forbid; then nobody can move there, and nothing else is amiss."""
    graph = worlds.read(
        "role:a a rg:Role . role:b a rg:Role . skill:s a rg:Skill . "
        "[] a rg:Move ; rg:fromRole role:a ; rg:toRole skill:s . "
        "[] a rg:Move ; rg:fromRole skill:s ; rg:toRole role:b . "
        "[] a rg:Move ; rg:fromRole role:a ; rg:toRole role:b . "
    )
    network = graph.network()
    assert network.has_edge(iri("role:a"), iri("skill:s"), "move")
    for cost in ("hops", "gap"):
        route = graph.path("role:a", "role:b", cost=cost, missing="ignore")
        assert [role.iri for role in route.roles] == [iri("role:a"), iri("role:b")]
    with pytest.raises(rg.NoPath):
        graph.path("role:b", "role:a")


def test_the_shipped_graph_leads_from_product_developer_to_ceo():
    path = worlds.shipped().path("product developer", "CEO")
    assert str(path) == "product developer -> chief product officer -> chief executive officer"


def test_routes_do_not_depend_on_the_hash_seed():
    code = f"""
import rolegraph as rg
for graph, goal in ((rg.open(), "CEO"), (rg.open({str(worlds.WORLD)!r}), "head chef")):
    for start in [entry.iri for entry in graph.entries() if entry.kind == "role"]:
        for path in graph.paths(start, goal, k=9):
            print(path.cost, path)
"""
    runs = [worlds.python(code, seed=seed) for seed in ("1", "42")]
    assert runs[0].count("\n") > 15
    assert runs[0] == runs[1]


# -- costs --


def test_a_cost_of_ones_own_is_summed_up_and_named():
    def years(_start, _goal, edge):
        return 2.5 if any(item.kind == "observed" for item in edge["evidence"]) else 0.5

    path = world().path("kitchen porter", "sous-chef", cost=years)
    assert path.labels == ("kitchen porter", "commis chef", "pâtissier", "sous-chef")
    assert (path.cost, path.by) == (1.5, "years")
    assert [step.cost for step in path.steps] == [0.5, 0.5, 0.5]


def test_a_cost_of_none_forbids_the_move():
    def not_pastry(_start, goal, _edge):
        return None if goal == PASTRY else 1

    (path,) = world().paths("commis chef", "sous-chef", cost=not_pastry)
    assert path.labels == ("commis chef", "chef de partie", "sous-chef")


@pytest.mark.parametrize("cost", [-1, -1e-9, math.nan, math.inf, -math.inf])
def test_a_cost_that_would_mislead_the_search_is_refused(cost):
    network = moves(("a", "b", 1), ("b", "c", cost), ("a", "c", 1))
    with pytest.raises(
        rg.ParameterError, match=r"b -> c costs .*; a cost must be a finite number of at least 0"
    ):
        move_graph(network, weight)


def test_free_moves_are_moves_all_the_same():
    network = moves(("a", "b", 0), ("b", "a", 0), ("b", "c", 0), ("a", "c", 0))
    assert cheapest(network, "a", "c", weight).cost == 0
    assert {path.labels for path in k_cheapest(network, "a", "c", 9, weight)} == {
        ("a", "c"),
        ("a", "b", "c"),
    }


def test_a_move_that_ends_where_it_starts_is_never_taken():
    network = moves(("a", "a", 0), ("a", "b", 1), ("b", "b", 0))
    assert [path.labels for path in k_cheapest(network, "a", "b", 9, weight)] == [("a", "b")]


def test_a_forbidden_move_is_not_even_asked_for_its_cost():
    def never(*_move):
        raise AssertionError

    nothing = rg.Rule("nothing", (), lambda *_: False)
    with pytest.raises(rg.NoPath):
        cheapest(world().network(), PORTER, HEAD, never, rules=[nothing])


@pytest.mark.parametrize("k", [0, -1])
def test_at_least_one_route_must_be_asked_for(k):
    with pytest.raises(rg.ParameterError, match=f"k is {k}"):
        world().paths("commis chef", "sous-chef", k=k)


def test_the_search_leaves_the_network_as_it_was():
    network = world().network()
    before = nx.to_dict_of_dicts(network)
    cheapest(network, PORTER, HEAD)
    k_cheapest(network, PORTER, HEAD, 5, rules=[rg.avoid(PARTIE)])
    assert nx.to_dict_of_dicts(network) == before
    assert set(network) >= {PORTER, COMMIS, PARTIE, PASTRY, SOUS, HEAD, CRITIC}
