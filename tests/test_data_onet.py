"""The O*NET data: every title, job zone and share that ships is in the release, and none is missing."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "ontology" / "build"
FILE = ROOT / "ontology" / "data" / "onet.ttl"

RG = rdflib.Namespace("https://w3id.org/rolegraph/")
ROLE = rdflib.Namespace(f"{RG}role/")
SCHEMA = rdflib.Namespace("https://schema.org/")
SCALES = {"RL": RG.educationShare, "RW": RG.experienceShare}
KINDS = {"exact": "ExactMatch", "exact, ambiguous": "AmbiguousMatch", "near": "NearMatch", "none": "NoMatch"}
CODE = "O*NET-SOC Code"
GRAPH = rdflib.Graph().parse(FILE)


def build(source: Path, out: Path, scripts: Path = BUILD) -> subprocess.CompletedProcess[str]:
    """Run the build script."""
    return subprocess.run(
        [sys.executable, "-B", scripts / "onet.py", source, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )


def table(path: Path) -> list[dict[str, str]]:
    """Read a comma-separated table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def release(shared_data):
    """Give what reads a table of the official release."""
    archive = zipfile.ZipFile(shared_data / "onet" / "db_29_3_text.zip")

    def read(name: str) -> list[dict[str, str]]:
        lines = io.TextIOWrapper(archive.open(f"db_29_3_text/{name}.txt"), "utf-8", newline="")
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    return read


def codes_of(node: rdflib.term.Node | None) -> list[str]:
    """Return the codes of an occupation in O*NET, none for no occupation; those of the SOC have no point."""
    return [str(code) for code in GRAPH.objects(node, SKOS.notation) if "." in code] if node else []


def mappings() -> list[tuple[str, str, str, frozenset[str], str]]:
    """Return the matches: label of the role, kind, code, matched titles, last part of the source."""
    return [
        (
            str(GRAPH.value(claim, RG.role)).removeprefix(ROLE).replace("-", " "),
            str(GRAPH.value(claim, RG.match)).removeprefix(RG),
            "".join(codes_of(GRAPH.value(claim, RG.occupation))),
            frozenset(map(str, GRAPH.objects(claim, RG.matchedLabel))),
            str(GRAPH.value(claim, DCTERMS.source)).rpartition("/")[2],
        )
        for claim in GRAPH.subjects(RDF.type, RG.Mapping)
    ]


# --- occupations and what they ask for -------------------------------------------------------------


def test_the_fourteen_occupations_with_the_names_of_the_release(shared_data, release):
    titles = {row[CODE]: row["Title"] for row in release("Occupation Data")}
    nodes = list(GRAPH.subjects(RDF.type, RG.Occupation))
    found = {code: str(GRAPH.value(node, SKOS.prefLabel)) for node in nodes for code in codes_of(node)}
    fourteen = {row["onet_soc_code"] for row in table(shared_data / "seed-mapping" / "onet_facts.csv")}
    assert found.keys() == fourteen | {"15-1299.00"}  # the one that 15-1299.09 is a part of
    assert found == {code: titles[code] for code in found}
    for node in nodes:
        (code,) = codes_of(node)
        soc = {str(notation) for notation in GRAPH.objects(node, SKOS.notation)} - {code}
        whole = code.endswith(".00")
        assert soc == ({code.removesuffix(".00")} if whole else set())
        assert str(node) == f"{RG}occupation/" + (f"soc-{code[:7]}" if whole else f"onet-{code}")
    assert [(codes_of(part), codes_of(whole)) for part, whole in GRAPH.subject_objects(SKOS.broader)] == [
        (["15-1299.09"], ["15-1299.00"])
    ]


