"""`find`, `role` and `why` print what the library says, in every format; names are found or explained."""

from __future__ import annotations

import json

import pytest
from cli_runner import SCREEN, agrees, letters, on_terminal, rolegraph, rows_of
from worlds import WORLD, shipped, turtle, world

from rolegraph.cli.look import KINDS

MINE = ("--data", str(WORLD))
GRAPHS = [pytest.param(shipped, (), id="shipped"), pytest.param(world, MINE, id="mine")]


def labels(graph, kind):
    return [entry.label for entry in graph.entries() if entry.kind == kind]


# -- find -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("graph", "data"), GRAPHS)
@pytest.mark.parametrize("text", ["che", "CHIEF", "pa", "e", "", "product"])
def test_find_prints_what_the_library_finds(graph, data, text):
    table = graph().find(text)
    if not len(table):
        assert rolegraph("find", text, *data).code == 1
        return
    assert agrees(("find", text, *data), table).err == ""


@pytest.mark.parametrize(("graph", "data"), GRAPHS)
@pytest.mark.parametrize("kind", KINDS)
def test_find_keeps_to_a_kind(graph, data, kind):
    answer = rolegraph("find", "", "--kind", kind, "--format", "json", *data)
    found = [row["name"] for row in json.loads(answer.out)]
    assert sorted(found) == sorted(labels(graph(), kind))
    assert answer.code == (0 if found else 1)


def test_every_kind_of_thing_can_be_asked_for():
    assert {entry.kind for graph in (shipped(), world()) for entry in graph.entries()} == set(KINDS)


def test_find_goes_by_aliases_accents_and_case():
    assert rolegraph("find", "KP", *MINE).rows("tsv")[1][0] == "kitchen porter"
    assert rolegraph("find", "PATISSIER", *MINE).rows("tsv")[1][0] == "pâtissier"
    assert [row[0] for row in rolegraph("find", "PM").rows("tsv")[1:3]] == [
        "product manager",
        "project manager",
    ]


def test_nothing_found_is_no_with_the_nearest_names():
    answer = rolegraph("find", "prodct")
    assert (answer.code, answer.rows("tsv")) == (1, [["name", "kind", "aliases", "iri"]])
    assert answer.err.startswith("Nothing has 'prodct' in its name. Did you mean '")
    assert "'product manager'" in answer.err
    assert rolegraph("find", "prodct", "--format", "json").out == "[]\n"


def test_nothing_found_and_nothing_near_is_said_in_one_sentence():
    answer = rolegraph("find", "qqqq", *MINE)
    assert (answer.code, answer.err) == (1, "Nothing has 'qqqq' in its name.\n")


def test_find_draws_a_table_on_a_terminal():
    answer = on_terminal("find", "cpo")
    assert (answer.code, answer.err) == (0, "")
    header, rule, *rows = answer.out.splitlines()
    assert header.split() == ["name", "kind", "aliases", "iri"]
    assert set(rule) <= {"─", " "}
    assert rows == ["chief product officer   role   CPO       role:chief-product-officer"]


# -- role -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("graph", "data"), GRAPHS)
@pytest.mark.parametrize("kind", ["role", "group"])
def test_role_prints_the_card_of_every_role(graph, data, kind):
    for name in labels(graph(), kind)[::4]:
        card = graph().role(name)
        assert agrees(("role", name, *data), card.table(), card.to_dict()).err == ""


@pytest.mark.parametrize(("graph", "data"), GRAPHS)
def test_the_card_for_people_leaves_nothing_out_but_the_ends_of_long_lists(graph, data):
    for name in labels(graph(), "role"):
        card = graph().role(name)
        answer = rolegraph("role", name, "--format", "table", *data)
        kinds = dict.fromkeys(link.kind for link in card.links)
        lists = [card.moves_in, card.moves_out, *(card.of(kind) for kind in kinds)]
        listed = [link for links in lists for link in links[:20]]
        evidence = [
            *card.sources,
            *(pay.evidence for pay in card.role.pay),
            *(note.evidence for note in card.notes),
            *(item for link in listed for item in link.evidence),
        ]
        cut = [f"... and {len(links) - 20} more" for links in lists if len(links) > 20]
        expected = [
            name,
            *card.role.aliases,
            card.role.definition,
            *map(str, card.role.pay),
            *(note.text for note in card.notes),
            *(link.label for link in listed),
            *cut,
            *map(str, evidence),
            *(item.doubt for item in evidence if not item.via),
        ]
        assert [text for text in expected if letters(text) not in answer.letters] == []
        assert (answer.code, answer.err) == (0, "")


