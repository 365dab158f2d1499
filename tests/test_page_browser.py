"""The page in a real browser without a network: what people see, do and read there."""

from __future__ import annotations

from html import escape

import page_networks
import pytest

from rolegraph.opening import open_graph
from rolegraph.tables import cell
from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

TITLE = 'Careers in <product> & "design"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    network, path = page_networks.small()
    folder = tmp_path_factory.mktemp("pages")
    page(network, title=TITLE).save(folder / "plain.html")
    page(network, highlight=path, title=TITLE).save(folder / "route.html")
    return folder


# --- opening


def test_the_page_needs_nothing_but_its_file(tab, folder):
    opened = tab().open(folder / "route.html")
    opened.page.wait_for_timeout(300)
    assert opened.requests == [(folder / "route.html").as_uri()]
    assert opened.page.title() == opened.page.inner_text("h1") == TITLE


@pytest.mark.parametrize("size", [(1400, 900), (960, 640), (390, 844)])
def test_at_first_the_route_can_be_seen_whole_and_read(tab, folder, size):
    opened = tab(viewport={"width": size[0], "height": size[1]}).open(folder / "route.html")
    frame = opened.page.locator("#map").bounding_box()
    scale = opened.page.evaluate("rolegraph.network.getScale()")
    assert scale * 13 >= 7
    for label in ("product developer", "chief product officer", "chief executive officer"):
        x, y = opened.place(label)
        assert frame["x"] + 81 * scale <= x <= frame["x"] + frame["width"] - 81 * scale + 1
        assert frame["y"] + 15 * scale <= y <= frame["y"] + frame["height"] - 15 * scale
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]


BOXES = """rolegraph.things.map(thing => {
  const {left, top, right, bottom} = rolegraph.boxOf(thing);
  const one = rolegraph.network.canvasToDOM({x: left, y: top});
  const two = rolegraph.network.canvasToDOM({x: right, y: bottom});
  return [thing.label, [one.x, one.y, two.x, two.y]];
})"""


def seen(opened):
    """Give the labels of what can be seen whole and read."""
    assert opened.page.evaluate("rolegraph.network.getScale()") * 13 >= 8.4
    frame = opened.page.locator("#map").bounding_box()
    return {
        label
        for label, box in opened.page.evaluate(BOXES)
        if min(box) >= 0 and box[2] <= frame["width"] and box[3] <= frame["height"]
    }


def test_of_the_shipped_graph_the_route_can_be_read_at_first(tab, tmp_path):
    graph = open_graph()
    path = graph.path("product developer", "CEO")
    opened = tab().open(page(graph.network(), highlight=path).save(tmp_path / "map.html"))
    assert set(path.labels) <= seen(opened)
    assert "product developer → chief product officer → chief executive officer · " in opened.status()
    assert f"of {len(graph.network())} things drawn" in opened.status()
    assert "USD 403,000 a year" in opened.panel()
    assert "On the map: " in opened.panel()


@pytest.mark.parametrize("focus", [None, "brand manager", "product manager"])
def test_of_the_shipped_graph_what_surrounds_a_role_is_seen_whole_at_first(tab, tmp_path, focus):
    opened = tab().open(page(open_graph().network(), focus=focus).save(tmp_path / "map.html"))
    assert seen(opened) == set(opened.page.evaluate("rolegraph.things.map(thing => thing.label)"))


def test_a_map_that_is_an_excerpt_says_so(tab, tmp_path):
    network = page_networks.large()
    opened = tab().open(page(network).save(tmp_path / "large.html"))
    count = opened.page.evaluate("rolegraph.things.length")
    lines = opened.page.evaluate("rolegraph.links.length")
    told = f"{count} of {len(network)} things"
    assert opened.status() == f"{told} and {lines} of {network.number_of_edges()} relations, around hub."
    assert f"{told}, around hub. Choose a thing" in opened.panel()
    assert opened.page.inner_text("#extent") == f"{told}, around hub."
    opened.choose("course")
    assert opened.status() == f"course, training, 2 relations · {told} drawn"
    opened.page.fill("#query", "skill of another")
    assert opened.status() == f"1 match · {told} drawn"


