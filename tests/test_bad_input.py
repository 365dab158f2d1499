"""Bad input of every kind is refused with its exit code and one clear message, and nothing is written."""

from __future__ import annotations

import gzip
import re

import pytest
from cli_runner import HOSTILE, process, rolegraph, steering
from worlds import WORLD

import rolegraph as rg

PREFIXES = (
    b"@prefix rg: <https://w3id.org/rolegraph/> .\n"
    b"@prefix role: <https://w3id.org/rolegraph/role/> .\n"
    b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)
ROLE = PREFIXES + b'role:a a rg:Role ; skos:prefLabel "a"@en .\n'
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
#: Entities that each hold the one before ten times: a few hundred bytes that mean ten gigabytes.
GROWING = b'<!ENTITY e0 "xxxxxxxxxx">' + b"".join(
    b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10)
)
WESTERN = "é".encode("latin-1")


def refused(answer, code=2, *, says=""):
    """See that the answer is a refusal that helps: one message, no result, nothing that steers a terminal."""
    assert (answer.code, answer.out) == (code, ""), answer
    lines = answer.err.splitlines()
    assert 1 <= len(lines) <= 20
    assert len(answer.err) <= 3000
    assert len([line for line in lines if line.startswith(("Error: ", "No "))]) == 1
    assert steering(answer.err) == set()
    assert "Traceback" not in answer.err
    assert not re.search(r"\b[A-Z]\w+(Error|Exception)\b", answer.err), "names of Python's errors help nobody"
    assert says in answer.err
    return True


# -- data ------------------------------------------------------------------------------------------

