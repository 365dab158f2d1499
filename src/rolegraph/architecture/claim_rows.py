"""The rows of tables that make claims: requirements, moves, qualifications, pay, levels of skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.architecture.columns import EVIDENCE, INTERVALS, NECESSITIES, STATISTICS, TABLES
from rolegraph.names import expand, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rolegraph.architecture.known import Cells, Known

#: Table -> the classes of the claims that its rows make.
_CLASSES = {
    "skill_levels": ("rg:Statement",),
    "requirements": ("rg:SkillRequirement",),
    "moves": ("rg:Move",),
    "qualifications": ("rg:EducationRequirement", "rg:CredentialRecommendation"),
    "pay": ("rg:Pay",),
}


def claim_rows(known: Known, table: str) -> Iterator[Cells]:
    """Give the rows of a table of claims; a claim that would be refused as said twice is left out."""
    facts, columns = known.facts, TABLES[table]
    needed = [column.name for column in columns.columns if column.required]
    seen = set()
    for claim in facts.of(_CLASSES[table]):
        cells = {name: cell for name, cell in _MAKERS[table](known, claim).items() if cell}
        key = tuple(cells.get(name, "") for name in columns.key)
        why = ""
        if not all(cells.get(name) for name in needed):
            why = "what they are about is in no table"
        elif table != "moves" and facts.iri(claim, "rg:evidence") not in {"", expand("rg:Stated")}:
            why = "they are not stated"
        elif key in seen:
            why = "another says the same"
        if why or not known.fits(table, cells, claim):
            facts.release(claim)
            if why and table != "skill_levels":  # the other statements are counted with what is left over
                known.report.note(f"claims not in {table}: {why}", shorten(claim))
            continue
        seen.add(key)
        facts.hold(claim)
        yield cells


def _shades(known: Known, claim: str) -> Cells:
    facts = known.facts
    cells = {name: "; ".join(facts.texts(claim, f"rg:{name}")) for name in ("qualifier", "doubt")}
    return {**cells, "source": known.sources(claim)}


def _skill_level(known: Known, claim: str) -> Cells:
    facts = known.facts
    return {
        "skill": known.refer(facts.iri(claim, "rg:about"), "skill"),
        "proficiency": known.refer(facts.iri(claim, "rg:proficiency"), "proficiency"),
        "definition": facts.text(claim, "rg:text"),
        "source": known.sources(claim),
    }


def _requirement(known: Known, claim: str) -> Cells:
    facts = known.facts
    return {
        "role": _role(known, claim, "rg:role"),
        "skill": known.refer(facts.iri(claim, "rg:skill"), "skill"),
        "necessity": _word(known, claim, "rg:necessity", NECESSITIES),
        "proficiency": known.refer(facts.iri(claim, "rg:proficiency"), "proficiency"),
        **_shades(known, claim),
    }


def _move(known: Known, claim: str) -> Cells:
    return {
        "from": _role(known, claim, "rg:fromRole"),
        "to": _role(known, claim, "rg:toRole"),
        "kind": _word(known, claim, "rg:evidence", EVIDENCE),
        "count": known.facts.text(claim, "rg:count"),
        "share": known.facts.text(claim, "rg:sharePercent"),
        **_shades(known, claim),
    }


def _qualification(known: Known, claim: str) -> Cells:
    facts = known.facts
    credential = facts.iri(claim, "rg:degree") or facts.iri(claim, "rg:credential")
    return {
        "role": _role(known, claim, "rg:role"),
        "credential": known.refer(credential, "credential"),
        "necessity": _word(known, claim, "rg:necessity", NECESSITIES),
        **_shades(known, claim),
    }


def _pay(known: Known, claim: str) -> Cells:
    facts = known.facts
    return {
        "role": _role(known, claim, "rg:role"),
        "amount": facts.text(claim, "rg:amount"),
        "currency": facts.text(claim, "rg:currency"),
        "statistic": _word(known, claim, "rg:statistic", STATISTICS),
        "interval": {unit: word for word, unit in INTERVALS.items()}.get(
            facts.text(claim, "schema:unitText"), ""
        ),
        "period": facts.text(claim, "rg:period"),
        "area": facts.label(facts.iri(claim, "rg:area")),
        "low": facts.text(claim, "schema:minValue"),
        "high": facts.text(claim, "schema:maxValue"),
        **{f"p{part}": facts.text(claim, f"schema:percentile{part}") for part in (10, 25, 75, 90)},
        **_shades(known, claim),
    }


_MAKERS: dict[str, Callable[[Known, str], Cells]] = {
    "skill_levels": _skill_level,
    "requirements": _requirement,
    "moves": _move,
    "qualifications": _qualification,
    "pay": _pay,
}


def _role(known: Known, claim: str, predicate: str) -> str:
    return known.refer(known.facts.iri(claim, predicate), "role", "group")


def _word(known: Known, claim: str, predicate: str, words: Mapping[str, str]) -> str:
    concept = known.facts.iri(claim, predicate)
    return {expand(short): word for word, short in words.items()}.get(concept, "")
