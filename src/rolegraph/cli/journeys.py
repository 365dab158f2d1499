"""What `path` does: asks for routes, plans, trade-offs, stability, and prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.output import chosen_format, show_json, show_raw, show_table, tell
from rolegraph.cli.route_text import routes_text, total_words
from rolegraph.conditions import conditions_of
from rolegraph.errors import LimitReached, NoPath, ParameterError
from rolegraph.model import Profile
from rolegraph.routes import in_unit
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rolegraph.model import Pay
    from rolegraph.moves import Conditions, MoveGraph
    from rolegraph.plans import RoutePlan
    from rolegraph.role_graph import RoleGraph
    from rolegraph.routes import CareerPath

    Asked = Mapping[str, Any]


def run(graph: RoleGraph, roles: tuple[str, ...], asked: Asked) -> int:
    """Answer one call of `path`; its options are in `asked`."""
    _check(asked)
    profile = profile_of(graph, asked["have"])
    start, goal = ends(roles, profile)
    conditions = _conditions(graph, asked, profile)
    try:
        if asked["tradeoffs"]:
            return _tradeoffs(graph, (start, goal), asked, conditions)
        return _routes(graph, (start, goal), asked, conditions)
    except LimitReached as limit:
        known = [*limit.found, *([limit.near] if limit.near is not None else [])]
        if known:
            _show(known, (), {}, [])
        raise
    except NoPath as none:
        found = none.suggestions  # looked for here, where progress is shown and errors are told
        if chosen_format() == "json":
            show_json({"paths": [], "suggestions": [item.to_dict() for item in found]})
        raise


def profile_of(graph: RoleGraph, file: str | None) -> Profile | None:
    """Read the profile that --have names; None where it names none.

    Raises UsageError for a name that is empty.
    """
    if file == "":
        raise click.UsageError("--have takes a file, and its name is empty. Is a variable unset?")
    return None if file is None else graph.profile(file)


def ends(roles: tuple[str, ...], profile: Profile | None) -> tuple[str, str]:
    """Give start and goal; a profile that names a role stands in for the start.

    Raises UsageError where one of them is missing, or there are more.
    """
    if len(roles) == 2:  # noqa: PLR2004 - start and goal
        return roles[0], roles[1]
    if len(roles) == 1 and profile is not None and profile.role:
        return profile.role, roles[0]
    if len(roles) == 1:
        where = "a role of yours in the profile (role: ...), or " if profile else ""
        raise click.UsageError(f"Where from? Name {where}two roles: START GOAL. {roles[0]!r} is only one.")
    quoted = " Names of several words need quotes." if roles else ""
    raise click.UsageError(f"Name two roles, START and GOAL; here are {len(roles)}.{quoted}")


def _check(asked: Asked) -> None:
    """Object to options that do not go together."""
    if asked["every"] and asked["max_steps"] is None:
        raise click.UsageError("All routes are too many: limit their moves with --max-steps N.")
    if asked["every"] and asked["k"] is not None:
        raise click.UsageError("Ask either for -k routes or for --all of them.")
    for option in ("every", "k", "stability", "what_if", "plan"):
        if asked["tradeoffs"] and asked[option]:
            name = {"every": "--all", "k": "-k"}.get(option, f"--{option.replace('_', '-')}")
            raise click.UsageError(
                f"{name} does not go with --tradeoffs: it gives the routes that no other beats."
            )


def _conditions(graph: RoleGraph, asked: Asked, profile: Profile | None) -> Conditions:
    try:
        return conditions_of(graph, asked, profile)
    except ParameterError as error:
        raise click.UsageError(str(error)) from None


def _routes(graph: RoleGraph, pair: tuple[str, str], asked: Asked, conditions: Conditions) -> int:
    by, wanted = asked["by"], asked["k"] or 1
    if asked["every"]:
        routes = graph.all_paths(*pair, cost=by, **conditions)
    else:
        routes = graph.paths(*pair, k=wanted, cost=by, **conditions)
    if not routes:
        graph.path(*pair, cost=by, **conditions)  # says why, and what would help
    _tell_of_missing(graph.moves(by, grounds=False, **conditions))
    if not asked["every"] and len(routes) < wanted:
        tell(f"There {'is only one route' if len(routes) == 1 else f'are only {len(routes)} routes'}.")
    profile = conditions["profile"]
    planned = asked["plan"] or asked["have"] or asked["what_if"]
    plans = [graph.plan(route, profile) for route in routes] if planned else []
    extra, lines = _what_if(graph, pair, asked, conditions, (routes, plans)) if asked["what_if"] else ({}, [])
    if asked["stability"]:
        from rolegraph.cli.stability_text import stability_text  # noqa: PLC0415 - seldom asked

        jitter = asked["jitter"] / 100
        found = graph.stability(*pair, runs=asked["stability"], jitter=jitter, cost=by, **conditions)
        extra["stability"] = found.to_dict()
        lines += [*([""] if lines else []), *stability_text(found)]
    own = profile.pay if profile is not None and profile.role == routes[0].roles[0].iri else None
    _show(routes, plans, extra, lines, own)
    return 0


def _show(
    routes: Sequence[CareerPath],
    plans: Sequence[RoutePlan],
    extra: dict[str, Any],
    lines: list[str],
    own: Pay | None = None,
) -> None:
    """Print routes in the format asked for; `extra` are further keys of the JSON, `lines` of the text."""
    chosen = chosen_format()
    if chosen not in {"table", "json"}:
        for line in lines:
            tell(line)
        if plans and chosen != "md":
            tell("The plan is not in this format; --format table, md and json have it.")
    if chosen in {"mermaid", "turtle", "md"}:
        from rolegraph import itineraries  # noqa: PLC0415 - seldom asked

        text = {
            "mermaid": lambda: itineraries.to_mermaid(routes),
            "turtle": lambda: itineraries.to_turtle(routes),
            "md": lambda: itineraries.to_markdown(routes, plans),
        }[chosen]()
        show_raw(text if text.endswith("\n") else f"{text}\n")
        return
    document = {"paths": [route.to_dict() for route in routes], **extra}
    if plans:
        document["plans"] = [plan.to_dict() for plan in plans]
    show_table(_rows(routes), as_json=document, as_text=lambda: routes_text(routes, plans, lines, own))


def _rows(routes: Sequence[CareerPath]) -> Table:
    columns = ("route", *routes[0].table().columns, "path", "by", "unit", "total")
    rows = (
        (number, *row, str(route), route.by, route.unit, route.cost)
        for number, route in enumerate(routes, 1)
        for row in route.table().rows
    )
    return Table(columns, tuple(rows))


def _tradeoffs(graph: RoleGraph, pair: tuple[str, str], asked: Asked, conditions: Conditions) -> int:
    costs = asked["tradeoffs"]
    found = graph.tradeoffs(*pair, by=costs, **conditions)
    if not len(found):
        graph.path(*pair, cost=costs, **conditions)
    _tell_of_missing(graph.moves(costs, grounds=False, **conditions))
    if chosen_format() in {"mermaid", "turtle"}:
        _show(found.paths, (), {}, [])
    else:
        show_table(found.table(), as_json=found.to_dict())
    return 0


def _what_if(
    graph: RoleGraph,
    pair: tuple[str, str],
    asked: Asked,
    conditions: Conditions,
    before: tuple[Sequence[CareerPath], Sequence[RoutePlan]],
) -> tuple[dict[str, Any], list[str]]:
    """Compare the best route and its plan with those of someone who has one thing more, or all of them."""
    from rolegraph.plans import compare_plans  # noqa: PLC0415 - seldom asked

    names = asked["what_if"]
    cases = [(name,) for name in names] + ([names] if len(names) > 1 else [])
    told: list[dict[str, Any]] = []
    lines: list[str] = []
    for case in cases:
        profile = conditions["profile"] or Profile()
        for name in case:
            profile = graph.with_more(profile, name)
        with_more: Conditions = {**conditions, "profile": profile}
        route = graph.path(*pair, cost=asked["by"], **with_more)
        plan = graph.plan(route, profile)
        changes = compare_plans(before[1][0], plan)
        told.append(
            {"having": list(case), "path": route.to_dict(), "plan": plan.to_dict(), "changes": [*changes]}
        )
        lines += [*([""] if lines else []), *_what_if_lines(case, before[0][0], route, changes)]
    return {"what_if": told}, lines


def _what_if_lines(case: tuple[str, ...], before: CareerPath, after: CareerPath, changes: Table) -> list[str]:
    lines = wrapped(f"What if you had {' and '.join(case)}?")
    lines += wrapped(f"before: {before} ({total_words(before)})", "  ", indent=4)
    lines += wrapped(f"after: {after} ({total_words(after)})", "  ", indent=4)
    for row in changes:
        if row["before"] == row["after"] and row["what"] != "skills":
            continue
        gone = f" ({row['no longer']})" if row["no longer"] else ""
        what = row["what"].replace("credentials", "certifications and trainings")
        lines += wrapped(f"{what}: {row['before']} before, {row['after']} after{gone}", "  ", indent=4)
    return lines


#: Cost -> why a move has no figure.
_UNTOLD = {
    "gap": "no source names a skill of the role they lead to",
    "years": "no source says what experience the role they lead to asks for",
    "pay-cut": "no source gives figures for both roles that may be compared",
    "doubt": "their evidence has no share of people",
}


def _tell_of_missing(moves: MoveGraph) -> None:
    """Say what became of the moves whose figure no source gives."""
    for cost, untold, worst in zip(moves.costs, moves.untold, moves.worst, strict=True):
        if not untold:
            continue
        done = {
            "skip": "are left out (--missing worst or ignore takes them)",
            "worst": f"count as the worst known, {in_unit(worst or 0, cost.unit)}, each",
            "ignore": "count as nothing, so that totals are least figures",
        }[moves.missing]
        why = _UNTOLD.get(cost.name, "no figure is given")
        tell("\n".join(wrapped(f"By {cost.name}, {untold:,} of {moves.allowed:,} moves {done}: {why}.")))
