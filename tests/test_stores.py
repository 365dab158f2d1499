"""Stores: every format comes in alike, one graph per source; mistakes are named by their place."""

from __future__ import annotations

import json
import stat
import threading

import pyoxigraph as ox
import pytest
import worlds
from worlds import PREAMBLE, WORLD, iri

import rolegraph as rg
from rolegraph.store_folders import MARKER
from rolegraph.stores import FORMATS, ONTOLOGY_GRAPH

LocalStore = rg.LocalStore

EXAMPLE = "https://example.org/"

#: The same four statements in every format.
TURTLE = """@prefix : <https://example.org/> .
:cook :knows "soufflé"@fr ; :earns 26000 ; :reports_to [ :called "chef" ] .
"""


def in_format(suffix: str) -> bytes:
    """Write TURTLE in another format."""
    quads = list(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE))
    rdf_format = FORMATS[suffix]
    return ox.serialize(
        quads if rdf_format.supports_datasets else [quad.triple for quad in quads], format=rdf_format
    )


def triples(store: LocalStore) -> list[str]:
    """Give the statements without their graphs, with canonical labels for blank nodes."""
    dataset = ox.Dataset(ox.Quad(*quad.triple) for quad in store.engine)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def expected() -> list[str]:
    store = LocalStore()
    store.load_text(TURTLE, "expected")
    return triples(store)


# -- formats --


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_brings_the_same_statements_into_the_graph_of_the_file(tmp_path, suffix):
    file = tmp_path / f"My kitchen{suffix}"
    file.write_bytes(in_format(suffix))
    store = LocalStore()
    assert store.load(file) == len(store) == 4
    assert triples(store) == expected()
    assert store.graphs() == {f"{iri('graph:')}my-kitchen": 4}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_byte_order_mark_does_no_harm(tmp_path, suffix):
    file = tmp_path / f"a{suffix}"
    file.write_bytes(b"\xef\xbb\xbf" + in_format(suffix))
    store = LocalStore()
    store.load(file)
    assert triples(store) == expected()


@pytest.mark.parametrize("suffix", FORMATS)
def test_line_ends_of_windows_do_no_harm(tmp_path, suffix):
    file = tmp_path / f"a{suffix}"
    file.write_bytes(in_format(suffix).replace(b"\n", b"\r\n"))
    store = LocalStore()
    store.load(file)
    assert triples(store) == expected()


def test_the_ending_may_be_in_capitals(tmp_path):
    (tmp_path / "A.TTL").write_text(TURTLE)
    assert LocalStore().load(tmp_path / "A.TTL") == 4


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".nq", "<x:a> <x:b> <x:c> <x:g> .\n<x:a> <x:b> <x:d> ."),
        (".trig", "<x:g> { <x:a> <x:b> <x:c> } <x:a> <x:b> <x:d> ."),
        (
            ".jsonld",
            json.dumps(
                [
                    {"@id": "x:g", "@graph": [{"@id": "x:a", "x:b": {"@id": "x:c"}}]},
                    {"@id": "x:a", "x:b": {"@id": "x:d"}},
                ]
            ),
        ),
    ],
)
def test_named_graphs_keep_their_names_and_the_rest_goes_to_the_graph_of_the_file(tmp_path, suffix, text):
    (tmp_path / f"mine{suffix}").write_text(text)
    store = LocalStore()
    assert store.load(tmp_path / f"mine{suffix}") == 2
    assert store.graphs() == {iri("graph:mine"): 1, "x:g": 1}


def test_the_graph_can_be_chosen(tmp_path):
    (tmp_path / "a.ttl").write_text(TURTLE)
    store = LocalStore()
    store.load(tmp_path / "a.ttl", graph="https://example.org/graph")
    assert list(store.graphs()) == ["https://example.org/graph"]


def test_json_ld_with_a_context_of_its_own_is_read(tmp_path):
    document = {
        "@context": {"label": iri("skos:prefLabel"), "@language": "en"},
        "@id": iri("role:a"),
        "label": "cook",
    }
    (tmp_path / "a.jsonld").write_text(json.dumps(document))
    store = LocalStore()
    store.load(tmp_path / "a.jsonld")
    assert [str(quad.object) for quad in store.engine] == ['"cook"@en']


