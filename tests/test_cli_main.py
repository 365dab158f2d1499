"""The command line as a whole: help, exit codes, streams, Ctrl-C, and that no data steers a terminal."""

from __future__ import annotations

import importlib
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from keyword import iskeyword

import pytest
import workshop
from cli_runner import (
    AS_TURTLE,
    HOSTILE,
    MARKUP,
    command,
    empty_folder,
    environment,
    examples,
    letters,
    on_terminal,
    process,
    rolegraph,
    steering,
    unstyled,
)
from worlds import WORLD, turtle

import rolegraph as rg
from rolegraph import cli
from rolegraph.cli.imports import IMPORTS

MINE = ("--data", str(WORLD))
EVERY_COMMAND = [(name,) for name in cli.COMMANDS] + [
    ("queries", "list"),
    ("queries", "show"),
    ("queries", "test"),
    ("derive", "moves"),
    *(("import", name) for name in IMPORTS),
]

#: Commands that only lead to others.
GROUPS = {("import",)}
HELPS = {name: rolegraph(*name, "--help").out for name in [(), *EVERY_COMMAND]}

# -- help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HELPS, ids=lambda name: "-".join(name) or "rolegraph")
def test_help_says_how_to_call_and_what_every_option_does(name):
    answer = rolegraph(*name, "-h")
    assert (answer.code, answer.out, answer.err) == (0, HELPS[name], "")
    assert answer.out.startswith(" ".join(("Usage: rolegraph", *name, "[OPTIONS]")))
    assert "\\b" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100
    options = re.findall(r"^  (?:-\w, )?(--[\w-]+|-\w )", answer.out, re.MULTILINE)
    wanted = {"--help"} if name in GROUPS else {"--data", "--format", "--help"}
    assert (wanted - {"--data"} if name[:1] == ("import",) else wanted) <= set(options)
    entries = re.split(r"\n  (?=-)", answer.out.partition("\nOptions:\n")[2].partition("\n\n")[0])
    assert [entry for entry in entries if not re.search(r"\s{2,}[A-Z]", entry)] == []


def test_the_commands_of_the_help_are_those_that_there_are():
    listed = re.findall(r"^  (\w+)  ", HELPS[()].partition("\nCommands:\n")[2], re.MULTILINE)
    assert listed == list(cli.COMMANDS)
    for name, (module, line) in cli.COMMANDS.items():
        found = getattr(
            importlib.import_module(f"rolegraph.cli.{module}"), f"{name}_" * iskeyword(name) or name
        )
        assert found.name == name
        assert found.short_help == line
        assert letters(line) in letters(HELPS[()])


def test_help_comes_before_everything_else():
    assert rolegraph("role", "nobody", "--data", "nowhere.ttl", "-h").out == HELPS[("role",)]
    assert rolegraph("queries", "show", "-h").out == HELPS[("queries", "show")]


@pytest.mark.parametrize("group", [(), ("import",), ("derive",)])
def test_without_a_command_that_is_said(group):
    answer = rolegraph(*group)
    assert (answer.code, answer.out) == (2, "")
    assert "Missing command" in answer.err
    assert len(answer.err.splitlines()) <= 10


def test_the_version():
    for arguments in (("--version",), ("--version", "role", "nobody")):
        assert rolegraph(*arguments).out == f"rolegraph {rg.__version__}\n"
    assert process("--version").out == f"rolegraph {rg.__version__}\n"


