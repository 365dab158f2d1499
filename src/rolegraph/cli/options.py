"""The options that every command takes, before or after the command's name."""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rolegraph.cli.progress import working
from rolegraph.errors import RolegraphError
from rolegraph.tables import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rolegraph.limits import Limits
    from rolegraph.role_graph import RoleGraph
    from rolegraph.watching import Watch

#: Formats of rows; `table` is for people, the others for programs.
FORMATS = ("table", "csv", "tsv", "json", "md")

#: The costs of routes, in the words of the help; `rolegraph.costs` computes them.
COSTS = ("hops", "gap", "pay-cut", "years", "doubt")

#: Remarks on the data that are told.
_MOST_REMARKS = 10

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass
class Settings:
    """What the shared options say; no format means table on a terminal, and TSV elsewhere."""

    data: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    without_source: tuple[str, ...] = ()
    format: str | None = None
    bounds: dict[str, float] = field(default_factory=dict)
    guarded: bool = False  # whether the process may fork, so that it can be stopped whatever it does
    watch: Watch | None = None

    @property
    def limits(self) -> Limits:
        """The limits of a query, and of the reading of files; where a bound is 0 there is none."""
        from rolegraph.limits import Limits  # noqa: PLC0415 - what ships is read and asked without

        return Limits(**{name: bound or None for name, bound in self.bounds.items()})  # type: ignore[arg-type]


def settings() -> Settings:
    """Give the settings of the command that runs."""
    found: Settings = click.get_current_context().find_root().ensure_object(Settings)
    return found


def open_data() -> RoleGraph:
    """Open the data that the command is asked to work on."""
    return open_these(*settings().data)


def open_these(*data: str) -> RoleGraph:
    """Open this data, or the graph that ships; of the sources that the command is asked to count."""
    opening = opener(*data)
    within = bounded("Reading the data", shown=True) if reads_foreign(*data) else nullcontext()
    # What is bounded may fork, which threads do not survive; so the sign that work goes on comes second.
    with within, working(f"reading {', '.join(data)}"):
        graph = opening()
    told = graph.remarks[:_MOST_REMARKS]
    for line in (*told, f"And {len(graph.remarks) - len(told):,} more remarks.")[: len(graph.remarks)]:
        click.echo(printable(line), err=True)
    graph.tell_work(working)
    return graph


def check_named(*files: str | None) -> None:
    """Refuse the empty name that an unset variable leaves behind: to Python it is the current folder.

    Raises UsageError.
    """
    if "" in files:
        message = "No file or folder has an empty name. Is a variable unset?"
        raise click.UsageError(message)


def opener(*data: str) -> Callable[[], RoleGraph]:
    """Give what opens this data, or the graph that ships; see `open_these`."""
    from rolegraph.opening import PATIENCE, open_graph  # noqa: PLC0415 - --help does without

    if "" in data:
        message = "No file, folder or store has an empty name. Is a variable unset?"
        raise click.UsageError(message)
    chosen = settings()
    return partial(
        open_graph,
        *data,
        only_sources=chosen.source,
        without_sources=chosen.without_source,
        patience=chosen.bounds.get("seconds", PATIENCE) or None,
    )


def reads_foreign(*data: str) -> bool:
    """Tell whether foreign data is read in order to open it; of a lone endpoint none is."""
    from rolegraph.opening import is_address  # noqa: PLC0415 - loaded by now

    chosen = settings()
    copies = len(data) > 1 or chosen.source or chosen.without_source
    return any(_is_foreign(source) or (copies and is_address(source)) for source in data)


def _is_foreign(source: str) -> bool:
    """Tell whether a source is a file or a folder of files; stores were written by rolegraph."""
    from pathlib import Path  # noqa: PLC0415 - loaded by now

    from rolegraph.store_folders import is_store  # noqa: PLC0415 - loaded by now

    return os.path.exists(source) and not is_store(Path(source))  # noqa: PTH110 - any text may be given


@contextmanager
def bounded(
    what: str, *, files: bool = True, shown: bool = False, writes: str = "", limits: Limits | None = None
) -> Iterator[None]:
    """Do something foreign within limits, those of the options where none are given; see `Watch.within`.

    From here on the command goes on in a process that another one watches.
    """
    chosen = settings()
    if not chosen.guarded:
        yield
        return
    if chosen.watch is None:
        from rolegraph.shipped import wait  # noqa: PLC0415 - loaded by now
        from rolegraph.watching import begin  # noqa: PLC0415 - what ships is read and asked without

        wait()
        chosen.watch = begin(lambda: _damage(chosen.data))
    with chosen.watch.within(what, limits or chosen.limits, files=files, shown=shown, writes=writes):
        yield


def _damage(data: Sequence[str]) -> str:
    """Tell which of the stores that a command works on is damaged, if one is."""
    from pathlib import Path  # noqa: PLC0415 - loaded by now

    from rolegraph.store_folders import check_whole, is_store, read_told  # noqa: PLC0415 - loaded by now

    try:
        for source in data:
            if is_store(Path(source)):
                check_whole(Path(source), read_told(Path(source)))
    except RolegraphError as error:
        return printable(str(error))
    return ""


#: Help of the limits of a query, and of the reading of --data.
_TIMEOUT = "Stop reading --data, or a query, after so long (30); 0: never."
_MEMORY = "Stop it when it needs so much more memory (1024); 0: any."


def shared_options(function: F) -> F:
    """Add --data and --format to a command."""
    return with_options(FORMATS)(function)


def with_options(formats: Sequence[str], *, timeout: str = _TIMEOUT) -> Callable[[F], F]:
    """Add --data, --source, --without-source, the limits, and --format with these choices, to a command.

    timeout: the help of the limit of that name.
    """

    def add(function: F) -> F:
        function = bound_option("max-memory", "memory", "MB", _MEMORY)(function)
        function = bound_option("timeout", "seconds", "SECONDS", timeout)(function)
        function = format_option(formats)(function)
        for name, text in _LISTS.items():
            function = click.option(
                f"--{name}",
                multiple=True,
                metavar="FILE|DIR|STORE|NAME|URL" if name == "data" else "SOURCE",
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


def bound_option(name: str, keyword: str, metavar: str, text: str) -> Callable[[F], F]:
    """Add an option that sets one of the `Limits` to a command."""

    def keep(context: click.Context, _option: click.Parameter, value: float | None) -> None:
        if value is not None:
            context.find_root().ensure_object(Settings).bounds[keyword] = value

    whole = keyword != "seconds"
    return click.option(
        f"--{name}",
        type=click.IntRange(0) if whole else click.FloatRange(0),
        metavar=metavar,
        expose_value=False,
        callback=keep,
        help=text,
    )


#: Options that may be repeated, in the reverse order of the help.
_LISTS = {
    "without-source": "Leave out what this source says; repeatable.",
    "source": "Count only what this source says: a publisher, a document or a data set; repeatable.",
    "data": "Work on this data instead of the graph that ships; repeat to join. `curated` stands for the"
    " graph that ships, `observed` for all 50,000 observed moves between job titles, and"
    " https://HOST/PATH for a SPARQL endpoint.",
}


def _keep_list(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    kept = context.find_root().ensure_object(Settings)
    setattr(kept, str(option.name), getattr(kept, str(option.name)) + value)


def _keep_format(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().ensure_object(Settings).format = value
