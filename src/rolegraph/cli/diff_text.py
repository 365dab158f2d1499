"""What differs between two graphs, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.cli.footnotes import Footnotes, wrapped
from rolegraph.names import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.changes import Difference, Differences

#: Lines of a section, before it is said how many more there are.
MOST_LINES = 20

_MARKS = {"gained": "+", "lost": "-"}


def diff_text(found: Differences, *, statements: bool, whole: bool) -> str:
    """Give the summary, then each section with a line per difference, then the sources.

    statements: also list the statements that are in one graph only; whole: leave no lines out.
    """
    notes = Footnotes()
    lines = [found.summary()] if found.equal else _counted(found)
    for section in found.compared:
        if section == "statements":
            listed = [("-", text) for text in found.lost] + [("+", text) for text in found.gained]
            shown = (
                [line for mark, text in listed for line in wrapped(text, f"  {mark} ")] if statements else []
            )
            lines += _section("Statements", [[line] for line in shown], whole=whole)
        else:
            lines += _differences(section, found.of(section), notes, whole=whole)
    if found.routes:
        lines += ["", *wrapped(f"Routes {found.routes}.")]
    return "\n".join([*lines, *notes.lines()])


def _counted(found: Differences) -> list[str]:
    counts = found.counts()
    width = max(map(len, counts))
    return [
        f"{section:<{width}}   {', '.join(f'{number:,} {change}' for change, number in changes.items())}"
        for section, changes in counts.items()
    ]


def _differences(section: str, items: Sequence[Difference], notes: Footnotes, *, whole: bool) -> list[str]:
    told = [item for item in items if whole or not item.only_sources]
    shown = told if whole else told[:MOST_LINES]
    lines = [
        wrapped(_line(item) + _cited(item, notes), f"  {_MARKS.get(item.change, '~')} ") for item in shown
    ]
    lines += [[""]] * (len(told) - len(shown))  # only their number counts
    rest = len(items) - len(told)
    extra = f"  ~ {rest:,} that differ in nothing but who says so (--all lists them)"
    return _section(section.capitalize(), lines, [extra] if rest else [], whole=whole)


def _section(
    heading: str, lines: Sequence[Sequence[str]], extra: Sequence[str] = (), *, whole: bool
) -> list[str]:
    if not lines and not extra:
        return []
    shown = lines if whole else lines[:MOST_LINES]
    more = len(lines) - len(shown)
    found = ["", heading, *(line for each in shown for line in each)]
    return [*found, *([f"    and {more:,} more (--all lists them)"] if more else []), *extra]


def _cited(item: Difference, notes: Footnotes) -> str:
    marks = notes.number(item.sources)
    return f" {marks}" if marks else ""


def _line(item: Difference) -> str:
    """Say in a line what became of a thing, of a relation, of a figure, of a route."""
    state = item.after if item.change == "gained" else item.before
    if item.what in {"role", "thing"}:
        return _thing(item)
    if item.what == "pay":
        return _pay(item, state)
    if item.what == "route":
        return _route(item, state)
    if item.what == "note":
        name = f"{item.thing}, {item.kind}"
        said = state if item.change in _MARKS else _aspects(item)
        return f"{name}: {said}"
    relation = "->" if item.what == "move" else item.kind.replace("_", " ")
    name = f"{item.thing} {relation} {item.other}"
    if item.change in _MARKS:
        return f"{name}   {state}".rstrip()
    return f"{name}: {_aspects(item)}"


def _aspects(item: Difference) -> str:
    if len(item.aspects) == 1:
        return f"{item.aspects[0][0]}: {item.before} -> {item.after}"
    from rolegraph.changes.values import in_words  # noqa: PLC0415 - loaded by now

    return "; ".join(f"{name}: {in_words(old)} -> {in_words(new)}" for name, old, new in item.aspects)


def _thing(item: Difference) -> str:
    kind = "" if item.kind == "role" else f", {item.kind}"
    name = f"{item.thing}{kind} ({shorten(item.iri)})"
    if item.change == "changed":
        return f"{name}: {_aspects(item)}"
    if not item.aspects:
        return name
    if item.aspects[0][0] == "kind":
        return (
            f"{name}; {'described no more, though still named' if item.change == 'lost' else 'named before'}"
        )
    other = item.after if item.change == "lost" else item.before
    return f"{name}; looks like the same {item.kind} under another IRI: {shorten(other)}"


def _pay(item: Difference, state: str) -> str:
    if item.change in _MARKS:
        return f"{item.thing}: {state} ({item.kind})"
    if item.amount is None:
        return f"{item.thing} ({item.kind}): {_aspects(item)}"
    if not item.amount:
        return f"{item.thing}: {item.before} -> {item.after}, the same amount ({item.kind})"
    percent = "" if item.percent is None else f", {item.percent:+.1f} %"
    rise = f"{item.amount:+,.0f}" if float(item.amount).is_integer() else f"{item.amount:+,.2f}"
    return f"{item.thing}: {item.before} -> {item.after}, {rise}{percent} ({item.kind})"


def _route(item: Difference, state: str) -> str:
    ends = f"{item.thing} => {item.other}"
    if item.change in _MARKS:
        return f"{ends}: {'was ' if item.change == 'lost' else ''}{state}"
    return f"{ends}: {item.change}, was {item.before}, is {item.after}"
