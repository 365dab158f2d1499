"""What a step costs, and which steps a rule allows. Plain functions of a move; RDF is unknown here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rolegraph.errors import ParameterError
from rolegraph.model import REQUIRED

if TYPE_CHECKING:
    import networkx as nx

#: The data of an edge of the network; see `projection`.
Edge = Mapping[str, Any]

#: What a move from one role to another (both IRIs) costs, at least 0; None forbids the move.
Cost = Callable[[str, str, Edge], float | None]

#: The kinds of evidence that a move can rest on.
EVIDENCE_KINDS = ("stated", "observed", "derived", "editorial")


def hops(_start: str, _goal: str, _edge: Edge) -> float:
    """Count moves: each costs 1."""
    return 1.0


def pair_gap(network: nx.MultiDiGraph[str]) -> Cost:
    """Make the cost that counts the skills which the next role requires and the role before does not.

    A skill that a still earlier role brought is counted again where the role before lacks it: the sum over
    a route is an upper bound of what there is to learn. A move to a role of which no source names a required
    skill is left out, for its gap is not known.
    """
    one = {  # the name in another scheme of a skill that has two -> its name here
        end: start
        for start, end, edge in network.edges(keys=False, data=True)
        if edge["kind"] == "matches" and any(item.detail == "exact" for item in edge["evidence"])
    }
    needs: dict[str, set[str]] = {}
    for role, skill, edge in network.edges(keys=False, data=True):
        if edge["kind"] == "requires" and edge["necessity"] in REQUIRED:
            needs.setdefault(role, set()).add(one.get(skill, skill))

    def gap(start: str, goal: str, _edge: Edge) -> float | None:
        return float(len(needs[goal] - needs.get(start, set()))) if goal in needs else None

    return gap


#: What makes a cost, from the network to search, by the name that people call it.
COSTS: dict[str, Callable[[nx.MultiDiGraph[str]], Cost]] = {"hops": lambda _network: hops, "gap": pair_gap}


def named_cost(cost: str | Cost, network: nx.MultiDiGraph[str]) -> Cost:
    """Give the cost of this name over a network; a function is taken as it is.

    Raises ParameterError for an unknown name, with those that are known.
    """
    if callable(cost):
        return cost
    if cost not in COSTS:
        message = f"No cost is called {cost!r}; there are: {', '.join(COSTS)}."
        raise ParameterError(message)
    return COSTS[cost](network)


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


def weakness(edge: Edge) -> float:
    """Rank how weak the evidence of a move is, from 0 to below 1, to choose between routes of equal cost.

    Undoubted statements come first, then doubted ones, then observations (the more often seen the better),
    then what is derived or the editors' judgement.
    """
    kinds = {item.kind for item in edge["evidence"]}
    if "stated" in kinds:
        return 0.2 if all(item.doubt for item in edge["evidence"] if item.kind == "stated") else 0.0
    return 0.4 + 0.1 / (edge.get("count") or 1) if "observed" in kinds else 0.8


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
