"""The editor and the start page in a real browser: they ask nobody but their own server, and obey no data."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest
from cli_runner import HOSTILE
from served import served

from rolegraph.confinement import CAN_FORK
from rolegraph.serving import pages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    (folder / "hostile.ttl").write_text(
        f"<https://example.org/x> <https://example.org/says> {json.dumps(HOSTILE)} ;"
        " <https://example.org/at> <javascript:alert(1)> .",
        "utf-8",
    )
    with served(folder, "--data", "curated", "--data", str(folder / "hostile.ttl")) as running:
        yield running


@pytest.fixture(params=["yasgui", "plain"])
def editor(request, server, chromium):
    """Open the editor, without YASGUI too; it must have kept to its server and complained of nothing."""
    if request.param == "yasgui" and not pages.has_yasgui():
        pytest.skip("YASGUI was not fetched when this was built")
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    asked, complaints, dialogs = [], [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: complaints.append(one.text))
    page.on("pageerror", lambda one: complaints.append(str(one)))
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    if request.param == "plain":
        page.route(
            re.compile(r"yasgui.*\.css"), lambda route: route.fulfill(body="", content_type="text/css")
        )
        page.route(
            re.compile(r"yasgui.*\.js"), lambda route: route.fulfill(body="", content_type="text/javascript")
        )
    page.goto(f"{server.address}editor")
    page.wait_for_selector(f"html[data-ready={request.param}]")
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
    assert dialogs == []
    assert [text for text in complaints if not re.search(FORESEEN[request.node.originalname], text)] == []


#: What the browser says of what a test does on purpose. YASGUI reads literals as HTML before it cleans them:
#: only the policy of the page keeps their handlers from running.
FORESEEN = defaultdict(
    lambda: "^$",
    test_a_parameter_that_is_wrong_is_told="404",
    test_what_the_data_holds_is_text="inline event handler violates|^Failed to load resource.*404",
)


def test_the_query_that_it_begins_with_is_sound_and_has_rows(editor):
    assert editor.locator(".parseErrorIcon").count() == 0
    editor.locator("#text, .CodeMirror").first.click()
    editor.keyboard.press("Control+Enter")
    editor.get_by_text("business analyst").first.wait_for(timeout=10_000)


def test_a_named_query_is_asked_with_a_parameter(editor):
    editor.select_option("#query", "skills_of_role")
    assert editor.inner_text("#question") == "Which skills does a role need?"
    editor.fill("#parameters input[name=role]", "brand manager")
    editor.click("#take")
    editor.get_by_text("apply social media marketing").first.wait_for(timeout=10_000)


def test_a_parameter_that_is_wrong_is_told(editor):
    editor.select_option("#query", "skills_of_role")
    editor.fill("#parameters input[name=role]", "brand manger")
    with editor.expect_response(re.compile("/api/fill")) as answer:
        editor.click("#take")
    assert answer.value.status == 404
    editor.wait_for_selector("#question.wrong")
    assert "Did you mean 'brand manager'" in editor.inner_text("#question")


def test_typing_asks_nobody(editor):
    box = editor.locator("#text, .CodeMirror").first
    box.click()
    editor.keyboard.press("Control+a")
    editor.keyboard.type("PREFIX foaf: SELECT * { ?s ex:a ?o }", delay=5)
    editor.wait_for_timeout(300)


def test_what_the_data_holds_is_text(editor):
    editor.locator("#text, .CodeMirror").first.click()
    editor.keyboard.press("Control+a")
    editor.keyboard.insert_text("SELECT ?p ?o { <https://example.org/x> ?p ?o }")
    editor.keyboard.press("Control+Enter")
    editor.get_by_text("[bold]x[/bold]").first.wait_for(timeout=10_000)
    assert editor.locator("#desk a[href^='javascript:']").count() == 0
    assert editor.locator("#desk img[src=x]").count() == 0


def test_the_start_page_leads_everywhere(server, chromium):
    page = chromium.new_page()
    page.goto(server.address)
    links = page.eval_on_selector_all("a", "all => all.map(one => one.href)")
    page.close()
    assert len(links) >= 10
    for link in links:
        assert server.get(link.removeprefix(server.address[:-1])).status == 200, link


def test_the_map_opens_and_keeps_to_itself(server, chromium):
    page = chromium.new_page()
    asked, complaints = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: complaints.append(one.text))
    page.goto(f"{server.address}map")
    page.wait_for_selector("html[data-drawn]")
    page.close()
    assert {url.partition("#")[0] for url in asked if url.startswith("http")} <= {
        f"{server.address}map", f"{server.address}favicon.ico",
    }  # fmt: skip
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []
