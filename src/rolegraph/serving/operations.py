"""The operations of the JSON interface: what each takes, and what it gives, declared once for all uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolegraph.errors import NoPath, ParameterError
from rolegraph.labels import KINDS
from rolegraph.queries import named_query
from rolegraph.serving.parameters import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rolegraph.role_graph import RoleGraph

    Values = Mapping[str, Any]

#: The costs of routes, and the kinds of evidence; a test holds them to those of the library, which would
#: load networkx.
COSTS = ("hops", "gap", "pay-cut", "years", "doubt")
EVIDENCE = ("stated", "observed", "derived", "editorial")


@dataclass(frozen=True)
class Operation:
    """What can be asked at `/api/NAME`; `keys` are members that the answer has, or each of its rows."""

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    run: Callable[[RoleGraph, Values], Any]
    keys: tuple[str, ...] = ()
    rows: bool = False


def _find(graph: RoleGraph, given: Values) -> list[dict[str, Any]]:
    return [*graph.find(given["text"], kind=given["kind"])]


def _role(graph: RoleGraph, given: Values) -> dict[str, Any]:
    return graph.role(given["name"]).to_dict()


def _gap(graph: RoleGraph, given: Values) -> dict[str, Any]:
    return graph.gap(given["start"], given["goal"]).to_dict()


def _why(graph: RoleGraph, given: Values) -> list[dict[str, Any]]:
    return [*graph.why(given["name"], given["other"])]


def _fill(graph: RoleGraph, given: Values) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for item in given["value"]:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(f"{item!r} is not of the form PARAM=VALUE.")
        values.setdefault(name, []).append(value)
    return {"query": graph.fill(named_query(given["query"]), values)}


def _path(graph: RoleGraph, given: Values) -> dict[str, Any]:
    """Give what `rolegraph path --format json` prints; where there is no route, what would help."""
    from rolegraph.conditions import conditions_of  # noqa: PLC0415 - networkx loads with it
    from rolegraph.rules import read_amount  # noqa: PLC0415 - as above

    amounts = {name: given[name] and read_amount(given[name]) for name in ("min_pay", "max_pay_cut")}
    conditions = conditions_of(graph, {**given, **amounts})
    ends, by = (given["start"], given["goal"]), given["by"]
    try:
        if given["tradeoffs"]:
            costs: Any = tuple(dict.fromkeys(given["tradeoffs"]))
            found = graph.tradeoffs(*ends, by=costs, **conditions)
            return found.to_dict() if len(found) else graph.path(*ends, cost=costs, **conditions).to_dict()
        if given["all"]:
            if given["max_steps"] is None:
                raise ParameterError("All routes are too many: limit their moves with max-steps.")
            routes = graph.all_paths(*ends, cost=by, **conditions)
        else:
            routes = graph.paths(*ends, k=given["k"], cost=by, **conditions)
        if not routes:
            graph.path(*ends, cost=by, **conditions)  # says why, and what would help
    except NoPath as none:
        return {"paths": [], "suggestions": [item.to_dict() for item in none.suggestions]}
    document: dict[str, Any] = {"paths": [route.to_dict() for route in routes]}
    if given["plan"]:
        document["plans"] = [graph.plan(route).to_dict() for route in routes]
    return document


_ROLE = "Its name, an alias, a short name such as role:product-manager, or its IRI."
_AMOUNT = r"^\s*\d"

_ROUTES = (
    Parameter("start", f"The role to start from. {_ROLE}", required=True, example="product developer"),
    Parameter("goal", f"The role to get to. {_ROLE}", required=True, example="CEO"),
    Parameter("by", "What makes a route cheap.", choices=COSTS, default="hops"),
    Parameter("k", "How many routes, cheapest first.", "integer", least=1, most=100, default=1),
    Parameter("all", "All routes of at most max-steps moves.", "boolean", default=False),
    Parameter("tradeoffs", "The routes that no other beats on all of these costs.", many=True, choices=COSTS),
    Parameter("via", "Pass this role.", many=True, example="CPO"),
    Parameter("avoid", "Do not go through this role.", many=True, example="brand manager"),
    Parameter("max-steps", "Take at most so many moves.", "integer", least=0, most=1000),
    Parameter("min-pay", "Only roles that pay so much: 90000, or by one statistic, 90000 median wage.",
              pattern=_AMOUNT, example="90000"),
    Parameter("max-pay-cut", "Only moves that cost no more pay than so much: 5000, or 10%.",
              pattern=_AMOUNT, example="10%"),
    Parameter("only", "Only moves that rest on this kind of evidence.", many=True, choices=EVIDENCE),
    Parameter("no-degree", "Only roles that require neither this degree nor a higher one.", many=True,
              example="master's degree"),
    Parameter("missing", "What becomes of a move whose figure no source gives.",
              choices=("skip", "worst", "ignore"), default="skip"),
    Parameter("allow-mixed", "Compare pay of unlike statistics, currencies or areas.", "boolean",
              default=False),
    Parameter("plan", "Also say at each step what is to be gained for it.", "boolean", default=False),
)  # fmt: skip

#: All operations, by name.
OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation(
            "find",
            "Find roles, skills, credentials ... by name or alias",
            "What has the text in its name or in an alias, best match first; case and accents do not matter.",
            (
                Parameter("text", "What to look for.", required=True, example="product"),
                Parameter("kind", "Find only this kind of thing.", choices=KINDS),
            ),
            _find,
            ("name", "kind", "aliases", "iri"),
            rows=True,
        ),
        Operation(
            "role",
            "Show all that the graph says of a role, and who says it",
            "What it is, pays and needs, where it comes from and leads, each with its sources.",
            (Parameter("name", f"The role. {_ROLE}", required=True, example="CPO"),),
            _role,
            ("role", "moves_in", "moves_out"),
        ),
        Operation(
            "path",
            "Find routes from one role to another",
            "Each role comes with its pay, each move with everyone who says that it is possible. Where there"
            " is no route, paths is empty, and suggestions say what would help.",
            _ROUTES,
            _path,
        ),
        Operation(
            "gap",
            "Compare what two roles need",
            "Which skills, degrees and credentials the goal needs that the start is not known to bring.",
            _ROUTES[:2],
            _gap,
        ),
        Operation(
            "why",
            "Show the sources behind a role, or behind what links two things",
            "Every claim with its source; the two sides of each contradiction come last.",
            (
                Parameter("name", f"A role, skill, degree ... {_ROLE}", required=True, example="CPO"),
                Parameter("other", "What links the first thing with this one.", example="product developer"),
            ),
            _why,
            ("relation", "value", "evidence", "source"),
            rows=True,
        ),
        Operation(
            "fill",
            "Give the SPARQL of a named query with these values for its parameters",
            "Names stand for IRIs. The query can then be asked at /sparql.",
            (
                Parameter("query", "The name of the query.", required=True, example="skills_of_role"),
                Parameter("value", "A parameter of the query with its value: role=CPO.", many=True,
                          pattern=r"^\w+=", example="role=CPO"),
            ),
            _fill,
            ("query",),
        ),
    )
}  # fmt: skip


def answer(graph: RoleGraph, name: str, given: Values) -> Any:
    """Give what an operation answers, as plain values.

    >>> import rolegraph as rg
    >>> answer(rg.open(), "find", {"text": "CPO", "kind": "role"})[0]["name"]
    'chief product officer'
    """
    return OPERATIONS[name].run(graph, given)
