"""A store to a file: RDF in any format that rolegraph reads, sorted, so that equal data gives equal bytes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from rolegraph.errors import OutputError, ParameterError
from rolegraph.files import write_whole
from rolegraph.names import PREFIXES
from rolegraph.projection import keep
from rolegraph.stores import FORMATS, ONTOLOGY_GRAPH, LocalStore

#: Formats that are chosen by name, since no ending stands for them alone.
NAMED = ("schema.org",)


def export(store: LocalStore, target: str | Path, as_: str | None = None) -> Path:
    """Write the data of a store to a file, in the format of its ending (see `stores.FORMATS`), or as named.

    The definitions of rolegraph's own terms stay out. as_: "schema.org" writes the roles, and what is known
    of them, as JSON-LD in the terms of schema.org, whatever the ending.

    A name that ends in `.store` makes an on-disk store. Formats without named graphs hold the union of all
    graphs.

    Raises OutputError when the ending is unknown or the file cannot be written; then nothing is left behind.
    ParameterError for a format that there is not.
    """
    target = Path(target)
    if as_ is not None:
        if as_ not in NAMED:
            raise ParameterError(
                f"There is no format {as_!r} to choose by name; there is: {', '.join(NAMED)}."
            )
        from rolegraph.schemaorg import to_schemaorg  # noqa: PLC0415 - networkx loads with it

        return write_whole(target, to_schemaorg(store))
    if target.suffix == ".store":
        LocalStore.create(target, store.statements(), keep)
        return target
    rdf_format = FORMATS.get(target.suffix.lower())
    if rdf_format is None:
        message = f"{target} has no ending that tells its format; known are {' '.join(FORMATS)} .store"
        raise OutputError(message)
    statements = [quad for quad in store.engine if quad.graph_name != ONTOLOGY_GRAPH]
    try:
        written = serialize(statements, rdf_format)
    except (OSError, ValueError) as error:  # what this format has no means to say, such as RDF 1.2 in JSON-LD
        message = f"{target} cannot be written: {error}"
        raise OutputError(message) from error
    return write_whole(target, written)


def serialize(statements: list[ox.Quad] | list[ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    """Write statements, each once, in an order that depends on them alone, blank nodes included."""
    quads = [item if isinstance(item, ox.Quad) else ox.Quad(*item) for item in statements]
    if not rdf_format.supports_datasets:
        quads = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    dataset = ox.Dataset(quads)
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (*quad.triple, quad.graph_name)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(
        dataset,
        key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)),
    )
    prefixes = {name: iri for name, iri in PREFIXES.items() if any(_uses(quad, iri) for quad in ordered)}
    items = ordered if rdf_format.supports_datasets else [quad.triple for quad in ordered]
    written = ox.serialize(items, format=rdf_format, prefixes=prefixes)
    assert written is not None  # noqa: S101 - only None when an output is given
    return written


def _uses(quad: ox.Quad, namespace: str) -> bool:
    return any(f"<{namespace}" in str(term) for term in (*quad.triple, quad.graph_name))
