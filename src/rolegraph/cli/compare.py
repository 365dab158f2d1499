"""`diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.options import COSTS, open_these, settings, shared_options
from rolegraph.cli.output import chosen_format, show_table, tell
from rolegraph.cli.progress import working

if TYPE_CHECKING:
    from rolegraph.changes import Differences

#: The parts of a graph, in the words of the help; `rolegraph.changes.SECTIONS` has them.
SECTIONS = (
    "roles",
    "things",
    "moves",
    "requirements",
    "relations",
    "pay",
    "notes",
    "routes",
    "statements",
)


class SectionList(click.ParamType[tuple[str, ...]]):
    """Names of parts of a graph, joined by commas."""

    name = "SECTION,..."

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Give the names; an unknown one, or none, is an error."""
        names = tuple(part.strip() for part in str(value).split(",") if part.strip())
        unknown = [name for name in names if name not in SECTIONS]
        if unknown or not names:
            what = f"no part of a graph is called {unknown[0]!r}" if unknown else "name a part of a graph"
            self.fail(f"{what}; there are: {', '.join(SECTIONS)}.", param, ctx)
        return names


@click.command(short_help="Compare two graphs: roles, moves, requirements, pay, routes.")
@click.argument("old")
@click.argument("new")
@click.option(
    "--only",
    type=SectionList(),
    multiple=True,
    help=f"Compare only these: {', '.join(SECTIONS)}. The last lists the statements, which else are counted.",
)
@click.option("--ignore-sources", is_flag=True, help="Do not compare who says so: sources, sections, dates.")
@click.option(
    "--by",
    type=click.Choice(COSTS),
    default="hops",
    show_default=True,
    help="What the routes are compared by, as in `path`.",
)
@click.option(
    "--missing",
    type=click.Choice(("skip", "worst", "ignore")),
    default="skip",
    show_default=True,
    help="What becomes of moves whose figure no source gives, as in `path`.",
)
@click.option(
    "--routes",
    nargs=2,
    multiple=True,
    metavar="START GOAL",
    help="Compare the route between these two roles, and not between all; repeatable.",
)
@click.option(
    "--from",
    "starts",
    multiple=True,
    metavar="ROLE",
    help="Compare the routes from this role to all others; repeatable.",
)
@click.option("--no-routes", is_flag=True, help="Compare no routes.")
@click.option("--all", "whole", is_flag=True, help="Leave nothing out of the text, however long it gets.")
@shared_options
def diff(old: str, new: str, **asked: Any) -> int:
    """Compare two graphs: what NEW has gained, lost and changed since OLD.

    OLD and NEW are what --data takes: files, folders, stores, `curated`. Graphs of the same statements are
    equal, in whatever formats and named graphs they are and whatever their blank nodes are called. A thing
    is the same where its IRI is. Routes are compared between the roles that both graphs have.

    \b
    Exit code: 0 equal, 1 different, 2 the call or its input is wrong, 3 given up at a limit.

    \b
    Examples:
      rolegraph diff last-year.ttl this-year.ttl
      rolegraph diff last-year.ttl this-year.ttl --only pay,moves --format csv
      rolegraph diff last-year.ttl this-year.ttl --only routes --by gap --missing ignore
    """  # noqa: D301 - click reads the \b
    only = tuple(dict.fromkeys(name for names in asked["only"] for name in names))
    _check(asked, only)
    found = _differences(old, new, only, asked)
    statements = "statements" in only
    show_table(
        found.table(statements=statements),
        as_json=found.to_dict(statements=statements),
        as_text=lambda: _text(found, statements=statements, whole=asked["whole"]),
    )
    if chosen_format() not in {"table", "json"}:
        tell(str(found))
    return 0 if found.equal else 1


def _check(asked: dict[str, Any], only: tuple[str, ...]) -> None:
    """Object to options that do not go together."""
    if settings().data:
        raise click.UsageError("diff compares OLD and NEW; --data has no part in it.")
    named = bool(asked["routes"] or asked["starts"])
    if asked["no_routes"] and (named or "routes" in only):
        raise click.UsageError("--no-routes does not go with routes that are asked for.")
    if only and named and "routes" not in only:
        raise click.UsageError(
            "--routes and --from ask for routes, which --only leaves out. Add routes to it."
        )


def _differences(old: str, new: str, only: tuple[str, ...], asked: dict[str, Any]) -> Differences:
    from rolegraph.changes import diff as compare  # noqa: PLC0415 - --help does without

    if asked["no_routes"]:
        left_out = {"routes", "statements"} if asked["ignore_sources"] else {"routes"}
        only = only or tuple(name for name in SECTIONS if name not in left_out)
    graphs = open_these(old), open_these(new)
    with working("comparing"):
        return compare(
            *graphs,
            only=only,
            ignore_sources=asked["ignore_sources"],
            by=asked["by"],
            missing=asked["missing"],
            pairs=asked["routes"],
            starts=asked["starts"],
        )


def _text(found: Differences, *, statements: bool, whole: bool) -> str:
    from rolegraph.cli.diff_text import diff_text  # noqa: PLC0415 - only people need it

    return diff_text(found, statements=statements, whole=whole)
