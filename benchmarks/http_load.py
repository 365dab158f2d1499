"""Asks an HTTP server by many connections at once, from one process, and times every answer."""

from __future__ import annotations

import re
import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding: *chunked")


@dataclass
class Load:
    """What came of many requests: seconds of each good one, what failed, and how long all took."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, part: float) -> float:
        """Give the milliseconds that this part of the answers took at most."""
        return 1000 * sorted(self.took)[min(len(self.took) - 1, int(part * len(self.took)))]


def get(port: int, target: str, accept: str = "application/sparql-results+json") -> bytes:
    """Write a request."""
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n\r\n".encode()


def post(port: int, path: str, query: str, accept: str = "application/sparql-results+json") -> bytes:
    """Write a request with a query as its body."""
    body = query.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Client:
    """A connection that asks one question after the other."""

    def __init__(self, port: int, turn: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.turn, self.left, self.read, self.began = turn, 0, bytearray(), 0.0

    def ask(self, request: bytes) -> None:
        self.read.clear()
        self.began = time.perf_counter()
        self.line.sendall(request)


def load(port: int, requests: Sequence[bytes], clients: int, each: int, seconds: float = 600.0) -> Load:
    """Let so many clients ask so many requests each, their own share of them, and so long at most."""
    found = Load()
    chooser = selectors.DefaultSelector()
    began = time.perf_counter()
    for turn in range(clients):
        client = _Client(port, turn * each)
        client.left = each
        chooser.register(client.line, selectors.EVENT_READ, client)
        client.ask(requests[client.turn % len(requests)])
    while chooser.get_map() and time.perf_counter() - began < seconds:
        for key, _ in chooser.select(1.0):
            client = key.data
            part = client.line.recv(1 << 18)
            client.read += part
            if part and not whole(client.read):
                continue
            _note(found, client, lost=not part)
            client.left -= 1
            client.turn += 1
            if client.left <= 0 or not part:
                chooser.unregister(client.line)
                client.line.close()
            else:
                client.ask(requests[client.turn % len(requests)])
    found.seconds = time.perf_counter() - began
    for key in list(chooser.get_map().values()):
        key.data.line.close()
    return found


def _note(found: Load, client: _Client, *, lost: bool) -> None:
    if lost or not client.read.startswith(b"HTTP/1.1 200"):
        found.failed.append(bytes(client.read[:300]).decode("latin-1") or "the connection was closed")
    else:
        found.took.append(time.perf_counter() - client.began)


def whole(read: bytearray) -> bool:
    """Tell whether an answer has been read to its end."""
    head = read.find(b"\r\n\r\n")
    if head < 0:
        return False
    length = _LENGTH.search(read, 0, head + 2)
    if length:
        return len(read) >= head + 4 + int(length[1])
    if _CHUNKED.search(read, 0, head + 2):
        return read.endswith(b"0\r\n\r\n")
    return read.startswith((b"HTTP/1.1 204", b"HTTP/1.1 304"))
