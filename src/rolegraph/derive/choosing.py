"""Which of the similar roles a move leads to: level and pay beside similarity. Plain values, no RDF."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError
from rolegraph.pay import pay_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolegraph.model import Pay

#: A place in the list of roles, and how similar the role there is.
Neighbour = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a move must meet.

    similarity: from which on a move is viable; high_similarity: from which on it is highly viable; both are
    above 0 and at most 1. coverage: which part of the goal's essential skills the start must have among its
    own, where any are known. level_change: by how many job zones, or levels, the roles may differ at most.
    pay_ratio: the part of the start's pay from which on a move is desirable, 0.75 being three quarters.
    most: how many moves may leave a role. desirable_only: keep only moves that are known to be desirable.

    Raises ParameterError for a figure out of its range.

    >>> Thresholds(most=3).similarity
    0.2
    """

    similarity: float = 0.2
    high_similarity: float = 0.4
    coverage: float = 0.1
    level_change: int = 1
    pay_ratio: float = 0.75
    most: int = 10
    desirable_only: bool = False

    def __post_init__(self) -> None:
        for name, least, largest in (
            ("similarity", 0.0001, 1.0),
            ("high_similarity", 0.0001, 1.0),
            ("coverage", 0.0, 1.0),
            ("level_change", 0, float("inf")),
            ("pay_ratio", 0, float("inf")),
            ("most", 1, float("inf")),
        ):
            value = getattr(self, name)
            if not least <= value <= largest or value == float("inf"):
                words = f"from {least:g}" + ("" if largest == float("inf") else f" to {largest:g}")
                raise ParameterError(f"{name} must be a number {words}, and not {value!r}.")

    def to_dict(self) -> dict[str, float]:
        """Give the figures by name, ready for JSON."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True, slots=True)
class RoleNeeds:
    """What a role needs, and where it stands; what nobody says is None or empty.

    named and rated: the weight of each skill, by its IRI, in the two facets of `similarity`. required: the
    skills that it cannot be had without. zone: the job zone, 1 to 5. levels: its place from the bottom in
    each order of levels, and on each ladder. lent: the occupations whose skills it has, itself if it is one.
    Between roles that have the skills of one occupation no move is derived: they are alike by that alone.
    """

    iri: str
    label: str
    named: dict[str, float]
    rated: dict[str, float]
    required: frozenset[str] = frozenset()
    pay: tuple[Pay, ...] = ()
    zone: int | None = None
    levels: dict[str, int] = field(default_factory=dict)
    lent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DerivedMove:
    """A move that skills suggest, with the numbers that it rests on; what is not known is None or empty.

    similarity: from 0 to 1. viability: "viable" or "highly viable". essential: how many skills the goal
    cannot be had without; shared: how many of them the start has among its own, None if no source names one
    of its own. zone_change, level_change:
    the goal's less the start's. pay_ratio: the goal's pay as a part of the start's; pay_basis: which figures
    were compared. desirable: whether that ratio is high enough.
    """

    start: str
    start_label: str
    goal: str
    goal_label: str
    similarity: float
    viability: str
    essential: int
    shared: int | None
    zone_change: int | None = None
    level_change: int | None = None
    pay_ratio: float | None = None
    pay_basis: str = ""
    desirable: bool | None = None

    @property
    def covered_percent(self) -> float | None:
        """The part of the goal's essential skills that the start has, in percent; None if not known."""
        if self.shared is None or not self.essential:
            return None
        return round(100 * self.shared / self.essential, 1)


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A role that has skills and that no move leaves, and why."""

    iri: str
    label: str
    reason: str


def choose(
    roles: Sequence[RoleNeeds], neighbours: Iterable[Sequence[Neighbour]], thresholds: Thresholds
) -> Iterator[DerivedMove | Unmoved]:
    """Give the moves out of every role in turn, the most similar goal first; or why there are none.

    neighbours: for each role those that are similar enough, the most similar first.
    """
    for start, near in zip(roles, neighbours, strict=True):
        similar = [item for item in near if start.lent.isdisjoint(roles[item[0]].lent)]
        covered = [item for item in similar if _covers(start, roles[item[0]], thresholds.coverage)]
        level = [item for item in covered if _within(start, roles[item[0]], thresholds.level_change)]
        chosen: list[DerivedMove] = []
        for place, similarity in level:
            if len(chosen) == thresholds.most:
                break
            move = _move(start, roles[place], similarity, thresholds)
            if move.desirable or not thresholds.desirable_only:
                chosen.append(move)
        yield from chosen
        if not chosen:
            yield Unmoved(start.iri, start.label, _reason((near, similar, covered, level), thresholds))


def _covers(start: RoleNeeds, goal: RoleNeeds, least: float) -> bool:
    """Tell whether the start has so much of what the goal cannot be had without, as far as that is known."""
    return not start.required or len(goal.required & start.required) >= least * len(goal.required)


def _within(start: RoleNeeds, goal: RoleNeeds, most: int) -> bool:
    """Tell whether neither job zone nor level is known to differ by more."""
    changes = (_change(start.zone, goal.zone), _level_change(start, goal))
    return all(change is None or abs(change) <= most for change in changes)


def _change(start: int | None, goal: int | None) -> int | None:
    return None if start is None or goal is None else goal - start


def _level_change(start: RoleNeeds, goal: RoleNeeds) -> int | None:
    """Give the greatest change in an order in which both have a place; two orders do not compare."""
    changes = [goal.levels[order] - place for order, place in start.levels.items() if order in goal.levels]
    return max(changes, key=lambda change: (abs(change), change), default=None)


def _move(start: RoleNeeds, goal: RoleNeeds, similarity: float, thresholds: Thresholds) -> DerivedMove:
    ratio, basis = _pay_ratio(start, goal)
    return DerivedMove(
        start.iri,
        start.label,
        goal.iri,
        goal.label,
        similarity,
        "highly viable" if similarity >= thresholds.high_similarity else "viable",
        len(goal.required),
        len(goal.required & start.required) if start.required else None,
        _change(start.zone, goal.zone),
        _level_change(start, goal),
        ratio,
        basis,
        None if ratio is None else ratio >= thresholds.pay_ratio,
    )


def _pay_ratio(start: RoleNeeds, goal: RoleNeeds) -> tuple[float | None, str]:
    """Give the goal's pay as a part of the start's and on what basis, where two figures may be compared."""
    change = pay_change(start.pay, goal.pay)
    if change.amount is None or change.start is None or change.goal is None:
        return None, ""
    periods = dict.fromkeys(filter(None, (change.start.period, change.goal.period)))
    basis = ", ".join(filter(None, (change.goal.basis, " and ".join(periods))))
    return round(change.goal.amount / change.start.amount, 2), basis


def _reason(left: tuple[Sequence[Neighbour], ...], thresholds: Thresholds) -> str:
    """Say at which threshold the last roles fell; left: those that met each of the first."""
    near, similar, covered, level = left
    if not similar:
        but = ", but for roles described as the same occupation" if near else ""
        return f"no other role is as similar as {thresholds.similarity:g}{but}"
    if not covered:
        return f"of no role as similar does it cover {thresholds.coverage:.0%} of the essential skills"
    if not level:
        steps = "level or job zone" if thresholds.level_change == 1 else "levels or job zones"
        return f"all roles that it could take up are more than {thresholds.level_change} {steps} away"
    return f"no role that it could take up is known to pay {thresholds.pay_ratio:.0%} of what it pays"
