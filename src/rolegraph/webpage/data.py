"""What the page knows: a network and paths as plain values, every text cleaned, every node in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rolegraph.errors import UnknownName
from rolegraph.labels import Entry, resolve
from rolegraph.names import fold, shorten
from rolegraph.tables import cell
from rolegraph.webpage.excerpt import centres_of, excerpt
from rolegraph.webpage.layout import arrange
from rolegraph.webpage.marks import BOXED
from rolegraph.webpage.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from rolegraph.model import Evidence, Pay
    from rolegraph.routes import CareerPath


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page knows: nodes and edges go through pyvis, the rest beside them.

    unseen are the label and the kind of each node that is not drawn; a node's `rest` tells the relations that
    are not. whole counts what the network has and names what the excerpt surrounds; it is None where all is
    drawn.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    headings: list[dict[str, Any]]
    evidence: list[dict[str, str]]
    paths: list[dict[str, Any]]
    focus: int | None
    unseen: list[tuple[str, str]]
    whole: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class _Register:
    """Evidence by number: claims that name the same source in the same words share one."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def note(self, evidence: Iterable[Evidence]) -> list[int]:
        """Give the number of each piece of evidence, without repetition."""
        found = [self.numbers.setdefault(_texts(item), len(self.numbers)) for item in evidence]
        return list(dict.fromkeys(found))

    def listed(self) -> list[dict[str, str]]:
        """Give all of it in the order of the numbers."""
        return [_filled(dict(zip(_EVIDENCE_PARTS, texts, strict=True))) for texts in self.numbers]


_EVIDENCE_PARTS = ("kind", "text", "url", "doubt", "qualifier", "detail", "via")


def _texts(item: Evidence) -> tuple[str, ...]:
    parts = (item.kind, item, item.url, item.doubt, item.qualifier, item.detail, item.via)
    return tuple(clean(part) for part in parts)


