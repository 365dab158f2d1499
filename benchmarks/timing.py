"""Times engines that answer the same questions by turns, and holds the medians against bars."""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: The engines, in the order of their columns.
ENGINES = ("rolegraph", "networkx", "igraph")

#: The head of a table of medians.
HEAD = f"{'median, ms':<44}" + "".join(f"{name:>11}" for name in (*ENGINES, "slowest"))

#: A question: from where to where.
Pair = tuple[str, str]


@dataclass(frozen=True)
class Bar:
    """What was promised, and what was measured: at most so much, or at least."""

    what: str
    figure: float
    bar: float
    unit: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the promise is kept."""
        return self.figure >= self.bar if self.at_least else self.figure <= self.bar

    def __str__(self) -> str:
        """Write the promise with its figure for a reader."""
        promise = f"{'at least' if self.at_least else 'at most'} {self.bar:g} {self.unit}"
        return (
            f"{'kept' if self.holds else 'MISSED':<7}{self.what}: {self.figure:.3g} {self.unit} ({promise})"
        )


class Times:
    """What every engine took for every question, in milliseconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.of: dict[str, list[float]] = {}

    def ask(
        self, engines: Mapping[str, Callable[[str, str], list[float]]], pairs: Sequence[Pair]
    ) -> list[list[float]]:
        """Let every engine answer every question by turns, and give what the routes of each cost.

        Raises SystemExit where engines disagree. An engine that gives fewer costs than the first gave up; one
        cost may differ from another by a millionth, for rolegraph counts in billionths.
        """
        found = []
        for pair in pairs:
            answers = [self.take(name, engine, *pair) for name, engine in engines.items()]
            for costs in answers:
                pairwise = zip(answers[0], costs, strict=False)
                if not all(math.isclose(one, two, rel_tol=1e-6, abs_tol=1e-6) for one, two in pairwise):
                    raise SystemExit(f"{self.what}, {pair}: the engines disagree: {answers}")
            found.append(answers[0])
        return found

    def take(self, engine: str, task: Callable[..., Any], *what: Any) -> Any:
        """Time one task of an engine and give its answer."""
        began = time.perf_counter()
        answer = task(*what)
        self.of.setdefault(engine, []).append(1000 * (time.perf_counter() - began))
        return answer

    def median(self, engine: str = ENGINES[0]) -> float:
        """Give the median of an engine."""
        return statistics.median(self.of[engine])

    def ratio(self, engine: str, to: str) -> float:
        """Give how many times as long as another an engine takes: the median over the turns of both."""
        return statistics.median(
            one / other for one, other in zip(self.of[engine], self.of[to], strict=False)
        )

    def __str__(self) -> str:
        """Write the medians, and the slowest answer of rolegraph, as a row of the table."""
        cells = [f"{self.median(name):,.1f}" if name in self.of else "-" for name in ENGINES]
        return f"{self.what:<44}" + "".join(
            f"{cell:>11}" for cell in (*cells, f"{max(self.of[ENGINES[0]]):,.1f}")
        )
