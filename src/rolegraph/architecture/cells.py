"""What a cell says, brought to one form; or the words that say why it will not do.

A value stays text: numbers without needless zeros, choices as `columns` spells them, names with single
blanks.
"""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rolegraph.architecture.problems import quoted
from rolegraph.names import expand, fold, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rolegraph.architecture.columns import Column

#: Characters of the longest name, id or reference, and of the longest number.
LONGEST_NAME, LONGEST_NUMBER = 500, 25

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class Unfit(ValueError):
    """A cell that will not do; its message says why."""


def values_of(column: Column, cell: str, separator: str = "|") -> tuple[str, ...]:
    """Give the values of a cell, each in its one form; none for a blank cell.

    Raises Unfit.
    """
    if "\0" in cell:
        message = "there is a NUL character, which no text has"
        raise Unfit(message)
    texts = parts(cell, separator) if column.many else [cell.strip()]
    return tuple(dict.fromkeys(_READERS[column.kind](column, text) for text in texts if text))


def parts(cell: str, separator: str = "|") -> list[str]:
    r"""Split a cell into its values; `\|` stands for a `|` in a value.

    >>> parts(r"a | b\|c")
    ['a', 'b|c']
    """
    if "\\" not in cell:
        return [part.strip() for part in cell.split(separator)]
    found, value, escaped = [], "", False
    for char in cell:
        if escaped:
            value += char if char in ("\\", separator) else f"\\{char}"
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == separator:
            found.append(value.strip())
            value = ""
        else:
            value += char
    return [*found, (value + "\\" * escaped).strip()]


def joined(values: Sequence[str]) -> str:
    r"""Write values as one cell, so that `parts` gives them again.

    >>> joined(["a", "b|c"])
    'a|b\\|c'
    """
    return "|".join(re.sub(r"\\(?=[\\|]|$)", r"\\\\", value).replace("|", r"\|") for value in values)


def _name(column: Column, text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_NAME:
        message = f"{quoted(text)} is longer than {LONGEST_NAME} characters, which no {column.name} is"
        raise Unfit(message)
    return text


def _text(_column: Column, text: str) -> str:
    return text


def _id(column: Column, text: str) -> str:
    text = _name(column, text)
    iri = expand(text)
    return text if iri is None else shorten(checked_iri(iri))


def _url(_column: Column, text: str) -> str:
    if not re.match(r"https?://\S+$", text):
        message = f"{quoted(text)} is no address of a page; write it whole, such as https://example.com/page"
        raise Unfit(message)
    return checked_iri(text)


def checked_iri(text: str) -> str:
    """Give an IRI as it is.

    Raises Unfit when it is none.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by then

    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        message = f"{quoted(text)} is no valid IRI: {error}"
        raise Unfit(message) from None


def _number(text: str, example: str = "94000 or 94000.50") -> str:
    if not _NUMBER.fullmatch(text):
        hint = f"write digits, with a point before decimals and no blanks or commas, such as {example}"
        message = f"{quoted(text)} is not a number; {hint}"
        raise Unfit(message)
    if len(text) > LONGEST_NUMBER:
        message = f"{quoted(text)} has more digits than any figure has"
        raise Unfit(message)
    whole, point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (point + decimals if decimals else "")


def _amount(_column: Column, text: str) -> str:
    number = _number(text)
    if number == "0":
        message = "0 is no amount; leave the cell empty where it is not known"
        raise Unfit(message)
    return number


def _percent(_column: Column, text: str) -> str:
    if text.endswith("%"):
        message = f"{quoted(text)} is not a number; write {text.rstrip('% ')}, without the sign"
        raise Unfit(message)
    number = _number(text, "37.5")
    if float(number) > 100:  # noqa: PLR2004 - percent
        message = f"{number} is more than 100 percent"
        raise Unfit(message)
    return number


def _whole(column: Column, text: str) -> str:
    number = _number(text, column.example)
    if "." in number or len(number) > 9:  # noqa: PLR2004 - digits
        message = f"{quoted(text)} is not a whole number; write one such as {column.example}"
        raise Unfit(message)
    return number


def _count(column: Column, text: str) -> str:
    number = _whole(column, text)
    if number == "0":
        message = "0 is too small; it is 1 at least, and empty where it is not known"
        raise Unfit(message)
    return number


def _date(_column: Column, text: str) -> str:
    found = _DATE.fullmatch(text)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
    try:
        dt.date(year, month, day)
    except ValueError:
        message = f"{quoted(text)} is not a date; write 2026, 2026-01 or 2026-01-31"
        raise Unfit(message) from None
    return text


def _currency(_column: Column, text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        message = f"{quoted(text)} is no currency; write its three letters by ISO 4217, such as EUR"
        raise Unfit(message)
    return text.upper()


def _choice(column: Column, text: str) -> str:
    known = {fold(word): word for word in column.words}
    if (word := known.get(fold(text))) is not None:
        return word
    near = get_close_matches(fold(text), known, 1)
    hint = f"; is {known[near[0]]!r} meant?" if near else ""
    message = f"{quoted(text)} is none of: {', '.join(column.words)}{hint}"
    raise Unfit(message)


_READERS: dict[str, Callable[[Column, str], str]] = {
    "name": _name,
    "reference": _name,
    "id": _id,
    "text": _text,
    "url": _url,
    "amount": _amount,
    "percent": _percent,
    "whole": _whole,
    "count": _count,
    "date": _date,
    "currency": _currency,
    "choice": _choice,
}
