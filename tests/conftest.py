"""Fixtures that any test may use: where things are, and which browser to start."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow tests last, so that a mistake shows early; otherwise the order stays."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of third-party data beside the checkout; skip the test where there is none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data, third-party data that is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    """Give the browser to pass to Playwright as `executable_path`; None means Playwright's own."""
    from find_browser import on_path

    return on_path()


@pytest.fixture(scope="module")
def chromium(chromium_path):
    """Start the browser once for the tests of a module."""
    from page_tab import ARGUMENTS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def tab(chromium):
    """Open tabs, and close them after the test."""
    from page_tab import Tab

    opened = []

    def make(**options):
        opened.append(Tab(chromium, **options))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