EXAMPLES = {line: name for name, text in HELPS.items() if name[1:] == () for line in examples(text)}


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Run every example, two at a time, in a folder with the files that they name; give what each printed."""
    folder = tmp_path_factory.mktemp("workshop")
    workshop.furnish(folder, WORLD)
    (folder / "bin").mkdir()
    script = folder / "bin" / "rolegraph"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, command()))} "$@"\n')
    script.chmod(0o700)
    places = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "TMPDIR": str(folder), "BROWSER": "true"}

    def run(line):
        return subprocess.run(
            ["sh", "-c", workshop.ending(line)],
            cwd=folder,
            env=environment(**places),
            capture_output=True,
            check=False,
        )

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(EXAMPLES, pool.map(run, EXAMPLES), strict=True))


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_of_the_help_runs(tried, line):
    assert " ".join(("rolegraph", *EXAMPLES[line])) in line
    assert tried[line].returncode == 0, tried[line].stderr
    assert tried[line].stdout or b"Wrote" in tried[line].stderr


def test_nearly_every_command_has_examples():
    assert {part for name in EXAMPLES.values() for part in name[:1]} == cli.COMMANDS.keys() - {"info"}
    assert len(examples(HELPS[()])) >= 4


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("rol",), "'role'"),
        (("pth", "CPO", "CEO"), "'path'"),
        (("quer",), "'query'"),
        (("validat",), "'validate'"),
        (("roles",), "'role'"),
        (("queries", "lst"), "'list'"),
        (("path", "CPO", "CEO", "--avod", "x"), "'--avoid'"),
        (("find", "x", "--kin", "role"), "'--kind'"),
        (("info", "--dta", "x"), "'--data'"),
    ],
)
def test_a_misspelt_command_or_option_is_told_the_nearest(arguments, suggestion):
    answer = rolegraph(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert "Did you mean" in answer.err
    assert suggestion in answer.err


# -- streams and exit codes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ("role", "CPO")),
        (1, ("find", "zzzz")),
        (1, ("path", "C-suite", "CPO")),
        (1, ("query", "ASK { ?x a rg:Nothing }")),
        (2, ("role", "nobody")),
        (2, ("nothing",)),
    ],
)
def test_a_process_exits_as_it_answers_inside_this_one(code, arguments):
    assert rolegraph(*arguments).code == code
    assert process(*arguments) == rolegraph(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "product"),
        ("role", "CPO"),
        ("path", "product developer", "CEO"),
        ("gap", "product manager", "CPO"),
        ("query", "pay"),
        ("queries",),
    ],
)
def test_people_get_a_table_and_programs_get_tsv(arguments):
    assert on_terminal(*arguments) == rolegraph(*arguments, "--format", "table")
    assert rolegraph(*arguments) == rolegraph(*arguments, "--format", "tsv")
    assert rolegraph(*arguments) != rolegraph(*arguments, "--format", "table")


def test_csv_on_a_terminal_has_the_line_ends_of_the_terminal():
    assert on_terminal("find", "cpo", "--format", "csv").out == rolegraph(
        "find", "cpo", "--format", "csv"
    ).out.replace("\r\n", "\n")


def test_a_table_fits_the_terminal():
    for columns in (50,):
        for arguments in (
            ("role", "CPO"),
            ("path", "brand manager", "CEO"),
            ("query", "skills_of_role"),
            ("info",),
        ):
            shown = on_terminal(*arguments, columns=columns).out.splitlines()
            unbroken = [line for line in shown if "https://" not in line]  # an address is not broken
            assert max(map(len, unbroken)) <= columns, arguments


def test_a_reader_that_has_had_enough_ends_the_program_quietly():
    for kind in ("table", "csv", "tsv", "json", "md"):
        started = command("query", "SELECT * { ?s ?p ?o }", "--format", kind)
        with (
            empty_folder() as folder,
            subprocess.Popen(
                started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment()
            ) as child,
        ):
            assert child.stdout.read(1)
            child.stdout.close()
            assert child.stderr.read() == b"", kind
        assert child.returncode == 0, kind


@pytest.mark.parametrize(
    "arguments", [("info",), ("-h",), ("role", "CPO", "--format", "table"), ("view", "-o", "-")]
)
def test_a_reader_that_never_reads_ends_the_program_quietly(arguments):
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        command(*arguments), stdout=theirs, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments", [("info",), ("-h",), ("role", "CPO", "--format", "table"), ("view", "-o", "-")]
)
def test_a_full_disk_under_standard_output_is_said_in_one_line(arguments):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert (done.returncode, done.stderr) == (2, b"Error: standard output: No space left on device\n")


@pytest.mark.parametrize(
    ("closed", "arguments", "code", "shown"),
    [
        (">&-", ("info",), 0, ""),
        (">&-", ("role", "nobody"), 2, "Error: No role is called 'nobody'.\n"),
        ("2>&-", ("role", "nobody"), 2, ""),
        ("2>/dev/full", ("role", "nobody"), 2, ""),
        ("<&-", ("query", "-"), 2, "Error: line 1, column 1"),
        ("<&- >&- 2>&-", ("path", "C-suite", "CPO"), 1, ""),
    ],
)
def test_closed_streams_are_nobody_to_tell_and_no_error(closed, arguments, code, shown):
    script = f'exec "$@" {closed}'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *command(*arguments)], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == code
    assert done.stderr.decode().startswith(shown)
    assert done.stdout == b""


def test_what_could_not_be_written_is_not_tried_again_when_python_ends():
    ours, theirs = os.pipe()
    os.close(ours)
    stream = os.fdopen(theirs, "w", encoding="utf-8")
    stream.write("left in the buffer")
    cli._settle(stream)
    stream.close()  # would raise BrokenPipeError, of which Python complains at its end
    assert stream.closed


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_ends_the_program_ends_it_with_one_word(sent, code):
    ours, theirs = pty.openpty()
    with (
        empty_folder() as folder,
        subprocess.Popen(
            command("query", "-"),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(),
        ) as child,
    ):
        assert child.stderr.readline() == b"Reading a query from the keyboard; end it with Ctrl-D.\n"
        child.send_signal(sent)
        out, err = child.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert (child.returncode, out, err.split()) == (code, b"", [b"Stopped."])


def test_a_terminal_without_unicode_shows_question_marks_and_programs_get_utf_8():
    western = {"PYTHONIOENCODING": "latin-1"}
    shown = process("role", "patissier", "--format", "table", *MINE, **western)
    assert shown.code == 0
    assert shown.raw.decode("latin-1").startswith("pâtissier (pastry chef, PC)")
    assert b"section ?pay?" in shown.raw
    assert process("find", "patissier", *MINE, **western).rows("tsv")[1][0] == "pâtissier"


def test_arguments_that_are_no_text_are_refused_in_words(tmp_path):
    for arguments in (
        (b"role", b"\xff"),
        (b"find", b"\xff"),
        (b"query", b'SELECT * { ?s ?p "\xff" }'),
        (b"query", b"skills_of_role", b"role=https://example.org/\xff"),
        (b"query", b'SELECT ?x {\nVALUES ?x { "a" }\n}', b"x=\xff"),
        (b"query", b"skills_of_role", b"\xff=CPO"),
        (b"info", b"--data", b"\xff.ttl"),
        (b"\xff",),
    ):
        answer = process(*arguments)
        assert answer.code == (1 if arguments[0] == b"find" else 2)
        assert "Traceback" not in answer.err
        assert 1 <= len(answer.err.splitlines()) <= 4
    odd = os.fsencode(tmp_path) + b"/\xff.ttl"
    assert process(b"export", odd).code == 0
    assert process(b"role", b"CPO", b"--data", odd) == process(
        "role", "CPO", "--data", _copied(odd, tmp_path)
    )


def _copied(source, folder):
    return os.fspath(shutil.copy(os.fsdecode(source), folder / "plain.ttl"))


# -- no data steers a terminal ---------------------------------------------------------------------

EVIL = f"""
role:a a rg:Role ; skos:prefLabel {AS_TURTLE}@en ; skos:altLabel {AS_TURTLE}@de, "evil" ;
    skos:definition {AS_TURTLE} ; rg:statedIn source:section ; dcterms:source source:s .
