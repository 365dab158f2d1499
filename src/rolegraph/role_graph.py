"""RoleGraph, the front door: resolves names, delegates, returns values."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Unpack

from rolegraph import labels
from rolegraph.bound_queries import NamedQueries
from rolegraph.errors import NoPath, ParameterError, QueryError
from rolegraph.names import ROLE_KINDS
from rolegraph.queries import NamedQuery, ad_hoc_query
from rolegraph.query_guard import may_search_paths
from rolegraph.store_names import StoreNames
from rolegraph.store_networks import StoreNetworks
from rolegraph.tables import Table
from rolegraph.terms import to_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from rolegraph.any_store import Store
    from rolegraph.costs import Cost
    from rolegraph.derive import Derivation, Thresholds, Watch
    from rolegraph.importers.reports import Report
    from rolegraph.labels import Entry
    from rolegraph.limits import Limits
    from rolegraph.lint import LintReport
    from rolegraph.model import Profile, RoleCard, SkillGap
    from rolegraph.moves import Conditions, MoveGraph
    from rolegraph.plans import RoutePlan
    from rolegraph.routes import CareerPath, Step, Tradeoffs
    from rolegraph.stability import Stability
    from rolegraph.validation import ValidationReport
    from rolegraph.worker import Worker


class RoleGraph:
    """A graph of roles: look things up, ask in SPARQL, find routes and gaps, see who says so.

    Wherever a role is asked for, its name, an alias, a short name such as `role:product-manager` or its IRI
    will do.

    With `limits`, SPARQL that is not one of the named queries is answered by another process, which is ended
    when it meets one of them, and at Ctrl-C.
    """

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        self.store = store
        self.limits = limits
        #: What there is to say of its files that is no error: one that adds nothing, links that lead nowhere.
        self.remarks: tuple[str, ...] = ()
        self._worker: Worker | None = None
        self._names = StoreNames(store)
        self._networks = StoreNetworks(store)

    def __repr__(self) -> str:
        if self.store.remote:
            return f"<RoleGraph of {self.store!r}>"
        return f"<RoleGraph of {self.store.size():,} statements in {len(self.store.graphs())} graphs>"

    def tell_work(self, busy: Callable[[str], AbstractContextManager[None]]) -> None:
        """Have this entered, with words for what is done, while something goes on that may take long."""
        self._names.busy = self._networks.busy = busy

    # -- look up --

    def entries(self) -> list[Entry]:
        """Give every named thing with its kind and names; read once."""
        return self._names.entries()

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

    def resolve(self, name: str, kinds: Sequence[str] | frozenset[str] = ROLE_KINDS) -> str:
        """Give the IRI of the one thing of these kinds that has this name.

        Of roles that a mapping holds to be the same, it is the first by IRI.

        Raises UnknownName with suggestions, AmbiguousName with candidates.
        """
        return self._names.resolve(name, kinds)

    def role(self, name: str) -> RoleCard:
        """Give all that the graph says of a role."""
        from rolegraph.cards import role_card  # noqa: PLC0415 - networkx loads with it

        role = self.resolve(name)
        return role_card(self._networks.around(role), role)

    def why(self, name: str, other: str | None = None) -> Table:
        """Give every source behind a role, or behind the relations between a role and another thing.

        Columns: relation, value, evidence, source, publisher, date, section, document, qualifier, doubt, url.
        The two sides of each contradiction come last, as rows of the relation "contradiction".
        """
        from rolegraph.cards import claims_between, claims_of  # noqa: PLC0415 - networkx loads with it

        one, *others = self._names.things(name, other)
        network = self._networks.around(one, *others)
        return claims_between(network, one, *others) if others else claims_of(network, one)

    def contradictions(self, name: str, other: str | None = None) -> Table:
        """Give what is said of a thing, or of two together, and does not go together, side by side.

        Columns: matter (degree, skill, pay, move), one, one_source, other, other_source.

        >>> import rolegraph as rg
        >>> rg.open().contradictions("CPO").column("other")
        ['associate degree (17 % have it)']
        """
        from rolegraph.contradictions import contradictions_of  # noqa: PLC0415 - networkx loads with it

        things = self._names.things(name, other)
        return contradictions_of(self._networks.around(*things), *things)

    def moves_between(self, name: str, other: str) -> tuple[Step, ...]:
        """Give the moves from one thing to another and back, with how strong the evidence of each is.

        >>> import rolegraph as rg
        >>> [step.strength for step in rg.open().moves_between("CPO", "VP of product")]
        ['stated, doubted']
        """
        from rolegraph.cards import moves_between  # noqa: PLC0415 - networkx loads with it

        one, another = self._names.things(name, other)
        return moves_between(self._networks.around(one, another), one, another)

    # -- ask --

    @property
    def queries(self) -> NamedQueries:
        """The named queries, callable with their parameters."""
        return NamedQueries(self)

    def fill(self, query: NamedQuery, values: Mapping[str, object]) -> str:
        """Give the SPARQL of a query with these values for its parameters; names stand for IRIs."""
        known = {parameter.name: parameter for parameter in query.parameters}
        terms = {
            name: to_terms(value, known[name], self.resolve, self._choices) if name in known else ()
            for name, value in values.items()
        }
        return query.fill(terms)

    def _choices(self, concept: str) -> dict[str, list[str]]:
        return labels.read_choices(self.store, concept)

    def select(self, sparql: str, **values: object) -> Table:
        """Ask a SELECT query; `values` replace what its `VALUES ?name { ... }` lines hold.

        IRIs come back as strings, literals as the Python values they stand for, unbound variables as None.

        Raises QueryError, with line and column for a syntax error; OverLimit where the graph has limits.
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

    def answer(self, sparql: str, *, trusted: bool = False) -> Table | bool | list[ox.Triple]:
        """Ask a complete query of any form: rows, yes or no, or triples; a trusted one without limits.

        Raises OverLimit, with as much of the answer as was allowed in `partial`.
        """
        if trusted or self.limits is None:
            from rolegraph.answers import plain  # noqa: PLC0415 - imports the engine

            return plain(self.store.query(self.expanded(sparql)))
        from rolegraph.worker import Worker  # noqa: PLC0415 - most graphs have no limits

        self._worker = self._worker or Worker(self.store)
        began = time.monotonic()
        sparql = self.expanded(sparql, limits=self.limits)
        return self._worker.answer(sparql, self.limits, spent=time.monotonic() - began)

    def expanded(self, sparql: str, services: Sequence[str] = (), limits: Limits | None = None) -> str:
        """Give a query as the store can answer it: each `SERVICE rolegraph:path { ... }` made into VALUES.

        docs/paths-in-sparql.md tells what may stand there. services: the hosts that other SERVICEs may ask.
        With limits, another process makes the searches, and is ended when it meets one of them.

        Raises QueryError, with line and column; LimitReached for a search that would take too long.
        """
        if not may_search_paths(sparql):
            return sparql
        from rolegraph import path_service  # noqa: PLC0415 - few queries search paths

        if limits is None:
            return path_service.expand(sparql, self, services)
        from rolegraph.worker import run_apart  # noqa: PLC0415 - most graphs have no limits

        began = time.monotonic()
        path_service.prepare(self)
        search, spent = partial(path_service.expand, sparql, self, services), time.monotonic() - began
        return run_apart(search, "The search of paths", limits, files=self.store.opens_files, spent=spent)

    # -- travel --

    def path(
        self, start: str, goal: str, *, cost: Cost = "hops", **conditions: Unpack[Conditions]
    ) -> CareerPath:
        """Find the cheapest route between two roles.

        cost is "hops" (moves), "gap" (skills to learn), "pay-cut", "years", "doubt", or a function of a move;
        see `costs`. conditions: see `Conditions`.

        Raises NoPath when there is none that the rules allow; it says how far one can get, and what would
        help, which is looked for once its message or its suggestions are asked for.
        """
        from rolegraph.paths import cheapest_path  # noqa: PLC0415 - networkx loads with it

        moves, ends = self.moves(cost, grounds=False, **conditions), self._ends(start, goal)
        try:
            return cheapest_path(moves, *ends)
        except NoPath as none:
            from rolegraph.hints import suggestions  # noqa: PLC0415 - needed only now

            raise none.with_suggestions(lambda: suggestions(moves, *ends, self._networks.skilled())) from None

    def paths(
        self, start: str, goal: str, *, k: int = 3, cost: Cost = "hops", **conditions: Unpack[Conditions]
    ) -> list[CareerPath]:
        """Find the k cheapest routes between two roles, cheapest first; an empty list when there is none."""
        from rolegraph.paths import k_cheapest_paths  # noqa: PLC0415 - networkx loads with it

        return k_cheapest_paths(self.moves(cost, grounds=False, **conditions), *self._ends(start, goal), k)

    def all_paths(
        self, start: str, goal: str, *, cost: Cost = "hops", **conditions: Unpack[Conditions]
    ) -> list[CareerPath]:
        """Find all routes between two roles, cheapest first; `max_steps` must be among the rules."""
        from rolegraph.paths import all_paths  # noqa: PLC0415 - networkx loads with it

        return all_paths(self.moves(cost, grounds=False, **conditions), *self._ends(start, goal))

    def tradeoffs(
        self, start: str, goal: str, *, by: Sequence[Cost] = ("gap", "hops"), **conditions: Unpack[Conditions]
    ) -> Tradeoffs:
        """Find the routes of which none is beaten by another on every cost at once."""
        from rolegraph.paths import tradeoffs  # noqa: PLC0415 - networkx loads with it

        return tradeoffs(self.moves(tuple(by), grounds=False, **conditions), *self._ends(start, goal))

    def stability(
        self,
        start: str,
        goal: str,
        *,
        runs: int = 100,
        jitter: float = 0.2,
        seed: int = 0,
        cost: Cost = "hops",
        **conditions: Unpack[Conditions],
    ) -> Stability:
        """Tell how often each route stays the best when costs are a little off, and what it hangs on.

        runs: how often every cost is changed by up to `jitter` (0.2 is 20 %) of it, at random but always in
        the same way.
        """
        from rolegraph.stability import stability  # noqa: PLC0415 - networkx loads with it

        moves = self.moves(cost, **conditions)
        return stability(moves, *self._ends(start, goal), runs=runs, jitter=jitter, seed=seed)

    def plan(self, path: CareerPath, profile: Profile | None = None) -> RoutePlan:
        """Tell for every step of a route what is first needed there, and what one brings by then."""
        from rolegraph.gaps import plan_route  # noqa: PLC0415 - networkx loads with it

        roles = [role.iri for role in path.roles]
        return plan_route(
            self._networks.whole() if profile else self._networks.around(*roles), roles, profile
        )

    def gap(self, start: str, goal: str, profile: Profile | None = None) -> SkillGap:
        """Give what the goal needs that the start, and the profile, are not known to bring."""
        from rolegraph.gaps import skill_gap  # noqa: PLC0415 - networkx loads with it

        ends = self._ends(start, goal)
        return skill_gap(self._networks.whole() if profile else self._networks.around(*ends), *ends, profile)

    def profile(self, file: str | Path) -> Profile:
        """Read what one person has from a YAML or Turtle file; `rolegraph profile --init` begins one.

        Raises ProfileError with all that is wrong in it, and where.
        """
        from rolegraph.profiles import read_pay_bases, read_profile  # noqa: PLC0415 - seldom needed

        return read_profile(file, self.entries(), read_pay_bases(self.store), one_name=self._one_name)

    def pay_statistics(self) -> list[str]:
        """Give the names of the statistics that pay may be measured by, such as "median wage"."""
        from rolegraph.profiles import read_pay_bases  # noqa: PLC0415 - seldom needed

        return [entry.label for entry in read_pay_bases(self.store) if entry.kind == "statistic"]

    def with_more(self, profile: Profile, name: str) -> Profile:
        """Give a profile with one skill, degree, certification or training more."""
        from rolegraph.profiles import adding  # noqa: PLC0415 - seldom needed

        return adding(profile, name, self.entries(), one_name=self._one_name)

    def _one_name(self) -> dict[str, str]:
        from rolegraph.network import one_name  # noqa: PLC0415 - networkx loads with it

        return one_name(self._networks.whole())

    def network(self) -> nx.MultiDiGraph[str]:
        """Give the whole graph as a networkx graph of your own; `rolegraph.projection` says what it holds."""
        return self._networks.whole().copy()

    def moves(
        self, cost: Cost | Sequence[Cost] = "hops", *, grounds: bool = True, **conditions: Unpack[Conditions]
    ) -> MoveGraph:
        """Give the moves as weighed for a question, for the functions of `paths`; the last ones are kept.

        grounds: whether `stability` is going to ask who says what the cost counts. Without it, the skills of
        a large graph are counted sooner.
        """
        rules = tuple(rule.resolved(self.resolve) for rule in conditions.get("rules", ()))
        return self._networks.weighed(cost, rules, conditions, grounds=grounds)

    def _ends(self, start: str, goal: str) -> tuple[str, str]:
        return self.resolve(start), self.resolve(goal)

    # -- derive --

    def derive_moves(self, thresholds: Thresholds | None = None, *, watch: Watch | None = None) -> Derivation:
        """Derive moves that nobody states from the skills that roles need; docs/derive.md says how.

        thresholds: what a move must meet, see `Thresholds`. watch: is told what is done, how much, and of how
        much.

        Raises MissingExtra when scipy is not installed.

        >>> import rolegraph as rg
        >>> rg.open().derive_moves(rg.Thresholds(similarity=0.5)).moves[0].goal_label
        'marketing manager'
        """
        from rolegraph.derive import derive_moves  # noqa: PLC0415 - only this needs it

        return derive_moves(self._networks.statements(), thresholds, watch)

    # -- check, hand on --

    def info(self) -> Table:
        """Give the data sets with version, licence and statements, and counts of things and claims."""
        from rolegraph.inventory import inventory  # noqa: PLC0415 - only this needs it

        return inventory(self.store, self.entries())

    def validate(self) -> ValidationReport:
        """Check the data against the shapes that ship with rolegraph."""
        from rolegraph.validation import validate  # noqa: PLC0415 - rdflib loads with it

        return validate(self._networks.statements())

    def lint(self, rules: Iterable[str] = (), without: Iterable[str] = ()) -> LintReport:
        """Look over the job architecture by the named rules, or by all: dead ends, inversions, lacks ...

        without: rules to leave out. `rolegraph.lint.RULES` lists the rules.

        Raises ParameterError for a rule that does not exist.

        >>> import rolegraph as rg
        >>> print(rg.open().lint(["level-inversion"]).findings[0].label)
        chief product officer
        """
        from rolegraph.lint import lint  # noqa: PLC0415 - networkx loads with it

        return lint(self._networks.statements(), self._networks.whole(), rules, without)

    def export(
        self,
        target: str | Path,
        as_: str | None = None,
        *,
        moves_only: bool = False,
        kinds: Sequence[str] = (),
    ) -> Path:
        """Write the data to a file, in the format of its ending or of the name `as_`, whole or not at all.

        RDF has every statement; graphml, gexf, cytoscape, node-link and csv have the network, or a part of
        it: the roles and their moves alone, or what is of these kinds. See `exporters.export`.
        """
        from rolegraph.exporters import export  # noqa: PLC0415 - only this needs it

        return export(self._networks.statements(), target, as_, moves_only=moves_only, kinds=kinds)

    def export_table(self, target: str | Path) -> Report:
        """Write roles, skills, moves, credentials and pay as CSV to a new folder; `import_table` reads it.

        Give the rows of each table, and what of the data has no room in tables.
        """
        from rolegraph.architecture.tabulating import export_table  # noqa: PLC0415 - only this needs it

        return export_table(self._networks.statements(), target)

    def rdflib(self) -> rdflib.Dataset:
        """Give a copy of all statements as an rdflib Dataset."""
        from rolegraph.rdflib_copy import copy_to_rdflib  # noqa: PLC0415 - rdflib loads with it

        return copy_to_rdflib(self._networks.statements())
