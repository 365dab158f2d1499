"""What would help where there is no route: a condition to relax, figures to do without, a move more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.hints.asking import Asked
from rolegraph.hints.joining import joined
from rolegraph.hints.relaxing import relaxed

if TYPE_CHECKING:
    import networkx as nx

    from rolegraph.moves import MoveGraph
    from rolegraph.routes import Suggestion

__all__ = ["suggestions"]


def suggestions(
    moves: MoveGraph, start: str, goal: str, network: nx.MultiDiGraph[str] | None = None, most: int = 3
) -> tuple[Suggestion, ...]:
    """Give changes of the question, or of the graph, after which there is a route: the smallest change first.

    First come rules to relax, with the strictest value that passes, then figures to do without; then the one
    move whose addition asks for the fewest new skills, which has the last place of `most`. Every suggestion
    has been tried: its `path` is what the search finds once it is applied. Where there is a route already,
    nothing is suggested. start and goal are IRIs; network: the whole network, where `moves` were weighed over
    one that does not hold skills.

    >>> import rolegraph as rg
    >>> from rolegraph.moves import move_graph
    >>> from rolegraph.rules import max_steps
    >>> role = "https://w3id.org/rolegraph/role/"
    >>> moves = move_graph(rg.open().network(), rules=[max_steps(1)])
    >>> found = suggestions(moves, f"{role}product-developer", f"{role}chief-executive-officer")
    >>> found[0].option
    '--max-steps 2'
    """
    asked = Asked.of(moves, start, goal)
    if most < 1 or asked.route(moves) is not None:
        return ()
    changes = relaxed(asked)
    move = joined(asked, moves.network if network is None else network)
    if move is None:
        return tuple(changes[:most])
    return (*changes[: most - 1], move) if most > 1 or not changes else (changes[0],)
