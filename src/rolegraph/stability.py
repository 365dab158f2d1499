"""How far to trust a route: is it still the best when costs are a little off, or a source is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from rolegraph.costs import COSTS, Additive, Carried, named_cost
from rolegraph.errors import NoPath, ParameterError
from rolegraph.kits import BILLION
from rolegraph.model import NO_SOURCE
from rolegraph.moves import move_graph
from rolegraph.paths import cheapest_path
from rolegraph.rules import MaxPayCut, MinPay, NoDegree
from rolegraph.search import reached
from rolegraph.shaking import shaken
from rolegraph.tables import Table, html_list
from rolegraph.without import without_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import networkx as nx
    import pandas as pd

    from rolegraph.model import Evidence
    from rolegraph.moves import MoveGraph
    from rolegraph.routes import CareerPath, Step

    Network = nx.MultiDiGraph[str]


@dataclass(frozen=True, slots=True)
class SourceEffect:
    """What becomes of the best route when a source, or a document that reports sources, is left out.

    path is the best route then, None where there is none; same: it is the same route (its cost may differ).
    lost are the steps that the best route can no longer take: no evidence of them is left, a rule forbids
    them then, or nobody tells what they cost where that has to be known.
    """

    source: str
    path: CareerPath | None
    same: bool
    lost: tuple[Step, ...] = ()

    def __str__(self) -> str:
        lost = f"; lost: {', '.join(map(str, self.lost))}" if self.lost else ""
        if self.path is None:
            return f"no route is left{lost}"
        return f"{'the same route' if self.same else f'best is {self.path}'}, {self.path.total}{lost}"


@dataclass(frozen=True, repr=False)
class Stability:
    """How often each route is best when costs change a little, and what becomes of it without a source.

    In each of `runs` runs every cost was changed by up to `jitter` of it, at random by `seed`; shares has the
    routes that were best in any, with the number of runs: the most often best first, then in the usual order
    of routes. sources has an effect for each source left out: first those that the best route hangs on,
    then those without which another is best, then the others; by name.
    """

    runs: int
    jitter: float
    seed: int
    best: CareerPath
    shares: tuple[tuple[CareerPath, int], ...]
    sources: tuple[SourceEffect, ...]

    @property
    def times(self) -> int:
        """In how many runs the best route was the best."""
        return sum(times for path, times in self.shares if path.roles == self.best.roles)

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The sources without which the best route is not possible, each by itself."""
        return tuple(effect.source for effect in self.sources if effect.lost)

    def __repr__(self) -> str:
        ends = f"{self.best.labels[0]} -> {self.best.labels[-1]}"
        return f"<Stability of {ends}: best in {self.times} of {self.runs}, hangs on {len(self.hangs_on)}>"

    def __str__(self) -> str:
        return f"{self.best}: {self.summary()}"

    def summary(self) -> str:
        """Say in a few sentences how often the best route stays the best, and which source it hangs on."""
        runs = f"{self.runs} run{'' if self.runs == 1 else 's'}"
        said = [f"Best in {self.times} of {runs} with every cost changed by up to {self.jitter * 100:g} %."]
        path, times = self.shares[0]
        if times > self.times:
            said.append(f"More often best, in {times}: {path}.")
        if self.best.steps and not self.best.cost:
            said.append("Its cost is 0, which a change by a part of it leaves as it is.")
        said.append(self._hanging())
        others = [effect.source for effect in self.sources if not effect.same and not effect.lost]
        if others:
            said.append(f"Another route is best without {' or without '.join(others)}.")
        return " ".join(said)

    def _hanging(self) -> str:
        if not self.sources:
            return "No source is named that it could hang on."
        if not self.hangs_on:
            return "It hangs on no single source."
        many = f"each of {len(self.hangs_on)} sources" if len(self.hangs_on) > 1 else "one source"
        return f"It hangs on {many}: {'; '.join(self.hangs_on)}."

    def table(self) -> Table:
        """Give a row per route of the runs, then one per source: what changed, times, route, total, lost."""
        rows: list[tuple[Any, ...]] = [
            (f"every cost by up to {self.jitter * 100:g} %", times, str(path), path.total, "")
            for path, times in self.shares
        ]
        for effect in self.sources:
            path = effect.path
            lost = "; ".join(map(str, effect.lost))
            rows.append((f"without {effect.source}", None, str(path or "none"), path and path.total, lost))
        return Table(("change", "times", "best route", "total", "lost"), tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Give all as plain values, ready for JSON; a route by the IRIs and names of its roles."""
        return {
            "runs": self.runs,
            "jitter": self.jitter,
            "seed": self.seed,
            "best": _plain(self.best),
            "shares": [{**_plain(path), "times": times} for path, times in self.shares],
            "sources": [
                {
                    "source": effect.source,
                    "best": effect.path and _plain(effect.path),
                    "same": effect.same,
                    "lost": [{"from": step.start.iri, "to": step.goal.iri} for step in effect.lost],
                }
                for effect in self.sources
            ],
            "hangs_on": list(self.hangs_on),
            "summary": self.summary(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list((self.summary(),)) + self.table()._repr_html_()


def _plain(path: CareerPath) -> dict[str, Any]:
    roles = [role.iri for role in path.roles]
    return {"roles": roles, "labels": list(path.labels), "by": path.by, "unit": path.unit, "cost": path.cost}


def stability(  # noqa: PLR0913 - a route has two ends, and each figure of the test can be chosen
    moves: MoveGraph,
    start: str,
    goal: str,
    *,
    runs: int = 100,
    jitter: float = 0.2,
    seed: int = 0,
    routes: int = 3,
) -> Stability:
    """Tell how often each route is best when costs are a little off, and what the best one hangs on.

    In each of `runs` runs every cost is multiplied by a factor of its own, evenly spread between 1 - jitter
    and 1 + jitter, and the cheapest route is searched in all moves: what a move costs, where the cost adds
    up over moves, and else what each thing costs, such as a skill. A cost of 0 stays 0. The factors depend on
    the seed, the run and the names (IRIs) of the roles or the thing, and on nothing else; routes that cost
    the same go by their evidence, as ever. start, goal: IRIs.

    Then each source is left out, one at a time, with all that it says, and the best route is searched in what
    remains: those of the moves of the best route and of the `routes` that were best most often, and those of
    the figures that the cost counts and the rules ask for, of all roles between start and goal.

    A run takes as long as the search of a cheapest route does; a cost that adds up is drawn for the moves
    that this search comes to, which is all of them only where a rule says what to pass or how many moves to
    take. A source takes O(network), as `moves.move_graph` does, and a search.

    Raises NoPath when there is no route; ParameterError for no runs, a jitter outside [0, 1), or moves that
    are weighed by several costs; LimitReached when a search would not end in reasonable time.

    >>> import rolegraph as rg
    >>> found = rg.open().stability("product developer", "CEO")
    >>> found.times, found.hangs_on
    (100, ('Coursera career guide: chief product officer',))
    """
    if runs < 1 or routes < 1:
        raise ParameterError(f"There must be at least one run and one route, and not {min(runs, routes)}.")
    if not 0 <= jitter < 1:
        raise ParameterError(f"Costs can change by a part of at least 0 and below 1, and not by {jitter:g}.")
    if len(moves.costs) != 1:
        raise ParameterError("A route is stable by one cost; it was asked for several.")
    best = cheapest_path(moves, start, goal)
    won: dict[tuple[str, ...], tuple[CareerPath, int]] = {}
    for changed in shaken(moves, start, runs=runs, jitter=jitter, seed=seed):
        path = _cheapest(changed, start, goal)
        roles = tuple(role.iri for role in path.roles)
        won[roles] = (path, won.get(roles, (path, 0))[1] + 1)
    shares = sorted(won.values(), key=lambda share: (-share[1], *_place(moves, share[0])))
    over = _cost_over(moves)
    sources = _sources(moves, (best, *(path for path, _ in shares[:routes])))
    effects = [_without(moves, best, source, over) for source in sources]
    effects.sort(key=lambda effect: (not effect.lost, effect.same, effect.source.casefold(), effect.source))
    return Stability(runs, jitter, seed, best, tuple(shares), tuple(effects))


def _cheapest(moves: MoveGraph, start: str, goal: str) -> CareerPath:
    """Find the cheapest route; first as if any number of moves, by way of any role, would do.

    That search sees a small part of the moves, and most often the route that it finds will do.
    """
    if isinstance(moves.costs[0], Additive):
        path = cheapest_path(replace(moves, rules=()), start, goal)
        passed = {moves.number[role.iri] for role in path.roles}
        if moves.via <= passed and (moves.most is None or len(path) <= moves.most):
            return path
    return cheapest_path(moves, start, goal)


def _place(moves: MoveGraph, path: CareerPath) -> tuple[object, ...]:
    """Give the place of a route in the usual order."""
    weakness = sum(step.weakness for step in path.steps)
    numbers = [moves.number[role.iri] for role in path.roles]
    return (round(path.cost * BILLION), weakness, len(path), numbers)


def _sources(moves: MoveGraph, paths: Sequence[CareerPath]) -> set[str]:
    """Give the sources, and the documents that report them, of routes and of what they are chosen by."""
    start, goal = (moves.number[role.iri] for role in (paths[0].roles[0], paths[0].roles[-1]))
    items = {item for path in paths for step in path.steps for item in step.evidence}
    for role in reached(moves.ahead, start) & reached(moves.back, goal):
        items.update(_grounds(moves, moves.names[role]))
    return {name for item in items for name in (item.source, item.document)} - {"", NO_SOURCE}


def _grounds(moves: MoveGraph, role: str) -> Iterator[Evidence]:
    """Give the evidence of what the cost counts, and the rules ask for, of a role."""
    cost = moves.costs[0].name
    kinds = {"gap": {"requires"}}.get(cost, set())
    kinds |= {"needs_degree"} if any(isinstance(rule, NoDegree) for rule in moves.rules) else set()
    pay = cost == "pay-cut" or any(isinstance(rule, (MinPay, MaxPayCut)) for rule in moves.rules)
    data = moves.network.nodes[role]
    if pay:
        yield from (item.evidence for item in data["pay"])
    if cost == "years":
        yield from (item.evidence for item in data["notes"] if item.years is not None)
    if kinds or pay or cost == "years":
        kinds |= {"described_as"}
        for _, _, kind, edge in moves.network.out_edges(role, keys=True, data=True):
            yield from edge["evidence"] if kind in kinds else ()
    # Whoever says that it is the same as another role, whose moves and figures it then has.
    for edges in (moves.network.out_edges, moves.network.in_edges):
        for _, _, kind, edge in edges(role, keys=True, data=True):
            yield from edge["evidence"] if kind == "matches" else ()


def _cost_over(moves: MoveGraph) -> Callable[[Network], Additive | Carried]:
    """Give what makes the cost over another network: a named one is made anew, another stays as it is."""
    cost = moves.costs[0]
    for mixed in (False, True) if cost.name in COSTS else ():
        make = partial(named_cost, cost.name, profile=moves.profile, allow_mixed=mixed)
        if _alike(moves, cost, make(moves.network)):
            return make
    return lambda _network: cost


def _alike(moves: MoveGraph, one: Additive | Carried, other: Additive | Carried) -> bool:
    """Tell whether two costs are the same, as far as these moves go."""
    if isinstance(one, Carried) or isinstance(other, Carried):
        return one == other
    ends = (
        (start, moves.names[n]) for start, arcs in zip(moves.names, moves.ahead, strict=True) for n, _ in arcs
    )
    edges = ((*pair, moves.network.edges[(*pair, "move")]) for pair in ends)
    return all(one.of(*move) == other.of(*move) for move in edges)


def _without(
    moves: MoveGraph, best: CareerPath, source: str, over: Callable[[Network], Additive | Carried]
) -> SourceEffect:
    """Tell what becomes of the best route without a source."""
    network = without_source(moves.network, source)
    try:
        left = move_graph(
            network, over(network), rules=moves.rules, missing=moves.missing, profile=moves.profile
        )
    except ParameterError:  # the worst figure is to be counted, and none is left
        return SourceEffect(source, None, same=False, lost=best.steps)
    open_to = {
        name: {left.names[n] for n, _ in arcs} for name, arcs in zip(left.names, left.ahead, strict=True)
    }
    lost = tuple(step for step in best.steps if step.goal.iri not in open_to[step.start.iri])
    try:
        path = cheapest_path(left, best.roles[0].iri, best.roles[-1].iri)
    except NoPath:
        return SourceEffect(source, None, same=False, lost=lost)
    same = [role.iri for role in path.roles] == [role.iri for role in best.roles]
    return SourceEffect(source, path, same, lost)
