"""Roles written in the terms of schema.org: the shape of the document, and that it reads back the same."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from worlds import WORLD, iri, read, shipped, world

import rolegraph as rg
from rolegraph.errors import ParameterError
from rolegraph.names import BASE
from rolegraph.network import years_of
from rolegraph.schemaorg import to_schemaorg
from rolegraph.tables import Table

#: Relations that come back as they were, by kind; duties come back by their names.
KEPT = ("requires", "needs_degree", "suggests_subject", "suggests_credential", "described_as")


def written(graph: rg.RoleGraph) -> dict:
    return json.loads(to_schemaorg(graph.store))


def role(graph: rg.RoleGraph, short: str) -> dict:
    (found,) = [node for node in written(graph)["@graph"] if node.get("@id") == iri(short)]
    return found


def view(graph: rg.RoleGraph) -> dict:
    """Give of every role what the network knows of it and an export must not lose."""
    network = graph.network()
    return {
        node: {
            "names": (data["label"], data["aliases"], data["definition"]),
            "relations": {
                (kind, end, network.nodes[end]["label"], edge["necessity"])
                for _, end, kind, edge in network.out_edges(node, keys=True, data=True)
                if kind in KEPT
            },
            "matches": {
                (end, edge["evidence"][0].detail, edge["evidence"][0].doubt)
                for _, end, kind, edge in network.out_edges(node, keys=True, data=True)
                if kind == "described_as"
            },
            "duties": {
                network.nodes[end]["label"]
                for _, end, kind in network.out_edges(node, keys=True)
                if kind == "has_duty"
            },
            "pay": {
                (
                    p.amount,
                    p.currency,
                    p.statistic,
                    p.interval,
                    p.period,
                    p.area,
                    p.low,
                    p.high,
                    p.evidence.source,
                )
                for p in data["pay"]
            },
            "years": years_of(network, node),
        }
        for node, data in network.nodes(data=True)
        if data["kind"] == "role"
    }


@cache
def back(name: str, folder) -> rg.RoleGraph:
    """Export a graph, import what was written, and open that."""
    graph = {"world": world, "shipped": shipped}[name]()
    file = graph.export(folder / f"{name}.jsonld", "schema.org")
    rg.import_schemaorg(file, folder / f"{name}.ttl")
    return rg.open(folder / f"{name}.ttl")


@pytest.mark.parametrize("name", ["world", "shipped"])
def test_what_is_exported_reads_back_as_the_network_saw_it(name, tmp_path_factory):
    expected = view({"world": world, "shipped": shipped}[name]())
    again = view(back(name, tmp_path_factory.mktemp("back")))
    assert again.keys() == expected.keys()
    for node, facts in expected.items():
        assert again[node] == facts, node
    assert sum(len(facts["pay"]) for facts in expected.values()) > 3


def test_what_is_read_back_conforms_and_its_figures_name_their_first_source(tmp_path_factory):
    graph = back("shipped", tmp_path_factory.mktemp("back"))
    assert graph.validate().problems == ()
    (pay,) = [pay for pay in graph.role("CPO").role.pay if pay.statistic == "median total pay"]
    assert (pay.evidence.source, pay.evidence.publisher) == (
        "Glassdoor: pay of chief product officers",
        "Glassdoor",
    )
    assert pay.evidence.document == "shipped.jsonld"
    assert "the period is the month in which the page cited was accessed" in pay.evidence.qualifier


def test_the_percentiles_that_the_network_leaves_out_are_written_too():
    every = [pay for node in written(shipped())["@graph"] for pay in node.get("estimatedSalary", ())]
    pay = next(pay for pay in every if "percentile75" in pay)
    figures = [pay[name] for name in ("percentile10", "percentile25", "median", "percentile75")]
    assert figures == sorted(figures)
    assert len(set(figures)) == 4


def test_the_document_names_the_context_and_lists_roles_by_name_then_sources():
    document = written(shipped())
    assert document["@context"] == ["https://schema.org", {"rg": BASE}]
    kinds = [node["@type"] for node in document["@graph"]]
    assert kinds == ["Occupation"] * kinds.count("Occupation") + ["CreativeWork"] * kinds.count(
        "CreativeWork"
    )
    names = [node["name"].casefold() for node in document["@graph"] if node["@type"] == "Occupation"]
    assert names == sorted(names)
    assert len(names) == sum(entry.kind == "role" for entry in shipped().entries())


def test_occupations_are_written_where_there_are_no_roles(tmp_path):
    text = """
        @prefix rg: <https://w3id.org/rolegraph/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        <x:s> a rg:Source ; skos:prefLabel "A classification" .
        <x:cook> a rg:Occupation ; skos:prefLabel "cook" .
        <x:baker> a rg:Occupation ; skos:prefLabel "baker" .
        <x:dough> a rg:Skill ; skos:prefLabel "dough" .
        [] a rg:SkillRequirement ; rg:role <x:baker> ; rg:skill <x:dough> ; rg:necessity rg:Essential ;
            dcterms:source <x:s> .
    """
    (tmp_path / "classified.ttl").write_text(text)
    nodes = written(rg.open(tmp_path / "classified.ttl"))["@graph"]
    assert [node.get("name") for node in nodes] == ["baker", "cook", "A classification"]
    assert [skill["name"] for skill in nodes[0]["skills"]] == ["dough"]
    (tmp_path / "role.ttl").write_text(f'{text} <x:chef> a rg:Role ; skos:prefLabel "chef" .')
    (chef,) = written(rg.open(tmp_path / "role.ttl"))["@graph"]
    assert chef["@id"] == "x:chef"


def test_everything_that_is_cited_is_there():
    text = to_schemaorg(shipped().store).decode()
    document = json.loads(text)
    there = {node["@id"] for node in document["@graph"]}
    cited = set(re.findall(r'"subjectOf": \[([^\]]*)\]', text))
    assert {iri for group in cited for iri in re.findall(r'"@id": "([^"]*)"', group)} <= there


def test_an_occupation_has_the_shape_of_the_examples_of_schema_org():
    head = role(world(), "role:head-chef")
    assert (head["@type"], head["name"], head["alternateName"]) == (
        "Occupation",
        "head chef",
        ["chef de cuisine"],
    )
    assert head["description"] == "Answers for the kitchen."
    assert {skill["@type"] for skill in head["skills"]} == {"DefinedTerm"}
    assert {pay["@type"] for pay in head["estimatedSalary"]} <= {
        "MonetaryAmountDistribution",
        "MonetaryAmount",
    }
    for pay in head["estimatedSalary"]:
        assert pay["rg:area"]["name"] == "Harbour Town"
        assert pay["name"] in pay["description"]
        assert pay["rg:period"] in pay["description"]


def test_what_nobody_says_is_absent():
    assert role(world(), "role:cheesemonger") == {
        "@type": "Occupation",
        "@id": iri("role:cheesemonger"),
        "name": "cheesemonger",
    }


def test_equal_data_gives_equal_bytes():
    assert to_schemaorg(rg.open(WORLD).store) == to_schemaorg(world().store)


def test_data_without_roles_or_names_is_written_all_the_same():
    assert written(read(""))["@graph"] == []
    (only,) = written(read("[] a rg:Role ."))["@graph"]
    assert only["@type"] == "Occupation"
    assert "@id" not in only


def test_hostile_names_stay_text():
    evil = "</script><script>alert(1)</script>"
    text = to_schemaorg(read(f'role:x a rg:Role ; skos:prefLabel "{evil}" .').store).decode()
    assert json.loads(text)["@graph"][0]["name"] == evil
    assert "</script" not in text


def test_an_unknown_format_is_told_which_there_are(tmp_path):
    with pytest.raises(ParameterError, match=r"no format 'rdfa'.*schema\.org"):
        world().export(tmp_path / "x.jsonld", "rdfa")
    assert not [*tmp_path.iterdir()]


def test_the_values_of_an_export_fit_the_named_query():
    """queries/schema_org.rq gives one role to any SPARQL tool; where both speak they say the same."""
    triples = shipped().queries["schema_org"](role="CPO")
    assert not isinstance(triples, Table)
    skills = {t.object.value for t in triples if t.predicate.value == "https://schema.org/skills"}
    exported = {skill["name"] for skill in role(shipped(), "role:chief-product-officer")["skills"]}
    assert skills <= exported
