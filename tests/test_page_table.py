"""The tables, the address that brings a view back, the drawing, and the filter by source."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

import networkx as nx
import page_networks
import pytest

from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", 'a "quoted", name')


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    network, path = page_networks.small()
    other = page_networks.path_through(network, path.roles[1].iri, path.roles[2].iri)
    folder = tmp_path_factory.mktemp("pages")
    page(network, title="Roles").save(folder / "plain.html")
    page(network, highlight=[path, other], title="Routes").save(folder / "route.html")
    page(page_networks.large(), title="Large").save(folder / "large.html")
    return folder


def as_table(opened, sheet="Roles"):
    opened.page.get_by_role("button", name="Table", exact=True).click()
    opened.page.get_by_role("button", name=re.compile(rf"^{sheet} \(")).click()
    return opened


def rows(opened):
    """Give the texts of the cells, row by row."""
    found = opened.page.locator(".sheet:visible tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    return [[" ".join(cell.split()) for cell in row] for row in found]


def head(opened, title):
    return opened.page.locator(".sheet:visible thead").get_by_role("button", name=title, exact=True)


def download(opened, button):
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name=button, exact=True).click()
    return waiting.value


# --- tables


def test_the_roles_are_a_table_with_pay_and_its_basis(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"))
    assert rows(opened)[1:4] == [
        ["chief executive officer", "Role", "", "1", "0", "0"],
        [
            "chief product officer",
            "Role",
            "USD 403,000 a year median total pay, United States, 2025-11",
            "2",
            "3",
            "2",
        ],
        ["product developer", "Role", "", "0", "1", "0"],
    ]
    table = opened.page.get_by_role("table", name="Roles and groups of roles")
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("rowheader").count() == 6
    assert not opened.page.locator("#map").is_visible()


def test_the_moves_name_evidence_counts_and_sources(tab, folder):
    opened = as_table(tab().open(folder / "large.html"), "Moves")
    head(opened, "Times seen").click()
    assert rows(opened)[20][:4] == ["hub", "role 19", "Observed", "20"]
    assert rows(opened)[20][4:] == ["19 %", "Observed: Counts"]
    head(opened, "Share of moves out").click()
    assert rows(opened)[0][1] == "role 19"
    opened.page.get_by_role("button", name="Stated: hub can lead to neighbour").click()
    opened.headed("hub can lead to neighbour")
    assert "Doubt: A step down." in opened.panel()


def test_the_table_knows_what_the_map_does_not_draw(tab, folder):
    opened = as_table(tab().open(folder / "large.html"), "Skills")
    count = sum(kind == "skill" for _, kind in page_networks.large().nodes(data="kind"))
    assert opened.status() == f"Skills: {count} of {count} rows"
    opened.page.get_by_label("Filter skills").fill('Name: "skill 100"')
    assert rows(opened) == [["skill 100", "2", "hub, neighbour", ""]]
    opened.page.get_by_label("Filter skills").fill("LONELY")
    assert rows(opened) == [["<b>lonely</b>", "0", "", ""]]
    assert opened.status() == f"Skills: 1 of {count} rows"


def test_a_column_sorts_both_ways_and_says_so(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"))
    column = opened.page.locator(".sheet:visible thead th").nth(4)
    assert column.get_attribute("aria-sort") == "none"
    head(opened, "Moves out").focus()
    opened.page.keyboard.press("Enter")
    assert column.get_attribute("aria-sort") == "descending"
    assert [row[4] for row in rows(opened)] == ["3", "1", "1", "0", "0", "0"]
    opened.page.keyboard.press("Enter")
    assert column.get_attribute("aria-sort") == "ascending"
    assert [row[4] for row in rows(opened)] == ["0", "0", "0", "1", "1", "3"]
    head(opened, "Pay").click()
    assert rows(opened)[0][0] == "chief product officer"
    head(opened, "Pay").click()
    assert rows(opened)[0][0] == "chief product officer"  # what has no value stays last


def test_a_neighbour_leads_to_its_row_and_a_count_to_the_rows_it_counts(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"), "Skills")
    opened.page.locator("tbody").get_by_role("button", name="chief product officer").first.click()
    opened.headed("chief product officer")
    current = opened.page.locator(".sheet:visible [aria-current]")
    assert current.locator("th").inner_text() == "chief product officer"
    assert opened.page.evaluate("document.activeElement.textContent") == "chief product officer"
    opened.page.get_by_role("button", name="3 moves out of chief product officer").click()
    assert {row[0] for row in rows(opened)} == {"chief product officer"}
    assert opened.page.get_by_label("Filter moves").input_value() == 'From: "chief product officer"'
    assert opened.status() == "Moves: 3 of 5 rows"


def test_a_row_hidden_by_the_filter_is_found_all_the_same(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"))
    opened.page.get_by_label("Filter roles").fill("product developer")
    assert len(rows(opened)) == 1
    opened.page.get_by_role("button", name="Moves (5)").click()
    opened.page.locator("tbody").get_by_role("button", name="chief executive officer", exact=True).click()
    assert opened.page.get_by_label("Filter roles").input_value() == ""
    assert opened.page.locator(".sheet:visible [aria-current] th").inner_text() == "chief executive officer"


def test_a_search_in_the_table_view_opens_details_and_marks_the_row(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"))
    opened.page.fill("#query", "CPO")
    opened.page.keyboard.press("Enter")
    opened.headed("chief product officer")
    assert opened.page.locator(".sheet:visible [aria-current] th").inner_text() == "chief product officer"


def test_the_table_follows_the_legend(tab, folder):
    opened = as_table(tab().open(folder / "plain.html"))
    opened.page.get_by_label("Groups of roles").uncheck()
    assert opened.status() == "Roles: 5 of 6 rows"
    opened.page.get_by_role("button", name="Show everything").click()
    assert opened.status() == "Roles: 6 of 6 rows"


def test_csv_holds_what_is_shown_and_no_formulas(tab, tmp_path):
    network = nx.MultiDiGraph()
    for number, name in enumerate(DANGEROUS):
        network.add_node(f"urn:{number}", label=name, kind="role", aliases=())
    network.add_node("urn:ok", label="plain", kind="role", aliases=("hidden",))
    opened = as_table(tab().open(page(network).save(tmp_path / "csv.html")))
    download(opened, "CSV").save_as(tmp_path / "roles.csv")
    content = (tmp_path / "roles.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 8
    table = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert table[0] == ["Name", "Kind", "Pay", "Moves in", "Moves out", "Skills"]
    names = {row[0] for row in table[1:]}
    assert names == {"'=1+1", "'+1", "'-1", "'@SUM(A1)", "x", 'a "quoted", name', "plain"}
    opened.page.get_by_label("Filter roles").fill("hidden")
    shown = download(opened, "CSV")
    assert shown.suggested_filename == "rolegraph-roles.csv"
    shown.save_as(tmp_path / "shown.csv")
    assert (tmp_path / "shown.csv").read_text().splitlines()[1:] == ["plain,Role,,0,0,0"]


def test_a_large_table_opens_and_filters_quickly(tab, tmp_path):
    network = page_networks.random_network(1, 3000, 6000)
    opened = tab().open(page(network).save(tmp_path / "huge.html"))
    took = opened.page.evaluate("""() => {
      const start = performance.now();
      document.querySelector('#as-table').click();
      document.querySelector('#tables').offsetHeight;
      const opened = performance.now();
      const input = document.querySelector('.sheet input');
      input.value = 'interdisciplinary 7';
      input.dispatchEvent(new Event('input', {bubbles: true}));
      document.querySelector('#tables').offsetHeight;
      return [opened - start, performance.now() - opened];
    }""")
    assert took[0] < 1500
    assert took[1] < 500
    opened.page.locator(".sheet:visible input").fill("")
    assert len(rows(opened)) == 200
    opened.page.get_by_role("button", name="Show 200 more").click()
    assert len(rows(opened)) == 400
    assert opened.page.evaluate("document.activeElement.closest('tr').rowIndex") == 201


def test_the_table_can_be_worked_by_keyboard_alone(tab, folder):
    opened = tab().open(folder / "plain.html")
    pressed = []
    for key in ["Tab"] * 3 + ["Enter"]:
        opened.page.keyboard.press(key)
        pressed.append(opened.page.evaluate("document.activeElement.id"))
    assert pressed[2:] == ["as-table", "as-table"]
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.textContent") == "Moves (5)":
            break
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    while opened.page.evaluate("document.activeElement.tagName") != "INPUT":
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.type("ceo")
    assert opened.status() == "Moves: 0 of 5 rows"
    for _ in range(3):
        opened.page.keyboard.press("Backspace")
    opened.page.keyboard.type("executive")
    assert opened.status() == "Moves: 1 of 5 rows"


def test_hostile_texts_stay_text_in_the_tables(tab, tmp_path):
    network, _ = page_networks.hostile()
    opened = tab().open(page(network).save(tmp_path / "hostile.html"))
    for sheet in ("Roles", "Moves", "Skills", "Others"):
        as_table(opened, sheet)
        inserted = "script, img, style, iframe, object, embed, form, [onerror], [onmouseover]"
        assert opened.page.locator(f"#tables :is({inserted})").count() == 0
        hrefs = opened.page.locator("#tables a").evaluate_all("all => all.map(one => one.href)")
        assert all(href.startswith(("http:", "https:")) for href in hrefs)
        for number in range(min(3, opened.page.locator(".sheet:visible tbody button").count())):
            opened.page.locator(".sheet:visible tbody button").nth(number).click(position={"x": 2, "y": 2})
            as_table(opened, sheet)
            opened.page.locator(".sheet:visible input").fill("")
        download(opened, "CSV")
    ET.fromstring(as_map(opened))  # noqa: S314 - our own, which shall be well-formed
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def as_map(opened):
    """Go back to the map and give its drawing as text."""
    opened.page.get_by_role("button", name="Map", exact=True).click()
    return download(opened, "SVG").path().read_text(encoding="utf-8")


# --- the drawing


def test_the_map_can_be_saved_as_a_drawing_whose_texts_are_text(tab, folder):
    opened = tab(color_scheme="dark").open(folder / "route.html")
    drawn = ET.fromstring(as_map(opened))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    texts = " ".join(item.text for item in drawn.iter(f"{space}text"))
    for words in ("product", "developer", "creativity", "certified officer", "Skills"):
        assert words in texts
    ways = [
        item
        for item in drawn.iter(f"{space}path")
        if item.get("d").startswith("M") and item.find("*") is not None
    ]
    assert len(ways) == 15
    marked = [item for item in ways if item.get("marker-end") == "url(#marked-arrow)"]
    assert [item.find(f"{space}title").text for item in marked] == [
        "chief product officer can lead to chief executive officer",
        "product developer can lead to chief product officer",
    ]
    box = next(item for item in drawn.iter(f"{space}rect") if item.get("stroke-width") == "4")
    ends = [float(item.get("d").split()[-1].lstrip("L").split(",")[0]) for item in marked]
    edges = {float(item.get("x")) for item in drawn.iter(f"{space}rect")}
    assert box.get("stroke") == "#c44500"
    assert {round(end + 7) for end in ends} <= set(map(round, edges))  # an arrow points at its box
    ground = drawn.find(f"{space}rect")
    assert ground.get("fill") == "#ffffff"
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert as_map(opened) == as_map(opened)


# --- the address


def settled(opened):
    """Give the address when it has followed the view."""
    opened.page.wait_for_timeout(300)
    return opened.page.evaluate("location.hash")


def test_a_choice_stands_in_the_address_by_name_and_comes_back(tab, folder):
    opened = tab().open(folder / "plain.html")
    assert settled(opened) == ""
    opened.choose("chief product officer")
    assert settled(opened) == "#at=chief+product+officer"
    opened.page.reload()
    opened.headed("chief product officer")
    opened.page.focus("#map")
    opened.page.keyboard.press("Escape")
    assert settled(opened) == ""


def test_the_whole_view_comes_back_in_another_tab(tab, folder):
    opened = as_table(tab().open(folder / "route.html"), "Moves")
    opened.page.get_by_label("Filter moves").fill("officer")
    head(opened, "To").click()
    head(opened, "To").click()
    opened.page.locator("#kinds").get_by_label("Skills").uncheck()
    opened.page.get_by_role("button", name="Dark").click()
    opened.page.locator(".sheet:visible tbody tr").first.get_by_role("button").nth(2).click()
    title = opened.page.inner_text("#panel h2")
    before = rows(opened)
    address = settled(opened)
    assert "theme=dark" in address
    other = tab()
    other.page.goto((folder / "route.html").as_uri() + address)
    other.page.wait_for_selector("html[data-drawn]")
    assert other.page.inner_text("#panel h2") == title
    assert rows(other) == before
    assert other.page.get_by_label("Filter moves").input_value() == "officer"
    assert not other.page.locator("#kinds").get_by_label("Skills").is_checked()
    assert other.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert settled(other) == address


def test_an_address_changed_by_hand_is_obeyed(tab, folder):
    opened = tab().open(folder / "route.html")
    opened.page.evaluate("location.hash = 'path=2'")
    opened.headed("From chief product officer to chief executive officer")
    opened.page.evaluate("location.hash = 'at=mentoring&no-kinds=;skill;duty'")
    opened.headed("mentoring")
    assert not opened.page.get_by_label("Duties").is_checked()
    opened.page.evaluate(
        f"location.hash = 'at=' + encodeURIComponent('{page_networks.BASE}skill/creativity')"
    )
    opened.headed("creativity")
    assert opened.page.get_by_label("Duties").is_checked()
    assert settled(opened) == "#at=creativity"
    opened.page.evaluate("location.hash = ''")
    opened.headed("From product developer to chief executive officer")


#: Addresses that say nothing, or nonsense.
JUNK = [
    "nonsense", "at=", "at=nobody", "at=;a;b", "at=!{", "at=!17", "at=%E0%A4%A", "path=99&view=nowhere",
    "no-kinds=!{}&no-kinds=;__proto__&__proto__=!1", "view=table&table=none&sort=x&filter=!{}", "=&&=;!",
    "theme=%3Cscript%3E&at=!null", "sort=;Pay;down&filter=cpo", "x" * 100_000,
    "view=table&sort=!{}&filter=!1", "near=!1&with=!{}&from=!{}&to=!1",
]  # fmt: skip


def test_junk_in_the_address_is_passed_over(tab, folder):
    opened = tab()
    for junk in JUNK:
        opened.page.goto("about:blank")
        opened.page.goto((folder / "route.html").as_uri() + "#" + junk)
        opened.page.wait_for_selector("html[data-drawn]")
        opened.headed("From product developer to chief executive officer")
        settled(opened)
        opened.page.evaluate("junk => { location.hash = ''; location.hash = junk; }", junk)
        settled(opened)
        assert "chief product officer" in opened.panel(), junk


def test_things_of_the_same_name_stand_in_the_address_by_their_iri(tab, tmp_path):
    network = nx.MultiDiGraph()
    for number in range(2):
        network.add_node(f"urn:twin:{number}", label="twin", kind="skill", definition=f"number {number}")
    opened = tab().open(page(network).save(tmp_path / "twins.html"))
    as_table(opened, "Skills")
    opened.page.locator(".sheet:visible tbody button").nth(1).click()
    told = opened.panel()
    assert "at=urn%3Atwin%3A" in settled(opened)
    opened.page.reload()
    opened.page.wait_for_selector("html[data-drawn]")
    opened.headed("twin")
    assert opened.panel() == told


def test_the_link_to_a_view_can_be_copied(tab, folder):
    opened = tab().open(folder / "plain.html")
    opened.choose("mentoring")
    opened.page.get_by_role("button", name="Copy link").click()
    opened.page.wait_for_timeout(200)
    assert opened.status() == "The link to this view is copied"
    opened.page.fill("#query", "")
    opened.page.focus("#query")
    opened.page.keyboard.press("Control+v")
    assert opened.page.input_value("#query") == (folder / "plain.html").as_uri() + "#at=mentoring"


def test_in_a_notebook_there_is_no_link_to_copy_and_no_error(tab, tmp_path):
    network, _ = page_networks.small()
    shown = page(network)._repr_html_()
    document = tmp_path / "notebook.html"
    document.write_text(f"<!doctype html><title>n</title>{shown}{shown}", encoding="utf-8")
    opened = tab()
    opened.page.goto(document.as_uri())
    one, two = (opened.page.frame_locator(f"iframe >> nth={number}") for number in range(2))
    for frame in (one, two):
        frame.locator("html[data-drawn]").wait_for(state="attached")
    two.get_by_role("button", name="Table", exact=True).click()
    two.locator("tbody").get_by_role("button", name="chief product officer", exact=True).click()
    two.locator("#panel h2", has_text="chief product officer").wait_for()
    opened.page.wait_for_timeout(300)
    assert two.get_by_role("button", name="Copy link").count() == 0
    assert one.locator("html").get_attribute("data-view") != "table"
    assert one.locator("#panel h2").inner_text() == "On this map"
    assert opened.page.url == document.as_uri()
    with opened.page.expect_download():
        two.get_by_role("button", name="CSV").click()


# --- the filter by source


def test_the_legend_filters_by_source(tab, folder):
    opened = tab().open(folder / "plain.html")
    sources = [" ".join(text.split()) for text in opened.page.locator("#sources label").all_inner_texts()]
    assert sources == ["A guide 15", "Second source 1"]
    opened.page.get_by_label("Second source").focus()
    opened.page.keyboard.press("Space")
    assert opened.status() == "16 of 16 things and 15 of 15 relations shown"
    opened.page.get_by_label("A guide").uncheck()
    assert "0 of 15 relations shown" in opened.status()
    assert settled(opened) == "#no-sources=;Second+source;A+guide"
    opened.page.get_by_label("Second source").check()
    assert opened.status() == "3 of 16 things and 1 of 15 relations shown"


# --- paper


def test_on_paper_the_table_stands_instead_of_the_map(tab, folder):
    opened = as_table(tab().open(folder / "route.html"))
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".sheet:visible table").is_visible()
    assert not opened.page.locator("#map").is_visible()
    assert opened.page.locator("#panel .route").is_visible()
    for control in (".sheets", ".sieve", "header .tools"):
        assert opened.page.locator(control).first.is_hidden()
    assert opened.page.pdf().startswith(b"%PDF")
