"""Gaps: what the goal needs, what the start brings, and what nobody says."""

from __future__ import annotations

import re

from worlds import iri, read, shipped, world

from rolegraph.gaps import skill_gap


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


def test_from_a_role_to_itself_everything_is_covered():
    gap = world().gap("head chef", "head chef")
    assert (gap.missing, gap.helpful, gap.teaches) == ((), (), {})
    assert len(gap.covered) == 7


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
    assert {source: len(labels) for source, labels in said_by.items()} == {SOURCES[0]: 11, SOURCES[1]: 16}
    assert "interact with the board of directors" in said_by["ESCO 1.2"]
    assert "plan product management" in {link.label for link in gap.covered}
    assert gap.start_known
