"""What a step costs, and which steps a rule allows. Plain functions of a move; RDF is unknown here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rolegraph.errors import ParameterError

#: The data of an edge of the network; see `projection`.
Edge = Mapping[str, Any]

#: What a move from one role to another (both IRIs) costs, at least 0; None forbids the move.
Cost = Callable[[str, str, Edge], float | None]

#: The kinds of evidence that a move can rest on.
EVIDENCE_KINDS = ("stated", "observed", "derived", "editorial")


def hops(_start: str, _goal: str, _edge: Edge) -> float:
    """Count moves: each costs 1."""
    return 1.0


#: Costs by the name that people call them.
COSTS: dict[str, Cost] = {"hops": hops}


def named_cost(cost: str | Cost) -> Cost:
    """Give the cost of this name; a function is taken as it is.

    Raises ParameterError for an unknown name, with those that are known.
    """
    if callable(cost):
        return cost
    if cost not in COSTS:
        message = f"No cost is called {cost!r}; there are: {', '.join(COSTS)}."
        raise ParameterError(message)
    return COSTS[cost]


@dataclass(frozen=True)
class Rule:
    """A condition that every move of a path must meet; the search never takes a move that does not.

    `roles` are names until a graph resolves them to IRIs; `allows` gets them with the two ends and the edge.
    """

    words: str
    roles: tuple[str, ...]
    allows: Callable[[tuple[str, ...], str, str, Edge], bool]

    def resolved(self, iri_of: Callable[[str], str]) -> Rule:
        """Give the rule with IRIs in place of names."""
        return replace(self, roles=tuple(iri_of(role) for role in self.roles))


def avoid(*roles: str) -> Rule:
    """Allow no move into one of these roles.

    >>> avoid("brand manager").words
    'avoid brand manager'
    """
    return Rule(f"avoid {', '.join(roles)}", roles, lambda avoided, _start, goal, _edge: goal not in avoided)


def only(*kinds: str) -> Rule:
    """Allow only moves with evidence of one of these kinds: stated, observed, derived, editorial.

    Raises ParameterError for another kind.

    >>> only("stated").words
    'only stated moves'
    """
    for kind in kinds:
        if kind not in EVIDENCE_KINDS:
            message = f"{kind!r} is no kind of evidence; there are: {', '.join(EVIDENCE_KINDS)}."
            raise ParameterError(message)
    return Rule(
        f"only {' or '.join(kinds)} moves",
        (),
        lambda _roles, _start, _goal, edge: any(item.kind in kinds for item in edge["evidence"]),
    )


def weigh(start: str, goal: str, edge: Edge, *, cost: Cost, rules: Sequence[Rule]) -> float | None:
    """Give the cost of a move, None when it is forbidden.

    Raises ParameterError when the cost is negative or no number: shortest paths would be wrong without a
    word.
    """
    if not all(rule.allows(rule.roles, start, goal, edge) for rule in rules):
        return None
    value = cost(start, goal, edge)
    if value is not None and not (value >= 0 and math.isfinite(value)):
        message = f"The move {start} -> {goal} costs {value}; a cost must be a finite number of at least 0."
        raise ParameterError(message)
    return value
