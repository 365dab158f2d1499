"""What people ask of routes, in the words of the command line and of the server, as rules for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolegraph import rules
from rolegraph.errors import ParameterError
from rolegraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rolegraph.model import Profile
    from rolegraph.moves import Conditions
    from rolegraph.role_graph import RoleGraph


def conditions_of(graph: RoleGraph, asked: Mapping[str, Any], profile: Profile | None = None) -> Conditions:
    """Give the conditions of a search: the keys of `asked` are the options of `rolegraph path`.

    Raises ParameterError for a statistic of pay that there is not, and for what is no pay cut.
    """
    found: list[rules.Rule] = [rules.via(role) for role in asked["via"]]
    found += [rules.avoid(role) for role in asked["avoid"]]
    found += [rules.no_degree(degree) for degree in asked["no_degree"]]
    found += [rules.only(*asked["only"])] if asked["only"] else []
    found += [rules.max_steps(asked["max_steps"])] if asked["max_steps"] is not None else []
    if asked["min_pay"]:
        amount, statistic = asked["min_pay"]
        found.append(rules.min_pay(amount, _statistic(graph, statistic) if statistic else ""))
    if asked["max_pay_cut"]:
        amount, words = asked["max_pay_cut"]
        if words not in {"", "%"}:
            raise ParameterError(f"--max-pay-cut is an amount or a percentage; {words!r} is neither.")
        part = words == "%"
        cut = amount / 100 if part else amount
        found.append(rules.max_pay_cut(cut, relative=part, allow_mixed=asked["allow_mixed"]))
    return {
        "rules": tuple(found),
        "missing": asked["missing"],
        "profile": profile,
        "allow_mixed": asked["allow_mixed"],
    }


def _statistic(graph: RoleGraph, words: str) -> str:
    """Give the statistic of pay of this name."""
    known = graph.pay_statistics()
    found = [name for name in known if fold(name) == fold(words)]
    if not found:
        there = ", ".join(known) or "none"
        raise ParameterError(f"{words!r} is no statistic of pay, for --min-pay; there are: {there}.")
    return found[0]
