"""What a document says in the terms of schema.org, kept as it is beside the claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg.ledger import web_address
from rolegraph.importers.schemaorg.nodes import SCHEMA, Node
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.importers.schemaorg.nodes import Value

#: Properties whose values are addresses, also where a page writes them as text.
_ADDRESSES = frozenset(
    {
        "url",
        "sameAs",
        "additionalType",
        "mainEntityOfPage",
        "image",
        "logo",
        "license",
        "inDefinedTermSet",
        "inCodeSet",
    }
)

#: Nodes of rolegraph's own are described by their claims and not by foreign pages.
_OWN = re.compile(rf"{re.escape(BASE)}(?:[^/]*$|claim/|graph/|source/)")


def kept_lines(nodes: list[Node]) -> Iterator[str]:
    """Give the statements of schema.org about the nodes: their types and their values."""
    for node in nodes:
        if _OWN.match(node.iri):
            continue
        for kind in node.types:
            if term := _term(kind):
                yield nt.statement(node.label, nt.A, term)
        for name, values in node.values.items():
            if ":" not in name and (term := _term(name)):
                for value in values:
                    yield nt.statement(node.label, term, _object(name, value))


def _term(name: str) -> str:
    try:
        return nt.iri(f"{SCHEMA}{name}")
    except ValueError:
        return ""


def _object(name: str, value: Value) -> str:
    if isinstance(value, Node):
        return value.label
    if name in _ADDRESSES and (address := web_address(value.value)):
        return nt.iri(address)
    if value.datatype:
        return f"{nt.text(value.value)}^^<{value.datatype}>"
    return nt.text(value.value, value.language)
