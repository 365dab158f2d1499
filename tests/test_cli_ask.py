"""`query`: every form of query, in every format, read back by other parsers."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_runner import AS_TURTLE, HOSTILE, MARKUP, letters, on_terminal, process, rolegraph, unstyled
from worlds import PREAMBLE, WORLD, shipped, turtle, world

from rolegraph.confinement import CAN_FORK
from rolegraph.names import PREFIXES, shorten
from rolegraph.plain_values import plain_value
from rolegraph.queries import named_query, query_names
from rolegraph.tables import cell

MINE = ("--data", str(WORLD))
RESULTS = {"tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}
GRAPHS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}


def solutions(results):
    columns = [variable.value for variable in results.variables]
    return columns, [tuple(row) for row in results]


def text(term):
    """Give a term as the SPARQL CSV format has it."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return "" if term is None else term.value


def triples(data, kind):
    found = ox.Dataset(ox.parse(data, format=GRAPHS[kind]))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found)


def graph_of(statements):
    found = ox.Dataset(ox.Quad(*triple) for triple in statements)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found)


# -- SELECT ----------------------------------------------------------------------------------------

SELECTS = [
    pytest.param("SELECT ?r ?usd { ?pay rg:role ?r ; rg:amount ?usd } ORDER BY ?usd", (), id="iris"),
    pytest.param("SELECT ?x ?n { ?x rg:sharePercent ?n } ORDER BY ?n", MINE, id="decimals"),
    pytest.param("SELECT ?label { ?x skos:prefLabel ?label } ORDER BY ?label", MINE, id="languages"),
    pytest.param("SELECT ?p ?t { ?x rg:period ?p OPTIONAL { ?x rg:no ?t } } ORDER BY ?p", MINE, id="unbound"),
    pytest.param("SELECT (COUNT(*) AS ?n) (AVG(?a) AS ?mean) { ?x rg:amount ?a }", (), id="figures"),
    pytest.param('SELECT ?x { VALUES ?x { "a\\tb\\nc\\"d\\\\f" 1.5 1e3 true "x"@en UNDEF } }', (), id="odd"),
    pytest.param("SELECT (BNODE() AS ?b) {}", (), id="blank"),
    pytest.param("SELECT ?x { VALUES ?x { <urn:a,b> \"'\" '\"' \"\" } }", (), id="quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("sparql", "data"), SELECTS)
@pytest.mark.parametrize("kind", RESULTS)
def test_select_in_the_formats_of_sparql_results_gives_the_same_terms(sparql, data, kind):
    answer = rolegraph("query", sparql, "--format", kind, *data)
    assert (answer.code, answer.err) == (0, "")
    columns, rows = solutions(ox.parse_query_results(answer.raw, format=RESULTS[kind]))
    expected_columns, expected = solutions((world() if data else shipped()).store.select(sparql))
    assert columns == expected_columns
    if "BNODE" in sparql:
        assert [type(term) for row in rows for term in row] == [ox.BlankNode]
    else:
        assert rows == expected
    assert answer.raw.endswith(b"\n")
    if kind == "json":
        assert json.loads(answer.out)["head"]["vars"] == columns


@pytest.mark.parametrize(("sparql", "data"), [case for case in SELECTS if case.id != "blank"])
def test_select_as_csv_and_markdown_gives_the_values(sparql, data):
    graph = world() if data else shipped()
    columns, expected = solutions(graph.store.select(sparql))
    shown = rolegraph("query", sparql, "--format", "csv", *data)
    assert list(csv.reader(io.StringIO(shown.out, newline=""), strict=True)) == [
        columns,
        *([text(term) for term in row] for row in expected),
    ]
    values = [[plain_value(term) for term in row] for row in expected]
    short = [[cell(shorten(value) if isinstance(value, str) else value) for value in row] for row in values]
    assert rolegraph("query", sparql, "--format", "md", *data).rows("md") == [columns, *short]


@pytest.mark.parametrize("name", query_names())
def test_every_named_query_prints_its_rows(name):
    graph = shipped()
    expected = graph.store.query(graph.expanded(named_query(name).text))
    answer = rolegraph("query", name)
    if isinstance(expected, ox.QueryBoolean):
        assert answer.out == ("true\n" if expected else "false\n")
        assert answer.code == (0 if expected else 1)
    elif isinstance(expected, ox.QueryTriples):
        assert triples(answer.raw, "ttl") == graph_of(expected)
    else:
        columns, rows = solutions(ox.parse_query_results(answer.raw, format=RESULTS["tsv"]))
        assert (columns, rows) == solutions(expected)
        assert answer.code == (0 if rows else 1)
        assert answer.err.startswith("No rows.\n") if not rows else answer.err == ""


def test_a_table_for_people_shows_short_names():
    query = "SELECT ?role ?usd { ?pay a rg:Pay ; rg:role ?role ; rg:amount ?usd } ORDER BY DESC(?usd) LIMIT 2"
    for answer in (rolegraph("query", query, "--format", "table"), on_terminal("query", query)):
        header, _, *rows = [line.split() for line in answer.out.splitlines()]
        assert header == ["role", "usd"]
        assert rows == [[shorten(role), str(usd)] for role, usd in shipped().select(query).rows]
        assert rows[0] == ["role:chief-product-officer", "403000"]


def test_a_wide_table_for_people_leaves_nothing_out():
    expected = shipped().queries["skills_of_role"](role="CPO")
    answer = on_terminal("query", "skills_of_role", "role=CPO", columns=60)
    shown = letters(answer.out)
    assert [row for row in expected.rows for value in row if letters(shorten(cell(value))) not in shown] == []


def test_no_rows_is_no_in_every_format():
    for kind in ("csv", "tsv", "json", "table", "md"):
        answer = rolegraph("query", "SELECT ?x { ?x rg:nothing ?y }", "--format", kind)
        assert (answer.code, answer.err.splitlines()[0]) == (1, "No rows.")
    assert rolegraph("query", "SELECT ?x { ?x rg:nothing ?y }").out == "?x\n"
    assert rolegraph("query", "SELECT ?x { ?x rg:nothing ?y }", "--format", "table").out == ""


def test_data_that_looks_like_an_empty_result_is_a_row():
    for kind in ("csv", "tsv", "json", "table", "md"):
        asked = """SELECT ?x { VALUES ?x { '"bindings":[]' } }"""
        assert rolegraph("query", asked, "--format", kind).code == 0


def test_named_graphs_can_be_asked_one_by_one():
    def count(clause):
        return int(rolegraph("query", f"SELECT (COUNT(*) AS ?n) {clause}").out.split()[1])

    sizes = {shorten(name): size for name, size in shipped().store.graphs().items()}
    assert count("{ GRAPH graph:rolegraph-editorial { ?s ?p ?o } }") == sizes["graph:rolegraph-editorial"]
    assert count("FROM graph:rolegraph-editorial { ?s ?p ?o }") == sizes["graph:rolegraph-editorial"]
    both = "FROM graph:rolegraph-editorial FROM graph:coursera-cpo-guide { ?s ?p ?o }"
    assert count(both) == sizes["graph:rolegraph-editorial"] + sizes["graph:coursera-cpo-guide"]
    named = "FROM NAMED graph:rolegraph-editorial { GRAPH ?g { ?s ?p ?o } }"
    assert count(named) == sizes["graph:rolegraph-editorial"]
    assert count("FROM NAMED graph:rolegraph-editorial { ?s ?p ?o }") == 0
    assert count("FROM <urn:none> { ?s ?p ?o }") == 0
    assert count("{ ?s ?p ?o }") == sum(sizes.values())
    assert count('{ ?from ?p ?o FILTER(?o != " FROM <urn:none> ") } # FROM <urn:none>') == sum(sizes.values())


# -- ASK -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sparql", "truth"), [("ASK { ?x a rg:Role }", True), ("ASK { ?x a rg:Nothing }", False)]
)
def test_ask_says_true_or_false_and_exits_accordingly(sparql, truth):
    shown = rolegraph("query", sparql, "--format", "json")
    assert bool(ox.parse_query_results(shown.raw, format=ox.QueryResultsFormat.JSON)) is truth
    for answer in (
        rolegraph("query", sparql),
        rolegraph("query", sparql, "--format", "table"),
        on_terminal("query", sparql),
    ):
        assert answer.out == ("true\n" if truth else "false\n")
    assert {rolegraph("query", sparql).code, shown.code} == {0 if truth else 1}


# -- CONSTRUCT, DESCRIBE ---------------------------------------------------------------------------

CONSTRUCTS = [
    pytest.param("CONSTRUCT { ?a rg:leadsTo ?b } { ?m rg:fromRole ?a ; rg:toRole ?b }", (), id="construct"),
    pytest.param("CONSTRUCT WHERE { ?s skos:prefLabel ?o }", MINE, id="short"),
    pytest.param("DESCRIBE role:chief-product-officer", (), id="describe"),
    pytest.param("DESCRIBE ?x { ?x a rg:Pay }", MINE, id="describe-many"),
    pytest.param("CONSTRUCT { ?a rg:by [ rg:x ?b ] } { ?m rg:fromRole ?a ; rg:toRole ?b }", MINE, id="blank"),
]  # fmt: skip


@pytest.mark.parametrize(("sparql", "data"), CONSTRUCTS)
@pytest.mark.parametrize("kind", GRAPHS)
def test_a_graph_comes_back_the_same_from_every_format(sparql, data, kind):
    answer = rolegraph("query", sparql, "--format", kind, *data)
    assert (answer.code, answer.err) == (0, "")
    expected = (world() if data else shipped()).construct(sparql)
    assert expected
    assert triples(answer.raw, kind) == graph_of(expected)


def test_a_graph_is_turtle_unless_asked_otherwise():
    asked = "DESCRIBE role:chief-product-officer"
    turtled = rolegraph("query", asked, "--format", "ttl")
    assert rolegraph("query", asked) == rolegraph("query", asked, "--format", "table") == turtled
    assert on_terminal("query", asked) == turtled
    assert rolegraph("query", asked, "--format", "json") == rolegraph("query", asked, "--format", "jsonld")
    assert turtled.out.startswith("@prefix ")
    assert "source:coursera-cpo-guide" in turtled.out


def test_no_triples_is_no():
    answer = rolegraph("query", "CONSTRUCT { ?x a rg:Role } WHERE { ?x rg:nothing ?y }")
    assert (answer.code, answer.out.strip(), answer.err.splitlines()[0]) == (1, "", "No triples.")
    assert rolegraph("query", "DESCRIBE <urn:none>").code == 1


@pytest.mark.parametrize(
    ("sparql", "formats", "fitting"),
    [
        ("SELECT * { ?s ?p ?o }", GRAPHS, "table csv tsv json md"),
        ("ASK { ?s ?p ?o }", GRAPHS, "table and json"),
        ("DESCRIBE rg:Role", ("csv", "tsv", "md"), "ttl nt jsonld"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ("csv", "tsv", "md"), "ttl nt jsonld"),
    ],
)
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(sparql, formats, fitting):
    for kind in formats:
        answer = rolegraph("query", sparql, "--format", kind)
        assert (answer.code, answer.out) == (2, "")
        assert f"--format {kind} does not fit" in answer.err
        assert fitting in answer.err


# -- where a query comes from ----------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) { ?x a rg:Role }"


def test_a_query_comes_from_an_argument_a_file_or_standard_input(tmp_path):
    expected = rolegraph("query", COUNT)
    assert expected.code == 0
    for name in ("count.rq", "count.sparql", "count.txt", "count"):
        file = tmp_path / name
        file.write_text(COUNT)
        assert rolegraph("query", str(file)) == expected
    assert rolegraph("query", "-", stdin=COUNT.encode()) == expected
    assert process("query", "-", stdin=COUNT.encode()) == expected


@pytest.mark.parametrize("prefix", ["\N{BYTE ORDER MARK}", "\N{BYTE ORDER MARK}# a comment\r\n", "\r\n \t"])
def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path, prefix):
    query = f"{prefix}SELECT ?label\r\n{{ ?x skos:prefLabel ?label FILTER(STR(?label) = 'pâtissier') }}\r\n"
    file = tmp_path / "notepad.rq"
    file.write_bytes(query.encode())
    answer = rolegraph("query", str(file), *MINE)
    assert (answer.code, answer.out) == (0, '?label\n"pâtissier"@en\n')
    assert rolegraph("query", "-", *MINE, stdin=query.encode()) == answer


