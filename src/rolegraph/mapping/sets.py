"""Mappings as values: a row says that one thing is, or is near to, another, and who stands for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolegraph.names import PREFIXES
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_SKOS = PREFIXES["skos"]

#: Predicate -> the kind of match that it stands for; `broader` says what else is to be known of it.
MATCH_OF = {
    f"{_SKOS}exactMatch": "exact",
    f"{_SKOS}closeMatch": "close",
    f"{_SKOS}relatedMatch": "near",
    f"{_SKOS}broadMatch": "near",
    f"{_SKOS}narrowMatch": "near",
}

#: What stands in place of an object where somebody looked and found none.
NOTHING = "https://w3id.org/sssom/NoTermFound"

#: Who asserts a row of one of these is a person.
_BY_PEOPLE = frozenset({"semapv:ManualMappingCuration", "semapv:MappingReview"})

#: How a row stands.
ACCEPTED, REFUSED, WAITING = "accepted", "refused", "waiting"


@dataclass(frozen=True, slots=True, eq=False)  # two rows may say the same, and stay two
class MappingRow:
    """One row of a mapping file: IRIs of the two things and of the relation, and all cells by column.

    line is where it stands in its file, 0 for a row that is not in a file yet.
    """

    subject: str
    predicate: str
    object: str
    cells: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def pair(self) -> frozenset[str]:
        """The two things, whichever of them is the subject."""
        return frozenset({self.subject, self.object})

    @property
    def reviewer(self) -> str:
        """Who stands for the row: its reviewers, else the authors of what people curated; empty if nobody."""
        names = [self.cells.get(name, "") for name in ("reviewer_label", "reviewer_id")]
        if not any(names) and self.cells.get("mapping_justification", "") in _BY_PEOPLE:
            names = [self.cells.get(name, "") for name in ("author_label", "author_id")]
        return ", ".join(part.strip() for name in names for part in name.split("|") if part.strip())

    @property
    def status(self) -> str:
        """How it stands: "accepted" or "refused" by a person, or "waiting" for one."""
        if not self.reviewer:
            return WAITING
        return REFUSED if self.cells.get("predicate_modifier") else ACCEPTED


@dataclass(frozen=True, repr=False)
class MappingSet:
    """What a mapping file holds: its rows, and what it says of itself (`metadata`, as SSSOM names it)."""

    rows: tuple[MappingRow, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(status)} {status}" for status in (ACCEPTED, REFUSED, WAITING))
        return f"<MappingSet of {len(self)} rows: {counts}>"

    def __len__(self) -> int:
        return len(self.rows)

    def count(self, status: str) -> int:
        """Count the rows of a status: "accepted", "refused" or "waiting"."""
        return sum(row.status == status for row in self.rows)

    def table(self) -> Table:
        """Give one row per mapping: status, subject, match, object, comment, and the IRIs of the two."""
        return Table(
            ("status", "subject", "match", "object", "comment", "subject_iri", "object_iri"),
            tuple(
                (
                    row.status,
                    row.cells.get("subject_label", ""),
                    row.predicate.rpartition("#")[2],
                    row.cells.get("object_label", ""),
                    row.cells.get("comment", ""),
                    row.subject,
                    row.object,
                )
                for row in self.rows
            ),
        )

    def joined(self, other: MappingSet) -> MappingSet:
        """Give the set with the rows of another at its end; what it says of itself comes first."""
        maps = [part.metadata.get("curie_map") for part in (other, self)]
        prefixes = {name: iri for found in maps if isinstance(found, dict) for name, iri in found.items()}
        metadata = {**other.metadata, **self.metadata, **({"curie_map": prefixes} if prefixes else {})}
        return MappingSet((*self.rows, *other.rows), metadata)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
