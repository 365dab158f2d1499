"""From a profile's file to a Profile: names become IRIs; all that is wrong is told at once."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import AmbiguousName, UnknownName
from rolegraph.labels import MOST_LISTED, Entry, resolve
from rolegraph.model import Evidence, Pay, Profile
from rolegraph.names import ROLE_KINDS
from rolegraph.profiles.drafts import Draft, Said, quoted, read_text, refuse
from rolegraph.profiles.from_yaml import PAY_KEYS, draft_of_yaml
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from rolegraph.any_store import Store

    #: Gives the one IRI to count a thing by, for things that go by several: `network.one_name`.
    OneName = Callable[[], Mapping[str, str]]

#: Field -> the kinds of things that its names may name.
KINDS: dict[str, Collection[str]] = {
    "role": ROLE_KINDS,
    "skills": ("skill",),
    "degrees": ("degree",),
    "certifications": ("certification", "training"),
    "credentials": ("degree", "certification", "training"),
}

#: What a profile can have more of.
GAINS = ("skill", "degree", "certification", "training")

#: Times that pay may be counted by, as schema:unitText has them.
INTERVALS = ("HOUR", "DAY", "WEEK", "MONTH", "YEAR")

#: Who says what the profile says.
SELF = "your profile"

#: Years of experience and characters of a name beyond which a slip of the pen is likelier.
_MOST_YEARS = 100
_LONGEST_NAME = 200

_NUMBER = re.compile(r"[+-]?(\d+(_\d{3})*(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def read_pay_bases(store: Store) -> list[Entry]:
    """Give what pay can be named by, as entries of the kinds statistic, area and currency; sorted."""
    named: dict[tuple[str, str], list[str]] = {}
    for row in store.select(projection_query("pay_bases")):
        label = row["thing"] if row["label"] is None and row["kind"].value == "currency" else row["label"]
        if label is not None:
            found = named.setdefault((row["kind"].value, row["thing"].value), [])
            found.insert(
                0 if (getattr(label, "language", None) or "").startswith("en") else len(found), label.value
            )
    return sorted(
        (Entry(iri, kind, names[0], tuple(names[1:])) for (kind, iri), names in named.items()),
        key=lambda entry: (entry.kind, entry.label, entry.iri),
    )


def read_profile(
    file: str | Path, entries: Iterable[Entry], bases: Iterable[Entry] = (), *, one_name: OneName = dict
) -> Profile:
    """Read what a person has from a file: YAML (.yaml, .yml) or Turtle (.ttl).

    entries are the things of the graph that names may name, bases what its pay figures are named by, see
    `read_pay_bases`; without bases, statistic and area stay as they are written. one_name is called when a
    name is that of several things, and gives those of them that count as one.

    Raises ProfileError, with every problem and its line.
    """
    draft = _draft(Path(file))
    known, profile = [*entries], Profile()
    for name in KINDS:
        understood = set()
        for said in draft.values.get(name, ()):
            entry = None if said.text in understood else _meant(draft, name, said, known, one_name)
            if entry is None:
                continue
            understood.add(said.text)
            if name == "role":
                profile = replace(profile, role=entry.iri)
            else:
                profile = profile.adding(entry.iri, entry.kind)
    years = draft.one("years")
    if years is not None:
        profile = replace(profile, years=_number(draft, "years", years, _MOST_YEARS))
    profile = replace(profile, pay=_pay(draft, [*bases]))
    draft.settle()
    return profile


def adding(profile: Profile, name: str, entries: Iterable[Entry], *, one_name: OneName = dict) -> Profile:
    """Give the profile with one skill, degree, certification or training more, by its name.

    Raises UnknownName with suggestions, AmbiguousName with candidates.
    """
    entry = _one_of(name, [*entries], GAINS, one_name)
    return profile.adding(entry.iri, entry.kind)


def _draft(file: Path) -> Draft:
    ending = file.suffix.lower()
    if ending in {".yaml", ".yml"}:
        return draft_of_yaml(read_text(file), str(file))
    if ending != ".ttl":
        refuse(file, "a profile is a file that ends in .yaml, .yml or .ttl")
    from rolegraph.profiles.from_turtle import draft_of_turtle  # noqa: PLC0415 - YAML does without RDF

    return draft_of_turtle(read_text(file), str(file))


def _meant(draft: Draft, name: str, said: Said, entries: list[Entry], one_name: OneName) -> Entry | None:
    """Give what a name means; None, with a problem, when it means nothing or too much."""
    if len(said.text) > _LONGEST_NAME:
        draft.wrong(
            said.line,
            f"{draft.names[name]}: expected a name of {_LONGEST_NAME} characters at most,"
            f" and found {quoted(said.text)}",
        )
        return None
    try:
        return _one_of(said.text, entries, KINDS[name], one_name)
    except AmbiguousName as error:
        draft.wrong(said.line, _small(str(error)))
    except UnknownName as error:
        draft.wrong(said.line, _elsewhere(draft, said.text, entries) or _small(str(error)))
    return None


def _one_of(text: str, entries: list[Entry], kinds: Collection[str], one_name: OneName) -> Entry:
    """Resolve a name, also one that several things have when they all count as one."""
    try:
        return resolve(text, entries, kinds)
    except AmbiguousName as error:
        iris = [iri for iri, _ in error.candidates]
        names = one_name()
        if len({names.get(iri, iri) for iri in iris}) > 1:
            raise
        return next(entry for entry in entries if entry.iri == min(iris))


def _elsewhere(draft: Draft, text: str, entries: list[Entry]) -> str:
    """Say under which key a name belongs that is of another kind; nothing when it is of none."""
    for name, kinds in KINDS.items():
        if name in draft.names:
            try:
                entry = resolve(text, entries, kinds)
            except (UnknownName, AmbiguousName):
                continue
            return f"{text!r} is a {entry.kind}; it belongs to {draft.names[name]}"
    return ""


def _small(sentence: str) -> str:
    return f"no {sentence.removeprefix('No ')}" if sentence.startswith("No ") else sentence


def _number(draft: Draft, name: str, said: Said, most: float = math.inf) -> float | None:
    """Read a number from 0 to `most`; None, with a problem, when it is none."""
    text = said.text.strip()
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if math.isfinite(number) and 0 <= number <= most:
        return number
    limit = f" from 0 to {most}" if math.isfinite(most) else ", 0 or more"
    bare = re.sub(r"(?<=\d)[,' ](?=\d{3})", "", text)
    hint = f"; write {bare}" if bare != text and _NUMBER.fullmatch(bare) else ""
    draft.wrong(said.line, f"{draft.names[name]}: expected a number{limit}, and found {quoted(text)}{hint}")
    return None


def _pay(draft: Draft, bases: Sequence[Entry]) -> Pay | None:
    """Read the pay, with the basis that it is to be compared on."""
    if not any(name in draft.values for name in PAY_KEYS):
        return None
    for name in ("amount", "currency", "statistic"):
        if name not in draft.values and not _complained(draft, name):
            listed = [entry.label for entry in bases if entry.kind == name]
            choice = f", such as {' or '.join(listed)}" if listed else ""
            draft.wrong(draft.pay_line, f"{draft.names[name]} is missing: pay compares only with it{choice}")
    said = {name: draft.one(name) for name in PAY_KEYS}
    amount = _number(draft, "amount", said["amount"]) if said["amount"] else None
    pay = Pay(
        amount=amount or 0.0,
        currency=_currency(draft, said["currency"]),
        statistic=_basis(draft, "statistic", said["statistic"], bases),
        interval=_interval(draft, said["per"]),
        period="",
        area=_basis(draft, "area", said["area"], bases),
        evidence=Evidence(claim="", kind="", source=SELF),
    )
    return None if draft.problems else pay


def _complained(draft: Draft, name: str) -> bool:
    return any(text.startswith(f"{draft.names[name]}: ") for _, text in draft.problems)


def _currency(draft: Draft, said: Said | None) -> str:
    code = said.text.strip().upper() if said else ""
    if said and not re.fullmatch("[A-Z]{3}", code):
        draft.wrong(
            said.line,
            f"{draft.names['currency']}: expected the three letters of a currency (ISO 4217), such as USD,"
            f" and found {quoted(said.text)}",
        )
    return code


def _interval(draft: Draft, said: Said | None) -> str:
    interval = said.text.strip().upper() if said else "YEAR"
    if said and interval not in INTERVALS:
        near = get_close_matches(interval, INTERVALS, n=1)
        hint = f". Did you mean {near[0]}?" if near else ""
        listed = ", ".join(INTERVALS)
        draft.wrong(
            said.line, f"{draft.names['per']}: expected one of {listed}, and found {quoted(said.text)}{hint}"
        )
    return interval


def _basis(draft: Draft, kind: str, said: Said | None, bases: Sequence[Entry]) -> str:
    """Give the name of a statistic or an area as the graph has it; as it is written, when it has none."""
    known = [entry for entry in bases if entry.kind == kind]
    if said is None or not known:
        return said.text.strip() if said else ""
    try:
        return resolve(said.text[:_LONGEST_NAME], known, (kind,)).label
    except AmbiguousName as error:
        draft.wrong(said.line, _small(str(error)))
    except UnknownName as error:
        listed = ", ".join(entry.label for entry in known[:12])
        # Where there are few, the error lists them.
        hint = "" if error.suggestions or len(known) <= MOST_LISTED else f" There are: {listed}."
        draft.wrong(said.line, _small(str(error)) + hint)
    return ""
