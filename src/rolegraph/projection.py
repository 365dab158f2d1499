"""RDF to networkx: the only bridge between the two halves, built by the queries in `queries/projection/`.

The network is an `nx.MultiDiGraph`. A node is the IRI of a role, a group, a skill, a duty, a value, a
degree, a subject, a certification, a training, an organization or an occupation, with

    kind, label, definition   str
    aliases                   tuple of str
    pay                       tuple of model.Pay
    notes                     tuple of model.Note: outlook, experience, level, category, statement,
                              comparison, caveat; with the years of experience asked for at least, where a
                              claim gives them (of O*NET's answers none does: they are shares of people)
    level                     int or None, degrees only: the level of ISCED 2011, such as 6 for a bachelor's;
                              where claims differ, the lowest
    evidence                  tuple of model.Evidence: where the thing is named

An edge's key is the kind of the relation (move, requires, has_duty, brings_value, needs_degree, asks_degree,
holds_degree, suggests_subject, suggests_credential, member_of, teaches, issued_by, offered_by, described_as,
matches), with

    kind        str, the key again
    evidence    tuple of model.Evidence, one for each claim and source of it
    necessity   str: essential, minimum, typical, preferred, optional or empty
    share       float, a percentage, or None
    count       int, how often a move was seen, or None

What sources say of an occupation of a classification holds for the roles that are described as it, too: they
get its requirements, pay and notes, with the occupation and the match named in the evidence (`via`). Roles of
two sources that match lend to each other in the same way, see `linked_roles`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from rolegraph import kept, kept_names
from rolegraph.errors import SourceError
from rolegraph.evidence import read_evidence
from rolegraph.figures import read_figures
from rolegraph.labels import read_entries
from rolegraph.linked_roles import lend_between_roles
from rolegraph.model import NO_SOURCE, Evidence, Note, Pay
from rolegraph.names import BASE, ROLE_KINDS, shorten
from rolegraph.network import weakness
from rolegraph.queries import projection_query
from rolegraph.stores import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from rolegraph.any_store import Store
    from rolegraph.evidence import EvidenceOf
    from rolegraph.labels import Entry
    from rolegraph.stores import LocalStore, Row, Term

T = TypeVar("T")


def project(store: LocalStore, *, inherited: bool = True) -> nx.MultiDiGraph[str]:
    """Give the whole network of a store: every node with its facts, every relation with its evidence.

    The order of nodes and edges depends on the statements alone. inherited: roles have what is said of the
    occupations that they are described as; without it, each has what is said of itself.
    """
    network = _nodes(store, read_entries(store), read_evidence(store))
    _add_edges(network, store, ("moves", "edges"), network.graph.pop("evidence"))
    if inherited:
        _inherit(network)
        lend_between_roles(network)
    return network


def project_moves(store: LocalStore) -> nx.MultiDiGraph[str]:
    """Give the part of the network that routes are searched in: roles, and no relation but moves.

    It is made many times faster than the whole; an on-disk store has it ready.
    """
    content = store.kept(kept.MOVES)
    return (content and kept.read_network(content)) or _project_moves(store, read_entries(store, ROLE_KINDS))


def with_skills(moves: nx.MultiDiGraph[str], store: Store) -> nx.MultiDiGraph[str] | None:
    """Give moves together with the skills that gaps are counted by, sooner than the whole network.

    Who says that a skill is required is not told. None where roles have the skills of others that they are
    mapped to, which takes the whole.
    """
    if any(kind != "move" for *_, kind in moves.edges(keys=True)):
        return None
    network = moves.copy()
    exact = (Evidence("", "", "", detail="exact"),)
    for start, end, kind, necessity in _relations(store, "skill_relations"):
        for node in (start, end):
            if node not in network:
                network.add_node(node, **_bare(node))
        values = {"necessity": necessity.rpartition("/")[2].lower(), "share": None, "count": None}
        _merge_edge(network, (start, end, kind), exact if kind == "matches" else (), values)
    return network


def keep(store: LocalStore) -> dict[str, bytes]:
    """Give the files that an on-disk store keeps, by name; none where a figure is no number."""
    entries = read_entries(store, ROLE_KINDS)
    try:
        moves = kept.write_network(_project_moves(store, entries))
    except SourceError:
        return {}
    return {kept_names.NAMES: kept_names.write_names(entries), kept.MOVES: moves}


def _project_moves(store: LocalStore, entries: Iterable[Entry]) -> nx.MultiDiGraph[str]:
    network = _nodes(store, entries, read_evidence(store, of_roles=True))
    _add_edges(network, store, ("moves",), network.graph.pop("evidence"))
    _inherit(network)
    lend_between_roles(network)
    return network


def _nodes(store: LocalStore, entries: Iterable[Entry], evidence: EvidenceOf) -> nx.MultiDiGraph[str]:
    import networkx as nx  # noqa: PLC0415 - a quarter of a second that plain queries do without

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(evidence=evidence)
    definitions = _grouped(store, "definitions", lambda row: row[1])
    pay = _grouped(store, "pay", lambda row: _pay(row, evidence))
    notes, levels = _read_notes(store, evidence)
    for entry in entries:
        network.add_node(
            entry.iri,
            label=entry.label,
            kind=entry.kind,
            aliases=entry.aliases,
            definition=_in_words(definitions.get(entry.iri, [])),
            pay=tuple(pay.get(entry.iri, ())),
            notes=tuple(notes.get(entry.iri, ())),
            evidence=evidence.of(entry.iri),
        )
        if entry.kind == "degree":
            network.nodes[entry.iri]["level"] = min(levels.get(entry.iri, ()), default=None)
    return network


def _add_edges(
    network: nx.MultiDiGraph[str], store: LocalStore, relations: Sequence[str], evidence: EvidenceOf
) -> None:
    figures = read_figures(store)
    for query in relations:
        for row in sorted(_relations(store, query), key=itemgetter(0, 2, 1, 3)):
            _add_edge(network, row, evidence, figures)


def _relations(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """Give the rows of relations as texts: start, end, kind ...

    Data that does not conform may have a blank text where a thing belongs; such rows are left out.
    """
    rows = (tuple(map(text_of, row)) for row in store.rows(projection_query(query)))
    return (row for row in rows if row[0].strip() and row[1].strip())


def _add_edge(
    network: nx.MultiDiGraph[str], row: Sequence[str], evidence: EvidenceOf, figures: Mapping[str, str]
) -> None:
    start, end, kind, claim, necessity, share_text, match, count_text = row
    for node in (start, end):
        if node not in network:
            network.add_node(node, **_bare(node))
    necessity = necessity.rpartition("/")[2].lower()
    match = match.rpartition("/")[2].lower().removesuffix("match")
    share = number(share_text, "share", claim) if share_text else None
    count = int(number(count_text, "count", claim)) if count_text else None
    detail = figures.get(claim) or _detail(necessity or match, share, count)
    of_data_set = "stated" if claim.startswith(DATA_SET) else ""
    found = evidence.of(claim, detail=detail, kind=of_data_set)
    found = found or (Evidence(claim, "", NO_SOURCE, detail=detail),)
    _merge_edge(network, (start, end, kind), found, {"necessity": necessity, "share": share, "count": count})


def _detail(word: str, share: float | None, count: int | None) -> str:
    if count is not None:
        of_all = "" if share is None else f", {share:g} % of the moves out"
        return f"seen {count} time{'' if count == 1 else 's'}{of_all}"
    return word if share is None else f"{share:g} %"


def _merge_edge(
    network: nx.MultiDiGraph[str],
    ends: tuple[str, str, str],
    evidence: tuple[Evidence, ...],
    values: dict[str, Any],
) -> None:
    """Add a relation, or add its evidence to the one that is there: the strongest necessity counts."""
    start, end, kind = ends
    known = network.get_edge_data(start, end, kind) or {
        "evidence": (),
        "necessity": "",
        "share": None,
        "count": None,
    }
    network.add_edge(
        start,
        end,
        key=kind,
        kind=kind,
        evidence=(*known["evidence"], *evidence),
        necessity=min(values["necessity"], known["necessity"], key=weakness),
        share=known["share"] if values["share"] is None else values["share"],
        count=known["count"] if values["count"] is None else values["count"],
    )


#: Where the named graphs stand that data sets are kept in.
DATA_SET = f"{BASE}graph/"

#: Relations that a role has because an occupation that it is described as has them. A near match lends none:
#: the vice president of product would need just what the chief product officer needs, and the gap be nothing.
_INHERITED = ("requires", "needs_degree", "asks_degree", "holds_degree")


def _inherit(network: nx.MultiDiGraph[str]) -> None:
    """Let roles have what sources say of the occupations that they are described as."""
    for role, occupation, mapping in list(network.edges(keys=False, data=True)):
        if mapping["kind"] != "described_as":
            continue
        seen = network.nodes[occupation]
        first: Evidence = mapping["evidence"][0]
        via = f"the occupation “{seen['label']}” ({first.detail} match)"
        doubt = first.doubt

        def through(item: Evidence, via: str = via, doubt: str = doubt) -> Evidence:
            return replace(item, via=via, doubt=item.doubt or doubt)

        known = network.nodes[role]
        known["pay"] += tuple(replace(pay, evidence=through(pay.evidence)) for pay in seen["pay"])
        known["notes"] += tuple(replace(note, evidence=through(note.evidence)) for note in seen["notes"])
        for _, end, kind, edge in list(network.out_edges(occupation, keys=True, data=True)):
            if kind in _INHERITED and first.detail != "near":
                _merge_edge(network, (role, end, kind), tuple(map(through, edge["evidence"])), edge)


def _bare(iri: str) -> dict[str, Any]:
    """Give the attributes of a node that edges name and nothing describes."""
    return {
        "label": shorten(iri),
        "kind": "unknown",
        "aliases": (),
        "definition": "",
        "pay": (),
        "notes": (),
        "evidence": (),
    }


def _pay(row: Row, evidence: EvidenceOf) -> Pay:
    _, amount, currency, statistic, interval, period, area, claim, low, high = map(text_of, row)
    return Pay(
        amount=number(amount, "amount", claim),
        currency=currency,
        statistic=statistic,
        interval=interval or "YEAR",
        period=period,
        area=area,
        evidence=evidence.first(claim),
        low=number(low, "low", claim) if low else None,
        high=number(high, "high", claim) if high else None,
    )


def _read_notes(
    store: LocalStore, evidence: EvidenceOf
) -> tuple[dict[str, list[Note]], dict[str, list[int]]]:
    """Give the notes of every node, and the levels of degrees that some of them tell of."""
    notes: dict[str, list[Note]] = {}
    levels: dict[str, list[int]] = {}
    for row in sorted(tuple(map(text_of, row)) for row in store.rows(projection_query("notes"))):
        node, kind, words, claim, years, isced = row
        figure = number(years, "years", claim) if years else None
        notes.setdefault(node, []).append(Note(kind, words, evidence.first(claim), figure))
        if isced:
            levels.setdefault(node, []).append(int(number(isced, "isced", claim)))
    return notes, levels


def _grouped(store: LocalStore, query: str, read: Callable[[Row], T]) -> dict[str, list[T]]:
    """Give what `read` makes of each row of a projection query, by the row's first column."""
    found: dict[str, list[T]] = {}
    for row in sorted(store.rows(projection_query(query)), key=lambda row: tuple(map(text_of, row))):
        found.setdefault(text_of(row[0]), []).append(read(row))
    return found


def number(text: str, name: str, claim: str) -> float:
    """Give a figure. One that is no number is an error; left out, it would pass for one that is not known."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        reason = f"its {name} is {text!r}, which is no number; `rolegraph validate` lists all such"
        raise SourceError(shorten(claim), reason)
    return number


def _in_words(terms: list[Term]) -> str:
    """Join what a thing is said to be: the English words where there are any, else all."""
    english = [term for term in terms if (getattr(term, "language", None) or "").startswith("en")]
    return " ".join(map(text_of, english or terms))
