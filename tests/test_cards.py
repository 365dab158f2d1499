"""Cards and claims: all that is said of one role, or of two things together, with who says it."""

from __future__ import annotations

import pytest
from worlds import iri, read, shipped, world

import rolegraph as rg


def test_a_card_holds_moves_in_moves_out_and_everything_else():
    card = world().role("head chef")
    assert [link.label for link in card.moves_in] == ["sous-chef"]
    assert [link.label for link in card.moves_out] == ["sous-chef"]
    assert [link.label for link in card.of("requires")] == [
        "budgeting",
        "kitchen hygiene",
        "leading a brigade",
        "menu planning",
        "tasting",
    ]
    assert not card.of("move")
    assert {note.kind for note in card.notes} == {"caveat", "comparison", "experience", "level"}
    assert [item.source for item in card.sources] == ["Kitchen survey"]


def test_a_card_is_found_by_alias_and_for_a_group():
    assert world().role("chef de cuisine").role.label == "head chef"
    assert world().role("kitchen brigade").role.kind == "group"


def test_the_table_of_a_card_has_each_claim_with_its_source():
    table = world().role("head chef").table()
    assert table.columns == ("what", "value", "detail", "source")
    rows = list(table)
    assert [row["value"] for row in rows if row["what"] == "alias"] == ["chef de cuisine"]
    assert len([row for row in rows if row["what"] == "pay"]) == 2
    assert ("requires", "tasting", "optional") in {(row["what"], row["value"], row["detail"]) for row in rows}
    assert ("holds_degree", "diploma in cookery", "35.5 %") in {
        (row["what"], row["value"], row["detail"]) for row in rows
    }
    assert all(row["source"] for row in rows if row["what"] not in {"role", "alias"})


def test_why_gives_one_row_per_claim_and_source():
    table = world().why("kitchen porter", "commis chef")
    assert table.columns[:4] == ("relation", "value", "evidence", "source")
    assert [(row["relation"], row["source"], row["section"], row["qualifier"]) for row in table] == [
        ("move", "Kitchen survey", "careers", ""),
        ("move", "The old cook book", "preface", "in the old days"),
    ]


def test_why_looks_in_both_directions():
    values = world().why("sous-chef", "head chef").column("value")
    assert values == ["sous-chef -> head chef"] * 2 + ["head chef -> sous-chef"]
    assert world().why("head chef", "sous-chef").column("doubt") == ["It is a step down.", "", ""]


def test_why_of_two_things_that_nothing_relates_has_no_rows():
    table = world().why("cheesemonger", "head chef")
    assert len(table) == 0
    assert "source" in table.columns


def test_why_works_between_things_of_any_kind():
    (row,) = world().why("costing course", "budgeting")
    assert (row["relation"], row["value"]) == ("teaches", "costing course -> budgeting")
    assert world().why("Guild of Cooks", "hygiene certificate").column("relation") == ["issued_by"]


def test_why_of_a_role_gives_pay_notes_and_relations_with_their_claims():
    table = world().why("head chef")
    counted = {what: table.column("relation").count(what) for what in set(table.column("relation"))}
    assert counted == {
        "named": 1,
        "pay": 2,
        "caveat": 1,
        "comparison": 1,
        "experience": 1,
        "level": 1,
        "move": 3,
        "requires": 6,
        "needs_degree": 1,
        "holds_degree": 1,
        "suggests_subject": 1,
        "suggests_credential": 1,
        "has_duty": 1,
        "brings_value": 1,
        "member_of": 1,
    }
    assert "head chef -> budgeting (essential)" in table.column("value")
    assert "head chef -> budgeting (optional)" in table.column("value")


def test_why_names_the_document_and_its_address():
    row = next(iter(world().why("head chef", "run the pass")))
    assert row["document"] == "Kitchen survey"
    assert row["url"] == "https://example.org/kitchen-survey"


def test_a_name_of_two_kinds_must_be_told_apart():
    with pytest.raises(rg.AmbiguousName) as caught:
        shipped().why("product management")
    assert {candidate for candidate, _ in caught.value.candidates} == {
        iri("skill:product-management"),
        iri("subject:product-management"),
    }
    assert {label for _, label in caught.value.candidates} == {
        "skill:product-management",
        "subject:product-management",
    }, "one label would not tell them apart"
    assert len(shipped().why("skill:product-management")) > 0


def test_a_claim_about_itself_is_told_once():
    graph = read(
        """role:a a rg:Role ; skos:prefLabel "a" .
        claim:x a rg:Move ; rg:fromRole role:a ; rg:toRole role:a ."""
    )
    assert graph.why("a", "a").column("value") == ["a -> a"]
