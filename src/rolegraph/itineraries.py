"""Routes as data: Markdown and Mermaid for people, RDF to be stored beside the graph and asked again."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError
from rolegraph.names import PREFIXES, shorten
from rolegraph.routes import in_unit
from rolegraph.tables import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

    from rolegraph.model import Evidence, Role
    from rolegraph.plans import RoutePlan
    from rolegraph.routes import CareerPath, Step

# -- Markdown --------------------------------------------------------------------------------------------

#: What CommonMark, and GitHub's tables and formulas, would take for markup within a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$])")

#: What would begin a list at the start of a line.
_START = re.compile(r"^(\d*)([-+.)])")
_AS_TEXT = r"\1\\\2"

#: An address that needs no escaping between angle brackets.
_ADDRESS = re.compile(r"https?://[^\s<>\"`\\^{}|\x00-\x20]+")

#: How figures that no source gives were counted: the policy of a path -> words.
_MISSING = {
    "worst": "A step of unknown cost is counted as the worst that is known.",
    "ignore": "A step of unknown cost is counted as nothing.",
}


def to_markdown(paths: Sequence[CareerPath], plans: Sequence[RoutePlan] = ()) -> str:
    """Write routes in CommonMark: a heading and a numbered list of roles for each, and one list of sources.

    Each role has its pay with its basis, and the move to it with its evidence, cost and doubt. Numbers in
    brackets refer to the list of sources. plans has the plan of each path, in the same order; with one, each
    role also says what there is to learn for it.

    Names that hold markup are shown as they are, each on one line.
    """
    notes: dict[str, int] = {}
    lines: list[str] = []
    for number, (path, plan) in enumerate(zip_longest(paths, plans[: len(paths)]), 1):
        which = f"Route {number}: " if len(paths) > 1 else ""
        lines += [f"## {which}{_plain(path.roles[0])} to {_plain(path.roles[-1])}", "", _sum(path), ""]
        if plan:
            lines += [_text(plan.summary()), ""]
        for place, role in enumerate(path.roles):
            step = path.steps[place - 1] if place else None
            marker = f"{place + 1}. "
            lines.append(f"{marker}**{_plain(role)}**")
            facts = [*_move(path, step, notes), *_learn(plan, place), *_pay(role, notes)]
            lines += [f"{' ' * len(marker)}- {fact}" for fact in facts]
        lines.append("")
    sources = [f"{number}. {_START.sub(_AS_TEXT, words)}" for words, number in notes.items()]
    return "\n".join([*lines, *(["## Sources", "", *sources, ""] if sources else [])])


def _text(words: str) -> str:
    """Write a text of the data on one line, so that it holds no markup."""
    return _MARKUP.sub(r"\\\1", cell(words))


def _plain(role: Role) -> str:
    return _text(role.label) or _text(shorten(role.iri))


def _sum(path: CareerPath) -> str:
    moves = in_unit(len(path), "moves")
    text = f"{moves}." if path.by == "hops" else f"{moves}; {_text(path.by)}: {_text(path.total)}."
    if path.unknown and path.missing in _MISSING:
        text += f" {_MISSING[path.missing]}"
    if (weakest := path.weakest) is not None:
        ends = f"{_plain(weakest.start)} to {_plain(weakest.goal)}"
        text += f" Weakest step: {ends} ({weakest.strength})."
    return text


def _cite(evidence: Iterable[Evidence], notes: dict[str, int]) -> str:
    """Give the marks of these sources; `notes` numbers them in the order of their first citation."""
    marks = []
    for item in evidence:
        words = _text(str(item))
        if _ADDRESS.fullmatch(item.url):
            words += f", <{item.url}>"
        marks.append(notes.setdefault(words, len(notes) + 1))
    return "".join(f" \\[{mark}\\]" for mark in dict.fromkeys(marks))


def _price(path: CareerPath, step: Step) -> str:
    """Say what a step costs; nothing where costs only count moves."""
    if step.cost is None:
        return f"{path.by} unknown"
    return "" if path.by == "hops" else in_unit(step.cost, path.unit)


def _move(path: CareerPath, step: Step | None, notes: dict[str, int]) -> list[str]:
    if step is None:
        return []
    price = _price(path, step)
    words = _text(step.strength + (f"; {price}" if price else ""))
    return [f"Move: {words}{_cite(step.evidence, notes)}", *(f"Doubt: {_text(why)}" for why in step.doubts)]


def _learn(plan: RoutePlan | None, place: int) -> list[str]:
    if plan is None or not place:
        return []
    step = plan.steps[place - 1]
    unknown = [] if step.known else ["To learn: no source names a skill; that is not the same as none"]
    taught = {iri: f" (taught by {'; '.join(names)})" for iri, names in plan.teaches.items()}
    return unknown + [f"To learn: {_text(link.label + taught.get(link.iri, ''))}" for link in step.new]


def _pay(role: Role, notes: dict[str, int]) -> list[str]:
    found = [
        f"Pay: {_text(str(pay))}{_cite((pay.evidence,), notes)}"
        + (f"; doubt: {_text(pay.evidence.doubt)}" if pay.evidence.doubt else "")
        for pay in role.pay
    ]
    return found or ["Pay: no source gives a figure"]


# -- Mermaid ---------------------------------------------------------------------------------------------

#: What is written as a code in a label. Letters, digits, blanks and a few marks stand for themselves; full
#: stops and hyphens only between letters or digits, the bracket of "1)" never: at the start they make lists.
_CODED = re.compile(r"[^\w ,()'.-]|_|(?<!\w)[.-]|[.-](?!\w)|(?<=\d)\)(?= |$)")


def to_mermaid(paths: Sequence[CareerPath]) -> str:
    """Draw routes as a Mermaid flowchart: one node for each role, one edge for each step.

    An edge says how strong its evidence is and what it costs; where there are several routes, also which of
    them take it.
    """
    roles = {role.iri: role for path in paths for role in path.roles}
    names = {iri: f"role{number}" for number, iri in enumerate(roles, 1)}
    edges: dict[tuple[str, str, str], list[int]] = {}
    for number, path in enumerate(paths, 1):
        for step in path.steps:
            price = _price(path, step)
            words = step.strength + (f", {price}" if price else "")
            taken = edges.setdefault((names[step.start.iri], names[step.goal.iri], words), [])
            if number not in taken:
                taken.append(number)
    lines = [
        f'    {names[iri]}["{_label(role.label) or _label(shorten(iri))}"]' for iri, role in roles.items()
    ]
    for (start, goal, words), taken in edges.items():
        routes = f", on route{'s' if len(taken) > 1 else ''} {', '.join(map(str, taken))}"
        lines.append(f'    {start} -->|"{_label(words + routes if len(paths) > 1 else words)}"| {goal}')
    return "\n".join(["flowchart LR", *lines, ""])


def _label(words: str) -> str:
    """Write a text by Mermaid's rules: what could be markup becomes the code of its character."""
    return _CODED.sub(lambda found: f"#{ord(found[0])};", cell(words))


