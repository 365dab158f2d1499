"""A large store's questions are answered from a part of its network, and as from the whole."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
import pytest
from sparql_server import Manners, serving
from worlds import PREAMBLE, WORLD, iri, shipped

import rolegraph as rg
from rolegraph.resources import ontology_file
from rolegraph.rules import no_degree
from rolegraph.stores import ONTOLOGY_GRAPH

#: Skills of two schemes, two of which are one, and what ESCO states of an occupation, and of a skill.
MORE_SKILLS = """
<urn:one> a rg:SkillMapping ; rg:skill skill:leading ; rg:mappedSkill <urn:leadership> ;
    rg:match rg:ExactMatch .
<urn:two> a rg:SkillMapping ; rg:skill skill:plating ; rg:mappedSkill <urn:carving> ; rg:match rg:CloseMatch .
role:patissier esco:relatedEssentialSkill <urn:leadership>, <urn:carving> .
<urn:leadership> esco:relatedEssentialSkill skill:hygiene ; a rg:Skill .
"""


@pytest.fixture
def store():
    """Give the kitchens without what links one role to another, as a release of occupations has none."""
    store = rg.LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value)
    store.load(WORLD)
    store.load_text(PREAMBLE + MORE_SKILLS, "more")
    for kind in ("Mapping", "RoleMapping"):
        for claim in list(store.engine.quads_for_pattern(None, None, ox.NamedNode(iri(f"rg:{kind}")), None)):
            for quad in list(store.engine.quads_for_pattern(claim.subject, None, None, None)):
                store.engine.remove(quad)
    return store


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr("rolegraph.parts.LARGE", 1)


def told(graph, **question):
    """Give all routes between all roles, or why there is none."""
    roles = [entry.iri for entry in graph.entries() if entry.kind in {"role", "group"}]
    found = {}
    for start, goal in product(roles, roles):
        try:
            found[start, goal] = graph.path(start, goal, **question).to_dict()
        except rg.NoPath as none:
            found[start, goal] = str(none)
    return found


PROFILE = rg.Profile(
    skills=frozenset({iri("skill:hygiene")}), credentials=frozenset({iri("training:costing-course")})
)


@pytest.mark.parametrize(
    "question",
    [
        {"cost": "gap"},
        {"cost": "gap", "missing": "worst"},
        {"cost": "gap", "missing": "ignore", "profile": PROFILE},
        {"cost": "hops"},
    ],
)
@pytest.mark.usefixtures("large")
def test_gaps_are_counted_as_over_the_whole_network(store, question):
    part, whole = rg.RoleGraph(store), rg.RoleGraph(store)
    whole.network()
    assert told(part, **question) == told(whole, **question)
    assert part.tradeoffs("commis chef", "head chef", by=["gap", "hops"]) == whole.tradeoffs(
        "commis chef", "head chef", by=["gap", "hops"]
    )
    assert part._networks._all is None


@pytest.mark.usefixtures("large")
def test_skills_are_those_of_roles_and_what_is_one_and_the_same(store):
    edges = set(rg.RoleGraph(store)._networks.skilled().edges(keys=True))
    assert (iri("role:patissier"), "urn:carving", "requires") in edges
    assert ("urn:leadership", iri("skill:hygiene"), "requires") not in edges
    assert {edge[:2] for edge in edges if edge[2] == "matches"} == {(iri("skill:leading"), "urn:leadership")}


@pytest.mark.usefixtures("large")
def test_where_roles_have_the_skills_of_others_the_whole_is_needed():
    graph = rg.open()
    for start, goal in (("product developer", "CEO"), ("product manager", "CPO"), ("CPO", "CEO")):
        assert graph.path(start, goal, cost="gap") == shipped().path(start, goal, cost="gap")
    assert graph._networks._all is not None


@pytest.mark.usefixtures("large")
def test_who_says_it_and_degrees_take_the_whole(store):
    graph = rg.RoleGraph(store)
    asked = graph.stability("commis chef", "head chef", cost="gap", runs=3).to_dict()
    assert asked == rg.RoleGraph(store).stability("commis chef", "head chef", cost="gap", runs=3).to_dict()
    assert graph._networks._all is not None
    other = rg.RoleGraph(store)
    other.paths("commis chef", "head chef", rules=[no_degree("diploma in cookery")])
    assert other._networks._all is not None


def test_of_a_store_elsewhere_no_more_is_fetched_than_counting_takes(store):
    with serving(store.engine, Manners()) as url:
        far, near = rg.open(url), rg.RoleGraph(store)
        assert told(far, cost="gap") == told(near, cost="gap")
        assert "whole" not in far.store.parts
