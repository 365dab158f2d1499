"""Leaves out what certain sources say, so that one sees what the others say without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import UnknownName
from rolegraph.names import PREFIXES, expand, fold
from rolegraph.queries import projection_query
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_ESCO, _SKOS, _RG = PREFIXES["esco"], PREFIXES["skos"], PREFIXES["rg"]

#: Statements that are claims without a node of their own: their data set is their source.
_BARE_CLAIMS = frozenset(
    ox.NamedNode(iri)
    for iri in (
        f"{_ESCO}relatedEssentialSkill",
        f"{_ESCO}relatedOptionalSkill",
        f"{_RG}describedAs",
        *(f"{_SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    )
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sources count: those in `only` (all, when it is empty) that are not in `without`. IRIs."""

    only: frozenset[str]
    without: frozenset[str]

    def keeps(self, named: Collection[str], data_set: Collection[str]) -> bool:
        """Say whether a claim stays that names these sources and stands in a data set of that source."""
        if self.only and self.only.isdisjoint((*named, *data_set)):
            return False
        return self.without.isdisjoint(data_set) and not (named and self.without.issuperset(named))


def restricted(store: LocalStore, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> LocalStore:
    """Give a store with the claims of some sources alone, or without those of others.

    A source goes by its name, its identifier (S1), the last part of its IRI, its publisher, or a data set
    that it is the source of. A claim belongs to the sources that it names and to that of its data set: `only`
    keeps it for any of them; `without` drops it for that of its data set, or when every source that it names
    is left out. All names stay, but for things of which, once sources are left out, no claim speaks any more.

    Raises UnknownName, with suggestions, for a source that there is not.
    """
    known = _read_sources(store)
    choice = Choice(
        frozenset(iri for text in only for iri in _named(text, known)),
        frozenset(iri for text in without for iri in _named(text, known)),
    )
    claims = _read_claims(store)
    sets = _read_sets(store)
    kept: list[ox.Quad] = []
    spoken_of: set[object] = set()
    fallen_silent: set[object] = set()
    for quad in store.engine:
        if quad.predicate in _BARE_CLAIMS:
            stays = choice.keeps((), sets.get(str(quad.graph_name), ()))
        else:
            stays = choice.keeps(*claims[str(quad.subject)]) if str(quad.subject) in claims else True
        if stays:
            kept.append(quad)
        if quad.predicate in _BARE_CLAIMS or str(quad.subject) in claims:
            (spoken_of if stays else fallen_silent).update((quad.subject, quad.object))
    # Organizations stay: they publish sources, and no claim need speak of them.
    nodes = store.select(projection_query("nodes"))
    things = {row["node"] for row in nodes if row["kind"].value != "organization"}
    gone = set() if choice.only else (fallen_silent - spoken_of) & things
    result = LocalStore()
    result.engine.bulk_extend([quad for quad in kept if quad.subject not in gone])
    return result


def _read_sources(store: LocalStore) -> dict[str, set[str]]:
    """Give every source with the folded names that it goes by."""
    known: dict[str, set[str]] = {}
    for row in store.select(projection_query("sources")):
        iri = row["source"].value
        names = known.setdefault(iri, {fold(iri.rpartition("/")[2])})
        if row["name"] is not None:
            # "TitleGraph" is enough for "TitleGraph: moves between job titles".
            names |= {fold(row["name"].value), fold(row["name"].value.partition(":")[0])}
        if row["set"] is not None:
            names.add(fold(row["set"].value.rpartition("/")[2]))
    return known


def _named(text: str, known: dict[str, set[str]]) -> list[str]:
    """Give the sources of this name; a publisher's name stands for all that it published."""
    iri, folded = expand(text), fold(text)
    found = [source for source, names in known.items() if source == iri or folded in names]
    if not found:
        from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt name needs it

        names = sorted({name for names in known.values() for name in names})
        near = get_close_matches(folded, names, n=3) or [name for name in names if folded in name][:3]
        raise UnknownName(text, near, what="source")
    return found


def _read_claims(store: LocalStore) -> dict[str, tuple[set[str], set[str]]]:
    """Give every claim with the sources that it names, and those of the data sets that hold it."""
    claims: dict[str, tuple[set[str], set[str]]] = {}
    for row in store.select(projection_query("claim_sources")):
        named, of = claims.setdefault(str(row["claim"]), (set(), set()))
        named.update(term.value for term in (row["source"],) if term is not None)
        of.update(term.value for term in (row["of"],) if term is not None)
    return claims


def _read_sets(store: LocalStore) -> dict[str, set[str]]:
    """Give every data set, as the engine writes its name, with its sources."""
    sets: dict[str, set[str]] = {}
    for row in store.select(projection_query("sources")):
        if row["set"] is not None:
            sets.setdefault(str(row["set"]), set()).add(row["source"].value)
    return sets
