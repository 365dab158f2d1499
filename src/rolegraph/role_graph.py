"""RoleGraph, the front door: resolves names, delegates, returns values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolegraph import labels
from rolegraph.errors import ParameterError, QueryError, SourceError
from rolegraph.queries import NamedQuery, ad_hoc_query, named_query, query_names
from rolegraph.resources import curated_files, ontology_file, optional_file
from rolegraph.shipped import read_shipped
from rolegraph.stores import FORMATS, MARKER, ONTOLOGY_GRAPH, LocalStore, format_of, stem_of
from rolegraph.tables import Table
from rolegraph.terms import plain_value, to_terms

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from rolegraph.costs import Cost, Rule
    from rolegraph.labels import Entry
    from rolegraph.model import RoleCard, SkillGap
    from rolegraph.routes import CareerPath
    from rolegraph.validation import ValidationReport

#: The name of the graph that ships with rolegraph, wherever a file may be named.
CURATED = "curated"


def open_graph(
    *sources: str | Path, only_sources: Sequence[str] = (), without_sources: Sequence[str] = ()
) -> RoleGraph:
    """Open the graph that ships with rolegraph, or your own data.

    Each source is a file (by its ending: .ttl .nt .nq .trig .rdf .jsonld) that may be gzipped, a folder of
    such files, an on-disk store that rolegraph wrote, "curated" for the data that ships, or the name of
    another data set that ships, such as "observed"; several are joined, each in its own named graph.

    only_sources and without_sources name publishers, documents or data sets ("ESCO 1.2", "Glassdoor", "S1",
    "observed-moves"): what others say, or what these say, is left out.

    >>> open_graph().path("product developer", "CEO").labels
    ('product developer', 'chief product officer', 'chief executive officer')

    Raises SourceError, with line and column where they are known; UnknownName for a source that there is not.
    """
    store = _opened(sources)
    if only_sources or without_sources:
        from rolegraph.sources import restricted  # noqa: PLC0415 - seldom needed

        store = restricted(store, only=only_sources, without=without_sources)
    return RoleGraph(store)


def _opened(sources: Sequence[str | Path]) -> LocalStore:
    if not sources or [*map(str, sources)] == [CURATED]:
        return read_shipped()
    if len(sources) == 1 and (Path(sources[0]) / MARKER).is_file():
        return LocalStore.open(sources[0])
    store = LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    taken: set[str] = {ONTOLOGY_GRAPH.value}
    shipped = curated_files()
    files = [file for source in sources for file in _files(source)]
    for file in files:
        graph = store.free_graph_name(stem_of(file), taken)
        taken.add(graph)
        store.load(file, graph=graph, trusted=file in shipped)
    return store


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
    if not path.exists() and (optional := optional_file(str(source))) is not None:
        return [optional]
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if format_of(file) is not None and file.is_file())
    if not found:
        raise SourceError(path, f"holds no RDF file ({' '.join(FORMATS)})")
    return found


class NamedQueries(Mapping[str, "BoundQuery"]):
    """The named queries by name; each can be called with its parameters.

    >>> len(open_graph().queries["duties_of_role"](role="CPO"))
    8
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
        self._move_network: nx.MultiDiGraph[str] | None = None

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

        cost is "hops" (moves), "gap" (skills to learn at each step, see `costs.pair_gap`) or a function.

        Raises NoPath when there is none that the rules allow; it says how far one can get.
        """
        from rolegraph.paths import cheapest_path  # noqa: PLC0415 - networkx loads with it

        network = self._to_search(cost)
        return cheapest_path(network, *self._ends(start, goal), **self._how(cost, rules, network))

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

        network, ends = self._to_search(cost), self._ends(start, goal)
        how = self._how(cost, rules, network)
        return k_cheapest_paths(network, *ends, k=k, max_steps=max_steps, **how)

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

    def _to_search(self, cost: str | Cost) -> nx.MultiDiGraph[str]:
        """Give a network to search routes in: only the moves of it, where the cost asks for no more."""
        if self._network is not None or cost != "hops":
            return self._projected()
        if self._move_network is None:
            from rolegraph.projection import project_moves  # noqa: PLC0415 - networkx loads with it

            self._move_network = project_moves(self.store)
        return self._move_network

    def _ends(self, start: str, goal: str) -> tuple[str, str]:
        return self.resolve(start), self.resolve(goal)

    def _how(self, cost: str | Cost, rules: Sequence[Rule], network: nx.MultiDiGraph[str]) -> dict[str, Any]:
        from rolegraph.costs import named_cost  # noqa: PLC0415 - only routes need it

        return {"cost": named_cost(cost, network), "rules": [rule.resolved(self.resolve) for rule in rules]}

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