def test_the_details_list_relations_that_are_not_drawn(tab, tmp_path):
    opened = tab().open(page(page_networks.large()).save(tmp_path / "large.html"))
    opened.choose("hub")
    told = " ".join(opened.panel().split())
    for part in (
        "Can lead to (21)",
        "Requires (150)",
        "role 19 · seen 20 times · 19 % of the moves out",
        "skill 149 · essential",
        "Asked for, in a survey diploma · 12 % 4 · 34 % 5",
        "Described as hub of ESCO",
        "Stated: ESCO, on the occupation “hub of ESCO” (close match)",
    ):
        assert part in told
    assert told.count("Doubt: It has two.") == 1
    assert "skill 100" not in told
    opened.page.get_by_role("button", name="Show all 150").click()
    assert "skill 100 · optional" in opened.panel()
    assert opened.page.evaluate("document.activeElement.tagName") == "LI"
    assert opened.page.locator("#panel button.link", has_text="skill 100").count() == 1
    assert opened.page.get_by_role("button", name="Show all 150").count() == 0
    assert opened.page.get_by_role("button", name="Show all 21").count() == 1


def test_observed_moves_are_dashed_and_wider_the_more_were_seen(tab, tmp_path):
    opened = tab().open(page(page_networks.large()).save(tmp_path / "large.html"))
    lines = dict(
        opened.page.evaluate(
            """Object.values(rolegraph.network.body.edges).map(({options, id}) => [
              rolegraph.links[id].end.label, [options.dashes, options.width]])"""
        )
    )
    assert lines["role 19"][0] == lines["role 14"][0] == [9, 5]
    assert lines["role 14"][1] < lines["role 19"][1] <= 3
    assert lines["skill 019"][1] < lines["skill 149"][1] < lines["neighbour"][1]


def test_a_network_without_nodes_opens(tab, tmp_path):
    import networkx as nx

    opened = tab().open(page(nx.MultiDiGraph()).save(tmp_path / "empty.html"))
    assert "0 things and 0 relations" in opened.panel()
    opened.page.focus("#map")
    for key in ("ArrowLeft", "Enter", "f", "Escape"):
        opened.page.keyboard.press(key)


# --- reading


def test_the_route_is_said_in_words_with_its_sources_and_pay(tab, folder):
    opened = tab().open(folder / "route.html")
    assert (
        opened.status()
        == "Route with 2 moves: product developer → chief product officer → chief executive officer"
    )
    stops = [" ".join(text.split()) for text in opened.page.locator("#panel .route > li").all_inner_texts()]
    assert stops == [
        (
            "product developer No source gives a pay figure."
            " can lead to chief product officer Stated: A guide Observed: Second source"
        ),
        (
            "chief product officer USD 403,000 a year (median total pay, United States, 2025-11)"
            " can lead to chief executive officer Stated: A guide A next step"
        ),
        "chief executive officer No source gives a pay figure.",
    ]


