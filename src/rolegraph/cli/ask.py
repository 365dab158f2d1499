"""`query`."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import (
    FORMATS,
    bound_option,
    bounded,
    check_named,
    open_data,
    settings,
    with_options,
)
from rolegraph.cli.output import show_raw, tell
from rolegraph.cli.result_text import GRAPH_FORMATS, show_packed, show_result
from rolegraph.errors import ParameterError, QueryError, SourceError
from rolegraph.file_guard import check_kind
from rolegraph.queries import NamedQuery, ad_hoc_query, named_query
from rolegraph.query_guard import LONGEST, may_search_paths
from rolegraph.tables import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.answers import Answer, Packed
    from rolegraph.role_graph import RoleGraph
    from rolegraph.stores import Result


#: Bytes of a query that are read: more than the longest takes, as no character takes more than four.
_MOST_BYTES = 4 * LONGEST + 4

#: Seconds that an endpoint's own clock may be late: what it says tells more than that the time is over.
_GRACE = 0.4

#: Seconds for telling why an answer is empty: at most, and where the query has left none.
_WHY, _LEAST_WHY = 2.0, 0.25


@click.command(short_help="Ask in SPARQL: a query, a file, - for standard input, or a query's name.")
@click.argument("what", metavar="SPARQL|FILE|NAME|-")
@click.argument("values", metavar="[PARAM=VALUE]...", nargs=-1)
@click.option(
    "--view",
    metavar="FILE",
    help="Draw the triples as a page, and write it to this file (- for standard output).",
)
@click.option(
    "--allow-service",
    "services",
    metavar="HOST",
    multiple=True,
    help="Let SERVICE ask this host, such as query.example.org; repeatable. Without, SERVICE is refused.",
)
@click.option(
    "--allow-file",
    "folders",
    metavar="DIR",
    multiple=True,
    help="Let FROM <file:///...> read files below this folder; repeatable. Without, it is refused.",
)
@bound_option(
    "max-rows", "rows", "N", "Cut the answer off after so many rows or triples; 0: never (default)."
)
@bound_option("max-size", "size", "MB", "Cut the answer off at this size (64); 0: never.")
@with_options((*FORMATS, *GRAPH_FORMATS))
def query(
    what: str, values: tuple[str, ...], view: str | None, services: tuple[str, ...], folders: tuple[str, ...]
) -> int:
    """Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The query is given as it is, as a FILE, as the NAME of one of the queries that `rolegraph queries`
    lists, or on standard input (-). The prefixes rg: role: skill: skos: ... need no declaration.
    PARAM=VALUE replaces what stands in the line `VALUES ?PARAM { ... }` of the query; names stand for IRIs,
    and several values of one PARAM are all asked for.

    \b
    SELECT prints csv, tsv and json in the W3C formats for SPARQL results.
    CONSTRUCT and DESCRIBE print ttl (default), nt or jsonld.
    --view draws them, or the columns ?s ?p ?o of a SELECT, as a page that works offline.
    Exit code: 0 rows, triples or true; 1 none, or false; 2 the query is wrong; 3 a limit was hit;
    4 an endpoint failed.
    Why an answer is empty is told on standard error.

    A query opens no file and no connection, and is stopped at its limits; docs/safety.md tells how.

    \b
    Examples:
      rolegraph query skills_of_role role=CPO
      rolegraph query "SELECT ?role ?usd { ?pay a rg:Pay ; rg:role ?role ; rg:amount ?usd }"
      rolegraph query questions.rq --data mine.ttl --format csv
      echo "ASK { ?move rg:toRole role:chief-product-officer }" | rolegraph query -
      rolegraph query "CONSTRUCT WHERE { ?role rg:describedAs ?job }" --view map.html
    """  # noqa: D301 - click reads the \b
    check_named(view)
    _check_allowed(services, folders)
    asked = _read(what)
    graph = open_data()
    with _naming(what if _is_file(what) else ""):
        sparql = graph.fill(asked, read_values(values))
        answer: Result | Packed
        began = time.monotonic()
        if asked.name and not settings().data and not settings().bounds:
            answer = graph.store.query(graph.expanded(sparql))  # what ships needs no limits
        else:
            answer, began = _within_limits(graph, sparql, services, folders)
    code = _show(answer, began, graph, view, asked)
    if cut := getattr(answer, "cut", ""):
        from rolegraph.answers import told  # noqa: PLC0415 - loaded by now

        tell(f"{told(cut, settings().limits)} --max-{cut} allows more.")
        return 3
    if code == 1:
        _tell_why(graph, sparql, began)
    return code


def _check_allowed(services: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Object to what allows nothing, and was meant to."""
    for host in services:
        if not host or set(host) & set("/?#@ ") or "://" in host:
            raise click.UsageError(
                f"--allow-service takes the name of a host, such as query.example.org, and not {host!r}."
            )
    for folder in folders:
        if not folder or not Path(folder).is_dir():
            raise click.UsageError(f"--allow-file takes a folder, and {folder!r} is none.")


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Put the name of the file that holds a query before what is wrong with it."""
    try:
        yield
    except QueryError as error:
        if not file:
            raise
        raise QueryError(f"{file}: {error}", line=error.line, column=error.column) from error


def _tell_why(graph: RoleGraph, sparql: str, began: float) -> None:
    """Tell why an answer is empty, in what is left of the time since the query began."""
    from rolegraph.explaining import why_empty  # noqa: PLC0415 - most answers are not

    limits, lines = settings().limits, list[str]()

    def left() -> float | None:
        gone = time.monotonic() - began
        return None if limits.seconds is None else max(_LEAST_WHY, limits.seconds - gone)

    if may_search_paths(sparql):
        from rolegraph.path_service import routeless  # noqa: PLC0415 - few queries search paths

        with bounded("Why there are no paths", limits=replace(limits, seconds=left())):
            lines, sparql = routeless(sparql, graph), graph.expanded(sparql)
        for line in lines:
            tell(line)
    for line in why_empty(graph.store, sparql, graph.entries, seconds=min(_WHY, left() or _WHY)):
        if not (lines and "VALUES (" in line):  # which stands for a search, and that is told
            tell(line)


def _within_limits(
    graph: RoleGraph, sparql: str, services: tuple[str, ...], folders: tuple[str, ...]
) -> tuple[Packed, float]:
    """Give the answer of a foreign query, and when it began to be looked for."""
    from rolegraph.answers import pack  # noqa: PLC0415 - help does without
    from rolegraph.asked_files import load_asked  # noqa: PLC0415
    from rolegraph.query_mistakes import query_error as _  # noqa: F401, PLC0415 - no file opens below

    limits = settings().limits
    if folders:
        with bounded("Reading the data"):
            load_asked(graph.store, sparql, folders)
    if may_search_paths(sparql):
        from rolegraph.path_service import prepare  # noqa: PLC0415 - few queries search paths

        with bounded("The query"):
            prepare(graph)
    # A store on a disk may have to open more of its files. An endpoint has a clock that can say more.
    within = limits
    if graph.store.remote and limits.seconds is not None:
        within = replace(limits, seconds=limits.seconds + _GRACE)
    began = time.monotonic()
    with bounded("The query", files=bool(services) or graph.store.opens_files, limits=within):
        packed = pack(graph.store.query(graph.expanded(sparql, services), services), limits, services)
    return packed, began


def _show(
    answer: Result | Packed, began: float, graph: RoleGraph, view: str | None, asked: NamedQuery
) -> int:
    from rolegraph.answers import Packed, unpack  # noqa: PLC0415 - loaded by now

    if view is not None:
        return _draw(unpack(answer) if isinstance(answer, Packed) else answer, graph, view, asked)
    if isinstance(answer, Packed):
        return show_packed(answer, settings().limits, time.monotonic() - began)
    return show_result(answer)


def _draw(result: Result | Answer, graph: RoleGraph, file: str, asked: NamedQuery) -> int:
    """Write a page of the triples; nothing is written when there are none."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    from rolegraph.triples import network_of, triples_of  # noqa: PLC0415 - only pages need it

    if settings().format is not None:
        message = "--view writes a page, and --format is for what is printed; give one of the two."
        raise click.UsageError(message)
    if isinstance(result, ox.QueryBoolean):
        message = "A page is drawn from triples: CONSTRUCT, DESCRIBE, or SELECT ?s ?p ?o. ASK gives none."
        raise click.UsageError(message)
    triples = triples_of(result)
    if not triples:
        tell("No triples, so there is no page.")
        return 1

    from rolegraph.webpage import page  # noqa: PLC0415 - pyvis loads with it, after the query is known to be right

    title = asked.question or "What the query gives"
    drawn = page(network_of(triples, graph.network(), graph.store.whole()), title=title)
    if file == "-":
        show_raw(drawn.html)
    else:
        click.echo(printable(str(drawn.save(file))))
    return 0


