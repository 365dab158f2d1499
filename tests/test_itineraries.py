"""Routes as data: text for people, JSON by its schema, and RDF that is stored and asked again."""

from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from worlds import shipped, steady, world

import rolegraph as rg
from rolegraph import queries
from rolegraph.itineraries import route_iri, to_markdown, to_mermaid, to_triples, to_turtle
from rolegraph.model import Link
from rolegraph.network import role_of
from rolegraph.plans import PlanStep, RoutePlan
from rolegraph.routes import CareerPath, Step, Tradeoffs
from rolegraph.tables import cell

TESTS = Path(__file__).resolve().parent
SCHEMA = json.loads((TESTS.parent / "docs/path.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)


def along(graph: rg.RoleGraph, *names: str, costs: tuple[float | None, ...] = (), **parts) -> CareerPath:
    """Give the route over these roles of a graph; costs has one entry per step, else each is 1."""
    network = graph.network()
    roles = tuple(role_of(network, graph.resolve(name)) for name in names)
    steps = []
    for number, (start, goal) in enumerate(pairwise(roles)):
        edge = network.edges[start.iri, goal.iri, "move"]
        cost = costs[number] if costs else 1.0
        steps.append(Step(start, goal, edge["evidence"], cost, edge["count"]))
    return CareerPath(roles, tuple(steps), sum(item.cost or 0.0 for item in steps), **parts)


def two_routes() -> list[CareerPath]:
    """Give two routes of the small world that share three roles and a step."""
    return [
        along(world(), "commis", "chef de partie", "sous-chef", "head chef"),
        along(world(), "commis", "pastry chef", "sous-chef", "head chef"),
    ]


def beside(graph_file: Path, text: str, folder: Path) -> rg.RoleGraph:
    """Give the graph of a file with routes loaded beside it."""
    file = folder / "routes.ttl"
    file.write_text(text, "utf-8")
    return rg.open(graph_file, file)


# -- hostile routes --------------------------------------------------------------------------------------

#: What Markdown, Mermaid, Turtle or a page would take for more than a name.
MARKUP = [
    "*", "**", "_", "`", "```", "~~", "#", "|", "||", "\\", "<", ">", "<b>", "</a>", "<!--", "&amp;", "&",
    ";", "[", "]", "[x](y)", "![", "(", ")", "{", "}", '"', "'", '"""', "\n", "\n\n", "\r", "\t", "    ",
    "- ", "+ ", "1. ", "2) ", "===", "---", "end", "style", "classDef", ":", "%%", "#35;", "#quot;", "-->",
    "@", "$", "^", "\x1b[31m", "\x00", "\u202e", "\u2028", "\u00a0", "é", "e\u0301", "漢字", "😀",
    "www.example.org", "0",
]  # fmt: skip

NAMES = st.lists(st.sampled_from(MARKUP) | st.text(max_size=3), max_size=6).map("".join)
EVIDENCE = st.builds(
    rg.Evidence,
    claim=st.sampled_from(["https://example.org/claim/a", "https://example.org/claim/b", "b1", ""]),
    kind=st.sampled_from(["stated", "observed", "derived", "editorial", ""]),
    source=NAMES,
    section=NAMES,
    doubt=NAMES,
    url=st.sampled_from(["", "https://example.org/a_b*c", "javascript:alert(1)"]) | NAMES,
)
COSTS = st.floats(0, 1e9) | st.integers(0, 50).map(float)


@st.composite
def routes(draw) -> CareerPath:
    """Give a route over one to five roles, all of whose texts are hostile."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5))
    iris = draw(st.permutations([f"https://example.org/role/{number}" for number in range(len(names))]))
    roles = tuple(rg.Role(iri, name) for iri, name in zip(iris, names, strict=True))
    steps = tuple(
        Step(start, goal, tuple(draw(st.lists(EVIDENCE, max_size=2))), draw(COSTS | st.none()), draw(COUNTS))
        for start, goal in pairwise(roles)
    )
    by = draw(st.sampled_from(["hops", "gap", "pay-cut"]) | NAMES)
    missing = draw(st.sampled_from(["skip", "worst", "ignore"]))
    total = sum(step.cost or 0.0 for step in steps)
    return CareerPath(roles, steps, total, by, draw(st.sampled_from(["moves", "USD"]) | NAMES), missing)


COUNTS = st.none() | st.integers(1, 99)


# -- Markdown --------------------------------------------------------------------------------------------


def test_markdown_tells_roles_pay_moves_doubts_and_numbered_sources():
    text = to_markdown([along(world(), "head chef", "sous-chef")])
    assert (
        text
        == (
            "## head chef to sous-chef\n"
            "\n"
            "1 move. Weakest step: head chef to sous-chef (editorial).\n"
            "\n"
            "1. **head chef**\n"
            "   - Pay: EUR 49,000 a year (median salary, Harbour Town, 2024; Town Hall) \\[1\\]\n"
            "   - Pay: EUR 58,000 a year (median total pay, Harbour Town, 2025-03; Guild of Cooks) \\[2\\]\n"
            "2. **sous-chef**\n"
            "   - Move: editorial \\[3\\]\n"
            "   - Doubt: It is a step down.\n"
            "   - Pay: no source gives a figure\n"
            "\n"
            "## Sources\n"
            "\n"
        )
        + text.partition("## Sources\n\n")[2]
    )
    sources = text.partition("## Sources\n\n")[2].splitlines()
    assert [line[:15] for line in sources] == ["1. Town census ", "2. Kitchen surv", "3. The old cook"]
    assert sources[1].endswith(", <https://example.org/kitchen-survey>")


def test_markdown_says_what_routes_cost_and_which_costs_are_unknown():
    path = along(
        world(),
        "KP",
        "chef de partie",
        "sous-chef",
        costs=(None, 12.0),
        by="gap",
        unit="skills",
        missing="worst",
    )
    text = to_markdown([path])
    assert "\n2 moves; gap: 12 skills, 1 step unknown. A step of unknown cost is counted as the worst" in text
    assert "- Move: observed; gap unknown \\[" in text
    assert "- Move: stated; 12 skills \\[" in text
    assert "counted as nothing" in to_markdown([dataclasses.replace(path, missing="ignore")])
    assert "counted as" not in to_markdown([dataclasses.replace(path, missing="skip")])


def test_markdown_numbers_a_source_once_for_all_routes():
    text = to_markdown(two_routes())
    assert re.findall("^## .*", text, re.MULTILINE) == [
        "## Route 1: commis chef to head chef",
        "## Route 2: commis chef to head chef",
        "## Sources",
    ]
    listed = text.partition("## Sources\n\n")[2].splitlines()
    assert len(listed) == len({line.partition(". ")[2] for line in listed})
    cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", text)}
    assert cited == set(range(1, len(listed) + 1))


def test_markdown_says_what_a_plan_has_to_learn():
    path = along(world(), "KP", "chef de partie", "sous-chef")
    link = Link("requires", "stock *keeping*", "https://example.org/stock", ())
    steps = (PlanStep(path.roles[1], known=False), PlanStep(path.roles[2], known=True, new=(link,)))
    plan = RoutePlan(path.roles[0], steps, start_known=False, teaches={link.iri: ("a course", "a book")})
    text = to_markdown([path, path], [plan])
    first, second = text.split("## Route 2")
    assert "\n" + plan.summary() + "\n" in first
    assert "**chef de partie**\n   - Move: observed \\[2\\]\n   - To learn: no source names a skill;" in first
    assert "   - To learn: stock \\*keeping\\* (taught by a course; a book)\n" in first
    assert "To learn" not in second


def test_markdown_of_nothing_is_nothing():
    assert to_markdown([]) == ""


def read(markdown: str) -> list:
    """Read Markdown as CommonMark with what GitHub adds."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


@steady
@given(st.lists(routes(), min_size=1, max_size=2))
def test_markdown_of_hostile_names_is_the_list_that_it_should_be(paths):
    tokens = read(to_markdown(paths))
    inline = [part for token in tokens for part in token.children or ()]
    sources = {
        (str(item), re.fullmatch(r"https?://[\w./*]+", item.url) and item.url)
        for path in paths
        for step in path.steps
        for item in step.evidence
    }
    sources = {(cell(words), url) for words, url in sources}
    bullets = sum(
        1 + (place > 0) + len(path.steps[place - 1].doubts if place else ())
        for path in paths
        for place in range(len(path.roles))
    )
    items = sum(len(path.roles) for path in paths) + bullets + len(sources)
    assert [token.type for token in tokens].count("list_item_open") == items
    assert [token.type for token in tokens].count("ordered_list_open") == len(paths) + bool(sources)
    assert [token.type for token in tokens].count("heading_open") == len(paths) + bool(sources)
    assert {token.type for token in tokens} <= {
        *(f"{kind}_{end}" for kind in ("heading", "paragraph", "ordered_list", "bullet_list", "list_item")
          for end in ("open", "close")), "inline",
    }  # fmt: skip
    assert {part.type for part in inline} <= {
        "text", "text_special", "strong_open", "strong_close", "link_open", "link_close",
    }  # fmt: skip
    assert sum(part.type == "link_open" for part in inline) == sum(bool(url) for _, url in sources)
    strong = "".join({"strong_open": "\n", "strong_close": "\n"}.get(p.type, p.content) for p in inline)
    names = strong.split("\n")[1::2]
    assert names == [cell(role.label) or role.iri for path in paths for role in path.roles]


# -- Mermaid ---------------------------------------------------------------------------------------------


def test_mermaid_draws_each_role_once_and_says_which_route_takes_a_step():
    assert to_mermaid(two_routes()) == (
        "flowchart LR\n"
        '    role1["commis chef"]\n'
        '    role2["chef de partie"]\n'
        '    role3["sous-chef"]\n'
        '    role4["head chef"]\n'
        '    role5["pâtissier"]\n'
        '    role1 -->|"stated, on route 1"| role2\n'
        '    role2 -->|"stated, on route 1"| role3\n'
        '    role3 -->|"stated, on routes 1, 2"| role4\n'
        '    role1 -->|"stated, on route 2"| role5\n'
        '    role5 -->|"derived, on route 2"| role3\n'
    )


def test_mermaid_says_what_a_step_costs():
    path = along(world(), "KP", "chef de partie", "sous-chef", costs=(None, 0.5), by="years", unit="years")
    drawn = to_mermaid([path])
    assert 'role1 -->|"observed, years unknown"| role2' in drawn
    assert 'role2 -->|"stated, 0.5 years"| role3' in drawn


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("VP of R&D (EMEA), sous-chef 2.0", "VP of R#38;D (EMEA), sous-chef 2.0"),
        ('"end"', "#34;end#34;"),
        ("#quot;", "#35;quot#59;"),
        ("[a](b) <b> `c` _d_", "#91;a#93;(b) #60;b#62; #96;c#96; #95;d#95;"),
        ("1. first\n- next", "1#46; first #45; next"),
        ("2) second", "2#41; second"),
        ("style: x#1;", "style#58; x#35;1#59;"),
    ],
)
def test_mermaid_writes_what_could_be_markup_as_codes(label, written):
    drawn = to_mermaid([CareerPath((rg.Role("https://example.org/x", label),), (), 0.0)])
    assert drawn == f'flowchart LR\n    role1["{written}"]\n'


