"""What users hand to rolegraph, for `tools/fuzz.py`: sound files to begin with, and what is done with them.

A trial may end well or with an error of rolegraph's own. Whatever else leaves `run` is a finding.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
import zipfile
from contextlib import chdir, suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import permutations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fuzz_depths import DEPTHS
from fuzz_mutations import mutated, one_in, words_of
from fuzz_samples import (
    PROFILE,
    TESTS,
    argument_samples,
    graph_samples,
    json_samples,
    query_samples,
    release_samples,
    table_samples,
    turtle_samples,
    xml_samples,
)

import rolegraph as rg
from rolegraph.names import ROLE_KINDS
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz_depths import Files

#: Once in how many times a file is deep, long or absurd, and not changed byte by byte; for graphs most often.
_SELDOM = 40


@dataclass(frozen=True)
class Target:
    """Something that takes files of users."""

    name: str
    samples: Callable[[], list[Files]]
    run: Callable[[Path], object]
    #: Endings that a file may get in place of its own.
    endings: tuple[str, ...] = ()

    def draw(self, rng: Random) -> Files:
        """Give the files of one trial."""
        depths = DEPTHS.get(self.name, ())
        if depths and one_in(_SELDOM, rng) != (self.name == "graph"):
            return rng.choice(depths)(rng)
        samples, contents, words = _known(self)
        files = dict(rng.choice(samples))
        name = rng.choice(sorted(files))
        content = mutated(rng, files.pop(name), contents, words)
        if self.endings and one_in(20, rng):
            name = Path(name).stem + rng.choice(self.endings)
        files[name] = content
        if self.name in _ZIPPED and one_in(10, rng):
            return {"all.zip": _zipped(rng, files)}
        return files


@cache
def _known(target: Target) -> tuple[list[Files], list[bytes], list[bytes]]:
    samples = target.samples()
    contents = [content for files in samples for content in files.values()]
    return samples, contents, words_of(contents)


_ZIPPED = frozenset({"tables", "releases"})


def _zipped(rng: Random, files: Files) -> bytes:
    """Give a zip archive, which may be broken."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in files.items():
            archive.writestr(rng.choice((name, name, f"a/{name}", f"../{name}")), content)
    return (
        mutated(rng, written.getvalue(), [b"PK"], [b"PK\x03\x04"]) if one_in(2, rng) else written.getvalue()
    )


def _only(folder: Path) -> Path:
    """Give the one file of a trial."""
    return next(iter(folder.iterdir()))


# -- RDF ---------------------------------------------------------------------------------------------


def _load(folder: Path) -> None:
    """Load a file, and see that it adds all or nothing, and that what was added can be written and read."""
    store = LocalStore()
    try:
        added = store.load(_only(folder))
    except rg.RolegraphError:
        if len(store):
            raise AssertionError("a file that is refused added statements") from None
        raise
    if added != len(store):
        raise AssertionError(f"{added} statements were told of, and {len(store)} are there")
    if len(store) < 200:  # noqa: PLR2004 - what is longer would take most of the time
        written = ox.serialize(store.engine, format=ox.RdfFormat.N_QUADS) or b""
        LocalStore().load_text(written.decode(), "again", rdf_format=ox.RdfFormat.N_QUADS)


# -- queries -----------------------------------------------------------------------------------------


@cache
def _asked() -> rg.RoleGraph:
    return rg.open(TESTS / "world.ttl", limits=rg.Limits(seconds=0.3, memory=200, rows=1_000, size=1))


def _query(folder: Path) -> None:
    """Ask, and where the answer is empty let it be told why."""
    from rolegraph.explaining import why_empty

    sparql = _only(folder).read_bytes().decode("utf-8", "surrogateescape")
    graph = _asked()
    if graph.answer(sparql) in (False, []) or sparql.startswith("SELECT"):
        for line in why_empty(graph.store, sparql, graph.entries, seconds=0.3):
            line.encode()


# -- tables, profiles, mappings ----------------------------------------------------------------------


def _tables(folder: Path) -> None:
    names = {file.name for file in folder.iterdir()}
    if "me.yaml" in names:
        _asked().profile(folder / "me.yaml")
    elif any(name.endswith(".sssom.tsv") for name in names):
        found = rg.read_mappings(_only(folder))
        rg.write_mappings(found, folder / "again.sssom.tsv")
        rg.read_mappings(folder / "again.sssom.tsv")
    else:
        source = _only(folder) if len(names) == 1 and not names & {"roles.csv"} else folder
        _imported(partial(rg.import_table, source), folder)


def _imported(work: Callable[[Path], object], folder: Path) -> None:
    """Import, and see that all is written or nothing, and that what is written can be opened."""
    out = folder.parent / "out.ttl"
    out.unlink(missing_ok=True)
    try:
        work(out)
    except rg.RolegraphError:
        if out.exists():
            raise AssertionError("an import that failed left a file") from None
        raise
    LocalStore().load(out)


# -- releases ----------------------------------------------------------------------------------------


def _release(folder: Path) -> None:
    names = sorted(file.name for file in folder.iterdir())
    reads: dict[str, Callable[..., object]] = {
        ".txt": partial(rg.import_onet, release="29.3"),
        ".csv": partial(rg.import_esco, release="1.1.1"),
    }
    read = reads.get(Path(names[0]).suffix, rg.import_schemaorg)
    if names == ["all.zip"]:
        read = (rg.import_onet, rg.import_esco, rg.import_schemaorg)[
            len((folder / "all.zip").read_bytes()) % 3
        ]
    _imported(partial(read, [folder]), folder)


