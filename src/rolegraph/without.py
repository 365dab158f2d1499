"""A network without what one source says: a copy, for asking what hangs on that source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rolegraph.network import NECESSITIES, weakness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from rolegraph.model import Evidence

    Network = nx.MultiDiGraph[str]


def without_source(network: Network, source: str) -> Network:
    """Give a copy of a network without the claims of a source, or of a document that reports sources.

    source: its name, as in `Evidence.source` and `Evidence.document`. Relations, pay and notes that nobody
    else vouches for are gone; the necessity, count and share of a relation become those that the remaining
    claims give. What a role has by way of an occupation, or of another role, goes when nobody else says that
    it is that one. All nodes stay. O(relations + pay + notes).

    >>> import rolegraph as rg
    >>> network = rg.open().network()
    >>> left = without_source(network, "Coursera career guide: chief product officer")
    >>> len(left) == len(network), left.number_of_edges() < network.number_of_edges()
    (True, True)
    """
    by_way = _lost_lenders(network, source)

    def stands(node: str, item: Evidence) -> bool:
        return not _of(item, source) and not any(words in item.via for words in by_way.get(node, ()))

    left: Network = network.__class__()
    for node, data in network.nodes(data=True):
        said = {
            name: tuple(item for item in data[name] if stands(node, item.evidence))
            for name in ("pay", "notes")
            if name in data
        }
        left.add_node(node, **(data | said))
    for start, end, key, edge in network.edges(keys=True, data=True):
        evidence = edge["evidence"]
        kept = tuple(item for item in evidence if stands(start, item) and stands(end, item))
        if len(kept) == len(evidence):
            left.add_edge(start, end, key, **edge)
        elif kept:
            left.add_edge(start, end, key, **(edge | _figures(edge, kept) | {"evidence": kept}))
    return left


#: Relations by which a role has what is said of another thing.
_LENDING = ("described_as", "matches")


def _of(item: Evidence, source: str) -> bool:
    return source in {item.source, item.document}


def _lost_lenders(network: Network, source: str) -> dict[str, tuple[str, ...]]:
    """Give, for roles that only this source takes for an occupation or another role, how `via` names it."""
    found: dict[str, tuple[str, ...]] = {}
    for one, other, key, edge in network.edges(keys=True, data=True):
        if (
            key not in _LENDING
            or not edge["evidence"]
            or not all(_of(item, source) for item in edge["evidence"])
        ):
            continue
        borrowing = [(one, other)] if key == "described_as" else [(one, other), (other, one)]
        for role, lender in borrowing:
            data = network.nodes[lender]
            kind = "occupation" if key == "described_as" else data.get("kind")
            found[role] = (*found.get(role, ()), f"the {kind} “{data['label']}” ")
    return found


def _figures(edge: Mapping[str, Any], kept: Sequence[Evidence]) -> dict[str, Any]:
    """Give the necessity, count and share of a relation by the claims that are left.

    `Evidence.detail` has what each claim says, a share to six digits; a figure that no detail speaks of stays
    as it is.
    """
    changed: dict[str, Any] = {}
    for name, read in (("necessity", _necessities), ("count", _counts), ("share", _shares)):
        known = edge.get(name)
        told, left = read(edge["evidence"]), read(kept)
        shown = float(f"{known:g}") if isinstance(known, float) else known
        if shown not in told:
            continue
        last = left[-1] if left else None
        now = min(left, key=weakness, default="") if name == "necessity" else last
        if now != shown:
            changed[name] = now
    return changed


def _necessities(evidence: Iterable[Evidence]) -> list[Any]:
    return [item.detail for item in evidence if item.detail in NECESSITIES]


def _counts(evidence: Iterable[Evidence]) -> list[Any]:
    return [int(found[1]) for item in evidence if (found := re.match(r"seen (\d+) time", item.detail))]


def _shares(evidence: Iterable[Evidence]) -> list[Any]:
    found = (re.search(r"(\S+) %", item.detail) for item in evidence)
    return [float(share[1]) for share in found if share]