@pytest.mark.parametrize(
    "context",
    [
        "https://schema.org/",
        ["https://schema.org/"],
        {"@import": "https://schema.org/"},
        "file:///etc/passwd",
    ],
)
def test_a_remote_context_is_never_fetched_and_the_message_says_what_to_do(tmp_path, context):
    document = {"@context": context, "@id": "https://example.org/a", "name": "x"}
    (tmp_path / "a.jsonld").write_text(json.dumps(document))
    store = LocalStore()
    with pytest.raises(rg.SourceError, match="never fetched; put the context into the file"):
        store.load(tmp_path / "a.jsonld")
    assert len(store) == 0


# -- one graph per source --


def test_blank_nodes_of_two_files_stay_apart(tmp_path):
    for suffix in FORMATS:
        store, content = LocalStore(), in_format(suffix)
        for name in ("one", "two"):
            (tmp_path / f"{name}{suffix}").write_bytes(content)
            store.load(tmp_path / f"{name}{suffix}")
        assert len({quad.subject for quad in store.engine if isinstance(quad.subject, ox.BlankNode)}) == 2, (
            suffix
        )
        assert len(store) == 8


def test_a_blank_node_that_a_file_names_is_one_within_the_file(tmp_path):
    (tmp_path / "a.nt").write_text('_:x <x:p> "1" .\n_:x <x:p> "2" .\n')
    store = LocalStore()
    store.load(tmp_path / "a.nt")
    assert len({quad.subject for quad in store.engine}) == 1


def test_a_graph_name_that_is_taken_gets_a_number():
    store = LocalStore()
    taken = {iri("graph:roles")}
    assert store.free_graph_name("Roles", taken) == iri("graph:roles-2")
    assert store.free_graph_name("Roles", taken | {iri("graph:roles-2")}) == iri("graph:roles-3")
    assert store.free_graph_name("other", taken) == iri("graph:other")


def test_the_statements_added_are_counted_and_those_already_there_are_not(tmp_path):
    (tmp_path / "a.nt").write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b> <x:c> .\n")
    store = LocalStore()
    assert store.load(tmp_path / "a.nt") == 1
    assert store.load(tmp_path / "a.nt") == 0
    assert len(store) == 1


def test_queries_see_the_union_of_the_graphs_and_each_graph_by_its_name():
    store = LocalStore()
    store.load_text("<x:a> <x:p> <x:b> .", "one")
    store.load_text("<x:b> <x:p> <x:c> .", "two")
    assert [row["end"].value for row in store.select("SELECT ?end { <x:a> <x:p>/<x:p> ?end }")] == ["x:c"]
    assert [row["o"].value for row in store.select("SELECT ?o { GRAPH graph:two { ?s ?p ?o } }")] == ["x:c"]


def test_a_statement_that_two_graphs_hold_counts_once_in_the_union():
    """The engine by itself would give it twice, and a join of three such statements eight times."""
    store = LocalStore()
    for name in ("one", "two"):
        store.load_text("<x:a> <x:p> <x:b> , <x:c> . <x:b> <x:q> <x:d> . <x:d> <x:q> <x:e> .", name)
    assert len(list(store.select("SELECT * { ?s ?p ?o }"))) == 4
    assert len(list(store.select("SELECT * { <x:a> <x:p> ?b . ?b <x:q> ?d . ?d <x:q> ?e }"))) == 1
    (row,) = store.select("SELECT (COUNT(*) AS ?n) { ?s <x:q> ?o }")
    assert row["n"].value == "2"
    assert store.graphs() == {iri("graph:one"): 4, iri("graph:two"): 4}
    assert len(store) == 8
    store.load_text("<x:a> <x:p> <x:z> .", "three")
    assert len(list(store.select("SELECT * { <x:a> <x:p> ?o }"))) == 3, "what is added later is seen"


