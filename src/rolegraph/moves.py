"""The moves of a network, numbered and weighed once, so that many routes can be searched in them.

A role's number is its place by label, then by IRI. The rank of a move packs what routes are compared by into
one whole number, so that ranks add up without rounding: the cost, in billionths; then the weakness of the
evidence; then the number of moves. Costs that differ by less than a billionth are equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, TypedDict

from rolegraph.costs import MISSING, Additive, Carried, Cost, Edge, checked, named_cost
from rolegraph.errors import ParameterError
from rolegraph.kits import BILLION, Kit, packed
from rolegraph.model import Profile
from rolegraph.names import ROLE_KINDS, fold
from rolegraph.routes import weakness
from rolegraph.rules import Avoid, MaxSteps, MinPay, NoDegree, Rule, Via

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

#: Bits of a rank that count moves, and those that add up the weakness of evidence (up to 800 a move).
MOVE_BITS, WEAKNESS_BITS = 20, 30
COST_SHIFT = MOVE_BITS + WEAKNESS_BITS

#: Kinds of nodes that moves connect; nothing says what an unknown one is.
_ENDS = ROLE_KINDS | {"unknown"}


@dataclass(frozen=True)
class MoveGraph:
    """The allowed moves of a network under some costs and rules.

    names: the IRIs of the roles, by number; number: the other way round. ahead and back: for every role its
    moves out and in, as (the role at the other end, rank); the rank holds the cost where there is just one,
    that adds up. amounts: where there are several costs, what every move of `ahead` costs in each that adds
    up. needs: for every role the things that it needs, as bits; had: those that one has. kits: for each
    cost that is carried, the bits of its things and what one of them costs. worst: for each cost the
    dearest figure known. untold: for
    each cost how many moves lack a figure, of those that the rules allow; allowed: how many these are.
    """

    network: nx.MultiDiGraph[str]
    costs: tuple[Additive | Carried, ...]
    rules: tuple[Rule, ...]
    missing: str
    profile: Profile
    names: list[str]
    number: dict[str, int]
    ahead: list[list[tuple[int, int]]]
    back: list[list[tuple[int, int]]]
    amounts: list[list[tuple[int, ...]]]
    needs: list[int]
    had: int
    kits: tuple[Kit, ...]
    worst: tuple[float | None, ...]
    untold: tuple[int, ...]
    allowed: int

    @property
    def most(self) -> int | None:
        """The number of moves that a route may have; None where no rule limits it."""
        return min((int(rule.value) for rule in self.rules if isinstance(rule, MaxSteps)), default=None)

    @property
    def via(self) -> frozenset[int]:
        """The roles that a route must pass."""
        passed = (role for rule in self.rules if isinstance(rule, Via) for role in rule.roles)
        return frozenset(self.number[role] for role in passed)

    def still_needed(self, start: int) -> list[int]:
        """Give what every role needs of things that one does not have who sets out from `start`."""
        lacking = ~(self.had | (self.needs[start] & self.known))
        return [things & lacking for things in self.needs]

    @property
    def known(self) -> int:
        """The bits of the things that a source names, not of those that stand for what nobody tells."""
        return sum(bits for kit in self.kits for bits, _ in kit.named)


class Conditions(TypedDict, total=False):
    """What a question of routes may say besides its ends and its cost.

    rules: `avoid`, `via`, `only`, `max_steps`, `min_pay`, `max_pay_cut`, `no_degree`. missing: what becomes
    of a move whose figure no source gives: "skip" leaves it out (the default), "worst" counts the dearest
    figure known, "ignore" nothing. profile: what one has. allow_mixed: compare pay of unlike statistics,
    currencies or areas.
    """

    rules: Sequence[Rule]
    missing: str
    profile: Profile | None
    allow_mixed: bool


def shut(moves: MoveGraph, roles: Iterable[int]) -> set[int]:
    """Give those of the roles to which no move may lead, wherever it comes from."""
    rules = [rule for rule in moves.rules if isinstance(rule, (Avoid, MinPay, NoDegree))]
    tests = [rule.test(moves.network, moves.profile) for rule in rules]
    told = [cost.needs for cost in moves.costs if isinstance(cost, Carried) and moves.missing == "skip"]
    unknown = moves.missing == "ignore"
    found = set()
    for role in roles:
        name = moves.names[role]
        answers = [test("", name, {}) for test in tests]
        allowed = all(unknown if answer is None else answer for answer in answers)
        if not allowed or any(name not in needs for needs in told):
            found.add(role)
    return found


#: A move: its ends and its data.
Move = tuple[str, str, Edge]


def move_graph(
    network: nx.MultiDiGraph[str],
    costs: Cost | Sequence[Cost] = "hops",
    *,
    rules: Sequence[Rule] = (),
    missing: str = "skip",
    profile: Profile | None = None,
    allow_mixed: bool = False,
) -> MoveGraph:
    """Weigh the moves of a network by one cost, or several that are traded off; leave out forbidden ones.

    Only moves are searched: through a shared skill or a class, everything is two steps from everything.

    rules: conditions that every move must meet, their names resolved to IRIs. missing: what becomes of moves
    whose figure no source gives: "skip" leaves them out, "worst" counts the dearest figure known, "ignore"
    nothing. profile: what one has. allow_mixed: compare unlike pay.

    Raises ParameterError for an unknown cost, a cost below 0, or "worst" where no figure is known.

    >>> import rolegraph as rg
    >>> moves = move_graph(rg.open().network(), "gap")
    >>> moves.costs[0].unit
    'skills'
    """
    if missing not in MISSING:
        raise ParameterError(f"A missing figure is treated as {', '.join(MISSING)}, and not {missing!r}.")
    profile = profile or Profile()
    asked = [costs] if isinstance(costs, (str, Additive, Carried)) or callable(costs) else list(costs)
    named = tuple(named_cost(cost, network, profile, allow_mixed=allow_mixed) for cost in asked)
    moves = list(_allowed(network, rules, profile, missing=missing))
    columns = [_column(cost, moves) for cost in named]
    allowed, untold = len(moves), tuple(column.count(None) for column in columns)
    worst = tuple(_worst(cost, column) for cost, column in zip(named, columns, strict=True))
    if missing == "worst" and None in worst:
        name = named[worst.index(None)].name
        raise ParameterError(f"No source gives a figure for {name}, so there is no worst one to count.")
    if missing == "skip" and any(untold):
        known = [None not in values for values in zip(*columns, strict=True)]
        moves = list(compress(moves, known))
        columns = [list(compress(column, known)) for column in columns]
    names = _numbered(network)
    kits, needs, had = packed(named, names, worst if missing == "worst" else ())
    several = len(named) > 1
    number = {name: n for n, name in enumerate(names)}
    ahead, back, amounts = _linked(
        moves, _billionths(named, columns, worst, missing), number, several=several
    )
    return MoveGraph(
        network=network,
        costs=named,
        rules=tuple(rules),
        missing=missing,
        profile=profile,
        names=names,
        number=number,
        ahead=ahead,
        back=back,
        amounts=amounts,
        needs=needs,
        had=had,
        kits=kits,
        worst=worst,
        untold=untold,
        allowed=allowed,
    )


def _column(cost: Additive | Carried, moves: Sequence[Move]) -> list[float | None]:
    """Give what every move costs; of a carried cost only whether that is known."""
    if isinstance(cost, Carried):
        return [0.0 if goal in cost.needs else None for _, goal, _ in moves]
    return [checked(cost.of, *move) for move in moves]


def _billionths(
    costs: Sequence[Additive | Carried],
    columns: Sequence[Sequence[float | None]],
    worst: Sequence[float | None],
    missing: str,
) -> list[list[int]]:
    """Give the columns of the costs that add up in billionths, what is not known filled in."""
    found = []
    for cost, column, most in zip(costs, columns, worst, strict=True):
        if isinstance(cost, Additive):
            instead = (most or 0.0) if missing == "worst" else 0.0
            found.append([round((instead if value is None else value) * BILLION) for value in column])
    return found


def _linked(
    moves: Sequence[Move], columns: Sequence[Sequence[int]], number: Mapping[str, int], *, several: bool
) -> tuple[list[list[tuple[int, int]]], list[list[tuple[int, int]]], list[list[tuple[int, ...]]]]:
    """Give every role its moves out, its moves in, and what those out cost: one cost as part of the rank."""
    ahead: list[list[tuple[int, int]]] = [[] for _ in number]
    back: list[list[tuple[int, int]]] = [[] for _ in number]
    amounts: list[list[tuple[int, ...]]] = [[] for _ in number] if several else []
    single = columns[0] if columns and not several else None
    for n, (start, goal, edge) in enumerate(moves):
        one, other = number[start], number[goal]
        rank = weakness(edge["evidence"], edge.get("count")) << MOVE_BITS | 1
        if single is not None:
            rank |= single[n] << COST_SHIFT
        if several:
            amounts[one].append(tuple(column[n] for column in columns))
        ahead[one].append((other, rank))
        back[other].append((one, rank))
    return ahead, back, amounts


def _allowed(
    network: nx.MultiDiGraph[str], rules: Sequence[Rule], profile: Profile, *, missing: str
) -> Iterator[Move]:
    """Give the moves that every rule allows; those of unknown figure only where that is ignored.

    Data that does not conform to the shapes may have moves to skills and the like; nobody can take those.
    """
    tests = [test for rule in rules if (test := rule.test(network, profile)) is not None]
    unknown = missing == "ignore"
    kinds = network.nodes.data("kind")
    for start, ends in network.adjacency():
        if kinds[start] not in _ENDS:
            continue
        for goal, relations in ends.items():
            edge = relations.get("move")
            if edge is None or start == goal or kinds[goal] not in _ENDS:
                continue
            for test in tests:
                allowed = test(start, goal, edge)
                if not (unknown if allowed is None else allowed):
                    break
            else:
                yield start, goal, edge


def _numbered(network: nx.MultiDiGraph[str]) -> list[str]:
    """Give the roles in the order of their labels."""
    found = [
        (fold(data["label"]), data["label"], node)
        for node, data in network.nodes(data=True)
        if data["kind"] in _ENDS
    ]
    return [node for _, _, node in sorted(found)]


def _worst(cost: Additive | Carried, column: Sequence[float | None]) -> float | None:
    """Give the dearest figure known: of a move, or of what one role needs; None where none is known."""
    if isinstance(cost, Carried):
        return max((cost.price(things) for things in cost.needs.values()), default=None)
    return max((value for value in column if value is not None), default=None)
