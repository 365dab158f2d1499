"""What is loaded: data sets with version and licence, counts, and how well each role is covered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rolegraph.names import shorten
from rolegraph.queries import named_query, projection_query
from rolegraph.resources import optional_names
from rolegraph.stores import ONTOLOGY_GRAPH
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.any_store import Store
    from rolegraph.labels import Entry


#: Column of the query `coverage` -> what it counts.
_COVERED = {
    "skills": "skills",
    "pay_figures": "pay",
    "education_claims": "education",
    "moves_in": "moves in",
    "moves_out": "moves out",
}


def inventory(store: Store, entries: Iterable[Entry]) -> Table:
    """Give one row per data set (its statements), per kind of thing, per class of claim, and per role.

    Columns: what, name, count, title, version, licence. Of a role the count is of its sources, and the title
    says how many skills, pay figures, statements on education and moves they give. Data sets that ship and
    are not loaded come last, without a count.
    """
    described = _described(store)
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
    for row in store.select(named_query("coverage").text):
        known = ", ".join(f"{words} {row[name].value}" for name, words in _COVERED.items())
        label = shorten(row["role"].value) if row["role_name"] is None else row["role_name"].value
        rows.append(("coverage", label, int(row["sources"].value), known, None, None))
    loaded = {row[1] for row in rows if row[0] == "data set"}
    rows += [
        ("not loaded", name, None, f"--data {name} loads it", None, None)
        for name in optional_names()
        if f"graph:{name}" not in loaded
    ]
    return Table(("what", "name", "count", "title", "version", "licence"), tuple(rows))


def _described(store: Store) -> dict[str, tuple[str | None, ...]]:
    """Give title, version and licence for each graph; where a graph holds several data sets, those of all."""
    found: dict[str, dict[str, tuple[str | None, ...]]] = {}
    for row in store.select(projection_query("data_sets")):
        graph, data_set, *words = (None if term is None else term.value for term in row)
        said = tuple(None if text is None else shorten(text) for text in words)
        found.setdefault(str(graph), {})[str(data_set)] = said
    return {
        graph: sets[graph] if graph in sets else tuple(map(_joined, zip(*sets.values(), strict=True)))
        for graph, sets in found.items()
    }


def _joined(words: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, words))) or None
