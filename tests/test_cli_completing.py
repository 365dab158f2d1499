"""Shells complete what is typed; what they insert is what the command then gets."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time

import click
import pytest
from cli_runner import command, environment, process, rolegraph
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLD

from rolegraph import cli
from rolegraph.cli.completing import SHELLS, TAKES, quoted, read_line
from rolegraph.opening import open_graph
from rolegraph.queries import query_names
from rolegraph.start import wants_shipped

BREAKS = "\"'@><=;|&(:"


def offered(line: str, shell: str = "bash") -> list[str]:
    """Give what a shell is offered behind this line: what it would insert."""
    asked = {"_ROLEGRAPH_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_BREAKS": BREAKS}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in asked.items():
            patch.setenv(name, value)
        answer = rolegraph()
    assert answer.err == ""
    return [row.split("\t")[1] for row in answer.out.splitlines() if row]


# -- what is offered -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("rolegraph ", {"path", "role", "query", "info"}),
        ("rolegraph pa", {"path"}),
        ("rolegraph path --ma", {"--max-steps", "--max-pay-cut"}),
        ("rolegraph role chief\\ product", {"chief\\ product\\ officer"}),
        ('rolegraph role "chief product', {"chief product officer"}),
        ("rolegraph role CHIEF\\ PROD", {"CHIEF\\ PRODuct\\ officer"}),
        ("rolegraph gap CPO CM", {"CMO"}),
        ("rolegraph role role:chief-prod", {"chief-product-officer"}),
        ("rolegraph path CPO CEO --via 'chief mark", {"chief marketing officer"}),
        ("rolegraph path CPO CEO --via=product\\ dev", {"product\\ developer"}),
        ("rolegraph path CPO CEO --no-degree ba", {"bachelor\\'s\\ degree"}),
        ("rolegraph why lead\\ o", {"lead\\ others"}),
        ("rolegraph query skills_of_r", {"skills_of_role"}),
        ("rolegraph query skills_of_role ", {"role="}),
        ("rolegraph query skills_of_role role=chief\\ product\\ o", {"chief\\ product\\ officer"}),
        ("rolegraph queries skills_of_r", {"skills_of_role"}),
        ("rolegraph queries show skills_of_r", {"skills_of_role"}),
        ("rolegraph find --kind cert", {"certification"}),
        ("rolegraph --data cur", {"curated"}),
        ("rolegraph info --data=ob", {"observed"}),
        ("rolegraph lint --rule pay", {"pay-inversion"}),
        ("rolegraph completion z", {"zsh"}),
    ],
)
def test_a_place_is_offered_what_may_stand_in_it(line, some):
    assert some <= set(offered(line))


@pytest.mark.parametrize(
    "line",
    ["rolegraph role zzzz", "rolegraph nonsens", "rolegraph query nonsense x=", "rolegraph path --zz"],
)
def test_where_nothing_fits_nothing_is_offered(line):
    assert offered(line) == []


def test_every_role_and_every_query_is_offered():
    names = {entry.label.casefold() for entry in open_graph().entries() if entry.kind == "role"}
    assert names <= {name.casefold() for name in offered("rolegraph\nrole\n", "zsh")}
    assert set(query_names()) <= set(offered("rolegraph\nquery\n", "zsh"))


def test_names_are_those_of_the_data_of_the_line(tmp_path):
    assert "kitchen\\ porter" in offered(f"rolegraph role --data {WORLD} kit")
    assert "kitchen\\ porter" not in offered("rolegraph role kit")
    store = tmp_path / "town.store"
    assert rolegraph("export", str(store), "--data", str(WORLD)).code == 0
    assert "kitchen\\ porter" in offered(f"rolegraph role --data {store} kit")
    assert offered(f"rolegraph role --data {tmp_path / 'nowhere.ttl'} chief\\ p") == [
        "chief\\ product\\ officer"
    ]
    large = tmp_path / "large.ttl"
    large.write_bytes(WORLD.read_bytes() + b"\n#" + b"x" * 2_000_000)
    assert offered(f"rolegraph role --data {large} kitchen") == []


def test_data_that_is_broken_offers_nothing_and_says_nothing(tmp_path):
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle", "utf-8")
    assert offered(f"rolegraph role --data {broken} kit") == []


def test_names_that_would_steer_a_terminal_are_not_offered(tmp_path):
    evil = tmp_path / "evil.ttl"
    evil.write_text(
        "@prefix rg: <https://w3id.org/rolegraph/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://x.test/1> a rg:Role ; skos:prefLabel "evil \\u001b[31m red" .\n'
        '<http://x.test/2> a rg:Role ; skos:prefLabel "evil\\nline" .\n'
        '<http://x.test/3> a rg:Role ; skos:prefLabel "evil $(touch x) `y` ; rm" .\n',
        "utf-8",
    )
    assert offered(f"rolegraph role --data {evil} evil") == [r"evil\ \$\(touch\ x\)\ \`y\`\ \;\ rm"]


def _free_text(command: click.Command, context: click.Context) -> set[str]:
    free = set()
    for item in command.params:
        keys = {f"{command.name} {item.name}", item.metavar, item.name}
        if isinstance(item.type, click.types.StringParamType) and not keys & TAKES.keys():
            free.add(f"{command.name} {item.name}")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            free |= _free_text(command.get_command(context, name), context)
    return free


def test_every_parameter_that_takes_text_is_completed_but_for_words_of_ones_own():
    for line in ("source", "without_source", "release", "publisher", "accessed", "area", "name", "base"):
        assert line not in TAKES
    free = {item.split()[-1] for item in _free_text(cli.command, click.Context(cli.command))}
    words = {"release", "publisher", "accessed", "area", "name", "source_name", "base", "services"}
    words |= {"host", "hosts", "cors"}
    assert free <= words | {"source", "without_source"}


# -- the line that is typed ------------------------------------------------------------------------


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1)))
def test_a_line_is_read_as_a_shell_reads_it(words):
    assert [word.text for word in read_line(shlex.join(words) + " ", BREAKS)] == [*words, ""]


@given(st.text(st.characters(exclude_characters="\x00\n\r", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_is_quoted_is_read_back(text):
    for quote in ("", "'", '"'):
        line = f"x {quote}{quoted(text, quote)}{quote}"
        if quote != '"' or not set(text) & {"$", "`"}:  # shlex knows no escapes of these
            assert shlex.split(line) == ["x", text]
        assert [word.text for word in read_line(line, "")] == ["x", text]


# -- scripts and process ---------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_by_the_command_and_by_the_variable(shell):
    script = rolegraph("completion", shell)
    assert (script.code, script.err) == (0, "")
    assert process(_ROLEGRAPH_COMPLETE=f"{shell}_source") == script
    assert f"{shell}_complete" in script.out


def test_a_shell_that_is_not_known_is_refused():
    assert rolegraph("completion", "tcsh").code == 2
    answer = process(_ROLEGRAPH_COMPLETE="tcsh_source")
    assert (answer.code, answer.out) == (2, "")
    assert "bash, zsh, fish" in answer.err


@pytest.mark.parametrize(
    "line", ["", "\n", "rolegraph \udcff", "rolegraph 'a", "rolegraph path \\", "\x1b[31m x"]
)
def test_whatever_is_typed_there_is_no_traceback(line):
    for shell in SHELLS:
        answer = process(_ROLEGRAPH_COMPLETE=f"{shell}_complete", COMP_WORDS=line)
        assert answer.err == ""


def test_a_name_is_completed_without_the_slow_libraries():
    code = (
        "import sys; from rolegraph.cli import run; run([]);"
        "print(*sorted({'networkx', 'rdflib', 'rich', 'pyvis', 'yaml', 'pyshacl'} & sys.modules.keys()))"
    )
    asked = {"_ROLEGRAPH_COMPLETE": "zsh_complete", "COMP_WORDS": "rolegraph\npath\nchief prod"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(**asked), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["plain\tchief product officer\trole", ""]


def test_the_graph_is_read_ahead_for_names():
    assert wants_shipped(["rolegraph", "path", '"chief'])


# -- real shells -----------------------------------------------------------------------------------

#: How each shell is started without the user's own settings, and what it runs first. The function takes the
#: place of the program once the line is complete, and shows what it would have got.
START = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "source ./script; rolegraph() { printf '<%s>' \"$@\"; echo END; }",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -U compinit; compinit -u -D; . ./script; rolegraph() { printf '<%s>' \"$@\"; echo END }",
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "source ./script; function rolegraph; printf '<%s>' $argv; echo END; end",
    ),
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "rolegraph"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, command()))} "$@"\n')
    script.chmod(0o700)
    return folder


def typed_into(shell: str, keys: list[str], folder, programs) -> list[str]:
    """Type lines into a real shell on a terminal; give the words that the command got for each."""
    (folder / "script").write_text(rolegraph("completion", shell).out, "utf-8")
    (folder / "my data.ttl").write_bytes(WORLD.read_bytes())
    start, first = START[shell]
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        places = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "TERM": "xterm",
            "COLUMNS": "300",
        }
        os.execvpe(start[0], start, environment(**places))  # noqa: S606
    shown = []
    try:
        for line in (first + "; rolegraph ready", *keys):
            os.write(terminal, line.encode() + b"\r")
            shown.append(_until_end(terminal))
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)
    return [re.findall(r"[\r\n](<.*)", text)[-1] for text in shown[1:]]


def _until_end(terminal: int) -> str:
    """Read until the command has run and the shell has shown its prompt and fallen silent."""
    shown = b""
    limit = time.monotonic() + 30
    while select.select([terminal], [], [], 0.3)[0] or b">END" not in shown:
        assert time.monotonic() < limit, shown.decode()
        if select.select([terminal], [], [], 0)[0]:
            shown += os.read(terminal, 65536)
    return shown[: shown.rindex(b"END")].decode()


@pytest.mark.parametrize("shell", SHELLS)
def test_what_a_shell_inserts_is_what_the_command_gets(shell, tmp_path, programs):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    lines = {
        "rolegraph pat\tCPO": "<path><CPO>",
        'rolegraph path "product dev\tCEO': "<path><product developer><CEO>",
        "rolegraph path product\\ dev\tCEO": "<path><product developer><CEO>",
        "rolegraph path 'product dev\tCEO": "<path><product developer><CEO>",
        "rolegraph path CPO CEO --no-degree bach\t": "<path><CPO><CEO><--no-degree><bachelor's degree>",
        "rolegraph path CPO --via=product\\ dev\tCEO": "<path><CPO><--via=product developer><CEO>",
        "rolegraph role role:chief-prod\t--help": "<role><role:chief-product-officer><--help>",
        "rolegraph query skills_of_r\tro\tproduct\\ dev\t--format csv": (
            "<query><skills_of_role><role=product developer><--format><csv>"
        ),
        "rolegraph role --data my\tkitchen\\ p\t": "<role><--data><my data.ttl><kitchen porter>",
    }
    assert dict(zip(lines, typed_into(shell, [*lines], tmp_path, programs), strict=True)) == lines
