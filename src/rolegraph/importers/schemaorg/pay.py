"""Pay: estimatedSalary and baseSalary as figures with their basis, or in words where a basis is not whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg.nodes import Node, Text
from rolegraph.importers.schemaorg.words import amount, date, interval, plain
from rolegraph.names import fold

if TYPE_CHECKING:
    from decimal import Decimal

    from rolegraph.importers.schemaorg.ledger import Ledger
    from rolegraph.importers.schemaorg.nodes import Value

#: Statistics by their names in rolegraph's ontology.
STATISTICS = {
    "median total pay": "MedianTotalPay",
    "median salary": "MedianSalary",
    "median wage": "MedianWage",
    "total pay": "TotalPay",
    "salary": "Salary",
    "wage": "Wage",
    "lowest salary offered": "LowestSalary",
    "highest salary offered": "HighestSalary",
}

#: Names of amounts that are no salary but a part of pay.
_PARTS = ("bonus", "commission", "tip", "overtime", "stock", "equity", "profit", "allowance", "benefit")

#: What a figure of an amount is called, with its statistic where nothing else is said.
_FIGURES = (
    ("median", "MedianSalary"),
    ("value", "Salary"),
    ("minValue", "LowestSalary"),
    ("maxValue", "HighestSalary"),
)

_PERCENTILES = ("percentile10", "percentile25", "percentile75", "percentile90")


@dataclass
class Place:
    """What holds for all pay of a role: the role, the area, the currency, when the figures are from."""

    role: str
    area: str
    currency: str
    period: tuple[str, str] | None
    qualifier: str = ""


def read_pay(ledger: Ledger, place: Place, values: list[Value]) -> None:
    """Claim what a role pays: one claim for each figure; words where a figure lacks a part of its basis."""
    for value in values:
        if isinstance(value, Text):
            value = Node("", values={"value": [value], "currency": [Text(place.currency)]})  # noqa: PLW2901
        figures = _figures(value)
        lacking = _lacking(value, place, figures)
        if not lacking:
            for figure, statistic in figures:
                _claim(ledger, place, value, figure, statistic)
            continue
        ledger.report.note(f"pay that gives no {lacking[0]}, kept in words", ledger.document)
        ledger.statement(place.role, f"Pay: {_in_words(value)}.", value)


def _inner(value: Node) -> list[Node]:
    """Give the nodes that hold the figures: an amount may have its own, or those of its value."""
    return [value, *value.nodes("value")]


def _figures(value: Node) -> list[tuple[Decimal, str]]:
    named = STATISTICS.get(fold(plain(value.text("name"))))
    found = []
    for node in _inner(value):
        for name, statistic in _FIGURES:
            figure = amount(node.text(name))
            if figure:
                found.append((figure, named or statistic))
    if len({figure for figure, _ in found}) == 1:  # a range of one figure is that figure
        found = [(found[0][0], named or ("MedianSalary" if value.text("median") else "Salary"))]
    return found


def _lacking(value: Node, place: Place, figures: list[tuple[Decimal, str]]) -> list[str]:
    """Name what a figure of pay needs and this one does not give."""
    parts = {
        "amount": figures,
        "kind that is a salary": not any(part in fold(value.text("name")) for part in _PARTS),
        "currency": _currency(value, place),
        "time that it is paid for": _interval(value),
        "date (--accessed gives one)": _period(value, place),
        "area (--area gives one)": place.area or value.nodes("rg:area"),
    }
    return [name for name, given in parts.items() if not given]


def _currency(value: Node, place: Place) -> str:
    texts = [text for node in _inner(value) if (text := node.text("currency"))]
    code = (texts or [place.currency])[0].upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""  # noqa: PLR2004 - ISO 4217


def _interval(value: Node) -> str:
    texts = [node.text("unitText", "unitCode", "duration") for node in _inner(value)]
    return next(filter(None, map(interval, texts)), "")


def _period(value: Node, place: Place) -> tuple[str, str] | None:
    return date(value.text("rg:period")) or place.period


def _claim(ledger: Ledger, place: Place, value: Node, figure: Decimal, statistic: str) -> None:
    own_period, own_area = date(value.text("rg:period")), value.nodes("rg:area")
    period = own_period or place.period
    area = place.area
    for node in own_area[:1]:
        area = ledger.thing("area", plain(node.text("name")) or node.iri, node.iri and node.label)
    assert period is not None  # noqa: S101 - `_lacking` has seen to it
    qualifier = plain(value.text("description")) if own_period else place.qualifier
    pairs = [
        (nt.named("rg:role"), place.role),
        (nt.named("rg:amount"), _number(figure)),
        (nt.named("rg:currency"), nt.text(_currency(value, place))),
        (nt.named("schema:unitText"), nt.text(_interval(value))),
        (nt.named("rg:statistic"), nt.named(f"rg:{statistic}")),
        (nt.named("rg:period"), nt.typed(*period)),
        (nt.named("rg:area"), area),
        (nt.named("rg:qualifier"), ledger.words(qualifier) if qualifier else ""),
    ]
    ledger.claim("rg:Pay", pairs + _percentiles(ledger, value, figure), value)


def _percentiles(ledger: Ledger, value: Node, median: Decimal) -> list[tuple[str, str]]:
    if not value.text("median"):
        return []
    found = {name: figure for name in _PERCENTILES if (figure := amount(value.text(name)))}
    low = [found[name] for name in _PERCENTILES[:2] if name in found]
    high = [found[name] for name in _PERCENTILES[2:] if name in found]
    ascending = [*low, median, *high]
    if ascending != sorted(ascending):
        ledger.report.note("percentiles of pay that are out of order, left out", ledger.document)
        return []
    return [(nt.named(f"schema:{name}"), _number(figure)) for name, figure in found.items()]


def _number(figure: Decimal) -> str:
    whole = figure == figure.to_integral_value()
    return nt.typed(str(int(figure)), "integer") if whole else nt.typed(f"{figure:f}", "decimal")


def _in_words(value: Node) -> str:
    parts = []
    for node in _inner(value):
        for name, given in node.values.items():
            texts = [plain(item.value) for item in given if isinstance(item, Text)]
            parts += [f"{name} {', '.join(texts)}"] if texts else []
    return "; ".join(parts) or "not said"
