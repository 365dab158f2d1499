"""Kills, full disks, closed pipes, damaged stores: nothing lost or half written, one clear message each.

By default some kills are tried on each way to write; `make faults` tries every step, and many moments.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_runner import process, rolegraph, steering
from warm import Warm
from worlds import MORE, WORLD

DATA = ("--data", str(WORLD))
QUERY = b"# What is there?\nSELECT ?role { ?role a rg:Role }\n"
POSTING = b'{"@context": "https://schema.org", "@type": "Occupation", "name": "cook", "skills": "baking"}'

#: What the commands below read.
SOURCES = {
    "jobs/roles.csv": b"name,ladder,rank\nTrainee,Kitchen,1\nCook,Kitchen,2\n",
    "posting.json": POSTING,
    "mine/roles.rq": QUERY,
}


class Writer(NamedTuple):
    """A way to write: the call, what it writes, and what may lie there before (None: nothing)."""

    arguments: tuple[str, ...]
    target: str
    old: bytes | None = b"old"


WRITERS = {
    "n-quads": Writer(("export", "out.nq", *DATA), "out.nq"),
    "turtle": Writer(("export", "out.ttl", *DATA), "out.ttl"),
    "rdf-xml": Writer(("export", "out.rdf", *DATA), "out.rdf"),
    "json-ld": Writer(("export", "out.jsonld", *DATA), "out.jsonld"),
    "gexf": Writer(("export", "out.gexf", *DATA), "out.gexf"),
    "graphml": Writer(("export", "out.graphml", *DATA), "out.graphml"),
    "cytoscape": Writer(("export", "out.cyjs", *DATA), "out.cyjs"),
    "archive": Writer(("export", "out.zip", *DATA), "out.zip"),
    "folder": Writer(("export", "out", "--as", "csv", *DATA), "out", None),
    "folder again": Writer(("export", "out", "--as", "csv", *DATA), "out", b"old"),
    "store": Writer(("export", "out.store", *DATA), "out.store", None),
    "tables": Writer(("export", "out", "--table", *DATA), "out", None),
    "archive of tables": Writer(("export", "out.zip", "--table", *DATA), "out.zip"),
    "import to a file": Writer(("import", "table", "jobs", "-o", "out.ttl"), "out.ttl"),
    "import to a packed file": Writer(("import", "table", "jobs", "-o", "out.nt.gz"), "out.nt.gz"),
    "import to a store": Writer(("import", "table", "jobs", "-o", "out.store"), "out.store", None),
    "import of pages": Writer(("import", "schemaorg", "posting.json", "-o", "out.nq"), "out.nq"),
    "empty tables": Writer(("import", "table", "out", "--init"), "out", None),
    "mapping": Writer(("map", *DATA, "-o", "out.sssom.tsv", "--force"), "out.sssom.tsv"),
    "profile": Writer(("profile", "--init", "-o", "out.yaml", "--force", *DATA), "out.yaml"),
    "page": Writer(("view", "-o", "out.html", *DATA), "out.html"),
    "page of a query": Writer(
        ("query", "CONSTRUCT WHERE { ?a rg:toRole ?b }", "--view", "out.html", *DATA), "out.html"
    ),
    "pinned answers": Writer(
        ("queries", "test", "--queries", "mine", "--pin", *DATA), "mine/pinned/roles.csv"
    ),
}

#: Those that take long, or write as another one does.
SELDOM = {"page of a query", "graphml", "cytoscape", "rdf-xml", "archive of tables", "page"}

OFTEN = [name for name in WRITERS if MORE > 1 or name not in SELDOM]


@pytest.fixture(scope="module")
def warm():
    with Warm() as started:
        yield started


def laid_out(folder, writer):
    """Make a folder with the sources, and what lay at the target before."""
    for name, content in SOURCES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    target = folder / writer.target
    if writer.old is not None and "." in writer.target:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(writer.old)
    elif writer.old is not None:
        target.mkdir()
        for name in ("nodes.csv", "edges.csv"):
            (target / name).write_bytes(writer.old)
    return held(target)


def held(path):
    """Give what a path holds: bytes, files by name, or the statements of a store; None where nothing is."""
    if path.suffix == ".store":
        if not path.exists():
            return None
        answer = rolegraph("query", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "--data", str(path))
        assert answer.code == 0, answer.err
        return answer.out
    if path.is_dir():
        return {file.name: file.read_bytes() for file in sorted(path.iterdir())}
    return path.read_bytes() if path.exists() else None


def left(folder):
    """Give the names of what is neither a source nor a target."""
    known = {name.split("/")[0] for name in SOURCES}
    return {path.name for path in folder.rglob("*") if path.name.startswith(".")} | {
        path.name for path in folder.iterdir() if path.name not in known and not path.name.startswith("out")
    }


@contextmanager
def trial(writer):
    """Give a folder to write in, and what lay there before; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder, laid_out(folder, writer)


