"""Derived moves: similarity by hand and by brute force, what is chosen and written, and what then works."""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import worlds
from cli_runner import process, rolegraph
from hypothesis import given
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph.derive import similarity
from rolegraph.derive.choosing import RoleNeeds, Unmoved, choose
from rolegraph.derive.reading import read_roles, read_sources

OFFICE = Path(__file__).with_name("office.ttl")
ROLE = "https://w3id.org/rolegraph/role/"

#: What a skill counts that 1, 2 or 3 of the 4 roles of the office list.
ONE, TWO, THREE = math.log(1 + 4 / 1), math.log(1 + 4 / 2), math.log(1 + 4 / 3)
CLERK, BOOKKEEPER = math.sqrt(2 * THREE), math.sqrt(2 * THREE + TWO)
ACCOUNTANT = math.sqrt(THREE + TWO + ONE + THREE / 4)


@pytest.fixture(scope="module")
def office():
    return rg.open(OFFICE)


@pytest.fixture(scope="module")
def derivation(office):
    return office.derive_moves()


@pytest.fixture
def joined(derivation, tmp_path):
    """Give the office together with the moves that were derived from it."""
    derivation.save(tmp_path / "derived.ttl")
    return rg.open(OFFICE, tmp_path / "derived.ttl")


def by_ends(derivation):
    return {(move.start_label, move.goal_label): move for move in derivation.moves}


# -- numbers ---------------------------------------------------------------------------------------


def test_the_numbers_of_the_office_are_those_computed_by_hand(derivation):
    found = by_ends(derivation)
    one = found["clerk", "bookkeeper"]
    assert one.similarity == round(2 * THREE / (CLERK * BOOKKEEPER), 4) == 0.7789
    assert (one.shared, one.essential, one.covered_percent) == (2, 3, 66.7)
    assert (one.level_change, one.zone_change) == (1, None)
    assert (one.pay_ratio, one.desirable) == (1.5, True)
    assert one.pay_basis == "median wage, EUR per year, Town, 2026"
    two = found["bookkeeper", "accountant"]
    assert two.similarity == round((THREE / 2 + THREE + TWO) / (BOOKKEEPER * ACCOUNTANT), 4)
    assert (two.shared, two.essential, two.pay_ratio, two.pay_basis, two.desirable) == (2, 3, None, "", None)
    back = found["bookkeeper", "clerk"]
    assert back.similarity == one.similarity
    assert (back.shared, back.essential, back.level_change) == (2, 2, -1)
    assert (back.pay_ratio, back.desirable) == (0.67, False)


def test_two_levels_are_too_many_and_a_baker_is_like_nobody(derivation):
    assert set(by_ends(derivation)) == {
        ("clerk", "bookkeeper"),
        ("bookkeeper", "clerk"),
        ("bookkeeper", "accountant"),
        ("accountant", "bookkeeper"),
    }
    assert [(role.label, role.reason) for role in derivation.unmoved] == [
        ("baker", "no other role is as similar as 0.2")
    ]
    assert (derivation.roles, derivation.skillless) == (4, 1)


def test_thresholds_let_more_or_less_through(office):
    wide = office.derive_moves(rg.Thresholds(level_change=2))
    assert by_ends(wide)["clerk", "accountant"].covered_percent == 33.3
    assert [(m.start_label, m.goal_label) for m in office.derive_moves(rg.Thresholds(most=1)).moves] == [
        ("accountant", "bookkeeper"),
        ("bookkeeper", "clerk"),  # 0.78 to clerk, 0.73 to accountant
        ("clerk", "bookkeeper"),
    ]
    desired = office.derive_moves(rg.Thresholds(desirable_only=True))
    assert set(by_ends(desired)) == {("clerk", "bookkeeper")}
    assert desired.unmoved[0].reason == "no role that it could take up is known to pay 75% of what it pays"
    strict = office.derive_moves(rg.Thresholds(coverage=0.9))
    assert set(by_ends(strict)) == {("bookkeeper", "clerk")}
    assert "cover 90% of the essential skills" in strict.unmoved[0].reason
    assert {m.viability for m in office.derive_moves(rg.Thresholds(high_similarity=0.75)).moves} == {
        "viable",
        "highly viable",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"similarity": 0},
        {"similarity": 1.1},
        {"similarity": math.nan},
        {"coverage": -0.1},
        {"level_change": -1},
        {"pay_ratio": math.inf},
        {"most": 0},
    ],
    ids=str,
)
def test_a_threshold_out_of_range_is_refused(wrong):
    with pytest.raises(rg.ParameterError, match=f"{next(iter(wrong))} must be a number from"):
        rg.Thresholds(**wrong)


