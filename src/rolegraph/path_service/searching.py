"""What a search asks for as a question to a graph, and the routes that answer it as rows of terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Unpack

import pyoxigraph as ox

from rolegraph import rules
from rolegraph.costs import COSTS, MISSING
from rolegraph.errors import NoPath, ParameterError, QueryError
from rolegraph.explaining.pieces import iri_of
from rolegraph.names import PREFIXES, ROLE_KINDS, fold, shorten
from rolegraph.path_service.vocabulary import OF_MOVES
from rolegraph.sparql_tokens import error_at, tokens
from rolegraph.stores import LocalStore, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rolegraph.any_store import Store
    from rolegraph.labels import Entry
    from rolegraph.moves import Conditions, MoveGraph
    from rolegraph.path_service.reading import Search
    from rolegraph.routes import CareerPath, Step
    from rolegraph.rules import Rule
    from rolegraph.sparql_tokens import Token

    #: The IRI of a "source" and of a "target".
    Pair = dict[str, str]

#: Paths from a source to a target that may be asked for, as many as on the command line.
MOST_PATHS = 1_000


class Searched(Protocol):
    """What a graph must be able to do."""

    store: Store

    def entries(self) -> list[Entry]:
        """Give every named thing."""

    def resolve(self, name: str, kinds: Sequence[str] | frozenset[str] = ROLE_KINDS) -> str:
        """Give the IRI of the role that has this name."""

    def moves(self, cost: str, *, grounds: bool = True, **conditions: Unpack[Conditions]) -> MoveGraph:
        """Give the moves as weighed for a question."""

    def paths(
        self, start: str, goal: str, *, k: int, cost: str, **conditions: Unpack[Conditions]
    ) -> list[CareerPath]:
        """Find the k cheapest routes."""

    def all_paths(
        self, start: str, goal: str, *, cost: str, **conditions: Unpack[Conditions]
    ) -> list[CareerPath]:
        """Find all routes within a number of moves."""

    def pay_statistics(self) -> list[str]:
        """Give the names of the statistics that pay may be measured by."""


class Reader:
    """Reads the words of a search as values; what is wrong is told with its place in the query."""

    def __init__(self, sparql: str, prefixes: Mapping[str, str]) -> None:
        self.sparql = sparql
        self.prefixes = prefixes

    def text(self, name: str, word: Token) -> str:
        """Give what a string says."""
        if word.kind != "string" or any(part.text == "^^" for part in tokens(word.text)):
            raise error_at(self.sparql, word, f"path:{name} needs a text in quotes, not {word.text}")
        (row,) = LocalStore().select(f"SELECT ({word.text} AS ?text) {{ }}")
        return text_of(row["text"])

    def thing(self, name: str, word: Token) -> str:
        """Give the IRI or the name that a word says."""
        if word.kind == "string":
            return self.text(name, word)
        iri = iri_of(word, self.prefixes)
        if iri is None or word.kind == "word":
            advice = "; is its prefix declared?" if word.kind == "name" else ""
            message = f"path:{name} needs an IRI, or a name in quotes, not {word.text}{advice}"
            raise error_at(self.sparql, word, message)
        return iri

    def count(self, name: str, word: Token, least: int, most: int) -> int:
        """Give a whole number within bounds."""
        if not re.fullmatch(r"\+?\d{1,9}", word.text) or not least <= int(word.text) <= most:
            message = f"path:{name} needs a whole number from {least:,} to {most:,}, not {word.text}"
            raise error_at(self.sparql, word, message)
        return int(word.text)

    def choice(self, name: str, word: Token, choices: Sequence[str]) -> str:
        """Give a text that is one of some."""
        chosen = self.text(name, word)
        if chosen not in choices:
            message = f"path:{name} is one of {', '.join(choices)}, and not {chosen}"
            raise error_at(self.sparql, word, message)
        return chosen

    def truth(self, name: str, word: Token) -> bool:
        """Give true or false."""
        if word.text not in {"true", "false"}:
            raise error_at(self.sparql, word, f"path:{name} needs true or false, not {word.text}")
        return word.text == "true"

    def amount(self, name: str, word: Token) -> tuple[float, str]:
        """Give a figure, and the words behind it."""
        text = self.text(name, word) if word.kind == "string" else word.text
        try:
            return rules.read_amount(text)
        except ParameterError:
            message = f"path:{name} needs a figure such as 90000, not {word.text}"
            raise error_at(self.sparql, word, message) from None


class Unanswered(QueryError):
    """A search names what the graph has not; SILENT passes over it."""


@dataclass(frozen=True)
class Question:
    """What a search asks for: its ends by IRI, "" for a variable; how many paths, None for all; by what."""

    source: str
    target: str
    k: int | None
    cost: str
    conditions: Conditions


def question(search: Search, read: Reader, graph: Searched) -> Question:
    """Give what a search asks for.

    Raises QueryError for a value that cannot be, with its line and column; it is Unanswered where the value
    is a name that the graph has not.
    """
    asks = {name: words[0] for name, words in search.asks.items()}

    def said(name: str, how: Callable[..., Any], instead: Any, *more: Any) -> Any:
        return how(name, asks[name], *more) if name in asks else instead

    every = said("all", read.truth, instead=False)
    if every and "maxSteps" not in asks:
        message = "all paths are too many; limit their moves by path:maxSteps"
        raise error_at(read.sparql, asks["all"], message)
    mixed = said("allowMixed", read.truth, instead=False)
    conditions: Conditions = {
        "missing": said("missing", read.choice, "skip", MISSING),
        "allow_mixed": mixed,
        "rules": tuple(_rules(search, read, graph, mixed=mixed)),
    }
    k = said("k", read.count, 1, 1, MOST_PATHS)
    cost = said("cost", read.choice, "hops", tuple(COSTS))
    source, target = (_end(name, asks[name], read, graph) for name in ("source", "target"))
    return Question(source, target, None if every else k, cost, conditions)


def _end(name: str, word: Token, read: Reader, graph: Searched) -> str:
    """Give the IRI of the role that a search begins or ends with."""
    return "" if word.kind == "variable" else _named(read, word, graph)(read.thing(name, word))


def _rules(search: Search, read: Reader, graph: Searched, *, mixed: bool) -> Iterator[Rule]:
    """Give the conditions on moves, as the command line makes them of its options."""
    for name, rule in (("via", rules.via), ("avoid", rules.avoid), ("noDegree", rules.no_degree)):
        for word in search.asks.get(name, ()):
            made = rule(read.thing(name, word))
            made.resolved(_named(read, word, graph))
            yield made
    kinds = [read.choice("only", word, rules.EVIDENCE_KINDS) for word in search.asks.get("only", ())]
    if kinds:
        yield rules.only(*kinds)
    for word in search.asks.get("maxSteps", ()):
        yield rules.max_steps(read.count("maxSteps", word, 0, 1_000_000))
    for word in search.asks.get("minPay", ()):
        amount, statistic = read.amount("minPay", word)
        yield rules.min_pay(amount, _statistic(read, word, statistic, graph) if statistic else "")
    for word in search.asks.get("maxPayCut", ()):
        amount, unit = read.amount("maxPayCut", word)
        if unit not in {"", "%"}:
            message = f"path:maxPayCut is an amount or a percentage; {word.text} is neither"
            raise error_at(read.sparql, word, message)
        part = unit == "%"
        yield rules.max_pay_cut(amount / 100 if part else amount, relative=part, allow_mixed=mixed)


def _named(read: Reader, word: Token, graph: Searched) -> Callable[..., str]:
    """Give `graph.resolve` with the place of the name in what it raises."""

    def resolve(*asked: Any) -> str:
        try:
            return graph.resolve(*asked)
        except LookupError as error:
            told = error_at(read.sparql, word, str(error))
            raise Unanswered(str(told), line=told.line, column=told.column) from error

    return resolve


def _statistic(read: Reader, word: Token, words: str, graph: Searched) -> str:
    known = graph.pay_statistics()
    found = [name for name in known if fold(name) == fold(words)]
    if not found:
        message = f"{words!r} is no statistic of pay; there are: {', '.join(known) or 'none'}"
        raise error_at(read.sparql, word, message)
    return found[0]


def ends(asked: Question) -> Pair:
    """Give the ends that a search names."""
    return {"source": asked.source, "target": asked.target}


def found(graph: Searched, pair: Pair, asked: Question) -> list[CareerPath]:
    """Find the routes from one role to another that a search asks for, cheapest first.

    Raises UnknownName for what is no role; ParameterError where the worst figure is to count and none is
    known; LimitReached.
    """
    if asked.k is None:
        return graph.all_paths(pair["source"], pair["target"], cost=asked.cost, **asked.conditions)
    return graph.paths(pair["source"], pair["target"], k=asked.k, cost=asked.cost, **asked.conditions)


def why_none(graph: Searched, pairs: Sequence[Pair], asked: Question, *, by_patterns: bool) -> Iterator[str]:
    """Say why a search has no rows: how far one gets, or that the patterns around it leave no ends."""
    if by_patterns:
        many = "1 pair of ends, and no path joins it" if len(pairs) == 1 else "no ends"
        left = f"{len(pairs):,} pairs of ends, and no path joins any" if len(pairs) > 1 else many
        yield f"SERVICE rolegraph:path has no paths: the patterns around it leave {left}."
        return
    from rolegraph.paths import cheapest_path  # noqa: PLC0415 - loaded by now

    (pair,) = pairs
    try:
        path = cheapest_path(
            graph.moves(asked.cost, grounds=False, **asked.conditions), pair["source"], pair["target"]
        )
    except NoPath as none:
        yield from none.sentences
    else:
        if not path.steps:
            yield f"A path from {path} to itself has no moves, and so no rows of moves."


def rows(paths: Sequence[CareerPath], gives: Sequence[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Give the values of a search for each move of each path, or for each path where none is of a move."""
    for index, path in enumerate(paths, 1):
        whole = {
            "pathIndex": str(index),
            "pathCost": _double(path.cost),
            "pathLength": str(len(path)),
            "pathText": str(ox.Literal(str(path))),
            "pathStrength": str(ox.Literal(path.weakest.strength)) if path.weakest else "UNDEF",
        }
        if not OF_MOVES.keys() & set(gives):
            yield " ".join(whole[name] for name in gives)
            continue
        for number, step in enumerate(path.steps, 1):
            for of_move in _of_move(number, step, prefixes, claims="claim" in gives):
                values = {**whole, **of_move}
                yield " ".join(values[name] for name in gives)


def _of_move(
    number: int, step: Step, prefixes: Mapping[str, str], *, claims: bool
) -> Iterator[dict[str, str]]:
    told = {
        "edgeIndex": str(number),
        "start": term(step.start.iri, prefixes),
        "end": term(step.goal.iri, prefixes),
        "edgeCost": "UNDEF" if step.cost is None else _double(step.cost),
        "edgeStrength": str(ox.Literal(step.strength)),
    }
    for claim in dict.fromkeys(item.claim for item in step.evidence) if claims else [""]:
        yield {**told, "claim": term(claim, prefixes)}


def _double(value: float) -> str:
    written = repr(float(value))
    return written if "e" in written else f"{written}e0"


def term(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI as short as the prefixes of a query let one; UNDEF for what is none.

    >>> term("https://w3id.org/rolegraph/role/head-chef", {"role": "https://w3id.org/rolegraph/role/"})
    'role:head-chef'
    """
    prefix, _, local = shorten(iri).partition(":")
    namespace = PREFIXES.get(prefix)
    if namespace and namespace == prefixes.get(prefix) and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", local):
        return f"{prefix}:{local}"
    try:
        return str(ox.NamedNode(iri))
    except ValueError:  # a blank node, which a query cannot name
        return "UNDEF"
