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
    table = world().why("sous-chef", "head chef")
    values = [row["value"] for row in table if row["relation"] == "move"]
    assert values == ["sous-chef -> head chef"] * 2 + ["head chef -> sous-chef"]
    back = world().why("head chef", "sous-chef")
    assert [row["doubt"] for row in back if row["relation"] == "move"] == ["It is a step down.", "", ""]


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
        "contradiction": 6,
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


def test_why_says_of_which_occupation_a_claim_is():
    rows = [row for row in shipped().why("CEO") if row["relation"] == "needs_degree"]
    assert [row["qualifier"] for row in rows] == ["said of the occupation “Chief Executives” (exact match)"]


@pytest.mark.parametrize(("graph", "name"), [(shipped, "CPO"), (shipped, "CEO"), (world, "head chef")])
def test_every_claim_of_why_is_in_the_network_with_all_that_is_known_of_who_says_it(graph, name):
    network = graph().network()
    node = graph().resolve(name)
    data = network.nodes[node]
    evidence = [
        *data["evidence"],
        *(item.evidence for item in (*data["pay"], *data["notes"])),
        *(item for *_, edge in network.out_edges(node, data=True) for item in edge["evidence"]),
        *(item for *_, edge in network.in_edges(node, data=True) for item in edge["evidence"]),
    ]
    parts = ("source", "publisher", "date", "section", "document", "doubt", "url")
    expected = sorted((item.kind, *(getattr(item, part) for part in parts)) for item in evidence)
    rows = [row for row in graph().why(name) if row["relation"] != "contradiction"]
    assert sorted((row["evidence"], *(row[part] for part in parts)) for row in rows) == expected


# -- how strong a move is ------------------------------------------------------------------------


def test_moves_between_two_roles_tell_their_strength_in_both_directions():
    def strengths(graph, *names):
        return {str(step): step.strength for step in graph().moves_between(*names)}

    assert strengths(world, "sous-chef", "head chef") == {
        "sous-chef -> head chef": "stated",
        "head chef -> sous-chef": "editorial",
    }
    assert strengths(shipped, "CPO", "VP of product") == {
        "chief product officer -> vice president of product": "stated, doubted"
    }
    assert strengths(shipped, "product manager", "product marketing manager") == {
        "product manager -> product marketing manager": "observed 2 times",
        "product marketing manager -> product manager": "observed 6 times",
    }
    assert strengths(shipped, "CPO", "creativity") == {}


# -- what does not go together --------------------------------------------------------------------


def sides(graph, *names):
    """Give each contradiction as its matter and both sides, with their sources."""
    return [tuple(row.values()) for row in graph.contradictions(*names)]


def test_a_degree_that_is_the_minimum_stands_beside_those_who_have_less():
    table = shipped().contradictions("CPO")
    assert table.columns == ("matter", "one", "one_source", "other", "other_source")
    assert [*table] == [
        {
            "matter": "degree",
            "one": "bachelor's degree (minimum)",
            "one_source": "Coursera career guide: chief product officer (2025-11), section “get a degree”",
            "other": "associate degree (17 % have it)",
            "other_source": "Zippia: education of chief product officers, as reported by Coursera career "
            "guide: chief product officer, section “get a degree”",
        }
    ]


def test_the_two_sides_are_the_last_rows_of_why_each_with_its_source():
    rows = [*shipped().why("CPO")]
    assert {row["relation"] for row in rows[:-2]}.isdisjoint({"contradiction"})
    assert [(row["relation"], row["value"], row["evidence"], row["publisher"]) for row in rows[-2:]] == [
        (
            "contradiction",
            "degree: bachelor's degree (minimum), but associate degree (17 % have it)",
            "stated",
            "Coursera",
        ),
        (
            "contradiction",
            "degree: associate degree (17 % have it), but bachelor's degree (minimum)",
            "stated",
            "Zippia",
        ),
    ]