def test_a_role_without_pay_and_skills_is_said_to_be_without_a_source_not_without_pay():
    answer = rolegraph("role", "cheesemonger", "--format", "table", *MINE)
    assert "pay: no source gives a figure" in answer.out
    assert "no source names any, which is not the same as needing none" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    "name",
    [
        "CPO",
        "cpo",
        "Chief Product Officer",
        "chief-product-officer",
        "role:chief-product-officer",
        "https://w3id.org/rolegraph/role/chief-product-officer",
        "<https://w3id.org/rolegraph/role/chief-product-officer>",
        "\uff23\uff30\uff2f",  # as East Asian keyboards write CPO
    ],
)
def test_a_role_goes_by_all_its_names(name):
    assert rolegraph("role", name) == rolegraph("role", "chief product officer")


def test_an_ambiguous_name_lists_the_candidates():
    for arguments in (
        ("role", "PM"),
        ("path", "PM", "CEO"),
        ("path", "CPO", "pm"),
        ("gap", "PM", "CPO"),
        ("why", "PM"),
    ):
        answer = rolegraph(*arguments)
        assert (answer.code, answer.out) == (2, "")
        assert "names 2 things: product manager, project manager" in answer.err
    assert "chef de partie, pâtissier" in rolegraph("role", "PC", *MINE).err


