"""The named queries: each is documented, runs as it stands and gives the answer that was reviewed.

The reviewed answers lie in `queries/pinned/`: rows as W3C TSV, true or false likewise, triples as sorted
N-Triples. After a change to a query or to the data, `rolegraph queries test --queries queries` shows what
differs, and with `--pin` writes it: to be read before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph
from rolegraph import queries
from rolegraph.errors import ParameterError, RolegraphError, SourceError, UnknownName, UnknownQuery
from rolegraph.names import PREFIXES, QUERY_PREFIXES
from rolegraph.pinned import answer_text
from rolegraph.stores import LocalStore

TESTS = Path(__file__).resolve().parent
GOLDEN = TESTS.parent / "queries" / "pinned"
NAMES = queries.query_names()
ROLE = PREFIXES["role"]

#: How many rows the facts of the sources lead to: what a golden answer must not lose when it is written anew.
ROWS = {
    "certifications": 3,
    "claims_of_source": 4,  # essential and optional skills, mappings of roles and of skills
    "coverage": 46,
    "data_sets": 8,  # the ontology, the guide, the editors, ESCO, O*NET, BLS twice, TitleGraph
    "disagreements": 39,  # 25 on occupations, 14 on pay
    "doubted_moves": 1,
    "duties_of_role": 8,
    "education_of_role": 7,
    "feeder_roles": 7,
    "mappings": 38,  # 13 to ESCO, 25 to O*NET, one of these by two title rows
    "moves_with_evidence": 168,  # 11 stated, 157 observed
    "next_steps": 3,
    "observed_moves": 23,
    "outlook": 23,  # 1 of the guide, 22 of occupations that roles are described as
    "pay": 30,  # 8 of the guide, 22 of occupations that roles are described as
    "pay_comparable": 112,  # every pair of 7 figures of median total pay, and of 14 of median wages
    "roles": 46,  # 13 of the guide, 33 of TitleGraph
    "roles_without_pay": 32,
    "routes_with_evidence": 10,  # three routes of 2, 3 and 4 moves, of which one is stated twice
    "skill_coverage": 46,
    "skill_gap": 38,  # essential: 11 of the guide, 19 of ESCO; optional: 8 of ESCO
    "skills_by_category": 15,
    "skills_of_role": 42,  # 11 of the guide, 31 of ESCO
    "stored_routes": 0,  # what people keep
    "sources": 19,  # S0 to S10, the editors, ISCED, ESCO, O*NET, Nesta, BLS twice, TitleGraph
    "unsourced_claims": 0,
    "value_of_role": 3,
}

#: Shown columns that follow from the others, so that the order needs no word of them.
FOLLOWS = {
    "coverage": {"pay_figures", "education_claims", "moves_in", "moves_out"},
    "data_sets": {"statements"},
    "feeder_roles": {"doubted_claims"},
    "moves_through_groups": {"stated_too"},
    "pay_comparable": {"lower_amount"},
    "roles": {"claims"},
    "skill_coverage": {"note"},
    "routes_with_evidence": {"from_name", "to_name", "strength"},
    "sources": {"claims"},
}

#: Queries that search paths by SERVICE rolegraph:path, which other tools have not: docs/paths-in-sparql.md.
SEARCHES = {"routes_with_evidence"}


@pytest.fixture(scope="module")
def graph():
    """Give the graph that ships."""
    return rolegraph.open()


@pytest.fixture(scope="module")
def world():
    """Give the invented kitchens: more kinds of moves, two languages, claims by several sources."""
    return rolegraph.open(TESTS / "world.ttl")


# -- the files -------------------------------------------------------------------------------------------


def test_there_are_queries_enough():
    assert len(NAMES) >= 18
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_documented(name):
    query = queries.named_query(name)
    assert query.question.endswith(("?", "."))
    assert query.text.startswith(f"# {query.question}\n")
    assert query.description.startswith(query.question)
    assert query.description.endswith(("?", "."))
    assert all(parameter.description and parameter.default for parameter in query.parameters)
    for parameter in query.parameters:
        said = " ".join(parameter.choices) or parameter.type
        assert parameter.description.replace(",", "").startswith(
            tuple(f"{article} {said}" for article in ("a", "any", "the", "one of"))
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_query_declares_the_prefixes_that_it_uses_and_no_others(name):
    text = queries.named_query(name).text
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", text, re.MULTILINE))
    body = re.sub(r'^(#|PREFIX ).*$|"[^"\n]*"', "", text, flags=re.MULTILINE)
    assert declared == {prefix: QUERY_PREFIXES[prefix] for prefix in re.findall(r"\b(\w+):", body)}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_needs_nothing_of_rolegraph_to_run_but_its_search_of_paths(name, graph):
    text = queries.named_query(name).text
    ready = graph.expanded(text)
    assert (ready == text) == (name not in SEARCHES)
    assert "SERVICE" not in re.sub(r"^#.*$", "", ready, flags=re.MULTILINE)
    ox.Store().query(ready)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_of_a_query_are_ordered_by_all_that_they_show(name):
    text = re.sub(r"^#.*$", "", queries.named_query(name).text, flags=re.MULTILINE)
    shown = re.search(r"^SELECT\s+(?:DISTINCT\s+)?(.*?)\s*WHERE \{", text, re.DOTALL | re.MULTILINE)
    if shown is None:
        assert re.search(r"^(ASK|CONSTRUCT) \{", text, re.MULTILINE)
        return
    columns = set(re.findall(r"\?(\w+)", re.sub(r"\([^()]*\([^()]*\) AS (\?\w+)\)", r"\1", shown[1])))
    ordered = set(re.findall(r"\?(\w+)", text.rpartition("ORDER BY")[2]))
    assert columns
    assert columns - ordered <= FOLLOWS.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_leads_its_group(name):
    query = queries.named_query(name)
    values = re.findall(r"\{\n((?: *VALUES \?\w+ \{[^{}\n]+\}\n)*)", query.text)
    leading = re.findall(r"VALUES \?(\w+)", "".join(values))
    assert leading == [parameter.name for parameter in query.parameters]


# -- the answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_golden_one(name, graph):
    ending, found = answer_text(graph.store, graph.expanded(queries.named_query(name).text))
    golden = GOLDEN / f"{name}{ending}"
    assert golden.exists(), f"{golden} is missing; `rolegraph queries test --pin --queries queries` writes it"
    assert found == golden.read_text("utf-8")


def test_every_golden_answer_has_a_query():
    assert sorted(file.stem for file in GOLDEN.iterdir()) == NAMES


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_the_golden_answer_has_a_row_for_each_fact(name, rows):
    assert (GOLDEN / f"{name}.tsv").read_text("utf-8").count("\n") - 1 == rows


def test_no_answer_is_empty_but_those_on_missing_sources_and_on_what_people_keep():
    empty = [file.stem for file in GOLDEN.iterdir() if file.read_text("utf-8").count("\n") < 2]
    assert sorted(empty) == ["is_reachable", "stored_routes", "unsourced_claims"]
    assert (GOLDEN / "is_reachable.tsv").read_text("utf-8") == "true\n"


def test_pay_says_what_the_guide_says(graph):
    rows = {
        row["role_name"]: (row["amount"], row["statistic"], row["period"])
        for row in graph.queries["pay"]()
        if row["occupation_name"] is None
    }
    assert rows == {
        "chief product officer": (403000, "median total pay", "2025-11"),
        "chief executives": (206420, "median salary", "2024"),
        "brand manager": (126000, "median total pay", "2025-11"),
        "unit manager": (101000, "median total pay", "2025-11"),
        "sales and marketing manager": (125000, "median total pay", "2025-11"),
        "product marketing manager": (141000, "median total pay", "2025-11"),
        "project manager": (105000, "median total pay", "2025-11"),
        "product developer": (94000, "median total pay", "2025-11"),
    }


def test_pay_of_an_occupation_is_given_for_each_role_described_as_it(graph):
    rows = [row for row in graph.queries["pay"]() if row["occupation_name"] == "Chief Executives"]
    assert {(row["role_name"], row["amount"], row["period"], row["match"]) for row in rows} == {
        ("chief executive officer", 213990, "2025-05", "exact"),
        ("chief executives", 213990, "2025-05", "exact"),
        ("chief technology officer", 213990, "2025-05", "exact"),
        ("vice president of product", 213990, "2025-05", "near"),
    }


def test_both_figures_for_chief_executives_stay_and_are_set_side_by_side(graph):
    rows = [row for row in graph.queries["disagreements"]() if row["role_name"] == "chief executives"]
    assert [(row["matter"], row["one"], row["other"]) for row in rows] == [
        (
            "pay",
            "USD 206420 (median salary, 2024, chief executives)",
            "USD 213990 (median wage, 2025-05, Chief Executives)",
        )
    ]


def test_a_product_developer_is_one_thing_in_esco_and_another_in_onet(graph):
    rows = [row for row in graph.queries["disagreements"]() if row["role_name"] == "product developer"]
    assert {(row["one"], row["other"]) for row in rows if row["matter"] == "occupation"} == {
        ("product manager (close)", "Commercial and Industrial Designers (ambiguous)"),
        ("product manager (close)", "Fashion Designers (ambiguous)"),
    }


def test_moves_that_two_sources_give_opposite_directions_disagree():
    store = LocalStore()
    declared = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    store.load_text(
        f"""{declared}
        claim:up a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated .
        claim:down a rg:Move ; rg:fromRole role:b ; rg:toRole role:a ; rg:evidence rg:Observed .
        claim:on a rg:Move ; rg:fromRole role:b ; rg:toRole role:c ; rg:evidence rg:Stated .
        claim:up dcterms:source source:x . claim:on dcterms:source source:x .
        claim:down dcterms:source source:y .
        rg:Stated skos:prefLabel "stated" . rg:Observed skos:prefLabel "observed" .
        role:a skos:prefLabel "a" . role:b skos:prefLabel "b" . role:c skos:prefLabel "c" .
        """,
        "moves",
    )
    rows = list(store.select(queries.named_query("disagreements").text))
    found = [(row["one"].value, row["other"].value) for row in rows]
    assert found == [("a to b (stated)", "b to a (observed)")]


def test_skills_of_a_role_are_those_of_the_guide_and_of_its_occupations(graph):
    rows = list(graph.queries["skills_of_role"](role="CPO"))
    own = {row["skill_name"] for row in rows if row["occupation_name"] is None}
    assert {row["source"] for row in rows if row["skill_name"] in own} == {
        "Coursera career guide: chief product officer"
    }
    assert own == {
        "attention to detail", "collaboration and team management", "communication", "creativity",
        "customer engagement", "data analysis", "decision-making", "interpersonal skills", "leadership",
        "product management", "strategic vision",
    }  # fmt: skip
    others = {(row["occupation_name"], row["match"], row["source"]) for row in rows} - {
        (None, None, "Coursera career guide: chief product officer")
    }
    assert others == {("chief product officer", "exact", "ESCO 1.2")}


def test_an_answer_on_education_has_one_row(graph):
    rows = graph.queries["education_of_role"](role="unit manager")
    said = [row["education"] for row in rows if row["kind"] == "said to be required"]
    assert len(said) == len(set(said)) == 8


def test_pay_of_different_statistics_is_never_compared(graph):
    compared = graph.queries["pay_comparable"]()
    assert "chief executives" not in {*compared.column("higher_name"), *compared.column("lower_name")}
    assert all(row["higher_amount"] - row["lower_amount"] == row["difference"] > 0 for row in compared)


def test_pay_by_the_hour_is_not_compared_with_pay_by_the_year(world):
    compared = world.queries["pay_comparable"]()
    assert "kitchen porter" not in {*compared.column("higher_name"), *compared.column("lower_name")}
    assert len(compared) == 6  # the pairs of the four figures that are median total pay


def test_equal_pay_is_listed_once():
    store = LocalStore()
    pay = 'a rg:Pay ; rg:amount 5 ; rg:currency "EUR" ; schema:unitText "YEAR" ; rg:statistic rg:MedianSalary'
    declared = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    store.load_text(
        f"""{declared}
        claim:a {pay} ; rg:area area:x ; rg:role role:a . claim:b {pay} ; rg:area area:x ; rg:role role:b .
        rg:MedianSalary skos:prefLabel "median salary"@en .
        role:a skos:prefLabel "a" . role:b skos:prefLabel "b" .
        """,
        "equal",
    )
    rows = list(store.select(queries.named_query("pay_comparable").text))
    assert [(row["higher_name"].value, row["lower_name"].value) for row in rows] == [("a", "b")]


def test_a_role_without_known_skills_is_listed_with_a_warning(graph):
    rows = {row["role_name"]: (row["skills"], row["note"]) for row in graph.queries["skill_coverage"]()}
    assert rows["chief product officer"] == (42, "")
    assert rows["product manager"] == (62, "")
    assert rows["general manager"] == (0, "no source names any; that is not the same as needing none")
    assert sum(skills > 0 for skills, _ in rows.values()) == 12


def test_a_gap_leaves_out_what_the_start_role_needs_too(world):
    gap = world.queries["skill_gap"](start="sous-chef", goal="head chef")
    assert set(gap.column("skill_name")) == {"menu planning", "budgeting", "tasting"}


def test_skills_that_a_training_teaches_are_not_among_those_without(world):
    missing = world.queries["skills_without_training"](role="head chef").column("skill_name")
    assert set(missing) == {"leading a brigade", "menu planning", "tasting"}


def test_claims_without_source_or_section_are_found(graph):
    store = LocalStore()
    for quad in graph.store.engine:
        store.engine.add(quad)
    source, section = ox.NamedNode(f"{PREFIXES['dcterms']}source"), ox.NamedNode(f"{PREFIXES['rg']}statedIn")
    for name, predicate in (("pay-brand-manager", source), ("move-cpo-to-ceo", section)):
        claim = ox.NamedNode(f"{PREFIXES['claim']}coursera-cpo-guide/{name}")
        for quad in list(store.engine.quads_for_pattern(claim, predicate, None)):
            store.engine.remove(quad)
    rows = store.select(queries.named_query("unsourced_claims").text)
    found = {(row["kind"].value, row["missing"].value, row["claim"].value.rpartition("/")[2]) for row in rows}
    assert found == {("pay figure", "source", "pay-brand-manager"), ("move", "section", "move-cpo-to-ceo")}


def test_a_thing_with_names_in_two_languages_has_one_row(world):
    names = world.queries["roles"]().column("role_name")
    assert "commis chef" in names
    assert len(names) == len(set(names)) == 8


def test_a_thing_without_english_name_is_not_lost():
    store = LocalStore()
    store.load_text(
        f"@prefix skos: <{PREFIXES['skos']}> . @prefix rg: <{PREFIXES['rg']}> .\n"
        '<https://example.org/a> a rg:Role ; skos:prefLabel "Bäcker"@de .\n'
        '<https://example.org/b> a rg:Role ; skos:prefLabel "baker"@en-GB, "Bäcker"@de .',
        "bakers",
    )
    rows = store.select(queries.named_query("roles_without_pay").text)
    found = [(row["role"].value[-1], row["role_name"] and row["role_name"].value) for row in rows]
    assert found == [("a", None), ("b", "baker")]


# -- parameters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["CPO", "Chief Product Officer", "role:chief-product-officer", f"{ROLE}chief-product-officer"],
)
def test_a_role_goes_by_any_of_its_names(name, graph):
    assert len(graph.queries["skills_of_role"](role=name)) == 42


def test_a_role_of_which_nothing_is_said_has_no_rows(graph):
    assert len(graph.queries["skills_of_role"](role="software engineer")) == 0
    assert len(graph.queries["skills_of_role"](role="https://example.org/nobody")) == 0


def test_several_values_ask_for_all_of_them(graph):
    rows = graph.queries["feeder_roles"](role=["CPO", "CEO"])
    assert {
        (row["from_name"], row["role_name"]) for row in rows if row["role_name"].endswith("executive officer")
    } == {
        ("chief product officer", "chief executive officer"),
        ("chief technology officer", "chief executive officer"),
        ("general manager", "chief executive officer"),
    }
    assert len(rows) == 10


def test_two_parameters_are_two_things(graph):
    table = graph.queries["compare_roles"](role="CTO", other="CMO")
    assert {row["aspect"] for row in table} == {
        "both roles",
        "median wage, USD per year (United States)",
        "occupation",
    }
    assert len(graph.queries["compare_roles"](role="CTO", other="CPO")) == len(
        graph.queries["compare_roles"]()
    )


def test_numbers_texts_and_concepts_are_values_too(graph, world):
    query = "pay_at_least"
    assert len(graph.queries[query]()) == 4
    assert graph.queries[query](minimum=141_000).column("role_name") == [
        "chief product officer",
        "product marketing manager",
    ]
    assert len(graph.queries[query](minimum="94000.5")) == 6
    assert graph.queries[query](statistic="rg:MedianSalary").column("role_name") == ["chief executives"]
    assert len(graph.queries[query](currency="EUR")) == 0
    by_hour = {"minimum": 12, "currency": "EUR", "interval": "HOUR", "statistic": "rg:MedianSalary"}
    assert world.queries[query](**by_hour).column("role_name") == ["kitchen porter"]


def test_what_is_no_number_is_refused(graph):
    with pytest.raises(ParameterError, match=r"'minimum' needs a number such as 120000, and 'a lot' is none"):
        graph.queries["pay_at_least"](minimum="a lot")


def test_an_unknown_parameter_is_refused_with_the_known_ones(graph):
    with pytest.raises(ParameterError, match=r"skill_gap has no parameter 'from'; it has: goal, start\."):
        graph.queries["skill_gap"](**{"from": "CPO"})
    with pytest.raises(ParameterError, match=r"pay has no parameter 'role'; it has: none\."):
        graph.queries["pay"](role="CPO")


def test_a_parameter_without_value_is_refused(graph):
    with pytest.raises(ParameterError, match="'role' needs a value"):
        graph.queries["skills_of_role"](role=[])


def test_a_misspelt_role_is_refused_with_suggestions(graph):
    with pytest.raises(UnknownName) as caught:
        graph.queries["skills_of_role"](role="cheif product oficer")
    assert caught.value.suggestions[0] == "chief product officer"


@pytest.mark.parametrize(
    "name", ["skill_of_role", "skills-of-role", "../queries/skills_of_role", "Skills_of_role"]
)
def test_an_unknown_query_is_refused_with_suggestions(name, graph):
    with pytest.raises(UnknownQuery) as caught:
        graph.queries[name]
    assert "skills_of_role" in caught.value.suggestions


def test_defaults_stand_where_no_value_is_given():
    query = queries.named_query("skill_gap")
    filled = query.fill({"goal": (ox.NamedNode(f"{ROLE}x"),)})
    assert "VALUES ?start { role:product-developer }" in filled
    assert filled.count(f"<{ROLE}x>") == 1
    assert query.fill({}) == query.text


# -- values that try to be more than values --------------------------------------------------------------

ECHO = """# What was said?
# text: anything at all
SELECT ?text WHERE {
  VALUES ?text { "text" }
}
"""

TOKENS = [
    '"', "'", '"""', "\\", "\\\\", '\\"', "}", "{", "} #", '" } #', '" } UNION { ?s ?p ?text } #', "?text",
    "\n", "\r", "\t", "\\n", "\\u0022", "\\U00000022", "\\u007D", "%22", "<", ">", "<x>", "^^", "@en", "$",
    "VALUES ?text { 1 }", "\nVALUES ?text { 1 }\n", "\\g<0>", "\\1", "\x00", "\x1b[31m", "\x7f", "𝄞",
    "e\u0301", "\N{LINE SEPARATOR}", "\N{ZERO WIDTH NO-BREAK SPACE}",
]  # fmt: skip


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> queries.NamedQuery:
    """Give a query that gives back what it is given."""
    file = tmp_path_factory.mktemp("echo") / "echo.rq"
    file.write_text(ECHO, "utf-8")
    return queries.read_query(file)


