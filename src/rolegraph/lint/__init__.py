"""Looks over a job architecture: what is no broken data, and still odd or lacking.

Each rule is a function over the network that yields what it found; `RULES` is the table of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.lint.findings import SEVERITIES, Finding, LintReport
from rolegraph.lint.gathering import gather
from rolegraph.lint.rules import RULES, LintRule, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from rolegraph.lint.findings import Found
    from rolegraph.lint.material import Material
    from rolegraph.stores import LocalStore

__all__ = ["RULES", "SEVERITIES", "Finding", "LintReport", "LintRule", "chosen", "lint"]


def lint(
    store: LocalStore, network: nx.MultiDiGraph[str], rules: Iterable[str] = (), without: Iterable[str] = ()
) -> LintReport:
    """Check the network of a store by rules, named or all, less those that are left out.

    Raises ParameterError for a rule that does not exist.
    """
    asked = chosen(rules, without)
    material = gather(store, network)
    findings = [_finding(rule, found, material, store) for rule in asked for found in rule.check(material)]
    findings.sort(key=_order)
    return LintReport(tuple(findings), tuple(rule.name for rule in asked))


def _finding(rule: LintRule, found: Found, material: Material, store: LocalStore) -> Finding:
    at_fault = [item.claim for item in found.evidence] or [found.thing]
    return Finding(
        rule=rule.name,
        severity=found.severity or rule.severity,
        thing=found.thing,
        label=material.label(found.thing),
        message=found.message,
        advice=found.advice,
        related=found.related,
        data_set=", ".join(store.described_in(*at_fault)),
        sources=tuple(dict.fromkeys(str(item) for item in found.evidence)),
    )


_PLACES = {rule.name: place for place, rule in enumerate(RULES)}


def _order(finding: Finding) -> tuple[object, ...]:
    severity = SEVERITIES.index(finding.severity)
    return severity, _PLACES[finding.rule], finding.label.casefold(), finding.thing, finding.related
