"""Why a query has no rows: each cause is named, and no query makes the search for it fail or last."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_runner import rolegraph
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import PREAMBLE, WORLD, world

from rolegraph.explaining import report, why_empty
from rolegraph.explaining.pieces import take_apart
from rolegraph.queries import named_query, query_names
from rolegraph.sparql_tokens import partners, whole_tokens, written
from rolegraph.stores import LocalStore

MINE = ("--data", str(WORLD))


def why(sparql: str, *, seconds: float = 20) -> list[str]:
    """Give the reasons, with time enough for a busy machine."""
    graph = world()
    assert not list(graph.store.query(sparql)) if "SELECT" in sparql else True
    return why_empty(graph.store, sparql, graph.entries, seconds=seconds)


def counts(lines: list[str]) -> dict[str, str]:
    """Give the number that is told of each pattern."""
    told = (line.split(maxsplit=1) for line in lines if line.startswith("  "))
    return {pattern: number for number, pattern in told}


# -- terms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT * { ?x a rg:Rol }", "rg:Rol is nowhere in the data. Near: rg:Role."),
        (
            "SELECT * { role:sous-cheff ?p ?o }",
            "role:sous-cheff is nowhere in the data. Near: role:sous-chef.",
        ),
        ("SELECT * { role:kp ?p ?o }", "role:kp is nowhere in the data. Near: role:kitchen-porter."),
        (
            "SELECT * { ?x rg:prefLabel ?y }",
            "rg:prefLabel is nowhere in the data. Near: skos:prefLabel, rdfs:label.",
        ),
        ("SELECT * { ?x rg:Move ?y }", "rg:Move is a class, and stands here as a property."),
        ("SELECT * { ?x a rg:fromRole }", "rg:fromRole is a property, and stands here as a class."),
        ("SELECT * { ?x rg:fromRole/rg:toRol ?y }", "rg:toRol is nowhere in the data. Near: rg:toRole."),
        (
            "SELECT * { GRAPH graph:wurld { ?x a rg:Role } }",
            "graph:wurld is no graph of the data. Near: graph:world.",
        ),
        (
            "SELECT * FROM graph:wurld { ?x a rg:Role }",
            "graph:wurld is no graph of the data. Near: graph:world.",
        ),
        ("SELECT * { VALUES ?x { role:nobody } ?x a rg:Role }", "role:nobody is nowhere in the data."),
        (
            "SELECT * { VALUES ?x { role:head-cheff } ?x a rg:Role }",
            "role:head-cheff is nowhere in the data. Near: role:head-chef.",
        ),
        (
            "SELECT * { ?x a ?c FILTER(?c = rg:Rool) }",
            "rg:Rool is nowhere in the data. Near: rg:Role, rg:role.",
        ),
        (
            "SELECT * { ?x ?p ?o FILTER(?p = rg:rool) }",
            "rg:rool is nowhere in the data. Near: rg:role, rg:Role.",
        ),
        (
            "SELECT * { ?x a rg:Role FILTER EXISTS { ?x a rg:Skil } }",
            "rg:Skil is nowhere in the data. Near: rg:Skill.",
        ),
        ("SELECT * { { SELECT ?x { ?x a rg:Rol } } }", "rg:Rol is nowhere in the data. Near: rg:Role."),
        (
            "PREFIX schema: <http://schema.org/> SELECT * { ?x schema:unitText ?y }",
            "<http://schema.org/unitText> is nowhere in the data. Near: <https://schema.org/unitText>.",
        ),
        (
            "PREFIX r: <https://w3id.org/rolegraph/> ASK { ?x a r:Rol }",
            "rg:Rol is nowhere in the data. Near: rg:Role.",
        ),
        (
            "SELECT * { ?x a <https://w3id.org/rolegraph/Rol> }",
            "rg:Rol is nowhere in the data. Near: rg:Role.",
        ),
        ("DESCRIBE role:nobody", "role:nobody is nowhere in the data."),
        ("CONSTRUCT { ?x a rg:X } WHERE { ?x a rg:Rol }", "rg:Rol is nowhere in the data. Near: rg:Role."),
        ("CONSTRUCT WHERE { ?x a rg:Rol }", "rg:Rol is nowhere in the data. Near: rg:Role."),
        ("ASK WHERE { ?x a rg:Rol }", "rg:Rol is nowhere in the data. Near: rg:Role."),
    ],
)
def test_a_term_that_is_not_there_is_named_with_what_is_near(sparql, says):
    assert says in why(sparql)


def test_terms_that_are_there_and_functions_are_not_blamed():
    lines = why("SELECT * { ?x a rg:Role ; rg:amount ?y FILTER(xsd:integer(?y) > 1) }")
    assert not any("nowhere" in line or "is a " in line for line in lines)


def test_a_typing_error_that_takes_no_row_away_comes_last():
    lines = why("SELECT * { ?x a rg:Role OPTIONAL { ?x rg:optionl ?y } ?x rg:needd ?z }")
    named = [line.split()[0] for line in lines if "is nowhere" in line]
    assert named == ["rg:needd", "rg:optionl"]


# -- literals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ('?x skos:prefLabel "head chef"', 'No skos:prefLabel is "head chef"; there is "head chef"@en.'),
        ('?x skos:prefLabel "HEAD chef"@en', 'No skos:prefLabel is "HEAD chef"@en; there is "head chef"@en.'),
        ('?x skos:prefLabel "head chef"@de', 'No skos:prefLabel is "head chef"@de; there is "head chef"@en.'),
        ('?x skos:prefLabel "KP"@en', 'No skos:prefLabel is "KP"@en; there is "KP"@en as skos:altLabel.'),
        ('?x skos:prefLabel "haed chef"@en', 'No skos:prefLabel is "haed chef"@en; near: "head chef"@en'),
        ('?x skos:prefLabel ?n FILTER(?n = "head chef")', '; there is "head chef"@en.'),
        ('?x skos:prefLabel ?n FILTER("head chef" = ?n)', '; there is "head chef"@en.'),
        ('VALUES ?n { "head chef" } ?x skos:prefLabel ?n', '; there is "head chef"@en.'),
        ('?x rg:currency "USD"', 'No rg:currency is "USD"; there is, for example, "EUR"'),
    ],
)
def test_a_literal_in_another_form_is_found(pattern, says):
    assert any(says in line for line in why(f"SELECT * {{ {pattern} }}"))


def test_a_number_that_is_a_text_is_told_from_the_number():
    store = LocalStore()
    store.load_text(f"{PREAMBLE} role:a rg:amount 5 ; rg:period '2024'^^xsd:gYear .", "a")
    assert 'No rg:amount is "5"; there is 5.' in why_empty(store, 'SELECT * { ?x rg:amount "5" }')
    assert 'No rg:period is 2024; there is "2024"^^xsd:gYear.' in why_empty(
        store, "ASK { ?x rg:period 2024 }"
    )


# -- counts, and where it ends ---------------------------------------------------------------------


def test_each_pattern_is_counted_as_the_engine_counts_it():
    lines = why(
        "SELECT * { ?x a rg:Role ; skos:prefLabel ?n , ?m ; rg:nothing ?y . ?y ^rg:role/rg:amount ?z }"
    )
    store = world().store
    told = counts(lines)
    assert list(told) == [
        "?x a rg:Role",
        "?x skos:prefLabel ?n",
        "?x skos:prefLabel ?m",
        "?x rg:nothing ?y",
        "?y ^rg:role/rg:amount ?z",
    ]
    for pattern, number in told.items():
        assert int(number) == len(list(store.select(f"SELECT * {{ {pattern} }}")))


def test_a_pattern_that_would_match_the_other_way_round():
    lines = why("SELECT * { role:head-chef rg:role ?pay }")
    assert any("the other way round" in line and "?pay rg:role role:head-chef" in line for line in lines)


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT * { ?m rg:fromRole ?x . ?x a rg:Skill . ?x ?p ?o }", "leaves none: ?x a rg:Skill"),
        ("SELECT * { VALUES ?x { role:head-chef } ?m rg:fromRole ?x ; rg:toRole ?x }", "none: ?m rg:toRole ?x"),  # noqa: E501
        ("SELECT * { ?x rg:amount ?n FILTER(?n > 9e9) ?x a rg:Pay }", "leaves none: FILTER(?n > 9e9)"),
        ("SELECT * { ?x a rg:Role MINUS { ?x a rg:Role } }", "leaves none: MINUS { ?x a rg:Role }"),
        ("SELECT * { ?x a rg:Role } LIMIT 0", "LIMIT leaves none: LIMIT 0"),
        ("SELECT * { ?x a rg:Role } OFFSET 999", "OFFSET leaves none: OFFSET 999"),
        ("SELECT ?x { ?x a rg:Role } GROUP BY ?x HAVING(COUNT(*) > 9)", "HAVING leaves none: HAVING(COUNT"),
        ("SELECT * { ?x a rg:Role } VALUES ?x { rg:Role }", "leaves none: VALUES ?x { rg:Role }"),
        ("SELECT * { ?x a rg:Role { ?x a rg:Skill } }", "leaves none: { ?x a rg:Skill }"),
        ("SELECT * { FILTER(false) }", "This is true of nothing: FILTER(false)"),
        ("SELECT * { { ?x a rg:No } UNION { ?x a rg:Nor } }", "Each side of the UNION matches nothing"),
        ("CONSTRUCT { ?n a rg:Role } { ?x skos:prefLabel ?n }", "the template makes no triple"),
    ],
)  # fmt: skip
def test_what_leaves_no_rows_is_named(sparql, says):
    assert any(says in line for line in why(sparql)), why(sparql)


def test_the_values_that_do_not_go_together_are_shown():
    lines = why("SELECT * { VALUES ?x { role:cheesemonger } ?m rg:fromRole ?x }")
    assert lines[-1].startswith("?x is role:cheesemonger before it, and ")


def test_groups_are_gone_into():
    for inner in (
        "{{{ ?x a rg:Role ; rg:nothing ?y }}}",
        "GRAPH graph:world { ?x a rg:Role ; rg:nothing ?y }",
    ):
        told = counts(why(f"SELECT * {{ {inner} }}"))
        assert told["?x rg:nothing ?y"] == "0"
        assert int(told["?x a rg:Role"]) > 0


# -- on the command line ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["json", "csv", "tsv", "table", "md"])
def test_reasons_go_to_standard_error_and_the_answer_stays_what_it_is(kind):
    answer = rolegraph("query", 'SELECT ?x { ?x skos:prefLabel "head chef" }', "--format", kind, *MINE)
    assert answer.code == 1
    assert answer.err.splitlines()[:2] == [
        "No rows.",
        'No skos:prefLabel is "head chef"; there is "head chef"@en.',
    ]
    assert "skos:prefLabel" not in answer.out
    if kind == "json":
        assert '"bindings":[]' in answer.out


def test_no_reasons_are_given_where_there_are_rows():
    assert rolegraph("query", "SELECT ?x { ?x a rg:Role }", *MINE).err == ""
    assert rolegraph("query", "ASK { ?x a rg:Role }", *MINE).err == ""
    assert "rg:Rol is nowhere" in rolegraph("query", "ASK { ?x a rg:Rol }", *MINE).err


# -- hostile queries -------------------------------------------------------------------------------

HOSTILE = [
    "",
    "}",
    "SELECT",
    "SELECT {",
    "SELECT * {" + "{" * 3000 + "?s ?p <urn:x>" + "}" * 3000 + "}",
    "ASK { ?s " + "(" * 3000 + "rg:a" + ")" * 3000 + " ?o }",
    "ASK { FILTER(" + "(" * 9000 + "1=2" + ")" * 9000 + ") }",
    "ASK { ?s ?p " + "[" * 2000 + "]" * 2000 + " }",
    "ASK { " + "?s ?p <urn:q> . " * 3000 + "}",
    "ASK { << ?s ?p ?o >> ?q ?r }",
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'ASK { ?s ?p "' + "x" * 40_000 + '" }',
    'ASK { ?s ?p "a\\nb\\u001b[31m" . ?s <urn:\u202ex> ?o }',
    "ASK { ?s <http://[> ?o }",
    "DELETE WHERE { ?s ?p ?o }",
    "x" * 100_000,
]


@pytest.mark.parametrize("sparql", HOSTILE, ids=lambda text: repr(text)[:40])
def test_no_query_makes_it_fail(sparql):
    before = sorted(file.name for file in Path("/proc/self/fd").iterdir())
    lines = why_empty(world().store, sparql, world().entries)
    assert len(lines) <= report.MOST_LINES
    assert all(len(line) < 300 for line in lines)
    assert not any("\n" in line for line in lines)
    assert sorted(file.name for file in Path("/proc/self/fd").iterdir()) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_takes_too_long_is_given_up():
    patterns = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(12))
    begun = time.monotonic()
    lines = why_empty(world().store, f"ASK {{ {patterns} FILTER(?a1 = ?b9 && 1 = 2) }}", seconds=0.5)
    assert time.monotonic() - begun < 5
    assert lines[-1] == "What else there is to say would have taken more than 0.5 seconds."
    assert list(world().store.select("SELECT * { ?s a rg:Role } LIMIT 1"))


def test_where_a_process_cannot_fork_terms_and_counts_are_told(monkeypatch):
    monkeypatch.delattr(os, "fork")
    lines = why("SELECT * { ?x a rg:Rol ; rg:fromRole ?y }")
    assert lines[0].startswith("rg:Rol is nowhere")
    assert counts(lines)["?x a rg:Rol"] == "0"


@settings(deadline=None, max_examples=200)  # a busy machine is no failure
@given(
    st.lists(
        st.sampled_from(
            ["SELECT", "*", "ASK", "{", "}", "(", ")", "[", "]", ".", ";", ",", "?x", "a", "rg:a", "<urn:a>",
             '"x"@en', "'", '"""', "FILTER", "OPTIONAL", "UNION", "GRAPH", "VALUES", "MINUS", "BIND", "-5", "#"]  # noqa: E501
        ),
        max_size=30,
    ).map(" ".join)
)  # fmt: skip
def test_any_words_are_taken_apart_or_not(text):
    asked = take_apart(text)
    if asked is not None:
        assert all(piece.tokens for piece in asked.every_piece())


