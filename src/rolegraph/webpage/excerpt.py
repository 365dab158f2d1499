"""Takes from a large network what surrounds a few of its nodes, so that a map of it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from rolegraph.names import ROLE_KINDS, fold
from rolegraph.network import weakness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    #: A relation: its other end, its kind and its data.
    Relation = tuple[str, str, dict[str, Any]]

#: Nodes up to which a network is drawn whole.
MOST_WHOLE = 500

#: Nodes that a map has room for; the limits below are lowered until so many are left, or the lowest are met.
ROOM = 64

#: Observed moves each way around a centre, and things of a kind that only an occupation brings along.
LIMITS = ((6, 12), (6, 9), (5, 7), (4, 6), (4, 5), (3, 4), (2, 3))

#: Things of a kind that a source names for the centre itself.
MOST_DIRECT = 12

#: How a role is matched with occupations: told with the sources, and drawn around an occupation only.
MATCHING = frozenset({"described_as", "matches"})

#: Kinds of which each node has many relations: they are drawn where one end is a centre.
BUSY = frozenset({"role", "group", "occupation"})


def centres_of(network: nx.MultiDiGraph[str], chosen: Iterable[str]) -> list[str]:
    """Give the nodes to draw the surroundings of: those chosen or, if none is, the role most is stated of.

    Where there are no roles, other things that moves connect are taken, such as occupations.
    """
    found = list(dict.fromkeys(chosen))
    if found:
        return found
    roles = [node for node, data in network.nodes(data=True) if data.get("kind") == "role"]
    ends = roles or [node for node, data in network.nodes(data=True) if data.get("kind") in ROLE_KINDS]
    return sorted(ends or network, key=lambda node: (-_stated(network, node), *_name(network, node)))[:1]


def excerpt(network: nx.MultiDiGraph[str], centres: Sequence[str]) -> nx.MultiDiGraph[str]:
    """Give what surrounds the centres: the moves best evidenced and the things most closely related.

    A network that can be drawn whole is given back as it is. Of a larger one stay all stated moves of a
    centre, the observed ones seen most often, and of other things those that a source names for the centre
    itself, then those of an occupation that it is described as, the necessary first.

    >>> excerpt(nx.MultiDiGraph([("a", "b")]), ["a"]).number_of_nodes()
    2
    """
    if len(network) <= MOST_WHOLE:
        return network
    kept: set[str] = set()
    for moves, things in LIMITS:
        kept = set(centres)
        for centre in centres:
            kept |= _moves(network.in_edges, network, centre, moves)
            kept |= _moves(network.out_edges, network, centre, moves)
            kept |= _things(network, centre, things)
        kept |= _beyond(network, kept)
        if len(kept) <= ROOM:
            break
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    drawn.add_nodes_from((node, network.nodes[node]) for node in sorted(kept))
    middle = set(centres)
    for start, end, kind, data in network.edges(keys=True, data=True):
        if start in kept and end in kept and _belongs(network, (start, end, kind), middle):
            drawn.add_edge(start, end, key=kind, **data)
    return drawn


def _stated(network: nx.MultiDiGraph[str], node: str) -> int:
    """Count the relations that a source states of the node itself."""
    return sum(
        any(item.kind == "stated" and not item.via for item in data.get("evidence", ()))
        for _, kind, data in _relations(network, node)
        if kind not in MATCHING
    )


def _relations(network: nx.MultiDiGraph[str], node: str) -> Iterator[Relation]:
    for _, end, kind, data in network.out_edges(node, keys=True, data=True):
        yield end, kind, data
    for start, _, kind, data in network.in_edges(node, keys=True, data=True):
        yield start, kind, data


def _name(network: nx.MultiDiGraph[str], node: str) -> tuple[str, str]:
    return fold(network.nodes[node].get("label") or ""), node


def _moves(edges: Any, network: nx.MultiDiGraph[str], centre: str, most: int) -> set[str]:
    """Give the far ends of moves one way: of all that are more than observed, and of the most seen."""
    sure, seen = set(), []
    for start, end, kind, data in edges(centre, keys=True, data=True):
        if kind != "move":
            continue
        other = end if start == centre else start
        if any(item.kind != "observed" for item in data.get("evidence", ())):
            sure.add(other)
        else:
            seen.append((-(data.get("count") or 0), *_name(network, other)))
    return sure | {other for *_, other in sorted(seen)[:most]}


def _things(network: nx.MultiDiGraph[str], centre: str, most: int) -> set[str]:
    """Give what the centre is related to otherwise, of each kind no more than the limits allow."""
    matched = network.nodes[centre].get("kind") == "occupation"
    ranks: dict[str, dict[str, tuple[Any, ...]]] = {}
    for other, kind, data in _relations(network, centre):
        group = network.nodes[other].get("kind", "")
        if kind == "move" or (not matched and (kind in MATCHING or group == "occupation")):
            continue
        rank = (*_closeness(data), *_name(network, other))
        of_kind = ranks.setdefault(group, {})
        of_kind[other] = min(rank, of_kind.get(other, rank))
    kept: set[str] = set()
    for of_kind in ranks.values():
        order = sorted(of_kind, key=of_kind.__getitem__)
        direct = [other for other in order if not of_kind[other][0]][:MOST_DIRECT]
        kept |= {*direct, *order[: max(most, len(direct))]}
    return kept


def _closeness(data: dict[str, Any]) -> tuple[bool, int]:
    """Say whether only an occupation brings a relation along, and how far it is from necessary."""
    evidence = data.get("evidence", ())
    only_through = bool(evidence) and all(item.via for item in evidence)
    return only_through, weakness(data.get("necessity", ""))


def _beyond(network: nx.MultiDiGraph[str], kept: set[str]) -> set[str]:
    """Give what the things kept point to in turn, such as the school that offers a training."""
    return {
        end
        for node in kept
        if network.nodes[node].get("kind") not in BUSY
        for _, end, kind in network.out_edges(node, keys=True)
        if kind not in MATCHING and network.nodes[end].get("kind") not in BUSY
    }


def _belongs(network: nx.MultiDiGraph[str], relation: tuple[str, str, str], centres: set[str]) -> bool:
    start, end, kind = relation
    kinds = {network.nodes[node].get("kind") for node in (start, end)}
    if kind in MATCHING and "occupation" not in {network.nodes[node].get("kind") for node in centres}:
        return False
    return start in centres or end in centres or not kinds & BUSY
