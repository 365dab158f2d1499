"""`shell`."""

from __future__ import annotations

import shlex
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli import prompt
from rolegraph.cli.ask import read_values
from rolegraph.cli.named import list_queries
from rolegraph.cli.options import FORMATS, open_data, settings, with_options
from rolegraph.cli.output import show_raw, tell
from rolegraph.cli.result_text import GRAPH_FORMATS, show_packed, show_result
from rolegraph.errors import EndpointError, LimitReached, OverLimit, RolegraphError
from rolegraph.names import QUERY_PREFIXES, shorten
from rolegraph.queries import ad_hoc_query, named_query, query_names
from rolegraph.watching import with_remedy

if TYPE_CHECKING:
    from rolegraph.queries import NamedQuery
    from rolegraph.role_graph import RoleGraph

HELP = """\
A query ends with a semicolon or an empty line, outside of its brackets.
.run NAME [PARAM=VALUE]...  ask a named query
.queries                    list the named queries
.show NAME                  print a named query
.prefixes                   list the prefixes, which need no declaration
.format [NAME]              print as table, csv, tsv, json, md, ttl, nt or jsonld; alone: as at first
.help                       this list
.quit                       leave, as Ctrl-D does; Ctrl-C forgets what was typed
"""

#: The IRIs of all that the data speaks of.
_KNOWN = "SELECT DISTINCT ?thing { ?thing a ?class FILTER(ISIRI(?thing)) }"


class _Leave(Exception):
    """The user wants to leave."""


@click.command(short_help="Ask in SPARQL one query after the other, at a prompt.")
@click.option(
    "--history",
    metavar="FILE",
    envvar="ROLEGRAPH_HISTORY",
    help="Keep what is typed in this file from session to session. Default: what $ROLEGRAPH_HISTORY names,"
    " else nowhere.",
)
@with_options((*FORMATS, *GRAPH_FORMATS))
def shell(history: str | None) -> int:
    """Ask in SPARQL one query after the other, at a prompt.

    A query goes over as many lines as it needs. It ends with a semicolon or an empty line, outside of its
    brackets. The Tab key completes key words, prefixes, names behind a prefix, variables and the names of
    queries; the arrow keys bring back what was typed. An error in a query does not end the shell.
    Ctrl-C forgets what was typed, Ctrl-D leaves. Lines that begin with a dot are commands; .help lists them.

    \b
    Queries may be piped in; they run one after the other, and the exit code is that of the last one:
    0 rows, triples or true; 1 none, or false; 2 the query is wrong.

    \b
    Examples:
      rolegraph shell < questions.rq
      echo ".run skills_of_role role=CPO" | rolegraph shell --format csv
    """  # noqa: D301 - click reads the \b
    if history and not Path(history).absolute().parent.is_dir():
        raise click.UsageError(f"The folder of the history file {history} does not exist.")
    graph = open_data()
    at_keyboard = sys.stdin.isatty()
    # What is no text is no query; what is piped in is UTF-8, as files are, whatever the terminal speaks.
    encoding = None if at_keyboard else "utf-8-sig"
    sys.stdin.reconfigure(encoding=encoding, errors="surrogateescape")  # type: ignore[union-attr]
    write = prompt.remember(Path(history) if history else None) if at_keyboard else lambda: None
    if at_keyboard:
        if watch := settings().watch:
            watch.leave_interrupts()
        prompt.tabs(_offers(graph))
        tell("SPARQL, each query ended by ; or an empty line. .help lists commands, Ctrl-D leaves.")
    code = 0
    asked_format = settings().format
    while True:
        try:
            for statement in prompt.statements(
                lambda begun: prompt.typed("     -> " if begun else "sparql> ")
            ):
                code = _answered(graph, statement, asked_format)
        except _Leave:
            break
        except KeyboardInterrupt:
            if not at_keyboard:
                raise
            tell("")
            continue
        if at_keyboard:
            tell("")
        break
    write()
    return 0 if at_keyboard else code


def _answered(graph: RoleGraph, statement: str, asked_format: str | None) -> int:
    """Run a query or a command; what is wrong with it is said, and gives the exit code that `query` would."""
    try:
        if statement.startswith("."):
            return _command(graph, statement, asked_format)
        return _ask(graph, ad_hoc_query(statement), {})
    except OverLimit as error:
        tell(with_remedy(error))
        return 3
    except RolegraphError as error:
        tell(f"Error: {error}")
        return 4 if isinstance(error, EndpointError) else 3 if isinstance(error, LimitReached) else 2
    except click.ClickException as error:
        tell(f"Error: {error.format_message()}")
    return 2


def _ask(graph: RoleGraph, query: NamedQuery, values: dict[str, list[str]]) -> int:
    sparql = graph.fill(query, values)
    if query.name:
        return show_result(graph.store.query(graph.expanded(sparql)))
    from rolegraph.worker import Worker  # noqa: PLC0415 - its modules load with the first query

    limits, began = settings().limits, time.monotonic()
    sparql = graph.expanded(sparql, limits=limits)
    with Worker(graph.store) as worker:  # which can be ended, and the prompt goes on
        packed = worker.packed(sparql, limits, spent=time.monotonic() - began)
    return show_packed(packed, limits, time.monotonic() - began)


def _command(graph: RoleGraph, line: str, asked_format: str | None) -> int:
    """Run a line that begins with a dot."""
    try:
        name, *words = shlex.split(line)
    except ValueError as error:
        raise click.UsageError(f"{line}: {error}.") from None
    if name == ".run" and words:
        return _ask(graph, named_query(words[0]), read_values(words[1:]))
    if name == ".show" and len(words) == 1:
        show_raw(named_query(words[0]).text)
    elif name == ".format" and len(words) <= 1:
        known = (*FORMATS, *GRAPH_FORMATS)
        if words and words[0] not in known:
            raise click.UsageError(f"There is no format {words[0]!r}; there are: {', '.join(known)}.")
        settings().format = words[0] if words else asked_format
    elif name == ".queries" and not words:
        click.get_current_context().invoke(list_queries)
    elif name == ".prefixes" and not words:
        show_raw("".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in QUERY_PREFIXES.items()))
    elif name == ".help" and not words:
        show_raw(HELP)
    elif name in {".quit", ".exit"} and not words:
        raise _Leave
    else:
        raise click.UsageError(f"{line!r} is no command; .help lists them.")
    return 0


def _offers(graph: RoleGraph) -> prompt.Offered:
    """Give what completes a word of a line, by what there is in the graph."""
    commands: dict[str, list[str]] = {name: [] for name in (".queries", ".prefixes", ".help", ".quit")}
    commands |= {".run": query_names(), ".show": query_names(), ".format": [*FORMATS, *GRAPH_FORMATS]}

    @cache
    def known() -> list[str]:
        if graph.store.remote:  # which may speak of millions of things
            return [shorten(entry.iri) for entry in graph.entries()]
        return [shorten(str(row["thing"].value)) for row in graph.store.select(_KNOWN)]

    def offered(line: str, word: str) -> list[str]:
        return prompt.offers(line, word, known, commands)

    return offered
