"""Which statements of two graphs differ, and both graphs with what they share named and kept alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.changes.blank_nodes import TOKEN, matched, said
from rolegraph.stores import ONTOLOGY_GRAPH, LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
    #: For every statement, as a line of N-Triples, the graphs that it stands in. The engine writes such lines
    #: several times faster than it hands out terms.
    Placed = dict[bytes, tuple[Graph, ...]]

#: What a blank node begins with; it may also stand inside a literal or an IRI.
_BLANK = b"_:"

_LINES = ox.RdfFormat.N_TRIPLES


class Aligned:
    """The statements of two graphs, the definitions of rolegraph's own terms left out.

    lost and gained are those of the old and of the new graph only, as sorted N-Triples. A statement counts
    once, in whichever named graphs it stands: the names of graphs are no difference. A file's graph is named
    after the file, and so is what the file calls <> or <#x>; where each side is one graph, these count as the
    same. Blank nodes are the same where the same is said of them.

    Raises LimitReached where blank nodes are too much alike to be told apart in time.
    """

    def __init__(self, old: LocalStore, new: LocalStore) -> None:
        self._stores = (old, new)
        self._before, self._after = _placed(old), _placed(new)
        after = _as_in(self._before, self._after, _one_graph(old), _one_graph(new))
        before, after = _blank_nodes_named(self._before, after)
        self._renamed = (before is not self._before, after is not self._after)
        self._before, self._after = before, after
        self.lost = _in_order(before.keys() - after.keys())
        self.gained = _in_order(after.keys() - before.keys())

    def stores(self) -> tuple[LocalStore, LocalStore]:
        """Give both graphs: blank nodes that are the same have one name, shared statements one place."""
        old, new = self._stores
        after = {line: self._before.get(line, graphs) for line, graphs in self._after.items()}
        moved = after != self._after and self._graphs_count()
        return (
            _store(self._before, old) if self._renamed[0] else old,
            _store(after, new) if self._renamed[1] or moved else new,
        )

    def _graphs_count(self) -> bool:
        """Tell whether anything is said of a graph that statements stand in, such as who its source is."""
        graphs = {*self._before.values(), *self._after.values()}
        return any(
            next(store.engine.quads_for_pattern(graph, None, None, None), None) is not None
            for store in self._stores
            for some in graphs
            for graph in some
            if not isinstance(graph, ox.DefaultGraph)
        )


def _graphs(store: LocalStore) -> list[Graph]:
    named = sorted(store.engine.named_graphs(), key=str)
    return [*(graph for graph in named if graph != ONTOLOGY_GRAPH), ox.DefaultGraph()]


def _placed(store: LocalStore) -> Placed:
    found: Placed = {}
    for graph in _graphs(store):
        lines = _dumped(store, graph)
        shared = found.keys() & lines
        found |= {line: (*found[line], graph) for line in shared}
        found |= dict.fromkeys(lines - shared, (graph,))
    return found


def _dumped(store: LocalStore, graph: Graph) -> set[bytes]:
    dumped = store.engine.dump(format=_LINES, from_graph=graph)
    assert dumped is not None  # noqa: S101 - only None when an output is given
    return {*dumped.split(b"\n")} - {b""}


def _one_graph(store: LocalStore) -> str | None:
    """Give the IRI of the only graph that holds statements, None where there are several."""
    held = [graph for graph in _graphs(store) if next(_quads(store, graph), None) is not None]
    return held[0].value if len(held) == 1 and isinstance(held[0], ox.NamedNode) else None


def _quads(store: LocalStore, graph: Graph) -> Iterator[ox.Quad]:
    return store.engine.quads_for_pattern(None, None, None, graph)


def _as_in(before: Placed, after: Placed, old: str | None, new: str | None) -> Placed:
    """Give the new statements with the old graph's name where they have that of the new one's."""
    if old is None or new is None or old == new:
        return after
    name, instead = f"<{new}".encode(), f"<{old}".encode()
    odd = [line for line in after.keys() - before.keys() if name + b">" in line or name + b"#" in line]
    tokens = {token for line in odd for token in TOKEN.findall(line)}
    names = {
        token: instead + token.removeprefix(name)
        for token in tokens
        if token.startswith((name + b">", name + b"#"))
    }
    return _with_names(after, odd, names) if names else after


def _blank_nodes_named(before: Placed, after: Placed) -> tuple[Placed, Placed]:
    """Give both sides with names for their blank nodes, the same for those that are the same."""
    vague = [[line for line in side if _BLANK in line] for side in (before, after)]
    about = [[item for item in map(said, lines) if item.nodes] for lines in vague]
    if not any(about):
        return before, after
    was, now = matched(*about)
    return _with_names(before, vague[0], was), _with_names(after, vague[1], now)


def _with_names(placed: Placed, lines: Iterable[bytes], names: Mapping[bytes, bytes]) -> Placed:
    """Give other names to IRIs and blank nodes of these lines."""
    found = dict(placed)
    graphs_of = {line: found.pop(line) for line in lines}
    for line, graphs in graphs_of.items():
        found[TOKEN.sub(lambda token: names.get(token[0], token[0]), line)] = graphs
    return found


def _in_order(lines: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(line.decode() for line in lines))


def _store(placed: Placed, store: LocalStore) -> LocalStore:
    """Give a store of these statements, and of the definitions of terms that the other store has."""
    found = LocalStore()
    found.engine.bulk_extend(_quads(store, ONTOLOGY_GRAPH))
    lines_of: dict[Graph, list[bytes]] = {}
    for line, graphs in placed.items():
        for graph in graphs:
            lines_of.setdefault(graph, []).append(line)
    for graph, lines in lines_of.items():
        plain = b"\n".join(line for line in lines if _BLANK not in line)
        found.engine.bulk_load(plain, format=_LINES, to_graph=graph)
        # Loading gives blank nodes names of its own; these were named on purpose.
        blank = (line for line in lines if _BLANK in line)
        found.engine.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in ox.parse(b"\n".join(blank), format=_LINES)
        )
    return found
