"""What carried costs count, as bits of whole numbers: unions and prices of sets take no time that way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.costs import Additive, Carried

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Costs are counted in billionths.
BILLION = 10**9


@dataclass(frozen=True)
class Kit:
    """The things that one carried cost counts: their bits, by what one of them costs, in billionths.

    named are things that sources name; assumed stand for roles of which no source tells what they need.
    """

    named: tuple[tuple[int, int], ...]
    assumed: tuple[tuple[int, int], ...] = ()

    def price(self, things: int) -> int:
        """Give what a set of things costs."""
        cost = 0
        for part in (self.named, self.assumed):
            for bits, each in part:
                cost += (things & bits).bit_count() * each
        return cost


def packed(
    costs: Sequence[Additive | Carried], names: Sequence[str], worst: Sequence[float | None]
) -> tuple[tuple[Kit, ...], list[int], int]:
    """Give every thing that a carried cost counts a bit; for each cost its kit, then the needs of every role.

    worst: what a role of unknown needs costs, where that is to be counted.
    """
    needs, had, kits, free = [0] * len(names), 0, [], 0
    for place, cost in enumerate(costs):
        if isinstance(cost, Additive):
            continue
        things = sorted(frozenset().union(*cost.needs.values()))
        bit = {thing: 1 << n for n, thing in enumerate(things, free)}
        free += len(things)
        named: dict[int, int] = {}
        for thing in things:
            each = round(cost.weights.get(thing, 1.0) * BILLION)
            named[each] = named.get(each, 0) | bit[thing]
        assumed = 0
        for n, name in enumerate(names):
            if name in cost.needs:
                needs[n] |= sum(bit[thing] for thing in cost.needs[name])
            elif worst:
                needs[n] |= 1 << free
                assumed |= 1 << free
                free += 1
        had |= sum(bit.get(thing, 0) for thing in cost.had)
        each = round((worst[place] or 0.0) * BILLION) if worst else 0
        kits.append(
            Kit(
                tuple((bits, each) for each, bits in sorted(named.items())),
                ((assumed, each),) * bool(assumed),
            )
        )
    return tuple(kits), needs, had
