"""What a worker does: it answers one request after the other over a graph that it shares with its parent."""

from __future__ import annotations

import json
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from rolegraph import path_service
from rolegraph.answers import MB
from rolegraph.errors import OverLimit, RolegraphError
from rolegraph.role_graph import RoleGraph
from rolegraph.serving.describing import description
from rolegraph.serving.operations import answer
from rolegraph.serving.refusals import Refused, refused
from rolegraph.serving.results import Reply, reply
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rolegraph.limits import Limits
    from rolegraph.serving.negotiation import Forms
    from rolegraph.serving.protocol import Question

    #: Ends when a client has gone.
    Gone = Callable[[], Awaitable[object]]

JSON = "application/json"
HTML = "text/html; charset=utf-8"

#: Modules that questions need, loaded before there is a worker: once for all of them.
_NEEDED = (
    *("cards", "conditions", "gaps", "hints", "moves", "paths", "plans"),
    *("query_mistakes", "sparql_tokens", "webpage.render"),
)


class Query(NamedTuple):
    """A SPARQL query from outside: how its answer goes out, and where a page on limits is."""

    question: Question
    forms: Forms
    limits_page: str


class Call(NamedTuple):
    """A call of an operation of the JSON interface."""

    name: str
    given: dict[str, Any]


class Description(NamedTuple):
    """A request for the description of the service at an address, as a media type."""

    endpoint: str
    media: str


class Drawing(NamedTuple):
    """A request for the page that shows the whole graph."""


Request = Query | Call | Description | Drawing


def at_hand(graph: RoleGraph) -> RoleGraph:
    """Give a graph that lies here: of one that lies with another server, a copy.

    Raises EndpointError where that cannot be had.
    """
    return graph if isinstance(graph.store, LocalStore) else RoleGraph(graph.store.whole())


def store_of(graph: RoleGraph) -> LocalStore:
    """Give the store of a graph that lies here."""
    return cast("LocalStore", graph.store)


def warm(graph: RoleGraph) -> None:
    """Make and load, once for all workers, what questions need."""
    store = store_of(graph)
    for name in _NEEDED:
        import_module(f"rolegraph.{name}")
    path_service.prepare(graph)
    store.query("ASK { }")  # what the store finds out for its first query
    store.freeze()


def is_foreign(request: Request) -> bool:
    """Tell whether a request carries SPARQL, which may open no file."""
    return isinstance(request, Query)


def attend(graph: RoleGraph, limits: Limits, request: Request) -> Reply | Refused:
    """Answer a request; what is wrong with it is an answer, too."""
    try:
        return _attend(graph, limits, request)
    except Refused as refusal:
        return refusal
    except RolegraphError as error:
        why = refused(error)
        if is_foreign(request) and why.status == HTTPStatus.NOT_FOUND:
            why.status = HTTPStatus.BAD_REQUEST  # the endpoint is there; a name in the query is wrong
        return why
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one request that fails must not end the worker
        return Refused(
            500, f"{type(error).__name__}: {error}. This is a fault of rolegraph itself: please report it."
        )


def _attend(graph: RoleGraph, limits: Limits, request: Request) -> Reply:
    if isinstance(request, Query):
        question = request.question
        asked = (question.default, question.named)
        dataset = asked if any(asked) else None
        result = store_of(graph).query(graph.expanded(question.query), (), dataset)
        return reply(result, request.forms, limits, request.limits_page)
    if isinstance(request, Call):
        return _sized(json.dumps(answer(graph, *request), ensure_ascii=False).encode(), JSON, limits)
    if isinstance(request, Description):
        return description(store_of(graph), request.endpoint, request.media)
    from rolegraph.webpage import page  # noqa: PLC0415 - loaded by now

    return Reply(page(graph.network(), title="Map of roles").html.encode(), HTML)


def _sized(content: bytes, media: str, limits: Limits) -> Reply:
    if limits.size is not None and len(content) > limits.size * MB:
        raise OverLimit(f"The answer is larger than {limits.size:,} MB; ask for less.", kind="size")
    return Reply(content, media)
