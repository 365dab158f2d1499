"""Wrong calls of every command, files that are none, outputs that cannot be, and environments that are odd."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bad_input.cases import WORLD, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = ("--data", WORLD)

#: Wrong calls -> what is said. All of them end with 2.
WRONG: Mapping[tuple[str, ...], str] = {
    ("finde", "chef"): "No such command 'finde'",
    ("path ", "a", "b"): "No such command",
    ("--verbose", "info"): "No such option",
    ("-x",): "No such option",
    ("--data",): "requires an argument",
    ("--format", "yaml", "info"): "'yaml' is not one of",
    ("info", "--format", "JSON"): "'JSON' is not one of",
    ("info", "--timeout", "1s"): "'1s' is not a valid float",
    ("info", "--max-memory", "-1"): "-1 is not in the range",
    (): "Missing command; there are: find, role",
    ("derive",): "Missing command",
    ("info", *DATA, "--timeout", "1e999"): "The limit seconds must be a number above zero",
    ("info", *DATA, "--timeout", "1e300"): "The limit seconds must be a number above zero, and at most",
    ("info", *DATA, "--max-memory", "9" * 400): "The limit memory must be a number above zero, and at most",
    ("info", "extra"): "unexpected extra argument",
    ("find",): "Missing argument 'TEXT'",
    ("find", "a", "b"): "unexpected extra argument",
    ("find", "a", "--kind", "job"): "'job' is not one of",
    ("role",): "Missing argument 'NAME'",
    ("path",): "Name two roles",
    ("path", "a", "b", "c", *DATA): "here are 3",
    ("path", "KP", "head chef", "-k", "0", *DATA): "0 is not in the range",
    ("path", "KP", "head chef", "--all", *DATA): "--max-steps",
    ("path", "KP", "head chef", "--all", "-k", "3", "--max-steps", "3", *DATA): "-k",
    ("path", "KP", "head chef", "--by", "money", *DATA): "'money' is not one of",
    ("path", "KP", "head chef", "--tradeoffs", "gap", *DATA): "name two costs or more",
    ("path", "KP", "head chef", "--tradeoffs", "gap,fun", *DATA): "no cost is called 'fun'",
    ("path", "KP", "head chef", "--tradeoffs", ",,,", *DATA): "name two costs or more",
    ("path", "KP", "head chef", "--min-pay", "much", *DATA): "does not begin with a figure",
    ("path", "KP", "head chef", "--min-pay", "1e999", *DATA): "does not begin with a figure",
    ("path", "KP", "head chef", "--min-pay", "90000 of nothing", *DATA): "of nothing",
    ("path", "KP", "head chef", "--max-pay-cut", "-5", *DATA): "does not begin with a figure",
    ("path", "KP", "head chef", "--max-steps", "2.5", *DATA): "'2.5' is not a valid integer",
    ("path", "KP", "head chef", "--missing", "guess", *DATA): "'guess' is not one of",
    ("path", "KP", "head chef", "--stability", "0", *DATA): "0 is not in the range",
    ("path", "KP", "head chef", "--jitter", "100", "--stability", "2", *DATA): "100.0 is not in the range",
    ("path", "KP", "head chef", "--have", "", *DATA): "its name is empty",
    ("gap", *DATA): "Name two roles",
    ("gap", "head chef", *DATA): "Where from?",
    ("gap", "a", "b", "c", *DATA): "here are 3",
    ("why", *DATA): "Missing argument 'NAME'",
    ("profile",): "Name a profile to check",
    ("profile", "me.yaml", "--init"): "--init writes a new file",
    ("profile", "me.yaml", "-o", "x.yaml"): "-o and --force",
    ("profile", "--init", "-o", "me.txt"): "must end in .yaml",
    ("profile", "--init", "-o", ""): "empty name",
    ("profile", "--init", "-o", "nowhere/me.yaml"): "cannot be written",
    ("query",): "Missing argument",
    ("queries", "shw", "pay"): "No such command 'shw'",
    ("queries", "test", "--pin"): "--pin writes files",
    ("queries", "test", "--queries", "nowhere"): "nowhere",
    ("queries", "test", "--queries", "."): "",
    ("shell", "--history", "nowhere/history"): "does not exist",
    ("view", *DATA): "-o map.html",
    ("view", "a", "b", "c", "-o", "x.html"): "unexpected extra argument",
    ("view", "-o", "nowhere/map.html", *DATA): "cannot be written",
    ("view", "-o", "", *DATA): "Say where the page shall go",
    ("import",): "Missing command; there are: onet, esco, schemaorg, table",
    ("import", "csv", "x"): "No such command 'csv'",
    ("import", "table"): "Missing argument",
    ("import", "table", "jobs"): "Say where to write with -o",
    ("import", "table", "", "-o", "x.ttl"): "empty name",
    ("import", "table", "jobs", "--init", "-o", "x.ttl"): "takes no other option",
    ("derive", "routes"): "No such command 'routes'",
    ("derive", "moves", "--min-similarity", "2", *DATA): "2.0 is not in the range",
    ("derive", "moves", "--min-similarity", "nan", *DATA): "",
    ("derive", "moves", "--min-coverage", "-0.1", *DATA): "-0.1 is not in the range",
    ("derive", "moves", "--most", "0", *DATA): "0 is not in the range",
    ("derive", "moves", "--format", "ttl", *DATA): "'ttl' is not one of",
    ("derive", "moves", "-o", "moves.txt", *DATA): "moves.txt",
    ("validate", "--shapes", "x.ttl"): "No such option",
    ("lint", "--fail-on", "all", *DATA): "'all' is not one of",
    ("lint", "--rule", "", *DATA): "No rule is called ''",
    ("map", *DATA, "--kind", "job"): "'job' is not one of",
    ("map", *DATA, "--source", "x"): "do not apply",
    ("map", *DATA, "-o", "links.csv"): "must end in .sssom.tsv",
    ("export",): "Missing argument 'FILE'",
    ("export", "x.docx", *DATA): "no ending that tells",
    ("export", "x", *DATA): "no ending that tells",
    ("export", "x.ttl", "--as", "word", *DATA): "'word' is not one of",
    ("export", "x.ttl", "--moves-only", *DATA): "Only a network can be written in part",
    ("export", "x.ttl", "--kind", "role", *DATA): "Only a network can be written in part",
    ("export", "x.gexf", "--kind", "job", *DATA): "'job' is not one of",
    ("export", "-", *DATA): "name a FILE",
    ("diff", WORLD): "Missing argument 'NEW'",
    ("diff", WORLD, "nowhere.ttl"): "nowhere.ttl: No such file",
    ("diff", WORLD, WORLD, "--only", "colours"): "no part of a graph is called 'colours'",
    ("diff", WORLD, WORLD, "--only", ""): "name a part of a graph",
    ("diff", WORLD, WORLD, *DATA): "--data has no part in it",
    ("diff", WORLD, WORLD, "--no-routes", "--from", "KP"): "--no-routes does not go",
    ("diff", WORLD, WORLD, "--routes", "KP"): "requires 2 arguments",
    ("completion",): "Missing argument",
    ("completion", "tcsh"): "'tcsh' is not one of",
}  # fmt: skip


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "kept").write_text("mine")


def _closed(path: Path) -> None:
    path.mkdir()
    path.chmod(0o500)


def _unreadable(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)


def _link(target: str) -> object:
    return lambda path: path.symlink_to(target)


#: What stands where a file is asked for -> what makes it, and what is said of it.
PLACES = {
    "nowhere.ttl": (None, "No such file"),
    "no/where.ttl": (None, "No such file"),
    "empty": (b"", "no ending"),
    "folder.ttl": (_folder, "holds no RDF file"),
    "dangling.ttl": (_link("nowhere"), "No such file"),
    "circle.ttl": (_link("circle.ttl"), "symbolic links"),
    "page.html": (b"<html/>", "no ending"),
    "x" * 300 + ".ttl": (None, "File name too long"),
    "x/" * 3_000 + "a.ttl": (None, "File name too long"),
    "a\nb.ttl": (None, "No such file"),
    "\x1b[31m.ttl": (None, "No such file"),
    "\udcff.ttl": (None, "No such file"),
    " .ttl ": (None, "No such file"),
    "*.ttl": (None, "No such file"),
    "curated.ttl": (None, "No such file"),
    "CURATED": (None, "No such file"),
    "file:///etc/passwd": (None, "No such file"),
    "/dev/null": (None, "no ending"),
    "/proc/self/mem": (None, ""),
    "-": (None, "No such file"),
}  # fmt: skip

#: Commands that read a file, with {} for it.
READERS = (
    ("role", "x", "--data", "{}"),
    ("validate", "{}"),
    ("diff", "{}", "{}"),
    ("map", "--data", "{}"),
    ("export", "out.nq", "--data", "{}"),
    ("shell", "--data", "{}"),
)

#: Where nothing can be written -> what makes it.
OUTPUTS = {
    "taken": _folder,
    "nowhere/out": None,
    "file/out": b"a file",
    "x" * 300: None,
    "/proc/out": None,
    "/dev/null/out": None,
}

#: Commands that write, with {} for the place and the endings that go with it.
WRITERS = (
    ("export", "{}.ttl", *DATA),
    ("export", "{}.gexf", *DATA),
    ("export", "{}.zip", *DATA),
    ("export", "{}", "--as", "csv", *DATA),
    ("export", "{}", "--table", *DATA),
    ("profile", "--init", "-o", "{}.yaml", *DATA),
    ("map", "-o", "{}.sssom.tsv", *DATA),
    ("import", "table", "{}", "--init"),
    ("import", "table", "jobs", "-o", "{}.nt"),
)

ENVIRONMENTS: Mapping[str, Mapping[str, str | None]] = {
    "no HOME": {"HOME": None},
    "a HOME that is none": {"HOME": "/nowhere"},
    "LANG=C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "LANG of nowhere": {"LANG": "tlh_QO.UTF-8", "LC_ALL": "tlh_QO.UTF-8"},
    "COLUMNS=0": {"COLUMNS": "0"},
    "COLUMNS=-1": {"COLUMNS": "-1"},
    "COLUMNS=wide": {"COLUMNS": "wide"},
    "COLUMNS=1": {"COLUMNS": "1"},
    "TERM=dumb": {"TERM": "dumb"},
    "TERM of nothing": {"TERM": ""},
    "a PAGER that is none": {"PAGER": "/nowhere/pager"},
    "a PAGER with an open quote": {"PAGER": "less 'x"},
    "NO_COLOR and FORCE_COLOR": {"NO_COLOR": "1", "FORCE_COLOR": "1"},
    "no PATH": {"PATH": None},
    "a TMPDIR that is none": {"TMPDIR": "/nowhere"},
}


def _made(name: str, content: object) -> dict:
    return {} if content is None else {name: content}


def _cases() -> Iterator[Case]:
    for arguments, says in WRONG.items():
        yield Case(f"call: {' '.join(arguments)!r:.90}", arguments, says)
    for number, (name, (content, says)) in enumerate(PLACES.items()):
        made = _made(name, content)
        yield Case(f"place: info {name!r:.40}", ("info", "--data", name), says, files=made)
        command = READERS[number % len(READERS)]
        arguments = tuple(part.replace("{}", name) for part in command)
        yield Case(f"place: {command[0]} {name!r:.40}", arguments, says, files=made)
    jobs = {"jobs/roles.csv": b"name\nCPO\n"}
    for number, command in enumerate(WRITERS):
        for place, content in OUTPUTS.items():
            arguments = tuple(part.replace("{}", place) for part in command)
            full = next(part for part in arguments if part.startswith(place))
            name = full if place == "taken" else place.split("/")[0]
            made = jobs | (_made(name, content) if not place.startswith("/") else {})
            yield Case(
                f"output: {' '.join(command[:2])} {number} {place:.20}", arguments, place[:40], files=made
            )
    moves = ("derive", "moves", "--min-similarity", "0.01", "--min-coverage", "0", "-o", "taken.ttl", *DATA)
    yield Case("output: derive", moves, "taken.ttl", files={"taken.ttl": _folder})
    yield Case(
        "output: view",
        ("view", "-o", "taken.html", *DATA),
        "taken.html cannot",
        files={"taken.html": _folder},
    )
    for name, env in ENVIRONMENTS.items():
        yield Case(
            f"environment: {name}, a mistake",
            ("role", "nobody", *DATA),
            "No role is called 'nobody'",
            env=env,
        )
        yield Case(
            f"environment: {name}, a table",
            ("role", "pâtissier", "--format", "table", *DATA),
            "",
            code=0,
            env=env,
        )
    for name in ("role", "find", "path"):
        yield Case(f"call: {name}, no input", (name, *DATA), "", reads=None)
    yield Case(
        "call: bytes that are no UTF-8", (b"role", b"\xff\xfe", *map(os.fsencode, DATA)), "No role is called"
    )
    yield Case(
        "call: a parameter of bytes", ("query", "skills_of_role", b"role=\xff", *DATA), "is not UTF-8 text"
    )
    yield Case(
        "call: a query of bytes",
        ("query", b"ASK { ?s ?p '\xff' }", *DATA),
        "line 1, column 14: is not UTF-8 text",
    )
    yield Case("call: a format of bytes", ("info", "--format", b"\xff"), "is not one of")
    yield Case("call: a command of bytes", (b"\xff",), "No such command")
    yield Case("call: 5,000 arguments", ("role", *["x"] * 5_000), "unexpected extra arguments")
    yield Case(
        "call: 500 times --data", ("info", *["--data", "nowhere.ttl"] * 500), "nowhere.ttl: No such file"
    )
    pipe = {"pipe.ttl": os.mkfifo}
    yield Case(
        "place: a pipe that nobody writes to",
        ("info", "--data", "pipe.ttl", "--timeout", "1"),
        "stopped after 1 s",
        3,
        files=pipe,
    )
    yield Case("shell: a bad query", ("shell", *DATA), "line 1, column 15", reads=b"SELECT * WHERE\n\n")
    yield Case("shell: no such command", ("shell", *DATA), ".nothing", reads=b".nothing\n")
    yield Case("shell: an open quote", ("shell", *DATA), "No closing quotation", reads=b".run 'x\n")
    yield Case("shell: no such format", ("shell", *DATA), "no format 'xml'", reads=b".format xml\n")
    yield Case(
        "shell: bytes",
        ("shell", *DATA),
        "line 1, column 19: is not UTF-8 text",
        reads=b"SELECT * { ?s ?p '\xff\xfe' };\n",
    )
    yield Case("shell: NUL", ("shell", *DATA), "", reads=b"ASK { \0 };\n")
    yield Case("shell: an update", ("shell", *DATA), "updates are refused", reads=b"DROP ALL;\n")


CASES = [*_cases()]
