"""Runs the trials of a target in processes of their own, for `tools/fuzz.py`, and notes how each came out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from select import select
from typing import IO, TYPE_CHECKING

from fuzz_targets import TARGETS

from rolegraph.errors import RolegraphError

if TYPE_CHECKING:
    from fuzz_depths import Files

#: Seconds and MB that one trial may take.
PATIENCE = 20.0
MEMORY = 1_024

#: Seconds after which a process makes room for a fresh one.
_SHIFT = 30.0

#: What does trials when it is told to serve.
_PROGRAM = Path(__file__).with_name("fuzz.py")

#: Findings of one kind that are kept.
_ENOUGH = 5


def draw(name: str, seed: int, number: int) -> Files:
    """Give the files of a trial: the same ones for the same target, seed and number."""
    return TARGETS[name].draw(Random(f"{name}:{seed}:{number}"))  # noqa: S311 - no secret


def serve(name: str, seed: int, number: int, step: int) -> None:
    """Do one trial after the other and tell of each, until the shift is over."""
    told = os.dup(1)
    _bound()
    until = time.monotonic() + _SHIFT
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        os.environ["FUZZ_PLACE"] = place
        while time.monotonic() < until:
            files = draw(name, seed, number)
            os.write(told, f"begin {number}\n".encode())
            how = attempt(name, files, Path(place))
            os.write(told, f"end {how!r}\n".encode())
            number += step


def attempt(name: str, files: Files, place: Path) -> str:
    """Do one trial; give "" where it ended well, "refused", or the traceback of what else it raised."""
    folder = place / "given"
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():  # taking the folder away, too, may take longer than the trial
        left.unlink()
    for file, content in files.items():
        (folder / file).write_bytes(content)
    try:
        TARGETS[name].run(folder)
    except RolegraphError:
        return "refused"
    except BaseException:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc()
    return ""


def _bound() -> None:
    import resource

    with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - as it is
        taken = int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass
class Trials:
    """The trials of one target, and what came of them."""

    name: str
    seed: int
    out: Path
    program: Path = _PROGRAM
    most: int = sys.maxsize
    done: int = 0
    refused: int = 0
    seconds: float = 0.0
    findings: Counter[str] = field(default_factory=Counter)
    late: set[int] = field(default_factory=set)

    def run(self, seconds: float, first: int = 0) -> None:
        """Do trials for so many seconds, or until there were as many as there may be."""
        began = time.monotonic()
        number = first
        while (left := seconds - (time.monotonic() - began)) > 0 and number < self.most:
            number = self._shift(number, left)
        self.seconds = time.monotonic() - began

    def _shift(self, first: int, left: float) -> int:
        """Do trials in one process, until it is tired, dead or too slow; give the number of the next one."""
        until = time.monotonic() + left
        command = [sys.executable, str(self.program), self.name, "--serve"]
        command += ["--seed", str(self.seed), "--only", str(first)]
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints) as child,
        ):
            try:
                return self._heard(child, first, until, complaints)
            finally:
                child.kill()

    def _heard(self, child: subprocess.Popen[bytes], number: int, until: float, complaints: IO[bytes]) -> int:
        rest, running, since = b"", False, time.monotonic()
        while True:
            now = time.monotonic()
            if now > until:
                return number
            assert child.stdout is not None  # noqa: S101 - for mypy
            if not select(
                [child.stdout], [], [], min(until - now, since + PATIENCE - now if running else 60)
            )[0]:
                if running and time.monotonic() - since >= PATIENCE:
                    child.kill()
                    return self._late(number)
                continue
            part = os.read(child.stdout.fileno(), 65_536)
            if not part:
                return self._ended(child, number, complaints, tired=not running)
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                word, _, told = line.decode().partition(" ")
                running = word == "begin"
                if running:
                    number, since = int(told), time.monotonic()
                else:
                    self._count(number, told)
                    number += 1
                if number >= self.most:
                    return number

    def _late(self, number: int) -> int:
        """Give a trial that did not end a second chance: the machine may have been busy."""
        if number not in self.late:
            self.late.add(number)
            return number
        self._found(number, f"no end after {PATIENCE:.0f} s, twice")
        return number + 1

    def _count(self, number: int, told: str) -> None:
        import ast

        how = ast.literal_eval(told)
        self.done += 1
        self.refused += how == "refused"
        if how not in {"", "refused"}:
            self._found(number, how)

    def _ended(
        self, child: subprocess.Popen[bytes], number: int, complaints: IO[bytes], *, tired: bool
    ) -> int:
        code = child.wait()
        if code == 0 and tired:
            return number
        complaints.seek(0)
        words = complaints.read().decode(errors="replace")[-3_000:]
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        self._found(number, f"the process ended by {how}\n{words}")
        return number + 1

    def _found(self, number: int, how: str) -> None:
        """Keep the files of a trial, and what happened."""
        kind = _kind(how)
        self.findings[kind] += 1
        if self.findings[kind] > _ENOUGH:
            return
        place = self.out / self.name / str(number)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, content in draw(self.name, self.seed, number).items():
            (place / name).write_bytes(content)
        again = f"python tools/fuzz.py {self.name} --seed {self.seed} --only {number}"
        (place / "what-happened.txt").write_text(f"{how}\nAgain: {again}\n", "utf-8")
        with suppress(OSError):
            print(f"{self.name} {number}: {kind}", flush=True)


def _kind(how: str) -> str:
    """Give what findings that are alike share: the error, and the line of the library that raised it."""
    lines = how.strip().split("\n")
    places = [line.strip() for line in lines if line.lstrip().startswith('File "') and "/rolegraph/" in line]
    if not places:
        return lines[0][:120]
    return f"{lines[-1].partition(':')[0]} in {places[-1].rpartition('/rolegraph/')[2]}"
