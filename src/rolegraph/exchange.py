"""One exchange over HTTP within a time and a size, whatever the other side does."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin, urlsplit

from rolegraph.connecting import PART, Line, Refused, connected, secured
from rolegraph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from urllib.parse import SplitResult

    from rolegraph.connecting import Deadline

#: Bytes of an answer, and redirects that are followed.
MOST_BYTES = 64_000_000
MOST_REDIRECTS = 3

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER = 303

_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `delimited` tells whether the server said where it ends: else it may be cut off."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    delimited: bool


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent: a body by POST, headers, and headers that no other host may see."""

    body: bytes
    headers: Mapping[str, str]
    secret: Mapping[str, str]


def exchange(url: str, sending: Sending, deadline: Deadline) -> Answer:
    """Send something to an address of the web, follow its redirects, and give the whole answer.

    Redirects lead to the same scheme, and from the public internet to nowhere else. Secret headers go to the
    host and port of `url` alone.

    Raises EndpointError, whose `passing` tells whether it may help to try again.
    """
    place, body = url, sending.body
    only_public = False
    for _ in range(MOST_REDIRECTS + 1):
        secret = sending.secret if _authority(place) == _authority(url) else {}
        headers = {**sending.headers, **secret}
        try:
            answer, public = _one_exchange(place, body, headers, deadline, only_public=only_public)
        except TimeoutError:
            words = f"has not answered within {deadline.seconds:g} s"
            raise EndpointError(url, words) from None
        except ssl.SSLError as error:
            raise EndpointError(url, f"no secure connection: {error.reason or error}") from error
        except (http.client.HTTPException, OSError, ValueError, zlib.error) as error:
            raise EndpointError(url, _broken(error), passing=_is_passing(error)) from error
        if answer.status not in _REDIRECTS:
            return answer
        only_public = only_public or public
        place = _target(url, place, answer)
        body = b"" if answer.status == _SEE_OTHER else body
    raise EndpointError(url, f"redirects more than {MOST_REDIRECTS} times, lastly to {place}")


def _target(url: str, place: str, answer: Answer) -> str:
    named = re.sub(r"[\x00-\x20\x7f-\x9f]", "", answer.headers.get("location", ""))
    if not named:
        raise EndpointError(url, f"answers {answer.status}, and does not say where to go")
    target = urljoin(place, named)
    try:
        scheme, host, _ = _authority(target)
    except ValueError:  # such as a port that there cannot be
        scheme, host = "", ""
    if scheme != urlsplit(place).scheme or not host:
        words = f"redirects to {target}, which is not followed: name that address if you trust it"
        raise EndpointError(url, words)
    return target


def _authority(url: str) -> tuple[str | None, str | None, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, _port(parts)


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _one_exchange(
    url: str, body: bytes, headers: Mapping[str, str], deadline: Deadline, *, only_public: bool
) -> tuple[Answer, bool]:
    """Give one answer, and whether it came from the public internet."""
    parts = urlsplit(url)
    host = str(parts.hostname)
    line, public = connected(host, _port(parts), deadline, only_public=only_public)
    try:
        if parts.scheme == "https":
            line = secured(line, host, deadline)
        connection = http.client.HTTPConnection(host, _port(parts))
        connection.sock = cast("socket.socket", Line(line, deadline))
        target = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*") + (
            f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*')}" if parts.query else ""
        )
        named = host if parts.port is None else f"{host}:{parts.port}"
        connection.request("POST" if body else "GET", target, body or None, {"Host": named, **headers})
        response = connection.getresponse()
        answer = Answer(
            response.status,
            response.reason,
            {name.lower(): value for name, value in response.headers.items()},
            b"" if response.status in _REDIRECTS else b"".join(_body(url, response)),
            delimited=bool(response.chunked) or "content-length" in response.headers,
        )
    finally:
        line.close()
    return answer, public


def _body(url: str, response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Give the parts of a body, unpacked; what is too large or cut off is an error."""
    room = MOST_BYTES
    unpack = _unpacker(url, response.headers.get("content-encoding", ""))
    for part in _parts(url, response):
        plain = part
        if unpack is not None:
            plain = unpack.decompress(part, room + 1)
        room -= len(plain)
        if room < 0 or (unpack is not None and unpack.unconsumed_tail):
            raise _too_large(url)
        yield plain
    if unpack is not None and not unpack.eof:
        raise EndpointError(url, "broke off in the middle of its answer", passing=True)


def _parts(url: str, response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Give the parts of a body as they come."""
    if (response.length or 0) > MOST_BYTES:
        raise _too_large(url)
    room = MOST_BYTES
    while part := response.read(PART):
        room -= len(part)
        if room < 0:
            raise _too_large(url)
        yield part
    if response.length:  # bytes that were announced and did not come
        raise EndpointError(url, "broke off in the middle of its answer", passing=True)


def _unpacker(url: str, encoding: str) -> zlib._Decompress | None:
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding not in _PACKED:
        raise EndpointError(url, f"packs its answer as {encoding}, which was not asked for")
    return zlib.decompressobj(zlib.MAX_WBITS | 32)  # either header


def _too_large(url: str) -> EndpointError:
    return EndpointError(
        url, f"sends more than {MOST_BYTES // 1_000_000} MB; ask for less, or for parts (LIMIT, OFFSET)"
    )


#: Kinds of errors in words for people; the first that fits counts.
_WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (socket.gaierror, "there is no host of this name"),
    (http.client.RemoteDisconnected, "hung up without an answer"),
    (
        (http.client.IncompleteRead, ConnectionResetError, BrokenPipeError),
        "broke off in the middle of its answer",
    ),
    (zlib.error, "sends an answer that cannot be unpacked"),
    (http.client.HTTPException, "does not speak HTTP as it should"),
)


def _broken(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    words = next((words for kind, words in _WORDS if isinstance(error, kind)), "")
    return words or f"no connection ({getattr(error, 'strerror', None) or error})"


def _is_passing(error: Exception) -> bool:
    """Tell whether an error may be gone the next time: a connection that stood, and broke."""
    return isinstance(error, (http.client.IncompleteRead, ConnectionResetError, BrokenPipeError))
