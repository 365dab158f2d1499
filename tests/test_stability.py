"""Stability: the same for every seed, as brute force counts it, and true of a graph without the source."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import worlds
from hypothesis import assume, given
from hypothesis import strategies as st
from worlds import iri, moves, read, shipped, steady, weight, world

import rolegraph as rg
from rolegraph.cli.stability_text import MOST_ROUTES, stability_text
from rolegraph.costs import Additive, Carried
from rolegraph.kits import BILLION
from rolegraph.moves import COST_SHIFT, move_graph
from rolegraph.paths import cheapest_path, k_cheapest_paths
from rolegraph.routes import weakness
from rolegraph.shaking import _Draws, shaken
from rolegraph.stability import SourceEffect, Stability, stability
from rolegraph.without import without_source

GUIDE = "Coursera career guide: chief product officer"
TITLES = "TitleGraph: moves between job titles"
ESCO = "ESCO 1.2"
SOURCES = ("Almanac", "Blog", "Census", "Diary")

WEIGHTS = st.sampled_from([0, 0.25, 0.5, 1, 1, 2, 3.75])
EDGES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), WEIGHTS),
    min_size=1,
    max_size=18,
    unique_by=lambda edge: edge[:2],
)
NEEDS = st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("pqrstu"), max_size=4))


def weighed(*edges, cost=weight, **conditions):
    """Give the moves of these edges, weighed."""
    return move_graph(moves(*edges), cost, **conditions)


def routes(network: nx.MultiDiGraph, start: str, goal: str) -> list[tuple[str, ...]]:
    """Give every route that visits no role twice, by trying them all."""
    if start == goal:
        return [(start,)]
    between = [node for node in network if node not in {start, goal}]
    tried = (
        (start, *middle, goal)
        for length in range(len(between) + 1)
        for middle in permutations(between, length)
    )
    return [
        route for route in tried if all(network.has_edge(one, two, "move") for one, two in pairwise(route))
    ]


def wins(found: Stability) -> Counter:
    """Count the runs by the names of the roles of the route that was best."""
    return Counter({path.labels: times for path, times in found.shares})


def claimed(*claims: tuple[str, str, str, str, str]) -> nx.MultiDiGraph:
    """Give the network of these claims: relation, start, goal, source, document."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    for node in "abcdefpqrs":
        kind = "role" if node < "p" else "skill"
        network.add_node(node, label=node, kind=kind, aliases=(), definition="", pay=(), notes=())
    for number, (relation, start, goal, source, document) in enumerate(claims):
        kind, _, detail = relation.partition(" ")
        known = network.get_edge_data(start, goal, kind) or {"evidence": (), "necessity": ""}
        item = rg.Evidence(f"x:{number}", "stated", source, document=document, detail=detail)
        network.add_edge(
            start,
            goal,
            kind,
            kind=kind,
            evidence=(*known["evidence"], item),
            necessity=min(known["necessity"], detail, key=["essential", "optional", ""].index),
            share=None,
            count=None,
        )
    return network


# -- a little off: the runs ------------------------------------------------------------------------------


@steady
@given(EDGES, st.integers(0, 3), st.sampled_from([0, 0.1, 0.2, 0.9]))
def test_every_cost_changes_by_a_factor_of_its_own_and_within_bounds(edges, seed, jitter):
    plain = weighed(*edges)
    for changed in shaken(plain, "a", runs=4, jitter=jitter, seed=seed) if "a" in plain.number else ():
        for role, arcs in enumerate(plain.ahead):
            for (other, rank), (same, now) in zip(arcs, changed.ahead[role], strict=True):
                before, after = rank >> COST_SHIFT, now >> COST_SHIFT
                assert same == other
                assert abs(after - before) <= before * jitter + 1
                assert now - (after << COST_SHIFT) == rank - (before << COST_SHIFT), "evidence stays as it is"
                assert (role, now) in changed.back[other]
        assert [len(arcs) for arcs in changed.back] == [len(arcs) for arcs in plain.back]


def test_the_factors_are_spread_evenly_and_no_two_moves_or_runs_share_them():
    plain = weighed(*((f"a{n}", f"b{n}", 1) for n in range(50)))
    factors = [
        [(arcs[0][1] >> COST_SHIFT) / BILLION for arcs in changed.ahead if arcs]
        for changed in shaken(plain, "a0", runs=40, jitter=0.5, seed=7)
    ]
    values = [factor for run in factors for factor in run]
    assert len(set(values)) == len(values) == 2000
    assert all(0.5 <= factor <= 1.5 for factor in values)
    assert min(values) < 0.51
    assert max(values) > 1.49
    quarters = Counter(int((factor - 0.5) * 4) for factor in values)
    assert all(430 < quarters[quarter] < 570 for quarter in range(4))


