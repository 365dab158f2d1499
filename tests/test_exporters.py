"""Exports: equal data gives equal bytes, each format reads back the same, nothing is left half done."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLD, iri, turtle, world

import rolegraph as rg
from rolegraph.exporters import export, serialize
from rolegraph.names import PREFIXES
from rolegraph.stores import FORMATS, ONTOLOGY_GRAPH

#: Blank nodes that name each other in a ring, some of them alike but for what they point to.
RING = """
_:a skos:related _:b ; skos:note "x" . _:b skos:related _:c ; skos:note "x" .
_:c skos:related _:a ; skos:note "y" .
[] skos:member [ skos:note "inner" ] , [ skos:note "other" ] . role:a skos:memberList ( 1 2 role:b ) .
"""


def canonical(quads) -> set[str]:
    """Give statements with canonical labels for blank nodes."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def data(store: rg.LocalStore, *, named: bool) -> set[str]:
    """Give the statements of the data, without the definitions of rolegraph's terms."""
    quads = [quad for quad in store.engine if quad.graph_name != ONTOLOGY_GRAPH]
    return canonical(quads if named else [ox.Quad(*quad.triple) for quad in quads])


# -- reading back --


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("graph", [worlds.world, worlds.shipped])
def test_every_format_reads_back_to_the_same_statements(tmp_path, suffix, graph):
    target = graph().export(tmp_path / f"out{suffix}")
    assert target == tmp_path / f"out{suffix}"
    named = FORMATS[suffix].supports_datasets
    assert data(rg.open(target).store, named=named) == data(graph().store, named=named)
    assert {path.name for path in tmp_path.iterdir()} == {target.name}


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if FORMATS[suffix].supports_datasets])
def test_formats_with_graphs_keep_each_statement_in_its_graph(tmp_path, suffix):
    graph = rg.open(WORLD, "curated")
    again = rg.open(graph.export(tmp_path / f"out{suffix}"))
    assert again.store.graphs() == graph.store.graphs()


def test_the_definitions_of_the_terms_stay_out(tmp_path):
    text = world().export(tmp_path / "out.nq").read_text("utf-8")
    assert ONTOLOGY_GRAPH.value not in text
    assert text.count(iri("graph:world")) == text.count("\n") > 300


def test_a_graph_answers_as_before_when_it_has_been_out_and_in(tmp_path):
    again = rg.open(world().export(tmp_path / "world.trig"))
    assert again.path("kitchen porter", "head chef") == world().path("kitchen porter", "head chef")
    assert again.gap("sous-chef", "head chef") == world().gap("sous-chef", "head chef")
    assert again.validate().conforms


def test_statements_of_many_graphs_are_merged_in_one_order():
    """Blank nodes of a graph, a graph named by one, a literal that looks like one, the default graph."""
    text = """
    <x:b> <x:p> "_:no node" . _:one <x:p> _:two .
    <x:g> { <x:a> <x:p> <x:c> . _:two <x:p> "2" . <x:b> <x:p> "_:no node" }
    _:graph { <x:a> <x:p> <x:c> . _:two <x:q> _:graph }
    """
    quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    lines = serialize(quads, ox.RdfFormat.N_TRIPLES).decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(set(lines)) == 5
    assert canonical(ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)) == canonical(
        [ox.Quad(*quad.triple) for quad in quads]
    )
    named = serialize(quads, ox.RdfFormat.N_QUADS)
    assert canonical(ox.parse(named, format=ox.RdfFormat.N_QUADS)) == canonical(quads)
    store = rg.LocalStore()
    store.engine.extend(quads)
    with tempfile.TemporaryDirectory() as folder:
        written = export(store, Path(folder) / "out.nq").read_bytes()
    assert written == named


def test_an_on_disk_store_is_an_export_too(tmp_path):
    target = world().export(tmp_path / "world.store")
    assert rg.open(target).store.statements() == world().store.statements()
    with pytest.raises(rg.OutputError, match="exists and is not empty"):
        world().export(target)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=8
)


@worlds.steady
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([None, "en", "de-AT"]))
def test_any_text_survives_every_format(texts, language):
    subject, predicate = ox.NamedNode(iri("role:a")), ox.NamedNode(iri("skos:note"))
    quads = [ox.Quad(subject, predicate, ox.Literal(text, language=language)) for text in texts]
    for rdf_format in set(FORMATS.values()) - {ox.RdfFormat.RDF_XML}:  # XML has no way to write a control
        written = serialize(quads, rdf_format)
        assert canonical(ox.parse(written, format=rdf_format)) == canonical(quads), rdf_format


@pytest.mark.parametrize(
    "value",
    [
        '"</script><img src=x onerror=alert(1)> & \\" \\\\ \' \\n\\r\\t"',
        '"x"@en-GB',
        "1.50",
        '"01"^^xsd:integer',
        '"ill"^^xsd:integer',
        '"2025-11"^^xsd:gYearMonth',
        '"a"^^<https://example.org/type>',
        "role:été",
        '<https://example.org/a?b=c&d="e"#f>'.replace('"', "%22"),
        "[]",
        "()",
    ],
)
@pytest.mark.parametrize("rdf_format", set(FORMATS.values()), ids=lambda rdf_format: rdf_format.name)
def test_every_kind_of_term_survives_every_format(value, rdf_format):
    quads = list(worlds.read(f"role:a skos:note {value} .").store.engine)
    written = serialize(quads, rdf_format)
    plain = [ox.Quad(*quad.triple) for quad in quads]
    found = [ox.Quad(*quad.triple) for quad in ox.parse(written, format=rdf_format)]
    assert canonical(found) == canonical(plain)


