"""Times searches for routes against networkx and igraph, side by side, and holds them against bars.

Every engine answers the same questions by turns, so that a busy moment hits all, and the costs of their
routes must be equal. The figures are medians; a ratio is the median of those within the turns. Ends with 1
when a bar does not hold.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

import graphs
from rolegraph.costs import Additive
from rolegraph.moves import move_graph
from rolegraph.paths import cheapest_path, k_cheapest_paths, tradeoffs
from rolegraph.rules import max_steps
from timing import HEAD, Bar, Pair, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rolegraph.costs import Cost
    from rolegraph.moves import MoveGraph

#: Where the moves between job titles lie, unless --data says otherwise.
DATA = Path(__file__).parents[2] / "shared" / "data" / "title-graph"

#: How many questions are asked; how many where one takes seconds.
QUESTIONS, FEWER = 15, 7

#: Seconds after which networkx is asked for no further route of a question: what it took by then is less than
#: what it would take for all.
PATIENCE = 120.0

#: Measures of a move that the networks hold besides evidence, share and count.
WEIGHT = Additive("weight", "", lambda _start, _goal, edge: float(edge["weight"]))
YEARS = Additive("years", "years", lambda _start, _goal, edge: float(edge["years"]))

#: Numbers of moves to see how time and memory grow; there are a tenth as many roles.
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def drawn(network: nx.DiGraph[str], roles: Sequence[str], count: int) -> list[Pair]:
    """Draw questions that have an answer."""
    chance = random.Random(3)  # noqa: S311 - figures to measure with
    pairs: list[Pair] = []
    while len(pairs) < count:
        start, goal = chance.sample(roles, 2)
        if nx.has_path(network, start, goal):
            pairs.append((start, goal))
    return pairs


def plain(moves: graphs.Moves, weight: Callable[[Mapping[str, Any]], float]) -> nx.DiGraph[str]:
    """Give what networkx searches: a graph with nothing but weights."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(moves.roles)
    network.add_edges_from((start, goal, {"weight": weight(edge)}) for start, goal, edge in moves.moves)
    return network


def one_by_networkx(network: nx.DiGraph[str], start: str, goal: str, weight: str | None) -> list[float]:
    """Give what the cheapest route costs, by the fastest that networkx has."""
    if weight is None:
        return [len(nx.bidirectional_shortest_path(network, start, goal)) - 1.0]
    return [nx.bidirectional_dijkstra(network, start, goal, weight)[0]]


def k_by_networkx(network: nx.DiGraph[str], pair: Pair, k: int, weight: str | None) -> list[float]:
    """Give what the k cheapest routes cost, by networkx; fewer when its time is over."""
    began, costs = time.perf_counter(), []
    for route in islice(nx.shortest_simple_paths(network, *pair, weight=weight), k):
        costs.append(math.fsum(network.edges[move]["weight"] if weight else 1 for move in pairwise(route)))
        if time.perf_counter() - began > PATIENCE:
            break
    return costs


def k_by_rolegraph(moves: MoveGraph, pair: Pair, k: int) -> list[float]:
    """Give what the k cheapest routes cost, by rolegraph."""
    return [path.cost for path in k_cheapest_paths(moves, *pair, k)]


# --- a network of job titles -------------------------------------------------------------------------


def title_graph(folder: Path, *, quick: bool) -> list[Bar]:
    """Measure in the network of job titles that people moved between."""
    file = folder / "transitions.tsv.gz"
    if not file.exists():
        print(f"\nTitle graph: skipped, there is no {file}; --data names its folder.")
        return []
    moves = graphs.title_moves(file)
    network = graphs.network_of(moves)
    graphs.add_skills(network)
    other = plain(moves, lambda edge: -math.log(edge["share"] / 100))
    pairs = drawn(other, moves.roles, FEWER if quick else QUESTIONS)
    print(f"\nTitle graph, {len(moves.roles):,} roles, {len(moves.moves):,} moves, {len(pairs)} questions")
    print(HEAD)
    return [
        *one_and_ten(move_graph(network, "hops"), other, pairs, None),
        *one_and_ten(move_graph(network, "doubt"), other, pairs, "weight"),
        weighed_up(network, ["hops", "doubt", YEARS], pairs),
        weighed_up(network, ["hops", "doubt", "gap"], pairs),
    ]


def one_and_ten(
    moves: MoveGraph, other: nx.DiGraph[str], pairs: Sequence[Pair], weight: str | None
) -> list[Bar]:
    """Measure one route and ten by one cost, against networkx."""
    by = moves.costs[0].name
    one, ten = Times(f"one route by {by}"), Times(f"ten routes by {by}")
    one.ask(
        {
            "rolegraph": lambda start, goal: [cheapest_path(moves, start, goal).cost],
            "networkx": lambda start, goal: one_by_networkx(other, start, goal, weight),
        },
        pairs,
    )
    ten.ask(
        {
            "rolegraph": lambda *pair: k_by_rolegraph(moves, pair, 10),
            "networkx": lambda *pair: k_by_networkx(other, pair, 10, weight),
        },
        pairs,
    )
    print(one, ten, sep="\n")
    return [Bar(one.what, one.median(), 20, "ms"), Bar(ten.what, ten.median(), 250, "ms")]


