"""What a page knows in few bytes: rows instead of objects, and every text that recurs written once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The columns of packed evidence, nodes and edges; those marked hold the number of a text.
EVIDENCE = ("kind*", "text*", "url*", "doubt*", "qualifier*", "detail*", "via*", "source*")
NODES = (
    *("label", "group*", "space*", "name", "w", "h", "side", "lines"),
    *("evidence", "definition", "aliases", "pay", "notes"),
)
EDGES = ("from", "to", "kind*", "evidence", "necessity*", "share*", "seen*", "count")


@dataclass(frozen=True, slots=True)
class Packer:
    """Packs values into rows, and keeps the texts that the rows name by number; number 0 is no text."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def rows(self, columns: Sequence[str], values: Iterable[dict[str, Any]]) -> list[list[Any]]:
        """Give a row for each of the values, without the empty cells at its end.

        >>> packer = Packer()
        >>> packer.rows(("from", "kind*", "count"), [{"from": 7, "kind": "move"}, {"kind": "move"}])
        [[7, 1], [0, 1]]
        >>> packer.texts
        ['', 'move']
        """
        return [self._row(columns, value) for value in values]

    @property
    def texts(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self.numbers)

    def _row(self, columns: Sequence[str], value: dict[str, Any]) -> list[Any]:
        row = []
        for column in columns:
            cell = value.get(column.removesuffix("*"))
            if column.endswith("*"):
                cell = self.numbers.setdefault(cell or "", len(self.numbers))
            row.append(cell or 0)
        while row and not row[-1]:
            row.pop()
        return row


def split_iri(node: dict[str, Any]) -> dict[str, Any]:
    """Part the IRI of a node into what many share and its own name; leave out lines that are the label.

    >>> split_iri({"iri": "https://example.org/role/cto", "label": "CTO", "lines": ["CTO"]})
    {'label': 'CTO', 'space': 'https://example.org/role/', 'name': 'cto'}
    """
    iri = node["iri"]
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    kept = {name: value for name, value in node.items() if name != "iri"}
    if kept.get("lines") == [kept.get("label")]:
        del kept["lines"]
    return kept | {"space": iri[:cut], "name": iri[cut:]}


def packed(
    nodes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]], evidence: Sequence[dict[str, str]]
) -> dict[str, Any]:
    """Give nodes, edges and evidence as rows, with the names of the columns and the texts they number."""
    packer = Packer()
    return {
        "columns": {"nodes": NODES, "edges": EDGES, "evidence": EVIDENCE},
        "nodes": packer.rows(NODES, map(split_iri, nodes)),
        "edges": packer.rows(EDGES, edges),
        "evidence": packer.rows(EVIDENCE, evidence),
        "texts": packer.texts,
    }
