"""Pages in frames as notebooks make them: the policies of VS Code, the separate origin of Colab, two at once.

Neither program is run here. The frames are made as their sources and documents describe: an output is set as
HTML into a document that has a policy and a sandbox of its own, and the frame of the page inherits both.
"""

from __future__ import annotations

import json

import page_networks
import pytest

from rolegraph.webpage.render import page

pytestmark = pytest.mark.slow

#: The policy of the webview that VS Code shows outputs in, where it has one: an inner frame inherits it.
VS_CODE_POLICY = (
    "default-src 'none'; script-src 'self' https://*.vscode-cdn.net 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' https://*.vscode-cdn.net 'unsafe-inline'; img-src 'self' https: http: data:;"
    " font-src 'self' https:; connect-src https:; child-src https: data:;"
)

#: What the frame around the outputs may do; that of VS Code has an origin of its own, the other one has none.
SANDBOXES = {
    "VS Code": (
        "allow-scripts allow-same-origin allow-forms allow-pointer-lock allow-downloads",
        VS_CODE_POLICY,
    ),
    "Colab": ("allow-scripts allow-forms allow-popups allow-downloads", None),
}

NOTEBOOK = """<!doctype html><meta charset=utf-8><title>notebook</title>
<style>body {{ margin: 0; }} iframe {{ width: 100%; height: 1500px; border: 0; }}</style>
<iframe id=outputs sandbox="{sandbox}"></iframe>
<script>document.getElementById('outputs').srcdoc = {outputs};</script>"""

OUTPUTS = """<!doctype html><meta charset=utf-8>{policy}<title>outputs</title><body><div id=cells></div>
<script>for (const html of {cells}) {{
  const cell = document.createElement('div');
  cell.innerHTML = html;
  document.getElementById('cells').append(cell);
}}</script>"""


def quoted(value):
    """Write a value as a script may hold it inside HTML."""
    return json.dumps(value).replace("<", "\\u003c")


@pytest.fixture(params=SANDBOXES)
def notebook(request, tab, tmp_path):
    """Open two pages in the frames of a notebook; give the tab and the frames of the pages."""
    network, path = page_networks.small()
    cells = [page(network, highlight=path)._repr_html_(), page(network)._repr_html_()]
    sandbox, policy = SANDBOXES[request.param]
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    outputs = OUTPUTS.format(policy=meta, cells=quoted(cells))
    document = tmp_path / "notebook.html"
    document.write_text(NOTEBOOK.format(sandbox=sandbox, outputs=quoted(outputs)), encoding="utf-8")
    opened = tab(viewport={"width": 1100, "height": 1500})
    opened.page.goto(document.as_uri())
    outer = opened.page.frame_locator("#outputs")
    frames = [outer.frame_locator(f"iframe >> nth={number}") for number in range(2)]
    for frame in frames:
        frame.locator("html[data-drawn]").wait_for(state="attached")
    yield opened, frames
    # What the browser says of the frame that VS Code makes, and not of the page's:
    opened.complaints[:] = [words for words in opened.complaints if "escape its sandboxing" not in words]


def test_two_pages_draw_and_do_not_disturb_each_other(notebook):
    opened, (one, two) = notebook
    assert one.locator("#panel h2").inner_text() == "From product developer to chief executive officer"
    two.locator("#query").fill("mentoring")
    two.locator("#query").press("Enter")
    two.locator("#panel h2", has_text="mentoring").wait_for()
    two.get_by_role("button", name="Dark").click()
    two.get_by_role("button", name="Physics").click()
    two.locator("html[data-rested]").wait_for(state="attached")
    opened.page.wait_for_timeout(300)
    assert one.locator("#panel h2").inner_text() == "From product developer to chief executive officer"
    assert one.locator("html").get_attribute("data-theme") == "light"
    assert one.locator("#physics").get_attribute("aria-pressed") == "false"
    assert one.get_by_role("button", name="Copy link").count() == 0
    assert "#" not in opened.page.url


def test_routes_are_found_and_files_saved(notebook):
    opened, (_, two) = notebook
    two.locator("#travel summary").first.click()
    for control, name in (("from", "product manager"), ("to", "C-suite")):
        two.locator(f"#{control}").fill(name)
        two.locator(f"#{control}").press("Enter")
    two.get_by_role("button", name="Find", exact=True).click()
    two.locator("#panel h2", has_text="From product manager to C-suite").wait_for()
    for name in ("PNG", "SVG"):
        with opened.page.expect_download():
            two.get_by_role("button", name=name).click()


def test_a_page_has_its_height_and_reaches_neither_the_notebook_nor_its_storage(notebook):
    opened, frames = notebook
    reach = """() => [() => parent.document.title, () => localStorage.length, () => document.cookie]
    .map(get => {
      try { return get(); } catch (error) { return error.name; }
    })"""
    inner = [frame for frame in opened.page.frames if frame.parent_frame and frame.parent_frame.parent_frame]
    assert [frame.evaluate(reach) for frame in inner] == [["SecurityError"] * 3] * 2
    assert [frame.evaluate("innerHeight") for frame in inner] == [640, 640]
    assert [frame.locator("#map").bounding_box()["height"] > 300 for frame in frames] == [True, True]
