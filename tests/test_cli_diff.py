"""`diff` on the command line: exit codes, formats, the text for people, and calls that make no sense."""

from __future__ import annotations

import json

import pytest
from cli_runner import AS_TURTLE, HOSTILE, agrees, letters, rolegraph, steering
from worlds import WORLD, turtle

import rolegraph as rg
from rolegraph.changes import SECTIONS
from rolegraph.cli import compare, diff_text

OLD = str(WORLD)

SEEN = " ;\n    rg:evidence rg:Observed"


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """Give the small world with a raise, a move less, a role under another IRI and a skill more needed."""
    text = WORLD.read_text("utf-8")
    for before, after in (
        ("rg:amount 58000", "rg:amount 60900"),
        (f"chef-de-partie{SEEN}", f"cheese-seller{SEEN}"),
        ("role:cheesemonger a rg:Role", "role:cheese-seller a rg:Role"),
        ("skill:plating ;\n    rg:necessity rg:Optional", "skill:plating ;\n    rg:necessity rg:Essential"),
        ('skos:prefLabel "Town census"@en', 'skos:prefLabel "Census"@en'),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file = tmp_path_factory.mktemp("data") / "new.ttl"
    file.write_text(text, "utf-8")
    return str(file)


def test_the_help_knows_every_section():
    assert (*SECTIONS,) == compare.SECTIONS


def test_equal_graphs_are_said_to_be_and_exit_with_0():
    for arguments in ((OLD, OLD), ("curated", "curated")):
        answer = rolegraph("diff", *arguments, "--format", "table")
        assert (answer.code, answer.out, answer.err) == (0, "The graphs are equal.\n", "")
    piped = rolegraph("diff", OLD, OLD)
    assert (piped.code, piped.err) == (0, "The graphs are equal.\n")
    assert len(piped.out.splitlines()) == 1


def test_every_format_says_what_the_library_says(new):
    found = rg.diff(OLD, new)
    agrees(("diff", OLD, new), found.table(), found.to_dict(), code=1)
    only = rg.diff(OLD, new, only=["statements", "pay"])
    arguments = ("diff", OLD, new, "--only", "pay,statements")
    agrees(arguments, only.table(statements=True), only.to_dict(statements=True), code=1)
    by_gap = rg.diff(OLD, new, only=["routes"], by="gap", missing="ignore", starts=["KP"])
    assert by_gap
    arguments = ("diff", OLD, new, "--only", "routes", "--by", "gap", "--missing", "ignore", "--from", "KP")
    agrees(arguments, by_gap.table(), by_gap.to_dict(), code=1)


def test_the_text_for_people(new):
    answer = rolegraph("diff", OLD, new, "--format", "table")
    assert answer.code == 1
    shown = letters(answer.out)
    assert answer.out.startswith("roles ")
    for line in (
        "+ cheesemonger (role:cheese-seller); looks like the same role under another IRI: role:cheesemonger",
        "- kitchen porter -> chef de partie   observed [",
        "~ pâtissier requires plating: necessity: optional -> essential",
        (
            "~ head chef: EUR 58,000 (2025-03) -> EUR 60,900 (2025-03), +2,900, +5.0 %"
            " (median total pay, EUR per year, Harbour Town)"
        ),
        (
            "~ kitchen porter => chef de partie: dearer, was kitchen porter -> chef de partie (1 move),"
            " is kitchen porter -> commis chef -> chef de partie (2 moves)"
        ),
        "that differ in nothing but who says so (--all lists them)",
        "Routes by hops: between all",
        "] Town census (2024), as reported by Kitchen survey, section “careers”",
    ):
        assert letters(line) in shown, line
    whole = rolegraph("diff", OLD, new, "--format", "table", "--all")
    assert "who says so" not in whole.out
    assert letters("sources: Town census (2024)") in letters(whole.out)
    quiet = rolegraph("diff", OLD, new, "--format", "table", "--ignore-sources")
    assert "statements" not in quiet.out
    assert "sources:" not in quiet.out
    assert "lists them" not in quiet.out


def test_long_sections_are_cut_and_say_so(new, monkeypatch):
    monkeypatch.setattr(diff_text, "MOST_LINES", 1)
    answer = rolegraph("diff", OLD, new, "--format", "table", "--only", "routes")
    every = len(rg.diff(OLD, new, only=["routes"]))
    assert f"and {every - 1} more (--all lists them)" in answer.out
    assert "more (" not in rolegraph("diff", OLD, new, "--format", "table", "--only", "routes", "--all").out
    statements = rolegraph("diff", OLD, new, "--format", "table", "--only", "statements")
    assert "\nStatements\n  - <https" in statements.out


def test_routes_can_be_chosen_or_left_out(new):
    without = json.loads(rolegraph("diff", OLD, new, "--no-routes", "--format", "json").out)
    assert "routes" not in without["compared"]
    assert without["pay"]
    pair = json.loads(rolegraph("diff", OLD, new, "--routes", "KP", "sous-chef", "--format", "json").out)
    assert [(item["thing"], item["other"], item["change"]) for item in pair["routes"]] == [
        ("kitchen porter", "sous-chef", "dearer")
    ]
    assert pair["routes_compared"] == "by hops: 1 pair of roles"
    quiet = rolegraph("diff", OLD, new, "--no-routes", "--ignore-sources", "--only", "roles,relations")
    assert quiet.code == 1


def test_what_others_say_can_be_left_out_of_both(new):
    survey = ("--source", "Kitchen survey")
    only = ("--only", "relations,pay", "--format", "json")
    found = json.loads(rolegraph("diff", OLD, new, *survey, *only).out)
    assert found["relations"] == []
    assert [item["amount"] for item in found["pay"]] == [2900]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument 'OLD'"),
        ((OLD,), "Missing argument 'NEW'"),
        ((OLD, OLD, "--data", OLD), "--data has no part in it"),
        ((OLD, "nowhere.ttl"), "nowhere.ttl: No such file or directory"),
        (("", OLD), "empty name"),
        ((OLD, OLD, "--only", "jobs"), "no part of a graph is called 'jobs'; there are: roles"),
        ((OLD, OLD, "--only", ","), "name a part of a graph"),
        ((OLD, OLD, "--routes", "KP"), "--routes"),
        ((OLD, OLD, "--from", "nobody"), "No role is called 'nobody'"),
        ((OLD, OLD, "--from", "PC"), "'PC' names 2 things"),
        ((OLD, OLD, "--from", "KP", "--no-routes"), "--no-routes does not go with routes"),
        ((OLD, OLD, "--only", "pay", "--from", "KP"), "which --only leaves out"),
        ((OLD, OLD, "--by", "luck"), "'luck' is not one of"),
    ],
)
def test_calls_that_make_no_sense_are_refused(arguments, says):
    answer = rolegraph("diff", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err.replace("\n", " ")


def test_no_data_steers_a_terminal(tmp_path):
    old = turtle(tmp_path, 'role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .')
    text = f"""
role:a a rg:Role ; skos:prefLabel {AS_TURTLE} ; skos:altLabel {AS_TURTLE}@de .
role:b a rg:Role ; skos:prefLabel "b" .
claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:doubt {AS_TURTLE} ;
    dcterms:source {AS_TURTLE} .
claim:p a rg:Pay ; rg:role role:a ; rg:amount 1 ; rg:currency {AS_TURTLE} ; rg:period {AS_TURTLE} .
claim:s a rg:Statement ; rg:about role:a ; rg:text {AS_TURTLE} .
"""
    new = turtle(tmp_path, text, "new.ttl")
    for kind in ("table", "tsv", "json", "md"):
        answer = rolegraph("diff", str(old), str(new), "--format", kind, "--all")
        assert answer.code == 1
        assert steering(answer.out + answer.err) == set(), kind
    answer = rolegraph("diff", str(old), str(new), "--format", "table", "--only", "roles,statements")
    assert steering(answer.out) == set()
    assert rolegraph("diff", str(old), HOSTILE.replace("\0", "")).code == 2


def test_a_figure_that_is_no_number_is_said(tmp_path):
    text = 'claim:p a rg:Pay ; rg:role role:a ; rg:amount "much" ; rg:currency "EUR" .'
    answer = rolegraph("diff", OLD, str(turtle(tmp_path, text)))
    assert (answer.code, answer.out) == (2, "")
    assert "which is no number" in answer.err