def said(query: queries.NamedQuery, text: str) -> list[str]:
    return [row["text"].value for row in LocalStore().select(query.fill({"text": (ox.Literal(text),)}))]


@pytest.mark.parametrize("text", TOKENS, ids=ascii)
def test_a_hostile_text_arrives_unchanged(text, echo):
    assert said(echo, text) == [text]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(TOKENS) | st.text(max_size=5), max_size=8).map("".join))
def test_any_text_arrives_unchanged(echo, text):
    assert said(echo, text) == [text]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(TOKENS) | st.text(max_size=5), max_size=8).map("".join))
def test_any_text_arrives_unchanged_through_the_front_door(graph, text):
    table = graph.select('SELECT ?text WHERE {\n  VALUES ?text { "text" }\n}', text=text)
    assert table.column("text") == [text]


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.lists(st.sampled_from([*TOKENS, "CPO", "role:", "urn:", "https://example.org/"]), max_size=4).map(
        "".join
    )
)
def test_any_text_for_a_role_is_a_role_or_refused(graph, text):
    query = queries.named_query("skills_of_role")
    try:
        filled = graph.fill(query, {"role": text})
    except RolegraphError:
        return
    line = next(line for line in filled.splitlines() if line.lstrip().startswith("VALUES"))
    assert re.fullmatch(r"  VALUES \?role \{ <[^<>\"{}|^`\\\x00-\x20]*> \}", line)
    assert filled.replace(line, "") == query.text.replace("  VALUES ?role { role:chief-product-officer }", "")


