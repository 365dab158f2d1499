"""`path` and `gap` print what the library says: every route, its evidence, its pay and the basis of that."""

from __future__ import annotations

import json
import re

import pytest
from cli_runner import agrees, letters, on_terminal, plain, rolegraph, rows_of
from worlds import WORLD, shipped, turtle, world

import rolegraph as rg
from rolegraph.itineraries import to_markdown
from rolegraph.tables import Table

MINE = ("--data", str(WORLD))


def routes_as_table(routes):
    columns = ("route", *routes[0].table().columns, "path", "by", "unit", "total")
    return Table(
        columns,
        tuple(
            (n, *row, str(route), route.by, route.unit, route.cost)
            for n, route in enumerate(routes, 1)
            for row in route.table().rows
        ),
    )


# -- path ------------------------------------------------------------------------------------------

ROUTES = [
    pytest.param(shipped, (), ("product developer", "CEO"), (), id="the-question"),
    pytest.param(shipped, (), ("role:brand-manager", "VP of product"), (), id="doubted"),
    pytest.param(shipped, (), ("CPO", "CPO"), (), id="no-step"),
    pytest.param(shipped, (), ("product manager", "C-suite"), (), id="to-a-group"),
    pytest.param(world, MINE, ("kitchen porter", "head chef"), (), id="mine"),
    pytest.param(world, MINE, ("KP", "Head-Chef"), ("--only", "stated"), id="only-stated"),
    pytest.param(world, MINE, ("KP", "head chef"), ("--only", "stated", "--only", "observed"), id="only-two"),
    pytest.param(world, MINE, ("commis", "sous-chef"), ("--avoid", "chef de partie"), id="avoid"),
]


def rules_of(options):
    pairs = list(zip(options[::2], options[1::2], strict=True))
    kinds = [value for option, value in pairs if option == "--only"]
    avoided = [value for option, value in pairs if option == "--avoid"]
    return [*([rg.only(*kinds)] if kinds else []), *([rg.avoid(*avoided)] if avoided else [])]


@pytest.mark.parametrize(("graph", "data", "ends", "options"), ROUTES)
def test_path_prints_the_route_of_the_library(graph, data, ends, options):
    route = graph().path(*ends, rules=rules_of(options))
    arguments = ("path", *ends, *options, *data)
    answer = agrees(arguments, routes_as_table([route]), {"paths": [route.to_dict()]}, kinds=("csv",))
    assert answer.err == ""
    assert rolegraph(*arguments, "--format", "md").out == to_markdown([route])


@pytest.mark.parametrize(("graph", "data", "ends", "options"), ROUTES)
def test_path_for_people_gives_each_role_its_pay_and_each_step_its_sources(graph, data, ends, options):
    route = graph().path(*ends, rules=rules_of(options))
    answer = rolegraph("path", *ends, *options, "--format", "table", *data)
    assert answer.letters.startswith(letters(str(route)))
    assert f"\n{len(route)} move" in answer.out
    places = [answer.out.index(f"\n-> {role.label}   ") for role in route.roles[1:]]
    assert places == sorted(places)
    expected = [
        *(str(pay) for role in route.roles for pay in role.pay),
        *("pay: no source gives a figure" for role in route.roles if not role.pay),
        *(str(item) for step in route.steps for item in step.evidence),
        *(doubt for step in route.steps for doubt in step.doubts),
    ]
    assert [text for text in expected if letters(text) not in answer.letters] == []


@pytest.mark.parametrize(("graph", "data", "ends", "options"), ROUTES)
def test_the_marks_of_a_step_lead_to_everyone_who_says_so(graph, data, ends, options):
    answer = rolegraph("path", *ends, *options, "--format", "table", *data)
    listed = re.findall(r"^  \[(\d+)\] (.*(?:\n      .*)*)", answer.out, re.MULTILINE)
    sources = {number: letters(words) for number, words in listed}
    for step in graph().path(*ends, rules=rules_of(options)).steps:
        cited = re.search(rf"^-> {re.escape(step.goal.label)}   .*?((?:\[\d+\])+)$", answer.out, re.MULTILINE)
        marks = re.findall(r"\d+", cited[1])
        expected = {letters(f"{item}, {item.url}" if item.url else str(item)) for item in step.evidence}
        assert {sources[mark] for mark in marks} == expected


def test_the_first_question_is_answered():
    answer = rolegraph("path", "product developer", "CEO", "--format", "table")
    first, second = answer.out.splitlines()[:2]
    assert first == "product developer -> chief product officer -> chief executive officer"
    assert second == "2 moves"
    assert "USD 403,000 a year (median total pay, United States, 2025-11; Glassdoor)" in answer.out
    assert on_terminal("path", "product developer", "CEO") == answer


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("-k", "3"), {"k": 3}),
        (("-k", "100"), {"k": 100}),
        (("-k", "5", "--max-steps", "3"), {"k": 5, "rules": [rg.max_steps(3)]}),
        (("--max-steps", "9"), {"k": 1, "rules": [rg.max_steps(9)]}),
        (("-k", "9", "--avoid", "patissier"), {"k": 9, "rules": [rg.avoid("pâtissier")]}),
    ],
)
def test_several_routes_come_shortest_first(options, wanted):
    routes = world().paths("kitchen porter", "head chef", **wanted)
    arguments = ("path", "kitchen porter", "head chef", *options, *MINE)
    as_json = {"paths": [route.to_dict() for route in routes]}
    agrees(arguments, routes_as_table(routes), as_json, kinds=("csv",))
    shown = rolegraph(*arguments, "--format", "table")
    numbers = [f"{n}. " if len(routes) > 1 else "" for n in range(1, len(routes) + 1)]
    headings = [f"{number}{route}" for number, route in zip(numbers, routes, strict=True)]
    assert [heading for heading in headings if letters(heading) not in shown.letters] == []
    steps = [len(route) for route in routes]
    assert steps == sorted(steps)
    assert shown.out.count("\nSources\n") == 1


