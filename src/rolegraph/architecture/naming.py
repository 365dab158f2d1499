"""What things are called: from names and ids to IRIs, and from what a cell says to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import quote

from rolegraph.architecture.cells import Unfit
from rolegraph.architecture.problems import quoted
from rolegraph.names import BASE, expand, fold, shorten, slug

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Space:
    """Where the things of one data set have their IRIs: `name` tells them from those of other companies."""

    name: str
    base: str = ""

    def prefix(self, kind: str) -> str:
        """Give what the IRIs of a kind of thing begin with.

        >>> Space("acme").prefix("role"), Space("acme", "https://acme.example/jobs/").prefix("role")
        ('https://w3id.org/rolegraph/role/acme/', 'https://acme.example/jobs/role/')
        """
        return f"{self.base}{kind}/" if self.base else f"{BASE}{kind}/{quote(self.name, safe='')}/"

    def iri(self, kind: str, name: str, given: str = "") -> str:
        """Give the IRI of a thing, by the id that it was given, else by its name.

        >>> Space("acme").iri("role", "Product Manager")
        'https://w3id.org/rolegraph/role/acme/product-manager'
        >>> Space("acme").iri("role", "Product Manager", "role:product-manager")
        'https://w3id.org/rolegraph/role/product-manager'
        """
        if given:
            return expand(given) or self.prefix(kind) + quote(given, safe="")
        return self.prefix(kind) + quote(fold(name).replace(" ", "-") or name, safe="")


def space_of(name: str, base: str = "") -> Space:
    """Give the space of a data set of this name."""
    return Space(slug(name), base)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that rows name: its IRI, name, id and aliases, and where it is defined."""

    iri: str
    name: str
    given: str = ""
    aliases: tuple[str, ...] = ()
    place: str = ""
    line: int | None = None


@dataclass
class Names:
    """The things of one kind, by all that they go by."""

    what: str
    things: dict[str, Thing] = field(default_factory=dict)
    by_id: dict[str, Thing] = field(default_factory=dict)
    by_name: dict[str, list[Thing]] = field(default_factory=dict)
    by_alias: dict[str, list[Thing]] = field(default_factory=dict)

    def add(self, thing: Thing) -> None:
        """Take in a thing, unless there is one of its IRI."""
        if thing.iri in self.things:
            return
        self.things[thing.iri] = thing
        self.by_id.setdefault(shorten(thing.iri), thing)
        if thing.given:
            self.by_id[thing.given] = thing
        self.by_name.setdefault(fold(thing.name), []).append(thing)
        for alias in {fold(alias) for alias in thing.aliases}:
            self.by_alias.setdefault(alias, []).append(thing)

    def find(self, text: str) -> list[Thing]:
        """Give the things that a cell may mean: by id or IRI, else by name, else by alias."""
        iri = expand(text)
        by_id = self.by_id.get(text) or (self.by_id.get(shorten(iri)) if iri else None)
        if by_id is not None:
            return [by_id]
        return self.by_name.get(fold(text)) or self.by_alias.get(fold(text)) or []


def one_of(kinds: Iterable[Names], text: str) -> Thing:
    """Give the one thing that a cell means; a kind that comes first is looked into first.

    Raises Unfit, with the nearest names.
    """
    kinds = list(kinds)
    for names in kinds:
        found = names.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(thing.given or shorten(thing.iri) for thing in found[:5])
            message = f"{quoted(text)} names {len(found)} {names.what}s; write the id of one: {ids}"
            raise Unfit(message)
    known = {fold(thing.name): thing.name for names in kinds for thing in names.things.values()}
    near = [known[name] for name in get_close_matches(fold(text), known, 3, 0.7)]
    hint = f"is {' or '.join(map(quoted, near))} meant?" if near else ""
    hint = hint or f"add it to {'s.csv or '.join(names.what for names in kinds)}s.csv, or correct the name"
    if not known:
        hint = f"there is no {kinds[0].what}s.csv that says what it is"
    message = f"there is no {' or '.join(names.what for names in kinds)} {quoted(text)}; {hint}"
    raise Unfit(message)


def reference_to(thing: Thing, kinds: Iterable[Names]) -> str:
    """Give the shortest text by which a cell means this thing: its name, else its id, else its IRI."""
    for text in (thing.name, thing.given, shorten(thing.iri)):
        try:
            if text and one_of(kinds, " ".join(text.split())) is thing:
                return text
        except Unfit:
            continue
    return thing.iri