@steady
@given(EDGES, st.integers(0, 3))
def test_the_shares_are_those_that_brute_force_counts(edges, seed):
    plain = weighed(*edges)
    start, goal = min(plain.names), max(plain.names)
    found = routes(plain.network, start, goal)
    assume(found)
    expected: Counter = Counter()
    for changed in shaken(plain, start, runs=12, jitter=0.4, seed=seed):
        ranks = {
            (plain.names[role], plain.names[other]): rank
            for role in range(len(plain.names))
            for other, rank in changed.ahead[role]
        }
        expected[min(found, key=lambda route: (sum(ranks[move] for move in pairwise(route)), route))] += 1
    assert wins(stability(plain, start, goal, runs=12, jitter=0.4, seed=seed)) == expected


@steady
@given(EDGES, NEEDS, st.sampled_from(["skip", "worst", "ignore"]), st.integers(0, 3))
def test_of_a_carried_cost_the_weight_of_each_thing_is_changed(edges, needs, missing, seed):
    """Against a cost of other weights, weighed anew in every run."""
    network = moves(*edges)
    cost = Carried("gap", "skills", needs, frozenset("u"), {"p": 2.0, "q": 0.0})
    start, goal = min(network), max(network)
    assume(needs)
    plain = move_graph(network, cost, missing=missing)
    draws = _Draws(6, 0.4, seed)
    worst = round(plain.worst[0] * BILLION)
    for run, changed in enumerate(shaken(plain, start, runs=6, jitter=0.4, seed=seed)):
        weights = {
            thing: draws.changed(round(cost.weights.get(thing, 1) * BILLION), draws.of(thing), run) / BILLION
            for thing in "pqrstu"
        }
        told = dict(needs)
        for role in network if missing == "worst" else ():
            if role not in needs:  # one thing stands for all that the role needs
                told[role] = frozenset({f"all of {role}"})
                weights[f"all of {role}"] = draws.changed(worst, draws.of(role), run) / BILLION
        # What stands for the start is not brought along, but no route needs it again.
        anew = move_graph(network, replace(cost, needs=told, weights=weights), missing=missing)
        expected, got = (
            [path.labels for path in k_cheapest_paths(graph, start, goal, 20)] for graph in (anew, changed)
        )
        assert got == expected


def test_a_route_that_is_cheaper_by_a_wide_margin_is_best_in_every_run():
    found = stability(weighed(("a", "b", 1), ("b", "d", 1), ("a", "c", 2), ("c", "d", 2)), "a", "d")
    assert found.best.labels == ("a", "b", "d")
    assert found.shares == ((found.best, 100),)
    assert found.times == 100
    assert found.summary().startswith("Best in 100 of 100 runs with every cost changed by up to 20 %.")


def test_things_that_are_needed_together_are_all_counted():
    needs = {"b": frozenset("pqr"), "c": frozenset("st"), "d": frozenset("u")}
    plain = weighed(*((*ends, 1) for ends in ("ab", "bd", "ac", "cd")), cost=Carried("mine", "things", needs))
    found = stability(plain, "a", "d", jitter=0.15)
    assert (found.best.labels, found.best.cost, found.times) == (("a", "c", "d"), 3, 100)


def test_routes_that_win_equally_often_go_in_the_usual_order():
    network = claimed(*(("move", *ends, "Almanac", "") for ends in ("ab", "bf", "ac", "cf", "ad", "df")))
    for goal in "bd":  # doubted ways
        edge = network.edges["a", goal, "move"]
        edge["evidence"] = (replace(edge["evidence"][0], kind="observed"),)
    seen = set()
    for seed in range(60):
        found = stability(move_graph(network), "a", "f", runs=3, seed=seed)
        if {times for _, times in found.shares} == {1}:
            seen.add(tuple(path.labels[1] for path, _ in found.shares))
    assert seen == {("c", "b", "d")}, "by the strength of the evidence, then by name"