@steady
@given(st.lists(routes(), max_size=3))
def test_mermaid_has_one_node_per_role_whatever_it_is_called(paths):
    first, *lines = to_mermaid(paths).removesuffix("\n").split("\n")
    assert first == "flowchart LR"
    roles = {role.iri: role for path in paths for role in path.roles}  # a later name of an IRI counts
    text = r"[^\"\[\]{}<>|`:\\\n]*"
    nodes = [found for line in lines if (found := re.fullmatch(rf'    (role\d+)\["({text})"\]', line))]
    edges = [line for line in lines if re.fullmatch(rf'    role\d+ -->\|"{text}"\| role\d+', line)]
    assert len(nodes) == len({found[1] for found in nodes}) == len(roles)
    assert len(nodes) + len(edges) == len(lines)
    steps = {(step.start.iri, step.goal.iri) for path in paths for step in path.steps}
    assert len({tuple(re.findall(r"role\d+", re.sub('".*"', "", line))) for line in edges}) == len(steps)
    shown = [re.sub(r"#(\d+);", lambda code: chr(int(code[1])), found[2]) for found in nodes]
    assert shown == [cell(role.label) or role.iri for role in roles.values()]


# -- RDF -------------------------------------------------------------------------------------------------

#: Each step of each stored route, in order.
STEPS = """SELECT ?route ?position ?from ?to ?cost (GROUP_CONCAT(STR(?claim)) AS ?claims) WHERE {
  ?route a rg:Route ; rg:routeStep ?step .
  ?step a rg:RouteStep ; rg:position ?position ; rg:startsAt ?from ; rg:arrivesAt ?to .
  OPTIONAL { ?step rg:cost ?cost } OPTIONAL { ?step rg:move ?claim }
} GROUP BY ?route ?position ?from ?to ?cost ORDER BY ?route ?position"""
WHOLE = """SELECT ?route ?name ?start ?end ?by ?unit ?missing ?total WHERE {
  ?route a rg:Route ; rdfs:label ?name ; rg:startsAt ?start ; rg:arrivesAt ?end ; rg:measure ?by ;
    rg:unit ?unit ; rg:missingFigures ?missing ; rg:totalCost ?total }"""


