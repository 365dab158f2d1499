"""Derived moves as RDF: a claim for each, with its numbers, and one source that tells how they came about."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from rolegraph.importers.lines import A, about, iri, minted, named, text, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolegraph.derive.choosing import DerivedMove, Thresholds

#: The method, and its edition: a change of what it computes makes another one, whose moves have other IRIs.
METHOD, EDITION = "skill-overlap", "1"

#: The method in words.
DESCRIPTION = (
    "Derived by rolegraph from the skills that roles need, not stated by anybody and not observed. Similarity"
    " is the cosine of the needs of two roles: of skills that they list, rare ones weighing more, and of"
    " ratings less their mean; where roles have both, the mean of the two. A move is viable from a least"
    " similarity on, if the start covers a least part of the goal's essential skills, and level and job zone,"
    " where known, differ by no more than so much. It is desirable if the goal is known to pay at least such"
    " a part of what the start pays."
)

_VIABILITY = {"viable": named("rg:Viable"), "highly viable": named("rg:HighlyViable")}

_PUBLISHER = minted("org", "rolegraph")


def lines(moves: Iterable[DerivedMove], thresholds: Thresholds, sources: Sequence[str]) -> Iterator[str]:
    """Give the moves and their source as lines of N-Triples; equal moves give equal lines.

    sources: the IRIs of those that the needs, pay and levels come from.
    """
    key = _key([METHOD, EDITION, thresholds.to_dict()])
    source = minted("source", f"derived-moves-{key}")
    yield _source(source, thresholds, sources)
    for move in moves:
        yield _move(minted("claim", f"derived-moves-{key}", _key([move.start, move.goal])), source, move)


def _key(what: object) -> str:
    """Give a short name that depends on the values alone."""
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


def _source(source: str, thresholds: Thresholds, sources: Sequence[str]) -> str:
    label = (
        f"Skill overlap: moves of similarity from {thresholds.similarity:g},"
        f" at most {thresholds.most} out of a role"
        + (", desirable ones only" if thresholds.desirable_only else "")
    )
    return about(
        source,
        [
            (A, named("rg:Derivation")),
            (A, named("rg:Source")),
            (A, named("dcat:Dataset")),
            (named("skos:prefLabel"), text(label, "en")),
            (named("dcterms:description"), text(DESCRIPTION, "en")),
            (named("dcterms:publisher"), _PUBLISHER),
            (named("dcterms:identifier"), text(METHOD)),
            (named("owl:versionInfo"), text(EDITION)),
            (named("rg:dateNote"), text("As old as the sources that it was derived from.", "en")),
            (named("rg:minSimilarity"), _decimal(thresholds.similarity)),
            (named("rg:minHighSimilarity"), _decimal(thresholds.high_similarity)),
            (named("rg:minCoverage"), _decimal(thresholds.coverage)),
            (named("rg:maxLevelChange"), typed(str(thresholds.level_change), "integer")),
            (named("rg:minPayRatio"), _decimal(thresholds.pay_ratio)),
            (named("rg:mostMoves"), typed(str(thresholds.most), "integer")),
            (named("rg:desirableOnly"), _boolean(thresholds.desirable_only)),
            *((named("prov:wasDerivedFrom"), iri(item)) for item in sources),
        ],
    ) + about(_PUBLISHER, [(A, named("rg:Organization")), (named("skos:prefLabel"), text("rolegraph", "en"))])


def _move(claim: str, source: str, move: DerivedMove) -> str:
    covered = move.covered_percent
    return about(
        claim,
        [
            (A, named("rg:Move")),
            (named("rg:fromRole"), iri(move.start)),
            (named("rg:toRole"), iri(move.goal)),
            (named("rg:evidence"), named("rg:Derived")),
            (named("dcterms:source"), source),
            (named("rg:similarity"), _decimal(move.similarity)),
            (named("rg:viability"), _VIABILITY[move.viability]),
            (named("rg:essentialSkills"), typed(str(move.essential), "integer")),
            (named("rg:sharedEssentialSkills"), _integer(move.shared)),
            (named("rg:coveredPercent"), "" if covered is None else _decimal(covered)),
            (named("rg:jobZoneChange"), _integer(move.zone_change)),
            (named("rg:levelChange"), _integer(move.level_change)),
            (named("rg:payRatio"), "" if move.pay_ratio is None else _decimal(move.pay_ratio)),
            (named("rg:payBasis"), text(move.pay_basis, "en") if move.pay_basis else ""),
            (named("rg:desirable"), "" if move.desirable is None else _boolean(move.desirable)),
        ],
    )


def _decimal(value: float) -> str:
    """Write a figure of four digits behind the point at most."""
    digits = f"{value:.4f}".rstrip("0")
    return typed(f"{digits}0" if digits.endswith(".") else digits, "decimal")


def _integer(value: int | None) -> str:
    return "" if value is None else typed(str(value), "integer")


def _boolean(value: bool) -> str:  # noqa: FBT001 - it is what is written
    return typed("true" if value else "false", "boolean")