@pytest.mark.parametrize("end", ["", "é" * 600_000], ids=["one too many", "cut within a character"])
def test_a_query_is_read_no_further_than_it_may_be_long(tmp_path, end):
    file = tmp_path / "long.rq"
    file.write_text("#" * 262_145 + end, "utf-8")
    for answer in (rolegraph("query", str(file)), rolegraph("query", "-", stdin=file.read_bytes())):
        assert (answer.code, answer.out) == (2, "")
        assert "the query is longer than 262,144 characters" in answer.err


def test_a_query_without_end_is_refused():
    with Path("/dev/zero").open("rb") as zeros:
        answer = subprocess.run(
            [sys.executable, "-m", "rolegraph", "query", "-"],
            stdin=zeros,
            capture_output=True,
            timeout=30,
            check=False,
        )
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert b"the query is longer than 262,144 characters" in answer.stderr


def test_a_pipe_is_no_query(tmp_path):
    os.mkfifo(tmp_path / "never.rq")
    answer = rolegraph("query", str(tmp_path / "never.rq"))
    assert (answer.code, answer.out) == (2, "")
    assert "never.rq: is a pipe or a device, and no file" in answer.err


def test_a_query_that_reads_the_keyboard_says_so():
    answer = on_terminal("query", "-")  # its standard input is empty, and no terminal
    assert (answer.code, answer.out) == (2, "")
    assert "keyboard" not in answer.err


