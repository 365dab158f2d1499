"""Which pay figures may be compared, and what the difference is. Pure values, no graph."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from rolegraph.model import match_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.model import Pay

    Basis = tuple[str, str, str, str]


def basis_key(pay: Pay) -> Basis:
    """Give what must be alike for two figures to be compared: statistic, currency, interval, area.

    The period is no part of it: figures of two years may be compared, with the years beside them.
    """
    return (pay.statistic, pay.currency, pay.interval, pay.area)


@dataclass(frozen=True, slots=True)
class PayChange:
    """What a move does to pay: the two figures, and the difference where they may be compared.

    amount is the goal's figure less the start's, in their currency per their interval; None where there is
    none, and `reason` says why. mixed marks a difference of figures that are not alike (nothing is converted,
    so that it is hardly more than a hint); `reason` then names both bases.
    """

    start: Pay | None
    goal: Pay | None
    amount: float | None = None
    mixed: bool = False
    reason: str = ""

    @property
    def share(self) -> float | None:
        """The difference as a part of the start's figure: -0.25 is a quarter less."""
        if self.amount is None or self.start is None or not self.start.amount:
            return None
        return self.amount / self.start.amount

    @property
    def cut(self) -> float | None:
        """How much less the goal pays, 0 if it pays as much or more; None if nobody can tell."""
        return None if self.amount is None else max(0.0, -self.amount)

    def __str__(self) -> str:
        if self.amount is None or self.goal is None:
            return self.reason
        share = "" if self.share is None else f", {self.share:+.0%}"
        per = f"{self.goal.currency} per {self.goal.interval.lower()}"
        return f"{self.amount:+,.0f} {per}{share}" + (f" (mixed: {self.reason})" if self.mixed else "")


def pay_change(start: Sequence[Pay], goal: Sequence[Pay], *, allow_mixed: bool = False) -> PayChange:
    """Compare what two roles pay, by the two figures that match the roles best.

    Only figures alike in statistic, currency, interval and area are compared. Of several such pairs the one
    counts whose figures are best matched: said of the role itself, before said of an occupation that it
    matches exactly, closely, ambiguously, nearly; then medians before other statistics. Of several
    figures of one basis and one match the lower median is taken, which is a figure that somebody gave.

    allow_mixed compares unlike statistics, currencies and areas where no two figures are alike; the result
    is marked. An hour's pay and a year's are never subtracted, for nobody says how many hours are worked.

    >>> from rolegraph.model import Evidence, Pay
    >>> said = Evidence("x:claim", "stated", "a census")
    >>> cook = Pay(30000, "EUR", "median wage", "YEAR", "2025", "Harbour Town", said)
    >>> chef = Pay(45000, "EUR", "median wage", "YEAR", "2025", "Harbour Town", said)
    >>> print(pay_change((cook,), (chef,)))
    +15,000 EUR per year, +50%
    >>> pay_change((cook,), ()).reason
    'no source gives a figure for what the goal pays'
    """
    if not start or not goal:
        return PayChange(figure(start), figure(goal), reason=_lack(start, goal))
    before, after = _best_pair(start, goal)
    bases = f"{before.basis} and {after.basis}"
    if basis_key(before) == basis_key(after):
        return PayChange(before, after, after.amount - before.amount)
    if before.interval != after.interval:
        return PayChange(before, after, reason=f"cannot be subtracted: {bases}")
    if not allow_mixed:
        return PayChange(before, after, reason=f"not comparable: {bases}")
    return PayChange(before, after, after.amount - before.amount, mixed=True, reason=f"unlike: {bases}")


def figure(pay: Sequence[Pay], basis: Basis | None = None) -> Pay | None:
    """Give the figure that matches a role best, of all or of one basis; None where there is none.

    Medians come before other statistics, and of several alike the lower median is taken, as in `pay_change`.
    """
    best = _best_by_basis([item for item in pay if basis in {None, basis_key(item)}])
    return min(best.values(), key=_preference, default=None)


def _best_by_basis(pay: Sequence[Pay]) -> dict[Basis, Pay]:
    """Give the one figure of each basis: the best matched, and the lower median of such."""
    groups: dict[Basis, list[Pay]] = {}
    for item in pay:
        groups.setdefault(basis_key(item), []).append(item)
    best = {}
    for basis, items in groups.items():
        rank = min(match_rank(item.evidence) for item in items)
        alike = sorted((item for item in items if match_rank(item.evidence) == rank), key=_order)
        best[basis] = alike[(len(alike) - 1) // 2]
    return best


def _best_pair(start: Sequence[Pay], goal: Sequence[Pay]) -> tuple[Pay, Pay]:
    """Give a figure of each role: alike if any two are, else in one interval and currency; the best matched.

    The order is the same from either side, so that the way back is the way there with the sign turned.
    """

    def rank(pair: tuple[Pay, Pay]) -> tuple[object, ...]:
        one, other = pair
        unlike = [mine != yours for mine, yours in zip(basis_key(one), basis_key(other), strict=True)]
        matches = sorted((match_rank(one.evidence), match_rank(other.evidence)), reverse=True)
        return (any(unlike), unlike[2], unlike[1], matches, sorted(map(_preference, pair)))

    return min(product(_best_by_basis(start).values(), _best_by_basis(goal).values()), key=rank)


def _preference(pay: Pay) -> tuple[object, ...]:
    """Rank figures of different bases."""
    return (match_rank(pay.evidence), not pay.statistic.startswith("median"), basis_key(pay))


def _order(pay: Pay) -> tuple[object, ...]:
    """Order figures of one basis, whatever order they came in."""
    return (pay.amount, pay.period, pay.evidence.claim, pay.evidence.source, pay.evidence.via)


def _lack(start: Sequence[Pay], goal: Sequence[Pay]) -> str:
    if not start and not goal:
        return "no source gives a figure for what either pays"
    return f"no source gives a figure for what the {'goal' if start else 'start'} pays"