@pytest.mark.parametrize("other", ["associate degree", "bachelor's degree"])
def test_a_contradiction_is_told_of_each_pair_that_has_a_part_in_it(other):
    both = [sides(shipped(), *names) for names in (("CPO", other), (other, "CPO"))]
    assert both == [sides(shipped(), "CPO")] * 2
    assert sides(shipped(), "CPO", "master's degree") == sides(shipped(), "CPO", "creativity") == []


def test_one_source_calls_a_skill_essential_and_another_optional():
    assert ("skill", "budgeting (essential)", "budgeting (optional)") in {
        (matter, one, other) for matter, one, _, other, _ in sides(world(), "head chef")
    }


def test_a_move_that_is_doubted_stands_beside_the_way_back():
    forth, back = sides(world(), "head chef", "sous-chef"), sides(world(), "sous-chef", "head chef")
    assert sorted(forth) == sorted(back)
    assert [(matter, one, other) for matter, one, _, other, _ in forth] == [
        ("move", "head chef -> sous-chef (doubted)", "sous-chef -> head chef")
    ] * 2
    assert {row[4].split(" (")[0] for row in forth} == {"Kitchen survey", "Town census"}


LEVELS = """
role:a a rg:Role ; skos:prefLabel "clerk" . role:b a rg:Role ; skos:prefLabel "baker" .
degree:l a rg:Degree ; skos:prefLabel "low" . degree:h a rg:Degree ; skos:prefLabel "high" .
degree:u a rg:Degree ; skos:prefLabel "unknown" .
claim:l a rg:DegreeClassification ; rg:degree degree:l ; rg:iscedLevel 5 .
claim:h a rg:DegreeClassification ; rg:degree degree:h ; rg:iscedLevel 6 .
source:x skos:prefLabel "X" . source:y skos:prefLabel "Y" .
skill:s a rg:Skill ; skos:prefLabel "baking" . skill:t a rg:Skill ; skos:prefLabel "to bake" .
"""
NEED = "rg:EducationRequirement ; rg:role role:a ; rg:degree degree:"
SHARE = "rg:EducationShare ; rg:role role:a ; rg:degree degree:"
SKILL = "rg:SkillRequirement ; rg:role role:a ; rg:skill skill:"
PAY = (
    "rg:Pay ; rg:role role:a ; rg:currency 'EUR' ; rg:statistic rg:MedianWage ; rg:period '2025' ; rg:amount "
)
FORTH = "rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated"
BACK = "rg:Move ; rg:fromRole role:b ; rg:toRole role:a ; rg:evidence rg:Stated"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{SHARE}l ; rg:sharePercent 0.5", ["degree"]),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{SHARE}l ; rg:sharePercent 0", []),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{SHARE}l", []),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{SHARE}h ; rg:sharePercent 5", []),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{SHARE}u ; rg:sharePercent 5", []),
        (f"{NEED}l ; rg:necessity rg:Minimum", f"{SHARE}h ; rg:sharePercent 5", []),
        (f"{NEED}h ; rg:necessity rg:Typical", f"{SHARE}l ; rg:sharePercent 5", []),
        (f"{NEED}h ; rg:necessity rg:Preferred", f"{SHARE}l ; rg:sharePercent 5", []),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{NEED}l ; rg:necessity rg:Minimum", ["degree"]),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{NEED}l ; rg:necessity rg:Typical", ["degree"]),
        (f"{NEED}h ; rg:necessity rg:Typical", f"{NEED}l ; rg:necessity rg:Typical", ["degree"]),
        (f"{NEED}h ; rg:necessity rg:Typical", f"{NEED}l ; rg:necessity rg:Minimum", []),
        (f"{NEED}h ; rg:necessity rg:Preferred", f"{NEED}l ; rg:necessity rg:Minimum", []),
        (f"{NEED}h ; rg:necessity rg:Minimum", f"{NEED}u ; rg:necessity rg:Minimum", []),
        (f"{SKILL}s ; rg:necessity rg:Essential", f"{SKILL}s ; rg:necessity rg:Optional", ["skill"]),
        (f"{SKILL}s ; rg:necessity rg:Essential", f"{SKILL}t ; rg:necessity rg:Optional", []),
        (f"{SKILL}s ; rg:necessity rg:Optional", f"{SKILL}s ; rg:necessity rg:Optional", []),
        (f"{PAY}10", f"{PAY}11", ["pay"]),
        (f"{PAY}10", f"{PAY}10", []),
        (f"{PAY}10", f"{PAY}11".replace("MedianWage", "MedianTotalPay"), []),
        (f"{PAY}10", f"{PAY}11".replace("2025", "2025-03"), ["pay"]),
        (f"{PAY}10", f"{PAY}11".replace("2025", "2024"), []),
        (f"{FORTH} ; rg:doubt 'Down.'", BACK, ["move"]),
        (FORTH, BACK, []),
        (f"{FORTH} ; rg:doubt 'Down.'", f"{BACK} ; rg:doubt 'Up.'", []),
        (f"{FORTH} ; rg:doubt 'Down.'", BACK.replace("Stated", "Observed"), []),
    ],
)
def test_what_is_a_contradiction_and_what_is_none(one, other, expected):
    def matters(second_source):
        graph = read(
            f"{LEVELS} claim:x a {one} ; dcterms:source source:x ."
            f"claim:y a {other} ; dcterms:source source:{second_source} ."
            "rg:MedianWage skos:prefLabel 'median wage' . rg:MedianTotalPay skos:prefLabel 'total pay' ."
        )
        return graph.contradictions("clerk").column("matter")

    assert matters("y") == expected
    # One source may well hold two such things together, but for what people have in spite of a minimum.
    assert matters("x") == (expected if "EducationShare" in other else [])


