"""`serve`."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import click

from rolegraph.cli.options import FORMATS, bound_option, opener, reads_foreign, settings, with_options
from rolegraph.cli.output import tell

#: Limits of a question where none is given; those of the reading of --data are the usual ones.
_BOUNDS = {"seconds": 10, "memory": 1024, "rows": 10_000, "size": 64}


@click.command(short_help="Serve the graph: SPARQL endpoint, JSON interface, map, editor.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Listen on this port; 0: a free one.",
)
@click.option(
    "--host-name",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Also answer to this name; repeatable. On a loopback address only this machine's names count.",
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin, such as https://example.org, read answers; repeatable; *: all.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="How many processes stand ready to answer.  [default: two more than processors]",
)
@click.option("--quiet", is_flag=True, help="Keep no access log on standard error.")
@click.option("--open", "open_it", is_flag=True, help="Open the start page in the browser.")
@bound_option("max-rows", "rows", "N", "Cut answers off after so many rows or triples (10000); 0: never.")
@bound_option("max-size", "size", "MB", "Cut answers off at this size (64); 0: never.")
@with_options(FORMATS, timeout="Stop a question after so long (10), and reading --data (30); 0: never.")
def serve(**asked: Any) -> int:
    """Serve the graph until Ctrl-C: SPARQL 1.1, find, role, path, gap and why as JSON, the map, an editor.

    It is read only, and listens on this machine alone unless --host says otherwise. A question has 10
    seconds, or what --timeout says; answers are cut off after 10,000 rows or 64 MB, and say so.
    docs/serve.md tells of the addresses, and of how it behaves under load.

    This needs starlette and uvicorn: pip install 'rolegraph[serve]'.

    \b
    Exit code: 0 it was told to stop, 2 it cannot listen there, or the data is wrong.

    \b
    Examples:
      rolegraph serve
      rolegraph serve --port 8080 --data mine.ttl --timeout 5
    """  # noqa: D301 - click reads the \b
    from rolegraph.limits import Limits  # noqa: PLC0415 - help does without
    from rolegraph.serving import ServeOptions, serve  # noqa: PLC0415

    bounds = _BOUNDS | settings().bounds
    options = ServeOptions(
        limits=Limits(**{name: bound or None for name, bound in bounds.items()}),  # type: ignore[arg-type]
        workers=asked["workers"],
        cors=asked["cors"],
        hosts=asked["hosts"],
        log=None if asked["quiet"] else tell,
    )
    serve(
        opener(*settings().data),
        host=asked["host"],
        port=asked["port"],
        options=options,
        reading=settings().limits if reads_foreign(*settings().data) else None,
        ready=partial(_tell_address, open_it=asked["open_it"]),
    )
    return 0


def _tell_address(address: str, *, open_it: bool) -> None:
    click.echo(f"Serving at {address} until Ctrl-C.")
    sys.stdout.flush()
    if open_it:
        import webbrowser  # noqa: PLC0415 - few ask for it

        webbrowser.open(address)