# -- parameters ------------------------------------------------------------------------------------


def test_parameters_replace_the_defaults_and_join_up():
    def roles(*values):
        answer = rolegraph("query", "skills_of_role", *values, "--format", "json", *MINE)
        return {row["role_name"]["value"] for row in json.loads(answer.out)["results"]["bindings"]}

    assert roles("role=head chef") == {"head chef"}
    assert roles("?role=head chef", "role=role:sous-chef") == {"head chef", "sous-chef"}
    assert roles("role=https://w3id.org/rolegraph/role/patissier") == {"pâtissier"}
    assert roles("role=https://example.org/none") == set()


@pytest.mark.parametrize(
    "value",
    [
        HOSTILE.replace("\0", ""),
        '") } DROP ALL #',
        '" } UNION { ?s ?p ?o } #',
        "} } #",
        "\\",
        '"',
        "'''",
        "a\nb\r\tc",
        "?x",
        "<urn:x>",
        "{}",
        "\\u0022",
        "=",
        "a=b",
        "",
        " ",
        "é漢😀",
    ],
)
def test_a_value_stays_a_value_whatever_it_is(value):
    asked = 'SELECT ?x (1 AS ?one) {\n  VALUES ?x { "a" }\n}'
    answer = rolegraph("query", asked, f"x={value}", "--format", "json")
    columns, rows = solutions(ox.parse_query_results(answer.raw, format=RESULTS["json"]))
    assert (columns, rows) == (["x", "one"], [(ox.Literal(value), ox.Literal(1))])


