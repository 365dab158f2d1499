"""Gaps: what the goal needs, what the start and the person bring, and what nobody says."""

from __future__ import annotations

import re

import pytest
from worlds import iri, read, shipped, world

import rolegraph as rg
from rolegraph.errors import ParameterError
from rolegraph.gaps import plan_route, skill_gap
from rolegraph.network import one_name


def labels(links) -> list[str]:
    return [link.label for link in links]


def test_missing_helpful_and_covered_split_what_the_goal_needs():
    gap = world().gap("sous-chef", "head chef")
    assert labels(gap.missing) == ["budgeting", "menu planning", "diploma in cookery"]
    assert labels(gap.helpful) == ["tasting", "hygiene certificate"]
    assert labels(gap.covered) == ["kitchen hygiene", "leading a brigade"]
    assert (gap.start_known, gap.goal_known) == (True, True)
    assert re.fullmatch(r"3 missing, 2 \D*, 2 covered\.", gap.summary())


def test_a_gap_names_what_teaches_each_missing_skill():
    gap = world().gap("kitchen porter", "head chef")
    assert gap.teaches == {
        iri("skill:budgeting"): ("costing course",),
        iri("skill:hygiene"): ("hygiene certificate",),
    }


def test_what_is_covered_needs_no_teacher():
    assert iri("skill:hygiene") not in world().gap("sous-chef", "head chef").teaches


def test_a_start_of_which_no_source_names_a_skill_is_unknown():
    gap = world().gap("kitchen porter", "head chef")
    assert (gap.start_known, gap.goal_known) == (False, True)
    assert gap.covered == ()
    assert "No source names a skill of kitchen porter" in gap.summary()


def test_a_goal_of_which_no_source_names_a_skill_is_unknown_and_not_without_needs():
    gap = world().gap("head chef", "food critic")
    assert (gap.missing, gap.helpful, gap.covered) == ((), (), ())
    assert not gap.goal_known
    assert "not the same as needing none" in str(gap)


def test_from_a_role_to_itself_nothing_that_it_requires_is_missing():
    gap = world().gap("head chef", "head chef")
    assert (gap.missing, gap.teaches) == ((), {})
    assert len(gap.covered) == 5
    assert labels(gap.helpful) == ["tasting", "hygiene certificate"], (
        "it asks for them, but does not require them"
    )


def test_what_the_start_only_lists_as_optional_is_not_brought():
    graph = read(
        """role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .
        rg:Essential skos:prefLabel "essential" .
        claim:x a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:s ; rg:necessity rg:Optional .
        claim:y a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:t ; rg:necessity rg:Typical .
        claim:z a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s, skill:t ;
            rg:necessity rg:Essential ."""
    )
    gap = graph.gap("a", "b")
    assert (labels(gap.missing), labels(gap.covered)) == (["skill:s"], ["skill:t"])
    asked = graph.queries["skill_gap"](start="a", goal="b")
    assert asked.column("skill") == [iri("skill:s")]


def test_a_gap_goes_one_way():
    assert labels(world().gap("head chef", "sous-chef").missing) == ["stock keeping"]


def test_every_need_is_in_exactly_one_part():
    network = world().network()
    roles = [node for node, kind in network.nodes(data="kind") if kind == "role"]
    kinds = {"requires", "needs_degree", "suggests_credential"}
    for start in roles:
        for goal in roles:
            gap = skill_gap(network, start, goal)
            parts = [*gap.missing, *gap.helpful, *gap.covered]
            needs = [(kind, end) for _, end, kind in network.out_edges(goal, keys=True) if kind in kinds]
            assert sorted((link.kind, link.iri) for link in parts) == sorted(needs)
            assert all(link.evidence for link in parts)


def test_duties_subjects_and_shares_are_no_needs():
    gap = world().gap("kitchen porter", "head chef")
    names = set(labels((*gap.missing, *gap.helpful)))
    assert not names & {"run the pass", "guests return", "gastronomy", "kitchen brigade"}
    assert labels(gap.missing).count("diploma in cookery") == 1


def test_a_need_that_nobody_graded_is_no_hard_one():
    graph = read(
        """role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .
        claim:x a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:s ."""
    )
    gap = graph.gap("a", "b")
    assert (labels(gap.missing), labels(gap.helpful)) == ([], ["skill:s"])


SOURCES = ("Coursera career guide: chief product officer", "ESCO 1.2")


