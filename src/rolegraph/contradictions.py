"""Where what is said of one thing does not go together: both sides, each with who says it.

Few and true: what sources count in another way, for another time or of an occupation that the role is merely
near to may differ without a contradiction. Unlike pay statistics are none, nor is that people move both ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rolegraph.model import REQUIRED, match_rank
from rolegraph.network import one_name
from rolegraph.pay import basis_key
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from rolegraph.model import Evidence, Pay

#: What a role cannot be had without; that a degree is typical leaves room for others.
_LEAST = REQUIRED - {"typical"}

#: The worst match with an occupation at which what is said of it is said of the role: a close one.
_CLOSE = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: what is said, who says so, of which other thing (an IRI, or empty)."""

    text: str
    evidence: Evidence
    about: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things said that do not go together; matter is degree, skill, pay or move."""

    matter: str
    one: Side
    other: Side


def contradictions(
    network: nx.MultiDiGraph[str], node: str, other: str | None = None
) -> tuple[Contradiction, ...]:
    """Give the contradictions in what is said of a node, or in what is said of it together with another.

    - a degree is the least that a role asks for, yet some have, or name as required, one of a lower level;
    - two sources require degrees of different levels;
    - one source calls a skill essential, another optional;
    - two sources give figures on one pay basis, for one time, that differ;
    - a move is stated and doubted, and another source states the way back without doubt.
    """
    ends = [(node, other)] if other is None else [(node, other), (other, node)]
    found = [
        item
        for start, end in ends
        for rule in (_degrees_held, _degrees_required, _skills, _pay, _moves)
        for item in rule(network, start)
        if end is None or end in {item.one.about, item.other.about}
    ]
    claims = {(frozenset({item.one.evidence, item.other.evidence}), item.matter): item for item in found}
    return tuple(claims.values())


def contradictions_of(network: nx.MultiDiGraph[str], node: str, other: str | None = None) -> Table:
    """Give `contradictions` as rows with the two sides beside each other.

    >>> import rolegraph as rg
    >>> role = "https://w3id.org/rolegraph/role/chief-product-officer"
    >>> for row in contradictions_of(rg.open().network(), role):
    ...     print(row["one"], "|", row["other"])
    bachelor's degree (minimum) | associate degree (17 % have it)
    """
    rows = tuple(
        (item.matter, item.one.text, str(item.one.evidence), item.other.text, str(item.other.evidence))
        for item in contradictions(network, node, other)
    )
    return Table(("matter", "one", "one_source", "other", "other_source"), rows)


def _said(network: nx.MultiDiGraph[str], node: str, *kinds: str) -> Iterator[tuple[str, str, str, Evidence]]:
    """Give kind, other thing, its label and evidence of every claim that fits the node itself."""
    for _, end, kind, edge in network.out_edges(node, keys=True, data=True):
        if kind in kinds:
            label = network.nodes[end]["label"]
            yield from ((kind, end, label, item) for item in edge["evidence"] if _fits(item))


def _fits(item: Evidence) -> bool:
    return match_rank(item) <= _CLOSE


def _level(network: nx.MultiDiGraph[str], degree: str) -> int | None:
    level: int | None = network.nodes[degree].get("level")
    return level


def _required(network: nx.MultiDiGraph[str], node: str) -> list[tuple[int, Side]]:
    """Give the degrees that are required, with their levels, where these are known."""
    return [
        (level, Side(f"{label} ({item.detail})", item, degree))
        for _, degree, label, item in _said(network, node, "needs_degree")
        if item.detail in REQUIRED and (level := _level(network, degree)) is not None
    ]


def _degrees_held(network: nx.MultiDiGraph[str], node: str) -> Iterator[Contradiction]:
    least = [(level, side) for level, side in _required(network, node) if side.evidence.detail in _LEAST]
    if not least:
        return
    for kind, degree, label, item in _said(network, node, "holds_degree", "asks_degree"):
        level = _level(network, degree)
        if level is None or not item.detail.endswith(" %") or not float(item.detail.removesuffix(" %")):
            continue
        who = "have it" if kind == "holds_degree" else "of those asked name it as required"
        held = Side(f"{label} ({item.detail} {who})", item, degree)
        yield from (Contradiction("degree", side, held) for needed, side in least if level < needed)


def _degrees_required(network: nx.MultiDiGraph[str], node: str) -> Iterator[Contradiction]:
    for (low, one), (high, other) in combinations(
        sorted(_required(network, node), key=lambda pair: (pair[0], pair[1].text, str(pair[1].evidence))), 2
    ):
        # A bachelor's as the least goes together with a master's as what is typical.
        goes_together = one.evidence.detail in _LEAST and other.evidence.detail not in _LEAST
        if low < high and _differ(one, other) and not goes_together:
            yield Contradiction("degree", one, other)


def _skills(network: nx.MultiDiGraph[str], node: str) -> Iterator[Contradiction]:
    claims = [
        (end, label, item)
        for _, end, label, item in _said(network, node, "requires")
        if item.detail in {"essential", "optional"}
    ]
    if len({item.source for _, _, item in claims}) <= 1:
        return
    names = one_name(network)
    by_skill: dict[str, dict[str, list[Side]]] = {}
    for end, label, item in claims:
        sides = by_skill.setdefault(names.get(end, end), {"essential": [], "optional": []})
        sides[item.detail].append(Side(f"{label} ({item.detail})", item, end))
    for sides in by_skill.values():
        for one in sides["essential"]:
            yield from (
                Contradiction("skill", one, other) for other in sides["optional"] if _differ(one, other)
            )


def _pay(network: nx.MultiDiGraph[str], node: str) -> Iterator[Contradiction]:
    figures: tuple[Pay, ...] = network.nodes[node].get("pay", ())
    for one, other in combinations([pay for pay in figures if _fits(pay.evidence)], 2):
        at_one_time = one.period.startswith(other.period) or other.period.startswith(one.period)
        if basis_key(one) == basis_key(other) and one.amount != other.amount and at_one_time:
            sides = Side(str(one), one.evidence), Side(str(other), other.evidence)
            if _differ(*sides):
                yield Contradiction("pay", *sides)


def _moves(network: nx.MultiDiGraph[str], node: str) -> Iterator[Contradiction]:
    ways_out = (end for _, end, kind in network.out_edges(node, keys=True) if kind == "move")
    for end in ways_out:
        if not network.has_edge(end, node, "move"):
            continue
        for start, goal in ((node, end), (end, node)):
            there, back = (_stated(network, *ends, about=end) for ends in ((start, goal), (goal, start)))
            if there and back and all(side.evidence.doubt for side in there):
                pairs = ((one, other) for one in there for other in back if not other.evidence.doubt)
                yield from (Contradiction("move", *pair) for pair in pairs if _differ(*pair))


def _stated(network: nx.MultiDiGraph[str], start: str, goal: str, *, about: str) -> list[Side]:
    """Give who says that people move from one role to the other; that it was seen contradicts nothing."""
    labels = " -> ".join(network.nodes[end]["label"] for end in (start, goal))
    evidence: tuple[Evidence, ...] = network.edges[start, goal, "move"]["evidence"]
    return [
        Side(f"{labels} (doubted)" if item.doubt else labels, item, about)
        for item in evidence
        if item.kind != "observed"
    ]


def _differ(one: Side, other: Side) -> bool:
    """Tell whether two sources speak, and not one of two things."""
    return one.evidence.source != other.evidence.source
