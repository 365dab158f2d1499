"""What is said of a few things is the same, from the whole store or from the part that concerns them."""

from __future__ import annotations

from itertools import permutations

import pytest
import worlds

import rolegraph as rg
from rolegraph.cards import claims_between, claims_of, moves_between, role_card
from rolegraph.contradictions import contradictions_of
from rolegraph.gaps import plan_route, skill_gap
from rolegraph.names import ROLE_KINDS
from rolegraph.neighbourhood import neighbourhood
from rolegraph.projection import project


@pytest.fixture(scope="module", params=["world", "shipped"])
def graph(request):
    return rg.open(worlds.WORLD) if request.param == "world" else rg.open()


def roles_of(graph):
    return [entry.iri for entry in graph.entries() if entry.kind in ROLE_KINDS]


def test_cards_and_claims_are_the_same(graph):
    whole = graph.network()
    for role in roles_of(graph):
        part = project(neighbourhood(graph.store, [role]))
        assert role_card(part, role) == role_card(whole, role)
        assert claims_of(part, role) == claims_of(whole, role)
        assert contradictions_of(part, role) == contradictions_of(whole, role)


def test_gaps_plans_and_what_lies_between_two_roles_are_the_same(graph):
    whole = graph.network()
    pairs = list(permutations(roles_of(graph), 2))
    for one, other in pairs[:: max(1, len(pairs) // 40)]:
        part = project(neighbourhood(graph.store, [one, other]))
        assert skill_gap(part, one, other) == skill_gap(whole, one, other)
        assert plan_route(part, [one, other]) == plan_route(whole, [one, other])
        assert claims_between(part, one, other) == claims_between(whole, one, other)
        assert moves_between(part, one, other) == moves_between(whole, one, other)


def test_what_concerns_neither_is_left_out(graph):
    role = roles_of(graph)[0]
    assert len(neighbourhood(graph.store, [role])) < len(graph.store)
    assert len(neighbourhood(graph.store, [])) < len(neighbourhood(graph.store, [role]))


def test_a_large_graph_answers_from_the_part(monkeypatch):
    """The answers are those of a small one, and the whole is never projected."""
    small, large = rg.open(), rg.open()
    monkeypatch.setattr("rolegraph.parts.LARGE", 1)
    assert large.role("CPO") == small.role("CPO")
    assert large.gap("product manager", "CPO") == small.gap("product manager", "CPO")
    assert large.why("CPO") == small.why("CPO")
    assert large.why("product developer", "CPO") == small.why("product developer", "CPO")
    path = small.path("product developer", "CEO")
    assert large.plan(path) == small.plan(path)
    assert large._networks._all is None
