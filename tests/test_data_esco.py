"""The ESCO data: every name, relation and match that ships is in ESCO's files, and none is missing."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "ontology" / "build"
DATA = ROOT / "ontology" / "data"
FILE = DATA / "esco.ttl"

RG = rdflib.Namespace("https://w3id.org/rolegraph/")
ROLE = rdflib.Namespace(f"{RG}role/")
SCHEMA = rdflib.Namespace("https://schema.org/")
ESCO = rdflib.Namespace("http://data.europa.eu/esco/model#")
RELATIONS = {"essential": ESCO.relatedEssentialSkill, "optional": ESCO.relatedOptionalSkill}
GRAPH = rdflib.Graph().parse(FILE)


def build(source: Path, out: Path, scripts: Path = BUILD) -> subprocess.CompletedProcess[str]:
    """Run the build script."""
    return subprocess.run(
        [sys.executable, "-B", scripts / "esco.py", source, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )


def table(path: Path) -> list[dict[str, str]]:
    """Read a comma-separated table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def older(shared_data: Path, name: str) -> dict[str, dict[str, str]]:
    """Read a table of the official release 1.1.1, by IRI."""
    (archive,) = (shared_data / "esco").glob("*classification*.zip")
    with zipfile.ZipFile(archive) as files:
        lines = io.TextIOWrapper(files.open(name), "utf-8", newline="")
        return {row["conceptUri"]: row for row in csv.DictReader(lines)}


def words(node: rdflib.term.Node) -> str:
    """Return the label of a thing."""
    return str(GRAPH.value(node, SKOS.prefLabel))


