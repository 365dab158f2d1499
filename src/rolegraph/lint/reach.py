"""Rules on how roles hang together: dead ends, roles that nothing leads to, bottlenecks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from rolegraph.lint.findings import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.lint.material import Material

#: So many roles must hang on one for it to be a bottleneck, and so many are named.
FEWEST_BEHIND = 2
MOST_NAMED = 5


def dead_end(material: Material) -> Iterator[Found]:
    """Find roles that moves lead to and none leads on from, and that are not the top."""
    ways = material.ways
    ends = [role for role in material.roles() if ways.in_degree(role) and not ways.out_degree(role)]
    summits = _summits(ways, ends) if ends else set()
    for role in ends:
        top = material.standing.is_top(role)
        if top or (top is None and role in summits):
            continue
        known = "its level is not the highest" if top is False else "others of its ladder lead higher"
        yield Found(
            role,
            f"No move leads on from {material.label(role)}, and it does not look like the top: {known}.",
            "Say where people go from there, or give it the level of the top (rg:LevelClaim).",
            tuple(sorted(ways.pred[role])),
            severity="" if top is False else "info",
        )


def _summits(ways: nx.DiGraph[str], ends: list[str]) -> set[str]:
    """Give, for each part of the graph that hangs together, the ends that most roles lead to.

    Roles that go round in a circle without a way out are an end, too.
    """
    folded = nx.condensation(ways)
    place: dict[str, int] = folded.graph["mapping"]
    below = {
        part: sum(len(folded.nodes[other]["members"]) for other in nx.ancestors(folded, part))
        for part in folded
        if not folded.out_degree(part)
    }
    wanted = {place[end] for end in ends}
    found: set[str] = set()
    for together in nx.weakly_connected_components(folded):
        if not wanted & together:
            continue
        most = max(below[part] for part in together if part in below)
        found |= {end for end in ends if place[end] in together and below[place[end]] == most}
    return found


def unreachable_role(material: Material) -> Iterator[Found]:
    """Find roles that no move leads to, and that are not where people begin."""
    ways = material.ways
    for role in material.roles():
        entry = material.standing.is_entry(role)
        if ways.in_degree(role) or not ways.out_degree(role) or entry:
            continue
        name = material.label(role)
        why = (
            "its level or title is not one to begin at"
            if entry is False
            else "nothing says that people begin there"
        )
        yield Found(
            role,
            f"No move leads to {name}, and {why}.",
            "Say from where people come to it. If they begin there, all is well.",
            tuple(sorted(ways.succ[role])),
            severity="" if entry is False else "info",
        )


def isolated_role(material: Material) -> Iterator[Found]:
    """Find roles without any move, where others have some."""
    if not any(True for _ in material.moves()):
        return
    for role in material.roles():
        if not material.ways.degree(role):
            yield Found(
                role,
                f"No move leads to {material.label(role)} or on from it, so that no route finds it.",
                "Add the moves that are known, or leave the role out of the architecture.",
            )


def single_feeder(material: Material) -> Iterator[Found]:
    """Find roles that are the only way to several others.

    T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM Transactions
    on Programming Languages and Systems 1 (1979), 121-141, for the notion; networkx computes them as in
    K. D. Cooper, T. J. Harvey and K. Kennedy, "A simple, fast dominance algorithm" (2001).
    """
    ways, kinds = material.ways, material.network.nodes(data="kind")
    entries = _entries(ways)
    parts = _dominated(ways, entries)
    for role in material.roles():
        branches = parts.get(role, [])
        if role in entries or not branches:
            continue
        roles = [node for node in _below(parts, role) if kinds[node] != "group"]
        # A rung with one way in and one on is part of a plain ladder, and no bottleneck.
        if len(roles) < FEWEST_BEHIND or len(branches) == ways.in_degree(role) == 1:
            continue
        roles.sort(key=lambda node: (material.label(node), node))
        named = ", ".join(map(material.label, roles[:MOST_NAMED]))
        more = f" and {len(roles) - MOST_NAMED} more" if len(roles) > MOST_NAMED else ""
        yield Found(
            role,
            f"{len(roles)} roles can be reached only through {material.label(role)}: {named}{more}.",
            "Look for a second way to them; where there is none, see to it that its holders have successors.",
            tuple(roles),
        )


def _entries(ways: nx.DiGraph[str]) -> set[str]:
    """Give the roles where one begins: those that nothing but a circle of theirs leads to."""
    folded = nx.condensation(ways)
    first = (part for part in folded if not folded.in_degree(part))
    return {role for part in first for role in folded.nodes[part]["members"]}


def _dominated(ways: nx.DiGraph[str], entries: set[str]) -> dict[str, list[str]]:
    """Give, for each role, the roles that it is the last to stand before on every way from an entry."""
    root = ""  # no IRI
    rooted = nx.DiGraph(ways)
    rooted.add_node(root)
    rooted.add_edges_from((root, entry) for entry in entries)
    parts: dict[str, list[str]] = {}
    for node, before in nx.immediate_dominators(rooted, root).items():
        if before is not None and node not in {root, before}:
            parts.setdefault(before, []).append(node)
    return parts


def _below(parts: dict[str, list[str]], role: str) -> list[str]:
    """Give all that stands behind a role."""
    found = list(parts.get(role, ()))
    for node in found:  # grows while it is walked
        found += parts.get(node, ())
    return found
