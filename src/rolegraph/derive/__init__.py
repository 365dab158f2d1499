"""Moves that nobody states, derived from what roles need. docs/derive.md says how, and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.derive.choosing import DerivedMove, Thresholds, Unmoved, choose
from rolegraph.derive.derivation import Derivation
from rolegraph.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rolegraph.derive.choosing import Neighbour
    from rolegraph.stores import LocalStore

    #: Is told what is being done, how much of it is done, and how much there is.
    Watch = Callable[[str, int, int], None]

__all__ = ["Derivation", "DerivedMove", "Thresholds", "Unmoved", "derive_moves"]


def derive_moves(
    store: LocalStore, thresholds: Thresholds | None = None, watch: Watch | None = None
) -> Derivation:
    """Derive moves between the roles and occupations of a store from the skills that they need.

    watch: is told how many roles are done.

    Raises MissingExtra when scipy is not installed, SourceError for a figure that is no number.
    """
    try:
        from rolegraph.derive import similarity  # noqa: PLC0415 - scipy loads with it
    except ImportError:
        raise MissingExtra("scipy", "derive") from None
    from rolegraph.derive.reading import read_roles, read_sources  # noqa: PLC0415 - networkx loads with it

    limits = thresholds or Thresholds()
    roles, skillless = read_roles(store)
    facets = [
        similarity.named([role.named for role in roles]),
        similarity.rated([role.rated for role in roles]),
    ]
    near = _watched(similarity.neighbours(facets, limits.similarity), len(roles), watch)
    found = list(choose(roles, near, limits))
    return Derivation(
        moves=tuple(item for item in found if isinstance(item, DerivedMove)),
        thresholds=limits,
        roles=len(roles),
        skillless=skillless,
        unmoved=tuple(item for item in found if isinstance(item, Unmoved)),
        sources=tuple(read_sources(store)),
    )


def _watched(near: Iterator[list[Neighbour]], count: int, watch: Watch | None) -> Iterator[list[Neighbour]]:
    for done, found in enumerate(near):
        if watch and not done % 100:
            watch("roles compared", done, count)
        yield found
