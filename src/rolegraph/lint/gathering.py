"""Reads from a store what the rules need besides the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.lint.material import Material, ways_of
from rolegraph.lint.standing import Standing
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    import networkx as nx

    from rolegraph.stores import LocalStore


def gather(store: LocalStore, network: nx.MultiDiGraph[str]) -> Material:
    """Read what the rules need besides the network."""
    sourced = {row["role"].value for row in store.select(projection_query("sourced_roles"))}
    return Material(network, _standing(store, network), ways_of(network), frozenset(sourced))


def _standing(store: LocalStore, network: nx.MultiDiGraph[str]) -> Standing:
    levels: dict[str, dict[str, set[int]]] = {}
    names: dict[tuple[str, int], str] = {}
    last: dict[str, int] = {}
    for row in store.select(projection_query("level_orders")):
        order, place = row["order"].value, int(row["place"].value)
        names[order, place] = row["name"].value if row["name"] is not None else row["level"].value
        last[order] = max(place, last.get(order, 0))
        if row["role"] is not None:
            levels.setdefault(row["role"].value, {}).setdefault(order, set()).add(place)
    return Standing(network, levels, names, last)