# -- similarity against brute force ----------------------------------------------------------------

weights = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.25, 0.5, 1.0]), max_size=5)
worlds_of_needs = st.lists(st.tuples(weights, weights), min_size=1, max_size=8)


def brute(rows, other, *, centred):
    """Give the similarity of every two rows in one facet, skill by skill; None where one has no row."""
    skills = sorted({skill for row in rows for skill in row})
    listed = {skill: sum(skill in row for row in rows) for skill in skills}
    mean = {
        skill: sum(row.get(skill, 0) for row in rows) / (len(rows) + similarity.NEEDLESS) for skill in skills
    }

    def at(row, skill):
        return row.get(skill, 0) - mean[skill] if centred else row.get(skill, 0)

    def product(one, two):
        return math.fsum(
            at(one, s) * at(two, s) * (1 if centred else math.log(1 + len(rows) / listed[s])) for s in skills
        )

    one, two = rows[other[0]], rows[other[1]]
    if not one or not two:
        return None
    lengths = math.sqrt(max(product(one, one), 0) * max(product(two, two), 0))
    return max(0.0, product(one, two) / lengths) if lengths > 1e-9 else 0.0


@worlds.steady
@given(worlds_of_needs, st.sampled_from([1, 5, 1000]))
def test_neighbours_are_those_of_brute_force(needs, cells):
    named, rated = ([row[n] for row in needs] for n in (0, 1))
    facets = [similarity.named(named), similarity.rated(rated)]
    before, similarity.CELLS = similarity.CELLS, cells  # blocks of one row, of some, of all
    try:
        found = list(similarity.neighbours(facets, 0.05))
    finally:
        similarity.CELLS = before
    assert len(found) == len(needs)
    for one, near in enumerate(found):
        assert [score for _, score in near] == sorted((score for _, score in near), reverse=True)
        assert all(a[0] < b[0] for a, b in pairwise(near) if a[1] == b[1])
        scores = dict(near)
        assert one not in scores
        for two in set(range(len(needs))) - {one}:
            known = [brute(named, (one, two), centred=False), brute(rated, (one, two), centred=True)]
            known = [value for value in known if value is not None]
            expected = math.fsum(known) / len(known) if known else 0.0
            assert scores.get(two, 0.0) == pytest.approx(expected if expected >= 0.05 else 0.0, abs=2e-4) or (
                expected == pytest.approx(0.05, abs=2e-4)
            )


@worlds.steady
@given(worlds_of_needs)
def test_similarity_is_the_same_from_both_sides(needs):
    facets = [similarity.named([row[0] for row in needs]), similarity.rated([row[1] for row in needs])]
    scores = similarity.similarities(facets, 0, len(needs))
    assert np.array_equal(scores, scores.T)
    assert scores.min() >= 0
    assert scores.max() <= 1


def test_what_all_are_rated_alike_on_counts_less_the_more_roles_there_are():
    rows = [{"talking": 1.0, "welding": 1.0}, {"talking": 1.0, "singing": 1.0}]
    few = similarity.block(similarity.rated(rows), 0, 1)[0, 1]
    many = similarity.block(similarity.rated(rows * 200), 0, 1)[0, 1]
    assert many < 0.05 < few


def test_the_first_that_are_good_enough_are_taken_and_ties_stay_in_order():
    roles = [RoleNeeds(f"urn:{n}", str(n), {"x": 1.0}, {}, zone=n) for n in range(4)]
    near = [[(2, 0.9), (1, 0.8), (3, 0.8)], [], [(0, 0.9)], [(0, 0.8)]]
    found = list(choose(roles, near, rg.Thresholds(level_change=2, most=2)))
    assert [(m.start, m.goal) for m in found if isinstance(m, rg.DerivedMove)] == [
        ("urn:0", "urn:2"),
        ("urn:0", "urn:1"),
        ("urn:2", "urn:0"),
    ]
    assert [role.reason for role in found if isinstance(role, Unmoved)] == [
        "no other role is as similar as 0.2",
        "all roles that it could take up are more than 2 levels or job zones away",
    ]