@steady
@given(routes())
def test_a_stored_route_is_read_back_role_by_role(path):
    store = rg.LocalStore()
    store.load_text(to_turtle([path]), "routes")
    graph, name = rg.RoleGraph(store), route_iri(path)
    (whole,) = graph.select(WHOLE).rows
    assert whole[:-1] == (
        name, str(path), path.roles[0].iri, path.roles[-1].iri, path.by, path.unit, path.missing,
    )  # fmt: skip
    assert whole[-1] == pytest.approx(path.cost, abs=1e-11)
    found = graph.select(STEPS)
    assert found.column("position") == list(range(1, len(path) + 1))
    assert found.column("from") == [role.iri for role in path.roles[:-1]]
    assert found.column("to") == [role.iri for role in path.roles[1:]]
    for row, step in zip(found, path.steps, strict=True):
        assert row["cost"] == (None if step.cost is None else pytest.approx(step.cost, abs=1e-11))
        claims = {item.claim for item in step.evidence if item.claim.startswith("https:")}
        assert set((row["claims"] or "").split()) == claims


def test_turtle_of_a_route_is_sorted_declares_its_prefixes_and_writes_whole_numbers_whole():
    path = along(world(), "commis", "pastry chef", "sous-chef", costs=(2.0, 0.5), by="doubt", unit="nats")
    text = to_turtle([path])
    name = route_iri(path).rpartition("/")[2]
    assert text == "".join(
        f"@prefix {line}\n" for line in re.findall("^@prefix (.*)$", text, re.MULTILINE)
    ) + (
        f"route:{name}\\/1 a rg:RouteStep ;\n"
        "\trg:arrivesAt role:patissier ;\n"
        "\trg:cost 2 ;\n"
        "\trg:move claim:world\\/commis-to-patissier ;\n"
        "\trg:position 1 ;\n"
        "\trg:startsAt role:commis-chef .\n"
        f"route:{name}\\/2 a rg:RouteStep ;\n"
        "\trg:arrivesAt role:sous-chef ;\n"
        "\trg:cost 0.5 ;\n"
        "\trg:move claim:world\\/patissier-to-sous ;\n"
        "\trg:position 2 ;\n"
        "\trg:startsAt role:patissier .\n"
        f"route:{name} a rg:Route ;\n"
        '\trdfs:label "commis chef -> pâtissier -> sous-chef" ;\n'
        "\trg:arrivesAt role:sous-chef ;\n"
        '\trg:measure "doubt" ;\n'
        '\trg:missingFigures "skip" ;\n'
        f"\trg:routeStep route:{name}\\/1 , route:{name}\\/2 ;\n"
        "\trg:startsAt role:commis-chef ;\n"
        "\trg:totalCost 2.5 ;\n"
        '\trg:unit "nats" .\n'
    )


