"""`query` and `queries`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import FORMATS, open_data, settings, shared_options, with_options
from rolegraph.cli.output import chosen_format, draw, escape_controls, show_csv, show_raw, show_table, tell
from rolegraph.cli.screen import say
from rolegraph.errors import ParameterError, QueryError, SourceError
from rolegraph.names import shorten
from rolegraph.queries import NamedQuery, ad_hoc_query, named_query, query_names
from rolegraph.tables import Table, markdown, printable
from rolegraph.terms import plain_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox
    from click.shell_completion import CompletionItem

    from rolegraph.pinned import Verdict
    from rolegraph.role_graph import RoleGraph
    from rolegraph.stores import LocalStore, Result
    from rolegraph.terms import Term

#: Formats that a graph, the answer to CONSTRUCT or DESCRIBE, can be printed in.
GRAPH_FORMATS = ("ttl", "nt", "jsonld")


@click.command(short_help="Ask in SPARQL: a query, a file, - for standard input, or a query's name.")
@click.argument("what", metavar="SPARQL|FILE|NAME|-")
@click.argument("values", metavar="[PARAM=VALUE]...", nargs=-1)
@click.option(
    "--view",
    metavar="FILE",
    help="Draw the triples as a page, and write it to this file (- for standard output).",
)
@with_options((*FORMATS, *GRAPH_FORMATS))
def query(what: str, values: tuple[str, ...], view: str | None) -> int:
    """Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The query is given as it is, as a FILE, as the NAME of one of the queries that `rolegraph queries`
    lists, or on standard input (-). The prefixes rg: role: skill: skos: ... need no declaration.
    PARAM=VALUE replaces what stands in the line `VALUES ?PARAM { ... }` of the query; names stand for IRIs,
    and several values of one PARAM are all asked for.

    \b
    SELECT prints csv, tsv and json in the W3C formats for SPARQL results.
    CONSTRUCT and DESCRIBE print ttl (default), nt or jsonld.
    --view draws them, or the columns ?s ?p ?o of a SELECT, as a page that works offline.
    Exit code: 0 rows, triples or true; 1 none, or false; 2 the query is wrong.
    Why an answer is empty is told on standard error.

    \b
    Examples:
      rolegraph query skills_of_role role=CPO
      rolegraph query "SELECT ?role ?usd { ?pay a rg:Pay ; rg:role ?role ; rg:amount ?usd }"
      rolegraph query questions.rq --data mine.ttl --format csv
      echo "ASK { ?move rg:toRole role:chief-product-officer }" | rolegraph query -
      rolegraph query "CONSTRUCT WHERE { ?role rg:describedAs ?job }" --view map.html
    """  # noqa: D301 - click reads the \b
    asked = _read(what)
    graph = open_data()
    sparql = graph.fill(asked, read_values(values))
    result = graph.store.query(sparql)
    code = show_result(result) if view is None else _draw(result, graph, view, asked)
    if code == 1:
        _tell_why(graph, sparql)
    return code


def _tell_why(graph: RoleGraph, sparql: str) -> None:
    """Tell why an answer is empty."""
    from rolegraph.explaining import why_empty  # noqa: PLC0415 - most answers are not

    for line in why_empty(graph.store, sparql, graph.entries):
        tell(line)


def _draw(result: Result, graph: RoleGraph, file: str, asked: NamedQuery) -> int:
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
    drawn = page(network_of(triples, graph.network(), graph.store), title=title)
    if file == "-":
        show_raw(drawn.html)
    else:
        click.echo(printable(str(drawn.save(file))))
    return 0


def _read(what: str) -> NamedQuery:
    if what == "-":
        if sys.stdin.isatty():
            tell("Reading a query from the keyboard; end it with Ctrl-D.")
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if "{" in what or any(char.isspace() for char in what):
        return ad_hoc_query(what)
    file = Path(what)
    if file.suffix in {".rq", ".sparql"} or file.is_file():
        try:
            return _decoded(file.read_bytes(), file)
        except OSError as error:
            raise SourceError(file, error.strerror or "cannot be read") from error
    return named_query(what)


def _decoded(content: bytes, place: str | Path) -> NamedQuery:
    try:
        return ad_hoc_query(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError(place, "is not UTF-8 text") from error


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


def show_result(result: Result) -> int:
    """Print what a query gives in the chosen format; give the exit code, 1 for nothing and for false."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    if isinstance(result, ox.QueryBoolean):
        return _show_boolean(result)
    if isinstance(result, ox.QueryTriples):
        return _show_triples(result)
    return _show_solutions(result)


def _show_boolean(result: ox.QueryBoolean) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, "ASK answers true or false; its formats are table and json")
    if chosen_format() == "json":
        show_raw((result.serialize(format=QueryResultsFormat.JSON) or b"").decode() + "\n")
    else:
        click.echo("true" if result else "false")
    return 0 if result else 1


def _show_triples(result: ox.QueryTriples) -> int:
    from rolegraph.exporters import serialize  # noqa: PLC0415 - only graphs need it
    from rolegraph.stores import FORMATS as ENDINGS  # noqa: PLC0415 - only graphs need it

    _refuse(
        ("csv", "tsv", "md"),
        f"CONSTRUCT and DESCRIBE give a graph; its formats are {' '.join(GRAPH_FORMATS)}",
    )
    triples = list(result)
    chosen = settings().format or "ttl"
    ending = {"table": "ttl", "json": "jsonld"}.get(chosen, chosen)
    show_raw(escape_controls(serialize(triples, ENDINGS[f".{ending}"]).decode()))
    if not triples:
        tell("No triples.")
    return 0 if triples else 1


