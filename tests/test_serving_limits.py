"""The server holds its limits, says so, and goes on; nothing outlives it."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from cli_runner import process
from served import DIRECT, ENDLESS, family, gone, lives, served

from rolegraph.confinement import CAN_FORK
from rolegraph.serving.running import _listening
from rolegraph.stores import FORMATS

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")

ROWS = "SELECT ?s { ?s <x:p> ?o }"
TRIPLES = "CONSTRUCT WHERE { ?s <x:p> ?o }"
GOOD = "SELECT ?o { <x:s1> <x:p> ?o }"

BOMB = "BIND('xxxxxxxxxx' AS ?v0) " + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(32))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    file = tmp_path_factory.mktemp("data") / "a.ttl"
    file.write_text("".join(f'<x:s{n}> <x:p> "{n}" .\n' for n in range(500)), "utf-8")
    return file


@pytest.fixture(scope="module")
def server(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    limits = (
        "--timeout",
        "2",
        "--max-rows",
        "10",
        "--max-size",
        "1",
        "--max-memory",
        "40",
        "--workers",
        "2",
    )
    with served(folder, "--data", str(data), *limits) as running:
        yield running


def good(server):
    found = server.query(GOOD)
    return found.status == 200 and found.values("o") == ["1"]


# -- answers that are cut off


@pytest.mark.parametrize(
    ("media", "rows"),
    [
        ("application/sparql-results+json", lambda body: len(json.loads(body)["results"]["bindings"])),
        (
            "application/sparql-results+xml",
            lambda body: len(ET.fromstring(body)[1]),  # noqa: S314 - it is what our server wrote
        ),
        ("text/csv", lambda body: body.count(b"\r\n") - 1),
        ("text/tab-separated-values", lambda body: body.count(b"\n") - 1),
    ],
)
def test_rows_are_cut_off_and_the_document_is_whole(server, media, rows):
    found = server.query(ROWS, media)
    assert (found.status, found.headers["rolegraph-truncated"], rows(found.body)) == (200, "rows", 10)
    whole = server.query(f"{ROWS} LIMIT 10", media)
    assert "rolegraph-truncated" not in whole.headers
    assert rows(whole.body) == 10


def test_a_table_that_is_cut_off_links_to_why(server):
    link = f"{server.address}#rows"
    assert server.query(ROWS).json()["head"] == {"link": [link], "vars": ["s"]}
    head = ET.fromstring(server.query(ROWS, "application/sparql-results+xml").body)[0]  # noqa: S314 - it is what our server wrote
    assert [child.tag.partition("}")[2] for child in head] == ["variable", "link"]
    assert head[1].get("href") == link
    assert 'id="rows"' in server.get("/").text


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_triples_are_cut_off_and_the_document_is_whole(server, media):
    from rolegraph.serving.negotiation import GRAPHS

    found = server.query(TRIPLES, media)
    assert (found.status, found.headers["rolegraph-truncated"]) == (200, "rows")
    assert len(list(ox.parse(found.body, format=FORMATS[f".{GRAPHS[media]}"]))) == 10
    assert ("cut off after 10 triples" in found.text) == (media != "application/ld+json")


LONG = "SELECT ?v16 ?n { VALUES ?n { 1 2 3 } " + BOMB[: BOMB.index("BIND(CONCAT(?v16")] + "}"


@pytest.mark.parametrize(
    "media", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]
)
def test_size_is_cut_off_and_the_document_is_whole(server, media):
    found = server.query(LONG, media)
    assert (found.status, found.headers["rolegraph-truncated"]) == (200, "size")
    assert 600_000 < len(found.body) < 1_000_000
    assert found.text.count("xxxxxxxxxx") == 65536
    if media.endswith("json"):
        assert len(found.json()["results"]["bindings"]) == 1


def test_what_is_longer_in_another_format_is_cut_off_by_that(data, tmp_path):
    with served(
        tmp_path, "--data", str(data), "--max-size", "1", "--max-rows", "0", "--workers", "1"
    ) as server:
        numbers = " ".join(map(str, range(20)))
        sparql = f"SELECT * {{ VALUES ?a {{ {numbers} }} ?s <x:p> ?o }}"
        short = server.query(sparql, "text/tab-separated-values")
        assert (short.status, short.body.count(b"\n")) == (200, 10_001)
        assert "rolegraph-truncated" not in short.headers
        found = server.query(sparql)
        assert (found.status, found.headers["rolegraph-truncated"]) == (200, "size")
        assert 700_000 < len(found.body) <= 1_000_000
        assert 4_000 < len(found.json()["results"]["bindings"]) < 10_000


# -- queries that are ended


def test_time_ends_a_query_and_the_next_is_answered(server):
    began = time.monotonic()
    found = server.query(ENDLESS)
    assert (found.status, found.text) == (504, "The query was stopped after 2 s.\n")
    assert time.monotonic() - began < 6
    assert good(server)


def test_memory_ends_a_query_and_the_next_is_answered(server):
    found = server.query(f"SELECT (STRLEN(?v32) AS ?n) {{ {BOMB} }}")
    assert (found.status, found.text) == (507, "The query needs more than 40 MB of memory.\n")
    assert good(server)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "SELECT * " + "{" * 2_300 + "}" * 2_300,
        "SELECT * { FILTER(" + "1+" * 7_000 + "1) }",
    ],
)
def test_what_is_refused_everywhere_is_refused_here(server, sparql):
    found = server.post(sparql, DIRECT)
    assert found.status == 400
    assert found.media == "text/plain"
    assert good(server)


def test_many_that_never_end_do_not_keep_a_good_one_from_being_answered(server):
    with ThreadPoolExecutor(8) as threads:
        hostile = [threads.submit(server.query, ENDLESS) for _ in range(6)]
        time.sleep(0.3)
        assert all(good(server) for _ in range(5))
        statuses = {one.result().status for one in hostile}
    assert statuses <= {503, 504}
    assert good(server)
    until = time.monotonic() + 10
    while server.get("/health").json()["workers"] != {"ready": 2, "busy": 0, "aside": 0, "waiting": 0}:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_worker_that_somebody_ended_is_replaced(server):
    (holder,) = {number for number in server.children() if family(number) != {number}}
    for number in server.children() - {holder}:
        os.kill(number, signal.SIGKILL)
    until = time.monotonic() + 10
    while not good(server):
        assert time.monotonic() < until
    while sum(map(lives, server.children())) != 3:  # the holder of the graph, and two workers
        assert time.monotonic() < until


def test_a_client_that_goes_away_ends_its_query(data, tmp_path):
    with served(tmp_path, "--data", str(data), "--workers", "1", "--timeout", "60") as server:
        line = socket.create_connection(("127.0.0.1", server.port))
        line.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until = time.monotonic() + 20
        while server.get("/health").json()["workers"]["aside"] != 1:
            assert time.monotonic() < until
            time.sleep(0.02)
        line.close()
        while server.get("/health").json()["workers"]["aside"]:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert good(server)


def test_the_head_of_a_request_is_bounded(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        with pytest.raises(OSError):  # noqa: PT011 - a reset or a broken pipe, as the system has it
            line.sendall(b"x" * 64_000_000)
    assert good(server)


def test_answers_are_not_held_back():
    """Where the protocol of a socket is not named, asyncio leaves Nagle's algorithm on, which costs 40 ms."""
    with _listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


