"""Conditions to relax: which rule stands in the way, which value would pass, which figures are missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from rolegraph import costs
from rolegraph.hints.asking import counted
from rolegraph.hints.lacking import lacking
from rolegraph.hints.limits import in_words, strictest
from rolegraph.routes import Suggestion
from rolegraph.rules import MaxPayCut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.hints.asking import Asked
    from rolegraph.routes import CareerPath
    from rolegraph.rules import Rule

    #: A rule; None stands for the condition that the figures of every move are known.
    Condition = Rule | None

#: Pairs of conditions are tried where there are no more conditions than FEW.
PAIR, FEW = 2, 8

_IGNORED = "with unknown figures counted as nothing (--missing ignore)"


def relaxed(asked: Asked) -> list[Suggestion]:
    """Give the single conditions whose change makes a route, the smallest change first.

    A number is changed as little as it takes; that comes before a rule to drop, and that before figures to do
    without. A rule of several roles or degrees counts as several rules. Where no single change will do: a
    pair of conditions to drop; where no pair will, or there are more than FEW conditions, a set of which
    none could stay while the others go.
    """
    strict = asked.rules or any(asked.moves.untold)
    if not strict or asked.route(asked.weighed((), missing="ignore")) is None:
        return []
    found = [change for rule in asked.rules if (change := _without(asked, rule))]
    found.sort(key=lambda change: change.value is None)  # stable: of one kind, in the order of the rules
    found += [change for change in (_mixed(asked), _ignoring(asked)) if change]
    return found or _together(asked)


def _without(asked: Asked, rule: Rule) -> Suggestion | None:
    """Suggest to relax one rule, or to drop it; None where that makes no route."""
    others = [other for other in asked.rules if other != rule]
    dropped = asked.weighed(others)
    route = asked.route(dropped)
    if dropped is None or route is None:
        return None
    new = strictest(asked, dropped, rule)
    path = asked.route(asked.weighed([*others, new])) if new else None
    if new is None or path is None:
        return Suggestion("relax", f"Without “{rule.words}” {_there_is(route)}.", route, rule=rule.words)
    said, option = in_words(new)
    words = f"{said} would pass ({option}): {path}."
    return Suggestion("relax", words, path, rule=rule.words, option=option, value=new.value)


def _mixed(asked: Asked) -> Suggestion | None:
    """Suggest to compare pay of unlike statistics, currencies and areas."""
    moves, rules = asked.moves, asked.rules
    compared = tuple(
        replace(rule, allow_mixed=True) if isinstance(rule, MaxPayCut) else rule for rule in rules
    )
    weighed = tuple(
        costs.named_cost(cost.name, moves.network, moves.profile, allow_mixed=True)
        if isinstance(cost, costs.Additive) and _is_pay_cut(cost)
        else cost
        for cost in moves.costs
    )
    if moves.missing == "ignore" or (compared == rules and weighed == moves.costs):
        return None
    route = asked.route(asked.weighed_anew(compared, costs=weighed))
    if route is None:
        return None
    words = f"With unlike pay compared (--allow-mixed) {_there_is(route)}; {lacking(asked, route)}."
    return Suggestion("missing", words, route, option="--allow-mixed")


def _is_pay_cut(cost: costs.Additive) -> bool:
    """Tell whether a cost is the one of `costs.COSTS`, and not one of that name of the user's own."""
    return cost.name == "pay-cut" and cost.of.__module__ == costs.__name__


def _ignoring(asked: Asked) -> Suggestion | None:
    """Suggest to go without the figures that no source gives, and name them."""
    if asked.moves.missing == "ignore":
        return None
    route = asked.route(asked.weighed(asked.rules, missing="ignore"))
    if route is None:
        return None
    words = f"{_capital(_IGNORED)} {_there_is(route)}; {lacking(asked, route)}."
    return Suggestion("missing", words, route, option="--missing ignore")


def _together(asked: Asked) -> list[Suggestion]:
    """Suggest conditions to drop together: a pair, else a set that none can be taken out of."""
    conditions: list[Condition] = [*asked.rules, *([] if asked.moves.missing == "ignore" else [None])]

    def without(dropped: Sequence[Condition]) -> CareerPath | None:
        kept = [rule for rule in asked.rules if rule not in dropped]
        return asked.route(asked.weighed(kept, missing="ignore" if None in dropped else ""))

    needed = conditions
    for condition in reversed(conditions):
        fewer = [other for other in needed if other is not condition]
        if without(fewer) is not None:
            needed = fewer
    few = len(needed) > PAIR and len(conditions) <= FEW
    routes = (
        (dropped, without(dropped)) for dropped in (*(combinations(conditions, PAIR) if few else ()), needed)
    )
    return next(([_dropped(dropped, route)] for dropped, route in routes if route is not None), [])


def _dropped(conditions: Sequence[Condition], route: CareerPath) -> Suggestion:
    rules = [rule.words for rule in conditions if rule is not None]
    words = "Without " + " and ".join(f"“{rule}”" for rule in rules)
    ignored = None in conditions
    words += f", and {_IGNORED}," if ignored else ""
    return Suggestion(
        "relax",
        f"{words} {_there_is(route)}.",
        route,
        rule="; ".join(rules),
        option="--missing ignore" if ignored else "",
    )


def _there_is(route: CareerPath) -> str:
    return f"there is a route of {counted(len(route), 'move')}: {route}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