@pytest.mark.parametrize("shared", ["", "<x:s> <x:s> <x:s> ."])
@pytest.mark.parametrize(
    ("clause", "objects"),
    [
        ("FROM graph:one { <x:a> <x:p> ?o }", {"x:b"}),
        ("FROM graph:one FROM graph:two { <x:a> <x:p> ?o }", {"x:b", "x:c"}),
        ("FROM NAMED graph:two { GRAPH ?g { <x:a> <x:p> ?o } }", {"x:c"}),
        ("FROM NAMED graph:two { <x:a> <x:p> ?o }", set()),
        ("FROM <x:none> { <x:a> <x:p> ?o }", set()),
        ("{ <x:a> <x:p> ?o } # FROM <x:none>", {"x:b", "x:c", "x:d"}),
    ],
)
def test_from_narrows_a_query_to_the_graphs_it_names(shared, clause, objects):
    store = LocalStore()
    for name, value in (("one", "b"), ("two", "c"), ("three", "d")):
        store.load_text(f"<x:a> <x:p> <x:{value}> . {shared}", name)
    assert {row["o"].value for row in store.select(f"SELECT ?o {clause}")} == objects


def test_an_engine_of_ones_own_is_asked_in_all_its_graphs():
    engine = ox.Store()
    a, b, c = (ox.NamedNode(f"x:{name}") for name in "abc")
    engine.add(ox.Quad(a, b, c))
    engine.add(ox.Quad(a, b, c, ox.NamedNode("x:g")))
    engine.add(ox.Quad(a, b, a, ox.NamedNode("x:g")))
    store = LocalStore(engine)
    assert len(list(store.select("SELECT * { ?s ?p ?o }"))) == 2
    assert store.engine is engine
    assert len(engine) == 3


def test_statements_come_in_an_order_of_their_own():
    one, other = LocalStore(), LocalStore()
    one.load_text("<x:a> <x:b> <x:c> . <x:d> <x:e> <x:f> .", "g")
    other.load_text("<x:d> <x:e> <x:f> .", "g")
    other.load_text("<x:a> <x:b> <x:c> .", "g")
    assert one.statements() == other.statements()


# -- broken input --


