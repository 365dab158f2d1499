"""Opens the graph that ships with rolegraph, or your own data."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import SourceError, in_one_line
from rolegraph.file_guard import check_kind
from rolegraph.names import shorten
from rolegraph.resources import curated_files, ontology_file, optional_file
from rolegraph.role_graph import RoleGraph
from rolegraph.shipped import read_shipped
from rolegraph.store_folders import is_store
from rolegraph.stores import (
    FORMATS,
    MAPPING_ENDING,
    ONTOLOGY_GRAPH,
    LocalStore,
    format_of,
    is_mapping_file,
    stem_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.any_store import Store
    from rolegraph.limits import Limits
    from rolegraph.remote_store import RemoteStore

#: The name of the graph that ships with rolegraph, wherever a file may be named.
CURATED = "curated"

#: Seconds that an endpoint may take for one answer.
PATIENCE = 30.0


def open_graph(
    *sources: str | Path,
    only_sources: Sequence[str] = (),
    without_sources: Sequence[str] = (),
    limits: Limits | None = None,
    patience: float | None = PATIENCE,
) -> RoleGraph:
    """Open the graph that ships with rolegraph, or your own data.

    Each source is a file (by its ending: .ttl .nt .nq .trig .rdf .jsonld) that may be gzipped, a folder of
    such files, an on-disk store that rolegraph wrote, "curated" for the data that ships, or the name of
    another data set that ships, such as "observed"; several are joined, each in its own named graph. A
    mapping file (.sssom.tsv) links things of the others: what it accepts, see `mapping`.

    A source may also be the address of a SPARQL endpoint, https://host/sparql, whose server then answers the
    questions; nothing is asked before it is needed. Joined with other sources, or with only_sources or
    without_sources, all its statements are copied first. patience: the seconds that it may take for one
    answer, None for any; no more than `limits` allow.

    only_sources and without_sources name publishers, documents or data sets ("ESCO 1.2", "Glassdoor", "S1",
    "observed-moves"): what others say, or what these say, is left out.

    limits hold for files that do not ship and for SPARQL that is not one of the named queries: files are read
    in another process first, which takes as long again, and queries are answered by one.

    >>> open_graph().path("product developer", "CEO").labels
    ('product developer', 'chief product officer', 'chief executive officer')

    Raises SourceError, with line and column where they are known; UnknownName for a source that there is not;
    OverLimit; EndpointError.
    """
    if limits is not None and limits.seconds is not None:
        patience = min(patience or limits.seconds, limits.seconds)
    remarks: list[str] = []
    store = _opened(sources, limits, patience, remarks)
    if only_sources or without_sources:
        from rolegraph.sources import restricted  # noqa: PLC0415 - seldom needed

        store = restricted(store.whole(), only=only_sources, without=without_sources)
    store.freeze()
    graph = RoleGraph(store, limits)
    graph.remarks = tuple(remarks)
    return graph


def _opened(
    sources: Sequence[str | Path], limits: Limits | None, patience: float | None, remarks: list[str]
) -> Store:
    if not sources or [*map(str, sources)] == [CURATED]:
        return read_shipped()
    if len(sources) == 1 and is_store(Path(sources[0])):
        return LocalStore.open(sources[0])
    endpoints = [_endpoint(str(source), patience) for source in sources if is_address(source)]
    if endpoints and len(sources) == 1:
        return endpoints[0]
    store = LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    for endpoint in endpoints:
        store.engine.bulk_extend(endpoint.whole().engine)
    taken: set[str] = {ONTOLOGY_GRAPH.value, *store.graphs()}
    shipped = curated_files()
    mappings: list[tuple[Path, str]] = []
    files = [file for source in sources if not is_address(source) for file in _files(source)]
    for file in files:
        graph = store.free_graph_name(_stem(file), taken)
        taken.add(graph)
        if is_mapping_file(file):
            mappings.append((file, graph))
            continue
        if limits is not None and file not in shipped:
            from rolegraph.worker import run_apart  # noqa: PLC0415 - most graphs have no limits

            run_apart(partial(LocalStore().load, file, graph=graph), f"Reading {file}", limits)
        if not store.load(file, graph=graph, trusted=file in shipped):
            remarks.append(_nothing_in(file))
    if mappings:
        remarks += _link(store, mappings)
    return store


def _nothing_in(file: Path) -> str:
    """Say that a file adds no statement; and why, of a format that passes over what is unknown."""
    is_json = file.name.lower().removesuffix(".gz").endswith((".jsonld", ".json"))
    why = " Of JSON-LD only those keys count that are IRIs, or that an @context makes IRIs."
    return f"{in_one_line(file)} adds no statement to the data.{why if is_json else ''}"


def is_address(source: str | Path) -> bool:
    """Tell whether a source is the address of an endpoint.

    >>> is_address("https://example.org/sparql"), is_address("mine.ttl")
    (True, False)
    """
    return re.match(r"(?i)https?:/", str(source)) is not None


def _endpoint(url: str, patience: float | None) -> RemoteStore:
    from rolegraph.remote_store import RemoteStore  # noqa: PLC0415 - only endpoints need it

    return RemoteStore(url, patience)


def _stem(file: Path) -> str:
    return file.name[: -len(MAPPING_ENDING)] if is_mapping_file(file) else stem_of(file)


def _link(store: LocalStore, mappings: Sequence[tuple[Path, str]]) -> list[str]:
    """Add what mapping files accept; what they link is known only when all else has been read.

    Give a remark on each file that links things which are not there.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    from rolegraph.labels import read_entries  # noqa: PLC0415 - only mapping files need it
    from rolegraph.mapping import accepted_in, claims_of, read_mappings  # noqa: PLC0415

    kinds = {entry.iri: entry.kind for entry in read_entries(store)}
    remarks = []
    for file, graph in mappings:
        read = read_mappings(file)
        store.engine.bulk_extend(claims_of(read, file, ox.NamedNode(graph), kinds))
        accepted = accepted_in(read)
        lost = [end for row in accepted for end in (row.subject, row.object) if end not in kinds]
        if lost:
            left = sum(not {row.subject, row.object} <= kinds.keys() for row in accepted)
            remarks.append(
                f"{in_one_line(file)}: {left:,} of {len(accepted):,} accepted links are left out, because the"
                f" data lacks what they link, such as {shorten(lost[0])}."
            )
    return remarks


def _files(source: str | Path) -> list[Path]:
    try:
        return _files_of(source)
    except OSError as error:  # a name that is too long for a file, or a folder that may not be read
        raise SourceError(source, error.strerror or str(error)) from error


def _files_of(source: str | Path) -> list[Path]:
    if str(source) == CURATED:
        return curated_files()
    path = Path(source)
    if is_store(path):
        raise SourceError(
            path, "is an on-disk store, which cannot be joined with other data; export it to a file first"
        )
    if not path.exists() and (optional := optional_file(str(source))) is not None:
        return [optional]
    if not path.is_dir():
        return [path]
    # A link that leads nowhere is not passed over: whoever put it there takes its data for read.
    found = sorted(file for file in path.iterdir() if _is_data(file) and not file.is_dir())
    for file in found:
        check_kind(file)
    if not found and path.suffix.lower() == ".store":
        raise SourceError(path, "holds no store; `rolegraph export` and `rolegraph import` make one")
    if not found:
        raise SourceError(path, f"holds no RDF file ({' '.join(FORMATS)})")
    return found


def _is_data(file: Path) -> bool:
    return format_of(file) is not None or is_mapping_file(file)