#: Name of the file -> what it holds, and what the message must say of the place.
BAD_DATA = {
    # cut off
    "in-a-statement.ttl": (ROLE[:-12], ":4:"),
    "in-an-iri.ttl": (PREFIXES + b"<urn:a", ":4:1:"),
    "in-a-string.ttl": (PREFIXES + b'role:a skos:prefLabel "ab', ":4:23:"),
    "in-a-long-string.ttl": (PREFIXES + b'role:a skos:prefLabel """ab\n\n', ":4:23:"),
    "in-a-list.ttl": (PREFIXES + b"role:a rg:x (1 2 .", ":4:18:"),
    "in-brackets.ttl": (PREFIXES + b"role:a rg:x [ a rg:Role .", ":4:25:"),
    "in-a-graph.trig": (PREFIXES + b"role:g { role:a a rg:Role ", ":4:"),
    "in-a-line.nt": (b"<urn:a> <urn:b> <urn:c>", ":1:"),
    "in-a-line.nq": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b>", ":2:"),
    "in-a-tag.rdf": (b"<rdf:RDF", ":1:"),
    "in-an-element.rdf": (RDF + b'<rdf:Description rdf:about="urn:a">', ":1:"),
    "before-the-end.rdf": (RDF + b'\n<rdf:Description rdf:about="urn:a"/>\n', ":3:"),
    "in-an-object.jsonld": (b'{"@id": "urn:a"', ":1:"),
    "in-an-array.jsonld": (b"[1, 2", ":1:"),
    "in-a-string.jsonld": (b'{"@id": "urn', ":1:"),
    "nothing.jsonld": (b"", ":1:1:"),
    "nothing.rdf": (b"", ":1:1:"),
    # encodings
    "western.ttl": (PREFIXES + b'role:a skos:prefLabel "' + WESTERN + b'"@en .', ":4:24:"),
    "western.nt": (b'<urn:a> <urn:b> "' + WESTERN + b'" .', ":1:18:"),
    "western.jsonld": (b'{"@id": "urn:a", "urn:b": "' + WESTERN + b'"}', ":1:"),
    "western.rdf": (b'<?xml version="1.0" encoding="iso-8859-1"?>' + RDF + WESTERN + b"</rdf:RDF>", ""),
    "utf-16.ttl": (ROLE.decode().encode("utf-16"), ":1:1:"),
    "utf-16-le.ttl": (ROLE.decode().encode("utf-16-le"), ":1:"),
    "utf-16-be.ttl": (ROLE.decode().encode("utf-16-be"), ":1:"),
    "utf-32.ttl": (ROLE.decode().encode("utf-32"), ":1:1:"),
    "utf-16.rdf": ((RDF + b"</rdf:RDF>").decode().encode("utf-16"), ""),
    "utf-16.jsonld": (b'{"@id": "urn:a"}'.decode().encode("utf-16"), ":1:1:"),
    "two-marks.ttl": (b"\xef\xbb\xbf\xef\xbb\xbf" + ROLE, ":1:1:"),
    "mark-inside.ttl": (ROLE + b"\xef\xbb\xbf" + ROLE, ":5:1:"),
    "half-a-mark.ttl": (b"\xef\xbb" + ROLE, ":1:1:"),
    "nul.ttl": (PREFIXES + b"\0role:a a rg:Role .", ":4:1:"),
    "nul.nt": (b"<urn:a>\0<urn:b> <urn:c> .", ":1:"),
    "nul.jsonld": (b'{"@id": \0}', ":1:"),
    # something else under a wrong name
    "page.ttl": (b"<!DOCTYPE html><html><body>404</body></html>", ":1:1:"),
    "page.rdf": (b"<html><body/></html>", ""),
    "json.ttl": (b'{"a": 1}', ":1:1:"),
    "turtle.nt": (ROLE, ":1:1:"),
    "turtle.rdf": (ROLE, ""),
    "turtle.jsonld": (ROLE, ":1:1:"),
    "archive.ttl": (b"PK\x03\x04\x00\x00", ":1:1:"),
    "compressed.ttl": (b"\x1f\x8b\x08\x00abc", ":1:1:"),
    "document.ttl": (b"%PDF-1.4\n\x00\x01", ":1:1:"),
    "steering.ttl": (PREFIXES + b"\x1b[31m\xc2\x9b\xe2\x80\xae a rg:Role .", ":4:1:"),
    # huge
    "huge-word.ttl": (PREFIXES + b"role:a skos:prefLabel " + b"x" * 3_000_000 + b" .", ":4:23:"),
    "huge-prefix.ttl": (b"x" * 3_000_000 + b":a a rg:Role .", ":1:1:"),
    "deep-list.ttl": (PREFIXES + b"role:a rg:x " + b"(" * 3000, ":4:"),
    "deep.jsonld": (b"[" * 100_000, ":1:"),
    # names
    "prefix.ttl": (b"foo:a a foo:B .", ":1:1: The prefix foo: has not been declared"),
    "prefix.trig": (b"foo:g { foo:a a foo:B }", ":1:1: The prefix foo: has not been declared"),
    "prefix.rdf": (RDF.replace(b' xmlns:x="urn:x:"', b"") + b"<x:y/></rdf:RDF>", ":1:"),
    "relative.nt": (b"<a> <b> <c> .", ":1:1:"),
    "relative-graph.nq": (b"<urn:a> <urn:b> <urn:c> <d> .", "(a relative IRI needs a @base)"),
    "relative-datatype.nt": (b'<urn:a> <urn:b> "x"^^<y> .', "(a relative IRI needs a @base)"),
    "space.ttl": (PREFIXES + b"<urn:a b> a rg:Role .", ":4:1:"),
    "percent.ttl": (PREFIXES + b"<http://a/%zz> a rg:Role .", ":4:1:"),
    "host.ttl": (PREFIXES + b"<http://[> a rg:Role .", ":4:1:"),
    # grammar
    "escape.ttl": (PREFIXES + rb'role:a skos:prefLabel "\q" .', ":4:24:"),
    "short-escape.ttl": (PREFIXES + rb'role:a skos:prefLabel "\u12" .', ":4:"),
    "surrogate.ttl": (PREFIXES + rb'role:a skos:prefLabel "\uD800" .', ":4:24:"),
    "beyond.ttl": (PREFIXES + rb'role:a skos:prefLabel "\U00110000" .', ":4:24:"),
    "escaped-space.ttl": (PREFIXES + rb'<urn:a\u0020b> skos:prefLabel "" .', ":4:1:"),
    "surrogate.jsonld": (rb'{"@id": "urn:a", "urn:b": "\ud800"}', ":1:"),
    "literal-subject.ttl": (PREFIXES + b'"a" a rg:Role .', ":4:1:"),
    "literal-predicate.nt": (b'<urn:a> "b" <urn:c> .', ":1:"),
    "blank-predicate.ttl": (PREFIXES + b"role:a _:b rg:Role .", ":4:8:"),
    "literal-graph.trig": (PREFIXES + b'"x" { role:a a rg:Role }', ":4:1:"),
    "no-graph.trig": (PREFIXES + b"GRAPH role:g role:a a rg:Role .", ":4:"),
    "language.ttl": (PREFIXES + b'role:a skos:prefLabel "a"@e_n .', ":4:27:"),
    "no-language.ttl": (PREFIXES + b'role:a skos:prefLabel "a"@ .', ":4:27:"),
    "two-lines.ttl": (PREFIXES + b'role:a skos:prefLabel "a\nb" .', ":4:25:"),
    "number.ttl": (PREFIXES + b"role:a rg:x 1e .", ":4:13:"),
    "no-dot.ttl": (PREFIXES + b"role:a a rg:Role\nrole:b a rg:Role .", ":5:1:"),
    "comma.jsonld": (b'{"@id": "urn:a",}', ":1:"),
    "quotes.jsonld": (b"{'@id': 'urn:a'}", ":1:2:"),
    "crossed.rdf": (b"<a><b></a></b>", ":1:"),
    "two-ids.rdf": (RDF + b'<x:a rdf:ID="i"/><x:a rdf:ID="i"/></rdf:RDF>', ""),
    "entity.rdf": (b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RDF + b"&a;</rdf:RDF>", ""),
    "growing.rdf": (
        b"<!DOCTYPE r [" + GROWING + b"]>" + RDF + b"<x:a><x:b>&e9;</x:b></x:a></rdf:RDF>",
        ":1:",
    ),
    "steering.rdf": (RDF + b"<x:a><x:b>\x1b[31m</x:b></x:a></rdf:RDF>", ":1:"),
    "unknown-entity.rdf": (RDF + b"<x:a><x:b>&nothing;</x:b></x:a></rdf:RDF>", ""),
    # JSON-LD
    "number-id.jsonld": (b'{"@id": 5}', ""),
    "number-context.jsonld": (b'{"@context": 5}', ""),
    "remote.jsonld": (b'{"@context": "https://schema.org/", "@id": "urn:a", "name": "x"}', "remote"),
    "remote-import.jsonld": (b'{"@context": {"@import": "https://schema.org/"}, "@id": "urn:a"}', "remote"),
    "file-context.jsonld": (b'{"@context": ["file:///etc/passwd"], "@id": "urn:a"}', "never fetched"),
    "near-context.jsonld": (b'{"@context": "context.json", "@id": "urn:a"}', "put the context into the file"),
    # endings
    "table.csv": (b"a,b\n", "known are .ttl .nt"),
    "notes.txt": (b"notes", "known are .ttl .nt"),
    "no-ending": (ROLE, "known are .ttl .nt"),
    "compressed.ttl.gz": (b"\x1f\x8b\x08\x00abc", "cannot be read"),
    "damaged.ttl.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", "cannot be read"),
    "damaged-later.ttl.gz": (gzip.compress(ROLE)[:-8] + b"12345678", "cannot be read"),
    ".ttl": (ROLE, "known are .ttl .nt"),
}


