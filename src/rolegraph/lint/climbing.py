"""Rules on moves that lead up: circles, steps down, less pay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from rolegraph.lint.findings import Found
from rolegraph.lint.material import asserted, doubted
from rolegraph.lint.standing import FITS
from rolegraph.model import match_rank
from rolegraph.pay import pay_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolegraph.costs import Edge
    from rolegraph.lint.material import Material
    from rolegraph.lint.standing import Step

    #: A move that leads up as far as is known: its ends, its data, and what tells; None where nothing does.
    Climb = tuple[str, str, Edge, Step | None]


def climbs(material: Material) -> Iterator[Climb]:
    """Give the moves that lead up: by level, title or job zone; else those that somebody vouches for.

    Where all who vouch for a move of unknown direction are doubted, it is not taken to lead up.
    """
    for start, goal, edge in material.moves():
        step = material.standing.step(start, goal)
        if step is not None and step.sign > 0:
            yield start, goal, edge, step
        elif step is None and (said := asserted(edge)) and not doubted(said):
            yield start, goal, edge, None


def promotion_cycle(material: Material) -> Iterator[Found]:
    """Find moves that lead up and come back to where they began, once for all that are knotted together."""
    found = list(climbs(material))
    up: nx.DiGraph[str] = nx.DiGraph()
    up.add_edges_from((start, goal) for start, goal, _, _ in found)
    known = {(start, goal): step for start, goal, _, step in found if step is not None}
    edges = {(start, goal): edge for start, goal, edge, _ in found}
    for circle in nx.strongly_connected_components(up):
        if len(circle) == 1:
            continue
        inside = up.subgraph(circle)
        told = [pair for pair in known if pair[0] in circle and pair[1] in circle]
        cycle = _shortest_cycle(inside, told or inside.edges, material)
        evidence = tuple(item for pair in pairwise(cycle) for item in edges[pair]["evidence"])
        more = len(circle) - len(cycle) + 1
        others = f", and {more} more role{'s' if more > 1 else ''} lie on circles with these" if more else ""
        tells = next((f" ({known[pair].words})" for pair in pairwise(cycle) if pair in known), "")
        yield Found(
            cycle[0],
            f"Promotions lead in a circle: {' -> '.join(map(material.label, cycle))}{tells}{others}.",
            "Take out or doubt (rg:doubt) the move that leads down. If these are peers, give them one level"
            " (rg:LevelClaim).",
            cycle[1:-1],
            evidence,
            "" if any(known[pair].basis == "level" for pair in told) else "warning",
        )


def _shortest_cycle(
    graph: nx.DiGraph[str], through: Iterable[tuple[str, str]], material: Material
) -> tuple[str, ...]:
    """Give a shortest cycle that takes one of these edges; it begins at the role whose name comes first."""
    best: Sequence[str] = ()
    for start, goal in sorted(through):
        # A search that may not be longer than the best so far sees little of the graph.
        reach = nx.single_source_shortest_path(graph, goal, cutoff=len(best) - 2 if best else None)
        if start in reach and (not best or len(reach[start]) < len(best)):
            best = reach[start]
        if len(best) == 2:  # noqa: PLR2004 - there and back: nothing is shorter
            break
    first = min(range(len(best)), key=lambda n: (material.label(best[n]), best[n]))
    return (*best[first:], *best[: first + 1])


def level_inversion(material: Material) -> Iterator[Found]:
    """Find moves that somebody vouches for and that lead down."""
    for start, goal, edge in material.moves():
        said = asserted(edge)
        step = material.standing.step(start, goal) if said else None
        if step is None or step.sign >= 0:
            continue
        sure = step.basis == "level" and not doubted(said)
        doubt = f" Its doubt is noted: “{said[0].doubt.rstrip('.')}”." if doubted(said) else ""
        yield Found(
            start,
            f"The move to {material.label(goal)} leads down: from {step.words}.{doubt}",
            "Doubt the move (rg:doubt) or take it out if its source means a promotion; else the levels of the"
            " two roles are to be looked at."
            if not doubt
            else "Nothing, if the doubt says it all; else take the move out.",
            (goal,),
            said,
            "" if sure else "warning",
        )


def pay_inversion(material: Material) -> Iterator[Found]:
    """Find moves that lead up and pay less, on a like basis."""
    for start, goal, edge, step in climbs(material):
        one, other = (
            [pay for pay in material.network.nodes[node]["pay"] if match_rank(pay.evidence) <= FITS]
            for node in (start, goal)
        )
        change = pay_change(one, other)
        if not change.cut or change.start is None or change.goal is None:
            continue
        up = f"up ({step.words})" if step else "on"
        yield Found(
            start,
            f"The move to {material.label(goal)} leads {up} and pays less: {change}. {change.start} against"
            f" {change.goal}.",
            "Look at both figures and their dates; if they hold, the move may be none upwards.",
            (goal,),
            (*edge["evidence"], change.start.evidence, change.goal.evidence),
        )
