"""Routes over the moves of a network: the cheapest, the k cheapest, all, trade-offs between costs.

Routes of one cost go by the weakness of their evidence, then by the number of moves, then by the names of
their roles: every answer is determined, whatever the order of the data.
"""

from __future__ import annotations

import math
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from rolegraph import search, spurs
from rolegraph.carrying import BeyondLimit, CarryingSpurs, Journey, journey, staged
from rolegraph.costs import Additive, Carried, step_costs
from rolegraph.errors import LimitReached, NoPath, ParameterError
from rolegraph.frontier import frontier
from rolegraph.kits import BILLION
from rolegraph.moves import COST_SHIFT, shut
from rolegraph.network import role_of
from rolegraph.routes import CareerPath, Step, Tradeoffs, in_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.costs import Edge
    from rolegraph.moves import MoveGraph
    from rolegraph.search import Route

#: Routes that `all_paths` gives at most.
MOST_ROUTES = 10_000


def cheapest_path(moves: MoveGraph, start: str, goal: str) -> CareerPath:
    """Find the cheapest route between two roles, given by IRI, over moves weighed by `moves.move_graph`.

    Exact also for costs that are carried, such as the gap. O((roles + moves) log roles) for costs that add
    up.

    Raises NoPath, with what can be reached and from where the goal can be; LimitReached when the search
    would not end in reasonable time.
    """
    if not _plain(moves):
        found = k_cheapest_paths(moves, start, goal, 1)
        if found:
            return found[0]
    else:
        route = search.cheapest(moves.ahead, moves.back, moves.number[start], moves.number[goal])
        if route is not None:
            return _career_path(moves, route)
    raise _no_path(moves, start, goal)


def k_cheapest_paths(moves: MoveGraph, start: str, goal: str, k: int = 3) -> list[CareerPath]:
    """Find the k cheapest routes that visit no role twice, cheapest first; fewer where there are fewer.

    Exact for every cost; see `spurs.in_order`. O(k roles (roles + moves) log roles) at worst for costs that
    add up, and far less as a rule. A carried cost, or roles to pass on the way, can take exponential time.

    Raises ParameterError for k below 1; LimitReached when the search would not end in reasonable time, with
    the routes that are known by then and what any other costs at least.
    """
    if k < 1:
        raise ParameterError(f"k is {k}; at least one route must be asked for.")
    ends = moves.number[start], moves.number[goal]
    found: list[CareerPath] = []
    try:
        for _, route in islice(_in_order(moves, *ends), k):
            found.append(_career_path(moves, route))
    except BeyondLimit as beyond:
        least = in_unit((beyond.rank >> COST_SHIFT) / BILLION, moves.costs[0].unit)
        near = None if found else _by_pairs(moves, *ends)
        raise LimitReached(beyond.comparisons, least=least, found=found, near=near) from None
    return found


def _by_pairs(moves: MoveGraph, start: int, goal: int) -> CareerPath | None:
    """Give the route that is cheapest by pairs of roles; None if it breaks a rule.

    By pairs, one carries on only what the role before requires: that is no less than what the route costs.
    """
    needs = moves.still_needed(start)

    def price(role: int, following: int) -> int:
        return _price(moves, needs[following] & ~needs[role])

    ahead = [
        [(other, rank + price(role, other)) for other, rank in arcs] for role, arcs in enumerate(moves.ahead)
    ]
    back = [
        [(other, rank + price(other, role)) for other, rank in arcs] for role, arcs in enumerate(moves.back)
    ]
    route = search.cheapest(ahead, back, start, goal)
    most = len(moves.names) if moves.most is None else moves.most
    if route is None or not moves.via <= set(route) or len(route) > most + 1:
        return None
    return _career_path(moves, route)


def all_paths(moves: MoveGraph, start: str, goal: str) -> list[CareerPath]:
    """Find all routes that visit no role twice, cheapest first; a rule must limit the number of moves.

    Raises ParameterError where none does, LimitReached for more than MOST_ROUTES routes.
    """
    if moves.most is None:
        raise ParameterError("All routes are too many to list: limit their moves (--max-steps).")
    ends = moves.number[start], moves.number[goal]
    routes = list(islice(_walk(moves, *ends), MOST_ROUTES + 1))
    if len(routes) > MOST_ROUTES:
        raise LimitReached(MOST_ROUTES, "routes")
    return [
        _career_path(moves, route) for _, route in sorted((_rank(moves, route), route) for route in routes)
    ]


def tradeoffs(moves: MoveGraph, start: str, goal: str) -> Tradeoffs:
    """Find the routes of which none is beaten by another on every cost of `moves` at once.

    Of routes that cost the same in every respect, one is given. Exact; see `frontier.frontier`. There may be
    exponentially many: limit the number of moves where the graph is large.

    Raises LimitReached when the search would not end in reasonable time.
    """
    if len(moves.costs) < 2:  # noqa: PLR2004 - one cost is traded off against nothing
        raise ParameterError("A trade-off takes two costs or more.")
    begin, end = moves.number[start], moves.number[goal]
    plan = _journey(moves, begin, end)
    additive = [n for n, cost in enumerate(moves.costs) if isinstance(cost, Additive)]
    left = [staged(_backwards(moves, column), end, plan.pass_by) for column in range(len(additive))]
    found = frontier(plan, begin, moves.amounts, left, [kit.price for kit in moves.kits])
    carried = [n for n in range(len(moves.costs)) if n not in additive]
    order = [*additive, *carried]
    place = [order.index(n) for n in range(len(moves.costs))]
    found.sort(key=lambda item: ([item[0][n] for n in place], item[1]))
    return Tradeoffs(
        by=tuple(cost.name for cost in moves.costs),
        units=tuple(cost.unit for cost in moves.costs),
        paths=tuple(_career_path(moves, route) for _, route in found),
        totals=tuple(
            tuple(_total(moves, n, _names(moves, route)) for n in range(len(moves.costs)))
            for _, route in found
        ),
        marks=tuple(
            tuple(_mark(moves, cost, _names(moves, route)) for cost in moves.costs) for _, route in found
        ),
    )