def test_of_two_equal_routes_each_is_best_about_half_the_time():
    found = stability(weighed(("a", "b", 1), ("b", "d", 1), ("a", "c", 1), ("c", "d", 1)), "a", "d", runs=400)
    assert {path.labels[1] for path, _ in found.shares} == {"b", "c"}
    assert all(150 < times < 250 for _, times in found.shares)
    assert sum(times for _, times in found.shares) == 400
    assert found.best.labels == ("a", "b", "d"), "the first by name"


def test_without_jitter_the_first_route_is_always_best():
    edges = (("a", "c", 1), ("c", "d", 1), ("a", "b", 1), ("b", "d", 1), ("a", "d", 2))
    found = stability(weighed(*edges), "a", "d", runs=30, jitter=0)
    assert wins(found) == {("a", "d"): 30}


def test_a_cost_of_nothing_stays_nothing_and_that_is_said():
    found = stability(weighed(("a", "b", 0), ("b", "d", 0), ("a", "d", 0.01)), "a", "d", jitter=0.99)
    assert wins(found) == {("a", "b", "d"): 100}
    assert "Its cost is 0, which a change by a part of it leaves as it is." in found.summary()


def test_routes_of_one_cost_go_by_their_evidence_in_every_run():
    network = claimed(
        ("move", "a", "d", "Almanac", ""), ("move", "a", "b", "Almanac", ""), ("move", "b", "d", "", "")
    )
    nothing = Additive("nothing", "", lambda *_: 0)
    edge = network.edges["a", "d", "move"]
    edge["evidence"] = (replace(edge["evidence"][0], kind="editorial"),)
    assert weakness(edge["evidence"]) == 800
    found = stability(move_graph(network, nothing), "a", "d")
    assert wins(found) == {("a", "b", "d"): 100}


@pytest.mark.parametrize("rule", [rg.max_steps(2), rg.via("e")])
def test_the_rules_of_a_route_hold_in_every_run(rule):
    edges = (
        *(("a", "b", 1), ("b", "c", 1), ("c", "d", 1)),
        *(("a", "e", 2.4), ("e", "d", 2.4), ("a", "f", 2.5), ("f", "d", 2.5), ("f", "e", 1)),
    )
    found = stability(weighed(*edges, rules=[rule]), "a", "d", jitter=0.3)
    assert found.best.labels == ("a", "e", "d")
    assert len(found.shares) > 1
    for path, _ in found.shares:
        assert (len(path) <= 2) if rule.words.startswith("at most") else ("e" in path.labels)


def test_a_route_may_win_more_often_than_the_best_and_that_is_said():
    """One route of one move, and many that cost a little more: one of them is nearly always cheaper."""
    edges = [("a", "z", 2.0), *(edge for n in "bcdefghij" for edge in (("a", n, 1.01), (n, "z", 1.01)))]
    edges += [("a", "k", 1.001), ("k", "l", 0.0), ("l", "z", 1.0)]
    for seed in range(5):
        found = stability(weighed(*edges), "a", "z", jitter=0.5, seed=seed)
        assert found.best.labels == ("a", "z")
        path, times = found.shares[0]
        said = f"More often best, in {times}: {path}."
        assert (said in found.summary()) == (times > found.times)
        counts = [times for _, times in found.shares]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == 100
        assert found.times < 40


# -- the same for everyone -------------------------------------------------------------------------------


def test_seeded_it_is_the_same_twice_and_another_seed_is_another():
    edges = [
        (one, two, 1 + (ord(one) * ord(two) % 5) / 10) for one in "abcdef" for two in "bcdefg" if one != two
    ]
    plain = weighed(*edges)
    one, again, other = (
        stability(plain, "a", "g", jitter=0.6, seed=seed, runs=50).to_dict() for seed in (1, 1, 2)
    )
    assert one == again
    assert one["shares"] != other["shares"]
    few = stability(plain, "a", "g", jitter=0.6, seed=1, runs=20)
    assert all(wins(few)[tuple(share["labels"])] <= share["times"] for share in one["shares"])


@steady
@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_the_edges_is_no_matter(edges, rnd: random.Random):
    shuffled = list(edges)
    rnd.shuffle(shuffled)
    start, goal = min(moves(*edges)), max(moves(*edges))
    assume(nx.has_path(nx.DiGraph(moves(*edges)), start, goal))
    one, other = (stability(weighed(*order), start, goal, runs=10).to_dict() for order in (edges, shuffled))
    assert one == other


