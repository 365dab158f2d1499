"""Says of which moves of a route no source gives the figure that a rule or a cost asks for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.costs import step_costs
from rolegraph.pay import pay_change
from rolegraph.rules import MaxPayCut, MinPay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.hints.asking import Asked
    from rolegraph.routes import CareerPath

#: How many missing figures are named.
NAMED = 3


def lacking(asked: Asked, route: CareerPath) -> str:
    """Name the figures that a route lacks, in words; an empty text where it lacks none."""
    found = list(dict.fromkeys((*_by_rules(asked, route), *_by_costs(asked, route))))
    more = [f"and {len(found) - NAMED} more"] if len(found) > NAMED else []
    return "; ".join([*found[:NAMED], *more])


def _by_rules(asked: Asked, route: CareerPath) -> Iterator[str]:
    network = asked.moves.network
    for rule in asked.rules:
        test = rule.test(network, asked.moves.profile)
        if test is None:
            continue
        for start, goal in pairwise(role.iri for role in route.roles):
            if test(start, goal, network.edges[start, goal, "move"]) is not None:
                continue
            if isinstance(rule, MinPay):
                figure = f"a {rule.statistic}" if rule.statistic else "a figure"
                yield f"no source gives {figure} for what {asked.label(goal)} pays"
            elif isinstance(rule, MaxPayCut):
                yield _of_pay(asked, start, goal)
            else:
                move = f"{asked.label(start)} -> {asked.label(goal)}"
                yield f"nobody can tell whether {move} meets “{rule.words}”"


def _by_costs(asked: Asked, route: CareerPath) -> Iterator[str]:
    names = [role.iri for role in route.roles]
    for cost in asked.moves.costs:
        steps = zip(pairwise(names), step_costs(cost, asked.moves.network, names), route.steps, strict=True)
        for (start, goal), told, step in steps:
            if told is not None:
                continue
            if cost.name == "gap":
                yield f"no source names a skill of {asked.label(goal)}"
            elif cost.name == "years":
                yield f"no source gives the years of experience that {asked.label(goal)} asks for"
            elif cost.name == "pay-cut":
                yield _of_pay(asked, start, goal)
            else:
                yield f"no source tells the {cost.name} of {step}"


def _of_pay(asked: Asked, start: str, goal: str) -> str:
    """Say why what two roles pay cannot be compared."""
    nodes, profile = asked.moves.network.nodes, asked.moves.profile
    mine = (profile.pay,) if start == profile.role and profile.pay else nodes[start]["pay"]
    labels = [asked.label(start), asked.label(goal)]
    told = [bool(mine), bool(nodes[goal]["pay"])]
    if all(told):
        bases = pay_change(mine, nodes[goal]["pay"]).reason.partition(": ")[2]
        return f"the pay of {labels[0]} and of {labels[1]} is not alike: {bases}"
    silent = [label for label, is_told in zip(labels, told, strict=True) if not is_told]
    return f"no source gives a figure for what {' or '.join(silent)} pays"
