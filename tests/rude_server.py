"""A server on this machine that answers as it is told to, byte by byte, and remembers what it was sent."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
TRUE = b'{"head":{},"boolean":true}'

#: Seconds between two bytes of an answer that drips.
DRIP = 0.05


@dataclass
class Server:
    """Where it listens, and each request as text: first line, headers, body."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/sparql"


def answer(body: bytes, kind: str = JSON, status: str = "200 OK", *more: str) -> bytes:
    """Give a whole answer as HTTP has it."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def serving(*behaviours: bytes | Callable[[socket.socket, threading.Event], None]) -> Iterator[Server]:
    """Serve: each request is answered by the next behaviour, and any further one by the last."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1])
        threads = [threading.Thread(target=_accept, args=(listener, server, behaviours, over), daemon=True)]
        threads[0].start()
        try:
            yield server
        finally:
            over.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), 1).close()
            threads[0].join(5)


def _accept(listener, server, behaviours, over) -> None:
    while not over.is_set():
        line, _ = listener.accept()
        threading.Thread(target=_serve, args=(line, server, behaviours, over), daemon=True).start()


def _serve(line, server, behaviours, over) -> None:
    with line, suppress(OSError):
        line.settimeout(10)
        request = _request(line)
        if over.is_set() or not request:
            return
        server.requests.append(request)
        behaviour = behaviours[min(len(server.requests), len(behaviours)) - 1]
        if isinstance(behaviour, bytes):
            line.sendall(behaviour)
        else:
            behaviour(line, over)


def _request(line) -> str:
    read = b""
    while b"\r\n\r\n" not in read:
        part = line.recv(65_536)
        if not part:
            return ""
        read += part
        if read.startswith(b"\x16"):
            return "a secure hello"
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(
        (int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += line.recv(65_536)
    return (head + b"\n\n" + body).decode()


# -- ways to answer ---------------------------------------------------------------------------------------


def hang(_line, over) -> None:
    """Say nothing."""
    over.wait(20)


def drip(whole: bytes):
    """Send an answer a byte at a time."""

    def behaviour(line, over):
        for place in range(len(whole)):
            line.sendall(whole[place : place + 1])
            if over.wait(DRIP):
                return

    return behaviour


def endless(head: bytes, part: bytes):
    """Send a part over and over."""

    def behaviour(line, over):
        line.sendall(head)
        while not over.is_set():
            line.sendall(part)

    return behaviour
