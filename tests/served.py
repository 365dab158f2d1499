"""A server for tests: a process on a free port of this machine, and requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cli_runner import command, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A query that no engine gets through in time.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Response:
    """What came back; names of headers are small."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        """Read the body as JSON."""
        return json.loads(self.body)

    def values(self, name: str) -> list[str]:
        """Give the values of a variable, from results in JSON, sorted."""
        return sorted(row[name]["value"] for row in self.json()["results"]["bindings"] if name in row)


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, log: Path) -> None:
        self.process, self.address, self._log = process, address, log
        self.port = int(re.search(r":(\d+)/$", address)[1])

    def request(self, method: str, target: str, body: bytes = b"", **headers: str) -> Response:
        """Send one request; an underscore in the name of a header stands for a hyphen."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, target, body or None, named)
            response = line.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Response(response.status, found, response.read())
        finally:
            line.close()

    def get(self, target: str, **headers: str) -> Response:
        """Get something."""
        return self.request("GET", target, **headers)

    def query(self, sparql: str, accept: str = "application/sparql-results+json", **more: Any) -> Response:
        """Ask a query by GET; `more` are further parameters, their hyphens as underscores."""
        pairs = {name.replace("_", "-"): value for name, value in more.items()}
        asked = urlencode({"query": sparql, **pairs}, doseq=True)
        return self.get(f"/sparql?{asked}", Accept=accept)

    def post(
        self, body: bytes | str, kind: dict[str, str], target: str = "/sparql", **headers: str
    ) -> Response:
        """Post something."""
        content = body.encode() if isinstance(body, str) else body
        return self.request("POST", target, content, **kind, **headers)

    def log(self) -> list[str]:
        """Give the lines of the access log."""
        return self._log.read_text("utf-8").splitlines()

    def children(self) -> set[int]:
        """Give the processes that stem from the server."""
        return family(self.process.pid) - {self.process.pid}


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[Served]:
    """Run a server, and see to it that nothing of it is left."""
    log = folder / "log"
    with log.open("wb") as err:
        process = subprocess.Popen(
            command("serve", "--port", "0", *arguments),
            stdout=subprocess.PIPE,
            stderr=err,
            env=environment(),
            cwd=folder,
        )
    try:
        told = process.stdout.readline().decode()
        found = re.search(r"http://\S+", told)
        assert found, f"{told}{log.read_text()}"
        running = Served(process, found[0], log)
        running.get("/health")  # by then it has all its workers
        yield running
    finally:
        left = family(process.pid) - {process.pid}
        process.kill()
        process.wait()
        process.stdout.close()
        assert gone(left), left


def gone(numbers: set[int], seconds: float = 5.0) -> bool:
    """Wait until processes have ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(map(lives, numbers)):
            return True
        time.sleep(0.02)
    for number in filter(lives, numbers):
        os.kill(number, signal.SIGKILL)
    return False


def lives(number: int) -> bool:
    """Tell whether a process is there, and no mere entry in a table."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def family(number: int) -> set[int]:
    """Give a process and all that stem from it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = {number}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found
