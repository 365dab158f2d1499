"""The SPARQL prompt: queries one after the other, piped in or typed, and commands that begin with a dot."""

from __future__ import annotations

import os
import pty
import re
import select
import time

import pytest
from cli_runner import command, environment, rolegraph, steering
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLD

from rolegraph.cli.prompt import KEYWORDS, ends, offers, statements
from rolegraph.queries import named_query, query_names

MINE = ("--data", str(WORLD))


def piped(text: str, *arguments: str):
    return rolegraph("shell", *MINE, *arguments, stdin=text.encode())


def split(text: str) -> list[str]:
    lines = iter(text.split("\n"))
    return [*statements(lambda _: next(lines, None))]


# -- where a query ends ----------------------------------------------------------------------------

ONE = "SELECT ?x {\n\n  ?x a rg:Role ;\n  rg:level 1 }\nORDER BY ?x"


@pytest.mark.parametrize("end", [";", " ;", "\n;", "\n\n", ""])
def test_a_query_ends_with_a_semicolon_an_empty_line_or_the_input(end):
    assert split(f"{ONE}{end}\nASK {{}}")[0] == (ONE if end else f"{ONE}\nASK {{}}")


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <http://x.test/#>\n\nASK { x:a ?p ?o }",
        'SELECT * { ?s ?p "a ; b } c" }',
        "SELECT * { ?s ?p '}' . # not the end };\n ?o ?q 1 }",
        'SELECT * { ?s ?p """two\n\nlines;\n""" }',
        "DESCRIBE role:commis-chef",
        "# what?\n\n# who?\nASK { <http://x.test/a;b> ?p ?o }",
    ],
)
def test_nothing_inside_of_a_query_ends_it(query):
    assert [text.strip() for text in split(f"{query};\nASK {{}};")] == [query, "ASK {}"]


WHOLE = st.sampled_from(
    [ONE, "ASK {}", "DESCRIBE <x:a>", 'ASK { ?s ?p "};" }', "PREFIX x: <x:>\n\nASK {\n\n}"]
)


@given(st.lists(st.tuples(WHOLE, st.sampled_from([";", "\n;", "\n\n"]))))
def test_queries_come_back_as_they_were_given(given_queries):
    text = "".join(f"{query}{end}\n" for query, end in given_queries)
    assert split(text) == [query for query, end in given_queries]


@given(st.text(alphabet="{}();\"'<>#\\\n ?aPREFIX:."))
def test_whatever_is_typed_a_query_ends_or_it_does_not(text):
    assert ends(text) in {True, False}
    assert all(item.strip() for item in split(text))


def test_commands_stand_on_a_line_of_their_own_between_queries():
    assert split(".help\nASK {}\n;\n .run pay\nASK {\n.5 ?p ?o }") == [
        ".help",
        "ASK {}",
        ".run pay",
        "ASK {\n.5 ?p ?o }",
    ]


# -- piped in --------------------------------------------------------------------------------------


def test_queries_that_are_piped_in_run_one_after_the_other():
    answer = piped("ASK { ?r a rg:Role };\nSELECT (1 AS ?n) {};\n\nASK { ?r a rg:Nothing }")
    assert (answer.out, answer.err) == ("true\n?n\n1\nfalse\n", "")
    assert answer.code == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 0),
        ("\n\n;\n# nothing\n", 0),
        ("ASK {}", 0),
        ("ASK { ?r a rg:Nothing }", 1),
        ("SELECT nonsense", 2),
        ("SELECT nonsense;\nASK {}", 0),
        ("INSERT DATA { <x:a> <x:b> 1 }", 2),
        (".nonsense", 2),
        (".run", 2),
        (".run nonsense", 2),
        (".run skills_of_role role=nobody", 2),
        (".run skills_of_role 'role=", 2),
        (".show nonsense", 2),
        (".format nonsense", 2),
        (".quit\nSELECT nonsense", 0),
        ("SELECT nonsense;\n.quit", 2),
        ("ASK { { { {", 2),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 2),
    ],
)
def test_the_exit_code_is_that_of_the_last_one(text, code):
    answer = piped(text)
    assert answer.code == code
    assert bool(answer.err) == (
        "nonsense" in text.partition(".quit")[0] or code == 2 or "Nothing" in text[:0]
    )
    assert "fault of rolegraph" not in answer.err
    assert not steering(answer.err)


