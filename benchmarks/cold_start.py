"""Times whole commands against the least that Python needs to import what they stand on.

Each command runs in turn with its floor, so that a busy moment hits both. It prints the medians of all runs,
and the median of the ratios within the pairs. The bars are the project's promise; --check turns them into an
exit code.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A command, the imports that it cannot do without, and how much longer than those it may take."""

    command: tuple[str, ...]
    floor: str
    bar: float | None = None


@dataclass(frozen=True)
class Timing:
    """Medians of a case's runs, in milliseconds, and the median ratio of its pairs."""

    command: str
    floor: str
    command_ms: float
    floor_ms: float
    ratio: float
    bar: float | None

    @property
    def kept(self) -> bool:
        """Tell whether the command stays under its bar, or has none."""
        return self.bar is None or self.ratio <= self.bar


CASES = (
    Case(("query", "skills_of_role"), "click, pyoxigraph", 1.5),
    Case(("path", "product developer", "CEO"), "click, pyoxigraph, networkx", 1.5),
    Case(("find", "product"), "click, pyoxigraph"),
    Case(("--help",), "click"),
)


def seconds(command: list[str], folder: str) -> float:
    """Run a command to its end with its output thrown away, and give the time that it took.

    Raises CalledProcessError when it fails: a fast error is no fast answer.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def measure(case: Case, runs: int) -> Timing:
    """Time a case and its floor by turns; one run of each beforehand fills the caches."""
    script = Path(sys.executable).parent / "rolegraph"
    rolegraph = [str(script)] if script.exists() else [sys.executable, "-m", "rolegraph"]
    command = [*rolegraph, *case.command]
    floor = [sys.executable, "-c", f"import {case.floor}"]
    with tempfile.TemporaryDirectory() as folder:
        seconds(command, folder)
        seconds(floor, folder)
        pairs = [(seconds(command, folder), seconds(floor, folder)) for _ in range(runs)]
    return Timing(
        command=" ".join(["rolegraph", *(f'"{word}"' if " " in word else word for word in case.command)]),
        floor=f"import {case.floor}",
        command_ms=round(1000 * statistics.median(pair[0] for pair in pairs), 1),
        floor_ms=round(1000 * statistics.median(pair[1] for pair in pairs), 1),
        ratio=round(statistics.median(pair[0] / pair[1] for pair in pairs), 2),
        bar=case.bar,
    )


def table(timings: list[Timing], runs: int) -> str:
    """Write the timings for a reader."""
    wide = max(len(timing.command) for timing in timings)
    deep = max(len(timing.floor) for timing in timings)
    lines = [f"{'command':<{wide}} {'ms':>6}  {'floor':<{deep}} {'ms':>6}  {'ratio':>5}  bar"]
    for timing in timings:
        bar = "-" if timing.bar is None else f"{timing.bar} {'kept' if timing.kept else 'MISSED'}"
        lines.append(
            f"{timing.command:<{wide}} {timing.command_ms:>6.1f}  "
            f"{timing.floor:<{deep}} {timing.floor_ms:>6.1f}  {timing.ratio:>5.2f}  {bar}"
        )
    return "\n".join([*lines, f"Medians of {runs} pairs of runs, Python {sys.version.split()[0]}."])


def main() -> int:
    """Measure every case and print the result."""
    parser = argparse.ArgumentParser(description="Time whole rolegraph commands against their floor.")
    parser.add_argument("--runs", type=int, default=15, help="pairs of runs of each case (15)")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    arguments = parser.parse_args()
    timings = [measure(case, arguments.runs) for case in CASES]
    if arguments.format == "json":
        print(json.dumps([asdict(timing) for timing in timings], indent=2))
    else:
        print(table(timings, arguments.runs))
    return int(arguments.check and not all(timing.kept for timing in timings))


if __name__ == "__main__":
    sys.exit(main())
