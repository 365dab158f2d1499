"""Times `rolegraph serve` under load and under attack, beside rdflib-endpoint and Oxigraph's own server.

Everything runs on this machine, on free ports of its loopback address, and holds the graph that ships. The
good clients ask lookups of which no two are the same, so that no answer is one that was kept; what it is
worth to ask the same again is told besides. --quick asks a tenth as much, --check turns the bars into an exit
code.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import rolegraph as rg
from http_load import Load, get, load, post
from timing import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLIENTS = 64
HERE = Path(__file__).resolve().parent

#: What runs rdflib-endpoint on a file of quads; its default graph is the union, as it is elsewhere here.
RDFLIB_ENDPOINT = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
data = rdflib.Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""

PREFIXES = "PREFIX rg: <https://w3id.org/rolegraph/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "

#: Queries that keep the engine busy for 5 ms or more: joins that are counted, paths, many rows.
HEAVY = {
    "claims by class and predicate": "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p",
    "skills that roles share": "SELECT ?a ?b (COUNT(?k) AS ?n)"
    " { ?x rg:role ?a ; rg:skill ?k . ?y rg:role ?b ; rg:skill ?k } GROUP BY ?a ?b",
    "roles within reach": "SELECT ?a (COUNT(DISTINCT ?b) AS ?n)"
    " { ?a a rg:Role . ?a (^rg:fromRole/rg:toRole)+ ?b } GROUP BY ?a",
    "all statements, as 6,900 rows": "SELECT ?s ?p ?o { ?s ?p ?o }",
}

#: What a hostile client asks, over and over: products, paths, memory, depth, regular expressions, rows.
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
    "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(*) AS ?n) { ?a ((!<x:y>*)*)* ?b }",
    "SELECT (STRLEN(?v32) AS ?n) { BIND('xxxxxxxxxx' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(32))
    + " }",
    "SELECT * " + "{" * 2_300 + "}" * 2_300,
    "SELECT * { ?s ?p " + "(" * 100 + "1" + ")" * 100 + " }",
    "SELECT * { FILTER(REGEX('a', '((a{1,1000}){1,1000}){1,1000}')) }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
)


def main() -> int:
    """Run it, and give the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="ask a tenth as much")
    parser.add_argument("--check", action="store_true", help="fail where a bar is missed")
    parser.add_argument("--hostile", type=int, default=2, metavar="N", help="how many hostile clients (2)")
    asked = parser.parse_args()
    each = 100 if asked.quick else 1_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nq"
        rg.open().export(file)
        bars = [*_under_attack(each, asked.hostile), *_beside_others(Path(folder), file, each // 4)]
    print()
    for bar in bars:
        print(bar)
    return int(asked.check and not all(bar.holds for bar in bars))


# -- the servers


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[int]:
    """Run a server until the end, and wait until it answers; give its process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D"
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(address, timeout=5).read()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def rolegraph(port: int) -> Iterator[int]:
    """Run our server."""
    command = (sys.executable, "-m", "rolegraph", "serve", "--quiet", "--port", str(port))
    with running(command, port) as process:
        yield process


@contextmanager
def rdflib_endpoint(port: int, file: Path) -> Iterator[int]:
    """Run rdflib-endpoint."""
    with running((sys.executable, "-c", RDFLIB_ENDPOINT, str(file), str(port)), port) as process:
        yield process


@contextmanager
def oxigraph(port: int, file: Path, folder: Path) -> Iterator[int]:
    """Run Oxigraph's server; it answers at /query, and takes the union of graphs where that is said."""
    place = str(folder / "oxigraph")
    program = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run(
        (program, "load", "--location", place, "--file", str(file)), capture_output=True, check=True
    )
    process = subprocess.Popen(
        (program, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if time.monotonic() > until:
                raise TimeoutError(program)
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def memory(process: int) -> float:
    """Give the MB that a process and its children take of their own."""
    total = 0
    for number in [process, *_children(process)]:
        text = Path(f"/proc/{number}/smaps_rollup").read_text()
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1000


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for number in map(int, task.read_text().split()):
            found += [number, *_children(number)]
    return found


# -- the questions


def lookups(path: str, port: int, many: int, first: int = 10) -> list[bytes]:
    """Give so many questions, no two the same: what is said of each role, in ever more rows."""
    roles = [row["role"] for row in rg.open().select("SELECT ?role { ?role a rg:Role } ORDER BY ?role")]
    union = "" if path == "/sparql" else "&union-default-graph"
    return [
        get(port, f"{path}?query={quote(f'SELECT ?p ?o {{ <{role}> ?p ?o }} LIMIT {rows}')}{union}")
        for rows in range(first, first + many // len(roles) + 1)
        for role in roles
    ][:many]


def _under_attack(each: int, hostile: int) -> list[Bar]:
    port = free_port()
    with rolegraph(port) as process:
        load(port, lookups("/sparql", port, CLIENTS * 20), CLIENTS, 20)
        requests = lookups("/sparql", port, CLIENTS * (each // 4), first=10_000)
        alone = load(port, requests, CLIENTS, each // 4)
        _tell("rolegraph, alone", alone)
        few = requests[-200:]
        load(port, few, 4, 50)
        _tell("the same, asked again and again", load(port, few, CLIENTS, each // 4))
        requests = lookups("/sparql", port, CLIENTS * each, first=100_000)
        before = memory(process)
        over = threading.Event()
        threads = [threading.Thread(target=_attack, args=(port, over, turn)) for turn in range(hostile)]
        for thread in threads:
            thread.start()
        found = load(port, requests, CLIENTS, each, seconds=150)
        over.set()
        _tell(f"rolegraph, beside {hostile} hostile clients", found)
        for thread in threads:
            thread.join()
        growth = _settled(process) - before
        print(f"memory: {before:.0f} MB before, {growth:+.0f} MB after")
    failed = found.failed + alone.failed
    if failed:
        print(f"failed: {failed[0]}")
    return [
        Bar("good queries that failed", len(failed), 0, "of them"),
        Bar("p99 of good queries under attack", found.percentile(0.99), 250, "ms"),
        Bar("growth of memory under attack", growth, 50, "MB"),
    ]


def _settled(process: int) -> float:
    """Give the memory once the last hostile queries are over."""
    time.sleep(12)
    return memory(process)


def _attack(port: int, over: threading.Event, turn: int) -> None:
    while not over.is_set():
        load(port, [post(port, "/sparql", HOSTILE[turn % len(HOSTILE)])], 1, 1, seconds=15)
        turn += 1


def _beside_others(folder: Path, file: Path, each: int) -> list[Bar]:
    ours, rdflib, theirs = free_port(), free_port(), free_port()
    with ExitStack() as servers:
        servers.enter_context(rolegraph(ours))
        servers.enter_context(rdflib_endpoint(rdflib, file))
        servers.enter_context(oxigraph(theirs, file, folder))
        print()
        rates = {}
        for name, port, path, many in (
            ("rolegraph", ours, "/sparql", each),
            ("rdflib-endpoint", rdflib, "/sparql", max(4, each // 10)),
            ("oxigraph", theirs, "/query", each),
        ):
            load(port, lookups(path, port, 40), 8, 5)
            requests = lookups(path, port, CLIENTS * many, first=10_000)
            found = load(port, requests, CLIENTS, many, seconds=60)
            rates[name] = found.rate
            _tell(f"lookups, {name}", found)
        print()
        ratios = [_heavy(name, query, ours, theirs) for name, query in HEAVY.items()]
    gain = rates["rolegraph"] / rates["rdflib-endpoint"]
    return [
        Bar("lookups, times as many as rdflib-endpoint answers", gain, 10, "times", at_least=True),
        Bar("heavy queries, times as long as oxigraph takes, at worst", max(ratios), 2, "times"),
    ]


def _heavy(name: str, query: str, ours: int, theirs: int) -> float:
    """Ask both servers a query by turns, one at a time, and give the ratio of their medians."""
    asked = PREFIXES + query
    pairs = []
    for turn in range(9):
        one = load(ours, [post(ours, "/sparql", f"{asked} # {turn}")], 1, 1)
        other = load(theirs, [post(theirs, "/query?union-default-graph", f"{asked} # {turn}")], 1, 1)
        if one.failed or other.failed:
            raise SystemExit(f"{name}: {(one.failed + other.failed)[0]}")
        if turn:  # the first fills caches
            pairs.append((1000 * one.took[0], 1000 * other.took[0]))
    mine, its = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(f"{name:<44}rolegraph {mine:7.1f} ms   oxigraph {its:7.1f} ms   {mine / its:.2f} times")
    return mine / its


def _tell(what: str, found: Load) -> None:
    print(
        f"{what:<44}{found.rate:7,.0f} a second   p50 {found.percentile(0.5):6.1f} ms"
        f"   p99 {found.percentile(0.99):6.1f} ms   {len(found.took):,} answers, {len(found.failed)} failed"
    )


if __name__ == "__main__":
    sys.exit(main())