def _read(what: str) -> NamedQuery:
    if what == "-":
        if sys.stdin.isatty():
            tell("Reading a query from the keyboard; end it with Ctrl-D.")
        return _decoded(sys.stdin.buffer.read(_MOST_BYTES), "standard input")
    if _is_text(what):
        return ad_hoc_query(what)
    if not _is_file(what):
        return named_query(what)
    check_kind(Path(what))
    try:
        with Path(what).open("rb") as opened:
            return _decoded(opened.read(_MOST_BYTES), what)
    except OSError as error:
        raise SourceError(what, error.strerror or "cannot be read") from error


def _is_text(what: str) -> bool:
    return "{" in what or any(char.isspace() for char in what)


def _is_file(what: str) -> bool:
    return what != "-" and not _is_text(what) and (what.endswith((".rq", ".sparql")) or Path(what).is_file())


def _decoded(content: bytes, place: str | Path) -> NamedQuery:
    # Of what is longer than a query may be, the last character may have been cut in two.
    whole = len(content) < _MOST_BYTES
    try:
        return ad_hoc_query(content.decode("utf-8-sig", "strict" if whole else "ignore"))
    except UnicodeDecodeError as error:
        raise SourceError.no_text(place, error) from error


def read_values(values: Sequence[str]) -> dict[str, list[str]]:
    """Read PARAM=VALUE, of which there may be several for one parameter."""
    parameters: dict[str, list[str]] = {}
    for item in values:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise ParameterError(f"{item!r} is not of the form PARAM=VALUE.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ParameterError(f"{item!r} is not UTF-8 text.") from None
        parameters.setdefault(name.removeprefix("?"), []).append(value)
    return parameters
