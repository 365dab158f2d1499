"""Writes bls-oews.ttl and bls-ep.ttl: what occupations pay, and how employment in them is to change."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import turtle as ttl

if TYPE_CHECKING:
    from pathlib import Path

WAGES = "oews-2025/national.csv"
FOOTNOTES = "oews-2025/footnotes.csv"
PROJECTIONS = "bls-ep-2024-34/occupations.csv"

#: The percentiles of the annual wage: what holds them, and their names. The median is the amount of the pay.
PERCENTILES = {
    "annual_p10": ("schema:percentile10", "10th percentile"),
    "annual_p25": ("schema:percentile25", "25th percentile"),
    "annual_median": ("rg:amount", "median"),
    "annual_p75": ("schema:percentile75", "75th percentile"),
    "annual_p90": ("schema:percentile90", "90th percentile"),
}
WAGE_COLUMNS = ("soc_code", "title", *PERCENTILES, "footnotes")
PROJECTION_COLUMNS = (
    *("soc_code", "title", "employment_change_pct", "annual_openings"),
    *("typical_education", "work_experience"),
)

#: BLS marks figures that it cuts off at a ceiling by a footnote, which says this.
TOP_CODED = "equal to or greater than"
#: What stands for a figure that BLS does not give.
NOT_GIVEN = {"", "-"}

PUBLISHER = "org:us-bureau-of-labor-statistics"
PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/mark/1.0/"

DEGREES = {
    "Associate's degree": "degree:associate",
    "Bachelor's degree": "degree:bachelor",
    "Master's degree": "degree:master",
    "Doctoral or professional degree": "degree:doctorate",
}
EXPERIENCE = {
    "5 years or more": ("5 years or more in a related occupation", "5"),
    "Less than 5 years": ("less than 5 years in a related occupation", ""),
    "None": ("no experience in a related occupation", ""),
}

SOURCE_HELP = f"the folder that holds {WAGES}, {FOOTNOTES} and {PROJECTIONS}"
HELP = f"""
Write bls-oews.ttl and bls-ep.ttl for the occupations in occupations.csv (by their SOC codes).

Where the public gets the official files:
  wages, May 2025 (OEWS):     https://www.bls.gov/oes/tables.htm, national; as flat files:
                              https://download.bls.gov/pub/time.series/oe/
  projections 2024-34 (EP):   https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx, Table 1.2
{WAGES} has a line for each occupation and a column for each measure, blank or "-" where BLS
gives none; its column "footnotes" says which measure has which note of {FOOTNOTES}.
{PROJECTIONS} has the columns of Table 1.2; employment and openings are thousands.
"""
WAGES_COMMENT = """
US Bureau of Labor Statistics (BLS), Occupational Employment and Wage Statistics (OEWS), May 2025.
Written by ontology/build/bls.py; not edited by hand. What it covers stands in occupations.csv there.

The official files: https://www.bls.gov/oes/tables.htm
Licence: works of the US government, in the public domain.
Cite: U.S. Bureau of Labor Statistics, OEWS, May 2025.
What was changed: fourteen occupations of 1,104 lines, the whole of the United States. Of each there is one
distribution of the annual wage: the median (rg:amount) and four other percentiles. The occupations are named
in graph:onet.
"""
PROJECTIONS_COMMENT = """
US Bureau of Labor Statistics (BLS), Employment Projections (EP) 2024-34: growth, openings, typical entry.
Written by ontology/build/bls.py; not edited by hand. What it covers stands in occupations.csv there.

