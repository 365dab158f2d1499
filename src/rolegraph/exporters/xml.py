"""GraphML and GEXF, row by row; networkx would hold the whole document, and date it.

XML 1.0 has no means to write most control characters; each becomes U+FFFD.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from rolegraph.exporters.flat import EDGE_COLUMNS, NODE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.exporters.flat import Flat, Row

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Line ends and tabs are escaped too: a reader would make blanks of them in attributes.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escaped(value: object) -> str:
    """Write a value so that it can stand in an element or an attribute of XML 1.0.

    >>> escaped('a < "b"' + chr(7))
    'a &lt; &quot;b&quot;\N{REPLACEMENT CHARACTER}'
    """
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", str(value)).translate(_ESCAPES)


def write_graphml(flat: Flat, file: IO[bytes]) -> None:
    """Write GraphML 1.0; nodes go by their IRIs, and each edge has an id of its own, which Gephi needs.

    http://graphml.graphdrawing.org/specification.html
    """
    file.writelines(f"{line}\n".encode() for line in _graphml(flat))


def _graphml(flat: Flat) -> Iterator[str]:
    types = {str: "string", int: "long", float: "double"}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for what, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        for name, kind in columns.items():
            if name not in _ENDS:
                yield (
                    f'  <key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{types[kind]}"/>'
                )
    yield '  <graph edgedefault="directed">'
    for row in flat.nodes:
        yield f'    <node id="{escaped(row["id"])}">{_data("node", row)}</node>'
    for number, row in enumerate(flat.edges):
        ends = f'source="{escaped(row["source"])}" target="{escaped(row["target"])}"'
        yield f'    <edge id="e{number}" {ends}>{_data("edge", row)}</edge>'
    yield "  </graph>"
    yield "</graphml>"


#: What of a row says which node or edge it is.
_ENDS = frozenset({"id", "source", "target"})


def _data(what: str, row: Row) -> str:
    return "".join(
        f'<data key="{what}_{name}">{escaped(value)}</data>'
        for name, value in row.items()
        if name not in _ENDS
    )


def write_gexf(flat: Flat, file: IO[bytes]) -> None:
    """Write GEXF 1.3; the weight of an edge is its count, where there is one.

    https://gexf.net/
    """
    file.writelines(f"{line}\n".encode() for line in _gexf(flat))


def _gexf(flat: Flat) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield "  <meta><creator>rolegraph</creator></meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    types = {str: "string", int: "long", float: "double"}
    for what, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        yield f'    <attributes class="{what}" mode="static">'
        for name, kind in columns.items():
            if name not in _ENDS | {"label"}:
                yield f'      <attribute id="{what}_{name}" title="{name}" type="{types[kind]}"/>'
        yield "    </attributes>"
    yield "    <nodes>"
    for row in flat.nodes:
        named = f'id="{escaped(row["id"])}" label="{escaped(row["label"])}"'
        yield f"      <node {named}>{_values('node', row)}</node>"
    yield "    </nodes>"
    yield "    <edges>"
    for number, row in enumerate(flat.edges):
        relation = escaped(row["kind"])
        weight = f' weight="{float(row["count"])}"' if "count" in row else ""
        yield (
            f'      <edge id="e{number}" source="{escaped(row["source"])}" target="{escaped(row["target"])}"'
            f' label="{relation}" kind="{relation}"{weight}>{_values("edge", row)}</edge>'
        )
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _values(what: str, row: Row) -> str:
    values = "".join(
        f'<attvalue for="{what}_{name}" value="{escaped(value)}"/>'
        for name, value in row.items()
        if name not in _ENDS | {"label"}
    )
    return f"<attvalues>{values}</attvalues>"