def test_skills_that_match_exactly_are_one_skill_of_which_sources_may_differ():
    graph = read(
        f"""{LEVELS} claim:x a {SKILL}s ; rg:necessity rg:Essential ; dcterms:source source:x .
        claim:y a {SKILL}t ; rg:necessity rg:Optional ; dcterms:source source:y .
        claim:m a rg:SkillMapping ; rg:skill skill:s ; rg:mappedSkill skill:t ; rg:match rg:ExactMatch ."""
    )
    assert sides(graph, "clerk") == [("skill", "baking (essential)", "X", "to bake (optional)", "Y")]


@pytest.mark.parametrize(("match", "count"), [("Exact", 1), ("Close", 1), ("Ambiguous", 0), ("Near", 0)])
def test_what_is_said_of_an_occupation_counts_where_it_is_much_the_same(match, count):
    graph = read(
        f"""{LEVELS} claim:x a {SHARE}l ; rg:sharePercent 20 ; dcterms:source source:x .
        claim:y a {NEED.replace("role:a", "role:o")}h ; rg:necessity rg:Minimum ; dcterms:source source:y .
        role:o a rg:Occupation ; skos:prefLabel "clerks" .
        claim:m a rg:Mapping ; rg:role role:a ; rg:occupation role:o ; rg:match rg:{match}Match ."""
    )
    found = sides(graph, "clerk")
    assert len(found) == count
    for row in found:
        assert row[2] == f"Y, on the occupation “clerks” ({match.lower()} match)"


def test_what_people_were_asked_is_worded_as_what_they_said():
    graph = read(
        f"""{LEVELS} claim:x a {NEED}h ; rg:necessity rg:Minimum ; dcterms:source source:x .
        <https://w3id.org/rolegraph/answer/l> rdfs:subPropertyOf rg:educationShare ; rg:ofDegree degree:l .
        claim:y a rg:Preparation ; rg:role role:a ; <https://w3id.org/rolegraph/answer/l> 12.5 ;
            dcterms:source source:y ."""
    )
    expected = ("degree", "high (minimum)", "X", "low (12.5 % of those asked name it as required)", "Y")
    assert sides(graph, "clerk") == [expected]
