"""Connections whose requests begin with a head of bounded size: uvicorn itself would read on for ever."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Most bytes before a request's body: an address with a query in it, and headers.
LONGEST_HEAD = 1_000_000

_WORDS = b"The address and the headers of the request are longer than %d bytes.\n" % LONGEST_HEAD
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n\r\n%s" % (len(_WORDS), _WORDS)
)


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when the head of a request gets too long."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head = 0

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        self._head += len(data)
        if self._head > LONGEST_HEAD:
            self.transport.write(_TOO_LONG)
            self.transport.close()
            return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._head = 0

    def on_body(self, body: bytes) -> None:
        """Read a part of a body, whose size is bounded elsewhere."""
        super().on_body(body)
        self._head = 0
