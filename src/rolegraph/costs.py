"""What a route costs: moves, skills to learn, pay lost, years, doubt, or a function of your own.

A cost either adds up over the moves (`Additive`), or counts things that are needed on the way, each once
(`Carried`): what an earlier role brought is not learnt again. None stands for a figure that no source gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rolegraph.errors import ParameterError
from rolegraph.model import REQUIRED, Evidence, Pay, Profile
from rolegraph.network import one_name, years_of
from rolegraph.pay import PayChange, pay_change
from rolegraph.routes import weakness

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

#: The data of an edge of the network; see `projection`.
Edge = Mapping[str, Any]

#: What a move from one role to another (both IRIs) costs, at least 0; None where no source gives the figure.
MoveCost = Callable[[str, str, Edge], float | None]

#: What becomes of a move whose figure no source gives: it is not taken; it counts as much as the dearest move
#: whose figure is known; it counts nothing.
MISSING = ("skip", "worst", "ignore")


@dataclass(frozen=True)
class Additive:
    """A cost that adds up over the moves of a route; `of` gives that of one move, in `unit`.

    remark gives what else is to be known of the figure of a move, or why it has none.
    """

    name: str
    unit: str
    of: MoveCost
    remark: Callable[[str, str, Edge], str] | None = None


@dataclass(frozen=True)
class Carried:
    """A cost that counts what the roles of a route need, in `unit`, less what one has by then.

    needs: for each role the things that it needs; a role that is not in it is unknown, which is not the
    same as needing nothing. had: what one has before the first move, besides what the first role needs.
    weights: what a thing costs, where that is not 1.
    """

    name: str
    unit: str
    needs: Mapping[str, frozenset[str]]
    had: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)

    def price(self, things: frozenset[str]) -> float:
        """Give what these things cost together."""
        return math.fsum(self.weights.get(thing, 1.0) for thing in things)


#: What people may ask for: the name of one of COSTS, a cost, or a function of a move.
Cost = str | Additive | Carried | MoveCost


def hops(_network: Network, _profile: Profile, *, allow_mixed: bool) -> Additive:  # noqa: ARG001
    """Count moves."""
    return Additive("hops", "moves", lambda _start, _goal, _edge: 1.0)


def gap(network: Network, profile: Profile, *, allow_mixed: bool) -> Carried:  # noqa: ARG001
    """Count the skills that the roles of a route require and that one does not bring by then.

    One brings what the roles so far require, the skills of the profile, and those that its certifications and
    trainings teach. Skills that match exactly in two schemes are one. A role of which no source names a skill
    is unknown.
    """
    one = one_name(network)
    needs: dict[str, set[str]] = {}
    taught: set[str] = set()
    for start, end, kind, edge in network.edges(keys=True, data=True):
        if kind == "requires":
            skills = needs.setdefault(start, set())
            if edge["necessity"] in REQUIRED:
                skills.add(one.get(end, end))
        elif kind == "teaches" and start in profile.credentials:
            taught.add(end)
    had = frozenset(one.get(skill, skill) for skill in profile.skills | taught)
    return Carried("gap", "skills", {role: frozenset(skills) for role, skills in needs.items()}, had)


def pay_cut(network: Network, profile: Profile, *, allow_mixed: bool) -> Additive:
    """Add up what every move that pays less costs in pay, in the currency of the figures, per their interval.

    Only like figures are compared, unless allow_mixed: see `pay.pay_change`.
    """
    pay: dict[str, tuple[Pay, ...]] = {role: data["pay"] for role, data in network.nodes(data=True)}
    if profile.role and profile.pay:
        pay[profile.role] = (profile.pay,)
    bases = {(item.currency, item.interval.lower()) for figures in pay.values() for item in figures}
    unit = "{} a {}".format(*bases.pop()) if len(bases) == 1 else "of pay"

    def change(start: str, goal: str) -> PayChange:
        return pay_change(pay[start], pay[goal], allow_mixed=allow_mixed)

    return Additive(
        "pay-cut",
        unit,
        lambda start, goal, _edge: change(start, goal).cut,
        lambda start, goal, _edge: change(start, goal).reason,
    )


def years(network: Network, profile: Profile, *, allow_mixed: bool) -> Carried:  # noqa: ARG001
    """Count the years of experience that the roles of a route ask for beyond those that one has by then.

    One has those that an earlier role asks for, or those of the profile. A role whose years no source
    tells is unknown.
    """
    known = {role: told for role in network if (told := years_of(network, role)) is not None}
    marks = sorted({*known.values(), profile.years or 0.0} - {0.0})
    weights = {f"year {mark:g}": mark - before for before, mark in pairwise([0.0, *marks])}

    def until(most: float) -> frozenset[str]:
        return frozenset(f"year {mark:g}" for mark in marks if mark <= most)

    needs = {role: until(most) for role, most in known.items()}
    return Carried("years", "years", needs, until(profile.years or 0.0), weights)


#: Of a statement that its source doubts, half is believed; of what is derived or the editors' judgement, a
#: quarter. These two are conventions of rolegraph; the shares of observed moves are figures of their
#: sources.
_DOUBTED, _JUDGED = math.log(2), math.log(4)


def doubt(_network: Network, _profile: Profile, *, allow_mixed: bool) -> Additive:  # noqa: ARG001
    """Add up how weak the evidence of the moves is, in nats: -ln of how far a move is believed.

    Stated without doubt 0; observed -ln of the share of people who left the role this way; stated with
    doubt ln 2; derived or editorial ln 4. The strongest evidence counts; moves of no evidence, or observed
    without a share, are unknown. Over a route of observed moves the sum is -ln of the chance to go this
    way, were every move independent of those before.
    """
    return Additive("doubt", "nats", _doubt_of)


def _doubt_of(_start: str, _goal: str, edge: Edge) -> float | None:
    evidence: Sequence[Evidence] = edge["evidence"]
    kinds = {item.kind for item in evidence}
    believed = []
    if "stated" in kinds:
        believed.append(0.0 if weakness(evidence) == 0 else _DOUBTED)
    if "observed" in kinds and edge.get("share"):
        believed.append(max(0.0, -math.log(edge["share"] / 100)))
    if kinds & {"derived", "editorial"}:
        believed.append(_JUDGED)
    return min(believed, default=None)


#: What makes a cost, from the network, what one has, and whether unlike pay is compared, by the name that
#: people use.
COSTS: dict[str, Callable[..., Additive | Carried]] = {
    "hops": hops,
    "gap": gap,
    "pay-cut": pay_cut,
    "years": years,
    "doubt": doubt,
}


def named_cost(
    cost: Cost, network: Network, profile: Profile | None = None, *, allow_mixed: bool = False
) -> Additive | Carried:
    """Give the cost of this name over a network; a function of a move is taken under its own name.

    Raises ParameterError for an unknown name, with those that are known.
    """
    if isinstance(cost, (Additive, Carried)):
        return cost
    if callable(cost):
        return Additive(getattr(cost, "__name__", "cost"), "", cost)
    if cost not in COSTS:
        raise ParameterError(f"No cost is called {cost!r}; there are: {', '.join(COSTS)}.")
    return COSTS[cost](network, profile or Profile(), allow_mixed=allow_mixed)


def step_costs(cost: Additive | Carried, network: Network, roles: Sequence[str]) -> tuple[float | None, ...]:
    """Give what every move of a route costs, the roles given by IRI; None where no source tells."""
    if isinstance(cost, Additive):
        moves = pairwise(roles)
        return tuple(
            checked(cost.of, start, goal, network.edges[start, goal, "move"]) for start, goal in moves
        )
    has = cost.had | cost.needs.get(roles[0], frozenset())
    found: list[float | None] = []
    for role in roles[1:]:
        needed = cost.needs.get(role)
        found.append(None if needed is None else cost.price(needed - has))
        has |= needed or frozenset()
    return tuple(found)


def checked(of: MoveCost, start: str, goal: str, edge: Edge) -> float | None:
    """Give what a move costs.

    Raises ParameterError when that is negative or no number: the search would go wrong without a word.
    """
    value = of(start, goal, edge)
    if value is not None and not (value >= 0 and math.isfinite(value)):
        raise ParameterError(
            f"The move {start} -> {goal} costs {value}; a cost must be a finite number of at least 0."
        )
    return value
