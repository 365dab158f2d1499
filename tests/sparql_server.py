"""A SPARQL endpoint on this machine with the manners of servers that there are.

It answers with the engine that rolegraph has itself; what differs is what it makes of the answers.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox

ROWS = {"json": ("application/sparql-results+json", ox.QueryResultsFormat.JSON)}
ROWS["xml"] = ("application/sparql-results+xml", ox.QueryResultsFormat.XML)
TRIPLES = {
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@dataclass
class Manners:
    """What a server does in a way of its own.

    cap: it gives no more rows, and says so if `tells`. union: a query sees all graphs. listed: it heeds the
    parameters that name graphs. renames: blank nodes have other names in each answer. shuffles: rows come in
    another order each time, unless they are sorted. forgets: a page lacks its last row.
    """

    rows: str = "json"
    triples: str = "nt"
    cap: int | None = None
    tells: bool = False
    union: bool = True
    listed: bool = False
    renames: bool = False
    shuffles: bool = False
    forgets: bool = False
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(engine: ox.Store, manners: Manners):
    """Serve a store, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(
                self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True
            )
            manners.asked.append(form["query"][0])
            try:
                kind, content, capped = _answer(engine, manners, form)
            except SyntaxError as error:
                self.send_response(400)
                kind, content, capped = "text/plain", str(error).encode(), False
            else:
                self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if capped and manners.tells:
                self.send_header("X-SPARQL-MaxRows", str(manners.cap))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        finally:
            server.shutdown()
            thread.join(5)


def _answer(engine, manners, form):
    graphs: dict[str, object] = {"use_default_graph_as_union": manners.union}
    if manners.listed and "default-graph-uri" in form:
        graphs = {
            "default_graph": [ox.NamedNode(iri) for iri in form["default-graph-uri"]],
            "named_graphs": [ox.NamedNode(iri) for iri in form["named-graph-uri"]],
        }
    sparql = form["query"][0]
    result = engine.query(sparql, **graphs)
    if isinstance(result, ox.QueryBoolean):
        return ROWS[manners.rows][0], result.serialize(format=ROWS[manners.rows][1]), False
    if isinstance(result, ox.QueryTriples):
        kind, rdf_format = TRIPLES[manners.triples]
        triples = list(result)
        kept = triples[: manners.cap]
        return kind, _renamed(ox.serialize(kept, format=rdf_format), manners), len(kept) < len(triples)
    kind, rows_format = ROWS[manners.rows]
    lines = result.serialize(format=ox.QueryResultsFormat.TSV).decode().removesuffix("\n").split("\n")
    head, rows = lines[0], lines[1:]
    if manners.shuffles and "ORDER BY" not in sparql:
        rows = rows[len(manners.asked) % 7 :] + rows[: len(manners.asked) % 7]
    kept = rows[: manners.cap]
    if manners.forgets and "OFFSET" in sparql:
        kept = kept[:-1]
    text = "\n".join([head, *kept, ""]).encode()
    read = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    return kind, _renamed(read.serialize(format=rows_format), manners), len(kept) < len(rows)


def _renamed(content: bytes, manners: Manners) -> bytes:
    """Give blank nodes names by their place in the answer, as some servers do."""
    if not manners.renames:
        return content
    names: dict[bytes, bytes] = {}
    pattern = rb'(?<="type":"bnode","value":")[^"]+|(?<=_:)\w+'
    return re.sub(pattern, lambda found: names.setdefault(found[0], b"b%d" % len(names)), content)


# -- servers that others wrote ----------------------------------------------------------------------------


@contextmanager
def oxigraph(folder: Path, *files: tuple[Path, str | None]):
    """Serve files, each in a graph of that name or as it says itself, by Oxigraph; give the address."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program, "the package oxigraph is among the tools of the tests"
    for file, graph in files:
        named = ["--graph", graph] if graph else []
        command = [program, "load", "--location", folder, "--file", file, *named]
        subprocess.run(command, check=True, capture_output=True)
    port = free_port()
    command = [program, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    with running(command, port, 20):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def running(command: list[str | Path], port: int, seconds: float, **how: object):
    """Run a server until the end of the test; wait until it listens."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how) as process:
        try:
            until = time.monotonic() + seconds
            while not _listens(port):
                assert process.poll() is None, f"{command[0]} has ended"
                assert time.monotonic() < until, f"{command[0]} does not listen"
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def free_port() -> int:
    """Give the number of a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]
