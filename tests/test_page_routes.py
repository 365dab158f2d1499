"""Routes on the map: seen whole and read in any window, their lines clear of the boxes of other roles."""

from __future__ import annotations

import random
from itertools import pairwise
from urllib.parse import quote_plus

import networkx as nx
import page_networks
import pytest

from rolegraph.opening import open_graph
from rolegraph.webpage.data import page_data
from rolegraph.webpage.render import page

#: For every marked move, what its line, as vis-network draws it, touches beside its ends.
TOUCHED = """() => rolegraph.links.filter(link => rolegraph.lit().has(link.id)).map(link => {
  const line = rolegraph.network.body.edges[link.id].edgeType;
  const others = rolegraph.things.filter(thing => thing !== link.start && thing !== link.end);
  const ways = Array.from({length: 99}, (_, at) => line.getPoint((at + 1) / 100));
  const boxes = others.map(thing => [thing.label, rolegraph.boxOf(thing)]);
  return boxes.filter(([, {left, top, right, bottom}]) => ways.some(({x, y}) =>
    left < x && x < right && top < y && y < bottom)).map(([label]) => label);
})"""

#: How far the points of lines on the map are from where the drawing (SVG) has them.
APART = """() => Math.max(...rolegraph.links.filter(link => link.start !== link.end).map(link => {
  const line = rolegraph.network.body.edges[link.id].edgeType, points = rolegraph.bent(link);
  return Math.max(...[.2, .5, .7].map(t => {
    const {x, y} = line.getPoint(t), [left, top] = rolegraph.pointOn(points, t);
    return Math.hypot(x - left, y - top);
  }));
}))"""

#: Where the things of these names stand.
PLACES = """labels => labels.map(label => rolegraph.things.find(thing => thing.label === label))
  .map(({x, y}) => [x, y])"""

LONG = ("unit manager", "director of marketing")


@pytest.fixture(scope="module")
def shipped():
    return open_graph()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, shipped):
    folder = tmp_path_factory.mktemp("routes")
    page(shipped.network()).save(folder / "shipped.html")
    page(shipped.network(), highlight=shipped.path(*LONG)).save(folder / "long.html")
    return folder


def whole(opened, labels):
    """Tell whether all these roles can be seen whole and read."""
    frame = opened.page.locator("#map").bounding_box()
    scale = opened.page.evaluate("rolegraph.network.getScale()")
    boxes = opened.page.evaluate(
        """labels => labels.map(label => rolegraph.things.find(thing => thing.label === label)).map(thing => {
          const {left, top, right, bottom} = rolegraph.boxOf(thing);
          const one = rolegraph.network.canvasToDOM({x: left, y: top});
          const two = rolegraph.network.canvasToDOM({x: right, y: bottom});
          return [one.x, one.y, two.x, two.y];
        })""",
        list(labels),
    )
    inside = all(min(box) >= 0 and box[2] <= frame["width"] and box[3] <= frame["height"] for box in boxes)
    return inside and scale * 13 >= 7


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1400, 900), (960, 640), (390, 844)])
def test_a_route_of_six_moves_opens_whole_and_can_be_read(tab, folder, shipped, size):
    opened = tab(viewport={"width": size[0], "height": size[1]}).open(folder / "long.html")
    labels = shipped.path(*LONG).labels
    assert len(labels) == 7
    assert whole(opened, labels)
    assert opened.status().startswith(f"Route with 6 moves: {labels[0]} → ")
    assert opened.page.inner_text("#panel h2") == f"From {labels[0]} to {labels[-1]}"
    assert opened.page.evaluate(TOUCHED) == [[]] * 6


@pytest.mark.slow
def test_on_a_phone_a_route_of_the_map_stands_alone_and_the_map_is_a_button_away(tab, tmp_path, shipped):
    route = shipped.path("product developer", "CEO")
    opened = tab(viewport={"width": 390, "height": 844}).open(
        page(shipped.network(), highlight=route).save(tmp_path / "route.html")
    )
    assert whole(opened, route.labels)
    assert f"On the map: 3 of {len(shipped.network())} things: a route." in opened.panel()
    opened.page.get_by_role("button", name="Back to the first map").click()
    assert opened.page.evaluate("rolegraph.things.length") > 50
    opened.headed("From product developer to chief executive officer")
    opened.page.set_viewport_size({"width": 400, "height": 800})
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("rolegraph.things.length") > 50