def test_roles_that_no_route_passes_are_no_matter():
    edges = (("b", "c", 1), ("c", "e", 1), ("b", "d", 1), ("d", "e", 1), ("b", "e", 2))
    others = (("0", "a", 1), ("a", "0", 1), ("a", "b", 1), ("e", "bb", 1), ("bb", "f", 1))
    one, other = (stability(weighed(*some), "b", "e") for some in (edges, edges + others))
    assert one.to_dict() == other.to_dict()
    needs = {"c": frozenset("pq"), "d": frozenset("rs"), "e": frozenset("t"), "a": frozenset({"k", "z"})}
    few = Carried("mine", "things", {role: needs[role] for role in "cde"})
    one, other = (
        stability(move_graph(moves(*some), cost), "b", "e")
        for some, cost in ((edges[:-1], few), (edges[:-1] + others, replace(few, needs=needs)))
    )
    assert one.to_dict() == other.to_dict()
    assert len(one.shares) == 2


def test_the_hash_seed_is_no_matter():
    code = f"""
import json, rolegraph as rg
for graph, start, goal in (
    (rg.open(), "product developer", "CEO"), (rg.open({str(worlds.WORLD)!r}), "kitchen porter", "head chef")
):
    for cost in ("hops", "gap", "years", "doubt"):
        found = graph.stability(start, goal, cost=cost, missing="ignore", runs=25, jitter=0.7)
        print(json.dumps(found.to_dict()))
"""
    runs = [worlds.python(code, seed=seed) for seed in ("1", "42")]
    assert runs[0].count("\n") == 8
    assert runs[0] == runs[1]


# -- without a source ------------------------------------------------------------------------------------

#: One way there, by two sources.
WAY = (
    *(("move", "a", "b", "Almanac", ""), ("move", "b", "d", "Blog", "Census")),
    *(("requires essential", "b", "p", "Blog", ""), ("requires essential", "d", "q", "Almanac", "Diary")),
)
CLAIMS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from("abcd"), st.sampled_from("abcd")),
        st.tuples(
            st.sampled_from(["requires essential", "requires optional"]),
            st.sampled_from("abcd"),
            st.sampled_from("pqrs"),
        ),
    ).flatmap(
        lambda claim: st.tuples(
            *map(st.just, claim), st.sampled_from(SOURCES[:3]), st.sampled_from(["", "Almanac", "Diary"])
        )
    ),
    max_size=18,
)


@steady
@given(
    CLAIMS.map(lambda claims: [*WAY, *claims]),
    st.sampled_from(["hops", "gap", "doubt"]),
    st.sampled_from(["skip", "ignore", "worst"]),
)
def test_the_best_without_a_source_is_the_best_where_its_claims_never_were(claims, cost, missing):
    network = claimed(*claims)
    found = stability(move_graph(network, cost, missing=missing), "a", "d", runs=2)
    for effect in found.sources:
        left = claimed(*(claim for claim in claims if effect.source not in claim[3:]))
        assert effect.source in {name for claim in claims for name in claim[3:]}
        try:
            expected = cheapest_path(move_graph(left, cost, missing=missing), "a", "d")
        except rg.NoPath:
            expected = None
        except rg.ParameterError:
            assert missing == "worst"
            expected = None
        assert (effect.path and effect.path.labels) == (expected and expected.labels)
        assert effect.path is None or effect.path.cost == expected.cost
        assert effect.same == (expected is not None and expected.labels == found.best.labels)
        for step in effect.lost if missing == "ignore" else ():
            assert not left.has_edge(step.start.iri, step.goal.iri, "move")
        if missing == "ignore" and not effect.lost:
            assert all(left.has_edge(one, two, "move") for one, two in pairwise(found.best.labels))
    behind = {item for step in found.best.steps for item in step.evidence}
    named = {name for item in behind for name in (item.source, item.document)} - {""}
    assert named <= {effect.source for effect in found.sources}


def without_in_rdf(source: str, folder: Path) -> rg.RoleGraph:
    """Give the small world without the claims that this source makes or reports, deleted triple by triple."""
    store = ox.Store()
    store.bulk_load(path=worlds.WORLD, format=ox.RdfFormat.TURTLE)
    facts = worlds.Facts(store)
    for claim in {quad.subject for quad in store if "/claim/world/" in quad.subject.value}:
        documents = {
            facts.label(whole)
            for part in facts.of(claim, "rg:statedIn")
            for whole in facts.of(part, "dcterms:isPartOf")
        }
        makers = {maker for maker in facts.of(claim, "dcterms:source") if facts.label(maker) != source}
        gone = source in documents or not makers
        for quad in list(store.quads_for_pattern(claim, None, None)):
            named = quad.predicate.value == iri("dcterms:source") and quad.object not in makers
            if gone or named:
                store.remove(quad)
    file = folder / "left.ttl"
    ox.serialize((quad.triple for quad in store), str(file), ox.RdfFormat.TURTLE)
    return rg.open(file)


