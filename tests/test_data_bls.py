"""The BLS data: every wage, outlook and typical entry that ships is in BLS's tables, and none is missing."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS, XSD

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "ontology" / "build"
DATA = ROOT / "ontology" / "data"
FILES = {"bls-oews": DATA / "bls-oews.ttl", "bls-ep": DATA / "bls-ep.ttl"}

RG = rdflib.Namespace("https://w3id.org/rolegraph/")
SCHEMA = rdflib.Namespace("https://schema.org/")
MEASURES = {
    "annual_p10": SCHEMA.percentile10,
    "annual_p25": SCHEMA.percentile25,
    "annual_median": RG.amount,
    "annual_p75": SCHEMA.percentile75,
    "annual_p90": SCHEMA.percentile90,
}
WAGES = rdflib.Graph().parse(FILES["bls-oews"])
OUTLOOKS = rdflib.Graph().parse(FILES["bls-ep"])


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the build script."""
    return subprocess.run(
        [sys.executable, "-B", BUILD / "bls.py", source, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )


def table(path: Path) -> dict[str, dict[str, str]]:
    """Read a table of BLS, by code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["soc_code"]: row for row in csv.DictReader(lines)}


@pytest.fixture(scope="session")
def wages(shared_data):
    """Give the wages of BLS."""
    return table(shared_data / "oews-2025" / "national.csv")


@pytest.fixture(scope="session")
def projections(shared_data):
    """Give the projections of BLS."""
    return table(shared_data / "bls-ep-2024-34" / "occupations.csv")


@pytest.fixture
def copied(shared_data, tmp_path):
    """Give a copy of BLS's tables, to be changed."""
    for folder in ("oews-2025", "bls-ep-2024-34"):
        shutil.copytree(shared_data / folder, tmp_path / folder, copy_function=shutil.copyfile)
        (tmp_path / folder).chmod(0o755)
    return tmp_path


def codes() -> set[str]:
    """Return the SOC codes of the occupations that the mapping table lists."""
    lines = (BUILD / "occupations.csv").read_text("utf-8").splitlines()
    return {line[:7] for line in lines[1:]}


def code(graph: rdflib.Graph, claim: rdflib.term.Node) -> str:
    """Return the SOC code of what a claim is about."""
    return str(graph.value(claim, RG.role)).removeprefix(f"{RG}occupation/soc-")


def figures(graph: rdflib.Graph, code_: str) -> dict[str, int]:
    """Return the wages of one occupation, by measure."""
    claim = rdflib.URIRef(f"{RG}claim/bls-oews/pay-soc-{code_}")
    return {name: int(graph.value(claim, p)) for name, p in MEASURES.items() if graph.value(claim, p)}


# --- wages -----------------------------------------------------------------------------------------


def test_every_wage_and_no_other(wages):
    found = {
        code(WAGES, claim): figures(WAGES, code(WAGES, claim)) for claim in WAGES.subjects(RDF.type, RG.Pay)
    }
    assert found == {code_: {name: int(wages[code_][name]) for name in MEASURES} for code_ in codes()}
    assert len(found) == 14
    assert set(WAGES.subjects(RG.role)) == set(WAGES.subjects(RDF.type, RG.Pay))


def test_wages_say_what_they_measure_where_and_when():
    for claim in WAGES.subjects(RDF.type, RG.Pay):
        said = {predicate: str(value) for predicate, value in WAGES.predicate_objects(claim)}
        assert said[RG.statistic] == str(RG.MedianWage)
        assert (said[RG.currency], said[SCHEMA.unitText], said[RG.period]) == ("USD", "YEAR", "2025-05")
        assert said[RG.area] == f"{RG}area/united-states"
        assert said[DCTERMS.source] == f"{RG}source/bls-oews"


def test_none_of_these_wages_has_a_footnote_so_none_is_cut_off(wages):
    assert {wages[code_]["footnotes"] for code_ in codes()} == {""}
    assert list(WAGES.subjects(RG.topCoded)) == []


def test_what_bls_cuts_off_or_withholds_is_marked_or_left_out(copied):
    file = copied / "oews-2025" / "national.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)

    def change(code_: str, old: str, new: str, notes: str) -> None:
        (place,) = [n for n, line in enumerate(lines) if line.startswith(f"{code_},")]
        assert old in lines[place]
        lines[place] = lines[place].replace(old, new).rstrip() + notes + "\n"

    change("11-1011", ",356200,507730,", ",239200,239200,", "annual_p75=5;annual_p90=5")
    change("11-2021", ",90260,", ",-,", "annual_p10=4")
    change("27-1022", ",80960,", ",-,", "annual_median=4")
    file.write_text("".join(lines), "utf-8")
    done = build(copied, copied / "out")
    assert done.returncode == 0
    assert done.stderr == "bls.py: 27-1022: BLS gives no annual median\n"
    graph = rdflib.Graph().parse(copied / "out" / "bls-oews.ttl")
    (cut,) = graph.subjects(RG.topCoded, rdflib.Literal(True))
    assert code(graph, cut) == "11-1011"
    assert str(graph.value(cut, RG.qualifier)) == "at least: 75th percentile, 90th percentile"
    assert figures(graph, "11-1011")["annual_p90"] == 239200
    assert set(MEASURES) - set(figures(graph, "11-2021")) == {"annual_p10"}
    assert figures(graph, "27-1022") == {}


def test_the_guides_older_figure_stays_beside_the_new_one(projections):
    guide = rdflib.Graph().parse(DATA / "coursera-cpo-guide.ttl")
    (older,) = [
        claim
        for claim in guide.subjects(RDF.type, RG.Pay)
        if guide.value(claim, RG.role) == RG["role/chief-executives"]
    ]
    assert (int(guide.value(older, RG.amount)), str(guide.value(older, RG.period))) == (206420, "2024")
    assert projections["11-1011"]["median_annual_wage"] == "206420"  # BLS confirms it, for May 2024
    assert figures(WAGES, "11-1011")["annual_median"] == 213990


# --- projections -----------------------------------------------------------------------------------


def test_every_outlook_and_no_other(projections):
    found = {
        code(OUTLOOKS, claim): (
            Decimal(str(OUTLOOKS.value(claim, RG.growthPercent))),
            Decimal(str(OUTLOOKS.value(claim, RG.annualOpenings))) / 1000,
            str(OUTLOOKS.value(claim, RG.startYear)),
            str(OUTLOOKS.value(claim, RG.endYear)),
        )
        for claim in OUTLOOKS.subjects(RDF.type, RG.Outlook)
    }
    assert found == {
        code_: (
            Decimal(projections[code_]["employment_change_pct"]),
            Decimal(projections[code_]["annual_openings"]),
            "2024",
            "2034",
        )
        for code_ in codes()
    }
    assert found["11-2011"][0] < 0  # a decline stays one
    assert {openings.datatype for openings in OUTLOOKS.objects(None, RG.annualOpenings)} == {XSD.integer}


def test_every_typical_entry_and_no_other(projections):
    degrees = {"Bachelor's degree": "bachelor"}
    experience = {
        "None": "no experience",
        "Less than 5 years": "less than 5 years",
        "5 years or more": "5 years or more",
    }
    found = {
        code(OUTLOOKS, claim): (
            str(OUTLOOKS.value(claim, RG.degree)).rpartition("/")[2],
            str(OUTLOOKS.value(claim, RG.text)).removesuffix(" in a related occupation"),
            OUTLOOKS.value(claim, RG.minimumYears),
        )
        for claim in OUTLOOKS.subjects(RDF.type, RG.EducationRequirement)
    }
    assert found == {
        code_: (
            degrees[projections[code_]["typical_education"]],
            experience[projections[code_]["work_experience"]],
            rdflib.Literal(5) if projections[code_]["work_experience"] == "5 years or more" else None,
        )
        for code_ in codes()
    }
    assert set(OUTLOOKS.objects(None, RG.necessity)) == {RG.Typical}
    both = set(OUTLOOKS.subjects(RDF.type, RG.ExperienceRequirement))
    assert both == set(OUTLOOKS.subjects(RDF.type, RG.EducationRequirement))


def test_entry_that_is_not_known_is_refused(copied):
    file = copied / "bls-ep-2024-34" / "occupations.csv"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^(11-1011,.*)Bachelor's degree", r"\1Guild membership", text), "utf-8")
    done = build(copied, copied / "out")
    assert done.returncode == 2
    assert "Chief executives: new: 'Guild membership'" in done.stderr


# --- both ------------------------------------------------------------------------------------------


def test_both_tables_and_onet_mean_the_same_occupations(wages, projections):
    onet = rdflib.Graph().parse(DATA / "onet.ttl")
    for code_ in codes():
        label = str(onet.value(RG[f"occupation/soc-{code_}"], SKOS.prefLabel))
        assert label == wages[code_]["title"]
        assert label.lower() == projections[code_]["title"].lower()


@pytest.mark.parametrize("key", FILES)
def test_the_data_set_names_licence_version_publisher_and_date(key):
    graph = rdflib.Graph().parse(FILES[key])
    data_set, source = RG[f"graph/{key}"], RG[f"source/{key}"]
    assert graph.value(data_set, DCTERMS.source) == source
    assert "publicdomain" in str(graph.value(data_set, DCTERMS.license))
    assert graph.value(data_set, OWL.versionInfo) is not None
    assert graph.value(source, DCTERMS.publisher) == RG["org/us-bureau-of-labor-statistics"]
    assert graph.value(source, DCTERMS.date) or graph.value(source, RG.accessed)
    assert set(graph.objects(None, DCTERMS.source)) == {source}


def test_the_script_gives_the_same_bytes_again(shared_data, tmp_path):
    done = build(shared_data, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {file.name for file in tmp_path.iterdir()} == {"bls-oews.ttl", "bls-ep.ttl"}
    for file in FILES.values():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("oews-2025/national.csv", "annual_p90", "p90", "no column annual_p90"),
        ("oews-2025/national.csv", "\n11-2021,", "\n11-2020,", "needs one line for each of"),
        ("oews-2025/footnotes.csv", "code,text", "code,note", "no column text"),
        ("bls-ep-2024-34/occupations.csv", "annual_openings", "openings", "no column annual_openings"),
    ],
)
def test_wrong_input_is_refused(copied, file, old, new, message):
    text = (copied / file).read_text("utf-8")
    assert old in text
    (copied / file).write_text(text.replace(old, new, 1), "utf-8")
    done = build(copied, copied / "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_named(tmp_path):
    done = build(tmp_path, tmp_path)
    assert done.returncode == 2
    assert "oews-2025/footnotes.csv: no such file" in done.stderr
