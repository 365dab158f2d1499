"""What differs between two networks: things and the relations between them. Knows networkx and no RDF."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rolegraph.changes.facts import notes_changed, pay_changed
from rolegraph.changes.values import (
    SECTIONS,
    WHO_SAYS_SO,
    Difference,
    aspects_of,
    both_in_words,
    shown,
)
from rolegraph.names import ROLE_KINDS, fold
from rolegraph.routes import weakness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from rolegraph.model import Evidence

    Network = nx.MultiDiGraph[str]
    Facets = dict[str, Any]

#: Relations of a role to what it asks for; all others but moves are told apart from them.
REQUIREMENTS = frozenset(
    {"requires", "needs_degree", "asks_degree", "holds_degree", "suggests_subject", "suggests_credential"}
)

#: The places of the sections in the answer.
_PLACES = {what: place for place, what in enumerate(SECTIONS.values())}


def differences(old: Network, new: Network, *, sources: bool = True) -> list[Difference]:
    """Give all that is not the same in two networks, by section, then by name.

    Networks of `projection.project` without what is inherited: what is said of an occupation changes there,
    and not with every role that is described as it. sources: also compare who says so. A thing is the same
    where its IRI is. O(network).

    >>> import rolegraph as rg
    >>> network = rg.open().network()
    >>> smaller = network.copy()
    >>> smaller.remove_edge(*next(iter(network.edges(keys=True))))
    >>> [found.change for found in differences(network, smaller)]
    ['lost']
    """
    ignored = frozenset() if sources else WHO_SAYS_SO
    found = [*_things(old, new, ignored), *_relations(old, new, ignored)]
    for node in old.nodes | new.nodes:
        before, after = (side.nodes[node] if node in side else {} for side in (old, new))
        about = (name_in(new if node in new else old, node), node)
        found += pay_changed(about, before.get("pay", ()), after.get("pay", ()), ignored)
        found += notes_changed(about, before.get("notes", ()), after.get("notes", ()), ignored)
    return sorted(found, key=order)


def order(item: Difference) -> tuple[object, ...]:
    """Give the place of a difference among others."""
    return (
        _PLACES[item.what],
        *(fold(item.thing), item.thing, fold(item.other), item.other),
        *(item.kind, item.change, item.iri, item.other_iri, item.before, item.after),
    )


def name_in(network: Network, node: str) -> str:
    """Give the name of a thing; a blank node without any goes by its kind, for its label tells nothing."""
    label: str = network.nodes[node]["label"]
    return f"({network.nodes[node]['kind']} without name)" if label == node and ":" not in node else label


def cited(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Give who says so, each once."""
    return tuple(dict.fromkeys(map(str, evidence)))


# -- things


def _things(old: Network, new: Network, ignored: frozenset[str]) -> Iterator[Difference]:
    moved = _other_iris(old, new)
    for node in old.nodes | new.nodes:
        before, after = (_facets(side, node) for side in (old, new))
        if _described(before) and _described(after):
            aspects = aspects_of(before, after, ignored)
            if aspects:
                yield _thing("changed", new, node, aspects)
        elif before != after:
            change, network = ("lost", old) if _described(before) or not after else ("gained", new)
            named = (("kind", before["kind"], after["kind"]),) if before and after else ()
            yield _thing(change, network, node, moved.get(node, named))


def _thing(change: str, network: Network, node: str, aspects: Sequence[tuple[str, Any, Any]]) -> Difference:
    data = network.nodes[node]
    before, after = both_in_words(aspects) if aspects else ("", "")
    return Difference(
        change=change,
        what="role" if data["kind"] in ROLE_KINDS else "thing",
        kind=data["kind"],
        thing=name_in(network, node),
        before=before,
        after=after,
        aspects=tuple(aspects),
        sources=cited(data["evidence"]),
        iri=shown(node),
    )


def _described(facets: Facets) -> bool:
    """Tell whether more is known of a thing than that relations name it."""
    return bool(facets) and facets["kind"] != "unknown"


