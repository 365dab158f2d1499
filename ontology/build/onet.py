"""Writes onet.ttl: which O*NET occupations our roles are, and the education and experience these ask for."""

from __future__ import annotations

import io
import sys
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING

import turtle as ttl

if TYPE_CHECKING:
    from pathlib import Path

    Row = dict[str, str]
    Release = dict[str, list[Row]]

FILE = "db_29_3_text.zip"
CODE = "O*NET-SOC Code"
OCCUPATIONS, ZONES, ANSWERS = "Occupation Data", "Job Zones", "Education, Training, and Experience"
ALTERNATES, REPORTED = "Alternate Titles", "Sample of Reported Titles"
TABLES = {
    OCCUPATIONS: (CODE, "Title"),
    ALTERNATES: (CODE, "Alternate Title", "Short Title"),
    REPORTED: (CODE, "Reported Job Title"),
    ZONES: (CODE, "Job Zone", "Date"),
    ANSWERS: (CODE, "Scale ID", "Category", "Data Value", "N", "Recommend Suppress", "Date"),
}
ROLE_COLUMNS = ("role", "match", "matched_title", "onet_soc_code", "found_by", "remark")
ANSWER_COLUMNS = ("scale", "category", "answer", "label", "degree")

#: The two questions whose answers are taken: required level of education, related work experience.
SCALES = {"RL": "rg:educationShare", "RW": "rg:experienceShare"}

#: Kinds of match, with what SKOS calls them. An O*NET occupation gathers many titles: it is broader than a
#: role even where the role's very name is one of them. Were all of them skos:exactMatch, which is transitive,
#: a chief technology officer would be the same as a chief executive officer.
MATCHES = {
    "exact": ("rg:ExactMatch", "skos:broadMatch"),
    "ambiguous": ("rg:AmbiguousMatch", "skos:broadMatch"),
    "near": ("rg:NearMatch", "skos:relatedMatch"),
    "none": ("rg:NoMatch", ""),
}
REPORTED_TITLES = "titles reported in the survey"
SOURCES = {"title": "source:onet", "occupation": "source:onet", "crosswalk": "source:nesta-crosswalk"}

SOURCE_HELP = f"the folder that holds {FILE}"
HELP = f"""
Write onet.ttl from {FILE}, the O*NET 29.3 database as text: role to occupation by title row,
job zones, and the shares of answers to how much education and related experience an occupation takes.

Where the public gets it: https://www.onetcenter.org/db_releases.html (release 29.3, text files).
Tables read: {"; ".join(TABLES)}.
"""
COMMENT = """
O*NET 29.3: which of its occupations the roles of rolegraph are, and the preparation that these ask for.
Written by ontology/build/onet.py; not edited by hand. What it covers stands beside that script, in
occupations.csv, role_onet.csv and onet_answers.csv. Roles are matched by whole titles, never by acronym.

The official release: https://www.onetcenter.org/db_releases.html
Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
This product includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment
and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET(R) is a trademark of
USDOL/ETA. The information was modified; USDOL/ETA has not approved, endorsed, or tested these modifications.
What was changed: fourteen occupations of 1,016; names, job zones and shares only; shares of zero left out.
Two matches follow a crosswalk by Nesta: Mapping Career Causeways (Kanders, Djumalieva, Sleeman, Orlik, 2020),
MIT licence, https://github.com/nestauk/mapping-career-causeways

A claim of class rg:Preparation holds the answers for one occupation. Each answer that people could give is a
property (listed below), and its value is the share of them, in percent, who gave it.
"""


def read(folder: Path) -> Release:
    """Read the tables out of the archive."""
    if not (folder / FILE).is_file():
        raise ttl.WrongInputError(f"{folder / FILE}: no such file")
    release = {}
    with zipfile.ZipFile(folder / FILE) as archive:
        members = {member.rpartition("/")[2]: member for member in archive.namelist()}
        for name, columns in TABLES.items():
            if f"{name}.txt" not in members:
                raise ttl.WrongInputError(f"{FILE}: no table {name}.txt")
            lines = io.TextIOWrapper(archive.open(members[f"{name}.txt"]), "utf-8")
            release[name] = ttl.table((line.rstrip("\r\n").split("\t") for line in lines), columns, name)
    return release


def node(code: str) -> str:
    """Name an occupation: one of the SOC by its code there, a finer one of O*NET by its code here.

    >>> node("11-1011.00"), node("15-1299.09")
    ('occupation:soc-11-1011', 'occupation:onet-15-1299.09')
    """
    soc, _, detail = code.partition(".")
    return f"occupation:soc-{soc}" if detail == "00" else f"occupation:onet-{code}"


# --- roles, matched by whole titles ----------------------------------------------------------------


