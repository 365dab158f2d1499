"""The values that rolegraph answers with: frozen, comparable, readable in a terminal and in a notebook."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: one claim of one source. Parts that nobody stated are empty.

    kind is stated, observed, derived or editorial; claim is the IRI of the claim; date is as the source gives
    it (a year, a month or a day); document reports the source when they are not one and the same; detail is
    what this claim says beyond the relation itself, such as "essential" or "48 %"; via names the occupation
    of a classification that the source speaks of, and how well the role matches it.
    """

    claim: str
    kind: str
    source: str
    publisher: str = ""
    date: str = ""
    section: str = ""
    document: str = ""
    url: str = ""
    doubt: str = ""
    qualifier: str = ""
    detail: str = ""
    via: str = ""

    def __str__(self) -> str:
        text = self.source + (f" ({self.date})" if self.date else "")
        text += f", on {self.via}" if self.via else ""
        if self.document and self.document != self.source:
            text += f", as reported by {self.document}"
        return text + (f", {in_sections(self.section)}" if self.section else "")


def in_sections(section: str) -> str:
    """Say in which sections a claim stands; `Evidence.section` has several joined by a slash."""
    quoted = [f"“{part}”" for part in section.split(" / ")]
    return (
        f"section {quoted[0]}" if len(quoted) == 1 else f"sections {', '.join(quoted[:-1])} and {quoted[-1]}"
    )


#: How well a role can match an occupation of a classification, from the best.
MATCHES = ("exact", "close", "ambiguous", "near")


def match_rank(evidence: Evidence) -> int:
    """Rank how well what a source speaks of fits the role, from 0 (the role itself) to 5 (nobody says).

    1 to 4 stand for occupations that it matches exactly, closely, ambiguously or nearly.

    >>> match_rank(Evidence("x:claim", "stated", "a census", via="the occupation “cooks” (close match)"))
    2
    """
    if not evidence.via:
        return 0
    match = evidence.via.rpartition("(")[2].removesuffix(" match)")
    return 1 + (MATCHES.index(match) if match in MATCHES else len(MATCHES))


@dataclass(frozen=True, slots=True)
class Pay:
    """What a role pays, and on what basis.

    amount counts units of the currency (ISO 4217) per interval (YEAR, MONTH, HOUR ... as in
    schema:unitText); statistic names what the figure measures, such as "median total pay"; period is the
    time that it holds for; low and high are the 10th and the 90th percentile, where the source has them.
    """

    amount: float
    currency: str
    statistic: str
    interval: str
    period: str
    area: str
    evidence: Evidence
    low: float | None = None
    high: float | None = None

    @property
    def basis(self) -> str:
        """What must be alike for two figures to be compared, in words."""
        parts = (self.statistic, f"{self.currency} per {self.interval.lower()}", self.area)
        return ", ".join(filter(None, parts))

    def __str__(self) -> str:
        amount = f"{self.amount:,.0f}" if self.amount == int(self.amount) else f"{self.amount:,.2f}"
        basis = ", ".join(filter(None, (self.statistic, self.area, self.period)))
        who = self.evidence.publisher or self.evidence.source
        interval = "an hour" if self.interval == "HOUR" else f"a {self.interval.lower()}"
        via = f", on {self.evidence.via}" if self.evidence.via else ""
        return f"{self.currency} {amount} {interval} ({'; '.join(filter(None, (basis, who)))}{via})"


