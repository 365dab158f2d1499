"""What is loaded: data sets with version and licence, and how many things of each kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rolegraph.names import shorten
from rolegraph.queries import projection_query
from rolegraph.stores import ONTOLOGY_GRAPH
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.labels import Entry
    from rolegraph.stores import LocalStore


def inventory(store: LocalStore, entries: Iterable[Entry]) -> Table:
    """Give one row per data set (its statements), then one per kind of thing, then one per class of claim.

    Columns: what, name, count, title, version, licence.
    """
    described = {
        row["graph"].value: tuple(None if term is None else shorten(term.value) for term in list(row)[1:])
        for row in store.select(projection_query("data_sets"))
    }
    rows: list[tuple[object, ...]] = []
    for graph, statements in store.graphs().items():
        what = "ontology" if graph == ONTOLOGY_GRAPH.value else "data set"
        rows.append((what, shorten(graph), statements, *described.get(graph, (None, None, None))))
    kinds = Counter(entry.kind for entry in entries)
    rows += [("kind", kind, count, None, None, None) for kind, count in sorted(kinds.items())]
    rows += [
        ("claims", shorten(row["class"].value), int(row["claims"].value), None, None, None)
        for row in store.select(projection_query("claims"))
    ]
    return Table(("what", "name", "count", "title", "version", "licence"), tuple(rows))