def test_the_shipped_graph_says_what_a_product_manager_lacks_for_cpo():
    gap = shipped().gap("product manager", "CPO")
    missing = [link for link in gap.missing if link.kind == "requires"]
    said_by = {
        source: {link.label for link in missing if link.evidence[0].source == source} for source in SOURCES
    }
    assert {source: len(labels) for source, labels in said_by.items()} == {SOURCES[0]: 11, SOURCES[1]: 19}
    assert "interact with the board of directors" in said_by["ESCO 1.2"]
    assert "plan product management" in {link.label for link in gap.covered}
    assert gap.start_known


def test_the_named_query_finds_the_same_skills():
    graph, network = shipped(), shipped().network()
    one = one_name(network)
    known = {node for node, _, kind in network.edges(keys=True) if kind == "requires"}
    roles = [node for node in network if network.nodes[node]["kind"] == "role" and node in known]
    roles += [graph.resolve("VP product"), graph.resolve("general manager")]  # of these nobody names a skill
    for goal in ("CPO", "product marketing manager", "VP product"):
        rows = list(graph.queries["skill_gap"](start=roles, goal=goal))
        for start in roles:
            gap = skill_gap(network, start, graph.resolve(goal))
            here = [row for row in rows if row["start_name"] == gap.start.label]
            asked = {
                necessity: {
                    one.get(row["skill"], row["skill"]) for row in here if row["necessity"] == necessity
                }
                for necessity in ("essential", "optional")
            }
            assert asked["essential"] == skills(gap.missing, one)
            assert asked["optional"] - asked["essential"] == skills(gap.helpful, one)


def skills(links, one=None) -> set[str]:
    """Give the skills of some links, each by the one IRI that it counts by."""
    return {(one or {}).get(link.iri, link.iri) for link in links if link.kind == "requires"}


# -- a profile -------------------------------------------------------------------------------------


def profile(*skill: str, **more) -> rg.Profile:
    return rg.Profile(skills=frozenset(map(iri, skill)), **more)


def test_what_the_profile_has_is_not_missing():
    network = world().network()
    mine = profile("skill:budgeting", degrees=frozenset({iri("degree:diploma")}))
    gap = skill_gap(network, iri("role:sous-chef"), iri("role:head-chef"), mine)
    assert labels(gap.missing) == ["menu planning"]
    assert labels(gap.covered) == [
        "budgeting", "kitchen hygiene", "leading a brigade", "diploma in cookery",
    ]  # fmt: skip


def test_a_credential_of_the_profile_brings_what_it_teaches():
    network = world().network()
    mine = rg.Profile(credentials=frozenset({iri("training:costing-course")}))
    plan = plan_route(network, (iri("role:sous-chef"), iri("role:head-chef")), mine)
    brought = {item.link.label: item.by for item in plan.steps[0].covered}
    assert brought == {
        "budgeting": "costing course",
        "kitchen hygiene": "sous-chef",
        "leading a brigade": "sous-chef",
    }


def test_without_a_start_the_role_of_the_profile_is_the_start():
    network = world().network()
    gap = skill_gap(network, "", iri("role:head-chef"), rg.Profile(role=iri("role:sous-chef")))
    assert gap == skill_gap(network, iri("role:sous-chef"), iri("role:head-chef"))
    assert skill_gap(network, None, iri("role:head-chef"), rg.Profile(role=iri("role:sous-chef"))) == gap


def test_somebody_without_a_role_brings_what_the_profile_has():
    gap = skill_gap(world().network(), "", iri("role:head-chef"), profile("skill:leading"))
    assert (gap.start.label, gap.start_known) == ("you", True)
    assert labels(gap.covered) == ["leading a brigade"]
    assert re.fullmatch(r"4 missing, 2 \D*, 1 covered\.", gap.summary())


@pytest.mark.parametrize(
    ("start", "mine", "words"),
    [
        ("", rg.Profile(), "The profile names no skill, so no skill that head chef needs counts as covered."),
        (
            iri("role:kitchen-porter"),
            profile("skill:leading"),
            "skill of kitchen porter, so only the skills that the profile has count as covered.",
        ),
    ],
)
def test_a_start_of_unknown_skills_is_told_apart_from_one_that_brings_none(start, mine, words):
    gap = skill_gap(world().network(), start, iri("role:head-chef"), mine)
    assert not gap.start_known
    assert gap.summary().endswith(words)


def test_a_gap_from_nowhere_is_refused():
    network = world().network()
    with pytest.raises(ParameterError, match="has to be a profile"):
        skill_gap(network, "", iri("role:head-chef"))
    with pytest.raises(ParameterError, match="at least one role"):
        plan_route(network, ())
