"""The options that every command takes, before or after the command's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rolegraph.role_graph import RoleGraph

#: Formats of rows; `table` is for people, the others for programs.
FORMATS = ("table", "csv", "tsv", "json", "md")

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass
class Settings:
    """What the shared options say: sources of data, and the format (None: table on a terminal, else TSV)."""

    data: tuple[str, ...] = ()
    format: str | None = None


def settings() -> Settings:
    """Give the settings of the command that runs."""
    found: Settings = click.get_current_context().find_root().ensure_object(Settings)
    return found


def open_data() -> RoleGraph:
    """Open the data that the command is asked to work on."""
    from rolegraph.role_graph import open_graph  # noqa: PLC0415 - --help does without

    if "" in settings().data:
        message = "No file, folder or store has an empty name. Is a variable unset?"
        raise click.UsageError(message)
    return open_graph(*settings().data)


def shared_options(function: F) -> F:
    """Add --data and --format to a command."""
    return with_options(FORMATS)(function)


def with_options(formats: Sequence[str]) -> Callable[[F], F]:
    """Add --data, and --format with these choices, to a command."""

    def add(function: F) -> F:
        function = click.option(
            "--format",
            type=click.Choice(list(formats)),
            expose_value=False,
            callback=_keep_format,
            help="How to print. Default: table on a terminal, tsv elsewhere.",
        )(function)
        return click.option(
            "--data",
            multiple=True,
            metavar="FILE|DIR|STORE",
            expose_value=False,
            callback=_keep_data,
            help="Work on this data instead of the graph that ships; repeat to join. The word"
            " `curated` stands for the graph that ships.",
        )(function)

    return add


def _keep_data(context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> None:
    if value:
        context.find_root().ensure_object(Settings).data += value


def _keep_format(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().ensure_object(Settings).format = value
