"""What a role needs that another one is not known to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.model import REQUIRED, SkillGap
from rolegraph.network import links_of, role_of

if TYPE_CHECKING:
    import networkx as nx

#: Relations of a role that say what one needs for it, in the order of a gap.
NEEDS = ("requires", "needs_degree", "suggests_credential")


def skill_gap(network: nx.MultiDiGraph[str], start: str, goal: str) -> SkillGap:
    """Compare what the goal needs with what the start needs too, so brings; both given by IRI.

    Skills, degrees and credentials count. That no source names a skill of a role makes it unknown, not a
    role without skills: see `SkillGap`.
    """
    brought = _with_same(network, {link.iri for link in links_of(network, start) if link.kind in NEEDS})
    needed = sorted(
        (link for link in links_of(network, goal) if link.kind in NEEDS),
        key=lambda link: NEEDS.index(link.kind),
    )
    open_needs = [link for link in needed if link.iri not in brought]
    teachers = {link.iri: _teachers(network, link.iri) for link in open_needs}
    return SkillGap(
        start=role_of(network, start),
        goal=role_of(network, goal),
        missing=tuple(link for link in open_needs if link.necessity in REQUIRED),
        helpful=tuple(link for link in open_needs if link.necessity not in REQUIRED),
        covered=tuple(link for link in needed if link.iri in brought),
        start_known=_names_skills(network, start),
        goal_known=_names_skills(network, goal),
        teaches={iri: names for iri, names in teachers.items() if names},
    )


def _with_same(network: nx.MultiDiGraph[str], needs: set[str]) -> set[str]:
    """Add the skills that are one and the same under another scheme's name."""
    same = set(needs)
    for skill, other, mapping in network.edges(keys=False, data=True):
        if mapping["kind"] == "matches" and any(item.detail == "exact" for item in mapping["evidence"]):
            if skill in needs:
                same.add(other)
            if other in needs:
                same.add(skill)
    return same


def _names_skills(network: nx.MultiDiGraph[str], node: str) -> bool:
    return any(kind == "requires" for _, _, kind in network.out_edges(node, keys=True))


def _teachers(network: nx.MultiDiGraph[str], skill: str) -> tuple[str, ...]:
    return tuple(link.label for link in links_of(network, skill, incoming=True) if link.kind == "teaches")
