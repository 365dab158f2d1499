"""Reads what a profile in Turtle says: one rg:Profile with rg:currentRole, rg:hasSkill and so on."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import SourceError
from rolegraph.names import PREFIXES, shorten
from rolegraph.profiles.drafts import Draft, quoted, refuse
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    Node = ox.NamedNode | ox.BlankNode | ox.Triple
    Term = Node | ox.Literal

_RG = PREFIXES["rg"]
_PROFILE = ox.NamedNode(f"{_RG}Profile")
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

#: Property of the profile -> field of the draft.
PROPERTIES = {
    "rg:currentRole": "role",
    "rg:hasSkill": "skills",
    "rg:hasCredential": "credentials",
    "rg:yearsOfExperience": "years",
    "rg:currentPay": "pay",
}

#: Property of the pay -> field of the draft.
PAY_PROPERTIES = {
    "rg:amount": "amount",
    "rg:currency": "currency",
    "schema:unitText": "per",
    "rg:statistic": "statistic",
    "rg:area": "area",
}

#: What the file calls each field.
NAMES = {name: prop for prop, name in {**PROPERTIES, **PAY_PROPERTIES}.items()}

#: Fields that may have several values.
_MANY = frozenset({"skills", "credentials"})


def draft_of_turtle(text: str, file: str) -> Draft:
    """Give what a Turtle text says of a person: of the one thing in it that is a rg:Profile.

    Raises ProfileError when it is no Turtle, or holds no profile or several.
    """
    store = LocalStore()
    try:
        store.load_text(text, file)
    except SourceError as error:
        refuse(file, error.reason, error.line, error.column)
    places = Places(text)
    subjects = sorted(
        (quad.subject for quad in store.engine.quads_for_pattern(None, _TYPE, _PROFILE)), key=str
    )
    if not subjects:
        refuse(file, "nothing in it is a rg:Profile; begin with `<#me> a rg:Profile`")
    if len(subjects) > 1:
        refuse(file, f"{len(subjects)} things in it are a rg:Profile; a file holds one")
    draft = Draft(file, NAMES)
    pay = _collect(draft, store, subjects[0], PROPERTIES, places)
    if pay is not None:
        draft.pay_line = places.line(f"{_RG}currentPay")
        _collect(draft, store, pay, PAY_PROPERTIES, places)
    return draft


def _collect(
    draft: Draft, store: LocalStore, subject: Node, known: Mapping[str, str], places: Places
) -> Node | None:
    """Add what is said of a subject to the draft; give the node of its pay."""
    found: dict[str, list[Term]] = {}
    for quad in sorted(store.engine.quads_for_pattern(subject, None, None), key=str):
        found.setdefault(quad.predicate.value, []).append(quad.object)
    pay = None
    for predicate, values in found.items():
        name = known.get(shorten(predicate))
        if name is None:
            if predicate.startswith(_RG):  # what other vocabularies say of the person is not ours to judge
                draft.wrong(places.line(predicate), _unknown(shorten(predicate), known))
        elif name not in _MANY and len(values) > 1:
            draft.wrong(
                places.line(predicate), f"{shorten(predicate)}: expected one value and found {len(values)}"
            )
        elif name == "pay":
            pay = _node(draft, values[0], places)
        else:
            _add(draft, name, predicate, values, places)
    return pay


def _add(draft: Draft, name: str, predicate: str, values: list[Term], places: Places) -> None:
    for value in values:
        text = "" if isinstance(value, (ox.BlankNode, ox.Triple)) else value.value
        line = places.line(predicate, text)
        if text.strip():
            draft.say(name, text, line)
        else:
            found = "an empty text" if isinstance(value, ox.Literal) else "a node without a name"
            draft.wrong(line, f"{shorten(predicate)}: expected a name or an IRI and found {found}")


def _node(draft: Draft, value: Term, places: Places) -> Node | None:
    if isinstance(value, (ox.NamedNode, ox.BlankNode)):
        return value
    line = places.line(f"{_RG}currentPay")
    expected = " ; ".join(PAY_PROPERTIES)
    draft.wrong(line, f"rg:currentPay: expected a node, [ a rg:Pay ; {expected} ], and found a text")
    return None


def _unknown(prop: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(prop, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return f"there is no property {quoted(prop)} of this. {hint}"


_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    | (?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3})
    | (?P<short>"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<name>[^\W\d]?[\w.-]*:(?:[\w:%-]|\.(?=[\w:.%-])|\\.)*)
    | (?P<number>[+-]?(?:\d*\.\d+|\d+)(?:[eE][+-]?\d+)?)
    | (?P<end>[;.\]])""",
    re.VERBOSE | re.DOTALL,
)

_PREFIX = re.compile(r"(?i)@?\bprefix\s+([\w.-]*):\s*<([^<>\s]*)>")

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)

_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Places:
    """Finds the lines of a Turtle text on which properties and their values stand."""

    def __init__(self, text: str) -> None:
        self._prefixes: dict[str, str] = dict(_PREFIX.findall(text))
        breaks = [match.start() for match in re.finditer("\n", text)]
        self._tokens = [
            (match.lastgroup, self._meaning(match), bisect_right(breaks, match.start()) + 1)
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "comment"
        ]
        self._found: dict[str, dict[str | None, int]] = {}

    def line(self, predicate: str, value: str | None = None) -> int | None:
        """Give the line of a property's value; else that of the property; None where neither is found."""
        if predicate not in self._found:
            self._found[predicate] = self._lines(predicate)
        lines = self._found[predicate]
        return lines.get(value, lines.get(None))

    def _lines(self, predicate: str) -> dict[str | None, int]:
        """Give the first line of each value of a property, and that of the property itself under None."""
        lines: dict[str | None, int] = {}
        begun = False
        for kind, meaning, line in self._tokens:
            if begun:
                lines.setdefault(meaning, line)
            if kind in {"iri", "name"} and meaning == predicate:
                lines.setdefault(None, line)
                begun = True
            elif kind == "end":
                begun = False
        return lines

    def _meaning(self, match: re.Match[str]) -> str:
        kind, text = match.lastgroup, match[0]
        if kind == "name":
            prefix, _, local = text.partition(":")
            return self._prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        if kind in {"long", "short", "iri"}:
            edge = 3 if kind == "long" else 1
            return _ESCAPE.sub(_character, text[edge:-edge])
        return text


def _character(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else _LETTERS.get(match[3], match[3])
