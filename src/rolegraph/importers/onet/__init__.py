"""O*NET, the occupational database of the US Department of Labor, from the text files of a release.

https://www.onetcenter.org/database.html; the columns are described in the data dictionary of each release.
"""

from __future__ import annotations

import re
from calendar import month_name
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError, SourceError
from rolegraph.importers.lines import named
from rolegraph.importers.onet import occupations, preparation, skills
from rolegraph.importers.onet.tables import TABLES, Reading, file_of
from rolegraph.importers.releases import open_release
from rolegraph.importers.reports import Report
from rolegraph.importers.writing import write
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rolegraph.importers.releases import Release, Watch

#: The oldest and the newest release whose tables are known to be as they are read here.
KNOWN = (25, 30)


def import_onet(
    sources: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    release: str = "",
    watch: Watch | None = None,
) -> Report:
    """Read a release of O*NET into a file or a store, and report what was read and what is odd in it.

    sources: the archive of text files (db_29_3_text.zip) or the folder it unpacks to. release: its number,
    such as "29.3"; read from the names and the Read Me where it is not given.

    Raises SourceError, with file and line, OutputError, ParameterError for a number that is none.
    """
    report = Report()
    if release and not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", release, re.ASCII):
        raise ParameterError(f"{release!r} is no number of a release; write it as 29.3.")
    with open_release(sources, (".txt",), watch) as files:
        number = release or _number(files)
        report.title = f"O*NET {number}"
        if not KNOWN[0] <= int(number.partition(".")[0]) <= KNOWN[1]:
            known = f"releases {KNOWN[0]} to {KNOWN[1]} are known"
            report.note(f"release whose tables may differ from those read here ({known})", number)
        lines = statements(Reading(files, report, number))
        report.statements = write(lines, output, store_graph=f"{BASE}graph/onet-{number}")
    return report


def statements(reading: Reading) -> Iterator[str]:
    """Give all that is taken from a release, as lines of N-Triples."""
    there = {name.casefold() for name in reading.release.names()}
    wanted = {file_of(name).casefold(): name for name in TABLES}
    reading.report.missing += [name for file, name in wanted.items() if file not in there]
    reading.report.unread += [name for name in reading.release.names() if name.casefold() not in wanted]
    yield from _header(reading)
    yield from occupations.statements(reading)
    yield from preparation.statements(reading)
    yield from skills.statements(reading)


def _read_me(release: Release) -> str:
    if not release.has("Read Me.txt"):
        return ""
    with release.open("Read Me.txt") as file:
        return file.read(400).decode("utf-8", "replace")


def _number(release: Release) -> str:
    """Find the number of the release in its Read Me, or in its files' names."""
    told = re.search(r"O\*NET (\d+\.\d+) Database", _read_me(release))
    for source in release.sources:
        told = told or re.search(r"db_(\d+_\d+)", source.resolve().name)
    if told is None:
        reason = "does not tell which release of O*NET it is; say so with --release, as in --release 29.3"
        raise SourceError(release.place, reason)
    return told[1].replace("_", ".")


def _date(release: Release) -> tuple[str, str]:
    """Give when the release came out, as its Read Me tells; else that it does not tell."""
    told = re.search(r"(\w+) (\d{4}) Release", _read_me(release))
    if told and told[1] in month_name:
        number = [*month_name].index(told[1])
        return "dcterms:date", f'"{told[2]}-{number:02}"^^{named("xsd:gYearMonth")}'
    return "rg:dateNote", "The files do not tell when the release came out."


def _header(reading: Reading) -> Iterator[str]:
    """Describe the data set and its source."""
    about, number = reading.about, reading.number
    organization = "<https://w3id.org/rolegraph/org/us-department-of-labor>"
    notice = (
        f"This product includes information from the O*NET {number} Database by the U.S. Department of Labor,"
        " Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET(R) is a"
        " trademark of USDOL/ETA. The information was modified; USDOL/ETA has not approved, endorsed, or"
        " tested these modifications."
    )
    yield about(
        f"<{BASE}graph/onet-{number}>",
        ("rdf:type", "void:Dataset", "dcat:Dataset"),
        ("dcterms:title", f"O*NET {number}"),
        ("dcterms:description", _DESCRIPTION),
        ("dcterms:source", reading.source),
        ("dcterms:license", "<https://creativecommons.org/licenses/by/4.0/>"),
        ("schema:copyrightNotice", notice),
        ("owl:versionInfo", f'"{number}"'),
    )
    yield about(
        reading.source,
        ("rdf:type", "rg:Source", "dcat:Dataset"),
        ("skos:prefLabel", f"O*NET {number}"),
        ("dcterms:publisher", organization),
        _date(reading.release),
        ("schema:url", "<https://www.onetcenter.org/database.html>"),
    )
    yield about(
        organization,
        ("rdf:type", "rg:Organization"),
        ("skos:prefLabel", "US Department of Labor, Employment and Training Administration"),
    )


_DESCRIPTION = (
    "Occupations of O*NET-SOC with their titles, job zones, education and experience required, skills,"
    " knowledge, technologies, tasks and related occupations. An importance of 3 or more of 5 is taken as"
    " essential."
)