def test_the_order_of_routes_and_saying_one_twice_make_no_difference():
    one, other = two_routes()
    assert to_turtle([one, other]) == to_turtle([other, one, other])
    assert len(to_triples([one, one])) == len(to_triples([one])) == len(set(to_triples([one])))
    assert to_turtle([]) == ""


def test_an_iri_follows_from_the_roles_the_measure_and_the_costs():
    path = along(world(), "commis", "pastry chef", "sous-chef")
    others = [
        along(world(), "commis", "chef de partie", "sous-chef"),
        dataclasses.replace(path, by="mine"),
        dataclasses.replace(path, unit="steps"),
        dataclasses.replace(path, missing="worst"),
        dataclasses.replace(path, cost=3.0),
        along(world(), "commis", "pastry chef", "sous-chef", costs=(2.0, 0.0)),
        along(world(), "commis", "pastry chef", "sous-chef", costs=(2.0, None)),
    ]
    assert len({route_iri(each) for each in (path, *others)}) == 8
    assert re.fullmatch(r"https://w3id\.org/rolegraph/route/[0-9a-f]{12}", route_iri(path))
    renamed = dataclasses.replace(path, roles=tuple(dataclasses.replace(r, label="x") for r in path.roles))
    assert route_iri(renamed) == route_iri(path)


