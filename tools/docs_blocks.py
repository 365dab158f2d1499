"""What the docs show of rolegraph: sessions, help texts, tables. cog writes them, the tests run them again.

A console block holds commands and what they print on a terminal of 100 columns, without bold type and blanks
at the ends of lines. A command stands behind "$ ", and goes on behind "> ". It must succeed, unless the next
one is "echo $?". A fenced block whose first line is a comment that names a file, such as "# mine.ttl", is
that file: it lies in the folder that the document's commands run in.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import rolegraph as rg

ROOT = Path(__file__).resolve().parent.parent

COLUMNS = 100

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ .*(?:\n> .*)*", re.MULTILINE)
_STYLE = re.compile(r"\x1b\[[\d;]*m")
#: A sign that work goes on, from where the cursor is hidden to where the line is empty again.
_SIGN = re.compile(r"\x1b\[\?25l.*?\x1b\[\?25h\s*\x1b\[1A\s*\x1b\[2K", re.DOTALL)
_FILE_NAME = re.compile(r"(?:# |<!-- )(\w[\w.-]*\.\w+)(?: -->)?$")


# -- fenced blocks


@dataclass(frozen=True)
class Block:
    """A fenced block of a document: its language, its text, and the line of its fence."""

    language: str
    text: str
    line: int


def blocks(markdown: str) -> list[Block]:
    """Give the fenced blocks of a document."""
    return [
        Block(match[1], match[2], markdown.count("\n", 0, match.start()) + 1)
        for match in _FENCE.finditer(markdown)
    ]


def files_in(markdown: str) -> dict[str, str]:
    """Give the files that fenced blocks of a document stand for, by name."""
    found = ((_FILE_NAME.match(block.text.partition("\n")[0]), block.text) for block in blocks(markdown))
    return {match[1]: text for match, text in found if match}


def fenced(language: str, text: str) -> str:
    """Write a fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"


# -- commands