@pytest.mark.parametrize("name", BAD_DATA)
def test_bad_data_is_refused_with_file_and_place(tmp_path, name):
    content, says = BAD_DATA[name]
    file = tmp_path / name
    file.write_bytes(content)
    answer = rolegraph("export", str(tmp_path / "out.nq"), "--data", str(file))
    refused(answer, says=f"Error: {file}:")
    assert says in answer.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "command", [("info",), ("validate",), ("role", "a"), ("path", "a", "b"), ("query", "ASK {}")]
)
def test_bad_data_is_refused_by_every_command_even_after_good_data(tmp_path, command):
    bad = tmp_path / "bad.ttl"
    bad.write_bytes(ROLE + b"role:b a")
    refused(rolegraph(*command, "--data", str(WORLD), "--data", str(bad)), says=f"{bad}:5:")
    (tmp_path / "good.ttl").write_bytes(ROLE)
    refused(rolegraph(*command, "--data", str(tmp_path)), says=f"{bad}:5:")


@pytest.mark.parametrize(
    "use",
    [
        lambda name: rg.open(f"{name}.ttl"),
        lambda name: rg.LocalStore().load(f"{name}.ttl.gz"),
        lambda name: rg.read_mappings(f"{name}.sssom.tsv"),
        lambda name: rg.LocalStore.create(f"{name}.store", []),
        rg.LocalStore.open,
        lambda name: rg.import_table(name, "out.ttl"),
    ],
)
@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_refused_in_python_too(use, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(rg.RolegraphError):
        use(name)
    assert list(tmp_path.iterdir()) == []


BAD_PLACES = {
    "": "empty name",
    "nowhere.ttl": "No such file",
    "nowhere": "No such file",
    "none/nowhere.ttl": "No such file",
    "{here}/file.txt/x.ttl": "Not a directory",
    "{here}/file.txt": "no ending",
    "{here}/folder.ttl": "holds no RDF file",
    "{here}": "holds no RDF file",
    ".": "holds no RDF file",
    "/dev/null": "no ending",
    "x" * 5000 + ".ttl": "File name too long",
    "x" * 5000: "File name too long",
    "a\x1b[31m\u202e\x9b.ttl": "No such file",
    "Curated": "No such file",
    "~/mine.ttl": "No such file",
    "-": "No such file",
}


@pytest.mark.parametrize("place", BAD_PLACES, ids=lambda place: repr(place)[:40])
def test_data_that_is_not_there_is_refused(tmp_path, place):
    (tmp_path / "file.txt").write_text("text")
    (tmp_path / "folder.ttl").mkdir()
    before = sorted(tmp_path.rglob("*"))
    named = place.format(here=tmp_path)
    refused(rolegraph("info", "--data", named), says=BAD_PLACES[place])
    refused(rolegraph("validate", named), says=BAD_PLACES[place])
    assert sorted(tmp_path.rglob("*")) == before


# -- queries ---------------------------------------------------------------------------------------

UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "drop all ",
    "CREATE GRAPH <urn:g>",
    "LOAD <file:///etc/passwd>",
    "load <http://localhost:1/> into graph <urn:g>",
    "COPY <urn:a> TO <urn:b>",
    "MOVE <urn:a> TO <urn:b>",
    "ADD <urn:a> TO <urn:b>",
    "PREFIX x: <urn:x>\n# a comment\nBASE <urn:y>\nDELETE WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("sparql", UPDATES)
def test_updates_are_refused_by_name(sparql):
    refused(rolegraph("query", sparql), says="updates are refused")
    refused(rolegraph("query", "-", stdin=sparql.encode()), says="updates are refused")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { service ?where { ?s ?p ?o } }",
    ],
)
def test_a_query_never_reaches_out(sparql):
    refused(rolegraph("query", sparql), says="SERVICE is refused")


