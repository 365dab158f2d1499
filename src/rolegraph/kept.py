"""The moves between roles that an on-disk store keeps ready beside its statements.

Reading these from the statements takes seconds where there are many. The file is JSON and is made once, with
the store, which never changes. It holds what `projection.project_moves` gives.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from rolegraph.model import Evidence, Note, Pay

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

#: The file, in the folder of the store.
MOVES = "moves.kept"

#: A file of another edition is left alone, and the statements read instead.
EDITION = 1

_SHARED = [field.name for field in fields(Evidence) if field.name not in {"claim", "detail"}]
_EDGE = ("necessity", "share", "count")


def write_network(network: nx.MultiDiGraph[str]) -> bytes:
    """Write a network as `read_network` reads it. What many claims have in common is written once."""
    shared: dict[tuple[str, ...], int] = {}

    def common(item: Evidence) -> tuple[str, ...]:
        return tuple(getattr(item, name) for name in _SHARED)

    def evidence(items: Iterable[Evidence]) -> list[tuple[str, str, int]]:
        return [(item.claim, item.detail, shared.setdefault(common(item), len(shared))) for item in items]

    def figure(item: Pay | Note) -> list[Any]:
        values = [getattr(item, field.name) for field in fields(item)]
        return [evidence((value,)) if isinstance(value, Evidence) else value for value in values]

    number = {node: place for place, node in enumerate(network)}
    nodes = [
        (
            node,
            {name: value for name, value in data.items() if name not in {"pay", "notes", "evidence"}},
            [figure(item) for item in data["pay"]],
            [figure(item) for item in data["notes"]],
            evidence(data["evidence"]),
        )
        for node, data in network.nodes(data=True)
    ]
    edges = [
        (number[start], number[end], kind, [data[name] for name in _EDGE], evidence(data["evidence"]))
        for start, end, kind, data in network.edges(keys=True, data=True)
    ]
    content = {"edition": EDITION, "nodes": nodes, "edges": edges, "shared": list(shared)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read_network(content: bytes) -> nx.MultiDiGraph[str] | None:
    """Give the network that was kept; None where it is of another edition."""
    import networkx as nx  # noqa: PLC0415 - a quarter of a second that plain queries do without

    read = json.loads(content)
    if read.get("edition") != EDITION:
        return None
    shared = [dict(zip(_SHARED, values, strict=True)) for values in read["shared"]]

    def evidence(items: list[Any]) -> tuple[Evidence, ...]:
        return tuple(Evidence(claim, detail=detail, **shared[place]) for claim, detail, place in items)

    def figure(kind: type[Any], values: list[Any]) -> Any:
        given = dict(zip((field.name for field in fields(kind)), values, strict=True))
        return kind(**{**given, "evidence": evidence(given["evidence"])[0]})

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data, pay, notes, named in read["nodes"]:
        network.add_node(
            node,
            **{**data, "aliases": tuple(data["aliases"])},
            pay=tuple(figure(Pay, values) for values in pay),
            notes=tuple(figure(Note, values) for values in notes),
            evidence=evidence(named),
        )
    names = list(network)
    for start, end, kind, values, items in read["edges"]:
        data = dict(zip(_EDGE, values, strict=True))
        network.add_edge(names[start], names[end], key=kind, kind=kind, evidence=evidence(items), **data)
    return network
