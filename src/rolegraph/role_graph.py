"""RoleGraph, the front door: resolves names, delegates, returns values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolegraph import labels
from rolegraph.errors import ParameterError, QueryError, SourceError
from rolegraph.queries import NamedQuery, ad_hoc_query, named_query, query_names
from rolegraph.resources import curated_files, ontology_file
from rolegraph.stores import FORMATS, MARKER, ONTOLOGY_GRAPH, LocalStore
from rolegraph.tables import Table
from rolegraph.terms import plain_value, to_terms

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from rolegraph.costs import Cost, Rule
    from rolegraph.labels import Entry
    from rolegraph.model import CareerPath, RoleCard, SkillGap
    from rolegraph.validation import ValidationReport

#: The name of the graph that ships with rolegraph, wherever a file may be named.
CURATED = "curated"


def open_graph(*sources: str | Path) -> RoleGraph:
    """Open the graph that ships with rolegraph, or your own data.

    Each source is a file (by its ending: .ttl .nt .nq .trig .rdf .jsonld), a folder of such files, an
    on-disk store that rolegraph wrote, or "curated" for the data that ships; several are joined, each in
    its own named graph.

    >>> open_graph().path("product developer", "CEO").labels
    ('product developer', 'chief product officer', 'chief executive officer')

    Raises SourceError, with line and column where they are known.
    """
    if len(sources) == 1 and (Path(sources[0]) / MARKER).is_file():
        return RoleGraph(LocalStore.open(sources[0]))
    store = LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value)
    taken: set[str] = {ONTOLOGY_GRAPH.value}
    for file in (file for source in sources or (CURATED,) for file in _files(source)):
        graph = store.free_graph_name(file.stem, taken)
        taken.add(graph)
        store.load(file, graph=graph)
    return RoleGraph(store)


def _files(source: str | Path) -> list[Path]:
    if str(source) == CURATED:
        return curated_files()
    if str(source).startswith(("http://", "https://")):
        raise SourceError(source, "remote endpoints cannot be opened yet; download the data as a file")
    path = Path(source)
    if (path / MARKER).is_file():
        raise SourceError(
            path, "is an on-disk store, which cannot be joined with other data; export it to a file first"
        )
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in FORMATS and file.is_file())
    if not found:
        raise SourceError(path, f"holds no RDF file ({' '.join(FORMATS)})")
    return found


class NamedQueries(Mapping[str, "BoundQuery"]):
    """The named queries by name; each can be called with its parameters.

    >>> len(open_graph().queries["skills_of_role"](role="CPO"))
    11
    """

    def __init__(self, graph: RoleGraph) -> None:
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

    def __init__(self, graph: RoleGraph, query: NamedQuery) -> None:
        self._graph = graph
        self.query = query
        self.__doc__ = query.description

    def __call__(self, **values: object) -> Table | bool | list[ox.Triple]:
        """Ask, with these parameters in place of the defaults.

        SELECT gives a Table, ASK True or False, CONSTRUCT and DESCRIBE a list of triples.
        """
        return self._graph.answer(self._graph.fill(self.query, values))

    def __repr__(self) -> str:
        parameters = ", ".join(parameter.name for parameter in self.query.parameters)
        return f"<query {self.query.name}({parameters}): {self.query.question}>"


class RoleGraph:
    """A graph of roles: look things up, ask in SPARQL, find routes and gaps, see who says so.

    Wherever a role is asked for, its name, an alias, a short name such as `role:product-manager` or its IRI
    will do.
    """

    def __init__(self, store: LocalStore) -> None:
        self.store = store
        self._entries: list[Entry] | None = None
        self._network: nx.MultiDiGraph[str] | None = None

    def __repr__(self) -> str:
        return f"<RoleGraph of {len(self.store):,} statements in {len(self.store.graphs())} graphs>"

    # -- look up --

    def entries(self) -> list[Entry]:
        """Give every named thing with its kind and names; read once."""
        if self._entries is None:
            self._entries = labels.read_entries(self.store)
        return self._entries

    def find(self, text: str, *, kind: str | None = None) -> Table:
        """Give the things whose name or alias contains `text`, best match first: name, kind, aliases, IRI."""
        if kind is not None and kind not in labels.KINDS:
            message = f"There is no kind {kind!r}; there are: {', '.join(labels.KINDS)}."
            raise ParameterError(message)
        found = labels.search(text, self.entries(), (kind,) if kind else ())
        return Table(
            ("name", "kind", "aliases", "iri"),
            tuple((entry.label, entry.kind, ", ".join(entry.aliases), entry.iri) for entry in found),
        )

    def nearest(self, text: str, *, kind: str | None = None) -> list[str]:
        """Give the names nearest to a misspelt one, nearest first."""
        return labels.suggest(text, [entry for entry in self.entries() if kind in {None, entry.kind}])

    def resolve(self, name: str, kinds: Sequence[str] | frozenset[str] = labels.ROLE_KINDS) -> str:
        """Give the IRI of the one thing of these kinds that has this name.

        Raises UnknownName with suggestions, AmbiguousName with candidates.
        """
        return labels.resolve(name, self.entries(), kinds).iri

    def role(self, name: str) -> RoleCard:
        """Give all that the graph says of a role."""
        from rolegraph.cards import role_card  # noqa: PLC0415 - networkx loads with it

        return role_card(self._projected(), self.resolve(name))

    def why(self, name: str, other: str | None = None) -> Table:
        """Give every source behind a role, or behind the relations between a role and another thing.

        Columns: relation, value, evidence, source, publisher, date, section, document, qualifier, doubt, url.
        """
        from rolegraph.cards import claims_between, claims_of  # noqa: PLC0415 - networkx loads with it

        every_kind = frozenset(entry.kind for entry in self.entries())
        if other is None:
            return claims_of(self._projected(), self.resolve(name, every_kind))
        return claims_between(
            self._projected(), self.resolve(name, every_kind), self.resolve(other, every_kind)
        )

    # -- ask --

    @property
    def queries(self) -> NamedQueries:
        """The named queries, callable with their parameters."""
        return NamedQueries(self)

    def fill(self, query: NamedQuery, values: Mapping[str, object]) -> str:
        """Give the SPARQL of a query with these values for its parameters; names stand for IRIs."""
        known = {parameter.name: parameter for parameter in query.parameters}
        terms = {
            name: to_terms(value, known[name], self.resolve) if name in known else ()
            for name, value in values.items()
        }
        return query.fill(terms)

    def select(self, sparql: str, **values: object) -> Table:
        """Ask a SELECT query; `values` replace what its `VALUES ?name { ... }` lines hold.

        IRIs come back as strings, literals as the Python values they stand for, unbound variables as None.

        Raises QueryError, with line and column for a syntax error.
        """
        answer = self.answer(self.fill(ad_hoc_query(sparql), values))
        if not isinstance(answer, Table):
            message = "this needs a SELECT query"
            raise QueryError(message)
        return answer

    def ask(self, sparql: str, **values: object) -> bool:
        """Ask an ASK query; see `select` for `values`."""
        answer = self.answer(self.fill(ad_hoc_query(sparql), values))
        if not isinstance(answer, bool):
            message = "this needs an ASK query"
            raise QueryError(message)
        return answer

    def construct(self, sparql: str, **values: object) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE query; see `select` for `values`."""
        answer = self.answer(self.fill(ad_hoc_query(sparql), values))
        if not isinstance(answer, list):
            message = "this needs a CONSTRUCT or DESCRIBE query"
            raise QueryError(message)
        return answer

    def answer(self, sparql: str) -> Table | bool | list[ox.Triple]:
        """Ask a query of any form that is complete: rows, yes or no, or triples."""
        import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

        result = self.store.query(sparql)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            return list(result)
        columns = tuple(variable.value for variable in result.variables)
        return Table(columns, tuple(tuple(plain_value(term) for term in row) for row in result))

    # -- travel --

    def path(
        self, start: str, goal: str, *, cost: str | Cost = "hops", rules: Sequence[Rule] = ()
    ) -> CareerPath:
        """Find the cheapest route between two roles.

        Raises NoPath when there is none that the rules allow; it says how far one can get.
        """
        from rolegraph.paths import cheapest_path  # noqa: PLC0415 - networkx loads with it

        return cheapest_path(self._projected(), *self._ends(start, goal), **self._how(cost, rules))

    def paths(
        self,
        start: str,
        goal: str,
        *,
        k: int = 3,
        cost: str | Cost = "hops",
        rules: Sequence[Rule] = (),
        max_steps: int | None = None,
    ) -> list[CareerPath]:
        """Find the k cheapest routes between two roles, cheapest first; an empty list when there is none."""
        from rolegraph.paths import k_cheapest_paths  # noqa: PLC0415 - networkx loads with it

        ends = self._ends(start, goal)
        return k_cheapest_paths(self._projected(), *ends, k=k, max_steps=max_steps, **self._how(cost, rules))

    def gap(self, start: str, goal: str) -> SkillGap:
        """Give what the goal needs that the start is not known to bring."""
        from rolegraph.gaps import skill_gap  # noqa: PLC0415 - networkx loads with it

        return skill_gap(self._projected(), *self._ends(start, goal))

    def network(self) -> nx.MultiDiGraph[str]:
        """Give the whole graph as a networkx graph of your own; `rolegraph.projection` says what it holds."""
        return self._projected().copy()

    def _projected(self) -> nx.MultiDiGraph[str]:
        if self._network is None:
            from rolegraph.projection import project  # noqa: PLC0415 - networkx loads with it

            self._network = project(self.store)
        return self._network

    def _ends(self, start: str, goal: str) -> tuple[str, str]:
        return self.resolve(start), self.resolve(goal)

    def _how(self, cost: str | Cost, rules: Sequence[Rule]) -> dict[str, Any]:
        from rolegraph.costs import named_cost  # noqa: PLC0415 - only routes need it

        return {"cost": named_cost(cost), "rules": [rule.resolved(self.resolve) for rule in rules]}

    # -- check, hand on --

    def info(self) -> Table:
        """Give the data sets with version, licence and statements, and counts of things and claims."""
        from rolegraph.inventory import inventory  # noqa: PLC0415 - only this needs it

        return inventory(self.store, self.entries())

    def validate(self) -> ValidationReport:
        """Check the data against the shapes that ship with rolegraph."""
        from rolegraph.validation import validate  # noqa: PLC0415 - rdflib loads with it

        return validate(self.store)

    def export(self, target: str | Path) -> Path:
        """Write the data to a file by its ending, whole or not at all."""
        from rolegraph.exporters import export  # noqa: PLC0415 - only this needs it

        return export(self.store, target)

    def rdflib(self) -> rdflib.Dataset:
        """Give a copy of all statements as an rdflib Dataset."""
        from rolegraph.rdflib_copy import copy_to_rdflib  # noqa: PLC0415 - rdflib loads with it

        return copy_to_rdflib(self.store)
