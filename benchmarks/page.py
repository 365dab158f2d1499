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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright
from pyvis.network import Network

import graphs
from rolegraph.webpage import page
from timing import Bar

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import screenshot

if TYPE_CHECKING:
    import networkx as nx
    from playwright.sync_api import Browser, Page, Playwright

#: Numbers of roles; see `network_of` for what else there is.
SIZES = (50, 300, 1_000, 3_000)

#: Moves from every role; the most skills that a role needs, and the least.
MOVES, SKILLS = 4, (5, 20)

#: How often a page is opened; how many searches and routes are asked for in each of how many browsers.
OPENINGS, QUESTIONS, BROWSERS = 5, 21, 3

#: The costs that routes are asked by: what adds up, and what has to compare sets of skills.
COSTS = ("doubt", "gap")

#: Seconds after which a page that has drawn nothing is given up, unless --patience says otherwise.
PATIENCE = 60.0

#: What a file may weigh: so much by itself, and more for every node and every edge.
MOST_BYTES = (700_000, 400, 150)

#: The most of what pyvis takes that the page may take, by number of roles.
SHARES = {300: 1 / 2, 3_000: 1 / 10}

#: The columns of the table.
HEAD = (
    *("roles", "nodes", "edges", "file, kB", "drawn, ms", "pyvis, ms", "search, ms", "slowest"),
    *(column for cost in COSTS for column in (f"by {cost}, ms", "slowest", "the first")),
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

#: Asks for three routes by a cost between each of these pairs of names, the first when the page has nothing
#: else to do, and gives how long each took, in milliseconds.
ROUTES = """async ([by, pairs]) => {
  await new Promise(requestIdleCallback);
  const ids = new Map(rolegraph.all.things.map(thing => [thing.label, thing.id]));
  return pairs.map(([from, to]) => {
    const began = performance.now();
    rolegraph.findRoutes(rolegraph.travelData(), {from: ids.get(from), to: ids.get(to), by, k: 3});
    return performance.now() - began;
  });
}"""


def network_of(size: int) -> nx.MultiDiGraph[str]:
    """Give a network of so many roles, each with four moves, and skills of a common vocabulary.

    Every role needs up to 20 of them, as roles do that a classification describes, and there are a fifth as
    many as roles: so routes share skills, and by gap many beginnings of routes have to be compared.
    """
    network = graphs.network_of(graphs.random_moves(size, MOVES * size))
    graphs.share_skills(network, size // 5, *SKILLS)
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


@dataclass(frozen=True)
class Answers:
    """How long searches and routes by each cost took, and the first route in each browser; milliseconds."""

    searches: list[float]
    routes: dict[str, list[float]]
    firsts: dict[str, list[float]]


def answers(playwright: Playwright, file: Path, network: nx.MultiDiGraph[str], browsers: int) -> Answers:
    """Time searches and routes in an open page; every cost is asked for in browsers of its own."""
    roles = [node for node, data in network.nodes(data=True) if data["kind"] == "role"]
    asked = roles[:: max(1, len(roles) // QUESTIONS)][:QUESTIONS]
    pairs = list(zip(asked, asked[1:] + asked[:1], strict=True))
    found = Answers([], {by: [] for by in COSTS}, {by: [] for by in COSTS})
    for by in COSTS * browsers:
        browser = screenshot.start(playwright)
        tab, _ = opened(browser, file, PATIENCE)
        took = tab.evaluate(ROUTES, [by, pairs])
        found.routes[by] += took
        found.firsts[by].append(took[0])
        names = ["r", "role", *asked, "skill:1", "nothing of that name"]
        found.searches.extend(tab.evaluate(SEARCH, names))
        browser.close()
    return found


def measured(playwright: Playwright, size: int, patience: float, *, quick: bool) -> list[Bar]:
    """Measure a network of one size and print its row of the table."""
    network = network_of(size)
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder) / "ours.html", Path(folder) / "pyvis.html"
        page(network).save(ours)
        stock.write_text(by_pyvis(network), encoding="utf-8")
        mine, late = drawn(playwright, ours, patience, 1 if quick else OPENINGS)
        theirs, capped = drawn(playwright, stock, patience, 1 if quick else OPENINGS)
        told = answers(playwright, ours, network, 1 if quick else BROWSERS)
        weight = ours.stat().st_size
    most = MOST_BYTES[0] + MOST_BYTES[1] * len(network) + MOST_BYTES[2] * network.number_of_edges()
    cells = [
        *(f"{size:,}", f"{len(network):,}", f"{network.number_of_edges():,}", f"{weight / 1000:,.0f}"),
        f"{'over ' if late else ''}{mine:,.0f}",
        f"{'over ' if capped else ''}{theirs:,.0f}",
    ]
    for times in (told.searches, *(told.routes[by] for by in COSTS)):
        cells += [f"{statistics.median(times):.1f}", f"{max(times):.1f}"]
    for at, by in enumerate(COSTS):
        cells.insert(10 + 3 * at, f"{statistics.median(told.firsts[by]):.1f}")
    print("".join(f"{cell:>14}" for cell in cells), flush=True)
    bars = [Bar(f"file of {size:,} roles", weight / 1000, most / 1000, "kB")]
    if size in SHARES:
        what = f"drawn at {size:,} roles, of the time of pyvis"
        bars.append(Bar(what, mine / theirs, SHARES[size], "times"))
    return bars + (_told(told, size) if size == max(SIZES) else [])


def _told(told: Answers, size: int) -> list[Bar]:
    """Give the bars of searches and routes; the first route that a browser is asked for has its own."""
    bars = [Bar(f"a search among {size:,} roles", statistics.median(told.searches), 50, "ms")]
    for by in COSTS:
        for what, times in (("three routes", told.routes[by]), ("the first three routes", told.firsts[by])):
            bars.append(Bar(f"{what} by {by} among {size:,} roles", statistics.median(times), 200, "ms"))
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
    print("".join(f"{cell:>14}" for cell in HEAD))
    bars: list[Bar] = []
    with sync_playwright() as playwright:
        for size in SIZES[: 2 if asked.quick else None]:
            bars += measured(playwright, size, asked.patience, quick=asked.quick)
    print("\nBars:", *bars, sep="\n")
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
