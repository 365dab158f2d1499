"""A small ESCO release of our own making: three occupations, five skills, and all that a release holds."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ESCO = "http://data.europa.eu/esco/"
SCHEMES = f"{ESCO}concept-scheme/"

Table = list[list[str]]

#: How the archives of the release are called.
CLASSIFICATION = "ESCO dataset - v9.8.7 - classification - en - csv.zip"
RELATIONS = "ESCO dataset - v9.8.7 - relations - csv.zip"


def occupation(n: int | str) -> str:
    """Give the IRI of an occupation."""
    return f"{ESCO}occupation/{n}"


def skill(n: int | str) -> str:
    """Give the IRI of a skill or of a group of skills."""
    return f"{ESCO}skill/{n}"


_OCCUPATION = [
    "conceptType",
    "conceptUri",
    "iscoGroup",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
]
_OCCUPATION += [
    "modifiedDate",
    "regulatedProfessionNote",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
    "code",
]
_SKILL = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
]
_SKILL += ["status", "modifiedDate", "scopeNote", "definition", "inScheme", "description"]
_GROUP = [
    "conceptType",
    "conceptUri",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
]
_GROUP += ["scopeNote", "inScheme", "description", "code"]
_ISCO = [
    "conceptType",
    "conceptUri",
    "code",
    "preferredLabel",
    "status",
    "altLabels",
    "inScheme",
    "description",
]
_HIERARCHY = [f"Level {n} {what}" for n in range(4) for what in ("URI", "preferred term")]
_HIERARCHY += ["Description", "Scope note", *(f"Level {n} code" for n in range(4))]
_COLLECTION = [
    "conceptType",
    "conceptUri",
    "preferredLabel",
    "altLabels",
    "broaderConceptUri",
    "broaderConceptPT",
]
_SCHEME = [
    "conceptType",
    "conceptSchemeUri",
    "preferredLabel",
    "title",
    "status",
    "description",
    "hasTopConcept",
]
_BROADER = ["conceptType", "conceptUri", "broaderType", "broaderUri"]


def _occupation(n: int, code: str, label: str, others: str = "", about: str = "") -> list[str]:
    schemes = f"{SCHEMES}occupations,\n{SCHEMES}member-occupations"
    cells = [
        "Occupation",
        occupation(n),
        code.partition(".")[0],
        label,
        others,
        "",
        "released",
        "2020-01-02T03:04:05Z",
    ]
    return [*cells, f"{ESCO}regulated-professions/unregulated", "", "", schemes, about, code]


def _skill(n: int, kind: str, level: str, label: str, others: str = "") -> list[str]:
    cells = ["KnowledgeSkillCompetence", skill(n), kind, level, label, others, "", "released"]
    return [*cells, "2020-01-02T03:04:05.678Z", "", "", f"{SCHEMES}skills", f"How to {label}."]


def _group(n: str, label: str, code: str) -> list[str]:
    return ["SkillGroup", skill(n), label, "", "", "released", "", "", f"{SCHEMES}skills", "", code]


def _isco(code: str, label: str) -> list[str]:
    return ["ISCOGroup", f"{ESCO}isco/C{code}", code, label, "released", "", f"{SCHEMES}isco", ""]


def tables() -> dict[str, Table]:
    """Give the tables of the release by file name; they are new at each call, to be changed at will."""
    return {name: [list(row) for row in table] for name, table in _tables().items()}


def _tables() -> dict[str, Table]:
    baker, keeper, diver = map(occupation, (1, 2, 3))
    return {
        "ISCOGroups_en.csv": [_ISCO, _isco("7", "Craft workers"), _isco("7512", "Bakers, say")],
        "skillGroups_en.csv": [_GROUP, _group("S", "doing", "S"), _group("S1", "doing with heat", "S1")],
        "skillsHierarchy_en.csv": [
            _HIERARCHY,
            [skill("S"), "doing", *[""] * 8, "S"],
            [skill("S"), "doing", skill("S1"), "doing with heat", *[""] * 6, "S", "S1"],
        ],
        "skills_en.csv": [
            _SKILL,
            _skill(1, "skill/competence", "cross-sector", "knead dough", "work dough\nfold dough"),
            _skill(2, "skill/competence", "sector-specific", "heat ovens"),
            _skill(3, "knowledge", "occupation-specific", "kinds of flour"),
            _skill(4, "skill/competence", "transversal", "rise early"),
            _skill(5, "knowledge", "cross-sector", "physics of bread"),
        ],
        "occupations_en.csv": [
            _OCCUPATION,
            _occupation(1, "7512.1", "bread baker", "loaf baker", 'Bread bakers make "bread"\nand \\ rolls.'),
            _occupation(2, "7512.2", "oven keeper", "", "Oven keepers keep ovens."),
            _occupation(3, "7.3", "flour diver", "", "Nobody dives in flour."),
        ],
        "conceptSchemes_en.csv": [
            _SCHEME,
            ["ConceptScheme", f"{SCHEMES}skills", "all skills", "", "released", "Skills.", skill("S")],
            ["ConceptScheme", f"{SCHEMES}isco", "ISCO", "The ISCO", "", "", f"{ESCO}isco/C7"],
        ],
        "digitalSkillsCollection_en.csv": [
            _COLLECTION,
            ["KnowledgeSkillCompetence", skill(5), "physics of bread", "bread | rolls", skill("S1"), "x"],
        ],
        "broaderRelationsOccPillar.csv": [
            _BROADER,
            ["ISCOGroup", f"{ESCO}isco/C7512", "ISCOGroup", f"{ESCO}isco/C7"],
            ["Occupation", baker, "ISCOGroup", f"{ESCO}isco/C7512"],
            ["Occupation", keeper, "Occupation", baker],
        ],
        "broaderRelationsSkillPillar.csv": [
            _BROADER,
            ["SkillGroup", skill("S1"), "SkillGroup", skill("S")],
            ["KnowledgeSkillCompetence", skill(2), "SkillGroup", skill("S1")],
            ["KnowledgeSkillCompetence", skill(5), "SkillGroup", skill("S1")],
        ],
        "occupationSkillRelations.csv": [
            ["occupationUri", "relationType", "skillType", "skillUri"],
            [baker, "essential", "skill/competence", skill(1)],
            [baker, "optional", "knowledge", skill(3)],
            [keeper, "essential", "skill/competence", skill(2)],
            [diver, "essential", "knowledge", skill(3)],
        ],
        "skillSkillRelations.csv": [
            ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"],
            [skill(1), "skill/competence", "optional", "knowledge", skill(5)],
        ],
    }


def german() -> dict[str, Table]:
    """Give the tables that differ in German; one skill is missing."""
    english = tables()
    words = {
        "bread baker": "Brotbäcker/Brotbäckerin",
        "oven keeper": "Ofenhüter/Ofenhüterin",
        "flour diver": "Mehltaucher",
    }
    words |= {
        "knead dough": "Teig kneten",
        "heat ovens": "Öfen heizen",
        "kinds of flour": "Mehlsorten",
        "rise early": "früh aufstehen",
    }
    made: dict[str, Table] = {}
    for name in ("occupations", "skills"):
        header, *rows = english[f"{name}_en.csv"]
        label, others, about = (header.index(c) for c in ("preferredLabel", "altLabels", "description"))
        made[f"{name}_de.csv"] = [header]
        for row in rows:
            if row[label] in words:
                row[label], row[others], row[about] = words[row[label]], "", "Auf Deutsch."
                made[f"{name}_de.csv"].append(row)
    return made


def as_csv(table: Table) -> bytes:
    """Write a table as the official release does: with LF, quoted where needed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def as_folder(folder: Path, made: dict[str, Table]) -> Path:
    """Write tables to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in made.items():
        (folder / name).write_bytes(as_csv(table))
    return folder


def as_zips(folder: Path, made: dict[str, Table]) -> list[Path]:
    """Write tables to two archives, relations apart, as the official release does."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / CLASSIFICATION, folder / RELATIONS]
    for file, relations in zip(files, (False, True), strict=True):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, table in made.items():
                if ("Relations" in name) == relations:
                    archive.writestr(name, as_csv(table))
    return files
