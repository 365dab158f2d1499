"""No spelling of SERVICE or FROM <file:...> gets past, and none that is harmless is stopped."""

from __future__ import annotations

import re
import socket
from threading import Thread

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph.answers import pack
from rolegraph.query_guard import DEEPEST, LONGEST, MOST_OPERATORS, files_asked, path_of
from rolegraph.stores import LocalStore

URL = "http://127.0.0.1:9/"
CALL = f"SERVICE<{URL}>{{}}"

#: Queries that the engine takes for a call of an endpoint, or has taken.
CALLS = [
    f"SELECT * {{ SERVICE <{URL}> {{ }} }}",
    f"SELECT * {{ SERVICE SILENT <{URL}> {{ }} }}",
    f"SELECT * {{ SeRvIcE\n#c\n<{URL}> {{ }} }}",
    f"SELECT * {{ SERVICE#c\r<{URL}> {{ }} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ SERVICE ex:a {{ }} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ SERVICEex:a{{ }} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ SERVICESILENTex:a{{ }} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ ?s ?p trueSERVICEex:a{{ }} }}",
    f"SELECT * {{ ?s ?p true{CALL} }}",
    f"SELECT * {{ ?s ?p 10{CALL} }}",
    f"SELECT * {{ ?s ?p 1.{CALL} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ ?s ?p ex:.{CALL} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ ?s ?p ex:a.b.{CALL} }}",
    f"PREFIX ex: <{URL}> SELECT * {{ FILTER(?a<1)SERVICEex:a#>\n{{ }} }}",
    f"SELECT * {{ FILTER(?a<?b#>'''\n){CALL}#'''\n}}",
    f"SELECT * {{ FILTER(?a<'>'&&?x=''){CALL} FILTER(''='') }}",
    f"SELECT * {{ {{ {{ OPTIONAL {{ MINUS {{ {CALL} }} }} }} UNION {{ }} }} }}",
    f"SELECT * {{ {{ SELECT * {{ {CALL} }} }} }}",
    f"SELECT * {{ FILTER EXISTS {{ {CALL} }} }}",
    f"SELECT * {{ LATERAL {{ {CALL} }} }}",
    f"SELECT * {{ GRAPH ?g {{ {CALL} }} }}",
    f"ASK {{ {CALL} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} {{ {CALL} }}",
    f"DESCRIBE ?s {{ {CALL} }}",
    f"SELECT (EXISTS {{ {CALL} }} AS ?x) {{ }}",
    f"SELECT * {{ }} HAVING (EXISTS {{ {CALL} }})",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:9/> { } }",
    "SELECT * { ?s ?p ?w SERVICE ?w { } }",
    "SELECT * { SERVICE <file:///etc/passwd> { } }",
]


@pytest.mark.parametrize("sparql", CALLS)
def test_a_call_of_an_endpoint_is_refused_with_its_place(sparql):
    with pytest.raises(
        rg.QueryError, match=r"^line \d+, column \d+: .*(SERVICE is refused|word service)"
    ) as caught:
        LocalStore().query(sparql)
    assert caught.value.line >= 1


def test_the_place_is_that_of_the_word():
    with pytest.raises(rg.QueryError) as caught:
        LocalStore().query('SELECT *\n{ ?s ?p "service" .\n   SERVICE <x:a> { } }')
    assert (caught.value.line, caught.value.column) == (3, 4)


def test_an_escape_that_the_engine_does_not_read_makes_no_call():
    with pytest.raises(rg.QueryError):
        LocalStore().query(f"SELECT * {{ S\\u0045RVICE <{URL}> {{ }} }}")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s rdfs:label 'customer service' }",
        'SELECT * { ?s rdfs:label """SERVICE <x:a> { }""" } # SERVICE <x:a> { }',
        "PREFIX service: <x:> SELECT * { service:a service:b service:service }",
        "PREFIX services: <x:> SELECT * { GRAPH services:x { ?s ?p ?o } }",
        "SELECT * { ?service ?p $SERVICE . ?s ?p <https://example.org/service#it's> }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?s != <https://example.org/service#x>) }",
        "SELECT * { VALUES (?a ?b) { (<x:a> <https://example.org/(service)#a>) } }",
        "SELECT * { ?s ?p <urn:customer-service#a> }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, 'service', 'i')) }",
    ],
)
def test_the_word_is_let_pass_where_it_calls_nobody(sparql):
    list(LocalStore().query(sparql))


class _Listener:
    """A port of this machine that counts who knocks."""

    def __enter__(self):
        self.knocks = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self):
        while True:
            try:
                knocking, _ = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            knocking.close()

    def __exit__(self, *_):
        self.socket.close()