#: A query, and the line that its mistake is on; 0 where no line can be told.
BAD_QUERIES = {
    "": 1,
    " ": 1,
    "# only a comment": 1,
    "SELECT": 1,
    "SELECT *": 1,
    "SELECT * WHERE": 1,
    "SELECT * {": 1,
    "SELECT * { ?s ?p }": 1,
    "SELECT * { ?s ?p ?o ": 1,
    "SELECT * { ?s ?p ?o }}": 1,
    "SELECT *\n{\n?s ?p ?o .\n?s ?p\n": 4,
    "SELECT ?x { ?s ?p ?o } GROUP BY": 1,
    "SELECT * { ?s ?p ?o } ORDER BY": 1,
    "SELECT * { ?s ?p ?o } LIMIT -1": 1,
    "SELECT * { ?s ?p ?o } LIMIT many": 1,
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999": 1,
    "SELECT * { ?s ?p ?o } ; SELECT * { ?s ?p ?o }": 1,
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }": 1,
    "SELECT (?s AS ?s) { ?s ?p ?o }": 1,
    "SELECT (COUNT(*) AS) { ?s ?p ?o }": 1,
    "SELECT DISTINCT { ?s ?p ?o }": 1,
    "SELEC * { ?s ?p ?o }": 1,
    "select count(*) { ?s ?p ?o }": 1,
    "SELECT name FROM roles;": 1,
    "MATCH (n) RETURN n": 1,
    '{ "query": "roles" }': 1,
    "{": 1,
    "}": 1,
    "{ ?s ?p ?o }": 1,
    "ASK": 1,
    "ASK {": 1,
    "CONSTRUCT { ?s ?p ?o }": 1,
    "CONSTRUCT { ?s ?p ?o } WHERE": 1,
    "DESCRIBE": 1,
    "SELECT * { FILTER }": 1,
    "SELECT * { FILTER(?x = ) }": 1,
    "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }": 1,
    "SELECT * { VALUES ?x { ?y } }": 1,
    "SELECT * { VALUES (?x ?y) { (1) } }": 1,
    "SELECT * { ?s ?p ?o FILTER(NOSUCH(?o)) }": 1,
    "SELECT * { ?s ?p ?o FILTER(<urn:no:function>(?o)) }": 1,
    "SELECT * { ?s rdf:type/ ?o }": 1,
    "SELECT * { ?s ^ ?o }": 1,
    "SELECT * { GRAPH { ?s ?p ?o } }": 1,
    "SELECT * { ? ?p ?o }": 1,
    "SELECT * { ?s ?p ?o . . }": 1,
    "SELECT * { ?s no:such ?o }": 1,
    "SELECT * {\n?s a rg:Role .\n?s unknown:thing ?o }": 3,
    "PREFIX a: SELECT * {}": 1,
    "PREFIX a <urn:a> SELECT * {}": 1,
    "PREFIX : <b c> SELECT * {}": 1,
    "BASE <a> SELECT * { <b> ?p ?o }": 1,
    "SELECT * { <b> ?p ?o }": 1,
    "SELECT * { ?s ?p <a b> }": 1,
    "SELECT * { ?s ?p <abc }": 1,
    'SELECT * { ?s ?p "abc }': 1,
    'SELECT * { ?s ?p "a\nb" }': 1,
    'SELECT * { ?s ?p "\\q" }': 1,
    'SELECT * { ?s ?p "\\uD800" }': 1,
    'SELECT * { ?s ?p "a"@ }': 1,
    'SELECT * { ?s ?p "a"^^ }': 1,
    "SELECT * { ?s ?p 1e }": 1,
    "SELECT * { ?s ?p ?o } \x1b[31m": 1,
    "SELECT * { ?s ?p \u202e\x9b\x07 }": 1,
    "SELECT * { ?s ?p 漢 é }": 1,
    "SELECT * { ?s ?p ?o }\r\n x": 2,
    "SELECT * { " + "?s ?p ?o . " * 3000 + "?s }": 1,
    "SELECT * { ?s ?p ?o FILTER(?o = " + "x" * 100_000 + ") }": 1,
    f"SELECT * {{ ?s ?p {HOSTILE} }}": 0,
}


