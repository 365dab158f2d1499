"""Routes, as values: the path from role to role, and several paths weighed against each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rolegraph.model import Evidence, Role


def weakness(evidence: Sequence[Evidence], count: int | None = None) -> int:
    """Rank how weak the evidence of a move is, from 0 to 800; count says how often it was observed.

    Undoubted statements come first, then doubted ones, then observations (the more often seen the better),
    then what is derived, the editors' judgement or from no source.

    >>> from rolegraph.model import Evidence
    >>> weakness((Evidence("x:claim", "observed", "a census"),), 4)
    425
    """
    kinds = {item.kind for item in evidence}
    if "stated" in kinds:
        return 200 if all(item.doubt for item in evidence if item.kind == "stated") else 0
    return 400 + round(100 / (count or 1)) if "observed" in kinds else 800


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a path, with all that says it is possible.

    cost is in the unit of the path's measure, None where no source gives the figure; count says how often the
    move was observed.
    """

    start: Role
    goal: Role
    evidence: tuple[Evidence, ...]
    cost: float | None = 1.0
    count: int | None = None

    @property
    def weakness(self) -> int:
        """How weak the evidence is, see `weakness`."""
        return weakness(self.evidence, self.count)

    @property
    def strength(self) -> str:
        """What the move rests on at best, in words."""
        if not any(item.kind for item in self.evidence):
            return "no source"
        kinds = [item.kind for item in self.evidence]
        if "stated" in kinds:
            return "stated" if self.weakness == 0 else "stated, doubted"
        if "observed" in kinds:
            times = "once" if self.count == 1 else f"{self.count} times"
            return f"observed {times}" if self.count else "observed"
        return next(kind for kind in ("derived", "editorial") if kind in kinds)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The reasons that sources give to doubt this move."""
        return tuple(dict.fromkeys(item.doubt for item in self.evidence if item.doubt))

    def __str__(self) -> str:
        return f"{self.start.label} -> {self.goal.label}"


@dataclass(frozen=True, repr=False)
class CareerPath:
    """A route from one role to another: each role with its pay, each step with its evidence.

    by names the measure that `cost` sums up over the steps, in `unit`; "hops" counts moves. missing says how
    a figure that no source gives was counted: see `costs.MISSING`.
    """

    roles: tuple[Role, ...]
    steps: tuple[Step, ...]
    cost: float
    by: str = "hops"
    unit: str = "moves"
    missing: str = "skip"

    def __repr__(self) -> str:
        return f"<CareerPath {self} ({self.by}: {self.cost:g})>"

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the roles, from start to goal."""
        return tuple(role.label for role in self.roles)

    @property
    def weakest(self) -> Step | None:
        """The step of the weakest evidence, the first of such: a route is as strong as that."""
        return max(self.steps, key=lambda step: step.weakness, default=None)

    @property
    def unknown(self) -> tuple[Step, ...]:
        """The steps of which no source tells the cost."""
        return tuple(step for step in self.steps if step.cost is None)

    def __len__(self) -> int:
        return len(self.steps)

    def __str__(self) -> str:
        return " -> ".join(self.labels)

    def table(self) -> Table:
        """Give one row per role: the step taken to it, who says so, any doubt, and its pay with its basis."""
        rows = []
        for number, role in enumerate(self.roles):
            step = self.steps[number - 1] if number else None
            rows.append(
                (
                    number,
                    role.label,
                    "; ".join(str(pay) for pay in role.pay) or "no source gives a figure",
                    "; ".join(dict.fromkeys(item.kind for item in step.evidence)) if step else "",
                    " | ".join(str(item) for item in step.evidence) if step else "",
                    " | ".join(step.doubts) if step else "",
                )
            )
        return Table(("step", "role", "pay", "evidence", "source", "doubt"), tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Give the path as plain values, ready for JSON."""
        return {
            "roles": [asdict(role) for role in self.roles],
            "steps": [
                {
                    "from": step.start.iri,
                    "to": step.goal.iri,
                    "cost": step.cost,
                    "evidence": [asdict(item) for item in step.evidence],
                }
                for step in self.steps
            ],
            "by": self.by,
            "cost": self.cost,
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return f"{html_list(self.labels)}{self.table()._repr_html_()}"