role:b a rg:Role ; skos:prefLabel {AS_TURTLE}@fr .
role:c a rg:Role ; skos:prefLabel "c" .
role:lonely a rg:Role ; skos:prefLabel "lonely" .
group:g a rg:RoleGroup ; skos:prefLabel {AS_TURTLE} .
skill:k a rg:Skill ; skos:prefLabel {AS_TURTLE} .
degree:d a rg:Degree ; skos:prefLabel {AS_TURTLE} .
training:t a rg:Training ; skos:prefLabel {AS_TURTLE} .
org:o a rg:Organization ; skos:prefLabel {AS_TURTLE} .
area:x a rg:Area ; skos:prefLabel {AS_TURTLE} .
source:s a rg:Source ; skos:prefLabel {AS_TURTLE} ; dcterms:publisher org:o ; dcterms:date {AS_TURTLE} ;
    schema:url {AS_TURTLE} ; rg:dateNote {AS_TURTLE} .
source:section a rg:Section ; skos:prefLabel {AS_TURTLE} ; dcterms:isPartOf source:s .
claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated ; rg:doubt {AS_TURTLE} ;
    rg:qualifier {AS_TURTLE} ; rg:statedIn source:section ; dcterms:source source:s .
claim:n a rg:Move ; rg:fromRole role:b ; rg:toRole role:c ; rg:evidence rg:Stated ; dcterms:source source:s .
claim:k a rg:SkillRequirement ; rg:role role:b ; rg:skill skill:k ; rg:necessity rg:Essential ;
    rg:statedIn source:section ; dcterms:source source:s .