def long_title(title: str, short: str) -> str:
    """Take the short form out of a title that has both; the short form alone never counts as a title.

    >>> long_title("CEO (Chief Executive Officer)", "CEO"), long_title("Project Manager (PM)", "PM")
    ('Chief Executive Officer', 'Project Manager')
    """
    if title.endswith(f" ({short})"):
        return title.removesuffix(f" ({short})")
    if title.startswith(f"{short} (") and title.endswith(")"):
        return title.removeprefix(f"{short} (")[:-1]
    return title


def check(role: str, mapped: list[Row], release: Release) -> None:
    """Complain unless the matches of a role are exactly what the title rows of the release say."""
    label = role.replace("-", " ")
    rows = {
        (row[CODE], row["Alternate Title"]): long_title(row["Alternate Title"], row["Short Title"]).lower()
        for row in release[ALTERNATES]
    }
    named = {row for row, title in rows.items() if title == label}
    claimed = {
        kind: {(row["onet_soc_code"], row["matched_title"]) for row in mapped if row["found_by"] == kind}
        for kind in SOURCES
    }
    kinds = {row["match"] for row in mapped if row["found_by"] == "title"}
    right = {
        (): True,  # not matched by title rows at all
        ("exact",): claimed["title"] == named and len(named) == 1,
        ("ambiguous",): claimed["title"] == named and len(named) > 1,
        ("near",): not named and claimed["title"] <= rows.keys(),
        ("none",): not named and claimed["title"] == {("", "")},
    }.get(tuple(kinds), False)
    titles = {(row[CODE], row["Title"]) for row in release[OCCUPATIONS]}
    whole = all((code, title) in titles and title.lower() == label for code, title in claimed["occupation"])
    if not (right and whole):
        found = "; ".join(f"{code} {title}" for code, title in sorted(named)) or "none"
        raise ttl.WrongInputError(f"role_onet.csv: {role}: its title rows in the release are: {found}")


def mapping_block(role: str, mapped: list[Row], release: Release) -> ttl.Block:
    """Write the claim that a role is in an occupation, or in none, with the rows that say so."""
    code, match, found_by = mapped[0]["onet_soc_code"], mapped[0]["match"], mapped[0]["found_by"]
    titles = [row["matched_title"] for row in mapped if row["matched_title"]]
    reported = {row["Reported Job Title"] for row in release[REPORTED] if row[CODE] == code}
    remark = ttl.text(mapped[0]["remark"]) if mapped[0]["remark"] else []
    return ttl.Block(
        f"onet:mapping-{role}--{node(code).partition(':')[2] if code else 'none'}",
        [
            ("a", "rg:Mapping"),
            ("rg:role", f"role:{role}"),
            ("rg:occupation", node(code) if code else []),
            ("rg:match", MATCHES[match][0]),
            ("rg:matchedLabel", [ttl.text(title) for title in titles]),
            ("rg:matchedIn", ttl.text(REPORTED_TITLES) if reported & set(titles) else []),
            ("rg:text" if match == "none" else "rg:doubt", remark),
            ("rg:evidence", "rg:Editorial"),
            ("dcterms:source", SOURCES[found_by]),
        ],
    )


def role_blocks(release: Release) -> list[ttl.Block]:
    """Write how our roles map to occupations, in short and each as a claim."""
    roles: dict[str, list[Row]] = defaultdict(list)
    for row in ttl.rows(ttl.HERE / "role_onet.csv", ROLE_COLUMNS):
        roles[row["role"]].append(row)
    short, claims = [], []
    for role, mapped in roles.items():
        check(role, mapped, release)
        same: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in mapped:
            same[row["onet_soc_code"], row["found_by"]].append(row)
        said: dict[str, list[str]] = defaultdict(list)
        for (code, found_by), rows in same.items():
            claims.append(mapping_block(role, rows, release))
            if code:
                skos = "skos:exactMatch" if found_by == "occupation" else MATCHES[rows[0]["match"]][1]
                said["rg:describedAs"].append(node(code))
                said[skos].append(node(code))
        if said:
            short.append(ttl.Block(f"role:{role}", list(said.items())))
    return short + claims


# --- occupations and what they ask for -------------------------------------------------------------


def occupation_blocks(codes: list[str], release: Release) -> list[ttl.Block]:
    """Write the name and codes of each occupation; one that is a part of an SOC occupation names that too."""
    titles = {row[CODE]: row["Title"] for row in release[OCCUPATIONS]}
    whole = {f"{code[:7]}.00" for code in codes}
    wanted = sorted({*codes, *whole})
    if missing := [code for code in wanted if code not in titles]:
        raise ttl.WrongInputError(f"occupations.csv: not in the release: {', '.join(missing)}")
    return [
        ttl.Block(
            node(code),
            [
                ("a", "rg:Occupation"),
                ("skos:prefLabel", ttl.text(titles[code])),
                (
                    "skos:notation",
                    [ttl.plain(text) for text in ([code[:7]] if code in whole else []) + [code]],
                ),
                ("skos:broader", [] if code in whole else node(f"{code[:7]}.00")),
            ],
        )
        for code in wanted
    ]


