"""The gap between two roles as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.cli.footnotes import Footnotes, wrapped
from rolegraph.cli.plan_text import NEED_HEADINGS, need_words

if TYPE_CHECKING:
    from rolegraph.model import SkillGap


def gap_text(found: SkillGap) -> str:
    """Give what is missing, what would help and what is covered, by kind, with sources."""
    notes = Footnotes()
    lines = [f"{found.start.label} -> {found.goal.label}", *wrapped(found.summary())]
    for state, links in (
        ("Missing", found.missing),
        ("Would help", found.helpful),
        ("Covered", found.covered),
    ):
        for kind, heading in NEED_HEADINGS.items():
            listed = [link for link in links if link.kind == kind]
            if listed:
                lines += ["", f"{state}: {heading} ({len(listed)})"]
            for link in listed:
                lines += wrapped(need_words(link, found.teaches.get(link.iri, ()), notes), "  ")
    return "\n".join([*lines, *notes.lines()])