def test_two_roles_of_one_name_are_told_apart_by_their_short_names(tmp_path):
    data = turtle(
        tmp_path,
        'role:a a rg:Role ; skos:prefLabel "clerk"@en . role:b a rg:Role ; skos:prefLabel "Clerk"@en .',
    )
    answer = rolegraph("role", "clerk", "--data", str(data))
    assert (answer.code, answer.out) == (2, "")
    assert "'clerk' names 2 things: role:a, role:b" in answer.err
    assert rolegraph("role", "role:b", "--data", str(data)).rows("tsv")[1][1] == "Clerk"


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("role", "cheif product oficer"), "chief product officer"),
        (("role", "brand manger"), "brand manager"),
        (("path", "prodct developer", "CEO"), "product developer"),
        (("path", "CPO", "chief exectuive officer"), "chief executive officer"),
        (("path", "CPO", "CEO", "--avoid", "brand manger"), "brand manager"),
        (("gap", "brand manger", "CPO"), "brand manager"),
        (("why", "creativty"), "creativity"),
        (("query", "skills_of_role", "role=brand manger"), "brand manager"),
        (("view", "brand manger", "-o", "map.html"), "brand manager"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(arguments, suggestion):
    answer = rolegraph(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert f"Did you mean {suggestion!r}" in answer.err


# -- why ------------------------------------------------------------------------------------------

CLAIMS = [
    pytest.param(shipped, (), ("CPO",), id="role"),
    pytest.param(shipped, (), ("product developer", "CPO"), id="move"),
    pytest.param(shipped, (), ("CPO", "product developer"), id="move-backwards"),
    pytest.param(shipped, (), ("CPO", "bachelor's degree"), id="degree"),
    pytest.param(shipped, (), ("creativity",), id="skill"),
    pytest.param(shipped, (), ("C-suite",), id="group"),
    pytest.param(world, MINE, ("head chef",), id="mine"),
    pytest.param(world, MINE, ("sous-chef", "head chef"), id="both-ways"),
    pytest.param(world, MINE, ("head chef", "diploma in cookery"), id="share"),
]


@pytest.mark.parametrize(("graph", "data", "names"), CLAIMS)
def test_why_prints_every_claim(graph, data, names):
    table = graph().why(*names)
    assert len(table)
    assert agrees(("why", *names, *data), table).err == ""


@pytest.mark.parametrize(("graph", "data", "names"), CLAIMS)
def test_why_for_people_says_what_is_claimed_and_who_says_so(graph, data, names):
    answer = rolegraph("why", *names, "--format", "table", *data)
    claims = [row for row in graph().why(*names) if row["relation"] != "contradiction"]
    expected = [
        text
        for claim in claims
        for text in (
            f"{claim['relation'].replace('_', ' ')}: {claim['value']}",
            *(claim[part] for part in ("source", "publisher", "date", "qualifier", "doubt", "url")),
            *claim["section"].split(" / "),
        )
    ]
    assert [text for text in expected if letters(text) not in answer.letters] == []
    assert answer.letters.count(letters(expected[0])) == 1


def test_no_claim_between_two_things_is_no():
    answer = rolegraph("why", "CEO", "creativity")
    assert (answer.code, answer.rows("tsv")) == (1, rows_of(shipped().why("CEO", "creativity")))
    assert answer.err == (
        "No source links CEO and creativity directly; `rolegraph path` looks for a route.\n"
    )


def test_no_claim_about_a_thing_is_no():
    answer = rolegraph("why", "cheesemonger", *MINE)
    assert (answer.code, len(answer.rows("tsv"))) == (1, 1)
    assert answer.err == "No source says anything of cheesemonger.\n"


# -- why: how strong, and what does not go together ------------------------------------------------


def columns(text):
    """Read what stands in two columns: the words on the left, and those on the right."""
    pairs = [line.split(" | ") if " | " in line else line.split(" |") for line in text.splitlines()]
    return tuple(letters("".join(pair[side] for pair in pairs if len(pair) == 2)) for side in (0, 1))


@pytest.mark.parametrize("width", ["40", "72", "100", "200"])
def test_sources_that_disagree_are_shown_side_by_side(width, monkeypatch):
    monkeypatch.setitem(SCREEN, "COLUMNS", width)
    for names in (("CPO",), ("CPO", "associate degree")):
        answer = rolegraph("why", *names, "--format", "table")
        head, _, rest = answer.out.partition("\n\n")
        assert head == "Sources that disagree (1)"
        matter, _, table = rest.partition("\n")
        assert matter == "  degree"
        both = table.partition("\n\n")[0]
        assert columns(both) == (
            letters(
                "bachelor's degree (minimum)"
                "Coursera career guide: chief product officer (2025-11), section “get a degree”"
            ),
            letters(
                "associate degree (17 % have it) Zippia: education of chief product officers, as reported by "
                "Coursera career guide: chief product officer, section “get a degree”"
            ),
        )
        assert max(map(len, both.splitlines())) <= min(100, int(width))


@pytest.mark.parametrize(("graph", "data", "names"), CLAIMS)
def test_why_for_people_has_both_sides_of_every_contradiction_and_says_how_many(graph, data, names):
    table = graph().contradictions(*names)
    answer = rolegraph("why", *names, "--format", "table", *data)
    left, right = columns(answer.out)
    for row in table:
        assert letters(row["one"] + row["one_source"]) in left
        assert letters(row["other"] + row["other_source"]) in right
    assert (f"Sources that disagree ({len(table)})" in answer.out) == bool(len(table))


def test_contradictions_are_rows_like_others_for_programs():
    rows = json.loads(rolegraph("why", "CPO", "--format", "json").out)
    assert len({tuple(row) for row in rows}) == 1
    assert [(row["value"], row["source"]) for row in rows if row["relation"] == "contradiction"] == [
        (
            "degree: bachelor's degree (minimum), but associate degree (17 % have it)",
            "Coursera career guide: chief product officer",
        ),
        (
            "degree: associate degree (17 % have it), but bachelor's degree (minimum)",
            "Zippia: education of chief product officers",
        ),
    ]


@pytest.mark.parametrize(
    ("names", "data", "head"),
    [
        (("product developer", "CPO"), (), ["product developer -> chief product officer: stated"]),
        (
            ("CPO", "VP of product"),
            (),
            ["chief product officer -> vice president of product: stated, doubted"],
        ),
        (
            ("product manager", "product marketing manager"),
            (),
            [
                "product manager -> product marketing manager: observed 2 times",
                "product marketing manager -> product manager: observed 6 times",
            ],
        ),
        (
            ("head chef", "sous-chef"),
            MINE,
            ["head chef -> sous-chef: editorial", "sous-chef -> head chef: stated"],
        ),
        (("pâtissier", "sous-chef"), MINE, ["pâtissier -> sous-chef: derived"]),
    ],
)
def test_why_of_a_move_begins_with_its_strength(names, data, head):
    lines = rolegraph("why", *names, "--format", "table", *data).out.splitlines()
    assert lines[: len(head) + 1] == [*head, ""]
