"""Cytoscape JSON and node-link JSON, as JavaScript and networkx read them; a line for each node and edge."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rolegraph.exporters.flat import Flat


def write_cytoscape(flat: Flat, file: IO[bytes]) -> None:
    """Write Cytoscape JSON (CyJS): nodes have `name`, edges an `interaction` and an id of their own.

    `networkx.cytoscape_graph` reads it too; it wants `directed`, `multigraph`, and `value` in each node.

    https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html
    """
    head = {
        "format_version": "1.0",
        "generated_by": "rolegraph",
        "target_cytoscapejs_version": "~2.1",
        "data": {"name": "rolegraph", "shared_name": "rolegraph"},
        "directed": True,
        "multigraph": True,
    }
    labels = {row["id"]: row["label"] for row in flat.nodes}
    nodes = (
        {"data": {**row, "value": row["id"], "name": row["label"], "shared_name": row["label"]}}
        for row in flat.nodes
    )
    edges = (
        {
            "data": {
                "id": f"e{number}",
                **row,
                "key": row["kind"],
                "interaction": row["kind"],
                "shared_interaction": row["kind"],
                "name": f"{labels[row['source']]} ({row['kind']}) {labels[row['target']]}",
            }
        }
        for number, row in enumerate(flat.edges)
    )
    _write(head, "elements", {"nodes": nodes, "edges": edges}, file)


def write_node_link(flat: Flat, file: IO[bytes]) -> None:
    """Write node-link JSON, for `networkx.node_link_graph(data, edges="edges")`, D3 and the like.

    https://networkx.org/documentation/stable/reference/readwrite/json_graph.html
    """
    head = {"directed": True, "multigraph": True, "graph": {}}
    edges = ({**row, "key": row["kind"]} for row in flat.edges)
    _write(head, "", {"nodes": flat.nodes, "edges": edges}, file)


def _write(head: dict[str, Any], inside: str, lists: Mapping[str, Iterable[Any]], file: IO[bytes]) -> None:
    """Write an object of these members, then of lists: in it, or in an object of the name `inside`."""
    file.writelines(text.encode() for text in _parts(head, inside, lists))


def _parts(head: dict[str, Any], inside: str, lists: Mapping[str, Iterable[Any]]) -> Iterator[str]:
    yield "{\n"
    for name, value in head.items():
        yield f"{_text(name)}: {_text(value)},\n"
    yield f"{_text(inside)}: {{\n" if inside else ""
    for place, (name, items) in enumerate(lists.items()):
        yield ",\n" if place else ""
        yield f"{_text(name)}: ["
        for number, item in enumerate(items):
            yield f"{',' if number else ''}\n{_text(item)}"
        yield "\n]"
    yield "\n}}\n" if inside else "\n}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