@steady
@given(st.floats(0, 1e300) | st.sampled_from([1e-7, 1e22, 123456789.25, 1e-300]))
def test_a_cost_is_written_without_exponent_and_to_twelve_decimals(cost):
    (written,) = (
        triple.object
        for triple in to_triples([CareerPath((rg.Role("https://example.org/x", "x"),), (), cost)])
        if triple.predicate.value.endswith("/totalCost")
    )
    assert re.fullmatch(r"\d+(\.\d{1,12})?", written.value)
    assert written.datatype.value.endswith("#decimal" if "." in written.value else "#integer")
    assert float(Decimal(written.value)) == round(cost, 12)


def test_a_role_without_iri_cannot_be_stored_and_a_claim_without_one_is_left_out():
    graph = worlds.read(
        """role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .
        _:c a rg:Role ; skos:prefLabel "nowhere" .
        [] a rg:Move ; rg:fromRole role:a ; rg:toRole role:b .
        [] a rg:Move ; rg:fromRole role:b ; rg:toRole _:c .
        claim:x a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ."""
    )
    moves = [triple for triple in to_triples([along(graph, "a", "b")]) if "/rolegraph/move>" in str(triple)]
    assert [triple.object.value for triple in moves] == [worlds.iri("claim:x")]
    with pytest.raises(rg.OutputError, match=r"nowhere has no IRI in the data, so no route over it"):
        to_turtle([along(graph, "a", "b", "nowhere")])


def test_all_forms_are_the_same_in_every_process_whatever_the_hash_seed():
    code = f"""
import rolegraph as rg
from rolegraph.itineraries import *
graph = rg.open({str(worlds.WORLD)!r})
paths = graph.paths("commis", "head chef", k=3)
print(to_markdown(paths), to_mermaid(paths), to_turtle(paths))
"""
    runs = {worlds.python(code, seed=seed) for seed in ("0", "7", "4711")}
    assert len(runs) == 1
    assert "flowchart LR" in runs.pop()


# -- stored beside the graph -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> rg.RoleGraph:
    """Give the small world with two routes stored beside it."""
    return beside(worlds.WORLD, to_turtle(two_routes()), tmp_path_factory.mktemp("stored"))


def test_stored_routes_change_nothing_in_the_network(stored):
    assert nx.utils.graphs_equal(stored.network(), world().network())
    assert list(stored.network()) == list(world().network())
    assert stored.entries() == world().entries()


@pytest.mark.parametrize("name", sorted(set(queries.query_names()) - {"stored_routes", "data_sets"}))
def test_stored_routes_change_no_answer(stored, name):
    text = queries.named_query(name).text
    before, after = world().answer(text), stored.answer(text)
    if isinstance(before, list):
        before, after = set(before), set(after)
    assert after == before


def test_stored_routes_conform_to_the_shapes(stored):
    assert stored.validate().problems == ()


def test_each_step_rests_on_moves_that_are_in_the_graph(stored):
    steps = stored.select(
        """SELECT ?step ?claim WHERE {
          ?step a rg:RouteStep ; rg:startsAt ?from ; rg:arrivesAt ?to ; rg:move ?claim .
          ?claim a rg:Move ; rg:fromRole ?from ; rg:toRole ?to }"""
    )
    assert len(steps) == len(stored.select("SELECT * { ?step rg:move ?claim }")) == 7
    assert len(set(steps.column("step"))) == 6


def test_a_stored_route_over_moves_that_are_not_there_is_warned_of(tmp_path):
    lines = worlds.WORLD.read_text("utf-8").replace("world:sous-to-head a rg:Move", "world:gone a rg:Move")
    (tmp_path / "newer.ttl").write_text(lines, "utf-8")
    report = beside(tmp_path / "newer.ttl", to_turtle(two_routes()), tmp_path).validate()
    assert report.conforms
    assert {(problem.severity, problem.property, problem.value) for problem in report.problems} == {
        ("warning", "rg:move", "claim:world/sous-to-head")
    }


