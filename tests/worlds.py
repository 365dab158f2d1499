"""What many tests need: the small world, the shipped graph, and RDF read by hand, without SPARQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import networkx as nx
from hypothesis import settings

import rolegraph as rg
from rolegraph.moves import move_graph
from rolegraph.names import BASE, PREFIXES, shorten
from rolegraph.paths import cheapest_path, k_cheapest_paths

WORLD = Path(__file__).with_name("world.ttl")
SOURCES = Path(rg.__file__).parent.parent

#: How many examples each property is tried on, and how many times that where `make fuzz` looks for new ones.
FEW = 60
MORE = int(os.environ.get("ROLEGRAPH_FUZZ", "1"))

#: The same examples in every run, and no files left behind.
steady = settings(derandomize=MORE == 1, database=None, deadline=None, max_examples=FEW * MORE)

PREAMBLE = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

#: What belongs in no message and no rendering: controls but for tab and line feed, and reordering marks.
UNPRINTABLE = (
    "".join(map(chr, (*range(0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), *range(0x7F, 0xA0))))
    + "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@cache
def world() -> rg.RoleGraph:
    """Give the small world; tests leave it as it is."""
    return rg.open(WORLD)


@cache
def shipped() -> rg.RoleGraph:
    """Give the graph that ships; tests leave it as it is."""
    return rg.open()


def turtle(folder: Path, text: str, name: str = "mine.ttl") -> Path:
    """Write a Turtle file in which every prefix of rolegraph is declared."""
    file = folder / name
    file.write_text(PREAMBLE + text, "utf-8")
    return file


def read(text: str) -> rg.RoleGraph:
    """Give a graph of one Turtle text, without the definitions of rolegraph's terms."""
    store = rg.LocalStore()
    store.load_text(PREAMBLE + text, "mine")
    return rg.RoleGraph(store)


def iri(short: str) -> str:
    """Write out `role:head-chef`."""
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local


def moves(*edges: tuple[str, str, float | None]) -> nx.MultiDiGraph:
    """Give a network of roles with moves of these weights, in this order."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    for start, goal, weight in edges:
        for node in (start, goal):
            network.add_node(
                node, label=node, kind="role", aliases=(), definition="", pay=(), notes=(), evidence=()
            )
        network.add_edge(start, goal, key="move", kind="move", evidence=(), weight=weight)
    return network


def weight(_start: str, _goal: str, edge: dict) -> float | None:
    """Read the cost of a move of `moves`."""
    return edge["weight"]


def cheapest(network: nx.MultiDiGraph, start: str, goal: str, cost="hops", **conditions) -> rg.CareerPath:
    """Weigh the moves of a network and find the cheapest route."""
    return cheapest_path(move_graph(network, cost, **conditions), start, goal)


def k_cheapest(
    network: nx.MultiDiGraph, start: str, goal: str, k: int, cost="hops", **conditions
) -> list[rg.CareerPath]:
    """Weigh the moves of a network and find the k cheapest routes."""
    return k_cheapest_paths(move_graph(network, cost, **conditions), start, goal, k)


def python(code: str, *, seed: str = "0") -> str:
    """Run Python code in a process of its own, with this hash seed, and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=os.environ | {"PYTHONPATH": str(SOURCES), "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Facts:
    """The triples of some quads, each once, to be walked by hand."""

    def __init__(self, quads) -> None:
        self._objects = defaultdict(lambda: defaultdict(set))
        self._instances = defaultdict(set)
        self._quads = list(quads)
        for quad in self._quads:
            subject, predicate, value = quad.triple
            self._objects[subject][predicate.value].add(value)
            if predicate.value == iri("rdf:type"):
                self._instances[getattr(value, "value", "")].add(subject)

    def instances(self, name: str) -> set:
        """Give everything that is typed with this class of rolegraph."""
        return self._instances[BASE + name]

    def of(self, subject, *predicates: str) -> list:
        """Give the objects of these predicates, sorted."""
        found = {value for predicate in predicates for value in self._objects[subject][iri(predicate)]}
        return sorted(found, key=str)

    def statements(self, predicate: str) -> set:
        """Give the statements with this predicate: subject, object, graph."""
        wanted = iri(predicate)
        return {(q.subject, q.object, q.graph_name) for q in self._quads if q.predicate.value == wanted}

    def answers(self, question: str) -> set:
        """Give what an occupation's preparation says to a question: claim, answer, share."""
        answers = {
            answer
            for answer, parent, _ in self.statements("rdfs:subPropertyOf")
            if parent.value == iri(question)
        }
        return {
            (claim, answer, float(share.value))
            for claim in self.instances("Preparation")
            for answer in answers
            for share in self._objects[claim][answer.value]
        }

    def texts(self, subject, *predicates: str) -> set[str]:
        """Give the values of these predicates as strings."""
        return {value.value for value in self.of(subject, *predicates)}

    def label(self, subject, *, blank=True) -> str:
        """Give the label that rolegraph promises to prefer: English, untagged, else the first by language.

        blank: whether a blank counts as one.
        """

        def rank(label):
            language = label.language or ""
            return (0 if language.startswith("en") else 2 if language else 1, language, label.value)

        labels = [
            label
            for label in self.of(subject, "skos:prefLabel", "rdfs:label")
            if blank or label.value.strip()
        ]
        found = sorted(labels, key=rank)
        return found[0].value if found else shorten(subject.value)

    def says(self, claim) -> set[tuple]:
        """Give who says so, one tuple per source: kind, source, publishers, dates, sections, documents ..."""
        parts = [part for part in self.of(claim, "rg:statedIn") if self.texts(part, "skos:prefLabel")]
        known = (
            frozenset(self.label(part) for part in parts),
            frozenset(self.label(whole) for part in parts for whole in self.of(part, "dcterms:isPartOf")),
            "".join(self.texts(claim, "rg:doubt")),
            "".join(self.texts(claim, "rg:qualifier")),
        )
        kind = "".join(self.texts(claim, "rg:evidence")).rpartition("/")[2].lower()
        if claim.value.startswith(PREFIXES["graph"]):  # a data set states what it holds
            kind = kind or "stated"
        found = set()
        for source in self.of(claim, "dcterms:source"):
            publishers = frozenset(self.label(who) for who in self.of(source, "dcterms:publisher"))
            dates = frozenset(self.texts(source, "dcterms:date", "rg:accessed"))
            found.add((kind, self.label(source), publishers, dates, *known))
        return found or {(kind, "no source given", frozenset(), frozenset(), *known)}