@pytest.mark.parametrize("source", ["Kitchen survey", "Town census", "The old cook book"])
def test_a_network_without_a_source_is_that_of_the_data_without_it(source, tmp_path):
    expected = without_in_rdf(source, tmp_path).network()
    before = world().network()
    left = without_source(before, source)
    assert nx.to_dict_of_dicts(before) == nx.to_dict_of_dicts(world().network()), "it is left as it was"
    assert nx.to_dict_of_dicts(left) == nx.to_dict_of_dicts(expected)
    for node, data in left.nodes(data=True):
        there = expected.nodes[node]
        assert (data["pay"], set(data["notes"])) == (there["pay"], set(there["notes"]))
    assert set(left) == set(expected) == set(before)
    assert left.number_of_edges() < before.number_of_edges()


def test_a_figure_that_only_one_source_gives_goes_with_it():
    """Two sources counted a move: each count stands for itself; of the necessity the strongest is left."""
    data = """
    source:one skos:prefLabel "One" . source:two skos:prefLabel "Two" . source:three skos:prefLabel "Three" .
    role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" . skill:s a rg:Skill .
    claim:1 a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Observed ; rg:count 24 ;
        rg:sharePercent 33.33333333 ; dcterms:source source:one .
    claim:2 a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Observed ; rg:count 7 ;
        rg:sharePercent 12.5 ; dcterms:source source:two .
    claim:3 a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Observed ;
        dcterms:source source:three .
    claim:4 a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s ; rg:necessity rg:Essential ;
        dcterms:source source:one .
    claim:5 a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s ; rg:necessity rg:Optional ;
        dcterms:source source:two .
    claim:6 a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s ; dcterms:source source:three ."""
    network = read(data).network()
    a, b, s = iri("role:a"), iri("role:b"), iri("skill:s")

    def told(*sources: str) -> tuple:
        left = network
        for source in sources:
            left = without_source(left, source)
        move, need = left.get_edge_data(a, b, "move"), left.get_edge_data(b, s, "requires")
        return (move["count"], move["share"], need["necessity"])

    assert told() == (7, 12.5, "essential")
    assert told("One") == (7, 12.5, "optional")
    assert told("Two") == (24, pytest.approx(33.3333, abs=1e-4), "essential")
    assert told("Three") == (7, 12.5, "essential")
    assert told("One", "Two") == (None, None, "")


def test_what_a_role_has_by_way_of_an_occupation_goes_with_whoever_says_it_is_that_occupation():
    data = """
    source:map skos:prefLabel "Map" . source:need skos:prefLabel "Need" .
    role:a a rg:Role ; skos:prefLabel "a" . role:o a rg:StatisticalOccupation ; skos:prefLabel "o" .
    skill:s a rg:Skill . area:x skos:prefLabel "x" .
    claim:m a rg:Mapping ; rg:role role:a ; rg:occupation role:o ; rg:match rg:CloseMatch ;
        dcterms:source source:map .
    claim:n a rg:SkillRequirement ; rg:role role:o ; rg:skill skill:s ; rg:necessity rg:Essential ;
        dcterms:source source:need .
    claim:e a rg:ExperienceRequirement ; rg:role role:o ; rg:minimumYears 3 ; rg:text "Three." ;
        dcterms:source source:need .
    claim:p a rg:Pay ; rg:role role:o ; rg:amount 5 ; rg:currency "EUR" ; schema:unitText "YEAR" ;
        rg:statistic rg:MedianSalary ; rg:area area:x ; dcterms:source source:need ."""
    network = read(data).network()
    a, o, s = iri("role:a"), iri("role:o"), iri("skill:s")
    assert network.has_edge(a, s, "requires")
    both = read(f"{data} claim:x a rg:Move ; rg:fromRole role:b ; rg:toRole role:a . role:b a rg:Role .")
    found = both.stability("role:b", "a", cost="gap")
    assert found.hangs_on == ("Map", "Need"), "whoever takes one for the other, and whoever tells its needs"
    for source, at_occupation in (("Map", 1), ("Need", 0)):
        left = without_source(network, source)
        assert not left.has_edge(a, s, "requires")
        assert left.nodes[a]["pay"] == left.nodes[a]["notes"] == ()
        assert len(left.nodes[o]["pay"]) == len(left.nodes[o]["notes"]) == at_occupation
        assert left.number_of_edges(o, s) == at_occupation