def test_the_query_lists_stored_routes_step_by_step_beside_the_shipped_graph(tmp_path):
    path = along(shipped(), "project manager", "CPO", "CEO", costs=(3.0, None), by="gap", unit="skills")
    file = tmp_path / "mine.ttl"
    file.write_text(to_turtle([path]), "utf-8")
    rows = rg.open("curated", file).queries["stored_routes"]()
    assert {row["route"] for row in rows} == {route_iri(path)}
    assert {(row["measure"], row["total"], row["unit"]) for row in rows} == {("gap", 3, "skills")}
    steps = dict.fromkeys((r["position"], r["from_name"], r["to_name"], r["cost"]) for r in rows)
    assert list(steps) == [
        (1, "project manager", "chief product officer", 3),
        (2, "chief product officer", "chief executive officer", None),
    ]
    for position, step in enumerate(path.steps, 1):
        said = {
            (r["claim"], r["evidence"], r["source"], r["doubt"] or "")
            for r in rows
            if r["position"] == position
        }
        assert said == {(item.claim, item.kind, item.source, item.doubt) for item in step.evidence}


def test_a_step_whose_claims_are_not_loaded_is_listed_without_source():
    store = rg.LocalStore()
    store.load_text(to_turtle([along(world(), "head chef", "sous-chef")]), "routes")
    (row,) = rg.RoleGraph(store).queries["stored_routes"]()
    assert (row["position"], row["from_name"], row["source"]) == (1, None, None)
    assert row["claim"] == worlds.iri("claim:world/head-to-sous")


# -- JSON ------------------------------------------------------------------------------------------------


def documents() -> list[dict]:
    """Give what is printed for many routes of both graphs."""
    pairs = [(shipped(), "product developer", "CEO"), (shipped(), "project manager", "CEO")]
    pairs += [
        (world(), "KP", "head chef"),
        (world(), "commis", "head chef"),
        (world(), "head chef", "sous-chef"),
    ]
    found = [graph.paths(start, goal, k=4) for graph, start, goal in pairs]
    found += [[world().path("head chef", "head chef")], []]
    found.append([along(world(), "KP", "chef de partie", costs=(None,), missing="worst")])
    observed = next(
        (start, goal)
        for start, goal, edge in shipped().network().edges(data=True)
        if edge["kind"] == "move" and edge["count"]
    )
    found.append([along(shipped(), *observed)])
    return [{"paths": [path.to_dict() for path in paths]} for paths in found]


def wrong(document: object) -> list[str]:
    """Give what is wrong with a document, after JSON."""
    return [error.message for error in VALID.iter_errors(json.loads(json.dumps(document)))]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_property_is_described():
    def undescribed(part: object, place: str = ""):
        if isinstance(part, list):
            for item in part:
                yield from undescribed(item, place)
        if isinstance(part, dict):
            for name, value in part.get("properties", {}).items():
                named = SCHEMA["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else {}
                if not (value.get("description") or named.get("description")):
                    yield f"{place}/{name}"
            for name, value in part.items():
                yield from undescribed(value, f"{place}/{name}")

    assert list(undescribed(SCHEMA)) == []


@pytest.mark.parametrize("document", documents())
def test_routes_are_printed_by_the_schema(document):
    assert wrong(document) == []


def test_tradeoffs_are_printed_by_the_schema():
    paths = tuple(two_routes())
    found = Tradeoffs(("hops", "gap"), ("moves", "skills"), paths, ((3.0, 1.0), (3.0, 2.0)))
    assert wrong(found.to_dict()) == []
    assert wrong({**found.to_dict(), "plans": [], "stability": {}, "suggestions": []}) == []


@steady
@given(st.lists(routes(), max_size=2))
def test_hostile_routes_are_printed_by_the_schema(paths):
    assert wrong({"paths": [path.to_dict() for path in paths]}) == []


def test_the_schema_knows_every_field_and_lets_none_be_absent():
    whole = documents()[0]
    path = whole["paths"][0]
    step, role = path["steps"][0], path["roles"][0]
    for part in (whole, path, step, role, role["pay"][0], step["evidence"][0], path["weakest"]):
        part["surprise"] = 1
        assert wrong(whole) != []
        del part["surprise"]
        for name in list(part):
            kept = part.pop(name)
            assert wrong(whole) != [], name
            part[name] = kept
    assert wrong(whole) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("cost",), -1),
        (("cost",), None),
        (("missing",), "guess"),
        (("unknown_steps",), 0.5),
        (("roles",), []),
        (("steps", 0, "cost"), "1"),
        (("steps", 0, "count"), 0),
        (("steps", 0, "strength"), "strong"),
        (("steps", 0, "evidence", 0, "kind"), "said"),
        (("roles", 0, "kind"), "skill"),
        (("roles", 0, "iri"), ""),
    ],
)
def test_the_schema_refuses_what_no_route_has(place, value):
    document = documents()[0]
    part = document["paths"][0]
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    assert wrong(document) != []
