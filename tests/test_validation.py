"""Validation: broken data is reported in plain words - what, where, why - and sound data conforms."""

from __future__ import annotations

import json
import logging
import socket

import pytest
import worlds
from worlds import WORLD, iri, turtle

import rolegraph as rg
from rolegraph.stores import LocalStore
from rolegraph.validation import Problem, ValidationReport, validate

BROKEN = """
role:nameless a rg:Role .
role:cook a rg:Role ; skos:prefLabel "cook"@en .
claim:nowhere a rg:Move ; rg:fromRole role:cook ; rg:evidence rg:Stated .
claim:cheap a rg:Pay ; rg:role role:cook ; rg:amount "ten"^^xsd:integer ; rg:currency "dollars" .
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> ValidationReport:
    """Give the report on BROKEN, loaded beside the small world."""
    return rg.open(WORLD, turtle(tmp_path_factory.mktemp("data"), BROKEN, "broken.ttl")).validate()


def of(report: ValidationReport, thing: str, prop: str) -> list[Problem]:
    return [problem for problem in report.problems if (problem.thing, problem.property) == (thing, prop)]


# -- sound data --


@pytest.mark.parametrize("graph", [worlds.world, worlds.shipped])
def test_sound_data_conforms(graph):
    report = graph().validate()
    assert report.problems == ()
    assert report.conforms
    assert str(report) == "The data conforms to every shape."
    assert len(report.table()) == 0
    assert report.to_dict() == {"conforms": True, "summary": [], "problems": []}


def test_validation_changes_nothing():
    before = worlds.world().store.statements()
    worlds.world().validate()
    assert worlds.world().store.statements() == before


# -- broken data --


def test_each_problem_names_the_thing_the_property_and_the_data_set(report):
    assert not report.conforms
    for thing, prop in (
        ("role:nameless", "skos:prefLabel"),
        ("claim:nowhere", "rg:toRole"),
        ("claim:nowhere", "dcterms:source"),
        ("claim:cheap", "rg:amount"),
        ("claim:cheap", "rg:currency"),
        ("claim:cheap", "rg:period"),
        ("claim:cheap", "dcterms:source"),
    ):
        problems = of(report, thing, prop)
        assert problems, (thing, prop)
        assert all(problem.severity == "violation" for problem in problems)
        assert all(problem.data_set == "graph:broken" for problem in problems)


def test_only_broken_things_are_reported(report):
    assert {problem.thing for problem in report.problems} == {"role:nameless", "claim:nowhere", "claim:cheap"}


def test_a_problem_shows_the_value_that_is_wrong(report):
    assert {problem.value for problem in of(report, "claim:cheap", "rg:currency")} == {"dollars"}
    assert {problem.value for problem in of(report, "claim:cheap", "rg:amount")} == {"ten"}


def test_messages_are_sentences_that_say_what_to_do(report):
    for problem in report.problems:
        assert problem.message[0].isupper()
        assert problem.message.endswith(".")
        assert "sh:" not in problem.message
    (problem,) = of(report, "claim:nowhere", "rg:toRole")
    assert "rg:toRole" in problem.message
    assert "arrives at" in problem.message


def test_a_thing_with_a_label_is_reported_with_it(tmp_path):
    file = turtle(tmp_path, 'role:cook a rg:Role ; skos:prefLabel "cook"@en, "chef"@en .')
    problems = rg.open(file).validate().problems
    assert {problem.thing for problem in problems} == {"role:cook"}
    assert {problem.label for problem in problems} <= {"cook", "chef"}


def test_the_report_counts_and_sorts_violations_first(report):
    severities = [problem.severity for problem in report.problems]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)
    violations, warnings = severities.count("violation"), severities.count("warning")
    assert str(report) == f"The data does not conform: {violations} violations, {warnings} warnings."


def test_a_warning_leaves_the_data_conforming(tmp_path):
    file = turtle(
        tmp_path,
        """org:x a rg:Organization ; skos:prefLabel "x"@en .
        source:x a rg:Source ; skos:prefLabel "x"@en ; dcterms:publisher org:x .""",
    )
    report = rg.open(file).validate()
    assert [problem.severity for problem in report.problems] == ["warning"]
    assert report.conforms
    assert str(report) == "The data conforms: 1 warning."
    assert report.to_dict()["conforms"] is True


def test_the_report_is_a_table_a_frame_a_page_and_plain_values(report):
    columns = ("severity", "thing", "label", "property", "value", "message", "data set")
    assert report.table().columns == columns
    assert len(report.table()) == len(report.problems)
    assert tuple(report.to_frame().columns) == columns
    assert str(report) in report._repr_html_()
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["conforms"] is False
    assert len(plain["problems"]) == len(report.problems)
    assert {problem["thing"] for problem in plain["problems"]} >= {"role:nameless"}


def test_the_report_is_the_same_every_time(report, tmp_path):
    again = rg.open(WORLD, turtle(tmp_path, BROKEN, "broken.ttl")).validate()
    assert again == report


def test_a_broken_thing_without_a_name_is_reported_too(tmp_path):
    report = rg.open(turtle(tmp_path, "[] a rg:Role .")).validate()
    (problem,) = report.problems
    assert problem.property == "skos:prefLabel"
    assert not report.conforms


def test_a_thing_that_two_data_sets_describe_names_both(tmp_path):
    one = turtle(tmp_path, "role:cook a rg:Role .", "one.ttl")
    two = turtle(tmp_path, 'role:cook skos:definition "Cooks."@en .', "two.ttl")
    (problem,) = rg.open(one, two).validate().problems
    assert problem.data_set == "graph:one, graph:two"


def test_an_ill_typed_figure_is_reported_in_words_alone(tmp_path, capfd, caplog):
    """By itself rdflib writes a traceback to standard error."""
    with caplog.at_level(logging.WARNING):
        rg.open(turtle(tmp_path, BROKEN)).validate()
    assert caplog.records == []
    assert "Traceback" not in capfd.readouterr().err


def test_other_shapes_can_be_given(tmp_path):
    shapes = turtle(
        tmp_path,
        """<https://example.org/shape> a sh:NodeShape ; sh:targetClass rg:Role ;
        sh:property [ sh:path skos:definition ; sh:minCount 1 ;
            sh:message "Say what it is." ; sh:severity sh:Info ] .""",
        "shapes.ttl",
    )
    report = validate(worlds.world().store, shapes)
    assert {problem.message for problem in report.problems} == {"Say what it is."}
    assert iri("role:cheesemonger").rpartition("/")[2] in {problem.label for problem in report.problems}
    assert {problem.severity for problem in report.problems} == {"info"}
    assert report.conforms


def test_what_weighs_most_comes_first_whatever_it_is_called(tmp_path):
    shapes = turtle(
        tmp_path,
        "".join(
            f"""<https://example.org/{severity}> a sh:NodeShape ; sh:targetNode role:cheesemonger ;
            sh:property [ sh:path skos:definition ; sh:minCount 1 ; sh:severity sh:{severity} ] ."""
            for severity in ("Info", "Warning", "Violation")
        ),
        "shapes.ttl",
    )
    problems = validate(worlds.world().store, shapes).problems
    assert [problem.severity for problem in problems] == ["violation", "warning", "info"]


def test_words_of_the_data_stay_text_in_a_notebook(tmp_path):
    attack = "</script><img src=x onerror=alert(1)>"
    file = turtle(tmp_path, f'role:cook a rg:Role ; skos:prefLabel "{attack}"@en, "{attack}2"@en .')
    html = rg.open(file).validate()._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


def test_imports_that_the_data_names_are_not_fetched(tmp_path):
    """Neither from the network nor from a file; who listens hears nothing."""
    imported = tmp_path / "imported.ttl"
    imported.write_text("this is no Turtle, and would be an error")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ttl"
        store = LocalStore()
        store.load_text(
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            f"<x:o> a owl:Ontology ; owl:imports <{there}> , <file://{imported}> .",
            "importing",
        )
        assert validate(store).conforms
        with pytest.raises(TimeoutError):
            listener.accept()
