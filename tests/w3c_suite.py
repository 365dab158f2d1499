"""The test suites of the W3C as data: what each test reads, what it asks, and what has to come of it.

The suites (https://github.com/w3c/rdf-tests, https://github.com/w3c/json-ld-api) lie beside the checkout,
packed, and are unpacked for a run; nothing is fetched, and nothing of them is part of the repository.
"""

from __future__ import annotations

import json
import re
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What the IRIs of the suites begin with; behind it stands the path of a file.
WEB = "https://w3c.github.io/"

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

_SPARQL, _FORMATS = "rdf-tests/sparql/", "rdf-tests/rdf/rdf11/"

#: Group of tests -> the lists that name them.
GROUPS: dict[str, tuple[str, ...]] = {
    "sparql10-eval": (f"{_SPARQL}sparql10/manifest-evaluation.ttl",),
    "sparql10-syntax": (f"{_SPARQL}sparql10/manifest-syntax.ttl",),
    "sparql11-query": (f"{_SPARQL}sparql11/manifest-sparql11-query.ttl",),
    "sparql11-update": (f"{_SPARQL}sparql11/manifest-sparql11-update.ttl",),
    "sparql11-federation": (f"{_SPARQL}sparql11/syntax-fed/manifest.ttl",),
    "sparql11-results": (
        f"{_SPARQL}sparql11/json-res/manifest.ttl",
        f"{_SPARQL}sparql11/csv-tsv-res/manifest.ttl",
    ),
    "turtle": (f"{_FORMATS}rdf-turtle/manifest.ttl",),
    "n-triples": (f"{_FORMATS}rdf-n-triples/manifest.ttl",),
    "n-quads": (f"{_FORMATS}rdf-n-quads/manifest.ttl",),
    "trig": (f"{_FORMATS}rdf-trig/manifest.ttl",),
    "rdf-xml": (f"{_FORMATS}rdf-xml/manifest.ttl",),
    "json-ld": ("json-ld-api/tests/toRdf-manifest.jsonld",),
}

#: Graphs of a test: their names ("" for the default graph), and the IRIs of what is read into each.
Graphs = list[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """A test: its name, its kind in the words of the W3C, and IRIs of what it reads and what has to come."""

    name: str
    kind: str
    base: str
    action: str
    result: str = ""
    graphs: Graphs = field(default_factory=list)
    after: Graphs = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def negative(self) -> bool:
        """Whether it has to be refused."""
        return "Negative" in self.kind

    @property
    def evaluated(self) -> bool:
        """Whether what comes of it is compared; otherwise it is accepted or refused."""
        return "Syntax" not in self.kind and not self.negative


def unpack(archive: Path, folder: Path) -> Suites:
    """Unpack the suites into a folder."""
    with tarfile.open(archive) as packed:
        # Older releases of Python know no filter, later ones warn where none is given.
        packed.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # noqa: S202
    return Suites(folder)


@dataclass(frozen=True)
class Suites:
    """The suites in a folder."""

    folder: Path

    def file(self, iri: str) -> Path:
        """Give the file that an IRI stands for."""
        return self.folder / iri.removeprefix(WEB).partition("#")[0]

    def text(self, iri: str) -> str:
        """Read a query or an update."""
        return self.file(iri).read_bytes().decode()

    def cases(self, group: str) -> list[Case]:
        """Give the tests of a group."""
        return [
            case
            for listed in GROUPS[group]
            for case in (
                self._json_cases(WEB + listed) if listed.endswith(".jsonld") else self._cases(WEB + listed)
            )
        ]

    def _json_cases(self, manifest: str) -> Iterator[Case]:
        told = json.loads(self.file(manifest).read_bytes())
        for test in told["sequence"]:
            options = test.get("option", {})
            action = told["baseIri"] + test["input"]
            yield Case(
                f"toRdf/{test['@id'].strip('#')}",
                next(kind.partition(":")[2] for kind in test["@type"] if "ToRDF" not in kind),
                options.get("base", action),
                action,
                told["baseIri"] + test["expect"] if "expect" in test else "",
                options=options,
            )

    def _cases(self, manifest: str) -> Iterator[Case]:
        listed = _Manifest(self.file(manifest).read_bytes(), manifest)
        for document in listed.listed(f"{_MF}include"):
            yield from self._cases(document.value)
        for test in listed.listed(f"{_MF}entries"):
            if listed.one(test, f"{_RDF}type"):
                yield _case(listed, test, manifest)


class _Manifest:
    """A list of tests in Turtle."""

    def __init__(self, content: bytes, iri: str) -> None:
        self._store = ox.Store()
        self._store.load(content, format=ox.RdfFormat.TURTLE, base_iri=iri)

    def all(self, subject: Any, predicate: str) -> list[Any]:
        found = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def one(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.all(subject, predicate)), None)

    def value(self, subject: Any, predicate: str) -> str:
        found = self.one(subject, predicate) if subject is not None else None
        return "" if found is None or isinstance(found, ox.BlankNode) else str(found.value)

    def listed(self, predicate: str) -> Iterator[Any]:
        for head in self.all(None, predicate):
            node = head
            while node is not None and node != ox.NamedNode(f"{_RDF}nil"):
                yield self.one(node, f"{_RDF}first")
                node = self.one(node, f"{_RDF}rest")

    def graphs(self, node: Any) -> Graphs:
        """Give the graphs of a query or an update test: those of updates have a name besides."""
        data = [*self.all(node, f"{_QT}data"), *self.all(node, f"{_UT}data")]
        named = [(graph.value, graph.value) for graph in self.all(node, f"{_QT}graphData")]
        labelled = [
            (self.value(graph, _LABEL), self.value(graph, f"{_UT}graph"))
            for graph in self.all(node, f"{_UT}graphData")
        ]
        return [*(("", document.value) for document in data), *named, *labelled]


def _case(listed: _Manifest, test: Any, manifest: str) -> Case:
    kind = re.split("[#/]", listed.one(test, f"{_RDF}type").value)[-1]
    node = listed.one(test, f"{_MF}action")
    asked = listed.value(node, f"{_QT}query") or listed.value(node, f"{_UT}request")
    action = asked or node.value
    folder = manifest.rsplit("/", 2)[-2]
    assumed = listed.value(None, f"{_MF}assumedTestBase")
    result = listed.one(test, f"{_MF}result")
    return Case(
        f"{folder}/{test.value.partition('#')[2]}",
        kind,
        assumed + action.partition(f"/{folder}/")[2] if assumed and not asked else action,
        action,
        listed.value(test, f"{_MF}result"),
        listed.graphs(node),
        listed.graphs(result) if isinstance(result, ox.BlankNode) else [],
    )
