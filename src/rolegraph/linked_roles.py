"""Roles of two sources that are the same: they stay two, and each has what is said of the other.

Roles that match exactly, also by way of a third, have each other's moves, requirements, pay and notes. A
close match lends requirements, pay and notes; a near one pay and notes. `Evidence.via` names the role that a
source speaks of, and the match.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from rolegraph.model import MATCHES
from rolegraph.names import fold, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from rolegraph.model import Evidence

    Network = nx.MultiDiGraph[str]

#: Relations of a role that a close match lends, and those that only an exact one does besides.
_NEEDS = ("requires", "needs_degree", "asks_degree", "holds_degree")
_REST = ("has_duty", "brings_value", "suggests_subject", "suggests_credential", "member_of")


@dataclass(frozen=True, slots=True)
class _Loan:
    """What is said of `lender` is to hold for `borrower`, as well as they match."""

    borrower: str
    lender: str
    match: str
    via: str
    doubt: str

    def through(self, item: Evidence) -> Evidence:
        """Give evidence on the lender as evidence on the borrower; of two matches the worse is named last."""
        if not item.via:
            via = self.via
        elif _rank(self.match) > _rank(item.via.rpartition("(")[2].removesuffix(" match)")):
            via = f"{item.via}, there {self.via}"
        else:
            via = f"{self.via}, there {item.via}"
        return replace(item, via=via, doubt=item.doubt or self.doubt)


def _rank(match: str) -> int:
    return MATCHES.index(match) if match in MATCHES else len(MATCHES)


def same_roles(network: Network) -> dict[str, frozenset[str]]:
    """Give, for each role that matches another exactly, all that are the same, itself among them."""
    import networkx as nx  # noqa: PLC0415 - whoever has a network has loaded it

    same: nx.Graph[str] = nx.Graph(
        (start, end) for start, end, edge in _mappings(network) if _match(edge) == "exact"
    )
    return {role: frozenset(group) for group in nx.connected_components(same) for role in group}


def lend_between_roles(network: Network) -> None:
    """Let every role have what is said of the roles that it matches."""
    loans = _loans(network)
    if not loans:
        return
    # What each role has before anything is lent: nothing goes round in a circle.
    said = {loan.lender: dict(network.nodes[loan.lender]) for loan in loans}
    needs = {role: list(network.out_edges(role, keys=True, data=True)) for role in said}
    moves = [edge for edge in network.edges(keys=True, data=True) if edge[2] == "move"]
    relations = [
        (loan, end, kind, dict(edge))
        for loan in loans
        for _, end, kind, edge in needs[loan.lender]
        if kind in _lent(loan.match)
    ]
    for loan in loans:
        known = network.nodes[loan.borrower]
        for name in ("pay", "notes"):
            known[name] += _figures(loan, said[loan.lender][name], known[name])
    for loan, end, kind, edge in relations:
        _lend(network, (loan.borrower, end, kind), tuple(map(loan.through, edge["evidence"])), edge)
    _lend_moves(
        network, moves, {(loan.borrower, loan.lender): loan for loan in loans if loan.match == "exact"}
    )


def _mappings(network: Network) -> Iterable[tuple[str, str, dict[str, Any]]]:
    # Skills match skills by the same relation.
    return [
        (start, end, edge)
        for start, end, kind, edge in network.edges(keys=True, data=True)
        if kind == "matches" and start != end and network.nodes[start]["kind"] == "role"
    ]


def _match(edge: dict[str, Any]) -> str:
    """Give the best match that is claimed."""
    evidence: tuple[Evidence, ...] = edge["evidence"]
    return min((item.detail for item in evidence), key=_rank)


def _lent(match: str) -> tuple[str, ...]:
    return {"exact": _NEEDS + _REST, "near": ()}.get(match, _NEEDS)


def _loans(network: Network) -> list[_Loan]:
    """Give what every role borrows, in an order that depends on the mappings alone."""
    found: dict[tuple[str, str], _Loan] = {}
    direct = {
        frozenset((start, end)): (_match(edge), edge["evidence"][0].doubt)
        for start, end, edge in sorted(_mappings(network), key=lambda item: item[:2])
    }
    exact = {frozenset(pair) for group in same_roles(network).values() for pair in combinations(group, 2)}
    for pair in direct.keys() | exact:
        match, doubt = ("exact", direct.get(pair, ("", ""))[1]) if pair in exact else direct[pair]
        if match not in MATCHES:
            continue
        one, other = sorted(pair)
        for borrower, lender in ((one, other), (other, one)):
            found[borrower, lender] = _Loan(
                borrower, lender, match, _via(network, borrower, lender, match), doubt
            )
    return [found[key] for key in sorted(found)]


def _via(network: Network, borrower: str, lender: str, match: str) -> str:
    label = network.nodes[lender]["label"]
    # The two mostly have one name; then the short IRI tells them apart.
    of = f" {shorten(lender)}" if fold(label) == fold(network.nodes[borrower]["label"]) else ""
    return f"the role “{label}”{of} ({match} match)"


def _figures(loan: _Loan, items: Iterable[Any], known: Iterable[Any]) -> tuple[Any, ...]:
    """Give pay or notes of the lender, but for claims that the borrower has already."""
    claims = {item.evidence.claim for item in known}
    return tuple(
        replace(item, evidence=loan.through(item.evidence))
        for item in items
        if item.evidence.claim not in claims
    )


def _lend(
    network: Network, ends: tuple[str, str, str], evidence: Iterable[Evidence], values: dict[str, Any]
) -> None:
    """Add a relation, or evidence to the one that is there: what it says itself counts before that."""
    start, end, kind = ends
    if not network.has_edge(start, end, kind):
        network.add_edge(start, end, key=kind, **{**values, "evidence": tuple(evidence)})
        return
    known = network.edges[start, end, kind]
    claims = {(item.claim, item.source) for item in known["evidence"]}
    known["evidence"] += tuple(item for item in evidence if (item.claim, item.source) not in claims)
    for name in ("necessity", "share", "count"):
        if known[name] in {None, ""}:
            known[name] = values[name]


def _lend_moves(
    network: Network,
    moves: Iterable[tuple[str, str, str, dict[str, Any]]],
    loans: dict[tuple[str, str], _Loan],
) -> None:
    """Let every move be one between all roles that are the same as its ends."""
    borrowers: dict[str, list[str]] = {}
    for borrower, lender in loans:
        borrowers.setdefault(lender, []).append(borrower)
    lent = []
    for start, end, kind, edge in moves:
        for one, other in product((start, *borrowers.get(start, ())), (end, *borrowers.get(end, ()))):
            if (one, other) == (start, end) or one == other or (one, other) in loans:
                continue
            through = [loans[pair] for pair in ((one, start), (other, end)) if pair in loans]
            lent.append(((one, other, kind), _both(edge["evidence"], through), dict(edge)))
    for ends, evidence, edge in lent:
        _lend(network, ends, evidence, edge)


def _both(evidence: Iterable[Evidence], loans: list[_Loan]) -> tuple[Evidence, ...]:
    via = " and ".join(loan.via for loan in loans)
    doubt = "; ".join(dict.fromkeys(loan.doubt for loan in loans if loan.doubt))
    return tuple(replace(item, via=via, doubt=item.doubt or doubt) for item in evidence)
