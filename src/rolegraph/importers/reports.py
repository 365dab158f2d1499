"""What an import read, what it found odd, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rolegraph.tables import Table

#: Examples that are kept of each oddity.
EXAMPLES = 5


@dataclass
class Oddity:
    """Something in the data that is not as it should be, or is easily misread: how often, and where first."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(repr=False)
class Report:
    """What an import did.

    rows: how many rows each table has, by its name. things: how many of each kind were made. odd: oddities
    by what they are, in words. missing: tables that a release may have and this one lacks. unread: files that
    are there and hold nothing that is taken. statements: the statements written.
    """

    title: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    odd: dict[str, Oddity] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    statements: int = 0

    def note(self, what: str, example: str = "", *, count: int = 1) -> None:
        """Count an oddity, and keep the example if it is among the first, each once."""
        oddity = self.odd.setdefault(what, Oddity())
        oddity.count += count
        if example and len(oddity.examples) < EXAMPLES and example not in oddity.examples:
            oddity.examples.append(example)

    def made(self, kind: str, count: int = 1) -> None:
        """Count things of a kind."""
        self.things[kind] = self.things.get(kind, 0) + count

    def table(self) -> Table:
        """Give one row per table read, kind of thing, oddity, missing table and unread file."""
        rows: list[tuple[object, ...]] = [("rows", name, count, None) for name, count in self.rows.items()]
        rows += [("things", kind, count, None) for kind, count in self.things.items()]
        rows += [("odd", what, found.count, "; ".join(found.examples)) for what, found in self.odd.items()]
        rows += [("missing", name, None, None) for name in self.missing]
        rows += [("not read", name, None, None) for name in self.unread]
        rows.append(("statements", "", self.statements, None))
        return Table(("what", "name", "count", "examples"), tuple(rows))

    def __repr__(self) -> str:
        read, made = sum(self.rows.values()), sum(self.things.values())
        return (
            f"<Report on {self.title}: {read:,} rows read, {made:,} things, {self.statements:,} statements>"
        )

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values, ready for JSON."""
        return {
            "title": self.title,
            "statements": self.statements,
            "rows": self.rows,
            "things": self.things,
            "odd": [
                {"what": what, "count": found.count, "examples": found.examples}
                for what, found in self.odd.items()
            ],
            "missing": self.missing,
            "not_read": self.unread,
        }
