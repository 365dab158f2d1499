"""Reads mapping files: SSSOM/TSV, https://mapping-commons.github.io/sssom/spec-formats-tsv/.

A row is accepted by whoever writes their name into `reviewer_label` (or `reviewer_id`), and refused where
`predicate_modifier` is `Not` besides. Everything that is wrong in a file is told at once.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.errors import MappingError, SourceError
from rolegraph.file_guard import check_kind
from rolegraph.mapping.sets import MATCH_OF, NOTHING, REFUSED, WAITING, MappingRow, MappingSet
from rolegraph.names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    #: Line, column (both from 1, None when unknown), what is wrong.
    Problem = tuple[int | None, int | None, str]


#: Prefixes that SSSOM files need not declare.
BUILT_IN = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
    "linkml": "https://w3id.org/linkml/",
    **{name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos", "xsd")},
}

_NEEDED = ("subject_id", "predicate_id", "object_id")
_DATES = ("mapping_date", "review_date")
_MARK = "\ufeff"


def read_mappings(file: str | Path) -> MappingSet:
    r"""Read a mapping file.

    Raises MappingError with all that is wrong in it, each with its line and column; SourceError when it
    cannot be read at all.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "links.sssom.tsv"
    ...     _ = file.write_text("subject_id\tpredicate_id\tobject_id\nrole:a\tskos:exactMatch\trole:b\n")
    ...     read_mappings(file)
    <MappingSet of 1 rows: 0 accepted, 0 refused, 1 waiting>
    """
    check_kind(Path(file))
    try:
        text = Path(file).read_bytes().decode().removeprefix(_MARK)
    except OSError as error:
        raise SourceError(file, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise SourceError.no_text(file, error) from error
    except ValueError as error:
        raise SourceError(file, f"cannot be read ({error})") from error  # no file has such a name
    problems: list[Problem] = []
    lines = list(_lines(text, problems))
    metadata = _metadata([(number, cells) for number, cells in lines if _is_metadata(cells)], problems)
    table = [(number, cells) for number, cells in lines if not _is_metadata(cells) and any(cells)]
    header = [name.strip() for name in table[0][1]] if table else []
    rows = []
    if not table:
        problems.append((None, None, "holds no table: a line with the names of the columns is missing"))
    elif _has_columns(table[0][0], header, problems):
        rows = list(_rows(table[1:], header, _prefixes(metadata), problems))
    problems += _contradictions(rows)
    if problems:
        raise MappingError(file, sorted(problems, key=lambda item: (item[0] or 0, item[1] or 0)))
    return MappingSet(tuple(rows), metadata)


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of each record with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    begun = 1
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append((line, None, "there is a NUL character, which no text has"))
    try:
        for cells in reader:
            yield begun, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        problems.append((begun, None, f"cannot be read as cells between tabs ({error}); is a quote open?"))


def _is_metadata(cells: list[str]) -> bool:
    # Spreadsheets put such lines in quotes, or add empty cells to them.
    return bool(cells) and cells[0].startswith("#")


def _metadata(lines: list[tuple[int, list[str]]], problems: list[Problem]) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only mapping files need it

    block = [cells[0][1:].rstrip() for _, cells in lines]
    # "# key: value" is indented by one blank throughout.
    indent = min((len(line) - len(line.lstrip()) for line in block if line), default=0)
    try:
        found = yaml.load("\n".join(line[indent:] for line in block), Loader=yaml.BaseLoader)  # noqa: S506 - makes only texts, lists and dicts
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (lines[min(mark.line, len(lines) - 1)][0], mark.column + indent + 2) if mark else (1, None)
        problems.append(
            (*place, f"the lines that begin with # are no YAML: {getattr(error, 'problem', error)}")
        )
        return {}
    if found is not None and not isinstance(found, dict):
        problems.append((lines[0][0], None, "the lines that begin with # must say `name: value`"))
        return {}
    return found or {}


def _prefixes(metadata: Mapping[str, Any]) -> dict[str, str]:
    declared = metadata.get("curie_map") or {}
    texts = (
        {name: iri for name, iri in declared.items() if isinstance(iri, str)}
        if isinstance(declared, dict)
        else {}
    )
    return {**PREFIXES, **BUILT_IN, **texts}


def _has_columns(line: int, header: list[str], problems: list[Problem]) -> bool:
    missing = [name for name in _NEEDED if name not in header]
    if missing and len(header) == 1 and re.search("[,;]", header[0]):
        problems.append((line, 1, "the columns must be separated by tabs; save the table as TSV"))
    elif missing:
        problems.append((line, None, f"the table lacks the columns {', '.join(missing)}"))
    twice = sorted({name for name in header if name and header.count(name) > 1})
    problems.extend((line, header.index(name) + 1, f"two columns are called {name}") for name in twice)
    return not missing and not twice


def _rows(
    table: list[tuple[int, list[str]]], header: list[str], prefixes: dict[str, str], problems: list[Problem]
) -> Iterator[MappingRow]:
    for line, cells in table:
        wrong: list[tuple[str, str]] = []
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append((line, len(header) + 1, "the row has more cells than there are columns"))
        values = {
            name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()
        }
        ends = {name: _iri(values.get(name, ""), name, prefixes, wrong) for name in _NEEDED}
        row = MappingRow(ends["subject_id"], ends["predicate_id"], ends["object_id"], values, line)
        wrong += _wrong(row)
        problems.extend((line, header.index(name) + 1, f"{name}: {words}") for name, words in wrong)
        if not wrong:
            yield row


def _iri(text: str, column: str, prefixes: dict[str, str], wrong: list[tuple[str, str]]) -> str:
    """Give the IRI that a CURIE stands for; an IRI that is written out will do, too."""
    prefix, colon, local = text.strip("<>").partition(":")
    if not text:
        wrong.append((column, "is empty"))
    elif not colon or re.search(r'[\s<>"{}|\\^`]', local):
        wrong.append((column, f"{text!r} is no short name such as role:product-manager, and no IRI"))
    elif local.startswith("//") or (prefix in {"urn", "tag", "info"} and prefix not in prefixes):
        try:
            return ox.NamedNode(f"{prefix}:{local}").value
        except ValueError as error:
            wrong.append((column, f"{text!r} is no IRI: {error}"))
            return ""
    elif prefix not in prefixes:
        wrong.append((column, f"the prefix {prefix}: is not in the curie_map at the head of the file"))
    return prefixes.get(prefix, "") + local


def _wrong(row: MappingRow) -> Iterator[tuple[str, str]]:
    """Give what is wrong in a row whose IRIs could be read, column by column."""
    if row.predicate and row.predicate not in MATCH_OF:
        known = ", ".join(f"skos:{iri.rpartition('#')[2]}" for iri in MATCH_OF)
        yield "predicate_id", f"{row.cells['predicate_id']!r} is no kind of match; there are {known}"
    if row.subject and row.subject == row.object:
        yield "object_id", "is the same as the subject_id"
    if row.cells.get("predicate_modifier", "Not").capitalize() != "Not":
        yield (
            "predicate_modifier",
            f"may be Not, to refuse the row, or empty; it is {row.cells['predicate_modifier']!r}",
        )
    if row.cells.get("predicate_modifier") and not row.reviewer:
        yield (
            "predicate_modifier",
            "refuses the row, and nobody stands for that: put a name into reviewer_label",
        )
    for name in _DATES:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row.cells.get(name, "2000")):
            yield name, f"must be a date such as 2026-01-31, and not {row.cells[name]!r}"
    if "review_date" in row.cells and not row.reviewer:
        yield "review_date", "is given, and nobody stands for the review: put a name into reviewer_label"


def _contradictions(rows: list[MappingRow]) -> list[Problem]:
    """Find pairs that one row accepts and another refuses, or that two accept as different matches."""
    decided: dict[frozenset[str], MappingRow] = {}
    found: list[Problem] = []
    for row in rows:
        if row.status == WAITING or row.object == NOTHING:
            continue
        first = decided.setdefault(row.pair, row)
        if first.status != row.status or (row.status != REFUSED and first.predicate != row.predicate):
            found.append((row.line, None, f"says otherwise than line {first.line} of the same two things"))
    return found
