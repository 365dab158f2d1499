"""`queries`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import open_data, shared_options
from rolegraph.cli.output import show_raw, show_table
from rolegraph.errors import QueryError
from rolegraph.queries import NamedQuery, named_query, query_names
from rolegraph.tables import Table

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from rolegraph.pinned import Verdict
    from rolegraph.role_graph import RoleGraph


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
    graph = open_data()
    verdicts = [_verdict(graph, query, place, pin=pin) for query in asked]
    show_table(pinned.table(verdicts), as_text=lambda: pinned.in_words(verdicts))
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def _verdict(graph: RoleGraph, query: NamedQuery, place: Path, *, pin: bool) -> Verdict:
    from rolegraph import pinned  # noqa: PLC0415 - loaded by now

    try:
        ready = replace(query, text=graph.expanded(query.text))
        return (pinned.pin if pin else pinned.compare)(graph.store, ready, place)
    except QueryError as error:
        message = f"{place / query.name}.rq: {error}"
        raise QueryError(message, line=error.line, column=error.column) from error
