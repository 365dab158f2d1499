"""The tables of an O*NET release that are read, and what every part of the importer needs to read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolegraph.importers.lines import minted, named, text
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.importers.releases import Release, Row, Sheet
    from rolegraph.importers.reports import Report

OCCUPATIONS, ALTERNATES, REPORTED = "Occupation Data", "Alternate Titles", "Sample of Reported Titles"
RELATED, TASKS = "Related Occupations", "Task Statements"
ZONES, ZONE_TEXTS = "Job Zones", "Job Zone Reference"
ANSWERS, CATEGORIES = "Education, Training, and Experience", "Education, Training, and Experience Categories"
SKILLS, KNOWLEDGE, TECHNOLOGIES = "Skills", "Knowledge", "Technology Skills"
ELEMENTS, SCALES = "Content Model Reference", "Scales Reference"

#: Every table that is read. All but the first may be missing.
TABLES = (
    OCCUPATIONS, ALTERNATES, REPORTED, RELATED, TASKS, ZONES, ZONE_TEXTS, ANSWERS, CATEGORIES,
    SKILLS, KNOWLEDGE, TECHNOLOGIES, ELEMENTS, SCALES,
)  # fmt: skip

#: The column that says which occupation a row is about.
CODE = "O*NET-SOC Code"

#: What stands where O*NET has no value.
NOTHING = "n/a"

_CODE = re.compile(r"\d\d-\d{4}\.\d\d", re.ASCII)
_ELEMENT = re.compile(r"\w+(\.\w+)*", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?", re.ASCII)
_DATE = re.compile(r"(\d\d)/(\d{4})", re.ASCII)


@dataclass
class Reading:
    """A release that is being read. occupations: the IRI of every occupation, by its code."""

    release: Release
    report: Report
    number: str
    occupations: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The source that every claim names."""
        return f"<{BASE}source/onet-{self.number}>"

    @property
    def claims(self) -> str:
        """How the IRIs of claims begin; the end is to be put behind, with a >."""
        return f"<{BASE}claim/onet-{self.number}/"

    def has(self, table: str) -> bool:
        """Tell whether the release has a table."""
        return self.release.has(file_of(table))

    def sheet(self, table: str) -> Sheet:
        """Open a table."""
        return self.release.tsv(file_of(table))

    def rows(self, sheet: Sheet, *columns: str) -> Iterator[Row]:
        """Give the cells of these columns; the rows are counted in the report once all are read."""
        yield from sheet.rows(columns)
        self.report.rows[sheet.name.removesuffix(".txt")] = sheet.count

    def rows_of_known(self, sheet: Sheet, *columns: str) -> Iterator[tuple[str, Row]]:
        """Give, for every row on an occupation that there is, the occupation's IRI and the cells."""
        for code, *cells in self.rows(sheet, CODE, *columns):
            occupation = self.occupations.get(code)
            if occupation is None:
                self.report.note(
                    f"rows on an occupation that {OCCUPATIONS} lacks, left out", f"{sheet.name}: {code}"
                )
            else:
                yield occupation, tuple(cells)

    @staticmethod
    def about(subject: str, *facts: tuple[str, *tuple[str, ...]]) -> str:
        """Write what is said of a thing: a predicate as a short name, then its objects.

        An object is a term, a short name, or else English text.
        """
        return "".join(
            f"{subject} {named(predicate)} {_term(value)} .\n"
            for predicate, *values in facts
            for value in values
        )


def _term(value: str) -> str:
    if value.startswith(("<", '"')):
        return value
    return named(value) if re.fullmatch(r"[a-z]+:[A-Za-z]+", value) else text(value, "en")


def local(iri: str) -> str:
    """Give the last part of an IRI, which tells it from its like."""
    return iri.rpartition("/")[2].rstrip(">")


def file_of(table: str) -> str:
    """Give the name of a table's file."""
    return f"{table}.txt"


def occupation_iri(sheet: Sheet, code: str) -> str:
    """Name an occupation: one of the SOC by its code there, a finer one of O*NET by its code here.

    Raises SourceError where the code is none.
    """
    if not _CODE.fullmatch(code):
        raise sheet.error(f"{code!r} is no code such as 11-2021.00", column=CODE)
    soc, _, detail = code.partition(".")
    return f"<{BASE}occupation/{f'soc-{soc}' if detail == '00' else f'onet-{code}'}>"


def element_iri(sheet: Sheet, element: str) -> str:
    """Name an element of the content model, such as a skill, by its number there.

    Raises SourceError where the number is none.
    """
    if not _ELEMENT.fullmatch(element):
        raise sheet.error(f"{element!r} is no number of an element such as 2.A.1.a", column="Element ID")
    return minted("skill", "onet", element)


def number(sheet: Sheet, value: str, column: str) -> str:
    """Give a decimal number as it stands, once it is seen to be one.

    Raises SourceError where it is none.
    """
    if not _NUMBER.fullmatch(value):
        raise sheet.error(f"{value!r} is not a number", column=column)
    return value


def whole(sheet: Sheet, value: str, column: str, most: int) -> int:
    """Give a whole number from 1 to `most`.

    Raises SourceError where it is none.
    """
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:12]) <= most):
        raise sheet.error(f"{value!r} is not a whole number from 1 to {most:,}", column=column)
    return int(value)


def month(sheet: Sheet, value: str) -> str:
    """Give a date such as 08/2023 as a literal, 2023-08.

    Raises SourceError where it is none.
    """
    found = _DATE.fullmatch(value)
    if found is None:
        raise sheet.error(f"{value!r} is no month such as 08/2023", column="Date")
    return f'"{found[2]}-{found[1]}"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
