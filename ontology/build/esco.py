"""Writes esco.ttl: the skills that ESCO gives nine occupations, and how our roles and skills map to ESCO."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import turtle as ttl

if TYPE_CHECKING:
    from pathlib import Path

FILE = "esco_role_skills.csv"
COLUMNS = ("esco_occupation", "esco_code", "esco_occupation_uri", "relation", "skill_uri", "skill_label")
ROLE_COLUMNS = ("role", "match", "matched_label", "label_kind", "occupation", "occupation_uri", "doubt")
SKILL_COLUMNS = ("skill", "match", "skos", "esco_label", "esco_uri", "reason")
RELATIONS = {"essential": "esco:relatedEssentialSkill", "optional": "esco:relatedOptionalSkill"}

#: Kinds of match, with what SKOS calls them when a role is matched.
MATCHES = {
    "exact": ("rg:ExactMatch", "skos:exactMatch"),
    "close": ("rg:CloseMatch", "skos:closeMatch"),
    "ambiguous": ("rg:AmbiguousMatch", "skos:closeMatch"),
    "near": ("rg:NearMatch", "skos:relatedMatch"),
    "none": ("rg:NoMatch", ""),
}

SOURCE_HELP = f"the folder that holds {FILE}"
HELP = f"""
Write esco.ttl from {FILE}: nine occupations of ESCO 1.2, their skills, essential or optional.

Where the public gets the official release: https://esco.ec.europa.eu/en/use-esco/download
(version "ESCO dataset - v1.2.0", content "classification", language "en", file type "csv").
{FILE} is an extract of it. A line of it is a line of occupationSkillRelations_en.csv:
  esco_occupation_uri, relation, skill_uri = occupationUri, relationType, skillUri
  esco_occupation, skill_label             = occupationLabel, skillLabel
  esco_code                                = code of the occupation in occupations_en.csv
The extract, rebuilt by the labels of release 1.2.0, has the nine occupations whose names match our roles.
"""
COMMENT = """
ESCO 1.2: skills of the nine occupations that match roles of rolegraph; how our roles and skills map to ESCO.
Written by ontology/build/esco.py; not edited by hand. The mappings stand beside it, in role_esco.csv and
skill_esco.csv.

