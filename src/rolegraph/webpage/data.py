"""What the page knows: a network and paths as plain values, every text cleaned, every node in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rolegraph.errors import UnknownName
from rolegraph.labels import Entry, resolve
from rolegraph.names import fold, shorten
from rolegraph.tables import cell
from rolegraph.webpage.layout import arrange
from rolegraph.webpage.marks import BOXED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from rolegraph.model import CareerPath, Evidence, Pay

#: Kinds of nodes in the order of the legend: singular, plural, colour and shape. The colours are those of
#: Okabe and Ito, which people with colour-vision deficiencies can tell apart; no two kinds share a shape.
KINDS: dict[str, dict[str, str]] = {
    "role": {"one": "role", "many": "Roles", "color": "#0072B2", "shape": "round"},
    "group": {"one": "group of roles", "many": "Groups of roles", "color": "#56B4E9", "shape": "cut"},
    "skill": {"one": "skill", "many": "Skills", "color": "#009E73", "shape": "diamond"},
    "duty": {"one": "duty", "many": "Duties", "color": "#E69F00", "shape": "square"},
    "value": {"one": "value brought", "many": "Value brought", "color": "#F0E442", "shape": "star"},
    "degree": {"one": "degree", "many": "Degrees", "color": "#CC79A7", "shape": "triangle"},
    "subject": {"one": "subject", "many": "Subjects", "color": "#CC79A7", "shape": "triangleDown"},
    "certification": {
        "one": "certification",
        "many": "Certifications",
        "color": "#56B4E9",
        "shape": "hexagon",
    },
    "training": {"one": "training", "many": "Training", "color": "#56B4E9", "shape": "plus"},
    "organization": {"one": "organization", "many": "Organizations", "color": "#8C959F", "shape": "circle"},
    "unknown": {
        "one": "thing of unknown kind",
        "many": "Of unknown kind",
        "color": "#8C959F",
        "shape": "cross",
    },
}

#: Kinds of relations in the order of the legend: how they read from the start, and from the end.
RELATIONS: dict[str, tuple[str, str]] = {
    "move": ("can lead to", "can be reached from"),
    "requires": ("requires", "required of"),
    "has_duty": ("has the duty", "duty of"),
    "brings_value": ("brings value by", "value brought by"),
    "needs_degree": ("asks for", "asked of"),
    "holds_degree": ("people in it hold", "held by people who are"),
    "suggests_subject": ("suggests studying", "suggested for"),
    "suggests_credential": ("suggests", "suggested for"),
    "teaches": ("teaches", "taught by"),
    "issued_by": ("issued by", "issues"),
    "offered_by": ("offered by", "offers"),
    "member_of": ("belongs to", "includes"),
}


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page knows: nodes and edges go through pyvis, the rest beside them."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    headings: list[dict[str, Any]]
    evidence: list[dict[str, str]]
    paths: list[dict[str, Any]]
    focus: int | None


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


_EVIDENCE_PARTS = ("kind", "text", "url", "doubt", "qualifier", "detail")


def _texts(item: Evidence) -> tuple[str, ...]:
    parts = (item.kind, item, item.url, item.doubt, item.qualifier, item.detail)
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

    Nodes are numbered by kind, then by name.
    Raises UnknownName when a path or the focus names a node that the network lacks.
    """
    order = sorted(network, key=lambda node: _rank(node, network.nodes[node]))
    number = {node: index for index, node in enumerate(order)}
    register = _Register()
    nodes = [_node(node, network.nodes[node], register) for node in order]
    relations = sorted((number[start], number[end], key) for start, end, key in network.edges(keys=True))
    edges = [
        _edge(start, end, network.edges[order[start], order[end], key], register)
        for start, end, key in relations
    ]
    headings = _place(nodes, edges)
    shown = [_path(path, number, edges, register) for path in paths]
    return PageData(nodes, edges, headings, register.listed(), shown, _focus(focus, network, number))


def _rank(node: str, data: dict[str, Any]) -> tuple[int, str, str]:
    kinds = list(KINDS)
    kind = data.get("kind", "")
    return (kinds.index(kind) if kind in kinds else len(kinds), fold(data.get("label") or ""), node)


def _node(node: str, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    kind = data.get("kind", "")
    pay = [
        {"amount": _amount(pay), "basis": _basis(pay), "evidence": register.note([pay.evidence])}
        for pay in data.get("pay", ())
    ]
    notes = [
        {"kind": clean(note.kind), "text": clean(note.text), "evidence": register.note([note.evidence])}
        for note in data.get("notes", ())
    ]
    values = {
        "iri": clean(node),
        "label": clean(data.get("label") or shorten(node)),
        "group": kind if kind in KINDS else "unknown",
        "aliases": [clean(alias) for alias in data.get("aliases", ())],
        "definition": clean(data.get("definition", "")),
        "pay": pay,
        "notes": notes,
        "evidence": register.note(data.get("evidence", ())),
    }
    return _filled(values)


def _amount(pay: Pay) -> str:
    amount = f"{pay.amount:,.0f}" if pay.amount == int(pay.amount) else f"{pay.amount:,.2f}"
    return clean(f"{pay.currency} {amount} a {pay.interval.lower()}")


def _basis(pay: Pay) -> str:
    return clean(", ".join(part for part in (pay.statistic, pay.area, pay.period) if part))


def _edge(start: int, end: int, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    share = data.get("share")
    values = {
        "from": start,
        "to": end,
        "kind": clean(data.get("kind", "")) or "related",
        "necessity": clean(data.get("necessity", "")),
        "share": None if share is None else f"{share:g} %",
        "evidence": register.note(data.get("evidence", ())),
    }
    return _filled(values)


def _path(
    path: CareerPath, number: dict[str, int], edges: list[dict[str, Any]], register: _Register
) -> dict[str, Any]:
    missing = [role.label for role in path.roles if role.iri not in number]
    if missing:
        raise UnknownName(missing[0], what="node of this network")
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


def _focus(focus: str | None, network: nx.MultiDiGraph[str], number: dict[str, int]) -> int | None:
    if focus is None:
        return None
    entries = [
        Entry(node, data.get("kind", ""), data.get("label", ""), tuple(data.get("aliases", ())))
        for node, data in network.nodes(data=True)
    ]
    return number[resolve(focus, entries, {entry.kind for entry in entries}).iri]


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
