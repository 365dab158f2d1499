"""All that a network says of one node, or of two together, with who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.contradictions import contradictions
from rolegraph.model import RoleCard
from rolegraph.network import links_of, role_of
from rolegraph.routes import Step
from rolegraph.tables import Table

if TYPE_CHECKING:
    import networkx as nx

    from rolegraph.model import Evidence, Link

_COLUMNS = (
    "relation",
    "value",
    "evidence",
    "source",
    "publisher",
    "date",
    "section",
    "document",
    "qualifier",
    "doubt",
    "url",
)


def role_card(network: nx.MultiDiGraph[str], node: str) -> RoleCard:
    """Give the card of a role, a group or a statistical occupation, by its IRI."""
    data = network.nodes[node]
    out, into = links_of(network, node), links_of(network, node, incoming=True)
    return RoleCard(
        role=role_of(network, node),
        links=tuple(link for link in out if link.kind != "move"),
        moves_in=tuple(link for link in into if link.kind == "move"),
        moves_out=tuple(link for link in out if link.kind == "move"),
        notes=data["notes"],
        sources=data["evidence"],
    )


def claims_of(network: nx.MultiDiGraph[str], node: str) -> Table:
    """Give one row per claim about a node: what is claimed, and who says so.

    Last come the contradictions, each in two rows of the relation "contradiction", one for either side.
    """
    data = network.nodes[node]
    label = data["label"]
    rows = [_row("named", label, item) for item in data["evidence"]]
    rows += [_row("pay", str(pay), pay.evidence) for pay in data["pay"]]
    rows += [_row(note.kind, note.text, note.evidence) for note in data["notes"]]
    rows += [row for link in links_of(network, node, incoming=True) for row in _rows(link.label, link, label)]
    rows += [row for link in links_of(network, node) for row in _rows(label, link, link.label)]
    rows += _contradicting(network, node)
    return Table(_COLUMNS, tuple(rows))


def claims_between(network: nx.MultiDiGraph[str], node: str, other: str) -> Table:
    """Give one row per claim that relates two nodes, in either direction; no rows when nothing does.

    Last come the contradictions that both have a part in, as in `claims_of`.
    """
    rows = [
        row
        for start, end in dict.fromkeys(((node, other), (other, node)))
        for link in links_of(network, start)
        if link.iri == end
        for row in _rows(network.nodes[start]["label"], link, network.nodes[end]["label"])
    ]
    rows += _contradicting(network, node, other)
    return Table(_COLUMNS, tuple(rows))


def moves_between(network: nx.MultiDiGraph[str], node: str, other: str) -> tuple[Step, ...]:
    """Give the moves from one node to the other and back, as far as there are any."""
    return tuple(
        _step(network, start, end)
        for start, end in dict.fromkeys(((node, other), (other, node)))
        if network.has_edge(start, end, "move")
    )


def _step(network: nx.MultiDiGraph[str], start: str, end: str) -> Step:
    move = network.edges[start, end, "move"]
    return Step(role_of(network, start), role_of(network, end), move["evidence"], count=move["count"])


def _contradicting(
    network: nx.MultiDiGraph[str], node: str, other: str | None = None
) -> list[tuple[str, ...]]:
    return [
        _row("contradiction", f"{item.matter}: {side.text}, but {against.text}", side.evidence)
        for item in contradictions(network, node, other)
        for side, against in ((item.one, item.other), (item.other, item.one))
    ]


def _rows(start: str, link: Link, end: str) -> list[tuple[str, ...]]:
    return [
        _row(link.kind, f"{start} -> {end}" + (f" ({item.detail})" if item.detail else ""), item)
        for item in link.evidence
    ]


def _row(claim: str, value: str, item: Evidence) -> tuple[str, ...]:
    return (
        claim,
        value,
        item.kind,
        item.source,
        item.publisher,
        item.date,
        item.section,
        item.document,
        "; ".join(filter(None, (item.qualifier, item.via and f"said of {item.via}"))),
        item.doubt,
        item.url,
    )
