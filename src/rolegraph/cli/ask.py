"""`query` and `queries`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import FORMATS, open_data, settings, shared_options, with_options
from rolegraph.cli.output import chosen_format, draw, escape_controls, show_raw, show_table, show_w3c
from rolegraph.errors import ParameterError, SourceError
from rolegraph.names import shorten
from rolegraph.queries import NamedQuery, ad_hoc_query, named_query, query_names
from rolegraph.tables import Table, markdown
from rolegraph.terms import plain_value

if TYPE_CHECKING:
    import pyoxigraph as ox

    from rolegraph.terms import Term

#: Formats that a graph, the answer to CONSTRUCT or DESCRIBE, can be printed in.
GRAPH_FORMATS = ("ttl", "nt", "jsonld")


@click.command(short_help="Ask in SPARQL: a query, a file, - for standard input, or a query's name.")
@click.argument("what", metavar="SPARQL|FILE|NAME|-")
@click.argument("values", metavar="[PARAM=VALUE]...", nargs=-1)
@with_options((*FORMATS, *GRAPH_FORMATS))
def query(what: str, values: tuple[str, ...]) -> int:
    r"""Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The query is given as it is, as a FILE, as the NAME of one of the queries that `rolegraph queries`
    lists, or on standard input (-). The prefixes rg: role: skill: skos: ... need no declaration.
    PARAM=VALUE replaces what stands in the line `VALUES ?PARAM { ... }` of the query; names stand for IRIs,
    and several values of one PARAM are all asked for.

    \b
    SELECT prints csv, tsv and json in the W3C formats for SPARQL results.
    CONSTRUCT and DESCRIBE print ttl (default), nt or jsonld.
    Exit code: 0 rows, triples or true; 1 none, or false; 2 the query is wrong.

    \b
    Examples:
      rolegraph query skills_of_role role=CPO
      rolegraph query "SELECT ?role ?usd { ?pay a rg:Pay ; rg:role ?role ; rg:amount ?usd }"
      rolegraph query questions.rq --data mine.ttl --format csv
      echo "ASK { ?move rg:toRole role:chief-product-officer }" | rolegraph query -
    """
    import pyoxigraph as ox  # noqa: PLC0415 - help does without

    asked = _read(what)
    graph = open_data()
    result = graph.store.query(graph.fill(asked, _parameters(values)))
    if isinstance(result, ox.QueryBoolean):
        return _show_boolean(result)
    if isinstance(result, ox.QueryTriples):
        return _show_triples(result)
    return _show_solutions(result)


def _read(what: str) -> NamedQuery:
    if what == "-":
        if sys.stdin.isatty():
            click.echo("Reading a query from the keyboard; end it with Ctrl-D.", err=True)
        return ad_hoc_query(sys.stdin.read())
    if "{" in what or any(char.isspace() for char in what):
        return ad_hoc_query(what)
    file = Path(what)
    if file.suffix in {".rq", ".sparql"} or file.is_file():
        try:
            return ad_hoc_query(file.read_text("utf-8-sig"))
        except OSError as error:
            raise SourceError(file, error.strerror or "cannot be read") from error
        except UnicodeDecodeError as error:
            raise SourceError(file, "is not UTF-8 text") from error
    return named_query(what)


def _parameters(values: tuple[str, ...]) -> dict[str, list[str]]:
    parameters: dict[str, list[str]] = {}
    for item in values:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise ParameterError(f"{item!r} is not of the form PARAM=VALUE.")
        parameters.setdefault(name.removeprefix("?"), []).append(value)
    return parameters


def _show_boolean(result: ox.QueryBoolean) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, "ASK answers true or false; its formats are table and json")
    if chosen_format() == "json":
        show_w3c((result.serialize(format=QueryResultsFormat.JSON) or b"").decode() + "\n", "json")
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
        click.echo("No triples.", err=True)
    return 0 if triples else 1


def _show_solutions(result: ox.QuerySolutions) -> int:
    from pyoxigraph import QueryResultsFormat  # noqa: PLC0415 - loaded by now

    _refuse(GRAPH_FORMATS, f"SELECT gives rows; its formats are {' '.join(FORMATS)}")
    chosen = chosen_format()
    columns = tuple(variable.value for variable in result.variables)
    if chosen in {"csv", "tsv", "json"}:
        written = (result.serialize(format=getattr(QueryResultsFormat, chosen.upper())) or b"").decode()
        show_w3c(written + ("\n" if chosen == "json" else ""), chosen)
        found = '"bindings":[]' not in written if chosen == "json" else written.count("\n") > 1
    else:
        table = Table(columns, tuple(tuple(_short(term) for term in row) for row in result))
        found = bool(table.rows)
        if chosen == "md":
            click.echo(markdown(table))
        elif table.rows:
            draw(table)
    if not found:
        click.echo("No rows.", err=True)
    return 0 if found else 1


def _short(term: Term | None) -> object:
    value = plain_value(term)
    return shorten(value) if isinstance(value, str) and getattr(term, "datatype", None) is None else value


def _refuse(formats: tuple[str, ...], reason: str) -> None:
    if settings().format in formats:
        message = f"--format {settings().format} does not fit: {reason}."
        raise click.UsageError(message)


@click.group(invoke_without_command=True, short_help="List the named queries, or show one.")
@shared_options
@click.pass_context
def queries(context: click.Context) -> None:
    r"""List the named queries, or show one.

    \b
    Examples:
      rolegraph queries
      rolegraph queries show feeder_roles
    """
    if context.invoked_subcommand is None:
        context.invoke(list_queries)


@queries.command("list")
@shared_options
def list_queries() -> int:
    """List every named query with its parameters and the question that it answers."""
    listed = [named_query(name) for name in query_names()]
    rows = (
        (item.name, " ".join(parameter.name for parameter in item.parameters), item.question)
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