# -- the end of the server


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_finishes_what_it_is_answering(data, tmp_path, told):
    with served(tmp_path, "--data", str(data), "--timeout", "2", "--workers", "1") as server:
        left = server.children()
        with ThreadPoolExecutor(1) as threads:
            late = threads.submit(server.query, ENDLESS)
            time.sleep(0.6)
            server.process.send_signal(told)
            assert late.result().status == 504  # the answer that there is, and no broken connection
        assert server.process.wait(10) == 0
        assert gone(left)
        assert "Traceback" not in "".join(server.log())


def test_nothing_outlives_a_server_that_is_killed(data, tmp_path):
    with served(tmp_path, "--data", str(data), "--timeout", "60") as server:
        left = server.children()
        assert len(left) >= 3
        with ThreadPoolExecutor(2) as threads:
            for _ in range(2):
                threads.submit(server.query, ENDLESS)  # which fails, as its server is no more
            time.sleep(0.6)
            left |= server.children()
            server.process.kill()
        assert gone(left)


def test_a_server_whose_graph_is_gone_says_so(data, tmp_path):
    with served(tmp_path, "--data", str(data), "--workers", "1") as server:
        (holder,) = {number for number in server.children() if family(number) != {number}}
        for number in server.children():
            os.kill(number, signal.SIGKILL)
        assert gone(server.children() - {holder})
        until = time.monotonic() + 10
        while server.get("/health").status != 503:
            assert time.monotonic() < until
            server.query("ASK { }")
        found = server.query("ASK { }")
        assert found.status == 503
        assert "has to be started again" in found.text
        assert not lives(holder)


# -- what keeps it from beginning


def test_a_port_that_is_taken_is_told(server):
    found = process("serve", "--port", str(server.port))
    assert found.code == 2
    assert found.err == (
        f"Error: Cannot listen on 127.0.0.1, port {server.port}: Address already in use;"
        " --port 0 takes a free one.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--data", "nowhere.ttl"), "nowhere.ttl"),
        (("--cors", "example.org"), "'example.org' is no origin, such as https://example.org, or *."),
        (("--source", "nobody"), "nobody"),
        (("--host", "no.such.host.invalid"), "Cannot listen on no.such.host.invalid, port"),
    ],
)
def test_what_is_wrong_is_told_before_it_serves(arguments, message):
    found = process("serve", "--port", "0", *arguments)
    assert (found.code, found.raw) == (2, b"")
    assert message in found.err
    assert found.err.startswith("Error: ")
    assert found.err.count("\n") == 1


def test_files_are_read_within_limits(tmp_path):
    file = tmp_path / "a.jsonld"
    items = [{"@context": {}, "@id": f"urn:{n}", "t1": 1} for n in range(20_000)]
    file.write_text(json.dumps({"@context": {f"t{n}": f"urn:t{n}" for n in range(20_000)}, "@graph": items}))
    found = process("serve", "--port", "0", "--data", str(file), "--timeout", "0.5")
    assert (found.code, found.raw) == (3, b"")
    assert found.err == "Reading the data was stopped after 0.5 s. --timeout allows more.\n"