def test_a_click_on_a_thing_tells_all_that_is_known_of_it(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.choose("chief product officer")
    told = " ".join(opened.panel().split())
    for part in (
        "Also: CPO, Directrice générale produit",
        "Leads the product department. 1",
        "Pay USD 403,000 a year Median total pay, United States, 2025-11 2",
        "Can lead to (3) chief executive officer 1 A next step vice president of product 1 Doubt: Usually a",
        "Can be reached from (2) product developer 1 4 product manager 5",
        "Requires (2) creativity · essential 1 data analysis · essential 1",
        "Outlook employment +4 % from 2024 to 2034",
        "Sources 1 Stated: A guide 2 Stated: Pay survey (2025)",
        "Stated: A guide, section “steps” · open source",
        "Observed: Second source",
    ):
        assert part in told
    assert opened.status() == "chief product officer, role, 14 relations"
    links = opened.page.locator("#panel a").evaluate_all(
        "all => all.map(one => [one.textContent, one.href, one.rel])"
    )
    assert ["open source", "https://example.org/guide", "noopener noreferrer"] in links


def test_many_other_names_are_folded_away_and_found_all_the_same(tab, tmp_path):
    network, _ = page_networks.small()
    (developer,) = [node for node, data in network.nodes(data=True) if data["label"] == "product developer"]
    network.nodes[developer]["aliases"] = tuple(f"name {number:02}" for number in range(40))
    opened = tab().open(page(network).save(tmp_path / "names.html"))
    opened.page.fill("#query", "name 39")
    opened.page.keyboard.press("Enter")
    opened.headed("product developer")
    assert "name 11" in opened.panel()
    assert "name 12" not in opened.panel()
    opened.page.get_by_role("button", name="Show all 40 names").click()
    assert "name 39" in opened.panel()
    assert opened.page.evaluate("document.activeElement.tagName") == "SPAN"


def test_pointing_at_a_thing_names_it_and_its_pay_with_the_basis(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.page.mouse.move(*opened.place("chief product officer"))
    opened.page.wait_for_selector("#tip:visible")
    assert opened.page.inner_text("#tip").split("\n\n") == [
        "chief product officer",
        "Role",
        "USD 403,000 a year (median total pay, United States, 2025-11)",
    ]
    frame = opened.page.locator("#map").bounding_box()
    opened.page.mouse.move(frame["x"] + 3, frame["y"] + 3)
    opened.page.wait_for_selector("#tip", state="hidden")


def test_a_click_on_a_line_tells_who_says_so(tab, folder):
    opened = tab().open(folder / "plain.html")
    (x1, y1), (x2, y2) = opened.place("chief product officer"), opened.place("vice president of product")
    opened.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    opened.headed("chief product officer can lead to vice president of product")
    assert "Doubt: Usually a step down." in opened.panel()
    opened.page.keyboard.press("Escape")


def test_a_click_on_nothing_goes_back_to_the_route(tab, folder):
    opened = tab().open(folder / "route.html")
    opened.choose("creativity")
    frame = opened.page.locator("#map").bounding_box()
    opened.page.mouse.click(frame["x"] + 4, frame["y"] + 4)
    opened.headed("From product developer to chief executive officer")
    opened.choose("creativity")
    opened.page.get_by_role("button", name="Back to the route").click()
    opened.headed("From product developer to chief executive officer")


def test_several_routes_can_be_switched(tab, tmp_path):
    network, path = page_networks.small()
    other = page_networks.path_through(network, path.roles[1].iri, path.roles[2].iri)
    opened = tab().open(page(network, highlight=[path, other]).save(tmp_path / "two.html"))
    opened.page.get_by_role("button", name="Route 2").click()
    opened.headed("From chief product officer to chief executive officer")
    assert opened.page.get_by_role("button", name="Route 2").get_attribute("aria-pressed") == "true"


# --- seeing


def test_the_route_is_bright_and_the_rest_is_dimmed(tab, folder):
    colors = {}
    for name in ("plain", "route"):
        opened = tab().open(folder / f"{name}.html")
        scale = opened.page.evaluate("rolegraph.network.getScale()")
        for label in ("product developer", "product manager"):
            x, y = opened.place(label)
            colors[name, label] = opened.pixel(x - 70 * scale, y)
    blue = (0, 114, 178)
    assert colors["plain", "product developer"] == colors["plain", "product manager"] == blue
    assert colors["route", "product developer"] == blue
    assert min(colors["route", "product manager"]) > 190


def test_lines_differ_by_evidence_and_only_moves_have_arrows(tab, folder):
    opened = tab().open(folder / "plain.html")
    lines = opened.page.evaluate(
        """Object.values(rolegraph.network.body.edges).map(({options, id}) => [
          rolegraph.links[id].kind, rolegraph.links[id].end.label,
          options.dashes, options.arrows.to.enabled, options.label ?? ''])"""
    )
    moves = {
        end: (dashes, label)
        for kind, end, dashes, _, label in lines
        if kind == "move" and end != "chief product officer"
    }
    assert moves == {
        "chief executive officer": (False, ""),
        "vice president of product": (False, "?"),
        "C-suite": ([2, 5], ""),
    }
    assert [dashes for kind, _, dashes, *_ in lines if kind == "member_of"] == [[10, 4, 2, 4]]
    assert all(arrow == (kind == "move") for kind, _, _, arrow, _ in lines)
    legend = opened.page.locator("#lines li").all_inner_texts()
    assert [" ".join(text.split()) for text in legend] == [
        "stated by a source",
        "derived from other claims",
        "added by an editor",
        "? with reason to doubt it",
    ]


def test_the_legend_counts_and_filters(tab, folder):
    opened = tab().open(folder / "plain.html")
    legend = [" ".join(text.split()) for text in opened.page.locator("#filters label").all_inner_texts()]
    assert legend[:3] == ["Roles 5", "Groups of roles 1", "Skills 3"]
    assert "can lead to 5" in legend
    opened.page.get_by_label("Skills").uncheck()
    assert opened.status() == "13 of 16 things and 13 of 15 relations shown"
    opened.page.get_by_label("can lead to").uncheck()
    assert opened.status() == "13 of 16 things and 8 of 15 relations shown"
    opened.page.get_by_role("button", name="Show everything").click()
    assert opened.status() == "16 of 16 things and 15 of 15 relations shown"
    assert opened.page.locator("#filters input:not(:checked)").count() == 0


def test_what_is_hidden_cannot_be_clicked_and_a_search_brings_it_back(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.page.get_by_label("Skills").uncheck()
    opened.page.mouse.click(*opened.place("creativity"))
    opened.page.wait_for_timeout(100)
    opened.headed("On this map")
    opened.page.fill("#query", "creativity")
    opened.page.keyboard.press("Enter")
    opened.headed("creativity")
    assert opened.page.get_by_label("Skills").is_checked()


def test_the_theme_follows_the_system_and_the_button(tab, folder):
    opened = tab(color_scheme="dark").open(folder / "plain.html")
    frame = opened.page.locator("#map").bounding_box()
    corner = frame["x"] + 3, frame["y"] + 3
    dark, light = (15, 20, 25), (255, 255, 255)
    assert opened.pixel(*corner) == dark
    opened.page.emulate_media(color_scheme="light")
    opened.page.wait_for_selector("html[data-theme=light]")
    assert opened.pixel(*corner) == light
    opened.page.get_by_role("button", name="Dark").click()
    opened.page.wait_for_selector("html[data-theme=dark]")
    assert opened.pixel(*corner) == dark
    opened.page.emulate_media(color_scheme="light")
    assert opened.pixel(*corner) == dark


# --- finding, and the keyboard


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cpo", "chief product officer"),
        ("DIRECTRICE GENERALE", "chief product officer"),
        ("c suite", "C-suite"),
        ("officer", "certified officer"),
    ],
)
def test_search_finds_names_and_aliases_whatever_the_accents_and_the_case(tab, folder, typed, found):
    opened = tab().open(folder / "plain.html")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(typed)
    options = opened.page.locator("#matches [role=option]")
    assert found in " ".join(options.all_inner_texts())
    assert opened.page.locator("#query").get_attribute("aria-expanded") == "true"
    while found not in opened.page.locator("#matches [aria-selected=true]").inner_text():
        opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    opened.headed(found)
    assert opened.page.evaluate("document.activeElement.id") == "panel"


def test_search_says_when_nothing_has_the_name(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.page.fill("#query", "astronaut")
    assert opened.status() == "Nothing has that name"
    assert opened.page.locator("#matches").is_hidden()
    opened.page.keyboard.press("Escape")
    assert opened.page.input_value("#query") == ""


def test_everything_can_be_reached_by_keyboard(tab, folder):
    opened = tab().open(folder / "plain.html")
    reached = []
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.append(
            opened.page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
        if reached[-1] == "map":
            break
    assert {"query", "zoom-in", "zoom-out", "fit", "png", "theme", "show-all", "map"} <= set(reached)
    opened.page.keyboard.press("ArrowDown")
    first = opened.page.inner_text("#panel h2")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.inner_text("#panel h2") != first
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "panel"
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.closest('#panel') !== null")


def test_arrow_keys_go_where_they_point(tab, folder):
    opened = tab().open(folder / "route.html")
    opened.choose("chief product officer")
    opened.page.focus("#map")
    opened.page.keyboard.press("ArrowRight")
    opened.headed("chief executive officer")
    opened.page.keyboard.press("ArrowLeft")
    opened.headed("chief product officer")
    opened.page.keyboard.press("Escape")
    opened.headed("From product developer to chief executive officer")


def test_zoom_and_fit(tab, folder):
    opened = tab().open(folder / "plain.html")
    scale = opened.page.evaluate("rolegraph.network.getScale()")
    opened.page.get_by_role("button", name="Zoom in").click()
    assert opened.page.evaluate("rolegraph.network.getScale()") == pytest.approx(1.25 * scale)
    opened.page.focus("#map")
    opened.page.keyboard.press("-")
    opened.page.keyboard.press("-")
    assert opened.page.evaluate("rolegraph.network.getScale()") == pytest.approx(0.8 * scale)
    opened.page.get_by_role("button", name="Fit").click()
    assert opened.page.evaluate("rolegraph.network.getScale()") >= scale


def test_a_window_that_changes_keeps_the_map_in_view(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.page.set_viewport_size({"width": 1150, "height": 600})
    opened.page.wait_for_timeout(700)
    frame = opened.page.locator("#map").bounding_box()
    x, y = opened.place("chief product officer")
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]


# --- taking it elsewhere


def test_the_map_can_be_saved_as_a_picture(tab, folder, tmp_path):
    opened = tab().open(folder / "route.html")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="PNG").click()
    waiting.value.save_as(tmp_path / "map.png")
    assert waiting.value.suggested_filename == "rolegraph.png"
    assert (tmp_path / "map.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / "map.png").stat().st_size > 10_000


def test_on_paper_there_are_no_controls(tab, folder):
    opened = tab(color_scheme="dark").open(folder / "route.html")
    opened.page.emulate_media(media="print")
    for control in ("#filters", ".tools", ".search", "#status"):
        assert not any(one.is_visible() for one in opened.page.locator(control).all())
    assert opened.page.locator("#panel .route").is_visible()
    assert opened.page.pdf().startswith(b"%PDF")


def test_two_pages_in_a_notebook_draw_and_do_not_disturb_each_other(tab, tmp_path):
    network, path = page_networks.small()
    frames = [page(network, highlight=path)._repr_html_(), page(network)._repr_html_()]
    document = tmp_path / "notebook.html"
    document.write_text(
        f"<!doctype html><meta charset=utf-8><title>n</title>{''.join(frames)}", encoding="utf-8"
    )
    opened = tab()
    opened.page.goto(document.as_uri())
    one, two = opened.page.frame_locator("iframe >> nth=0"), opened.page.frame_locator("iframe >> nth=1")
    for frame in (one, two):
        frame.locator("html[data-drawn]").wait_for(state="attached")
    two.locator("#query").fill("mentoring")
    two.locator("#query").press("Enter")
    two.locator("#panel h2", has_text="mentoring").wait_for()
    assert one.locator("#panel h2").inner_text() == "From product developer to chief executive officer"
    with opened.page.expect_download():
        two.get_by_role("button", name="PNG").click()


# --- hostile texts


def test_hostile_texts_are_shown_as_text_and_never_run(tab, tmp_path):
    network, path = page_networks.hostile()
    title = "</script><script>pwned=10</script>"
    opened = tab().open(page(network, highlight=path, title=title).save(tmp_path / "hostile.html"))
    assert opened.page.inner_text("h1") == title
    opened.page.wait_for_timeout(200)
    labels = [cell(f"{number} {text}") for number, text in enumerate(page_networks.HOSTILE)]
    for label, text in zip(labels, map(cell, page_networks.HOSTILE), strict=True):
        opened.page.evaluate(
            """label => { const thing = rolegraph.things.find(one => one.label === label);
            rolegraph.network.moveTo({position: {x: thing.x, y: thing.y}, scale: 1}); }""",
            label,
        )
        opened.page.mouse.move(*opened.place(label))
        opened.page.wait_for_selector("#tip:visible")
        assert opened.page.locator("#tip").evaluate("box => box.querySelectorAll('*').length") <= 3
        opened.page.mouse.click(*opened.place(label))
        opened.page.wait_for_timeout(50)
        assert opened.page.locator("#panel h2").evaluate("one => one.textContent") == label
        assert text in opened.page.locator("#panel").evaluate("one => one.textContent")
        inserted = "script, img, style, iframe, object, embed, form, [onerror], [onmouseover]"
        assert opened.page.locator(f"body :is({inserted}):not(body > script)").count() == 0
        hrefs = opened.page.locator("a").evaluate_all("all => all.map(one => one.href)")
        assert all(href.startswith(("http:", "https:")) for href in hrefs)
        opened.page.fill("#query", text[:200])
        opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_scripts_that_got_in_would_not_run(tab, folder, tmp_path):
    html = (folder / "plain.html").read_text(encoding="utf-8")
    attack = (
        "<img src=x onerror=pwned=1><script>pwned=2</script><a id=trap href='javascript:pwned=3'>trap</a>"
    )
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace("<header>", f"<header>{attack}"), encoding="utf-8")
    opened = tab().open(broken)
    opened.page.click("#trap")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert any("Content Security Policy" in text for text in opened.complaints)
    opened.complaints.clear()
    assert escape(attack) not in html
