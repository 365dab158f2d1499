"""Parts of a store that lies with another server, as much as a question takes: names, moves, a few things.

A store at hand is its own part: then each function gives that store itself.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from rolegraph.names import BASE, PREFIXES, ROLE_KINDS, expand, fold
from rolegraph.neighbourhood import DEPTH, LEADS_ON, Gathered, neighbourhood
from rolegraph.queries import projection_query
from rolegraph.resources import ontology_file
from rolegraph.stores import ONTOLOGY_GRAPH, LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rolegraph.any_store import Store
    from rolegraph.remote_store import RemoteStore

#: Statements from which on a question about a few things is answered from what is said of these.
LARGE = 100_000

#: What names of things are said by.
_NAMING = tuple(
    ox.NamedNode(f"{PREFIXES[prefix]}{local}")
    for prefix, local in (
        ("rdf", "type"), ("skos", "prefLabel"), ("rdfs", "label"), ("skos", "altLabel"),
        ("skos", "hiddenLabel"),
    )
)  # fmt: skip

#: The queries that `projection.project_moves` asks. What they name is all that is fetched for it.
_OF_MOVES = (
    "nodes",
    "aliases",
    "evidence",
    "cited",
    "sections",
    "definitions",
    "pay",
    "notes",
    "moves",
    "figures",
)

#: A property in a query: a short name of which the local part begins with a small letter.
_PROPERTY = re.compile(rf"(?<![\w?])({'|'.join(PREFIXES)}):([a-z]\w*)")


def names_of(store: Store, kinds: Collection[str]) -> Store:
    """Give a store with the names of all things of these kinds."""
    if not store.remote:
        return store
    there = cast("RemoteStore", store)
    if "whole" in there.parts:
        return there.parts["whole"]
    if "moves" in there.parts and ROLE_KINDS.issuperset(kinds):
        return there.parts["moves"]
    part = f"names of {' '.join(sorted(kinds))}"
    if part not in there.parts:
        there.parts[part] = there.about(_classes(kinds), _NAMING)
    return there.parts[part]


def _classes(kinds: Collection[str]) -> list[ox.NamedNode]:
    """Give the classes of things of these kinds."""
    classes = re.findall(r'\(rg:(\w+) "(\w+)"\)', projection_query("nodes"))
    return [ox.NamedNode(f"{BASE}{name}") for name, kind in classes if kind in kinds]


def called(store: RemoteStore, text: str, kinds: Collection[str]) -> LocalStore:
    """Give a store with the names of the things of these kinds that may be meant by a text.

    The server compares names as far as a regular expression does. There may be more than are meant, and of
    names in which one letter stands for two (ß) less.
    """
    meant = _pattern(fold(text))
    names = " ".join(map(str, _NAMING[1:]))
    found = store.rows(
        f"SELECT DISTINCT ?s {{ VALUES ?class {{ {' '.join(map(str, _classes(kinds)))} }} ?s a ?class ."
        f" {{ VALUES ?name {{ {names} }} ?s ?name ?text FILTER(REGEX(STR(?text), {meant('^', '$')}, 'i')) }}"
        f" UNION {{ ?s a ?class FILTER(REGEX(STR(?s), {meant('/', '/*$')}, 'i')) }} }}"
    )
    things = [thing for (thing,) in found if isinstance(thing, ox.NamedNode)]
    with suppress(ValueError):
        things += [ox.NamedNode(iri) for iri in (expand(text),) if iri]
    part = LocalStore()
    part.engine.extend(quad for quad in store.said_of(things) if quad.predicate in _NAMING)
    return part


def _pattern(folded: str) -> Callable[[str, str], ox.Literal]:
    """Give what writes a regular expression for names that are folded to this, as SPARQL has it.

    A letter of the name may have an accent, and what is a blank by now may have been any sign.
    """
    parts = [f"[{char}\u0080-\uffff]+" if char.isascii() and char.isalnum() else ".+" for char in folded]
    inner = "".join(parts)
    return lambda before, behind: ox.Literal(f"{before}[ _-]*{inner}[ _-]*{behind}")


def moves_of(store: Store) -> LocalStore:
    """Give a store with the roles and their moves, for `projection.project_moves`."""
    if not store.remote:
        return store.whole()
    there = cast("RemoteStore", store)
    if "whole" in there.parts:
        return there.parts["whole"]
    if "moves" not in there.parts:
        there.parts["moves"] = _moves(there)
    return there.parts["moves"]


def is_large(store: Store) -> bool:
    """Tell whether all of a store takes so long to read that a question should do with a part."""
    if store.remote:
        return "whole" not in cast("RemoteStore", store).parts
    return len(store.whole()) >= LARGE


def part_around(store: Store, things: Iterable[str]) -> LocalStore | None:
    """Give a store with what is said of a few things, for `projection.project`.

    None where all that there is may as well be used.
    """
    if not is_large(store):
        return None
    part = neighbourhood(store, things)
    if store.remote:
        part.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    return part


def _moves(store: RemoteStore) -> LocalStore:
    classes = [
        ox.NamedNode(f"{BASE}{name}")
        for name in re.findall(r"rg:([A-Z]\w*)", projection_query("role_claims"))
    ]
    texts = " ".join(map(projection_query, _OF_MOVES))
    properties = dict.fromkeys(
        ox.NamedNode(PREFIXES[prefix] + name) for prefix, name in _PROPERTY.findall(texts)
    )
    properties |= dict.fromkeys((_NAMING[0], *_answers()))
    part = store.about(classes, properties)
    # What claims name besides roles: sources, sections, areas, levels, and claims that a caveat speaks of.
    engine = part.engine
    described = {quad.subject for quad in engine}
    named = {
        quad.object
        for quad in engine.quads_for_pattern(None, None, None, store.graph)
        if quad.predicate.value.startswith(LEADS_ON) and quad.object not in described
    }
    gathered = Gathered(store)
    gathered.describe(dict.fromkeys(named, DEPTH))
    engine.extend(gathered.quads)
    return part


def _answers() -> list[ox.NamedNode]:
    """Give the properties that say how many of those who were asked gave an answer."""
    ontology = LocalStore()
    ontology.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    asked = "SELECT ?answer { ?answer rdfs:subPropertyOf rg:experienceShare }"
    return [row["answer"] for row in ontology.select(asked)]