def test_a_value_takes_the_kind_of_the_default():
    def given(default, value):
        asked = f"SELECT ?x {{\n  VALUES ?x {{ {default} }}\n}}"
        answer = rolegraph("query", asked, f"x={value}")
        return answer.out.removeprefix("?x\n").strip() if answer.code == 0 else answer.err

    assert given("5", "12") == "12"
    assert given("5", "-1.5") == "-1.5"
    assert given('"a"@en', "b") == '"b"@en'
    assert given("true", "FALSE") == "false"
    assert given("<urn:a>", "role:b") == "<https://w3id.org/rolegraph/role/b>"
    assert given("role:a", "CPO") == "<https://w3id.org/rolegraph/role/chief-product-officer>"
    assert "needs a number such as 5, and 'many' is none" in given("5", "many")
    for number in ("nan", "inf", "1e999999x", "0x10", "1_000", "\uff11", ""):
        assert "needs a number" in given("5", number)
    assert "needs true or false" in given("true", "maybe")


def test_an_unknown_parameter_lists_the_known_ones():
    answer = rolegraph("query", "skills_of_role", "rol=CPO")
    assert (answer.code, answer.out) == (2, "")
    assert "has no parameter 'rol'; it has: role." in answer.err
    assert "it has: none" in rolegraph("query", COUNT, "x=1").err


def test_an_unknown_query_is_told_the_nearest():
    for name in ("skils_of_role", "skills-of-role", "Skills_of_role"):
        answer = rolegraph("query", name)
        assert (answer.code, answer.out) == (2, "")
        assert "Did you mean 'skills_of_role'" in answer.err
    assert rolegraph("queries", "show", "skils_of_role").err == rolegraph("query", "skils_of_role").err


def test_a_syntax_error_shows_the_line_and_points_at_the_column():
    answer = rolegraph("query", "SELECT *\n{\n\t?s no:such ?o .\n}")
    assert (answer.code, answer.out) == (2, "")
    first, line, caret = answer.err.splitlines()
    assert first.startswith("Error: line 3, column 5: the prefix no: is not declared")
    assert (line, caret) == (" ?s no:such ?o .", "    ^")


def test_a_very_long_line_is_shown_around_its_mistake():
    asked = "SELECT * { " + "?s ?p ?o . " * 2000 + '?s ?p "a"@@ . ' + "?s ?p ?o . " * 2000 + "}"
    answer = rolegraph("query", asked)
    assert answer.code == 2
    _, line, caret = answer.err.splitlines()
    assert len(line) <= 160
    assert '"a"@@' in line
    assert caret.endswith("^")
    assert len(caret) <= 160


# -- text stays text -------------------------------------------------------------------------------