The official release: https://esco.ec.europa.eu/en/use-esco/download
Licence: reuse under Commission Decision 2011/833/EU, with acknowledgement. (c) European Union.
This service uses the ESCO classification of the European Commission.
What was changed: this is an extract; of occupations it carries name and code, of skills the name. That an
occupation needs a skill is one triple in ESCO's own terms, and its source is that of the whole: graph:esco.
"""


class Release(NamedTuple):
    """What the extract says: names of occupations and skills by IRI, and who needs what how much."""

    occupations: dict[str, tuple[str, str]]
    skills: dict[str, str]
    relations: dict[str, dict[str, list[str]]]


def read(folder: Path) -> Release:
    """Read the extract; complain if it names one thing in two ways or relates two things twice."""
    occupations: dict[str, tuple[str, str]] = {}
    skills: dict[str, str] = {}
    relations: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    seen = set()
    for row in ttl.rows(folder / FILE, COLUMNS):
        occupation, skill, relation = row["esco_occupation_uri"], row["skill_uri"], row["relation"]
        named = (row["esco_occupation"], row["esco_code"])
        if occupations.setdefault(occupation, named) != named or (
            skills.setdefault(skill, row["skill_label"]) != row["skill_label"]
        ):
            raise ttl.WrongInputError(f"{FILE}: two names for {occupation} or {skill}")
        if relation not in RELATIONS or (occupation, skill) in seen:
            raise ttl.WrongInputError(f"{FILE}: {named[0]}, {row['skill_label']}: {relation!r}, or twice")
        seen.add((occupation, skill))
        relations[occupation][relation].append(skill)
    return Release(occupations, skills, relations)


# --- what is written -------------------------------------------------------------------------------


def about() -> list[ttl.Block]:
    """Describe the data set and its source."""
    return [
        ttl.dataset(
            "esco",
            "ESCO 1.2: skills of nine occupations",
            "The essential and optional skills of the nine ESCO occupations that match roles of rolegraph, "
            "and how roles and skills map to ESCO.",
            "https://eur-lex.europa.eu/eli/dec/2011/833/oj",
            "1.2.0",
            "(c) European Union. This service uses the ESCO classification of the European Commission. "
            "The names and relations are an extract; the mappings are rolegraph's.",
        ),
        ttl.organization("org:european-commission", "European Commission"),
        ttl.source(
            "esco",
            "ESCO 1.2",
            "org:european-commission",
            "https://esco.ec.europa.eu/",
            [("dcterms:date", ttl.typed("2024-05", "gYearMonth"))],
        ),
    ]


def occupation_blocks(release: Release) -> list[ttl.Block]:
    """Write each occupation with its skills, in the order of their names."""
    blocks = []
    for iri, (label, code) in sorted(release.occupations.items(), key=lambda item: item[1]):
        pairs: ttl.Pairs = [
            ("a", ["rg:Occupation", "esco:Occupation"]),
            ("skos:prefLabel", ttl.text(label)),
            ("skos:notation", ttl.plain(code)),
        ]
        for relation, predicate in RELATIONS.items():
            skills = sorted(release.relations[iri][relation], key=lambda skill: release.skills[skill])
            pairs.append((predicate, [ttl.name(skill, "esco-skill") for skill in skills]))
        blocks.append(ttl.Block(ttl.name(iri, "esco-occupation"), pairs))
    return blocks


def skill_blocks(skills: dict[str, str]) -> list[ttl.Block]:
    """Write each skill with its name, in the order of the names."""
    return [
        ttl.Block(ttl.name(iri, "esco-skill"), [("a", "rg:Skill"), ("skos:prefLabel", ttl.text(label))])
        for iri, label in sorted(skills.items(), key=lambda item: (item[1], item[0]))
    ]


def role_blocks(release: Release) -> list[ttl.Block]:
    """Write how our roles map to occupations, in short and each as a claim."""
    short: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    claims = []
    for row in ttl.rows(ttl.HERE / "role_esco.csv", ROLE_COLUMNS):
        role, label, iri = row["role"], row["matched_label"], row["occupation_uri"]
        found = release.occupations.get(iri, ("", ""))[0]
        preferred = row["match"] == "exact"
        same = label == role.replace("-", " ") or row["match"] == "near"
        if found != row["occupation"] or not same or preferred != (label == found):
            raise ttl.WrongInputError(f"role_esco.csv: {role}, {label!r}: {FILE} has {found!r} for {iri}")
        match, skos = MATCHES[row["match"]]
        occupation = ttl.name(iri, "esco-occupation")
        short[role]["rg:describedAs"].append(occupation)
        short[role][skos].append(occupation)
        pairs: ttl.Pairs = [
            ("a", "rg:Mapping"),
            ("rg:role", f"role:{role}"),
            ("rg:occupation", occupation),
            ("rg:match", match),
            ("rg:matchedLabel", ttl.text(label)),
            ("rg:doubt", ttl.text(row["doubt"]) if row["doubt"] else []),
            ("rg:evidence", "rg:Editorial"),
            ("dcterms:source", "source:esco"),
        ]
        claims.append(ttl.Block(f"esco-claim:mapping-{role}--{found.replace(' ', '-')}", pairs))
    return [ttl.Block(f"role:{role}", list(said.items())) for role, said in short.items()] + claims


def skill_mapping_blocks(mapped: list[dict[str, str]]) -> list[ttl.Block]:
    """Write how our skills map to those of ESCO, in short and each as a claim."""
    short: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    claims = []
    for row in mapped:
        skill, label = row["skill"], row["esco_label"] or "none"
        theirs = [ttl.name(row["esco_uri"], "esco-skill")] if row["esco_uri"] else []
        if theirs:
            short[skill][f"skos:{row['skos']}"] += theirs
        pairs: ttl.Pairs = [
            ("a", "rg:SkillMapping"),
            ("rg:skill", f"skill:{skill}"),
            ("rg:mappedSkill", theirs),
            ("rg:match", MATCHES[row["match"]][0]),
            ("rg:text", ttl.text(row["reason"])),
            ("rg:evidence", "rg:Editorial"),
            ("dcterms:source", "source:esco"),
        ]
        claims.append(ttl.Block(f"esco-claim:skill-{skill}--{label.lower().replace(' ', '-')}", pairs))
    return [ttl.Block(f"skill:{skill}", list(said.items())) for skill, said in short.items()] + claims


def build(source: Path, out: Path) -> None:
    """Read the extract and the mappings, and write esco.ttl."""
    release = read(source)
    mapped = ttl.rows(ttl.HERE / "skill_esco.csv", SKILL_COLUMNS)
    labels = {row["esco_uri"]: row["esco_label"] for row in mapped if row["esco_uri"]}
    wrong = [label for iri, label in labels.items() if release.skills.get(iri, label) != label]
    if wrong:
        raise ttl.WrongInputError(f"skill_esco.csv: {FILE} has other names for: {'; '.join(wrong)}")
    others = {iri: label for iri, label in labels.items() if iri not in release.skills}
    ttl.write(
        out / "esco.ttl",
        COMMENT,
        [
            ttl.Part("The data set and its source", about()),
            ttl.Part("Occupations and the skills they need", occupation_blocks(release)),
            ttl.Part("Our roles among ESCO's occupations", role_blocks(release)),
            ttl.Part("Our skills among ESCO's skills", skill_mapping_blocks(mapped)),
            ttl.Part("Skills of the occupations", skill_blocks(release.skills)),
            ttl.Part("Skills that ours map to, from outside the nine occupations", skill_blocks(others)),
        ],
    )


if __name__ == "__main__":
    sys.exit(ttl.run(build, HELP, SOURCE_HELP))