# -- graphs and arguments ----------------------------------------------------------------------------


def _graph(folder: Path) -> None:
    """Open a graph and ask some of what there is; what one question refuses does not spare the others."""
    graph = rg.open(_only(folder))
    rng = Random(_only(folder).read_bytes())  # noqa: S311 - no secret
    names = [entry.label for entry in graph.entries() if entry.kind in ROLE_KINDS][:6]
    things = [entry.label for entry in graph.entries()]
    works = _works(graph, folder.parent, rng)
    for name in [*names, *rng.sample(things, min(3, len(things)))]:
        works += [partial(graph.role, name), partial(graph.why, name), partial(graph.find, name)]
    for first, second in rng.sample([*permutations(names, 2)], min(6, len(names) * (len(names) - 1))):
        works += [partial(graph.path, first, second), partial(graph.gap, first, second)]
        cost = rng.choice(("gap", "pay-cut", "years", "doubt"))
        works += [partial(graph.paths, first, second, cost=cost), partial(graph.tradeoffs, first, second)]
        works += [partial(graph.path, first, second, cost=cost, missing=rng.choice(("worst", "ignore")))]
        works += [
            partial(graph.stability, first, second, runs=5),
            partial(graph.contradictions, first, second),
        ]
        works += [partial(_plan, graph, first, second)]
    for work in rng.sample(works, min(12, len(works))):
        with suppress(rg.RolegraphError):
            str(work())


def _plan(graph: rg.RoleGraph, start: str, goal: str) -> object:
    return graph.plan(graph.path(start, goal))


def _works(graph: rg.RoleGraph, place: Path, rng: Random) -> list[Callable[[], object]]:
    """Give what is asked of a graph as a whole."""
    (place / "out.zip").unlink(missing_ok=True)
    ending = rng.choice(("graphml", "gexf", "cyjs", "node-link.json", "ttl", "rdf", "jsonld", "nq"))
    works: list[Callable[[], object]] = [graph.info, graph.lint, graph.moves, graph.derive_moves]
    works += [lambda: rg.page(graph.network())]
    works += [
        lambda: graph.export(place / f"out.{ending}"),
        lambda: graph.export(place / "out.json", "schema.org"),
    ]
    works += [lambda: graph.export_table(place / "out.zip"), lambda: rg.diff(graph, _asked())]
    return [*works, graph.validate] if one_in(10, rng) else works


@cache
def _furnished() -> Path:
    """Give a folder with what the arguments name, outside of which nothing can be written from now on."""
    from tables import COMPANY, write

    place = Path(os.path.realpath(tempfile.mkdtemp(prefix="fuzz-place-", dir=os.environ.get("FUZZ_PLACE"))))
    for name in ("world.ttl", "office.ttl"):
        (place / name).write_bytes((TESTS / name).read_bytes())
    (place / "me.yaml").write_bytes(PROFILE)
    (place / "page.html").write_bytes(release_samples()[-1]["a.htm"])
    write(place / "jobs", COMPANY)
    sys.addaudithook(partial(_keep_within, place.parent))
    return place


def _keep_within(place: Path, event: str, given: tuple[Any, ...]) -> None:
    """Refuse to write outside a folder: arguments made at random may name any place."""
    writes = event in {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link"}
    if event == "open":
        mode, flags = given[1], given[2]
        writes = bool(set(mode or "") & set("wax+")) or bool(flags and flags & (os.O_WRONLY | os.O_RDWR))
    inside = event in {"os.remove", "os.rmdir", "os.mkdir"} and given[-1] != -1  # of a folder that is open
    if writes and not inside and isinstance(given[0], (str, os.PathLike)) and given[0] != os.devnull:
        real = os.path.realpath(given[0])
        if not f"{real}{os.sep}".startswith(f"{place}{os.sep}"):
            raise PermissionError(errno.EACCES, "Permission denied", str(given[0]))


def _arguments(folder: Path) -> None:
    """Run the command line in this process: it ends with a code of its own, and says what is wrong."""
    from rolegraph.cli import run

    text = _only(folder).read_bytes().replace(b"\0", b"")  # no system lets one into an argument
    lines = text.decode("utf-8", "surrogateescape").split("\n")
    streams = sys.stdin, sys.stdout, sys.stderr
    written = [io.BytesIO() for _ in streams]
    texts = [io.TextIOWrapper(one, "utf-8", "replace") for one in written]
    with chdir(_furnished()):
        sys.stdin, sys.stdout, sys.stderr = texts
        try:
            code = run(lines)
            texts[2].flush()
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
    told = written[2].getvalue().decode()
    steering = [char for char in told if char < " " and char not in "\n\t"]
    if code not in {0, 1, 2, 3} or "fault of rolegraph" in told or steering or (code > 1 and not told):
        raise AssertionError(f"exit code {code}: {told[:2_000]}")
    if code > 1:
        raise rg.ParameterError(told)


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("turtle", turtle_samples, _load, (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")),
        Target("jsonld", json_samples, _load, (".jsonld", ".json", ".ttl")),
        Target("rdfxml", xml_samples, _load, (".rdf", ".owl", ".xml", ".trig")),
        Target("sparql", query_samples, _query),
        Target("tables", table_samples, _tables),
        Target("releases", release_samples, _release),
        Target("graph", graph_samples, _graph, (".ttl", ".trig")),
        Target("arguments", argument_samples, _arguments),
    )
}
