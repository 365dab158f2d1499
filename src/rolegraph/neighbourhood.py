"""The part of a store that says something of a few things: small enough to be projected at once.

A card or a gap concerns one role or two, and a store may hold thousands. What is said of these is found by
looking up their IRIs; all else is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import BASE, PREFIXES
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

#: Claims that relate what roles need among itself, or speak of other claims. They are few, and taken whole.
_ALWAYS = tuple(
    ox.NamedNode(f"{BASE}{name}")
    for name in (
        "TeachingClaim", "SkillMapping", "SkillClassification", "IssuingClaim", "OfferingClaim",
        "DegreeClassification", "Statement", "Caveat",
    )
)  # fmt: skip

#: What a mapping names, besides the role: what is said of it counts for the role too.
_LENDERS = tuple(ox.NamedNode(f"{BASE}{name}") for name in ("occupation", "role", "mappedRole"))

#: The classes of such mappings: to an occupation, and to a role of another source.
_MAPPINGS = frozenset(ox.NamedNode(f"{BASE}{name}") for name in ("Mapping", "RoleMapping"))

#: Where the properties stand that lead from a claim to its source and what it speaks of. Those of SKOS lead
#: from a concept to its scheme, and from there to thousands.
_LEADS_ON = (BASE, PREFIXES["dcterms"])

#: What ESCO says of an occupation in one statement: of the skill no more than its name is needed.
_NAMES = frozenset(f"{PREFIXES['esco']}related{kind}Skill" for kind in ("Essential", "Optional"))

#: How far from a thing names are looked up: its section, the document of that, its publisher.
_DEPTH = 3


def neighbourhood(store: LocalStore, things: Iterable[str]) -> LocalStore:
    """Give a store of the caller's own with all that `store` says of these things, given by IRI.

    That is every claim that names one of them, or an occupation that one of them is described as, and what
    these claims name: labels, sources, sections. Named graphs stay. What projection makes of these things is
    the same as of the whole store; of what they are linked to it may know less.
    """
    engine = store.engine
    gathered = _Gathered(engine)
    for graph in engine.named_graphs():
        gathered.describe(graph, _DEPTH)
    for kind in _ALWAYS:
        for quad in engine.quads_for_pattern(None, _TYPE, kind):
            gathered.describe(quad.subject, _DEPTH)
    for thing in _with_lenders(engine, [ox.NamedNode(thing) for thing in things]):
        gathered.describe(thing, _DEPTH)
        for quad in engine.quads_for_pattern(None, None, thing):
            if quad.predicate.value.startswith(BASE):
                gathered.describe(quad.subject, _DEPTH + 1)
    part = LocalStore()
    part.engine.extend(gathered.quads)
    return part


class _Gathered:
    """Statements that are taken, and how far from a thing each term was met that they describe."""

    def __init__(self, engine: ox.Store) -> None:
        self._engine = engine
        self._depths: dict[object, int] = {}
        self.quads: dict[ox.Quad, None] = {}

    def describe(self, term: object, depth: int) -> None:
        """Take what is said of a term, and of what that names, to a depth."""
        if self._depths.get(term, -1) >= depth or not isinstance(term, (ox.NamedNode, ox.BlankNode)):
            return
        self._depths[term] = depth
        for quad in self._engine.quads_for_pattern(term, None, None):
            self.quads[quad] = None
            self.describe(quad.predicate, 0)
            if depth and quad.predicate.value.startswith(_LEADS_ON):
                self.describe(quad.object, depth - 1)
            elif quad.predicate.value in _NAMES:
                self.describe(quad.object, 0)


def _with_lenders(engine: ox.Store, things: list[ox.NamedNode]) -> Iterator[ox.NamedNode]:
    """Give the things, and whatever mappings say that they are."""
    seen = set(things)
    while things:
        thing = things.pop()
        yield thing
        for quad in engine.quads_for_pattern(None, None, thing):
            classes = {typed.object for typed in engine.quads_for_pattern(quad.subject, _TYPE, None)}
            if _MAPPINGS.isdisjoint(classes):
                continue
            for lender in _LENDERS:
                for named in engine.quads_for_pattern(quad.subject, lender, None):
                    if isinstance(named.object, ox.NamedNode) and named.object not in seen:
                        seen.add(named.object)
                        things.append(named.object)
