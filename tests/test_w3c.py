"""The test suites of the W3C, through rolegraph's own loader and query door: what fails is known by name."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from w3c_answers import Rows, same
from w3c_doors import outcome
from w3c_suite import GROUPS, unpack

import rolegraph as rg
from rolegraph.confinement import CAN_FORK
from rolegraph.limits import Limits
from rolegraph.worker import run_apart

#: Group of tests -> how many there are.
COUNTS = {
    "sparql10-eval": 283,
    "sparql10-syntax": 199,
    "sparql11-query": 328,
    "sparql11-update": 157,
    "sparql11-federation": 3,
    "sparql11-results": 10,
    "turtle": 313,
    "n-triples": 70,
    "n-quads": 87,
    "trig": 356,
    "rdf-xml": 166,
    "json-ld": 467,
}

#: How many pass at least; it may only rise. The engine alone passed 2,373.
PASSED = 2_374

FAILURES = Path(__file__).with_name("w3c_failures.txt")


def known() -> dict[str, dict[str, str]]:
    """Give the tests that are known to fail, with the reason, by group."""
    found: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    group = ""
    for line in FAILURES.read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[(.+)\]", line):
            group = heading[1]
        elif line and not line.startswith("#"):
            name, reason = line.split(maxsplit=1)
            assert name not in found[group], name
            found[group][name] = reason
    return found


@pytest.fixture(scope="module")
def suites(repository, tmp_path_factory):
    archive = repository.parent / "shared" / "w3c" / "tests.tar.gz"
    if not archive.is_file():
        pytest.skip("needs ../shared/w3c, the W3C's test suites, which are not part of the repository")
    if not CAN_FORK:
        pytest.skip("needs a system on which a process can fork")
    return unpack(archive, tmp_path_factory.mktemp("w3c"))


def outcomes(suites, cases, run=outcome) -> dict[str, str]:
    """Give what is wrong with each test; what ends the process, or does not end, is wrong too."""

    def apart(some, seconds):
        task = lambda: {case.name: run(suites, case) for case in some}  # noqa: E731 - runs in another process
        return run_apart(task, "The test", Limits(seconds=seconds, memory=1024))

    try:
        return apart(cases, 60)
    except rg.OverLimit:
        pass
    found = {}
    for case in cases:  # one of them is to blame, and the others are not
        try:
            found |= apart([case], 20)
        except rg.OverLimit as error:
            found[case.name] = str(error)
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_what_fails_is_known_by_name(suites, group):
    cases = suites.cases(group)
    assert len({case.name for case in cases}) == len(cases) == COUNTS[group]
    wrong = {name: told for name, told in outcomes(suites, cases).items() if told}
    listed = known()[group]
    assert {name: told for name, told in wrong.items() if name not in listed} == {}, (
        "fails, and is not listed"
    )
    assert sorted(listed.keys() - wrong.keys()) == [], f"passes, so take it out of {FAILURES.name}"


def test_the_list_of_failures_does_not_grow():
    assert sum(COUNTS.values()) - sum(map(len, known().values())) >= PASSED


def test_a_test_that_ends_the_process_is_wrong_alone(suites):
    cases = suites.cases("n-triples")[:3]

    def run(_suites, case):
        if case == cases[1]:
            ox.Store().query("SELECT * " + "{" * 9_000 + "}" * 9_000)
        return ""

    assert {name for name, told in outcomes(suites, cases, run).items() if told} == {cases[1].name}


A, B, NUMBER = ox.BlankNode("a"), ox.BlankNode("b"), ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
IRI = ox.NamedNode("x:p")


@pytest.mark.parametrize(
    ("wanted", "got", "is_same"),
    [
        ([(A, A)], [(B, B)], True),
        ([(A, B)], [(B, A)], True),
        ([(A, A)], [(A, B)], False),
        ([(A, IRI), (A, IRI)], [(A, IRI), (B, IRI)], False),
        ([(ox.Literal("01", datatype=NUMBER),)], [(ox.Literal("1", datatype=NUMBER),)], True),
        ([(ox.Literal("01"),)], [(ox.Literal("1"),)], False),
        ([(ox.Literal("a", language="en-GB"),)], [(ox.Literal("a", language="en-gb"),)], True),
        ([(IRI,)], [(IRI,), (IRI,)], False),
        ([(IRI, None)], [(None, IRI)], False),
    ],
)
def test_answers_are_the_same_whatever_blank_nodes_are_called(wanted, got, is_same):
    def rows(listed):
        return Rows(
            ("x", "y"),
            tuple({name: term for name, term in zip("xy", row, strict=False) if term} for row in listed),
        )

    assert same(rows(wanted), rows(got)) is is_same
