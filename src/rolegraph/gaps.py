"""What roles need that is not there yet: for one role after another, and along a whole route.

What a role *requires* is learnt for it at the latest and brought along from there. What it only prefers or
suggests is neither missing nor brought.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError
from rolegraph.model import REQUIRED, Role, SkillGap
from rolegraph.network import links_of, one_name, role_of, weakness
from rolegraph.plans import Covered, PlanStep, RoutePlan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from rolegraph.model import Link, Profile

    Network = nx.MultiDiGraph[str]

    #: What is there already, by the one IRI that it counts by -> what brought it, in words.
    Had = dict[str, str]

#: Relations of a role that say what one needs for it, in the order of a gap.
NEEDS = ("requires", "needs_degree", "suggests_credential")


def skill_gap(network: Network, start: str | None, goal: str, profile: Profile | None = None) -> SkillGap:
    """Compare what the goal needs with what the start brings; both roles are given by IRI.

    Skills, degrees and credentials count; skills of two schemes that match exactly count once. The start
    brings what it requires, and what the profile has: see `plan_route`. Without a start, the role of the
    profile is the start; without that too, a role called "you" stands for the person.

    That no source names a skill of a role makes it unknown, not a role without skills: see `SkillGap`.
    Raises ParameterError when there is neither a start nor a profile.

    >>> import rolegraph as rg
    >>> role = "https://w3id.org/rolegraph/role/"
    >>> gap = skill_gap(rg.open().network(), f"{role}product-manager", f"{role}chief-product-officer")
    >>> sum(link.kind == "requires" for link in gap.missing)
    30
    """
    plan = plan_route(network, (start or "", goal), profile)
    (step,) = plan.steps
    return SkillGap(
        start=plan.start,
        goal=step.role,
        missing=step.new,
        helpful=step.helpful,
        covered=tuple(item.link for item in step.covered),
        start_known=plan.start_known,
        goal_known=step.known,
        teaches=plan.teaches,
    )


def plan_route(network: Network, nodes: Sequence[str], profile: Profile | None = None) -> RoutePlan:
    """Give what a route over these roles (IRIs, from start to goal) asks one to learn, step by step.

    By a step, one has what the profile has, what its certifications and trainings teach, and what all roles
    of the route before require. A degree covers those of lower levels. An empty first IRI stands for the
    role of the profile or, where it has none, for the person; the role of the profile counts nowhere else.

    Raises ParameterError for a route of no roles, or without a start where there is no profile.

    >>> import rolegraph as rg
    >>> names = ("product-developer", "product-manager", "vice-president-of-product", "chief-product-officer")
    >>> route = [f"https://w3id.org/rolegraph/role/{name}" for name in names]
    >>> plan = plan_route(rg.open().network(), route)
    >>> [(step.role.label, step.state, len(step.new)) for step in plan.steps]
    [('product manager', 'nothing new', 0), ('vice president of product', 'unknown', 0),
     ('chief product officer', 'to learn', 30)]
    """
    start = _start(network, nodes, profile)
    one = one_name(network)
    had = _profile_brings(network, profile, one) if profile else {}
    if start.iri:
        _bring(network, had, start.label, _needs(network, start.iri, one))
    steps = []
    for node in nodes[1:]:
        needs = _needs(network, node, one)
        steps.append(_step(network, node, needs, had))
        _bring(network, had, network.nodes[node]["label"], needs)
    open_skills = {
        link.iri for step in steps for link in (*step.new, *step.helpful) if link.kind == "requires"
    }
    return RoutePlan(
        start=start,
        steps=tuple(steps),
        start_known=_is_known(network, start, profile),
        teaches=_teachers(network, open_skills, one),
    )


def _start(network: Network, nodes: Sequence[str], profile: Profile | None) -> Role:
    if not nodes:
        raise ParameterError("A plan needs a route of at least one role.")
    node = nodes[0] or (profile.role if profile else "")
    if not node and profile is None:
        raise ParameterError("Without a role to start from, there has to be a profile.")
    return role_of(network, node) if node else Role("", "you")


def _is_known(network: Network, start: Role, profile: Profile | None) -> bool:
    """Tell whether it is known what the start brings: some source, or the person, names a skill."""
    if start.iri:
        return _names_skills(network, start.iri)
    return profile is not None and bool(profile.skills or profile.credentials)


def _names_skills(network: Network, node: str) -> bool:
    return any(kind == "requires" for _, _, kind in network.out_edges(node, keys=True))


def _needs(network: Network, role: str, one: Mapping[str, str]) -> dict[str, Link]:
    """Give what one needs for a role, by the IRI that it counts by; the strongest necessity counts."""
    found: dict[str, Link] = {}
    for link in sorted(links_of(network, role), key=lambda link: (*NEEDS, link.kind).index(link.kind)):
        if link.kind not in NEEDS:
            break
        name = one.get(link.iri, link.iri)
        known = found.get(name, link)
        found[name] = replace(
            known,
            evidence=tuple(dict.fromkeys((*known.evidence, *link.evidence))),
            necessity=min(known.necessity, link.necessity, key=weakness),
        )
    return found


def _profile_brings(network: Network, profile: Profile, one: Mapping[str, str]) -> Had:
    """Give what a person has: the things that the profile names, and what its credentials teach."""
    named = profile.skills | profile.degrees | profile.credentials
    had = {one.get(thing, thing): "your profile" for thing in named}
    teaching = sorted(
        (network.nodes[credential]["label"], credential, one.get(skill, skill))
        for credential, skill, kind in network.out_edges(profile.credentials, keys=True)
        if kind == "teaches"
    )
    for label, _, skill in teaching:
        had.setdefault(skill, label)
    return had


def _bring(network: Network, had: Had, by: str, needs: Mapping[str, Link]) -> None:
    """Add what a role requires; what is there already stays with what brought it first."""
    for name, link in needs.items():
        if link.necessity in REQUIRED:
            had[name] = _brought_by(network, name, had) or by


def _step(network: Network, node: str, needs: Mapping[str, Link], had: Had) -> PlanStep:
    brought = {name: _brought_by(network, name, had) for name in needs}
    still_open = [link for name, link in needs.items() if not brought[name]]
    return PlanStep(
        role=role_of(network, node),
        known=_names_skills(network, node),
        new=tuple(link for link in still_open if link.necessity in REQUIRED),
        covered=tuple(Covered(link, brought[name]) for name, link in needs.items() if brought[name]),
        helpful=tuple(link for link in still_open if link.necessity not in REQUIRED),
    )


def _brought_by(network: Network, name: str, had: Had) -> str:
    """Tell what brought a thing, or a degree of a higher level; an empty text when nothing did."""
    if name in had:
        return had[name]
    level = _level(network, name)
    if level is None:
        return ""
    return next((by for other, by in had.items() if (_level(network, other) or level) > level), "")


def _level(network: Network, name: str) -> int | None:
    """Give the level of a degree (ISCED 2011); None for anything else, and where no source gives one."""
    data = network.nodes.get(name, {})
    level: int | None = data.get("level") if data.get("kind") == "degree" else None
    return level


def _teachers(network: Network, skills: set[str], one: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give what teaches each of these skills, by whichever of its names."""
    names: dict[str, list[str]] = {}
    for name, canonical in sorted(one.items()):
        names.setdefault(canonical, []).append(name)
    found = {}
    for skill in sorted(skills):
        teaching = {
            (link.label.casefold(), link.iri): link.label
            for name in names.get(one.get(skill, skill), [skill])
            for link in links_of(network, name, incoming=True)
            if link.kind == "teaches"
        }
        if teaching:
            found[skill] = tuple(label for _, label in sorted(teaching.items()))
    return found
