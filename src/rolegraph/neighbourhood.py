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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rolegraph.any_store import Store

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

#: Claims that relate what roles need among itself, or speak of other claims. They are few, and taken whole;
#: and so are data sets, whose source is that of all that they hold.
_ALWAYS = (
    *(
        ox.NamedNode(f"{BASE}{name}")
        for name in (
            "TeachingClaim", "SkillMapping", "SkillClassification", "IssuingClaim", "OfferingClaim",
            "DegreeClassification", "Statement", "Caveat",
        )
    ),
    ox.NamedNode(f"{PREFIXES['void']}Dataset"),
)  # fmt: skip

#: Mappings, to an occupation and to a role of another source, and what they name: what is said of that counts
#: for the role too.
_MAPPING, _ROLE_MAPPING = (ox.NamedNode(f"{BASE}{name}") for name in ("Mapping", "RoleMapping"))
_ROLE, _OCCUPATION, _MAPPED = (ox.NamedNode(f"{BASE}{name}") for name in ("role", "occupation", "mappedRole"))
_ROLES = frozenset({_ROLE, _MAPPED})

#: Where the properties stand that lead from a claim to its source and what it speaks of. Those of SKOS lead
#: from a concept to its scheme, and from there to thousands.
LEADS_ON = (BASE, PREFIXES["dcterms"])

#: What ESCO says of an occupation in one statement: of the skill no more than its name is needed.
_NAMES = frozenset(f"{PREFIXES['esco']}related{kind}Skill" for kind in ("Essential", "Optional"))

#: How far from a thing names are looked up: its section, the document of that, its publisher.
DEPTH = 3


def neighbourhood(store: Store, things: Iterable[str]) -> LocalStore:
    """Give a store of the caller's own with all that `store` says of these things, given by IRI.

    That is every claim that names one of them, or an occupation that one of them is described as, and what
    these claims name: labels, sources, sections. Named graphs stay. What projection makes of these things is
    the same as of the whole store; of what they are linked to it may know less.
    """
    gathered = Gathered(store)
    lenders, claims = _with_lenders(gathered, [ox.NamedNode(thing) for thing in things])
    always = gathered.of_classes(_ALWAYS)
    gathered.describe({**dict.fromkeys((*lenders, *always), DEPTH), **dict.fromkeys(claims, DEPTH + 1)})
    gathered.describe(dict.fromkeys((quad.graph_name for quad in list(gathered.quads)), DEPTH))
    part = LocalStore()
    part.engine.extend(gathered.quads)
    return part


class Gathered:
    """Statements that are taken, and how far from a thing each term was met that they describe.

    Looked up are as many terms at once as there are: the store may lie with another server.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._depths: dict[object, int] = {}
        self._said: dict[object, list[ox.Quad]] = {}
        self.quads: dict[ox.Quad, None] = {}

    def said_of(self, things: Iterable[object]) -> dict[object, list[ox.Quad]]:
        """Give what is said of things; looked up once."""
        wanted = list(dict.fromkeys(things))
        unknown = [thing for thing in wanted if thing not in self._said]
        self._said |= {thing: [] for thing in unknown}
        if unknown:
            self._keep(self._store.said_of(unknown))
        return {thing: self._said[thing] for thing in wanted}

    def of_classes(self, classes: Collection[ox.NamedNode]) -> list[object]:
        """Give all things of these classes, and keep what is said of them."""
        quads = list(self._store.of_classes(classes))
        found = list(dict.fromkeys(quad.subject for quad in quads))
        fresh = {thing for thing in found if thing not in self._said}
        self._said |= {thing: [] for thing in fresh}
        self._keep(quad for quad in quads if quad.subject in fresh)
        return [*found]

    def naming(self, things: Collection[ox.NamedNode]) -> list[ox.Quad]:
        """Give what names things."""
        return list(self._store.naming(things))

    def _keep(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self._said.setdefault(quad.subject, []).append(quad)

    def describe(self, terms: Mapping[object, int]) -> None:
        """Take what is said of terms, and of what that names, each to a depth."""
        wanted = dict(terms)
        while wanted := self._described(wanted):
            pass

    def _described(self, wanted: Mapping[object, int]) -> dict[object, int]:
        """Take what is said of terms, and give what that names with the depth that is left."""
        due: dict[object, int] = {
            term: depth
            for term, depth in wanted.items()
            if self._depths.get(term, -1) < depth and isinstance(term, (ox.NamedNode, ox.BlankNode))
        }
        self._depths |= due
        further: dict[object, int] = {}
        for term, quads in self.said_of(due).items():
            for quad in quads:
                self.quads[quad] = None
                self._lead_on(quad, due[term], further)
        return further

    def _lead_on(self, quad: ox.Quad, depth: int, further: dict[object, int]) -> None:
        """Note what a statement names, and to what depth that is wanted."""
        further.setdefault(quad.predicate, 0)
        named = quad.predicate.value
        if depth and named.startswith(LEADS_ON):
            further[quad.object] = max(depth - 1, further.get(quad.object, 0))
        elif named in _NAMES:
            further.setdefault(quad.object, 0)


def _with_lenders(gathered: Gathered, things: list[ox.NamedNode]) -> tuple[list[ox.NamedNode], list[object]]:
    """Give the things and whatever mappings say that they are, and the claims that name any of them."""
    lenders = dict.fromkeys(things)
    claims: dict[object, None] = {}
    while things:
        naming = gathered.naming(things)
        claims |= dict.fromkeys(quad.subject for quad in naming if quad.predicate.value.startswith(BASE))
        said = gathered.said_of(quad.subject for quad in naming)
        named = dict.fromkeys(lender for quads in said.values() for lender in _lenders(quads, things))
        things = [node for node in named if isinstance(node, ox.NamedNode) and node not in lenders]
        lenders |= dict.fromkeys(things)
    return list(lenders), list(claims)


def _lenders(said: Sequence[ox.Quad], things: Collection[ox.NamedNode]) -> list[object]:
    """Give what lends to some of these things by a claim, of which this is said: a mapping that names them.

    An occupation lends to the roles that are described as it, and these lend nothing to it.
    """
    classes = {quad.object for quad in said if quad.predicate == _TYPE}
    if _ROLE_MAPPING in classes:
        return [quad.object for quad in said if quad.predicate in _ROLES]
    if _MAPPING in classes and any(quad.predicate == _ROLE and quad.object in things for quad in said):
        return [quad.object for quad in said if quad.predicate == _OCCUPATION]
    return []
