"""The OpenAPI 3.1 description of the server, written from what its operations declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolegraph.query_guard import LONGEST
from rolegraph.serving.front import TRUNCATED
from rolegraph.serving.negotiation import GRAPHS, ROWS
from rolegraph.serving.operations import OPERATIONS

if TYPE_CHECKING:
    from rolegraph.limits import Limits
    from rolegraph.serving.operations import Operation

PROBLEM = "application/problem+json"

_TEXT = {"text/plain": {"schema": {"type": "string"}}}

_GRAPHS = (
    ("default-graph-uri", "Ask the union of these graphs, instead of all or of what FROM names."),
    ("named-graph-uri", "The graphs that GRAPH finds."),
)

#: Why a query gets no answer.
_REFUSALS = {
    "400": "The query is wrong or refused, or there is not just one",
    "403": "An update: the endpoint is read only",
    "406": "The client takes none of the formats that the answer has",
    "413": "The query or the body is too large",
    "503": "Too many questions at once",
    "504": "The query was stopped after its time",
    "507": "The query needs more memory than it may take",
}


def document(version: str, limits: Limits) -> dict[str, Any]:
    """Describe the server.

    >>> from rolegraph import Limits
    >>> document("1.0", Limits())["openapi"]
    '3.1.0'
    """
    paths: dict[str, Any] = {f"/api/{name}": {"get": _operation(item)} for name, item in OPERATIONS.items()}
    paths["/sparql"] = _sparql()
    paths["/health"] = {"get": _health()}
    bounds = f"{limits.seconds or 'any'} s, {limits.rows or 'any'} rows and {limits.size or 'any'} MB"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "rolegraph",
            "version": version,
            "summary": "How one gets from role to role, what it takes, and who says so.",
            "description": f"Read only. A question may take {bounds} at most.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


_PROBLEM = {
    "type": "object",
    "description": "Why a question has no answer (RFC 9457).",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


def _operation(operation: Operation) -> dict[str, Any]:
    parameters = [
        {
            "name": item.name,
            "in": "query",
            "required": item.required,
            "description": item.help,
            "schema": item.schema(),
        }
        | ({"example": [item.example] if item.many else item.example} if item.example else {})
        for item in operation.parameters
    ]
    one = {"type": "object"} | ({"required": list(operation.keys)} if operation.keys else {})
    schema = {"type": "array", "items": one} if operation.rows else one
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        "400": "A parameter is missing, unknown or wrong",
        "404": "No thing has this name",
        "503": "Too many questions at once",
        "504": "Stopped after its time",
        "507": "Needs more memory than it may take",
    }
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": {"schema": schema}}},
            **{status: {"description": words, "content": problem} for status, words in refusals.items()},
        },
    }


def _graph_parameters() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "description": words,
            "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        }
        for name, words in _GRAPHS
    ]


def _sparql() -> dict[str, Any]:
    graphs = _graph_parameters()
    query = {"type": "string", "maxLength": LONGEST, "examples": ["SELECT ?role { ?role a rg:Role }"]}
    answers: dict[str, Any] = {media: {} for media in (*ROWS, *GRAPHS)}
    cut = {"description": "By which limit this is not the whole answer", "schema": {"enum": ["rows", "size"]}}
    responses = {
        "200": {"description": "The answer", "headers": {TRUNCATED: cut}, "content": answers},
        **{status: {"description": words, "content": _TEXT} for status, words in _REFUSALS.items()},
    }
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": query} | {item["name"]: item["schema"] for item in graphs},
    }
    media = {
        "application/sparql-query": {"schema": query},
        "application/x-www-form-urlencoded": {"schema": form},
    }
    asked = {"name": "query", "in": "query", "required": True, "schema": query}
    posted = responses | {"415": {"description": "A body of another kind", "content": _TEXT}}
    return {
        "get": {
            "operationId": "query",
            "summary": "Ask in SPARQL 1.1",
            "description": "Without a query, the service describes itself.",
            "parameters": [asked, *graphs],
            "responses": responses,
        },
        "post": {
            "operationId": "postQuery",
            "summary": "Ask in SPARQL 1.1",
            "parameters": graphs,
            "requestBody": {"required": True, "content": media},
            "responses": posted,
        },
    }


def _health() -> dict[str, Any]:
    schema = {"type": "object", "required": ["status", "statements", "version", "workers"]}
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": "health",
        "summary": "Whether the server can answer",
        "responses": {
            "200": {"description": "It can", "content": content},
            "503": {"description": "It cannot", "content": content},
        },
    }
