"""A terminal shows styles unless NO_COLOR is set, and what is longer than the screen goes through a pager."""

from __future__ import annotations

import sys

import pytest
from cli_runner import Answer, on_terminal, process, rolegraph, unstyled
from worlds import WORLD

TABLE = ("queries", "--format", "table")
STYLE = "\x1b["

#: A pager that shows that it was there, and what it was asked.
PAGER = f"""{sys.executable} -c 'import os, sys
text = sys.stdin.read()
print("PAGED", len(text.splitlines()), os.environ.get("LESS"))
sys.stdout.write(text)'"""


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "LESS"):
        monkeypatch.delenv(name, raising=False)


def paged(*arguments: str, lines: int, pager: str = PAGER, term: str = "xterm") -> Answer:
    """Run the command line on a terminal of so many lines, with a pager."""
    return on_terminal(*arguments, term=term, LINES=str(lines), PAGER=pager)


# -- styles ----------------------------------------------------------------------------------------


def test_a_terminal_shows_styles_and_a_pipe_does_not():
    shown = on_terminal(*TABLE, term="xterm-256color")
    assert STYLE in shown.out
    piped = process(*TABLE, TERM="xterm-256color")
    assert STYLE not in piped.out
    assert unstyled(shown.out).split() == piped.out.split()


@pytest.mark.parametrize("value", ["1", "0", "false", "yes please"])
def test_no_color_of_any_value_takes_the_styles_away(monkeypatch, value):
    monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert STYLE not in on_terminal(*TABLE, term="xterm-256color").out
    assert STYLE not in process(*TABLE, TERM="xterm-256color").out


def test_a_dumb_terminal_gets_no_styles():
    assert STYLE not in on_terminal(*TABLE, term="dumb").out


def test_force_color_styles_tables_that_are_piped_and_no_format_for_programs(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert STYLE in process(*TABLE, TERM="xterm-256color").out
    for kind in ("csv", "tsv", "json", "md"):
        assert STYLE not in process("queries", "--format", kind, TERM="xterm-256color").out
    assert process("queries", TERM="xterm-256color").rows("tsv")[0] == ["name", "parameters", "question"]


# -- the pager -------------------------------------------------------------------------------------


def test_what_is_longer_than_the_screen_is_paged():
    short = paged(*TABLE, lines=200)
    long = paged(*TABLE, lines=10)
    first, _, rest = long.out.partition("\n")
    assert first == f"PAGED {len(short.out.splitlines())} FRX"
    assert rest == short.out
    assert STYLE in rest
    assert (long.code, long.err) == (0, "")


def test_what_the_user_asks_of_less_stays(monkeypatch):
    monkeypatch.setenv("LESS", "-S")
    assert paged(*TABLE, term="xterm", lines=10).out.partition("\n")[0].endswith(" -S")


@pytest.mark.parametrize(
    "arguments",
    [
        ("role", "kitchen porter"),
        ("queries", "show", "skills_of_role"),
        ("query", "SELECT * { ?s ?p ?o }", "--format", "csv"),
        ("query", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("info", "--format", "md"),
        ("info", "--format", "json"),
    ],
    ids=" ".join,
)
def test_texts_of_every_kind_are_paged_on_a_terminal_and_never_elsewhere(arguments):
    data = ("--data", str(WORLD))
    shown = paged(*arguments, *data, lines=8)
    assert (shown.code, shown.out[:6]) == (0, "PAGED ")
    assert not process(*arguments, *data, TERM="xterm", LINES="8", PAGER=PAGER).out.startswith("PAGED ")


def test_a_dumb_terminal_has_no_pager():
    assert "PAGED" not in paged(*TABLE, term="dumb", lines=10).out


def test_long_lines_take_several_lines_of_the_screen():
    asked = ("query", "SELECT ?x { VALUES ?x { '" + "long " * 200 + "' } }", "--format", "csv")
    assert "PAGED" in paged(*asked, lines=9).out
    assert "PAGED" not in paged(*asked, lines=30).out


@pytest.mark.parametrize("pager", ["", "cat", "   ", "no-such-pager --at-all"])
def test_without_a_pager_the_text_is_printed(pager):
    plain = paged(*TABLE, lines=200).out
    shown = paged(*TABLE, lines=10, pager=pager)
    assert shown.code == 0
    assert shown.out.endswith(plain)


@pytest.mark.parametrize("pager", ["head -1", "true", "exit 3"])
def test_leaving_the_pager_early_is_no_error_and_exit_codes_stay(pager):
    many = "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000"
    asked = ("query", many, "--data", str(WORLD), "--format", "tsv")
    answer = paged(*asked, lines=10, pager=pager)
    assert (answer.code, answer.err) == (0, "")
    refused = paged("lint", str(WORLD), "--fail-on", "info", lines=5, pager=pager)
    assert refused.code == rolegraph("lint", str(WORLD), "--fail-on", "info").code
