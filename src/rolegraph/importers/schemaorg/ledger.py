"""The book that an import keeps: the things named so far, and the lines of claims with their sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg.words import date, plain
from rolegraph.names import BASE, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.importers.reports import Report
    from rolegraph.importers.schemaorg.nodes import Node
    from rolegraph.importers.schemaorg.pages import Document

    Pairs = Iterable[tuple[str, str]]

#: Kind of thing -> its class, and its folder under rolegraph's IRIs.
_KINDS = {
    "role": ("rg:Role", "role"),
    "skill": ("rg:Skill", "skill"),
    "duty": ("rg:Duty", "duty"),
    "degree": ("rg:Degree", "degree"),
    "subject": ("rg:Subject", "subject"),
    "certification": ("rg:Certification", "certification"),
    "training": ("rg:Training", "training"),
    "occupation": ("rg:Occupation", "occupation"),
    "organization": ("rg:Organization", "org"),
    "area": ("rg:Area", "area"),
    "source": ("rg:Source", "source"),
    "section": ("rg:Section", "source"),
}

PREF_LABEL, ALT_LABEL = nt.named("skos:prefLabel"), nt.named("skos:altLabel")
SOURCE, STATED_IN, QUALIFIER = nt.named("dcterms:source"), nt.named("rg:statedIn"), nt.named("rg:qualifier")
_STATED = (nt.named("rg:evidence"), nt.named("rg:Stated"))

#: Properties that lead from what a page says to what it has it from.
_CITING = ("subjectOf", "citation", "isBasedOn")


@dataclass
class Settings:
    """What the caller knows and pages do not say: publisher, day of access, area of pay; and what is kept."""

    publisher: str = ""
    accessed: str = ""
    area: str = ""
    keep: bool = True


@dataclass
class Ledger:
    """Collects lines of N-Triples. Things are written once, however often they are named.

    source, section, publisher and language are those of the document at hand.
    """

    report: Report
    settings: Settings
    out: list[str] = field(default_factory=list)
    source: str = ""
    section: str = ""
    publisher: str = ""
    language: str = ""
    document: str = ""
    dates: tuple[str, str] | None = None
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)
    _typed: set[tuple[str, str]] = field(default_factory=set)
    _claims: set[tuple[str, ...]] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    # -- documents --

    def open(self, document: Document, page: str, publisher: str, dated: str) -> None:
        """Begin a document: name it as a source with its publisher, date and address, and its section."""
        self.document, self.language = document.name, _tag(document.language)
        named = publisher or self.settings.publisher or (urlsplit(page).hostname or "")
        if not named:
            self.report.note("documents that name no publisher", document.name)
        self.publisher = self.thing("organization", named or "publisher not named")
        self.dates = date(dated)
        iri = nt.minted("source", "schemaorg", document.name)
        self.source = self.thing("source", document.title or page or document.name, iri)
        self.write(self.source, _about_source(self.publisher, page, self.dates, self.settings.accessed))
        place = nt.minted("source", "schemaorg", document.name, "section")
        self.section = self.thing("section", document.section, place)
        self.write(self.section, [(nt.named("dcterms:isPartOf"), self.source)])

    def write(self, subject: str, pairs: Pairs) -> None:
        """Write statements about a subject."""
        self.out.append(nt.about(subject, pairs))

    def flush(self) -> list[str]:
        """Give the lines so far, and begin anew."""
        out, self.out = self.out, []
        return out

    # -- things --

    def thing(self, kind: str, name: str, iri: str = "", *, language: str = "") -> str:
        """Name a thing and give its IRI: the one given, or one made from its kind and name.

        Names that differ in case and hyphens alone are one. A further name of a thing in a language is an
        alias of it.
        """
        of_class, folder = _KINDS[kind]
        iri = iri or nt.minted(folder, "schemaorg", fold(name) or "unnamed")
        if (iri, kind) not in self._typed:
            self._typed.add((iri, kind))
            self.out.append(nt.statement(iri, nt.A, nt.named(of_class)))
            if kind not in {"source", "section", "area"}:
                self.report.made("duties" if kind == "duty" else f"{kind}s")
        own = kind in {"source", "section", "organization", "area"}
        language = "" if own else _tag(language) or self.language
        known = self._labels.setdefault((iri, language), name)
        if known == name:
            self.out.append(nt.statement(iri, PREF_LABEL, nt.text(name, language)))
        else:
            self.alias(iri, name, language)
        if not own:
            self.write(iri, [(STATED_IN, self.section), (SOURCE, self.source)])
        return iri

    def alias(self, iri: str, name: str, language: str = "") -> None:
        """Give a thing another name."""
        self.out.append(nt.statement(iri, ALT_LABEL, nt.text(name, _tag(language) or self.language)))

    def words(self, text: str) -> str:
        """Write words in the language of the document."""
        return nt.text(text, self.language)

    # -- claims --

    def claim(self, kind: str, pairs: Pairs, said: Node | None = None) -> None:
        """Make a claim of a class such as "rg:Pay", once a document.

        said: the node that says it; its own citations, if it has any, are the claim's sources.
        """
        stated = [pair for pair in pairs if pair[1]]
        key = (self.document, kind, *(part for pair in stated for part in pair))
        if key in self._claims:
            return
        self._claims.add(key)
        place = f"{self.document} {kind}"
        self._numbers[place] = self._numbers.get(place, 0) + 1
        local = kind.partition(":")[2]
        iri = nt.minted("claim", "schemaorg", self.document, f"{local}-{self._numbers[place]}")
        sources = self.cited(said) if said else []
        self.write(iri, [(nt.A, nt.named(kind)), *stated, _STATED, (STATED_IN, self.section)])
        self.write(iri, [(SOURCE, source) for source in sources or [self.source]])
        self.report.made(f"claims: {local}")

    def statement(self, about: str, text: str, said: Node | None = None) -> None:
        """Keep in words what no more exact claim holds."""
        pairs = [(nt.named("rg:about"), about), (nt.named("rg:text"), self.words(text))]
        self.claim("rg:Statement", pairs, said)

    def cited(self, said: Node) -> list[str]:
        """Name the sources that a node cites."""
        return [self._cited(node, node.text("name")) for node in said.nodes(*_CITING) if node.text("name")]

    def _cited(self, node: Node, name: str) -> str:
        publishers = [item for item in node.nodes("publisher") if item.text("name")]
        publisher = self.publisher
        for item in publishers[:1]:
            publisher = self.thing("organization", plain(item.text("name")), item.iri and item.label)
        source = self.thing("source", plain(name), node.iri and node.label)
        dated = date(node.text("datePublished", "dateModified", "dateCreated"))
        self.write(source, _about_source(publisher, address(node), dated, node.text("rg:accessed")))
        return source


def _about_source(publisher: str, page: str, dated: tuple[str, str] | None, accessed: str) -> Pairs:
    pairs = [(nt.named("dcterms:publisher"), publisher)]
    if page:
        pairs.append((nt.named("schema:url"), nt.iri(page)))
    if dated:
        pairs.append((nt.named("dcterms:date"), nt.typed(*dated)))
    if read := date(accessed):
        pairs.append((nt.named("rg:accessed"), nt.typed(*read)))
    if not dated and not read:
        pairs.append((nt.named("rg:dateNote"), nt.text("No date is given.", "en")))
    return pairs


def address(node: Node) -> str:
    """Give the address of the page of a node; empty when it gives none that a browser would open."""
    for value in node.all("url"):
        found = web_address(getattr(value, "iri", "") or getattr(value, "value", ""))
        if found:
            return found
    return ""


def identity(node: Node, kind: str) -> str:
    """Give the IRI of a thing, written as N-Triples writes it; empty where the document gives none.

    It is the node's own; else an address that it has in a scheme of such things: ESCO's or rolegraph's own.
    """
    folder = f"{BASE}{_KINDS[kind][1]}/"
    if node.iri and (node.iri.startswith(folder) or not node.iri.startswith(BASE)):
        return node.label
    for value in node.all("url", "sameAs"):
        text = getattr(value, "iri", "") or getattr(value, "value", "")
        if text.startswith((folder, f"http://data.europa.eu/esco/{kind}/")) and text != folder:
            try:
                return nt.iri(text)
            except ValueError:
                continue
    return ""


def web_address(text: str) -> str:
    """Give an address of the web as it is; empty for all else, such as a script in the guise of one."""
    text = text.strip()
    try:
        nt.iri(text)
        sound = urlsplit(text).scheme.lower() in {"http", "https"} and bool(urlsplit(text).hostname)
    except ValueError:
        return ""
    return text if sound and not text.startswith(f"{BASE}source/schemaorg/") else ""


def _tag(language: str) -> str:
    """Give a language tag that RDF can hold; empty for none."""
    tag = language.lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", tag) else ""
