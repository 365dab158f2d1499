"""Physics on the map: off until the reader asks for it, at rest by itself, and everything goes back."""

from __future__ import annotations

import page_networks
import pytest
from test_page_large import OVERLAPS

from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

PLACES = "rolegraph.things.map(({id, x, y}) => [id, x, y])"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("physics")
    page(page_networks.small()[0]).save(folder / "small.html")
    page(page_networks.large()).save(folder / "large.html")
    return folder


def switched(opened):
    """Press the switch by the keyboard and tell whether physics is on."""
    opened.page.locator("#physics").focus()
    opened.page.keyboard.press("Space")
    return opened.page.locator("#physics").get_attribute("aria-pressed") == "true"


def rested(opened):
    """Wait until nothing moves any more, and give where things are."""
    opened.page.wait_for_selector("html[data-rested]", state="attached")
    return opened.page.evaluate(PLACES)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_things_move_until_they_rest_and_go_back_when_it_is_switched_off(tab, folder, motion):
    opened = tab(reduced_motion=motion).open(folder / "small.html")
    before = opened.page.evaluate(PLACES)
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(PLACES) == before
    assert opened.page.locator("#physics").get_attribute("aria-pressed") == "false"
    assert switched(opened)
    after = rested(opened)
    assert opened.status() == "The map has come to rest"
    assert sum(one != other for one, other in zip(before, after, strict=True)) > len(before) / 2
    assert opened.page.evaluate(OVERLAPS) == []
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(PLACES) == after
    roles = opened.page.evaluate("rolegraph.things.filter(thing => thing.side === 0).map(thing => thing.id)")
    assert {(number, x) for number, x, _ in after if number in roles} == {
        (number, x) for number, x, _ in before if number in roles
    }
    assert not switched(opened)
    assert opened.page.evaluate(PLACES) == before
    assert opened.status() == "Physics is off: things stand where they stood"


def test_where_motion_is_wanted_it_is_seen_and_where_it_is_not_only_its_end(tab, folder):
    seen = {}
    for motion in ("reduce", "no-preference"):
        opened = tab(reduced_motion=motion).open(folder / "large.html")
        opened.page.evaluate("""() => {
          window.heights = new Set();
          const one = rolegraph.things.find(thing => thing.label === 'course');
          rolegraph.network.on('afterDrawing', () => heights.add(Math.round(one.y)));
        }""")
        switched(opened)
        rested(opened)
        seen[motion] = opened.page.evaluate("heights.size")
    assert seen["reduce"] <= 5 < seen["no-preference"]


def test_it_stands_in_the_address_and_comes_back_the_same(tab, folder):
    opened = tab().open(folder / "large.html")
    switched(opened)
    first = rested(opened)
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("location.hash") == "#physics=on"
    again = tab()
    again.page.goto(opened.page.url)
    again.page.wait_for_selector("html[data-drawn]")
    assert rested(again) == first
    again.page.evaluate("location.hash = ''")
    again.page.wait_for_timeout(100)
    assert again.page.locator("#physics").get_attribute("aria-pressed") == "false"


def test_more_can_be_drawn_meanwhile_and_all_of_it_goes_back(tab, folder):
    opened = tab().open(folder / "large.html")
    opened.page.mouse.dblclick(*opened.place("hub"))
    opened.headed("hub")
    expected = opened.page.evaluate(PLACES)
    other = tab().open(folder / "large.html")
    switched(other)
    rested(other)
    other.page.fill("#query", "hub")
    other.page.keyboard.press("Enter")
    other.page.locator("#expand").click()
    assert len(rested(other)) == len(expected)
    assert other.page.evaluate(OVERLAPS) == []
    assert not switched(other)
    assert other.page.evaluate(PLACES) == expected


def test_a_thing_can_be_dragged_while_physics_is_on(tab, folder):
    opened = tab().open(folder / "small.html")
    switched(opened)
    rested(opened)
    _, y = opened.place("creativity")
    at = opened.page.evaluate("""() => {
      const {x, y} = rolegraph.things.find(thing => thing.label === 'creativity');
      const frame = document.querySelector('#map').getBoundingClientRect();
      const point = rolegraph.network.canvasToDOM({x, y});
      return [point.x + frame.left, point.y + frame.top];
    }""")
    opened.page.mouse.move(*at)
    opened.page.mouse.down()
    opened.page.mouse.move(at[0] + 40, at[1] + 60, steps=4)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(200)
    there = opened.place("creativity")
    assert abs(there[1] - y - 60) < 8
    assert not switched(opened)
