"""Who says so: the evidence of every claim, read from a store once and looked up by the claim's IRI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.model import NO_SOURCE, Evidence
from rolegraph.names import BASE, PREFIXES, shorten
from rolegraph.queries import projection_query
from rolegraph.stores import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rolegraph.stores import LocalStore, Row, Term

    #: What is said of one claim: property -> values.
    Said = dict[str, list[Term]]

_SOURCE, _SECTION = f"{PREFIXES['dcterms']}source", f"{BASE}statedIn"
_KIND, _DOUBT, _QUALIFIER = f"{BASE}evidence", f"{BASE}doubt", f"{BASE}qualifier"

#: What a source tells, by the names that `Evidence` has for it.
_FACTS = ("source", "publisher", "date", "url")


class EvidenceOf:
    """The evidence of claims and of named things, by IRI."""

    def __init__(self, values: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
        self._values = values

    def of(self, claim: str, *, detail: str = "", kind: str = "") -> tuple[Evidence, ...]:
        """Give the evidence of a claim, one for each source; nothing where nobody says so.

        detail: what the claim says beyond the relation itself. kind: the kind where none is named.
        """
        return tuple(
            Evidence(claim, **{**values, "kind": values["kind"] or kind}, detail=detail)
            for values in self._values.get(claim, ())
        )

    def first(self, claim: str) -> Evidence:
        """Give the evidence of a claim by its first source; one that says so where there is none."""
        return next(iter(self.of(claim)), Evidence(claim, "", NO_SOURCE))


def read_evidence(store: LocalStore, *, of_roles: bool = False) -> EvidenceOf:
    """Read the evidence of every claim and every named thing; of one source all sections are joined.

    of_roles: only what is said of roles, and what routes are searched by.
    """
    wanted = (
        {text_of(claim) for (claim,) in store.rows(projection_query("role_claims"))} if of_roles else None
    )
    said: dict[str, Said] = {}
    for claim, prop, value in store.rows(projection_query("evidence")):
        name = text_of(claim)
        if wanted is None or name in wanted:
            said.setdefault(name, {}).setdefault(text_of(prop), []).append(value)
    cited, sections = _read_cited(store), _read_sections(store)
    made: dict[tuple[object, ...], dict[str, str]] = {}
    return EvidenceOf({claim: _testimonies(facts, cited, sections, made) for claim, facts in said.items()})


def _testimonies(
    said: Said,
    cited: Mapping[Term, dict[str, str]],
    sections: Mapping[Term, tuple[str, str]],
    made: dict[tuple[object, ...], dict[str, str]],
) -> list[dict[str, str]]:
    """Give the parts of the evidence of one claim, for each of its sources, by the name of the source.

    `made` keeps what was made: most claims of a data set have the very same.
    """
    parts = tuple(sections[part] for part in said.get(_SECTION, ()) if part in sections)
    found = []
    for source in said.get(_SOURCE, (None,)):
        key = (source, parts, *(tuple(said.get(name, ())) for name in (_KIND, _DOUBT, _QUALIFIER)))
        if key not in made:
            made[key] = _testimony(source, said, cited, parts)
        found.append((source, made[key]))
    if len(found) > 1:
        found.sort(key=lambda pair: (cited.get(pair[0], _NOTHING)["source"], text_of(pair[0])))
    return [values for _, values in found]


def _testimony(
    source: Term, said: Said, cited: Mapping[Term, dict[str, str]], parts: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    values = dict(cited.get(source, _NOTHING)) if source is not None else dict(_NOTHING)
    values["source"] = values["source"] or shorten(text_of(source)) or NO_SOURCE
    ordered = sorted(parts)
    values["section"] = " / ".join(dict.fromkeys(section for section, _ in ordered))
    values["document"] = ordered[0][1] if ordered else ""
    values["kind"] = _local_name(_least(said, _KIND))
    values["doubt"], values["qualifier"] = text_of(_least(said, _DOUBT)), text_of(_least(said, _QUALIFIER))
    return values


_NOTHING = dict.fromkeys(_FACTS, "")


def _least(said: Said, name: str) -> Term:
    """Give the value of a property; of several the one that sorts first, so that order plays no part."""
    return min(said.get(name, ()), key=str, default=None)


def _read_cited(store: LocalStore) -> dict[Term, dict[str, str]]:
    rows = store.rows(projection_query("cited"))
    return {
        row[0]: dict(zip(_FACTS, map(text_of, row[1:]), strict=True))
        for row in sorted(rows, key=_as_text, reverse=True)
    }


def _read_sections(store: LocalStore) -> dict[Term, tuple[str, str]]:
    rows = store.rows(projection_query("sections"))
    ordered = sorted(rows, key=_as_text, reverse=True)
    return {part: (text_of(name), text_of(document)) for part, name, document in ordered}


def _as_text(row: Row) -> tuple[str, ...]:
    return tuple(map(text_of, row))


def _local_name(term: Term) -> str:
    """Give the last part of an IRI in lower case: "essential" for rg:Essential."""
    return text_of(term).rpartition("/")[2].lower()
