"""Networks to measure on: the one of job titles that people moved between, and random ones of any size.

They hold what the projection of a store holds: roles, and moves with evidence, count and share.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from rolegraph.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

#: A move: its ends, and the data of its edge.
Move = tuple[str, str, dict[str, Any]]

#: What is known of a role of which nothing is said.
BARE: Mapping[str, Any] = {
    "kind": "role",
    "aliases": (),
    "definition": "",
    "pay": (),
    "notes": (),
    "evidence": (),
}

#: Years that a random move takes at most, and what its weight may be: whole numbers add up exactly in every
#: engine.
MOST_YEARS, MOST_WEIGHT = 5.0, 10_000


@dataclass(frozen=True)
class Moves:
    """A network before it is one: the names of its roles, and its moves."""

    roles: Sequence[str]
    moves: Sequence[Move]


def moved(start: str, goal: str, count: int, share: float) -> Move:
    """Give a move that was seen, as the projection has it: with a claim of its own."""
    seen = Evidence(f"claim:{start}/{goal}", "observed", "a count of moves", detail=f"seen {count} times")
    return start, goal, {"kind": "move", "evidence": (seen,), "necessity": "", "share": share, "count": count}


def title_moves(file: Path) -> Moves:
    """Read the moves between job titles that a file of from_title, to_title and count tells of."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = [
            (row["from_title"], row["to_title"], int(row["count"]))
            for row in csv.DictReader(lines, delimiter="\t")
        ]
    out: Counter[str] = Counter()
    for start, _, count in rows:
        out[start] += count
    moves = [moved(start, goal, count, 100 * count / out[start]) for start, goal, count in rows]
    chance = random.Random(1)  # noqa: S311 - figures to measure with
    for *_, edge in moves:
        edge["years"] = chance.uniform(0, MOST_YEARS)
    return Moves(sorted({title for start, goal, _ in rows for title in (start, goal)}), moves)


def random_moves(roles: int, moves: int, seed: int = 1) -> Moves:
    """Draw moves between roles, each pair of ends at most once, with whole weights."""
    chance = random.Random(seed)  # noqa: S311 - figures to measure with
    names = [f"role:{n}" for n in range(roles)]
    drawn: dict[tuple[str, str], Move] = {}
    while len(drawn) < moves:
        start, goal = chance.choice(names), chance.choice(names)
        if start != goal and (start, goal) not in drawn:
            count = chance.randint(1, 50)
            drawn[start, goal] = moved(start, goal, count, 10.0)
            drawn[start, goal][2]["weight"] = chance.randint(1, MOST_WEIGHT)
    return Moves(names, list(drawn.values()))


def network_of(moves: Moves) -> nx.MultiDiGraph[str]:
    """Build the network that rolegraph searches."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from((role, {"label": role, **BARE}) for role in moves.roles)
    keyed: Iterable[Any] = ((start, goal, "move", edge) for start, goal, edge in moves.moves)
    network.add_edges_from(keyed)
    return network


def add_skills(network: nx.MultiDiGraph[str], skills: int = 200, most: int = 8) -> None:
    """Let every role require some of so many skills, by chance; routes by gap then have little to share."""
    chance = random.Random(2)  # noqa: S311 - figures to measure with
    names = [f"skill:{n}" for n in range(skills)]
    roles = list(network)
    network.add_nodes_from((name, {"label": name, **BARE, "kind": "skill"}) for name in names)
    for role in roles:
        for skill in chance.sample(names, chance.randint(1, most)):
            network.add_edge(role, skill, key="requires", kind="requires", evidence=(), necessity="essential")


def share_skills(network: nx.MultiDiGraph[str], skills: int, least: int, most: int) -> None:
    """Let every role require some of a common vocabulary, of which a few are asked for nearly everywhere.

    A skill is asked for about as often as its rank by that allows: the law of G. K. Zipf, "Human Behavior and
    the Principle of Least Effort" (1949), as words of a language go.
    """
    chance = random.Random(2)  # noqa: S311 - figures to measure with
    names = [f"skill:{n}" for n in range(skills)]
    weights = [1 / (n + 5) for n in range(skills)]
    roles = list(network)
    network.add_nodes_from((name, {"label": name, **BARE, "kind": "skill"}) for name in names)
    for role in roles:
        for skill in set(chance.choices(names, weights, k=chance.randint(least, most))):
            network.add_edge(role, skill, key="requires", kind="requires", evidence=(), necessity="essential")
