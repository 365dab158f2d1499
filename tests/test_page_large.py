"""Pages of large networks in a real browser: what is drawn at first, and how the reader draws more of it."""

from __future__ import annotations

import networkx as nx
import page_networks
import pytest

from rolegraph.opening import open_graph
from rolegraph.webpage.excerpt import MOST_WHOLE
from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

#: Pairs of drawn things whose boxes overlap, by label.
OVERLAPS = """() => {
  const boxes = rolegraph.things.map(thing => [thing.label, rolegraph.boxOf(thing)]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([, b]) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map(([two]) => [one, two]));
}"""


#: How many pixels are drawn where the name of a thing stands, at some zoom.
INK = """async ([label, scale]) => {
  const thing = rolegraph.things.find(one => one.label === label);
  rolegraph.network.moveTo({position: {x: thing.x, y: thing.y}, scale});
  await new Promise(done => rolegraph.network.once('afterDrawing', done));
  const box = rolegraph.boxOf(thing), canvas = document.querySelector('#map canvas');
  const one = rolegraph.network.canvasToDOM({x: thing.side > 0 ? thing.x + 14 : box.left, y: box.top});
  const width = Math.round((thing.w - 24) * scale), height = Math.round(thing.h * scale);
  const paper = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
  paper.drawImage(canvas, one.x, one.y, width, height, 0, 0, width, height);
  const data = paper.getImageData(0, 0, width, height).data;
  return Array.from({length: width * height}, (_, at) => data[4 * at]).filter(red => red < 200).length;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    page(page_networks.large()).save(folder / "large.html")
    page(page_networks.small()[0]).save(folder / "small.html")
    return folder


def labels(opened):
    """Give the labels of what is drawn."""
    return opened.page.evaluate("rolegraph.things.map(thing => thing.label)")


def lines(opened):
    """Give the ends of what is drawn between things."""
    pairs = opened.page.evaluate("rolegraph.links.map(one => [one.start.label, one.end.label])")
    return {tuple(pair) for pair in pairs}


def seek(opened, name):
    """Search for a name and take the first match."""
    opened.page.fill("#query", name)
    opened.page.keyboard.press("Enter")


def near(opened, depth):
    """Press the button for so many steps."""
    opened.page.get_by_role("button", name=f"Within {depth} step").click()


def within(network, name, depth):
    """Give the labels within so many steps of a role, as networkx knows them; matches lead nowhere."""
    plain = nx.Graph(
        (start, end)
        for start, end, kind in network.edges(keys=True)
        if kind not in {"matches", "described_as"}
    )
    found = nx.single_source_shortest_path_length(plain, f"{page_networks.BASE}role/{name}", depth)
    return sorted(network.nodes[node]["label"] for node in found)


# --- at first


@pytest.mark.parametrize("size", [MOST_WHOLE, MOST_WHOLE + 1])
def test_up_to_500_things_are_drawn_at_once_and_of_more_an_excerpt(tab, tmp_path, size):
    network = page_networks.random_network(4, size, 800)
    opened = tab().open(page(network).save(tmp_path / "map.html"))
    count = len(labels(opened))
    known = opened.page.evaluate("[rolegraph.all.things.length, rolegraph.all.links.length]")
    assert known == [size, network.number_of_edges()]
    if size == MOST_WHOLE:
        assert count == size
        assert opened.status() == f"{size} things and {network.number_of_edges()} relations"
        assert opened.page.locator("#extent").is_hidden()
    else:
        assert 1 < count <= 64
        assert f"{count} of {size} things and " in opened.status()
        assert f"{count} of {size} things, around " in opened.page.inner_text("#extent")
    assert opened.page.evaluate(OVERLAPS) == []


def test_the_legend_counts_what_is_drawn_and_what_is_known(tab, folder):
    opened = tab().open(folder / "large.html")
    legend = [" ".join(text.split()) for text in opened.page.locator("#filters label").all_inner_texts()]
    told = {"Roles 8/23", "Occupations 0/1", "Skills 12/482", "Training 1", "can lead to 7/42"}
    assert told <= set(legend)


def test_names_of_lesser_things_are_left_out_where_they_cannot_be_read(tab, folder):
    opened = tab().open(folder / "small.html")
    assert opened.page.evaluate(INK, ["data analysis", 0.3]) == 0
    assert opened.page.evaluate(INK, ["data analysis", 0.6]) > 50
    opened.choose("data analysis")
    assert opened.page.evaluate(INK, ["data analysis", 0.3]) > 20


# --- more


def test_a_thing_that_is_not_drawn_is_found_and_drawn_with_the_way_to_the_map(tab, folder):
    opened = tab().open(folder / "large.html")
    before = labels(opened)
    seek(opened, "far skill 123")
    opened.headed("far skill 123")
    added = set(labels(opened)) - set(before)
    assert added == {"far skill 123", "elsewhere", "role 00"}
    assert {("role 00", "role 19"), ("role 00", "elsewhere"), ("elsewhere", "far skill 123")} <= lines(opened)
    assert opened.page.evaluate(OVERLAPS) == []
    frame = opened.page.locator("#map").bounding_box()
    x, y = opened.place("far skill 123")
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]
    assert f"{len(before) + 3} of 509 things drawn" in opened.status()
    opened.page.get_by_role("button", name="Back to the first map").click()
    assert labels(opened) == before


def test_a_thing_that_nothing_leads_to_is_drawn_too(tab, folder):
    opened = tab().open(folder / "large.html")
    count = len(labels(opened))
    seek(opened, "lonely")
    opened.headed("<b>lonely</b>")
    assert len(labels(opened)) == count + 1
    assert opened.page.evaluate(OVERLAPS) == []


def test_every_name_in_the_details_leads_to_its_thing(tab, folder):
    opened = tab().open(folder / "large.html")
    opened.choose("hub")
    opened.page.get_by_role("button", name="hub of ESCO").click()
    opened.headed("hub of ESCO")
    assert ("hub", "hub of ESCO") in lines(opened)


def test_a_double_click_draws_what_is_next_to_a_thing(tab, folder):
    opened = tab().open(folder / "large.html")
    before = set(labels(opened))
    opened.page.mouse.dblclick(*opened.place("hub"))
    opened.headed("hub")
    drawn = f"{len(before) + 40} of 509 things drawn"
    assert opened.status() == f"40 things next to hub added, 112 more are known: {drawn}"
    assert before < set(labels(opened))
    assert {f"role {number:02}" for number in range(20)} < set(labels(opened))
    assert opened.page.evaluate(OVERLAPS) == []


def test_the_keyboard_draws_more_and_goes_back(tab, folder):
    opened = tab().open(folder / "large.html")
    before = labels(opened)
    seek(opened, "elsewhere")
    opened.page.locator("#expand").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "expand"
    assert opened.page.inner_text("#expand") == "Draw 40 of 290 more next to it"
    opened.page.locator("#go-home").focus()
    opened.page.keyboard.press("Enter")
    assert labels(opened) == before
    opened.headed("On this map")
    assert opened.page.evaluate("document.activeElement.id") == "panel"


# --- only what is near


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_only_what_is_within_some_steps_is_drawn(tab, folder, depth):
    network = page_networks.large()
    opened = tab().open(folder / "large.html")
    seek(opened, "role 05")
    near(opened, depth)
    expected = within(network, "role-05", depth)
    if len(expected) <= MOST_WHOLE:
        assert sorted(labels(opened)) == expected
    steps = f"ithin {depth} step{'s' * (depth > 1)} of role 05"
    most = "The nearest 500 w" if len(expected) > MOST_WHOLE else "W"
    assert opened.status() == f"{most}{steps}: {len(labels(opened))} of 509 things drawn"
    assert steps in opened.page.inner_text("#extent")
    pressed = opened.page.locator(".reach [aria-pressed=true]")
    assert pressed.all_inner_texts() == [str(depth)]
    assert opened.page.evaluate("document.activeElement.id") == f"within-{depth}"
    assert opened.page.evaluate(OVERLAPS) == []


def test_the_same_steps_give_the_same_picture(tab, folder):
    places = []
    for _ in range(2):
        opened = tab().open(folder / "large.html")
        seek(opened, "hub")
        near(opened, 2)
        opened.page.mouse.dblclick(*opened.place("neighbour"))
        places.append(opened.page.evaluate("rolegraph.things.map(({id, x, y}) => [id, x, y])"))
    assert places[0] == places[1]


def test_moves_lead_from_left_to_right_around_a_thing(tab, folder):
    opened = tab().open(folder / "small.html")
    opened.choose("chief product officer")
    near(opened, 1)
    at = dict(opened.page.evaluate("rolegraph.things.map(({label, x}) => [label, x])"))
    assert at["product manager"] == at["product developer"] < at["chief product officer"]
    assert at["chief product officer"] < at["chief executive officer"] == at["C-suite"]
    assert "lonely skill" not in at


def test_where_everything_was_drawn_one_goes_back_to_everything(tab, folder):
    opened = tab().open(folder / "small.html")
    before = opened.page.evaluate("rolegraph.things.map(({id, x, y}) => [id, x, y])")
    assert opened.page.locator("#go-home").count() == 0
    opened.choose("creativity")
    near(opened, 1)
    assert sorted(labels(opened)) == ["chief product officer", "creativity"]
    opened.page.get_by_role("button", name="Back to everything").click()
    assert opened.page.evaluate("rolegraph.things.map(({id, x, y}) => [id, x, y])") == before
    assert opened.status() == "Everything: 16 of 16 things drawn"


def test_what_is_near_and_what_was_added_stand_in_the_address(tab, folder):
    opened = tab().open(folder / "large.html")
    seek(opened, "role 05")
    near(opened, 1)
    seek(opened, "<b>lonely</b>")
    opened.page.locator("#query").press("Escape")
    opened.page.wait_for_timeout(400)
    drawn, address = labels(opened), opened.page.url
    assert "#" in address
    again = tab()
    again.page.goto(address)
    again.page.wait_for_selector("html[data-drawn]")
    assert labels(again) == drawn
    assert again.page.inner_text("#extent").endswith("within 1 step of role 05, and what was added.")


def test_back_to_a_route_draws_it_again(tab, tmp_path):
    network = page_networks.large()
    nodes = {data["label"]: node for node, data in network.nodes(data=True)}
    route = page_networks.path_through(network, nodes["hub"], nodes["role 00"], nodes["elsewhere"])
    opened = tab().open(page(network, highlight=route).save(tmp_path / "route.html"))
    before = labels(opened)
    seek(opened, "<b>lonely</b>")
    near(opened, 1)
    assert labels(opened) == ["<b>lonely</b>"]
    opened.page.get_by_role("button", name="Back to the route").click()
    opened.headed("From hub to elsewhere")
    assert labels(opened) == before
    frame = opened.page.locator("#map").bounding_box()
    for label in route.labels:
        assert frame["x"] < opened.place(label)[0] < frame["x"] + frame["width"]


def test_a_relation_that_is_not_drawn_is_drawn_when_an_address_names_it(tab, folder):
    opened = tab()
    opened.page.goto((folder / "large.html").as_uri() + "#at=;elsewhere;requires;far+skill+007")
    opened.page.wait_for_selector("html[data-drawn]")
    opened.headed("elsewhere requires far skill 007")
    assert ("elsewhere", "far skill 007") in lines(opened)


# --- the shipped graph


def test_around_every_kind_of_thing_of_the_shipped_graph_there_is_a_map_without_overlaps(tab, tmp_path):
    opened = tab().open(page(open_graph().network()).save(tmp_path / "map.html"))
    for name in ("CEO", "product manager", "communication", "bachelor's degree", "Coursera"):
        seek(opened, name)
        for depth in (1, 2, 3):
            near(opened, depth)
            assert 2 <= len(labels(opened)) <= MOST_WHOLE
            assert opened.page.evaluate(OVERLAPS) == []