def test_a_start_of_which_no_essential_skill_is_known_is_not_said_to_cover_none():
    roles = [RoleNeeds("urn:0", "0", {"x": 0.5}, {}), RoleNeeds("urn:1", "1", {"x": 1.0}, {}, frozenset("x"))]
    out, back = choose(roles, [[(1, 0.9)], [(0, 0.9)]], rg.Thresholds())
    assert (out.shared, out.essential, out.covered_percent) == (None, 1, None)
    assert (back.shared, back.essential, back.covered_percent) == (0, 0, None)


def test_a_rung_of_a_ladder_is_a_level_and_other_ladders_do_not_compare():
    one, two = (
        RoleNeeds(f"urn:{n}", str(n), {"x": 1.0}, {}, levels={"urn:a": n, f"urn:{n}": 9}) for n in (1, 2)
    )
    far = RoleNeeds("urn:3", "3", {"x": 1.0}, {}, levels={"urn:b": 9})
    found = list(choose([one, two, far], [[(1, 0.9), (2, 0.9)], [(0, 0.9)], []], rg.Thresholds()))
    assert [move.level_change for move in found[:3]] == [1, None, -1]


# -- reading ---------------------------------------------------------------------------------------

CLASSIFIED = """
role:cook a rg:Role ; skos:prefLabel "cook"@en .
role:chef a rg:Role ; skos:prefLabel "chef"@en .
role:boss a rg:Role ; skos:prefLabel "boss"@en .
occupation:cooks a rg:Occupation ; skos:prefLabel "cooks"@en .
occupation:bosses a rg:Occupation ; skos:prefLabel "bosses"@en .
occupation:bakers a rg:Occupation ; skos:prefLabel "bakers"@en .
occupation:cooks esco:relatedEssentialSkill skill:b ; esco:relatedOptionalSkill skill:c .
occupation:bakers esco:relatedEssentialSkill skill:c .
occupation:bosses esco:relatedEssentialSkill skill:d .
claim:a a rg:SkillRequirement ; rg:role role:cook ; rg:skill skill:a ; rg:necessity rg:Essential .
claim:m1 a rg:Mapping ; rg:role role:cook ; rg:occupation occupation:cooks ; rg:match rg:ExactMatch .
claim:m2 a rg:Mapping ; rg:role role:chef ; rg:occupation occupation:cooks ; rg:match rg:CloseMatch .
claim:m3 a rg:Mapping ; rg:role role:boss ; rg:occupation occupation:bosses ; rg:match rg:NearMatch .
claim:s a rg:SkillMapping ; rg:skill skill:b ; rg:mappedSkill skill:a ; rg:match rg:ExactMatch .
claim:z a rg:Preparation ; rg:role occupation:cooks ; rg:jobZone 3 .
claim:y a rg:Preparation ; rg:role occupation:bosses ; rg:jobZone 5 .
claim:p a rg:Pay ; rg:role occupation:bosses ; rg:amount 9 ; rg:currency "EUR" .
"""


def test_roles_have_what_is_said_of_the_occupations_that_they_match():
    roles, skillless = read_roles(worlds.read(CLASSIFIED).store)
    found = {role.label: role for role in roles}
    assert list(found) == ["bakers", "bosses", "chef", "cook"]  # cook stands for cooks
    assert skillless == 1  # a near match lends boss no skill
    cook, chef = found["cook"], found["chef"]
    skill = worlds.iri("skill:")
    assert cook.named == {f"{skill}a": 1.0, f"{skill}c": 0.5}  # b is a under another name
    assert cook.required == {f"{skill}a"}
    assert chef.named == {f"{skill}a": 1.0, f"{skill}c": 0.5}
    assert (cook.zone, chef.zone, found["bosses"].zone, found["bakers"].zone) == (3, 3, 5, None)
    assert [pay.amount for pay in found["bosses"].pay] == [9]


def test_no_move_is_derived_between_roles_that_have_the_skills_of_one_occupation():
    found = worlds.read(CLASSIFIED).derive_moves(rg.Thresholds(coverage=0))
    ends = by_ends(found)
    assert ("chef", "cook") not in ends
    assert ("cook", "chef") not in ends
    assert ("cook", "bakers") in ends
    lonely = worlds.read(CLASSIFIED.replace("occupation:bakers esco:relatedEssentialSkill skill:c .", ""))
    reasons = {role.label: role.reason for role in lonely.derive_moves().unmoved}
    assert reasons["chef"].endswith("as 0.2, but for roles described as the same occupation")


def rated(importance):
    return worlds.read(
        f"""role:a a rg:Role ; skos:prefLabel "a"@en .
        claim:1 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:x ; rg:necessity rg:Optional ;
            rg:importance {importance} .
        claim:2 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:x ; rg:necessity rg:Essential ;
            rg:importance 2 ."""
    ).store


