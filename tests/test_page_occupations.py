"""Occupations as ends of moves: on the map, in pickers, tables and the path finder they are as roles are."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from page_networks import add, join, stated

from rolegraph.moves import move_graph
from rolegraph.names import ROLE_KINDS
from rolegraph.paths import k_cheapest_paths
from rolegraph.webpage.data import page_data
from rolegraph.webpage.marks import BOXED
from rolegraph.webpage.render import page


def occupations(count):
    """Give a network as an import of a classification makes it: occupations, moves among them, and skills."""
    dice = random.Random(count)  # noqa: S311 - a repeatable test, no secret
    network = nx.MultiDiGraph()
    added = [add(network, f"occupation {number:04}", "occupation") for number in range(count)]
    skills = [add(network, f"skill {number:03}", "skill") for number in range(count // 5)]
    for number, occupation in enumerate(added):
        for skill in dice.sample(skills, 5):
            join(network, occupation, skill, "requires", necessity="essential")
        for other in dice.sample(added[number + 1 :], min(3, count - number - 1)):
            join(network, occupation, other, "move", stated("O*NET"))
    return network


def both():
    """Give a role, the occupation of the same name that describes it, another one, and one without moves."""
    network = nx.MultiDiGraph()
    role, boss = add(network, "welder", "role"), add(network, "foreman", "role")
    twin, next_one = add(network, "welder", "occupation"), add(network, "weld inspector", "occupation")
    add(network, "welding engineer", "occupation")
    join(network, role, twin, "described_as")
    skill = add(network, "welding", "skill")
    for needing in (role, twin, next_one):
        join(network, needing, skill, "requires")
    join(network, role, boss, "move")
    join(network, twin, next_one, "move")
    return network


def test_what_moves_connect_is_drawn_as_a_box():
    assert BOXED == ROLE_KINDS
    assert "occupation" in BOXED


def test_without_roles_the_map_is_drawn_around_the_occupation_of_which_most_is_stated():
    network = occupations(600)
    data = page_data(network, [], None)
    (centre,) = data.around
    assert data.nodes[centre]["group"] == "occupation"
    drawn = {at: node for at, node in enumerate(data.nodes[: data.drawn]) if node["group"] == "occupation"}
    assert len(drawn) > 3
    assert all(node["side"] == 0 for node in drawn.values())
    moves = [edge for edge in data.edges[: data.lines] if edge["kind"] == "move"]
    assert moves
    assert all(drawn[edge["from"]]["x"] < drawn[edge["to"]]["x"] for edge in moves)
    assert len(data.travel["roles"]) == 600


@pytest.mark.slow
def test_routes_between_occupations_are_those_of_the_library(tab, tmp_path):
    network = occupations(520)
    opened = tab().open(page(network).save(tmp_path / "map.html"))
    assert opened.page.get_attribute("#from", "placeholder") == "Occupation"
    assert opened.page.locator("#panel h3", has_text="Occupations").is_visible()
    moves = move_graph(network, "gap")
    expected = k_cheapest_paths(moves, moves.names[3], moves.names[510], 3)
    for control, name in (("from", "occupation 0003"), ("to", "occupation 0510")):
        opened.page.fill(f"#{control}", name)
        opened.page.keyboard.press("Enter")
    opened.page.select_option("#by", "gap")
    opened.page.get_by_role("button", name="Find", exact=True).click()
    opened.headed("From occupation 0003 to occupation 0510")
    names = opened.page.locator(".route > li > button.link").all_inner_texts()
    assert tuple(names) == expected[0].labels
    assert opened.page.locator(".routes button").count() == len(expected) == 3
    assert opened.page.evaluate("rolegraph.things.every(thing => thing.side === 0)")


@pytest.mark.slow
def test_occupations_have_a_table_with_their_moves_and_skills_know_them(tab, tmp_path):
    opened = tab().open(page(occupations(40)).save(tmp_path / "map.html"))
    opened.page.get_by_role("button", name="Table", exact=True).click()
    sheets = opened.page.locator(".sheets button").all_inner_texts()
    assert sheets == ["Occupations (40)", "Moves (114)", "Skills (8)"]
    row = opened.page.locator(".sheet:visible tbody tr", has_text="occupation 0000")
    assert row.locator("td.number").all_inner_texts() == ["0", "3", "5"]
    opened.page.get_by_role("button", name="Skills (8)").click()
    counts = opened.page.locator(".sheet:visible tbody td.number").all_inner_texts()
    assert sum(map(int, counts)) == 200


@pytest.mark.slow
def test_beside_roles_occupations_give_way_and_say_what_they_are(tab, tmp_path):
    opened = tab().open(page(both()).save(tmp_path / "map.html"))
    opened.page.fill("#from", "weld")
    options = opened.page.locator("#from-matches [role=option]").all_inner_texts()
    one = "occupation of a classification"
    assert sorted(options) == sorted(["welder", f"welder · {one}", f"weld inspector · {one}"])
    opened.page.fill("#from", "welder")
    opened.page.keyboard.press("Escape")
    opened.page.fill("#to", "foreman")
    opened.page.keyboard.press("Escape")
    opened.page.get_by_role("button", name="Find", exact=True).click()
    opened.headed("From welder to foreman")
    opened.page.get_by_role("button", name="Table", exact=True).click()
    sheets = opened.page.locator(".sheets button").all_inner_texts()
    assert sheets == ["Roles (2)", "Occupations (3)", "Moves (2)", "Skills (1)"]
    opened.page.get_by_role("button", name="Skills (1)").click()
    cells = opened.page.locator(".sheet:visible tbody td").all_inner_texts()
    assert cells[:2] == ["2", "weld inspector, welder"]


@pytest.mark.slow
def test_the_box_of_an_occupation_has_a_point_on_the_map_and_in_the_drawing(tab, tmp_path):
    opened = tab().open(page(occupations(30)).save(tmp_path / "map.html"))
    blue, white = (0, 114, 178), (255, 255, 255)
    opened.page.evaluate("""async () => {
      const {x, y} = rolegraph.things.find(thing => thing.label === 'occupation 0029');
      rolegraph.network.moveTo({position: {x, y}, scale: 1});
      await new Promise(done => rolegraph.network.once('afterDrawing', done));
    }""")
    x, y = opened.place("occupation 0029")
    assert opened.pixel(x - 78, y - 12) == opened.pixel(x + 77, y) == blue
    assert opened.pixel(x + 79, y - 12) == white
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="SVG").click()
    drawing = download.value.path().read_text(encoding="utf-8")
    assert drawing.count("<polygon") == 30 + 6
