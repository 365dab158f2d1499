"""Compares two graphs: statement by statement, by what they mean, and by the routes that they give."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from rolegraph.changes.statements import Aligned
from rolegraph.changes.values import SECTIONS, Difference, Differences
from rolegraph.errors import ParameterError, UnknownName
from rolegraph.opening import open_graph
from rolegraph.role_graph import RoleGraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import networkx as nx

    from rolegraph.costs import Cost
    from rolegraph.moves import MoveGraph
    from rolegraph.stores import LocalStore

    Network = nx.MultiDiGraph[str]


class RoutesAsked(TypedDict, total=False):
    """Which routes are compared, and by what.

    by: what a route costs, as in `RoleGraph.path`; "hops" unless given. missing: what becomes of a move whose
    figure no source gives, as there. pairs: these (start, goal) only. starts: the routes from these roles to
    all others. Without pairs and starts, those between all roles, where that is not too many.
    """

    by: Cost
    missing: str
    pairs: Sequence[tuple[str, str]]
    starts: Sequence[str]


def diff(
    old: RoleGraph | str | Path,
    new: RoleGraph | str | Path,
    *,
    only: Sequence[str] = (),
    ignore_sources: bool = False,
    **routes: Unpack[RoutesAsked],
) -> Differences:
    """Compare two graphs, each opened already or whatever `rolegraph.open` takes.

    Two graphs are equal when they have the same statements, in whichever file formats and named graphs, and
    with whichever names for blank nodes. Where they are not, the answer says what that means: roles and other
    things, moves, requirements, other relations, pay and notes that are gained, lost or changed; and routes
    between roles of both graphs that are gained, lost, dearer or cheaper. A thing is the same where its IRI
    is. What is said of an occupation differs there, and not once more for each role that is described as it.

    only: the sections to compare (see `changes.SECTIONS`); all unless given. ignore_sources: do not compare
    who says so, nor statements as such. routes: see `RoutesAsked`.

    Raises SourceError, with line and column where they are known; ParameterError for a section or a cost that
    there is not, and for more routes than can be compared; UnknownName for a role that is not in both graphs;
    LimitReached for blank nodes that cannot be told apart, or a search of routes, that would take too long.

    >>> import rolegraph as rg
    >>> found = rg.diff("curated", rg.open(without_sources=["Glassdoor"]), only=["pay", "routes"])
    >>> print(found)
    pay 7 lost.
    """
    sections = _sections(only, ignore_sources=ignore_sources)
    one, other = (_at_hand(side if isinstance(side, RoleGraph) else open_graph(side)) for side in (old, new))
    aligned = Aligned(one.store.whole(), other.store.whole())
    if not aligned.lost and not aligned.gained:
        _named(one, other, routes)
        return Differences(sections)
    one, other = map(_graph, (one, other), aligned.stores())
    items: list[Difference] = []
    words = ""
    networks: list[Network] = []
    if set(sections) - {"routes", "statements"}:
        networks = _projected(one, other)
        items += _meaning(networks, sections, sources=not ignore_sources)
    if "routes" in sections:
        weighed = _weighed(one, other, routes, networks)
        found, words = _routes(weighed, _named(one, other, routes), required="routes" in only)
        items += found
    listed = "statements" in sections
    return Differences(
        sections, tuple(items), aligned.gained if listed else (), aligned.lost if listed else (), words
    )


def _at_hand(graph: RoleGraph) -> RoleGraph:
    """Give a graph whose statements are all at hand: of those that lie elsewhere a copy."""
    return RoleGraph(graph.store.whole()) if graph.store.remote else graph


def _graph(graph: RoleGraph, store: LocalStore) -> RoleGraph:
    return graph if graph.store is store else RoleGraph(store)


def _sections(only: Sequence[str], *, ignore_sources: bool) -> tuple[str, ...]:
    for name in only:
        if name not in SECTIONS:
            raise ParameterError(f"No part of a graph is called {name!r}; there are: {', '.join(SECTIONS)}.")
    if ignore_sources and not only:
        return tuple(name for name in SECTIONS if name != "statements")
    return tuple(name for name in SECTIONS if not only or name in only)


def _projected(*graphs: RoleGraph) -> list[Network]:
    from rolegraph.projection import project  # noqa: PLC0415 - networkx loads with it

    return [project(graph.store.whole(), inherited=False) for graph in graphs]


def _meaning(networks: Sequence[Network], sections: Sequence[str], *, sources: bool) -> Iterator[Difference]:
    from rolegraph.changes.meaning import differences  # noqa: PLC0415 - networkx loads with it

    wanted = {SECTIONS[name] for name in sections}
    return (item for item in differences(*networks, sources=sources) if item.what in wanted)


#: Costs that depend on nothing that a role inherits from an occupation.
_OF_MOVES = frozenset({"hops", "doubt"})


def _weighed(
    old: RoleGraph, new: RoleGraph, asked: RoutesAsked, networks: Sequence[Network]
) -> list[MoveGraph]:
    """Give the moves of both graphs, weighed; in networks that are there already, where these will do."""
    from rolegraph.moves import move_graph  # noqa: PLC0415 - networkx loads with it

    by, missing = asked.get("by", "hops"), asked.get("missing", "skip")
    if networks and isinstance(by, str) and by in _OF_MOVES:
        return [move_graph(network, by, missing=missing) for network in networks]
    return [graph.moves(by, missing=missing) for graph in (old, new)]


def _routes(
    weighed: Sequence[MoveGraph], asked: tuple[list[tuple[str, str]], list[str]], *, required: bool
) -> tuple[list[Difference], str]:
    """Give the routes that differ, and which were compared; required: to compare none is an error."""
    from rolegraph.changes.journeys import alike, common_roles, most_pairs, routes_changed  # noqa: PLC0415
    from rolegraph.changes.meaning import order  # noqa: PLC0415 - networkx loads with these

    before, after = weighed
    pairs, starts = asked
    common = common_roles(before, after)
    named = bool(pairs or starts)
    number = len(pairs) + len(starts if named else common) * max(0, len(common) - 1)
    most = most_pairs(after)
    cost = after.costs[0].name
    if alike(before, after):
        return [], f"by {cost}: the moves are the same in both graphs, and so are the routes"
    if number > most:
        words = f"{number:,} pairs of roles are too many to compare by {cost} ({most:,} at most)"
        if named or required:
            raise ParameterError(
                f"{words}. Name fewer: a start (--from ROLE), or both ends (--routes START GOAL)."
            )
        return [], f"not compared: {words}; name a start (--from ROLE) or both ends (--routes START GOAL)"
    asks = [([start], [goal]) for start, goal in pairs]
    asks += [(starts, common)] if starts else [] if named else [(common, common)]
    found = {(item.iri, item.other_iri): item for ask in asks for item in routes_changed(before, after, *ask)}
    return sorted(found.values(), key=order), f"by {cost}: {_scope(pairs, starts, common)}"


def _named(old: RoleGraph, new: RoleGraph, asked: RoutesAsked) -> tuple[list[tuple[str, str]], list[str]]:
    """Give the pairs of roles, and the starts, that routes are asked for between and from; by IRI."""
    pairs = [_ends(old, new, pair) for pair in asked.get("pairs", ())]
    starts = dict.fromkeys(_ends(old, new, asked.get("starts", ())))
    return [(start, goal) for start, goal in pairs], [*starts]


def _scope(pairs: Sequence[object], starts: Sequence[object], common: Sequence[object]) -> str:
    """Say which routes were compared."""
    words = [f"{len(pairs):,} pair{'' if len(pairs) == 1 else 's'} of roles"] if pairs else []
    if starts:
        words.append(f"from {len(starts):,} role{'' if len(starts) == 1 else 's'} to all others")
    return " and ".join(words) or f"between all {len(common):,} roles with moves that both graphs have"


def _ends(old: RoleGraph, new: RoleGraph, names: Sequence[str]) -> tuple[str, ...]:
    """Give the IRIs of roles that both graphs have, by their names in the new one, or else in the old one."""
    found = []
    for name in names:
        try:
            iri, other = new.resolve(name), old
        except UnknownName:
            iri, other = old.resolve(name), new
        if all(entry.iri != iri for entry in other.entries()):
            which = "old" if other is old else "new"
            note = f" It is only in one of the two graphs; the {which} one has no such IRI."
            raise UnknownName(name, note=note)
        found.append(iri)
    return tuple(found)
