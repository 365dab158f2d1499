"""Compares answers and graphs with what the W3C's tests expect, whatever blank nodes are called."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.stores import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    #: What a query gave: yes or no, rows, or triples.
    Answer = bool | "Rows" | frozenset[ox.Quad]

_RESULT = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}

_SIGNED = ("integer", "decimal", "int", "long", "short", "byte", "negativeInteger", "nonPositiveInteger")
_UNSIGNED = ("positiveInteger", "nonNegativeInteger", "unsignedInt", "unsignedLong", "unsignedShort")
_WHOLE = frozenset((*_SIGNED, *_UNSIGNED, "unsignedByte"))


@dataclass(frozen=True)
class Rows:
    """The rows of an answer; `ordered` where their order matters, `texts` where terms are but texts (CSV)."""

    variables: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    ordered: bool = False
    texts: bool = False

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> Rows:
        names = tuple(variable.value for variable in solutions.variables)
        return cls(
            names,
            tuple(
                {name: term for name, term in zip(names, row, strict=True) if term is not None}
                for row in solutions
            ),
        )


def answer_of(result: Any) -> Answer:
    """Read the result of a query to its end."""
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return frozenset(ox.Quad(*triple) for triple in result)
    return Rows.of(result)


def expected(file: Path, base: str) -> Answer:
    """Read what has to come: a result in one of its formats, or a graph that may stand for rows."""
    ending = file.suffix
    if ending == ".csv":
        names, *rows = csv.reader(io.StringIO(file.read_bytes().decode(), newline=""))
        read = [
            {name: ox.Literal(cell) for name, cell in zip(names, row, strict=True) if cell}
            for row in rows
            if row
        ]
        return Rows(tuple(names), tuple(read), texts=True)
    if ending in _RESULTS:
        return answer_of(ox.parse_query_results(file.read_bytes(), format=_RESULTS[ending]))
    quads = frozenset(ox.parse(file.read_bytes(), format=FORMATS[ending], base_iri=base))
    rows = _rows_of(quads)
    return quads if rows is None else rows


def _rows_of(quads: frozenset[ox.Quad]) -> Answer | None:
    """Read the rows that a graph stands for, in the vocabulary of the first test suites."""

    def given(subject: Any, name: str) -> list[Any]:
        return [
            quad.object
            for quad in quads
            if quad.subject == subject and quad.predicate.value == _RESULT + name
        ]

    head = next((quad.subject for quad in quads if quad.object == ox.NamedNode(f"{_RESULT}ResultSet")), None)
    if head is None:
        return None
    if truth := given(head, "boolean"):
        return bool(truth[0].value == "true")
    found = []
    for solution in given(head, "solution"):
        bindings = given(solution, "binding")
        row = {given(one, "variable")[0].value: given(one, "value")[0] for one in bindings}
        found.append((given(solution, "index"), row))
    ordered = bool(found) and all(index for index, _ in found)
    if ordered:
        found.sort(key=lambda item: int(item[0][0].value))
    names = tuple(name.value for name in given(head, "resultVariable"))
    return Rows(names, tuple(row for _, row in found), ordered)


def same(wanted: Answer, got: Answer) -> bool:
    """Tell whether two answers say the same, or would if numbers, times and truth were written alike."""
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, Rows) != isinstance(got, Rows):
        return False
    if isinstance(wanted, Rows):
        if wanted.texts:
            return _same_rows(_texts(wanted), _texts(got), _as_it_is)
        return any(_same_rows(wanted, got, form) for form in (_as_it_is, _by_value))
    return any(_canonical(wanted, form) == _canonical(got, form) for form in (_as_it_is, _by_value))


def without_repeats(rows: Rows) -> Rows:
    """Leave out rows that were there before: REDUCED allows that."""
    return replace(
        rows, rows=tuple(dict(row) for row in dict.fromkeys(tuple(row.items()) for row in rows.rows))
    )


def _same_rows(wanted: Rows, got: Rows, form: Callable[[Any], Any]) -> bool:
    if set(wanted.variables) != set(got.variables) or len(wanted.rows) != len(got.rows):
        return False
    ours, theirs = [_shapes(rows, form) for rows in (wanted, got)]
    if ours != theirs if wanted.ordered else Counter(ours) != Counter(theirs):
        return False
    return _canonical(_as_graph(wanted), form) == _canonical(_as_graph(got), form)


def _shapes(rows: Rows, form: Callable[[Any], Any]) -> list[frozenset[Any]]:
    """Give the rows as what can be compared, a blank node as nothing but that."""
    return [
        frozenset(
            (name, "blank" if isinstance(term, ox.BlankNode) else form(term)) for name, term in row.items()
        )
        for row in rows.rows
    ]


def _as_graph(rows: Rows) -> list[ox.Quad]:
    """Give the rows with blank nodes as a graph: then it is for graphs to tell which of them are which."""
    quads = []
    for row in rows.rows:
        if any(isinstance(term, ox.BlankNode) for term in row.values()):
            node = ox.BlankNode()
            quads += [ox.Quad(node, ox.NamedNode(f"row:{name}"), term) for name, term in row.items()]
    return quads


def _texts(rows: Rows) -> Rows:
    """Give the rows as CSV holds them: without kinds, types and languages; blank nodes have no fixed name."""
    return replace(
        rows,
        rows=tuple(
            {
                name: ox.Literal(term.value)
                for name, term in row.items()
                if not (isinstance(term, ox.BlankNode) or term.value.startswith("_:"))
            }
            for row in rows.rows
        ),
    )


def _canonical(quads: Iterable[ox.Quad], form: Callable[[Any], Any]) -> ox.Dataset:
    dataset = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, form(quad.object), quad.graph_name) for quad in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _as_it_is(term: Any) -> Any:
    """Give a term as it is; only languages are compared without regard to case."""
    if isinstance(term, ox.Literal) and term.language:
        return ox.Literal(term.value, language=term.language.lower())
    return term


def _by_value(term: Any) -> Any:
    """Give a number, a date or a truth value as it is most shortly written: the engine keeps values."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return _as_it_is(term)
    kind, text = term.datatype.value.removeprefix(_XSD), term.value
    try:
        if kind in _WHOLE:
            text = str(Decimal(text).normalize() + 0)
        elif kind in {"double", "float"}:
            text = f"{float(text.replace('INF', 'inf')):.9g}"
    except (ValueError, InvalidOperation):
        return term
    if kind == "boolean":
        text = {"1": "true", "0": "false"}.get(text, text)
    if kind == "dateTime":
        text = re.sub(r"(\.\d*?)0+(?=Z|[+-]|$)", r"\1", text).replace(".Z", "Z")
        text = re.sub(r"[+-]00:00$", "Z", text)
    return ox.Literal(text, datatype=term.datatype)