def test_the_only_source_of_a_move_is_what_the_route_hangs_on():
    network = claimed(
        ("move", "a", "b", "Almanac", "Diary"),
        ("move", "a", "b", "Blog", ""),
        ("move", "b", "d", "Census", "Diary"),
        ("move", "a", "c", "Blog", ""),
        ("move", "c", "e", "Blog", ""),
        ("move", "e", "d", "Blog", ""),
    )
    found = stability(move_graph(network), "a", "d")
    effects = {effect.source: effect for effect in found.sources}
    assert found.hangs_on == ("Census", "Diary")
    assert list(effects) == ["Census", "Diary", "Almanac", "Blog"]
    assert [str(step) for step in effects["Census"].lost] == ["b -> d"]
    assert [str(step) for step in effects["Diary"].lost] == ["b -> d"], "Blog tells the first move, too"
    assert effects["Census"].path.labels == ("a", "c", "e", "d")
    assert effects["Almanac"].same
    assert effects["Blog"].same
    assert str(effects["Almanac"]) == "the same route, 2 moves"
    assert "It hangs on each of 2 sources: Census; Diary." in found.summary()


def test_without_the_only_source_no_route_is_left():
    found = stability(move_graph(claimed(("move", "a", "d", "Almanac", ""))), "a", "d")
    assert found.sources == (SourceEffect("Almanac", None, same=False, lost=found.best.steps),)
    assert str(found.sources[0]) == "no route is left; lost: a -> d"
    assert found.summary().endswith("It hangs on one source: Almanac.")


def test_moves_of_which_nobody_is_known_to_say_so_hang_on_nobody():
    found = stability(weighed(("a", "b", 1)), "a", "b")
    assert (found.sources, found.hangs_on) == ((), ())
    assert found.summary().endswith("No source is named that it could hang on.")
    text = "role:a a rg:Role . role:b a rg:Role . claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ."
    assert read(text).stability("role:a", "role:b").sources == ()


def test_a_source_that_makes_another_route_dear_is_left_out_too():
    """By c were best, did Blog not ask for so much there; of the best route Blog says nothing."""
    needs = [("requires essential", "c", skill, "Blog", "") for skill in "qrs"]
    network = claimed(
        *(("move", one, two, "Almanac", "") for one, two in ("ab", "bd", "ac", "cd")),
        *(("requires essential", role, "p", "Census", "") for role in "cd"),
        *(("requires essential", "b", skill, "Census", "") for skill in "qr"),
        *needs,
    )
    found = stability(move_graph(network, "gap"), "a", "d")
    assert (found.best.labels, found.best.cost) == (("a", "b", "d"), 3)
    effects = {effect.source: effect for effect in found.sources}
    assert (effects["Blog"].path.labels, effects["Blog"].path.cost) == (("a", "c", "d"), 1)
    assert (effects["Blog"].same, effects["Blog"].lost) == (False, ())
    assert "Another route is best without Blog." in found.summary()
    assert found.hangs_on == ("Almanac", "Census"), "without Census, nobody tells what d needs"