def whole(warm, writer):
    """Give what a whole run writes, and how long it takes."""
    with trial(writer) as (folder, _):
        start = time.monotonic()
        ended = warm(*writer.arguments, folder=folder)
        seconds = time.monotonic() - start
        assert ended.code in {0, 1}, ended.err
        assert left(folder) == set()
        return held(folder / writer.target), seconds


def killed(warm, writer, new, **how):
    """Kill a run, see that nothing is half written, and that the next run leaves nothing behind."""
    with trial(writer) as (folder, old):
        ended = warm(*writer.arguments, folder=folder, **how)
        found = held(folder / writer.target)
        assert found in (old, new), "half written"
        assert all(name.endswith(".rolegraph-part") for name in left(folder) if name.startswith("."))
        if found != new or writer.old is not None:
            again = warm(*writer.arguments, folder=folder)
            assert again.code in {0, 1}, again.err
            assert held(folder / writer.target) == new
            assert left(folder) == set()
        return ended


@pytest.mark.parametrize("name", OFTEN)
def test_a_kill_at_any_step_leaves_the_old_or_the_new(warm, name):
    writer = WRITERS[name]
    new, seconds = whole(warm, writer)
    chance = random.Random(name)  # noqa: S311 - it chooses moments
    steps = range(1, 100) if MORE > 1 else chance.sample(range(1, 6), 1)
    deaths = 0
    for step in steps:
        ended = killed(warm, writer, new, dies_at=step)
        if ended.code in {0, 1}:
            break
        # Where another process watches it, that one tells: as of a limit (3).
        assert ended.code in {-signal.SIGKILL, 128 + signal.SIGKILL, 3}
        deaths += 1
    for _ in range(8 if MORE > 1 else 1):
        moment = chance.uniform(0.2, 1.1) * seconds
        deaths += killed(warm, writer, new, told=(signal.SIGKILL, moment)).code == -signal.SIGKILL
    print(f"{name}: {deaths} kills")  # noqa: T201 - make faults tells how many there were


@pytest.mark.parametrize(
    "name", ["n-quads", "store", "import to a store", "tables", "profile", "folder again"]
)
def test_who_is_told_to_end_tidies_up(warm, name):
    writer = WRITERS[name]
    new, seconds = whole(warm, writer)
    for part in (0.3, 0.6, 0.8, 0.9) if MORE > 1 else (0.7,):
        with trial(writer) as (folder, old):
            ended = warm(*writer.arguments, folder=folder, told=(signal.SIGTERM, part * seconds))
            assert ended.code in {143, -signal.SIGTERM, 0}
            assert held(folder / writer.target) in (old, new)
            assert left(folder) == set()
            assert ended.err in {"", "Stopped.\n"} or ended.code == 0


# -- disks -----------------------------------------------------------------------------------------


def refused(ended, says):
    """See that a call was refused in one clear message."""
    assert ended.code == 2, ended
    assert says in ended.err
    assert len([line for line in ended.err.splitlines() if line.startswith("Error: ")]) == 1
    assert len(ended.err.splitlines()) <= 20
    assert steering(ended.err) == set()
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", [name for name in OFTEN if "store" not in name])
def test_a_file_that_may_not_grow_leaves_the_old(warm, name):
    writer = WRITERS[name]
    with trial(writer) as (folder, old):
        ended = warm(*writer.arguments, folder=folder, most=100)
        refused(ended, "File too large")
        assert held(folder / writer.target) == old
        assert left(folder) == set()


@contextmanager
def disk(*options):
    """Give a disk of its own in memory; skip where that needs more rights."""
    with tempfile.TemporaryDirectory() as name:
        call = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", name]
        made = subprocess.run(call, capture_output=True, check=False)
        if made.returncode:
            pytest.skip("needs the right to mount a small disk")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def fill(path):
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4_096)


@pytest.fixture
def mounting():
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("needs root to mount a small disk")


@pytest.mark.parametrize("name", OFTEN)
@pytest.mark.usefixtures("mounting")
def test_a_full_disk_leaves_the_old(warm, name):
    writer = WRITERS[name]
    with disk("size=200k") as folder:
        old = laid_out(folder, writer)
        with pytest.raises(OSError, match="No space"):
            fill(folder / "full")
        refused(warm(*writer.arguments, folder=folder), "No space left on device")
        (folder / "full").unlink()
        assert held(folder / writer.target) == old
        assert left(folder) == set()


@pytest.mark.parametrize("name", OFTEN)
@pytest.mark.usefixtures("mounting")
def test_a_disk_that_is_read_only_is_told_of(warm, name):
    writer = WRITERS[name]
    with disk("size=4m") as folder:
        old = laid_out(folder, writer)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        refused(warm(*writer.arguments, folder=folder), "Read-only file system")
        assert held(folder / writer.target) == old


