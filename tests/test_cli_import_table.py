"""`import table` and `export --table` on the command line."""

from __future__ import annotations

import json

import pytest
import tables
from cli_runner import process, rolegraph, steering

import rolegraph as rg


@pytest.fixture
def company(tmp_path):
    """Give a folder with the tables of a company."""
    return tables.write(tmp_path / "acme", tables.COMPANY)


def test_from_empty_tables_to_a_path(tmp_path):
    folder, out = tmp_path / "jobs", tmp_path / "jobs.ttl"
    begun = rolegraph("import", "table", str(folder), "--init")
    assert (begun.code, begun.out) == (0, "")
    assert f"Wrote {folder}; fill it in" in begun.err
    for name, lines in {
        "roles": "Cook,,,,Kitchen,,,,,,\r\nHead cook,,,,,,,,5,,\r\n",
        "moves": "Cook,Head cook,stated,,,,,\r\n",
    }.items():
        with (folder / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write(lines)
    made = rolegraph("import", "table", str(folder), "-o", str(out), "--name", "Diner", "--format", "table")
    assert made.code == 0
    assert "as the data set diner" in made.out
    assert "2  roles.csv" in made.out
    assert made.err == f"Wrote {out}\n"
    path = rolegraph("path", "cook", "head cook", "--data", str(out), "--format", "table")
    assert path.out.startswith("Cook -> Head cook\n")
    assert rolegraph("validate", str(out)).code == 0


def test_the_report_is_the_same_in_every_format(company, tmp_path):
    arguments = ("import", "table", str(company), "-o", str(tmp_path / "out.nt"))
    report = rg.import_table(company, tmp_path / "out.nt")
    assert json.loads(rolegraph(*arguments, "--format", "json").out) == report.to_dict()
    assert rolegraph(*arguments, "--format", "csv").rows("csv")[0] == ["what", "name", "count", "examples"]
    assert rolegraph(*arguments).rows("tsv")[1][:3] == ["rows", "credentials.csv", "2"]


def test_every_mistake_is_a_line_of_its_own(tmp_path):
    folder = tables.write(
        tmp_path / "bad", {"roles": [{"name": "A", "years": "x" * 5000}, {"name": "A"}, {"years": "1"}]}
    )
    answer = rolegraph("import", "table", str(folder), "-o", str(tmp_path / "out.ttl"))
    assert (answer.code, answer.out) == (2, "")
    lines = answer.err.splitlines()
    assert lines[0].startswith(f"Error: {folder}/roles.csv:2:years: ")
    places = [line.partition("roles.csv:")[2].partition(": ")[0] for line in lines]
    assert places == ["2:years", "3:name", "4:name"]
    assert not (tmp_path / "out.ttl").exists()


def test_cells_steer_no_terminal(tmp_path):
    hostile = "\x1b[31m\x1b]0;owned\x07\u202e"
    folder = tables.write(
        tmp_path / "bad",
        {
            "roles": [{"name": hostile, "years": hostile}],
            hostile and "moves": [{"from": hostile, "to": "x", "kind": "y"}],
        },
    )
    answer = rolegraph("import", "table", str(folder), "-o", str(tmp_path / "out.ttl"))
    assert answer.code == 2
    assert steering(answer.err) == set()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("in",), "Say where to write with -o"),
        (("", "-o", "x.ttl"), "No file or folder has an empty name"),
        (("in", "-o", ""), "No file or folder has an empty name"),
        (("in", "--init", "-o", "x.ttl"), "--init writes to in and takes no other option"),
        (("in", "--init", "--ladders"), "--init writes to in and takes no other option"),
        (("none", "-o", "x.ttl"), "none: No such file or directory"),
        (("in", "-o", "x.ttl", "--layout", "none"), "layouts that ship: uk-gdad"),
        (("in", "-o", "x.ttl", "--base", "acme"), "is no base of IRIs"),
    ],
)
def test_wrong_calls_say_what_is_right(arguments, says):
    answer = rolegraph("import", "table", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_the_help_of_import_lists_its_sources():
    answer = rolegraph("import", "--help")
    assert answer.code == 0
    assert "\n  table  " in answer.out
    missing = rolegraph("import", "tabel")
    assert missing.code == 2
    assert "Did you mean 'table'?" in missing.err


def test_export_table_says_what_has_no_room(tmp_path):
    answer = rolegraph("export", "--table", str(tmp_path / "out"), "--data", "curated")
    assert (answer.code, answer.out) == (0, "")
    lines = answer.err.splitlines()
    assert lines[0].startswith(f"Wrote {tmp_path / 'out'}: roles.csv 46, ")
    assert "Not in the tables, which have no room for it:" in lines
    assert any(line.strip() == "8 rg:Duty" for line in lines)
    again = rolegraph("export", "--table", str(tmp_path / "out"))
    assert again.code == 2
    assert "is no empty folder" in again.err


def test_tables_come_back_through_the_command_line(company, tmp_path):
    out = str(tmp_path / "acme.ttl")
    assert process("import", "table", str(company), "-o", out).code == 0
    assert rolegraph("export", str(tmp_path / "back"), "--table", "--data", out).code == 0
    assert tables.read(tmp_path / "back") == tables.in_order(tables.COMPANY)
