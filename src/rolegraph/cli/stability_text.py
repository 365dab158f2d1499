"""How far to trust a route, as text for people: how often it stays the best, and what it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.cli.footnotes import wrapped

if TYPE_CHECKING:
    from rolegraph.stability import SourceEffect, Stability

#: Routes that are listed, before it is said how many more there are.
MOST_ROUTES = 5


def stability_text(found: Stability) -> list[str]:
    """Give the lines that tell how stable a route is: in a word, by runs, and without each source."""
    lines = wrapped(found.summary())
    if len(found.shares) > 1:
        lines += ["", "  Best when every cost is a little off"]
        width = len(str(found.runs))
        for path, times in found.shares[:MOST_ROUTES]:
            lines += wrapped(f"{path} ({path.total})", f"    {times:>{width}} of {found.runs}  ")
        rest = found.shares[MOST_ROUTES:]
        if rest:
            times = sum(times for _, times in rest)
            more = f"{len(rest)} more route{'' if len(rest) == 1 else 's'}"
            lines += wrapped(more, f"    {times:>{width}} of {found.runs}  ")
    if found.sources:
        lines += ["", "  Without one source"]
    unmoved = [effect.source for effect in found.sources if _unmoved(effect, found)]
    for effect in found.sources:
        if effect.source not in unmoved:
            lines += wrapped(f"{effect.source}: {effect}", "    ", indent=6)
    if unmoved:
        lines += wrapped(f"{'; '.join(unmoved)}: nothing changes", "    ", indent=6)
    return lines


def _unmoved(effect: SourceEffect, found: Stability) -> bool:
    """Tell whether the route is the same without a source, at the same cost."""
    return effect.same and effect.path is not None and effect.path.total == found.best.total
