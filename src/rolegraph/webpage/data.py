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
from rolegraph.webpage.marks import BOXED, mark
from rolegraph.webpage.travel import travel_data
from rolegraph.webpage.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from rolegraph.model import Evidence, Pay
    from rolegraph.routes import CareerPath
    from rolegraph.webpage.marks import Mark


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page knows: every node and every edge, those that it draws at first before the others.

    drawn says how many of the nodes these are, and lines how many of the edges. around are the nodes that the
    drawn ones surround; it is empty where all is drawn. travel is what routes are searched in.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    drawn: int
    lines: int
    headings: list[dict[str, Any]]
    evidence: list[dict[str, str]]
    paths: list[dict[str, Any]]
    focus: int | None
    around: list[int]
    travel: dict[str, Any]


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


_EVIDENCE_PARTS = ("kind", "text", "url", "doubt", "qualifier", "detail", "via", "source")


def _texts(item: Evidence) -> tuple[str, ...]:
    parts = (item.kind, item, item.url, item.doubt, item.qualifier, item.detail, item.via, item.source)
    return tuple(cell(part) for part in parts)


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
    nodes = [_node(node, network.nodes[node], register) for node in order]
    edges = _edges(network, drawn, number, register)
    lines = drawn.number_of_edges()
    headings = _place(nodes[: len(drawn)], edges[:lines], _observed(drawn, number), _ranks(paths, number))
    for node in nodes[len(drawn) :]:
        node.update(_size(mark(0, node["group"], node["label"])))
    routes = [_path(path, number, edges, register) for path in paths]
    around = [] if len(drawn) == len(network) else [number[centre] for centre in centres]
    opened = None if chosen is None else number[chosen]
    return PageData(
        nodes=nodes,
        edges=edges,
        drawn=len(drawn),
        lines=lines,
        headings=headings,
        evidence=register.listed(),
        paths=routes,
        focus=opened,
        around=around,
        travel=travel_data(network, number),
    )


def _edges(
    network: nx.MultiDiGraph[str], drawn: nx.MultiDiGraph[str], number: dict[str, int], register: _Register
) -> list[dict[str, Any]]:
    """Give all relations by the numbers of their ends, those that are drawn before the others."""
    relations = sorted(
        (not drawn.has_edge(start, end, kind), number[start], number[end], kind, start, end)
        for start, end, kind in network.edges(keys=True)
    )
    return [
        _edge(one, other, network.edges[start, end, kind], register)
        for _, one, other, kind, start, end in relations
    ]


def _rank(node: str, data: dict[str, Any]) -> tuple[int, str, str]:
    kinds = list(KINDS)
    kind = data.get("kind", "")
    return (kinds.index(kind) if kind in kinds else len(kinds), fold(data.get("label") or ""), node)


def _node(node: str, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    pay = [_pay(pay, register) for pay in data.get("pay", ())]
    notes = [
        {"kind": cell(note.kind), "text": cell(note.text), "evidence": register.note([note.evidence])}
        for note in data.get("notes", ())
    ]
    kind = data.get("kind", "")
    values = {
        "iri": cell(node),
        "label": cell(data.get("label") or shorten(node)),
        "group": kind if kind in KINDS else "unknown",
        "aliases": [cell(alias) for alias in data.get("aliases", ())],
        "definition": cell(data.get("definition", "")),
        "pay": pay,
        "notes": notes,
        "evidence": register.note(data.get("evidence", ())),
    }
    return _filled(values)


def _pay(pay: Pay, register: _Register) -> dict[str, Any]:
    told = {"amount": _amount(pay), "basis": _basis(pay), "evidence": register.note([pay.evidence])}
    spread = _range(pay)
    return told | {"range": spread} if spread else told


def _amount(pay: Pay) -> str:
    interval = pay.interval.lower()
    return cell(f"{pay.currency} {_figure(pay.amount)} {'an' if interval == 'hour' else 'a'} {interval}")


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
    return cell(", ".join(part for part in (pay.statistic, pay.area, pay.period) if part))


def _edge(start: int, end: int, data: dict[str, Any], register: _Register) -> dict[str, Any]:
    share, count = data.get("share"), data.get("count")
    moved = "" if count is None else " of the moves out"
    values = {
        "from": start,
        "to": end,
        "kind": cell(data.get("kind", "")) or "related",
        "necessity": cell(data.get("necessity", "")),
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
        "by": cell(path.by),
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
    return resolve(focus, entries, {entry.kind for entry in entries}).iri


def _observed(drawn: nx.MultiDiGraph[str], number: dict[str, int]) -> dict[tuple[int, int], int]:
    """Give the moves that are only observed, with how often."""
    return {
        (number[start], number[end]): data.get("count") or 0
        for start, end, kind, data in drawn.edges(keys=True, data=True)
        if kind == "move" and {item.kind for item in data.get("evidence", ())} == {"observed"}
    }


def _ranks(paths: Sequence[CareerPath], number: dict[str, int]) -> list[list[int]]:
    return [[number[role.iri] for role in path.roles] for path in paths]


def _place(
    nodes: list[dict[str, Any]],
    edges: list[dict[str, Any]],
    seen: dict[tuple[int, int], int],
    routes: list[list[int]],
) -> list[dict[str, Any]]:
    """Give every node its place, and return the headings of the lists that nodes form."""
    titles = {kind: style["many"] for kind, style in KINDS.items() if kind not in BOXED}
    placed = arrange(
        [(node["group"], node["label"]) for node in nodes],
        [(edge["from"], edge["to"], edge["kind"]) for edge in edges],
        titles,
        seen=seen,
        routes=routes,
    )
    kind_of = {title: kind for kind, title in titles.items()}
    headings = []
    for item in placed:
        place = {"x": round(item.x), "y": round(item.y)}
        if item.node is None:
            headings.append({**place, "kind": kind_of[item.lines[0]], "side": item.side, "lines": item.lines})
        else:
            nodes[item.node] |= place | _size(item)
    return headings


def _size(item: Mark) -> dict[str, Any]:
    return {"side": item.side, "lines": list(item.lines), "w": round(item.width), "h": round(item.height)}
