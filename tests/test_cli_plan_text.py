"""A plan for people says all that it holds: what to gain, by whose word, what is there, what is unknown."""

from __future__ import annotations

import pytest
from worlds import iri, shipped, world

import rolegraph as rg
from rolegraph.cli.footnotes import Footnotes
from rolegraph.cli.plan_text import MOST_NAMES, plan_text
from rolegraph.gaps import plan_route

CLIMB = ("commis-chef", "chef-de-partie", "sous-chef", "head-chef")


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


def told(profile: rg.Profile | None = None) -> list[str]:
    plan = plan_route(world().network(), [iri(f"role:{name}") for name in CLIMB], profile)
    notes = Footnotes()
    return [*plan_text(plan, notes), *notes.lines()]


def test_a_plan_is_told_step_by_step_with_totals_and_sources():
    assert told() == [
        "Step 1: chef de partie",
        "  No source names a skill of this role; that is not the same as needing none.",
        "",
        "Step 2: sous-chef",
        "  To gain: skills (2)",
        "    leading a brigade, essential [1]",
        "    stock keeping, essential [1]",
        "  Covered by commis chef (1): kitchen hygiene",
        "",
        "Step 3: head chef",
        "  To gain: skills (2)",
        "    budgeting, essential; taught by costing course [2][1]",
        "    menu planning, essential [1]",
        "  To gain: degrees (1)",
        "    diploma in cookery, minimum [3]",
        "  Covered by commis chef (1): kitchen hygiene",
        "  Covered by sous-chef (1): leading a brigade",
        "  Would help (2): tasting, hygiene certificate",
        "",
        "At least 4 skills and 1 degree to gain in 3 moves. No source names a skill that chef de partie",
        "needs; that is not the same as needing none.",
        "",
        "Sources",
        "  [1] Kitchen survey (2025-03), section “careers”, https://example.org/kitchen-survey",
        "  [2] The old cook book, section “preface”",
        "  [3] Kitchen survey (2025-03), section “training”, https://example.org/kitchen-survey",
    ]


def test_what_the_profile_and_its_credentials_bring_is_told_by_name():
    mine = rg.Profile(
        skills=frozenset({iri("skill:leading"), iri("skill:stock-keeping")}),
        credentials=frozenset({iri("training:costing-course")}),
    )
    lines = told(mine)
    assert "  Nothing new: all that it requires is there." in lines
    assert "  Covered by your profile (2): leading a brigade, stock keeping" in lines
    assert "  Covered by costing course (1): budgeting" in lines


def test_long_lists_of_what_would_help_are_cut_and_counted():
    graph = shipped()
    ends = [graph.resolve("unit manager"), graph.resolve("product marketing manager")]
    plan = plan_route(graph.network(), ends)
    helpful = plan.steps[0].helpful
    assert len(helpful) > 100
    text = " ".join(" ".join(plan_text(plan, Footnotes())).split())
    named = ", ".join(link.label for link in helpful[:MOST_NAMES])
    assert f"Would help ({len(helpful)}): {named}, and {len(helpful) - MOST_NAMES} more" in text
    for link in plan.steps[0].new:
        assert f"{link.label}, {link.necessity}" in text


@pytest.mark.parametrize("columns", ["40", "72", "300"])
def test_a_plan_keeps_to_the_width_of_the_terminal(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    graph = shipped()
    ends = [graph.resolve("unit manager"), graph.resolve("VP product"), graph.resolve("CPO")]
    lines = plan_text(plan_route(graph.network(), ends), Footnotes())
    assert max(map(len, lines)) <= min(100, int(columns))
