"""What differs between two graphs: edits that are known are found, all of them and nothing else."""

from __future__ import annotations

import random
from itertools import permutations

import networkx as nx
import pyoxigraph as ox
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import PREAMBLE, WORLD, iri, read, steady, turtle

import rolegraph as rg
from rolegraph.changes import SECTIONS, blank_nodes
from rolegraph.changes.values import COLUMNS
from rolegraph.exporters import serialize
from rolegraph.stores import FORMATS

TEXT = WORLD.read_text("utf-8")


def edited(*edits: tuple[str, str]) -> rg.RoleGraph:
    """Give the small world with some of its text replaced; each must be there."""
    text = TEXT
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return opened(text)


def opened(text: str, **more) -> rg.RoleGraph:
    """Give a graph of a text in Turtle, with the definitions of rolegraph's terms."""
    store = rg.open(WORLD).store
    store.engine.clear_graph(ox.NamedNode(f"{worlds.BASE}graph/world"))
    store.load_text(text, "world", **more)
    return rg.RoleGraph(store)


def without(claim: str, text: str = TEXT) -> str:
    """Give the small world without what stands behind a name at the beginning of a line."""
    kept, gone = [], False
    for line in text.splitlines(keepends=True):
        gone = line.startswith(f"{claim} ") or (gone and line.startswith(" "))
        kept += [] if gone else [line]
    assert len(kept) < len(text.splitlines())
    return "".join(kept)


def told(found: rg.Differences, *columns: str) -> list[tuple]:
    """Give some columns of what was found but for routes."""
    names = columns or ("change", "what", "kind", "thing", "other", "before", "after")
    return [tuple(row[name] for name in names) for row in found.table() if row["what"] != "route"]


# -- each kind of difference, one at a time --------------------------------------------------------

BRIGADE = "group:kitchen-brigade a rg:RoleGroup"
SEEN = "rg:toRole role:chef-de-partie ;\n    rg:evidence rg:Observed"
TOTAL = "median total pay, EUR per year, Harbour Town"
SALARY = "median salary, EUR per year, Harbour Town"

ONE_EDIT = [
    (
        ('skos:prefLabel "food critic"@en', 'skos:prefLabel "critic"@en'),
        ("changed", "role", "role", "critic", "", "food critic", "critic"),
    ),
    (
        ('skos:altLabel "second chef"@en', 'skos:altLabel "second chef"@en, "number two"@en'),
        ("changed", "role", "role", "sous-chef", "", "second chef", "number two; second chef"),
    ),
    (
        ('"Answers for the kitchen."@en', '"Runs the kitchen."@en'),
        ("changed", "role", "role", "head chef", "", "Answers for the kitchen.", "Runs the kitchen."),
    ),
    (
        ('a rg:Skill ; skos:prefLabel "plating"@en', 'a rg:Skill ; skos:prefLabel "dressing"@en'),
        ("changed", "thing", "skill", "dressing", "", "plating", "dressing"),
    ),
    (
        ('role:cheesemonger a rg:Role ; skos:prefLabel "cheesemonger"@en .', ""),
        ("lost", "role", "role", "cheesemonger", "", "", ""),
    ),
    (
        (BRIGADE, f'role:baker a rg:Role ; skos:prefLabel "baker" .\n{BRIGADE}'),
        ("gained", "role", "role", "baker", "", "", ""),
    ),
    (
        ("rg:evidence rg:Derived", "rg:evidence rg:Stated"),
        ("changed", "move", "move", "pâtissier", "sous-chef", "derived", "stated"),
    ),
    (
        (SEEN, f"rg:count 7 ; rg:sharePercent 12.5 ; {SEEN}"),
        (
            *("changed", "move", "move", "kitchen porter", "chef de partie"),
            *("share none; count none", "share 12.5; count 7"),
        ),
    ),
    (
        ('rg:doubt "It is a step down."@en ;', ""),
        ("changed", "move", "move", "head chef", "sous-chef", "It is a step down.", "none"),
    ),
    (
        ("skill:plating ;\n    rg:necessity rg:Optional", "skill:plating ;\n    rg:necessity rg:Essential"),
        ("changed", "requirement", "requires", "pâtissier", "plating", "optional", "essential"),
    ),
    (
        ("rg:sharePercent 35.5", "rg:sharePercent 40"),
        ("changed", "requirement", "holds_degree", "head chef", "diploma in cookery", "35.5", "40"),
    ),
    (
        ("rg:necessity rg:Minimum", "rg:necessity rg:Preferred"),
        ("changed", "requirement", "needs_degree", "head chef", "diploma in cookery", "minimum", "preferred"),
    ),
    (
        ("rg:amount 58000", "rg:amount 60900"),
        ("changed", "pay", TOTAL, "head chef", "", "EUR 58,000 (2025-03)", "EUR 60,900 (2025-03)"),
    ),
    (
        ("Eight years at the stove.", "Nine years there."),
        ("changed", "note", "experience", "head chef", "", "Eight years at the stove.", "Nine years there."),
    ),
    (
        ("rg:growthPercent -2", "rg:growthPercent 3.5"),
        (
            *("changed", "note", "outlook", "kitchen brigade", ""),
            *("employment -2 % from 2024 to 2030", "employment +3.5 % from 2024 to 2030"),
        ),
    ),
]