def test_every_share_above_zero_and_no_other(release):
    answers = {(row["scale"], row["category"]): row["label"] for row in table(BUILD / "onet_answers.csv")}
    codes = {row["onet_soc_code"] for row in table(BUILD / "occupations.csv")}
    rows = [row for row in release("Education, Training, and Experience") if row[CODE] in codes]
    wanted = {
        (row[CODE], row["Scale ID"], answers[row["Scale ID"], row["Category"]]): Decimal(row["Data Value"])
        for row in rows
        if row["Scale ID"] in SCALES and Decimal(row["Data Value"]) > 0
    }
    found = {}
    for claim in GRAPH.subjects(RDF.type, RG.Preparation):
        (code,) = codes_of(GRAPH.value(claim, RG.role))
        for scale, question in SCALES.items():
            for answer in GRAPH.subjects(RDFS.subPropertyOf, question):
                for figure in GRAPH.objects(claim, answer):
                    found[code, scale, str(GRAPH.value(answer, RDFS.label))] = Decimal(str(figure))
    assert found == wanted
    assert len(found) == 164
    assert all(row["Recommend Suppress"] != "Y" for row in rows if row["Scale ID"] in SCALES)
    for pair in {(code, scale) for code, scale, _ in found}:
        assert abs(sum(share for key, share in found.items() if key[:2] == pair) - 100) < Decimal("0.05")


def test_the_answers_are_those_of_the_questionnaire(release):
    names = {
        (row["Scale ID"], row["Category"]): row["Category Description"]
        for row in release("Education, Training, and Experience Categories")
        if row["Scale ID"] in SCALES
    }
    rows = table(BUILD / "onet_answers.csv")
    assert [(row["scale"], row["category"]) for row in rows] == list(names)
    for row in rows:
        name = names[row["scale"], row["category"]]
        if row["scale"] == "RL":
            assert name.lower().startswith(row["label"])
        elif name == "None":
            assert row["label"] == "no related experience"
        else:
            assert re.findall(r"\d+", name) == re.findall(r"\d+", row["label"])
            assert name.split()[-1] == row["label"].split()[-1]
            assert name.startswith("Over") == row["label"].startswith("over")
    degrees = {
        str(GRAPH.value(answer, RDFS.label)): str(degree).rpartition("/")[2]
        for answer, degree in GRAPH.subject_objects(RG.ofDegree)
    }
    assert degrees == {
        "associate's degree": "associate",
        "bachelor's degree": "bachelor",
        "master's degree": "master",
        "doctoral degree": "doctorate",
    }


def test_every_job_zone_and_its_date_and_no_other(release):
    codes = {row["onet_soc_code"] for row in table(BUILD / "occupations.csv")}
    wanted = {
        row[CODE]: (int(row["Job Zone"]), "-".join(reversed(row["Date"].split("/"))))
        for row in release("Job Zones")
        if row[CODE] in codes
    }
    found = {
        codes_of(GRAPH.value(claim, RG.role))[0]: (int(zone), str(GRAPH.value(claim, RG.period)))
        for claim, zone in GRAPH.subject_objects(RG.jobZone)
    }
    assert found == wanted
    assert len(found) == 13
    assert wanted["11-2021.00"] == (4, "2015-07")  # much older than the release that it stands in


def test_shares_are_dated_as_their_survey_is(release):
    dates = {(row[CODE], row["Date"]) for row in release("Education, Training, and Experience")}
    for claim in GRAPH.subjects(RDF.type, RG.Preparation):
        (code,) = codes_of(GRAPH.value(claim, RG.role))
        given = {date for row, date in dates if row == code}
        year, month = str(GRAPH.value(claim, RG.period)).split("-")
        assert given <= {f"{month}/{year}"}


# --- matches by whole titles -----------------------------------------------------------------------


def test_every_match_of_the_seed_roles_and_no_other(shared_data):
    wanted: dict[tuple[str, str, str], set[str]] = {}
    for row in table(shared_data / "seed-mapping" / "seed_roles.csv"):
        key = row["seed_role"], KINDS[row["onet_match"]], row["onet_soc_code"]
        wanted.setdefault(key, set()).update(filter(None, [row["onet_matched_row"]]))
    seed = {role for role, _, _ in wanted}
    found = {
        (role, kind, code): set(titles)
        for role, kind, code, titles, source in mappings()
        if source == "onet" and role in seed
    }
    assert found == wanted


