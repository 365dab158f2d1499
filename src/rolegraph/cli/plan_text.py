"""A plan as text for people: what there is to gain at each step, and what is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.cli.footnotes import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.cli.footnotes import Footnotes
    from rolegraph.model import Link
    from rolegraph.plans import PlanStep, RoutePlan

#: Relation of a need -> what its list is called.
NEED_HEADINGS = {
    "requires": "skills",
    "needs_degree": "degrees",
    "suggests_credential": "certifications and training",
}

#: Names that a line lists of what would only help, before it says how many more there are.
MOST_NAMES = 8


def plan_text(plan: RoutePlan, notes: Footnotes) -> list[str]:
    """Give the lines that tell a plan: a part for each step, and the totals; sources are cited in `notes`."""
    lines = []
    for number, step in enumerate(plan.steps, 1):
        lines += [*wrapped(step.role.label, f"Step {number}: "), *_step_lines(step, plan, notes), ""]
    return [*lines, *wrapped(plan.summary())]


def need_words(link: Link, taught: Sequence[str], notes: Footnotes) -> str:
    """Name a need with how necessary it is, what teaches it, and the marks of its sources."""
    words = f"{link.label}, {link.necessity}" if link.necessity else link.label
    words += f"; taught by {', '.join(taught)}" if taught else ""
    return f"{words} {notes.cite(link.evidence)}"


def _step_lines(step: PlanStep, plan: RoutePlan, notes: Footnotes) -> list[str]:
    lines = []
    if step.state == "unknown":
        words = "No source names a skill of this role; that is not the same as needing none."
        lines += wrapped(words, "  ")
    elif step.state == "nothing new":
        lines += wrapped("Nothing new: all that it requires is there.", "  ")
    for kind, heading in NEED_HEADINGS.items():
        listed = [link for link in step.new if link.kind == kind]
        lines += [f"  To gain: {heading} ({len(listed)})"] if listed else []
        for link in listed:
            lines += wrapped(need_words(link, plan.teaches.get(link.iri, ()), notes), "    ", indent=6)
    covered: dict[str, list[str]] = {}
    for item in step.covered:
        covered.setdefault(item.by, []).append(item.link.label)
    for by, names in covered.items():
        lines += wrapped(f"Covered by {by} ({len(names)}): {', '.join(names)}", "  ", indent=4)
    if step.helpful:
        names = [link.label for link in step.helpful[:MOST_NAMES]]
        rest = len(step.helpful) - len(names)
        words = ", ".join(names) + (f", and {rest} more" if rest else "")
        lines += wrapped(f"Would help ({len(step.helpful)}): {words}", "  ", indent=4)
    return lines