@pytest.mark.parametrize(("edit", "expected"), ONE_EDIT, ids=lambda value: value[1][:30])
def test_one_edit_is_one_difference(edit, expected):
    new = edited(edit)
    there = rg.diff(worlds.world(), new)
    assert told(there) == [expected]
    assert not there.equal
    back = rg.diff(new, worlds.world())
    turned = {"gained": "lost", "lost": "gained", "changed": "changed"}
    assert [(turned[change], what) for change, what in told(back, "change", "what")] == [expected[:2]]


LOST = {
    "world:patissier-to-critic": ("move", "move", "pâtissier", "food critic", "stated"),
    "world:head-tasting": ("requirement", "requires", "head chef", "tasting", "optional; stated"),
    "world:head-certificate": (
        *("requirement", "suggests_credential", "head chef"),
        *("hygiene certificate", "optional; stated"),
    ),
    "world:head-gastronomy": ("requirement", "suggests_subject", "head chef", "gastronomy", "stated"),
    "world:head-pass": ("relation", "has_duty", "head chef", "run the pass", "stated"),
    "world:head-brigade": ("relation", "member_of", "head chef", "kitchen brigade", "stated"),
    "world:course-teaches": ("relation", "teaches", "costing course", "budgeting", "stated"),
    "world:head-salary": ("pay", SALARY, "head chef", "", "EUR 49,000 (2024)"),
    "world:porter-statement": ("note", "statement", "kitchen porter", "", "Where most begin."),
    "world:head-level": ("note", "level", "head chef", "", "managerial level"),
    "world:leading-category": ("note", "category", "leading a brigade", "", "leadership skills"),
}


@pytest.mark.parametrize("claim", LOST)
def test_a_claim_that_is_gone_is_one_difference_either_way(claim):
    what, kind, thing, other, state = LOST[claim]
    less = opened(without(claim))
    state = (
        state
        if what != "note" or kind not in {"level", "category"}
        else told(rg.diff(worlds.world(), less), "before")[0][0]
    )
    assert told(rg.diff(worlds.world(), less)) == [("lost", what, kind, thing, other, state, "")]
    assert told(rg.diff(less, worlds.world())) == [("gained", what, kind, thing, other, "", state)]


def test_one_of_two_claims_that_is_gone_changes_the_relation():
    less = opened(without("world:porter-to-commis-old"))
    (found,) = rg.diff(worlds.world(), less, only=["moves"]).items
    assert found.change == "changed"
    assert [name for name, _, _ in found.aspects] == ["qualifier", "sources", "claims"]
    assert found.aspects[-1] == ("claims", 2, 1)


