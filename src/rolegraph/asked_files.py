"""Files that a query names by FROM: read first, if they lie in a folder that may be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import QueryError
from rolegraph.query_guard import files_asked, path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.any_store import Store


def load_asked(store: Store, sparql: str, folders: Sequence[str | Path]) -> None:
    """Load each file that FROM <file:...> names into a graph of that name, which the query then finds.

    What does not lie in one of the folders, links followed, is left alone; the query is refused for it.

    Raises QueryError for a relative path, and where the data lies with another server; SourceError, with
    line and column, for a file that cannot be read.
    """
    if store.remote:
        if folders and files_asked(sparql):
            raise QueryError(
                "FROM <file:...> is refused: the data lies with another server, which does not have the file"
            )
        return
    roots = [Path(os.path.realpath(folder)) for folder in folders]
    for iri in dict.fromkeys(files_asked(sparql) if roots else ()):
        graph = ox.NamedNode(iri)
        path = Path(path_of(iri))
        if not path.is_absolute():
            raise QueryError(
                f"FROM <{iri}>: the path of a file must be whole, such as <file:///data/mine.ttl>"
            )
        real = Path(os.path.realpath(path))
        if any(real.is_relative_to(root) for root in roots) and not store.is_graph(iri):
            store.whole().load(real, graph=iri)
            store.whole().engine.add_graph(graph)  # also when the file holds nothing
