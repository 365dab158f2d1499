"""Job architectures for tests: written as CSV, drawn at random in their one form, and read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rolegraph.architecture.cells import joined
from rolegraph.architecture.columns import TABLES
from rolegraph.names import fold

Tables = dict[str, list[dict[str, str]]]

#: A company with a row in every table, in the one form that `export --table` writes.
COMPANY: Tables = {
    "roles": [
        {
            "name": "Head of product",
            "family": "Product",
            "ladder": "Product ladder",
            "rank": "3",
            "level": "executive",
            "years": "8",
            "experience": "In product work,\nsome of it abroad.",
        },
        {
            "name": "Product manager",
            "id": "P-104",
            "aliases": "PM|product lead",
            "definition": "Looks after one product; its Größe and «price».",
            "family": "Engineering|Product",
            "ladder": "Product ladder",
            "rank": "2",
            "level": "P2",
            "years": "3",
        },
        {"name": "Trainee", "ladder": "Product ladder", "rank": "1", "source": "Survey 2026"},
    ],
    "groups": [
        {"name": "Engineering"},
        {"name": "Product", "definition": "All of it."},
        {"name": "Product ladder"},
    ],
    "skills": [
        {"name": "C++", "category": "technical skill"},
        {"name": "Roadmap planning", "id": "S1", "aliases": "roadmaps", "category": "Ours"},
    ],
    "proficiencies": [{"name": "Expert", "rank": "2"}, {"name": "Working", "rank": "1"}],
    "skill_levels": [
        {"skill": "Roadmap planning", "proficiency": "Working", "definition": "Plans a quarter alone."}
    ],
    "requirements": [
        {
            "role": "Head of product",
            "skill": "Roadmap planning",
            "necessity": "essential",
            "proficiency": "Expert",
        },
        {
            "role": "Product manager",
            "skill": "C++",
            "necessity": "optional",
            "qualifier": "in most teams",
            "doubt": "one person was asked",
        },
        {
            "role": "Product manager",
            "skill": "Roadmap planning",
            "necessity": "essential",
            "proficiency": "Working",
        },
    ],
    "moves": [
        {"from": "Product manager", "to": "Head of product", "kind": "stated"},
        {
            "from": "Trainee",
            "to": "Product manager",
            "kind": "observed",
            "count": "12",
            "share": "37.5",
            "source": "Survey 2026",
        },
    ],
    "credentials": [
        {"name": "Master's degree", "kind": "degree", "isced": "7"},
        {"name": "PMP", "aliases": "project papers", "kind": "certification", "issuer": "PMI"},
    ],
    "qualifications": [
        {"role": "Head of product", "credential": "Master's degree", "necessity": "preferred"},
        {"role": "Product manager", "credential": "PMP", "necessity": "optional", "source": "Survey 2026"},
    ],
    "pay": [
        {
            "role": "Product manager",
            "amount": "94000.5",
            "currency": "EUR",
            "statistic": "median salary",
            "interval": "year",
            "period": "2026-01",
            "area": "Germany",
            "low": "80000",
            "high": "110000",
            "p10": "72000",
            "p90": "121000",
            "source": "Acme job architecture|Survey 2026",
        }
    ],
    "sources": [
        {
            "name": "Acme job architecture",
            "id": "acme",
            "publisher": "Acme",
            "date": "2026-01-31",
            "licence": "internal",
            "default": "yes",
        },
        {
            "name": "Survey 2026",
            "publisher": "Wage Watch",
            "accessed": "2026",
            "url": "https://example.com/survey",
            "licence": "https://example.com/licence",
        },
    ],
}


def as_csv(rows: list[dict[str, str]], columns: list[str] | None = None, delimiter: str = ",") -> str:
    """Write rows as CSV, by default with the columns that some row fills in."""
    columns = columns or list(dict.fromkeys(name for row in rows for name in row)) or ["name"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, tables: Tables, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write tables to a folder of CSV files."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, rows in tables.items():
        if rows:
            (folder / f"{name}.csv").write_bytes(as_csv(rows, delimiter=delimiter).encode(encoding))
    return folder


def read(folder: Path) -> Tables:
    """Read a folder of CSV files: of each row the cells that say something."""
    found = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened, strict=True)
            found[file.stem] = [{name: cell for name, cell in row.items() if cell} for row in rows]
    return found


def in_order(tables: Tables) -> Tables:
    """Sort rows as `export --table` does, and leave out tables without rows."""
    found = {}
    for name, rows in tables.items():
        columns = [column.name for column in TABLES[name].columns]
        key = [[(row.get(one, "").casefold(), row.get(one, "")) for one in columns] for row in rows]
        if rows:
            found[name] = [row for _, row in sorted(zip(key, rows, strict=True), key=lambda pair: pair[0])]
    return dict(sorted(found.items()))


# -- drawn at random

_CHARS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff")
NAMES = st.text(_CHARS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
#: Texts of several lines with any blanks and marks inside, and none around.
TEXTS = st.text(_CHARS | st.sampled_from('\n\t"|\\;,'), min_size=1, max_size=30).map(str.strip).filter(bool)
WHOLE = st.integers(1, 999).map(str)
AMOUNTS = st.decimals(1, 10**6, places=2).map(lambda n: format(n.normalize(), "f"))
DATES = st.sampled_from(["2024", "2025-11", "2026-02-28"])
LEVELS = st.sampled_from(["P1", "Größe 2", "executive"])
AREAS = st.sampled_from(["Germany", "Österreich", "US: the South"])


def some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give a value, or nothing."""
    return st.just("") | strategy