def test_a_named_query_gives_what_query_gives():
    line = ".run skills_of_role 'role=commis chef'"
    for kind in ("csv", "tsv", "json", "md", "table"):
        asked = rolegraph("query", "skills_of_role", "role=commis chef", *MINE, "--format", kind)
        assert piped(line, "--format", kind) == asked
        assert piped(f".format {kind}\n{line}").out == asked.out


def test_the_commands():
    assert piped(".show pay").out == named_query("pay").text
    assert set(query_names()) <= set(re.findall(r"^\w+", piped(".queries").out, re.MULTILINE))
    assert "PREFIX role: <https://w3id.org/rolegraph/role/>" in piped(".prefixes").out
    listed = piped(".help").out
    for name in (".run", ".queries", ".show", ".prefixes", ".format", ".help", ".quit"):
        assert f"\n{name} " in listed
    both = piped(".format csv\nSELECT (1 AS ?n) {};\n.format\nSELECT (1 AS ?n) {}").out
    assert both == "n\n1\n?n\n1\n".replace("n\n1\n?", "n\r\n1\r\n?")


def test_bytes_that_are_no_text_are_refused_or_read_and_never_a_fault():
    answer = rolegraph("shell", *MINE, stdin=b"ASK { ?x ?p '\xff' }")
    assert answer.code in {1, 2}
    assert "fault" not in answer.err


# -- the Tab key -----------------------------------------------------------------------------------

COMMANDS = {".run": ["pay", "skills_of_role"], ".help": []}


@pytest.mark.parametrize(
    ("line", "word", "wanted"),
    [
        ("sel", "sel", ["SELECT"]),
        ("SELECT ?role { ?r", "?r", ["?role"]),
        ("?x a ro", "ro", ["ROUND", "role:", "rolegraph:", "route:"]),
        ("?x a role:c", "role:c", ["role:cook"]),
        ("?x a rg:", "rg:", ["rg:Role"]),
        (".r", ".r", [".run"]),
        (".run sk", "sk", ["skills_of_role"]),
        (".help x", "x", []),
        ("", "", []),
        ("zzz", "zzz", []),
    ],
)
def test_the_tab_key_offers_what_fits(line, word, wanted):
    assert offers(line, word, lambda: ["role:cook", "rg:Role", "http://x.test/"], COMMANDS) == wanted


def test_keywords_are_in_capitals_and_stand_once():
    assert len(set(KEYWORDS)) == len(KEYWORDS)
    assert [*map(str.upper, KEYWORDS)] == [*KEYWORDS]


# -- at the keyboard -------------------------------------------------------------------------------


