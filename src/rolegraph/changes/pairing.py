"""Which of several things of one graph is which of another, by keys that are tried in turn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")


def paired(
    old: Sequence[T], new: Sequence[T], keys: Sequence[Callable[[T], Hashable | None]]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Give pairs of items, then the items of each side that have no counterpart.

    By each key in turn, items of one key are paired from the last one backwards, so that in lists that go by
    time the latest meet. An item whose key is None waits for the next key.

    >>> paired(["a1", "b1", "b2"], ["b3", "c1"], [str, lambda word: word[0]])
    ([('b2', 'b3')], ['a1', 'b1'], ['c1'])
    """
    pairs: list[tuple[T, T]] = []
    left, right = [*old], [*new]
    for key in keys:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for place, item in enumerate(right):
            waiting[key(item)].append(place)
        gone: tuple[set[int], set[int]] = (set(), set())
        for place in reversed(range(len(left))):
            name = key(left[place])
            if name is not None and waiting.get(name):
                other = waiting[name].pop()
                pairs.append((left[place], right[other]))
                gone[0].add(place)
                gone[1].add(other)
        left = [item for place, item in enumerate(left) if place not in gone[0]]
        right = [item for place, item in enumerate(right) if place not in gone[1]]
    return pairs, left, right