@pytest.mark.parametrize(("importance", "weight"), [(3, 0.5), (1, 0.25), (5, 1.0), (7, 1.0), ("4.0", 0.75)])
def test_a_rating_becomes_a_weight_and_of_two_the_higher_counts(importance, weight):
    ((role,), _) = read_roles(rated(importance))
    assert role.named == {}
    assert list(role.rated.values()) == [weight]
    assert role.required == {worlds.iri("skill:x")}


def test_a_rating_that_is_no_number_is_an_error_that_names_the_claim():
    with pytest.raises(rg.SourceError, match="claim:1: its importance is 'much', which is no number"):
        read_roles(rated('"much"'))


def test_sources_are_those_of_the_claims_or_of_the_data_set():
    text = """
    claim:1 a rg:Pay ; rg:role role:a ; dcterms:source source:census .
    graph:mine dcterms:source source:esco .
    role:a esco:relatedEssentialSkill skill:x .
    """
    assert read_sources(worlds.read(text).store) == [worlds.iri("source:census"), worlds.iri("source:esco")]
    bare = worlds.read("role:a esco:relatedEssentialSkill skill:x .")
    assert read_sources(bare.store) == [worlds.iri("graph:mine")]


# -- what is written -------------------------------------------------------------------------------


def test_the_moves_conform_to_the_shapes(joined):
    report = joined.validate()
    assert report.problems == ()


def test_a_route_over_derived_moves_says_what_it_rests_on(joined):
    path = joined.path("clerk", "accountant")
    assert path.labels == ("clerk", "bookkeeper", "accountant")
    assert [step.strength for step in path.steps] == ["derived", "derived"]
    first = path.steps[0].evidence[0]
    assert first.kind == "derived"
    assert first.source.startswith("Skill overlap: moves of similarity from 0.2")
    assert first.detail == (
        "similarity 0.7789 (highly viable), 2 of 3 essential skills, level +1,"
        " pay x 1.5 (median wage, EUR per year, Town, 2026)"
    )
    value = joined.why("clerk", "bookkeeper").column("value")
    assert f"clerk -> bookkeeper ({first.detail})" in value
    assert joined.path("clerk", "accountant", rules=[rg.only("derived")]).labels == path.labels
    with pytest.raises(rg.NoPath):
        joined.path("clerk", "accountant", rules=[rg.only("stated", "observed")])


def test_derived_moves_can_be_left_out_by_their_source(derivation, tmp_path):
    derivation.save(tmp_path / "derived.ttl")
    without = rg.open(OFFICE, tmp_path / "derived.ttl", without_sources=["Skill overlap"])
    assert not without.ask("ASK { ?move a rg:Move }")


def test_the_source_tells_the_method_the_thresholds_and_what_it_was_derived_from(joined):
    found = joined.select(
        "SELECT ?from ?least ?most ?edition { ?s a rg:Derivation ; prov:wasDerivedFrom ?from ;"
        " rg:minSimilarity ?least ; rg:mostMoves ?most ; owl:versionInfo ?edition }"
    )
    assert found.rows == ((worlds.iri("source:handbook"), 0.2, 10, "1"),)


def test_equal_data_gives_equal_bytes_whatever_its_order(derivation, tmp_path):
    blocks = OFFICE.read_text("utf-8").split("\n\n")
    (tmp_path / "turned.ttl").write_text("\n\n".join([*blocks[:2], *reversed(blocks[2:])]), "utf-8")
    code = f"import rolegraph as rg; print(rg.open({str(tmp_path / 'turned.ttl')!r}).derive_moves().turtle())"
    once, again = worlds.python(code, seed="1"), worlds.python(code, seed="2")
    assert once == again == derivation.turtle() + "\n"
    derivation.save(tmp_path / "derived.ttl")
    assert (tmp_path / "derived.ttl").read_text("utf-8") == derivation.turtle()


def test_other_thresholds_give_a_source_and_claims_of_their_own(office, derivation):
    other = office.derive_moves(rg.Thresholds(most=9))
    assert {str(triple.subject) for triple in derivation.statements()} & {
        str(triple.subject) for triple in other.statements()
    } == {f"<{worlds.iri('org:rolegraph')}>"}


