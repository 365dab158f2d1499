"""Reads tables and writes what they say as RDF: all of it, or nothing and every mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from rolegraph.architecture.cells import Unfit, checked_iri
from rolegraph.architecture.checking import check, default_source
from rolegraph.architecture.ladders import rungs
from rolegraph.architecture.layouts import Layout, read_layout
from rolegraph.architecture.naming import space_of
from rolegraph.architecture.problems import Problems
from rolegraph.architecture.rows import ENDINGS, Found, limited, own_layout, read_csv, read_yaml_tables
from rolegraph.architecture.statements import statements
from rolegraph.errors import ParameterError, SourceError
from rolegraph.importers.releases import open_release
from rolegraph.importers.reports import Report
from rolegraph.importers.writing import write
from rolegraph.names import BASE, slug
from rolegraph.stores import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.architecture.checking import Architecture
    from rolegraph.importers.releases import Watch


class Options(TypedDict, total=False):
    """How tables are read.

    layout: the name of a layout that ships, or a file; none for rolegraph's own. name: what the data set is
    called, which is part of the IRIs of its things. source_name: the name of the default source. base: an
    IRI that the IRIs of things begin with. ladders: whether the next rung of a ladder is a move, derived.
    watch: is told how much is read.
    """

    layout: str | Path | None
    name: str
    source_name: str
    base: str
    ladders: bool
    watch: Watch | None


def import_table(source: str | Path, output: str | Path, **options: Unpack[Options]) -> Report:
    r"""Read a company's own roles, skills, moves, credentials and pay, and write them as RDF.

    source: a folder or zip archive of CSV files, one CSV file, or one YAML file. output: a file in a format
    of RDF, or an on-disk store (.store). options: see `Options`. Give what was read, made and found odd.

    Raises TableError with all that is wrong, and then nothing is written; SourceError when source cannot be
    read; OutputError when output cannot be written; ParameterError for options that do not fit.

    >>> import rolegraph as rg, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "roles.csv").write_text("name,level\nCook,P1\nHead cook,P2\n")
    >>> _ = (folder / "moves.csv").write_text("from,to,kind\nCook,Head cook,stated\n")
    >>> rg.import_table(folder, folder / "kitchen.ttl", name="kitchen").things["Move claims"]
    1
    >>> print(rg.open(folder / "kitchen.ttl").path("cook", "head cook"))
    Cook -> Head cook
    """
    src, out = Path(source), Path(output)
    named = options.get("layout")
    layout = read_layout(named) if named else None
    base = _base(options.get("base", ""))
    report = Report()
    found = Found(Problems(), report)
    kind = _read(src, layout, found, options.get("watch"))
    if found.problems.count == 0 and "roles" not in found.rows:
        found.problems.add(str(src), None, "", "holds no row of roles, the one table that there must be")
    known = default_source(found, layout)
    name = options.get("name") or known or _called(src)
    if not any(sign.isalnum() for sign in name):
        raise ParameterError(f"{name!r} is no name of a data set: it has neither a letter nor a digit.")
    space = space_of(name, base)
    if known and options.get("source_name"):
        report.note("names for the default source not taken: the tables name one", options["source_name"])
    source_name = options.get("source_name") or name
    default = {"name": source_name, "id": space.name, "publisher": name, "default": "yes"}
    made = check(found, space, default)
    report.title = f"{src}: {kind}, as the data set {space.name}"
    graph = f"{BASE}graph/{slug(stem_of(out))}"
    ladders = options.get("ladders", False)
    _note_what_misleads(made, report, ladders=ladders)
    lines = statements(made, graph, ladders=ladders, report=report)
    write(_counted(lines, report), out, store_graph=graph)
    return report


def _called(src: Path) -> str:
    """Give the name of a folder, or of a file without its endings."""
    name = src.absolute().name
    return name if src.is_dir() else name.partition(".")[0] or name


def _note_what_misleads(made: Architecture, report: Report, *, ladders: bool) -> None:
    """Tell of what stands in the tables and does not come to be what one may take it for."""
    steps = 0 if ladders else sum(1 for _ in rungs(made.rows["roles"]))
    levels = sum("proficiency" in row.values for row in made.rows["requirements"])
    for what, count in (
        ("steps from one rung of a ladder to the next, not taken for moves without --ladders", steps),
        ("requirements with a level of proficiency, which path and gap do not look at", levels),
    ):
        if count:
            report.note(what, count=count)


def _counted(lines: Iterator[str], report: Report) -> Iterator[str]:
    for line in lines:
        report.statements += line.count("\n")
        yield line


def _base(base: str) -> str:
    if base and not re.match(r"(https?://.+|urn:.+)[/#:]$", base):
        message = f"{base!r} is no base of IRIs: it must be an address that ends in / or #."
        raise ParameterError(message)
    try:
        return checked_iri(base) if base else ""
    except Unfit as error:
        message = f"It is no base of IRIs: {error}."
        raise ParameterError(message) from None


def _read(src: Path, layout: Layout | None, found: Found, watch: Watch | None) -> str:
    """Read all rows; give in words what was read."""
    yaml = src.suffix.lower() in {".yaml", ".yml"} and not src.is_dir()
    if yaml and layout is not None:
        raise SourceError(src, "is YAML, which is read in rolegraph's own layout; a layout is for CSV files")
    with open_release([src], (".yaml", ".yml") if yaml else ENDINGS, watch) as release:
        if yaml:
            with release.open(release.names()[0]) as binary:
                content = limited(iter(lambda: binary.read(1 << 20), b""))
            try:
                read_yaml_tables(content, str(src), found)
            except SourceError as error:
                found.problems.take(error)
            return "tables in YAML"
        read_csv(release, layout or own_layout(release, found), found)
    return f"tables in the layout {layout.name}" if layout else "tables"
