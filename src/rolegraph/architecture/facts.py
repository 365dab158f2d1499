"""What a store says, subject by subject; and which of it has been taken so far."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import shorten
from rolegraph.stores import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.stores import LocalStore

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_TYPE = "rdf:type"


class Facts:
    """The statements of a store, but for the definitions of rolegraph's own terms.

    Subjects are IRIs; predicates are short names. What is asked for counts as taken.
    """

    def __init__(self, store: LocalStore) -> None:
        self.said: dict[str, dict[str, set[Term]]] = {}
        self.taken: set[tuple[str, str]] = set()
        self.held: set[str] = set()
        self.nameless: set[Term] = set()
        short: dict[str, str] = {}
        for quad in store.engine:
            if quad.graph_name == ONTOLOGY_GRAPH:
                continue
            if not isinstance(quad.subject, ox.NamedNode):
                self.nameless.add(quad.subject)
                continue
            predicate = short.setdefault(quad.predicate.value, shorten(quad.predicate.value))
            self.said.setdefault(quad.subject.value, {}).setdefault(predicate, set()).add(quad.object)
        self.by_class: dict[str, list[str]] = {}
        for subject in sorted(self.said):
            for term in self.said[subject].get(_TYPE, ()):
                if isinstance(term, ox.NamedNode):
                    self.by_class.setdefault(shorten(term.value), []).append(subject)

    def of(self, classes: Iterable[str]) -> list[str]:
        """Give the subjects of these classes, each once, sorted."""
        return sorted({subject for name in classes for subject in self.by_class.get(name, ())})

    def terms(self, subject: str, predicate: str) -> list[Term]:
        """Give the objects of a predicate: texts without language first, then English ones; sorted."""
        self.taken.add((subject, predicate))
        return sorted(self.said.get(subject, {}).get(predicate, ()), key=_order)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Give the IRIs that a predicate leads to."""
        return [term.value for term in self.terms(subject, predicate) if isinstance(term, ox.NamedNode)]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Give the texts of a predicate, without blanks around them."""
        found = [
            term.value.strip() for term in self.terms(subject, predicate) if isinstance(term, ox.Literal)
        ]
        return [text for text in found if text]

    def iri(self, subject: str, predicate: str) -> str:
        """Give the first IRI that a predicate leads to; "" where there is none."""
        return next(iter(self.iris(subject, predicate)), "")

    def text(self, subject: str, predicate: str) -> str:
        """Give the first text of a predicate; "" where there is none."""
        return next(iter(self.texts(subject, predicate)), "")

    def label(self, subject: str) -> str:
        """Give the name of a thing that has no row of its own; it counts as held."""
        self.hold(subject)
        return self.text(subject, "skos:prefLabel")

    def hold(self, subject: str) -> None:
        """Count a subject as held; the statements on it that nobody asks for are still left over."""
        self.held.add(subject)
        self.taken.add((subject, _TYPE))

    def release(self, subject: str) -> None:
        """Count a subject as not held and nothing on it as taken."""
        self.held.discard(subject)
        self.taken.difference_update({(subject, predicate) for predicate in self.said[subject]})

    def left_over(self) -> Counter[str]:
        """Count what was not taken: subjects by their class, and statements on held subjects by predicate."""
        left: Counter[str] = Counter({"things without an IRI": len(self.nameless)} if self.nameless else {})
        for subject, said in self.said.items():
            if subject not in self.held:
                left[self._class_of(subject)] += 1
                continue
            for predicate, terms in said.items():
                if (subject, predicate) not in self.taken:
                    left[f"{predicate} of {self._class_of(subject)}"] += len(terms)
        return left

    def _class_of(self, subject: str) -> str:
        classes = sorted(
            shorten(term.value)
            for term in self.said[subject].get(_TYPE, ())
            if isinstance(term, ox.NamedNode)
        )
        own = [name for name in classes if name.startswith("rg:")]
        return next(iter(own or classes), "things of no class")


def _order(term: Term) -> tuple[int, str, str]:
    language = term.language if isinstance(term, ox.Literal) else None
    return ({None: 0, "en": 1}.get(language, 2), language or "", str(term))