@dataclass(frozen=True, slots=True)
class Note:
    """Something a source says of a role that is no relation to another thing.

    kind is outlook, experience, preparation, level, category, statement, comparison or caveat; years is the
    experience that it asks for at least, where it gives a figure.
    """

    kind: str
    text: str
    evidence: Evidence
    years: float | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a role to another thing: a skill, a duty, a degree, a next role ...

    necessity is essential, minimum, preferred, optional or empty; share is a percentage of the people in
    the role.
    """

    kind: str
    label: str
    iri: str
    evidence: tuple[Evidence, ...]
    necessity: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role, a statistical occupation or a group of roles."""

    iri: str
    label: str
    kind: str = "role"
    aliases: tuple[str, ...] = ()
    definition: str = ""
    pay: tuple[Pay, ...] = ()

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, repr=False)
class RoleCard:
    """All that the graph says of one role."""

    role: Role
    links: tuple[Link, ...] = ()
    moves_in: tuple[Link, ...] = ()
    moves_out: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[Evidence, ...] = ()

    def __repr__(self) -> str:
        moves = f"{len(self.moves_in)} moves in, {len(self.moves_out)} out"
        return f"<RoleCard {self.role.label}: {len(self.links)} relations, {moves}>"

    def of(self, kind: str) -> tuple[Link, ...]:
        """Give the links of one kind, such as "requires" (skills) or "has_duty"."""
        return tuple(link for link in self.links if link.kind == kind)

    def table(self) -> Table:
        """Give everything on the card as rows: what, value, detail, source."""
        rows: list[tuple[Any, ...]] = [("role", self.role.label, self.role.definition, "")]
        rows += [("alias", alias, "", "") for alias in self.role.aliases]
        rows += [("pay", str(pay), pay.evidence.qualifier, str(pay.evidence)) for pay in self.role.pay]
        rows += [(note.kind, note.text, note.evidence.qualifier, str(note.evidence)) for note in self.notes]
        for link in (*self.moves_in, *self.moves_out, *self.links):
            detail = link.necessity or ("" if link.share is None else f"{link.share:g} %")
            rows += [(link.kind, link.label, detail, str(evidence)) for evidence in link.evidence]
        return Table(("what", "value", "detail", "source"), tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Give the card as plain values, ready for JSON."""
        return asdict(self)

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def unknown_start(start: Role) -> str:
    """Say that nobody tells which skills a start brings; one without IRI is a person with a profile."""
    return f"No source names a skill of {start.label}" if start.iri else "The profile names no skill"


#: Stands for the source of a claim that has none: the network shows it, and validation reports it.
NO_SOURCE = "no source given"

#: What a role cannot be had without; other necessities are wishes.
REQUIRED = frozenset({"essential", "minimum", "typical"})


@dataclass(frozen=True, repr=False)
class SkillGap:
    """What the goal needs, split by whether the start brings it.

    The start brings what it requires, and what the profile has, if there is one. missing is what the goal
    requires and the start is not known to bring; helpful is what the goal only prefers or suggests and the
    start is not known to bring; covered is the rest. A role of which no source names a skill is *unknown*,
    which is not the same as needing none: `start_known` and `goal_known` say which of the two holds.
    teaches gives, by the IRI of a skill, the trainings and certifications that teach it.
    """

    start: Role
    goal: Role
    missing: tuple[Link, ...]
    helpful: tuple[Link, ...]
    covered: tuple[Link, ...]
    start_known: bool
    goal_known: bool
    teaches: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<SkillGap {self.start.label} -> {self.goal.label}: {len(self.missing)} missing>"

    def __str__(self) -> str:
        return f"{self.start.label} -> {self.goal.label}: {self.summary()}"

    def summary(self) -> str:
        """Say in a sentence or two what the gap is, and what is not known about it."""
        if not self.goal_known:
            return (
                f"No source names a skill that {self.goal.label} needs; that is not the same as needing none."
            )
        counted = (
            f"{len(self.missing)} missing, {len(self.helpful)} that would help, {len(self.covered)} covered."
        )
        if self.start_known:
            return counted
        counted += f" {unknown_start(self.start)}, so "
        if any(link.kind == "requires" for link in self.covered):
            return f"{counted}only the skills that the profile has count as covered."
        return f"{counted}no skill that {self.goal.label} needs counts as covered."

    def table(self) -> Table:
        """Give one row per need of the goal: state, kind, name, necessity, what teaches it, source."""
        rows = [
            (
                state,
                link.kind,
                link.label,
                link.necessity,
                "; ".join(self.teaches.get(link.iri, ())),
                " | ".join(str(item) for item in link.evidence),
            )
            for state, links in (
                ("missing", self.missing),
                ("helpful", self.helpful),
                ("covered", self.covered),
            )
            for link in links
        ]
        return Table(("state", "kind", "name", "necessity", "taught by", "source"), tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Give the gap as plain values, ready for JSON."""
        return {**asdict(self), "summary": self.summary()}

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list((self.summary(),)) + self.table()._repr_html_()


@dataclass(frozen=True, slots=True)
class Profile:
    """What one person has: where they stand (IRIs of the graph), years of experience, pay.

    credentials are certifications and trainings. Of the role one has, all that it requires counts as brought.

    >>> Profile(skills=frozenset({"x:cooking"})).adding("x:diploma", "degree").degrees
    frozenset({'x:diploma'})
    """

    role: str = ""
    skills: frozenset[str] = frozenset()
    degrees: frozenset[str] = frozenset()
    credentials: frozenset[str] = frozenset()
    years: float | None = None
    pay: Pay | None = None

    def adding(self, iri: str, kind: str) -> Profile:
        """Give the profile with one thing more, of this kind: skill, degree, certification, training."""
        field_of = {"skill": "skills", "degree": "degrees"}.get(kind, "credentials")
        return replace(self, **{field_of: getattr(self, field_of) | {iri}})
