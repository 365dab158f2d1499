"""The path finder of the page: it finds what the library finds, and people can ask it without a mouse."""

from __future__ import annotations

import json
import random
from functools import partial

import networkx as nx
import page_networks
import pytest
from cli_runner import rolegraph
from page_networks import add, join, stated
from worlds import MORE

from rolegraph.errors import LimitReached, NoPath, ParameterError
from rolegraph.model import Note, Pay
from rolegraph.moves import move_graph
from rolegraph.opening import open_graph
from rolegraph.paths import cheapest_path, k_cheapest_paths
from rolegraph.routes import in_unit
from rolegraph.rules import Avoid, Via
from rolegraph.webpage.render import page
from rolegraph.webpage.travel import travel_data

pytestmark = pytest.mark.slow

COSTS = ("hops", "gap", "pay-cut", "years", "doubt")
MISSING = ("skip", "worst", "ignore")

#: Answers many questions in one go, each by what is held against the library.
ANSWERS = """([data, questions]) => questions.map(question => {
  const {routes} = rolegraph.findRoutes(data ?? rolegraph.travelData(), question);
  return routes.map(({roles, cost, unknown, steps}) => [roles, cost, unknown, steps]);
})"""


@pytest.fixture(scope="module")
def shipped():
    return open_graph().network()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, shipped):
    folder = tmp_path_factory.mktemp("travel")
    page(shipped).save(folder / "shipped.html")
    small, _ = page_networks.small()
    page(small).save(folder / "small.html")
    hostile, _ = page_networks.hostile()
    page(hostile).save(folder / "hostile.html")
    return folder


def answer_of(moves, start, goal, number, k):
    """Give what the page must answer: roles by number, cost, how much is unknown, the cost of each move."""
    return [
        [
            [number[role.iri] for role in path.roles],
            pytest.approx(path.cost, abs=1e-7),
            len(path.unknown),
            [None if step.cost is None else pytest.approx(step.cost, abs=1e-7) for step in path.steps],
        ]
        for path in k_cheapest_paths(moves, start, goal, k)
    ]


# --- the same answers as the library


@pytest.mark.parametrize("by", COSTS)
@pytest.mark.parametrize("missing", MISSING)
def test_the_page_answers_every_pair_of_the_shipped_roles_as_the_library_does(
    tab, folder, shipped, by, missing
):
    opened = tab().open(folder / "shipped.html")
    iris = opened.page.evaluate("rolegraph.all.things.map(thing => thing.iri)")
    number = {iri: at for at, iri in enumerate(iris)}
    moves = move_graph(shipped, by, missing=missing)
    every = 1 if MORE > 1 else 7 if missing == "skip" else 23
    pairs = [(start, goal) for start in moves.names for goal in moves.names][::every]
    questions = [
        {"from": number[start], "to": number[goal], "by": by, "k": 3, "missing": missing}
        for start, goal in pairs
    ]
    answers = opened.page.evaluate(ANSWERS, [None, questions])
    for (start, goal), answer in zip(pairs, answers, strict=True):
        assert answer == answer_of(moves, start, goal, number, 3)
    assert sum(map(len, answers)) > sum(start == goal for start, goal in pairs)  # from a role to itself