def test_no_route_is_no_and_says_how_far_one_gets():
    answer = rolegraph("path", "C-suite", "CPO")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("No route from C-suite to chief product officer.")
    assert "From C-suite one can reach: nothing." in answer.err
    assert "product manager" in answer.err
    for kind in ("table", "csv", "md"):
        assert rolegraph("path", "C-suite", "CPO", "--format", kind) == answer
    as_json = rolegraph("path", "C-suite", "CPO", "--format", "json")
    assert (as_json.code, as_json.err) == (1, answer.err)
    told = json.loads(as_json.out)
    assert told["paths"] == []
    assert told["suggestions"]
    for item in told["suggestions"]:
        assert letters(item["words"]) in letters(answer.err)


def test_rules_that_leave_no_route_are_no():
    assert rolegraph("path", "CPO", "CEO", "--only", "observed").code == 1
    assert rolegraph("path", "CPO", "CEO", "--avoid", "CEO").code == 1
    assert rolegraph("path", "C-suite", "CPO", "-k", "3").code == 1


def test_too_few_steps_are_told_the_shortest_route():
    answer = rolegraph("path", "product developer", "CEO", "--max-steps", "1")
    assert (answer.code, answer.out) == (1, "")
    assert letters(
        "2 moves would pass (--max-steps 2): product developer -> chief product officer -> chief executive"
        " officer."
    ) in letters(answer.err)


# -- gap -------------------------------------------------------------------------------------------

GAPS = [
    pytest.param(shipped, (), ("product manager", "CPO"), id="shipped"),
    pytest.param(shipped, (), ("CPO", "senior product manager"), id="unknown-goal"),
    pytest.param(shipped, (), ("CPO", "CPO"), id="same"),
    pytest.param(world, MINE, ("sous-chef", "head chef"), id="mine"),
    pytest.param(world, MINE, ("commis", "patissier"), id="helpful"),
]


@pytest.mark.parametrize(("graph", "data", "ends"), GAPS)
def test_gap_prints_the_gap_of_the_library(graph, data, ends):
    found = graph().gap(*ends)
    arguments = ("gap", *ends, *data)
    if not len(found.table()):
        assert rolegraph(*arguments).rows("tsv") == rows_of(found.table())
        assert json.loads(rolegraph(*arguments, "--format", "json").out) == plain(found.to_dict())
        return
    assert agrees(arguments, found.table(), found.to_dict()).err == ""


@pytest.mark.parametrize(("graph", "data", "ends"), GAPS)
def test_gap_for_people_lists_what_is_missing_what_helps_and_what_is_covered(graph, data, ends):
    found = graph().gap(*ends)
    answer = rolegraph("gap", *ends, "--format", "table", *data)
    assert answer.out.startswith(f"{found.start.label} -> {found.goal.label}\n")
    assert letters(found.summary()) in answer.letters
    for heading, links in (
        ("Missing", found.missing),
        ("Would help", found.helpful),
        ("Covered", found.covered),
    ):
        counts = re.findall(rf"^{heading}: .* \((\d+)\)$", answer.out, re.MULTILINE)
        assert sum(map(int, counts)) == len(links)
        for link in links:
            words = f"{link.label}, {link.necessity}" if link.necessity else link.label
            assert letters(words) in answer.letters
    links = (*found.missing, *found.helpful, *found.covered)
    expected = [
        *(name for names in found.teaches.values() for name in names),
        *(str(item) for link in links for item in link.evidence),
    ]
    assert [text for text in expected if letters(text) not in answer.letters] == []


def test_a_role_of_unknown_skills_is_not_a_role_that_needs_none():
    answer = rolegraph("gap", "CPO", "senior product manager", "--format", "table")
    assert answer.code == 0
    assert "that is not the same as needing none" in " ".join(answer.out.split())


def test_moves_of_user_data_are_joined_with_those_that_ship(tmp_path):
    mine = turtle(
        tmp_path,
        """role:tester a rg:Role ; skos:prefLabel "tester"@en .
        claim:a a rg:Move ; rg:fromRole role:tester ; rg:toRole role:product-developer .""",
    )
    answer = rolegraph("path", "tester", "CEO", "--data", "curated", "--data", str(mine), "--format", "json")
    (route,) = json.loads(answer.out)["paths"]
    assert [role["label"] for role in route["roles"]] == [
        "tester",
        "product developer",
        "chief product officer",
        "chief executive officer",
    ]
    table = rolegraph("path", "tester", "CEO", "--data", "curated", "--data", str(mine), "--format", "table")
    assert "-> product developer   unsourced" in table.out
    assert rolegraph("path", "tester", "CEO", "--data", str(mine)).code == 2