def test_what_is_said_of_an_occupation_is_told_once():
    text = """
role:a a rg:Role ; skos:prefLabel "a" . role:b a rg:Role ; skos:prefLabel "b" .
<x:occupation> a rg:Occupation ; skos:prefLabel "o" . skill:k a rg:Skill ; skos:prefLabel "k" .
claim:a a rg:Mapping ; rg:role role:a ; rg:occupation <x:occupation> ; rg:match rg:ExactMatch .
claim:b a rg:Mapping ; rg:role role:b ; rg:occupation <x:occupation> ; rg:match rg:ExactMatch .
claim:k a rg:SkillRequirement ; rg:role <x:occupation> ; rg:skill skill:k ; rg:necessity rg:Optional .
"""
    found = rg.diff(read(text), read(text.replace("rg:Optional", "rg:Essential")))
    assert told(found, "thing", "other", "before", "after") == [("o", "k", "optional", "essential")]


def test_pay_is_matched_by_basis_and_source_and_then_by_publisher():
    text = """
role:a a rg:Role ; skos:prefLabel "a" . area:x a rg:Area ; skos:prefLabel "X" .
source:one a rg:Source ; skos:prefLabel "Wages, 2025" ; dcterms:publisher <x:office> .
source:two a rg:Source ; skos:prefLabel "Wages, 2026" ; dcterms:publisher <x:office> .
<x:office> skos:prefLabel "Office" .
"""
    claim = """claim:{0} a rg:Pay ; rg:role role:a ; rg:amount {1} ; rg:currency "{2}" ;
        schema:unitText "YEAR" ; rg:statistic <x:median> ; rg:period "{3}" ;
        rg:area area:x ; dcterms:source source:{4} ."""
    old = read(text + claim.format("p", 100, "EUR", 2025, "one") + claim.format("q", 90, "EUR", 2024, "one"))
    new = read(text + claim.format("r", 110, "EUR", 2026, "two") + claim.format("s", 110, "USD", 2026, "two"))
    found = rg.diff(old, new, only=["pay"])
    assert [(item.change, item.before, item.after, item.amount, item.percent) for item in found.items] == [
        ("changed", "EUR 100 (2025)", "EUR 110 (2026)", 10, 10),
        ("lost", "EUR 90 (2024)", "", None, None),
        ("gained", "", "USD 110 (2026)", None, None),
    ]
    assert [name for name, _, _ in found.items[0].aspects] == ["amount", "period", "sources"]


def test_another_iri_is_a_loss_and_a_gain_that_name_each_other():
    new = opened(TEXT.replace("role:cheesemonger", "<https://example.org/cheese>"))
    gained, lost = rg.diff(worlds.world(), new).items
    assert (gained.change, lost.change, gained.thing, lost.thing) == (
        "gained",
        "lost",
        "cheesemonger",
        "cheesemonger",
    )
    aspect = (("iri", iri("role:cheesemonger"), "https://example.org/cheese"),)
    assert gained.aspects == lost.aspects == aspect


def test_what_is_still_named_and_described_no_more_is_lost():
    new = opened(without("role:food-critic"))
    (found,) = rg.diff(worlds.world(), new, only=["roles", "things"]).items
    assert (found.change, found.what, found.thing) == ("lost", "role", "food critic")
    assert found.aspects == (("kind", "role", "unknown"),)


def test_sources_alone_can_be_left_out():
    new = edited(('skos:prefLabel "Town census"@en', 'skos:prefLabel "Census of the town"@en'))
    found = rg.diff(worlds.world(), new)
    assert {name for item in found.items for name, _, _ in item.aspects} == {"sources"}
    assert all(item.only_sources for item in found.items)
    assert len(found) == len(told(found)) > 5
    assert rg.diff(worlds.world(), new, ignore_sources=True).equal
    both = edited(
        ('skos:prefLabel "Town census"@en', 'skos:prefLabel "Census of the town"@en'),
        ("rg:amount 49000", "rg:amount 50000"),
    )
    assert told(rg.diff(worlds.world(), both, ignore_sources=True), "aspects", "before") == [
        ("amount", "EUR 49,000 (2024)")
    ]


def test_a_difference_that_the_network_does_not_show_is_counted_as_statements():
    new = edited(("rg:minimumMonths 3", "rg:minimumMonths 4"))
    found = rg.diff(worlds.world(), new)
    assert (found.items, len(found.gained), len(found.lost), bool(found)) == ((), 1, 1, True)
    assert str(found) == "statements 1 gained, 1 lost."
    assert found.table(statements=True).column("after")[1] == found.gained[0]
    assert "minimumMonths" in found.gained[0]