claim:t a rg:TeachingClaim ; rg:credential training:t ; rg:skill skill:k ; dcterms:source source:s .
claim:d a rg:EducationRequirement ; rg:role role:b ; rg:degree degree:d ; rg:necessity rg:Minimum .
claim:p a rg:Pay ; rg:role role:a ; rg:amount 1 ; rg:currency {AS_TURTLE} ; schema:unitText {AS_TURTLE} ;
    rg:statistic rg:MedianSalary ; rg:period {AS_TURTLE} ; rg:area area:x ; rg:qualifier {AS_TURTLE} ;
    rg:doubt {AS_TURTLE} ; dcterms:source source:s .
claim:e a rg:ExperienceRequirement ; rg:role role:a ; rg:text {AS_TURTLE} ; dcterms:source source:s .
claim:st a rg:Statement ; rg:about role:a ; rg:text {AS_TURTLE} ; rg:qualifier {AS_TURTLE} ;
    rg:doubt {AS_TURTLE} .
claim:co a rg:Comparison ; rg:role role:a ; rg:comparedWith role:b ; rg:aspect {AS_TURTLE} ;
    rg:text {AS_TURTLE} .
claim:gm a rg:GroupMembership ; rg:role role:a ; rg:group group:g .
graph:evil a void:Dataset ; dcterms:title {AS_TURTLE} ; dcterms:license {AS_TURTLE} ;
    owl:versionInfo {AS_TURTLE} .
