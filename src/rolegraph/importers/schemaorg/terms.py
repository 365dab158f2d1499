"""What a value is called, and how strongly it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg.nodes import Node
from rolegraph.importers.schemaorg.words import plain
from rolegraph.names import BASE

if TYPE_CHECKING:
    from rolegraph.importers.schemaorg.nodes import Value

#: Properties that a thing can be called by, the best first.
_NAMES = ("name", "title", "legalName", "description", "credentialCategory", "educationalLevel", "termCode")

_NECESSITIES = frozenset({"Essential", "Optional", "Minimum", "Preferred", "Typical"})


def name_of(value: Value, *, depth: int = 2) -> str:
    """Give what a value is called: its words, or the best name of a node; empty when it has none."""
    if not isinstance(value, Node):
        return plain(value.value)
    for name in _NAMES:
        for inner in value.all(name)[:1]:
            if isinstance(inner, Node) and not depth:
                continue
            found = name_of(inner, depth=depth - 1)
            if found:
                return found
    return ""


def necessity(said: Node | None) -> str:
    """Give the necessity that a node states in rolegraph's own terms (rg:necessity); empty for none."""
    for node in said.nodes("rg:necessity") if said else ():
        local = node.iri.removeprefix(BASE)
        if local in _NECESSITIES:
            return nt.named(f"rg:{local}")
    return ""