def _row(draw: Any, **cells: st.SearchStrategy[str]) -> dict[str, str]:
    return {name: cell for name, strategy in cells.items() if (cell := draw(strategy))}


def _many(names: list[str], most: int = 2) -> st.SearchStrategy[str]:
    if not names:
        return st.just("")
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(lambda some: joined(sorted(some)))


@st.composite
def architectures(draw: Any) -> Tables:
    """Draw tables in their one form: names that differ, every name defined, no two rows with one key."""
    drawn = draw(st.lists(NAMES, min_size=12, max_size=20, unique_by=fold))
    # An id that is a name of another thing would be taken for it; ids are of their own kind.
    names = [name for name in drawn if fold(name) and not fold(name).startswith("id ")]
    if len(names) < 8:
        names = [f"thing {number}" for number in range(12)]
    roles, groups, skills = names[:3], names[3:4], names[4:6]
    scale, credentials, sources = names[6:7], names[7:8], names[8:9]
    source = _many(sources, 1)
    common = {"aliases": st.just(""), "definition": some(TEXTS), "source": source}
    tables: Tables = {
        "roles": [_role(draw, name, number, groups, common) for number, name in enumerate(roles)],
        "groups": [_row(draw, name=st.just(name), **common) for name in groups],
        "skills": [
            _row(
                draw,
                name=st.just(name),
                category=some(LEVELS.filter(lambda one: one != "executive")),
                **common,
            )
            for name in skills
        ],
        "proficiencies": [
            _row(draw, name=st.just(name), rank=some(WHOLE), definition=some(TEXTS)) for name in scale
        ],
        "credentials": [
            _row(
                draw,
                name=st.just(name),
                kind=st.sampled_from(["degree", "training"]),
                issuer=some(AREAS),
                **common,
            )
            for name in credentials
        ],
        "sources": [
            {"name": "Acme", "id": "acme", "publisher": "Acme", "default": "yes"},
            *(
                _row(draw, name=st.just(name), publisher=AREAS, date=some(DATES), licence=some(TEXTS))
                for name in sources
            ),
        ],
    }
    shades = {"qualifier": some(TEXTS), "doubt": some(TEXTS), "source": source}
    one = st.sampled_from
    claims = {
        "requirements": {
            "role": one(roles),
            "skill": one(skills),
            "necessity": one(["essential", "optional"]),
            "proficiency": some(one(scale)),
            **shades,
        },
        "qualifications": {
            "role": one(roles),
            "credential": one(credentials),
            "necessity": one(["minimum", "preferred"]),
            **shades,
        },
        "moves": {
            "from": one(roles[:2]),
            "to": one(roles[2:]),
            "kind": one(["stated", "observed", "derived"]),
            "count": some(WHOLE),
            "share": some(st.integers(0, 100).map(str)),
            **shades,
        },
        "skill_levels": {
            "skill": one(skills),
            "proficiency": one(scale),
            "definition": TEXTS,
            "source": source,
        },
        "pay": {
            "role": one(roles),
            "amount": AMOUNTS,
            "currency": one(["EUR", "USD"]),
            "statistic": one(["salary", "median wage"]),
            "interval": one(["year", "hour"]),
            "period": DATES,
            "area": AREAS,
            **shades,
        },
    }
    for table, cells in claims.items():
        rows = [_row(draw, **cells) for _ in range(draw(st.integers(0, 3)))]
        key = TABLES[table].key
        tables[table] = list({tuple(row.get(name, "") for name in key): row for row in rows}.values())
    return tables


def _role(draw: Any, name: str, number: int, groups: list[str], common: dict[str, Any]) -> dict[str, str]:
    aliases = st.lists(NAMES, max_size=2, unique_by=fold).map(lambda found: joined(sorted(found)))
    row = _row(
        draw,
        name=st.just(name),
        id=some(st.just(f"id {number}/ü")),
        family=_many(groups),
        level=some(LEVELS),
        years=some(WHOLE),
        experience=some(TEXTS),
        **{**common, "aliases": aliases},
    )
    if draw(st.booleans()):
        row |= {"ladder": groups[0], "rank": draw(WHOLE)}
    return row
