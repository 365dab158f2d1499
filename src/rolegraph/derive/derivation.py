"""What was derived: the moves, what they rest on, and the roles that none leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.derive import writing
from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    import pyoxigraph as ox

    from rolegraph.derive.choosing import DerivedMove, Thresholds, Unmoved

#: Names of roles that a summary gives of each kind.
_NAMED = 5


@dataclass(frozen=True, repr=False)
class Derivation:
    """Moves that were derived from skills.

    moves: out of each role, the most similar goal first. thresholds: what they meet. roles: how many have
    skills; skillless: how many have none, of which nothing can be derived. unmoved: roles that have skills
    and that no move leaves, with the reason. sources: IRIs of the sources that the numbers come from.
    """

    moves: tuple[DerivedMove, ...]
    thresholds: Thresholds
    roles: int
    skillless: int
    unmoved: tuple[Unmoved, ...]
    sources: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Derivation of {len(self.moves):,} moves between {self.roles:,} roles>"

    def __str__(self) -> str:
        return "\n".join(self.summary())

    def __len__(self) -> int:
        return len(self.moves)

    def summary(self) -> list[str]:
        """Say in sentences how many moves there are, of which kind, what is not known, and who has none."""
        return [
            f"{_having(self.roles)} skills"
            + (f"; of {self.skillless:,} no source names one." if self.skillless else "."),
            *(self._of_moves() if self.moves else ["No move meets the thresholds."]),
            *self._of_unmoved(),
        ]

    def _of_moves(self) -> Iterator[str]:
        limits, kinds = self.thresholds, Counter(move.viability for move in self.moves)
        pays = Counter(move.desirable for move in self.moves)
        placeless = sum(move.zone_change is None and move.level_change is None for move in self.moves)
        yield (
            f"{len(self.moves):,} moves: {kinds['highly viable']:,} highly viable (similarity from"
            f" {max(limits.high_similarity, limits.similarity):g})"
            + (f", {kinds['viable']:,} viable (from {limits.similarity:g})." if kinds["viable"] else ".")
        )
        yield (
            f"Desirable (the goal pays {limits.pay_ratio:.0%} or more): {pays[True]:,}; not: {pays[False]:,};"
            f" unknown, for want of pay that may be compared: {pays[None]:,}."
        )
        if placeless:
            yield f"Neither level nor job zone is known on both sides of {placeless:,} moves."

    def _of_unmoved(self) -> Iterator[str]:
        if self.unmoved:
            yield f"{_having(len(self.unmoved))} skills and no move out:"
        for reason, count in Counter(role.reason for role in self.unmoved).most_common():
            some = [role.label for role in self.unmoved if role.reason == reason][:_NAMED]
            more = ", ..." if count > len(some) else ""
            yield f"  {count:,}: {reason} ({', '.join(some)}{more})"

    def table(self) -> Table:
        """Give one row per move: the two roles, then the numbers; empty where something is not known.

        shared and essential count skills: those of the goal's essential ones that the start has, and all.
        """
        rows = tuple(
            (
                move.start_label,
                move.goal_label,
                move.similarity,
                move.viability,
                move.desirable,
                move.shared,
                move.essential,
                move.covered_percent,
                move.zone_change,
                move.level_change,
                move.pay_ratio,
                move.pay_basis,
            )
            for move in self.moves
        )
        return Table(_COLUMNS, rows)

    def to_dict(self) -> dict[str, Any]:
        """Give all of it as plain values, ready for JSON."""
        return {
            "thresholds": self.thresholds.to_dict(),
            "roles": self.roles,
            "roles_without_skills": self.skillless,
            "sources": list(self.sources),
            "moves": [{**asdict(move), "covered_percent": move.covered_percent} for move in self.moves],
            "without_moves": [asdict(role) for role in self.unmoved],
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def statements(self) -> Iterator[ox.Triple]:
        """Give the moves and their source as RDF, which joins with the data that they were derived from."""
        import pyoxigraph as ox  # noqa: PLC0415 - whoever derives moves has loaded it

        for line in self._lines():
            for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES):
                yield quad.triple

    def turtle(self) -> str:
        """Give the statements as Turtle: what `save` writes to a file that ends in .ttl."""
        import pyoxigraph as ox  # noqa: PLC0415 - whoever derives moves has loaded it

        from rolegraph.names import PREFIXES  # noqa: PLC0415

        written = ox.serialize(self.statements(), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        assert written is not None  # noqa: S101 - only None when an output is given
        return written.decode()

    def save(self, target: str | Path) -> Path:
        """Write the statements to a file, in the format of its ending, or to an on-disk store (.store).

        Raises OutputError when it cannot be written; then nothing is left behind.
        """
        from pathlib import Path  # noqa: PLC0415

        from rolegraph.importers.writing import write  # noqa: PLC0415 - seldom needed

        write(self._lines(), target)
        return Path(target)

    def _lines(self) -> Iterator[str]:
        return writing.lines(self.moves, self.thresholds, self.sources)

    def _repr_html_(self) -> str:
        return html_list((repr(self),)) + self.table()._repr_html_()


def _having(roles: int) -> str:
    return f"{roles:,} role has" if roles == 1 else f"{roles:,} roles have"


_COLUMNS = (
    "from",
    "to",
    "similarity",
    "viability",
    "desirable",
    "shared",
    "essential",
    "covered percent",
    "zone change",
    "level change",
    "pay ratio",
    "pay basis",
)
