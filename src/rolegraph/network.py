"""Reads values off a network: roles, and the relations of a node. Knows networkx and no RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.model import Link, Role, match_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx


def role_of(network: nx.MultiDiGraph[str], node: str) -> Role:
    """Give the role at a node."""
    data = network.nodes[node]
    return Role(node, data["label"], data["kind"], data["aliases"], data["definition"], data["pay"])


def links_of(network: nx.MultiDiGraph[str], node: str, *, incoming: bool = False) -> tuple[Link, ...]:
    """Give the relations that leave a node (or reach it).

    They go by kind; then what is more necessary and what was seen more often comes first; then by name.
    """
    edges = (
        network.in_edges(node, keys=True, data=True)
        if incoming
        else network.out_edges(node, keys=True, data=True)
    )
    ordered = []
    for start, end, kind, edge in edges:
        other = start if incoming else end
        label = network.nodes[other]["label"]
        link = Link(kind, label, other, edge["evidence"], edge["necessity"], edge["share"])
        stated = any(item.kind == "stated" for item in edge["evidence"])
        rank = (kind, not stated, weakness(edge["necessity"]), -(edge["count"] or 0), label.casefold(), other)
        ordered.append((rank, link))
    return tuple(link for _, link in sorted(ordered, key=lambda pair: pair[0]))


#: From what a role cannot do without to what nobody graded.
NECESSITIES = ("essential", "minimum", "typical", "preferred", "optional")


def weakness(necessity: str) -> int:
    """Give the place of a necessity, from the strongest; one that is not known comes last."""
    return NECESSITIES.index(necessity) if necessity in NECESSITIES else len(NECESSITIES)


def years_of(network: nx.MultiDiGraph[str], role: str) -> float | None:
    """Give the experience in years that a role asks for at least; None where no source gives a figure.

    What is said of the role itself counts before what is said of an occupation that it matches exactly, that
    before a close match, and so on; where figures of one rank differ, the highest counts.

    >>> import rolegraph as rg
    >>> years_of(rg.open().network(), "https://w3id.org/rolegraph/role/chief-product-officer")
    10.0
    """
    figures = [
        (match_rank(note.evidence), -note.years)
        for note in network.nodes[role].get("notes", ())
        if note.years is not None
    ]
    return -min(figures)[1] if figures else None


def one_name(network: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Give the one IRI to count a skill by, for each skill that has exact matches in other schemes.

    Skills that match exactly, also by way of a third, are one skill; the IRI that sorts first stands for all.

    >>> import rolegraph as rg
    >>> len(one_name(rg.open().network()))
    10
    """
    return one_of_each(
        [
            (start, end)
            for start, end, edge in network.edges(keys=False, data=True)
            if edge["kind"] == "matches" and any(item.detail == "exact" for item in edge["evidence"])
        ]
    )


def one_of_each(alike: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give for all that stands in pairs of things that are alike, by way of others too, the first that is.

    >>> one_of_each([("b", "c"), ("c", "a"), ("x", "y")])["b"]
    'a'
    """
    import networkx as nx  # noqa: PLC0415 - whoever has a network has loaded it

    same: nx.Graph[str] = nx.Graph()
    same.add_edges_from(alike)
    return {thing: min(group) for group in nx.connected_components(same) for thing in group}
