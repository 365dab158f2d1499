"""What the rules look at: the network, its moves, and where roles stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.costs import Edge
    from rolegraph.lint.standing import Standing
    from rolegraph.model import Evidence

#: Kinds of evidence of a move that somebody vouches for as a way to go: "" is a move without any. That people
#: were seen to move, or that a rule derived a move from what roles share, says nothing of a promotion.
ASSERTED = frozenset({"stated", "editorial", ""})


@dataclass(frozen=True)
class Material:
    """The network, the moves in it, where roles stand, and the roles in data sets that name their source.

    ways are the moves with what groups of roles mean for their members: a move to a group leads to each of
    them, a move out of it leads out of each of them.
    """

    network: nx.MultiDiGraph[str]
    standing: Standing
    ways: nx.DiGraph[str]
    sourced: frozenset[str]

    def moves(self) -> Iterator[tuple[str, str, Edge]]:
        """Give every move but those that lead nowhere."""
        for start, goal, kind, edge in self.network.edges(keys=True, data=True):
            if kind == "move" and start != goal:
                yield start, goal, edge

    def label(self, node: str) -> str:
        """Give the name of a thing."""
        label: str = self.network.nodes[node]["label"]
        return label

    def roles(self) -> Iterator[str]:
        """Give the roles, by name; and the occupations that moves connect, which stand for roles then."""
        found = [
            (data["label"], node)
            for node, data in self.network.nodes(data=True)
            if data["kind"] == "role" or (data["kind"] == "occupation" and node in self.ways)
        ]
        return (node for _, node in sorted(found))


def asserted(edge: Edge) -> tuple[Evidence, ...]:
    """Give the evidence of a move that somebody vouches for."""
    return tuple(item for item in edge["evidence"] if item.kind in ASSERTED)


def doubted(evidence: tuple[Evidence, ...]) -> bool:
    """Tell whether all that say so are doubted."""
    return bool(evidence) and all(item.doubt for item in evidence)


def ways_of(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Give the moves as a plain graph of all roles."""
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_nodes_from(node for node, data in network.nodes(data=True) if data["kind"] == "role")
    relations = [(start, goal, kind) for start, goal, kind in network.edges(keys=True) if start != goal]
    ways.add_edges_from((start, goal) for start, goal, kind in relations if kind == "move")
    members = [(role, group) for role, group, kind in relations if kind == "member_of" and group in ways]
    entered, left = (
        {group for _, group in members if degree(group)} for degree in (ways.in_degree, ways.out_degree)
    )
    for role, group in members:
        if group in entered:
            ways.add_edge(group, role)
        if group in left:
            ways.add_edge(role, group)
    return ways
