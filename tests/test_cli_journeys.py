"""`path` with rules, costs, profiles, trade-offs, formats: it prints what the library says."""

from __future__ import annotations

import json
import re

import pytest
from cli_runner import letters, plain, rolegraph
from worlds import WORLD, shipped, world

import rolegraph as rg
from rolegraph.cli import options, travel
from rolegraph.costs import COSTS, MISSING
from rolegraph.itineraries import to_mermaid, to_turtle
from rolegraph.routes import in_unit
from rolegraph.rules import EVIDENCE_KINDS

MINE = ("--data", str(WORLD))
KP = ("kitchen porter", "head chef")
CLIMB = ("product developer", "CEO")


def told(*arguments, code: int = 0):
    answer = rolegraph("path", *arguments, "--format", "json")
    assert answer.code == code, answer.err
    return json.loads(answer.out)


def profile(folder, text: str):
    file = folder / "me.yaml"
    file.write_text(text, "utf-8")
    return file


def test_the_options_offer_what_the_library_has():
    """They are written out there, so that help need not load the library."""
    offered = {option.name: tuple(getattr(option.type, "choices", ())) for option in travel.path.params}
    assert offered["by"] == options.COSTS == (*COSTS,)
    assert offered["missing"] == MISSING
    assert offered["only"] == EVIDENCE_KINDS


# -- rules and costs --

OPTIONS = [
    (("--via", "pâtissier"), {"rules": [rg.via("pâtissier")]}),
    (("--via", "patissier", "--via", "commis"), {"rules": [rg.via("pâtissier"), rg.via("commis")]}),
    (("--avoid", "patissier", "--max-steps", "4"), {"rules": [rg.avoid("pâtissier"), rg.max_steps(4)]}),
    (("--only", "stated", "-k", "3"), {"rules": [rg.only("stated")], "k": 3}),
    (("--by", "gap", "--missing", "ignore", "-k", "4"), {"cost": "gap", "missing": "ignore", "k": 4}),
    (("--by", "gap", "--missing", "worst", "-k", "4"), {"cost": "gap", "missing": "worst", "k": 4}),
    (("--by", "years", "--missing", "ignore"), {"cost": "years", "missing": "ignore"}),
    (("--by", "doubt", "--missing", "worst"), {"cost": "doubt", "missing": "worst"}),
    (("--by", "pay-cut", "--missing", "ignore", "-k", "9"), {"cost": "pay-cut", "missing": "ignore", "k": 9}),
    (
        ("--by", "pay-cut", "--missing", "ignore", "--allow-mixed"),
        {"cost": "pay-cut", "missing": "ignore", "allow_mixed": True},
    ),
    (("--min-pay", "10", "--missing", "ignore"), {"rules": [rg.min_pay(10)], "missing": "ignore"}),
    (
        ("--max-pay-cut", "50%", "--missing", "ignore"),
        {"rules": [rg.max_pay_cut(0.5, relative=True)], "missing": "ignore"},
    ),
    (
        ("--max-pay-cut", "1,000", "--missing", "ignore"),
        {"rules": [rg.max_pay_cut(1000)], "missing": "ignore"},
    ),
]


