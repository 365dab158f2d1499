"""What every role of a store needs, pays and where it stands; and whose word that is.

A role has what is said of the occupations that it is described as, as everywhere in rolegraph: figures of
all, skills of those that match better than nearly. Skills that match exactly in two schemes are one skill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolegraph.derive.choosing import RoleNeeds
from rolegraph.model import MATCHES, REQUIRED
from rolegraph.names import fold
from rolegraph.network import one_of_each, weakness
from rolegraph.projection import number, project_moves
from rolegraph.queries import projection_query
from rolegraph.stores import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from rolegraph.stores import LocalStore

    #: Skill -> (necessity, weight by its rating or None).
    Needs = dict[str, tuple[str, float | None]]

    #: Order of levels or ladder -> place in it; among them the job zone.
    Standing = dict[str, int]

    #: Occupations that a role is described as, with the match.
    Described = list[tuple[str, str]]

#: Stands for the order of the job zones among the others.
_ZONE = ""

#: What an optional skill counts beside an essential one.
OPTIONAL = 0.5

#: Ends of O*NET's scale of importance: not important, extremely important.
LEAST, MOST = 1.0, 5.0

#: Kinds of things that moves are derived for; a group of roles is no post that one could take.
_KINDS = frozenset({"role", "occupation"})


def read_roles(store: LocalStore) -> tuple[list[RoleNeeds], int]:
    """Give the roles and occupations of which a skill is known, in the order of their labels.

    With them comes how many others there are. An occupation that a role matches exactly is left out, for the
    role stands for it.

    Raises SourceError for a figure that is no number.
    """
    network = project_moves(store)
    needs, standing, described = _needs(store), _standing(store), _described(network)
    stood_for = {one for found in described.values() for one, match in found if match == "exact"}
    names = sorted(
        (fold(data["label"]), node)
        for node, data in network.nodes(data=True)
        if data["kind"] in _KINDS and node not in stood_for
    )
    roles = []
    for _, node in names:
        occupations = described.get(node, [])
        lent = [one for one, match in occupations if match != "near" and one in needs]
        stands: Standing = {}
        for one in reversed([node, *(one for one, _ in occupations)]):
            stands |= standing.get(one, {})
        roles.append(_role(node, network.nodes[node], _together([node, *lent], needs), lent, stands))
    known = [role for role in roles if role.named or role.rated]
    return known, len(roles) - len(known)


def read_sources(store: LocalStore) -> list[str]:
    """Give the IRIs of the sources that needs, pay and levels come from, sorted."""
    return sorted({text_of(source) for (source,) in store.rows(projection_query("needs_sources"))})


def _described(network: nx.MultiDiGraph[str]) -> dict[str, Described]:
    """Give the occupations that each role is described as, with the match, the best matched first."""
    found: dict[str, Described] = {}
    for role, occupation, edge in network.edges(keys=False, data=True):
        if edge["kind"] == "described_as":
            found.setdefault(role, []).append((occupation, edge["evidence"][0].detail))
    for items in found.values():
        items.sort(key=lambda item: (MATCHES.index(item[1]) if item[1] in MATCHES else len(MATCHES), item[0]))
    return found


def _needs(store: LocalStore) -> dict[str, Needs]:
    """Give what each role needs by its own word: of several claims the strongest counts."""
    pairs = [
        (text_of(skill), text_of(other)) for skill, other in store.rows(projection_query("skill_matches"))
    ]
    one = one_of_each(pairs)
    found: dict[str, Needs] = {}
    for row in store.rows(projection_query("needs")):
        role, skill, necessity, importance, claim = map(text_of, row)
        rating = _weight(number(importance, "importance", claim)) if importance else None
        need = (necessity.rpartition("/")[2].lower(), rating)
        _add(found.setdefault(role, {}), one.get(skill, skill), need)
    return found


def _weight(importance: float) -> float:
    """Give a rating of importance as a weight from 0 to 1."""
    return min(max((importance - LEAST) / (MOST - LEAST), 0.0), 1.0)


def _add(needs: Needs, skill: str, need: tuple[str, float | None]) -> None:
    necessity, weight = needs.get(skill, need)
    weights = [value for value in (weight, need[1]) if value is not None]
    needs[skill] = (min(necessity, need[0], key=weakness), max(weights, default=None))


def _together(whose: Sequence[str], needs: dict[str, Needs]) -> Needs:
    """Give what is needed by a role or by an occupation whose skills it has."""
    found: Needs = {}
    for one in whose:
        for skill, need in needs.get(one, {}).items():
            _add(found, skill, need)
    return found


def _standing(store: LocalStore) -> dict[str, Standing]:
    """Give the job zone of each role and its place in each order, where claims differ the highest."""
    found: dict[str, Standing] = {}
    for row in store.rows(projection_query("standing")):
        role, zone, ladder, rung, claim = map(text_of, row)
        if zone:
            _raise(found, role, _ZONE, int(number(zone, "zone", claim)))
        elif rung:
            _raise(found, role, ladder, int(number(rung, "rank", claim)))
    for row in store.rows(projection_query("level_orders")):
        order, _, _, place, role = map(text_of, row)
        if role:
            _raise(found, role, order, int(place))
    return found


def _raise(found: dict[str, Standing], role: str, order: str, place: int) -> None:
    stands = found.setdefault(role, {})
    stands[order] = max(place, stands.get(order, place))


def _role(
    node: str, known: Mapping[str, Any], needs: Needs, lent: Sequence[str], stands: Standing
) -> RoleNeeds:
    """Put together what is said of a role."""
    return RoleNeeds(
        node,
        known["label"],
        named={
            skill: 1.0 if word in REQUIRED else OPTIONAL
            for skill, (word, rated) in needs.items()
            if rated is None
        },
        rated={skill: rated for skill, (_, rated) in needs.items() if rated is not None},
        required=frozenset(skill for skill, (word, _) in needs.items() if word in REQUIRED),
        pay=known["pay"],
        zone=stands.get(_ZONE),
        levels={order: place for order, place in stands.items() if order != _ZONE},
        lent=frozenset((*lent, node)),
    )
