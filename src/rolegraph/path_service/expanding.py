"""Puts the answers of the searches of paths into a query, one search after the other."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.errors import LimitReached, OverLimit, ParameterError, QueryError, UnknownName
from rolegraph.explaining.pieces import prefixes_of
from rolegraph.path_service.binding import bound, candidates, concerning, levels
from rolegraph.path_service.reading import Search, searches
from rolegraph.path_service.searching import Reader, Unanswered, ends, found, question, rows, term, why_none
from rolegraph.query_guard import LONGEST, check_clear, check_query
from rolegraph.sparql_tokens import error_at, whole_tokens
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolegraph.path_service.binding import Level
    from rolegraph.path_service.searching import Pair, Question, Searched
    from rolegraph.routes import CareerPath

    #: From where to where something stands in a query, and what takes its place.
    Edit = tuple[int, int, str]

#: What matches once and binds nothing.
_NOTHING = "{ }"


def expand(sparql: str, graph: Searched, services: Sequence[str] = ()) -> str:
    """Give a query with the rows of its searches of paths as VALUES in place of each.

    services: the hosts that other SERVICEs may ask.

    Raises QueryError, with line and column, for what is wrong in a search or in the query around it;
    LimitReached where a search would take too long.

    >>> import rolegraph as rg
    >>> search = 'SERVICE rolegraph:path { [] path:source "CPO" ; path:target "CEO" ; path:end ?to }'
    >>> expand(f"ASK {{ {search} }}", rg.open())
    'ASK { VALUES (?to) { (role:chief-executive-officer) } }'
    """
    return _Expansion(sparql, graph, services).text()


def routeless(sparql: str, graph: Searched) -> list[str]:
    """Say, for people, which searches of a query have no paths, and how far one gets."""
    expansion = _Expansion(sparql, graph, (), tells=True)
    with suppress(QueryError, LimitReached):
        expansion.text()
    return expansion.told


def prepare(graph: Searched) -> None:
    """Have a graph read what searches need, while files may still be opened."""
    import rolegraph.paths  # noqa: F401, PLC0415 - networkx loads with it

    graph.entries()
    graph.pay_statistics()
    for cost in ("hops", "gap"):  # searched in the moves alone, and with the skills
        graph.moves(cost, grounds=False)


class _Expansion:
    """A query of which one search after the other is answered."""

    def __init__(self, sparql: str, graph: Searched, services: Sequence[str], *, tells: bool = False) -> None:
        self.sparql = sparql
        self.graph = graph
        self.services = services
        self.tells = tells
        self.told: list[str] = []
        self.words = whole_tokens(sparql)
        self.prefixes = prefixes_of(self.words)
        self.read = Reader(sparql, self.prefixes)
        declared = {name.text[:-1] for word, name in pairwise(self.words) if word.says("PREFIX")}
        # A query that declares prefixes may be meant for other tools, which know no others.
        self.short = {
            name: self.prefixes[name] for name in declared or self.prefixes if name in self.prefixes
        }
        self.blanked = sparql

    def text(self) -> str:
        """Give the query with all its searches answered."""
        asked = searches(self.sparql, self.words)
        if not asked:
            return self.sparql
        check_clear(self.sparql, self.words)
        self._check(asked)
        questions = {each.word.start: self._question(each) for each in asked}
        edits: list[Edit] = []
        while waiting := searches(self.sparql, self.words):
            search, around = self._next(waiting)
            values = self._answer(search, around, questions[search.word.start])
            edits.append((search.word.start, search.end, values))
            # What is put in stands nowhere in the query.
            new = [token._replace(start=-1) for token in whole_tokens(values)]
            self.words[search.first : search.last + 1] = new
        return _edited(self.sparql, edits)

    def _check(self, asked: Sequence[Search]) -> None:
        """Have the query around the searches checked before these are made."""
        for each in asked:
            text = self.blanked
            hidden = "".join(char if char == "\n" else " " for char in text[each.word.start : each.end])
            self.blanked = text[: each.word.start] + hidden + text[each.end :]
        check_query(self.blanked, self.services, self.graph.store.is_graph)
        if "service" in self.blanked.lower():
            return  # which the engine would ask
        edits: list[Edit] = []
        for each in asked:
            start, end = each.word.start, each.end
            edits.append((start, end, _in_place(self.sparql[start:end], _values(each, []))))
        LocalStore().query(_edited(self.sparql, edits))

    def _question(self, search: Search) -> Question | None:
        try:
            return question(search, self.read, self.graph)
        except Unanswered:
            if search.silent:
                return None
            raise

    def _next(self, waiting: Sequence[Search]) -> tuple[Search, Sequence[Level]]:
        """Give a search with the groups around it, which bind its ends; one that none adds to, if there is.

        Raises QueryError where nothing binds an end.
        """
        ready = []
        for search in waiting:
            others = [other for other in waiting if other is not search]
            free = set(search.ends.values())
            around = concerning(free, levels(self.sparql, self.words, search, others))
            if free <= bound(around):
                waits = bool(free & {name for other in others for name in other.variables})
                ready.append((waits, search, around))
        if not ready:
            names = " and ".join(f"?{name}" for name in waiting[0].ends.values())
            message = (
                f"nothing binds {names}, an end of this search, in every row (OPTIONAL does not): name a"
                " role, or add a pattern to its group"
            )
            raise error_at(self.sparql, waiting[0].word, message)
        return min(ready, key=lambda each: each[0])[1:]

    def _answer(self, search: Search, around: Sequence[Level], asked: Question | None) -> str:
        """Give what takes the place of a search.

        As SPARQL has it, a SERVICE SILENT that cannot be answered matches once and binds nothing.
        """
        if asked is None:
            return _NOTHING
        try:
            return _values(search, list(self._rows(search, around, asked)))
        except OverLimit:
            raise
        except (LimitReached, QueryError):
            if search.silent:
                return _NOTHING
            raise

    def _rows(self, search: Search, around: Sequence[Level], asked: Question) -> Iterator[str]:
        pairs = self._pairs(search, around, asked)
        size = 0
        for pair in pairs:
            fixed = [term(pair[end], self.short) for end in search.ends]
            for row in rows(self._paths(search, pair, asked), list(search.gives), self.short):
                size += len(row) + sum(map(len, fixed)) + 4
                if size > LONGEST // 2:
                    message = (
                        "the paths of this search are too many to be put into a query; ask for fewer"
                        " (path:k, path:maxSteps), or for fewer values of each"
                    )
                    raise error_at(self.sparql, search.word, message)
                yield " ".join((*fixed, *filter(None, [row])))
        if self.tells and not size:
            self.told += why_none(self.graph, pairs, asked, by_patterns=bool(search.ends))

    def _pairs(self, search: Search, around: Sequence[Level], asked: Question) -> list[Pair]:
        if not search.ends:
            return [ends(asked)]
        chosen = candidates(self.sparql, search, around, self.graph.store, self.blanked)
        return [ends(asked) | dict(zip(search.ends, values, strict=True)) for values in chosen]

    def _paths(self, search: Search, pair: Pair, asked: Question) -> Sequence[CareerPath]:
        try:
            return found(self.graph, pair, asked)
        except UnknownName:  # what a pattern binds may be no role
            return []
        except ParameterError as error:
            raise error_at(self.sparql, search.word, str(error)) from error


def _values(search: Search, found: Sequence[str]) -> str:
    names = " ".join(f"?{name}" for name in search.variables)
    return " ".join((f"VALUES ({names}) {{", *(f"({row})" for row in found), "}"))


def _edited(sparql: str, edits: Sequence[Edit]) -> str:
    """Give a query with its edits made."""
    for start, end, new in sorted(edits, reverse=True):
        sparql = sparql[:start] + new + sparql[end:]
    return sparql


def _in_place(old: str, new: str) -> str:
    """Lengthen a text that takes the place of another, so that what follows has the same line and column."""
    lines = old.count("\n")
    room = len(old) - old.rfind("\n") - 1 if lines else len(old) - len(new)
    return new + "\n" * lines + " " * room
