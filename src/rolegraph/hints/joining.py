"""The one move that is missing: which one joins what can be reached to what leads on to the goal."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from rolegraph.carrying import CarryingSpurs, journey
from rolegraph.costs import Additive, checked, gap
from rolegraph.errors import LimitReached
from rolegraph.hints.asking import counted
from rolegraph.hints.pairs import Sides, pairs_in_order
from rolegraph.model import Evidence
from rolegraph.network import role_of
from rolegraph.routes import Suggestion
from rolegraph.rules import EVIDENCE_KINDS, Only
from rolegraph.spurs import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import networkx as nx

    from rolegraph.costs import Carried, Edge
    from rolegraph.hints.asking import Asked
    from rolegraph.routes import CareerPath
    from rolegraph.rules import Rule

#: Pairs that are held against the rules, and moves that are tried by a search, the best first.
CHECKED, TRIED = 50_000, 10


def joined(asked: Asked, network: nx.MultiDiGraph[str]) -> Suggestion | None:
    """Give the move that no source tells of and that makes a route, of all such the cheapest.

    It leads from a role that can be reached (or the start) to one from which the goal can be (or the goal),
    and meets every rule. The one comes first that asks for the fewest skills which its first role does not
    require and the profile does not have; then the one with the shortest route; then by the names of its
    roles. Pairs with a role whose skills are unknown come last. `pairs` says which pairs are considered; of
    them the first CHECKED are held against the rules, and the first TRIED that meet them are searched.
    """
    edge = _stated(asked.moves.rules)
    sides = Sides.of(asked)
    needs = gap(network, asked.moves.profile, allow_mixed=False)
    names, meets = asked.moves.names, _test(asked, edge)
    fitting = (
        (names[start], names[goal])
        for start, goal in islice(pairs_in_order(sides, needs), CHECKED)
        if sides.fit(start, goal) and meets(names[start], names[goal])
    )
    for ends in islice(fitting, TRIED):
        route = _with_move(asked, ends, edge) if _is_loopless(asked, ends) else None
        if route is not None:
            return _suggestion(asked, ends, edge, route, needs)
    return None


def _stated(rules: Sequence[Rule]) -> Edge:
    """Give the data of a move that somebody states, or has in whichever way every rule asks for."""
    kinds = {kind: Evidence("", kind, "") for kind in ("stated", *EVIDENCE_KINDS)}
    wanted = [rule.evidence for rule in rules if isinstance(rule, Only)] or [EVIDENCE_KINDS]
    evidence = [next((item for kind, item in kinds.items() if kind in asked), None) for asked in wanted]
    told = tuple(dict.fromkeys(item for item in evidence if item is not None))
    return {"kind": "move", "evidence": told, "necessity": "", "share": None, "count": None}


def _test(asked: Asked, edge: Edge) -> Callable[[str, str], bool]:
    """Give what tells whether a move that is added may be taken: no rule forbids it, its figures are known.

    Where a rule or a cost of the user's own fails on it, nobody can tell, and it may not.
    """
    moves = asked.moves
    tests = [test for rule in moves.rules if (test := rule.test(moves.network, moves.profile)) is not None]
    priced = [cost.of for cost in moves.costs if isinstance(cost, Additive)]
    unknown = moves.missing == "ignore"

    def meets(start: str, goal: str) -> bool:
        try:
            told = [test(start, goal, edge) for test in tests]
            known = [checked(of, start, goal, edge) is not None for of in priced]
        except Exception:  # noqa: BLE001 - what a foreign function raises, nobody knows
            return False
        allowed = all(unknown if each is None else each for each in told)
        return allowed and (moves.missing != "skip" or all(known))

    return meets


def _is_loopless(asked: Asked, ends: tuple[str, str]) -> bool:
    """Tell whether a route that takes a move more visits no role twice, roles to pass among them.

    Without such roles it need not: leave a loop out, and the rest is a route. To tell is cheaper than to add
    the move and search anew.
    """
    moves = asked.moves
    if not moves.via:
        return True
    start, goal = (moves.number[end] for end in ends)
    ahead, back = [list(arcs) for arcs in moves.ahead], [list(arcs) for arcs in moves.back]
    ahead[start].append((goal, 1))
    back[goal].append((start, 1))
    begin, end = moves.number[asked.start], moves.number[asked.goal]
    nothing = [0] * len(moves.names)
    plan = journey(ahead, back, end, needs=nothing, via=moves.via - {begin}, most=moves.most)
    try:
        return next(in_order(CarryingSpurs(plan, lambda _: 0), begin), None) is not None
    except LimitReached:
        return False


def _with_move(asked: Asked, ends: tuple[str, str], edge: Edge) -> CareerPath | None:
    """Give the route that there is once a move is added; its step carries no evidence, for there is none."""
    network = asked.moves.network.copy()
    network.add_edge(*ends, key="move", **edge)
    route = asked.route(asked.weighed_anew(asked.moves.rules, network=network))
    if route is None:
        return None
    steps = (
        replace(step, evidence=()) if (step.start.iri, step.goal.iri) == ends else step
        for step in route.steps
    )
    return replace(route, steps=tuple(steps))


def _suggestion(
    asked: Asked, ends: tuple[str, str], edge: Edge, route: CareerPath, needs: Carried
) -> Suggestion:
    start, goal = (role_of(asked.moves.network, end) for end in ends)
    kinds = [item.kind for item in edge["evidence"]]
    sort = "move" if kinds == ["stated"] else f"{' and '.join(kinds)} move"
    words = (
        f"One {sort} more would join them: from {start} to {goal}, {_of_skills(asked, ends, needs)}."
        f" No source in the graph says that anyone makes it: {route}."
    )
    return Suggestion("move", words, route, start=start, goal=goal)


def _of_skills(asked: Asked, ends: tuple[str, str], needs: Carried) -> str:
    """Say how many skills a move asks for that one does not bring."""
    start, goal = ends
    wanted = needs.needs.get(goal)
    if wanted is None:
        return "of which no source names a skill"
    if not wanted:
        return "which requires no skill"
    brought = needs.had | needs.needs.get(start, frozenset())
    known_from = [asked.label(start)] * (start in needs.needs) + ["the profile"] * bool(needs.had)
    if not known_from:
        silent = f"no source names a skill of {asked.label(start)}"
        return f"which requires {counted(len(wanted), 'skill')}, while {silent}"
    missing, known = len(wanted - brought), len(wanted & brought)
    more = (
        f"{counted(missing, 'skill')} more {'is' if missing == 1 else 'are'}"
        if missing
        else "no skill more is"
    )
    told = (
        f"{known} of its {len(wanted)} {'is' if known == 1 else 'are'} known from {' or '.join(known_from)}"
    )
    return f"for which {more} required ({told})"
