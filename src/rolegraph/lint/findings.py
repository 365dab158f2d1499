"""What lint found: findings, and the report that holds them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    import pandas as pd

    from rolegraph.model import Evidence

#: From what is wrong to what is merely worth knowing.
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: a thing of the network, what is odd about it, and what to do.

    severity is empty where it is the rule's own. related are the IRIs of the other things that it is about;
    evidence is that of the claims that it rests on.
    """

    thing: str
    message: str
    advice: str
    related: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where (thing, data set), what, and what to do about it.

    thing and related are IRIs; sources are those of the claims that the finding rests on.
    """

    rule: str
    severity: str
    thing: str
    label: str
    message: str
    advice: str
    related: tuple[str, ...]
    data_set: str
    sources: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class LintReport:
    """What all rules found, the most severe first; `rules` names those that were asked."""

    findings: tuple[Finding, ...]
    rules: tuple[str, ...]

    def fails(self, at: str = "error") -> bool:
        """Tell whether there is a finding of this severity or worse; "never" is never.

        >>> LintReport((), ("dead-end",)).fails("info")
        False
        """
        if at == "never":
            return False
        worst = SEVERITIES[: SEVERITIES.index(at) + 1]
        return any(finding.severity in worst for finding in self.findings)

    def of(self, rule: str) -> tuple[Finding, ...]:
        """Give the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def __repr__(self) -> str:
        return f"<LintReport: {self}>"

    def __str__(self) -> str:
        if not self.findings:
            return f"Nothing found by {len(self.rules)} rule{'' if len(self.rules) == 1 else 's'}."
        counted = Counter(finding.severity for finding in self.findings)
        return f"{', '.join(_number(counted[kind], kind) for kind in SEVERITIES if counted[kind])}."

    def table(self) -> Table:
        """Give one row per finding, the most severe first."""
        columns = (
            "rule",
            "severity",
            "thing",
            "label",
            "message",
            "advice",
            "related",
            "data set",
            "sources",
        )
        rows = (asdict(finding) for finding in self.findings)
        return Table(
            columns,
            tuple(
                tuple("; ".join(value) if isinstance(value, tuple) else value for value in row.values())
                for row in rows
            ),
        )

    def summary(self) -> Table:
        """Give how often each rule found something: rule, severity, count."""
        counted = Counter((finding.rule, finding.severity) for finding in self.findings)
        ordered = sorted(counted.items(), key=lambda item: (SEVERITIES.index(item[0][1]), item[0][0]))
        return Table(("rule", "severity", "count"), tuple((*key, count) for key, count in ordered))

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values, ready for JSON."""
        return {
            "rules": list(self.rules),
            "summary": [*self.summary()],
            "findings": [asdict(finding) for finding in self.findings],
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list((str(self),)) + self.table()._repr_html_()


def _number(count: int, severity: str) -> str:
    return f"{count:,} {severity}{'s' if count > 1 and severity != 'info' else ''}"
