"""The network as flat rows: text and numbers alone, as programs that draw graphs and read tables want it.

What is not known is left out of a row: nothing stands for it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.model import NO_SOURCE
from rolegraph.network import years_of
from rolegraph.pay import basis_key, figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx as nx

    from rolegraph.model import Evidence
    from rolegraph.pay import Basis

    Row = dict[str, str | int | float]

#: What a row of a node can hold, in this order.
NODE_COLUMNS: dict[str, type] = {
    "id": str,
    "label": str,
    "kind": str,
    "aliases": str,
    "definition": str,
    "level": int,
    "years": float,
    "pay_amount": float,
    "pay_basis": str,
    "pay_period": str,
    "pay_source": str,
    "pay": str,
    "notes": str,
    "sources": str,
    "source_count": int,
}

#: What a row of an edge can hold, in this order.
EDGE_COLUMNS: dict[str, type] = {
    "source": str,
    "target": str,
    "kind": str,
    "evidence": str,
    "necessity": str,
    "share": float,
    "count": int,
    "details": str,
    "via": str,
    "doubts": str,
    "sources": str,
    "source_count": int,
    "claims": str,
}

#: What is there without a move, too, where only moves are wanted; occupations are many, and few have moves.
_ROLES = frozenset({"role", "group"})

#: Stands between several texts in one cell.
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Flat:
    """Nodes by IRI; edges by start, kind and end. `NODE_COLUMNS` and `EDGE_COLUMNS` say what rows hold."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def flatten(network: nx.MultiDiGraph[str], *, moves_only: bool = False, kinds: Collection[str] = ()) -> Flat:
    """Give a network as flat rows.

    moves_only: roles and groups of roles, with the moves between them, and nothing else. kinds: nodes of
    these kinds, with the relations among them; all when there is none.

    `pay_amount` is of one basis in all rows, that of which most nodes have a figure, so that the amounts may
    be compared; `pay` has every figure in words.

    >>> import rolegraph as rg
    >>> flat = flatten(rg.open().network(), moves_only=True)
    >>> {row["kind"] for row in flat.edges}
    {'move'}
    """
    edges = sorted(
        (start, kind, end)
        for start, end, kind in network.edges(keys=True)
        if (kind == "move" or not moves_only)
        and (not kinds or {network.nodes[start]["kind"], network.nodes[end]["kind"]} <= set(kinds))
    )
    ends = {end for start, _, goal in edges for end in (start, goal)} if moves_only else frozenset()
    wanted = frozenset(kinds) or (_ROLES if moves_only else None)
    nodes = sorted(
        node
        for node, data in network.nodes(data=True)
        if wanted is None or data["kind"] in wanted or node in ends
    )
    basis = _commonest_basis(network, nodes)
    return Flat(
        tuple(_node(network, node, basis) for node in nodes),
        tuple(_edge(start, end, network.edges[start, end, kind]) for start, kind, end in edges),
    )


def _commonest_basis(network: nx.MultiDiGraph[str], nodes: Iterable[str]) -> Basis | None:
    counted = Counter(
        basis for node in nodes for basis in {basis_key(pay) for pay in network.nodes[node]["pay"]}
    )
    return min(counted, key=lambda basis: (-counted[basis], basis), default=None)


def _node(network: nx.MultiDiGraph[str], node: str, basis: Basis | None) -> Row:
    data = network.nodes[node]
    pay = figure(data["pay"], basis) if basis else None
    said = [*data["evidence"], *(item.evidence for item in (*data["pay"], *data["notes"]))]
    return _known(
        {
            "id": node,
            "label": data["label"],
            "kind": data["kind"],
            "aliases": _joined(data["aliases"]),
            "definition": data["definition"],
            "level": data.get("level"),
            "years": years_of(network, node),
            "pay_amount": pay and float(pay.amount),
            "pay_basis": pay and pay.basis,
            "pay_period": pay and pay.period,
            "pay_source": pay and str(pay.evidence),
            "pay": _joined(map(str, data["pay"])),
            "notes": _joined(f"{note.kind}: {note.text}" for note in data["notes"]),
            **_sources(said),
        }
    )


def _edge(start: str, end: str, data: dict[str, Any]) -> Row:
    evidence: tuple[Evidence, ...] = data["evidence"]
    share = data["share"]
    return _known(
        {
            "source": start,
            "target": end,
            "kind": data["kind"],
            "evidence": _joined(item.kind for item in evidence),
            "necessity": data["necessity"],
            "share": None if share is None else float(share),
            "count": data["count"],
            "details": _joined(item.detail for item in evidence),
            "via": _joined(item.via for item in evidence),
            "doubts": _joined(item.doubt for item in evidence),
            **_sources(evidence),
            "claims": _joined(item.claim for item in evidence),
        }
    )


def _sources(evidence: Iterable[Evidence]) -> dict[str, Any]:
    names = sorted({item.source for item in evidence} - {"", NO_SOURCE})
    return {"sources": BETWEEN.join(names), "source_count": len(names)}


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(filter(None, texts)))


def _known(row: dict[str, Any]) -> Row:
    return {name: value for name, value in row.items() if value is not None and value != ""}
