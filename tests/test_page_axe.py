"""The page as axe-core judges it, in both themes and in every view, and by keyboard alone."""

from __future__ import annotations

import re

import page_networks
import pytest
from find_axe import axe

from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def judge():
    """Give the source of axe-core."""
    found = axe()
    if found is None:
        pytest.skip("needs axe-core, which npm fetches")
    return found.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    network, path = page_networks.small()
    folder = tmp_path_factory.mktemp("pages")
    other = page_networks.path_through(network, path.roles[1].iri, path.roles[2].iri)
    page(network, highlight=[path, other], title="Routes").save(folder / "route.html")
    page(network, title="Roles").save(folder / "plain.html")
    page(page_networks.large(), title="Large").save(folder / "large.html")
    return folder


def nothing(opened):
    """Leave the page as it opens."""


def details(opened):
    opened.page.fill("#query", "chief product")
    opened.page.keyboard.press("Enter")
    opened.headed("chief product officer")


def matches(opened):
    opened.page.fill("#query", "o")


def sheet(name):
    def act(opened):
        opened.page.get_by_role("button", name="Table", exact=True).click()
        opened.page.get_by_role("button", name=re.compile(rf"^{name} \(")).click()
        opened.page.locator(".sheet:visible tbody button").first.click()

    return act


def legend(opened):
    closed = opened.page.locator("details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()


VIEWS = {
    "route": ("route", nothing),
    "start": ("plain", nothing),
    "details": ("plain", details),
    "matches": ("plain", matches),
    "legend": ("large", legend),
    "roles": ("plain", sheet("Roles")),
    "moves": ("large", sheet("Moves")),
    "skills": ("large", sheet("Skills")),
    "others": ("plain", sheet("Others")),
}


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(tab, folder, judge, view, width):
    name, act = VIEWS[view]
    opened = tab(viewport={"width": width, "height": 844}, color_scheme="light").open(folder / f"{name}.html")
    act(opened)
    opened.page.evaluate(judge)
    for theme in ("light", "dark"):
        opened.page.emulate_media(color_scheme=theme)
        found = opened.page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
        told = [
            (one["impact"], one["id"], [node["html"][:200] for node in one["nodes"]])
            for one in found["violations"]
        ]
        assert told == [], theme


def test_axe_sees_what_is_wrong(tab, folder, judge):
    opened = tab().open(folder / "plain.html")
    opened.page.evaluate("document.querySelector('#query').labels[0].remove()")
    opened.page.evaluate("document.querySelector('#query').placeholder = ''")
    opened.page.evaluate(judge)
    found = opened.page.evaluate("axe.run()")
    assert [one["id"] for one in found["violations"] if one["impact"] == "critical"]


CONTROLS = """() => {
  const wanted = 'button, input, select, a[href], summary, [tabindex="0"]';
  const seen = one => one.checkVisibility({visibilityProperty: true}) && !one.disabled;
  const controls = [...document.querySelectorAll(wanted)].filter(seen);
  for (const [number, one] of controls.entries()) one.dataset.number = number;
  return document.querySelectorAll('[data-number]').length;
}"""

FOCUSED = """() => {
  const one = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(one);
  const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return [one.dataset.number ?? null, outlined, one.outerHTML.slice(0, 200)];
}"""


@pytest.mark.parametrize("view", ["route", "details", "moves"])
def test_every_control_is_reached_by_tab_and_shows_the_focus(tab, folder, view):
    name, act = VIEWS[view]
    opened = tab().open(folder / f"{name}.html")
    act(opened)
    count = opened.page.evaluate(CONTROLS)
    opened.page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(count + 3):
        opened.page.keyboard.press("Tab")
        number, outlined, html = opened.page.evaluate(FOCUSED)
        if number is not None:
            assert outlined, html
            reached.add(int(number))
    assert reached == set(range(count))