def test_only_some_parts_are_compared():
    new = edited(("rg:amount 58000", "rg:amount 60900"))
    assert rg.diff(worlds.world(), new, only=["roles", "moves"]).equal
    assert str(rg.diff(worlds.world(), new, only=["roles"])) == "Nothing that was compared differs."
    assert len(rg.diff(worlds.world(), new, only=["pay"])) == 1
    with pytest.raises(
        rg.ParameterError, match="No part of a graph is called 'jobs'; there are: roles, things"
    ):
        rg.diff(worlds.world(), new, only=["jobs"])


# -- statements ------------------------------------------------------------------------------------


def test_a_graph_is_equal_to_itself_in_every_format(tmp_path):
    graph = rg.open(WORLD)
    for ending in FORMATS:
        file = graph.export(tmp_path / f"other{ending}")
        found = rg.diff(WORLD, file)
        assert found.equal, ending
        assert not found
        assert str(found) == "The graphs are equal."
    assert rg.diff(graph.export(tmp_path / "kept.store"), WORLD).equal


def test_statements_count_once_in_whichever_graphs_they_stand(tmp_path):
    one, two = "<urn:a> <urn:p> <urn:b> <urn:g> .\n", "<urn:a> <urn:p> <urn:b> <urn:h> .\n"
    (tmp_path / "one.nq").write_text(one)
    (tmp_path / "two.nq").write_text(one + two)
    (tmp_path / "three.ttl").write_text("<urn:a> <urn:p> <urn:b> .")
    files = [tmp_path / name for name in ("one.nq", "two.nq", "three.ttl")]
    assert all(rg.diff(*pair).equal for pair in permutations(files, 2))


def test_what_a_file_calls_by_its_own_name_is_the_same_in_a_file_of_another_name(tmp_path):
    text = '<> dcterms:title "mine" . <#a> a rg:Role ; skos:prefLabel "<#a>" .'
    old, new = turtle(tmp_path, text, "old.ttl"), turtle(tmp_path, text.replace("mine", "yours"), "new.ttl")
    found = rg.diff(old, new)
    assert found.items == ()
    assert found.gained == (f'<{worlds.BASE}graph/old> <http://purl.org/dc/terms/title> "yours" .',)


def test_the_source_of_a_data_set_stays_with_its_statements(tmp_path):
    """ESCO's relations name no source: the data set has it, and a format without graphs loses the name."""
    graph = rg.open(only_sources=["ESCO 1.2"])
    whole = graph.export(tmp_path / "everything.ttl")
    label = '"product manager"@en'
    text = whole.read_text("utf-8")
    assert label in text
    (tmp_path / "edited.ttl").write_text(text.replace(label, '"manager of products"@en'), "utf-8")
    found = rg.diff(graph, tmp_path / "edited.ttl", only=["requirements"])
    assert found.equal


blanks = st.integers(0, 5).map(lambda n: f"_:x{n}")
things = st.one_of(blanks, blanks, st.sampled_from(["<urn:a>", "<urn:b>"]))
objects = st.one_of(things, st.sampled_from(['"_:x0 <urn:p>"', '"é\\n"@en', "<<( _:x1 <urn:p> <urn:a> )>>"]))
statements = st.lists(
    st.tuples(things, st.sampled_from(["<urn:p>", "<urn:q>"]), objects).map(" ".join),
    max_size=12,
    unique=True,
)


def lines(texts) -> rg.RoleGraph:
    store = rg.LocalStore()
    store.load_text("".join(f"{text} .\n" for text in texts), "lines", rdf_format=FORMATS[".nt"])
    return rg.RoleGraph(store)


def canonical(graph: rg.RoleGraph) -> set[str]:
    """Give the statements with the blank nodes that RDFC-1.0 gives them, the standard's own answer."""
    dataset = ox.Dataset(ox.Quad(*quad.triple) for quad in graph.store.engine)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


