"""Ladders: the rank of a role by the words of its title, and the moves from rung to rung."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.architecture.rows import Checked, Found, Row


class Rung(NamedTuple):
    """A move from a rung of a ladder to the next one: the two roles and the ladder."""

    lower: Checked
    upper: Checked
    ladder: str


def rank_by_words(found: Found) -> None:
    """Give roles the rank that the first words of their titles tell, where the layout asks for it.

    A title without such a word has the rank of "" when it is the plain title: that of the layout's base
    column, or what another title of its ladder is without its word. Other roles are on no ladder; they are
    counted in the report.
    """
    asked: dict[str, list[Row]] = {}
    for row in found.rows.get("roles", ()):
        if "_title" in row.cells:
            asked.setdefault(fold(row.cells["_base"]), []).append(row)
    for rows in asked.values():
        words = [fold(word) for word in found.rank_words]
        plain = {_without(fold(row.cells["_title"]), words) for row in rows} | {fold(rows[0].cells["_base"])}
        for row in rows:
            title = fold(row.cells["_title"])
            word = _word(title, words)
            if word in words and (word or title in plain):
                row.cells["rank"] = str(words.index(word) + 1)
                continue
            row.cells["ladder"] = ""
            found.report.note(
                "roles on no ladder: no word of the title tells their rank", row.cells["_title"]
            )


def _word(title: str, words: list[str]) -> str:
    """Give the longest of the words that a title begins with, "" for none."""
    return max((word for word in words if word and title.startswith(f"{word} ")), key=len, default="")


def _without(title: str, words: list[str]) -> str:
    word = _word(title, words)
    return title.removeprefix(word).strip() if word else ""


def rungs(roles: list[Checked]) -> Iterator[Rung]:
    """Give the moves from every role on a rung to every role on the next rung that is taken."""
    ladders: dict[str, dict[int, list[Checked]]] = {}
    for role in roles:
        if role.one("ladder") and role.one("rank"):
            rows = ladders.setdefault(role.one("ladder"), {})
            rows.setdefault(int(role.one("rank")), []).append(role)
    for ladder, by_rank in sorted(ladders.items()):
        for low, high in pairwise(sorted(by_rank)):
            for lower in by_rank[low]:
                for upper in by_rank[high]:
                    yield Rung(lower, upper, ladder)
