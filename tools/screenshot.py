"""Takes pictures of the page: screenshot.py page.html out.png [--width N] [--height N] [--dark].

screenshot.py --all docs/images takes those of the documentation, of the graph that ships.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from find_browser import on_path
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

#: No sandbox, since it cannot be set up for root in a container; no traffic of the browser's own.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

WINDOW = (1400, 900)

#: The pictures of the documentation: name, page, view (what stands in its address behind the #), options.
PICTURES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("light", "map", "at=chief+product+officer", {}),
    ("dark", "map", "at=chief+product+officer", {"dark": True}),
    ("path", "route", "", {}),
    ("table", "map", "view=table&table=moves&sort=;Times+seen;down", {}),
    ("phone", "route", "", {"size": (390, 844), "sharp": 2}),
)


def main() -> int:
    """Read the arguments, take the pictures, say how large they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument("picture", type=Path, nargs="?")
    parser.add_argument("--width", type=int, default=WINDOW[0])
    parser.add_argument("--height", type=int, default=WINDOW[1])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.all is None and given.picture is None:
        parser.error("name a page and a picture, or a folder for all pictures of the documentation")
    with sync_playwright() as playwright:
        browser = start(playwright)
        if given.all is not None:
            pictures = take_all(browser, given.all)
        else:
            take(
                browser,
                given.page.resolve().as_uri(),
                given.picture,
                (given.width, given.height),
                dark=given.dark,
            )
            pictures = [given.picture]
        browser.close()
    for picture in pictures:
        print(f"{picture}: {picture.stat().st_size:,} bytes")
    return 0


def start(playwright: Playwright) -> Browser:
    """Start the browser that the tests use too."""
    return playwright.chromium.launch(executable_path=on_path(), args=ARGUMENTS)


def take_all(browser: Browser, folder: Path) -> list[Path]:
    """Draw the graph that ships and a route in it, and take every picture of the documentation."""
    from rolegraph.opening import open_graph
    from rolegraph.webpage import page

    graph = open_graph()
    network, route = graph.network(), graph.path("product developer", "CEO")
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    with tempfile.TemporaryDirectory() as made:
        pages = {
            "map": page(network, title="Map of roles").save(Path(made) / "map.html"),
            "route": page(network, highlight=route, title=" → ".join(route.labels)).save(
                Path(made) / "route.html"
            ),
        }
        for name, which, view, options in PICTURES:
            pictures.append(folder / f"{name}.png")
            take(browser, f"{pages[which].as_uri()}#{view}", pictures[-1], **options)
    return pictures


def take(
    browser: Browser,
    address: str,
    picture: Path,
    size: tuple[int, int] = WINDOW,
    *,
    dark: bool = False,
    sharp: int = 1,
) -> None:
    """Open a page, wait until it has drawn, and save what the window shows."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=sharp,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        offline=True,
    )
    tab = context.new_page()
    tab.goto(address)
    tab.wait_for_selector("html[data-drawn]")
    tab.wait_for_timeout(300)
    tab.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    raise SystemExit(main())
