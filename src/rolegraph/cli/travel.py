"""`path` and `gap`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rolegraph.cli.footnotes import Footnotes, pay_words, wrapped
from rolegraph.cli.options import open_data, shared_options
from rolegraph.cli.output import show_table, tell
from rolegraph.costs import COSTS, EVIDENCE_KINDS, avoid, only
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.model import SkillGap
    from rolegraph.routes import CareerPath


@click.command(short_help="Find routes from one role to another.")
@click.argument("start")
@click.argument("goal")
@click.option(
    "-k", default=1, type=click.IntRange(1, 100), show_default=True, help="How many routes, cheapest first."
)
@click.option(
    "--by",
    type=click.Choice(list(COSTS)),
    default="hops",
    show_default=True,
    help="What makes a route cheap: few moves, or few skills to learn at each of them.",
)
@click.option(
    "--avoid", "avoided", multiple=True, metavar="ROLE", help="Do not go through this role; repeatable."
)
@click.option(
    "--only",
    "kinds",
    multiple=True,
    type=click.Choice(EVIDENCE_KINDS),
    help="Take only moves that rest on this kind of evidence; repeatable.",
)
@click.option("--max-steps", type=click.IntRange(1), metavar="N", help="Take at most N moves.")
@shared_options
def path(  # noqa: PLR0913, PLR0917 - click passes each option
    start: str,
    goal: str,
    k: int,
    by: str,
    avoided: tuple[str, ...],
    kinds: tuple[str, ...],
    max_steps: int | None,
) -> int:
    """Find routes from START to GOAL over the moves between roles.

    Each role comes with its pay and the basis of that figure, each move with everyone who says that it is
    possible. Names, aliases (CPO), short names (role:product-manager) and IRIs will do.

    By gap, a route costs the skills that each role requires and the one before does not; what was learnt
    still earlier is counted again, and roles of which no source names a skill are left out.

    \b
    Exit code: 0 a route, 1 no route, 2 an unknown or ambiguous name.

    \b
    Examples:
      rolegraph path "product developer" CEO
      rolegraph path "product manager" "VP product" -k 3 --only stated
      rolegraph path "associate product manager" CEO --by gap -k 3
      rolegraph path "brand manager" CEO --format json
    """  # noqa: D301 - click reads the \b
    graph = open_data()
    rules = [*([avoid(*avoided)] if avoided else []), *([only(*kinds)] if kinds else [])]
    if by == "gap":
        tell("Roles of which no source names a required skill are left out: their gap is not known.")
    if k == 1 and max_steps is None:
        routes = [graph.path(start, goal, cost=by, rules=rules)]
    else:
        routes = graph.paths(start, goal, k=k, cost=by, rules=rules, max_steps=max_steps)
        if not routes:
            shortest = graph.path(start, goal, cost=by, rules=rules)  # says why, when there is none at all
            tell(f"The cheapest route takes {len(shortest)} moves: {shortest}. Raise --max-steps.")
            return 1
    if len(routes) < k and k > 1:
        tell(f"There {'is only one route' if len(routes) == 1 else f'are only {len(routes)} routes'}.")
    show_table(
        _rows(routes),
        as_json={"paths": [route.to_dict() for route in routes]},
        as_text=lambda: _text(routes),
    )
    return 0


def _rows(routes: Sequence[CareerPath]) -> Table:
    columns = ("route", *routes[0].table().columns, "path")
    rows = (
        (number, *row, str(route)) for number, route in enumerate(routes, 1) for row in route.table().rows
    )
    return Table(columns, tuple(rows))


def _text(routes: Sequence[CareerPath]) -> str:
    notes = Footnotes()
    lines: list[str] = []
    for number, route in enumerate(routes, 1):
        lines += [*([""] if lines else []), *wrapped(str(route), f"{number}. " if len(routes) > 1 else "")]
        moves = f"{len(route)} move{'' if len(route) == 1 else 's'}"
        lines.append(moves if route.by == "hops" else f"{moves}, {route.cost:g} by {route.by}")
        for position, role in enumerate(route.roles):
            lines.append("")
            step = route.steps[position - 1] if position else None
            if step is None:
                lines.append(f"   {role.label}")
            else:
                kinds = ", ".join(dict.fromkeys(item.kind or "unsourced" for item in step.evidence))
                lines += wrapped(f"{role.label}   {kinds} {notes.cite(step.evidence)}", "-> ")
                lines += [line for doubt in step.doubts for line in wrapped(f"doubt: {doubt}", "      ")]
            lines += [line for words in pay_words(role.pay, notes) for line in wrapped(words, "      ")]
    return "\n".join([*lines, *notes.lines()])


@click.command(short_help="Compare what two roles need.")
@click.argument("start")
@click.argument("goal")
@shared_options
def gap(start: str, goal: str) -> int:
    """Show which skills, degrees and credentials GOAL needs that START is not known to bring.

    A role of which no source names a skill is said to be unknown, which is not the same as needing none.

    \b
    Example:
      rolegraph gap "product manager" CPO
    """  # noqa: D301 - click reads the \b
    found = open_data().gap(start, goal)
    show_table(found.table(), as_json=found.to_dict(), as_text=lambda: _gap_text(found))
    return 0


#: Relation of a need -> what its list is called.
_HEADINGS = {
    "requires": "skills",
    "needs_degree": "degrees",
    "suggests_credential": "certifications and training",
}


def _gap_text(found: SkillGap) -> str:
    notes = Footnotes()
    lines = [f"{found.start.label} -> {found.goal.label}", *wrapped(found.summary())]
    for state, links in (
        ("Missing", found.missing),
        ("Would help", found.helpful),
        ("Covered", found.covered),
    ):
        for kind, heading in _HEADINGS.items():
            listed = [link for link in links if link.kind == kind]
            if listed:
                lines += ["", f"{state}: {heading} ({len(listed)})"]
            for link in listed:
                taught = found.teaches.get(link.iri)
                words = f"{link.label}, {link.necessity}" if link.necessity else link.label
                words += f"; taught by {', '.join(taught)}" if taught else ""
                lines += wrapped(f"{words} {notes.cite(link.evidence)}", "  ")
    return "\n".join([*lines, *notes.lines()])