def career(seed):
    """Give a small network in which roles need skills and years, and pay; of some no source tells any."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    network = nx.MultiDiGraph()
    roles = [
        add(
            network,
            f"{dice.choice('zxcvbnm')} {number}",
            "group" if dice.random() < 0.1 else "role",
            pay=_pay(dice),
            notes=_notes(dice),
        )
        for number in range(dice.randint(3, 8))
    ]
    skills = [add(network, f"skill {number}", "skill") for number in range(dice.randint(1, 40))]
    for role in roles:
        needed = dice.sample(skills, dice.randint(1, min(5, len(skills)))) if dice.random() < 0.8 else []
        for skill in needed:
            join(network, role, skill, "requires", necessity=dice.choice(["essential"] * 3 + ["optional"]))
    for _ in range(dice.randint(3, 30)):
        said = stated(
            kind=dice.choice(["stated", "observed", "derived", "editorial"]), doubt=dice.choice(["", "Why?"])
        )
        facts = {"share": dice.choice([None, 5.0, 33.3]), "count": dice.choice([None, 1, 4])}
        join(network, dice.choice(roles), dice.choice(roles), "move", said, **facts)
    return network, roles, dice


def _pay(dice):
    figure = partial(Pay, currency="USD", statistic="median wage", interval="YEAR", period="2024", area="X")
    return tuple(
        figure(dice.randrange(1, 9) * 1000.5, evidence=stated()) for _ in range(dice.choice([0, 1, 1]))
    )


def _notes(dice):
    asked = [float(dice.choice([0, 1, 2, 2.5, 5, 10]))] * dice.choice([0, 1])
    return tuple(Note("experience", "years", stated(), years=years) for years in asked)


def _questions(seed, by):
    """Give the data of a random network, questions to the page, and what the library answers."""
    network, roles, dice = career(f"{seed} {by}")
    number = {node: 3 * at for at, node in enumerate(network)}
    missing = dice.choice(MISSING)
    via, avoid = dice.sample(roles, dice.choice([0, 0, 1, 2])), dice.sample(roles, dice.choice([0, 0, 1]))
    rules = [Via("via", tuple(via)), Avoid("avoid", tuple(avoid))]
    try:
        moves = move_graph(network, by, rules=rules, missing=missing)
    except ParameterError:  # no figure at all is known, so that there is no worst one
        missing = "ignore"
        moves = move_graph(network, by, rules=rules, missing=missing)
    asked = {"by": by, "k": 4, "missing": missing}
    asked |= {"via": [number[role] for role in via], "avoid": [number[role] for role in avoid]}
    pairs = [(start, goal) for start in roles for goal in roles]
    questions = [{**asked, "from": number[start], "to": number[goal]} for start, goal in pairs]
    return (
        travel_data(network, number),
        questions,
        [answer_of(moves, start, goal, number, 4) for start, goal in pairs],
    )


@pytest.mark.parametrize("by", COSTS)
def test_the_page_answers_as_the_library_does_on_random_networks_under_random_conditions(tab, folder, by):
    opened = tab().open(folder / "small.html")
    found = 0
    for seed in range(100):
        data, questions, expected = _questions(seed, by)
        assert opened.page.evaluate(ANSWERS, [data, questions]) == expected
        found += sum(map(len, expected))
    assert found >= 1000


def crowd(seed):
    """Give a network of 40 roles that share a common vocabulary of skills: many beginnings compare."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    network = nx.MultiDiGraph()
    roles = [add(network, f"role {number:02}", "role") for number in range(40)]
    skills = [add(network, f"skill {number:02}", "skill") for number in range(40)]
    popular = [1 / (number + 3) for number in range(len(skills))]
    for role in roles:
        for skill in sorted(set(dice.choices(skills, popular, k=dice.randint(3, 10)))):  # as in every run
            join(network, role, skill, "requires", necessity=dice.choice(["essential", "optional"]))
        for goal in dice.sample(roles, 3):
            join(network, role, goal, "move", stated(kind=dice.choice(["stated", "observed"])))
    return network, roles, dice


@pytest.mark.parametrize("seed", range(4))
def test_where_many_roles_share_skills_the_page_answers_as_the_library_does(tab, folder, seed):
    opened = tab().open(folder / "small.html")
    network, roles, dice = crowd(seed)
    number = {node: at for at, node in enumerate(network)}
    via = dice.sample(roles, seed % 3)
    moves = move_graph(network, "gap", rules=[Via("via", tuple(via))])
    pairs = [tuple(dice.sample(roles, 2)) for _ in range(25)]
    asked = {"by": "gap", "k": 5, "via": [number[role] for role in via]}
    questions = [{**asked, "from": number[start], "to": number[goal]} for start, goal in pairs]
    answers = opened.page.evaluate(ANSWERS, [travel_data(network, number), questions])
    assert answers == [answer_of(moves, start, goal, number, 5) for start, goal in pairs]
    assert sum(map(len, answers)) > 50


