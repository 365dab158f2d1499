"""Rules on what is lacking: sources, skills and pay of roles; roles of skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from rolegraph.lint.findings import Found
from rolegraph.model import NO_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.lint.material import Material
    from rolegraph.model import Evidence


_OR_OCCUPATION = "or the occupation that it is described as (rg:Mapping)."


def no_source(material: Material) -> Iterator[Found]:
    """Find roles that nobody vouches for."""
    for role in material.roles():
        if role not in material.sourced and not any(map(_names_source, _said(material.network, role))):
            yield Found(
                role,
                f"No source names {material.label(role)}, and no claim about it has one.",
                "Say who names it (dcterms:source, rg:statedIn).",
            )


def _said(network: nx.MultiDiGraph[str], role: str) -> Iterator[Evidence]:
    """Give the evidence of a role and of every claim about it."""
    data = network.nodes[role]
    yield from data["evidence"]
    yield from (claim.evidence for claim in (*data["pay"], *data["notes"]))
    for edges in (network.in_edges, network.out_edges):
        for _, _, edge in edges(role, keys=False, data=True):
            yield from edge["evidence"]


def _names_source(item: Evidence) -> bool:
    return item.source != NO_SOURCE or bool(item.section)


def no_skills(material: Material) -> Iterator[Found]:
    """Find roles of which no source names a skill, nor of an occupation that they match."""
    for role in material.roles():
        edges = material.network.out_edges(role, keys=True)
        if not any(kind == "requires" for _, _, kind in edges):
            yield Found(
                role,
                f"No source names a skill that {material.label(role)} needs, so that gaps to and from it are"
                " unknown.",
                f"Add what it needs (rg:SkillRequirement), {_OR_OCCUPATION}",
            )


def no_pay(material: Material) -> Iterator[Found]:
    """Find roles of whose pay no source gives a figure."""
    for role in material.roles():
        if not material.network.nodes[role]["pay"]:
            yield Found(
                role,
                f"No source gives a figure for what {material.label(role)} pays, so that moves to and from it"
                " cannot be weighed by pay.",
                f"Add a figure (rg:Pay), {_OR_OCCUPATION}",
            )


def unneeded_skill(material: Material) -> Iterator[Found]:
    """Find skills that no role and no occupation needs, and that no needed one is mapped to."""
    network = material.network
    needed = {end for _, end, kind in network.edges(keys=True) if kind == "requires"}
    # A skill that a mapping leads to is there as the other name, in a classification, of one that is needed.
    mapped: nx.Graph[str] = nx.Graph(
        (start, end) for start, end, kind in network.edges(keys=True) if kind == "matches"
    )
    for together in nx.connected_components(mapped):
        if needed & together:
            needed |= together
    skills = [(data["label"], node) for node, data in network.nodes(data=True) if data["kind"] == "skill"]
    for label, node in sorted(skills):
        if node in needed:
            continue
        teachers = tuple(
            sorted(start for start, _, kind in network.in_edges(node, keys=True) if kind == "teaches")
        )
        taught = f", though {material.label(teachers[0])} teaches it" if teachers else ""
        yield Found(
            node,
            f"No role needs {label}{taught}.",
            "Say which roles need it (rg:SkillRequirement), map it to the skill that they need"
            " (rg:SkillMapping), or leave it out.",
            teachers,
        )