@pytest.mark.parametrize("sparql", BAD_QUERIES, ids=lambda sparql: repr(sparql)[:60])
def test_a_bad_query_is_refused_with_its_line(tmp_path, sparql):
    line = BAD_QUERIES[sparql]
    for answer in (rolegraph("query", "-", stdin=sparql.encode()), _from_file(tmp_path, sparql)):
        refused(answer, says=f"line {line}, column " if line else "Error: ")
        if line:
            assert "^" in answer.err.splitlines()[-1]


def _from_file(folder, sparql):
    file = folder / "bad.rq"
    file.write_text(sparql, "utf-8", newline="")
    answer = rolegraph("query", str(file))
    assert [path.name for path in folder.iterdir()] == ["bad.rq"]
    return answer


NO_TEXT = [b"\xff\xfe", b'SELECT * { ?s ?p "\xe9" }', "SELECT * {}".encode("utf-16"), b"ASK {}\xc3"]


@pytest.mark.parametrize("content", NO_TEXT)
def test_a_query_that_is_no_utf_8_is_refused(tmp_path, content):
    refused(rolegraph("query", "-", stdin=content), says="Error: standard input:1:")
    file = tmp_path / "bad.rq"
    file.write_bytes(content)
    refused(rolegraph("query", str(file)), says=f"Error: {file}:1:")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("nowhere.rq", "No such file"),
        ("nowhere.sparql", "No such file"),
        ("{here}", "No query is called"),
        ("{here}/folder.rq", "Is a directory"),
        ("{here}/file.txt/x.rq", "Not a directory"),
        ("", "No query is called ''"),
        (".", "No query is called"),
        ("nothing", "No query is called 'nothing'"),
        ("../queries/pay", "No query is called"),
        ("queries/pay.rq", "No such file"),
        ("pay.rq", "No such file"),
        ("projection/nodes", "No query is called"),
        ("x" * 5000, "File name too long"),
        ("a\x1b[31m\u202e", "No query is called"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_query_that_is_not_there_is_refused(tmp_path, what, says):
    (tmp_path / "folder.rq").mkdir()
    (tmp_path / "file.txt").write_text("text")
    refused(rolegraph("query", what.format(here=tmp_path)), says=says)


NUMBER = "SELECT ?x {\nVALUES ?x { 1 }\n}"
TRUTH = "SELECT ?x {\nVALUES ?x { true }\n}"
IRI = "SELECT ?x {\nVALUES ?x { <urn:a> }\n}"


@pytest.mark.parametrize(
    ("sparql", "value", "says"),
    [
        ("skills_of_role", "role", "is not of the form PARAM=VALUE"),
        ("skills_of_role", "=CPO", "is not of the form PARAM=VALUE"),
        ("skills_of_role", "", "is not of the form PARAM=VALUE"),
        ("skills_of_role", "rol=CPO", "it has: role."),
        ("skills_of_role", "ROLE=CPO", "it has: role."),
        ("skills_of_role", "role=", "No role is called ''"),
        ("skills_of_role", "role=PM", "names 2 things"),
        ("skills_of_role", "role=nobody", "No role is called 'nobody'"),
        ("skills_of_role", "role=creativity", "No role is called 'creativity'"),
        ("skills_of_role", "role=} UNION { ?s ?p ?o }", "No role is called"),
        ("skills_of_role", "role=<urn:a> } #", "No role is called"),
        ("skills_of_role", "role=https://[", "is no IRI"),
        ("skills_of_role", "role=role:%zz", "is no IRI"),
        ("skills_of_role", "role=\x1b[31m\u202e", "No role is called"),
        ("skills_of_role", "role=" + "x" * 100_000, "No role is called"),
        ("roles", "role=CPO", "it has: none"),
        (NUMBER, "x=many", "needs a number such as 1, and 'many' is none"),
        (NUMBER, "x=", "needs a number"),
        (NUMBER, "x=NaN", "needs a number"),
        (NUMBER, "x=-inf", "needs a number"),
        (NUMBER, "x=1_000", "needs a number"),
        (NUMBER, "x=1,5", "needs a number"),
        (NUMBER, "x=1 } #", "needs a number"),
        (TRUTH, "x=maybe", "needs true or false"),
        (IRI, "x=a b", "neither an IRI nor a short name"),
        (IRI, "x=<urn:b> } #", "neither an IRI nor a short name"),
        (IRI, "x=", "neither an IRI nor a short name"),
        (IRI, "x=http://[", "is no IRI"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_parameter_is_refused(sparql, value, says):
    refused(rolegraph("query", sparql, value), says=says)


# -- names -----------------------------------------------------------------------------------------

BAD_NAMES = [
    "",
    " ",
    "\t",
    "nobody",
    "a b c",
    "C P O",
    "x" * 100_000,
    "CPO CEO",
    "chief",
    "*",
    "%",
    "<",
    "<>",
    "role:",
    "role:nobody",
    "role:chief product officer",
    "skill:creativity",
    "creativity",
    "https://example.org/nobody",
    "<https://example.org/nobody>",
    "https://w3id.org/rolegraph/role/",
    "urn:",
    "\x1b[31mCPO",
    "CPO\u202e",
    "\x9b",
    "\u200b",
    "“CPO”",
    "'; DROP TABLE roles",
    '" } #',
    "../CPO",
    "é",
    "PM",
]


@pytest.mark.parametrize("name", BAD_NAMES, ids=lambda name: repr(name)[:40])
def test_a_bad_name_is_refused(name):
    says = "names 2 things" if name == "PM" else "No role is called"
    refused(rolegraph("role", name), says=says)
    # An IRI that nothing has is a fair question to a query.
    if not re.match(r"<?(https|urn|role|skill):", name):
        refused(rolegraph("query", "skills_of_role", f"role={name}"), says=says)


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "{}", "CEO"),
        ("path", "CPO", "{}"),
        ("path", "CPO", "CEO", "-k", "3", "--avoid", "{}"),
        ("gap", "{}", "CPO"),
        ("gap", "CPO", "{}"),
        ("why", "{}"),
        ("why", "CPO", "{}"),
        ("view", "{}", "-o", "{here}/map.html"),
        ("view", "CPO", "{}", "-o", "{here}/map.html"),
    ],
)
@pytest.mark.parametrize(
    "name", ["nobody", "x" * 9999, "\x1b[31m\u202e", "<", "PM"], ids=lambda name: repr(name)[:20]
)
def test_a_bad_name_is_refused_wherever_one_is_asked_for(tmp_path, arguments, name):
    answer = rolegraph(*(part.format(name, here=tmp_path) for part in arguments))
    refused(answer, says="names 2 things" if name == "PM" else " is called ")
    assert [*tmp_path.iterdir()] == []


# -- options ---------------------------------------------------------------------------------------

ROUTE = ("path", "CPO", "CEO")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nothing",), "No such command 'nothing'"),
        (("",), "No such command ''"),
        (("ROLE", "CPO"), "No such command 'ROLE'"),
        (("x" * 100_000,), "No such command"),
        (("--nothing",), "No such option"),
        (("--format",), "requires an argument"),
        (("--format", "xml", "info"), "'xml' is not one of"),
        (("--data",), "requires an argument"),
        (("--data", "mine.ttl"), "Missing command"),
        (("role",), "Missing argument 'NAME'"),
        (("role", "--"), "Missing argument 'NAME'"),
        (("role", "CPO", "CEO"), "unexpected extra argument"),
        (("role", "chief", "product", "officer"), "unexpected extra arguments"),
        (("find",), "Missing argument 'TEXT'"),
        (("find", "CPO", "--kind"), "requires an argument"),
        (("find", "CPO", "--kind", "roles"), "'roles' is not one of"),
        (("find", "CPO", "--kind", ""), "'' is not one of"),
        (("path",), "Name two roles, START and GOAL; here are 0."),
        (("path", "CPO"), "Where from? Name two roles: START GOAL."),
        ((*ROUTE, "CTO"), "here are 3. Names of several words need quotes."),
        ((*ROUTE, "-k", "0"), "0 is not in the range"),
        ((*ROUTE, "-k", "1001"), "1001 is not in the range"),
        ((*ROUTE, "-k", "-1"), "-1 is not in the range"),
        ((*ROUTE, "-k", "many"), "'many' is not a valid integer"),
        ((*ROUTE, "-k", "1.5"), "'1.5' is not a valid integer"),
        ((*ROUTE, "-k", ""), "'' is not a valid integer"),
        ((*ROUTE, "-k", "9" * 5000), "is not a valid integer"),
        ((*ROUTE, "-k"), "requires an argument"),
        ((*ROUTE, "--max-steps", "-1"), "-1 is not in the range"),
        ((*ROUTE, "--max-steps", "few"), "'few' is not a valid integer"),
        ((*ROUTE, "--only", "rumoured"), "'rumoured' is not one of 'stated'"),
        ((*ROUTE, "--only"), "requires an argument"),
        ((*ROUTE, "--avoid", "nobody"), "No role is called 'nobody'"),
        ((*ROUTE, "--avoid"), "requires an argument"),
        ((*ROUTE, "--by", "pay"), "'pay' is not one of 'hops', 'gap'"),
        ((*ROUTE, "--format", "ttl"), "'ttl' is not one of"),
        ((*ROUTE, "--format", "TABLE"), "'TABLE' is not one of"),
        ((*ROUTE, "--format", ""), "'' is not one of"),
        ((*ROUTE, "--format", "\x1b[31m"), "is not one of"),
        ((*ROUTE, "--\x1b[31m\u202e"), "No such option"),
        ((*ROUTE, "\x1b[31m\u202e\x9b"), "here are 3"),
        ((*ROUTE, "--" + "x" * 100_000), "No such option"),
        (("gap", "CPO"), "Where from?"),
        (("why",), "Missing argument 'NAME'"),
        (("why", "CPO", "CEO", "CTO"), "unexpected extra argument"),
        (("query",), "Missing argument"),
        (("query", "pay", "--format", "xml"), "'xml' is not one of"),
        (("queries", "nothing"), "No such command 'nothing'"),
        (("queries", "show"), "Missing argument 'NAME'"),
        (("queries", "show", "nothing"), "No query is called 'nothing'"),
        (("queries", "show", "../README"), "No query is called"),
        (("queries", "list", "pay"), "unexpected extra argument"),
        (("view",), "-o map.html"),
        (("view", "-o"), "requires an argument"),
        (("view", "CPO", "CEO", "CTO", "-o", "map.html"), "unexpected extra argument"),
        (("info", "CPO"), "unexpected extra argument"),
        (("validate", "nowhere.ttl"), "No such file"),
        (("validate", "--shapes", "mine.ttl"), "No such option"),
        (("export",), "Missing argument 'FILE'"),
        (("export", ""), "No file or folder has an empty name"),
        (("export", "-"), "name a FILE"),
        (("export", "map"), "no ending"),
        (("export", "map.xyz"), "no ending"),
        (("export", "map.csv"), "no ending"),
        (("export", ".ttl"), "no ending"),
        (("export", "none/map.ttl"), "cannot be written"),
        (("export", "/"), "no ending"),
        (("export", "x" * 300 + ".ttl"), "File name too long"),
        (("export", "x" * 300 + ".store"), "File name too long"),
        (("export", "a.ttl", "b.ttl"), "unexpected extra argument"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_bad_call_is_refused(arguments, says):
    refused(rolegraph(*arguments), says=says)


# -- as processes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("role", "nobody"), b""),
        (("query", "-"), b"SELECT * {"),
        (("query", "-"), b"\xff\xfe\x00"),
        (("info", "--data", "nowhere.ttl"), b""),
        (("view", "-o", "none/map.html"), b""),
        (("export", "x" * 300 + ".store"), b""),
        (("path", "CPO", "CEO", "-k", "none"), b""),
        (("query", "skills_of_role", "role=https://["), b""),
    ],
)
def test_a_process_refuses_in_the_same_words(arguments, stdin):
    answer = process(*arguments, stdin=stdin)
    refused(answer)
    assert answer == rolegraph(*arguments, stdin=stdin)


def test_there_are_many_kinds_of_bad_input():
    assert len(BAD_DATA) + len(BAD_PLACES) + len(BAD_QUERIES) + len(BAD_NAMES) + len(UPDATES) >= 120
