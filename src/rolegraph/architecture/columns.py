"""The tables of a job architecture: what each is called, which columns it has, what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What a cell holds: see `cells`.
Kind = Literal[
    "name",
    "id",
    "text",
    "reference",
    "choice",
    "amount",
    "percent",
    "whole",
    "count",
    "date",
    "currency",
    "url",
]

#: Word of a cell -> the concept that it stands for.
NECESSITIES = {
    "essential": "rg:Essential",
    "preferred": "rg:Preferred",
    "optional": "rg:Optional",
    "minimum": "rg:Minimum",
    "typical": "rg:Typical",
}
EVIDENCE = {
    "stated": "rg:Stated",
    "observed": "rg:Observed",
    "derived": "rg:Derived",
    "editorial": "rg:Editorial",
}
STATISTICS = {
    "total pay": "rg:TotalPay",
    "median total pay": "rg:MedianTotalPay",
    "salary": "rg:Salary",
    "median salary": "rg:MedianSalary",
    "wage": "rg:Wage",
    "median wage": "rg:MedianWage",
    "lowest salary offered": "rg:LowestSalary",
    "highest salary offered": "rg:HighestSalary",
}
INTERVALS = {word: word.upper() for word in ("year", "month", "week", "day", "hour")}
CREDENTIALS = {"degree": "rg:Degree", "certification": "rg:Certification", "training": "rg:Training"}

#: Names that the ontology has a concept for; others become concepts of the company's own.
LEVELS = {"executive": "rg:ExecutiveLevel", "managerial": "rg:ManagerialLevel"}
CATEGORIES = {
    "technical skill": "rg:TechnicalSkill",
    "workplace skill": "rg:WorkplaceSkill",
    "leadership skill": "rg:LeadershipSkill",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, what its cells hold, what it means, and an example.

    of: the kinds of things that a reference may name. words: what a choice is between. many: several values
    may stand in a cell, separated by `|`.
    """

    name: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    many: bool = False
    of: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableOf:
    """One table: its name, what a row of it says, its columns, and those that no two rows may share.

    thing: the kind of thing that a row defines, "" where a row is a claim.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    thing: str = ""

    def column(self, name: str) -> Column:
        """Give the column of this name."""
        return next(column for column in self.columns if column.name == name)


def _reference(
    name: str, of: str, text: str, example: str = "", *, required: bool = False, many: bool = False
) -> Column:
    return Column(name, "reference", text, example, required=required, many=many, of=tuple(of.split("|")))


def _choice(name: str, words: dict[str, str], text: str, example: str, *, required: bool = True) -> Column:
    return Column(name, "choice", text, example, required=required, words=tuple(words))


_ID = Column(
    "id",
    "id",
    "Your own code, part of its address (IRI). Give one where names may change or two things share one. A"
    " short name such as role:product-manager, or an IRI, makes it that very thing.",
    "P-104",
)
_ALIASES = Column("aliases", "name", "Other names that people type.", "PM|product lead", many=True)
_DEFINITION = Column("definition", "text", "What it is, in a sentence or two.", "Looks after one product.")
_SOURCE = _reference(
    "source", "source", "Who says so; empty stands for the default source.", "Survey 2026", many=True
)
_QUALIFIER = Column("qualifier", "text", "A condition or a limit.", "in most teams")
_DOUBT = Column("doubt", "text", "A reason to doubt it.", "only one person was asked")
_ROLE = _reference("role", "role|group", "A role, by name, alias or id.", "Product manager", required=True)


def _named(example: str) -> Column:
    return Column("name", "name", "What it is called.", example, required=True)


_TABLES = (
    TableOf(
        "roles",
        "Roles, one a row. The only table that must be there.",
        (
            _named("Product manager"),
            _ID,
            _ALIASES,
            _DEFINITION,
            _reference("family", "group", "Job families that it belongs to.", "Product", many=True),
            _reference("ladder", "group", "The ladder of roles that it is a rung of.", "Product ladder"),
            Column("rank", "count", "Its place on the ladder, 1 at the bottom; roles may share one.", "2"),
            Column("level", "name", "Its level or grade: executive, managerial, or one of yours.", "P2"),
            Column("years", "whole", "Years of experience that it asks for, at least.", "3"),
            Column("experience", "text", "The experience that it asks for, in words.", "In product work."),
            _SOURCE,
        ),
        thing="role",
    ),
    TableOf(
        "groups",
        "Job families and ladders. Without this table they are taken from roles.csv.",
        (_named("Product"), _ID, _ALIASES, _DEFINITION, _SOURCE),
        thing="group",
    ),
    TableOf(
        "skills",
        "Skills. Without this table they are taken from requirements.csv.",
        (
            _named("Roadmap planning"),
            _ID,
            _ALIASES,
            _DEFINITION,
            Column(
                "category",
                "name",
                "technical skill, workplace skill, leadership skill, or one of yours.",
                "technical skill",
            ),
            _SOURCE,
        ),
        thing="skill",
    ),
    TableOf(
        "proficiencies",
        "The scale of how well a skill is mastered. Without this table it is taken from the cells.",
        (
            _named("Working"),
            _ID,
            Column("rank", "count", "Its place on the scale, 1 at the bottom.", "2"),
            _DEFINITION,
        ),
        thing="proficiency",
    ),
    TableOf(
        "skill_levels",
        "What it means to have a skill at a level of the scale.",
        (
            _reference("skill", "skill", "A skill.", "Roadmap planning", required=True),
            _reference("proficiency", "proficiency", "A level of the scale.", "Working", required=True),
            Column("definition", "text", "What one can do then.", "Plans a quarter alone.", required=True),
            _SOURCE,
        ),
        key=("skill", "proficiency", "source"),
    ),
    TableOf(
        "requirements",
        "Skills that roles need.",
        (
            _ROLE,
            _reference("skill", "skill", "A skill, by name, alias or id.", "Roadmap planning", required=True),
            _choice("necessity", NECESSITIES, "How much it is needed.", "essential"),
            _reference("proficiency", "proficiency", "How well it must be mastered.", "Working"),
            _QUALIFIER,
            _DOUBT,
            _SOURCE,
        ),
        key=("role", "skill", "qualifier", "source"),
    ),
    TableOf(
        "moves",
        "Moves that people make from role to role. Routes are searched in these.",
        (
            _reference("from", "role|group", "The role that is left.", "Product manager", required=True),
            _reference("to", "role|group", "The role that is taken up.", "Head of product", required=True),
            _choice("kind", EVIDENCE, "On what ground it is said.", "stated"),
            Column("count", "count", "How often it was seen.", "12"),
            Column("share", "percent", "Its part of all moves out of the role, in percent.", "37.5"),
            _QUALIFIER,
            _DOUBT,
            _SOURCE,
        ),
        key=("from", "to", "kind", "qualifier", "source"),
    ),
    TableOf(
        "credentials",
        "Degrees, certifications and trainings.",
        (
            _named("Master's degree"),
            _ID,
            _ALIASES,
            _DEFINITION,
            _choice("kind", CREDENTIALS, "What it is.", "degree"),
            Column("isced", "whole", "Of a degree: its level in ISCED 2011, 0 to 8; a master is 7.", "7"),
            Column("issuer", "name", "The organisation that grants it.", "PMI"),
            _SOURCE,
        ),
        thing="credential",
    ),
    TableOf(
        "qualifications",
        "Credentials that roles ask for.",
        (
            _ROLE,
            _reference("credential", "credential", "A credential.", "Master's degree", required=True),
            _choice("necessity", NECESSITIES, "How much it is asked for.", "preferred"),
            _QUALIFIER,
            _DOUBT,
            _SOURCE,
        ),
        key=("role", "credential", "necessity", "qualifier", "source"),
    ),
    TableOf(
        "pay",
        "What roles pay.",
        (
            _ROLE,
            Column("amount", "amount", "Digits, with a point before decimals.", "94000", required=True),
            Column("currency", "currency", "Three letters, by ISO 4217.", "EUR", required=True),
            _choice("statistic", STATISTICS, "What the figure measures.", "median salary"),
            _choice("interval", INTERVALS, "For how long it is paid.", "year"),
            Column("period", "date", "The year, month or day that it holds for.", "2026-01", required=True),
            Column("area", "name", "Where it holds.", "Germany", required=True),
            Column("low", "amount", "The lower end of the pay band.", "80000"),
            Column("high", "amount", "The upper end of the pay band.", "110000"),
            *(
                Column(f"p{part}", "amount", f"What {part} % of the people earn less than.", example)
                for part, example in ((10, "72000"), (25, "83000"), (75, "104000"), (90, "121000"))
            ),
            _QUALIFIER,
            _DOUBT,
            _SOURCE,
        ),
        key=("role", "statistic", "currency", "interval", "period", "area", "qualifier", "source"),
    ),
    TableOf(
        "sources",
        "Who says so. Without this table sources are taken from the cells.",
        (
            _named("Survey 2026"),
            _ID,
            Column("publisher", "name", "Who published it.", "ACME", required=True),
            Column("date", "date", "When it was published.", "2026-01-31"),
            Column("accessed", "date", "When it was looked into.", "2026-02"),
            Column("url", "url", "Where it is.", "https://example.com/survey"),
            Column("licence", "text", "Under which licence.", "internal"),
            _choice(
                "default", {"yes": ""}, "yes: it stands behind rows with no source.", "yes", required=False
            ),
        ),
        thing="source",
    ),
)

TABLES: dict[str, TableOf] = {table.name: table for table in _TABLES}