def _facets(network: Network, node: str) -> Facets:
    if node not in network:
        return {}
    data = network.nodes[node]
    return {
        "label": name_in(network, node),
        "kind": data["kind"],
        "aliases": data["aliases"],
        "definition": data["definition"],
        "level": data.get("level"),
        "sources": tuple(sorted(map(str, data["evidence"]))),
    }


def _other_iris(old: Network, new: Network) -> dict[str, tuple[tuple[str, str, str]]]:
    """Give, where one thing of a name is lost and one gained, both IRIs as an aspect."""
    named: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, other, place in ((old, new, 0), (new, old, 1)):
        for node, data in side.nodes(data=True):
            if node not in other:
                named[data["kind"], fold(data["label"])][place].append(node)
    found = {}
    for lost, gained in named.values():
        if len(lost) == len(gained) == 1:
            aspect = (("iri", lost[0], gained[0]),)
            found[lost[0]] = found[gained[0]] = aspect
    return found


# -- relations


def _relations(old: Network, new: Network, ignored: frozenset[str]) -> Iterator[Difference]:
    before, after = (
        {(start, end, kind): edge for start, end, kind, edge in side.edges(keys=True, data=True)}
        for side in (old, new)
    )
    for ends in before.keys() | after.keys():
        if ends not in after:
            yield _relation("lost", old, ends, before[ends])
        elif ends not in before:
            yield _relation("gained", new, ends, after[ends])
        elif before[ends] != after[ends]:
            aspects = _changed(_said(before[ends]), _said(after[ends]), ignored)
            if aspects:
                yield _relation("changed", new, ends, after[ends], aspects)


def _relation(
    change: str,
    network: Network,
    ends: tuple[str, str, str],
    edge: Mapping[str, Any],
    aspects: Sequence[tuple[str, Any, Any]] = (),
) -> Difference:
    start, end, kind = ends
    before, after = both_in_words(aspects) if aspects else ("", "")
    if change == "lost":
        before = _state(edge)
    elif change == "gained":
        after = _state(edge)
    return Difference(
        change=change,
        what="move" if kind == "move" else "requirement" if kind in REQUIREMENTS else "relation",
        kind=kind,
        thing=name_in(network, start),
        other=name_in(network, end),
        before=before,
        after=after,
        aspects=tuple(aspects),
        sources=cited(edge["evidence"]),
        iri=shown(start),
        other_iri=shown(end),
    )


def _said(edge: Mapping[str, Any]) -> Facets:
    """Give all that is said of a relation, to be compared; whatever order it is said in."""
    evidence: Sequence[Evidence] = edge["evidence"]
    return {
        "necessity": edge["necessity"],
        "share": edge["share"],
        "count": edge["count"],
        "evidence": tuple(sorted({item.kind for item in evidence})),
        "doubt": tuple(sorted({item.doubt for item in evidence} - {""})),
        "qualifier": tuple(sorted({item.qualifier for item in evidence} - {""})),
        "figures": tuple(sorted(item.detail for item in evidence)),
        "sources": tuple(sorted({str(item) for item in evidence})),
        "claims": len({item.claim for item in evidence}),
    }


def _changed(before: Facets, after: Facets, ignored: frozenset[str]) -> tuple[tuple[str, Any, Any], ...]:
    """Give what changed; the figures of single claims only where they do not follow from the rest."""
    aspects = aspects_of(before, after)
    names = {name for name, _, _ in aspects}
    implied = bool(names & {"necessity", "share", "count", "sources", "claims"})
    aspects = tuple(aspect for aspect in aspects if aspect[0] not in ignored)
    return tuple(aspect for aspect in aspects if not (implied and aspect[0] == "figures"))


def _state(edge: Mapping[str, Any]) -> str:
    """Say of a relation what it is: how necessary, how often seen, on what evidence."""
    evidence: Sequence[Evidence] = edge["evidence"]
    kinds = ", ".join(sorted({item.kind for item in evidence} - {""}))
    doubted = "doubted" if weakness(evidence) == 200 else ""  # noqa: PLR2004 - see routes.weakness
    figures = ", ".join(dict.fromkeys(item.detail for item in evidence if item.detail))
    return "; ".join(filter(None, (figures, kinds, doubted)))
