"""rolegraph: how one gets from role to role, what it takes, and who says so.

>>> import rolegraph as rg
>>> g = rg.open()
>>> print(g.path("product developer", "CEO"))
product developer -> chief product officer -> chief executive officer
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolegraph.costs import Rule, avoid, only
    from rolegraph.errors import (
        AmbiguousName,
        MissingExtra,
        NoPath,
        OutputError,
        ParameterError,
        QueryError,
        RolegraphError,
        SourceError,
        UnknownName,
        UnknownQuery,
    )
    from rolegraph.model import Evidence, Link, Note, Pay, Profile, Role, RoleCard, SkillGap
    from rolegraph.role_graph import RoleGraph
    from rolegraph.role_graph import open_graph as open  # noqa: A004 - rg.open() is what it does
    from rolegraph.routes import CareerPath, Step
    from rolegraph.stores import LocalStore
    from rolegraph.tables import Table
    from rolegraph.validation import Problem, ValidationReport
    from rolegraph.webpage import Page, page

__version__ = "0.1.0"

#: Public name -> the module that holds it. Names are loaded when first used, so that each use pays for what
#: it needs.
_HOMES = {
    **dict.fromkeys(("Rule", "avoid", "only"), "costs"),
    **dict.fromkeys(
        (
            "AmbiguousName",
            "MissingExtra",
            "NoPath",
            "OutputError",
            "ParameterError",
            "QueryError",
            "RolegraphError",
            "SourceError",
            "UnknownName",
            "UnknownQuery",
        ),
        "errors",
    ),
    **dict.fromkeys(("Evidence", "Link", "Note", "Pay", "Profile", "Role", "RoleCard", "SkillGap"), "model"),
    **dict.fromkeys(("CareerPath", "Step"), "routes"),
    **dict.fromkeys(("Page", "page"), "webpage"),
    **dict.fromkeys(("RoleGraph", "open"), "role_graph"),
    "LocalStore": "stores",
    "Table": "tables",
    **dict.fromkeys(("Problem", "ValidationReport"), "validation"),
}

__all__ = [
    "AmbiguousName",
    "CareerPath",
    "Evidence",
    "Link",
    "LocalStore",
    "MissingExtra",
    "NoPath",
    "Note",
    "OutputError",
    "Page",
    "ParameterError",
    "Pay",
    "Problem",
    "Profile",
    "QueryError",
    "Role",
    "RoleCard",
    "RoleGraph",
    "RolegraphError",
    "Rule",
    "SkillGap",
    "SourceError",
    "Step",
    "Table",
    "UnknownName",
    "UnknownQuery",
    "ValidationReport",
    "__version__",
    "avoid",
    "only",
    "open",
    "page",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - nothing is loaded before it is asked for

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), "open_graph" if name == "open" else name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