@steady
@given(statements, st.randoms(use_true_random=False))
def test_blank_nodes_by_any_other_name_are_equal(texts, chance):
    names = [f"n{n}" for n in range(6)]
    chance.shuffle(names)
    other = [text.replace("_:x", "_:\0") for text in texts]
    for n, name in enumerate(names):
        other = [text.replace(f"_:\0{n}", f"_:{name}") for text in other]
    other = [text.replace('"_:n', '"_:x').replace(f'"_:{names[0]} ', '"_:x0 ') for text in other]
    literal = '"_:x0 <urn:p>"'
    other = [text if '"_:' not in text else text[: text.index('"')] + literal for text in other]
    chance.shuffle(other)
    found = rg.diff(lines(texts), lines(other), only=["statements"])
    assert found.equal, (texts, other)


@steady
@given(statements, statements)
def test_graphs_are_equal_where_the_standard_says_so(one, other):
    found = rg.diff(lines(one), lines(other), only=["statements"])
    assert found.equal == (canonical(lines(one)) == canonical(lines(other)))
    assert len(lines(one).store) - len(found.lost) == len(lines(other).store) - len(found.gained)


@steady
@given(statements, st.data())
def test_statements_that_go_are_all_that_is_lost(texts, data):
    gone = data.draw(st.sets(st.sampled_from(texts), max_size=3) if texts else st.just(set()))
    less = lines([text for text in texts if text not in gone])
    plain = {text for text in gone if "_:x" not in text.replace('"_:x0', "")}
    found = rg.diff(lines(texts), less, only=["statements"])
    assert len(found.lost) - len(found.gained) == len(lines(texts).store) - len(less.store)
    assert plain <= {line.removesuffix(" .") for line in found.lost}


def test_one_statement_of_many_blank_nodes_that_goes_is_one():
    claims = [
        f"[] a rg:Move ; rg:fromRole role:r{n} ; rg:toRole role:r{n + 1} ; rg:count {n % 3} ."
        for n in range(40)
    ]
    more = [claim.replace("rg:count 2", "rg:count 5") if "role:r8 ;" in claim else claim for claim in claims]
    random.Random(3).shuffle(more)  # noqa: S311 - no secret
    found = rg.diff(read("\n".join(claims)), read("\n".join(more)))
    assert (len(found.lost), len(found.gained)) == (1, 1)
    assert told(found, "change", "what", "before", "after") == [("changed", "move", "2", "5")]


def test_roles_that_are_blank_nodes_are_the_same_by_what_is_said_of_them():
    text = """_:a a rg:Role ; skos:prefLabel "a" . _:b a rg:Role ; skos:prefLabel "b" .
        [] a rg:Move ; rg:fromRole _:a ; rg:toRole _:b ."""
    more = (
        text.replace("_:a", "_:z")
        + ' _:c a rg:Role ; skos:prefLabel "c" . [] a rg:Move ; rg:fromRole _:b ; rg:toRole _:c .'
    )
    found = rg.diff(read(text), read(more))
    assert told(found, "change", "what", "thing", "other") == [
        ("gained", "role", "c", ""),
        ("gained", "move", "b", "c"),
    ]
    assert found.of("routes") == ()


def test_many_blank_nodes_that_all_name_each_other_are_told_apart_or_given_up(monkeypatch):
    """RDFC-1.0 takes a quarter of a minute for eight of them."""
    every = [f"_:x{a} <urn:p> _:x{b}" for a, b in permutations(range(30), 2)]
    assert rg.diff(lines(every), lines(every), only=["statements"]).equal
    monkeypatch.setattr(blank_nodes, "MOST_LOOKS", 2000)
    monkeypatch.setattr(blank_nodes, "LOOKS_EACH", 0)
    with pytest.raises(rg.LimitReached, match=r"given up after 2,000 looks .* give them IRIs"):
        rg.diff(lines(every), lines(every), only=["statements"])


def test_graphs_that_are_alike_from_every_node_are_still_told_apart():
    """Two triangles and a ring of six: every node has one neighbour on each side."""
    ring = [f"_:x{n} <urn:p> _:x{(n + 1) % 6}" for n in range(6)]
    triangles = [f"_:x{n} <urn:p> _:x{3 * (n // 3) + (n + 1) % 3}" for n in range(6)]
    assert not rg.diff(lines(ring), lines(triangles), only=["statements"]).equal


