"""The rules by name, with how bad it is to break them; and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError
from rolegraph.lint import climbing, lacks, reach, twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rolegraph.lint.findings import Found
    from rolegraph.lint.material import Material


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule: what it looks for, and how severe that is; at worst, where it is not always the same."""

    name: str
    severity: str
    meaning: str
    check: Callable[[Material], Iterator[Found]]


#: Every rule, the most severe first.
RULES = (
    LintRule(
        "promotion-cycle",
        "error",
        "Moves that lead up come back to where they began.",
        climbing.promotion_cycle,
    ),
    LintRule(
        "level-inversion",
        "error",
        "A move that a source states leads to a lower level.",
        climbing.level_inversion,
    ),
    LintRule(
        "pay-inversion", "warning", "A move that leads up pays less, on a like basis.", climbing.pay_inversion
    ),
    LintRule("dead-end", "warning", "Moves lead to a role that is not the top, and none on.", reach.dead_end),
    LintRule(
        "unreachable-role",
        "warning",
        "Moves lead on from a role that none leads to, and that people do not begin at.",
        reach.unreachable_role,
    ),
    LintRule(
        "single-feeder", "warning", "Several roles can be reached through one role only.", reach.single_feeder
    ),
    LintRule(
        "near-duplicate",
        "warning",
        "Two things of one kind have nearly the same name.",
        twins.near_duplicate,
    ),
    LintRule("no-source", "warning", "No source vouches for a role.", lacks.no_source),
    LintRule("isolated-role", "info", "No move leads to a role or on from it.", reach.isolated_role),
    LintRule("no-skills", "info", "No source names a skill that a role needs.", lacks.no_skills),
    LintRule("no-pay", "info", "No source gives a figure for what a role pays.", lacks.no_pay),
    LintRule("unneeded-skill", "info", "No role needs a skill.", lacks.unneeded_skill),
)


def chosen(only: Iterable[str] = (), without: Iterable[str] = ()) -> tuple[LintRule, ...]:
    """Give the rules of these names, or all; less those that are left out.

    Raises ParameterError for a name that no rule has, with the nearest; and where no rule is left.

    >>> [rule.name for rule in chosen(["no-pay", "dead-end"], ["no-pay"])]
    ['dead-end']
    """
    wanted, unwanted = _known(only), _known(without)
    found = tuple(rule for rule in RULES if rule.name not in unwanted and (not wanted or rule.name in wanted))
    if not found:
        raise ParameterError("No rule is left to check: all that are asked for are left out, too.")
    return found


def _known(names: Iterable[str]) -> Sequence[str]:
    """See to it that there are rules of these names."""
    if isinstance(names, str):
        names = (names,)
    every = [rule.name for rule in RULES]
    asked = list(names)
    for name in asked:
        if name not in every:
            nearest = get_close_matches(name, every, 1, 0.5)
            hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
            raise ParameterError(f"No rule is called {name!r}.{hint} There are: {', '.join(every)}.")
    return asked