def test_where_no_route_leads_the_page_knows_what_the_library_knows(tab, folder):
    opened = tab().open(folder / "small.html")
    refused = 0
    for seed in range(30):
        network, roles, _ = career(seed)
        number = {node: at for at, node in enumerate(network)}
        rules = [Avoid("avoid", (roles[1],))]
        data, moves = travel_data(network, number), move_graph(network, "gap", rules=rules)
        label = {number[node]: network.nodes[node]["label"] for node in network}
        for start, goal in [(roles[0], roles[-1]), (roles[-1], roles[0])]:
            question = {"from": number[start], "to": number[goal], "by": "gap", "avoid": [number[roles[1]]]}
            answer = opened.page.evaluate(
                "([data, ask]) => rolegraph.findRoutes(data, ask)", [data, question]
            )
            if answer["routes"]:
                assert cheapest_path(moves, start, goal)
                continue
            with pytest.raises(NoPath) as error:
                cheapest_path(moves, start, goal)
            assert sorted(label[role] for role in answer["reachable"]) == list(error.value.reachable)
            assert sorted(label[role] for role in answer["leading"]) == list(error.value.leading)
            refused += 1
    assert refused >= 10


def ladder(rungs):
    """Give a network in which every choice of one role a rung needs other skills: all have to be compared."""
    network = nx.MultiDiGraph()
    before = [add(network, "start", "role")]
    for rung in range(rungs):
        both = [add(network, f"rung {rung:02} {side}", "role") for side in "ab"]
        for role in both:
            for skill in range(2):
                join(
                    network,
                    role,
                    add(network, f"skill of {role} {skill}", "skill"),
                    "requires",
                    necessity="essential",
                )
            for start in before:
                join(network, start, role, "move")
        before = both
    goal = add(network, "goal", "role")
    join(network, goal, add(network, "one more", "skill"), "requires", necessity="essential")
    for start in before:
        join(network, start, goal, "move")
    return network


def test_a_search_that_would_not_end_is_given_up_where_the_library_gives_up(tab, folder):
    opened = tab().open(folder / "small.html")
    network = ladder(14)
    number = {node: at for at, node in enumerate(network)}
    start, goal = (f"{page_networks.BASE}role/{name}" for name in ("start", "goal"))
    question = {"from": number[start], "to": number[goal], "by": "gap", "k": 3}
    data = travel_data(network, number)
    answer = opened.page.evaluate("([data, ask]) => rolegraph.findRoutes(data, ask)", [data, question])
    with pytest.raises(LimitReached) as error:
        k_cheapest_paths(move_graph(network, "gap"), start, goal, 3)
    assert in_unit(answer["least"], "skills") == error.value.least
    assert len(answer["routes"]) == len(error.value.found)


# --- the data


def test_the_data_does_not_depend_on_the_order_of_the_network():
    network, _, _ = career(7)
    number = {node: at for at, node in enumerate(sorted(network))}
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert json.dumps(travel_data(network, number)) == json.dumps(travel_data(other, number))


def test_what_others_made_and_says_little_has_data_too():
    network = nx.MultiDiGraph()
    for node in ("a", "b"):
        network.add_node(node, label=node, kind="role")
    network.add_node("thing", label="thing", kind="skill")
    network.add_edge("a", "b", key="move")
    network.add_edge("a", "thing", key="move")
    data = travel_data(network, {"a": 0, "b": 1, "thing": 2})
    assert data["roles"] == [0, 1]
    assert data["moves"] == [[0, 1, 800]]
    assert data["costs"]["hops"] == {"unit": "moves", "each": 10**9}
    assert data["costs"]["gap"] == {"unit": "skills", "needs": [None, None], "worst": None, "weights": []}


