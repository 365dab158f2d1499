"""Sources can be counted alone or left out, and only what they say goes."""

from __future__ import annotations

from functools import cache

import pytest
from worlds import WORLD, iri, shipped, world

import rolegraph as rg


@cache
def only(*names: str) -> rg.RoleGraph:
    return rg.open(only_sources=names)


@cache
def without(*names: str) -> rg.RoleGraph:
    return rg.open(without_sources=names)


def sources_of(graph: rg.RoleGraph) -> set[str]:
    """Give the sources of everything that relates two things, and of every figure."""
    network = graph.network()
    edges = {item.source for *_, edge in network.edges(data=True) for item in edge["evidence"]}
    return edges | {pay.evidence.source for _, data in network.nodes(data=True) for pay in data["pay"]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Glassdoor", {"Glassdoor: pay of brand managers"}),
        ("glassdoor-brand-manager", {"Glassdoor: pay of brand managers"}),
        ("S5", {"Glassdoor: pay of brand managers"}),
        ("source:glassdoor-brand-manager", {"Glassdoor: pay of brand managers"}),
        ("ESCO 1.2", {"ESCO 1.2"}),
        ("esco", {"ESCO 1.2"}),
        ("European Commission", {"ESCO 1.2"}),
        ("observed-moves", {"TitleGraph: moves between job titles"}),
        ("title-graph", {"TitleGraph: moves between job titles"}),
    ],
)
def test_a_source_goes_by_its_name_identifier_publisher_or_data_set(name, expected):
    found = sources_of(only(name))
    assert expected <= found
    kept = {source for source in found if not source.startswith("Glassdoor")} if "lassdoor" in name else found
    assert kept <= expected


def test_one_source_alone_keeps_what_it_says_and_the_names_of_things():
    graph = only("Glassdoor")
    assert graph.path("product developer", "product developer").labels == ("product developer",)
    assert [pay.amount for pay in graph.role("brand manager").role.pay] == [126000]
    with pytest.raises(rg.NoPath):
        graph.path("product developer", "CEO")


def test_left_out_is_what_a_source_says_and_nothing_else():
    everything, rest = sources_of(shipped()), sources_of(without("title-graph"))
    assert rest == everything - {"TitleGraph: moves between job titles"}
    assert without("title-graph").path("product developer", "CEO").labels[1] == "chief product officer"


def test_a_document_that_is_left_out_takes_what_it_reports_with_it():
    found = sources_of(without("Coursera career guide: chief product officer"))
    assert not {source for source in found if source.startswith(("Coursera", "Glassdoor", "Zippia"))}
    assert "ESCO 1.2" in found


def test_things_of_which_nothing_speaks_any_more_go_and_the_others_stay():
    names = {entry.label for entry in without("title-graph").entries()}
    assert "senior product manager" not in names
    assert {"product manager", "chief product officer", "agile methods"} <= names


def test_sources_combine():
    graph = rg.open(only_sources=["esco", "bls-oews", "onet"], without_sources=["O*NET 29.3"])
    assert sources_of(graph) == {"ESCO 1.2", "BLS: Occupational Employment and Wage Statistics, May 2025"}


def test_the_graph_that_was_opened_is_left_as_it_was():
    before = len(shipped().store)
    only("esco")
    assert len(rg.open().store) == before


def test_a_source_that_there_is_not_is_an_error_with_the_nearest():
    with pytest.raises(rg.UnknownName, match=r"No source is called 'glasdoor'\. Did you mean 'glassdoor"):
        only("glasdoor")


def test_a_claim_with_two_sources_stays_while_one_is_left():
    path = ("sous-chef", "head chef")
    kept = rg.open(WORLD, without_sources=["Town census"])
    assert [item.source for item in kept.path(*path).steps[0].evidence]
    assert len(world().path(*path).steps[0].evidence) == 2


def test_every_option_reaches_every_command(capsys):
    from rolegraph.cli import run

    assert run(["path", "product developer", "CEO", "--source", "title-graph", "--format", "json"]) == 0
    assert iri("role:software-developer") in capsys.readouterr().out
    assert (
        run(["--without-source", "Coursera", "query", "ASK { ?move rg:fromRole role:product-developer }"])
        == 0
    )
    assert run(["find", "product", "--source", "nobody"]) == 2
    assert "No source is called 'nobody'" in capsys.readouterr().err
