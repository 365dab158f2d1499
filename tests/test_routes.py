"""Routes, as values: what paths and steps say of themselves, and paths weighed against each other."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import steady, world

import rolegraph as rg
from rolegraph.routes import CareerPath, Step, Tradeoffs, in_unit, weakness

ATTACK = "</script><img src=x onerror=alert(1)>\x1b[31m | `*"

STATED = rg.Evidence("https://example.org/stated", "stated", "Survey")
DOUBTED = dataclasses.replace(STATED, claim="https://example.org/doubted", doubt="Hm.")
OBSERVED, DERIVED, EDITORIAL, UNSOURCED = (
    dataclasses.replace(STATED, claim=f"https://example.org/{kind}", kind=kind)
    for kind in ("observed", "derived", "editorial", "")
)

COOK, BAKER, CHEF = (rg.Role(f"https://example.org/{name}", name) for name in ("cook", "baker", "chef"))


def step(*evidence: rg.Evidence, start=COOK, goal=CHEF, **more) -> Step:
    """Give a step from cook to chef that rests on this evidence."""
    return Step(start, goal, evidence, **more)


# -- steps -----------------------------------------------------------------------------------------------

#: From the strongest to the weakest: evidence, how often it was observed, what that is called.
STRENGTHS = [
    ((STATED, DOUBTED, OBSERVED), 3, 0, "stated"),
    ((DOUBTED,), None, 200, "stated, doubted"),
    ((DERIVED, OBSERVED), 24, 404, "observed 24 times"),
    ((OBSERVED,), 2, 450, "observed 2 times"),
    ((OBSERVED,), 1, 500, "observed once"),
    ((OBSERVED,), None, 500, "observed"),
    ((EDITORIAL, DERIVED), None, 800, "derived"),
    ((EDITORIAL,), None, 800, "editorial"),
    ((UNSOURCED,), None, 800, "no source"),
    ((), None, 800, "no source"),
]


@pytest.mark.parametrize(("evidence", "count", "rank", "words"), STRENGTHS)
def test_a_step_is_as_strong_as_its_best_evidence(evidence, count, rank, words):
    assert weakness(evidence, count) == rank
    assert step(*evidence, count=count).weakness == rank
    assert step(*evidence, count=count).strength == words
    assert step(*reversed(evidence), count=count).strength == words


def test_a_step_is_told_by_its_ends():
    path = world().path("head chef", "sous-chef")
    assert path.table().column("doubt") == ["", "It is a step down."]
    assert str(path.steps[0]) == "head chef -> sous-chef"


def test_a_doubt_that_two_sources_share_is_told_once():
    assert step(DOUBTED, DOUBTED, STATED).doubts == ("Hm.",)


# -- a path ----------------------------------------------------------------------------------------------


def test_a_path_is_told_in_one_line_and_in_a_row_per_role():
    path = world().path("kitchen porter", "head chef")
    assert str(path) == "kitchen porter -> chef de partie -> sous-chef -> head chef"
    assert repr(path) == f"<CareerPath {path} (hops: 3 moves)>"
    assert path.labels == ("kitchen porter", "chef de partie", "sous-chef", "head chef")
    table = path.table()
    assert table.columns == ("step", "role", "pay", "evidence", "source", "doubt", "cost", "count")
    assert table.column("cost") == [None, 1, 1, 1]
    assert table.column("step") == [0, 1, 2, 3]
    assert table.column("evidence") == ["", "observed", "stated; observed", "stated"]
    assert table.column("pay")[2] == "no source gives a figure"
    assert "EUR 12.50 an hour (median salary" in table.column("pay")[0]
    assert table.column("pay")[3].count("EUR") == 2
    assert table.column("source")[1] == "Town census (2024), as reported by Kitchen survey, section “careers”"


def test_a_path_of_no_steps_is_its_start():
    path = world().path("head chef", "head chef")
    assert str(path) == "head chef"
    assert path.table().column("evidence") == [""]
    assert (path.weakest, path.unknown, len(path)) == (None, (), 0)
    plain = json.loads(json.dumps(path.to_dict()))
    assert (plain["steps"], plain["weakest"], plain["unknown_steps"]) == ([], None, 0)


def test_a_path_as_plain_values_has_everything():
    plain = json.loads(json.dumps(world().path("commis", "sous-chef").to_dict()))
    assert {name: plain[name] for name in ("by", "unit", "cost", "missing", "unknown_steps")} == {
        "by": "hops", "unit": "moves", "cost": 2, "missing": "skip", "unknown_steps": 0,
    }  # fmt: skip
    assert [role["label"] for role in plain["roles"]] == ["commis chef", "chef de partie", "sous-chef"]
    assert plain["roles"][1]["pay"][0]["amount"] == 33000
    assert plain["roles"][1]["pay"][0]["evidence"]["publisher"] == "Guild of Cooks"
    (first, second) = plain["steps"]
    assert (first["from"], first["to"]) == (plain["roles"][0]["iri"], plain["roles"][1]["iri"])
    assert (second["cost"], second["count"], second["strength"]) == (1, None, "stated")
    assert [item["kind"] for item in second["evidence"]] == ["stated", "observed"]


def test_a_path_is_as_strong_as_its_weakest_step_the_first_of_such():
    first, second = step(OBSERVED, goal=BAKER, count=7), step(DERIVED, start=BAKER, goal=CHEF)
    third = step(EDITORIAL, start=CHEF, goal=COOK)
    path = CareerPath((COOK, BAKER, CHEF, COOK), (first, second, third), 3.0)
    assert path.weakest is second
    assert path.to_dict()["weakest"] == {"from": BAKER.iri, "to": CHEF.iri, "strength": "derived"}


def test_a_path_says_of_how_many_steps_the_cost_is_not_known():
    known, unknown = step(STATED, cost=12.0), step(STATED, cost=None)
    path = CareerPath((COOK, CHEF, CHEF), (known, unknown), 12.0, "gap", "skills", "ignore")
    assert repr(path) == "<CareerPath cook -> chef -> chef (gap: 12 skills, 1 step unknown)>"
    assert path.unknown == (unknown,)
    assert [item["cost"] for item in path.to_dict()["steps"]] == [12.0, None]
    assert path.to_dict()["unknown_steps"] == 1
    both = dataclasses.replace(path, steps=(unknown, unknown), cost=0.0)
    assert both.total == "0 skills, 2 steps unknown"


@pytest.mark.parametrize(
    ("cost", "unit", "words"),
    [
        (0.0, "skills", "0 skills"),
        (1.0, "skills", "1 skill"),
        (1.5, "years", "1.5 years"),
        (0.1 + 0.2, "nats", "0.3 nats"),
        (21000.0, "USD", "21,000 USD"),
        (1, "USD", "1 USD"),
        (1234.56, "EUR", "1,235 EUR"),
        (2.0, "", "2"),
        (float("inf"), "moves", "inf moves"),
    ],
)
def test_a_cost_is_written_with_its_unit(cost, unit, words):
    assert in_unit(cost, unit) == words


# -- trade-offs ------------------------------------------------------------------------------------------


def two_ways() -> Tradeoffs:
    """Give a short way that takes much to learn, a long one that takes little, and one between them."""
    cook_chef, cook_baker, baker_chef = step(STATED), step(STATED, goal=BAKER), step(STATED, start=BAKER)
    short = CareerPath((COOK, CHEF), (cook_chef,), 1.0)
    long = CareerPath((COOK, BAKER, CHEF), (cook_baker, baker_chef), 2.0)
    odd = CareerPath((COOK, BAKER, CHEF), (cook_baker, dataclasses.replace(baker_chef, count=3)), 2.0)
    return Tradeoffs(
        ("hops", "gap", "mine"),
        ("moves", "skills", ""),
        (short, long, odd),
        ((1.0, 12.0, 0.1 + 0.2), (2.0, 3.0, 1.0), (2.0, 4.0, 0.3)),
    )


def test_tradeoffs_are_a_row_per_route_with_the_best_of_each_column_marked():
    table = two_ways().table()
    assert table.columns == ("hops (moves)", "gap (skills)", "mine", "path")
    assert table.rows == (
        ("1 *", "12", "0.3 *", "cook -> chef"),
        ("2", "3 *", "1", "cook -> baker -> chef"),
        ("2", "4", "0.3 *", "cook -> baker -> chef"),
    )


def test_tradeoffs_can_be_counted_and_gone_through():
    found = two_ways()
    assert len(found) == 3
    assert list(found) == list(found.paths)
    assert repr(found) == "<Tradeoffs of 3 routes by hops, gap, mine>"
    assert found == two_ways()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.by = ()


def test_tradeoffs_as_plain_values_name_the_best_by_place():
    plain = json.loads(json.dumps(two_ways().to_dict()))
    assert plain["tradeoffs"] == {
        "by": ["hops", "gap", "mine"],
        "units": ["moves", "skills", ""],
        "totals": [[1.0, 12.0, 0.1 + 0.2], [2.0, 3.0, 1.0], [2.0, 4.0, 0.3]],
        "best": [[0], [1], [0, 2]],
        "marks": [["", "", ""]] * 3,
    }
    assert plain["paths"] == [json.loads(json.dumps(path.to_dict())) for path in two_ways()]


def test_tradeoffs_as_a_frame_are_numbers_to_sort_by():
    frame = two_ways().to_frame()
    assert tuple(frame.columns) == two_ways().table().columns
    assert list(frame.sort_values("gap (skills)")["gap (skills)"]) == [3.0, 4.0, 12.0]


def test_a_mark_stands_behind_the_total_that_it_is_about():
    marked = replace(two_ways(), marks=(("", "1 move unknown", ""), ("", "", "unlike pay"), ("", "", "")))
    assert [row[:3] for row in marked.table().rows] == [
        ("1 *", "12 (1 move unknown)", "0.3 *"),
        ("2", "3 *", "1 (unlike pay)"),
        ("2", "4", "0.3 *"),
    ]


def test_tradeoffs_between_no_routes_are_an_empty_table():
    nothing = Tradeoffs(("hops", "gap"), ("moves", "skills"), (), ())
    assert (len(nothing), nothing.best, nothing.table().rows) == (0, ((), ()), ())
    assert nothing.to_dict()["paths"] == []
    assert repr(nothing) == "<Tradeoffs of 0 routes by hops, gap>"
    assert len(nothing.to_frame()) == 0


def test_names_that_attack_stay_text_in_a_notebook():
    role = rg.Role("https://example.org/x", ATTACK)
    path = CareerPath((role, role), (Step(role, role, (dataclasses.replace(STATED, source=ATTACK),)),), 1.0)
    html = Tradeoffs((ATTACK,), (ATTACK,), (path,), ((1.0,),))._repr_html_()
    assert "&lt;img" in html
    assert "<img" not in html
    assert "\x1b" not in html


@steady
@given(st.lists(st.tuples(*[st.integers(0, 4).map(float)] * 3), min_size=1, max_size=6))
def test_what_is_marked_is_what_no_route_beats_on_that_cost(rows):
    stay = CareerPath((COOK,), (), 0.0)
    found = Tradeoffs(("a", "b", "c"), ("", "", ""), (stay,) * len(rows), tuple(rows))
    for column, name in enumerate(found.by):
        marked = [cell.endswith("*") for cell in found.table().column(name)]
        assert marked == [all(row[column] <= other[column] for other in rows) for row in rows]
