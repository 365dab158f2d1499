"""Mapping files: what is proposed, how a review is read, what it makes; mistakes are told all at once."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
import worlds
from cli_runner import process, rolegraph
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLD, iri, turtle

import rolegraph as rg
from rolegraph.labels import Entry
from rolegraph.mapping import DataSet, MappingRow, MappingSet, propose, read_mappings, write_mappings, written
from rolegraph.mapping.sets import MATCH_OF
from rolegraph.names import PREFIXES, fold, shorten

SKOS = PREFIXES["skos"]

#: A second source on the kitchens of the world, in a namespace of its own.
BISTRO = """
@prefix b: <https://example.org/bistro/> .
b:porter a rg:Role ; skos:prefLabel "Kitchen Porter" ; skos:altLabel "KP" .
b:pastry a rg:Role ; skos:prefLabel "pastry chef" .
b:chef a rg:Role ; skos:prefLabel "chef" ; skos:altLabel "chef de cuisine", "second chef" .
b:kp a rg:Role ; skos:prefLabel "keeper of pans" ; skos:altLabel "KP", "PC" .
b:owner a rg:Role ; skos:prefLabel "owner" .
b:hygiene a rg:Skill ; skos:prefLabel "food safety" .
b:cooks a rg:Occupation ; skos:prefLabel "Chefs" ; skos:altLabel "head chef", "sous-chef" .
b:acme a rg:Organization ; skos:prefLabel "Acme" .
b:source a rg:Source ; skos:prefLabel "Bistro ladder" ; dcterms:publisher b:acme ; rg:dateNote "none" .
b:up a rg:Move ; rg:fromRole b:porter ; rg:toRole b:owner ; rg:evidence rg:Stated ; dcterms:source b:source .
b:pay a rg:Pay ; rg:role b:cooks ; rg:amount 51000 ; rg:currency "EUR" ; dcterms:source b:source .
"""


@pytest.fixture
def bistro(tmp_path: Path) -> Path:
    return turtle(tmp_path, BISTRO, "bistro.ttl")


def found(mappings: MappingSet) -> set[tuple[str, str, str]]:
    """Give the pairs by the last parts of their IRIs, with the match."""
    last = [
        tuple(part.rpartition("/")[2].rpartition("#")[2] for part in (row.subject, row.predicate, row.object))
        for row in mappings.rows
    ]
    assert len(last) == len(set(last))
    return set(last)


# -- what is proposed --


def test_names_that_two_data_sets_share_are_proposed_by_how_they_share_them(bistro):
    mappings = rg.propose_mappings(WORLD, bistro)
    assert found(mappings) == {
        ("kitchen-porter", "exactMatch", "porter"),
        ("patissier", "closeMatch", "pastry"),
        ("head-chef", "closeMatch", "chef"),  # two aliases
        ("sous-chef", "closeMatch", "chef"),
        ("hygiene", "closeMatch", "hygiene"),
        ("head-chef", "closeMatch", "cooks"),
        ("sous-chef", "closeMatch", "cooks"),
    }
    assert {row.status for row in mappings.rows} == {"waiting"}
    cells = next(row.cells for row in mappings.rows if row.object.endswith("/pastry"))
    assert (cells["subject_match_field"], cells["object_match_field"]) == ("skos:altLabel", "skos:prefLabel")
    assert (cells["match_string"], cells["mapping_justification"]) == (
        "pastry chef",
        "semapv:LexicalMatching",
    )
    assert (cells["subject_source"], cells["object_source"]) == ("graph:world", "graph:bistro")


def test_an_abbreviation_is_no_name_to_match_by(bistro):
    """KP is the kitchen porter and the keeper of pans, PC two chefs and the keeper of pans."""
    assert not any(row.object.endswith("/kp") for row in rg.propose_mappings(WORLD, bistro).rows)


@pytest.mark.parametrize(
    ("names", "there", "match"),
    [
        (("cook",), ("Cook",), "exact"),
        (("Vice-Président",), ("vice president",), "exact"),
        (("SQL",), ("SQL",), "exact"),  # both prefer it
        (("SQL",), ("query language", "SQL"), ""),
        (("x y", "cook"), ("cook",), "close"),
        (("cook",), ("x y", "cook"), "close"),
        (("a b", "cook"), ("x y", "cook"), "close"),
        (("a b", "CPO"), ("x y", "CPO"), ""),
        (("a b", "CPO"), ("x y", "cpo"), ""),
        (("cpo",), ("x y", "C.P.O."), ""),
        (("a b", "CHEFS"), ("x y", "CHEFS"), ""),
        (("a b", "COOKED"), ("x y", "COOKED"), "close"),
        (("cooks",), ("cook",), ""),
        (("-",), ("--",), ""),
    ],
)
def test_when_two_names_match(names, there, match):
    one = DataSet("graph:one", (Entry("x:a", "role", names[0], names[1:]),))
    other = DataSet("graph:other", (Entry("y:b", "role", there[0], there[1:]),))
    rows = propose((one, other))
    assert [MATCH_OF[row.predicate] for row in rows] == ([match] if match else [])


def test_several_candidates_are_listed_as_such_and_none_is_chosen():
    one = DataSet("graph:one", (Entry("x:gm", "role", "general manager"),))
    other = DataSet(
        "graph:other",
        (Entry("y:a", "role", "A", ("general manager",)), Entry("y:b", "role", "B", ("General Manager",))),
    )
    rows = propose((one, other))
    assert [row.cells["comment"] for row in rows] == [
        "ambiguous: 'general manager' also matches B (y:b)",
        "ambiguous: 'general manager' also matches A (y:a)",
    ]
    back = propose((other, one))
    assert [row.cells["comment"] for row in back] == [
        "ambiguous: 'general manager' is also matched by B (y:b)",
        "ambiguous: 'general manager' is also matched by A (y:a)",
    ]


def test_a_better_match_of_one_of_the_two_is_named():
    one = DataSet("graph:one", (Entry("x:dev", "role", "developer"), Entry("x:pm", "role", "manager")))
    other = DataSet("graph:other", (Entry("y:pm", "role", "manager", ("developer",)),))
    comments = {row.subject: row.cells.get("comment", "") for row in propose((one, other))}
    assert comments == {"x:pm": "", "x:dev": "'manager' is matched better by manager (x:pm)"}


def test_what_both_have_or_the_data_links_or_is_of_another_kind_is_not_proposed(tmp_path, bistro):
    first = turtle(tmp_path, 'role:a a rg:Role ; skos:prefLabel "cook" .', "a.ttl")
    again = turtle(
        tmp_path,
        """role:a a rg:Role ; skos:prefLabel "cook" . role:b a rg:Role ; skos:prefLabel "cook" .
        degree:c a rg:Degree ; skos:prefLabel "cook" . skill:d a rg:Skill ; skos:prefLabel "cook" .""",
        "b.ttl",
    )
    assert rg.propose_mappings(first, again).rows == ()
    linking = "b:porter skos:relatedMatch role:kitchen-porter ."
    linked = turtle(tmp_path, f"{BISTRO}{linking}", "linked.ttl")
    assert not any(row.object.endswith("/porter") for row in rg.propose_mappings(WORLD, linked).rows)
    assert {row.cells["subject_category"] for row in rg.propose_mappings(WORLD, bistro).rows} == {
        "role",
        "skill",
    }
    (skill,) = rg.propose_mappings(WORLD, bistro, kinds=("skill",)).rows
    assert skill.subject == iri("skill:hygiene")


def test_a_thing_without_a_name_matches_nothing():
    one = DataSet("graph:one", (Entry(iri("role:a"), "role", shorten(iri("role:a"))),))
    other = DataSet("graph:other", (Entry("y:a", "role", "role:a"),))
    assert propose((one, other)) == []


def test_one_data_set_is_compared_with_the_graph_that_ships(tmp_path):
    file = turtle(tmp_path, '<https://x.org/pm> a rg:Role ; skos:prefLabel "product manager" .')
    rows = rg.propose_mappings(file).rows
    assert {(shorten(row.subject), row.object.rpartition("/")[0]) for row in rows} == {
        ("role:product-manager", "https://x.org"),
        ("https://x.org/pm", "http://data.europa.eu/esco/occupation"),
    }


def test_the_truth_that_the_editors_found_in_esco_is_proposed(tmp_path, repository):
    """The mapping table of the shipped graph was made by hand; equal names must come out of ESCO's labels."""
    with (repository / "ontology/build/role_esco.csv").open(encoding="utf-8") as table:
        truth = [row for row in csv.DictReader(table) if row["match"] in {"exact", "close", "ambiguous"}]
    labels = {row["occupation_uri"]: row["occupation"] for row in truth}
    alternative = [row for row in truth if row["label_kind"] == "alternative"]
    text = "".join(
        f'<{uri}> a rg:Occupation ; skos:prefLabel "{label}" .\n' for uri, label in sorted(labels.items())
    ) + "".join(
        f'<{row["occupation_uri"]}> skos:altLabel "{row["matched_label"]}" .\n' for row in alternative
    )
    esco = turtle(tmp_path, text, "esco-labels.ttl")
    guide = repository / "ontology/data/coursera-cpo-guide.ttl"
    rows = rg.propose_mappings(guide, esco).rows
    proposed = {(shorten(row.subject).removeprefix("role:"), row.object): row for row in rows}
    assert set(proposed) == {(row["role"], row["occupation_uri"]) for row in truth}
    for row in truth:
        cells = proposed[row["role"], row["occupation_uri"]].cells
        assert cells["predicate_id"] == ("skos:exactMatch" if row["match"] == "exact" else "skos:closeMatch")
        assert (row["match"] == "ambiguous") == ("ambiguous: 'product marketing" in cells.get("comment", ""))