# -- files that are no queries ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o }\n", "must begin with a comment"),
        ("\n# What is there?\nSELECT ?s WHERE { ?s ?p ?o }\n", "must begin with a comment"),
        ("", "must begin with a comment"),
        ("# What is there?\n# thing: what to ask about\nASK { ?s ?p ?o }\n", "VALUES lines have: thing"),
        ("# What is there?\nASK {\n  VALUES ?thing { 1 }\n}\n", "VALUES lines have: thing"),
        ("# Is it?\n# a: one\n# b: two\nASK {\n  VALUES ?a { 1 }\n  VALUES ?c { 2 }\n}\n", "have: b, c"),
    ],
)
def test_a_file_that_is_no_documented_query_is_refused(text, reason, tmp_path):
    file = tmp_path / "wrong.rq"
    file.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=reason) as caught:
        queries.read_query(file)
    assert caught.value.file == str(file)


def test_a_file_is_read_into_its_parts(tmp_path):
    file = tmp_path / "heavy_things.rq"
    file.write_text(
        "# Which things are heavy?\n# In kilograms.\n#\n# least: from how many kilograms on\n# place: where\n"
        "SELECT ?thing WHERE {\n  VALUES ?least { 5 }\n  VALUES ?place { area:here area:there }\n"
        "  ?thing ?p ?least .\n}\n",
        "utf-8",
    )
    query = queries.read_query(file)
    assert (query.name, query.question) == ("heavy_things", "Which things are heavy?")
    assert query.description == "Which things are heavy? In kilograms."
    assert [(item.name, item.description, item.default, item.is_iri) for item in query.parameters] == [
        ("least", "from how many kilograms on", "5", False),
        ("place", "where", "area:here area:there", True),
    ]