def test_roles_are_matched_by_all_rows_of_their_title_and_never_by_acronym(release):
    rows = release("Alternate Titles")
    for role in {role for role, _, _, _, source in mappings() if source == "onet"} - {"chief executives"}:
        holders = set()
        for row in rows:
            title, short = row["Alternate Title"].lower(), row["Short Title"].lower()
            if title in {role, f"{role} ({short})", f"{short} ({role})"}:
                holders.add((row[CODE], row["Alternate Title"]))
        mine = {
            (code, title, kind)
            for name, kind, code, titles, source in mappings()
            if (name, source) == (role, "onet")
            for title in titles
        }
        if holders:
            assert {row[:2] for row in mine} == holders
            assert {row[2] for row in mine} == {"ExactMatch" if len(holders) == 1 else "AmbiguousMatch"}
        else:
            assert {row[2] for row in mine} <= {"NearMatch"}
            assert {row[:2] for row in mine} <= {(row[CODE], row["Alternate Title"]) for row in rows}
    by_acronym = {row[CODE] for row in rows if row["Short Title"] in {"CPO", "CMO"}}
    assert by_acronym == {"29-2091.00", "33-9032.00", "47-5041.00"}
    assert by_acronym.isdisjoint(code for _, _, code, _, _ in mappings())


def test_titles_said_to_be_reported_are_those_that_the_survey_reports(release):
    reported = {(row[CODE], row["Reported Job Title"]) for row in release("Sample of Reported Titles")}
    for claim in GRAPH.subjects(RDF.type, RG.Mapping):
        codes = codes_of(GRAPH.value(claim, RG.occupation))
        titles = {(code, str(title)) for code in codes for title in GRAPH.objects(claim, RG.matchedLabel)}
        assert (GRAPH.value(claim, RG.matchedIn) is not None) == bool(titles & reported)


def test_the_statistical_occupation_is_the_one_of_its_name():
    (found,) = [row for row in mappings() if row[0] == "chief executives"]
    assert found == ("chief executives", "ExactMatch", "11-1011.00", frozenset({"Chief Executives"}), "onet")


def test_matches_from_the_crosswalk_are_rows_of_it(shared_data):
    seed = table(shared_data / "seed-mapping" / "seed_roles.csv")
    esco = {(row["seed_role"], row["esco_uri"]) for row in seed if row["esco_match"] == "preferredLabel"}
    crosswalk = {
        (row["concept_uri"], row["onet_code"])
        for row in table(shared_data / "crosswalk" / "esco_onet_crosswalk_Nov2020.csv")
    }
    found = {row for row in mappings() if row[4] == "nesta-crosswalk"}
    assert {(role, kind, code) for role, kind, code, _, _ in found} == {
        ("chief marketing officer", "NearMatch", "11-2021.00"),
        ("chief technology officer", "NearMatch", "11-3021.00"),
    }
    for role, _, code, titles, _ in found:
        assert any((iri, code) in crosswalk for name, iri in esco if name == role)
        assert not titles


def test_matches_in_short_agree_with_the_claims():
    """An occupation is broader than a role: as exact matches, CTO and CEO would be the same thing."""
    short = {
        RG.ExactMatch: SKOS.broadMatch,
        RG.AmbiguousMatch: SKOS.broadMatch,
        RG.NearMatch: SKOS.relatedMatch,
    }
    claimed = {
        (GRAPH.value(claim, RG.role), short[GRAPH.value(claim, RG.match)], occupation)
        for claim, occupation in GRAPH.subject_objects(RG.occupation)
    }
    statistical = ROLE["chief-executives"]
    claimed = {(s, SKOS.exactMatch if s == statistical else p, o) for s, p, o in claimed}
    said = {(s, p, o) for s, p, o in GRAPH if s in ROLE and p != RG.describedAs}
    assert said == claimed
    assert set(GRAPH.subject_objects(RG.describedAs)) == {(s, o) for s, _, o in claimed}


