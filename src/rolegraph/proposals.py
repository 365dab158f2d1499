"""Proposes links between data sets, each opened by itself; see `mapping` for the file that they go to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError, SourceError
from rolegraph.mapping import (
    HOW_TO_REVIEW,
    UNSPECIFIED,
    DataSet,
    MappingRow,
    MappingSet,
    is_mapping_file,
    propose,
    read_mappings,
)
from rolegraph.names import slug
from rolegraph.opening import CURATED, open_graph
from rolegraph.queries import projection_query
from rolegraph.stores import stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from rolegraph.role_graph import RoleGraph

#: What links can be proposed of.
LINKED_KINDS = ("role", "skill")


def propose_mappings(
    *sources: str | Path,
    known: Sequence[str | Path] = (),
    kinds: Collection[str] = LINKED_KINDS,
    opening: Callable[[str], RoleGraph] = open_graph,
) -> MappingSet:
    """Propose links between things of different data sets that have one name; none of them is accepted.

    sources: what `open` takes, each a data set of its own; one alone is compared with the graph that ships.
    known: mapping files whose rows are kept as they are, and not proposed again. Nor are things that the
    data links already. kinds: "role" (with roles and occupations) and "skill". opening: opens a data set.

    Raises ParameterError for no data set, or a kind that there is not; SourceError for what cannot be read;
    MappingError for a known file with mistakes.

    >>> propose_mappings("curated", "observed").rows
    ()
    """
    if unknown := sorted(set(kinds) - set(LINKED_KINDS)):
        raise ParameterError(f"Links are proposed of {' and '.join(LINKED_KINDS)}, and not of {unknown[0]}.")
    if not sources:
        raise ParameterError("Name a data set to link with the graph that ships, or several to link.")
    named = [str(source) for source in sources]
    if set(named) == {CURATED}:
        raise ParameterError("The graph that ships cannot be linked with itself: name another data set.")
    chosen = named if len(named) > 1 else [CURATED, *named]
    for source in filter(is_mapping_file, chosen):
        raise SourceError(source, "is a mapping file; --known keeps its rows (in Python, known=)")
    decided = MappingSet(())
    for file in known:
        found = read_mappings(file)
        decided = decided.joined(found)
    linked = {row.pair for row in decided.rows}
    data_sets = []
    for name, source in zip(_names(chosen), chosen, strict=True):
        graph = opening(source)
        data_sets.append(DataSet(name, tuple(graph.entries())))
        linked |= {
            frozenset((row["one"].value, row["other"].value))
            for row in graph.store.select(projection_query("linked"))
        }
    proposed: list[MappingRow] = propose(data_sets, linked, kinds)
    return MappingSet((*decided.rows, *proposed), {**_metadata(data_sets), **decided.metadata})


def _names(sources: Sequence[str]) -> list[str]:
    """Name every data set, as the graph that it would be read into, or as a folder of graphs."""
    return [
        f"graph:{slug(stem_of(Path(source)) if Path(source).is_file() else Path(source).name)}"
        for source in sources
    ]


def _metadata(data_sets: Sequence[DataSet]) -> dict[str, str]:
    names = [data_set.name.removeprefix("graph:") for data_set in data_sets]
    return {
        "mapping_set_id": f"https://w3id.org/rolegraph/graph/links-{'-'.join(names)}",
        "mapping_set_title": f"Links between {', '.join(names[:-1])} and {names[-1]}",
        "license": UNSPECIFIED,
        "mapping_tool": "rolegraph",
        "comment": HOW_TO_REVIEW,
    }
