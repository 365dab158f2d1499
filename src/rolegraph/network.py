"""Reads values off a network: roles, and the relations of a node. Knows networkx and no RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.model import Link, Role

if TYPE_CHECKING:
    import networkx as nx


def role_of(network: nx.MultiDiGraph[str], node: str) -> Role:
    """Give the role at a node."""
    data = network.nodes[node]
    return Role(node, data["label"], data["kind"], data["aliases"], data["definition"], data["pay"])


def links_of(network: nx.MultiDiGraph[str], node: str, *, incoming: bool = False) -> tuple[Link, ...]:
    """Give the relations that leave a node (or reach it), by kind, then by the name at the other end."""
    edges = (
        network.in_edges(node, keys=True, data=True)
        if incoming
        else network.out_edges(node, keys=True, data=True)
    )
    links = []
    for start, end, kind, edge in edges:
        other = start if incoming else end
        label = network.nodes[other]["label"]
        links.append(Link(kind, label, other, edge["evidence"], edge["necessity"], edge["share"]))
    return tuple(sorted(links, key=lambda link: (link.kind, link.label.casefold(), link.iri)))
