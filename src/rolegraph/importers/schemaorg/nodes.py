"""JSON-LD to nodes with values, by pyoxigraph; contexts are answered here, and nothing is ever fetched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.errors import SourceError
from rolegraph.file_mistakes import half_in
from rolegraph.names import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolegraph.importers.reports import Report
    from rolegraph.importers.schemaorg.pages import Document

SCHEMA = PREFIXES["schema"]

#: The names that the context of schema.org goes by.
_KNOWN = re.compile(r"https?://(?:www\.)?schema\.org(?:/(?:docs/jsonldcontext\.json(?:ld)?)?)?[?#]?")

#: What stands in for it: every plain term is one of schema.org. Addresses stay text until they are looked at.
_CONTEXT = {"@vocab": SCHEMA, "schema": SCHEMA, "type": "@type", "id": "@id"}

#: What no IRI holds.
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

#: Schemes of identifiers; the others, such as that of scripts, stay text.
_SCHEMES = re.compile(r"(?:https?|urn|info|tag|doi|did|mailto|file):", re.IGNORECASE)

_RDF = PREFIXES["rdf"]


@dataclass(frozen=True)
class Text:
    """A literal: its words, and the tag of its language or its datatype, where it has one."""

    value: str
    language: str = ""
    datatype: str = ""


@dataclass(eq=False)
class Node:
    """A thing that a document speaks of, with its values by property, in the order of the document.

    Properties of schema.org go by their plain names ("name"), rolegraph's own with "rg:". label is the node
    as N-Triples writes it; iri is empty for a node without one.
    """

    label: str
    iri: str = ""
    types: list[str] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)

    def all(self, *names: str) -> list[Value]:
        """Give the values of these properties."""
        return [value for name in names for value in self.values.get(name, ())]

    def nodes(self, *names: str) -> list[Node]:
        """Give those values of these properties that are nodes."""
        return [value for value in self.all(*names) if isinstance(value, Node)]

    def text(self, *names: str) -> str:
        """Give the first value of the first of these properties that has one as text: trimmed, or empty."""
        texts = (value.value.strip() for value in self.all(*names) if isinstance(value, Text))
        return next(filter(None, texts), "")


Value = Node | Text


def nodes_of(document: Document, number: int, report: Report) -> list[Node]:
    """Give the nodes of a document, in its order. Blank ones are numbered within the document `number`.

    Raises SourceError for a remote context that is not schema.org's, and for what is no JSON-LD.
    """
    items: list[Any] = []
    for item in document.content:
        items += item if isinstance(item, list) else [item]
    local = [_localised(_with_context(item, document, report), document, report) for item in items]
    base = f"{BASE}source/schemaorg/"
    content = json.dumps(local).encode()
    try:
        quads = list(ox.parse(content, format=ox.RdfFormat.JSON_LD, base_iri=base))
    except (SyntaxError, ValueError) as error:
        reason = re.sub(r"^Parser error[^:]*: ", "", str(error.args[0]) if error.args else str(error))
        half = half_in(content, reason)
        raise SourceError(document.place, half[1] if half else f"is no JSON-LD: {reason}") from error
    return _built(quads, number, base)


def _with_context(item: Any, document: Document, report: Report) -> Any:
    if not isinstance(item, dict) or "@context" in item or item.keys().isdisjoint({"@type", "@graph"}):
        return item
    report.note("objects that name no context, taken for schema.org", document.place)
    return {"@context": "https://schema.org", **item}


def _localised(value: Any, document: Document, report: Report) -> Any:
    """Put the local context in the place of schema.org's, and leave out identifiers that are none."""
    if isinstance(value, list):
        return [_localised(item, document, report) for item in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "@context":
            made[key] = _context(inner, document, report)
        elif key in {"@type", "type"} and "@value" not in value:
            types = [item for item in (inner if isinstance(inner, list) else [inner]) if _is_term(item)]
            made |= {key: types} if types else {}
        elif key in {"@id", "id"} and not _is_term(inner):
            report.note("identifiers that are no IRI, left out", f"{str(inner)[:60]!r} in {document.place}")
        else:
            made[key] = _localised(inner, document, report)
    return made


def _is_term(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not _NO_IRI.search(value)


def _context(context: Any, document: Document, report: Report) -> Any:
    if isinstance(context, str):
        if _KNOWN.fullmatch(context.strip()):
            return _CONTEXT
        reason = (
            f"names the remote context {context[:200]!r}. No context is fetched, and only that of schema.org"
            " is known without: put the terms of this one into the file"
        )
        raise SourceError(document.place, reason)
    if isinstance(context, list):
        return [_context(item, document, report) for item in context]
    if not isinstance(context, dict):
        return context
    imported = context.get("@import")
    known = {} if imported is None else {**_context(imported, document, report)}
    own = {key: value for key, value in context.items() if key not in {"@import", "@version"}}
    return known | {
        key: {
            inner: _context(term, document, report) if inner == "@context" else term
            for inner, term in value.items()
        }
        if isinstance(value, dict)
        else value
        for key, value in own.items()
    }


def _built(quads: Iterable[ox.Quad], number: int, base: str) -> list[Node]:
    known: dict[str, Node] = {}

    def node(term: Any) -> Node:
        key = str(term)
        if key not in known:
            blank = isinstance(term, ox.BlankNode)
            named = not blank and _SCHEMES.match(term.value) and not term.value.startswith(base)
            iri = _https(term.value) if named else ""
            # A relative address means something on its page only: here it holds a document together.
            label = f"<{iri}>" if iri else f"_:d{number}n{len(known)}"
            known[key] = Node(label, iri)
        return known[key]

    quads = list(quads)
    described = {str(quad.subject) for quad in quads}
    for quad in quads:
        subject, predicate = node(quad.subject), _https(quad.predicate.value)
        if predicate == f"{_RDF}type":
            kind = _https(str(getattr(quad.object, "value", "")))
            if kind.startswith(SCHEMA):
                subject.types.append(kind.removeprefix(SCHEMA))
            continue
        name = _property(predicate)
        if name:
            subject.values.setdefault(name, []).append(_value(quad.object, node, described))
    for one in known.values():
        one.values = {name: list(_flat(values)) for name, values in one.values.items()}
    return list(known.values())


def _https(iri: str) -> str:
    return f"https{iri[4:]}" if iri.startswith("http://schema.org/") else iri


def _property(iri: str) -> str:
    for namespace, prefix in ((SCHEMA, ""), (BASE, "rg:"), (_RDF, "rdf:")):
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return ""


def _value(term: Any, node: Any, described: set[str]) -> Value:
    if isinstance(term, ox.Literal):
        plain = term.datatype.value in {f"{PREFIXES['xsd']}string", f"{_RDF}langString"}
        return Text(term.value, term.language or "", "" if plain else term.datatype.value)
    if isinstance(term, ox.NamedNode) and not _SCHEMES.match(term.value) and str(term) not in described:
        return Text(term.value)
    found: Node = node(term)
    return found


def _flat(values: Iterable[Value]) -> Iterator[Value]:
    """Give the values with RDF lists laid open."""
    for value in values:
        seen: set[str] = set()
        place: Value | None = value
        if not isinstance(value, Node) or "rdf:first" not in value.values:
            if not (isinstance(value, Node) and value.iri == f"{_RDF}nil"):
                yield value
            continue
        while isinstance(place, Node) and "rdf:first" in place.values and place.label not in seen:
            seen.add(place.label)
            yield from place.values["rdf:first"][:1]
            place = next(iter(place.values.get("rdf:rest", ())), None)