# -- equal bytes --


@pytest.mark.parametrize("suffix", FORMATS)
def test_data_loaded_twice_gives_equal_bytes_blank_nodes_included(tmp_path, suffix):
    """The parser gives blank nodes new labels at each load."""
    file = turtle(tmp_path, RING)
    written = [rg.open(file).export(tmp_path / f"{run}{suffix}").read_bytes() for run in (1, 2, 3)]
    assert written[0] == written[1] == written[2]
    assert len(written[0]) > 500


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_order_and_the_labels_in_a_file_do_not_matter(tmp_path, suffix):
    quads = list(ox.parse(turtle(tmp_path, RING).read_bytes(), format=ox.RdfFormat.TURTLE))
    renamed = ox.parse(
        "\n".join(f"{quad} ." for quad in reversed(quads)),
        format=ox.RdfFormat.N_QUADS,
        rename_blank_nodes=True,
    )
    assert serialize(quads, FORMATS[suffix]) == serialize(list(renamed), FORMATS[suffix])


def test_blank_nodes_that_name_graphs_get_the_same_labels_too():
    text = "_:g { <x:a> <x:b> <x:c> } _:h { <x:a> <x:b> <x:d> }"
    written = {
        serialize(
            list(ox.parse(text, format=ox.RdfFormat.TRIG, rename_blank_nodes=True)), ox.RdfFormat.N_QUADS
        )
        for _ in range(3)
    }
    assert len(written) == 1


def test_equal_bytes_in_every_process_whatever_the_hash_seed():
    """The header of prefixes is checked with the rest: the engine gets it as a dict."""
    code = """
import hashlib, rolegraph as rg
from rolegraph.exporters import serialize
from rolegraph.stores import FORMATS
quads = list(rg.open().store.engine)
for suffix, rdf_format in FORMATS.items():
    written = serialize(quads, rdf_format)
    print(suffix, hashlib.sha256(written).hexdigest())
    if suffix == ".ttl":
        print(written[:2000].decode())
"""
    runs = [worlds.python(code, seed=seed) for seed in ("0", "7", "4711")]
    assert runs[0].count("@prefix") > 10
    assert runs[0] == runs[1] == runs[2]


def test_a_statement_of_two_graphs_is_written_once_where_there_are_no_graphs():
    store = rg.LocalStore()
    for name in ("one", "two"):
        store.load_text("<x:a> <x:b> <x:c> .", name)
    assert serialize(list(store.engine), ox.RdfFormat.N_TRIPLES) == b"<x:a> <x:b> <x:c> .\n"
    assert serialize(list(store.engine), ox.RdfFormat.N_QUADS).count(b"\n") == 2


def test_triples_of_a_construct_are_written_with_the_prefixes_that_they_use():
    triples = world().construct("CONSTRUCT { ?m rg:toRole ?r } { ?m a rg:Move ; rg:toRole ?r }")
    written = serialize(triples, ox.RdfFormat.TURTLE).decode()
    assert "rg:toRole role:head-chef" in written
    assert f"@prefix role: <{PREFIXES['role']}>" in written
    assert "@prefix skos:" not in written
    assert serialize([], ox.RdfFormat.TURTLE) == b""


# -- what fails --


@pytest.mark.parametrize("name", ["out", "out.docx", "out.csv", "out.ttl.gz"])
def test_an_unknown_ending_is_an_error_that_lists_the_known_ones(tmp_path, name):
    with pytest.raises(rg.OutputError, match=r"no ending that tells its format; known are \.ttl .* \.store"):
        world().export(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".ttl", ".nq", ".rdf", ".jsonld", ".store"])
def test_an_export_that_cannot_be_written_leaves_nothing(tmp_path, suffix):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(rg.OutputError, match="cannot be written"):
        world().export(tmp_path / "file" / f"out{suffix}")
    target = tmp_path / f"taken{suffix}"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(rg.OutputError):
        world().export(target)
    assert {path.name for path in tmp_path.iterdir()} == {"file", target.name}
    assert [path.name for path in target.iterdir()] == ["inside"]


def test_what_a_format_cannot_say_is_an_error_and_leaves_nothing(tmp_path):
    store = rg.LocalStore()
    store.load_text("<x:a> <x:b> <<( <x:c> <x:d> <x:e> )>> .", "terms")
    assert export(store, tmp_path / "out.nt").stat().st_size > 0
    (tmp_path / "out.nt").unlink()
    with pytest.raises(rg.OutputError, match=r"out\.jsonld cannot be written: .*RDF 1\.2"):
        export(store, tmp_path / "out.jsonld")
    assert list(tmp_path.iterdir()) == []


def test_an_old_export_is_replaced(tmp_path):
    (tmp_path / "out.nt").write_text("old")
    world().export(str(tmp_path / "out.nt"))
    assert data(rg.open(tmp_path / "out.nt").store, named=False) == data(world().store, named=False)