def _mark(moves: MoveGraph, cost: Additive | Carried, names: Sequence[str]) -> str:
    """Say what is to be known of a total: how much no source tells, and whether it mixes unlike figures."""
    told = step_costs(cost, moves.network, names)
    unknown = told.count(None)
    words = [f"{in_unit(unknown, 'moves')} unknown"] if unknown else []
    if isinstance(cost, Additive) and cost.remark is not None:
        known = (pair for pair, each in zip(pairwise(names), told, strict=True) if each is not None)
        words += ["unlike pay"] if any(cost.remark(*pair, _edge(moves, *pair)) for pair in known) else []
    return ", ".join(words)


def _edge(moves: MoveGraph, start: str, goal: str) -> Edge:
    edge: Edge = moves.network.edges[start, goal, "move"]
    return edge


def _plain(moves: MoveGraph) -> bool:
    """Tell whether the cost of a route is the sum of its moves, and any number of moves will do."""
    return moves.most is None and not moves.via and not moves.kits


def _in_order(moves: MoveGraph, start: int, goal: int) -> Iterator[tuple[int, Route]]:
    if moves.via or moves.kits:
        carrying = CarryingSpurs(_journey(moves, start, goal), lambda things: _price(moves, things))
        return spurs.in_order(carrying, start)
    return spurs.cheapest_in_order(moves.ahead, moves.back, start, goal, moves.most)


def _journey(moves: MoveGraph, start: int, goal: int) -> Journey:
    needs = moves.still_needed(start) if moves.kits else [0] * len(moves.names)
    return journey(moves.ahead, moves.back, goal, needs=needs, via=moves.via - {start}, most=moves.most)


def _price(moves: MoveGraph, things: int) -> int:
    return sum(kit.price(things) for kit in moves.kits) << COST_SHIFT


def _backwards(moves: MoveGraph, column: int) -> list[list[tuple[int, int]]]:
    """Give the moves into every role, with what they cost in one of several costs."""
    back: list[list[tuple[int, int]]] = [[] for _ in moves.names]
    for role, (arcs, amounts) in enumerate(zip(moves.ahead, moves.amounts, strict=True)):
        for (other, _), costs in zip(arcs, amounts, strict=True):
            back[other].append((role, costs[column]))
    return back


def _walk(moves: MoveGraph, start: int, goal: int) -> Iterator[Route]:
    """Give all routes within the number of moves and by way of the roles to pass, in any order."""
    left = search.distances(search.uniform(moves.back), {goal: 0})
    most, via = moves.most or 0, moves.via
    waiting: list[Route] = [(start,)]
    while waiting:
        route = waiting.pop()
        if route[-1] == goal:
            if via <= set(route):
                yield route
            continue
        waiting.extend(
            (*route, other)
            for other, _ in moves.ahead[route[-1]]
            if len(route) + left[other] <= most and other not in route
        )


def _rank(moves: MoveGraph, route: Route) -> int:
    rank = sum(dict(moves.ahead[role])[other] for role, other in pairwise(route))
    needs = moves.still_needed(route[0])
    things = 0
    for role in route[1:]:
        things |= needs[role]
    return rank + _price(moves, things)


def _names(moves: MoveGraph, route: Sequence[int]) -> list[str]:
    return [moves.names[role] for role in route]


def _total(moves: MoveGraph, cost: int, names: Sequence[str]) -> float:
    """Give what a route costs by one of the costs; what no source tells counts as asked for."""
    told = step_costs(moves.costs[cost], moves.network, names)
    instead = (moves.worst[cost] or 0.0) if moves.missing == "worst" else 0.0
    return math.fsum(instead if each is None else each for each in told)


def _career_path(moves: MoveGraph, route: Route) -> CareerPath:
    names = _names(moves, route)
    roles = tuple(role_of(moves.network, name) for name in names)
    cost = moves.costs[0]
    steps = []
    for (start, goal), each in zip(pairwise(roles), step_costs(cost, moves.network, names), strict=True):
        edge = _edge(moves, start.iri, goal.iri)
        remark = cost.remark if isinstance(cost, Additive) else None
        words = remark(start.iri, goal.iri, edge) if remark else ""
        steps.append(Step(start, goal, edge["evidence"], each, edge.get("count"), words))
    return CareerPath(roles, tuple(steps), _total(moves, 0, names), cost.name, cost.unit, moves.missing)


def _no_path(moves: MoveGraph, start: str, goal: str) -> NoPath:
    begin, end = moves.number[start], moves.number[goal]

    def labels(found: set[int]) -> list[str]:
        return sorted(moves.network.nodes[moves.names[role]]["label"] for role in found)

    leading = search.reached(moves.back, end, moves.most) - {end}
    return NoPath(
        moves.network.nodes[start]["label"],
        moves.network.nodes[goal]["label"],
        reachable=labels(search.reached(moves.ahead, begin, moves.most) - {begin}),
        leading=labels(leading - shut(moves, leading - {begin})),
        rules=[rule.words for rule in moves.rules],
    )
