"""Runs tests of the W3C as users of rolegraph would: files by the loader, queries by `LocalStore.query`.

A store of rolegraph has named graphs alone, and a query that says nothing else asks their union. So where a
test keeps a default graph apart from named ones, its query is given the FROM and FROM NAMED that say so.

Updates and SERVICE are refused on purpose. Of those the query door has to refuse every single one, and the
engine behind it has to do what the test wants.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox
from w3c_answers import answer_of, expected, same, without_repeats

import rolegraph as rg
from rolegraph.confinement import confined
from rolegraph.limits import Limits
from rolegraph.sparql_tokens import tokens
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from w3c_suite import Case, Graphs, Suites

#: Options of JSON-LD that change nothing here, or that the loader has: the name that relative IRIs hang on.
_KNOWN_OPTIONS = {"specVersion", "base", "useJCS", "normative"}


def outcome(suites: Suites, case: Case) -> str:
    """Run a test; give what is wrong, nothing where all is well."""
    try:
        wrong = _run(suites, case)
    except (rg.SourceError, rg.QueryError, SyntaxError) as error:
        return "" if case.negative else f"refused: {' '.join(str(error).split())}"
    return "accepted" if case.negative else wrong


def _run(suites: Suites, case: Case) -> str:
    if case.action.endswith(".ru"):
        return _updated(suites, case)
    if case.action.endswith(".rq"):
        return _asked(suites, case) if case.evaluated else _read(suites, case)
    if unknown := case.options.keys() - _KNOWN_OPTIONS:
        return f"the option {', '.join(sorted(unknown))} is missing"
    store = LocalStore()
    store.load(suites.file(case.action), graph=case.base)
    if not case.evaluated:
        return ""
    own = ox.NamedNode(case.base)
    got = frozenset(
        ox.Quad(quad.subject, quad.predicate, quad.object) if quad.graph_name == own else quad
        for quad in store.engine
    )
    return "" if same(expected(suites.file(case.result), case.base), got) else "another graph"


def _read(suites: Suites, case: Case) -> str:
    """Try whether a query is read; what is read and then cannot be run, such as a function unheard of, is."""
    sparql = suites.text(case.action)
    store = LocalStore()
    try:
        answer_of(store.query(f"BASE <{case.base}>\n{sparql}"))
    except rg.QueryError as error:
        if isinstance(error.__cause__, SyntaxError) or not (
            "SERVICE is refused" in str(error) or error.__cause__
        ):
            raise
        with _cut_off(), suppress(OSError, RuntimeError, ValueError):
            store.engine.query(sparql, base_iri=_without_tls(case.base))
    return ""


def _asked(suites: Suites, case: Case) -> str:
    sparql = suites.text(case.action)
    graphs = case.graphs or [
        (urljoin(case.base, iri), urljoin(case.base, iri))
        for iri in re.findall(r"(?i)\bFROM\s+(?:NAMED\s+)?<(.*?)>", sparql)
    ]
    store = LocalStore()
    for _, document in graphs:
        store.load(suites.file(document), graph=document)
        store.engine.add_graph(ox.NamedNode(document))  # also where nothing is in it
    if case.graphs:
        sparql = _of_graphs(sparql, case.graphs)
    got = answer_of(store.query(f"BASE <{case.base}>\n{sparql}"))
    wanted = expected(suites.file(case.result), case.result)
    if same(wanted, got):
        return ""
    reduced = "REDUCED" in sparql.upper() and same(without_repeats(wanted), without_repeats(got))
    return "" if reduced else "another answer"


def _of_graphs(sparql: str, graphs: Graphs) -> str:
    """Say before the pattern of a query which graphs it asks, where the union of all is not meant."""
    if all(not name for name, _ in graphs) and "graph" not in sparql.lower():
        return sparql
    clauses = " ".join(f"FROM {'NAMED ' if name else ''}<{document}>" for name, document in graphs)
    read = list(tokens(sparql))
    words = [token.text.lower() for token in read]
    start = words.index("{")
    if "construct" in words[:start] and "where" not in words[:start]:
        depth = 0
        for start in range(words.index("{"), len(words)):  # the template comes first
            depth += (words[start] == "{") - (words[start] == "}")
            if depth == 0:
                break
        start += 1
    start -= words[start - 1] == "where"
    place = read[start].start
    return f"{sparql[:place]} {clauses} {sparql[place:]}"


def _updated(suites: Suites, case: Case) -> str:
    """Try an update: the query door refuses it whatever it is; the engine behind it does what is right."""
    update = suites.text(case.action)
    store = LocalStore()
    _fill(suites, store, case.graphs)
    before = set(store.engine)
    try:
        store.query(f"BASE <{case.base}>\n{update}")
    except rg.QueryError:
        if set(store.engine) != before:
            return "a refused update changed something"
    else:
        return "the query door let an update pass"
    try:
        with _cut_off():
            store.engine.update(update, base_iri=_without_tls(case.base))
    except (OSError, RuntimeError):
        if case.evaluated:  # whether what LOAD or CLEAR name is there is no matter of syntax
            raise
    if not case.evaluated:
        return ""
    wanted = LocalStore()
    _fill(suites, wanted, case.after)
    return "" if same(frozenset(wanted.engine), frozenset(store.engine)) else "other graphs"


def _cut_off() -> AbstractContextManager[None]:
    """Keep the engine from opening files and connections."""
    return confined("The test", Limits(seconds=None, memory=None), files=False)


def _without_tls(iri: str) -> str:
    """Give a base that the engine need read no certificates for: it panics where it cannot open them."""
    return iri.replace("https:", "http:")


def _fill(suites: Suites, store: LocalStore, graphs: Graphs) -> None:
    """Load graphs under their names, and what has none into the engine's default graph."""
    for name, document in graphs:
        read = LocalStore()
        read.load(suites.file(document), graph=document)
        store.engine.extend(
            ox.Quad(
                quad.subject, quad.predicate, quad.object, ox.NamedNode(name) if name else ox.DefaultGraph()
            )
            for quad in read.engine
        )
        if name:
            store.engine.add_graph(ox.NamedNode(name))