def test_figures_beyond_what_a_browser_counts_exactly_stay_exact(tab, folder):
    network = nx.MultiDiGraph()
    pay = partial(Pay, currency="X", statistic="median wage", interval="YEAR", period="", area="")
    roles = [
        add(network, name, "role", pay=(pay(amount, evidence=stated()),))
        for name, amount in (("a", 40_000_001), ("b", 20_000_000), ("c", 0))
    ]
    for start, goal in (roles[:2], roles[1:], roles[::2]):
        join(network, start, goal, "move")
    number = {node: at for at, node in enumerate(network)}
    data = travel_data(network, number)
    assert data["costs"]["pay-cut"]["figures"] == [
        "20000001000000000",
        "40000001000000000",
        "20000000000000000",
    ]
    opened = tab().open(folder / "small.html")
    answers = opened.page.evaluate(ANSWERS, [data, [{"from": 0, "to": 2, "by": "pay-cut"}]])
    assert [(roles, cost) for roles, cost, *_ in answers[0]] == [
        ([0, 2], 40_000_001),
        ([0, 1, 2], 40_000_001),
    ]


# --- asked by people


def tabbed_to(opened, name, key="Tab", most=120):
    """Press Tab, or Shift and Tab, until this control has the focus."""
    for _ in range(most):
        if opened.page.evaluate("document.activeElement.id") == name:
            return
        opened.page.keyboard.press(key)
    raise AssertionError(f"Tab does not lead to {name}")


def picked(opened, control, name):
    """Type a name into a picker and take the first match by Enter."""
    opened.page.locator(f"#{control}").focus()
    opened.page.keyboard.type(name)
    opened.page.keyboard.press("Enter")


def test_by_the_keyboard_alone_a_role_is_found_and_a_route_read(tab, folder):
    opened = tab().open(folder / "shipped.html")
    keyboard = opened.page.keyboard
    tabbed_to(opened, "query")
    keyboard.type("cpo")
    keyboard.press("Enter")
    opened.headed("chief product officer")
    for control, name, key in (("from", "product dev", "Shift+Tab"), ("to", "CEO", "Tab")):
        tabbed_to(opened, control, key)
        keyboard.type(name)
        keyboard.press("ArrowDown")
        keyboard.press("ArrowUp")
        keyboard.press("Enter")
    tabbed_to(opened, "find")
    keyboard.press("Enter")
    opened.headed("From product developer to chief executive officer")
    assert opened.page.evaluate("document.activeElement.id") == "panel"
    answer = rolegraph("path", "product developer", "CEO", "-k", "3", "--format", "json")
    paths = json.loads(answer.out)["paths"]
    for number, path in enumerate(paths):
        read(opened, path)
        if number + 1 < len(paths):
            opened.page.locator(".routes button").nth(number + 1).focus()
            keyboard.press("Enter")
            said = opened.page.evaluate("document.activeElement.textContent")
            assert said.startswith(f"Route {number + 2}")


def read(opened, path):
    """Hold the route that is shown against what the command line printed of it."""
    labels = [role["label"] for role in path["roles"]]
    stops = opened.page.locator(".route > li")
    assert [stop.locator("button.link").first.inner_text() for stop in stops.all()] == labels
    for step, stop in zip(path["steps"], stops.all(), strict=False):
        shown = stop.locator("div.source").all_inner_texts()
        assert len(shown) >= len({(item["kind"], item["source"]) for item in step["evidence"]})
        for item in step["evidence"]:
            words = [text for text in shown if item["source"] in text]
            assert any(text.startswith(f"{item['kind'].capitalize()}: ") for text in words)
            assert item["doubt"] in " ".join(words)
        links = stop.locator("div.source a")
        addresses = {link.get_attribute("href") for link in links.all()}
        assert addresses == {item["url"] for item in step["evidence"] if item["url"]}
    assert opened.status().find(" → ".join(labels)) >= 0


