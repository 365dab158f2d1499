"""Plans: what each step of a route first needs, what is there by then, and what nobody says."""

from __future__ import annotations

import dataclasses
import json
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import iri, shipped, steady, world

import rolegraph as rg
from rolegraph.costs import named_cost, step_costs
from rolegraph.gaps import plan_route
from rolegraph.network import one_name
from rolegraph.plans import compare_plans


def labels(links) -> list[str]:
    return [link.label for link in links]


def skills(links, one=None) -> set[str]:
    """Give the skills of some links, each by the one IRI that it counts by."""
    return {(one or {}).get(link.iri, link.iri) for link in links if link.kind == "requires"}


#: Part of a career -> the kind of its edges, the kinds of things that they start and end at.
RELATIONS = {
    "requires": ("requires", "role", "skill"),
    "degrees": ("needs_degree", "role", "degree"),
    "credentials": ("suggests_credential", "role", "certification"),
    "teaches": ("teaches", "certification", "skill"),
    "matches": ("matches", "skill", "skill"),
}


def career(*, roles="abcde", levels=(), order=None, **parts) -> nx.MultiDiGraph:
    """Give a network of roles and what they need; `parts` holds rows: start, end, necessity or match."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()

    def node(name: str, kind: str, **more) -> None:
        if name not in network:
            network.add_node(name, label=name, kind=kind, aliases=(), definition="", pay=(), **more)

    for role in roles:
        node(role, "role")
    for name, level in levels:
        node(name, "degree", level=level)
    rows = [(*RELATIONS[part], *row) for part, found in parts.items() for row in found]
    if order is not None:
        order.shuffle(rows)
    for kind, from_kind, to_kind, start, end, word in rows:
        node(start, from_kind)
        node(end, to_kind)
        evidence = (rg.Evidence(f"{start}{kind}{end}", "stated", "a source", detail=word),)
        graded = {"necessity": word if from_kind == "role" else "", "share": None, "count": None}
        network.add_edge(start, end, key=kind, kind=kind, evidence=evidence, **graded)
    return network


CLIMB = tuple(
    iri(f"role:{name}")
    for name in ("kitchen-porter", "commis-chef", "chef-de-partie", "sous-chef", "head-chef")
)


def test_a_plan_says_what_is_first_needed_at_each_step_and_what_brought_the_rest():
    plan = plan_route(world().network(), CLIMB)
    assert [(step.role.label, step.state, labels(step.new)) for step in plan.steps] == [
        ("commis chef", "to learn", ["kitchen hygiene", "knife skills"]),
        ("chef de partie", "unknown", []),
        ("sous-chef", "to learn", ["leading a brigade", "stock keeping"]),
        ("head chef", "to learn", ["budgeting", "menu planning", "diploma in cookery"]),
    ]
    assert [(item.link.label, item.by) for item in plan.steps[3].covered] == [
        ("kitchen hygiene", "commis chef"),
        ("leading a brigade", "sous-chef"),
    ]
    assert labels(plan.steps[3].helpful) == ["tasting", "hygiene certificate"]
    assert (plan.skills, plan.degrees, plan.credentials) == (6, 1, 0)
    assert (plan.unknown, plan.start_known) == (("chef de partie",), False)
    assert plan.teaches == {
        iri("skill:budgeting"): ("costing course",),
        iri("skill:hygiene"): ("hygiene certificate",),
    }


def test_a_plan_says_in_sentences_what_is_known_and_what_is_not():
    plan = plan_route(world().network(), CLIMB)
    assert plan.summary() == (
        "At least 6 skills and 1 degree to gain in 4 moves."
        " No source names a skill that chef de partie needs; that is not the same as needing none."
        " No source names a skill of kitchen porter, so no skill counts as brought from there."
    )
    assert str(plan) == f"{' -> '.join(plan.labels)}: {plan.summary()}"
    short = plan_route(world().network(), CLIMB[3:])
    assert short.summary() == "2 skills and 1 degree to gain in 1 move."
    back = plan_route(
        world().network(),
        (CLIMB[4], CLIMB[1], CLIMB[4]),
        rg.Profile(skills=frozenset({iri("skill:knife-skills")})),
    )
    assert back.summary() == "Nothing new to gain in 2 moves."
    assert [step.state for step in back.steps] == ["nothing new", "nothing new"]
    assert "as far as sources tell" in plan_route(world().network(), CLIMB[1:3]).summary()


def test_a_plan_has_a_row_for_each_need_and_for_each_step_of_unknown_skills():
    plan = plan_route(world().network(), CLIMB)
    table = plan.table()
    states = [(row["step"], row["state"]) for row in table]
    assert states == [
        (1, "missing"), (1, "missing"), (2, "unknown"), (3, "missing"), (3, "missing"), (3, "covered"),
        (4, "missing"), (4, "missing"), (4, "missing"), (4, "covered"), (4, "covered"), (4, "helpful"),
        (4, "helpful"),
    ]  # fmt: skip
    (budgeting,) = (row for row in table if row["name"] == "budgeting")
    assert (budgeting["taught by"], budgeting["brought by"], budgeting["necessity"]) == (
        "costing course",
        "",
        "essential",
    )
    assert "Kitchen survey (2025-03)" in budgeting["source"]
    hygiene = [row["brought by"] for row in table if row["name"] == "kitchen hygiene"]
    assert hygiene == ["", "commis chef", "commis chef"]


def test_a_plan_shows_in_a_notebook_and_becomes_a_frame_and_plain_values():
    plan = plan_route(world().network(), CLIMB)
    assert plan.table()._repr_html_() in plan._repr_html_()
    assert tuple(plan.to_frame().columns) == plan.table().columns
    plain = json.loads(json.dumps(plan.to_dict()))
    assert plain["totals"] == {"skills": 6, "degrees": 1, "credentials": 0}
    assert [step["state"] for step in plain["steps"]] == ["to learn", "unknown", "to learn", "to learn"]
    assert plain["steps"][3]["covered"][0]["by"] == "commis chef"
    assert (plain["unknown"], plain["start_known"]) == (["chef de partie"], False)
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.start = None


def test_names_that_attack_stay_text():
    attack = "</script><img src=x onerror=alert(1)>\x1b[31m"
    network = career(requires=[("a", attack, "essential")], roles="ab")
    network.nodes["a"]["label"] = attack
    plan = plan_route(network, ("b", "a"))
    assert "<img" not in plan._repr_html_()
    assert "\x1b" not in plan._repr_html_() + str(plan.table())


def test_two_plans_are_compared_by_what_is_no_longer_to_gain():
    network = world().network()
    mine = (
        rg.Profile()
        .adding(iri("training:costing-course"), "training")
        .adding(iri("degree:diploma"), "degree")
    )
    compared = compare_plans(plan_route(network, CLIMB), plan_route(network, CLIMB, mine))
    assert compared.rows == (
        ("skills", 6, 5, 1, "budgeting"),
        ("degrees", 1, 0, 1, "diploma in cookery"),
        ("credentials", 0, 0, 0, ""),
        ("would help", 2, 2, 0, ""),
    )


def test_the_shipped_ladder_to_cpo_counts_each_skill_once():
    graph = shipped()
    route = [graph.resolve(name) for name in ("product developer", "product manager", "VP product", "CPO")]
    plan = plan_route(graph.network(), route)
    assert [(step.state, len(skills(step.new))) for step in plan.steps] == [
        ("nothing new", 0),
        ("unknown", 0),
        ("to learn", 30),
    ]
    assert "least 30 skills" in plan.summary()
    assert "vice president of product" in plan.summary()


def test_a_certificate_in_the_profile_saves_the_skills_that_it_teaches():
    graph = shipped()
    network = graph.network()
    ends = [graph.resolve(name) for name in ("brand manager", "project manager")]
    course = graph.resolve("Project Management Specialization", {"training", "certification"})
    needed = {link.iri for link in plan_route(network, ends).steps[0].new}
    taught = {skill for _, skill, kind in network.out_edges(course, keys=True) if kind == "teaches"}
    one = one_name(network)
    expected = {one.get(skill, skill) for skill in taught} & {one.get(skill, skill) for skill in needed}
    after = plan_route(network, ends, rg.Profile(credentials=frozenset({course})))
    assert skills(plan_route(network, ends).steps[0].new, one) - skills(after.steps[0].new, one) == expected


# -- degrees ---------------------------------------------------------------------------------------


LADDER = (("bachelor", 6), ("master", 7), ("doctorate", 8), ("licence", None))


def test_a_higher_degree_covers_a_lower_one_and_not_the_reverse():
    asked = {"b": "master", "c": "bachelor", "d": "doctorate", "e": "bachelor"}
    network = career(levels=LADDER, degrees=[(role, degree, "minimum") for role, degree in asked.items()])
    plan = plan_route(network, "abcde")
    assert [labels(step.new) for step in plan.steps] == [["master"], [], ["doctorate"], []]
    assert [item.by for step in plan.steps for item in step.covered] == ["b", "b"]
    learned = plan_route(network, "abcde", rg.Profile(degrees=frozenset({"doctorate"})))
    assert learned.degrees == 0
    assert [item.by for step in learned.steps for item in step.covered] == ["your profile"] * 4


def test_degrees_of_unknown_level_or_of_the_same_level_cover_only_themselves():
    levels = (*LADDER, ("bachelor of arts", 6))
    needs = [("b", "licence", "minimum"), ("c", "bachelor", "minimum"), ("d", "bachelor of arts", "minimum")]
    plan = plan_route(career(levels=levels, degrees=needs), "abcd")
    assert plan.degrees == 3
    assert (
        plan_route(
            career(levels=levels, degrees=needs), "abcd", rg.Profile(degrees=frozenset({"licence"}))
        ).degrees
        == 2
    )


def test_a_degree_that_is_only_preferred_helps_and_brings_nothing():
    network = career(levels=LADDER, degrees=[("b", "master", "preferred"), ("c", "bachelor", "minimum")])
    plan = plan_route(network, "abc")
    assert [(labels(step.new), labels(step.helpful)) for step in plan.steps] == [
        ([], ["master"]),
        (["bachelor"], []),
    ]


def test_a_required_credential_counts_once_and_is_brought_along():
    network = career(
        credentials=[("b", "pass", "minimum"), ("c", "pass", "minimum"), ("c", "badge", "optional")]
    )
    plan = plan_route(network, "abc")
    assert [(labels(step.new), labels(step.helpful)) for step in plan.steps] == [
        (["pass"], []),
        ([], ["badge"]),
    ]
    assert plan.credentials == 1
    assert [step.state for step in plan.steps] == ["unknown", "unknown"], "of their skills nobody says a word"
    assert "1 certification or training to gain" in plan.summary()


def test_a_skill_of_two_schemes_is_one_need_with_the_evidence_of_both():
    network = career(
        requires=[
            ("b", "s", "optional"),
            ("b", "t", "essential"),
            ("c", "u", "essential"),
            ("c", "w", "optional"),
        ],
        matches=[("s", "t", "exact"), ("u", "t", "exact"), ("t", "v", "close")],
        teaches=[("course", "u", ""), ("course", "w", "")],
    )
    plan = plan_route(network, "abc")
    (need,) = plan.steps[0].new
    assert (need.label, need.necessity, len(need.evidence)) == ("t", "essential", 2)
    assert [(item.link.label, item.by) for item in plan.steps[1].covered] == [("u", "b")]
    assert plan.teaches == {"t": ("course",), "w": ("course",)}
    known_by_other_name = plan_route(network, "abc", rg.Profile(skills=frozenset({"s"})))
    assert [labels(step.new) for step in known_by_other_name.steps] == [[], []]


# -- the arithmetic, on random networks ------------------------------------------------------------

ROLES, SKILLS, PAPERS = "abcde", tuple("rstuvw"), ("pass", "badge")
DEGREES = tuple(name for name, _ in LADDER)
WORDS = ("essential", "minimum", "typical", "preferred", "optional", "")


def relations(starts, ends, words) -> st.SearchStrategy:
    """Give relations of different ends, so that no edge is made twice."""
    row = st.tuples(st.sampled_from(starts), st.sampled_from(ends), st.sampled_from(words))
    return st.lists(row, max_size=12, unique_by=lambda row: row[:2])


PARTS = st.fixed_dictionaries(
    {
        "requires": relations(ROLES, SKILLS, WORDS),
        "degrees": relations(ROLES, DEGREES, WORDS),
        "credentials": relations(ROLES, PAPERS, WORDS),
        "teaches": relations(PAPERS, SKILLS, ("",)),
        "matches": st.lists(
            st.tuples(st.sampled_from(SKILLS), st.sampled_from(SKILLS), st.sampled_from(("exact", "close"))),
            max_size=3,
            unique_by=lambda row: row[:2],
        ),
    }
)
PROFILES = st.builds(
    rg.Profile,
    skills=st.frozensets(st.sampled_from(SKILLS), max_size=2),
    degrees=st.frozensets(st.sampled_from(DEGREES), max_size=1),
    credentials=st.frozensets(st.sampled_from(PAPERS), max_size=1),
)
ROUTES = st.lists(st.sampled_from(ROLES), min_size=2, max_size=5, unique=True).map(tuple)


def same_as(skill: str, matches) -> frozenset[str]:
    """Give all names of a skill, by closing its exact matches."""
    names = {skill}
    for _ in SKILLS:
        for start, end, word in matches:
            if word == "exact" and names & {start, end}:
                names |= {start, end}
    return frozenset(names)


def required(role: str, parts) -> set[object]:
    """Give what a role requires: skills as the sets of their names, degrees and credentials by name."""
    hard = {"essential", "minimum", "typical"}
    found: set[object] = {
        same_as(end, parts["matches"])
        for start, end, word in parts["requires"]
        if (start, word in hard) == (role, True)
    }
    rows = (*parts["degrees"], *parts["credentials"])
    return found | {end for start, end, word in rows if start == role and word in hard}


def brought_by(mine: rg.Profile, parts) -> set[object]:
    known = {*mine.skills, *(end for start, end, _ in parts["teaches"] if start in mine.credentials)}
    return {same_as(skill, parts["matches"]) for skill in known} | mine.degrees | mine.credentials


def covered(need: object, had: set[object]) -> bool:
    level = dict(LADDER).get(need) if isinstance(need, str) else None
    if level is None:
        return need in had
    return need in had or any(
        (dict(LADDER).get(other) or 0) > level for other in had if isinstance(other, str)
    )


def new_at(step, parts) -> list[object]:
    return [same_as(link.iri, parts["matches"]) if link.kind == "requires" else link.iri for link in step.new]


@settings(steady, max_examples=200)
@given(PARTS, PROFILES, ROUTES)
def test_a_plan_is_set_arithmetic(parts, mine, route):
    network = career(**parts, levels=LADDER)
    plan = plan_route(network, route, mine)
    had = required(route[0], parts) | brought_by(mine, parts)
    brought, everything = set(had), set()
    for role, step in zip(route[1:], plan.steps, strict=True):
        needs = required(role, parts)
        found = new_at(step, parts)
        assert len(found) == len(set(found))
        assert set(found) == {need for need in needs if not covered(need, had)}
        assert not set(found) & everything, "what was new before is new no more"
        had |= needs
        everything |= set(found)
    skills_needed = {
        need for role in route[1:] for need in required(role, parts) if isinstance(need, frozenset)
    }
    assert plan.skills == len(skills_needed - brought)
    assert plan.skills + plan.degrees + plan.credentials == len(everything)


@steady
@given(PARTS, PROFILES, ROUTES)
def test_a_plan_counts_the_skills_that_the_cost_of_the_route_counts(parts, mine, route):
    network = career(**parts, levels=LADDER)
    plan = plan_route(network, route, mine)
    counted = [float(len(skills(step.new))) if step.known else None for step in plan.steps]
    assert counted == list(step_costs(named_cost("gap", network, mine), network, route))


@steady
@given(PARTS, PROFILES, ROUTES)
def test_every_need_of_a_step_is_new_covered_or_helpful(parts, mine, route):
    for step in plan_route(career(**parts, levels=LADDER), route, mine).steps:
        links = [*step.new, *(item.link for item in step.covered), *step.helpful]
        names = [same_as(link.iri, parts["matches"]) for link in links]
        rows = (*parts["requires"], *parts["degrees"], *parts["credentials"])
        assert set(names) == {
            same_as(end, parts["matches"]) for start, end, _ in rows if start == step.role.iri
        }
        assert len(names) == len(set(names))
        assert step.known == any(start == step.role.iri for start, _, _ in parts["requires"])


@steady
@given(PARTS, PROFILES, ROUTES, st.sampled_from([*SKILLS, *DEGREES, *PAPERS]))
def test_having_more_never_raises_what_is_to_learn_up_to_any_step(parts, mine, route, more):
    kind = "skill" if more in SKILLS else "degree" if more in DEGREES else "certification"
    network = career(**parts, levels=LADDER)
    before, after = (plan_route(network, route, who) for who in (mine, mine.adding(more, kind)))
    for what in ("requires", "needs_degree", "suggests_credential"):
        totals = [0, 0]
        for steps in zip(before.steps, after.steps, strict=True):
            for position, step in enumerate(steps):
                totals[position] += sum(link.kind == what for link in step.new)
            assert totals[1] <= totals[0]


@steady
@given(PARTS, PROFILES, ROUTES, st.integers(0, 99))
def test_a_plan_does_not_depend_on_the_order_of_the_relations(parts, mine, route, seed):
    plain = plan_route(career(**parts, levels=LADDER), route, mine)
    shuffled = plan_route(career(**parts, levels=LADDER[::-1], order=random.Random(seed)), route, mine)  # noqa: S311
    assert plain == shuffled
    assert plain.to_dict() == shuffled.to_dict()
