"""Moves whose costs are a little off: the same ones in every run of a seed, whatever order the data is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from hashlib import shake_256
from typing import TYPE_CHECKING, Any

from rolegraph.costs import Carried
from rolegraph.kits import Kit
from rolegraph.moves import COST_SHIFT

if TYPE_CHECKING:
    from rolegraph.moves import MoveGraph
    from rolegraph.search import Arcs

#: Bytes of one draw, and the highest number that they hold.
_BYTES, _MOST = 4, 0xFFFFFFFF


def shaken(
    moves: MoveGraph, start: str, *, runs: int = 100, jitter: float = 0.2, seed: int = 0
) -> Iterator[MoveGraph]:
    """Give the moves anew for every run, with each cost multiplied by a factor of its own.

    The factors are evenly spread between 1 - jitter and 1 + jitter, and depend on the seed, the run and what
    they are for: a move, by the IRIs of its roles, or a thing that a carried cost counts, by its name (one
    that stands for a role of unknown needs, by that role). A cost of 0 stays 0. Only for routes from `start`,
    an IRI.
    """
    draws = _Draws(runs, jitter, seed)
    if any(isinstance(cost, Carried) for cost in moves.costs):
        return _shaken_things(moves, moves.number[start], draws)
    return _shaken_moves(moves, draws)


class _Draws:
    """By how much a cost changes in every run."""

    def __init__(self, runs: int, jitter: float, seed: int) -> None:
        self.runs = runs
        self._jitter, self._seed = jitter, seed

    def of(self, *names: str) -> bytes:
        """Draw a number for every run."""
        return shake_256("\n".join((str(self._seed), *names)).encode()).digest(_BYTES * self.runs)

    def changed(self, cost: int, drawn: bytes, run: int) -> int:
        """Give a cost as it is in a run."""
        number = int.from_bytes(drawn[_BYTES * run : _BYTES * (run + 1)], "big")
        return cost + round(cost * self._jitter * (2 * number / _MOST - 1))


class _Lazily(Sequence[list[tuple[int, int]]]):
    """Moves whose ranks are changed when a search first comes to them: most often, it sees a small part."""

    def __init__(self, arcs: Arcs, changed: Callable[[int, int, int], int]) -> None:
        self._arcs, self._changed = arcs, changed
        self._seen: dict[int, list[tuple[int, int]]] = {}

    def __len__(self) -> int:
        return len(self._arcs)

    def __getitem__(self, role: Any) -> Any:
        if role not in self._seen:
            self._seen[role] = [(other, self._changed(role, other, rank)) for other, rank in self._arcs[role]]
        return self._seen[role]


def _shaken_moves(moves: MoveGraph, draws: _Draws) -> Iterator[MoveGraph]:
    @cache
    def drawn(start: int, goal: int) -> bytes:
        return draws.of(moves.names[start], moves.names[goal])

    def ahead(run: int, start: int, goal: int, rank: int) -> int:
        cost = rank >> COST_SHIFT
        if not cost:
            return rank
        return rank + (draws.changed(cost, drawn(start, goal), run) - cost << COST_SHIFT)

    def back(run: int, goal: int, start: int, rank: int) -> int:
        return ahead(run, start, goal, rank)

    for run in range(draws.runs):
        arcs: dict[str, Any] = {
            "ahead": _Lazily(moves.ahead, partial(ahead, run)),
            "back": _Lazily(moves.back, partial(back, run)),
        }
        yield replace(moves, **arcs)


def _shaken_things(moves: MoveGraph, start: int, draws: _Draws) -> Iterator[MoveGraph]:
    """Change what each thing costs that is still to be gained.

    Things that the same roles need are always gained together: they are one for the search.
    """
    needed_by: dict[int, list[int]] = {}
    for role, things in enumerate(moves.still_needed(start)):
        for thing in _bits(things):
            needed_by.setdefault(thing, []).append(role)
    bundles: dict[tuple[int, ...], list[int]] = {}
    for thing, roles in needed_by.items():
        bundles.setdefault(tuple(roles), []).append(thing)
    needs = [0] * len(moves.names)
    for n, bundle in enumerate(bundles):
        for role in bundle:
            needs[role] |= 1 << n
    prices = _prices(moves)
    names = _names(moves)
    drawn = {thing: draws.of(names.get(thing, moves.names[roles[0]])) for thing, roles in needed_by.items()}
    for run in range(draws.runs):
        totals = [
            sum(draws.changed(prices[thing], drawn[thing], run) for thing in things)
            for things in bundles.values()
        ]
        kit = Kit(tuple((1 << n, total) for n, total in enumerate(totals)))
        yield replace(moves, needs=needs, had=0, kits=(kit,))


def _prices(moves: MoveGraph) -> dict[int, int]:
    """Give what every thing costs."""
    return {
        thing: each
        for kit in moves.kits
        for bits, each in (*kit.named, *kit.assumed)
        for thing in _bits(bits)
    }


def _names(moves: MoveGraph) -> dict[int, str]:
    """Give the name of every thing that a source names: their bits go by the order of the names."""
    (cost,) = moves.costs
    needs = cost.needs.values() if isinstance(cost, Carried) else ()
    return dict(zip(_bits(moves.known), sorted(frozenset().union(*needs)), strict=True))


def _bits(things: int) -> Iterator[int]:
    """Give the things of a set, each as a set of its own, from the lowest bit."""
    while things:
        yield things & -things
        things &= things - 1