"""

#: The command, and whether its answer holds the text.
ON_EVIL = [
    (("find", "evil"), True),
    (("find", "zzz"), False),
    (("role", "role:a"), True),
    (("path", "role:a", "role:b"), True),
    (("path", "role:a", "role:c", "-k", "3"), True),
    (("path", "role:a", "role:c", "--max-steps", "1"), False),
    (("path", "role:b", "role:a"), False),
    (("gap", "role:a", "role:b"), True),
    (("why", "role:a"), True),
    (("why", "role:a", "role:b"), True),
    (("why", "role:a", "role:lonely"), False),
    (("why", "lonely\x1f"), False),
    (("why", "lonely\x1c", "evil\x1d"), False),
    (("role", HOSTILE), False),
    (("role", MARKUP), False),
    (("role", "evil\x1b[31m"), False),
    (("info",), True),
    (("validate",), True),
    (("query", "SELECT ?x { role:a skos:prefLabel ?x }"), True),
    (("query", "roles"), True),
    (("query", HOSTILE), False),
    (("query", f"SELECT ?x {{ ?x ?y {HOSTILE} }}"), False),
    (("query", "skills_of_role", f"role={HOSTILE}"), False),
    (("query", "skills_of_role", f"{HOSTILE}=role:a"), False),
    (("queries", HOSTILE), False),
    (("queries", "show", HOSTILE), False),
    (("find", "a", "--kind", HOSTILE), False),
    (("path", "role:a", "role:b", HOSTILE), False),
    (("path", "role:a", "role:b", "-k", HOSTILE), False),
    (("path", "role:a", "role:b", f"--{HOSTILE}"), False),
    ((HOSTILE,), False),
]


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    return turtle(tmp_path_factory.mktemp("evil"), EVIL, "evil.ttl")


def readable(answer, kind):
    """Give the text of an answer without the escapes of its format."""
    if kind == "table":
        return answer.out
    if kind == "md" and answer.out.startswith("## "):  # a document, in which Markdown escapes every mark
        return re.sub(r"\\([^\w\s])", r"\1", answer.out)
    if kind == "json":
        return answer.out.replace("\\\\", "\\")
    return "".join(part for row in answer.rows(kind) for part in row)


@pytest.mark.parametrize(("arguments", "holds"), ON_EVIL, ids=[repr(case[0])[:60] for case in ON_EVIL])
def test_text_stays_text_in_every_command_and_format(evil, arguments, holds):
    for kind in ("table", "csv", "tsv", "md", "json") if holds else ("table", "csv"):
        answer = rolegraph("--data", str(evil), "--format", kind, *arguments)
        raw = kind == "csv" and arguments[0] == "query"  # SPARQL's CSV has no escapes
        assert raw or steering(answer.out, allowed="\r" if kind == "csv" else "") == set(), kind
        assert steering(answer.err) == set(), kind
        assert "Traceback" not in answer.err
        if holds:
            assert letters(MARKUP) in letters(readable(answer, kind)), kind


@pytest.mark.parametrize("kind", ["ttl", "nt", "jsonld"])
def test_a_graph_holds_no_character_that_steers(evil, kind):
    for asked in ("DESCRIBE role:a", "CONSTRUCT WHERE { ?s ?p ?o }"):
        answer = rolegraph("query", asked, "--format", kind, "--data", str(evil))
        assert answer.code == 0
        assert steering(answer.out + answer.err) == set()


def test_the_names_of_files_steer_nothing(tmp_path):
    name = "x\x1b[31m\u202e\x9b\x07.ttl"
    written = rolegraph("export", str(tmp_path / name))
    assert written.code == 0
    shutil.copy(WORLD, tmp_path / f"b{name}")
    for answer in (
        written,
        rolegraph("export", str(tmp_path / "none" / name)),
        rolegraph(
            "info", "--data", str(tmp_path / name), "--data", str(tmp_path / f"b{name}"), "--format", "table"
        ),
        rolegraph("info", "--data", str(tmp_path / f"c{name}")),
        rolegraph("query", str(tmp_path / f"c{name}.rq")),
        rolegraph("query", f"c{name}"),
    ):
        assert steering(answer.out + answer.err) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "evil"),
        ("role", "role:a"),
        ("info",),
        ("query", "SELECT ?x { role:a skos:prefLabel ?x }"),
        ("query", "SELECT ?x { role:a skos:prefLabel ?x }", "--format", "csv"),
        ("query", "SELECT ?x { role:a skos:prefLabel ?x }", "--format", "tsv"),
        ("query", "SELECT ?x { role:a skos:prefLabel ?x }", "--format", "json"),
        ("query", "DESCRIBE role:a"),
    ],
)
def test_nothing_but_bold_and_dim_steers_a_real_terminal(evil, arguments):
    answer = on_terminal(*arguments, "--data", str(evil), term="xterm-256color")
    assert answer.code == 0
    assert steering(unstyled(answer.out)) == set()
    assert steering(answer.err) == set()


def test_a_fault_of_its_own_is_told_without_a_traceback(monkeypatch, capsys):
    def break_down(*_arguments, **_options):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("rolegraph.opening.open_graph", break_down)
    assert cli.run(["find", "cpo"]) == 2
    assert capsys.readouterr().err == (
        "Error: ZeroDivisionError: oops. This is a fault of rolegraph itself: please report it.\n"
    )
    monkeypatch.setenv("ROLEGRAPH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["find", "cpo"])


def test_a_message_has_no_lines_that_a_name_brought_with_it():
    answer = rolegraph("info", "--data", "a\u2028b\u2029" * 20)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
