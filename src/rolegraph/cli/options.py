"""The options that every command takes, before or after the command's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rolegraph.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rolegraph.role_graph import RoleGraph

#: Formats of rows; `table` is for people, the others for programs.
FORMATS = ("table", "csv", "tsv", "json", "md")

#: The costs of routes, in the words of the help; `rolegraph.costs` computes them.
COSTS = ("hops", "gap", "pay-cut", "years", "doubt")

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass
class Settings:
    """What the shared options say; no format means table on a terminal, and TSV elsewhere."""

    data: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    without_source: tuple[str, ...] = ()
    format: str | None = None


def settings() -> Settings:
    """Give the settings of the command that runs."""
    found: Settings = click.get_current_context().find_root().ensure_object(Settings)
    return found


def open_data() -> RoleGraph:
    """Open the data that the command is asked to work on."""
    return open_these(*settings().data)


def open_these(*data: str) -> RoleGraph:
    """Open this data, or the graph that ships; of the sources that the command is asked to count."""
    from rolegraph.opening import open_graph  # noqa: PLC0415 - --help does without

    if "" in data:
        message = "No file, folder or store has an empty name. Is a variable unset?"
        raise click.UsageError(message)
    chosen = settings()
    with working(f"reading {', '.join(data)}"):
        graph = open_graph(*data, only_sources=chosen.source, without_sources=chosen.without_source)
    graph.busy = working
    return graph


def shared_options(function: F) -> F:
    """Add --data and --format to a command."""
    return with_options(FORMATS)(function)


def with_options(formats: Sequence[str]) -> Callable[[F], F]:
    """Add --data, --source, --without-source, and --format with these choices, to a command."""

    def add(function: F) -> F:
        function = format_option(formats)(function)
        for name, text in _LISTS.items():
            function = click.option(
                f"--{name}",
                multiple=True,
                metavar="FILE|DIR|STORE|NAME" if name == "data" else "SOURCE",
                expose_value=False,
                callback=_keep_list,
                help=text,
            )(function)
        return function

    return add


def format_option(formats: Sequence[str] = FORMATS) -> Callable[[F], F]:
    """Add --format with these choices to a command that works on no data but its own."""
    return click.option(
        "--format",
        type=click.Choice(list(formats)),
        expose_value=False,
        callback=_keep_format,
        help="How to print. Default: table on a terminal, tsv elsewhere.",
    )


#: Options that may be repeated, in the reverse order of the help.
_LISTS = {
    "without-source": "Leave out what this source says; repeatable.",
    "source": "Count only what this source says: a publisher, a document or a data set; repeatable.",
    "data": "Work on this data instead of the graph that ships; repeat to join. `curated` stands for the"
    " graph that ships, `observed` for all 50,000 observed moves between job titles.",
}


def _keep_list(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    kept = context.find_root().ensure_object(Settings)
    setattr(kept, str(option.name), getattr(kept, str(option.name)) + value)


def _keep_format(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().ensure_object(Settings).format = value