def test_the_words_of_a_route_are_those_of_the_command_line(tab, folder):
    opened = tab().open(folder / "shipped.html")
    picked(opened, "from", "associate product manager")
    picked(opened, "to", "CEO")
    opened.page.select_option("#by", "gap")
    opened.page.locator("#conditions > summary").click()
    opened.page.select_option("#missing", "ignore")
    opened.page.click("#find")
    opened.headed("From associate product manager to chief executive officer")
    arguments = ("--by", "gap", "--missing", "ignore", "--format", "table")
    answer = rolegraph("path", "associate product manager", "CEO", *arguments)
    told = [line for line in answer.out.splitlines() if "moves; gap" in line]
    panel = opened.panel()
    assert len(told) == 1
    assert told[0] in panel
    weakest = next(line for line in answer.out.splitlines() if line.startswith("as strong as"))
    assert weakest.removeprefix("as strong as its weakest move: ").replace(" -> ", " → ") in panel
    assert " ".join(answer.err.split())[:60] in panel


def test_routes_pass_and_avoid_what_was_asked_and_say_so_where_there_is_none(tab, folder):
    opened = tab().open(folder / "small.html")
    picked(opened, "from", "product developer")
    picked(opened, "to", "CEO")
    opened.page.locator("#conditions > summary").click()
    picked(opened, "via", "cpo")
    assert opened.page.locator("#via-chosen li span").all_inner_texts() == ["chief product officer"]
    opened.page.locator("#via").press("Enter")
    opened.headed("From product developer to chief executive officer")
    assert opened.status().startswith("1 route, no more. The first: 2 moves: product developer → chief")
    picked(opened, "avoid", "cpo")
    opened.page.locator("#avoid").press("Enter")
    opened.headed("No route")
    panel = opened.panel()
    assert "No route from product developer to chief executive officer under the rule: via chief" in panel
    assert "avoid chief product officer" in panel
    assert "Chief executive officer can be reached from" in panel
    opened.page.get_by_role("button", name="Remove chief product officer").nth(1).click()
    assert opened.page.evaluate("document.activeElement.id") == "avoid"
    opened.page.click("#swap")
    opened.page.click("#find")
    opened.headed("No route")
    assert "From chief executive officer one can reach\n\nnothing" in opened.panel()
    opened.page.click("#forget")
    opened.headed("On this map")
    assert opened.page.input_value("#from") == ""


def test_a_name_that_no_role_has_is_objected_to_and_one_typed_in_full_is_taken(tab, folder):
    opened = tab().open(folder / "small.html")
    opened.page.fill("#from", "data analysis")
    opened.page.fill("#to", "CEO")
    opened.page.click("#find")
    assert "No role, or more than one, is called “data analysis”" in opened.page.inner_text("#travel-says")
    assert opened.page.evaluate("document.activeElement.id") == "from"
    opened.page.fill("#from", "Product-Manager")
    opened.page.click("#find")
    opened.headed("From product manager to chief executive officer")
    assert opened.page.is_hidden("#travel-says")


def test_the_route_is_marked_on_the_map_and_drawn_where_it_was_not(tab, folder):
    opened = tab().open(folder / "shipped.html")
    lit = "rolegraph.things.filter(thing => thing.drawn).map(thing => thing.label)"
    assert "general manager" not in opened.page.evaluate(lit)
    picked(opened, "from", "senior director of product")
    picked(opened, "to", "CEO")
    opened.page.click("#find")
    opened.headed("From senior director of product to chief executive officer")
    labels = opened.page.locator(".route > li > button.link").all_inner_texts()
    assert set(labels) <= set(opened.page.evaluate(lit))
    frame = opened.page.locator("#map").bounding_box()
    for label in labels:
        x, y = opened.place(label)
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]