def test_all_of_it_as_plain_values(derivation):
    plain = json.loads(json.dumps(derivation.to_dict()))
    assert plain["thresholds"]["pay_ratio"] == 0.75
    assert len(plain["moves"]) == len(derivation) == len(derivation.table()) == 4
    assert plain["without_moves"] == [
        {"iri": f"{ROLE}baker", "label": "baker", "reason": "no other role is as similar as 0.2"}
    ]
    assert plain["sources"] == [worlds.iri("source:handbook")]
    assert derivation.to_frame()["similarity"].max() == 0.7789
    assert "Derivation of 4 moves between 4 roles" in derivation._repr_html_()


def test_it_says_how_to_install_what_it_needs(office, monkeypatch):
    monkeypatch.delitem(sys.modules, "rolegraph.derive.similarity")
    monkeypatch.delattr("rolegraph.derive.similarity")
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(rg.MissingExtra, match=r"pip install 'rolegraph\[derive\]'"):
        office.derive_moves()


def test_its_watch_is_told_how_far_it_has_come(office):
    told = []
    office.derive_moves(watch=lambda *what: told.append(what))
    assert told == [("roles compared", 0, 4)]


# -- command line ----------------------------------------------------------------------------------

MOVES = ("derive", "moves", "--data", str(OFFICE))


def test_without_an_output_turtle_is_printed_and_a_summary_told(derivation):
    answer = rolegraph(*MOVES)
    assert (answer.code, answer.out) == (0, derivation.turtle())
    assert answer.err == (
        "4 roles have skills; of 1 no source names one.\n"
        "4 moves: 4 highly viable (similarity from 0.4).\n"
        "Desirable (the goal pays 75% or more): 1; not: 1;"
        " unknown, for want of pay that may be compared: 2.\n"
        "1 role has skills and no move out:\n"
        "  1: no other role is as similar as 0.2 (baker)\n"
    )


@pytest.mark.parametrize("ending", [".ttl", ".nt", ".nq", ".trig", ".rdf", ".ttl.gz"])
def test_the_moves_are_written_in_every_format_and_join_with_the_data(tmp_path, ending):
    file = tmp_path / f"derived{ending}"
    answer = rolegraph(*MOVES, "-o", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith(f"Wrote {file}\n")
    shown = rolegraph(
        "path", "clerk", "accountant", "--data", str(OFFICE), "--data", str(file), "--format", "table"
    )
    assert shown.code == 0
    assert "derived" in shown.out
    assert shown.out.startswith("clerk -> bookkeeper -> accountant")


def test_rows_are_printed_in_the_formats_of_every_command(derivation):
    rows = rolegraph(*MOVES, "--format", "csv").rows("csv")
    assert rows[0][:4] == ["from", "to", "similarity", "viability"]
    assert len(rows) == 5
    assert json.loads(rolegraph(*MOVES, "--format", "json").out) == json.loads(
        json.dumps(derivation.to_dict())
    )
    assert rolegraph(*MOVES, "--format", "md").out.startswith("| from | to |")
    desirable = rolegraph(*MOVES, "--desirable", "--format", "csv").rows("csv")
    assert [row[:2] for row in desirable[1:]] == [["clerk", "bookkeeper"]]


def test_no_move_is_a_no_and_writes_nothing(tmp_path):
    answer = rolegraph(*MOVES, "--min-similarity", "0.99", "-o", str(tmp_path / "none.ttl"))
    assert (answer.code, answer.out) == (1, "")
    assert "No move meets the thresholds." in answer.err
    assert [*tmp_path.iterdir()] == []
    bare = worlds.turtle(tmp_path, 'role:a a rg:Role ; skos:prefLabel "a"@en .')
    assert rolegraph("derive", "moves", "--data", str(bare)).code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--min-similarity", "0"), "--min-similarity"),
        (("--min-similarity", "2"), "--min-similarity"),
        (("--most", "0"), "--most"),
        (("--max-level-change", "-1"), "--max-level-change"),
        (("--min-pay-ratio", "inf"), "pay_ratio must be a number"),
        (("--min-similarity", "nan"), "similarity must be a number"),
        (("-o", "moves.xlsx"), "has no ending that tells its format"),
        (("-o", "nowhere/moves.ttl"), "cannot be written"),
    ],
    ids=str,
)
def test_bad_input_is_refused(arguments, says):
    answer = rolegraph(*MOVES, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_the_help_comes_without_numpy_and_the_default_data_works():
    assert process("derive", "moves", "--help").code == 0
    loaded = worlds.python(
        "import rolegraph.cli.deriving, rolegraph.derive, sys; print('numpy' in sys.modules)"
    )
    assert loaded.strip() == "False"
    assert rolegraph("derive", "moves").code == 0