@worlds.steady
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three"]),
            st.sampled_from(["role", "occupation", "skill"]),
            st.lists(st.sampled_from(["cook", "Cook", "chef", "CK", "ck", "maître"]), min_size=1, max_size=3),
        ),
        max_size=7,
    )
)
def test_every_pair_of_one_name_is_proposed_once_unless_both_have_a_better(things):
    sets = {name: [] for name in ("one", "two", "three")}
    for number, (name, kind, names) in enumerate(things):
        sets[name].append(Entry(f"x:{number}", kind, names[0], tuple(names[1:])))
    rows = propose([DataSet(name, tuple(entries)) for name, entries in sets.items()])
    pairs = [row.pair for row in rows]
    assert len(pairs) == len(set(pairs))
    where = {entry.iri: (name, entry) for name, entries in sets.items() for entry in entries}
    for row in rows:
        (home, one), (other_home, other) = where[row.subject], where[row.object]
        assert home != other_home
        assert (one.kind, other.kind) in {("role", "role"), ("role", "occupation"), ("skill", "skill")}
        assert set(map(fold, one.names)) & set(map(fold, other.names))
        assert (MATCH_OF[row.predicate] == "exact") == (fold(one.label) == fold(other.label))
    for iri_, (home, one) in where.items():
        for other_iri, (other_home, other) in where.items():
            comparable = (one.kind, other.kind) in {
                ("role", "role"),
                ("role", "occupation"),
                ("skill", "skill"),
            }
            if home != other_home and comparable and fold(one.label) == fold(other.label):
                assert frozenset({iri_, other_iri}) in pairs