#: What may stand between two words: nothing, a blank, or a comment made to look like a string or an IRI.
BETWEEN = st.sampled_from(
    ["", "", "", " ", "\n", "#\n", "#>\n", "#'\n", "#>'''\n", "#>'\n", '#>"""\n', "#<\r"]
)
VALUES = st.sampled_from(
    [
        "?a",
        "?b",
        "1",
        "-1.5",
        "true",
        "ex:a",
        "ex:a.b",
        "ex:",
        "<x:y>",
        "''",
        "'a'",
        "'>'",
        "'#>'",
        '">"',
        "'<'",
        "'\\''",
        "'x'@en",
        "'x'^^ex:t",
        "STR(?a)",
        "?service",
        "'''>'''",
        '"""a"b"""',
    ]
)
SIGNS = st.sampled_from(["<", "<", "<", ">", "=", "!=", "&&", "||", "+", "-", "*", "/", "<=", ">="])
OTHERS = st.sampled_from(["?s ?p 'o'.", "{}", "?s ex:p <x:o#'>.", "<<ex:a#>\nex:b 1>>ex:c 1."])
TARGETS = st.sampled_from([f"<{URL}>", "ex:a", f"SILENT<{URL}>", "SILENT ex:a", f"#'\n<{URL}>", "ex:a#>\n"])


@st.composite
def filters(draw):
    """Write a FILTER as closely together as SPARQL lets one."""
    words = [draw(VALUES)]
    for _ in range(draw(st.integers(0, 4))):
        words += [draw(SIGNS), draw(VALUES)]
    return "FILTER(" + "".join(word + draw(BETWEEN) for word in words) + ")"


@st.composite
def calls(draw):
    """Write a query that calls, with all that may hide it before and behind."""
    parts = draw(st.lists(filters() | OTHERS, max_size=4))
    place = draw(st.integers(0, len(parts)))
    word = draw(st.sampled_from(["SERVICE", "service", "sErVice"]))
    call = word + draw(BETWEEN) + draw(TARGETS) + draw(BETWEEN) + "{}"
    inner = "".join(part + draw(BETWEEN) for part in [*parts[:place], call, *parts[place:]])
    return f"PREFIX ex: <{URL}> SELECT * {{{inner}}}"


def complaint(query, sparql):
    """Give what is said against a query; nothing where it is answered."""
    try:
        list(query(sparql))
    except (OSError, RuntimeError, ValueError, SyntaxError) as error:
        return str(error)
    return ""


@settings(max_examples=1500, deadline=None)
@given(calls())
def test_nothing_that_is_written_around_a_call_hides_it(sparql):
    assert re.search("SERVICE is refused|word service", complaint(LocalStore().query, sparql))


@settings(max_examples=300, deadline=None)
@given(st.lists(filters() | OTHERS, max_size=3).map("".join))
def test_what_calls_nobody_is_refused_just_when_the_engine_refuses_it(inner):
    sparql = f"PREFIX ex: <{URL}> SELECT * {{{inner}}}".replace("service", "served")
    assert bool(complaint(LocalStore().query, sparql)) == bool(complaint(ox.Store().query, sparql))


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("'\"<>#\n\\(){}?.: aSERVICEservice1"), max_size=40))
def test_no_text_at_all_makes_a_call(text):
    said = complaint(LocalStore().query, f"PREFIX ex: <{URL}> SELECT * {{ {text} SERVICE ex:a {{}} }}")
    assert "port 9" not in said


def test_the_engine_itself_would_call():
    """What the test above goes by: without the guard these words are said."""
    with pytest.raises(OSError, match="port 9"):
        list(ox.Store().query(f"SELECT * {{ {CALL} }}"))


def test_a_host_that_is_allowed_is_asked_and_no_other():
    with _Listener() as listener:
        there = f"http://127.0.0.1:{listener.port}/sparql"
        with pytest.raises(rg.QueryError, match=r"host 127\.0\.0\.1 is not among those allowed"):
            LocalStore().query(f"SELECT * {{ SERVICE <{there}> {{ }} }}", ["example.org"])
        for spelling in (
            f"SELECT * {{ SERVICE <http://example.org@127.0.0.1:{listener.port}/> {{ }} }}",
            f"SELECT * {{ SERVICE <http:\\u002F/127.0.0.1:{listener.port}/> {{ }} }}",
            f"PREFIX ex: <{there}> SELECT * {{ SERVICE ex: {{ }} }}",
            f"SELECT * {{ BIND(<{there}> AS ?w) SERVICE ?w {{ }} }}",
            "SELECT * { SERVICE <file:///etc/passwd> { } }",
            f"SELECT * {{ SERVICE <http://example.org/> {{ SERVICE <{there}> {{ }} }} }}",
        ):
            with pytest.raises(rg.QueryError, match="SERVICE is refused"):
                LocalStore().query(spelling, ["example.org"])
        assert listener.knocks == 0
        asked = LocalStore().query(f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}", ["127.0.0.1"])
        with pytest.raises(rg.QueryError):  # it answers with nothing at all
            pack(asked, rg.Limits())
        assert listener.knocks == 1


