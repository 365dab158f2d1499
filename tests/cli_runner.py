"""Runs the command line in this process, as a process, or on a terminal; and reads what it printed."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from worlds import SOURCES, UNPRINTABLE

from rolegraph.cli import run
from rolegraph.tables import Table, cell

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a table, a page or a message must show as text, and never obey: markup of a page and of a terminal.
MARKUP = "</script><img src=x onerror=alert(1)> [bold]x[/bold] {{ 1 }} `rm` | \\"
HOSTILE = MARKUP + "\x1b[31m\x1b]0;owned\x07" + UNPRINTABLE
AS_TURTLE = json.dumps(HOSTILE)

#: The screen that every run believes to be on.
SCREEN = {"TERM": "dumb", "COLUMNS": "100", "LINES": "50", "PAGER": "cat"}

#: What rich writes to make letters bold or dim; nothing else may steer a terminal.
_STYLES = re.compile(r"\x1b\[[012]m")


@dataclass(frozen=True)
class Answer:
    """What a run gave: exit code, bytes on standard output, text on standard error."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw.decode()

    @property
    def letters(self) -> str:
        """Standard output without blanks and line breaks, for texts that may be wrapped anywhere."""
        return letters(self.out)

    def rows(self, kind: str) -> list[list[str]]:
        """Read the header and the rows of a table that was printed as csv, tsv, md or json."""
        if kind == "csv":
            return list(csv.reader(io.StringIO(self.out, newline=""), strict=True))
        if kind == "tsv":
            return [line.split("\t") for line in self.out.removesuffix("\n").split("\n")]
        if kind == "md":
            header, rule, *rows = map(_markdown_cells, self.out.removesuffix("\n").split("\n"))
            assert set(rule) == {"---"}, rule
            return [header, *rows]
        return rows_of(json.loads(self.out))


def _markdown_cells(line: str) -> list[str]:
    assert line.startswith("| "), line
    assert line.endswith(" |"), line
    return [re.sub(r"\\(.)", r"\1", part) for part in line[2:-2].split(" | ")]


def rows_of(table: Table | list[dict[str, Any]]) -> list[list[str]]:
    """Give the header and the rows of a table, or of a list of objects, as the text formats write them."""
    records = [*table]
    columns = list(table.columns if isinstance(table, Table) else records[0])
    return [columns, *([cell(record[name]) for name in columns] for record in records)]


def letters(text: str) -> str:
    """Take away every blank and line break."""
    return "".join(text.split())


def plain(value: Any) -> Any:
    """Give a value as it comes back from JSON: tuples as lists."""
    return json.loads(json.dumps(value))


@contextmanager
def empty_folder() -> Iterator[Path]:
    """Give an empty folder to run in, and see to it that nothing is written there unasked."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        assert [*Path(name).iterdir()] == []


def rolegraph(*arguments: str, stdin: bytes = b"") -> Answer:
    """Run the command line inside this process, in an empty folder that must stay so."""
    streams = sys.stdin, sys.stdout, sys.stderr
    texts = [io.TextIOWrapper(io.BytesIO(given), "utf-8", "replace") for given in (stdin, b"", b"")]
    with empty_folder() as folder, chdir(folder), mock.patch.dict(os.environ, SCREEN):
        sys.stdin, sys.stdout, sys.stderr = texts
        try:
            code = run(list(arguments))
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
    for text in texts[1:]:
        text.flush()
    return Answer(code, texts[1].buffer.getvalue(), texts[2].buffer.getvalue().decode())


def environment(**more: str) -> dict[str, str]:
    """Give the environment that a process is started with."""
    return os.environ | SCREEN | {"PYTHONPATH": str(SOURCES)} | more


def command(*arguments: str | bytes) -> list[str | bytes]:
    """Give the command that starts rolegraph as a process; warnings are errors there too."""
    return [sys.executable, "-W", "error", "-m", "rolegraph", *arguments]


def process(*arguments: str | bytes, stdin: bytes = b"", **more: str) -> Answer:
    """Run the command line as a process, its output piped, in an empty folder that must stay so."""
    with empty_folder() as folder:
        done = subprocess.run(
            command(*arguments),
            input=stdin,
            capture_output=True,
            cwd=folder,
            env=environment(**more),
            check=False,
        )
    return Answer(done.returncode, done.stdout, done.stderr.decode())


def on_terminal(*arguments: str, term: str = "dumb", columns: int = 100, **more: str) -> Answer:
    """Run the command line with standard output on a terminal; the terminal's line ends become line feeds."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(TERM=term, COLUMNS=str(columns), **more),
    ) as child:
        os.close(theirs)
        shown = b"".join(_read(ours))
        complaint = child.stderr.read()
    os.close(ours)
    return Answer(child.returncode, shown.replace(b"\r\n", b"\n"), complaint.decode())


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # on Linux the end of what a terminal shows is an error
            return
        if not part:
            return
        yield part


def agrees(
    arguments: tuple[str, ...], table: Table, as_json: Any = None, *, code: int = 0, kinds=("csv", "md")
) -> Answer:
    """See that csv, md, json and what a pipe gets, which is tsv, say what the library says."""
    for kind in kinds:
        answer = rolegraph(*arguments, "--format", kind)
        assert (answer.code, answer.rows(kind)) == (code, rows_of(table)), kind
        assert answer.out.count("\r\n") == (len(table) + 1 if kind == "csv" else 0)
    shown = rolegraph(*arguments, "--format", "json")
    assert (shown.code, json.loads(shown.out)) == (code, plain([*table] if as_json is None else as_json))
    piped = rolegraph(*arguments)
    assert (piped.code, piped.rows("tsv")) == (code, rows_of(table))
    return piped


def steering(text: str, *, allowed: str = "") -> set[str]:
    """Give the characters of a text that could steer a terminal or reorder a line."""
    return set(text) & set(UNPRINTABLE) - set(allowed)


def unstyled(text: str) -> str:
    """Take away what rich writes to make letters bold or dim."""
    return _STYLES.sub("", text)


def examples(help_text: str) -> list[str]:
    """Give the commands under "Examples:" in a help text."""
    found = re.search(r"^ *Examples?:\n((?: +\S.*\n?)+)", help_text, re.MULTILINE)
    return [line.strip() for line in found[1].splitlines()] if found else []
