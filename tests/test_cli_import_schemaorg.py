"""`import schemaorg` and `export --as schema.org` on the command line: streams, formats, exit codes."""

from __future__ import annotations

import json

import pytest
from cli_runner import HOSTILE, agrees, examples, process, rolegraph, steering
from worlds import WORLD

import rolegraph as rg

PAGE = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "cook",
    "skills": ["baking", "plating"],
}


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "cook.jsonld"
    file.write_text(json.dumps(PAGE))
    return file


def test_the_report_comes_in_every_format_and_what_was_written_on_the_other_stream(page, tmp_path):
    report = rg.import_schemaorg(page, tmp_path / "expected.nt", publisher="The Anchor")
    target = tmp_path / "out.nt"
    call = ("import", "schemaorg", str(page), "-o", str(target), "--publisher", "The Anchor")
    piped = agrees(call, report.table(), report.to_dict())
    assert piped.err == f"Wrote {target}\n"
    assert target.read_bytes() == (tmp_path / "expected.nt").read_bytes()
    shown = rolegraph(*call, "--format", "table").out
    assert "2  claims: SkillRequirement" in shown
    assert "1  roles" in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"@context": "https://x.example/"}', "names the remote context 'https://x.example/'"),
        ("{", "cook.jsonld:1:2: is no JSON"),
        ('{"@context": "https://schema.org"}', "holds no occupation"),
        ("[" * 200_000, "nested deeper than 100"),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_nothing_is_written(page, tmp_path, text, message):
    page.write_text(text)
    answer = process("import", "schemaorg", str(page), "-o", str(tmp_path / "out.ttl"))
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err.startswith(f"Error: {page}")
    assert message in answer.err
    assert answer.err.count("\n") == 1
    assert {file.name for file in tmp_path.iterdir()} == {"cook.jsonld"}


def test_a_day_of_access_that_is_none_is_refused(page, tmp_path):
    answer = rolegraph(
        "import", "schemaorg", str(page), "-o", str(tmp_path / "out.ttl"), "--accessed", "today"
    )
    assert (answer.code, answer.out) == (2, "")
    assert "'today' is no date; write it as 2026-11-29" in answer.err


@pytest.mark.parametrize("kind", ["table", "tsv", "csv", "md"])
def test_names_from_pages_cannot_steer_a_terminal(page, tmp_path, kind):
    page.write_text(
        json.dumps(PAGE | {"title": HOSTILE, "skills": f"{HOSTILE};{HOSTILE}", "baseSalary": HOSTILE})
    )
    target = str(tmp_path / "out.nt")
    answer = rolegraph("import", "schemaorg", str(page), "-o", target, "--format", kind)
    assert answer.code == 0
    assert steering(answer.out, allowed="\n\t\r") == set()
    assert steering(answer.err, allowed="\n") == set()


def test_keeping_schema_orgs_own_terms_is_a_choice(page, tmp_path):
    for choice, there in (("--keep", True), ("--no-keep", False)):
        target = tmp_path / f"out{choice}.ttl"
        assert rolegraph("import", "schemaorg", str(page), "-o", str(target), choice).code == 0
        assert rg.open(target).ask("ASK { ?posting a schema:JobPosting }") is there


def test_the_help_has_an_example_that_runs(page, tmp_path):
    (line,) = examples(rolegraph("import", "schemaorg", "-h").out)
    words = line.split()[1:]
    words[words.index("posting.html")] = str(page)
    words[words.index("postings.ttl")] = str(tmp_path / "postings.ttl")
    assert rolegraph(*words).code == 0
    assert (tmp_path / "postings.ttl").exists()


def test_export_as_schema_org_writes_what_the_library_writes(tmp_path):
    target = tmp_path / "roles.json"
    answer = rolegraph("export", str(target), "--as", "schema.org", "--data", str(WORLD))
    assert (answer.code, answer.out, answer.err) == (0, "", f"Wrote {target}\n")
    expected = rg.open(WORLD).export(tmp_path / "expected.json", "schema.org").read_bytes()
    assert target.read_bytes() == expected
    assert rolegraph("export", str(target), "--as", "rdfa").code == 2
