"""An ESCO release comes out as its tables say; what is odd is counted, and what is wrong is named."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter

import pyoxigraph as ox
import pytest
from cli_runner import rolegraph
from esco_release import ESCO, as_csv, as_folder, as_zips, german, occupation, skill, tables
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph.importers.esco import statements
from rolegraph.importers.releases import open_release
from rolegraph.importers.reports import Report
from rolegraph.names import PREFIXES, expand
from rolegraph.stores import LocalStore

VERSION = "ESCO dataset - v9.8.7 - classification - en - csv"
GRAPH = "https://w3id.org/rolegraph/graph/esco-9.8.7"


def full(short):
    return ox.NamedNode(expand(short))


def english(words):
    return ox.Literal(words, language="en")


def imported(folder, made, **options):
    """Import a release from a folder; give its statements and the report."""
    source = as_folder(folder / VERSION, made)
    report = rg.import_esco([source], folder / "out.nt", **options)
    quads = list(ox.parse(path=str(folder / "out.nt"), format=ox.RdfFormat.N_TRIPLES))
    assert len(quads) == len(set(quads)) == report.statements
    return {(quad.subject.value, quad.predicate.value, quad.object) for quad in quads}, report


def objects(said, subject, predicate):
    return {end for start, of, end in said if (start, of) == (subject, expand(predicate))}


def odd(report):
    return {what: found.count for what, found in report.odd.items()}


def counted(report, words):
    """Give how often an oddity was counted, by words of what it is called."""
    return sum(count for what, count in odd(report).items() if words in what)


# --- what is made ----------------------------------------------------------------------------------


def test_an_occupation_has_what_its_row_says(tmp_path):
    said, _ = imported(tmp_path, tables())
    baker = occupation(1)
    assert objects(said, baker, "rdf:type") == {
        full(name) for name in ("rg:Occupation", "esco:Occupation", "esco:MemberConcept", "skos:Concept")
    }
    assert objects(said, baker, "skos:prefLabel") == {english("bread baker")}
    assert objects(said, baker, "skos:altLabel") == {english("loaf baker")}
    assert objects(said, baker, "skos:notation") == {ox.Literal("7512.1")}
    assert objects(said, baker, "dcterms:description") == {
        english('Bread bakers make "bread"\nand \\ rolls.')
    }
    assert objects(said, baker, "esco:memberOfISCOGroup") == {ox.NamedNode(f"{ESCO}isco/C7512")}
    assert objects(said, baker, "skos:broader") == {ox.NamedNode(f"{ESCO}isco/C7512")}
    assert objects(said, baker, "dcterms:modified") == {
        ox.Literal("2020-01-02T03:04:05Z", datatype=full("xsd:dateTime"))
    }
    assert {end.value for end in objects(said, baker, "skos:inScheme")} == {
        f"{ESCO}concept-scheme/occupations",
        f"{ESCO}concept-scheme/member-occupations",
    }
    assert objects(said, baker, "esco:relatedEssentialSkill") == {ox.NamedNode(skill(1))}
    assert objects(said, baker, "esco:relatedOptionalSkill") == {ox.NamedNode(skill(3))}


def test_a_skill_has_its_type_and_level_by_escos_iris(tmp_path):
    said, _ = imported(tmp_path, tables())
    dough, flour = skill(1), skill(3)
    assert full("rg:Skill") in objects(said, dough, "rdf:type")
    assert objects(said, dough, "esco:skillType") == {ox.NamedNode(f"{ESCO}skill-type/skill")}
    assert objects(said, flour, "esco:skillType") == {ox.NamedNode(f"{ESCO}skill-type/knowledge")}
    assert objects(said, dough, "esco:skillReuseLevel") == {
        ox.NamedNode(f"{ESCO}skill-reuse-level/cross-sector")
    }
    assert objects(said, dough, "skos:altLabel") == {english("work dough"), english("fold dough")}
    assert objects(said, dough, "esco:relatedOptionalSkill") == {ox.NamedNode(skill(5))}


def test_groups_schemes_and_collections(tmp_path):
    said, report = imported(tmp_path, tables())
    assert objects(said, skill("S1"), "skos:broader") == {ox.NamedNode(skill("S"))}
    assert objects(said, f"{ESCO}isco/C7512", "skos:notation") == {ox.Literal("7512")}
    scheme = f"{ESCO}concept-scheme/isco"
    assert objects(said, scheme, "dcterms:title") == {english("The ISCO")}
    assert objects(said, scheme, "skos:hasTopConcept") == {ox.NamedNode(f"{ESCO}isco/C7")}
    collection = "https://w3id.org/rolegraph/collection/esco-9.8.7/digitalSkills"
    assert objects(said, collection, "skos:member") == {ox.NamedNode(skill(5))}
    assert objects(said, collection, "skos:prefLabel") == {english("digital skills")}
    assert report.rows == {name: len(table) - 1 for name, table in tables().items()}
    assert report.things["skill groups"] == 2
    assert odd(report) == {}
    assert report.unread == []
    assert report.missing == []


def test_the_data_set_names_release_source_licence_and_what_was_changed(tmp_path):
    said, report = imported(tmp_path, tables())
    assert report.title == "ESCO 9.8.7"
    (source,) = objects(said, GRAPH, "dcterms:source")
    assert objects(said, GRAPH, "rdf:type") >= {full("void:Dataset")}
    assert objects(said, GRAPH, "owl:versionInfo") == {ox.Literal("9.8.7")}
    assert objects(said, GRAPH, "dcterms:license") == {
        ox.NamedNode("https://eur-lex.europa.eu/eli/dec/2011/833/oj")
    }
    (notice,) = objects(said, GRAPH, "schema:copyrightNotice")
    assert "This service uses the ESCO classification of the European Commission." in notice.value
    assert "What was changed" in notice.value
    assert objects(said, source.value, "skos:prefLabel") == {english("ESCO 9.8.7")}
    (publisher,) = objects(said, source.value, "dcterms:publisher")
    assert objects(said, publisher.value, "skos:prefLabel") == {english("European Commission")}


def test_what_comes_out_conforms_to_the_shapes(tmp_path):
    imported(tmp_path, tables())
    assert rg.open(tmp_path / "out.nt").validate().problems == ()


# --- where it comes from, where it goes ------------------------------------------------------------


def test_two_archives_a_folder_of_them_and_a_folder_of_files_say_the_same(tmp_path):
    archives = as_zips(tmp_path / "zips", tables())
    files = as_folder(tmp_path / VERSION, tables())
    made = []
    for number, sources in enumerate(([*archives], [tmp_path / "zips"], [files])):
        out = tmp_path / f"{number}.nt"
        rg.import_esco(sources, out)
        made.append(sorted(out.read_text("utf-8").splitlines()))
    assert made[0] == made[1] == made[2]


def test_a_store_holds_the_same_and_answers(tmp_path):
    said, report = imported(tmp_path, tables())
    store = tmp_path / "esco.store"
    assert rg.import_esco([tmp_path / VERSION], store).statements == report.statements
    graph = rg.open(store)
    assert LocalStore.open(store).graphs()[GRAPH] == len(said)
    edge = graph.network().edges[occupation(1), skill(1), "requires"]
    assert (edge["necessity"], edge["evidence"][0].source) == ("essential", "ESCO 9.8.7")
    assert edge["evidence"][0].publisher == "European Commission"


def test_the_source_is_found_whatever_the_file_is_called(tmp_path):
    rg.import_esco([as_folder(tmp_path / VERSION, tables())], tmp_path / "what i like.ttl")
    network = rg.open(tmp_path / "what i like.ttl").network()
    edge = network.edges[occupation(2), skill(2), "requires"]
    assert [item.source for item in edge["evidence"]] == ["ESCO 9.8.7"]
    assert [item.kind for item in edge["evidence"]] == ["stated"]


def test_what_a_skill_needs_is_no_requirement_of_a_role(tmp_path):
    imported(tmp_path, tables())
    network = rg.open(tmp_path / "out.nt").network()
    assert not network.has_edge(skill(1), skill(5))
    assert network.has_edge(occupation(1), skill(1))


def test_it_joins_the_curated_graph_and_both_sources_are_named(tmp_path):
    made = tables()
    ceo = f"{ESCO}occupation/6c3fd65e-2d24-47d8-bc22-9e93512bdcc2"
    needed = f"{ESCO}skill/5da3c765-10a3-49eb-934c-ec401ceb1a34"
    made["occupations_en.csv"][1][1] = ceo
    made["occupations_en.csv"][1][3] = "chief executive officer"
    made["skills_en.csv"][1][1] = needed
    made["occupationSkillRelations.csv"][1:] = [[ceo, "essential", "skill/competence", needed]]
    for name in ("broaderRelationsOccPillar.csv", "skillSkillRelations.csv"):
        del made[name]
    imported(tmp_path, made)
    network = rg.open("curated", tmp_path / "out.nt").network()
    chief = expand("role:chief-executive-officer")
    sources = {item.source for item in network.edges[chief, needed, "requires"]["evidence"]}
    assert sources == {"ESCO 1.2", "ESCO 9.8.7"}


def test_the_release_may_be_said_and_must_be_where_nothing_tells(tmp_path):
    folder = as_folder(tmp_path / "plain", tables())
    with pytest.raises(rg.SourceError, match=r"does not tell which release.*--release 1\.1\.1"):
        rg.import_esco([folder], tmp_path / "out.nt")
    assert rg.import_esco([folder], tmp_path / "out.nt", release="1.0.9").title == "ESCO 1.0.9"
    with pytest.raises(rg.ParameterError, match="no version of ESCO"):
        rg.import_esco([folder], tmp_path / "other.nt", release="one; two")
    assert not (tmp_path / "other.nt").exists()


def test_two_releases_at_once_are_refused(tmp_path):
    one, two = as_zips(tmp_path / "zips", tables())
    two = two.rename(two.with_name("ESCO dataset - v1.2.0 - relations - csv.zip"))
    with pytest.raises(rg.SourceError, match=r"two releases of ESCO, 1\.2\.0 and 9\.8\.7"):
        rg.import_esco([one, two], tmp_path / "out.nt")


# --- languages -------------------------------------------------------------------------------------


def test_a_further_language_adds_names_and_words_and_nothing_else(tmp_path):
    plain, _ = imported(tmp_path / "en", tables())
    both, report = imported(tmp_path / "both", tables() | german())
    added = both - plain
    assert plain < both
    assert {end.language for _, _, end in added} == {"de"}
    assert objects(both, occupation(1), "skos:prefLabel") == {
        english("bread baker"),
        ox.Literal("Brotbäcker/Brotbäckerin", language="de"),
    }
    assert report.rows["skills_de.csv"] == 4
    assert report.things["labels in de"] == 7
    assert odd(report) == {"concepts that skills_de.csv lacks": 1}
    assert report.odd["concepts that skills_de.csv lacks"].examples == [skill(5)]


def test_a_further_language_that_contradicts_is_counted(tmp_path):
    made = tables() | german()
    header, first, *_ = made["occupations_de.csv"]
    first[header.index("code")] = "1.1"
    made["skills_de.csv"][1][1] = skill("new")
    made["skills_de.csv"].append(made["skills_de.csv"][2])
    said, report = imported(tmp_path, made)
    assert objects(said, occupation(1), "skos:notation") == {ox.Literal("7512.1")}
    assert counted(report, "other codes or types than in the first language") == 1
    assert counted(report, "that no table of the first language has") == 1
    assert counted(report, "that has one already") == 1


def test_the_order_of_schemes_is_no_contradiction(tmp_path):
    made = tables() | german()
    header, first, *_ = made["occupations_de.csv"]
    schemes = header.index("inScheme")
    first[schemes] = " | ".join(reversed(first[schemes].split(",\n")))
    _, report = imported(tmp_path, made)
    assert counted(report, "other codes") == 0


def test_the_first_language_is_the_first_there_is_where_english_is_not_among_them(tmp_path):
    made = german()
    said, _ = imported(tmp_path, made)
    assert objects(said, occupation(1), "skos:notation") == {ox.Literal("7512.1")}
    assert {end.language for end in objects(said, occupation(1), "skos:prefLabel")} == {"de"}


def test_relations_in_every_language_are_written_once(tmp_path):
    made = tables()
    english_rows = made.pop("occupationSkillRelations.csv")
    made["occupationSkillRelations_en.csv"] = english_rows
    extra = [occupation(3), "optional", "knowledge", skill(5)]
    made["occupationSkillRelations_de.csv"] = [*english_rows, extra]
    said, report = imported(tmp_path, made)
    assert objects(said, occupation(3), "esco:relatedOptionalSkill") == {ox.NamedNode(skill(5))}
    assert odd(report) == {"relations that only occupationSkillRelations_de.csv has (kept)": 1}


# --- oddities --------------------------------------------------------------------------------------


def change(name, row, column, value):
    made = tables()
    header = made[name][0]
    made[name][row][header.index(column)] = value
    return made


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "words"),
    [
        ("occupationSkillRelations.csv", 1, "occupationUri", occupation("x"), "that name occupations"),
        ("occupationSkillRelations.csv", 1, "skillUri", skill("S1"), "that name skills that"),
        ("occupationSkillRelations.csv", 1, "skillType", "", "skillType that is blank"),
        ("occupationSkillRelations.csv", 1, "skillType", "knowledge", "another skillType than"),
        ("occupationSkillRelations.csv", 1, "relationType", "maybe", "neither essential nor optional"),
        ("skillSkillRelations.csv", 1, "originalSkillType", "knowledge", "another originalSkillType than"),
        ("skillSkillRelations.csv", 1, "relatedSkillUri", skill("x"), "that name skills that"),
        ("broaderRelationsOccPillar.csv", 1, "broaderUri", f"{ESCO}isco/C9", "that name concepts"),
        ("digitalSkillsCollection_en.csv", 1, "conceptUri", skill("x"), "that name concepts"),
        ("digitalSkillsCollection_en.csv", 1, "broaderConceptUri", skill("S"), "broader concepts that only"),
        ("skills_en.csv", 1, "skillType", "", "skillType that is blank"),
        ("skills_en.csv", 1, "reuseLevel", "", "reuseLevel that is blank"),
        ("skills_en.csv", 3, "reuseLevel", "galactic", "reuseLevel that is not known"),
        ("skills_en.csv", 1, "modifiedDate", "yesterday", "modifiedDate is no point in time"),
        ("skills_en.csv", 1, "altLabels", "knead dough\nfold dough", "repeat a label of the same concept"),
        ("skills_en.csv", 1, "altLabels", " fold dough", "blanks around them"),
        ("skills_en.csv", 1, "hiddenLabels", "work dough", "repeat a label of the same concept"),
        ("skills_en.csv", 1, "preferredLabel", "", "without a preferred label"),
        ("skills_en.csv", 5, "conceptUri", skill(4), "that has one already"),
        ("occupations_en.csv", 1, "iscoGroup", "9999", "iscoGroup that is not known"),
        ("conceptSchemes_en.csv", 1, "hasTopConcept", f"{ESCO}label-role/male", "no table describes (kept)"),
        ("skillGroups_en.csv", 2, "conceptUri", skill("other"), "skill groups that only skillsHierarchy_en"),
    ],
)
def test_what_is_odd_is_counted_with_an_example(tmp_path, name, row, column, value, words):
    _, report = imported(tmp_path, change(name, row, column, value))
    assert counted(report, words) == 1
    assert all(found.examples for found in report.odd.values())


def test_relations_to_nothing_are_left_out(tmp_path):
    made = tables()
    made["occupationSkillRelations.csv"].append([occupation("gone"), "essential", "knowledge", skill(3)])
    said, report = imported(tmp_path, made)
    assert not objects(said, occupation("gone"), "esco:relatedEssentialSkill")
    (found,) = report.odd.values()
    assert (found.count, found.examples) == (1, [occupation("gone")])


def test_a_row_that_repeats_another_is_counted_and_written_once(tmp_path):
    made = tables()
    for name in ("occupationSkillRelations.csv", "broaderRelationsOccPillar.csv"):
        made[name].append(made[name][1])
    plain, _ = imported(tmp_path / "plain", tables())
    said, report = imported(tmp_path, made)
    assert said == plain
    assert counted(report, "that repeat another") == 2


def test_a_group_that_only_the_hierarchy_describes_gets_its_words(tmp_path):
    made = tables()
    del made["skillGroups_en.csv"][2]
    hierarchy = made["skillsHierarchy_en.csv"]
    hierarchy[2] = [*hierarchy[2][:8], "Words", "Scope", "S", "S1", "", ""]
    said, report = imported(tmp_path, made)
    assert objects(said, skill("S1"), "skos:prefLabel") == {english("doing with heat")}
    assert objects(said, skill("S1"), "dcterms:description") == {english("Words")}
    assert objects(said, skill("S1"), "skos:scopeNote") == {english("Scope")}
    assert objects(said, skill("S1"), "skos:notation") == {ox.Literal("S1")}
    assert report.things["skill groups"] == 2


def test_other_files_and_columns_are_said_to_be_there_and_not_taken(tmp_path):
    made = tables()
    made["greenShareOcc_en.csv"] = [["a"], ["1"]]
    for row in made["occupations_en.csv"]:
        row.append("naceCode" if row[0] == "conceptType" else "x")
    del made["skillsHierarchy_en.csv"]
    _, report = imported(tmp_path, made)
    assert report.unread == ["greenShareOcc_en.csv", "occupations_en.csv: column naceCode"]
    assert report.missing == ["skillsHierarchy"]


def test_a_newer_release_whose_columns_stand_elsewhere_is_read_by_their_names(tmp_path):
    plain, _ = imported(tmp_path / "plain", tables())
    made = tables()
    for table in made.values():
        if not table[0][0].startswith("Level"):
            for row in table:
                row.reverse()
    assert imported(tmp_path, made)[0] == plain


# --- what is wrong ---------------------------------------------------------------------------------


def refused(tmp_path, name, content):
    """Import a release with one file changed; give the message, nothing being written."""
    folder = as_folder(tmp_path / VERSION, tables())
    (folder / name).write_bytes(content)
    with pytest.raises(rg.SourceError) as caught:
        rg.import_esco([folder], tmp_path / "out.store")
    assert sorted(path.name for path in tmp_path.iterdir()) == [VERSION]
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("skills_en.csv", "conceptUri"),
        ("skills_en.csv", "preferredLabel"),
        ("conceptSchemes_en.csv", "conceptSchemeUri"),
        ("occupationSkillRelations.csv", "relationType"),
        ("broaderRelationsOccPillar.csv", "broaderUri"),
        ("skillsHierarchy_en.csv", "Level 2 code"),
        ("digitalSkillsCollection_en.csv", "conceptUri"),
    ],
)
def test_a_column_that_is_missing_is_named_with_those_that_are_there(tmp_path, name, column):
    table = tables()[name]
    table[0] = [f"{cell}s" if cell == column else cell for cell in table[0]]
    message = refused(tmp_path, name, as_csv(table))
    assert re.search(rf"{re.escape(name)}.*there is no column '{column}'; is '{column}s' meant\?", message)


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("skills_en.csv", skill(1), "not an iri", 2, "conceptUri: 'not an iri' is no IRI"),
        ("skills_en.csv", skill(3), "", 5, "conceptUri: '' is no IRI"),
        ("occupations_en.csv", f"{ESCO}concept-scheme/member-occupations", "x<y", 2, "inScheme: 'x<y' is no"),
        ("occupationSkillRelations.csv", occupation(2), "http://a/<b>", 4, "occupationUri: "),
        ("broaderRelationsSkillPillar.csv", skill("S1"), "nowhere", 2, "conceptUri: 'nowhere' is no IRI"),
        ("digitalSkillsCollection_en.csv", skill(5), "x", 2, "conceptUri: 'x' is no IRI"),
        ("skillsHierarchy_en.csv", skill("S1"), "x", 3, "Level 1 URI: 'x' is no IRI"),
        ("skills_en.csv", "transversal", "trans,versal", 6, "the row has 14 cells"),
        ("skills_en.csv", "knead", '"knead', 2, "quotation mark"),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_file_line_and_column(tmp_path, name, old, new, line, words):
    content = as_csv(tables()[name]).decode()
    assert old in content
    message = refused(tmp_path, name, content.replace(old, new, 1).encode())
    assert f"{name}:{line}: " in message
    assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        ("conceptUri,preferredLabel\n".encode("utf-16"), "UTF-16"),
        (as_csv(tables()["skills_en.csv"]).replace(b"knead", b"kn\xe9ad"), "0xe9 is no UTF-8"),
        (as_csv(tables()["skills_en.csv"]).replace(b"knead", b"kn\0ad"), "NUL"),
    ],
)
def test_a_file_in_another_encoding_is_refused(tmp_path, content, words):
    message = refused(tmp_path, "skills_en.csv", content)
    assert "skills_en.csv" in message
    assert words in message


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    plain, _ = imported(tmp_path / "plain", tables())
    folder = as_folder(tmp_path / VERSION, tables())
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    file = folder / "skills_en.csv"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(tables()["skills_en.csv"])
    file.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    rg.import_esco([folder], tmp_path / "out.nt")
    quads = ox.parse(path=str(tmp_path / "out.nt"), format=ox.RdfFormat.N_TRIPLES)
    assert {(quad.subject.value, quad.predicate.value, quad.object) for quad in quads} == plain


def test_a_damaged_archive_is_named_and_nothing_is_written(tmp_path):
    classification, relations = as_zips(tmp_path / "zips", tables())
    content = bytearray(classification.read_bytes())
    with zipfile.ZipFile(classification) as archive:
        at = archive.getinfo("occupations_en.csv").header_offset + 60
    content[at : at + 20] = bytes(20)
    classification.write_bytes(content)
    with pytest.raises(rg.SourceError, match=r"classification.*occupations_en\.csv"):
        rg.import_esco([classification, relations], tmp_path / "out.store")
    classification.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(rg.SourceError, match=r"is no zip archive"):
        rg.import_esco([classification, relations], tmp_path / "out.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["zips"]


@pytest.mark.parametrize("name", ["occupations_en.csv", "skills_en.csv"])
def test_a_release_without_its_concepts_is_refused(tmp_path, name):
    made = tables()
    del made[name]
    with pytest.raises(rg.SourceError, match=f"holds no file {name}; it holds: ISCOGroups_en.csv"):
        imported(tmp_path, made)


def test_what_is_there_already_is_kept_when_something_is_wrong(tmp_path):
    (tmp_path / "out.nt").write_text("before")
    with pytest.raises(rg.SourceError):
        imported(tmp_path, change("skills_en.csv", 5, "conceptUri", "x"))
    assert (tmp_path / "out.nt").read_text() == "before"


# --- any release -----------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", " b", "c d", "", 'e"', "f\\", "ü"])


@st.composite
def releases(draw):
    """Draw tables whose rows may repeat one another and name what is not there."""
    made = tables()
    labels = st.lists(NAMES, max_size=4).map("\n".join)
    for name, iri in (("occupations_en.csv", occupation), ("skills_en.csv", skill)):
        header, *rows = made[name]
        made[name] = [header]
        for n in draw(st.lists(st.integers(1, 4), max_size=5)):
            row = list(rows[0])
            row[1] = iri(n)
            for column in ("preferredLabel", "altLabels", "hiddenLabels"):
                row[header.index(column)] = draw(labels)
            made[name].append(row)
    numbers, kinds = st.integers(1, 5), st.sampled_from(["essential", "optional", "other"])
    made["occupationSkillRelations.csv"][1:] = [
        [occupation(one), kind, "knowledge", skill(other)]
        for one, kind, other in draw(st.lists(st.tuples(numbers, kinds, numbers), max_size=12))
    ]
    return made


@settings(deadline=None)  # a busy machine is no failure
@given(releases())
def test_of_any_release_every_statement_is_counted_and_none_comes_twice(tmp_path_factory, made):
    said, report = imported(tmp_path_factory.mktemp("release"), made)
    there = {name: {row[1] for row in made[f"{name}_en.csv"][1:]} for name in ("occupations", "skills")}
    expected = {
        (
            one,
            PREFIXES["esco"] + {"essential": "relatedEssentialSkill"}.get(kind, "relatedOptionalSkill"),
            other,
        )
        for one, kind, _, other in made["occupationSkillRelations.csv"][1:]
        if kind != "other" and one in there["occupations"] and other in there["skills"]
    }
    assert {
        (start, of, end.value) for start, of, end in said if "/occupation/" in start and "related" in of
    } == expected
    assert report.rows == {name: len(table) - 1 for name, table in made.items()}
    for concept in there["occupations"] | there["skills"]:
        texts = [
            end.value
            for kind in ("prefLabel", "altLabel", "hiddenLabel")
            for end in objects(said, concept, f"skos:{kind}")
        ]
        assert len(texts) == len(set(texts))


# --- the command -----------------------------------------------------------------------------------


def test_the_command_imports_reports_and_says_what_was_written(tmp_path):
    as_zips(tmp_path / "zips", tables())
    out = tmp_path / "esco.store"
    answer = rolegraph("import", "esco", str(tmp_path / "zips"), "-o", str(out), "--format", "json")
    assert answer.code == 0, answer.err
    assert f"Wrote {out}" in answer.err
    report = json.loads(answer.out)
    assert report["title"] == "ESCO 9.8.7"
    assert report["rows"]["occupations_en.csv"] == 3
    shown = rolegraph("role", "bread baker", "--data", str(out), "--format", "json")
    assert shown.code == 0, shown.err
    assert "knead dough" in shown.out


def test_the_command_complains_in_a_line_and_writes_nothing(tmp_path):
    answer = rolegraph("import", "esco", str(tmp_path / "nowhere"), "-o", str(tmp_path / "x.ttl"))
    assert answer.code == 2
    assert "No such file or directory" in answer.err
    answer = rolegraph("import", "esco", "-o", str(tmp_path / "x.ttl"))
    assert answer.code == 2
    assert "SRC" in answer.err
    assert list(tmp_path.iterdir()) == []


# --- the official release --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official(shared_data):
    """Read the official release by the csv module alone."""
    folder = shared_data / "esco"
    rows = {}
    before = csv.field_size_limit(10_000_000)
    for file in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                text = io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")
                rows[name] = list(csv.DictReader(text, restval=""))
    csv.field_size_limit(before)
    return folder, rows


@pytest.mark.slow
def test_every_row_of_the_official_release_is_read_and_every_oddity_counted(official):
    folder, rows = official
    report = Report()
    with open_release([folder], (".csv",)) as release:
        lines = "".join(statements(release, report, "1.1.1"))
    assert report.rows == {name: len(table) for name, table in rows.items()}
    needs = rows["occupationSkillRelations.csv"]
    known = {row["conceptUri"] for row in rows["occupations_en.csv"]}
    lost = [row for row in needs if row["occupationUri"] not in known]
    assert len(lost) == counted(report, "that name occupations") == 67
    assert counted(report, "occupationSkillRelations.csv with a skillType that is blank") == 5
    assert counted(report, "skills_en.csv with a reuseLevel that is blank") == 5
    blank = sum(not row["skillType"] for row in rows["skills_en.csv"])
    assert counted(report, "skills_en.csv with a skillType that is blank") == blank
    made = report.things
    kinds = Counter(row["relationType"] for row in needs if row["occupationUri"] in known)
    for kind in ("essential", "optional"):
        assert made[f"{kind} skills of occupations"] == kinds[kind]
    written = set(lines.splitlines())
    assert len(written) == lines.count("\n")
    chosen = random.Random(7).sample([row for row in needs if row["occupationUri"] in known], 1000)  # noqa: S311
    for row in chosen:
        predicate = f"{PREFIXES['esco']}related{row['relationType'].title()}Skill"
        assert f"<{row['occupationUri']}> <{predicate}> <{row['skillUri']}> ." in written
    for name in ("occupations_en.csv", "skills_en.csv", "skillGroups_en.csv", "ISCOGroups_en.csv"):
        for row in rows[name]:
            words = row["preferredLabel"].strip().replace('"', '\\"')
            assert f'<{row["conceptUri"]}> <{PREFIXES["skos"]}prefLabel> "{words}"@en .' in written
