"""Occupations with what they need, and what is known of moves between them, read from the official releases.

The moves serve to check with, and nothing is derived from them: O*NET's related occupations, moves counted
between job titles, and, for ESCO, O*NET's relations by way of a crosswalk.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: What an importer may call essential of what O*NET rates: important, or more.
IMPORTANT = 3.0


@dataclass
class Truth:
    """Goals of each occupation that has any, by number, with what they weigh.

    eligible: the occupations that can be a goal; all, where it is empty. twins: of each occupation those that
    cannot be its goal, for the truth takes them for the same.
    """

    goals: dict[int, dict[int, float]] = field(default_factory=dict)
    eligible: frozenset[int] = frozenset()
    twins: dict[int, frozenset[int]] = field(default_factory=dict)

    def add(self, start: int, goal: int, weight: float = 1.0) -> None:
        """Let an occupation have one goal more."""
        self.goals.setdefault(start, {})[goal] = weight


@dataclass
class Occupations:
    """Occupations in the order of their codes, with needs in two facets, essential skills, job zones, titles.

    rated: importance as a part of the scale, from 0 to 1. codes: of the classification that they stand in, of
    which the first characters name groups.
    """

    ids: list[str]
    named: list[dict[str, float]]
    rated: list[dict[str, float]]
    essential: list[frozenset[str]]
    codes: list[str]
    zones: list[int | None]
    titles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def entitle(self, title: str, occupation: int) -> None:
        """Let an occupation go by a title."""
        if title.strip():
            self.titles[title.strip().lower()].add(occupation)


def rows_in(archive: Path, table: str, delimiter: str) -> Iterator[dict[str, str]]:
    """Give the rows of a table in a zip archive."""
    with zipfile.ZipFile(archive) as packed:
        name = next(name for name in packed.namelist() if name.rpartition("/")[2] == table)
        with packed.open(name) as raw:
            lines = io.TextIOWrapper(raw, "utf-8", newline="")
            if delimiter == "\t":
                yield from csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            else:
                yield from csv.DictReader(lines, delimiter=delimiter)


def onet(data: Path) -> Occupations:
    """Read O*NET: skills and knowledge by importance, technology skills by name."""
    archive = data / "onet" / "db_29_3_text.zip"
    rated: dict[str, dict[str, float]] = defaultdict(dict)
    named: dict[str, dict[str, float]] = defaultdict(dict)
    for table in ("Skills.txt", "Knowledge.txt"):
        for row in rows_in(archive, table, "\t"):
            if row["Scale ID"] == "IM":
                rated[row["O*NET-SOC Code"]][row["Element ID"]] = (float(row["Data Value"]) - 1) / 4
    for row in rows_in(archive, "Technology Skills.txt", "\t"):
        named[row["O*NET-SOC Code"]][row["Example"]] = 1.0
    zones = {row["O*NET-SOC Code"]: int(row["Job Zone"]) for row in rows_in(archive, "Job Zones.txt", "\t")}
    codes = sorted(rated)
    essential = [
        frozenset(skill for skill, weight in rated[code].items() if 1 + 4 * weight >= IMPORTANT)
        for code in codes
    ]
    found = Occupations(
        codes,
        [named[code] for code in codes],
        [rated[code] for code in codes],
        essential,
        [code.replace("-", "") for code in codes],
        [zones.get(code) for code in codes],
    )
    place = {code: number for number, code in enumerate(codes)}
    _entitle(
        found,
        (
            (place.get(row["O*NET-SOC Code"]), row["O*NET-SOC Code"], row[column])
            for table, column in (
                ("Occupation Data.txt", "Title"),
                ("Alternate Titles.txt", "Alternate Title"),
                ("Sample of Reported Titles.txt", "Reported Job Title"),
            )
            for row in rows_in(archive, table, "\t")
        ),
    )
    return found


def _entitle(found: Occupations, titles: Iterable[tuple[int | None, str, str]]) -> None:
    """Let occupations go by their titles; one of which no skill is known makes a title ambiguous, too."""
    beyond: dict[str, int] = {}
    for place, code, title in titles:
        found.entitle(title, place if place is not None else beyond.setdefault(code, -1 - len(beyond)))


def esco(data: Path) -> Occupations:
    """Read ESCO: essential and optional skills by name."""
    release = sorted((data / "esco").glob("*.zip"))
    archives = {part: next(file for file in release if part in file.name) for part in ("class", "relations")}
    described = {row["conceptUri"]: row for row in rows_in(archives["class"], "occupations_en.csv", ",")}
    needs: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows_in(archives["relations"], "occupationSkillRelations.csv", ","):
        if row["occupationUri"] in described:
            weight = 1.0 if row["relationType"] == "essential" else 0.5
            known = needs[row["occupationUri"]]
            known[row["skillUri"]] = max(weight, known.get(row["skillUri"], 0.0))
    ids = sorted(needs)
    found = Occupations(
        ids,
        [needs[one] for one in ids],
        [{} for _ in ids],
        [frozenset(skill for skill, weight in needs[one].items() if weight == 1.0) for one in ids],
        [described[one]["iscoGroup"] for one in ids],
        [None] * len(ids),
    )
    for place, one in enumerate(ids):
        for title in (described[one]["preferredLabel"], *described[one]["altLabels"].split("\n")):
            found.entitle(title, place)
    return found


def related(data: Path, occupations: Occupations) -> Truth:
    """Give the ten occupations that O*NET calls most closely related to each: the tiers called primary."""
    place = {code: number for number, code in enumerate(occupations.ids)}
    found = Truth()
    for row in rows_in(data / "onet" / "db_29_3_text.zip", "Related Occupations.txt", "\t"):
        start, goal = place.get(row["O*NET-SOC Code"]), place.get(row["Related O*NET-SOC Code"])
        if start is not None and goal is not None and row["Relatedness Tier"].startswith("Primary"):
            found.add(start, goal)
    return found


def related_by_crosswalk(data: Path, occupations: Occupations) -> Truth:
    """Give O*NET's related occupations between those of ESCO.

    Only links of the crosswalk count that are not doubted (confidence 1 or 2) and whose code and title O*NET
    still has, for the crosswalk is of an earlier edition of the codes. Occupations of one code are twins.
    """
    archive = data / "onet" / "db_29_3_text.zip"
    today = {
        row["O*NET-SOC Code"]: row["Title"].lower() for row in rows_in(archive, "Occupation Data.txt", "\t")
    }
    place = {one: number for number, one in enumerate(occupations.ids)}
    linked: dict[str, list[int]] = defaultdict(list)
    with (data / "crosswalk" / "esco_onet_crosswalk_Nov2020.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            sure = float(row["confidence"]) >= 1 and today.get(row["onet_code"]) == row["onet_occupation"]
            if sure and row["concept_uri"] in place:
                linked[row["onet_code"]].append(place[row["concept_uri"]])
    found = Truth(
        eligible=frozenset(one for same in linked.values() for one in same),
        twins={one: frozenset(same) for same in linked.values() for one in same},
    )
    for row in rows_in(archive, "Related Occupations.txt", "\t"):
        if row["Relatedness Tier"].startswith("Primary"):
            for start in linked.get(row["O*NET-SOC Code"], ()):
                for goal in linked.get(row["Related O*NET-SOC Code"], ()):
                    found.add(start, goal)
    return found


def observed(data: Path, occupations: Occupations) -> Truth:
    """Give the moves counted between job titles, of titles that name one occupation and no other.

    Moves that end at the occupation where they start are left out.
    """
    one = {
        title: min(found)
        for title, found in occupations.titles.items()
        if len(found) == 1 and min(found) >= 0
    }
    counts: Counter[tuple[int, int]] = Counter()
    with gzip.open(data / "title-graph" / "transitions.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            start, goal = one.get(row["from_title"]), one.get(row["to_title"])
            if start is not None and goal is not None and start != goal:
                counts[start, goal] += int(row["count"])
    found = Truth()
    for (start, goal), count in counts.items():
        found.add(start, goal, float(count))
    return found