# -- the file --


def test_what_is_written_is_read_back_and_equal_sets_give_equal_text(tmp_path, bistro):
    mappings = rg.propose_mappings(WORLD, bistro)
    file = write_mappings(mappings, tmp_path / "links.sssom.tsv")
    again = read_mappings(file)
    assert [(row.subject, row.predicate, row.object) for row in again.rows] == [
        (row.subject, row.predicate, row.object) for row in mappings.rows
    ]
    assert written(again) == file.read_text("utf-8") == written(rg.propose_mappings(WORLD, bistro))
    head = file.read_text("utf-8").partition("subject_id")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert "#  bistro: https://example.org/bistro/\n" in head
    assert "2026" not in head.replace("2026-01-31", "")


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10).map(str.strip).filter(bool)


@worlds.steady
@given(TEXTS, TEXTS, st.sampled_from(["https://x.org/a", "urn:x:y", "https://x.org/a#b", "https://x.org/r/"]))
def test_any_text_and_iri_survives_the_file(comment, label, thing):
    cells = {"comment": comment, "subject_label": label}
    mappings = MappingSet(
        (MappingRow(thing, f"{SKOS}closeMatch", iri("role:b"), cells),), {"comment": comment}
    )
    file = Path("links.sssom.tsv")
    (row,) = rows_of_text(written(mappings), file)
    assert (row.subject, row.object) == (thing, iri("role:b"))
    assert (row.cells["comment"], row.cells["subject_label"]) == (comment, label)