# -- RDF -------------------------------------------------------------------------------------------------


def to_turtle(paths: Iterable[CareerPath]) -> str:
    """Write routes in Turtle, to be loaded beside the data that they were found in; see `to_triples`.

    Equal routes give equal text.

    Raises OutputError for a role that no IRI names.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - the other forms do without

    from rolegraph.exporters import serialize  # noqa: PLC0415 - likewise

    return serialize(to_triples(paths), ox.RdfFormat.TURTLE).decode()


def to_triples(paths: Iterable[CareerPath]) -> list[ox.Triple]:
    """Give routes as RDF: each a rg:Route with its measure and cost, and a rg:RouteStep for each step.

    A step has its position, from 1, its roles, its cost where one is known, and the claims that it rests on.
    The queries of the graph answer as they did before; `stored_routes` lists what is stored.

    Raises OutputError for a role that no IRI names.
    """
    return list(dict.fromkeys(triple for path in paths for triple in _route(path)))


def route_iri(path: CareerPath) -> str:
    """Give the IRI of a route: it follows from the roles, the measure and the costs.

    One way between two roles that costs different people different amounts is a route for each of them.

    >>> from rolegraph.model import Role
    >>> from rolegraph.routes import CareerPath
    >>> route_iri(CareerPath((Role("x:cook", "cook"),), (), 0.0))
    'https://w3id.org/rolegraph/route/66f7411873cb'
    """
    costs = [path.cost, *(step.cost for step in path.steps)]
    exact = ["" if cost is None else _number(cost) for cost in costs]
    whole = [[role.iri for role in path.roles], path.by, path.unit, path.missing, exact]
    return PREFIXES["route"] + hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:12]


def _number(cost: float) -> str:
    """Write a number to twelve decimals and without exponent; a whole number without a fraction."""
    return f"{Decimal(repr(round(float(cost), 12) + 0.0)):f}".removesuffix(".0")


def _route(path: CareerPath) -> list[ox.Triple]:
    import pyoxigraph as ox  # noqa: PLC0415 - the other forms do without

    def amount(cost: float) -> ox.Literal:
        text = _number(cost)
        kind = "decimal" if "." in text else "integer"
        return ox.Literal(text, datatype=ox.NamedNode(f"{PREFIXES['xsd']}{kind}"))

    def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        prefix, _, name = predicate.partition(":")
        triples.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(PREFIXES[prefix] + name), value))

    triples: list[ox.Triple] = []
    ends = [_named(role) for role in path.roles]
    route = route_iri(path)
    say(route, "rdf:type", ox.NamedNode(f"{PREFIXES['rg']}Route"))
    say(route, "rdfs:label", ox.Literal(str(path).encode(errors="replace").decode()))
    say(route, "rg:startsAt", ends[0])
    say(route, "rg:arrivesAt", ends[-1])
    for predicate, text in (("measure", path.by), ("unit", path.unit), ("missingFigures", path.missing)):
        say(route, f"rg:{predicate}", ox.Literal(text))
    say(route, "rg:totalCost", amount(path.cost))
    for place, step in enumerate(path.steps, 1):
        this = f"{route}/{place}"
        say(route, "rg:routeStep", ox.NamedNode(this))
        say(this, "rdf:type", ox.NamedNode(f"{PREFIXES['rg']}RouteStep"))
        say(this, "rg:position", ox.Literal(place))
        say(this, "rg:startsAt", ends[place - 1])
        say(this, "rg:arrivesAt", ends[place])
        if step.cost is not None:
            say(this, "rg:cost", amount(step.cost))
        claims = (_node(claim) for claim in dict.fromkeys(item.claim for item in step.evidence))
        for claim in filter(None, claims):  # no file can refer to a blank node of another one
            say(this, "rg:move", claim)
    return triples


def _named(role: Role) -> ox.NamedNode:
    node = _node(role.iri)
    if node is None:
        message = f"{role.label} has no IRI in the data, so no route over it can be stored."
        raise OutputError(message)
    return node


def _node(iri: str) -> ox.NamedNode | None:
    import pyoxigraph as ox  # noqa: PLC0415 - the other forms do without

    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
