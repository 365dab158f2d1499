"""Times imports against the engine alone and against plain rdflib, by turns, and holds them against bars.

Each task runs in a process of its own, which tells what time it took and how much memory at most. Ours reads
the official release, and writes a store or a file. The engine alone loads the same statements from N-Triples
into a store, in bulk; rdflib reads them there too and writes a file, for it has no store of its own. Figures
are medians, ratios the medians of those within the turns, so that a busy moment hits all. Ends with 1 when a
bar does not hold.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from timing import Bar, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Where the data of other people lies, unless --data says otherwise.
DATA = Path(__file__).parents[2] / "shared" / "data"

#: Bars: how much longer than the engine alone, how much quicker than rdflib, most memory, a whole query.
TIMES_ENGINE, TIMES_RDFLIB, MOST_MIB, WHOLE_MS = 2.0, 10.0, 1024.0, 1000.0

#: What is asked of the store in a process of its own.
QUESTION = "SELECT ?label { ?occupation a rg:Occupation ; skos:prefLabel ?label } LIMIT 10"

SOURCES = {"onet": "onet/db_29_3_text.zip", "esco": "esco"}
NAME = {"onet": "O*NET 29.3", "esco": "ESCO 1.1.1"}

#: A route that is asked for, where moves are stated.
ENDS = {"onet": ("Marketing Managers", "Chief Executives")}


def ours(kind: str, data: Path, out: Path) -> None:
    """Import by rolegraph."""
    import rolegraph as rg

    {"onet": rg.import_onet, "esco": rg.import_esco}[kind](data, out)


def engine(_kind: str, triples: Path, out: Path) -> None:
    """Load the same statements from N-Triples by pyoxigraph alone."""
    import pyoxigraph as ox

    store = ox.Store(str(out))
    graph = ox.NamedNode("https://example.org/graph")
    store.bulk_load(path=str(triples), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    store.flush()


def plain(_kind: str, triples: Path, out: Path) -> None:
    """Load the same statements by rdflib alone, and write them: it has no store on disk of its own."""
    from rdflib import Graph

    Graph().parse(triples, format="nt").serialize(out, format="nt", encoding="utf-8")


TASKS: dict[str, Callable[[str, Path, Path], None]] = {
    "ours": ours,
    "engine": engine,
    "file": ours,
    "rdflib": plain,
}


def child(task: str, kind: str, source: Path, out: Path) -> tuple[float, float]:
    """Do a task in a process of its own; give the seconds that it took, and the most memory in MiB."""
    command = [sys.executable, __file__, "--task", task, kind, str(source), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, most = json.loads(done.stdout)
    return seconds, most


def run_task(task: str, kind: str, source: str, out: str) -> None:
    """Do a task in this process, and print what it took."""
    began = time.perf_counter()
    TASKS[task](kind, Path(source), Path(out))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - began, most]))


def measure(kind: str, data: Path, runs: int, folder: Path) -> list[Bar]:
    """Time an import and what it is compared with by turns."""
    triples = folder / f"{kind}.nt"
    source = data / SOURCES[kind]
    child("ours", kind, source, triples)
    times, most = Times(NAME[kind]), 0.0
    store = folder / f"{kind}.store"
    for _ in range(runs):
        for task, read in (("ours", source), ("engine", triples), ("file", source), ("rdflib", triples)):
            out = {"ours": store, "engine": folder / "alone"}.get(task, folder / f"{task}-{kind}.nt")
            shutil.rmtree(out, ignore_errors=True)
            seconds, memory = child(task, kind, read, out)
            times.of.setdefault(task, []).append(1000 * seconds)
            most = max(most, memory) if task == "ours" else most
    whole = {"query": ("query", QUESTION)} | ({"path": ("path", *ENDS[kind])} if kind in ENDS else {})
    for _ in range(max(5, runs)):
        for name, words in whole.items():
            times.take(name, _ask, store, words)
    for task in (*TASKS, *whole):
        print(f"{NAME[kind]}: {task:<8}{times.median(task):>10,.0f} ms")
    return [
        Bar(
            f"{NAME[kind]} to a store, over the engine alone",
            times.ratio("ours", "engine"),
            TIMES_ENGINE,
            "times",
        ),
        Bar(
            f"{NAME[kind]} to a file, quicker than plain rdflib",
            times.ratio("rdflib", "file"),
            TIMES_RDFLIB,
            "times",
            True,
        ),
        Bar(f"{NAME[kind]} to a store, memory", most, MOST_MIB, "MiB"),
        *(
            Bar(f"{NAME[kind]}: {name} on the store, whole process", times.median(name), WHOLE_MS, "ms")
            for name in whole
        ),
    ]


def _ask(store: Path, words: Sequence[str]) -> None:
    command = [sys.executable, "-m", "rolegraph", *words, "--data", str(store)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Measure every import, and hold it against its bars."""
    parser = argparse.ArgumentParser(description="Time imports beside pyoxigraph alone and plain rdflib.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of third-party data")
    parser.add_argument("--runs", type=int, default=5, help="turns (5)")
    parser.add_argument("--task", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        run_task(*arguments.task)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        bars = [bar for kind in NAME for bar in measure(kind, arguments.data, arguments.runs, Path(folder))]
    print("\n".join(map(str, bars)))
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
