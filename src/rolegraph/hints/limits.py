"""The strictest value of a rule that lets a route pass: so many moves, so much pay, such a pay cut."""

from __future__ import annotations

import math
import shlex
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from rolegraph.hints.asking import counted
from rolegraph.rules import MaxPayCut, MaxSteps, MinPay, max_pay_cut, max_steps, min_pay
from rolegraph.search import uniform

if TYPE_CHECKING:
    from rolegraph.hints.asking import Asked
    from rolegraph.moves import MoveGraph
    from rolegraph.rules import Rule

    Limit = MaxSteps | MinPay | MaxPayCut


def strictest(asked: Asked, moves: MoveGraph, rule: Rule) -> Limit | None:
    """Give the rule with the strictest value that lets a route pass, over moves weighed without it.

    The values tried are the figures that occur, by halving: a looser value allows all that a stricter one
    does. None for a rule that has no value, and where no value will do because figures are missing.
    """
    if isinstance(rule, MaxSteps):
        ahead, back = ([list(arcs) for arcs in uniform(side)] for side in (moves.ahead, moves.back))
        route = asked.route(replace(moves, ahead=ahead, back=back, kits=()))
        return None if route is None else _at(rule, len(route))
    if not isinstance(rule, (MinPay, MaxPayCut)):
        return None
    level = _levels(moves, rule)
    sign = -1 if isinstance(rule, MinPay) else 1
    marks = sorted({mark for mark in level.values() if sign * rule.value < mark < math.inf})

    def passes(mark: float) -> bool:
        ahead: list[list[tuple[int, int]]] = [[] for _ in moves.names]
        back: list[list[tuple[int, int]]] = [[] for _ in moves.names]
        for start, arcs in enumerate(moves.ahead):
            for goal, rank in arcs:
                if level[start, goal] <= mark:
                    ahead[start].append((goal, rank))
                    back[goal].append((start, rank))
        return asked.route(replace(moves, ahead=ahead, back=back, kits=())) is not None

    place = bisect_left(marks, True, key=passes)
    return None if place == len(marks) else _at(rule, sign * marks[place])


def _levels(moves: MoveGraph, rule: MinPay | MaxPayCut) -> dict[tuple[int, int], float]:
    """Give for every move the number that must not be passed: the pay with its sign turned, or the cut."""
    network, profile, names = moves.network, moves.profile, moves.names
    told: dict[tuple[int, int], float | None] = {}
    figures = [rule.figure(network.nodes[name]["pay"]) for name in names] if isinstance(rule, MinPay) else []
    for start, arcs in enumerate(moves.ahead):
        for goal, _ in arcs:
            if isinstance(rule, MinPay):
                figure = figures[goal]
                told[start, goal] = None if figure is None else -figure.amount
            else:
                told[start, goal] = rule.cut(network, profile, names[start], names[goal])
    unknown = -math.inf if moves.missing == "ignore" else math.inf
    return {move: unknown if figure is None else figure for move, figure in told.items()}


def _at(rule: Limit, value: float) -> Limit:
    """Give the rule with another value, and the words for it."""
    if isinstance(rule, MaxSteps):
        return replace(rule, value=value, words=max_steps(int(value)).words)
    if isinstance(rule, MinPay):
        return replace(rule, value=value, words=min_pay(value, rule.statistic).words)
    return replace(rule, value=value, words=max_pay_cut(value, relative=rule.relative).words)


def in_words(rule: Limit) -> tuple[str, str]:
    """Say what would pass, and give the rule as the command line takes it."""
    if isinstance(rule, MaxSteps):
        return counted(int(rule.value), "move"), f"--max-steps {rule.value:.0f}"
    if isinstance(rule, MinPay):
        amount = shlex.quote(f"{_number(rule.value)} {rule.statistic}".strip())
        return rule.words[:1].upper() + rule.words[1:], f"--min-pay {amount}"
    if rule.relative:
        percent = _percent(rule.value)
        return f"A pay cut of up to {percent} %", f"--max-pay-cut {percent}%"
    size = rule.words.removeprefix("no pay cut above ")
    return f"A pay cut of up to {size}", f"--max-pay-cut {_number(rule.value)}"


def _number(value: float) -> str:
    """Write a number so that it can be read again without loss."""
    return str(int(value)) if value == int(value) else repr(value)


def _percent(part: float) -> str:
    """Write a part in per cent, with at most two decimals, never less than it is.

    >>> _percent(0.07), _percent(1 / 3), _percent(0.12340000001)
    ('7', '33.34', '12.35')
    """
    hundredths = math.ceil(round(part * 10_000, 6))
    while hundredths / 100 / 100 < part:
        hundredths += 1
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