def test_markup_and_steering_characters_come_back_as_the_text_they_are(tmp_path):
    label = ox.Literal(HOSTILE, language="en")
    data = turtle(tmp_path, f"role:evil a rg:Role ; skos:prefLabel {AS_TURTLE}@en .")
    asked = "SELECT ?label { role:evil skos:prefLabel ?label }"
    for kind, results in RESULTS.items():
        answer = rolegraph("query", asked, "--format", kind, "--data", str(data))
        assert solutions(ox.parse_query_results(answer.raw, format=results)) == (["label"], [(label,)])
    for kind in GRAPHS:
        answer = rolegraph("query", "DESCRIBE role:evil", "--format", kind, "--data", str(data))
        assert label in {quad.object for quad in triples(answer.raw, kind)}
    shown = unstyled(on_terminal("query", asked, "--data", str(data), term="xterm").out)
    assert letters(MARKUP) in letters(shown)
    assert "\x1b" not in shown


def test_the_prefixes_need_no_declaration_and_may_be_declared():
    for prefix, namespace in PREFIXES.items():
        asked = f"SELECT ?x {{ VALUES ?x {{ {prefix}:x }} }}"
        assert rolegraph("query", asked).out == f"?x\n<{namespace}x>\n"
    declared = PREAMBLE.replace("@prefix", "PREFIX").replace(" .\n", "\n") + COUNT
    assert rolegraph("query", declared) == rolegraph("query", COUNT)
    other = "PREFIX role: <urn:other:> SELECT ?x { VALUES ?x { role:x } }"
    assert rolegraph("query", other).out == "?x\n<urn:other:x>\n"


@pytest.mark.skipif(not CAN_FORK, reason="nothing can be ended where a process cannot fork")
@pytest.mark.parametrize(
    ("words", "more", "asked"),
    [
        ("markdown", ("--format", "md"), "SELECT * { ?s ?p ?o } LIMIT 1"),
        ("csv_text", ("--format", "csv"), "SELECT * { ?s ?p ?o } LIMIT 1"),
        ("escape_controls", (), "CONSTRUCT WHERE { ?s ?p ?o }"),
    ],
)
def test_putting_an_answer_into_words_is_a_part_of_its_time(words, more, asked, monkeypatch):
    monkeypatch.setattr("rolegraph.cli.result_text._SHORT", 0)
    monkeypatch.setattr(f"rolegraph.cli.result_text.{words}", lambda *_: time.sleep(60))
    began = time.monotonic()
    answer = rolegraph("query", asked, "--timeout", "0.5", *more)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "The query was stopped after 0.5 s. --timeout allows more.\n"
    answer = rolegraph("shell", "--timeout", "0.5", *more, stdin=asked.encode())
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "The query was stopped after 0.5 s. --timeout allows more.\n"
    assert time.monotonic() - began < 20


@pytest.mark.skipif(not CAN_FORK, reason="an answer is put into words in this process then")
@pytest.mark.parametrize("form", ["table", "md", "csv", "tsv", "json"])
def test_a_long_answer_is_put_into_the_same_words(form, monkeypatch):
    asked = ("query", "SELECT * { ?s skos:prefLabel ?o } ORDER BY ?s ?o LIMIT 50", "--format", form)
    short = rolegraph(*asked)
    monkeypatch.setattr("rolegraph.cli.result_text._SHORT", 0)
    assert rolegraph(*asked) == short


@pytest.mark.skipif(not CAN_FORK, reason="joins are left out then")
def test_what_an_answer_left_of_its_time_is_there_for_telling_why_it_is_empty(monkeypatch):
    given = []

    def told(*_, seconds):
        given.append(seconds)
        return []

    monkeypatch.setattr("rolegraph.explaining.why_empty", told)
    for more in ((), ("--timeout", "1.5"), ("--timeout", "0")):
        assert rolegraph("query", "ASK { ?s ?p <urn:nothing> }", *more).code == 1
    assert given[0] == given[2] == 2
    assert 0.25 <= given[1] <= 1.5


def test_of_many_rows_people_are_shown_the_first_and_told_how_many_there_are(monkeypatch):
    monkeypatch.setattr("rolegraph.cli.output.MOST_DRAWN", 3)
    asked = ("query", "SELECT ?n { VALUES ?n { 1 2 3 4 } } ORDER BY ?n")
    answer = rolegraph(*asked, "--format", "table")
    assert answer.out.splitlines()[-4:] == ["1", "2", "3", "... and 1 more rows; --format csv gives all"]
    assert answer.err == ""
    assert len(rolegraph(*asked, "--format", "csv").rows("csv")) == 5
