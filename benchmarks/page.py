"""Times the page in Chromium beside what pyvis makes of the same network, and holds it against bars.

Both are files opened from disk with the network off. Drawn means: the time from the opening of the file until
the map is first drawn, which pyvis does when its physics has come to rest. What is not drawn within the
patience counts as having taken that long. Ends with 1 when a bar does not hold.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright
from pyvis.network import Network

import graphs
from rolegraph.webpage import page
from timing import Bar

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import screenshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from playwright.sync_api import Browser, Page, Playwright

#: Numbers of nodes; there are about twice as many edges.
SIZES = (50, 300, 1_000, 3_000)

#: How often a page is opened; how many searches and routes are asked for.
OPENINGS, QUESTIONS = 5, 21

#: Seconds after which a page that has drawn nothing is given up, unless --patience says otherwise.
PATIENCE = 60.0

#: What a file may weigh: so much by itself, and more for every node and every edge.
MOST_BYTES = (700_000, 400, 150)

#: The most of what pyvis takes that the page may take, by number of nodes.
SHARES = {300: 1 / 2, 3_000: 1 / 10}

#: The columns of the table.
HEAD = (
    "nodes",
    "edges",
    "file, kB",
    "drawn, ms",
    "pyvis, ms",
    *("search, ms", "slowest", "path, ms", "slowest"),
)

#: Put behind the making of the map in the page of pyvis, to note when that has drawn.
NOTE = """ network.once('afterDrawing', () => {
  performance.mark('drawn'); document.documentElement.dataset.drawn = '';
});"""
MADE = "network = new vis.Network(container, data, options);"

#: Searches for each of these names as if it were typed, and gives how long each took, in milliseconds.
SEARCH = """names => names.map(name => {
  const began = performance.now();
  rolegraph.find(name);
  return performance.now() - began;
})"""

#: Asks for three routes between each of these pairs of names, and gives how long each took, in milliseconds.
ROUTES = """pairs => {
  const ids = new Map(rolegraph.all.things.map(thing => [thing.label, thing.id]));
  return pairs.map(([from, to]) => {
    const began = performance.now();
    rolegraph.findRoutes(rolegraph.travelData(), {from: ids.get(from), to: ids.get(to), by: 'doubt', k: 3});
    return performance.now() - began;
  });
}"""


def network_of(size: int) -> nx.MultiDiGraph[str]:
    """Give a network of so many nodes, half of them roles, as many moves, and some skills for each role."""
    network = graphs.network_of(graphs.random_moves(size // 2, size))
    graphs.add_skills(network, size - size // 2, 3)
    return network


def by_pyvis(network: nx.MultiDiGraph[str]) -> str:
    """Give the page that pyvis makes by itself."""
    made = Network(directed=True, cdn_resources="in_line")
    for node, data in network.nodes(data=True):
        made.add_node(node, label=data["label"], group=data["kind"])
    for start, end, kind in network.edges(keys=True):
        made.add_edge(start, end, title=kind)
    html: str = made.generate_html()
    if html.count(MADE) != 1:
        raise SystemExit("This pyvis makes its map in other words.")
    return html.replace(MADE, MADE + NOTE)


def opened(browser: Browser, file: Path, patience: float) -> tuple[Page, float | None]:
    """Open a file and give the tab and the milliseconds until it has drawn, None when it has not."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    tab = context.new_page()
    try:
        tab.goto(file.as_uri(), wait_until="commit", timeout=1000 * patience)
        tab.wait_for_selector("html[data-drawn]", state="attached", timeout=1000 * patience)
    except Error as error:
        if "Timeout" not in str(error):
            raise
        return tab, None
    return tab, tab.evaluate("performance.getEntriesByName('drawn')[0].startTime")


def drawn(playwright: Playwright, file: Path, patience: float, times: int) -> tuple[float, bool]:
    """Give the median time until a file is drawn, in milliseconds, and whether the patience ended first.

    Each opening has a browser of its own, for a page that is frozen holds up the next. What takes long is
    opened less often.
    """
    took: list[float] = []
    while len(took) < times and sum(took) < 1000 * patience:
        browser = screenshot.start(playwright)
        _, time = opened(browser, file, patience)
        browser.close()
        if time is None:
            return 1000 * patience, True
        took.append(time)
    return statistics.median(took), False


def answers(
    playwright: Playwright, file: Path, network: nx.MultiDiGraph[str]
) -> tuple[list[float], list[float]]:
    """Give how long searches and routes take in an open page, in milliseconds."""
    roles = [node for node, data in network.nodes(data=True) if data["kind"] == "role"]
    step = max(1, len(roles) // QUESTIONS)
    asked = roles[::step][:QUESTIONS]
    browser = screenshot.start(playwright)
    tab, _ = opened(browser, file, PATIENCE)
    searches: list[float] = tab.evaluate(SEARCH, ["r", "role", *asked, "skill:1", "nothing of that name"])
    routes: list[float] = tab.evaluate(ROUTES, list(zip(asked, asked[::-1], strict=True)))
    browser.close()
    return searches, routes


def measured(playwright: Playwright, size: int, patience: float, times: int) -> list[Bar]:
    """Measure a network of one size and print its row of the table."""
    network = network_of(size)
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder) / "ours.html", Path(folder) / "pyvis.html"
        page(network).save(ours)
        stock.write_text(by_pyvis(network), encoding="utf-8")
        mine, late = drawn(playwright, ours, patience, times)
        theirs, capped = drawn(playwright, stock, patience, times)
        searches, routes = answers(playwright, ours, network)
        weight = ours.stat().st_size
    most = MOST_BYTES[0] + MOST_BYTES[1] * len(network) + MOST_BYTES[2] * network.number_of_edges()
    cells: Sequence[Any] = (
        f"{len(network):,}",
        f"{network.number_of_edges():,}",
        f"{weight / 1000:,.0f}",
        f"{'over ' if late else ''}{mine:,.0f}",
        f"{'over ' if capped else ''}{theirs:,.0f}",
        f"{statistics.median(searches):.1f}",
        f"{max(searches):.1f}",
        f"{statistics.median(routes):.1f}",
        f"{max(routes):.1f}",
    )
    print("".join(f"{cell:>12}" for cell in cells), flush=True)
    bars = [Bar(f"file of {size:,} nodes", weight / 1000, most / 1000, "kB")]
    if size in SHARES:
        what = f"drawn at {size:,} nodes, of the time of pyvis"
        bars.append(Bar(what, mine / theirs, SHARES[size], "times"))
    if size == max(SIZES):
        bars.append(Bar(f"a search in {size:,} nodes", statistics.median(searches), 50, "ms"))
        bars.append(Bar(f"three routes in {size:,} nodes", statistics.median(routes), 200, "ms"))
    return bars


def main() -> int:
    """Measure all sizes, and print the table and the bars."""
    parser = argparse.ArgumentParser(description="Time the page beside what pyvis makes of the same network.")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE, help="seconds to wait for a page (%(default)s)"
    )
    parser.add_argument("--quick", action="store_true", help="two sizes, once, to try whether all of it runs")
    asked = parser.parse_args()
    print("Medians; pyvis draws the same network with cdn_resources='in_line'.")
    print("".join(f"{cell:>12}" for cell in HEAD))
    bars: list[Bar] = []
    with sync_playwright() as playwright:
        for size in SIZES[: 2 if asked.quick else None]:
            bars += measured(playwright, size, asked.patience, 1 if asked.quick else OPENINGS)
    print("\nBars:", *bars, sep="\n")
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
