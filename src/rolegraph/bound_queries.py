"""Named queries together with the graph that they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from rolegraph.queries import NamedQuery, named_query, query_names

if TYPE_CHECKING:
    import pyoxigraph as ox

    from rolegraph.tables import Table


class Asked(Protocol):
    """What a graph must be able to do."""

    def fill(self, query: NamedQuery, values: Mapping[str, object]) -> str:
        """Give the SPARQL of a query with these values for its parameters."""

    def answer(self, sparql: str, *, trusted: bool = False) -> Table | bool | list[ox.Triple]:
        """Ask a query that is complete; a trusted one without limits."""


class NamedQueries(Mapping[str, "BoundQuery"]):
    """The named queries by name; each can be called with its parameters.

    >>> import rolegraph as rg
    >>> len(rg.open().queries["duties_of_role"](role="CPO"))
    8
    """

    def __init__(self, graph: Asked) -> None:
        self._graph = graph

    def __getitem__(self, name: str) -> BoundQuery:
        return BoundQuery(self._graph, named_query(name))

    def __iter__(self) -> Iterator[str]:
        return iter(query_names())

    def __len__(self) -> int:
        return len(query_names())

    def __repr__(self) -> str:
        return f"<{len(self)} named queries: {', '.join(self)}>"


class BoundQuery:
    """A named query together with the graph that it asks."""

    def __init__(self, graph: Asked, query: NamedQuery) -> None:
        self._graph = graph
        self.query = query
        self.__doc__ = query.description

    def __call__(self, **values: object) -> Table | bool | list[ox.Triple]:
        """Ask, with these parameters in place of the defaults.

        SELECT gives a Table, ASK True or False, CONSTRUCT and DESCRIBE a list of triples.
        """
        return self._graph.answer(self._graph.fill(self.query, values), trusted=True)

    def __repr__(self) -> str:
        parameters = ", ".join(parameter.name for parameter in self.query.parameters)
        return f"<query {self.query.name}({parameters}): {self.query.question}>"