# -- taking apart ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", query_names())
def test_a_named_query_is_taken_apart_and_put_together_again(name):
    text = world().expanded(named_query(name).text)
    tokens = whole_tokens(text)
    assert partners(tokens) is not None
    asked = take_apart(text)
    assert asked is not None
    assert asked.pieces
    store = world().store
    store.query(written(tokens))  # the tokens are the query
    for piece in asked.pieces:
        if piece.kind not in {"minus", "bind", "optional", "filter"}:
            store.query(asked.count(piece.text, 1))


def test_a_pattern_is_split_at_its_semicolons_and_commas_alone():
    asked = take_apart(
        'ASK { ?s a [ rg:a 1 ; rg:b 2 , 3 ] , "a;b,c" ; (rg:p|!(rg:q|^rg:r))+ -5 ; . (1 2) rg:z ?o }'
    )
    assert asked is not None
    assert [piece.text for piece in asked.pieces] == [
        "?s a [ rg:a 1 ; rg:b 2 , 3 ]",
        '?s a "a;b,c"',
        "?s (rg:p|!(rg:q|^rg:r))+ -5",
        "(1 2) rg:z ?o",
    ]


def test_counting_changes_nothing_in_the_store():
    store = world().store
    before = len(store)
    why("SELECT * { ?x a rg:Rol }")
    assert len(store) == before
    assert isinstance(store.engine, ox.Store)
