"""The template of a profile: YAML that is valid as it stands, with examples from the graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.errors import AmbiguousName
from rolegraph.labels import Entry, resolve
from rolegraph.names import BASE, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: Texts that YAML reads as they are, without quotes.
_PLAIN = re.compile(r"[A-Za-z](?:[\w '.()/&+-]*[\w'.)+])?", re.ASCII)

_TEMPLATE = """\
# What you have, for rolegraph to compare with what roles ask for.
#
# Leave empty what does not apply. To use a line of examples, take its "# " away and write yours.
# A thing goes by its name, an alias, a short name such as role:product-manager, or its IRI;
# `rolegraph find WORD` shows what there is, `rolegraph profile FILE` checks this file.

# The role that you are in now: where routes start, unless you name another start. All that the start
# requires counts as what you bring.
role: {role}

# What you can do.
skills:
{skills}

# The degrees that you hold. A higher one covers what asks for a lower one.
degrees:
{degrees}

# Certifications and trainings that you have completed.
certifications:
{certifications}

# Years of work experience, as a number.
years:  # 6

# What you earn. It is compared only with figures on the same basis.
pay:
  # amount: 60000  # digits only
  # currency: {currency}  # three letters, by ISO 4217
  # per: YEAR  # HOUR, DAY, WEEK, MONTH or YEAR; left out, it is YEAR
  # statistic: {statistic}  # the kind of figure to compare with{choice}
  # area: {area}  # where you earn it
"""


def template(entries: Iterable[Entry], bases: Iterable[Entry] = ()) -> str:
    """Give the YAML of an empty profile, with comments that say what each key means.

    The examples in it are things of the graph; see `read_profile` for what entries and bases are.
    """
    known, named = [*entries], [*bases]
    roles = _examples(known, ("role",), 1)
    statistics = [entry.label for entry in named if entry.kind == "statistic"]
    return _TEMPLATE.format(
        role=f" # {roles[0]}" if roles else " # this data names none",
        skills=_listed(_examples(known, ("skill",), 2)),
        degrees=_listed(_examples(known, ("degree",), 1)),
        certifications=_listed(
            [*_examples(known, ("certification",), 1), *_examples(known, ("training",), 1)]
        ),
        currency=_first(named, "currency", "USD"),
        statistic=_first(named, "statistic", "median total pay"),
        choice=f": {', '.join(map(_scalar, statistics))}" if len(statistics) > 1 else "",
        area=_first(named, "area", "United States"),
    )


def _listed(examples: list[str]) -> str:
    return "\n".join(f"  # - {example}" for example in examples) or "  # this data names none"


def _examples(entries: list[Entry], kinds: Collection[str], most: int) -> list[str]:
    """Give the names of some things, rolegraph's own before those of classifications, as YAML writes them."""
    found = [entry for entry in entries if entry.kind in kinds]
    found.sort(key=lambda entry: (not entry.iri.startswith(BASE), not _PLAIN.fullmatch(entry.label)))
    return [_scalar(_name(entry, entries)) for entry in found[:most]]


def _name(entry: Entry, entries: list[Entry]) -> str:
    """Give a name that means this thing and nothing else."""
    try:
        return entry.label if resolve(entry.label, entries, {entry.kind}) == entry else shorten(entry.iri)
    except AmbiguousName:
        return shorten(entry.iri)


def _first(bases: list[Entry], kind: str, otherwise: str) -> str:
    return _scalar(next((entry.label for entry in bases if entry.kind == kind), otherwise))


def _scalar(text: str) -> str:
    """Write a text as YAML does, on one line."""
    import yaml  # noqa: PLC0415 - only profiles need it

    if _PLAIN.fullmatch(text) and text.casefold() not in {"null", "true", "false", "yes", "no"}:
        return text
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9).strip()
