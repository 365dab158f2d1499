"""N-Triples as text: the quickest way from the rows of a table to an engine.

Terms are strings, as N-Triples writes them; `statement` and `about` join them to lines.
https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from rolegraph.names import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What may not stand in an IRI.
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

#: What a literal must escape, the backslash first.
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))

XSD = PREFIXES["xsd"]

A = f"<{PREFIXES['rdf']}type>"


def named(short: str) -> str:
    """Write a short name (`rg:Move`, `skos:prefLabel`) as an IRI.

    >>> named("skos:prefLabel")
    '<http://www.w3.org/2004/02/skos/core#prefLabel>'
    """
    prefix, _, local = short.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def iri(text: str) -> str:
    """Write an IRI.

    Raises ValueError when it holds a character that no IRI has, or names no scheme.

    >>> iri("http://data.europa.eu/esco/isco/C1")
    '<http://data.europa.eu/esco/isco/C1>'
    """
    if _NO_IRI.search(text) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        message = f"{text[:80]!r} is no IRI"
        raise ValueError(message)
    return f"<{text}>"


def minted(folder: str, *parts: str) -> str:
    """Write an IRI of rolegraph's own: the folder, then the parts; all but letters, digits, -._~ is escaped.

    Parts that differ give IRIs that differ.

    >>> minted("skill", "onet", "C++")
    '<https://w3id.org/rolegraph/skill/onet/C%2B%2B>'
    """
    return f"<{BASE}{folder}/{'/'.join(quote(part, safe='') for part in parts)}>"


def text(value: str, language: str = "") -> str:
    r"""Write a string, with the tag of its language where it has one.

    >>> text('a "b"', "en")
    '"a \\"b\\""@en'
    """
    tag = f"@{language}" if language else ""
    return f'"{_escaped(value)}"{tag}'


def typed(value: str, datatype: str) -> str:
    """Write a literal of an XML Schema datatype, such as "decimal"; the value is taken as it is.

    >>> typed("4.12", "decimal")
    '"4.12"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return f'"{_escaped(value)}"^^<{XSD}{datatype}>'


def _escaped(value: str) -> str:
    if value.isprintable() and '"' not in value and "\\" not in value:
        return value  # as most are: line ends and other control characters do not count as printable
    for character, escape in _ESCAPES:
        # Several times as quick as str.translate.
        value = value.replace(character, escape)
    return value


def statement(subject: str, predicate: str, value: str) -> str:
    """Write one statement as a line."""
    return f"{subject} {predicate} {value} .\n"


def about(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Write a line for each pair of predicate and object; a pair with an empty object is left out."""
    return "".join(f"{subject} {predicate} {value} .\n" for predicate, value in pairs if value)