def test_what_is_ambiguous_near_or_absent_says_why():
    for claim in GRAPH.subjects(RDF.type, RG.Mapping):
        match = GRAPH.value(claim, RG.match)
        if match in {RG.AmbiguousMatch, RG.NearMatch}:
            assert len(str(GRAPH.value(claim, RG.doubt))) > 20
        assert (GRAPH.value(claim, RG.text) is not None) == (match == RG.NoMatch)


# --- provenance and the script ---------------------------------------------------------------------


def test_the_data_set_names_licence_version_publisher_and_attribution():
    graph, source = RG["graph/onet"], RG["source/onet"]
    assert GRAPH.value(graph, DCTERMS.source) == source
    assert str(GRAPH.value(graph, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(GRAPH.value(graph, OWL.versionInfo)) == "29.3"
    notice = str(GRAPH.value(graph, SCHEMA.copyrightNotice))
    assert notice.startswith("This product includes information from the O*NET 29.3 Database by the U.S. Dep")
    assert "USDOL/ETA has not approved, endorsed, or tested these modifications." in notice
    for used in {GRAPH.value(claim, DCTERMS.source) for claim in GRAPH.subjects(RG.evidence)}:
        assert GRAPH.value(used, DCTERMS.publisher / SKOS.prefLabel) is not None
        assert GRAPH.value(used, DCTERMS.date) is not None


def test_the_script_gives_the_same_bytes_again_and_reports_what_is_missing(shared_data, tmp_path):
    done = build(shared_data / "onet", tmp_path)
    assert done.returncode == 0, done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["onet.ttl"]
    assert (tmp_path / "onet.ttl").read_bytes() == FILE.read_bytes()
    assert done.stderr.splitlines() == [
        "onet.py: 11-9199.00 has no row in Job Zones",
        "onet.py: 11-9199.00 has no row in Education, Training, and Experience",
        "onet.py: 13-1082.00 has no row in Education, Training, and Experience",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "chief-product-officer,none,,,",
            "chief-product-officer,exact,Certified Prosthetist Orthotist (CPO),29-2091.00,",
        ),
        ("product-manager,exact,Product Manager", "product-manager,exact,Product Owner"),
        ("brand-manager,ambiguous,Brand Manager,11-2011.00", "other,near,Brand Manager,11-2011.00"),
        ("unit-manager,near,Business Unit Manager", "unit-manager,exact,Business Unit Manager"),
        ("executives,exact,Chief Executives,11-1011.00", "executives,exact,Sales Managers,11-2022.00"),
    ],
)
def test_a_match_that_the_titles_do_not_bear_out_is_refused(shared_data, tmp_path, old, new):
    scripts = shutil.copytree(BUILD, tmp_path / "build")
    text = (scripts / "role_onet.csv").read_text("utf-8")
    assert old in text
    (scripts / "role_onet.csv").write_text(text.replace(old, new, 1), "utf-8")
    done = build(shared_data / "onet", tmp_path, scripts)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("onet.py: role_onet.csv: ")


def test_a_missing_file_table_or_column_is_named(tmp_path):
    done = build(tmp_path, tmp_path)
    assert done.returncode == 2
    assert "db_29_3_text.zip: no such file" in done.stderr
    with zipfile.ZipFile(tmp_path / "db_29_3_text.zip", "w") as archive:
        archive.writestr("db_29_3_text/Occupation Data.txt", "O*NET-SOC Code\tName\n11-1011.00\tx\n")
    assert "Occupation Data: no column Title" in build(tmp_path, tmp_path).stderr
    with zipfile.ZipFile(tmp_path / "db_29_3_text.zip", "w") as archive:
        archive.writestr("db_29_3_text/Occupation Data.txt", "O*NET-SOC Code\tTitle\n11-1011.00\tx\n")
    assert "no table Alternate Titles.txt" in build(tmp_path, tmp_path).stderr


def test_the_examples_in_the_script_hold():
    done = subprocess.run([sys.executable, "-B", "-m", "doctest", "onet.py"], cwd=BUILD, check=False)
    assert done.returncode == 0