def clean(value: object) -> str:
    """Give a text on one line, without characters that reorder it, steer a terminal or cannot be encoded.

    >>> clean("chief" + chr(0x202E) + " officer") == "chief" + chr(0xFFFD) + " officer"
    True
    """
    return cell(value).encode("utf-8", "replace").decode("utf-8")


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: the page takes absent for empty, and the file stays small."""
    return {name: value for name, value in values.items() if value not in ("", None, (), [])}


def page_data(network: nx.MultiDiGraph[str], paths: Sequence[CareerPath], focus: str | None) -> PageData:
    """Give everything that the page shows, whatever the order of nodes and edges in the network.

    Nodes are numbered by kind, then by name, those that are drawn before the others.
    Raises UnknownName when a path or the focus names a node that the network lacks.
    """
    chosen = _focus(focus, network)
    stops = _stops(paths, network)
    centres = centres_of(network, stops if chosen is None else [*stops, chosen])
    drawn = excerpt(network, centres)
    order = sorted(network, key=lambda node: (node not in drawn, _rank(node, network.nodes[node])))
    number = {node: index for index, node in enumerate(order)}
    register = _Register()
    nodes = [_node(node, network.nodes[node], register) for node in order[: len(drawn)]]
    edges = _edges(network, drawn, order, register)
    _add_rest(nodes, [edge for edge, on_map in edges if not on_map])
    shown = [edge for edge, on_map in edges if on_map]
    headings = _place(nodes, shown)
    routes = [_path(path, number, shown, register) for path in paths]
    unseen = [_unseen(node, network.nodes[node]) for node in order[len(drawn) :]]
    whole = None
    if unseen:
        around = [number[centre] for centre in centres]
        whole = {"nodes": len(network), "edges": network.number_of_edges(), "around": around}
    opened = None if chosen is None else number[chosen]
    return PageData(nodes, shown, headings, register.listed(), routes, opened, unseen, whole)


def _edges(
    network: nx.MultiDiGraph[str], drawn: nx.MultiDiGraph[str], order: list[str], register: _Register
) -> list[tuple[dict[str, Any], bool]]:
    """Give all relations of what is drawn, in the order of their ends, and whether they are drawn, too."""
    number = {node: index for index, node in enumerate(order)}
    relations = sorted(
        (number[start], number[end], key)
        for start, end, key in network.edges(keys=True)
        if start in drawn or end in drawn
    )
    return [
        (
            _edge(start, end, network.edges[order[start], order[end], key], register),
            drawn.has_edge(order[start], order[end], key),
        )
        for start, end, key in relations
    ]


def _add_rest(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
    """Note with each node what is not drawn: kind of relation, 1 if incoming, other end, facts, evidence."""
    for edge in edges:
        facts = [edge[name] for name in ("necessity", "seen", "share") if name in edge]
        for incoming, (near, far) in enumerate((("from", "to"), ("to", "from"))):
            if edge[near] < len(nodes):
                row = [edge["kind"], incoming, edge[far], facts, edge.get("evidence", [])]
                nodes[edge[near]].setdefault("rest", []).append(row)


def _rank(node: str, data: dict[str, Any]) -> tuple[int, str, str]:
    kinds = list(KINDS)
    kind = data.get("kind", "")
    return (kinds.index(kind) if kind in kinds else len(kinds), fold(data.get("label") or ""), node)


def _node(node: str, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    pay = [_pay(pay, register) for pay in data.get("pay", ())]
    notes = [
        {"kind": clean(note.kind), "text": clean(note.text), "evidence": register.note([note.evidence])}
        for note in data.get("notes", ())
    ]
    label, group = _unseen(node, data)
    values = {
        "iri": clean(node),
        "label": label,
        "group": group,
        "aliases": [clean(alias) for alias in data.get("aliases", ())],
        "definition": clean(data.get("definition", "")),
        "pay": pay,
        "notes": notes,
        "evidence": register.note(data.get("evidence", ())),
    }
    return _filled(values)


def _unseen(node: str, data: dict[str, Any]) -> tuple[str, str]:
    """Give the label and the kind of a node, which are all that the page tells of one that is not drawn."""
    kind = data.get("kind", "")
    return clean(data.get("label") or shorten(node)), kind if kind in KINDS else "unknown"


def _pay(pay: Pay, register: _Register) -> dict[str, Any]:
    told = {"amount": _amount(pay), "basis": _basis(pay), "evidence": register.note([pay.evidence])}
    spread = _range(pay)
    return told | {"range": spread} if spread else told


def _amount(pay: Pay) -> str:
    interval = pay.interval.lower()
    return clean(f"{pay.currency} {_figure(pay.amount)} {'an' if interval == 'hour' else 'a'} {interval}")


def _figure(amount: float) -> str:
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def _range(pay: Pay) -> str:
    """Say between which figures most are paid; of a range cut off at one end, say where the other is."""
    if pay.low is not None and pay.high is not None:
        return f"from {_figure(pay.low)} to {_figure(pay.high)} for the middle 80\N{NO-BREAK SPACE}%"
    if pay.low is not None:
        return f"less than {_figure(pay.low)} for one in ten"
    return "" if pay.high is None else f"more than {_figure(pay.high)} for one in ten"


def _basis(pay: Pay) -> str:
    return clean(", ".join(part for part in (pay.statistic, pay.area, pay.period) if part))


def _edge(start: int, end: int, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    share, count = data.get("share"), data.get("count")
    moved = "" if count is None else " of the moves out"
    values = {
        "from": start,
        "to": end,
        "kind": clean(data.get("kind", "")) or "related",
        "necessity": clean(data.get("necessity", "")),
        "share": None if share is None else f"{share:g} %{moved}",
        "count": count,
        "seen": None if count is None else f"seen {count:,} time{'' if count == 1 else 's'}",
        "evidence": register.note(data.get("evidence", ())),
    }
    return _filled(values)


def _path(
    path: CareerPath, number: dict[str, int], edges: list[dict[str, Any]], register: _Register
) -> dict[str, Any]:
    moves = {(edge["from"], edge["to"]): at for at, edge in enumerate(edges) if edge["kind"] == "move"}
    ends = [(number[step.start.iri], number[step.goal.iri]) for step in path.steps]
    return {
        "nodes": [number[role.iri] for role in path.roles],
        "steps": [
            _filled({"edge": moves.get(pair), "evidence": register.note(step.evidence)})
            for pair, step in zip(ends, path.steps, strict=True)
        ],
        "by": clean(path.by),
        "cost": f"{path.cost:g}",
    }


def _stops(paths: Sequence[CareerPath], network: nx.MultiDiGraph[str]) -> list[str]:
    roles = [role for path in paths for role in path.roles]
    missing = [role.label for role in roles if role.iri not in network]
    if missing:
        raise UnknownName(missing[0], what="node of this network")
    return [role.iri for role in roles]


def _focus(focus: str | None, network: nx.MultiDiGraph[str]) -> str | None:
    if focus is None:
        return None
    entries = [
        Entry(node, data.get("kind", ""), data.get("label", ""), tuple(data.get("aliases", ())))
        for node, data in network.nodes(data=True)
    ]
    kinds = {entry.kind for entry in entries}
    try:
        return resolve(focus, entries, kinds - {"occupation"}).iri  # many have the name of a role
    except UnknownName:
        return resolve(focus, entries, kinds).iri


def _place(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every node its place, and return the headings of the lists that nodes form."""
    titles = {kind: style["many"] for kind, style in KINDS.items() if kind not in BOXED}
    placed = arrange(
        [(node["group"], node["label"]) for node in nodes],
        [(edge["from"], edge["to"], edge["kind"]) for edge in edges],
        titles,
    )
    kind_of = {title: kind for kind, title in titles.items()}
    headings = []
    for item in placed:
        place = {"x": round(item.x), "y": round(item.y), "side": item.side, "lines": list(item.lines)}
        if item.node is None:
            headings.append({**place, "kind": kind_of[item.lines[0]]})
        else:
            nodes[item.node] |= {**place, "w": round(item.width), "h": round(item.height)}
    return headings
