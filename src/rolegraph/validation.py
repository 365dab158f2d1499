"""Data against `ontology/shapes.ttl` (SHACL), reported in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.names import shorten
from rolegraph.rdflib_copy import union_in_rdflib
from rolegraph.resources import shapes_file
from rolegraph.tables import Table, html_list

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import rdflib

    from rolegraph.stores import LocalStore


@dataclass(frozen=True, slots=True)
class Problem:
    """What breaks a shape: where (thing, property, data set), what stands there, and why it is wrong."""

    severity: str
    thing: str
    label: str
    property: str
    value: str
    message: str
    data_set: str


@dataclass(frozen=True, repr=False)
class ValidationReport:
    """The answer of a validation. `conforms` is False when there is a violation; warnings leave it True."""

    problems: tuple[Problem, ...]

    @property
    def conforms(self) -> bool:
        """Whether the data breaks no shape of severity "violation"."""
        return not any(problem.severity == "violation" for problem in self.problems)

    def __repr__(self) -> str:
        return f"<ValidationReport: {self}>"

    def __str__(self) -> str:
        if not self.problems:
            return "The data conforms to every shape."
        counts = [
            f"{n:,} {kind}{'s' if n > 1 and kind != 'info' else ''}"
            for kind in _SEVERITIES
            if (n := self._count(kind))
        ]
        return f"The data {'conforms' if self.conforms else 'does not conform'}: {', '.join(counts)}."

    def _count(self, severity: str) -> int:
        return sum(problem.severity == severity for problem in self.problems)

    def table(self) -> Table:
        """Give one row per problem, violations first."""
        columns = ("severity", "thing", "label", "property", "value", "message", "data set")
        return Table(columns, tuple(tuple(asdict(problem).values()) for problem in self.problems))

    def summary(self) -> Table:
        """Give how often each shape is broken, the most frequent first: severity, message, count."""
        counted = Counter((problem.severity, problem.message) for problem in self.problems)
        ordered = sorted(counted.items(), key=lambda item: (_SEVERITIES.index(item[0][0]), -item[1], item[0]))
        return Table(("severity", "message", "count"), tuple((*key, count) for key, count in ordered))

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values, ready for JSON."""
        return {
            "conforms": self.conforms,
            "summary": [*self.summary()],
            "problems": [asdict(problem) for problem in self.problems],
        }

    def to_frame(self) -> pd.DataFrame:
        """Give `table()` as a pandas DataFrame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return html_list((str(self),)) + self.table()._repr_html_()


_SEVERITIES = ("violation", "warning", "info")


def validate(store: LocalStore, shapes: Path | None = None) -> ValidationReport:
    """Check a store against SHACL shapes: those that ship, unless others are given. The store stays as it is.

    Shapes Constraint Language: https://www.w3.org/TR/shacl/
    """
    import pyshacl  # noqa: PLC0415 - half a second that only this needs
    from rdflib import Graph  # noqa: PLC0415
    from rdflib.namespace import RDF, SH  # noqa: PLC0415

    # pyshacl 0.40 also takes the store as it is. With these shapes that is 8 to 40 times slower, and it finds
    # problems in data that has none: it does not find "YEAR" among the values of sh:in ( "YEAR" "HOUR" ).
    data = union_in_rdflib(store)
    rules = Graph().parse(shapes or shapes_file(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none")
    # Results hang below the report; those below another result (sh:detail) only explain it.
    results = report.objects(report.value(predicate=RDF.type, object=SH.ValidationReport), SH.result)
    problems = {_problem(report, result, data, store) for result in results}
    return ValidationReport(tuple(sorted(problems, key=_order)))


def _order(problem: Problem) -> tuple[int, str, str, str, str]:
    severity = _SEVERITIES.index(problem.severity)
    return severity, problem.thing, problem.property, problem.message, problem.value


def _problem(report: rdflib.Graph, result: Any, data: rdflib.Graph, store: LocalStore) -> Problem:
    from rdflib.namespace import RDFS, SH, SKOS  # noqa: PLC0415

    focus = report.value(result, SH.focusNode)
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    label = data.value(focus, SKOS.prefLabel) or data.value(focus, RDFS.label) or ""
    return Problem(
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
        thing=shorten(str(focus)),
        label=str(label),
        property=shorten(str(path)) if path is not None else "",
        value=shorten(str(value)) if value is not None else "",
        message=str(report.value(result, SH.resultMessage) or ""),
        data_set=", ".join(store.described_in(str(focus))),
    )
