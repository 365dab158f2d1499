"""RDF terms to Python values, and what people give for a query's parameter to RDF terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import ParameterError, UnknownName
from rolegraph.names import FOLDERS, PREFIXES, ROLE_KINDS, expand, slug

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.queries import Parameter

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    Plain = str | int | float | bool | None

_XSD = PREFIXES["xsd"]

#: XML Schema datatype -> what reads its values.
_READERS: dict[str, Callable[[str], Plain]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte"), int),
    **dict.fromkeys(
        (f"{sign}Integer" for sign in ("positive", "nonNegative", "negative", "nonPositive")), int
    ),
    **dict.fromkeys(("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: text in {"true", "1"},
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
        return _READERS.get(term.datatype.value.removeprefix(_XSD), str)(term.value)
    except ValueError:  # an ill-typed literal such as "ten"^^xsd:integer stays what it says
        return term.value


def to_terms(
    value: object, parameter: Parameter, resolve: Callable[[str, frozenset[str]], str]
) -> tuple[ox.NamedNode | ox.Literal, ...]:
    """Give the terms that a value (or a list of them) means as this parameter.

    Where the default is an IRI, names and short names stand for IRIs; where it is a number, the value must
    be one.

    Raises UnknownName or AmbiguousName for names, ParameterError for what is no number.
    """
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(_to_term(item, parameter, resolve) for item in values)


def _to_term(
    value: object, parameter: Parameter, resolve: Callable[[str, frozenset[str]], str]
) -> ox.NamedNode | ox.Literal:
    if isinstance(value, (ox.NamedNode, ox.Literal)):
        return value
    if parameter.is_iri:
        return _named_node(_iri(str(value), parameter, resolve))
    default = parameter.default.strip()
    if default[:1] in "\"'":
        language = default.rpartition("@")[2] if default[-1] not in "\"'" and "@" in default else None
        return ox.Literal(str(value), language=language)
    if default in {"true", "false"}:
        if str(value).lower() not in {"true", "false"}:
            message = f"Parameter {parameter.name!r} needs true or false, and {value!r} is neither."
            raise ParameterError(message)
        return ox.Literal(str(value).lower() == "true")
    number = str(value).strip()
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", number, re.ASCII):
        message = f"Parameter {parameter.name!r} needs a number such as {default}, and {value!r} is none."
        raise ParameterError(message)
    kind = "double" if "e" in number.lower() else "decimal" if "." in number else "integer"
    return ox.Literal(number, datatype=ox.NamedNode(f"{_XSD}{kind}"))


def _named_node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        message = f"{iri!r} is no IRI: {error}."
        raise ParameterError(message) from None


def _iri(text: str, parameter: Parameter, resolve: Callable[[str, frozenset[str]], str]) -> str:
    prefix = parameter.default.strip().partition(":")[0]
    kinds = frozenset().union(*_KINDS.values()) if parameter.takes_anything else _KINDS.get(prefix)
    if kinds:
        try:
            return resolve(text, kinds)
        except UnknownName:
            # An IRI that the graph does not know is a fair question, and has no rows.
            if (iri := expand(text)) is not None:
                return iri
            raise
    return expand(text) or f"{PREFIXES[prefix]}{slug(text)}" if prefix in FOLDERS else _checked(text)


def _checked(text: str) -> str:
    iri = expand(text)
    if iri is None:
        message = f"{text!r} is neither an IRI nor a short name such as role:product-manager."
        raise ParameterError(message)
    return iri


#: Prefix of a parameter's default -> kinds of things that its values name.
_KINDS: dict[str, frozenset[str]] = {
    "role": ROLE_KINDS,
    "group": ROLE_KINDS,
    "org": frozenset({"organization"}),
    **{
        kind: frozenset({kind})
        for kind in ("skill", "duty", "value", "degree", "subject", "certification", "training")
    },
}
