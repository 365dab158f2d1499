"""Conditions on routes: which roles they pass or avoid, which moves they take, how many, at what pay.

A rule is asked while the search goes on; what it forbids is never followed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rolegraph.costs import Edge
from rolegraph.errors import ParameterError
from rolegraph.linked_roles import same_roles
from rolegraph.model import REQUIRED, Pay, Profile
from rolegraph.names import ROLE_KINDS
from rolegraph.pay import figure, pay_change

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

#: The kinds of evidence that a move can rest on.
EVIDENCE_KINDS = ("stated", "observed", "derived", "editorial")

#: Tells whether a move (its ends by IRI) is allowed; None where no source gives the figure that it depends
#: on.
MoveTest = Callable[[str, str, Edge], bool | None]

#: Gives the IRI of the thing of these kinds that has this name.
Resolve = Callable[[str, frozenset[str]], str]


def read_amount(text: str) -> tuple[float, str]:
    """Give a figure with what follows it.

    >>> read_amount("100,000 median wage"), read_amount("10%")
    ((100000.0, 'median wage'), (10.0, '%'))

    Raises ParameterError for what does not begin with a figure.
    """
    found = re.fullmatch(r"\s*\+?([\d.,_]+(?:[eE][+-]?\d+)?)\s*(.*?)\s*", text)
    try:
        figure = float(found[1].replace(",", "").replace("_", "")) if found else math.nan
    except ValueError:
        figure = math.nan
    if found is None or not math.isfinite(figure):
        raise ParameterError(f"{text!r} does not begin with a figure, such as 90000.")
    return figure, found[2]


@dataclass(frozen=True)
class Rule:
    """A condition that every move of a route must meet; the search never takes a move that does not.

    `roles` are names until a graph resolves them to IRIs; `allows` gets them with the two ends and the edge.
    """

    words: str
    roles: tuple[str, ...] = ()
    allows: Callable[[tuple[str, ...], str, str, Edge], bool | None] | None = None

    #: The kinds of things that `roles` names.
    kinds: ClassVar[frozenset[str]] = ROLE_KINDS

    def resolved(self, resolve: Resolve) -> Rule:
        """Give the rule with IRIs in place of names."""
        return replace(self, roles=tuple(resolve(role, self.kinds) for role in self.roles))

    def test(self, network: Network, profile: Profile) -> MoveTest | None:  # noqa: ARG002 - others need them
        """Give what tells whether a move is allowed; None where the rule is not about single moves."""
        allows, roles = self.allows, self.roles
        return None if allows is None else lambda start, goal, edge: allows(roles, start, goal, edge)


class Via(Rule):
    """A route must pass these roles, in any order."""


class Avoid(Rule):
    """No move may lead into these roles."""

    def test(self, network: Network, profile: Profile) -> MoveTest:  # noqa: ARG002
        """Give what tells whether a move leads elsewhere, also than to a role that is the same."""
        same = same_roles(network)
        shut = {other for role in self.roles for other in same.get(role, (role,))}
        return lambda _start, goal, _edge: goal not in shut


@dataclass(frozen=True)
class Only(Rule):
    """Every move must have evidence of one of these kinds."""

    evidence: tuple[str, ...] = ()

    def test(self, network: Network, profile: Profile) -> MoveTest:  # noqa: ARG002
        """Give what tells whether a move has such evidence."""
        return lambda _start, _goal, edge: any(item.kind in self.evidence for item in edge["evidence"])


@dataclass(frozen=True)
class MaxSteps(Rule):
    """A route may have at most so many moves."""

    value: float = 0.0


@dataclass(frozen=True)
class MinPay(Rule):
    """Every role after the first must pay so much, by its best matched figure (of one statistic)."""

    value: float = 0.0
    statistic: str = ""

    def test(self, network: Network, profile: Profile) -> MoveTest:  # noqa: ARG002
        """Give what tells whether the role that a move leads to pays enough."""
        told = {role: self.figure(data["pay"]) for role, data in network.nodes(data=True)}
        enough = {role: pay.amount >= self.value for role, pay in told.items() if pay is not None}
        return lambda _start, goal, _edge: enough.get(goal)

    def figure(self, pay: Sequence[Pay]) -> Pay | None:
        """Give the figure that is held against the least."""
        return figure([item for item in pay if self.statistic in {"", item.statistic}])


@dataclass(frozen=True)
class MaxPayCut(Rule):
    """No move may cost more pay than so much; relative: than this part of the pay before (0.1 is 10 %)."""

    value: float = 0.0
    relative: bool = False
    allow_mixed: bool = False

    def test(self, network: Network, profile: Profile) -> MoveTest:
        """Give what tells whether a move costs too much pay."""

        def allows(start: str, goal: str, _edge: Edge) -> bool | None:
            lost = self.cut(network, profile, start, goal)
            return None if lost is None else lost <= self.value

        return allows

    def cut(self, network: Network, profile: Profile, start: str, goal: str) -> float | None:
        """Give what a move costs in pay, as the rule measures it; None where nobody can tell."""
        pay = network.nodes[start]["pay"]
        if start == profile.role and profile.pay:
            pay = (profile.pay,)
        change = pay_change(pay, network.nodes[goal]["pay"], allow_mixed=self.allow_mixed)
        if not self.relative:
            return change.cut
        return None if change.share is None else max(0.0, -change.share)


class NoDegree(Rule):
    """No role on the way may require one of these degrees, or one of a higher level."""

    kinds: ClassVar[frozenset[str]] = frozenset({"degree"})

    def test(self, network: Network, profile: Profile) -> MoveTest:  # noqa: ARG002
        """Give what tells whether the role that a move leads to does without these degrees."""
        levels = [level for degree in self.roles if (level := network.nodes[degree].get("level")) is not None]
        lowest = min(levels, default=None)
        closed = {
            role
            for role, degree, edge in network.edges(keys=False, data=True)
            if edge["kind"] == "needs_degree"
            and edge["necessity"] in REQUIRED
            and (degree in self.roles or _at_least(network.nodes[degree].get("level"), lowest))
        }
        return lambda _start, goal, _edge: goal not in closed


def _at_least(level: int | None, lowest: int | None) -> bool:
    return level is not None and lowest is not None and level >= lowest


def via(*roles: str) -> Rule:
    """Pass these roles on the way, in any order.

    >>> via("brand manager").words
    'via brand manager'
    """
    return Via(f"via {', '.join(roles)}", roles)


def avoid(*roles: str) -> Rule:
    """Allow no move into one of these roles.

    >>> avoid("brand manager").words
    'avoid brand manager'
    """
    return Avoid(f"avoid {', '.join(roles)}", roles)


def only(*kinds: str) -> Rule:
    """Allow only moves with evidence of one of these kinds: stated, observed, derived, editorial.

    Raises ParameterError for another kind.

    >>> only("stated").words
    'only stated moves'
    """
    for kind in kinds:
        if kind not in EVIDENCE_KINDS:
            raise ParameterError(f"{kind!r} is no kind of evidence; there are: {', '.join(EVIDENCE_KINDS)}.")
    return Only(f"only {' or '.join(kinds)} moves", evidence=kinds)


def max_steps(moves: int) -> Rule:
    """Take at most so many moves.

    Raises ParameterError when there are none.

    >>> max_steps(4).words
    'at most 4 moves'
    """
    if moves < 0:
        raise ParameterError(f"A route cannot have {moves} moves.")
    return MaxSteps(f"at most {moves} move{'' if moves == 1 else 's'}", value=moves)


def min_pay(amount: float, statistic: str = "") -> Rule:
    """Take only roles that pay so much, in the currency and per the interval of their figures.

    A role counts by the figure that matches it best, or the best one of a statistic, such as "median wage".

    >>> min_pay(100_000, "median wage").words
    'median wage of at least 100,000'
    """
    return MinPay(f"{statistic or 'pay'} of at least {_figure(amount)}", value=amount, statistic=statistic)


def max_pay_cut(amount: float, *, relative: bool = False, allow_mixed: bool = False) -> Rule:
    """Take no move that costs more pay than so much, by like figures; relative: than such a part of it.

    Raises ParameterError for less than nothing.

    >>> max_pay_cut(0.1, relative=True).words
    'no pay cut above 10 %'
    """
    if amount < 0:
        raise ParameterError("A pay cut is 0 or more: the part of the pay, or the amount, that may be lost.")
    size = f"{amount * 100:.6g} %" if relative else _figure(amount)
    return MaxPayCut(f"no pay cut above {size}", value=amount, relative=relative, allow_mixed=allow_mixed)


def no_degree(*degrees: str) -> Rule:
    """Take no role that requires one of these degrees, or a degree of a higher level.

    >>> no_degree("bachelor's degree").words
    "no role that requires a bachelor's degree"
    """
    return NoDegree(f"no role that requires a {' or '.join(degrees)}", degrees)


def _figure(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
