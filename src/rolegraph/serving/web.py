"""The routes of the server: what each address answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router

from rolegraph.serving import openapi, pages, parameters
from rolegraph.serving.front import TRUNCATED, Front
from rolegraph.serving.kept import Kept
from rolegraph.serving.negotiation import GRAPHS, forms, preferred
from rolegraph.serving.operations import OPERATIONS
from rolegraph.serving.protocol import LARGEST_BODY, METHODS, read_get, read_post
from rolegraph.serving.refusals import Refused
from rolegraph.serving.work import HTML, JSON, Call, Description, Drawing, Query
from rolegraph.tables import printable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from rolegraph.serving.inline import Inline
    from rolegraph.serving.options import ServeOptions
    from rolegraph.serving.pool import Pool
    from rolegraph.serving.protocol import Question
    from rolegraph.serving.results import Reply
    from rolegraph.serving.work import Gone

    Handler = Callable[[Request], Awaitable[Response]]

#: Seconds that the page of a large graph may take to draw; it is drawn once.
_DRAWING = 120.0

_READ = ("GET", "HEAD", "OPTIONS")

#: The methods that there are; what is none of these is refused before it comes here.
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "QUERY")


class Site:
    """The answers of one server."""

    def __init__(self, pool: Pool | Inline, options: ServeOptions, version: str) -> None:
        self.pool, self.options, self.version = pool, options, version
        self._kept = Kept()
        self._drawn: asyncio.Future[Reply] | None = None

    def app(self) -> Front:
        """Give the ASGI application."""
        api = [self._route(f"/api/{name}", self._api(name), problems=True) for name in OPERATIONS]
        routes = [
            self._route("/", self.start),
            self._route("/sparql", self.sparql, methods=METHODS),
            self._route("/editor", self.editor),
            self._route("/map", self.map),
            self._route("/assets/{name}", self.asset),
            self._route("/openapi.json", self.openapi, problems=True),
            self._route("/health", self.health, problems=True),
            *api,
        ]
        # Not a whole Starlette: its layers for errors, which take a quarter of the time, would find none.
        return Front(Router(routes, default=_missing, lifespan=self._lifespan), self.options)

    @asynccontextmanager
    async def _lifespan(self, _app: object) -> AsyncIterator[None]:
        await self.pool.start()
        try:
            yield
        finally:
            await self.pool.close()

    def _route(
        self, path: str, handler: Handler, *, methods: tuple[str, ...] = _READ, problems: bool = False
    ) -> Route:
        """Lead an address to its handler; refusals go out as problems, or as plain text."""
        refuse = _problem if problems else _refusal

        async def respond(request: Request) -> Response:
            if request.method not in methods:
                allowed = ", ".join(methods)
                words = f"{request.method} cannot be done at {path}; what can is {allowed}."
                return refuse(Refused(HTTPStatus.METHOD_NOT_ALLOWED, words, Allow=allowed))
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(methods)})
            try:
                return await handler(request)
            except Refused as refused:
                return refuse(refused)
            except ClientDisconnect:
                return Response(status_code=499)  # nobody reads it; the log tells
            except Exception as error:  # noqa: BLE001 - what fails is told, and no traceback
                what = (
                    f"{type(error).__name__}: {error}. This is a fault of rolegraph itself: please report it."
                )
                return refuse(Refused(HTTPStatus.INTERNAL_SERVER_ERROR, what))

        return Route(path, respond, methods=_METHODS)

    async def _reply(self, asked: Query | Call, request: Request) -> Reply:
        reply = self._kept.get(asked)
        if reply is None:
            reply = await self.pool.ask(asked, _gone(request))
            self._kept.put(asked, reply)
        return reply

    # -- SPARQL --

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or describe the service where there is none."""
        query_string = request.scope["query_string"].decode("latin-1")
        if request.method == "POST":
            body = await _body(request)
            question: Question | None = read_post(query_string, request.headers.get("content-type", ""), body)
        else:
            question = read_get(query_string)
        accept = request.headers.get("accept")
        if question is None:
            return await self._description(request, accept)
        asked = Query(question, forms(accept), f"{_base(request)}/")
        reply = await self._reply(asked, request)
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        headers |= {TRUNCATED: reply.cut} if reply.cut else {}
        return Response(reply.content, headers=headers, media_type=_with_charset(reply.media))

    async def _description(self, request: Request, accept: str | None) -> Response:
        offered = (*GRAPHS, "text/html", "application/xhtml+xml")
        media = preferred(accept, offered)
        if media is None:
            raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"The service describes itself as: {', '.join(GRAPHS)}.")
        vary = {"Vary": "Accept"}
        if media not in GRAPHS:
            return RedirectResponse(f"{_base(request)}/editor", HTTPStatus.SEE_OTHER, vary)
        reply = await self.pool.ask(Description(f"{_base(request)}/sparql", media))
        return Response(reply.content, headers=vary, media_type=_with_charset(reply.media))

    # -- JSON --

    def _api(self, name: str) -> Handler:
        declared = OPERATIONS[name].parameters

        async def call(request: Request) -> Response:
            given = parameters.read(declared, request.scope["query_string"].decode("latin-1"))
            reply = await self._reply(Call(name, given), request)
            return _same(request, reply.content, JSON)

        return call

    async def openapi(self, request: Request) -> Response:
        """Describe the JSON interface."""
        text = json.dumps(openapi.document(self.version, self.options.limits), indent=1)
        return _same(request, text.encode(), JSON)

    async def health(self, _request: Request) -> Response:
        """Tell whether the server can answer."""
        told = {
            "status": "broken" if self.pool.broken else "ok",
            "version": self.version,
            "statements": self.pool.statements,
            "workers": self.pool.state,
        }
        status = HTTPStatus.SERVICE_UNAVAILABLE if self.pool.broken else HTTPStatus.OK
        headers = {"Cache-Control": "no-store"}
        return Response(json.dumps(told), status, headers=headers, media_type=JSON)

    # -- pages --

    async def start(self, request: Request) -> Response:
        """Give the start page."""
        text = pages.start_page(self.pool.statements, self.options.limits, self.version)
        return _same(request, text.encode(), HTML, pages.POLICY)

    async def editor(self, request: Request) -> Response:
        """Give the editor."""
        policy = pages.YASGUI_POLICY if pages.has_yasgui() else pages.POLICY
        return _same(request, pages.editor_page().encode(), HTML, policy)

    async def asset(self, request: Request) -> Response:
        """Give a file that pages load."""
        found = pages.assets().get(request.path_params["name"])
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "There is no such file.")
        return _same(request, *found)

    async def map(self, request: Request) -> Response:
        """Give the page of the graph, which is drawn once."""
        if self._drawn is None or (self._drawn.done() and self._drawn.exception()):
            self._drawn = asyncio.ensure_future(self.pool.ask(Drawing(), seconds=_DRAWING))
        reply = await asyncio.shield(self._drawn)
        return _same(request, reply.content, HTML, "frame-ancestors 'none'")  # it has a policy of its own


