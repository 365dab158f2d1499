"""Routes, and what they are weighed by, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.cli.footnotes import Footnotes, pay_words, wrapped
from rolegraph.cli.plan_text import plan_text
from rolegraph.routes import in_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.model import Pay
    from rolegraph.plans import RoutePlan
    from rolegraph.routes import CareerPath, Step


def routes_text(
    routes: Sequence[CareerPath],
    plans: Sequence[RoutePlan],
    extra: Sequence[str] = (),
    own: Pay | None = None,
) -> str:
    """Give routes one below the other, each with its plan if any; then more lines, then the sources.

    own is what the reader is paid at the start, which then counts instead of what the sources say.
    """
    notes = Footnotes()
    lines: list[str] = []
    for number, route in enumerate(routes, 1):
        lines += [*([""] if lines else []), *wrapped(str(route), f"{number}. " if len(routes) > 1 else "")]
        lines += wrapped(total_words(route))
        if (weakest := route.weakest) is not None:
            lines += wrapped(f"as strong as its weakest move: {weakest}, {weakest.strength}")
        lines += _stops(route, notes, own)
        if plans:
            lines += ["", "Plan", *plan_text(plans[number - 1], notes)]
    lines += ["", *extra] if extra else []
    return "\n".join([*lines, *notes.lines()])


def total_words(route: CareerPath) -> str:
    """Say how many moves a route has and what it costs, with what is not known of that."""
    moves = in_unit(len(route), "moves")
    if route.by == "hops":
        return moves
    unknown = len(route.unknown)
    least = "at least " if unknown and route.missing == "ignore" else ""
    words = f"{moves}; {_by(route)}{least}{in_unit(route.cost, route.unit)}"
    if unknown:
        counted = "counted as the worst known" if route.missing == "worst" else "not counted"
        words += f" ({in_unit(unknown, 'moves')} of unknown cost, {counted})"
    return words


def _stops(route: CareerPath, notes: Footnotes, own: Pay | None) -> list[str]:
    lines: list[str] = []
    for position, role in enumerate(route.roles):
        lines.append("")
        if position:
            step = route.steps[position - 1]
            kinds = ", ".join(dict.fromkeys(_kind_words(item.kind, step.count) for item in step.evidence))
            words = f"{role.label}   {kinds} {notes.cite(step.evidence)}{_cost_words(route, step)}"
            lines += wrapped(words, "-> ")
            lines += [line for doubt in step.doubts for line in wrapped(f"doubt: {doubt}", "      ")]
            if step.remark:
                lines += wrapped(f"{route.by}: {step.remark}", "      ")
        else:
            lines.append(f"   {role.label}")
            lines += wrapped(f"your pay, which counts here: {own}", "      ") if own is not None else []
        lines += [line for words in pay_words(role.pay, notes) for line in wrapped(words, "      ")]
    return lines


def _kind_words(kind: str, count: int | None) -> str:
    if kind == "observed" and count:
        return "observed once" if count == 1 else f"observed {count:,} times"
    return kind or "unsourced"


def _cost_words(route: CareerPath, step: Step) -> str:
    if route.by == "hops":
        return ""
    return f"   {_by(route)}{'not known' if step.cost is None else in_unit(step.cost, route.unit)}"


def _by(route: CareerPath) -> str:
    """Name the cost, unless its unit does."""
    return "" if route.by == route.unit else f"{route.by}: "
