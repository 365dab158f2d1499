"""Bad requests to a served graph: the status says what is wrong, in plain words, and the server lives on."""

from __future__ import annotations

import http.client
import io
import socket
import subprocess
import sys
import unicodedata
from urllib.parse import urlsplit

import pytest
from bad_input.http import REQUESTS
from cli_runner import environment
from worlds import WORLD

pytest.importorskip("starlette", reason="needs the extra serve")
pytest.importorskip("uvicorn", reason="needs the extra serve")

#: Serves a file on a free port until its standard input ends, and tells the address first.
SERVER = """
import os, signal, sys, threading
import rolegraph as rg
from rolegraph.limits import Limits
from rolegraph.serving import ServeOptions, serve

def wait():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=wait, daemon=True).start()
options = ServeOptions(limits=Limits(seconds=1, rows=100))
serve(lambda: rg.open(sys.argv[1]), port=0, options=options, ready=lambda at: print(at, flush=True))
"""


@pytest.fixture(scope="module")
def address():
    """Serve the small world; give host and port."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(WORLD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
    ) as server:
        try:
            told = urlsplit(server.stdout.readline())
            yield told.hostname, told.port
        finally:
            server.stdin.close()
            try:
                assert server.wait(30) == 0
            finally:
                server.kill()


class Wire(io.BytesIO):
    """What came back, as http.client reads it."""

    def makefile(self, *_args, **_more):
        return self


def answered(address, wire):
    """Send bytes; give the status and the body that come back, 0 when nothing does."""
    with socket.create_connection(address, timeout=60) as line:
        try:
            line.sendall(wire)
            if b"Connection: close" not in wire:  # what is no request does not say so either
                line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it was refused before all of it was sent
        parts = []
        try:
            while part := line.recv(65_536):
                parts.append(part)
        except OSError:
            pass
    if not (whole := b"".join(parts)):
        return 0, ""
    response = http.client.HTTPResponse(Wire(whole))
    response.begin()
    return response.status, response.read().decode()


def faults(request, status, body):
    """Give all that is wrong with an answer."""
    if status not in request.statuses:
        yield f"status {status}, and not {request.statuses}"
    if status >= 400 and not 1 <= len(body.splitlines()) <= 20:
        yield f"{len(body.splitlines())} lines"
    if status >= 400 and len(body) > 4_000:
        yield f"{len(body)} characters"
    if "Traceback" in body or "fault of rolegraph" in body:
        yield "speaks of Python"
    if any(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t" for sign in body):
        yield "control characters"


def test_bad_requests_are_refused_and_the_server_lives_on(address):
    wrong = {}
    for request in REQUESTS:
        status, body = answered(address, request.wire)
        if found := [*faults(request, status, body)]:
            wrong[request.name] = (found, body[:200])
    assert not wrong
    good = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert answered(address, good)[0] == 200


def test_there_are_many_bad_requests():
    assert len({request.name for request in REQUESTS}) == len(REQUESTS) >= 100
