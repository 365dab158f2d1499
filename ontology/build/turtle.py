"""What the build scripts share: tables are read and checked, Turtle is written the same way every time."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: The folder of the mapping tables.
HERE = Path(__file__).resolve().parent

#: The day on which the official files were fetched.
RETRIEVED = "2026-11-22"

RG = "https://w3id.org/rolegraph/"
PREFIXES = {
    "rg": RG,
    "answer": f"{RG}answer/",
    "area": f"{RG}area/",
    "degree": f"{RG}degree/",
    "graph": f"{RG}graph/",
    "occupation": f"{RG}occupation/",
    "org": f"{RG}org/",
    "role": f"{RG}role/",
    "skill": f"{RG}skill/",
    "source": f"{RG}source/",
    "ep": f"{RG}claim/bls-ep/",
    "oews": f"{RG}claim/bls-oews/",
    "esco-claim": f"{RG}claim/esco/",
    "onet": f"{RG}claim/onet/",
    "esco": "http://data.europa.eu/esco/model#",
    "esco-occupation": "http://data.europa.eu/esco/occupation/",
    "esco-skill": "http://data.europa.eu/esco/skill/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class WrongInputError(Exception):
    """A file is missing, or does not hold what it should."""


#: Predicates, each with one object, several, or none; without an object nothing is written.
Pairs = list[tuple[str, "str | Sequence[str]"]]


class Block(NamedTuple):
    """What is said of one thing, by name."""

    subject: str
    pairs: Pairs


class Part(NamedTuple):
    """A part of a file: its heading and its blocks."""

    heading: str
    blocks: list[Block]


# --- reading ---------------------------------------------------------------------------------------


def rows(file: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """Read a comma-separated table, without stray blanks; complain if the file or a column is missing."""
    if not file.is_file():
        raise WrongInputError(f"{file}: no such file")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return table(csv.reader(lines), columns, str(file))


def table(lines: Iterable[list[str]], columns: Iterable[str], name: str) -> list[dict[str, str]]:
    """Make a table of lines whose first one names the columns.

    >>> table([["code", "title"], ["1 ", " a  name"]], ["code"], "example")
    [{'code': '1', 'title': 'a name'}]
    """
    head, *body = [[" ".join(cell.split()) for cell in line] for line in lines if line] or [[]]
    if missing := [column for column in columns if column not in head]:
        raise WrongInputError(f"{name}: no column {', '.join(missing)} (it has: {', '.join(head) or 'none'})")
    for number, line in enumerate(body, start=2):
        if len(line) != len(head):
            raise WrongInputError(f"{name}: row {number} has {len(line)} cells and not {len(head)}")
    return [dict(zip(head, line, strict=True)) for line in body]


# --- terms -----------------------------------------------------------------------------------------


def text(words: str) -> str:
    r"""Write English words.

    >>> print(text('a "name"'))
    "a \"name\""@en
    """
    return f"{plain(words)}@en"


def plain(words: str) -> str:
    """Write words that are of no language, such as a code."""
    return json.dumps(words, ensure_ascii=False)


def typed(value: str, datatype: str) -> str:
    """Write a value of a datatype of XML Schema, such as gYear.

    >>> typed("2034", "gYear")
    '"2034"^^xsd:gYear'
    """
    return f'"{value}"^^xsd:{datatype}'


def number(figure: str) -> str:
    """Write a figure without superfluous zeros, as an integer where it is whole.

    >>> number("68.24"), number("90.00"), number("-2.20")
    ('68.24', '90', '-2.2')
    """
    value = Decimal(figure)
    return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"


def name(iri: str, prefix: str) -> str:
    """Shorten an IRI by one of the prefixes; complain if it is not in that namespace.

    >>> name("http://data.europa.eu/esco/skill/ab-1", "esco-skill")
    'esco-skill:ab-1'
    """
    start = PREFIXES[prefix]
    if not iri.startswith(start) or not iri[len(start) :].replace("-", "").isalnum():
        raise WrongInputError(f"{iri}: not an IRI of {start}")
    return f"{prefix}:{iri[len(start) :]}"


# --- what every file begins with -------------------------------------------------------------------


def dataset(key: str, title: str, description: str, licence: str, release: str, notice: str = "") -> Block:
    """Describe a data set: the graph of one file, by what it holds, its licence, release and attribution."""
    return Block(
        f"graph:{key}",
        [
            ("a", ["void:Dataset", "dcat:Dataset"]),
            ("dcterms:title", text(title)),
            ("dcterms:description", text(description)),
            ("dcterms:source", f"source:{key}"),
            ("dcterms:license", f"<{licence}>"),
            ("schema:copyrightNotice", text(notice) if notice else []),
            ("owl:versionInfo", plain(release)),
            ("dcterms:created", typed(RETRIEVED, "date")),
        ],
    )


def source(key: str, label: str, publisher: str, page: str, dated: Pairs, citation: str = "") -> Block:
    """Describe a source that is itself a data set; `dated` says what is known of its date."""
    return Block(
        f"source:{key}",
        [
            ("a", ["rg:Source", "dcat:Dataset"]),
            ("skos:prefLabel", text(label)),
            ("dcterms:bibliographicCitation", plain(citation) if citation else []),
            ("dcterms:publisher", publisher),
            *dated,
            ("schema:url", f"<{page}>"),
        ],
    )


def organization(subject: str, label: str) -> Block:
    """Describe an organization."""
    return Block(subject, [("a", "rg:Organization"), ("skos:prefLabel", text(label))])


# --- writing ---------------------------------------------------------------------------------------


def write(file: Path, comment: str, parts: list[Part]) -> None:
    """Write a Turtle file whole or not at all: comment, prefixes, parts; tell how many triples it has."""
    blocks = [block for part in parts for block in part.blocks]
    used = {term.partition(":")[0] for block in blocks for term in _names(block)}
    width = max(len(prefix) for prefix in used) + 1
    lines = [*(f"# {line}".rstrip() for line in comment.strip().splitlines()), ""]
    lines += [f"@prefix {f'{p}:':<{width}} <{iri}> ." for p, iri in PREFIXES.items() if p in used]
    for part in parts:
        lines += ["", "", f"{'#' * 80}  {part.heading}", ""]
        lines += [_turtle(block) for block in part.blocks]
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_bytes("\n".join([*lines, ""]).encode())
    draft.replace(file)
    triples = sum(len(_objects(objects)) for block in blocks for _, objects in block.pairs)
    print(f"{file}: {triples} triples")


def _objects(objects: str | Sequence[str]) -> Sequence[str]:
    return [objects] if isinstance(objects, str) else objects


def _names(block: Block) -> Iterator[str]:
    """Give every prefixed name of a block, those of datatypes included."""
    yield block.subject
    for predicate, objects in block.pairs:
        for term in [predicate, *_objects(objects)] if objects else []:
            shown = term.rpartition('"')[2].removeprefix("^^") if term.startswith('"') else term
            if ":" in shown and not shown.startswith("<"):
                yield shown


def _turtle(block: Block) -> str:
    """Write a block: on one line if it is short, else a line for each predicate; long lists wrap."""
    pairs = [(predicate, _objects(objects)) for predicate, objects in block.pairs if objects]
    said = [f"{predicate} {', '.join(objects)}" for predicate, objects in pairs]
    short = f"{block.subject} {' ; '.join(said)} ."
    if len(short) <= 110 and len(pairs) <= 3:  # noqa: PLR2004
        return short
    said = [
        line if len(objects) < 4 else f"{predicate}\n        " + ",\n        ".join(objects)  # noqa: PLR2004
        for line, (predicate, objects) in zip(said, pairs, strict=True)
    ]
    return f"{block.subject} " + " ;\n    ".join(said) + " ."


# --- running ---------------------------------------------------------------------------------------


def run(build: Callable[[Path, Path], None], description: str, source: str) -> int:
    """Run a build script: read its two folders from the command line, and report wrong input plainly."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, metavar="SOURCE_FOLDER", help=source)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to write")
    given = parser.parse_args()
    try:
        build(given.source, given.out)
    except WrongInputError as wrong:
        print(f"{Path(sys.argv[0]).name}: {wrong}", file=sys.stderr)
        return 2
    return 0
