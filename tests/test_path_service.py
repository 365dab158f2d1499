"""Paths in SPARQL are those of `rolegraph path`, wherever a search stands; nothing else gets by with it."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from cli_runner import process, rolegraph
from hypothesis import given, settings
from hypothesis import strategies as st
from test_query_guard import CALLS, calls
from worlds import MORE, WORLD, iri, read, shipped, steady, world

import rolegraph as rg
from rolegraph import rules
from rolegraph.confinement import CAN_FORK
from rolegraph.names import BASE
from rolegraph.path_service import expanding
from rolegraph.path_service.vocabulary import ASKS, GIVES, OF_MOVES, OF_PATHS

PORTER, COMMIS, PARTIE, SOUS, HEAD = (
    f"role:{name}" for name in ("kitchen-porter", "commis-chef", "chef-de-partie", "sous-chef", "head-chef")
)
ENDS = f'[] path:source {PORTER} ; path:target "head chef"'
COLUMNS = [
    "pathIndex",
    "edgeIndex",
    "start",
    "end",
    "edgeCost",
    "pathCost",
    "edgeStrength",
    "pathLength",
    "pathText",
    "pathStrength",
]
GIVEN = " ; ".join(f"path:{name} ?{name}" for name in COLUMNS)


def search(inner: str, around: str = "", more: str = "") -> str:
    return f"SELECT * {{ {around} SERVICE rolegraph:path {{ {inner} }} {more} }}"


def wanted(paths: list[rg.CareerPath]) -> list[tuple[object, ...]]:
    """Give the rows for paths, from what `rolegraph path --format json` prints of them."""
    found = []
    for index, path in enumerate(paths, 1):
        told = json.loads(json.dumps(path.to_dict()))
        for number, step in enumerate(told["steps"], 1):
            found.append(
                (index, number, step["from"], step["to"], step["cost"], told["cost"], step["strength"],
                 len(told["steps"]), str(path), told["weakest"]["strength"])
            )  # fmt: skip
    return found


def rows(graph: rg.RoleGraph, inner: str) -> list[tuple[object, ...]]:
    return sorted(graph.select(f"SELECT {' '.join(f'?{name}' for name in COLUMNS)} {{ SERVICE rolegraph:path {{ {inner} ; {GIVEN} }} }}").rows)  # fmt: skip # noqa: E501


# -- the same paths -----------------------------------------------------------------------------------------

#: What is said in a search, and the same in Python.
CONDITIONS = [
    ("", ()),
    (f"; path:avoid {PARTIE}", (rules.avoid(PARTIE),)),
    ('; path:avoid "pâtissier", "food critic"', (rules.avoid("pâtissier"), rules.avoid("food critic"))),
    ('; path:via "commis"', (rules.via("commis"),)),
    ('; path:only "stated"', (rules.only("stated"),)),
    ('; path:only "observed", "editorial"', (rules.only("observed", "editorial"),)),
    ("; path:maxSteps 3", (rules.max_steps(3),)),
    ("; path:minPay 30000", (rules.min_pay(30000),)),
    ('; path:minPay "30,000 median wage"', (rules.min_pay(30000, "median wage"),)),
    ("; path:maxPayCut 1e3", (rules.max_pay_cut(1000),)),
    ('; path:maxPayCut "10 %"', (rules.max_pay_cut(0.1, relative=True),)),
    ('; path:noDegree "diploma in cookery"', (rules.no_degree("diploma in cookery"),)),
]


@pytest.mark.parametrize("cost", ["hops", "gap", "pay-cut", "years", "doubt"])
@pytest.mark.parametrize("missing", ["skip", "worst", "ignore"])
def test_every_path_of_the_kitchens_is_found_at_every_cost(cost, missing):
    graph = world()
    roles = [entry.iri for entry in graph.entries() if entry.kind == "role"]
    inner = f'path:k 3 ; path:cost "{cost}" ; path:missing "{missing}" ; {GIVEN}'
    found = graph.select(
        search(f"[] path:source ?a ; path:target ?b ; {inner}", "?a a rg:Role . ?b a rg:Role .")
    )
    by_pair: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for row in found:
        by_pair.setdefault((row["a"], row["b"]), []).append(tuple(row[name] for name in COLUMNS))
    for pair in product(roles, roles):
        paths = graph.paths(*pair, k=3, cost=cost, missing=missing)
        assert sorted(by_pair.pop(pair, [])) == wanted(paths)
    assert not by_pair


@pytest.mark.parametrize(("said", "conditions"), CONDITIONS)
@pytest.mark.parametrize("k", [1, 3])
def test_conditions_mean_what_they_mean_elsewhere(said, conditions, k):
    graph = world()
    paths = graph.paths(PORTER, HEAD, k=k, rules=conditions)
    assert rows(graph, f"{ENDS} ; path:k {k} {said}") == wanted(paths)


@pytest.mark.parametrize(
    ("inner", "options"),
    [
        ("", ()),
        ('; path:cost "gap" ; path:k 3', ("--by", "gap", "-k", "3")),
        ('; path:cost "gap" ; path:missing "worst" ; path:k 9', ("--by", "gap", "--missing", "worst", "-k9")),
        ('; path:cost "doubt" ; path:only "observed"', ("--by", "doubt", "--only", "observed")),
        ('; path:cost "pay-cut" ; path:allowMixed true', ("--by", "pay-cut", "--allow-mixed")),
        ('; path:minPay "200000 median wage"', ("--min-pay", "200000 median wage")),
        ('; path:avoid "CPO" ; path:cost "years"', ("--avoid", "CPO", "--by", "years")),
        ("; path:all true ; path:maxSteps 4", ("--all", "--max-steps", "4")),
    ],
)  # fmt: skip
def test_what_the_command_prints_as_json_is_what_the_query_gives(inner, options):
    answer = rolegraph("path", "product developer", "CEO", *options, "--format", "json")
    told = json.loads(answer.out)["paths"]
    found = rows(shipped(), f'[] path:source "product developer" ; path:target "CEO" {inner}')
    assert [(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in found] == [
        (index, number, step["from"], step["to"], step["cost"], path["cost"], step["strength"])
        for index, path in enumerate(told, 1)
        for number, step in enumerate(path["steps"], 1)
    ]


def test_each_claim_that_a_move_rests_on_has_a_row():
    inner = f"{ENDS} ; path:k 3 ; path:edgeIndex ?i ; path:pathIndex ?p ; path:claim ?c"
    found = world().select(f"SELECT ?p ?i ?c {{ SERVICE rolegraph:path {{ {inner} }} }}").rows
    claims = {
        (index, number, item.claim)
        for index, path in enumerate(world().paths(PORTER, HEAD), 1)
        for number, step in enumerate(path.steps, 1)
        for item in step.evidence
    }
    assert len(found) == len(set(found))
    assert set(found) == claims


def test_where_nothing_of_the_moves_is_asked_each_path_has_one_row():
    graph = world()
    found = graph.select(search(f"{ENDS} ; path:k 3 ; path:pathText ?text ; path:pathCost ?cost"))
    assert [(row["text"], row["cost"]) for row in found] == [
        (str(path), path.cost) for path in graph.paths(PORTER, HEAD)
    ]
    assert len(graph.select(search(f"{ENDS} ; path:k 3"))) == 3
    assert graph.select(search(f'[] path:source {HEAD} ; path:target "head chef" ; path:pathLength ?n')).rows == ((0,),)  # fmt: skip # noqa: E501


# -- in the query around it ---------------------------------------------------------------------------------

#: What the rows are joined with: with variables that the search begins, ends or gives rows with, and others.
PIECES = st.sampled_from(
    [
        "?a a rg:Role .",
        "?b a rg:Role .",
        "?m rg:fromRole ?a ; rg:toRole ?b .",
        "?m rg:fromRole ?e .",
        "?a skos:prefLabel ?name .",
        "VALUES ?a { role:kitchen-porter role:commis-chef role:head-chef rg:Role }",
        "VALUES ?b { role:sous-chef role:head-chef }",
        "OPTIONAL { ?a skos:definition ?text }",
        "OPTIONAL { ?s rg:fromRole ?b . FILTER(?a = role:commis-chef) }",
        "MINUS { ?a skos:altLabel ?other }",
        "MINUS { VALUES ?e { role:sous-chef } }",
        "MINUS { VALUES (?a ?e) { (role:kitchen-porter role:commis-chef) } }",
        "FILTER(?a != role:kitchen-porter)",
        "FILTER(?c > 1)",
        "FILTER(!BOUND(?text))",
        "FILTER NOT EXISTS { ?m rg:toRole ?a }",
        "FILTER EXISTS { ?k rg:toRole ?e }",
        "{ ?a skos:altLabel ?w } UNION { ?b skos:definition ?w }",
        "{ SELECT ?a { ?x rg:toRole ?a } ORDER BY ?a LIMIT 2 }",
        "GRAPH graph:world { ?b a rg:Role }",
        "GRAPH ?g { ?a skos:prefLabel ?l }",
        'BIND("x" AS ?bound)',
        "BIND(COALESCE(?text, role:commis-chef) AS ?b)",
        "BIND(IF(BOUND(?e), ?a, role:sous-chef) AS ?b)",
        "BIND(?a AS ?b)",
    ]
)
#: What a search can stand in.
HOLDERS = st.sampled_from(
    ["{}", "{{ {} }}", "OPTIONAL {{ {} }}", "MINUS {{ {} }}", "{{ {} }} UNION {{ ?a rg:amount ?z }}",
     "GRAPH ?g {{ {} }}", "GRAPH graph:world {{ {} }}",
     "FILTER EXISTS {{ {} }}", "FILTER NOT EXISTS {{ {} }}"]
)  # fmt: skip


@st.composite
def joined(draw):
    """Write a query with a search somewhere in it."""
    source, target = draw(st.sampled_from([("?a", "?b"), ("?a", HEAD), (PORTER, "?b"), ("?b", HEAD)]))
    inner = f"SERVICE rolegraph:path {{ [] path:source {source} ; path:target {target} ; path:k 2 ; path:end ?e ; path:pathCost ?c }}"  # noqa: E501
    for _ in range(draw(st.integers(1, 3))):
        pieces = draw(st.lists(PIECES, max_size=3, unique=True))
        place = draw(st.integers(0, len(pieces)))
        inner = " ".join([*pieces[:place], inner, *pieces[place:]])
        inner = draw(HOLDERS).format(inner)
    return f"SELECT * {{ ?a a rg:Role . {inner} }}"


def every_pair(_sparql, asked, _around, _store, _blanked):
    """Give all pairs of roles, whatever the patterns leave."""
    roles = [entry.iri for entry in world().entries() if entry.kind == "role"]
    return list(product(roles, repeat=len(asked.ends)))


@settings(steady, max_examples=40 * MORE)
@given(joined())
def test_only_such_ends_are_left_out_as_the_patterns_around_leave_out(sparql):
    graph = world()
    try:
        found = graph.select(sparql)
    except rg.QueryError as error:
        assert re.search("nothing binds|without a value|more than 1,000 pairs|overriding", str(error))  # noqa: PT017
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expanding, "candidates", every_pair)
        reference = graph.select(sparql)
    assert sorted(found.rows, key=str) == sorted(reference.rows, key=str)


@pytest.mark.parametrize(
    ("around", "more"),
    [
        ("?e skos:prefLabel ?name .", ""),
        ("", "?e skos:prefLabel ?name"),
        ("OPTIONAL { ?e skos:altLabel ?alias }", ""),
        ("", "FILTER EXISTS { ?e a rg:Role }"),
        ("", "MINUS { VALUES ?e { role:sous-chef } }"),
        ("", "BIND(STR(?e) AS ?text)"),
    ],
)
def test_rows_are_joined_like_any_others(around, more):
    graph = world()
    values = " ".join(f"<{step.goal.iri}>" for path in graph.paths(PORTER, HEAD, k=1) for step in path.steps)
    asked = graph.select(search(f"{ENDS} ; path:end ?e", around, more))
    plain = graph.select(f"SELECT * {{ {around} VALUES ?e {{ {values} }} {more} }}")
    assert sorted(asked.rows, key=str) == sorted(plain.rows, key=str)
    assert asked.rows


def test_a_search_can_begin_where_another_ends():
    graph = world()
    second = "SERVICE rolegraph:path { [] path:source ?e ; path:target role:head-chef ; path:pathCost ?rest }"
    first = f"SERVICE rolegraph:path {{ {ENDS} ; path:end ?e ; path:edgeIndex ?i }}"
    for both in (f"{first} {second}", f"{second} {first}"):
        found = graph.select(f"SELECT ?i ?rest {{ {both} }} ORDER BY ?i")
        assert found.rows == ((1, 2), (2, 1), (3, 0))


def test_every_form_of_query_has_it():
    graph = world()
    service = f"SERVICE <{BASE}service/path> {{ _:s path:source ?a ; path:target {HEAD} ; path:end ?e . }}"
    group = f"{{ VALUES ?a {{ {PORTER} }} {service} }}"
    ends = {step.goal.iri for step in graph.path(PORTER, HEAD).steps}
    assert graph.ask(f"ASK {group}")
    assert {triple.object.value for triple in graph.construct(f"CONSTRUCT {{ ?a rg:to ?e }} {group}")} == ends
    assert {triple.subject.value for triple in graph.construct(f"DESCRIBE ?e {group}")} == ends
    assert {row["e"] for row in graph.select(f"SELECT ?e {{ {{ SELECT ?e {group} }} }}")} == ends
    assert graph.select(f"SELECT (COUNT(*) AS ?n) {group}").rows == ((len(ends),),)


def test_prefixes_of_the_query_count():
    graph = world()
    text = (
        f"PREFIX r: <{BASE}service/> PREFIX p: <{BASE}service/path/> PREFIX role: <urn:x:>"
        f" SELECT ?e {{ SERVICE r:path"
        f' {{ [] p:source <{iri(PORTER)}> ; p:target "head chef"@en ; p:end ?e }} }}'
    )
    assert len(graph.select(text)) == 3
    assert "role:sous" not in graph.expanded(text)


def test_values_can_be_replaced_as_in_any_query():
    sparql = "SELECT ?e {\nVALUES ?a { role:commis-chef }\nSERVICE rolegraph:path { [] path:source ?a ; path:target role:head-chef ; path:end ?e } }"  # noqa: E501
    assert len(world().select(sparql)) == 3
    assert len(world().select(sparql, a="sous-chef")) == 1
    assert len(world().select(sparql, a=["sous-chef", "chef de partie"])) == 3


def test_a_query_without_a_search_stays_as_it_is():
    for sparql in (
        "SELECT * { ?s ?p 'service rolegraph:path { }' }",
        "ASK { ?service ?p ?path }",
        "SERVICE {",
    ):
        assert world().expanded(sparql) == sparql


# -- no path ------------------------------------------------------------------------------------------------


def test_where_there_is_no_path_there_are_no_rows():
    graph = world()
    assert len(graph.select(search('[] path:source "head chef" ; path:target "commis" ; path:end ?e'))) == 0
    assert not graph.ask("ASK { SERVICE rolegraph:path { [] path:source 'head chef' ; path:target 'KP' } }")
    assert len(graph.select(search(f"[] path:source {HEAD} ; path:target {HEAD} ; path:end ?e"))) == 0
    assert graph.select(search("[] path:source ?x ; path:target 'head chef' ; path:end ?e", "?x a rg:Skill .")).rows == ()  # fmt: skip # noqa: E501


def test_why_there_are_none_is_told():
    inner = "SERVICE rolegraph:path { [] path:source 'head chef' ; path:target ?b ; path:end ?e }"
    answer = rolegraph(
        "query", f"SELECT * {{ VALUES ?b {{ role:commis-chef }} {inner} }}", "--data", str(WORLD)
    )
    assert answer.code == 1
    assert "leave 1 pair of ends, and no path joins it" in answer.err
    inner = inner.replace("?b", "'commis'")
    answer = rolegraph("query", f"SELECT * {{ {inner} }}", "--data", str(WORLD))
    assert answer.err.splitlines() == [
        "No rows.",
        "No route from head chef to commis chef.",
        "From head chef one can reach: sous-chef.",
        "Commis chef can be reached from: kitchen porter.",
    ]
    answer = rolegraph("query", f"SELECT * {{ ?x a rg:Rol {inner} }}", "--data", str(WORLD))
    assert "rg:Rol is nowhere in the data. Near: rg:Role." in answer.err


# -- what is wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "column", "says"),
    [
        ('[] path:source "nobody" ; path:target "KP"', 52, "No role is called 'nobody'"),
        ('[] path:source "PC" ; path:target "KP"', 52, "'PC' names 2 things"),
        ("[] path:source role:nobody ; path:target 'KP'", 52, "No role is called"),
        ("[] path:source foo:x ; path:target 'KP'", 52, "is its prefix declared?"),
        ("[] path:source 5 ; path:target 'KP'", 52, "needs an IRI, or a name in quotes, not 5"),
        ("[] path:source _:x ; path:target 'KP'", 52, "cannot be _:x"),
        ("[] path:target 'KP'", 12, "needs a path:source"),
        ("", 12, "needs a path:source"),
        ("[] path:sorce 'KP'", 40, "knows no path:sorce; near: path:source"),
        ("[] rdfs:label 'KP'", 40, "knows no rdfs:label"),
        ("[] path:source/path:end 'KP'", 40, "knows no path:source/path:end"),
        ("?x path:source 'KP'", 37, "begin with []"),
        ("path:source 'KP'", 37, "path:source does not belong there"),
        ("[] path:source 'KP', 'PC'", 40, "is there already"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:k 1, 2", 78, "is there already"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:k 0", 85, "a whole number from 1 to 1,000, not 0"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:k 1.5", 85, "a whole number"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:k ?k", 85, "needs a value"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:cost 'hop'", 88, "is one of hops, gap, pay-cut"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:cost path:hops", 88, "needs a text in quotes"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:only 'said'", 88, "is one of stated, observed"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:via 'x'", 87, "No role is called 'x'"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:noDegree 'x'", 92, "No degree is called 'x'"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:all true", 87, "limit their moves by path:maxSteps"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:all 1", 87, "needs true or false"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:minPay 'much'", 90, "needs a figure such as 90000"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:maxPayCut '5 EUR'", 93, "an amount or a percentage"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:end role:x", 87, "needs a variable"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:end ?x ; path:end ?y", 92, "is there already, as ?x"),
        ("[] path:source 'KP' ; path:target 'KP' ; path:end ?x ; path:start ?x", 103, "?x is named twice"),
        ("[] path:source 'KP' ; path:target ?x ; path:end ?x", 85, "?x is named twice"),
        ("[] path:source ?x ; path:target 'KP'", 12, "nothing binds ?x"),
        ("[] path:source 'KP' ; path:target [ a rg:Role ]", 59, "needs one value"),
        ("[] path:source 'KP' ; path:target 'KP' FILTER(1 = 1)", 76, "FILTER does not belong there"),
        ("{ [] path:source 'KP' }", 37, "{ does not belong there"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_search_is_told_with_its_place(inner, column, says):
    with pytest.raises(rg.QueryError) as caught:
        world().select(
            f"SELECT *\n{{ ?a ?c ?d SERVICE rolegraph:path {{ {inner} }} }}".replace("?a ?c ?d ", "")
        )
    assert says in str(caught.value)
    assert (caught.value.line, caught.value.column) == (2, column - 9), str(caught.value)


@pytest.mark.parametrize("cost", ["gap", "years"])
def test_worst_needs_a_figure(cost):
    graph = read(
        "role:a a rg:Role . role:b a rg:Role . [] a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ."
    )
    inner = f"[] path:source role:a ; path:target role:b ; path:missing 'worst' ; path:cost '{cost}'"
    with pytest.raises(rg.QueryError, match=r"^line 1, column 13: "):
        graph.select(search(inner))


@pytest.mark.parametrize(
    "sparql",
    [
        f"SELECT *\n{{ SERVICE rolegraph:path {{ {ENDS} ; path:end ?e }} ?a ?b }}",
        f"SELECT * {{\nSERVICE rolegraph:path {{\n{ENDS} ;\npath:end ?e\n}} ?a ?b\n}}",
        f"SELECT * {{ SERVICE rolegraph:path {{ {ENDS} ; path:end ?e }}\n\n FILTER(?e = ) }}",
        f"SELECT * {{ ?a ?b }} SERVICE rolegraph:path {{ {ENDS} ; path:end ?e }}",
    ],
)
def test_mistakes_around_a_search_have_the_place_that_they_have(sparql):
    begin, end = (
        sparql.index("SERVICE"),
        sparql.index("?e }") + 4 if "?e }" in sparql else sparql.index("\n}") + 2,
    )
    blanked = "".join(" " if begin <= n < end and char != "\n" else char for n, char in enumerate(sparql))
    with pytest.raises(rg.QueryError) as plain:
        rg.LocalStore().query(blanked)
    with pytest.raises(rg.QueryError) as caught:
        world().select(sparql)
    assert (caught.value.line, caught.value.column) == (plain.value.line, plain.value.column)


def test_too_many_ends_and_too_many_paths_are_refused():
    graph = world()
    with pytest.raises(rg.QueryError, match=r"more than 1,000 pairs .* add patterns"):
        graph.select(search("[] path:source ?a ; path:target ?b", "?a ?p ?q . ?b ?r ?s ."))
    inner = '[] path:source "associate product manager" ; path:target "CEO" ; path:all true ; path:maxSteps 9'
    with pytest.raises((rg.QueryError, rg.LimitReached), match=r"too many to be put|given up"):
        shipped().select(search(f"{inner} ; path:claim ?c ; path:pathText ?t ; path:start ?a ; path:end ?b"))


def test_silent_passes_over_what_cannot_be_answered_and_not_over_mistakes():
    graph = world()
    silent = "SELECT * {{ VALUES ?x {{ 1 }} SERVICE SILENT rolegraph:path {{ {} ; path:end ?e }} }}"
    for inner in (
        '[] path:source "nobody" ; path:target "KP"',
        '[] path:source "KP" ; path:target "KP" ; path:avoid "nobody"',
    ):
        assert graph.select(silent.format(inner)).rows == ((1,),)
    assert len(graph.select(silent.format(ENDS))) == 3
    with pytest.raises(rg.QueryError, match="knows no path:sorce"):
        graph.select(silent.format("[] path:sorce 'KP'"))


# -- nothing else gets by -----------------------------------------------------------------------------------

PATHS = f"SERVICE rolegraph:path {{ {ENDS} ; path:end ?e }}"


@pytest.mark.parametrize("sparql", CALLS)
def test_a_call_beside_a_search_is_refused(sparql):
    head, brace, rest = sparql.partition("{")
    with pytest.raises(rg.QueryError, match=r"SERVICE is refused|word service|expected|mistake|not declared"):
        world().answer(f"{head}{brace} {PATHS} {rest}")


@steady
@given(calls())
def test_nothing_that_is_written_around_a_call_hides_it_behind_a_search(sparql):
    head, brace, rest = sparql.partition("{")
    for text in (f"{head}{brace} {PATHS} {rest}", f"{head}{brace}{rest.rpartition('}')[0]} {PATHS} }}"):
        with pytest.raises(rg.QueryError):
            world().answer(text)


@pytest.mark.parametrize("call", ["SERVICErolegraph:path{}", "SERVICE ?s { }", "SERVICE <path> { }"])
def test_what_is_not_plainly_the_search_is_any_other_service(call):
    with pytest.raises(rg.QueryError, match="SERVICE is refused"):
        world().select(f"BASE <{BASE}> SELECT * {{ {call} }}")


def test_a_search_within_another_service_is_refused():
    sparql = f"SELECT * {{ SERVICE <https://query.example.org/> {{ {PATHS} }} }}"
    with pytest.raises(rg.QueryError, match="SERVICE is refused"):
        world().select(sparql)
    with pytest.raises(rg.QueryError, match="cannot stand within another SERVICE"):
        world().expanded(sparql, ["query.example.org"])


def test_a_store_alone_says_who_answers():
    with pytest.raises(rg.QueryError, match="a graph of roles answers it"):
        world().store.query(f"SELECT * {{ {PATHS} }}")


# -- wherever queries are asked -----------------------------------------------------------------------------


def test_with_limits_the_answer_is_the_same_and_ends_at_them():
    with_limits = rg.RoleGraph(world().store, rg.Limits(seconds=60))
    sparql = search(f"{ENDS} ; path:k 3 ; path:end ?e ; path:edgeCost ?c", "", "?e skos:prefLabel ?name")
    assert sorted(with_limits.select(sparql).rows) == sorted(world().select(sparql).rows)
    with pytest.raises(rg.QueryError, match=r"line 1, column \d+: No role is called 'x'"):
        with_limits.select(search("[] path:source 'x' ; path:target 'KP'"))
    with pytest.raises(rg.OverLimit, match="The search of paths was stopped"):
        rg.RoleGraph(world().store, rg.Limits(seconds=1e-9)).select(sparql)


def test_a_store_on_a_disk_and_a_graph_of_fewer_sources_are_searched(tmp_path):
    sparql = search(f"{ENDS} ; path:end ?e ; path:edgeStrength ?how")
    rg.LocalStore.create(tmp_path / "store", iter(world().store.engine))
    on_disk = rg.open(tmp_path / "store")
    assert on_disk.select(sparql).rows == world().select(sparql).rows
    limited = rg.RoleGraph(on_disk.store, rg.Limits(seconds=60))
    assert limited.select(sparql).rows == world().select(sparql).rows
    fewer = rg.open(WORLD, without_sources=["Town census"])
    assert len(fewer.select(sparql)) == 4
    assert fewer.select(sparql).rows != world().select(sparql).rows


#: Everything that can be asked for at once.
ALL = (
    f"[] path:source {PORTER} ; path:target {SOUS} ; path:edgeIndex ?i ; path:k 5 ; path:cost 'gap'"
    " ; path:missing 'ignore' ; path:via 'chef de partie'"
    " ; path:avoid 'food critic' ; path:only 'stated', 'observed' ; path:maxSteps 9 ; path:allowMixed true"
    " ; path:minPay '1 median wage' ; path:maxPayCut '99 %' ; path:noDegree 'diploma in cookery'"
)


@pytest.mark.parametrize("more", [(), ("--max-rows", "2")])
def test_the_command_line_answers_it_in_a_process_that_may_open_no_file(more):
    expected = [str(row["i"]) for row in world().select(search(ALL))][: 2 if more else None]
    assert len(expected) >= 2
    answer = process("query", search(ALL), "--data", str(WORLD), "--format", "csv", *more)
    assert answer.out.split() == ["i", *expected], answer.err
    assert answer.code == (3 if more else 0)


@pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")
def test_the_command_line_stops_it_in_time():
    endless = "{ SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a }"
    sparql = search(f"[] path:source ?a ; path:target {HEAD} ; path:end ?e", endless)
    answer = process("query", sparql, "--timeout", "1", "--data", str(WORLD), "--data", "curated")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "The query was stopped after 1 s. --timeout allows more.\n"


def test_the_shell_answers_it():
    answer = rolegraph("shell", "--data", str(WORLD), "--format", "csv", stdin=search(f"{ENDS} ; path:edgeIndex ?i") .encode() + b";\n")  # fmt: skip # noqa: E501
    assert answer.out.split() == ["i", "1", "2", "3"]


def test_the_vocabulary_is_explained():
    assert set(OF_PATHS) | set(OF_MOVES) == set(GIVES)
    assert not set(ASKS) & set(GIVES)