def test_a_full_disk_under_standard_output(warm, tmp_path):
    for arguments in (("info", *DATA), ("role", "head chef", *DATA), ("queries", "show", "pay")):
        refused(
            warm(*arguments, folder=tmp_path, out="/dev/full"), "standard output: No space left on device"
        )


# -- streams ---------------------------------------------------------------------------------------

#: Commands that print, one of each.
PRINTING = (
    ("--help",),
    ("--version",),
    ("find", "chef", *DATA),
    ("role", "head chef", *DATA),
    ("path", "KP", "head chef", *DATA),
    ("path", "KP", "head chef", "--format", "turtle", *DATA),
    ("gap", "commis chef", "head chef", *DATA),
    ("why", "head chef", *DATA),
    ("profile", "--init", "-o", "-", *DATA),
    ("query", "SELECT * { ?s ?p ?o }", *DATA),
    ("query", "CONSTRUCT WHERE { ?s ?p ?o }", *DATA),
    ("query", "CONSTRUCT WHERE { ?s rg:toRole ?o }", "--view", "-", *DATA),
    ("queries",),
    ("queries", "show", "pay"),
    ("shell", *DATA),
    ("map", *DATA, "-o", "-"),
    ("lint", "--rules"),
    ("diff", str(WORLD), str(WORLD), "--format", "json"),
    ("info", *DATA),
    ("completion", "bash"),
)


@pytest.mark.parametrize("arguments", PRINTING, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_reader_that_leaves_ends_a_command_quietly(warm, tmp_path, arguments):
    ended = warm(*arguments, folder=tmp_path, out="broken", stdin=b"SELECT * { ?s ?p ?o };\n" * 50)
    assert (ended.code, [line for line in ended.err.splitlines() if "Error" in line or "roken" in line]) == (
        0,
        [],
    )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("arguments", PRINTING, ids=lambda arguments: " ".join(arguments[:2]))
def test_streams_that_are_closed_do_no_harm(warm, tmp_path, arguments):
    expected = warm(*arguments, folder=tmp_path).code
    for closed, stdin in (((1,), b""), ((2,), b""), ((1, 2), None)):
        ended = warm(*arguments, folder=tmp_path, closed=closed, stdin=stdin)
        assert ended.code == expected
        assert "Traceback" not in ended.err
        assert [*tmp_path.iterdir()] == []


# -- stores ----------------------------------------------------------------------------------------


def _flip(content):
    return (
        content[: len(content) // 2]
        + bytes([content[len(content) // 2] ^ 0xFF])
        + content[len(content) // 2 + 1 :]
    )


DAMAGES = {
    "cut off": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "longer": lambda content: content + b"x",
    "flipped": lambda content: _flip(content) if content else b"x",
    "gone": None,
}
ASKED = ("query", "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "csv", "--data", "it.store")


def test_a_damaged_store_gives_the_right_rows_or_a_clear_error(warm, tmp_path):
    assert warm("export", "it.store", *DATA, folder=tmp_path).code == 0
    right = warm(*ASKED, folder=tmp_path).out
    assert right.count("\n") > 100
    seen = set()
    for file in sorted((tmp_path / "it.store").iterdir()):
        content = file.read_bytes()
        for name, damage in DAMAGES.items():
            file.unlink() if damage is None else file.write_bytes(damage(content))
            ended = warm(*ASKED, folder=tmp_path)
            what = f"{file.name} {name}"
            if ended.code == 0:
                assert ended.out == right, what
            else:
                assert (ended.code, ended.out) == (2, ""), what
                assert ended.err.startswith("Error: it.store"), what
                assert len(ended.err.splitlines()) <= 20, what
                assert steering(ended.err) == set(), what
            seen.add(ended.code)
            file.write_bytes(content)
    assert seen == {0, 2}
    assert warm(*ASKED, folder=tmp_path).out == right


def test_several_processes_make_and_read_one_store(warm, tmp_path):
    store = str(tmp_path / "it.store")
    for _ in range(5 if MORE > 1 else 1):
        with ThreadPoolExecutor(2) as two:
            ended = [*two.map(lambda _: process("export", store, *DATA), range(2))]
        assert sorted(answer.code for answer in ended) == [0, 2]
        assert [store in answer.err for answer in ended if answer.code] == [True]
        assert [path.name for path in tmp_path.iterdir()] == ["it.store"]
        right = warm(*ASKED, folder=tmp_path).out
        asked = (*ASKED[:-1], store)
        with ThreadPoolExecutor(2) as two:
            assert [answer.out for answer in two.map(process, *zip(asked, asked, strict=True))] == [right] * 2
        shutil.rmtree(store)
