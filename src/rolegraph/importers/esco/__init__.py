"""ESCO, the European classification of skills, competences and occupations, from its official CSV release.

What comes out is RDF in ESCO's own terms and IRIs, and as few of rolegraph's as make it work here: an
occupation is also an `rg:Occupation`, a skill an `rg:Skill`. https://esco.ec.europa.eu/en/use-esco/download
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.errors import ParameterError, SourceError
from rolegraph.importers.esco.concepts import CLASSES, Concepts, describe, translate
from rolegraph.importers.esco.relations import (
    RELATIONS,
    Links,
    read_collection,
    read_hierarchy,
    write_hierarchy,
)
from rolegraph.importers.lines import A, about, minted, named, text
from rolegraph.importers.releases import open_release
from rolegraph.importers.reports import Report
from rolegraph.importers.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rolegraph.importers.releases import Release, Sheet, Watch

#: How the archives and folders of the official release are called.
_VERSION = re.compile(r"ESCO dataset - v(\d+(?:\.\d+)+)", re.IGNORECASE)

#: How a release may be called when its files do not tell.
_NAMED = re.compile(r"\d+(\.\d+)*[A-Za-z0-9.-]*")

#: A file of the release: its table, and its language where it has one.
_FILE = re.compile(r"(?P<table>.+?)(?:_(?P<language>[a-z]{2,3}(?:-[a-z0-9]+)*))?\.csv", re.IGNORECASE)

_COLLECTION = "Collection"

#: Acknowledgement, as the licence asks, and what was changed.
NOTICE = (
    "(c) European Union. This service uses the ESCO classification of the European Commission. "
    "What was changed: the tables in CSV were written as RDF; blanks around names, names that repeat "
    "another of the same thing, repeated rows, and relations to what the release does not hold are left out."
)


class _File(NamedTuple):
    language: str
    name: str


def import_esco(
    sources: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    release: str = "",
    watch: Watch | None = None,
) -> Report:
    """Read the official CSV release of ESCO into a file or a store, and report what was read and what is odd.

    sources: the zip archives, or folders that hold them or what is in them; one language or several. output:
    a file in the format of its ending, or an on-disk store (`.store`). release: its version, such as "1.1.1";
    read from the names of archives and folders where it is not given. watch: is told the file that is read,
    the bytes read so far, and all there are.

    Raises SourceError, with file and line, when something is wrong with the release; ParameterError when
    `release` is no version; OutputError when `output` cannot be written. Then nothing is written.
    """
    report = Report()
    with open_release(sources, (".csv",), watch) as files:
        version = release or version_of(files)
        if not _NAMED.fullmatch(version):
            message = f"{version!r} is no version of ESCO; write it like 1.1.1"
            raise ParameterError(message)
        graph = minted("graph", f"esco-{version}")[1:-1]
        report.statements = write(statements(files, report, version), output, store_graph=graph)
    return report


def version_of(release: Release) -> str:
    """Find the version in the names of archives and folders.

    Raises SourceError when they tell none, or two.
    """
    places = {member.place for member in release.members.values()}
    places |= {str(source.resolve()) for source in release.sources}
    found: set[str] = {match for place in places for match in _VERSION.findall(place)}
    if len(found) == 1:
        return found.pop()
    if found:
        raise SourceError(
            release.place, f"holds two releases of ESCO, {' and '.join(sorted(found))}; give one"
        )
    reason = "does not tell which release of ESCO it is; say so with --release, as in --release 1.1.1"
    raise SourceError(release.place, reason)


def statements(release: Release, report: Report, version: str) -> Iterator[str]:
    """Give all that is taken from a release as lines of N-Triples, each statement once.

    Concepts come first, and then what relates them, so that a relation to nothing is noticed.
    """
    report.title = f"ESCO {version}"
    tables = _tables(release)
    yield _data_set(version)
    translated = frozenset(table for table, files in tables.items() if len(files) > 1)
    yield from _read_tables(release, tables, Links(Concepts(report, translated)), version)
    report.missing += [name for name in (*CLASSES, *RELATIONS) if name not in tables]
    taken = {*CLASSES, *RELATIONS, *filter(_is_collection, tables)}
    report.unread += [file.name for name in tables.keys() - taken for file in tables[name]]
    report.unread.sort()


def _is_collection(table: str) -> bool:
    return table.endswith(_COLLECTION)


def _read_tables(
    release: Release, tables: dict[str, list[_File]], links: Links, version: str
) -> Iterator[str]:
    concepts = links.concepts

    def files(table: str) -> Iterator[tuple[Sheet, str, bool]]:
        """Give the files of a table with their languages, and which is the first; count their rows."""
        for number, (language, name) in enumerate(tables.get(table, ())):
            sheet = release.csv(name)
            yield sheet, language, number == 0
            concepts.report.rows[sheet.name] = sheet.count

    for table in CLASSES:
        for sheet, language, first in files(table):
            if table == "skillsHierarchy":
                yield from read_hierarchy(sheet, language, links, first=first)
            else:
                yield from (describe if first else translate)(sheet, table, language, concepts)
    for table, read in RELATIONS.items():
        for sheet, _, first in files(table):
            yield from read(sheet, links, first=first)
    yield from write_hierarchy(links)
    for table in filter(_is_collection, tables):
        name = table.removesuffix(_COLLECTION)
        for sheet, _, _ in files(table):
            yield from read_collection(sheet, minted("collection", f"esco-{version}", name), name, links)


def _tables(release: Release) -> dict[str, list[_File]]:
    """Give the files of every table, English first, else in the order of their languages.

    Raises SourceError when the tables are missing that all others stand on.
    """
    spelt = {table.casefold(): table for table in (*CLASSES, *RELATIONS)}
    tables: dict[str, list[_File]] = {}
    for name in release.names():
        found = _FILE.fullmatch(name)
        if found:
            table = spelt.get(found["table"].casefold(), found["table"])
            tables.setdefault(table, []).append(_File((found["language"] or "").lower(), name))
    for files in tables.values():
        files.sort(key=lambda file: (file.language != "en", file.language))
    for table in ("occupations", "skills"):
        if table not in tables:
            release.member(f"{table}_en.csv")
    return tables


def _data_set(version: str) -> str:
    """Describe the data set and its source."""
    graph, source = minted("graph", f"esco-{version}"), minted("source", f"esco-{version}")
    publisher = minted("org", "european-commission")
    title = text(f"ESCO {version}", "en")
    return (
        about(
            graph,
            (
                (A, named("void:Dataset")),
                (A, named("dcat:Dataset")),
                (named("dcterms:title"), title),
                (named("dcterms:source"), source),
                (named("dcterms:license"), "<https://eur-lex.europa.eu/eli/dec/2011/833/oj>"),
                (named("schema:copyrightNotice"), text(NOTICE, "en")),
                (named("owl:versionInfo"), text(version)),
            ),
        )
        + about(
            source,
            (
                (A, named("rg:Source")),
                (A, named("dcat:Dataset")),
                (named("skos:prefLabel"), title),
                (named("dcterms:publisher"), publisher),
                (named("schema:url"), "<https://esco.ec.europa.eu/>"),
                (named("rg:dateNote"), text("The release does not say when it was published.", "en")),
            ),
        )
        + about(
            publisher,
            (
                (A, named("rg:Organization")),
                (named("skos:prefLabel"), text("European Commission", "en")),
            ),
        )
    )
