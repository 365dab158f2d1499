"""What a profile holds, in words, as rows and as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rolegraph.names import shorten
from rolegraph.tables import Table, cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.labels import Entry
    from rolegraph.model import Profile


def profile_table(profile: Profile, entries: Iterable[Entry]) -> Table:
    """Give one row for each thing that a profile holds: what it is, its name, its IRI."""
    held = _held(profile, entries)
    rows = [(kind, label, iri) for kind, label, iri in held]
    if profile.years is not None:
        rows.append(("years", cell(profile.years), ""))
    if profile.pay is not None:
        rows.append(("pay", str(profile.pay), ""))
    return Table(("what", "value", "iri"), tuple(rows))


def profile_dict(profile: Profile, entries: Iterable[Entry]) -> dict[str, Any]:
    """Give a profile as plain values, ready for JSON; role, years and pay are None when not given."""
    named = [(kind, {"name": label, "iri": iri}) for kind, label, iri in _held(profile, entries)]
    pay = None
    if profile.pay is not None:
        kept = ("amount", "currency", "interval", "statistic", "area")
        pay = {name: value for name, value in asdict(profile.pay).items() if name in kept}
    return {
        "role": next((value for kind, value in named if kind == "role"), None),
        **{
            f"{kind}s": [value for what, value in named if what == kind]
            for kind in ("skill", "degree", "certification", "training")
        },
        "years": profile.years,
        "pay": pay,
    }


def profile_words(profile: Profile, entries: Iterable[Entry]) -> str:
    """Say in a line what a profile holds: the role, how much of the rest, years and pay.

    >>> from rolegraph.model import Profile
    >>> profile_words(Profile(skills=frozenset({"x:a", "x:b"}), years=6), [])
    '2 skills; 6 years of experience'
    """
    held = _held(profile, entries)
    counts = [
        f"{count} {kind}{'' if count == 1 else 's'}"
        for kind in ("skill", "degree", "certification", "training")
        if (count := sum(what == kind for what, _, _ in held))
    ]
    parts = [label for kind, label, _ in held if kind == "role"] + ([", ".join(counts)] if counts else [])
    if profile.years is not None:
        parts.append(f"{cell(profile.years)} year{'' if profile.years == 1 else 's'} of experience")
    if profile.pay is not None:
        parts.append(str(profile.pay))
    return "; ".join(parts) or "nothing yet"


def _held(profile: Profile, entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """Give what a profile holds: kind, label, IRI; by kind, then by label."""
    known = {entry.iri: entry for entry in entries}
    rows = []
    for kind, iris in (
        ("role", {profile.role} - {""}),
        ("skill", profile.skills),
        ("degree", profile.degrees),
        ("certification", profile.credentials),
    ):
        for iri in iris:
            entry = known.get(iri)
            what = entry.kind if entry and kind == "certification" else kind
            rows.append((what, entry.label if entry else shorten(iri), iri))
    order = ("role", "skill", "degree", "certification", "training")
    return sorted(rows, key=lambda row: (order.index(row[0]), row[1].casefold(), row[2]))
