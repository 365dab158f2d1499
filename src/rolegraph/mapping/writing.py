"""Writes mapping files: SSSOM/TSV, ready for review in a spreadsheet or an editor. No date is in them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from rolegraph.errors import OutputError
from rolegraph.files import write_whole
from rolegraph.mapping.reading import BUILT_IN
from rolegraph.names import PREFIXES
from rolegraph.stores import MAPPING_ENDING as ENDING
from rolegraph.stores import is_mapping_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rolegraph.mapping.sets import MappingRow, MappingSet

#: The columns of a new file, in SSSOM's order. Those of the decision are there, and empty.
COLUMNS = (
    "subject_id",
    "subject_label",
    "subject_category",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_category",
    "mapping_justification",
    "reviewer_label",
    "subject_source",
    "object_source",
    "review_date",
    "subject_match_field",
    "object_match_field",
    "match_string",
    "comment",
)

#: What the head of a new file says to the reviewer.
HOW_TO_REVIEW = (
    "Each row is a proposal until somebody stands for it. To accept a row, write your name into"
    " reviewer_label (and the day into review_date, such as 2026-01-31). To refuse it, write Not into"
    " predicate_modifier besides. Where the match is another, change predicate_id: skos:exactMatch,"
    " closeMatch, relatedMatch, broadMatch, narrowMatch. Rows without a reviewer link nothing."
)

_PARTS = re.compile(r"(.*[/#:])([^/#:]*)", re.DOTALL)


def write_mappings(mappings: MappingSet, file: str | Path) -> Path:
    """Write a set of mappings to a file, whole or not at all; its name must end in .sssom.tsv.

    Raises OutputError when it cannot be written.
    """
    if not is_mapping_file(file):
        raise OutputError(f"{file} must end in {ENDING}, so that it can be read as a mapping file again")
    return write_whole(file, written(mappings))


def written(mappings: MappingSet) -> str:
    """Give a set of mappings as SSSOM/TSV; equal sets give equal text.

    >>> from rolegraph.mapping.sets import MappingRow, MappingSet
    >>> row = MappingRow("https://example.org/a", "http://www.w3.org/2004/02/skos/core#exactMatch", "urn:b")
    >>> print(written(MappingSet((row,))).partition("subject_id")[0])
    #curie_map:
    #  ns: https://example.org/
    #  ns_2: 'urn:'
    <BLANKLINE>
    """
    import yaml  # noqa: PLC0415 - only mapping files need it

    declared = mappings.metadata.get("curie_map")
    declared = declared if isinstance(declared, dict) else {}
    prefixes = _with_new({**PREFIXES, **BUILT_IN, **declared}, mappings.rows)
    named = {iri for row in mappings.rows for iri in (row.subject, row.predicate, row.object)}
    used = {_prefix(iri, prefixes) for iri in named} | {
        row.cells.get(column, "").partition(":")[0] for row in mappings.rows for column in _SOURCES
    }
    curie_map = {
        name: iri
        for name, iri in sorted(prefixes.items())
        if (name in used and name not in BUILT_IN) or name in declared
    }
    others = {name: value for name, value in mappings.metadata.items() if name != "curie_map"}
    metadata: dict[str, Any] = {"curie_map": curie_map, **others}
    block = yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True, width=10**9)
    columns = [*COLUMNS, *sorted({name for row in mappings.rows for name in row.cells} - set(COLUMNS))]
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    for row in mappings.rows:
        ids = {
            "subject_id": _curie(row.subject, prefixes),
            "predicate_id": _curie(row.predicate, prefixes),
            "object_id": _curie(row.object, prefixes),
        }
        writer.writerow([{**row.cells, **ids}.get(name, "") for name in columns])
    return "".join(f"#{line}\n" for line in block.rstrip("\n").split("\n")) + table.getvalue()


#: Columns that hold short names besides those of the three IRIs.
_SOURCES = ("subject_source", "object_source")


def _with_new(prefixes: dict[str, str], rows: Iterable[MappingRow]) -> dict[str, str]:
    """Give prefixes for every IRI; the new ones are called after the end of their namespace."""
    iris = {iri for row in rows for iri in (row.subject, row.predicate, row.object)}
    spaces = {found[1] for iri in iris if not _prefix(iri, prefixes) and (found := _PARTS.fullmatch(iri))}
    for space in sorted(spaces):
        path = re.sub(r"^\w+:(//[^/]*)?", "", space)
        stem = "_".join(re.findall(r"[a-zA-Z]\w*", path)[-2:]) or "ns"
        name, number = stem, 1
        while name in prefixes:
            number += 1
            name = f"{stem}_{number}"
        prefixes[name] = space
    return prefixes


def _prefix(iri: str, prefixes: Mapping[str, str]) -> str:
    """Give the prefix of the longest namespace that leaves of an IRI no more than its last part."""
    fitting = [
        name
        for name, space in prefixes.items()
        if iri.startswith(space) and iri != space and not re.search("[/#]", iri[len(space) :])
    ]
    return max(fitting, key=lambda name: len(prefixes[name]), default="")


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    name = _prefix(iri, prefixes)
    return f"{name}:{iri[len(prefixes[name]) :]}" if name else iri
