"""Mistakes in files and queries are told at their place, also where the engine does not know it."""

from __future__ import annotations

import pytest

import rolegraph as rg
from rolegraph.stores import LocalStore

JSON = """{"@context": {"b": "urn:b", "@vocab": "urn:v:"},
 "@graph": [
  {"@id": "urn:a", "b": {"@value": "fine"}},
  {"@id": "urn:c",
   "b": [{"@id": "urn:d"},
         {"@id": %s, "c": 1}]},
  {"@id": "urn:e", "b": %s}
 ]}
"""


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (JSON % ("5", "1"), 6, 11),
        (JSON % ('"urn:f"', '{"@value": [1]}'), 7, 26),
        (JSON % ('"urn:f"', '{"@value": "x", "@language": 5}'), 7, 41),
        (JSON.replace('"urn:v:"', "5") % ("1", "1"), 1, 29),
        ("[\n" + '{"@id": "urn:é"},\n' * 400 + '{"é": 1, "@id": []}]', 402, 10),
    ],
)
def test_a_mistake_in_json_ld_has_its_place(tmp_path, text, line, column):
    file = tmp_path / "a.jsonld"
    file.write_text(text, "utf-8")
    with pytest.raises(rg.SourceError) as caught:
        LocalStore().load(file)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.ttl", "<urn:a>".encode("utf-16"), ":1:1: is UTF-16, not text in UTF-8; save it as UTF-8"),
        ("a.ttl", "<urn:a>".encode("utf-32"), ":1:1: is UTF-32, not text in UTF-8; save it as UTF-8"),
        ("a.nt", "<urn:a>\n".encode("utf-16-be"), ":1:1: there is a NUL character, which no text has"),
        ("a.rdf", "<a/>".encode("utf-16"), ":1:1: is UTF-16, not text in UTF-8"),
        ("a.rdf", b"<a>\n<b>caf\xe9</b></a>", ":2:7: is not UTF-8 text (byte 0xe9); save it as UTF-8"),
        ("a.ttl", b'<urn:a> <urn:b>\n"caf\xe9" .', ":2:5: is not UTF-8 text (byte 0xe9); save it as UTF-8"),
        ("a.jsonld", b'{"@id": "caf\xe9"}', ":1:13: is not UTF-8 text (byte 0xe9)"),
        ("a.jsonld", b"\x80", ":1:1: is not UTF-8 text (byte 0x80)"),
        ("a.jsonld", rb'{"@id": "\ud83d"}', r":1:10: the escape \ud83d is half a character"),
        ("a.jsonld", b" null", ":1: is JSON and no JSON-LD: it holds neither an object nor a list"),
        ("a.jsonld", b'"text"', ":1: is JSON and no JSON-LD: it holds neither an object nor a list"),
        ("a.ttl", b"\x1f\x8b\x08", ":1:1: is compressed by gzip, which the end of its name has to say: .gz"),
        ("a.trig", b"\x89PNG\r\n", ":1:1: is a picture, not text"),
        ("a.ttl.gz", b"", ": cannot be read: it is empty, and no file compressed by gzip is"),
    ],
)
def test_what_is_no_text_is_told_as_what_it_is(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(rg.SourceError) as caught:
        LocalStore().load(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}{says}")


def test_a_mistake_in_a_large_rdf_xml_file_has_its_place(tmp_path):
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">\n'
    good = '<x:a rdf:about="urn:a"><x:b>c</x:b></x:a>\n'
    (tmp_path / "a.rdf").write_text(
        rdf + good * 5_000 + '<x:a rdf:about="urn:a b"/>\n' + good * 9 + "</rdf:RDF>"
    )
    with pytest.raises(rg.SourceError, match="Invalid IRI code point") as caught:
        LocalStore().load(tmp_path / "a.rdf")
    assert (caught.value.line, caught.value.column) == (5_002, 26)


@pytest.mark.parametrize(
    ("sparql", "column", "words"),
    [
        ("SELECT role { ?s ?p ?o }", 8, r'role cannot stand here; expected a variable or "\*"'),
        ("SELECT * { ?s CPO ?o }", 15, "CPO cannot stand here; expected a variable, an IRI"),
        ("SELECT * { ?s ?p ?o FILTER(LENGTH(?o)) }", 28, "there is no function LENGTH"),
        ("SELECT * { ?s ?p ?o FILTER(<urn:f>(?o)) }", 28, "there is no function <urn:f>"),
        ("SELECT * { ?s ?p 'C:\\data' }", 18, r"\\d is no escape"),
        ("SELECT * { ?s ?p 'open }", 18, "a text begins here that does not end"),
        ("SELECT * { <http://a b> ?p ?o }", 12, "an IRI begins here that holds a blank"),
        ("SELECT\u00a0* { ?s ?p ?o }", 7, r"a blank that SPARQL does not know \(U\+00A0\)"),
        ("SELECT * { ?s ?p", 17, "the query ends here"),
        ("  DROP ALL", 3, "updates are refused"),
    ],
)
def test_a_mistake_in_a_query_is_told_at_the_very_word(sparql, column, words):
    with pytest.raises(rg.QueryError, match=words) as caught:
        LocalStore().query(sparql)
    assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("\n" * 100_000 + "SELEKT", "line 100001, column 1: SELEKT begins no query"),
        ("\r\n" * 100_000 + "SELEKT", "line 100001, column 1: SELEKT begins no query"),
        ("a." * 50_000, "line 1, column 1: a begins no query"),
        (";" * 100_000, 'line 1, column 1: ";" begins no query'),
        ("PREFIX p:<a:b>#<c:d>\n" * 10_000 + "SELEKT", "line 10001, column 1: SELEKT cannot stand here"),
        ("PREFIX" + " " * 200_000, "line 1, column 7: the query ends here"),
        ("PREFIX p:<a:b> ASK {" + " p:a" * 50_000, "line 1, column 34: p:a cannot stand here"),
    ],
    ids=["lines", "lines of Windows", "dots", "signs", "comments", "blanks", "names"],
)
def test_a_mistake_in_a_long_query_is_told_soon(sparql, words):  # each took minutes, hours or ages
    with pytest.raises(rg.QueryError) as caught:
        rg.open().select(sparql)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    ("sparql", "column"),
    [
        ("LOAD <a:b>", 1),
        ("PREFIX a:<a:> BASE <b:> #x\ninsert data {}", 1),
        ("base <a:> WITH<a:b> DELETE {} WHERE {}", 11),
    ],
)
def test_an_update_is_told_as_such(sparql, column):
    with pytest.raises(rg.QueryError, match="updates are refused") as caught:
        LocalStore().query(sparql)
    assert caught.value.column == column


@pytest.mark.parametrize("sparql", ["ASK { ?s ?p '\ud800' }", "ASK { ?s ?p \ud800 }", "\udcff"])
def test_a_query_that_is_no_utf_8_gives_a_message_that_is(sparql):
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query(sparql)
    assert str(caught.value).encode()