# -- random edits ----------------------------------------------------------------------------------

ROLES = [f"role:r{n}" for n in range(6)]
roles_of = st.sampled_from(ROLES)
pairs_of = st.tuples(roles_of, roles_of).filter(lambda pair: pair[0] != pair[1])
facts = st.fixed_dictionaries(
    {
        "labels": st.dictionaries(roles_of, st.sampled_from("abcdefgh"), min_size=1),
        "moves": st.dictionaries(pairs_of, st.sampled_from(["rg:Stated", "rg:Editorial"]), max_size=12),
        "skills": st.dictionaries(
            st.tuples(roles_of, st.integers(0, 3)),
            st.sampled_from(["rg:Essential", "rg:Optional"]),
            max_size=8,
        ),
        "pay": st.dictionaries(roles_of, st.integers(1, 5), max_size=4),
    }
)


def graph_of(said, chance) -> rg.RoleGraph:
    """Write facts as Turtle, in any order, every claim a blank node or with an IRI that tells nothing."""
    roles = {*said["labels"], *(role for pair in said["moves"] for role in pair)}
    roles |= {role for role, _ in said["skills"]} | {*said["pay"]}
    text = [f'{role} a rg:Role ; skos:prefLabel "{said["labels"].get(role, role)}" .' for role in roles]
    text += [f'skill:k{n} a rg:Skill ; skos:prefLabel "k{n}" .' for n in range(4)]
    text += [
        f"[] a rg:Move ; rg:fromRole {one} ; rg:toRole {other} ; rg:evidence {kind} ."
        for (one, other), kind in said["moves"].items()
    ]
    text += [
        f"[] a rg:SkillRequirement ; rg:role {role} ; rg:skill skill:k{skill} ; rg:necessity {how} ."
        for (role, skill), how in said["skills"].items()
    ]
    text += [
        f'[] a rg:Pay ; rg:role {role} ; rg:amount {amount} ; rg:currency "EUR" ; schema:unitText "YEAR" .'
        for role, amount in said["pay"].items()
    ]
    chance.shuffle(text)
    content = (PREAMBLE + "\n".join(text)).encode()
    form = chance.choice(
        [ox.RdfFormat.TURTLE, ox.RdfFormat.N_QUADS, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD]
    )
    quads = [*ox.parse(content, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    store = rg.LocalStore()
    store.load_text(serialize(quads, form).decode(), f"any{chance.randrange(9)}", rdf_format=form)
    return rg.RoleGraph(store)


def _keyed(said) -> dict[str, dict[tuple[str, str], object]]:
    """Give facts by section, each by what it is about and leads to."""
    moves, skills, pay = said["moves"], said["skills"], said["pay"]
    named = {*(role for pair in moves for role in pair), *(role for role, _ in skills), *pay}
    return {
        "roles": {
            (iri(role), ""): name for role, name in (dict.fromkeys(named, "") | said["labels"]).items()
        },
        "moves": {(iri(one), iri(other)): kind for (one, other), kind in moves.items()},
        "requirements": {(iri(role), iri(f"skill:k{n}")): how for (role, n), how in skills.items()},
        "pay": {(iri(role), ""): amount for role, amount in pay.items()},
    }


def expected(old, new) -> set[tuple[str, str, str, str]]:
    """Compare facts directly: change, section, thing, what it leads to."""
    sides = {name: [_keyed(said)[name] for said in (old, new)] for name in _keyed(old)}
    found = set()
    for section, (before, after) in sides.items():
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                change = "lost" if key not in after else "gained" if key not in before else "changed"
                found.add((change, section, *key))
    return found


@steady
@given(facts, facts, st.randoms(use_true_random=False))
def test_the_differences_are_those_of_the_facts(old, new, chance):
    found = rg.diff(graph_of(old, chance), graph_of(new, chance), only=[*SECTIONS][:-2])
    sections = {what: section for section, what in SECTIONS.items()}
    rows = [(item.change, sections[item.what], item.iri, item.other_iri) for item in found.items]
    assert set(rows) == expected(old, new)
    assert len(set(rows)) == len(rows)


@steady
@given(facts, st.randoms(use_true_random=False))
def test_a_graph_is_equal_to_itself_written_otherwise(said, chance):
    found = rg.diff(graph_of(said, chance), graph_of(said, chance))
    assert found.equal
    assert found.to_dict()["counts"] == {}


# -- routes ----------------------------------------------------------------------------------------

arcs = st.sets(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda arc: arc[0] != arc[1]), max_size=16
)


def of_moves(found, size=7) -> rg.RoleGraph:
    text = [f'role:r{n} a rg:Role ; skos:prefLabel "r{n}" .' for n in range(size)]
    text += [
        f"claim:m{a}-{b} a rg:Move ; rg:fromRole role:r{a} ; rg:toRole role:r{b} ; rg:evidence rg:Stated ."
        for a, b in sorted(found)
    ]
    return read("\n".join(text))


def lengths(found) -> dict[tuple[str, str], int]:
    graph = nx.DiGraph(found)
    return {
        (f"r{a}", f"r{b}"): far
        for a, others in nx.all_pairs_shortest_path_length(graph)
        for b, far in others.items()
        if a != b
    }


def routes_by_truth(old, new) -> dict[tuple[str, str], tuple]:
    before, after = lengths(old), lengths(new)
    changed = {}
    for pair in before.keys() | after.keys():
        one, other = before.get(pair), after.get(pair)
        if one != other:
            change = (
                "gained"
                if one is None
                else "lost"
                if other is None
                else "dearer"
                if other > one
                else "cheaper"
            )
            changed[pair] = (change, one, other)
    return changed


@steady
@given(arcs, arcs)
def test_routes_are_those_that_networkx_finds(old, new):
    found = rg.diff(of_moves(old), of_moves(new), only=["routes"])
    rows = {(item.thing, item.other): (item.change, *item.aspects[0][1:]) for item in found.items}
    assert rows == routes_by_truth(old, new)
    for item in found.items:
        for graph, (cost, labels, words) in zip(
            (old, new),
            zip(item.aspects[0][1:], item.aspects[1][1:], (item.before, item.after), strict=True),
            strict=True,
        ):
            if labels:
                assert nx.is_path(nx.DiGraph(graph), [int(label[1:]) for label in labels])
                assert len(labels) == cost + 1
                assert words == f"{' -> '.join(labels)} ({cost:g} move{'s' if cost > 1 else ''})"


@steady
@given(arcs, arcs, st.integers(0, 6), st.integers(0, 6))
def test_routes_from_a_role_or_between_two_are_a_part_of_all(old, new, start, goal):
    one, other = of_moves(old), of_moves(new)
    every = rg.diff(one, other, only=["routes"]).items
    some = rg.diff(one, other, only=["routes"], starts=[f"r{start}"]).items
    assert some == tuple(item for item in every if item.thing == f"r{start}")
    both = rg.diff(one, other, only=["routes"], starts=[f"r{start}"], pairs=[(f"r{goal}", f"r{start}")]).items
    ends = {f"r{start}", f"r{goal}"}
    assert both == tuple(
        item for item in every if item.thing == f"r{start}" or {item.thing, item.other} == ends
    )


@pytest.mark.parametrize("by", ["hops", "gap", "pay-cut", "years", "doubt"])
@pytest.mark.parametrize("missing", ["skip", "worst", "ignore"])
def test_routes_are_those_that_path_finds(by, missing):
    old, new = worlds.world(), opened(without("world:porter-to-partie", without("world:commis-to-partie")))
    found = rg.diff(old, new, only=["routes"], by=by, missing=missing)
    rows = {(item.iri, item.other_iri): (item.before, item.after) for item in found.items}
    names = [entry.iri for entry in old.entries() if entry.kind in {"role", "group"}]
    for pair in permutations(names, 2):
        routes = [graph.paths(*pair, k=1, cost=by, missing=missing) for graph in (old, new)]
        costs = [route[0].cost if route else None for route in routes]
        words = tuple(f"{route[0]} ({route[0].total})" if route else "" for route in routes)
        assert rows.pop(pair, None) == (words if costs[0] != costs[1] else None)
    assert rows == {}


def test_the_ends_of_a_route_are_in_both_graphs():
    new = opened(without("role:cheesemonger", TEXT) + 'role:baker a rg:Role ; skos:prefLabel "baker" .')
    for pair in (("commis", "baker"), ("cheesemonger", "commis")):
        with pytest.raises(rg.UnknownName, match="only in one of the two graphs"):
            rg.diff(worlds.world(), new, pairs=[pair])
    with pytest.raises(rg.UnknownName, match="No role is called 'nobody'"):
        rg.diff(worlds.world(), worlds.world(), starts=["nobody"])
    renamed = opened(
        TEXT.replace('"sous-chef"@en', '"under-chef"@en').replace(
            "world:commis-to-patissier a rg:Move", "world:x a rg:Outlook"
        )
    )
    found = rg.diff(
        worlds.world(), renamed, pairs=[("commis", "pastry chef"), ("commis", "sous-chef")], only=["routes"]
    )
    assert [(item.change, item.other) for item in found.items] == [("lost", "pâtissier")]


def test_too_many_pairs_are_said_or_refused(monkeypatch):
    from rolegraph.changes import journeys

    monkeypatch.setattr(journeys, "MOST_PAIRS", 10)
    old, new = of_moves({(n, n + 1) for n in range(6)}), of_moves({(n, n + 1) for n in range(5)})
    found = rg.diff(old, new)
    assert found.of("routes") == ()
    assert found.routes.startswith(
        "not compared: 42 pairs of roles are too many to compare by hops (10 at most)"
    )
    with pytest.raises(rg.ParameterError, match="too many to compare"):
        rg.diff(old, new, only=["routes"])
    with pytest.raises(rg.ParameterError, match="too many to compare"):
        rg.diff(old, new, starts=["r0", "r1"])
    assert [item.other for item in rg.diff(old, new, starts=["r5"]).of("routes")] == ["r6"]


# -- the value -------------------------------------------------------------------------------------


def test_the_value_shows_itself_in_every_way():
    new = edited(("rg:amount 58000", "rg:amount 60900"), ("rg:evidence rg:Derived", "rg:evidence rg:Stated"))
    found = rg.diff(worlds.world(), new)
    assert str(found) == "moves 1 changed; pay 1 changed; statements 2 gained, 2 lost."
    assert repr(found) == f"<Differences: {found}>"
    assert found.counts()["pay"] == {"changed": 1}
    assert found.table().columns == COLUMNS
    assert [*found.to_frame().columns] == [*COLUMNS]
    assert "60,900" in found._repr_html_()
    plain = found.to_dict()
    assert plain["pay"][0]["aspects"] == {"amount": {"before": 58000, "after": 60900}}
    assert (plain["pay"][0]["amount"], plain["pay"][0]["percent"]) == (2900, 5)
    assert plain["pay"][0]["sources"] == ["Kitchen survey (2025-03), section “pay”"]
    assert "statements" not in plain
    assert len(found.to_dict(statements=True)["statements"]["gained"]) == 2


def test_the_answer_does_not_depend_on_the_hash_seed(tmp_path):
    old = turtle(tmp_path, TEXT.partition("####")[2].partition("\n")[2], "old.ttl")
    new = turtle(
        tmp_path,
        without("world:porter-to-partie")
        .partition("####")[2]
        .partition("\n")[2]
        .replace("world:", "_:")
        .replace("35.5", "36"),
        "new.ttl",
    )
    old.write_text(
        "@prefix world: <x:> . @prefix survey: <y:> . @prefix book: <z:> .\n"
        + old.read_text("utf-8").replace("world:", "_:"),
        "utf-8",
    )
    new.write_text(
        "@prefix world: <x:> . @prefix survey: <y:> . @prefix book: <z:> .\n" + new.read_text("utf-8"),
        "utf-8",
    )
    code = f"import rolegraph as rg; print(rg.diff({str(old)!r}, {str(new)!r}).to_dict(statements=True))"
    answers = {worlds.python(code, seed=seed) for seed in ("1", "2", "3")}
    assert len(answers) == 1
    assert "statements" in answers.pop()