#: A move, and who says what of its ends.
FIGURES = """
    source:move skos:prefLabel "Mover" . source:pay skos:prefLabel "Payer" .
    source:years skos:prefLabel "Elder" . source:word skos:prefLabel "Talker" .
    source:degree skos:prefLabel "School" .
    role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .
    degree:d a rg:Degree ; skos:prefLabel "d" . degree:e a rg:Degree ; skos:prefLabel "e" .
    area:x skos:prefLabel "x" .
    claim:1 a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; dcterms:source source:move .
    claim:2 a rg:Pay ; rg:role role:a ; rg:amount 9 ; rg:currency "EUR" ; schema:unitText "YEAR" ;
        rg:statistic rg:MedianSalary ; rg:area area:x ; dcterms:source source:pay .
    claim:3 a rg:Pay ; rg:role role:b ; rg:amount 5 ; rg:currency "EUR" ; schema:unitText "YEAR" ;
        rg:statistic rg:MedianSalary ; rg:area area:x ; dcterms:source source:pay .
    claim:4 a rg:ExperienceRequirement ; rg:role role:b ; rg:minimumYears 3 ; rg:text "Three." ;
        dcterms:source source:years .
    claim:5 a rg:ExperienceRequirement ; rg:role role:b ; rg:text "Some." ; dcterms:source source:word .
    claim:6 a rg:EducationRequirement ; rg:role role:b ; rg:degree degree:d ; rg:necessity rg:Minimum ;
        dcterms:source source:degree .
    role:c a rg:Role ; skos:prefLabel "a dead end" . source:end skos:prefLabel "Ender" .
    claim:7 a rg:Move ; rg:fromRole role:a ; rg:toRole role:c ; dcterms:source source:end .
    claim:8 a rg:Pay ; rg:role role:c ; rg:amount 8 ; rg:currency "EUR" ; schema:unitText "YEAR" ;
        rg:statistic rg:MedianSalary ; rg:area area:x ; dcterms:source source:end ."""


@pytest.mark.parametrize(
    ("how", "sources", "hangs_on"),
    [
        ({}, ["Mover"], ("Mover",)),
        ({"cost": "pay-cut"}, ["Mover", "Payer"], ("Mover", "Payer")),
        ({"cost": "pay-cut", "missing": "ignore"}, ["Mover", "Payer"], ("Mover",)),
        ({"cost": "pay-cut", "missing": "worst"}, ["Mover", "Payer"], ("Mover", "Payer")),
        ({"rules": [rg.min_pay(4)]}, ["Mover", "Payer"], ("Mover", "Payer")),
        ({"rules": [rg.max_pay_cut(4)]}, ["Mover", "Payer"], ("Mover", "Payer")),
        ({"cost": "years"}, ["Elder", "Mover"], ("Elder", "Mover")),
        ({"cost": "years", "missing": "ignore"}, ["Mover", "Elder"], ("Mover",)),
        ({"rules": [rg.no_degree("e")]}, ["Mover", "School"], ("Mover",)),
    ],
)
def test_sources_are_those_of_all_that_the_route_is_chosen_by(how, sources, hangs_on):
    found = read(FIGURES).stability("a", "b", **how)
    assert [effect.source for effect in found.sources] == sources
    assert found.hangs_on == hangs_on
    assert all(
        effect.lost == (() if effect.source not in hangs_on else found.best.steps) for effect in found.sources
    )


def test_unlike_pay_is_still_compared_without_a_source_where_it_was_asked_for():
    how = {"cost": "pay-cut", "allow_mixed": True}
    found = shipped().stability("product developer", "CEO", **how)
    assert found.best.unknown == ()
    for effect in found.sources:
        left = without_source(shipped().network(), effect.source)
        try:
            ends = (found.best.roles[0].iri, found.best.roles[-1].iri)
            expected = cheapest_path(move_graph(left, "pay-cut", allow_mixed=True), *ends)
        except rg.NoPath:
            expected = None
        assert effect.path == expected


def test_a_cost_of_ones_own_stays_as_it_is():
    def years(_start, _goal, edge):
        return float(len(edge["evidence"]))

    found = world().stability("kitchen porter", "sous-chef", cost=years)
    assert found.best.by == "years"
    for effect in found.sources:
        assert effect.path is None or effect.path.cost == sum(
            len(step.evidence) for step in effect.path.steps
        )


# -- the graph that ships --------------------------------------------------------------------------------


def test_the_way_from_product_developer_to_ceo_hangs_on_the_guide():
    found = shipped().stability("product developer", "CEO")
    assert found.hangs_on == (GUIDE,)
    (effect,) = found.sources
    assert TITLES in {item.source for step in effect.path.steps for item in step.evidence}
    assert not effect.same
    assert found.times == 100
    assert (
        repr(found)
        == "<Stability of product developer -> chief executive officer: best in 100 of 100, hangs on 1>"
    )


@pytest.mark.parametrize("cost", ["hops", "gap", "years", "pay-cut", "doubt"])
def test_every_source_of_the_shipped_graph_leaves_nothing_of_its_own_behind(cost):
    found = shipped().stability("product developer", "CEO", cost=cost, missing="ignore", runs=20)
    assert found.hangs_on
    for effect in found.sources:
        for step in effect.path.steps if effect.path else ():
            assert step.evidence
            assert effect.source not in {
                name for item in step.evidence for name in (item.source, item.document)
            }


