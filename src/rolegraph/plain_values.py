"""RDF terms as the Python values that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    Plain = str | int | float | bool | None

_XSD = PREFIXES["xsd"]

_WHOLE = (
    *("integer", "int", "long", "short", "byte"),
    *("positiveInteger", "nonNegativeInteger", "negativeInteger", "nonPositiveInteger"),
    *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)

#: XML Schema datatype -> what reads its values.
_READERS: dict[str, Callable[[str], Plain]] = {
    **{f"{_XSD}{name}": int for name in _WHOLE},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
    f"{_XSD}boolean": lambda text: text in {"true", "1"},
}


def plain_value(term: Term | None) -> Plain:
    """Give an IRI as str, a literal as the value it stands for, a blank node as `_:label`, nothing as None.

    >>> plain_value(ox.Literal(403000))
    403000
    >>> plain_value(
    ...     ox.Literal("2025-11", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth"))
    ... )
    '2025-11'
    """
    if isinstance(term, ox.NamedNode):
        return term.value
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    try:
        return _READERS.get(term.datatype.value, str)(term.value)
    except ValueError:  # an ill-typed literal such as "ten"^^xsd:integer stays what it says
        return term.value
