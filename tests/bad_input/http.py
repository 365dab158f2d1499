"""HTTP requests to a served graph that are wrong, by the SPARQL 1.1 Protocol and the JSON interface.

Each is what goes over the wire, and the status that has to come back; 0 where the connection may be closed
without any.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


class Request(NamedTuple):
    """A request, and the statuses that may come back."""

    name: str
    wire: bytes
    statuses: tuple[int, ...]


def _request(
    method: str, path: str, statuses: int | tuple[int, ...], body: bytes | None = None, **headers: str
) -> Request:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body is not None and "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    wire = "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")
    shown = f"{method} {path[:60]} {body[:40] if body else ''} {list(headers.items())!r:.60}"
    return Request(shown, wire, statuses if isinstance(statuses, tuple) else (statuses,))


def _get(path: str, statuses: int | tuple[int, ...], **headers: str) -> Request:
    return _request("GET", path, statuses, **headers)


def _query(sparql: str, statuses: int | tuple[int, ...] = 400, **headers: str) -> Request:
    return _get(f"/sparql?query={quote(sparql, safe='')}", statuses, **headers)


def _post(
    body: bytes | str, statuses: int | tuple[int, ...], kind: str | None = DIRECT, **headers: str
) -> Request:
    content = body.encode() if isinstance(body, str) else body
    more = headers | ({"Content_Type": kind} if kind else {})
    return _request("POST", "/sparql", statuses, content, **more)


def _raw(name: str, wire: bytes, *statuses: int) -> Request:
    return Request(name, wire, statuses)


ALL = "SELECT * { ?s ?p ?o }"

REQUESTS = [
    # queries
    _query("SELECT * {"),
    _query("SELECT"),
    _query(" "),
    _query(""),
    _query("what does a CPO earn?"),
    _query("SELECT * { ?s no:such ?o }"),
    _query("SELECT * { ?s ?p <relative> }", (200, 400)),
    _query("SELECT * { ?s ?p '\x1b[31m }"),
    _query("DROP ALL"),
    _query("INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
    _query("DELETE WHERE { ?s ?p ?o }"),
    _query("LOAD <file:///etc/passwd>"),
    _query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", (400, 403)),
    _query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", (400, 403)),
    _query("SELECT * { " + "{ " * 300 + " }" * 300 + " }"),
    _query("SELECT * { ?s ?p ?o FILTER(" + "!" * 3_000 + "?o) }"),
    _get("/sparql?query=%FF%FE", 400),
    _get("/sparql?query=%00", 400),
    _get("/sparql?query=%", 400),
    _get("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
    _get("/sparql?update=DROP%20ALL", (400, 403)),
    _get("/sparql?query=ASK%7B%7D&default-graph-uri=", 400),
    _get("/sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", 400),
    _get("/sparql?query=ASK%7B%7D&named-graph-uri=%3C%3E", 400),
    _get("/sparql?" + "&".join(f"a{n}=1" for n in range(3_000)) + "&query=ASK%7B%7D", (400, 414)),
    _query("SELECT (COUNT(*) AS ?n) { " + "".join(f"?a{n} ?b{n} ?c{n} . " for n in range(4)) + "}", (400, 408, 503, 504)),
    # methods and addresses
    _request("PUT", "/sparql", 405, b"x"),
    _request("DELETE", "/sparql", 405),
    _request("PATCH", "/sparql", 405, b"x"),
    _request("TRACE", "/sparql", (400, 405, 501)),
    _request("BREW", "/sparql", (400, 405, 501)),
    _get("/nothing", 404),
    _get("/sparql/", (307, 404)),
    _get("/SPARQL?query=ASK%7B%7D", 404),
    _get("/api", 404),
    _get("/api/nothing", 404),
    _get("/assets/../../etc/passwd", 404),
    _get("/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
    _get("/%00", (400, 404)),
    _get("/" + "x" * 5_000, (404, 414)),
    _get("/\x1b[31m".replace("\x1b", "%1b"), 404),
    # what is sent, and what is accepted
    _post("SELECT * {", 400),
    _post("", 400),
    _post(b"\xff\xfe", 400),
    _post("DROP ALL", 400),
    _post("DROP ALL", (400, 403, 415), "application/sparql-update"),
    _post(ALL, 415, None),
    _post(ALL, 415, "text/plain"),
    _post(ALL, 415, "application/json"),
    _post(ALL, (400, 415), "nonsense"),
    _post("x=1", 400, FORM),
    _post("query=", 400, FORM),
    _post("query=SELECT", 400, FORM),
    _post("query=%FF", 400, FORM),
    _post("update=DROP+ALL", (400, 403), FORM),
    _post("query=ASK%7B%7D&query=ASK%7B%7D", 400, FORM),
    _post(ALL, 415, "application/sparql-query; charset=klingon"),
    _post(b"x" * 3_000_000, 413),
    _request("POST", "/sparql", (400, 413), b"", Content_Length="99999999999999999999", Content_Type=DIRECT),
    _request("POST", "/sparql", 400, b"x", Content_Length="-5", Content_Type=DIRECT),
    _request("POST", "/sparql", 400, b"x", Content_Length="many", Content_Type=DIRECT),
    _query(ALL, 406, Accept="image/png"),
    _query(ALL, 406, Accept="text/turtle"),
    _query("CONSTRUCT WHERE { ?s ?p ?o }", 406, Accept="text/csv"),
    _query("ASK {}", (200, 406), Accept="nonsense;;q=many"),
    # the JSON interface
    _get("/api/find", 400),
    _get("/api/find?text=", 400),
    _get("/api/find?text=a&text=b", 400),
    _get("/api/find?text=chef&kind=job", 400),
    _get("/api/find?text=chef&limit=5", 400),
    _get("/api/find?text=%FF", 400),
    _get("/api/find?text=" + "x" * 5_000, (400, 414)),
    _get("/api/role", 400),
    _get("/api/role?name=nobody", 404),
    _get("/api/role?name=PC", (300, 400, 404, 409)),
    _get("/api/role?name=%1b%5b31m%e2%80%ae", 404),
    _get("/api/role?name=%00", (400, 404)),
    _get("/api/role?name=head%20chef&extra=1", 400),
    _get("/api/path?start=KP", 400),
    _get("/api/path?start=nobody&goal=head%20chef", 404),
    _get("/api/path?start=KP&goal=head%20chef&k=0", 400),
    _get("/api/path?start=KP&goal=head%20chef&k=many", 400),
    _get("/api/path?start=KP&goal=head%20chef&k=" + "9" * 400, 400),
    _get("/api/path?start=KP&goal=head%20chef&by=money", 400),
    _get("/api/path?start=KP&goal=head%20chef&min-pay=much", 400),
    _get("/api/path?start=KP&goal=head%20chef&plan=perhaps", 400),
    _get("/api/gap?start=KP", 400),
    _get("/api/gap?start=KP&goal=nobody", 404),
    _get("/api/why", 400),
    _get("/api/why?name=nobody", 404),
    _request("POST", "/api/find?text=chef", 405, b"{}"),
    # what is no HTTP
    _raw("nothing", b"", 0),
    _raw("no HTTP", b"hello\r\n\r\n", 400, 0),
    _raw("no version", b"GET /\r\n\r\n", 400, 421, 0),
    _raw("version 3.7", b"GET / HTTP/3.7\r\nHost: localhost\r\n\r\n", 400, 505, 0),
    _raw("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(60), 400, 0),
    _raw("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505, 0),
    _raw("a header without a colon", b"GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n", 400, 0),
    _raw("NUL in a header", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", 400, 0),
    _raw("another host", b"GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400, 403, 421),
    _raw("no host", b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, 403, 421),
    _raw("long header", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 2_000_000 + b"\r\n\r\n", 400, 431, 0),
    _raw(
        "a chunk that is none",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: "
        + DIRECT.encode() + b"\r\n\r\nxyz\r\n",
        400, 0,
    ),
    _raw(
        "two lengths",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
        400, 0,
    ),
]  # fmt: skip
