"""The rows of tables that define things: roles, groups, skills, proficiencies, credentials, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.architecture.cells import joined
from rolegraph.architecture.columns import CATEGORIES, LEVELS, TABLES
from rolegraph.architecture.known import ids_of_claims, kind_of
from rolegraph.architecture.statements import YEARS
from rolegraph.names import expand, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rolegraph.architecture.known import Cells, Known

#: Class of the claims that stand in a row of what they are made of -> the property that leads to it.
_FOLDED = {
    "rg:GroupMembership": "rg:role",
    "rg:LevelClaim": "rg:role",
    "rg:ExperienceRequirement": "rg:role",
    "rg:SkillClassification": "rg:skill",
    "rg:DegreeClassification": "rg:degree",
    "rg:IssuingClaim": "rg:credential",
}


class Folded:
    """Claims that stand in the row of the thing that they are made of, where the row can say all of them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.claims = {name: ids_of_claims(known.facts, name, of) for name, of in _FOLDED.items()}

    def of(self, thing: str, class_: str, predicates: tuple[str, ...]) -> Iterator[str]:
        """Give the claims of a class on a thing that its row can hold: from its source, stated, no more said.

        predicates: what the row says of such a claim.
        """
        facts = self.known.facts
        source = self.known.sources(thing)
        room = {"rdf:type", "dcterms:source", "rg:evidence", _FOLDED[class_], *predicates}
        for claim in self.claims[class_].get(thing, ()):
            said = facts.said[claim]
            evidence = {shorten(getattr(term, "value", "")) for term in said.get("rg:evidence", ())}
            if (
                self.known.sources(claim) == source
                and evidence <= {"rg:Stated"}
                and said.keys() - {"rg:statedIn"} <= room
            ):
                yield claim

    def take(self, claim: str, class_: str) -> None:
        """Count a claim as held."""
        facts = self.known.facts
        facts.hold(claim)
        for predicate in ("dcterms:source", "rg:evidence", _FOLDED[class_]):
            facts.terms(claim, predicate)


def thing_rows(known: Known, table: str, folded: Folded) -> Iterator[Cells]:
    """Give the rows of a table of things."""
    facts = known.facts
    columns = {column.name for column in TABLES[table].columns}
    for thing in list(known.names[TABLES[table].thing].things.values()):
        facts.hold(thing.iri)
        cells = {"name": thing.name, "id": thing.given, "aliases": joined(thing.aliases)}
        if thing.given and expand(thing.given) is not None:
            facts.taken.discard((thing.iri, "dcterms:identifier"))  # an identifier that no row has room for
        if "definition" in columns:
            cells["definition"] = facts.text(thing.iri, "skos:definition")
        if "source" in columns:
            cells["source"] = known.sources(thing.iri)
        cells |= _MORE[table](known, folded, thing.iri)
        cells = {name: cell for name, cell in cells.items() if name in columns and cell}
        if known.fits(table, cells, thing.iri):
            yield cells
        else:
            del known.names[TABLES[table].thing].things[thing.iri]
            facts.release(thing.iri)


def _role(known: Known, folded: Folded, iri: str) -> Cells:
    facts, cells = known.facts, dict[str, str]()
    families = []
    for claim in folded.of(iri, "rg:GroupMembership", ("rg:group", "rg:rank")):
        group, rank = known.refer(facts.iri(claim, "rg:group"), "group"), facts.text(claim, "rg:rank")
        if not group or (rank and "ladder" in cells):
            continue
        if rank:
            cells |= {"ladder": group, "rank": rank}
        else:
            families.append(group)
        folded.take(claim, "rg:GroupMembership")
    cells["family"] = joined(sorted(families))
    for claim in list(folded.of(iri, "rg:LevelClaim", ("rg:level",)))[:1]:
        cells["level"] = _word(known, facts.iri(claim, "rg:level"), LEVELS)
        folded.take(claim, "rg:LevelClaim")
    claims = folded.of(iri, "rg:ExperienceRequirement", ("rg:minimumYears", "rg:text"))
    for claim in sorted(claims, key=lambda one: "rg:minimumYears" not in facts.said[one])[:1]:
        years, words = facts.text(claim, "rg:minimumYears"), facts.text(claim, "rg:text")
        cells |= {"years": years, "experience": "" if words == YEARS.format(years) else words}
        folded.take(claim, "rg:ExperienceRequirement")
    return cells


def _skill(known: Known, folded: Folded, iri: str) -> Cells:
    for claim in folded.of(iri, "rg:SkillClassification", ("rg:skillCategory",)):
        folded.take(claim, "rg:SkillClassification")
        return {"category": _word(known, known.facts.iri(claim, "rg:skillCategory"), CATEGORIES)}
    return {}


def _proficiency(known: Known, _folded: Folded, iri: str) -> Cells:
    return {"rank": known.facts.text(iri, "rg:rank")}


def _credential(known: Known, folded: Folded, iri: str) -> Cells:
    facts, cells = known.facts, {"kind": kind_of(known.facts, iri, "credentials")}
    for claim in list(folded.of(iri, "rg:DegreeClassification", ("rg:iscedLevel",)))[:1]:
        cells["isced"] = facts.text(claim, "rg:iscedLevel")
        folded.take(claim, "rg:DegreeClassification")
    for claim in list(folded.of(iri, "rg:IssuingClaim", ("rg:issuer",)))[:1]:
        cells["issuer"] = facts.label(facts.iri(claim, "rg:issuer"))
        folded.take(claim, "rg:IssuingClaim")
    return cells


def _source(known: Known, _folded: Folded, iri: str) -> Cells:
    facts = known.facts
    facts.terms(iri, "rg:dateNote")
    licence = facts.iri(iri, "dcterms:license") or facts.text(iri, "dcterms:license")
    return {
        "publisher": facts.label(facts.iri(iri, "dcterms:publisher")),
        "date": facts.text(iri, "dcterms:date"),
        "accessed": facts.text(iri, "rg:accessed"),
        "url": facts.iri(iri, "schema:url"),
        "licence": licence,
        "default": "yes" if iri == known.source else "",
    }


def _group(_known: Known, _folded: Folded, _iri: str) -> Cells:
    return {}


_MORE: dict[str, Callable[[Known, Folded, str], Cells]] = {
    "roles": _role,
    "groups": _group,
    "skills": _skill,
    "proficiencies": _proficiency,
    "credentials": _credential,
    "sources": _source,
}


def _word(known: Known, concept: str, words: Mapping[str, str]) -> str:
    """Give the word for a concept: one that the ontology has, else the concept's own name."""
    known_words = {expand(short): word for word, short in words.items()}
    return known_words.get(concept) or known.facts.label(concept)