@pytest.mark.parametrize(
    ("options", "wanted"), OPTIONS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_option_asks_the_library_the_same(options, wanted):
    routes = world().paths(*KP, **{"k": 1, **wanted})
    assert routes, "a test of nothing"
    assert told(*KP, *options, *MINE)["paths"] == plain([route.to_dict() for route in routes])


def test_all_routes_of_a_few_moves():
    routes = world().all_paths(*KP, rules=[rg.max_steps(9)])
    assert told(*KP, "--all", "--max-steps", "9", *MINE)["paths"] == plain(
        [route.to_dict() for route in routes]
    )
    assert len(routes) > 2


def test_without_a_degree_the_way_is_closed_and_the_rule_is_named():
    answer = rolegraph("path", "product developer", "CPO", "--no-degree", "bachelor's degree")
    assert answer.code == 1
    assert "Without “no role that requires a bachelor's degree” there is a route of 1 move" in answer.err


def test_pay_that_is_too_high_names_the_value_that_would_pass():
    answer = rolegraph("path", *CLIMB, "--min-pay", "300,000")
    assert answer.code == 1
    assert "(--min-pay 213990)" in answer.err
    assert rolegraph("path", *CLIMB, "--min-pay", "213990").code == 0
    assert rolegraph("path", *CLIMB, "--min-pay", "213991").code == 1


def test_pay_of_one_statistic_is_asked_for_by_its_name():
    assert rolegraph("path", *CLIMB, "--min-pay", "90000 median wage", "--only", "observed").code == 1
    answer = rolegraph(
        "path", *CLIMB, "--min-pay", "90000 median wage", "--only", "observed", "--missing", "ignore"
    )
    assert answer.code == 0


@pytest.mark.parametrize(
    ("cost", "reason"),
    [
        ("gap", "no source names a skill of the role they lead to"),
        ("years", "no source says what experience the role they lead to asks for"),
        ("pay-cut", "no source gives figures for both roles that may be compared"),
    ],
)
@pytest.mark.parametrize(
    ("missing", "done"),
    [("skip", "are left out"), ("worst", "count as the worst known"), ("ignore", "count as nothing")],
)
def test_what_is_missing_is_told_with_what_became_of_it(cost, reason, missing, done):
    answer = rolegraph("path", "project manager", "CPO", "--by", cost, "--missing", missing)
    assert answer.code == 0
    line = " ".join(answer.err.split())
    assert done in line
    assert reason in line
    moves = shipped().moves(cost, missing=missing)
    assert f"By {cost}, {moves.untold[0]} of {moves.allowed} moves" in line


def test_where_nothing_is_missing_nothing_is_told():
    assert rolegraph("path", *CLIMB).err == ""


def test_the_text_says_what_each_move_costs_and_what_the_route_rests_on():
    (route,) = shipped().paths("associate product manager", "CEO", cost="gap", k=1)
    answer = rolegraph("path", "associate product manager", "CEO", "--by", "gap", "--format", "table")
    assert f"{len(route)} moves; gap: {in_unit(route.cost, 'skills')}" in answer.out
    for step in route.steps:
        assert re.search(
            rf"^-> {step.goal.label}   .*   gap: {in_unit(step.cost, 'skills')}$", answer.out, re.MULTILINE
        )
    assert (
        letters(f"as strong as its weakest move: {route.weakest}, {route.weakest.strength}") in answer.letters
    )


def test_a_cost_that_is_not_known_is_said_to_be_so():
    answer = rolegraph("path", *CLIMB, "--by", "pay-cut", "--missing", "ignore", "--format", "table")
    assert "at least 0 USD a year (1 move of unknown cost, not counted)" in answer.out
    assert "pay-cut: not known" in answer.out
    assert (
        letters("not comparable: median total pay, USD per year, United States and median wage")
        in answer.letters
    )


def test_mixed_figures_are_marked():
    answer = rolegraph("path", *CLIMB, "--by", "pay-cut", "--allow-mixed", "--format", "table")
    assert "pay-cut: 189,010 USD a year" in answer.out
    assert letters("unlike: median total pay, USD per year, United States and median wage") in answer.letters
    (path,) = told(*CLIMB, "--by", "pay-cut", "--allow-mixed")["paths"]
    assert [bool(step["remark"]) for step in path["steps"]] == [False, True]


# -- trade-offs --


def test_tradeoffs_mark_the_best_of_each_cost():
    found = shipped().tradeoffs("associate product manager", "CEO", by=("gap", "doubt", "hops"))
    answer = rolegraph("path", "associate product manager", "CEO", "--tradeoffs", "gap,doubt,hops")
    header, *rows = (line.split("\t") for line in answer.out.splitlines())
    assert header == ["gap (skills)", "doubt (nats)", "hops (moves)", "path"]
    assert [row[3] for row in rows] == [str(path) for path in found]
    for column in range(3):
        best = min(total[column] for total in found.totals)
        assert [" *" in row[column] for row in rows] == [total[column] == best for total in found.totals]
    assert len(rows) > 1
    document = told("associate product manager", "CEO", "--tradeoffs", "gap,doubt,hops")
    assert document == plain(found.to_dict())


def test_tradeoffs_mark_unlike_pay_and_unknown_moves():
    mixed = rolegraph("path", *CLIMB, "--tradeoffs", "pay-cut,hops", "--allow-mixed").out
    assert "189,010 * (unlike pay)" in mixed
    unknown = rolegraph("path", *CLIMB, "--tradeoffs", "gap,hops", "--missing", "ignore").out
    assert "(3 moves unknown)" in unknown


def test_tradeoffs_that_do_not_exist_are_no():
    answer = rolegraph("path", "C-suite", "CPO", "--tradeoffs", "gap,hops", "--missing", "ignore")
    assert (answer.code, answer.out) == (1, "")
    assert "No route from C-suite" in answer.err


# -- profile, plan, what if --


def test_what_one_has_is_not_counted_again(tmp_path):
    me = profile(tmp_path, "role: product developer\nskills: [leadership, communication]\n")
    document = told("CEO", "--have", str(me), "--by", "gap")
    (path,), (plan,) = document["paths"], document["plans"]
    (without,) = told(*CLIMB, "--by", "gap")["paths"]
    assert path["cost"] == without["cost"] - 2 == plan["totals"]["skills"]
    covered = {item["link"]["label"]: item["by"] for step in plan["steps"] for item in step["covered"]}
    assert covered["leadership"] == covered["communication"] == "your profile"
    assert path["roles"][0]["label"] == "product developer"


def test_a_plan_is_printed_with_the_route():
    answer = rolegraph("path", *KP, "--plan", *MINE, "--format", "table")
    plan = world().plan(world().path(*KP))
    assert answer.out.index("\nPlan\n") < answer.out.index("\nSources\n")
    assert letters(plan.summary()) in answer.letters
    assert "No source names a skill of this role" in answer.out
    assert "plans" not in told(*KP, *MINE)
    assert told(*KP, "--plan", *MINE)["plans"] == [plain(plan.to_dict())]


def test_what_if_shows_before_and_after(tmp_path):
    me = profile(tmp_path, "role: sous-chef\n")
    arguments = ("head chef", "--have", str(me), "--by", "gap", *MINE)
    what_if = ("--what-if", "costing course", "--what-if", "menu planning")
    cases = told(*arguments, *what_if)["what_if"]
    assert [case["having"] for case in cases] == [
        ["costing course"],
        ["menu planning"],
        ["costing course", "menu planning"],
    ]
    saved = [[change["saved"] for change in case["changes"] if change["what"] == "skills"] for case in cases]
    assert saved == [[1], [1], [2]]
    text = rolegraph("path", *arguments, *what_if, "--format", "table").out
    assert "What if you had costing course?" in text
    assert "skills: 2 before, 1 after (budgeting)" in text
    assert "skills: 2 before, 0 after (budgeting; menu planning)" in text
    piped = rolegraph("path", *arguments, *what_if)
    assert "What if" not in piped.out
    assert "What if you had menu planning?" in piped.err


def test_a_certification_that_teaches_nothing_required_still_counts_as_had():
    (case,) = told(*CLIMB, "--what-if", "PgMP")["what_if"]
    (help_,) = (change for change in case["changes"] if change["what"] == "would help")
    assert (help_["saved"], help_["no longer"]) == (1, "Program Management Professional")
    assert {change["saved"] for change in case["changes"] if change != help_} == {0}


@pytest.mark.parametrize("name", ["PgMPP", "project mangement"])
def test_an_unknown_what_if_is_told_the_nearest(name):
    answer = rolegraph("path", *CLIMB, "--what-if", name)
    assert answer.code == 2
    assert "Did you mean" in answer.err


def test_a_wrong_profile_is_told_all_its_mistakes_at_once(tmp_path):
    me = profile(tmp_path, "role: product developr\nskills:\n  - leadrship\nyears: many\n")
    answer = rolegraph("path", "CEO", "--have", str(me))
    assert (answer.code, answer.out) == (2, "")
    assert [f"me.yaml:{line}: " in answer.err for line in (1, 3, 4)] == [True] * 3
    assert "Did you mean 'product developer'" in answer.err


def test_a_gap_with_a_profile(tmp_path):
    me = profile(tmp_path, "role: sous-chef\nskills: [budgeting]\n")
    found = json.loads(rolegraph("gap", "head chef", "--have", str(me), *MINE, "--format", "json").out)
    assert "budgeting" not in {link["label"] for link in found["missing"]}
    assert "budgeting" in {link["label"] for link in found["covered"]}


# -- stability --


def test_stability_is_seeded_and_printed():
    arguments = ("path", *CLIMB, "--stability", "20", "--jitter", "30")
    answer = rolegraph(*arguments, "--format", "table")
    assert "Best in 20 of 20 runs with every cost changed by up to 30 %." in answer.out
    assert "Coursera career guide: chief product officer" in answer.out
    assert rolegraph(*arguments, "--format", "table") == answer
    found = shipped().stability(*CLIMB, runs=20, jitter=0.3)
    assert told(*CLIMB, "--stability", "20", "--jitter", "30")["stability"] == plain(found.to_dict())


# -- formats --


@pytest.mark.parametrize(("kind", "write"), [("mermaid", to_mermaid), ("turtle", to_turtle)])
def test_routes_as_a_diagram_and_as_rdf(kind, write):
    routes = world().paths(*KP, k=3)
    assert rolegraph("path", *KP, "-k", "3", *MINE, "--format", kind).out.rstrip("\n") == write(
        routes
    ).rstrip("\n")


def test_a_route_can_be_stored_and_asked_for(tmp_path):
    file = tmp_path / "route.ttl"
    file.write_bytes(rolegraph("path", *CLIMB, "--format", "turtle").raw)
    stored = ("--data", "curated", "--data", str(file))
    rows = rolegraph("query", "stored_routes", *stored, "--format", "json")
    assert rows.code == 0
    assert "chief product officer" in rows.out
    assert rolegraph("validate", "curated", str(file)).code == 0
    assert told(*CLIMB, *stored) == told(*CLIMB)


def test_a_diagram_of_tradeoffs_shows_their_routes():
    found = shipped().tradeoffs("associate product manager", "CEO", by=("gap", "hops"))
    answer = rolegraph(
        "path", "associate product manager", "CEO", "--tradeoffs", "gap,hops", "--format", "mermaid"
    )
    assert answer.out.rstrip("\n") == to_mermaid(found.paths).rstrip("\n")


# -- what cannot be asked --


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name two roles, START and GOAL; here are 0."),
        (("CPO",), "Where from?"),
        (("product", "developer", "CEO"), "Names of several words need quotes."),
        ((*CLIMB, "--all"), "--max-steps"),
        ((*CLIMB, "--all", "--max-steps", "3", "-k", "2"), "-k"),
        ((*CLIMB, "--tradeoffs", "gap"), "two costs or more"),
        ((*CLIMB, "--tradeoffs", "gap,miles"), "no cost is called 'miles'"),
        ((*CLIMB, "--tradeoffs", "gap,hops", "-k", "3"), "-k does not go with --tradeoffs"),
        ((*CLIMB, "--tradeoffs", "gap,hops", "--plan"), "--plan does not go with --tradeoffs"),
        ((*CLIMB, "--by", "miles"), "'miles' is not one of"),
        ((*CLIMB, "--min-pay", "much"), "does not begin with a figure"),
        ((*CLIMB, "--min-pay", "nan"), "does not begin with a figure"),
        (
            (*CLIMB, "--min-pay", "100k"),
            "'k' is no statistic of pay, for --min-pay; there are: median salary",
        ),
        ((*CLIMB, "--max-pay-cut", "10 apples"), "'apples' is neither"),
        ((*CLIMB, "--no-degree", "CPO"), "No degree is called 'CPO'"),
        ((*CLIMB, "--via", "CFO of nothing"), "No role is called"),
        ((*CLIMB, "--have", "nowhere.yaml"), "nowhere.yaml"),
        ((*CLIMB, "--stability", "0"), "--stability"),
        ((*CLIMB, "--jitter", "100", "--stability", "3"), "--jitter"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(arguments, words):
    answer = rolegraph("path", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_a_limit_that_is_hit_has_an_exit_code_of_its_own(monkeypatch):
    monkeypatch.setattr("rolegraph.paths.MOST_ROUTES", 2)
    answer = rolegraph("path", *CLIMB, "--all", "--max-steps", "4")
    assert (answer.code, answer.out) == (3, "")
    assert "given up after 2 routes" in answer.err


def test_a_profile_without_a_role_needs_a_start(tmp_path):
    me = profile(tmp_path, "skills: [leadership]\n")
    answer = rolegraph("path", "CEO", "--have", str(me))
    assert answer.code == 2
    assert "a role of yours in the profile" in answer.err
    assert told(*CLIMB, "--have", str(me))["paths"]
