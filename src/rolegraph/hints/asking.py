"""The question that had no answer, asked again with something changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolegraph.errors import LimitReached, NoPath
from rolegraph.moves import move_graph
from rolegraph.paths import cheapest_path
from rolegraph.rules import Avoid, MaxSteps, NoDegree, Via, avoid, no_degree, via

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx

    from rolegraph.costs import Cost
    from rolegraph.moves import MoveGraph
    from rolegraph.routes import CareerPath
    from rolegraph.rules import Rule


@dataclass(frozen=True)
class Asked:
    """A question of routes: the moves as weighed for it, its ends by IRI.

    rules are those of the question, each of one role or degree; weighed_before keeps what has been weighed,
    by the rules that keep moves out, and by what becomes of missing figures.
    """

    moves: MoveGraph
    start: str
    goal: str
    rules: tuple[Rule, ...]
    weighed_before: dict[tuple[frozenset[Rule], str], MoveGraph | None]

    @classmethod
    def of(cls, moves: MoveGraph, start: str, goal: str) -> Asked:
        """Take up the question that `moves` were weighed for."""
        rules = tuple(dict.fromkeys(part for rule in moves.rules for part in _parts(moves, rule)))
        return cls(moves, start, goal, rules, {(_sifting(rules), moves.missing): moves})

    def weighed(self, rules: Iterable[Rule], *, missing: str = "") -> MoveGraph | None:
        """Weigh the moves under other rules, or with other treatment of missing figures.

        None where a cost or a rule of the user's own fails on moves that were kept from it before.
        """
        kept = tuple(rules)
        key = _sifting(kept), missing or self.moves.missing
        if key not in self.weighed_before:
            self.weighed_before[key] = self.weighed_anew(kept, missing=missing)
        found = self.weighed_before[key]
        return None if found is None else replace(found, rules=kept)

    def weighed_anew(
        self,
        rules: Sequence[Rule],
        *,
        missing: str = "",
        costs: Sequence[Cost] = (),
        network: nx.MultiDiGraph[str] | None = None,
    ) -> MoveGraph | None:
        """Weigh the moves of another network, or by other costs; see `weighed`."""
        moves = self.moves
        try:
            return move_graph(
                moves.network if network is None else network,
                costs or moves.costs,
                rules=rules,
                missing=missing or moves.missing,
                profile=moves.profile,
            )
        except Exception:  # noqa: BLE001 - what a foreign function raises, nobody knows
            return None

    def route(self, moves: MoveGraph | None) -> CareerPath | None:
        """Give the cheapest route over weighed moves, None where there is none.

        Where the cheapest is too much to ask for, it is one of the best evidenced.
        """
        if moves is None:
            return None
        try:
            return cheapest_path(moves, self.start, self.goal)
        except NoPath:
            return None
        except LimitReached:
            return self.route(replace(moves, kits=())) if moves.kits else None

    def label(self, role: str) -> str:
        """Give the name of a role."""
        label: str = self.moves.network.nodes[role]["label"]
        return label


def _parts(moves: MoveGraph, rule: Rule) -> Iterator[Rule]:
    """Give a rule of several roles as rules of one each, which together say the same."""
    make = {Via: via, Avoid: avoid, NoDegree: no_degree}.get(type(rule))
    if make is None or len(rule.roles) == 1:
        yield rule
        return
    for role in rule.roles:
        yield replace(make(moves.network.nodes[role]["label"]), roles=(role,))


def _sifting(rules: Iterable[Rule]) -> frozenset[Rule]:
    """Give the rules that keep moves out; those on whole routes change nothing about the moves."""
    return frozenset(rule for rule in rules if not isinstance(rule, (Via, MaxSteps)))


def counted(number: int, thing: str) -> str:
    """Write a number of things.

    >>> counted(1, "move"), counted(1200, "move")
    ('1 move', '1,200 moves')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