async def _body(request: Request) -> bytes:
    """Read the body, unless it is too large."""
    message = f"The body is larger than {LARGEST_BODY // 1_000_000} MB."
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LARGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message, Connection="close")
    return bytes(body)


def _gone(request: Request) -> Gone:
    """Give what waits until the client has gone; what it still says of its request means nothing."""

    async def wait() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return wait


def _base(request: Request) -> str:
    """Give the address of the server as the client knows it."""
    scope = request.scope
    host = next((value for name, value in scope["headers"] if name == b"host"), b"localhost")
    return (
        f"{scope['scheme']}://{quote(host.decode('latin-1'), safe='[]:')}{quote(scope.get('root_path', ''))}"
    )


def _same(request: Request, content: bytes, media: str, policy: str = "") -> Response:
    """Give what does not change while the server runs, or say that the client has it already."""
    mark = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    headers |= {"Content-Security-Policy": policy} if policy else {}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or mark in {part.strip().removeprefix("W/") for part in known.split(",")}:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers=headers, media_type=media)


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _refusal(refused: Refused) -> Response:
    return Response(f"{refused}\n", refused.status, refused.headers, "text/plain; charset=utf-8")


def _problem(refused: Refused) -> Response:
    told = {"title": HTTPStatus(refused.status).phrase, "status": refused.status, "detail": str(refused)}
    content = json.dumps(told, ensure_ascii=False)
    return Response(content, refused.status, refused.headers, openapi.PROBLEM)


async def _missing(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer where there is no such address."""
    if scope["type"] == "http":
        refuse = _problem if scope["path"].startswith("/api/") else _refusal
        words = f"There is nothing at {printable(scope['path'][:200])}; / tells what there is."
        await refuse(Refused(HTTPStatus.NOT_FOUND, words))(scope, receive, send)
