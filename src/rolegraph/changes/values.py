"""What a comparison answers with: differences, each of one thing, and all of them with a summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.tables import Table, cell, html_list

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

#: What can be compared, and what one difference of each is called; in the order of the answer.
SECTIONS = {
    "roles": "role",
    "things": "thing",
    "moves": "move",
    "requirements": "requirement",
    "relations": "relation",
    "pay": "pay",
    "notes": "note",
    "routes": "route",
    "statements": "statement",
}

#: Aspects that tell who says so, and nothing of what is said.
WHO_SAYS_SO = frozenset({"sources", "claims"})

#: What can have become of a thing, in the order of a count.
CHANGES = ("gained", "lost", "changed", "dearer", "cheaper")

COLUMNS = (
    "change",
    "what",
    "kind",
    "thing",
    "other",
    "aspects",
    "before",
    "after",
    "amount",
    "percent",
    "sources",
    "iri",
    "other_iri",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is in one graph only, or not the same in both.

    change is gained, lost, changed, dearer or cheaper; what is one of the values of SECTIONS; kind is the
    kind of thing (skill), of relation (requires), of note (outlook), the basis of a pay figure, or what a
    route costs (hops). thing and other are names; other is what a relation, a move or a route leads to.

    aspects has (name, before, after) of what changed; of something gained or lost, `before` and `after` say
    what it was or is. amount is by how much a pay figure or the cost of a route rose, and percent that as a
    percentage of the figure before. sources are those of the newer graph, of something lost those of the
    older one. iri and other_iri are the IRIs; of a blank node its label.
    """

    change: str
    what: str
    kind: str
    thing: str
    other: str = ""
    before: str = ""
    after: str = ""
    aspects: tuple[tuple[str, Any, Any], ...] = ()
    amount: float | None = None
    percent: float | None = None
    sources: tuple[str, ...] = ()
    iri: str = ""
    other_iri: str = ""

    @property
    def only_sources(self) -> bool:
        """Tell whether nothing changed but who says so."""
        return self.change == "changed" and all(name in WHO_SAYS_SO for name, _, _ in self.aspects)

    def row(self) -> tuple[Any, ...]:
        """Give the values of COLUMNS."""
        names = ", ".join(name for name, _, _ in self.aspects)
        return (
            *(self.change, self.what, self.kind, self.thing, self.other, names, self.before, self.after),
            *(self.amount, self.percent, " | ".join(self.sources), self.iri, self.other_iri),
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as plain values, ready for JSON."""
        found = dict(zip(COLUMNS, self.row(), strict=True))
        found["aspects"] = {name: {"before": old, "after": new} for name, old, new in self.aspects}
        return {**found, "sources": list(self.sources)}


def in_words(value: object) -> str:
    """Write the value of an aspect: lists with semicolons, figures to six digits, "none" for nothing.

    >>> in_words(("commis", "apprentice")), in_words(35.5), in_words(())
    ('commis; apprentice', '35.5', 'none')
    """
    if isinstance(value, tuple):
        counted = Counter(map(in_words, value))
        return "; ".join(f"{word} ({n} times)" if n > 1 else word for word, n in counted.items()) or "none"
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1_000_000 else cell(value)  # noqa: PLR2004 - six digits
    return str(value) if value not in {None, ""} else "none"


def aspects_of(
    before: Mapping[str, Any], after: Mapping[str, Any], ignored: Collection[str] = ()
) -> tuple[tuple[str, Any, Any], ...]:
    """Give (name, before, after) of what is not the same, but for what is ignored."""
    return tuple(
        (name, was, after[name]) for name, was in before.items() if was != after[name] and name not in ignored
    )


def both_in_words(aspects: Sequence[tuple[str, Any, Any]]) -> tuple[str, str]:
    """Write what aspects were and what they are; of several each behind its name.

    >>> both_in_words([("necessity", "optional", "essential")])
    ('optional', 'essential')
    """
    if len(aspects) == 1:
        return in_words(aspects[0][1]), in_words(aspects[0][2])
    was, now = ("; ".join(f"{aspect[0]} {in_words(aspect[side])}" for aspect in aspects) for side in (1, 2))
    return was, now


def shown(node: str) -> str:
    """Give an IRI as it is, and the label of a blank node as one."""
    return node if ":" in node else f"_:{node}"


@dataclass(frozen=True, repr=False)
class Differences:
    """All that differs between an old graph and a new one; false where nothing does.

    compared are the SECTIONS that were looked at; items are the differences in what the graphs mean and in
    the routes that they give, sorted. gained and lost are the statements that are in one graph only, as
    N-Triples. routes says which routes were compared.

    >>> import rolegraph as rg
    >>> found = rg.diff("curated", "curated")
    >>> found.equal, bool(found), len(found)
    (True, False, 0)
    """

    compared: tuple[str, ...]
    items: tuple[Difference, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    routes: str = ""

    @property
    def equal(self) -> bool:
        """Tell whether nothing that was compared differs."""
        return not (self.items or self.gained or self.lost)

    def __bool__(self) -> bool:
        return not self.equal

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"<Differences: {self.summary()}>"

    def __str__(self) -> str:
        return self.summary()

    def of(self, section: str) -> tuple[Difference, ...]:
        """Give the differences of one section, such as "moves"."""
        return tuple(item for item in self.items if item.what == SECTIONS[section])

    def counts(self) -> dict[str, dict[str, int]]:
        """Give how many differences of each change there are, by section; those without any are left out."""
        found: dict[str, dict[str, int]] = {}
        for section in self.compared:
            if section == "statements":
                counted = Counter(gained=len(self.gained), lost=len(self.lost))
            else:
                counted = Counter(item.change for item in self.of(section))
            if counted.total():
                found[section] = {change: counted[change] for change in CHANGES if counted[change]}
        return found

    def summary(self) -> str:
        """Say in a sentence or two what differs, by number."""
        if self.equal:
            everything = set(self.compared) >= set(SECTIONS) - {"routes"}
            return "The graphs are equal." if everything else "Nothing that was compared differs."
        counted = [
            f"{section} {', '.join(f'{number:,} {change}' for change, number in numbers.items())}"
            for section, numbers in self.counts().items()
        ]
        return f"{'; '.join(counted)}."

    def table(self, *, statements: bool = False) -> Table:
        """Give one row per difference: COLUMNS; the statements of one graph only come last, if asked for."""
        rows = [item.row() for item in self.items]
        if statements:
            blank = ("",) * 3
            rows += [("lost", "statement", *blank, "", text, "", None, None, *blank) for text in self.lost]
            rows += [
                ("gained", "statement", *blank, "", "", text, None, None, *blank) for text in self.gained
            ]
        return Table(COLUMNS, tuple(rows))

    def to_dict(self, *, statements: bool = False) -> dict[str, Any]:
        """Give all as plain values, ready for JSON; the statements themselves only if asked for."""
        found: dict[str, Any] = {
            "equal": self.equal,
            "summary": self.summary(),
            "compared": list(self.compared),
            "counts": self.counts(),
            "routes_compared": self.routes,
        }
        for section in self.compared:
            if section != "statements":
                found[section] = [item.to_dict() for item in self.of(section)]
        if statements:
            found["statements"] = {"gained": list(self.gained), "lost": list(self.lost)}
        return found

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list((self.summary(),)) + self.table()._repr_html_()