def mappings() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the matches of roles: label of the role and IRI of the occupation; kind and matched label."""
    return {
        (str(GRAPH.value(claim, RG.role)).removeprefix(ROLE).replace("-", " "), str(occupation)): (
            str(GRAPH.value(claim, RG.match)).removeprefix(RG),
            str(GRAPH.value(claim, RG.matchedLabel)),
        )
        for claim, occupation in GRAPH.subject_objects(RG.occupation)
    }


# --- what the file says ----------------------------------------------------------------------------


def test_every_relation_and_no_other(shared_data):
    wanted = {
        (row["esco_occupation_uri"], RELATIONS[row["relation"]], row["skill_uri"])
        for row in table(shared_data / "seed-mapping" / "esco_role_skills.csv")
    }
    found = {
        (str(occupation), predicate, str(skill))
        for predicate in RELATIONS.values()
        for occupation, skill in GRAPH.subject_objects(predicate)
    }
    assert found == wanted
    assert len(found) == 665


def test_every_name_and_code_and_no_other(shared_data):
    rows = table(shared_data / "seed-mapping" / "esco_role_skills.csv")
    occupations = {
        (row["esco_occupation_uri"], row["esco_occupation"].strip(), row["esco_code"]) for row in rows
    }
    assert occupations == {
        (str(node), words(node), str(GRAPH.value(node, SKOS.notation)))
        for node in GRAPH.subjects(RDF.type, RG.Occupation)
    }
    assert len(occupations) == 9
    needed = {skill for predicate in RELATIONS.values() for skill in GRAPH.objects(None, predicate)}
    assert {(row["skill_uri"], row["skill_label"].strip()) for row in rows} == {
        (str(node), words(node)) for node in needed
    }


def test_skills_from_elsewhere_in_esco_have_their_names_there(shared_data):
    needed = {skill for predicate in RELATIONS.values() for skill in GRAPH.objects(None, predicate)}
    others = set(GRAPH.subjects(RDF.type, RG.Skill)) - needed
    assert others == set(GRAPH.objects(None, RG.mappedSkill)) - needed != set()
    release = older(shared_data, "skills_en.csv")
    assert {words(node): release[str(node)]["preferredLabel"] for node in others} == {
        words(node): words(node) for node in others
    }


def test_only_names_and_codes_are_carried():
    carried = {RDF.type, SKOS.prefLabel, SKOS.notation, *RELATIONS.values()}
    for kind in (RG.Occupation, RG.Skill):
        for node in GRAPH.subjects(RDF.type, kind):
            assert set(GRAPH.predicates(node)) <= carried
            assert len(words(node)) < 80


# --- matches ---------------------------------------------------------------------------------------


def test_every_match_of_a_role_and_no_other(shared_data):
    seed = table(shared_data / "seed-mapping" / "seed_roles.csv")
    wanted = {(row["seed_role"], row["esco_uri"]): row["esco_matched_label"] for row in seed}
    assert {pair: label for pair, (_, label) in mappings().items()} == wanted
    preferred = {(row["seed_role"], row["esco_uri"]) for row in seed if row["esco_match"] == "preferredLabel"}
    assert {pair for pair, (kind, _) in mappings().items() if kind == "ExactMatch"} == preferred


def test_matched_labels_stand_in_the_release(shared_data):
    """The older release has all nine occupations but the chief product officer, which is new in 1.2."""
    release = older(shared_data, "occupations_en.csv")
    holders = defaultdict(set)
    for iri, row in release.items():
        for label in row["altLabels"].split("\n"):
            holders[label.strip()].add(iri)
    unknown = set()
    for (role, occupation), (kind, label) in mappings().items():
        if occupation not in release:
            unknown.add(words(rdflib.URIRef(occupation)))
        elif kind == "ExactMatch":
            assert release[occupation]["preferredLabel"] == label == role
        else:
            assert occupation in holders[label]
            assert label == role
            assert (kind == "AmbiguousMatch") == (len(holders[label]) > 1)
    assert unknown == {"chief product officer"}


def test_matches_in_short_agree_with_the_claims():
    short = {"ExactMatch": SKOS.exactMatch, "CloseMatch": SKOS.closeMatch}
    short |= {"AmbiguousMatch": SKOS.closeMatch, "NearMatch": SKOS.relatedMatch}
    claimed = {
        (role, short[kind], rdflib.URIRef(occupation))
        for (label, occupation), (kind, _) in mappings().items()
        for role in [ROLE[label.replace(" ", "-")]]
    }
    said = {
        (role, predicate, occupation)
        for role, predicate, occupation in GRAPH
        if role in ROLE and predicate != RG.describedAs
    }
    assert said == claimed
    assert set(GRAPH.subject_objects(RG.describedAs)) == {(role, end) for role, _, end in claimed}


def test_each_of_the_guides_eleven_skills_is_matched_or_said_to_have_none():
    guide = rdflib.Graph().parse(DATA / "coursera-cpo-guide.ttl")
    eleven = {
        guide.value(claim, RG.skill)
        for claim in guide.subjects(RDF.type, RG.SkillRequirement)
        if guide.value(claim, RG.role) == ROLE["chief-product-officer"]
    }
    assert len(eleven) == 11
    claims = list(GRAPH.subjects(RDF.type, RG.SkillMapping))
    assert {GRAPH.value(claim, RG.skill) for claim in claims} >= eleven
    ours = set(guide.subjects(RDF.type, RG.Skill))
    for claim in claims:
        skill, theirs, match = (GRAPH.value(claim, p) for p in (RG.skill, RG.mappedSkill, RG.match))
        assert skill in ours
        assert (theirs is None) == (match == RG.NoMatch)
        assert len(str(GRAPH.value(claim, RG.text))) > 20
        links = set(GRAPH.predicates(skill, theirs)) if theirs else set()
        right = {
            RG.ExactMatch: [{SKOS.exactMatch}],
            RG.CloseMatch: [{SKOS.closeMatch}],
            RG.NearMatch: [{SKOS.narrowMatch}, {SKOS.relatedMatch}],
            RG.NoMatch: [set()],
        }
        assert links in right[match]
    none = [claim for claim in claims if GRAPH.value(claim, RG.match) == RG.NoMatch]
    assert [str(GRAPH.value(claim, RG.skill)) for claim in none] == [f"{RG}skill/interpersonal-skills"]


def test_no_two_of_our_things_are_an_exact_match_of_the_same():
    """SKOS takes exact matches to be transitive: two things that match a third exactly would be one."""
    assert max(Counter(GRAPH.objects(None, SKOS.exactMatch)).values()) == 1


# --- provenance and the script ---------------------------------------------------------------------


def test_the_data_set_names_licence_version_publisher_and_attribution():
    graph, source = RG["graph/esco"], RG["source/esco"]
    assert GRAPH.value(graph, DCTERMS.source) == source
    assert GRAPH.value(graph, DCTERMS.license) is not None
    assert str(GRAPH.value(graph, OWL.versionInfo)) == "1.2.0"
    assert "This service uses the ESCO classification of the European Commission." in str(
        GRAPH.value(graph, SCHEMA.copyrightNotice)
    )
    assert words(GRAPH.value(source, DCTERMS.publisher)) == "European Commission"
    assert GRAPH.value(source, DCTERMS.date) is not None
    claims = {*GRAPH.subjects(RDF.type, RG.Mapping), *GRAPH.subjects(RDF.type, RG.SkillMapping)}
    assert {GRAPH.value(claim, DCTERMS.source) for claim in claims} == {source}


def test_the_script_gives_the_same_bytes_again(shared_data, tmp_path):
    done = build(shared_data / "seed-mapping", tmp_path)
    assert done.returncode == 0, done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["esco.ttl"]
    assert (tmp_path / "esco.ttl").read_bytes() == FILE.read_bytes()


def test_stray_blanks_and_the_order_of_lines_change_nothing(shared_data, tmp_path):
    text = (shared_data / "seed-mapping" / "esco_role_skills.csv").read_text("utf-8")
    head, *lines = text.splitlines()
    lines = [f"  {line.replace(',', ' ,', 1)}  " if "product manager" in line else line for line in lines]
    (tmp_path / "esco_role_skills.csv").write_text("\n".join([head, *reversed(lines)]), "utf-8")
    assert build(tmp_path, tmp_path).returncode == 0
    assert (tmp_path / "esco.ttl").read_bytes() == FILE.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("esco_code,", "code,", "no column esco_code"),
        (",essential,", ",needed,", "'needed'"),
        ("chief product officer,1223.3,", "head of product,1223.3,", "two names"),
        ("http://data.europa.eu/esco/skill/", "http://example.org/", "not an IRI of"),
    ],
)
def test_wrong_input_is_refused(shared_data, tmp_path, old, new, message):
    text = (shared_data / "seed-mapping" / "esco_role_skills.csv").read_text("utf-8")
    (tmp_path / "esco_role_skills.csv").write_text(text.replace(old, new, 1), "utf-8")
    done = build(tmp_path, tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_named(tmp_path):
    done = build(tmp_path, tmp_path)
    assert done.returncode == 2
    assert "esco_role_skills.csv: no such file" in done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("role_esco.csv", "product-manager,exact,product manager", "product-manager,exact,product owner"),
        ("role_esco.csv", "unit-manager,close,", "unit-manager,exact,"),
        ("skill_esco.csv", "inspect data,http", "inspect figures,http"),
    ],
)
def test_a_match_that_the_release_does_not_bear_out_is_refused(shared_data, tmp_path, file, old, new):
    scripts = shutil.copytree(BUILD, tmp_path / "build")
    text = (scripts / file).read_text("utf-8")
    assert old in text
    (scripts / file).write_text(text.replace(old, new), "utf-8")
    done = build(shared_data / "seed-mapping", tmp_path, scripts)
    assert done.returncode == 2
    assert f"esco.py: {file}: " in done.stderr


def test_the_examples_in_what_the_scripts_share_hold():
    done = subprocess.run([sys.executable, "-B", "-m", "doctest", "turtle.py"], cwd=BUILD, check=False)
    assert done.returncode == 0
