"""Plans, as values: what a route asks one to learn at each step, and what is there by then."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rolegraph.model import unknown_start
from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from rolegraph.model import Link, Role

#: What two plans are compared by, and the relation of a role that each counts.
_COUNTED = {
    "skills": "requires",
    "degrees": "needs_degree",
    "credentials": "suggests_credential",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A need that is met by the time one gets there, and by what.

    by is the earlier role of the route that first required the thing, "your profile", or the credential of
    the profile that teaches it.
    """

    link: Link
    by: str


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One role of a plan: what is first needed here, what is there already, what would only help.

    new is what the role requires and nothing before has brought; helpful is what it only prefers or suggests
    and one does not have. known tells whether some source names a skill of the role: where none does, what
    there is to learn is unknown, which is not the same as nothing.
    """

    role: Role
    known: bool
    new: tuple[Link, ...] = ()
    covered: tuple[Covered, ...] = ()
    helpful: tuple[Link, ...] = ()

    @property
    def state(self) -> str:
        """How it stands with what there is to learn: "unknown", "nothing new" or "to learn".

        Unknown is about the skills: a degree that a role of unknown skills requires is in `new` all the same.
        """
        if not self.known:
            return "unknown"
        return "to learn" if self.new else "nothing new"


@dataclass(frozen=True, repr=False)
class RoutePlan:
    """What a route asks one to learn, step by step, with what earlier roles and the profile bring.

    Nothing is counted twice: a need is new at the first step that requires it and covered at all later ones.
    start_known tells whether it is known what the start brings; teaches gives, by the IRI of a skill, the
    trainings and certifications that teach it.
    """

    start: Role
    steps: tuple[PlanStep, ...]
    start_known: bool
    teaches: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<RoutePlan {' -> '.join(self.labels)}: {self._counts()} to gain>"

    def __str__(self) -> str:
        return f"{' -> '.join(self.labels)}: {self.summary()}"

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the roles, from start to goal."""
        return (self.start.label, *(step.role.label for step in self.steps))

    @property
    def skills(self) -> int:
        """How many skills there are to learn on the whole route, as far as sources name them."""
        return self._count("skills")

    @property
    def degrees(self) -> int:
        """How many degrees there are to earn on the whole route."""
        return self._count("degrees")

    @property
    def credentials(self) -> int:
        """How many certifications and trainings there are to earn on the whole route."""
        return self._count("credentials")

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of the roles after the start of which no source names a skill, each once."""
        return tuple(dict.fromkeys(step.role.label for step in self.steps if not step.known))

    def _count(self, what: str) -> int:
        return sum(link.kind == _COUNTED[what] for step in self.steps for link in step.new)

    def _counts(self) -> str:
        words = (
            (self.skills, "skill", "skills"),
            (self.degrees, "degree", "degrees"),
            (self.credentials, "certification or training", "certifications and trainings"),
        )
        counted = [f"{count} {one if count == 1 else many}" for count, one, many in words if count]
        return in_words(counted or ["0 skills"])

    def summary(self) -> str:
        """Say in a few sentences what there is to learn, and what is not known about it."""
        moves = f"in {len(self)} move{'' if len(self) == 1 else 's'}"
        if any(step.new for step in self.steps):
            text = f"{'At least ' if self.unknown else ''}{self._counts()} to gain {moves}."
        else:
            text = f"Nothing new to gain {moves}{', as far as sources tell' if self.unknown else ''}."
        if self.unknown:
            text += (
                f" No source names a skill that {in_words(self.unknown)} needs;"
                " that is not the same as needing none."
            )
        if not self.start_known:
            text += f" {unknown_start(self.start)}, so no skill counts as brought from there."
        return text

    def table(self) -> Table:
        """Give one row per need and step; a step of unknown skills has a row that says so.

        state is missing, covered, helpful or unknown; kind is the relation of the role to what it needs.
        """
        rows: list[tuple[Any, ...]] = []
        for number, step in enumerate(self.steps, 1):
            here = (number, step.role.label)
            if not step.known:
                rows.append((*here, "unknown", "requires", "", "", "", "", ""))
            rows += [(*here, "missing", *self._need(link)) for link in step.new]
            rows += [(*here, "covered", *self._need(item.link, item.by)) for item in step.covered]
            rows += [(*here, "helpful", *self._need(link)) for link in step.helpful]
        return Table(_COLUMNS, tuple(rows))

    def _need(self, link: Link, by: str = "") -> tuple[str, ...]:
        taught = "; ".join(self.teaches.get(link.iri, ()))
        source = " | ".join(str(item) for item in link.evidence)
        return (link.kind, link.label, link.necessity, taught, by, source)

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as plain values, ready for JSON."""
        return {
            "start": asdict(self.start),
            "start_known": self.start_known,
            "steps": [{**asdict(step), "state": step.state} for step in self.steps],
            "teaches": {iri: list(names) for iri, names in self.teaches.items()},
            "totals": {what: self._count(what) for what in _COUNTED},
            "unknown": list(self.unknown),
            "summary": self.summary(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list(self.labels) + html_list((self.summary(),)) + self.table()._repr_html_()


_COLUMNS = ("step", "role", "state", "kind", "name", "necessity", "taught by", "brought by", "source")


def compare_plans(before: RoutePlan, after: RoutePlan) -> Table:
    """Set the totals of two plans side by side, and name what is no longer to gain.

    One row each for the skills, degrees and credentials that are required, and for what would help: what,
    before, after, saved, and the names of what only the first plan lists. saved is negative where the
    second plan asks for more, as another route may.

    >>> from rolegraph.model import Role
    >>> empty = RoutePlan(Role("x:a", "a"), (), start_known=True)
    >>> compare_plans(empty, empty).column("saved")
    [0, 0, 0, 0]
    """
    needs = {what: [_new(plan, kind) for plan in (before, after)] for what, kind in _COUNTED.items()}
    needs["would help"] = [_helpful(plan) for plan in (before, after)]
    rows = []
    for what, (first, second) in needs.items():
        gone = [label for iri, label in first.items() if iri not in second]
        rows.append((what, len(first), len(second), len(first) - len(second), "; ".join(gone)))
    return Table(("what", "before", "after", "saved", "no longer"), tuple(rows))


def _new(plan: RoutePlan, kind: str) -> dict[str, str]:
    return {link.iri: link.label for step in plan.steps for link in step.new if link.kind == kind}


def _helpful(plan: RoutePlan) -> dict[str, str]:
    new = {link.iri for step in plan.steps for link in step.new}
    return {link.iri: link.label for step in plan.steps for link in step.helpful if link.iri not in new}


def in_words(parts: Iterable[str]) -> str:
    """Join names as in a sentence.

    >>> in_words(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