@pytest.mark.parametrize("form", ["FROM", "FROM NAMED", "from#c\n", "FROM\n\tNAMED"])
def test_a_file_that_is_no_graph_is_refused_with_its_place(form):
    with pytest.raises(
        rg.QueryError, match=r"FROM <file:///etc/passwd> is refused: .* --allow-file"
    ) as caught:
        LocalStore().query(f"SELECT *\n{form} <file:///etc/passwd> {{ ?s ?p ?o }}")
    assert caught.value.line in {2, 3}


def test_a_file_that_is_the_name_of_a_graph_is_asked():
    store = LocalStore()
    store.engine.add(
        ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("c"), ox.NamedNode("file:///a.ttl"))
    )
    assert len(list(store.select("SELECT * FROM <file:///a.ttl> { ?s ?p ?o }"))) == 1
    assert list(store.select("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }")) == []


def test_files_that_are_asked_for_are_told_from_words():
    assert files_asked("SELECT ?from { ?from <file:///a> 'FROM <file:///b>' } # FROM <file:///c>") == []
    assert files_asked("ASK FROM <file:///a> FROM NAMED <FILE:/b> FROM <x:c> { }") == ["file:///a", "FILE:/b"]
    assert [path_of(iri) for iri in ("file:///a%20b", "FILE:/a", "file://localhost/a", "file:a")] == [
        "/a b", "/a", "/a", "a",
    ]  # fmt: skip


#: What nests: one level's beginning and end, and a middle.
NESTS = {
    "groups": ("{", "}", "?s ?p ?o"),
    "filters": ("FILTER(", ")", "1"),
    "brackets": ("?s ?p [ ?p ", "]", "1"),
    "exists": ("FILTER EXISTS {", "}", "?s ?p ?o"),
    "lists": ("?s ?p (", ")", "1"),
}


@pytest.mark.parametrize("nest", NESTS)
def test_too_many_brackets_are_refused_before_the_engine_dies_of_them(nest):
    begin, end, middle = NESTS[nest]
    sparql = f"SELECT * {{ {begin * 5000}{middle}{end * 5000} }}"
    with pytest.raises(rg.QueryError, match=f"nested more than {DEEPEST} deep"):
        LocalStore().query(sparql)


@pytest.mark.parametrize("chain", ["+1", "+ 1", "-1", "*1", "||true", "&&true", "=1", " + ?x"])
def test_too_long_a_chain_is_refused_before_the_engine_dies_of_it(chain):
    with pytest.raises(rg.QueryError, match=f"more than {MOST_OPERATORS:,} operators"):
        LocalStore().query(f"ASK {{ FILTER(1{chain * 20_000}) }}")


@pytest.mark.parametrize("chain", ["/<x:a>", "|<x:a>", "/^<x:a>"])
def test_too_long_a_property_path_is_refused(chain):
    with pytest.raises(rg.QueryError, match="operators"):
        LocalStore().query(f"ASK {{ ?s <x:a>{chain * 20_000} ?o }}")


def test_too_many_negations_and_unions_are_refused():
    for sparql in (f"ASK {{ FILTER({'!' * 20_000}true) }}", "ASK { { }" + " UNION { }" * 20_000 + " }"):
        with pytest.raises(rg.QueryError, match="operators"):
            LocalStore().query(sparql)


@pytest.mark.parametrize("nest", NESTS)
def test_the_engine_survives_what_is_allowed(nest):
    begin, end, middle = NESTS[nest]
    levels = DEEPEST - 60
    with pytest.raises(rg.QueryError, match=r"^(?!.*(nested|operators))"):
        # One bracket is missing: it is read to the end, and never planned, which takes longer than it may.
        LocalStore().query(f"SELECT * {{ {begin * levels}{middle}{end * levels} ")


def test_long_lists_of_values_are_no_chain():
    store = LocalStore()
    values = " ".join(f"-{number}" for number in range(5_000))
    assert len(list(store.select(f"SELECT * {{ VALUES ?x {{ {values} }} }}"))) == 5_000
    typed = " ".join(f'"{number}"^^<x:t>' for number in range(5_000))
    assert len(list(store.select(f"SELECT * {{ VALUES ?x {{ {typed} }} }}"))) == 5_000
    pairs = " ".join(f"({number} -{number})" for number in range(5_000))
    assert len(list(store.select(f"SELECT * {{ VALUES (?x ?y) {{ {pairs} }} }}"))) == 5_000


def test_an_endless_query_is_refused():
    with pytest.raises(rg.QueryError, match=f"longer than {LONGEST:,} characters"):
        LocalStore().query("ASK { } # " + "x" * LONGEST)