def answer_blocks(answers: list[Row]) -> list[ttl.Block]:
    """Write the answers that people could give, in the order of the questionnaire."""
    return [
        ttl.Block(
            f"answer:{row['answer']}",
            [
                ("rdfs:subPropertyOf", SCALES[row["scale"]]),
                ("rdfs:label", ttl.text(row["label"])),
                ("rg:ofDegree", f"degree:{row['degree']}" if row["degree"] else []),
            ],
        )
        for row in answers
    ]


def preparation_block(code: str, zones: list[Row], given: list[Row], answers: list[Row]) -> ttl.Block:
    """Write the job zone of an occupation, and the shares above zero in the order of the questionnaire."""
    dates = {row["Date"] for row in [*zones, *given]}
    if len(dates) > 1 or len(zones) > 1:
        raise ttl.WrongInputError(f"{code}: job zone and answers of different dates: {sorted(dates)}")
    month, year = dates.pop().split("/")
    figures = {(row["Scale ID"], row["Category"]): row["Data Value"] for row in given}
    shares = [(row["answer"], figures.get((row["scale"], row["category"]), "0")) for row in answers]
    return ttl.Block(
        f"onet:preparation-{node(code).partition(':')[2]}",
        [
            ("a", "rg:Preparation"),
            ("rg:role", node(code)),
            ("rg:period", ttl.typed(f"{year}-{month}", "gYearMonth")),
            ("rg:jobZone", [ttl.number(row["Job Zone"]) for row in zones]),
            *((f"answer:{answer}", ttl.number(figure)) for answer, figure in shares if float(figure)),
            ("rg:evidence", "rg:Stated"),
            ("dcterms:source", "source:onet"),
        ],
    )


def preparation_blocks(codes: list[str], answers: list[Row], release: Release) -> tuple[list[ttl.Block], str]:
    """Write what each occupation asks for; tell also how many people answered for one."""
    blocks, people = [], []
    for code in codes:
        zones = [row for row in release[ZONES] if row[CODE] == code]
        given = [row for row in release[ANSWERS] if row[CODE] == code and row["Scale ID"] in SCALES]
        given = [row for row in given if row["Recommend Suppress"] != "Y"]
        for table, rows in ((ZONES, zones), (ANSWERS, given)):
            if not rows:
                print(f"onet.py: {code} has no row in {table}", file=sys.stderr)
        if zones or given:
            blocks.append(preparation_block(code, zones, given, answers))
            people += [int(row["N"]) for row in given]
    return blocks, f"{min(people)} to {max(people)}"


# --- the file --------------------------------------------------------------------------------------


def about(people: str) -> list[ttl.Block]:
    """Describe the data set and its sources."""
    notice = COMMENT[COMMENT.index("This product") : COMMENT.index("What was changed")]
    return [
        ttl.dataset(
            "onet",
            "O*NET 29.3: occupations of the roles",
            "Fourteen occupations of O*NET-SOC, the title rows by which roles match them, their job zones, "
            "and how much education and related experience people in them, or experts on them, said they "
            f"take. The shares of an occupation rest on {people} answers.",
            "https://creativecommons.org/licenses/by/4.0/",
            "29.3",
            " ".join(notice.split()),
        ),
        ttl.organization(
            "org:us-department-of-labor", "US Department of Labor, Employment and Training Administration"
        ),
        ttl.source(
            "onet",
            "O*NET 29.3",
            "org:us-department-of-labor",
            "https://www.onetcenter.org/database.html",
            [("dcterms:date", ttl.typed("2025-05", "gYearMonth"))],
        ),
        ttl.organization("org:nesta", "Nesta"),
        ttl.source(
            "nesta-crosswalk",
            "Nesta: crosswalk of ESCO and O*NET",
            "org:nesta",
            "https://github.com/nestauk/mapping-career-causeways",
            [("dcterms:date", ttl.typed("2020-11", "gYearMonth"))],
        ),
    ]


def build(folder: Path, out: Path) -> None:
    """Read the release and the mapping tables, and write onet.ttl."""
    release = read(folder)
    codes = [row["onet_soc_code"] for row in ttl.rows(ttl.HERE / "occupations.csv", ["onet_soc_code"])]
    answers = ttl.rows(ttl.HERE / "onet_answers.csv", ANSWER_COLUMNS)
    prepared, people = preparation_blocks(codes, answers, release)
    parts = [
        ttl.Part("The data set and its sources", about(people)),
        ttl.Part("Occupations", occupation_blocks(codes, release)),
        ttl.Part("Our roles among O*NET's occupations", role_blocks(release)),
        ttl.Part("Answers that people could give", answer_blocks(answers)),
        ttl.Part("What the occupations ask for", prepared),
    ]
    ttl.write(out / "onet.ttl", COMMENT, parts)


if __name__ == "__main__":
    sys.exit(ttl.run(build, HELP, SOURCE_HELP))
