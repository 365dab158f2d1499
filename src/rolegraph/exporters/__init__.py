"""A graph to a file: RDF, graphs for other programs, tables. Equal data gives equal bytes.

FORMATS is the one list of what can be written, by the names that people use; `ENDINGS` says which ending of
a file's name stands for which.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError, ParameterError
from rolegraph.exporters.rdf import serialize, write_rdf
from rolegraph.files import write_whole, writing_whole
from rolegraph.labels import KINDS
from rolegraph.stores import FORMATS as RDF_ENDINGS
from rolegraph.stores import LocalStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.exporters.flat import Flat

__all__ = ["ENDINGS", "FORMATS", "NETWORKS", "export", "serialize"]

#: Formats of a network, by name -> the module and the function that write them.
NETWORKS = {
    "graphml": ("xml", "write_graphml"),
    "gexf": ("xml", "write_gexf"),
    "cytoscape": ("json", "write_cytoscape"),
    "node-link": ("json", "write_node_link"),
    "csv": ("csv", "write_csv"),
}

#: Formats of RDF, by name -> the ending that stands for them among those that are read.
_RDF = {
    "turtle": ".ttl",
    "n-triples": ".nt",
    "n-quads": ".nq",
    "trig": ".trig",
    "rdf-xml": ".rdf",
    "json-ld": ".jsonld",
}

#: Roles in the terms of schema.org; no ending stands for it alone.
SCHEMAORG = "schema.org"

#: All that can be written, by name.
FORMATS = (*_RDF, SCHEMAORG, "store", *NETWORKS)

#: Ending of a file's name -> the format that it stands for; the longest that fits counts.
ENDINGS = {
    ending: next(name for name, other in _RDF.items() if RDF_ENDINGS[other] == rdf_format)
    for ending, rdf_format in RDF_ENDINGS.items()
} | {
    ".store": "store",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".node-link.json": "node-link",
    ".zip": "csv",
}


def export(
    store: LocalStore,
    target: str | Path,
    as_: str | None = None,
    *,
    moves_only: bool = False,
    kinds: Sequence[str] = (),
) -> Path:
    """Write a graph to a file, in the format of its ending (`ENDINGS`), or in the one named by `as_`.

    RDF (turtle, n-triples, n-quads, trig, rdf-xml, json-ld) has every statement but the definitions of
    rolegraph's own terms; formats without named graphs hold the union of all graphs. "store" makes an
    on-disk store. "schema.org" writes the roles, and what is known of them, as JSON-LD in the terms of
    schema.org. The others have the network, see `flat.flatten`: graphml, gexf, cytoscape, node-link, and
    csv, which is a folder of two tables, or a zip archive of them. moves_only and kinds choose a part of it.

    Raises OutputError when the ending is unknown or the file cannot be written, and then nothing is left
    behind; ParameterError for a format or a kind that there is not, and for a part of what has none.
    """
    target = Path(target)
    chosen = as_ or _format_of(target)
    _check(chosen, kinds, part=moves_only or bool(kinds))
    if chosen == "store":
        from rolegraph.projection import keep  # noqa: PLC0415 - only a store needs it

        LocalStore.create(target, store.engine, keep)
    elif chosen == SCHEMAORG:
        from rolegraph.schemaorg import to_schemaorg  # noqa: PLC0415 - networkx loads with it

        write_whole(target, to_schemaorg(store))
    elif chosen in _RDF:
        _write_rdf(store, target, chosen)
    else:
        _write_network(_flat(store, kinds, moves_only=moves_only), target, chosen)
    return target


def _format_of(target: Path) -> str:
    name = target.name.lower()
    found = max(
        (ending for ending in ENDINGS if name.endswith(ending) and name != ending), key=len, default=""
    )
    if not found:
        message = (
            f"{target} has no ending that tells its format; known are {' '.join(ENDINGS)}."
            f" Or name one with --as: {', '.join(FORMATS)}."
        )
        raise OutputError(message)
    return ENDINGS[found]


def _check(chosen: str, kinds: Sequence[str], *, part: bool) -> None:
    if chosen not in FORMATS:
        raise ParameterError(f"There is no format {chosen!r}; there are: {', '.join(FORMATS)}.")
    if part and chosen not in NETWORKS:
        raise ParameterError(
            f"Only a network can be written in part ({', '.join(NETWORKS)}), and not {chosen}."
            " To choose RDF statements, ask a CONSTRUCT query."
        )
    for kind in kinds:
        if kind not in KINDS:
            raise ParameterError(f"There is no kind {kind!r}; there are: {', '.join(KINDS)}.")


def _write_rdf(store: LocalStore, target: Path, chosen: str) -> None:
    try:
        with writing_whole(target) as file:
            write_rdf(store, RDF_ENDINGS[_RDF[chosen]], file)
    except ValueError as error:  # what this format has no means to say, such as RDF 1.2 in JSON-LD
        raise OutputError(f"{target} cannot be written: {error}") from error


def _flat(store: LocalStore, kinds: Sequence[str], *, moves_only: bool) -> Flat:
    from rolegraph.exporters.flat import flatten  # noqa: PLC0415 - networkx loads with it
    from rolegraph.projection import project, project_moves  # noqa: PLC0415

    network = project_moves(store) if moves_only else project(store)
    return flatten(network, moves_only=moves_only, kinds=kinds)


def _write_network(flat: Flat, target: Path, chosen: str) -> None:
    from importlib import import_module  # noqa: PLC0415 - a format loads when it is asked for

    module, function = NETWORKS[chosen]
    write = getattr(import_module(f"rolegraph.exporters.{module}"), function)
    if chosen == "csv":
        write(flat, target)
        return
    with writing_whole(target) as file:
        write(flat, file)
