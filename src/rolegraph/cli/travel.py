"""`path` and `gap`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.options import COSTS, open_data, shared_options, with_options
from rolegraph.cli.output import show_table
from rolegraph.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

#: What `path` prints besides the formats that every command has: a diagram, and RDF.
ROUTE_FORMATS = ("table", "csv", "tsv", "json", "md", "mermaid", "turtle")


class CostList(click.ParamType[tuple[str, ...]]):
    """Several names of costs, joined by commas."""

    name = "COST,COST"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Give the names; fewer than two, or an unknown one, is an error."""
        names = tuple(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
        for name in names:
            if name not in COSTS:
                self.fail(f"no cost is called {name!r}; there are: {', '.join(COSTS)}.", param, ctx)
        if len(names) < 2:  # noqa: PLR2004 - one cost is traded off against nothing
            self.fail("name two costs or more, such as gap,hops.", param, ctx)
        return names


class Amount(click.ParamType[tuple[float, str]]):
    """A figure with what follows it: "100000", "100000 median wage", "10%"."""

    name = "AMOUNT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, str]:
        """Give the figure and the words behind it."""
        from rolegraph.rules import read_amount  # noqa: PLC0415 - only these options need it

        try:
            return read_amount(str(value))
        except ParameterError as error:
            self.fail(str(error), param, ctx)


def _route_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options that say which routes are wanted."""
    for option in reversed(
        (
            click.option(
                "-k", type=click.IntRange(1, 1000), help="How many routes, cheapest first.  [default: 1]"
            ),
            click.option("--all", "every", is_flag=True, help="All routes of at most --max-steps moves."),
            click.option(
                "--by",
                type=click.Choice(COSTS),
                default="hops",
                show_default=True,
                help="What makes a route cheap: few moves, few skills to learn, little pay lost, few years of"
                " experience, little doubt about its moves.",
            ),
            click.option(
                "--tradeoffs",
                type=CostList(),
                help="The routes that no other one beats on all of these costs at once, such as gap,hops.",
            ),
            click.option("--via", multiple=True, metavar="ROLE", help="Pass this role; repeatable."),
            click.option(
                "--avoid", multiple=True, metavar="ROLE", help="Do not go through this role; repeatable."
            ),
            click.option("--max-steps", type=click.IntRange(0), metavar="N", help="Take at most N moves."),
            click.option(
                "--min-pay",
                type=Amount(),
                help="Only roles that pay so much: 90000, or by one statistic, '90000 median wage'.",
            ),
            click.option(
                "--max-pay-cut",
                type=Amount(),
                help="Only moves that cost no more pay than so much: 5000, or 10%.",
            ),
            click.option(
                "--only",
                multiple=True,
                type=click.Choice(("stated", "observed", "derived", "editorial")),
                help="Only moves that rest on this kind of evidence; repeatable.",
            ),
            click.option(
                "--no-degree",
                multiple=True,
                metavar="DEGREE",
                help="Only roles that require neither this degree nor a higher one; repeatable.",
            ),
            click.option(
                "--missing",
                type=click.Choice(("skip", "worst", "ignore")),
                default="skip",
                show_default=True,
                help="A move whose figure no source gives is left out, counts the worst figure known, or"
                " counts nothing.",
            ),
            click.option(
                "--allow-mixed", is_flag=True, help="Compare pay of unlike statistics, currencies or areas."
            ),
        )
    ):
        function = option(function)
    return function


def _profile_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options that say what one has, and what one wants to know of a route."""
    for option in reversed(
        (
            click.option(
                "--have", metavar="FILE", help="Your profile: what you have is not counted as to be learnt."
            ),
            click.option(
                "--what-if",
                multiple=True,
                metavar="NAME",
                help="Also say what one more skill, degree or certification would change; repeatable.",
            ),
            click.option("--plan", is_flag=True, help="Say at each step what is to be gained for it."),
            click.option(
                "--stability",
                type=click.IntRange(1, 100_000),
                metavar="N",
                help="Search N times with every cost a little off, and without each source: what changes?",
            ),
            click.option(
                "--jitter",
                type=click.FloatRange(0, 99),
                default=20,
                show_default=True,
                metavar="PERCENT",
                help="How far off, for --stability.",
            ),
        )
    ):
        function = option(function)
    return function


@click.command(short_help="Find routes from one role to another.")
@click.argument("roles", nargs=-1, metavar="[START] GOAL")
@_route_options
@_profile_options
@with_options(ROUTE_FORMATS)
def path(roles: tuple[str, ...], **asked: Any) -> int:
    """Find routes from START to GOAL over the moves between roles.

    Each role comes with its pay and the basis of that figure, each move with everyone who says that it is
    possible. Names, aliases (CPO), short names (role:product-manager) and IRIs will do. With a profile that
    names your role, START may be left out.

    Routes that cost the same go by the weakness of their evidence, the number of moves, then by name. By
    gap and years, what an earlier role or your profile brings is not counted again. Only pay of one
    statistic, currency and area is compared.

    \b
    Exit code: 0 a route, 1 no route, 2 an unknown or ambiguous name, 3 given up at a limit.

    \b
    Examples:
      rolegraph path "product developer" CEO
      rolegraph path "product manager" "VP product" -k 3 --only stated
      rolegraph path "associate product manager" CEO --by gap --plan
      rolegraph path "product developer" CEO --tradeoffs gap,doubt,hops --missing worst
      rolegraph path CPO --have me.yaml --what-if "Program Management Professional"
      rolegraph path "brand manager" CEO --format mermaid
    """  # noqa: D301 - click reads the \b
    from rolegraph.cli import journeys  # noqa: PLC0415 - networkx loads with it

    return journeys.run(open_data(), roles, asked)


@click.command(short_help="Compare what two roles need.")
@click.argument("roles", nargs=-1, metavar="[START] GOAL")
@click.option("--have", metavar="FILE", help="Your profile: what you have is not counted as missing.")
@shared_options
def gap(roles: tuple[str, ...], have: str | None) -> int:
    """Show which skills, degrees and credentials GOAL needs that START is not known to bring.

    START brings what it requires; with a profile, what you have besides. With a profile START may be left
    out. A role of which no source names a skill is said to be unknown, which is not the same as needing none.

    \b
    Examples:
      rolegraph gap "product manager" CPO
      rolegraph gap CPO --have me.yaml
    """  # noqa: D301 - click reads the \b
    from rolegraph.cli.gap_text import gap_text  # noqa: PLC0415 - only people need it
    from rolegraph.cli.journeys import ends, profile_of  # noqa: PLC0415

    graph = open_data()
    profile = profile_of(graph, have)
    start, goal = ends(roles, profile)
    found = graph.gap(start, goal, profile)
    show_table(found.table(), as_json=found.to_dict(), as_text=lambda: gap_text(found))
    return 0
