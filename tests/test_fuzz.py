"""The fuzzer itself: its trials can be had again, and what goes wrong in one is noticed, whatever it is."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys

import fuzz_targets
import fuzz_trials
import pytest
from fuzz_targets import TARGETS
from fuzz_trials import Trials, attempt, draw

from rolegraph.confinement import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="the fuzzer runs where a process can fork")


@pytest.fixture(autouse=True, scope="module")
def _no_process_is_left():
    yield
    fuzz_targets._asked.cache_clear()
    gc.collect()


@pytest.mark.parametrize("name", TARGETS)
def test_a_trial_is_made_from_its_seed_and_number_alone(name):
    again = [draw(name, 7, number) for number in reversed(range(8))]
    assert [draw(name, 7, number) for number in range(8)] == again[::-1]
    assert draw(name, 8, 0) != draw(name, 7, 0) or draw(name, 8, 1) != draw(name, 7, 1)


@pytest.mark.parametrize("name", ["turtle", "jsonld", "rdfxml", "sparql", "tables", "releases"])
def test_sound_files_are_taken_as_they_are(name, tmp_path):
    """What is spoilt has to be sound before, or nothing is tried but the first line."""
    for files in {repr(files): files for files in TARGETS[name].samples()}.values():
        reaches_out = any(word in content for content in files.values() for word in (b"127.0.0.1", b"file:"))
        assert attempt(name, files, tmp_path) == ("refused" if reaches_out else ""), files


#: A program in the place of the one that does trials: number -> what becomes of the trial.
PROGRAM = """
import os, sys, time
number = int(sys.argv[-1])
while True:
    print("begin", number, flush=True)
    if number == 2:
        os.abort()
    if number == 4:
        time.sleep(60)
    if number == 6:
        sys.exit(0)
    told = {0: "", 1: "refused", 3: "Traceback\\\\nKeyError: 'x'"}.get(number, "")
    print("end", repr(told), flush=True)
    number += 1
    if number > 50:
        time.sleep(60)
"""


def test_what_goes_wrong_is_noticed_and_kept(tmp_path, monkeypatch, capsys):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    monkeypatch.setattr(fuzz_trials, "PATIENCE", 0.5)
    trials = Trials("turtle", 1, tmp_path / "found", program, most=48)
    trials.run(120)
    assert trials.refused == 1
    assert trials.done == 48 - 3
    assert sum(trials.findings.values()) == 4
    told = {int(line.split()[1].rstrip(":")): line for line in capsys.readouterr().out.splitlines()}
    assert sorted(told) == [2, 3, 4, 6]
    assert "SIGABRT" in told[2]
    assert "no end after" in told[4]
    for number in told:
        kept = {file.name: file.read_bytes() for file in (tmp_path / "found/turtle" / str(number)).iterdir()}
        assert f"--seed 1 --only {number}" in kept.pop("what-happened.txt").decode()
        assert kept == draw("turtle", 1, number)


def test_what_is_no_error_of_rolegraph_is_told_with_its_place(tmp_path, monkeypatch):
    def wrong(_folder):
        raise KeyError("x")

    monkeypatch.setitem(TARGETS, "turtle", fuzz_trials.TARGETS["turtle"].__class__("turtle", list, wrong))
    assert attempt("turtle", {"a.ttl": b""}, tmp_path).endswith("KeyError: 'x'\n")


def test_a_run_ends_in_time_and_well(tmp_path):
    command = [sys.executable, shutil.which("fuzz.py", path="tools") or "tools/fuzz.py", "rdfxml"]
    done = subprocess.run(
        [*command, "--seconds", "2", "--seed", "1", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=fuzz_trials.Path(fuzz_trials.__file__).parent.parent,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert " 0 findings" in done.stdout