@pytest.mark.parametrize(
    ("name", "content", "line", "column"),
    [
        ("a.ttl", b"<x:a> <x:b> <x:c> .\n<x:a> oops .\n", 2, 7),
        ("a.ttl", b"<x:a> <x:b> <x:c> .\n<x:a> <x:b", 2, None),
        ("a.ttl", b"<x:a> <x:b> <x:c> .\n\n ex:a a ex:b .", 3, 2),
        ("a.ttl", '<x:a> <x:b> "é" . \n "é" <x:b> <x:c> .'.encode(), 2, 2),
        ("a.nt", b"<x:a> <x:b> <x:c> .\n<x:a> <x:b> .\n", 2, 13),
        ("a.nt", b"<x:a> <x:b> <x:c> .\n<a> <b> <c> .\n", 2, 1),
        ("a.nq", b"<x:a> <x:b> <x:c> <x:g> .\n<x:a> <x:b>", 2, None),
        ("a.trig", b"<x:g> { <x:a> <x:b> <x:c> }\n<x:g> { oops }", 2, 9),
        ("a.jsonld", b'[{"@id": "x:a", "x:b": "c"},\n {"@id": }]', 2, 10),
        ("a.rdf", b"<?xml version='1.0'?>\n<rdf:RDF>\n<x></rdf:RDF>", 2, 1),
        (
            "a.rdf",
            b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
<rdf:Description rdf:about="x:a"><x:b>1</x:c></rdf:Description></rdf:RDF>""",
            2,
            42,
        ),
        ("a.ttl", b"<x:a> <x:b> <x:c> .\n\xff\xfe", 2, None),
        ("a.ttl", "<x:a> <x:b> <x:c> .".encode("utf-16"), 1, 1),
        ("a.ttl", b"\x00\x01\x02", 1, 1),
    ],
)
def test_a_syntax_error_names_file_line_and_column_and_adds_nothing(tmp_path, name, content, line, column):
    file = tmp_path / name
    file.write_bytes(content)
    store = LocalStore()
    with pytest.raises(rg.SourceError) as caught:
        store.load(file)
    error = caught.value
    assert (error.file, error.line) == (str(file), line)
    assert error.column == column or (column is None and error.column >= 1)
    assert str(error).startswith(f"{file}:{error.line}:{error.column}: ")
    assert len(store) == 0


def test_an_error_adds_nothing_to_what_is_there(tmp_path):
    store = LocalStore()
    store.load_text(TURTLE, "good")
    for suffix in FORMATS:
        (tmp_path / f"bad{suffix}").write_bytes(in_format(suffix).rstrip()[:-7])
        with pytest.raises(rg.SourceError):
            store.load(tmp_path / f"bad{suffix}")
    assert len(store) == 4
    assert list(store.graphs()) == [iri("graph:good")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.ttl", "No such file or directory"),
        ("missing", "No such file or directory"),
        ("missing.docx", "No such file or directory"),
        ("folder.ttl", "Is a directory"),
        ("notes.docx", "has no ending that tells its format; known are .ttl .nt .nq .trig .rdf"),
        ("notes", "has no ending that tells its format"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path, name, reason):
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "notes.docx").write_text("hello")
    (tmp_path / "notes").write_text("hello")
    with pytest.raises(rg.SourceError) as caught:
        LocalStore().load(tmp_path / name)
    assert caught.value.reason.startswith(reason)
    assert caught.value.file == str(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "around"), [("a.trig", b'<x:a> <x:b> "%s" .'), ("a.jsonld", b'{"@id": "x:a", "x:b": "%s"}')]
)
def test_a_text_that_is_too_long_for_the_parser_is_told(tmp_path, name, around):
    (tmp_path / name).write_bytes(around % (b"x" * 17_000_000))
    store = LocalStore()
    with pytest.raises(rg.SourceError, match=f"{name}: holds a text or a name of more than 16 MB"):
        store.load(tmp_path / name)
    assert len(store) == 0


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig"])
def test_an_empty_file_adds_nothing(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_bytes(b"")
    assert LocalStore().load(tmp_path / f"a{suffix}") == 0


@pytest.mark.parametrize("suffix", [".json", ".jsonld", ".rdf", ".owl", ".xml"])
def test_an_empty_file_is_no_json_and_no_xml(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_bytes(b"")
    with pytest.raises(rg.SourceError) as caught:
        LocalStore().load(tmp_path / f"a{suffix}")
    assert (caught.value.line, caught.value.column) == (1, 1)


@pytest.mark.parametrize("suffix", [".rdf", ".jsonld"])
def test_a_file_that_was_cut_off_is_noticed_wherever_the_cut_is(tmp_path, suffix):
    whole = in_format(suffix).rstrip()
    for end in range(1, len(whole), 3):
        (tmp_path / f"a{suffix}").write_bytes(whole[:end])
        store = LocalStore()
        with pytest.raises(rg.SourceError):
            store.load(tmp_path / f"a{suffix}")
        assert len(store) == 0


def test_a_relative_iri_where_there_is_no_base_says_so(tmp_path):
    (tmp_path / "a.nt").write_text("<a> <b> <c> .")
    with pytest.raises(rg.SourceError, match="a relative IRI needs a @base"):
        LocalStore().load(tmp_path / "a.nt")


@pytest.mark.parametrize("char", [char for char in worlds.UNPRINTABLE if ord(char) < 0xA0])
def test_no_control_character_of_a_file_gets_into_a_message(tmp_path, char):
    (tmp_path / "a.ttl").write_text(f"<x:a> <x:b> {char}oops{char} .", "utf-8", newline="")
    with pytest.raises(rg.SourceError) as caught:
        LocalStore().load(tmp_path / "a.ttl")
    assert char not in str(caught.value)


def test_text_that_is_no_file_is_named_as_given():
    with pytest.raises(rg.SourceError, match=r"^notebook:1:7: "):
        LocalStore().load_text("<x:a> oops .", "notebook")
    store = LocalStore()
    store.load_text("<x:a> <x:b> <x:c> .", "My notes", rdf_format=ox.RdfFormat.N_TRIPLES)
    assert list(store.graphs()) == [iri("graph:my-notes")]


# -- on disk --


def test_an_on_disk_store_holds_what_it_was_given(tmp_path):
    statements = worlds.world().store.statements()
    made = LocalStore.create(tmp_path / "deep" / "world.store", statements)
    assert made.statements() == statements
    del made
    opened = LocalStore.open(tmp_path / "deep" / "world.store")
    assert opened.statements() == statements
    assert opened.graphs() == worlds.world().store.graphs()
    assert {path.name for path in (tmp_path / "deep").iterdir()} == {"world.store"}


def test_an_on_disk_store_is_opened_read_only_and_by_several_at_once(tmp_path):
    LocalStore.create(tmp_path / "s", [ox.Quad(*(ox.NamedNode(f"x:{name}") for name in "abc"))])
    one, other = LocalStore.open(tmp_path / "s"), LocalStore.open(tmp_path / "s")
    assert len(one) == len(other) == 1
    with pytest.raises(RuntimeError, match="read-write"):
        one.engine.add(ox.Quad(*(ox.NamedNode(f"x:{name}") for name in "xyz")))


def test_an_on_disk_store_can_be_read_by_whoever_may_read_the_folder(tmp_path):
    (tmp_path / "plain").mkdir()
    LocalStore.create(tmp_path / "s", [])
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_statements_that_two_graphs_share_count_once_on_disk_too(tmp_path):
    a, b, c = (ox.NamedNode(f"x:{name}") for name in "abc")
    store = LocalStore.create(tmp_path / "s", [ox.Quad(a, b, c, a), ox.Quad(a, b, c, b)])
    assert len(store) == 2
    assert len(list(store.select("SELECT * { ?s ?p ?o }"))) == 1


def test_an_empty_folder_may_become_a_store(tmp_path):
    (tmp_path / "s").mkdir()
    assert len(LocalStore.create(tmp_path / "s", [])) == 0


def test_a_place_that_is_taken_is_refused_and_left_alone(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for place in ("full", "file"):
        with pytest.raises(rg.OutputError, match="exists and is not empty; choose another place"):
            LocalStore.create(tmp_path / place, [])
    with pytest.raises(rg.OutputError, match="cannot be written"):
        LocalStore.create(tmp_path / "file" / "below", [])
    assert (tmp_path / "full" / "mine.txt").read_text() == (tmp_path / "file").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"full", "file"}


def test_a_store_that_fails_half_way_leaves_nothing(tmp_path):
    def statements():
        yield ox.Quad(*(ox.NamedNode(f"x:{name}") for name in "abc"))
        raise OSError("the disk is full")

    with pytest.raises(rg.OutputError, match="the disk is full"):
        LocalStore.create(tmp_path / "s", statements())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "marker",
    [b"", b"{}", b"[]", b"null", b'"x"', b"{", b"\xff", b'{"statements": "many"}', b'{"statements": null}'],
)
def test_a_damaged_marker_is_noticed(tmp_path, marker):
    LocalStore.create(tmp_path / "s", [])
    (tmp_path / "s" / MARKER).write_bytes(marker)
    with pytest.raises(rg.SourceError, match=r"cannot be opened as a store|is damaged"):
        LocalStore.open(tmp_path / "s")


def test_a_wrong_count_is_noticed(tmp_path):
    LocalStore.create(tmp_path / "s", [ox.Quad(*(ox.NamedNode(f"x:{name}") for name in "abc"))])
    (tmp_path / "s" / MARKER).write_text('{"statements": 3}')
    with pytest.raises(rg.SourceError, match="is damaged: 1 of 3 statements; make it again"):
        LocalStore.open(tmp_path / "s")


def test_a_damaged_file_of_the_engine_is_noticed(tmp_path):
    LocalStore.create(tmp_path / "s", worlds.world().store.statements())
    victims = [path for path in (tmp_path / "s").iterdir() if path.suffix == ".sst" or path.name == "CURRENT"]
    assert len(victims) > 1
    for victim in victims:
        whole = victim.read_bytes()
        victim.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(rg.SourceError, match="is damaged"):
            LocalStore.open(tmp_path / "s")
        victim.write_bytes(whole)
    assert len(LocalStore.open(tmp_path / "s")) == len(worlds.world().store)


def test_a_folder_that_is_no_store_is_refused(tmp_path):
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(rg.SourceError, match="cannot be opened as a store"):
            LocalStore.open(place)
    assert list(tmp_path.iterdir()) == []


# -- queries --


def test_known_prefixes_need_no_declaration_and_own_ones_win():
    store = worlds.world().store
    assert store.query("ASK { role:head-chef a rg:Role ; skos:prefLabel ?label }")
    assert store.query(f"PREFIX role: <{iri('group:')}> ASK {{ role:kitchen-brigade a rg:RoleGroup }}")


@pytest.mark.parametrize(
    ("sparql", "line", "column"),
    [
        ("SELECT * WHERE { ?s ?p }", 1, 24),
        ("", 1, 1),
        ("SELECT * {\n\t?s ?p\n\t oops }", 3, 3),
        ("SELECT * { ?s ?p 'é' . é }", 1, 24),
        ("SELECT * { ?s ?p 'a\u2028b' .\n oops }", 2, 2),
        ("SELECT * {\r\n oops }", 2, 2),
        ("SELECT *\nWHERE {\n\n oops }", 4, 2),
        ("# only a comment", 1, 17),
    ],
)
def test_a_syntax_error_in_a_query_has_line_column_and_a_caret_below(sparql, line, column):
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query(sparql)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    head, shown, caret = str(error).split("\n")
    assert head.startswith(f"line {line}, column {column}: ")
    assert shown == sparql.split("\n")[line - 1].rstrip("\r").replace("\t", " ").replace("\u2028", " ")
    assert caret == " " * (column - 1) + "^", "the caret stands below the place"


@pytest.mark.parametrize("before", [0, 60, 5000])
@pytest.mark.parametrize("after", [0, 5000])
def test_of_a_long_line_the_part_around_the_mistake_is_shown(before, after):
    sparql = f"SELECT * {{ {'?s ?p ?o . ' * before}?s oops }} {'#' * after}"
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query(sparql)
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) <= 200
    assert len(caret) == shown.index("oops") + 1, "the caret stands below what is wrong"
    assert caught.value.column == sparql.index("oops") + 1


def test_a_prefix_that_is_not_declared_is_told_with_those_that_are_known():
    with pytest.raises(rg.QueryError, match=r"prefix foo: is not declared; known .* role group skill"):
        LocalStore().query("SELECT ?x WHERE { ?x a foo:Bar }")


def test_an_ungrouped_variable_is_told_in_words():
    with pytest.raises(rg.QueryError, match="unbound"):
        LocalStore().query("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o }")


@pytest.mark.parametrize("truth", ["true", "TRUE", "True", "tRUE"])
def test_truth_may_be_written_in_any_letters(truth):
    assert bool(LocalStore().query(f"ASK {{ BIND({truth} AS ?TRUE) FILTER(?TRUE && 'TRUE' != 'true') }}"))
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query(f"ASK {{ FILTER({truth} && 1 1) }}")
    assert caught.value.line == 1
    assert f"FILTER({truth} && 1 1)" in str(caught.value), "the query is shown as it was written"


def test_a_function_that_does_not_exist_is_an_error():
    with pytest.raises(rg.QueryError, match=r"https://example\.org/f"):
        list(worlds.world().store.select("SELECT * { ?s ?p ?o FILTER(<https://example.org/f>(?s)) }"))


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "# harmless\nPREFIX a: <x:>\n\nDELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "BASE <x:> INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "drop all",
        "CLEAR DEFAULT",
        "CREATE GRAPH <x:g>",
        "LOAD <file:///etc/passwd>",
        "COPY <x:a> TO <x:b>",
        "MOVE <x:a> TO <x:b>",
        "ADD <x:a> TO <x:b>",
    ],
)
def test_updates_are_refused_and_change_nothing(update):
    store = LocalStore()
    store.load_text(TURTLE, "kept")
    with pytest.raises(
        rg.QueryError, match="updates are refused; a query is SELECT, ASK, CONSTRUCT or DESCRIBE"
    ):
        store.query(update)
    assert store.graphs() == {iri("graph:kept"): 4}


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent <https://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?where SERVICE ?where { ?s ?p ?o } }",
        "ASK { SERVICE#c\n<file:///etc/passwd> { ?s ?p ?o } }",
        'SELECT * { ?s ?p \'a\' ; ?q """b""" . SERVICE role:x { ?s ?p ?o } }',
        "# it's\nSELECT * { SERVICE <https://example.org/it's> { ?s ?p ?o } }",
        "SELECT * { FILTER(1 < 2) SERVICE <https://example.org/sparql> { FILTER(2 > 1) } }",
    ],
)
def test_a_query_never_asks_another_endpoint(sparql):
    with pytest.raises(rg.QueryError, match="SERVICE is refused"):
        LocalStore().query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?service ?p 'customer SERVICE <here>' }",
        'SELECT * { ?s ?p """SERVICE <x:a>\n{ }""" } # SERVICE <x:a> { }',
        "SELECT * { ?s <https://example.org/service> $service }",
        "PREFIX service: <x:> SELECT * { service:desk ?p service:level , rg:service }",
        "SELECT ('\\'SERVICE <x:a> { } \\'' AS ?a) (\"it's\" AS ?b) { }",
    ],
)
def test_the_word_service_may_stand_where_it_asks_nobody(sparql):
    assert len(list(LocalStore().select(sparql))) in {0, 1}


@pytest.mark.parametrize("char", [char for char in worlds.UNPRINTABLE if ord(char) < 0xA0])
def test_no_control_character_of_a_query_gets_into_a_message(char):
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query(f"SELECT * {{ oops{char} }}")
    assert char not in str(caught.value)


def test_another_form_of_query_is_not_taken_for_a_select():
    with pytest.raises(rg.QueryError, match="this needs a SELECT query"):
        worlds.world().store.select("ASK { ?s ?p ?o }")


def test_each_form_of_query_gives_its_kind_of_result():
    store = worlds.world().store
    assert isinstance(store.query("SELECT * { ?s ?p ?o }"), ox.QuerySolutions)
    assert isinstance(store.query("ASK { ?s ?p ?o }"), ox.QueryBoolean)
    assert isinstance(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), ox.QueryTriples)
    assert isinstance(store.query("DESCRIBE role:head-chef"), ox.QueryTriples)


def test_the_world_is_one_graph_beside_the_definitions():
    graphs = worlds.world().store.graphs()
    assert set(graphs) == {iri("graph:world"), ONTOLOGY_GRAPH.value}
    alone = LocalStore()
    assert alone.load(WORLD) == graphs[iri("graph:world")] > 300


def test_a_store_may_be_queried_in_another_thread_than_it_was_loaded_in():
    store, seen = LocalStore(), []
    store.load_text(PREAMBLE + "role:a a rg:Role .", "a")
    thread = threading.Thread(
        target=lambda: seen.extend(row["r"].value for row in store.select("SELECT ?r { ?r a ?c }"))
    )
    thread.start()
    thread.join()
    assert seen == [iri("role:a")]


# -- where things are described --


def test_things_are_described_in_the_graphs_that_hold_statements_of_them():
    store = LocalStore()
    store.load_text(f'<{iri("role:a")}> <x:p> "1" .', "one")
    store.load_text(f'<{iri("role:a")}> <x:p> "2" . <{iri("role:b")}> <x:p> <{iri("role:c")}> .', "two")
    assert store.described_in(iri("role:a")) == ["graph:one", "graph:two"]
    assert store.described_in(iri("role:b"), iri("role:c")) == ["graph:two"]
    assert store.described_in(iri("graph:one")) == ["graph:one"]
    assert store.described_in(iri("role:c"), "b0", "") == store.described_in() == []