def _show_solutions(result: ox.QuerySolutions) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, f"SELECT gives rows; its formats are {' '.join(FORMATS)}")
    chosen = chosen_format()
    columns = tuple(variable.value for variable in result.variables)
    if chosen == "csv":
        # The engine's own CSV leaves IRIs with commas unquoted, and writes an empty line for an empty value.
        rows = [[_lexical(term) for term in row] for row in result]
        show_csv([columns, *rows])
        found = bool(rows)
    elif chosen in {"tsv", "json"}:
        written = (result.serialize(format=getattr(QueryResultsFormat, chosen.upper())) or b"").decode()
        show_raw(escape_controls(written) + ("\n" if chosen == "json" else ""))
        found = '"bindings":[]' not in written if chosen == "json" else written.count("\n") > 1
    else:
        table = Table(columns, tuple(tuple(_short(term) for term in row) for row in result))
        found = bool(table.rows)
        if chosen == "md":
            say(markdown(table))
        elif table.rows:
            draw(table)
    if not found:
        tell("No rows.")
    return 0 if found else 1


def _lexical(term: Term | None) -> str:
    if term is None:
        return ""
    value = getattr(term, "value", None)
    return str(term) if value is None or str(term).startswith("_:") else value


def _short(term: Term | None) -> object:
    value = plain_value(term)
    return shorten(value) if isinstance(value, str) and getattr(term, "datatype", None) is None else value


def _refuse(formats: tuple[str, ...], reason: str) -> None:
    if settings().format in formats:
        message = f"--format {settings().format} does not fit: {reason}."
        raise click.UsageError(message)


class QueriesGroup(click.Group):
    """The group `queries`, in which the name of a query stands for showing it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name; `pay` means `show pay`."""
        if args[0] in query_names():
            args = ["show", *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Give the commands, and the names of queries, that begin so."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell needs it

        names = [CompletionItem(name) for name in query_names() if name.startswith(incomplete)]
        return [*super().shell_complete(ctx, incomplete), *names]


@click.group(
    cls=QueriesGroup,
    invoke_without_command=True,
    short_help="List the named queries, show one, or test them.",
)
@shared_options
@click.pass_context
def queries(context: click.Context) -> None:
    """List the named queries, show one, or test whether they answer what they should.

    \b
    Examples:
      rolegraph queries
      rolegraph queries show feeder_roles
      rolegraph queries feeder_roles
      rolegraph queries test
    """  # noqa: D301 - click reads the \b
    if context.invoked_subcommand is None:
        context.invoke(list_queries)


@queries.command("list")
@shared_options
def list_queries() -> int:
    """List every named query with its parameters, their types, and the question that it answers."""
    listed = [named_query(name) for name in query_names()]
    rows = (
        (item.name, ", ".join(f"{one.name}: {one.type}" for one in item.parameters), item.question)
        for item in listed
    )
    show_table(Table(("name", "parameters", "question"), tuple(rows)))
    return 0


@queries.command("show")
@click.argument("name")
@shared_options
def show_query(name: str) -> int:
    """Print the SPARQL of the query NAME, ready for any SPARQL tool."""
    show_raw(named_query(name).text)
    return 0


@queries.command("test")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--queries",
    "folder",
    metavar="DIR",
    help="Test the queries of this folder, NAME.rq each, against DIR/pinned. Default: those that ship.",
)
@click.option("--pin", is_flag=True, help="Write what differs or is missing as the pinned answers of DIR.")
@shared_options
def test_queries(names: tuple[str, ...], folder: str | None, pin: bool) -> int:  # noqa: FBT001 - click gives it
    """Compare what named queries answer with what is pinned.

    Each query is asked with the defaults of its parameters. Rows that are pinned and not answered are shown
    with a -, rows that are answered and not pinned with a +. Their order counts where the query has an
    ORDER BY. The pinned answers that ship are those of the graph that ships.

    \b
    Exit code: 0 all are as pinned; 1 some differ, or are not pinned; 2 a query or a file is wrong.

    \b
    Examples:
      rolegraph queries test
      rolegraph queries test pay next_steps
      rolegraph queries test --queries mine/ --data mine.ttl --pin
    """  # noqa: D301 - click reads the \b
    from rolegraph import pinned  # noqa: PLC0415 - the other commands do without
    from rolegraph.resources import folder as shipped_folder  # noqa: PLC0415

    if pin and folder is None:
        message = "--pin writes files, and needs the folder to write them to: --queries DIR."
        raise click.UsageError(message)
    place = shipped_folder("queries") if folder is None else Path(folder)
    asked = pinned.queries_of(place, names)
    store = open_data().store
    verdicts = [_verdict(store, query, place, pin=pin) for query in asked]
    show_table(pinned.table(verdicts), as_text=lambda: pinned.in_words(verdicts))
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def _verdict(store: LocalStore, query: NamedQuery, place: Path, *, pin: bool) -> Verdict:
    from rolegraph import pinned  # noqa: PLC0415 - loaded by now

    try:
        return (pinned.pin if pin else pinned.compare)(store, query, place)
    except QueryError as error:
        message = f"{place / query.name}.rq: {error}"
        raise QueryError(message, line=error.line, column=error.column) from error
