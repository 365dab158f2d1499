"""The SPARQL 1.1 Protocol: what an HTTP request asks (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from rolegraph.query_guard import LONGEST
from rolegraph.serving.pairs import read_pairs
from rolegraph.serving.refusals import Refused

#: Most bytes of a body.
LARGEST_BODY = 2_000_000

#: What may be done at the endpoint.
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

#: Most parameters of a request.
_MOST = 1_000

#: Most characters of a media type that a message shows.
_SHOWN = 80

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"


class Question(NamedTuple):
    """A query, with the graphs that the request asks it of: these count instead of its own FROM, if any."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_get(query_string: str) -> Question | None:
    """Read a query from an address; None where there is no query in it.

    >>> read_get("query=ASK%20%7B%7D&default-graph-uri=x:a")
    Question(query='ASK {}', default=('x:a',), named=())
    """
    pairs = read_pairs(query_string, _MOST)
    return _question(pairs) if any(name in {"query", "update"} for name, _ in pairs) else None


def read_post(query_string: str, content_type: str, body: bytes) -> Question:
    """Read a query from a body: a form, or the query itself with its graphs in the address."""
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    charset = [
        value.strip().strip('"').lower()
        for name, equals, value in (part.partition("=") for part in parameters.split(";"))
        if equals and name.strip().lower() == "charset"
    ]
    if kind == _UPDATE:
        raise Refused(HTTPStatus.FORBIDDEN, _READ_ONLY)
    if kind not in {_FORM, _DIRECT}:
        said = f"not {kind[:_SHOWN]!r}" if kind else "and the request does not say what it is"
        message = f"A query is posted as {_FORM} or as {_DIRECT}, {said}."
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message, Accept=f"{_FORM}, {_DIRECT}")
    if charset not in ([], ["utf-8"], ["us-ascii"]):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A query is posted as UTF-8.")
    text = _decoded(body)
    pairs = read_pairs(query_string, _MOST)
    return _question([*pairs, *(read_pairs(text, _MOST) if kind == _FORM else [("query", text)])])


_READ_ONLY = "This endpoint is read only: it takes queries (query=...), and no updates."


def _question(pairs: list[tuple[str, str]]) -> Question:
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise Refused(HTTPStatus.FORBIDDEN, _READ_ONLY)
    if len(queries) != 1:
        many = "no query" if not queries else f"{len(queries)} queries"
        raise Refused(HTTPStatus.BAD_REQUEST, f"The request has {many}; it needs one: query=...")
    if len(queries[0]) > LONGEST:
        message = (
            f"The query is longer than {LONGEST:,} characters; load its values as data, and ask for those."
        )
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    graphs = (
        tuple(value for name, value in pairs if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    return Question(queries[0], *graphs)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "The request is not UTF-8 text.") from None
