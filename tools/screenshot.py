"""Takes a picture of a page: screenshot.py page.html out.png [--width N] [--height N] [--dark]."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from find_browser import on_path
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

#: No sandbox, since it cannot be set up for root in a container; no traffic of the browser's own.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Read the arguments, take the picture, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1400)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = start(playwright)
        take(browser, given.page, given.picture, (given.width, given.height), dark=given.dark)
        browser.close()
    print(f"{given.picture}: {given.picture.stat().st_size:,} bytes")
    return 0


def start(playwright: Playwright) -> Browser:
    """Start the browser that the tests use too."""
    return playwright.chromium.launch(executable_path=on_path(), args=ARGUMENTS)


def take(browser: Browser, page: Path, picture: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """Open a page, wait until it has drawn, and save what the window shows."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", offline=True
    )
    tab = context.new_page()
    tab.goto(page.resolve().as_uri())
    tab.wait_for_selector("html[data-drawn]")
    tab.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    raise SystemExit(main())
