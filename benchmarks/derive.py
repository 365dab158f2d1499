"""Checks derived moves against data that they were not derived from, and times the comparison of all pairs.

Occupations are split into two halves by chance. Every choice was made on the one; the other tells how good it
is. recall@10 is the part of the known goals of an occupation that is among the ten ranked highest, of ten at
most, as a mean over the occupations; ties count by chance. The share is the part of all counted moves.

Ends with 1 when a bar does not hold.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import occupations
import rankings
from rolegraph.derive import similarity
from rolegraph.derive.choosing import Thresholds
from timing import Bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from occupations import Occupations, Truth
    from rankings import Scores, Ways

#: Where the releases lie, unless --data says otherwise.
DATA = Path(__file__).parents[2] / "shared" / "data"

#: How many goals are looked at, and how often an interval draws the occupations anew.
TOP, DRAWS = 10, 1000


# --- how good it is ------------------------------------------------------------------------------------


def halves(count: int) -> tuple[set[int], set[int]]:
    """Split occupations by chance: to choose on, and to report."""
    order = list(range(count))
    random.Random(0).shuffle(order)  # noqa: S311 - not a matter of security
    return set(order[: count // 2]), set(order[count // 2 :])


def chances(scores: Scores, truth: Truth, start: int) -> dict[int, float]:
    """Give the chance of each goal to be among the ten ranked highest."""
    row = scores[start].copy()
    barred = {start, *truth.twins.get(start, ())}
    if truth.eligible:
        barred.update(set(range(len(row))) - truth.eligible)
    row[sorted(barred)] = -np.inf
    last = np.sort(row)[-TOP]
    tied = (TOP - int((row > last).sum())) / int((row == last).sum())
    return {goal: float(row[goal] > last) + tied * float(row[goal] == last) for goal in truth.goals[start]}


def recalls(scores: Scores, truth: Truth, half: set[int]) -> tuple[list[float], float]:
    """Give recall@10 of every occupation of a half, and the share of all that is counted."""
    each, seen, every = [], 0.0, 0.0
    for start in sorted(half & truth.goals.keys()):
        goals, found = truth.goals[start], chances(scores, truth, start)
        each.append(sum(found.values()) / min(TOP, len(goals)))
        seen += sum(goals[goal] * chance for goal, chance in found.items())
        every += sum(goals.values())
    return each, seen / every


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Give the 95 % interval of a mean, by drawing the occupations anew (bootstrap)."""
    drawn = np.random.default_rng(0).choice(values, (DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def check(what: str, found: Occupations, ways: Ways, truth: Truth) -> dict[str, float]:
    """Print how well every way to rank finds the goals, in both halves; give its recall in that to report."""
    first, second = halves(len(found.ids))
    sizes = [len(half & truth.goals.keys()) for half in (first, second)]
    print(f"\n{what}; {sizes[0]} occupations to choose on, {sizes[1]} to report")
    print(f"{'recall@10':<42}{'choose':>8}{'report':>8}{'95 %':>15}{'share':>8}")
    results = {}
    every: Ways = {**ways, "popularity": lambda: rankings.popular(truth, len(found.ids), first)}
    for way, rank in every.items():
        scores = rank()
        (one, _), (two, share) = (recalls(scores, truth, half) for half in (first, second))
        low, high = interval(two)
        results[way] = float(np.mean(two))
        chosen_on = "" if way == "popularity" else f"{np.mean(one):.3f}"  # it was counted there
        print(
            f"{way:<42}{chosen_on:>8}{results[way]:>8.3f}{f'{low:.3f}-{high:.3f}':>15}{share:>8.3f}",
            flush=True,
        )
    return results


def bands(what: str, found: Occupations, truth: Truth) -> None:
    """Print which part of the pairs of each similarity is known to be related, in the half to report."""
    scores, (_, second) = rankings.chosen(found), halves(len(found.ids))
    starts = sorted(second & truth.goals.keys())
    known = sorted(truth.eligible or range(len(found.ids)))
    hit = np.array([[goal in truth.goals[start] for goal in known] for start in starts])
    other = np.array(
        [[goal != start and goal not in truth.twins.get(start, ()) for goal in known] for start in starts]
    )
    part = scores[np.ix_(starts, known)]
    print(f"\n{what}: of the pairs of a similarity, the part that is among the ten most related")
    for low, high in pairwise((0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.01)):
        inside = other & (part >= low) & (part < high)
        share = f"{hit[inside].mean():.1%}" if inside.any() else "-"
        print(f"  {low:.1f} to {min(high, 1):.1f}: {share:>6} of {int(inside.sum()):,}")


def checked(data: Path, name: str) -> list[Bar]:
    """Check one classification against all that is known of it."""
    if name == "onet":
        title, group, found = "O*NET 29.3", "same SOC group", occupations.onet(data)
        ways, related = rankings.rated_ways(found), occupations.related(data, found)
    else:
        title, group, found = "ESCO 1.1.1", "same ISCO group", occupations.esco(data)
        ways, related = rankings.named_ways(found), occupations.related_by_crosswalk(data, found)
    every: Ways = {
        "chance": lambda: np.zeros((len(found.ids), len(found.ids))),
        group: lambda: rankings.group_scores(found.codes),
        **ways,
        "CHOSEN": lambda: rankings.chosen(found),
    }
    bars = []
    for what, truth in (
        ("related in O*NET", related),
        ("moves of titles", occupations.observed(data, found)),
    ):
        # By way of a crosswalk many of the ten moves that are derived cannot be judged.
        more: Ways = {} if truth.eligible else {"CHOSEN, moves as derived": lambda: rankings.derived(found)}
        results = check(f"{title}, {what}", found, {**every, **more}, truth)
        for baseline, bar in (("chance", 5.0), (group, 1.0)):
            over = results["CHOSEN"] / results[baseline]
            bars.append(Bar(f"{title}, {what}: over {baseline}", over, bar, "x", at_least=True))
    bands(title, found, related)
    return bars


# --- how fast ------------------------------------------------------------------------------------------


def by_rolegraph(found: Occupations) -> int:
    """Find the ten nearest of all, as rolegraph does."""
    facets = [similarity.named(found.named), similarity.rated(found.rated)]
    return sum(len(near[:TOP]) for near in similarity.neighbours(facets, Thresholds().similarity))


def by_dense(found: Occupations) -> int:
    """Find them with a full matrix."""
    facet = similarity.named(found.named)
    full = facet.needs.toarray() / np.where(np.isinf(facet.lengths), 1, facet.lengths)[:, None]
    scores = np.round(full @ full.T, similarity.DIGITS)
    np.fill_diagonal(scores, 0)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    return int((np.take_along_axis(scores, order, 1) >= Thresholds().similarity).sum())


def by_python(found: Occupations) -> int:
    """Find them with dictionaries, skill by skill."""
    listed: dict[str, list[tuple[int, float]]] = {}
    for number, row in enumerate(found.named):
        for skill, weight in row.items():
            listed.setdefault(skill, []).append((number, weight))
    rare = {skill: float(np.log1p(len(found.ids) / len(there))) for skill, there in listed.items()}
    lengths = [sum(rare[skill] * weight**2 for skill, weight in row.items()) ** 0.5 for row in found.named]
    total = 0
    for number, row in enumerate(found.named):
        scores: dict[int, float] = {}
        for skill, weight in row.items():
            for other, there in listed[skill]:
                scores[other] = scores.get(other, 0.0) + rare[skill] * weight * there
        scores.pop(number)
        near = (
            round(score / (lengths[number] * lengths[other]), similarity.DIGITS)
            for other, score in scores.items()
        )
        total += sum(1 for score in sorted(near, reverse=True)[:TOP] if score >= Thresholds().similarity)
    return total


ENGINES = {"rolegraph": by_rolegraph, "dense numpy": by_dense, "plain Python": by_python}


def timed(engine: str, data: Path) -> dict[str, float]:
    """Time one engine in this process: seconds, moves found, peak of memory beyond the data in MiB."""
    found = occupations.esco(data)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # macOS tells bytes, Linux KiB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    began, worked = time.perf_counter(), time.process_time()
    moves = ENGINES[engine](found)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - worked,
        "moves": moves,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit - before,
    }


def speed(data: Path) -> list[Bar]:
    """Time all pairs of ESCO's occupations, each engine in a process of its own."""
    print(f"\nAll pairs of ESCO, the ten nearest\n{'':<14}{'s':>9}{'CPU s':>9}{'peak, MiB':>11}{'moves':>9}")
    results = {}
    for engine in ENGINES:
        command = [sys.executable, __file__, "--timed", engine, "--data", str(data)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        at = results[engine] = json.loads(done.stdout)
        print(f"{engine:<14}{at['seconds']:>9.2f}{at['cpu']:>9.2f}{at['peak']:>11,.0f}{at['moves']:>9,}")
    if len({at["moves"] for at in results.values()}) > 1:
        raise SystemExit("the engines disagree")
    return [
        Bar("all pairs of ESCO", results["rolegraph"]["cpu"], 10, "s"),
        Bar("peak memory beyond the data", results["rolegraph"]["peak"], 300, "MiB"),
    ]


def main() -> int:
    """Check and time what is asked for; print the tables and the bars."""
    parser = argparse.ArgumentParser(description="Check derived moves against other data, and time them.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the releases (%(default)s)")
    parser.add_argument("--only", choices=["onet", "esco", "speed"], help="do no more than this part")
    parser.add_argument("--timed", choices=ENGINES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.timed:
        print(json.dumps(timed(asked.timed, asked.data)))
        return 0
    bars: list[Bar] = []
    if asked.only in {None, "speed"}:  # first, for a child begins with the peak of memory of its parent
        bars += speed(asked.data)
    for name in ("onet", "esco"):
        if asked.only in {None, name}:
            bars += checked(asked.data, name)
    print("\nBars:", *bars, sep="\n")
    return int(not all(bar.holds for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