The official file: https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx
Licence: works of the US government, in the public domain.
Cite: U.S. Bureau of Labor Statistics, Employment Projections, Table 1.2.
What was changed: fourteen occupations of 832. Openings are counted in persons, not in thousands. The typical
entry into an occupation is one claim about education and experience. The occupations are named in
graph:onet.
"""


def read(folder: Path, file: str, columns: tuple[str, ...], codes: list[str]) -> list[dict[str, str]]:
    """Read the lines of our occupations, in the order of their codes; complain if one is not there once."""
    rows = ttl.rows(folder / file, columns)
    found = sorted((row for row in rows if row["soc_code"] in codes), key=lambda row: row["soc_code"])
    if [row["soc_code"] for row in found] != codes:
        raise ttl.WrongInputError(f"{folder / file}: needs one line for each of {', '.join(codes)}")
    return found


# --- wages -----------------------------------------------------------------------------------------


def top_codes(folder: Path) -> set[str]:
    """Find the footnotes that mark a figure as cut off at a ceiling."""
    notes = ttl.rows(folder / FOOTNOTES, ("code", "text"))
    return {note["code"] for note in notes if TOP_CODED in note["text"]}


def pay_block(row: dict[str, str], top: set[str]) -> ttl.Block | None:
    """Write the wages of an occupation; nothing if there is no median."""
    notes = dict(note.split("=") for note in row["footnotes"].split(";") if note)
    given = {column: row[column] for column in PERCENTILES if row[column] not in NOT_GIVEN}
    if "annual_median" not in given:
        print(f"bls.py: {row['soc_code']}: BLS gives no annual median", file=sys.stderr)
        return None
    at_least = [PERCENTILES[column][1] for column in given if notes.get(column) in top]
    return ttl.Block(
        f"oews:pay-soc-{row['soc_code']}",
        [
            ("a", "rg:Pay"),
            ("rg:role", f"occupation:soc-{row['soc_code']}"),
            ("rg:statistic", "rg:MedianWage"),
            *((PERCENTILES[column][0], ttl.number(figure)) for column, figure in given.items()),
            ("rg:topCoded", "true" if at_least else []),
            ("rg:qualifier", ttl.text(f"at least: {', '.join(at_least)}") if at_least else []),
            ("rg:currency", ttl.plain("USD")),
            ("schema:unitText", ttl.plain("YEAR")),
            ("rg:period", ttl.typed("2025-05", "gYearMonth")),
            ("rg:area", "area:united-states"),
            ("rg:evidence", "rg:Stated"),
            ("dcterms:source", "source:bls-oews"),
        ],
    )


# --- projections -----------------------------------------------------------------------------------


def outlook_block(row: dict[str, str]) -> ttl.Block:
    """Write the outlook of an occupation."""
    openings = ttl.number(str(Decimal(row["annual_openings"]) * 1000))
    return ttl.Block(
        f"ep:outlook-soc-{row['soc_code']}",
        [
            ("a", "rg:Outlook"),
            ("rg:role", f"occupation:soc-{row['soc_code']}"),
            ("rg:growthPercent", ttl.number(row["employment_change_pct"])),
            ("rg:annualOpenings", openings),
            ("rg:startYear", ttl.typed("2024", "gYear")),
            ("rg:endYear", ttl.typed("2034", "gYear")),
            ("rg:area", "area:united-states"),
            ("rg:evidence", "rg:Stated"),
            ("dcterms:source", "source:bls-ep"),
        ],
    )


def entry_block(row: dict[str, str]) -> ttl.Block:
    """Write the education and the experience that are typical of people who enter an occupation."""
    education, experience = row["typical_education"], row["work_experience"]
    if education not in DEGREES or experience not in EXPERIENCE:
        raise ttl.WrongInputError(f"{PROJECTIONS}: {row['title']}: new: {education!r} or {experience!r}")
    words, years = EXPERIENCE[experience]
    return ttl.Block(
        f"ep:entry-soc-{row['soc_code']}",
        [
            ("a", ["rg:EducationRequirement", "rg:ExperienceRequirement"]),
            ("rg:role", f"occupation:soc-{row['soc_code']}"),
            ("rg:necessity", "rg:Typical"),
            ("rg:degree", DEGREES[education]),
            ("rg:text", ttl.text(words)),
            ("rg:minimumYears", years or []),
            ("rg:evidence", "rg:Stated"),
            ("dcterms:source", "source:bls-ep"),
        ],
    )


# --- the files -------------------------------------------------------------------------------------


def wages(folder: Path, codes: list[str]) -> list[ttl.Part]:
    """Make the parts of bls-oews.ttl."""
    top = top_codes(folder)
    blocks = [pay_block(row, top) for row in read(folder, WAGES, WAGE_COLUMNS, codes)]
    about = [
        ttl.dataset(
            "bls-oews",
            "BLS OEWS, May 2025: wages",
            "The annual wage in the United States, by percentiles, for occupations of the roles.",
            PUBLIC_DOMAIN,
            "May 2025",
        ),
        ttl.source(
            "bls-oews",
            "BLS: Occupational Employment and Wage Statistics, May 2025",
            PUBLISHER,
            "https://www.bls.gov/oes/",
            [("dcterms:date", ttl.typed("2026-05-15", "date"))],
            "U.S. Bureau of Labor Statistics, OEWS, May 2025.",
        ),
    ]
    return [
        ttl.Part("The data set and its source", about),
        ttl.Part("Annual wages: the amount is the median", [block for block in blocks if block]),
    ]


def projections(folder: Path, codes: list[str]) -> list[ttl.Part]:
    """Make the parts of bls-ep.ttl."""
    rows = read(folder, PROJECTIONS, PROJECTION_COLUMNS, codes)
    about = [
        ttl.dataset(
            "bls-ep",
            "BLS Employment Projections 2024-34",
            "The change in employment and the openings a year that BLS expects from 2024 to 2034, and the "
            "typical education and experience of people who enter, for occupations of the roles.",
            PUBLIC_DOMAIN,
            "2024-34",
        ),
        ttl.source(
            "bls-ep",
            "BLS: Employment Projections 2024-34",
            PUBLISHER,
            "https://www.bls.gov/emp/",
            [("rg:accessed", ttl.typed("2026-02-18", "date"))],
            "U.S. Bureau of Labor Statistics, Employment Projections, Table 1.2.",
        ),
    ]
    return [
        ttl.Part("The data set and its source", about),
        ttl.Part("Outlook", [outlook_block(row) for row in rows]),
        ttl.Part("Typical entry", [entry_block(row) for row in rows]),
    ]


def build(folder: Path, out: Path) -> None:
    """Read both releases, and write bls-oews.ttl and bls-ep.ttl."""
    covered = ttl.rows(ttl.HERE / "occupations.csv", ["onet_soc_code"])
    codes = sorted({row["onet_soc_code"][:7] for row in covered})
    ttl.write(out / "bls-oews.ttl", WAGES_COMMENT, wages(folder, codes))
    ttl.write(out / "bls-ep.ttl", PROJECTIONS_COMMENT, projections(folder, codes))


if __name__ == "__main__":
    sys.exit(ttl.run(build, HELP, SOURCE_HELP))
