"""Answers: each prints, shows in a notebook, becomes a table and, where promised, plain values for JSON."""

from __future__ import annotations

import dataclasses
import json

import pytest
from worlds import shipped, world

import rolegraph as rg
from rolegraph.model import REQUIRED

ATTACK = "</script><img src=x onerror=alert(1)>\x1b[31m"

EVIDENCE = rg.Evidence("https://example.org/claim", "stated", "Survey")


def pay(**changes) -> rg.Pay:
    """Give a pay figure with everything known, but for these changes."""
    known = {
        "amount": 58000.0,
        "currency": "EUR",
        "statistic": "median total pay",
        "interval": "YEAR",
        "period": "2025-03",
        "area": "Harbour Town",
        "evidence": dataclasses.replace(EVIDENCE, publisher="Guild of Cooks"),
    }
    return rg.Pay(**known | changes)


# -- evidence --


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "Survey"),
        ({"date": "2025"}, "Survey (2025)"),
        ({"section": "pay"}, "Survey, section “pay”"),
        ({"document": "Survey", "section": "pay"}, "Survey, section “pay”"),
        (
            {"date": "2025", "document": "Guide", "section": "pay"},
            "Survey (2025), as reported by Guide, section “pay”",
        ),
    ],
)
def test_evidence_says_who_says_so(parts, text):
    assert str(dataclasses.replace(EVIDENCE, **parts)) == text


# -- pay --


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "EUR 58,000 a year (median total pay, Harbour Town, 2025-03; Guild of Cooks)"),
        (
            {"amount": 12.5, "interval": "HOUR"},
            "EUR 12.50 an hour (median total pay, Harbour Town, 2025-03; Guild of Cooks)",
        ),
        (
            {"interval": "MONTH"},
            "EUR 58,000 a month (median total pay, Harbour Town, 2025-03; Guild of Cooks)",
        ),
        ({"evidence": EVIDENCE}, "EUR 58,000 a year (median total pay, Harbour Town, 2025-03; Survey)"),
        ({"area": "", "period": ""}, "EUR 58,000 a year (median total pay; Guild of Cooks)"),
        ({"statistic": "", "area": "", "period": ""}, "EUR 58,000 a year (Guild of Cooks)"),
    ],
)
def test_a_pay_figure_is_told_with_its_basis_and_without_gaps(changes, text):
    assert str(pay(**changes)) == text


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({}, "median total pay, EUR per year, Harbour Town"),
        ({"interval": "HOUR", "currency": "USD"}, "median total pay, USD per hour, Harbour Town"),
        ({"area": ""}, "median total pay, EUR per year"),
        ({"statistic": ""}, "EUR per year, Harbour Town"),
    ],
)
def test_the_basis_is_what_two_figures_must_share(changes, basis):
    assert pay(**changes).basis == basis


def test_figures_of_different_statistics_have_different_bases():
    (salary, total) = world().role("head chef").role.pay
    assert salary.basis != total.basis
    assert pay().basis == pay(amount=1.0, period="1999").basis


# -- gaps and cards --


def test_a_gap_is_told_in_a_sentence_and_in_a_row_per_need():
    gap = world().gap("sous-chef", "head chef")
    assert str(gap) == f"sous-chef -> head chef: {gap.summary()}"
    table = gap.table()
    assert table.columns == ("state", "kind", "name", "necessity", "taught by", "source")
    assert table.column("state") == ["missing"] * 3 + ["helpful"] * 2 + ["covered"] * 2
    (budgeting,) = (row for row in table if row["name"] == "budgeting")
    assert (budgeting["necessity"], budgeting["taught by"]) == ("essential", "costing course")
    assert "Kitchen survey (2025-03)" in budgeting["source"]


def test_a_gap_as_plain_values_says_what_is_unknown():
    plain = json.loads(json.dumps(world().gap("kitchen porter", "head chef").to_dict()))
    assert (plain["start_known"], plain["goal_known"]) == (False, True)
    assert plain["start"]["label"] == "kitchen porter"
    assert "kitchen porter" in plain["summary"]
    assert "menu planning" in {link["label"] for link in plain["missing"]}


def test_essential_and_minimum_are_what_a_role_cannot_be_had_without():
    assert {"essential", "minimum", "typical"} == REQUIRED


def test_a_card_gives_its_links_by_kind():
    card = shipped().role("CPO")
    assert len(card.of("requires")) == 11 + 31, "the guide's, and ESCO's essential and optional ones"
    assert card.of("no such kind") == ()
    assert {link.kind for link in card.links}.isdisjoint({"move"})


# -- all of them --

ANSWERS = {
    "path": lambda: world().path("kitchen porter", "head chef"),
    "gap": lambda: world().gap("sous-chef", "head chef"),
    "card": lambda: world().role("head chef"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_shows_its_table_in_a_notebook_and_as_a_frame(answer):
    value = answer()
    html = value._repr_html_()
    assert value.table()._repr_html_() in html
    frame = value.to_frame()
    assert tuple(frame.columns) == value.table().columns
    assert len(frame) == len(value.table()) > 3


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_is_frozen_and_equal_to_one_asked_for_again(answer):
    assert answer() == answer()
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer().role = None


def test_names_that_attack_stay_text():
    role = rg.Role("https://example.org/x", ATTACK, aliases=(ATTACK,), definition=ATTACK)
    odd = dataclasses.replace(EVIDENCE, source=ATTACK, doubt=ATTACK)
    link = rg.Link("requires", ATTACK, "https://example.org/s", (odd,))
    answers = (
        rg.CareerPath((role, role), (rg.Step(role, role, (odd,)),), 1.0),
        rg.SkillGap(role, role, (link,), (), (), start_known=True, goal_known=True),
        rg.RoleCard(role, links=(link,), notes=(rg.Note("statement", ATTACK, odd),)),
    )
    for answer in answers:
        html = answer._repr_html_()
        assert "<img" not in html
        assert "&lt;img" in html
        assert "\x1b" not in html
        assert "\x1b" not in str(answer.table())


def test_simple_values_print_as_their_names():
    assert str(rg.Role("x:a", "head chef")) == "head chef"
    assert str(rg.Note("level", "managerial", EVIDENCE)) == "managerial"
