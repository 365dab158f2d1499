"""Runs the server: takes a port, opens the graph, answers until it is told to stop, leaves nothing behind."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING

from rolegraph import __version__
from rolegraph.confinement import CAN_FORK
from rolegraph.errors import MissingExtra, ServingError
from rolegraph.serving.inline import Inline
from rolegraph.serving.options import ServeOptions
from rolegraph.serving.pool import Pool
from rolegraph.serving.zygote import Zygote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import uvicorn

    from rolegraph.limits import Limits
    from rolegraph.role_graph import RoleGraph
    from rolegraph.serving.front import Front

    Opener = Callable[[], RoleGraph]

#: Names by which only this machine knows itself.
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

#: Connections that wait for the server to take them.
_BACKLOG = 1024


def app(graph: RoleGraph, options: ServeOptions | None = None) -> Front:
    """Give an ASGI application that serves a graph, to be run by a server of your own.

    It forks a process at once, so call this before there are threads. That process ends when the
    application is shut down, or this process ends.

    Raises MissingExtra when starlette is not installed.
    """
    _check_extra("starlette")
    chosen = options or ServeOptions()
    return _front(_pool(lambda: graph, chosen, None), chosen)


def serve(
    graph: RoleGraph | Opener,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    options: ServeOptions | None = None,
    reading: Limits | None = None,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve a graph until Ctrl-C or SIGTERM: SPARQL, a JSON interface, the page, an editor.

    graph: a graph, or what opens one, which then happens in another process, within the limits `reading` if
    there are any. port: 0 takes a free one. ready: is told the address, such as http://127.0.0.1:8000/, when
    the graph is open. On a loopback address the server answers only to names of this machine, and to those in
    `options.hosts`.

    Raises ServingError where it cannot listen there; MissingExtra when starlette or uvicorn is not installed;
    and whatever the opening raises.
    """
    _check_extra("starlette", "uvicorn", "httptools")
    chosen = _for_host(options or ServeOptions(), host)
    pool = _pool(graph if callable(graph) else lambda: graph, chosen, reading)
    try:
        with _listening(host, port) as listener:
            import uvicorn  # noqa: PLC0415 - imported while the graph is being opened

            from rolegraph.serving.connections import BoundedProtocol  # noqa: PLC0415

            pool.wait()
            config = uvicorn.Config(
                _front(pool, chosen),
                http=BoundedProtocol,
                loop="asyncio",
                ws="none",
                lifespan="on",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=max(1, round(chosen.grace)),
            )
            server = uvicorn.Server(config)
            with _told_to_stop(server):
                if ready:
                    ready(_address(listener))
                server.run(sockets=[listener])
    finally:
        pool.end()


def _check_extra(*packages: str) -> None:
    if not all(map(find_spec, packages)):
        raise MissingExtra(", ".join(packages), "serve")


def _pool(opener: Opener, options: ServeOptions, reading: Limits | None) -> Pool | Inline:
    if not CAN_FORK:
        return Inline(opener(), options.limits, options.waiting)
    zygote = Zygote(opener, options.limits, reading)
    return Pool(zygote, options.limits, options.hands, options.waiting)


def _front(pool: Pool | Inline, options: ServeOptions) -> Front:
    from rolegraph.serving.web import Site  # noqa: PLC0415 - starlette loads with it

    return Site(pool, options, __version__).app()


def _for_host(options: ServeOptions, host: str) -> ServeOptions:
    """Let a server that only this machine can reach answer only to names of this machine.

    Else a page from elsewhere, whose name leads to this machine, could ask it as if it were its own server.
    """
    return replace(options, hosts=(*options.hosts, *_LOOPBACK)) if _is_loopback(host) else options


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, *_, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        # Where the protocol is not named, asyncio lets Nagle's algorithm hold answers back for 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except (OSError, OverflowError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error
    with listener:
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except (OSError, OverflowError) as error:
            raise _cannot_listen(host, port, error) from error
        yield listener


def _cannot_listen(host: str, port: int, error: Exception) -> ServingError:
    number = getattr(error, "errno", None) or 0
    reason = os.strerror(number) if number > 0 else str(error)
    if isinstance(error, UnicodeError):  # the encoding of names of machines, which is Python's affair
        reason = "no machine has such a name"
    advice = "; --port 0 takes a free one" if number == errno.EADDRINUSE else ""
    return ServingError(f"Cannot listen on {host}, port {port}: {reason}{advice}.")


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


@contextmanager
def _told_to_stop(server: uvicorn.Server) -> Iterator[None]:
    """Let signals stop the server, and nothing else: uvicorn sends them again when it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
