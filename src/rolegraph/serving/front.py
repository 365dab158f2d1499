"""What stands before every route: who may ask, the headers that go with every answer, the access log."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from rolegraph.serving.options import ServeOptions

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The header that says by which limit an answer is not the whole one.
TRUNCATED = "Rolegraph-Truncated"

#: Headers of every answer, unless it has its own.
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)

#: Most characters of a target that the log shows.
_LONGEST = 500

_PORT = re.compile(r":\d*$")


class Front:
    """An ASGI application before another one."""

    def __init__(self, app: App, options: ServeOptions) -> None:
        self._app = app
        self._log = options.log
        self._hosts = {host.lower() for host in options.hosts}
        self._origins = {origin.rstrip("/").encode() for origin in options.cors}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = dict(scope["headers"])
        cors = self._cors(headers)
        status = size = 0

        async def out(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                message["headers"] += [*(pair for pair in _ALWAYS if pair[0] not in own), *cors]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            if not self._answers_to(headers.get(b"host", b"")):
                await _plain(
                    out, 421, "The server does not go by this name; --host-name gives it more names.\n"
                )
            elif scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
                await _plain(out, 204, "")
            else:
                await self._app(scope, receive, out)
        finally:
            if self._log:
                with suppress(OSError):  # who reads the log may have gone
                    self._log(_line(scope, status, size, time.perf_counter() - began))

    def _answers_to(self, host: bytes) -> bool:
        """Tell whether the server goes by a name; a page elsewhere may have made the browser think so."""
        return not self._hosts or _PORT.sub("", host.decode("latin-1")).lower() in self._hosts

    def _cors(self, headers: dict[bytes, bytes]) -> list[tuple[bytes, bytes]]:
        if not self._origins:
            return []
        vary = (b"vary", b"Origin")
        origin = headers.get(b"origin", b"")
        if b"*" not in self._origins and origin not in self._origins:
            return [vary]
        return [
            vary,
            (b"access-control-allow-origin", b"*" if b"*" in self._origins else origin),
            (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
            (b"access-control-allow-headers", b"Accept, Content-Type"),
            (b"access-control-expose-headers", TRUNCATED.encode()),
            (b"access-control-max-age", b"600"),
        ]


async def _plain(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")] if text else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    r"""Write a line of the access log; nothing but visible ASCII of the request gets into it.

    >>> scope = {"client": ("127.0.0.1", 1), "method": "GET", "raw_path": b"/a\x1b[m", "query_string": b"b"}
    >>> _line(scope, 200, 12, 0.0034).partition(" ")[2].partition(" ")[2]
    '"GET /a%1B[m?b" 200 12 B 3.4 ms'
    """
    target: bytes = scope.get("raw_path") or scope["path"].encode()
    target += b"?" + scope["query_string"] if scope["query_string"] else b""
    shown = re.sub(r"[^!#-~]", lambda found: f"%{ord(found[0]):02X}", target[:_LONGEST].decode("latin-1"))
    more = "..." if len(target) > _LONGEST else ""
    client = scope["client"][0] if scope.get("client") else "-"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{client} {now} "{scope["method"]} {shown}{more}" {status or 499} {size} B {1000 * seconds:.1f} ms'
    )
