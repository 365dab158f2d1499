"""What differs in the pay of a thing, and in what else is said of it. Pure values, no graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rolegraph.changes.pairing import paired
from rolegraph.changes.values import Difference, aspects_of, both_in_words, shown
from rolegraph.pay import basis_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rolegraph.model import Evidence, Note, Pay

    #: A thing's name and IRI.
    About = tuple[str, str]

#: Notes of which a source gives one for each thing.
_SINGLE = frozenset({"outlook", "preparation", "level"})


def pay_changed(
    about: About, old: Sequence[Pay], new: Sequence[Pay], ignored: Collection[str] = ()
) -> Iterator[Difference]:
    """Compare pay figures of one basis: statistic, currency, interval, area and source.

    The period may move on. Where the source has another name by then, a figure of the same publisher will do;
    the latest figures are compared, those of other periods are gained or lost.
    """
    pairs, lost, gained = paired(
        _by_period(old),
        _by_period(new),
        [
            lambda pay: (*basis_key(pay), pay.evidence.source, pay.period, pay.amount),
            lambda pay: (*basis_key(pay), pay.evidence.source, pay.period),
            lambda pay: (*basis_key(pay), pay.evidence.source),
            lambda pay: (*basis_key(pay), pay.evidence.publisher) if pay.evidence.publisher else None,
        ],
    )
    for pay in lost:
        yield _pay("lost", about, pay, before=_figure(pay))
    for pay in gained:
        yield _pay("gained", about, pay, after=_figure(pay))
    for before, after in pairs:
        aspects = aspects_of(_pay_facets(before), _pay_facets(after), ignored)
        if aspects:
            yield _pay("changed", about, after, aspects=aspects, **_rise(before, after, aspects))


def _rise(before: Pay, after: Pay, aspects: Sequence[tuple[str, Any, Any]]) -> dict[str, Any]:
    """Give the two figures in words, and by how much they differ; where they do not, what else does."""
    if not {"amount", "period"} & {name for name, _, _ in aspects}:
        return dict(zip(("before", "after"), both_in_words(aspects), strict=True))
    words = {"before": _figure(before), "after": _figure(after)}
    rise = after.amount - before.amount
    percent = round(100 * rise / before.amount, 2) if before.amount else None
    return {**words, "amount": rise, "percent": percent}


def _by_period(pay: Iterable[Pay]) -> list[Pay]:
    return sorted(pay, key=lambda item: (item.period, item.amount, str(item.evidence)))


def _figure(pay: Pay) -> str:
    amount = f"{pay.amount:,.0f}" if pay.amount == int(pay.amount) else f"{pay.amount:,.2f}"
    return f"{pay.currency} {amount}" + (f" ({pay.period})" if pay.period else "")


def _pay(change: str, about: About, pay: Pay, **more: Any) -> Difference:
    thing, iri = about
    return Difference(
        change=change,
        what="pay",
        kind=pay.basis,
        thing=thing,
        sources=(str(pay.evidence),),
        iri=shown(iri),
        **more,
    )


def _pay_facets(pay: Pay) -> dict[str, Any]:
    return {
        "amount": pay.amount,
        "period": pay.period,
        "low": pay.low,
        "high": pay.high,
        **_basis_of(pay.evidence),
    }


def _basis_of(item: Evidence) -> dict[str, Any]:
    return {
        "evidence": item.kind,
        "doubt": item.doubt,
        "qualifier": item.qualifier,
        "sources": (str(item),),
    }


def notes_changed(
    about: About, old: Sequence[Note], new: Sequence[Note], ignored: Collection[str] = ()
) -> Iterator[Difference]:
    """Compare what sources say of a thing in words: the same words, else the same claim with other words."""
    pairs, lost, gained = paired(
        _by_words(old),
        _by_words(new),
        [
            lambda note: (note.kind, note.text, note.years, note.evidence.claim, str(note.evidence)),
            lambda note: (note.kind, note.text, note.evidence.claim),
            lambda note: (note.kind, note.text, note.evidence.source),
            lambda note: (note.kind, note.text),
            # O*NET's answers on experience are of one claim, and differ by their last figure.
            lambda note: (note.kind, re.sub(r"[\d.]+(?=\D*$)", "", note.text), note.evidence.claim),
            lambda note: (note.kind, note.evidence.claim),
            lambda note: (note.kind, note.evidence.source) if note.kind in _SINGLE else None,
        ],
    )
    for note in lost:
        yield _note("lost", about, note, before=note.text)
    for note in gained:
        yield _note("gained", about, note, after=note.text)
    for before, after in pairs:
        aspects = aspects_of(_note_facets(before), _note_facets(after), ignored)
        if aspects:
            # The words tell the figure too.
            told = [aspect for aspect in aspects if aspect[0] != "years"] or list(aspects)
            was, now = both_in_words(told)
            yield _note("changed", about, after, before=was, after=now, aspects=aspects)


def _by_words(notes: Iterable[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: (note.kind, note.text, str(note.evidence), note.evidence.claim))


def _note(change: str, about: About, note: Note, **more: Any) -> Difference:
    thing, iri = about
    return Difference(
        change=change,
        what="note",
        kind=note.kind,
        thing=thing,
        sources=(str(note.evidence),),
        iri=shown(iri),
        **more,
    )


def _note_facets(note: Note) -> dict[str, Any]:
    return {"text": note.text, "years": note.years, **_basis_of(note.evidence)}
