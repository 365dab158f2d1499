"""Takes what an importer yields to a file or to an on-disk store: all of it, or nothing."""

from __future__ import annotations

import io
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import OutputError
from rolegraph.importers.lines import named
from rolegraph.names import BASE, PREFIXES, slug
from rolegraph.resources import ontology_file
from rolegraph.scratch import scratch_folder
from rolegraph.stores import FORMATS, ONTOLOGY_GRAPH, LocalStore, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

#: Bytes that a store is given at once: more take more memory, and fewer more time.
_TOGETHER = 40_000_000


def write(lines: Iterable[str], target: str | Path, *, store_graph: str = "") -> int:
    """Write lines of N-Triples to a file in the format of its ending, or to an on-disk store (`.store`).

    Each item is one line or several, and no statement may come twice. Gives how many there were.

    Formats with named graphs and stores keep the statements in one graph: `store_graph`, or one named after
    the target. An ending may be followed by .gz. A store also gets the definitions of rolegraph's terms, as
    every store has.

    Raises OutputError when the target cannot be written; then what was there before is still there.
    """
    target = Path(target)
    graph = store_graph or f"{BASE}graph/{slug(stem_of(target))}"
    counted = _Counted(lines)
    if target.suffix == ".store":
        from rolegraph.projection import keep  # noqa: PLC0415 - files do without

        light = LocalStore()
        LocalStore.build(target, lambda store: _fill(store, light, counted, graph), lambda _: keep(light))
        return counted.count
    packed = target.suffix.lower() == ".gz"
    ending = target.suffixes[-2:-1] if packed else target.suffixes[-1:]
    rdf_format = FORMATS.get(ending[0].lower()) if ending else None
    if rdf_format is None:
        message = f"{target} has no ending that tells its format; known are {' '.join(FORMATS)} .store"
        raise OutputError(message)
    if target.exists() and not target.is_file():
        message = f"{target} is no file, so nothing can be written in its place."
        raise OutputError(message)
    try:
        with scratch_folder(target.resolve()) as folder:
            triples = folder / "lines.nt"
            with triples.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
                out.writelines(counted)
            made = triples if rdf_format == ox.RdfFormat.N_TRIPLES else _written(triples, rdf_format, graph)
            finished = _packed(made) if packed else made
            _settle(finished)
            finished.replace(target.resolve())
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    return counted.count


class _Counted:
    """Hands on items, and counts the lines in them."""

    def __init__(self, items: Iterable[str]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for item in self._items:
            self.count += item.count("\n")
            yield item


def _fill(store: LocalStore, light: LocalStore, lines: Iterable[str], graph: str) -> None:
    """Load all lines into the store, and into the light one those that names and moves may be read from."""
    for each in (store, light):
        each.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    # The engine lets go of Python's lock while it loads: the next lines are made meanwhile.
    with ThreadPoolExecutor(1) as loader:
        loading: Future[None] | None = None
        for part, few in _parts(lines):
            if loading is not None:
                loading.result()
            loading = loader.submit(_load, store, part, graph)
            _load(light, few, graph)
        if loading is not None:
            loading.result()


#: Claims of these classes say what roles need and do. They are most of a release, and no part of its moves.
_NO_PART_OF_MOVES = tuple(named(f"rg:{name}") for name in ("SkillRequirement", "DutyClaim"))


def _parts(lines: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
    """Join lines to parts of a size that is loaded at once: all of them, and those that moves may rest on."""
    waiting, few = io.BytesIO(), io.BytesIO()
    for item in lines:
        encoded = item.encode()
        waiting.write(encoded)
        if not any(name in item for name in _NO_PART_OF_MOVES):
            few.write(encoded)
        if waiting.tell() > _TOGETHER:
            yield waiting.getvalue(), few.getvalue()
            waiting, few = io.BytesIO(), io.BytesIO()
    yield waiting.getvalue(), few.getvalue()


def _load(store: LocalStore, lines: bytes, graph: str) -> None:
    # Importers write sound terms, so these need not be looked into again.
    store.engine.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph), lenient=True)


def _written(triples: Path, rdf_format: ox.RdfFormat, graph: str) -> Path:
    """Write the statements in another format, one at a time."""
    made = triples.with_name("made")
    read = ox.parse(path=str(triples), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    items: Iterable[ox.Quad | ox.Triple] = (quad.triple for quad in read)
    if rdf_format.supports_datasets:
        name = ox.NamedNode(graph)
        items = (ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in read)
    ox.serialize(items, str(made), format=rdf_format, prefixes=PREFIXES)  # type: ignore[arg-type]
    return made


def _packed(file: Path) -> Path:
    import gzip  # noqa: PLC0415 - only compressed files need it

    packed = file.with_name(f"{file.name}.gz")
    # No name and no time inside, so that equal data gives equal bytes.
    with file.open("rb") as plain, packed.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        shutil.copyfileobj(plain, out, 1 << 20)
    return packed


def _settle(file: Path) -> None:
    with file.open("rb+") as settled:
        os.fsync(settled.fileno())
