"""Routes, as values: the path from role to role, and several paths weighed against each other."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def in_unit(cost: float, unit: str) -> str:
    """Write a cost with its unit, for people to read: three digits, or whole from a thousand on.

    >>> in_unit(12.0, "skills"), in_unit(1, "moves"), in_unit(21000, "USD"), in_unit(0.69314, "nats")
    ('12 skills', '1 move', '21,000 USD', '0.693 nats')
    """
    whole = math.isfinite(cost) and (float(cost).is_integer() or abs(cost) >= 1000)  # noqa: PLR2004
    one = cost == 1 and unit.endswith("s")
    return f"{f'{cost:,.0f}' if whole else f'{cost:.3g}'} {unit[:-1] if one else unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a path, with all that says it is possible.

    cost is in the unit of the path's measure, None where no source gives the figure; remark says what else
    is to be known of the figure, or why there is none. count says how often the move was observed.
    """

    start: Role
    goal: Role
    evidence: tuple[Evidence, ...]
    cost: float | None = 1.0
    count: int | None = None
    remark: str = ""

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
        return f"<CareerPath {self} ({self.by}: {self.total})>"

    @property
    def total(self) -> str:
        """The cost in words, and of how many steps no source tells it: "12 skills, 1 step unknown"."""
        unknown = len(self.unknown)
        steps = f", {unknown} step{'' if unknown == 1 else 's'} unknown" if unknown else ""
        return in_unit(self.cost, self.unit) + steps

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
        """Give one row per role: its pay with its basis, and the step taken to it.

        Of the step: its evidence, who says so, any doubt, its cost in the unit of the path, if that is known,
        and how often it was observed.
        """
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
                    step.cost if step else None,
                    step.count if step else None,
                )
            )
        return Table(("step", "role", "pay", "evidence", "source", "doubt", "cost", "count"), tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Give the path as plain values, ready for JSON; `docs/path.schema.json` describes each."""
        weakest = self.weakest
        return {
            "roles": [asdict(role) for role in self.roles],
            "steps": [
                {
                    "from": step.start.iri,
                    "to": step.goal.iri,
                    "cost": step.cost,
                    "count": step.count,
                    "remark": step.remark,
                    "strength": step.strength,
                    "evidence": [asdict(item) for item in step.evidence],
                }
                for step in self.steps
            ],
            "by": self.by,
            "unit": self.unit,
            "cost": self.cost,
            "missing": self.missing,
            "unknown_steps": len(self.unknown),
            "weakest": weakest
            and {"from": weakest.start.iri, "to": weakest.goal.iri, "strength": weakest.strength},
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return f"{html_list(self.labels)}{self.table()._repr_html_()}"


@dataclass(frozen=True)
class Suggestion:
    """A change after which there is a route, `path`, and words that say both.

    kind is "relax" (rule, to change to value or to drop), "missing" (figures to do without) or "move" (one
    to add, from start to goal); option is what changes on the command line.
    """

    kind: str
    words: str
    path: CareerPath
    rule: str = ""
    option: str = ""
    value: float | None = None
    start: Role | None = None
    goal: Role | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the suggestion as plain values, ready for JSON."""
        return {
            "kind": self.kind,
            "words": self.words,
            "rule": self.rule,
            "option": self.option,
            "value": self.value,
            "from": self.start and self.start.iri,
            "to": self.goal and self.goal.iri,
            "path": self.path.to_dict(),
        }


@dataclass(frozen=True, repr=False)
class Tradeoffs:
    r"""Routes of which none beats another on every cost: each one is the choice of somebody.

    by names the costs and units says what each counts; totals has one row per path, in the order of by, and
    so has marks: what is to be known of a total, such as "2 moves unknown" or "unlike pay", or nothing.

    >>> from rolegraph.model import Role
    >>> stay = CareerPath((Role("x:cook", "cook"),), (), 0.0)
    >>> print(Tradeoffs(("hops", "gap"), ("moves", "skills"), (stay,), ((0.0, 0.0),)).table())
    | hops (moves) | gap (skills) | path |
    | --- | --- | --- |
    | 0 \* | 0 \* | cook |
    """

    by: tuple[str, ...]
    units: tuple[str, ...]
    paths: tuple[CareerPath, ...]
    totals: tuple[tuple[float, ...], ...]
    marks: tuple[tuple[str, ...], ...] = ()

    def __repr__(self) -> str:
        count = len(self.paths)
        return f"<Tradeoffs of {count} route{'' if count == 1 else 's'} by {', '.join(self.by)}>"

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[CareerPath]:
        return iter(self.paths)

    @property
    def best(self) -> tuple[tuple[int, ...], ...]:
        """The positions, from 0, of the routes that are the cheapest, for each cost: one or more."""
        columns = zip(*self.totals, strict=True) if self.totals else ((),) * len(self.by)
        return tuple(
            tuple(place for place, total in enumerate(column) if math.isclose(total, min(column)))
            for column in columns
        )

    def table(self) -> Table:
        """Give one row per route: its total for each cost, marked with * where none is less, its roles."""
        rows = tuple(
            (
                *(
                    in_unit(total, "") + (" *" if place in best else "") + (f" ({mark})" if mark else "")
                    for total, best, mark in zip(row, self.best, marks, strict=True)
                ),
                str(path),
            )
            for place, (row, path, marks) in enumerate(zip(self.totals, self.paths, self._marks, strict=True))
        )
        return Table(self._columns, rows)

    @property
    def _marks(self) -> tuple[tuple[str, ...], ...]:
        return self.marks or (("",) * len(self.by),) * len(self.paths)

    @property
    def _columns(self) -> tuple[str, ...]:
        named = zip(self.by, self.units, strict=True)
        return (*(f"{by} ({unit})" if unit not in {"", by} else by for by, unit in named), "path")

    def to_dict(self) -> dict[str, Any]:
        """Give the routes and what they cost as plain values, in the shape of `docs/path.schema.json`."""
        return {
            "paths": [path.to_dict() for path in self.paths],
            "tradeoffs": {
                "by": list(self.by),
                "units": list(self.units),
                "totals": [list(row) for row in self.totals],
                "best": [list(places) for places in self.best],
                "marks": [list(row) for row in self._marks],
            },
        }

    def to_frame(self) -> pd.DataFrame:
        """Give the columns of `table()` as a pandas DataFrame, the totals as numbers and without marks."""
        rows = tuple((*row, str(path)) for row, path in zip(self.totals, self.paths, strict=True))
        return Table(self._columns, rows).to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
