"""Over a thousand bad inputs to real processes: one clear message, the right exit code, nothing written.

The cases are data, in `bad_input`: what is called, with which files, and what has to be said. Every second
is tried by default, and all of them by `make faults`.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module
from pathlib import Path

import pytest
from warm import Warm
from worlds import MORE

#: The modules of cases, and how many there are at least of each kind.
KINDS = {
    "turtle": 100,
    "lines": 50,
    "jsonld": 80,
    "xml": 70,
    "queries": 200,
    "names": 100,
    "tables": 120,
    "files": 90,
    "calls": 200,
}
CASES = {name: import_module(f"bad_input.{name}").CASES for name in KINDS}

#: Lines of a message, and characters of it.
MOST_LINES, LONGEST = 20, 3_200

#: Marks that reorder text.
REORDERING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.fixture(scope="module")
def warm():
    with Warm() as started:
        yield started


def laid_out(folder, files):
    """Lay the files of a case in its folder; give all that lies there then."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content) if isinstance(content, bytes) else content(path)
    return there(folder)


def there(folder):
    """Give every path in a folder; what a file holds tells when it was changed."""
    return {path: path.lstat().st_size for path in folder.rglob("*") if path.is_file()}


def faults(case, ended):
    """Give all that is wrong with how a call ended."""
    if ended.code != case.code:
        yield f"exit code {ended.code}, and not {case.code}"
    if case.says not in ended.err:
        yield f"does not say {case.says!r}"
    lines = ended.err.splitlines()
    if not lines and case.code:
        yield "says nothing"
    if len(lines) > MOST_LINES or len(ended.err) > LONGEST:
        yield f"{len(lines)} lines, {len(ended.err)} characters"
    if steering := {sign for sign in ended.err if _steers(sign)}:
        yield f"control characters {steering}"
    if re.search(r"Traceback|fault of rolegraph itself|\b[A-Z]\w+(Error|Exception)\b", ended.err):
        yield "speaks of Python"
    if case.code == 2 and ended.out:
        yield "prints something on standard output"
    if case.code == 2 and sum(line.startswith("Error: ") for line in lines) != 1:
        yield "is not one message that begins with Error"


def _steers(sign):
    return (unicodedata.category(sign) == "Cc" and sign != "\n") or sign in REORDERING


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_refused_in_one_message(warm, tmp_path, kind):
    wrong = {}
    for number, case in enumerate(CASES[kind][:: 1 if MORE > 1 else 2]):
        folder = tmp_path / str(number)
        folder.mkdir()
        before = laid_out(folder, case.files)
        ended = warm(*case.arguments, folder=folder, stdin=case.reads, env=dict(case.env))
        found = [*faults(case, ended)]
        if there(folder) != before:
            found.append("leaves something behind")
        if found:
            wrong[case.name] = (found, ended.err[:300])
    assert wrong == {}


def test_there_are_many_kinds_of_bad_input():
    names = [case.name for kind in CASES.values() for case in kind]
    assert {kind: len(CASES[kind]) >= least for kind, least in KINDS.items()} == dict.fromkeys(KINDS, True)
    assert len(names) == len(set(names)) >= 1_000


def test_a_signal_and_a_traceback_would_be_seen(warm, tmp_path):
    """See that the process that forks tells of what must not happen."""
    Path(tmp_path, "small").write_bytes(b"x" * 10_000)
    ended = warm("info", "--data", "small", folder=tmp_path, env={"ROLEGRAPH_DEBUG": "1"})
    assert ended.code == 2
    killed = warm("shell", folder=tmp_path, stdin=b".run 'x\n" * 3, closed=(1, 2))
    assert (killed.code, killed.out, killed.err) == (2, "", "")