class Keyboard:
    """The prompt on a terminal."""

    def __init__(self, *arguments: str, **more: str) -> None:
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            start = command("shell", *MINE, *arguments)
            os.execve(start[0], start, environment(TERM="xterm", INPUTRC="/dev/null", **more))  # noqa: S606
        self.shown = self.until("sparql> ")

    def until(self, end: str) -> str:
        shown = b""
        limit = time.monotonic() + 20
        while end.encode() not in shown:
            assert time.monotonic() < limit, shown
            if select.select([self.terminal], [], [], 0.2)[0]:
                shown += os.read(self.terminal, 65536)
        return shown.decode()

    def type(self, keys: str, end: str = "sparql> ") -> str:
        os.write(self.terminal, keys.encode())
        return self.until(end)

    def leave(self, keys: str) -> int:
        os.write(self.terminal, keys.encode())
        try:
            while os.read(self.terminal, 65536):
                pass
        except OSError:  # on Linux the end of a terminal is an error
            pass
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_session_at_the_keyboard():
    prompt = Keyboard()
    assert ".help" in prompt.shown
    assert "-> " in prompt.type("ASK {\r", "-> ")
    assert "true" in prompt.type("?r a rg:Role };\r")
    assert "Error" in prompt.type("SELECT nonsense;\r")
    for _ in range(2):
        prompt.type("ASK { forgotten\r", "-> ")
        time.sleep(0.5)  # until it waits for keys: before, Python takes note of Ctrl-C with the next one only
        prompt.type("\x03")
        time.sleep(0.5)  # who watches would end the prompt by now
    assert "false" in prompt.type("ASK { ?r a rg:Nothing }\r\r", "\nsparql> ")
    assert "kitchen porter" in prompt.type("SELECT ?n { role:kitchen-p\t skos:prefLabel ?n };\r")
    assert prompt.leave("\x04") == 0


def test_the_arrow_keys_bring_back_what_was_typed_and_nothing_is_written(tmp_path):
    prompt = Keyboard(HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path))
    prompt.type("SELECT ('one' AS ?n) {};\r")
    assert "one" in prompt.type("\x1b[A\r").partition("\n")[2]
    assert prompt.leave(".quit\r") == 0
    assert [*tmp_path.iterdir()] == []


def test_a_history_file_in_no_folder_is_refused_at_once(tmp_path):
    answer = piped("ASK {}", "--history", str(tmp_path / "nowhere" / "file"))
    assert (answer.code, answer.out) == (2, "")
    assert "does not exist" in answer.err


@pytest.mark.parametrize("way", ["option", "variable"])
def test_history_is_kept_in_the_file_that_is_named(tmp_path, way):
    file = tmp_path / "history"
    asked = ((("--history", str(file)), {}), ((), {"ROLEGRAPH_HISTORY": str(file)}))[way == "variable"]
    first = Keyboard(*asked[0], **asked[1])
    first.type("SELECT ('one' AS ?n) {};\r")
    assert first.leave("\x04") == 0
    assert "'one'" in file.read_text("utf-8")
    second = Keyboard(*asked[0], **asked[1])
    assert "'one'" in second.type("\x1b[A", "{};")
    assert second.leave("\r\x04") == 0


@pytest.mark.parametrize(
    ("before", "kept"),
    [("\n" * 200_000, ""), ("# a\n" * 50_000, "# a\n" * 50_000), ("ASK {" + "\n" * 100_000 + "};\n", "")],
    ids=["blank", "comment", "open"],
)
def test_very_many_lines_are_read_in_a_moment(before, kept):
    lines = iter(f"{before}ASK {{}};\n.help".split("\n"))
    assert [*statements(lambda _: next(lines, None))][-2:] == [f"{kept}ASK {{}}", ".help"]


def test_queries_end_where_they_end_when_they_are_read_as_a_whole():
    for text in (
        "ASK {};",
        "ASK {}\n\n",
        "PREFIX a: <a:>\n\nASK {}\n\n",
        ";\n;\nASK { # ;\n}\n;",
        "ASK {\n\n\n}\n;",
    ):
        lines = iter(f"{text}\nASK {{ ?last }}".split("\n"))
        found = [*statements(lambda _: next(lines, None))]  # noqa: B023 - it is used up here
        assert found == [text.strip(" \t\n;"), "ASK { ?last }"]


def test_queries_that_are_piped_in_are_utf_8_and_may_begin_with_a_mark():
    answer = rolegraph(
        "shell", "--data", str(WORLD), stdin=b"\xef\xbb\xbfASK { FILTER('\xc3\xa9' = '\\u00E9') };\n"
    )
    assert (answer.code, answer.out) == (0, "true\n")
