"""Statements as RDF in any format that rolegraph reads, sorted, so that equal data gives equal bytes.

Statements are sorted as lines of N-Triples, graph by graph, and parsed again while they are written: a line
takes a fifth of the memory of a statement in Python.
"""

from __future__ import annotations

import tempfile
from heapq import merge
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import PREFIXES
from rolegraph.stores import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolegraph.stores import LocalStore

    #: Name of a graph as N-Quads writes it, empty for the default graph -> its lines of N-Triples.
    Lines = dict[str, list[bytes]]

#: Lines that are joined to be looked through, or written, at once.
_AT_ONCE = 20_000


def write_rdf(store: LocalStore, rdf_format: ox.RdfFormat, file: IO[bytes]) -> None:
    """Write all statements of a store but for the definitions of rolegraph's own terms.

    Raises ValueError for what the format has no means to say.
    """
    graphs = [graph for graph in (ox.DefaultGraph(), *store.engine.named_graphs()) if graph != ONTOLOGY_GRAPH]
    _write(
        {_name(graph): _lines(store.engine.dump(format=_NT, from_graph=graph)) for graph in graphs},
        rdf_format,
        file,
    )


def serialize(statements: Iterable[ox.Quad | ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    """Write statements, each once, in an order that depends on them alone, blank nodes included."""
    by_graph: dict[str, list[ox.Triple]] = {}
    for item in statements:
        triple, graph = (item.triple, _name(item.graph_name)) if isinstance(item, ox.Quad) else (item, "")
        by_graph.setdefault(graph, []).append(triple)
    written = tempfile.SpooledTemporaryFile(1 << 24)  # noqa: SIM115 - closed below
    with written:
        _write(
            {graph: _lines(ox.serialize(triples, format=_NT)) for graph, triples in by_graph.items()},
            rdf_format,
            written,
        )
        written.seek(0)
        return written.read()


_NT = ox.RdfFormat.N_TRIPLES


def _name(graph: object) -> str:
    return "" if isinstance(graph, ox.DefaultGraph) else str(graph)


def _lines(dumped: bytes | None) -> list[bytes]:
    """Split N-Triples into lines; line ends inside literals are escaped there."""
    return (dumped or b"").split(b"\n")[:-1]


def _write(lines: Lines, rdf_format: ox.RdfFormat, file: IO[bytes]) -> None:
    lines = _canonical(lines)
    for of_graph in lines.values():
        of_graph.sort()
    prefixes = _prefixes(lines, names=rdf_format.supports_datasets)
    ordered: Iterable[bytes]
    if rdf_format.supports_datasets:
        quads = (
            _each_once(of_graph, f"{graph} .".lstrip().encode()) for graph, of_graph in sorted(lines.items())
        )
        ordered, plain = (line for of_graph in quads for line in of_graph), ox.RdfFormat.N_QUADS
    else:
        ordered, plain = _each_once(merge(*lines.values()), b"."), _NT
    if rdf_format == plain:
        file.writelines(line + b"\n" for line in ordered)
        return
    with tempfile.TemporaryFile() as sorted_lines:
        sorted_lines.writelines(line + b"\n" for line in ordered)
        lines.clear()
        sorted_lines.seek(0)
        parsed = ox.parse(sorted_lines, format=plain, lenient=True)
        triples = (quad.triple for quad in parsed)
        ox.serialize(
            parsed if rdf_format.supports_datasets else triples, file, format=rdf_format, prefixes=prefixes
        )


def _each_once(ordered: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """Give sorted lines, each once, with another end."""
    before = None
    for line in ordered:
        if line != before:
            yield line[:-1] + end
        before = line


def _canonical(lines: Lines) -> Lines:
    """Give the same lines with canonical labels for blank nodes (RDFC-1.0).

    A label depends on nothing but the statements that name blank nodes, so the others need not be looked at.
    """
    found: list[ox.Quad] = []
    for graph, of_graph in lines.items():
        blank = of_graph if graph.startswith("_:") else [line for line in of_graph if b"_:" in line]
        name = _graph(graph)
        triples = ox.parse(b"\n".join(blank), format=_NT, lenient=True)
        found += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in triples]
    dataset = ox.Dataset(found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical = {
        graph: [line for line in of_graph if b"_:" not in line]
        for graph, of_graph in lines.items()
        if not graph.startswith("_:")
    }
    renamed: dict[str, list[ox.Triple]] = {}
    for quad in dataset:
        renamed.setdefault(_name(quad.graph_name), []).append(quad.triple)
    for graph, group in renamed.items():
        canonical.setdefault(graph, []).extend(_lines(ox.serialize(group, format=_NT)))
    return canonical


def _graph(name: str) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    if not name:
        return ox.DefaultGraph()
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name[1:-1])


def _prefixes(lines: Lines, *, names: bool) -> dict[str, str]:
    """Give the prefixes that some line makes use of, or some graph's name where `names` are written."""
    left = {name: f"<{iri}".encode() for name, iri in PREFIXES.items()}
    for graph, of_graph in lines.items():
        for start in range(0, len(of_graph), _AT_ONCE):
            part = b"".join((graph.encode() if names else b"", *of_graph[start : start + _AT_ONCE]))
            left = {name: iri for name, iri in left.items() if iri not in part}
    return {name: iri for name, iri in PREFIXES.items() if name not in left}
