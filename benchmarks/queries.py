"""Times the named queries on O*NET through rolegraph, pyoxigraph alone and rdflib, against bars.

Warm: the data lies in memory, in each engine as one named graph, and every query is asked by turns.
pyoxigraph alone gives its own rows; rolegraph gives plain values, once in this process and once from its
worker. A query that pyoxigraph itself does not answer in time is left out and named; where rdflib does not,
the limit stands for its time. Cold: whole commands on what lies on the disk. Figures are medians of the
turns. Ends with 1 when a bar does not hold.
"""

from __future__ import annotations

import argparse
import math
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

import rolegraph as rg
from rolegraph.names import PREFIXES
from rolegraph.worker import run_apart
from timing import Bar, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import Dataset

#: Where the data of other people lies, unless --data says otherwise.
DATA = Path(__file__).parents[2] / "shared" / "data"

#: Seconds that pyoxigraph alone may take for a query to be asked here, and rdflib before it is stopped.
LONGEST, LONGEST_RDFLIB = 2.0, 30.0

#: Bars: how many times the engine's time, and milliseconds for the way to the worker and back; how many times
#: as quick as rdflib; as quick as its command; how many times the time of the engine's command.
TIMES_ENGINE, ROUND_TRIP_MS, TIMES_RDFLIB, TIMES_COMMAND, TIMES_ENGINE_COMMAND = 1.2, 0.2, 20.0, 10.0, 3.0

#: What parameters of named queries stand for here: O*NET has other roles than the data that ships.
VALUES = {
    "role": "Chief Executives",
    "other": "Marketing Managers",
    "start": "Marketing Managers",
    "goal": "Chief Executives",
    "thing": "Chief Executives",
}

#: What is asked of the store on the disk, as a whole command.
QUESTION = """PREFIX rg: <https://w3id.org/rolegraph/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label { ?occupation a rg:Occupation ; skos:prefLabel ?label } ORDER BY ?label LIMIT 20"""


def filled(graph: rg.RoleGraph) -> dict[str, str]:
    """Give the SPARQL of the named SELECT queries, with roles of O*NET for their parameters."""
    found = {}
    for name, bound in graph.queries.items():
        values = {one.name: VALUES[one.name] for one in bound.query.parameters if one.name in VALUES}
        sparql = graph.fill(bound.query, values)
        if " SELECT " in f" {' '.join(sparql.split())} ".upper():
            found[name] = sparql
    return found


def alone(engine: ox.Store, sparql: str) -> int:
    """Ask pyoxigraph alone for all rows."""
    rows: Any = engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
    return len([tuple(row) for row in rows])


def by_rdflib(data: Dataset, sparql: str) -> float:
    """Ask rdflib for all rows; give the milliseconds that it took."""
    began = time.perf_counter()
    list(data.query(sparql))
    return 1000 * (time.perf_counter() - began)


def in_time(task: Callable[[], Any], seconds: float) -> Any:
    """Do something in a process of its own; give None when it takes longer."""
    try:
        return run_apart(task, "The query", rg.Limits(seconds=seconds, memory=None))
    except rg.OverLimit:
        return None


def warm(file: Path, runs: int) -> list[Bar]:
    """Time the named queries on data in memory."""
    from rdflib import Dataset

    graph = rg.open(file)
    bounded, engine = rg.RoleGraph(graph.store, rg.Limits()), graph.store.whole().engine
    ways: dict[str, Callable[[str], object]] = {
        "engine": partial(alone, engine),
        "rolegraph": graph.select,
        "worker": bounded.select,
    }
    queries = filled(graph)
    slow = {
        name for name, sparql in queries.items() if in_time(partial(alone, engine, sparql), LONGEST) is None
    }
    print(f"O*NET 29.3 in memory. Queries left out, for the engine takes more than {LONGEST:g} s:")
    print(", ".join(sorted(slow)) or "none")
    print(f"{'median, ms':<28}" + "".join(f"{name:>12}" for name in (*ways, "rdflib")))
    data = Dataset(default_union=True)
    data.parse(data=engine.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    measured = []
    for name in sorted(queries.keys() - slow):
        times = Times(name)
        for _ in range(runs):
            for way, ask in ways.items():
                times.take(way, ask, queries[name])
        took = in_time(partial(by_rdflib, data, queries[name]), LONGEST_RDFLIB)
        times.of["rdflib"] = [1000 * LONGEST_RDFLIB if took is None else took]
        figures = "".join(f"{times.median(way):>12,.2f}" for way in (*ways, "rdflib"))
        print(f"{name:<28}{figures}{' or more' if took is None else ''}", flush=True)
        measured.append(times)
    quicker = [math.log(each.median("rdflib") / each.median("rolegraph")) for each in measured]
    return [
        *(_over_engine(way, measured) for way in ("rolegraph", "worker")),
        Bar(
            "named queries, quicker than rdflib (geometric mean)",
            math.exp(statistics.fmean(quicker)),
            TIMES_RDFLIB,
            "times",
            True,
        ),
    ]


def _over_engine(way: str, measured: Sequence[Times]) -> Bar:
    over = [(each.median(way) - ROUND_TRIP_MS) / each.median("engine") for each in measured]
    what = f"named queries by {way}, {ROUND_TRIP_MS:g} ms taken off, over the engine alone (median)"
    return Bar(what, statistics.median(over), TIMES_ENGINE, "times")


def cold(store: Path, triples: Path, runs: int) -> list[Bar]:
    """Time whole commands on data on the disk."""
    folder = Path(sys.executable).parent
    commands = {
        "rolegraph": [sys.executable, "-m", "rolegraph", "query", QUESTION, "--data", str(store)],
        "oxigraph": [
            *(str(folder / "oxigraph"), "query", "--location", str(store), "--query", QUESTION),
            *("--results-format", "tsv", "--union-default-graph"),
        ],
        "sparqlquery": [str(folder / "sparqlquery"), str(triples), "--query", QUESTION],
    }
    times = Times("cold")
    for turn in range(runs):
        for name, command in commands.items():
            if name != "sparqlquery" or not turn:  # a minute each, of which nearly all is reading
                times.take(name, _run, command)
    for name in commands:
        print(f"one query on the disk, whole process: {name:<12}{times.median(name):>10,.0f} ms")
    return [
        Bar(
            "a query, quicker than sparqlquery",
            times.ratio("sparqlquery", "rolegraph"),
            TIMES_COMMAND,
            "times",
            True,
        ),
        Bar(
            "a query, over oxigraph query",
            times.ratio("rolegraph", "oxigraph"),
            TIMES_ENGINE_COMMAND,
            "times",
        ),
    ]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Measure warm and cold queries, and hold them against their bars."""
    parser = argparse.ArgumentParser(description="Time queries beside pyoxigraph alone and rdflib, on O*NET.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of third-party data")
    parser.add_argument("--runs", type=int, default=5, help="turns (5)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        triples, store = Path(place, "onet.nt"), Path(place, "onet.store")
        for target in (triples, store):
            rg.import_onet(arguments.data / "onet" / "db_29_3_text.zip", target)
        bars = [*cold(store, triples, arguments.runs), *warm(triples, arguments.runs)]
    print("\n".join(map(str, bars)))
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
