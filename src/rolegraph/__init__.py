"""rolegraph: how one gets from role to role, what it takes, and who says so.

>>> import rolegraph as rg
>>> g = rg.open()
>>> print(g.path("product developer", "CEO"))
product developer -> chief product officer -> chief executive officer
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolegraph.architecture.reading import import_table
    from rolegraph.changes import Difference, Differences, diff
    from rolegraph.costs import Additive, Carried
    from rolegraph.derive import Derivation, DerivedMove, Thresholds
    from rolegraph.errors import (
        AmbiguousName,
        EndpointError,
        LimitReached,
        MappingError,
        MissingExtra,
        NoPath,
        OutputError,
        ParameterError,
        ProfileError,
        QueryError,
        RolegraphError,
        ServingError,
        SourceError,
        TableError,
        UnknownName,
        UnknownQuery,
    )
    from rolegraph.importers.esco import import_esco
    from rolegraph.importers.onet import import_onet
    from rolegraph.importers.reports import Report
    from rolegraph.importers.schemaorg import import_schemaorg
    from rolegraph.lint import Finding, LintReport
    from rolegraph.mapping import MappingRow, MappingSet, read_mappings, write_mappings
    from rolegraph.model import Evidence, Link, Note, Pay, Profile, Role, RoleCard, SkillGap
    from rolegraph.moves import MoveGraph, move_graph
    from rolegraph.opening import open_graph as open  # noqa: A004 - rg.open() is what it does
    from rolegraph.plans import Covered, PlanStep, RoutePlan, compare_plans
    from rolegraph.proposals import propose_mappings
    from rolegraph.remote_store import RemoteStore
    from rolegraph.role_graph import RoleGraph
    from rolegraph.routes import CareerPath, Step, Suggestion, Tradeoffs
    from rolegraph.rules import Rule, avoid, max_pay_cut, max_steps, min_pay, no_degree, only, via
    from rolegraph.serving import ServeOptions, serve
    from rolegraph.stability import SourceEffect, Stability
    from rolegraph.stores import LocalStore
    from rolegraph.tables import Table
    from rolegraph.validation import Problem, ValidationReport
    from rolegraph.webpage import Page, page

__version__ = "0.1.0"

#: Public name -> the module that holds it. Names are loaded when first used, so that each use pays for what
#: it needs.
_HOMES = {
    **dict.fromkeys(("Additive", "Carried"), "costs"),
    **dict.fromkeys(("Derivation", "DerivedMove", "Thresholds"), "derive"),
    **dict.fromkeys(
        ("Rule", "avoid", "max_pay_cut", "max_steps", "min_pay", "no_degree", "only", "via"), "rules"
    ),
    **dict.fromkeys(
        (
            "AmbiguousName",
            "EndpointError",
            "LimitReached",
            "MappingError",
            "MissingExtra",
            "NoPath",
            "OutputError",
            "OverLimit",
            "ParameterError",
            "ProfileError",
            "QueryError",
            "RolegraphError",
            "ServingError",
            "SourceError",
            "TableError",
            "UnknownName",
            "UnknownQuery",
        ),
        "errors",
    ),
    **dict.fromkeys(("Evidence", "Link", "Note", "Pay", "Profile", "Role", "RoleCard", "SkillGap"), "model"),
    **dict.fromkeys(("CareerPath", "Step", "Suggestion", "Tradeoffs"), "routes"),
    **dict.fromkeys(("Covered", "PlanStep", "RoutePlan", "compare_plans"), "plans"),
    **dict.fromkeys(("Page", "page"), "webpage"),
    **dict.fromkeys(("Finding", "LintReport"), "lint"),
    "import_table": "architecture.reading",
    **dict.fromkeys(("MoveGraph", "move_graph"), "moves"),
    **dict.fromkeys(("Difference", "Differences", "diff"), "changes"),
    "RoleGraph": "role_graph",
    "import_schemaorg": "importers.schemaorg",
    **dict.fromkeys(("MappingRow", "MappingSet", "read_mappings", "write_mappings"), "mapping"),
    "propose_mappings": "proposals",
    "open": "opening",
    **dict.fromkeys(("SourceEffect", "Stability"), "stability"),
    **dict.fromkeys(("ServeOptions", "serve"), "serving"),
    "Limits": "limits",
    "LocalStore": "stores",
    "RemoteStore": "remote_store",
    "import_esco": "importers.esco",
    "import_onet": "importers.onet",
    "Report": "importers.reports",
    "Table": "tables",
    **dict.fromkeys(("Problem", "ValidationReport"), "validation"),
}

__all__ = [
    "Additive",
    "AmbiguousName",
    "CareerPath",
    "Carried",
    "Covered",
    "Derivation",
    "DerivedMove",
    "Difference",
    "Differences",
    "EndpointError",
    "Evidence",
    "Finding",
    "LimitReached",
    "Limits",
    "Link",
    "LintReport",
    "LocalStore",
    "MappingError",
    "MappingRow",
    "MappingSet",
    "MissingExtra",
    "MoveGraph",
    "NoPath",
    "Note",
    "OutputError",
    "OverLimit",
    "Page",
    "ParameterError",
    "Pay",
    "PlanStep",
    "Problem",
    "Profile",
    "ProfileError",
    "QueryError",
    "RemoteStore",
    "Report",
    "Role",
    "RoleCard",
    "RoleGraph",
    "RolegraphError",
    "RoutePlan",
    "Rule",
    "ServeOptions",
    "ServingError",
    "SkillGap",
    "SourceEffect",
    "SourceError",
    "Stability",
    "Step",
    "Suggestion",
    "Table",
    "TableError",
    "Thresholds",
    "Tradeoffs",
    "UnknownName",
    "UnknownQuery",
    "ValidationReport",
    "__version__",
    "avoid",
    "compare_plans",
    "diff",
    "import_esco",
    "import_onet",
    "import_schemaorg",
    "import_table",
    "max_pay_cut",
    "max_steps",
    "min_pay",
    "move_graph",
    "no_degree",
    "only",
    "open",
    "page",
    "propose_mappings",
    "read_mappings",
    "serve",
    "via",
    "write_mappings",
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