def test_by_gap_the_requirements_have_sources_as_well():
    found = shipped().stability("product developer", "CEO", cost="gap")
    assert found.hangs_on == (GUIDE, ESCO)
    assert found.best.by == "gap"
    assert all(path.by == "gap" for path, _ in found.shares)


# -- as values and text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"runs": 0}, "at least one run"),
        ({"routes": 0}, "at least one run and one route"),
        ({"jitter": 1}, "not by 1"),
        ({"jitter": -0.1}, "not by -0.1"),
        ({"jitter": float("nan")}, "not by nan"),
    ],
)
def test_figures_out_of_bounds_are_refused(how, words):
    with pytest.raises(rg.ParameterError, match=words):
        stability(weighed(("a", "b", 1)), "a", "b", **how)


def test_several_costs_at_once_are_refused():
    with pytest.raises(rg.ParameterError, match="one cost"):
        stability(weighed(("a", "b", 1), cost=["hops", weight]), "a", "b")


def test_no_path_is_said_as_ever():
    with pytest.raises(rg.NoPath, match="No route from b to a"):
        stability(weighed(("a", "b", 1)), "b", "a")


def test_from_a_role_to_itself_nothing_can_change():
    found = world().stability("sous-chef", "sous-chef")
    assert (found.times, found.hangs_on, len(found.best)) == (100, (), 0)


def test_it_is_told_in_every_form():
    found = world().stability("kitchen porter", "sous-chef", jitter=0.4, cost="hops")
    told = found.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["runs"] == 100
    assert told["jitter"] == 0.4
    assert told["best"]["labels"] == ["kitchen porter", "chef de partie", "sous-chef"]
    assert sum(share["times"] for share in told["shares"]) == 100
    assert told["summary"] == found.summary()
    assert told["sources"][0]["source"] == told["hangs_on"][0]
    assert told["sources"][0]["lost"][0]["from"] in {iri("role:kitchen-porter"), iri("role:chef-de-partie")}
    table = found.table()
    assert [row["change"] for row in table] == [
        *["every cost by up to 40 %"] * len(found.shares),
        *(f"without {effect.source}" for effect in found.sources),
    ]
    assert list(found.to_frame().columns) == list(table.columns)
    assert found.summary() in str(found)
    assert "<table>" in found._repr_html_()


def test_names_are_shown_as_text_in_a_notebook():
    network = claimed(("move", "a", "d", "<img src=x>", ""))
    network.nodes["d"]["label"] = "<script>"
    shown = stability(move_graph(network), "a", "d")._repr_html_()
    assert "<script>" not in shown
    assert "<img" not in shown


def test_it_is_told_to_people(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    network = claimed(
        ("move", "a", "b", "Almanac", ""),
        ("move", "b", "d", "Census", ""),
        ("move", "b", "d", "Blog", ""),
        ("move", "a", "c", "Diary", ""),
        ("move", "c", "d", "Diary", ""),
    )
    found = stability(move_graph(network), "a", "d")
    (first, often), (second, seldom) = found.shares
    lines = stability_text(found)
    opening = lines[: lines.index("")]
    assert " ".join(line.strip() for line in opening) == found.summary()
    assert lines[len(opening) :] == [
        "",
        "  Best when every cost is a little off",
        f"    {often:>3} of 100  {first} (2 moves)",
        f"    {seldom:>3} of 100  {second} (2 moves)",
        "",
        "  Without one source",
        "    Almanac: best is a -> c -> d, 2 moves; lost: a -> b",
        "    Blog; Census; Diary: nothing changes",
    ]


def test_of_many_routes_the_first_are_listed_and_the_others_counted(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    edges = [edge for n in "bcdefghijk" for edge in (("a", n, 1), (n, "z", 1))]
    found = stability(weighed(*edges), "a", "z")
    lines = stability_text(found)
    listed = [line for line in lines if " of 100  " in line]
    assert len(found.shares) == 10
    assert len(listed) == MOST_ROUTES + 1
    rest = sum(times for _, times in found.shares[MOST_ROUTES:])
    assert listed[-1] == f"    {rest:>3} of 100  5 more routes"
    assert all(len(line) <= 60 for line in lines)
    assert sum(int(line.split()[0]) for line in listed) == 100
