"""Where the triples live: a pyoxigraph store in memory or on disk, one named graph per source."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.engine_words import plain, run_error
from rolegraph.errors import QueryError, SourceError
from rolegraph.names import BASE, PREFIXES, QUERY_PREFIXES, shorten, slug
from rolegraph.query_guard import asks_dataset, check_query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    Keeper = Callable[["LocalStore"], Mapping[str, bytes]]

    Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

    #: A term, or nothing where a variable is unbound.
    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
    Row = tuple[Term, ...]

#: Formats by the end of a file's name. RDF/XML and JSON-LD go by several.
FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}

#: The end of a mapping file's name: no RDF, and read into a graph like it.
MAPPING_ENDING = ".sssom.tsv"

#: The graph that holds the definitions of rolegraph's own terms.
ONTOLOGY_GRAPH = ox.NamedNode(f"{BASE}graph/ontology")

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

_BOM = b"\xef\xbb\xbf"

#: Bytes from which on loading in bulk is quicker: it starts threads, which takes a while.
_BULK = 1_000_000

#: Statements of a graph that are read before it is the next one's turn.
_AT_ONCE = 1_000


def format_of(file: Path) -> ox.RdfFormat | None:
    """Give the format that the end of a file's name tells (.ttl, .ttl.gz ...), None when it tells none."""
    suffixes = [suffix.lower() for suffix in file.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def is_mapping_file(file: str | Path) -> bool:
    """Tell by the end of its name whether a file holds mappings.

    >>> is_mapping_file("links.sssom.tsv")
    True
    """
    return Path(file).name.lower().endswith(MAPPING_ENDING)


def stem_of(file: Path) -> str:
    """Give a file's name without the endings that tell its format."""
    return (file.with_suffix("") if file.suffix.lower() == ".gz" else file).stem


class LocalStore:
    """Statements in named graphs, and SPARQL over the union of them.

    >>> store = LocalStore()
    >>> store.load_text('<https://example.org/a> <https://example.org/b> "c" .', "example")
    1
    >>> [row["o"].value for row in store.query("SELECT ?o { ?s ?p ?o }")]
    ['c']

    Give `engine` to work on a pyoxigraph.Store that you opened yourself.
    """

    def __init__(self, engine: ox.Store | None = None) -> None:
        self.engine = ox.Store() if engine is None else engine
        self._shares = False
        self._merged: ox.Store | None = None
        self._compared = -1  # how many statements there were when `_shares` was found out
        self._fixed: int | None = None  # how many there are, where nothing can change that
        self._folder: Path | None = None  # where it lies, if it was opened from a disk

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open an on-disk store read-only, as `create` or `build` left it.

        Raises SourceError when the folder is no such store, or holds other than it should.
        """
        # Stores in memory do without.
        from rolegraph.store_folders import check_whole, read_told, sizes  # noqa: PLC0415

        folder = Path(folder)
        told = read_told(folder)
        if told.files is not None and told.files != sizes(folder):
            raise SourceError(folder, "is damaged: a file is missing, cut off or changed; make it again")
        check_whole(folder, told, quickly=True)
        try:
            store = cls(ox.Store.read_only(str(folder)))
        except (OSError, RuntimeError) as error:
            raise SourceError(folder, f"cannot be opened as a store ({plain(str(error))})") from error
        # Counting takes a second for two million statements.
        if told.files is None and len(store) != told.statements:
            reason = f"is damaged: {len(store)} of {told.statements} statements; make it again"
            raise SourceError(folder, reason)
        store._fixed, store._folder = told.statements, folder
        if told.shares_nothing:
            store.share_nothing()
        return store

    @classmethod
    def create(cls, folder: str | Path, statements: Iterable[ox.Quad], keep: Keeper | None = None) -> Self:
        """Write statements to a new on-disk store: the whole of it, or nothing; see `build` for `keep`.

        Raises OutputError when the folder is there already, or cannot be written.
        """
        return cls.build(folder, lambda store: store.engine.bulk_extend(statements), keep)

    @classmethod
    def build(
        cls, folder: str | Path, fill: Callable[[LocalStore], object], keep: Keeper | None = None
    ) -> Self:
        """Make a new on-disk store of what `fill` puts into it: the whole of it, or nothing.

        keep: makes files, by name, of what the store holds; `kept` gives them back.

        Raises OutputError when the folder is there already, or cannot be written; and whatever `fill` raises.
        """
        from traceback import clear_frames  # noqa: PLC0415 - stores in memory do without

        from rolegraph.store_folders import new_folder, tell  # noqa: PLC0415

        with new_folder(Path(folder)) as made:
            store = LocalStore(ox.Store(str(made)))
            try:
                fill(store)
                store.engine.flush()
            except BaseException as error:
                # An open store writes on while its folder is taken away; what failed holds it open.
                clear_frames(error.__traceback__)
                del store
                raise
            statements, shares_nothing = len(store), not store.shares()
            for name, content in (keep(store) if keep else {}).items():
                (made / name).write_bytes(content)
            del store  # closes the files
            tell(made, statements, shares_nothing=shares_nothing)
        return cls.open(folder)

    #: Its statements are at hand.
    remote = False

    @property
    def opens_files(self) -> bool:
        """Whether it reads from a disk while it is asked, and may have to open more of its files."""
        return self._folder is not None

    def kept(self, name: str) -> bytes | None:
        """Give a file that was kept with an on-disk store; None where there is none."""
        file = self._folder / name if self._folder else None
        return file.read_bytes() if file and file.is_file() else None

    def __len__(self) -> int:
        return len(self.engine) if self._fixed is None else self._fixed

    def load(self, file: str | Path, *, graph: str | None = None, trusted: bool = False) -> int:
        """Read an RDF file into a named graph and give the number of statements that it added.

        The format goes by the end of the file's name (see FORMATS). The graph is named after the file
        unless `graph`, an IRI, is given; formats that name graphs themselves keep their names. A trusted
        file is known to be sound: its IRIs and language tags are not looked into, which saves time.

        Raises SourceError, with line and column where the parser knows them; then nothing is added.
        """
        file = Path(file)
        rdf_format = format_of(file)
        if rdf_format is None:
            raise SourceError(file, _formless(file))
        try:
            content = file.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: no file has such a name
            reason = getattr(error, "strerror", None) or f"cannot be read ({error})"
            raise SourceError(file, reason) from error
        if file.suffix.lower() == ".gz":
            content = _unpacked(content, file)
        return self._add(content, rdf_format, graph or f"{BASE}graph/{slug(stem_of(file))}", file, trusted)

    def load_text(self, text: str, name: str, *, rdf_format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> int:
        """Read RDF from a string into the named graph `graph:name`; give the number of statements added."""
        return self._add(text.encode(), rdf_format, f"{BASE}graph/{slug(name)}", name)

    def free_graph_name(self, stem: str, taken: Iterable[str]) -> str:
        """Give an IRI for the graph of a file of this name that is not among `taken`."""
        name = f"{BASE}graph/{slug(stem)}"
        number = 1
        while name in taken:
            number += 1
            name = f"{BASE}graph/{slug(stem)}-{number}"
        return name

    def _add(
        self,
        content: bytes,
        rdf_format: ox.RdfFormat,
        graph: str,
        place: str | Path,
        trusted: bool = False,  # noqa: FBT001, FBT002 - only `load` calls it so
    ) -> int:
        # Windows editors put a byte order mark before UTF-8; the parser takes it for a name.
        content = content.removeprefix(_BOM)
        if not trusted:
            _check(content, rdf_format, place)
        before = len(self.engine)
        target = ox.NamedNode(graph)
        try:
            if rdf_format.supports_datasets:
                self._add_dataset(content, rdf_format, target)
            else:
                load = self.engine.bulk_load if len(content) > _BULK else self.engine.load
                load(content, format=rdf_format, base_iri=graph, to_graph=target, lenient=trusted)
        except (SyntaxError, ValueError) as error:
            from rolegraph.file_mistakes import source_error  # noqa: PLC0415 - most files are right

            raise source_error(place, error, content, rdf_format) from error
        except MemoryError as error:
            if "maximal size" not in str(error):
                raise
            raise SourceError(place, "holds a text or a name of more than 16 MB") from error
        if rdf_format == ox.RdfFormat.JSON_LD and not content.lstrip().startswith((b"{", b"[")):
            # The parser takes it for a document that says nothing.
            raise SourceError(place, "is JSON and no JSON-LD: it holds neither an object nor a list", line=1)
        if self._fixed is not None:
            self._fixed = len(self.engine)
        return len(self.engine) - before

    def _add_dataset(self, content: bytes, rdf_format: ox.RdfFormat, default: ox.NamedNode) -> None:
        quads = ox.parse(content, format=rdf_format, base_iri=default.value, rename_blank_nodes=True)
        anonymous = ox.DefaultGraph()
        self.engine.bulk_extend(
            [
                ox.Quad(q.subject, q.predicate, q.object, default) if q.graph_name == anonymous else q
                for q in quads
            ]
        )

    def query(
        self,
        sparql: str,
        services: Sequence[str] = (),
        dataset: tuple[Sequence[str], Sequence[str]] | None = None,
    ) -> Result:
        """Run a SPARQL query over the union of all graphs, or over those that its FROM and FROM NAMED name.

        dataset: the graphs to ask instead of all that: those whose union is the default graph, and those
        that GRAPH finds, by their IRIs.

        The prefixes of `names.QUERY_PREFIXES` need no declaration. Consume the result in the thread that
        asked.

        Raises QueryError, with line and column for a syntax error; for SERVICE, which opens the network,
        unless its host is among `services`; for a file that FROM names, unless a graph of that name is
        loaded; and for more nesting than the engine survives.
        """
        check_query(sparql, services, self.is_graph)
        engine, as_union = self._queried()
        prefixes = _prefixes_in(sparql)
        default, named = map(_graph_names, dataset or (None, None))
        # The engine would take the union of all graphs even where FROM asks for some of them.
        as_union = as_union and dataset is None and not asks_dataset(sparql)
        try:
            asked = partial(
                engine.query,
                prefixes=prefixes,
                use_default_graph_as_union=as_union,
                default_graph=default,
                named_graphs=named,
            )
            try:
                return asked(sparql)
            except SyntaxError:
                from rolegraph.sparql_tokens import with_small_truths  # noqa: PLC0415 - few queries are wrong

                small = with_small_truths(sparql)
                if small == sparql:
                    raise
                return asked(small)
        except SyntaxError as error:
            from rolegraph.query_mistakes import query_error  # noqa: PLC0415 - most queries are right

            raise query_error(sparql, str(error), objection) from error
        except (RuntimeError, ValueError, OSError) as error:
            if services:  # all else that a query needs is at hand
                raise run_error(error, services) from error
            from rolegraph.query_mistakes import function_error  # noqa: PLC0415

            raise function_error(sparql, str(error)) from error

    def freeze(self) -> None:
        """Take it as known that only `load` and `load_text` change anything, so that no query need count."""
        self._fixed = len(self)  # of a store on a disk it is known

    def share_nothing(self) -> None:
        """Take it as known that no two graphs hold the same statement, so that no query need find out."""
        self._compared, self._shares, self._merged = len(self), False, None

    def shares(self) -> bool:
        """Tell whether two graphs hold the same statement.

        All graphs but the largest are gone through, so that it takes little time where one is far larger.
        """
        waiting = {
            name: iter(self.engine.quads_for_pattern(None, None, None, name)) for name in self._names()
        }
        read: list[ox.Quad] = []
        while len(waiting) > 1:
            for name, quads in list(waiting.items()):
                some = list(islice(quads, _AT_ONCE))
                read += some
                if not some:
                    del waiting[name]
        # What was read of the largest graph is compared too, to no harm.
        return any(
            len(list(islice(self.engine.quads_for_pattern(quad.subject, quad.predicate, quad.object), 2))) > 1
            for quad in read
        )

    def _names(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        return [ox.DefaultGraph(), *self.engine.named_graphs()]

    def _looked_at(self) -> bool:
        """Tell whether two graphs hold the same statement, as of the last change."""
        if self._compared != len(self):
            self._compared, self._shares, self._merged = len(self), self.shares(), None
        return self._shares

    def _queried(self) -> tuple[ox.Store, bool]:
        """Give the engine to query, and whether to query the union of its graphs.

        The engine's union has a statement once per graph that holds it; a union of RDF graphs has it once.
        Where graphs share statements, a copy is queried whose default graph is that union.
        """
        if not self._looked_at():
            return self.engine, True
        if self._merged is None:
            self._merged = _union(self.engine)
        return self._merged, False

    def rows(self, sparql: str) -> list[Row]:
        """Give each row of a SELECT query once, in any order.

        For queries of rolegraph's own that count nothing: what stands in several graphs need not be merged.
        """
        solutions = self.engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        rows = [tuple(row) for row in solutions]  # type: ignore[union-attr]
        return list(dict.fromkeys(rows)) if self._looked_at() else rows

    def select(self, sparql: str) -> ox.QuerySolutions:
        """Run a SELECT query; see `query`.

        Raises QueryError for another kind of query.
        """
        return with_rows(self.query(sparql))

    def graphs(self) -> dict[str, int]:
        """Give the number of statements of each named graph by its IRI, sorted."""
        counted = self.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
        return {row["g"].value: int(row["n"].value) for row in counted}

    def is_graph(self, iri: str) -> bool:
        """Tell whether a named graph of this IRI is there."""
        return self.engine.contains_named_graph(ox.NamedNode(iri))

    def has(self, *terms: ox.NamedNode | ox.Literal | None) -> bool:
        """Tell whether there is a statement with this subject, predicate and object; None stands for any."""
        return next(iter(self.engine.quads_for_pattern(*terms)), None) is not None  # type: ignore[arg-type]

    def said_of(self, things: Collection[object]) -> Iterator[ox.Quad]:
        """Give every statement of which one of these things is the subject."""
        for thing in things:
            if isinstance(thing, (ox.NamedNode, ox.BlankNode)):
                yield from self.engine.quads_for_pattern(thing, None, None)

    def naming(self, things: Collection[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give every statement of which one of these things is the object."""
        for thing in things:
            yield from self.engine.quads_for_pattern(None, None, thing)

    def of_classes(self, classes: Collection[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give every statement of which something of one of these classes is the subject."""
        typed = (
            quad.subject for kind in classes for quad in self.engine.quads_for_pattern(None, _TYPE, kind)
        )
        yield from self.said_of(dict.fromkeys(typed))

    def whole(self) -> LocalStore:
        """Give the store itself: all its statements are at hand."""
        return self

    def size(self) -> int:
        """Give how many statements there are."""
        return len(self)

    def described_in(self, *things: str) -> list[str]:
        """Give the short names of the graphs that describe these things: one knows which file to open.

        Of a named graph itself that is the graph. A blank node's name says nothing, and finds nothing.
        """
        found: set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = set()
        for thing in things:
            try:
                node = ox.NamedNode(thing)
            except ValueError:
                continue
            graphs = {quad.graph_name for quad in self.engine.quads_for_pattern(node, None, None)}
            found |= {node} if self.engine.contains_named_graph(node) else graphs
        return sorted(shorten(graph.value) for graph in found if isinstance(graph, ox.NamedNode))

    def statements(self) -> list[ox.Quad]:
        """Give every statement, in an order that depends on nothing but the statements."""
        return sorted(self.engine, key=str)


def _formless(file: Path) -> str:
    """Say why a file of no known format is no data."""
    if not file.exists():
        return "No such file or directory"
    if file.suffix.lower() == ".store":
        return "is a file, and a store is a folder; `rolegraph export` and `rolegraph import` make one"
    return f"has no ending that tells its format; known are {' '.join(FORMATS)}, also with .gz"


def _unpacked(content: bytes, file: Path) -> bytes:
    import gzip  # noqa: PLC0415 - only compressed files need it
    import zlib  # noqa: PLC0415

    if not content:
        raise SourceError(file, "cannot be read: it is empty, and no file compressed by gzip is")
    if not content.startswith(b"\x1f\x8b"):
        raise SourceError(file, "cannot be read: it is not compressed by gzip, as the end of its name says")
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(file, f"cannot be read: it is cut off or damaged ({error})") from error


def _graph_names(iris: Iterable[str] | None) -> list[Any] | None:
    if iris is None:
        return None
    names = []
    for iri in iris:
        try:
            names.append(ox.NamedNode(iri))
        except ValueError as error:
            raise QueryError(f"{plain(iri)!r} is no IRI of a graph: {plain(str(error))}") from error
    return names


def _prefixes_in(sparql: str) -> dict[str, str]:
    """Give the prefixes that a query may use: reading all of them would take the engine half of its time."""
    return {prefix: iri for prefix, iri in QUERY_PREFIXES.items() if f"{prefix}:" in sparql}


def with_rows(result: Result) -> ox.QuerySolutions:
    """Give an answer that has rows.

    Raises QueryError for that of another kind of query than SELECT.
    """
    if not isinstance(result, ox.QuerySolutions):
        message = "this needs a SELECT query"
        raise QueryError(message)
    return result


def _check(content: bytes, rdf_format: ox.RdfFormat, place: str | Path) -> None:
    from rolegraph.file_guard import (  # noqa: PLC0415 - what ships is not checked
        check_nesting,
        check_text,
        check_xml,
    )

    check_text(content, place)
    if rdf_format == ox.RdfFormat.RDF_XML:
        check_xml(content, place)
    else:
        check_nesting(content, place, json=rdf_format == ox.RdfFormat.JSON_LD)


def objection(sparql: str) -> str:
    """Give what the parser says against a query."""
    try:
        ox.Store().query(sparql, prefixes=QUERY_PREFIXES)
    except (SyntaxError, ValueError, RuntimeError) as error:
        return str(error)
    return ""


def _union(engine: ox.Store) -> ox.Store:
    """Copy a store, with the union of its graphs as the default graph. Text is the quickest way there."""
    copy = ox.Store()
    written = engine.dump(format=ox.RdfFormat.N_QUADS)
    copy.bulk_load(written, format=ox.RdfFormat.N_QUADS, lenient=True)
    triples = ox.serialize((quad.triple for quad in engine), format=ox.RdfFormat.N_TRIPLES)
    copy.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    return copy


def text_of(term: Term) -> str:
    """Give a term as plain text; nothing where there is none."""
    return "" if term is None else str(getattr(term, "value", term))