@pytest.mark.slow
def test_in_a_window_that_is_turned_the_route_runs_the_other_way(tab, folder, shipped):
    labels = shipped.path("software engineer", "director of product").labels
    opened = tab(viewport={"width": 390, "height": 844})
    address = f"#route=;{quote_plus(labels[0])};{quote_plus(labels[-1])};hops;skip"
    opened.page.goto((folder / "long.html").as_uri() + address)
    opened.page.wait_for_selector("html[data-drawn]")
    xs, ys = zip(*opened.page.evaluate(PLACES, list(labels)), strict=True)
    assert len(set(xs)) == 1
    assert list(ys) == sorted(ys)
    opened.page.set_viewport_size({"width": 1400, "height": 400})
    opened.page.wait_for_timeout(400)
    xs, ys = zip(*opened.page.evaluate(PLACES, list(labels)), strict=True)
    assert len(set(ys)) == 1
    assert list(xs) == sorted(xs)
    assert whole(opened, labels)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1400, 390])
def test_lines_of_routes_that_are_found_keep_clear_of_boxes(tab, folder, width):
    opened = tab(viewport={"width": width, "height": 844}).open(folder / "shipped.html")
    names = opened.page.evaluate("rolegraph.travelData().roles.map(id => rolegraph.all.things[id].label)")
    dice = random.Random(width)  # noqa: S311 - a repeatable test, no secret
    moves = 0
    for by in ("hops", "gap", "doubt") * 6:
        start, goal = (quote_plus(name) for name in dice.sample(names, 2))
        opened.page.evaluate("hash => { location.hash = hash; }", f"route=;{start};{goal};{by};skip")
        opened.page.wait_for_timeout(60)
        for choice in opened.page.locator(".routes button").all() or [None]:
            if choice:
                choice.click()
            touched = opened.page.evaluate(TOUCHED)
            assert touched == [[]] * len(touched), (start, goal, by)
            moves += len(touched)
    assert moves > 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_the_line_of_a_route_that_the_page_opens_with_keeps_clear_of_boxes(tab, tmp_path, seed):
    network, path = routed(seed)
    opened = tab().open(page(network, highlight=path).save(tmp_path / "route.html"))
    assert opened.page.evaluate(TOUCHED) == [[]] * len(path.steps)
    assert opened.page.evaluate(APART) < 1.5


def routed(seed):
    """Give a random network of many kinds, and the longest of the shortest routes from one of its roles."""
    network = page_networks.random_network(seed, 120, 260)
    moves = nx.DiGraph((start, end) for start, end, kind in network.edges(keys=True) if kind == "move")
    roles = [node for node in moves if network.nodes[node]["kind"] in {"role", "group"}]
    ways = nx.single_source_shortest_path(moves.subgraph(roles), roles[seed])
    return network, page_networks.path_through(network, *max(ways.values(), key=lambda way: (len(way), way)))


@pytest.mark.parametrize("seed", range(12))
def test_the_roles_of_a_route_stand_on_one_line_that_no_other_box_touches(seed):
    network, path = routed(seed)
    data = page_data(network, [path], None)
    nodes = {node["iri"]: node for node in data.nodes}
    stops = [nodes[role.iri] for role in path.roles]
    assert {stop["y"] for stop in stops} == {stops[0]["y"]}
    assert all(one["x"] < other["x"] for one, other in pairwise(stops))
    for node in nodes.values():
        left = node["x"] - (node["w"] / 2, 9, node["w"] - 9)[node["side"]]
        between = left < stops[-1]["x"] and left + node["w"] > stops[0]["x"]
        if node not in stops and between:
            assert abs(node["y"] - stops[0]["y"]) > node["h"] / 2 + 4


def test_a_route_in_a_chain_of_shortcuts_has_its_lane():
    network = nx.MultiDiGraph()
    roles = [page_networks.add(network, f"role {number}", "role") for number in range(8)]
    for number, role in enumerate(roles):
        for other in roles[number + 1 : number + 4]:
            page_networks.join(network, role, other, "move")
    path = page_networks.path_through(network, roles[0], roles[3], roles[6], roles[7])
    at = {node["iri"]: node for node in page_data(network, [path], None).nodes}
    lane = {at[roles[number]]["y"] for number in (0, 3, 6, 7)}
    assert len(lane) == 1
    assert not lane & {at[roles[number]]["y"] for number in (1, 2, 4, 5)}


@pytest.mark.slow
def test_an_answer_of_fewer_routes_than_the_last_one_opens_its_first(tab, folder):
    opened = tab().open(folder / "shipped.html")
    for start, goal in (("business analyst", "director of product marketing"), ("unit manager", "C-suite")):
        for control, name in (("from", start), ("to", goal)):
            opened.page.fill(f"#{control}", name)
            opened.page.keyboard.press("Enter")
        opened.page.get_by_role("button", name="Find", exact=True).click()
        opened.headed(f"From {start} to {goal}")
        if start == "business analyst":
            opened.page.get_by_role("button", name="Route 3").click()
    assert opened.page.locator(".routes button").count() < 3
    assert opened.page.evaluate(TOUCHED) == [[]] * 2