def rows_of_text(text: str, name: Path) -> tuple[MappingRow, ...]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode())
        return read_mappings(file).rows


HEAD = (
    "subject_id\tpredicate_id\tobject_id\tpredicate_modifier\treviewer_label"
    "\tmapping_justification\tauthor_label\n"
)
ROW = "role:a\tskos:exactMatch\trole:b"


@pytest.mark.parametrize(
    ("cells", "status", "reviewer"),
    [
        ("", "waiting", ""),
        ("\t\tAnn", "accepted", "Ann"),
        ("\tNot\tAnn", "refused", "Ann"),
        ("\tnot\tAnn|Bob ", "refused", "Ann, Bob"),
        ("\t\t\tsemapv:ManualMappingCuration\tCleo", "accepted", "Cleo"),
        ("\tNot\t\tsemapv:MappingReview\tCleo", "refused", "Cleo"),
        ("\t\t\tsemapv:ManualMappingCuration", "waiting", ""),
        ("\t\t\tsemapv:LexicalMatching\tCleo", "waiting", ""),
    ],
)
def test_who_decides_on_a_row(cells, status, reviewer):
    (row,) = rows_of_text(HEAD + ROW + cells, Path("x.sssom.tsv"))
    assert (row.status, row.reviewer) == (status, reviewer)


def test_what_spreadsheets_make_of_a_file_is_read_all_the_same():
    text = (
        '\ufeff"#curie_map:"\t\t\t\r\n#  my: https://my.org/\t\t\t\r\n'
        '"#comment: \'a, ""b""\'"\t\t\t\r\n'
        f'{HEAD.strip()}\r\n<https://my.org/x>\tskos:exactMatch\tmy:y\t\t"Ann ""A"""\r\n\r\n\t\t\t\r\n'
    )
    (row,) = rows_of_text(text, Path("x.sssom.tsv"))
    assert (row.subject, row.object, row.line) == ("https://my.org/x", "https://my.org/y", 5)
    assert row.reviewer == 'Ann "A"'


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", ": ", "holds no table"),
        ("#a: 1\n", ": ", "holds no table"),
        ("subject_id\tobject_id\n", ":1: ", "the table lacks the columns predicate_id"),
        ("subject_id,predicate_id,object_id\n", ":1:1: ", "must be separated by tabs"),
        (f"{HEAD.strip()}\tsubject_id\n{ROW}\n", ":1:1: ", "two columns are called subject_id"),
        (f"#a: [\n{HEAD}{ROW}\n", ":1:", "are no YAML"),
        (f"#a\n{HEAD}{ROW}\n", ":1: ", "must say `name: value`"),
        (f"{HEAD}\tskos:exactMatch\trole:b\n", ":2:1: ", "subject_id: is empty"),
        (f"{HEAD}cook\tskos:exactMatch\trole:b\n", ":2:1: ", "'cook' is no short name"),
        (f"{HEAD}role:a b\tskos:exactMatch\trole:b\n", ":2:1: ", "is no short name"),
        (f"{HEAD}nix:a\tskos:exactMatch\trole:b\n", ":2:1: ", "the prefix nix: is not in the curie_map"),
        (f"{HEAD}role:a\towl:sameAs\trole:b\n", ":2:2: ", "'owl:sameAs' is no kind of match"),
        (f"{HEAD}role:a\tskos:exactMatch\trole:a\n", ":2:3: ", "is the same as the subject_id"),
        (f"{HEAD}{ROW}\tno\tAnn\n", ":2:4: ", "may be Not"),
        (f"{HEAD}{ROW}\tNot\n", ":2:4: ", "nobody stands for that"),
        (f"{HEAD}{ROW}\t\t\t\t\tmore\n", ":2:8: ", "more cells than there are columns"),
        (f'{HEAD}{ROW}\t\t"Ann\n', ":2: ", "is a quote open?"),
        (
            f"{HEAD}{ROW}\t\tAnn\nrole:b\tskos:exactMatch\trole:a\tNot\tBob\n",
            ":3: ",
            "says otherwise than line 2",
        ),
        (
            f"{HEAD}{ROW}\t\tAnn\nrole:a\tskos:closeMatch\trole:b\t\tBob\n",
            ":3: ",
            "says otherwise than line 2",
        ),
        (
            "subject_id\tpredicate_id\tobject_id\treview_date\n" + ROW + "\t1/2/26\n",
            ":2:4: ",
            "must be a date",
        ),
        (
            "subject_id\tpredicate_id\tobject_id\treview_date\n" + ROW + "\t2026\n",
            ":2:4: ",
            "nobody stands for",
        ),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_mistake_is_told_with_its_line_and_column(tmp_path, text, place, says):
    file = tmp_path / "links.sssom.tsv"
    file.write_text(text, "utf-8")
    with pytest.raises(rg.MappingError) as caught:
        read_mappings(file)
    assert str(caught.value).startswith(f"{file}{place}")
    assert says in str(caught.value)