def test_the_question_and_its_answer_are_in_the_address(tab, folder):
    opened = tab().open(folder / "shipped.html")
    picked(opened, "from", "associate product manager")
    picked(opened, "to", "chief product officer")
    opened.page.select_option("#by", "doubt")
    opened.page.locator("#conditions > summary").click()
    picked(opened, "avoid", "brand manager")
    opened.page.click("#find")
    opened.headed("From associate product manager to chief product officer")
    opened.page.locator(".routes button").nth(1).click()
    opened.page.wait_for_timeout(300)
    before = opened.panel()
    address = opened.page.evaluate("location.href")
    other = tab()
    other.page.goto(address)
    other.page.wait_for_selector("html[data-drawn]")
    assert other.panel() == before
    assert other.page.input_value("#from") == "associate product manager"
    assert other.page.input_value("#by") == "doubt"
    assert other.page.locator("#avoid-chosen li").count() == 1


def test_hostile_names_stay_text_in_pickers_and_routes(tab, folder):
    opened = tab().open(folder / "hostile.html")
    labels = opened.page.evaluate("rolegraph.all.things.filter(t => t.group === 'role').map(t => t.label)")
    start, goal = (next(label for label in labels if label.startswith(number)) for number in ("0", "3"))
    for control, label in (("from", start), ("to", goal)):
        opened.page.fill(f"#{control}", label[:1])
        options = opened.page.locator(f"#{control}-matches [role=option]")
        assert label in [text.split(" · ")[0] for text in options.all_inner_texts()]
        opened.page.fill(f"#{control}", label)
        opened.page.press(f"#{control}", "Enter")
    opened.page.locator("#conditions > summary").click()
    picked(opened, "via", "2")
    opened.page.click("#find")
    stops = opened.page.locator(".route > li > button.link").all_inner_texts()
    assert stops == sorted(labels)[:4]
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert opened.page.locator("#left img, #panel img, #left script, #panel script").count() == 0
    picked(opened, "avoid", "2")
    opened.page.click("#find")
    opened.headed("No route")
    assert opened.page.evaluate("typeof pwned") == "undefined"


def test_the_details_of_a_role_start_a_question_and_those_of_a_skill_do_not(tab, folder):
    opened = tab().open(folder / "small.html")
    opened.choose("product developer")
    opened.page.get_by_role("button", name="Find a path from here").click()
    assert opened.page.input_value("#from") == "product developer"
    assert opened.page.evaluate("document.activeElement.id") == "to"
    opened.choose("chief executive officer")
    opened.page.get_by_role("button", name="Find a path to here").click()
    opened.headed("From product developer to chief executive officer")
    opened.choose("creativity")
    assert opened.page.get_by_role("button", name="Find a path").count() == 0


def test_a_page_that_was_made_with_a_route_opens_with_it_and_comes_back_to_it(tab, tmp_path):
    network, path = page_networks.small()
    page(network, highlight=path).save(tmp_path / "route.html")
    opened = tab().open(tmp_path / "route.html")
    assert opened.page.input_value("#from") == "product developer"
    assert opened.page.input_value("#to") == "chief executive officer"
    before = opened.panel()
    picked(opened, "from", "product manager")
    opened.page.click("#find")
    opened.headed("From product manager to chief executive officer")
    opened.page.click("#forget")
    opened.headed("From product developer to chief executive officer")
    assert opened.panel() == before


def test_a_network_without_moves_has_no_path_finder(tab, tmp_path):
    network = nx.MultiDiGraph()
    add(network, "alone", "role")
    page(network).save(tmp_path / "page.html")
    opened = tab().open(tmp_path / "page.html")
    assert opened.page.is_hidden("#travel")
    opened.choose("alone")
    assert opened.page.get_by_role("button", name="Find a path").count() == 0
