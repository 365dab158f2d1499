"""What every store can be asked, wherever its statements lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pyoxigraph as ox

    from rolegraph.stores import LocalStore, Result, Row


class Store(Protocol):
    """Statements in named graphs, and SPARQL over the union of them: a `LocalStore` or a `RemoteStore`."""

    @property
    def remote(self) -> bool:
        """Whether the statements lie with another server, so that each look at them takes a while."""

    @property
    def opens_files(self) -> bool:
        """Whether it opens files or connections while it is asked."""

    def query(self, sparql: str, services: Sequence[str] = ()) -> Result:
        """Run a SPARQL query over the union of all graphs, or over those that its FROM clauses name."""

    def select(self, sparql: str) -> ox.QuerySolutions:
        """Run a SELECT query; see `query`."""

    def rows(self, sparql: str) -> list[Row]:
        """Give each row of a SELECT query of rolegraph's own once, in any order."""

    def graphs(self) -> dict[str, int]:
        """Give the number of statements of each named graph by its IRI, sorted."""

    def is_graph(self, iri: str) -> bool:
        """Tell whether a named graph of this IRI is there."""

    def has(self, *terms: ox.NamedNode | ox.Literal | None) -> bool:
        """Tell whether there is a statement with this subject, predicate and object; None stands for any."""

    def said_of(self, things: Collection[object]) -> Iterable[ox.Quad]:
        """Give every statement of which one of these things is the subject."""

    def naming(self, things: Collection[ox.NamedNode]) -> Iterable[ox.Quad]:
        """Give every statement of which one of these things is the object."""

    def of_classes(self, classes: Collection[ox.NamedNode]) -> Iterable[ox.Quad]:
        """Give every statement of which something of one of these classes is the subject."""

    def described_in(self, *things: str) -> list[str]:
        """Give the short names of the graphs that describe these things."""

    def kept(self, name: str) -> bytes | None:
        """Give a file that was kept with the store; None where there is none."""

    def whole(self) -> LocalStore:
        """Give all statements at hand: the store itself, or a copy of what lies elsewhere."""

    def size(self) -> int | None:
        """Give how many statements there are as far as it is known; what changes it changes the store."""

    def freeze(self) -> None:
        """Take it as known that nothing changes any more."""