def test_all_mistakes_are_told_at_once_by_line_and_column(tmp_path):
    file = tmp_path / "links.sssom.tsv"
    file.write_text(f"{HEAD}cook\tskos:exact\t\n{ROW}\nrole:a\tskos:exactMatch\tnix:b\tmaybe\n", "utf-8")
    with pytest.raises(rg.MappingError) as caught:
        read_mappings(file)
    assert [(line, column) for line, column, _ in caught.value.problems] == [
        (2, 1), (2, 2), (2, 3), (4, 3), (4, 4), (4, 4),
    ]  # fmt: skip
    answer = rolegraph("info", "--data", str(file))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count(str(file)) == 6


@pytest.mark.parametrize(
    ("content", "says"), [(b"\xff\xfe", "is not UTF-8 text"), (None, "No such file or directory")]
)
def test_a_file_that_cannot_be_read_is_an_error(tmp_path, content, says):
    file = tmp_path / "links.sssom.tsv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(rg.SourceError, match=says):
        read_mappings(file)


# -- what an accepted row makes --


def reviewed(folder: Path, mappings: MappingSet, **decisions: str) -> Path:
    """Write a mapping file in which Ann accepts the rows of these objects, or refuses where it says "Not"."""
    file = write_mappings(mappings, folder / "links.sssom.tsv")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    rows = [*csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t")]
    for row in rows:
        decision = decisions.get(row["object_id"].partition(":")[2])
        if decision is not None:
            row.update(reviewer_label="Ann Lee", review_date="2026-11-02")
            row.update({"predicate_modifier": "Not"} if decision == "Not" else {"predicate_id": decision})
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text("".join(head) + text.getvalue(), "utf-8")
    return file


def test_nothing_is_linked_until_somebody_accepts_it(tmp_path, bistro):
    mappings = rg.propose_mappings(WORLD, bistro)
    waiting = reviewed(tmp_path, mappings)
    graph = rg.open(WORLD, bistro, waiting)
    assert not graph.ask("ASK { ?claim rg:match ?match }")
    refused = reviewed(tmp_path, mappings, porter="Not")
    assert not rg.open(WORLD, bistro, refused).ask("ASK { ?claim rg:match ?match }")
    with pytest.raises(rg.NoPath):
        rg.open(WORLD, bistro, refused).path("role:kitchen-porter", "owner")


def test_an_accepted_role_joins_routes_and_the_evidence_names_who_accepted(tmp_path, bistro):
    file = reviewed(tmp_path, rg.propose_mappings(WORLD, bistro), porter="skos:exactMatch")
    graph = rg.open(WORLD, bistro, file)
    path = graph.path("kitchen porter", "owner")
    assert path.labels[1:] == ("owner",)
    assert (
        "exact match"
        in graph.network()
        .edges[iri("role:kitchen-porter"), "https://example.org/bistro/owner", "move"]["evidence"][0]
        .via
    )
    (row,) = graph.why("role:kitchen-porter", "https://example.org/bistro/porter")
    assert (row["relation"], row["evidence"], row["date"]) == ("matches", "editorial", "2026-11-02")
    assert row["source"] == "Links between world and bistro, reviewed by Ann Lee"


def test_accepted_occupations_and_skills_work_through_the_graph_as_those_that_ship(tmp_path, bistro):
    file = reviewed(
        tmp_path, rg.propose_mappings(WORLD, bistro), cooks="skos:closeMatch", hygiene="skos:exactMatch"
    )
    graph = rg.open(WORLD, bistro, file)
    pay = graph.network().nodes[iri("role:head-chef")]["pay"]
    assert "the occupation “Chefs” (close match)" in {item.evidence.via for item in pay}
    assert graph.ask("ASK { role:head-chef rg:describedAs ?x ; skos:closeMatch ?x }")
    assert graph.network().has_edge(iri("skill:hygiene"), "https://example.org/bistro/hygiene", "matches")
    assert graph.ask("ASK { ?c a rg:SkillMapping ; rg:text ?why ; rg:match rg:ExactMatch }")
    left = rg.open(WORLD, bistro, file, without_sources=["links"])
    assert not left.ask("ASK { ?claim rg:match ?match }")


@pytest.mark.parametrize("predicate", ["broadMatch", "narrowMatch", "relatedMatch"])
def test_a_wider_or_narrower_match_is_near_and_doubted(tmp_path, bistro, predicate):
    file = reviewed(tmp_path, rg.propose_mappings(WORLD, bistro), porter=f"skos:{predicate}")
    graph = rg.open(WORLD, bistro, file)
    rows = graph.select("SELECT ?match ?doubt { ?c a rg:RoleMapping ; rg:match ?match ; rg:doubt ?doubt }")
    assert rows.column("match") == [iri("rg:NearMatch")]
    assert rows.column("doubt")[0].startswith("The other is ")


def test_what_a_mapping_file_makes_conforms_to_the_shapes(tmp_path, bistro):
    decisions = {
        "porter": "skos:exactMatch",
        "chef": "skos:relatedMatch",
        "cooks": "skos:broadMatch",
        "hygiene": "skos:closeMatch",
        "pastry": "Not",
    }
    file = reviewed(tmp_path, rg.propose_mappings(WORLD, bistro), **decisions)
    graph = rg.open(WORLD, bistro, file)
    assert len(graph.select("SELECT ?claim { ?claim rg:match ?match }")) == 6
    assert [problem for problem in graph.validate().problems if "links" in problem.data_set] == []


def test_the_role_comes_first_whichever_is_the_subject(tmp_path, bistro):
    file = tmp_path / "links.sssom.tsv"
    file.write_text(
        f"{HEAD}https://example.org/bistro/cooks\tskos:broadMatch\trole:head-chef\t\tAnn\n", "utf-8"
    )
    graph = rg.open(WORLD, bistro, file)
    assert graph.ask(
        "ASK { ?c a rg:Mapping ; rg:role role:head-chef ; rg:occupation <https://example.org/bistro/cooks> ."
        " role:head-chef skos:narrowMatch <https://example.org/bistro/cooks> }"
    )


def test_rows_of_things_that_are_not_at_hand_and_of_nothing_are_left_out(tmp_path):
    file = tmp_path / "links.sssom.tsv"
    file.write_text(
        f"{HEAD}role:head-chef\tskos:exactMatch\trole:nobody\t\tAnn\n"
        "role:head-chef\tskos:exactMatch\tsssom:NoTermFound\t\tAnn\n",
        "utf-8",
    )
    graph = rg.open(WORLD, file)
    assert graph.network().nodes.keys() == worlds.world().network().nodes.keys()
    assert graph.select("SELECT ?s { GRAPH graph:links { ?s ?p ?o } }").rows  # the data set describes itself
    (remark,) = graph.remarks
    assert remark.startswith(f"{file}: 1 of 1 accepted links are left out")
    assert remark.endswith("because the data lacks what they link, such as role:nobody.")


def test_things_that_cannot_be_linked_are_told(tmp_path):
    file = tmp_path / "links.sssom.tsv"
    file.write_text(
        f"{HEAD}role:head-chef\tskos:exactMatch\tskill:leading\t\tAnn\n"
        "degree:diploma\tskos:exactMatch\tsubject:gastronomy\t\tAnn\n"
        "degree:diploma\tskos:exactMatch\tskill:plating\n",
        "utf-8",
    )
    with pytest.raises(rg.MappingError) as caught:
        rg.open(WORLD, file)
    assert [line for line, _, _ in caught.value.problems] == [2, 3]
    assert "links role:head-chef (role) with skill:leading (skill)" in str(caught.value)


def test_a_mapping_file_in_a_folder_is_read_last(tmp_path, bistro):
    (tmp_path / "world.ttl").write_bytes(WORLD.read_bytes())
    reviewed(tmp_path, rg.propose_mappings(WORLD, bistro), porter="skos:exactMatch")
    graph = rg.open(tmp_path)
    assert graph.path("role:kitchen-porter", "owner")
    assert "https://w3id.org/rolegraph/graph/links" in graph.store.graphs()
    again = rg.open(graph.export(tmp_path.parent / "all.nq"))
    assert again.path("role:kitchen-porter", "owner") == graph.path("role:kitchen-porter", "owner")


# -- the command --


def test_the_command_prints_what_the_library_proposes(bistro):
    answer = rolegraph("map", "--data", str(WORLD), "--data", str(bistro), "--format", "csv")
    mappings = rg.propose_mappings(WORLD, bistro)
    assert answer.code == 0
    assert len(answer.rows("csv")) == len(mappings) + 1 == 8
    assert answer.err == "7 links to review.\n"
    raw = rolegraph("map", "--data", str(WORLD), "--data", str(bistro), "-o", "-")
    assert raw.out == written(mappings)


def test_decisions_are_kept_and_not_proposed_again(tmp_path, bistro):
    data = ("--data", str(WORLD), "--data", str(bistro))
    file = tmp_path / "links.sssom.tsv"
    answer = rolegraph("map", *data, "-o", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"Wrote {file}\n7 links to review.\n"
    reviewed(tmp_path, rg.propose_mappings(WORLD, bistro), porter="skos:closeMatch", pastry="Not")
    before = file.read_text("utf-8")
    again = rolegraph("map", *data, "-o", str(file))
    assert (again.code, file.read_text("utf-8")) == (2, before)
    assert "--known" in again.err
    kept = rolegraph("map", *data, "--known", str(file), "-o", str(file))
    assert kept.err == f"Wrote {file}\n5 links to review; 1 accepted; 1 refused.\n"
    assert file.read_text("utf-8") == before
    more = turtle(tmp_path, BISTRO + 'b:new a rg:Role ; skos:prefLabel "food critic" .', "bistro.ttl")
    rolegraph("map", "--data", str(WORLD), "--data", str(more), "--known", str(file), "-o", str(file))
    assert read_mappings(file).count("waiting") == 6
    assert read_mappings(file).count("accepted") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name the data to link"),
        (("--data", "curated"), "cannot be linked with itself"),
        (("--data", "curated", "--data", "none.ttl"), "No such file"),
        (("--data", str(WORLD), "-o", "links.tsv"), "must end in .sssom.tsv"),
        (("--data", str(WORLD), "-o", "none/links.sssom.tsv"), "cannot be written"),
        (("--data", str(WORLD), "--known", "none.sssom.tsv"), "No such file"),
        (("--data", str(WORLD), "--data", "x.sssom.tsv"), "--known keeps its rows"),
        (("--data", str(WORLD), "--kind", "degree"), "'degree' is not one of"),
        (("--data", str(WORLD), "--source", "S1"), "do not apply"),
    ],
    ids=str,
)
def test_a_bad_call_is_refused(arguments, says):
    answer = rolegraph("map", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_data_is_read_within_the_limits(tmp_path):
    os.mkfifo(tmp_path / "never.ttl")
    answer = process("map", "--data", str(tmp_path / "never.ttl"), "--timeout", "0.5")
    assert (answer.code, answer.err) == (
        3,
        "Reading the data was stopped after 0.5 s. --timeout allows more.\n",
    )


def test_a_mapping_file_that_is_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "never.sssom.tsv")
    with pytest.raises(rg.SourceError, match="is a pipe or a device, and no file"):
        read_mappings(tmp_path / "never.sssom.tsv")


def test_the_library_says_what_links_can_be_of():
    with pytest.raises(rg.ParameterError, match="of role and skill, and not of degree"):
        rg.propose_mappings(WORLD, kinds=("degree",))
    with pytest.raises(rg.ParameterError, match="Name a data set"):
        rg.propose_mappings()