def weighed_up(network: nx.MultiDiGraph[str], costs: Sequence[Cost], pairs: Sequence[Pair]) -> Bar:
    """Measure the trade-offs between three costs in eight moves; networkx knows none."""
    moves = move_graph(network, costs, rules=[max_steps(8)])
    times = Times(f"trade-offs, 8 moves: {', '.join(cost.name for cost in moves.costs)}")
    for pair in pairs:
        times.take("rolegraph", tradeoffs, moves, *pair)
    print(times)
    return Bar(times.what, times.median() / 1000, 2, "s")


# --- a random network ---------------------------------------------------------------------------------


def random_graph(*, quick: bool) -> list[Bar]:
    """Measure in a random network, also what it takes to build what is searched."""
    import igraph

    moves = graphs.random_moves(3_000 if quick else 30_000, 30_000 if quick else 300_000)
    build = Times("build what is searched")
    for _ in range(3 if quick else 5):
        network = build.take("networkx", graphs.network_of, moves)
        weighed = build.take("rolegraph", move_graph, network, WEIGHT)
    number = weighed.number
    compiled = igraph.Graph(len(number), [(number[a], number[b]) for a, b, _ in moves.moves], directed=True)
    weights = [edge["weight"] for *_, edge in moves.moves]
    other = plain(moves, lambda edge: edge["weight"])
    pairs = drawn(other, moves.roles, FEWER)
    print(
        f"\nRandom, {len(moves.roles):,} roles, {len(moves.moves):,} moves, {len(pairs)} questions",
        HEAD,
        sep="\n",
    )

    def k_by_igraph(start: str, goal: str) -> list[float]:
        ends = number[start], number[goal]
        routes = compiled.get_k_shortest_paths(*ends, k=5, weights=weights, output="epath")
        return [math.fsum(weights[edge] for edge in route) for route in routes]

    five = Times("five routes by weight")
    five.ask(
        {
            "rolegraph": lambda *pair: k_by_rolegraph(weighed, pair, 5),
            "networkx": lambda *pair: k_by_networkx(other, pair, 5, "weight"),
            "igraph": k_by_igraph,
        },
        pairs,
    )
    print(build, five, sep="\n")
    return [
        Bar(
            "five routes, speed-up over networkx", five.ratio("networkx", "rolegraph"), 10, "x", at_least=True
        ),
        Bar("five routes, time over igraph's", five.ratio("rolegraph", "igraph"), 2, "x"),
        Bar("build, time over that of networkx", build.ratio("rolegraph", "networkx"), 2, "x"),
    ]


# --- how time and memory grow -------------------------------------------------------------------------


def growth(*, quick: bool) -> list[Bar]:
    """Measure random networks of growing size, each in a process of its own, to tell its memory."""
    print("\nGrowth, random networks, medians")
    print(f"{'moves':>10}{'networkx, s':>13}{'build, s':>11}{'one, ms':>10}{'five, ms':>10}{'peak, MiB':>11}")
    for size in SIZES[: 2 if quick else None]:
        command = [sys.executable, __file__, "--grown", str(size)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        at = json.loads(done.stdout)
        print(
            f"{size:>10,}{at['networkx'] / 1000:>13.3f}{at['build'] / 1000:>11.3f}{at['one']:>10.1f}"
            f"{at['five']:>10.1f}{at['peak']:>11,.0f}"
        )
    return [
        Bar(f"one route in {size:,} moves", at["one"] / 1000, 1, "s"),
        Bar(f"peak memory with {size:,} moves", at["peak"] / 1024, 3, "GiB"),
    ]


def grown(size: int) -> dict[str, float]:
    """Measure one size: times in milliseconds, memory in MiB."""
    moves = graphs.random_moves(size // 10, size)
    build = Times("build")
    network = build.take("networkx", graphs.network_of, moves)
    weighed = build.take("rolegraph", move_graph, network, WEIGHT)
    pairs = drawn(network, moves.roles, QUESTIONS)
    one, five = Times("one"), Times("five")
    one.ask({"rolegraph": lambda start, goal: [cheapest_path(weighed, start, goal).cost]}, pairs)
    five.ask({"rolegraph": lambda *pair: k_by_rolegraph(weighed, pair, 5)}, pairs)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # macOS tells bytes, Linux KiB
    return {
        "networkx": build.median("networkx"),
        "build": build.median(),
        "one": one.median(),
        "five": five.median(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
    }


def main() -> int:
    """Measure all that is asked for, and print the tables and the bars."""
    parser = argparse.ArgumentParser(description="Time searches for routes against networkx and igraph.")
    parser.add_argument(
        "--only", choices=["growth", "titles", "random"], help="measure no more than this part"
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the title graph (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try whether all of it runs")
    parser.add_argument("--grown", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grown:
        print(json.dumps(grown(asked.grown)))
        return 0
    parts: dict[str, Callable[[], list[Bar]]] = {
        # First, for a process that is started by a large one has its peak of memory to begin with.
        "growth": lambda: growth(quick=asked.quick),
        "titles": lambda: title_graph(asked.data, quick=asked.quick),
        "random": lambda: random_graph(quick=asked.quick),
    }
    bars = [bar for name, part in parts.items() if asked.only in {None, name} for bar in part()]
    print(f"\nPython {sys.version.split()[0]}, networkx {nx.__version__}. Bars:", *bars, sep="\n")
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