def environment() -> dict[str, str]:
    """Give what a command sees: this interpreter's programs first, a plain terminal, nothing else."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    plain = {"COLUMNS": str(COLUMNS), "NO_COLOR": "1", "TERM": "xterm", "LANG": "C.UTF-8", "PAGER": "cat"}
    return kept | plain | {"PATH": programs, "BROWSER": "true"}


def run(command: str, folder: Path) -> tuple[str, int]:
    """Run a command on a terminal of its own; give what it shows, and its exit status."""
    reader, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b"".join(_read(reader))
    os.close(reader)
    lines = _STYLE.sub("", _SIGN.sub("", shown.decode())).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines), process.wait()


def _read(reader: int) -> Iterator[bytes]:
    # Linux tells by an error that nobody writes to the terminal any more, other systems by an empty read.
    with contextlib.suppress(OSError):
        while chunk := os.read(reader, 65536):
            yield chunk


def session(commands: Sequence[str], files: Mapping[str, str]) -> str:
    """Run commands in turn in a new folder that holds these files; give what a terminal shows.

    Raises RuntimeError when a command fails and the next one does not ask for its exit status.
    """
    shown = []
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        for command, following in zip(commands, [*commands[1:], ""], strict=True):
            output, status = run(f"(exit {status}); {command}", Path(folder))
            if status and following != "echo $?":
                raise RuntimeError(f"{command}: exit status {status}\n{output}")
            shown.append("$ " + command.replace("\n", "\n> ") + f"\n{output}")
    return "".join(shown)


def commands_of(text: str) -> list[str]:
    """Give the commands of a console block."""
    return [found[2:].replace("\n> ", "\n") for found in _COMMAND.findall(text)]


def console(*commands: str, document: str = "README.md") -> str:
    """Write a console block: these commands, run beside the files of the document, with what they print."""
    return fenced("console", session(commands, files_in((ROOT / document).read_text("utf-8"))))


# -- Python


def python(source: str) -> str:
    """Write a block of Python as typed at the prompt, with what each statement prints."""
    names: dict[str, Any] = {}
    shown = []
    lines = source.strip().splitlines()
    for statement in ast.parse("\n".join(lines)).body:
        typed = lines[statement.lineno - 1 : statement.end_lineno]
        shown += [f"{'...' if number else '>>>'} {line}" for number, line in enumerate(typed)]
        shown += _answer("\n".join(typed), names)
    return fenced("pycon", "\n".join(shown))


def _answer(statement: str, names: dict[str, Any]) -> list[str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(statement + "\n", "<docs>", "single"), names)  # noqa: S102 - what the docs themselves say
    return [line.rstrip() or "<BLANKLINE>" for line in printed.getvalue().splitlines()]


def check_python(markdown: str, name: str) -> str:
    """Run the Python blocks of a document, top to bottom; report what prints something else."""
    source = "".join(block.text for block in blocks(markdown) if block.language == "pycon")
    test = doctest.DocTestParser().get_doctest(source, {}, name, name, 0)
    report = io.StringIO()
    doctest.DocTestRunner(verbose=False).run(test, out=report.write)
    return report.getvalue()


# -- tables


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose cells are Markdown already."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def helps() -> str:
    """Write the help of each command under a heading of its own."""
    from rolegraph.cli import COMMANDS

    commands = [f"rolegraph {name}" for name in COMMANDS]
    return "\n".join(
        f"## `{command}`\n\n" + fenced("text", run(f"{command} --help", ROOT)[0]) for command in commands
    )


def help_of(command: str) -> str:
    """Write the help of one command."""
    return fenced("text", run(f"{command} --help", ROOT)[0])


def columns() -> str:
    """Write the tables of a job architecture with their columns, a * on those that every row fills in."""
    from rolegraph.architecture.columns import TABLES

    parts = []
    for table in TABLES.values():
        parts.append(
            f"**{table.name}.csv**: {table.help}\n\n| column | meaning | example |\n| --- | --- | --- |"
        )
        for column in table.columns:
            words = f" One of: {', '.join(column.words)}." if len(column.words) > 1 else ""
            example = f"`{column.example}`".replace("|", "\\|") if column.example else ""
            many = " (several)" if column.many else ""
            mark = " *" if column.required else ""
            parts.append(f"| `{column.name}`{mark} | {column.help}{words}{many} | {example} |")
        parts.append("")
    return "\n".join(parts)


_CLASSES = """
SELECT ?class ?meaning ?above ?must {
  ?class a owl:Class ; skos:definition ?meaning .
  OPTIONAL { ?class rdfs:subClassOf ?above FILTER(STRSTARTS(STR(?above), STR(rg:))) }
  OPTIONAL {
    ?class rdfs:subClassOf* ?target FILTER(?target != rg:Claim || ?class = rg:Claim)
    [] sh:targetClass ?target ; sh:property [ sh:path ?must ; sh:minCount 1 ; sh:severity sh:Violation ]
  }
} ORDER BY ?class ?must"""

_CONCEPTS = """
SELECT ?choice ?concept ?meaning {
  ?concept skos:inScheme/rdfs:label ?choice ; skos:definition ?meaning
} ORDER BY ?choice ?concept"""


def things() -> str:
    """Write a table of the classes of things that the ontology defines."""
    rows = [(name, above, meaning) for name, meaning, above, _ in _classes() if not _is_claim(name, above)]
    return table(("class", "kind of", "meaning"), rows)


def claims() -> str:
    """Write a table of the classes of claims, with what the shapes demand of each besides a source."""
    rows = [(name, meaning, must) for name, meaning, above, must in _classes() if _is_claim(name, above)]
    return table(("class", "meaning", "must give"), rows)


def concepts() -> str:
    """Write a table of the concepts that claims choose from, by scheme."""
    rows = ((row["choice"], _code(row["concept"]), row["meaning"]) for row in _ontology().select(_CONCEPTS))
    return table(("choice", "concept", "meaning"), rows)


def queries() -> str:
    """Write a table of the named queries."""
    found = (query.query for query in _ontology().queries.values())
    rows = (
        (
            f"[`{query.name}`](../queries/{query.name}.rq)",
            ", ".join(f"`{parameter.name}`" for parameter in query.parameters),
            query.question,
        )
        for query in found
    )
    return table(("query", "parameters", "question"), rows)


def _ontology() -> rg.RoleGraph:
    import rolegraph as rg

    return rg.open(ROOT / "ontology" / "shapes.ttl")


def _classes() -> list[tuple[str, str, str, str]]:
    found: dict[str, tuple[str, str, list[str]]] = {}
    for row in _ontology().select(_CLASSES):
        _, _, must = found.setdefault(row["class"], (row["meaning"], row["above"] or "", []))
        must += [row["must"]] if row["must"] else []
    return [
        (_code(name), meaning, _code(above), ", ".join(map(_code, must)))
        for name, (meaning, above, must) in found.items()
    ]


def _is_claim(name: str, above: str) -> bool:
    return name == "`rg:Claim`" or above in {"`rg:Claim`", "`rg:Statement`"}


def _code(iri: str) -> str:
    from rolegraph.names import shorten

    return f"`{shorten(iri)}`" if iri else ""


# -- the code


def floors() -> str:
    """Write a table of the files of the package by floor, each with the first sentence of its docstring."""
    rows = ((str(floor), f"`{file}`", words) for floor, file, words in modules())
    return table(("floor", "file", "what it does"), rows)


def modules() -> list[tuple[int, str, str]]:
    """Give the files of the package by floor: its number, the file under src/rolegraph, what it does."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    found = []
    for floor, layer in zip(range(len(layers) - 1, -1, -1), layers, strict=True):
        for name in re.split(r"\s*[|:]\s*", layer):
            path = ROOT / "src" / "rolegraph" / name
            files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
            found += [(floor, str(file.relative_to(path.parent)), _first_sentence(file)) for file in files]
    return found


def _first_sentence(file: Path) -> str:
    words = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n\n")[0]
    return re.split(r"(?<=[.?])\s", " ".join(words.split()))[0]
