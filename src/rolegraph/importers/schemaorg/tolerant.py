"""JSON as pages carry it: read strictly first, then with the slips that cannot change its meaning."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rolegraph.errors import SourceError
from rolegraph.names import PREFIXES

if TYPE_CHECKING:
    from rolegraph.importers.reports import Report

#: Deepest nesting of brackets. Pages need ten; parsers further down die of ten thousand.
DEEPEST = 100

#: Digits from which on a whole number is kept as it is written.
_MANY_DIGITS = 15

#: A string, also one that is never closed: so each character is looked at once.
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)'
_BRACKETS = re.compile(rf"{_STRING}|[\[{{]|[\]}}]", re.DOTALL)
_COMMENTS = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMMAS = re.compile(rf"({_STRING})|,(?=\s*[\]}}])", re.DOTALL)

#: What old pages wrap a script in.
_WRAPPED = re.compile(
    r"()\A\s*(?:<!--|(?://\s*|/\*\s*)?<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*\Z"
)

#: What is no JSON and says nothing; what it matches; what to put there unless the first group holds a string.
_SLIPS = (
    ("wrappings of old scripts", _WRAPPED, ""),
    ("comments inside JSON", _COMMENTS, " "),
    ("commas before a closing bracket", _COMMAS, ""),
)

#: What may stand between two objects.
_BETWEEN = frozenset(" \t\r\n;,")

_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")


def parse(text: str, place: str, report: Report) -> list[Any]:
    """Give the values that a text in JSON holds: one, or several that stand one after another.

    Comments, commas before a closing bracket, line ends inside strings and the wrappings of old scripts are
    passed over and counted in the report; so are NaN and Infinity, which become null. Numbers with a
    fraction come as JSON-LD values, exactly as they are written.

    Raises SourceError, with line and column, for anything else, and for brackets deeper than DEEPEST.
    """
    _check_depth(text, place)
    decoder = json.JSONDecoder(
        strict=False,
        object_pairs_hook=lambda pairs: _object(pairs, place, report),
        parse_constant=lambda name: _constant(name, place, report),
        parse_float=_float,
        parse_int=_int,
    )
    try:
        return _values(decoder, text)
    except json.JSONDecodeError as first:
        tidied = _tidied(text, place, report)
        try:
            return _values(decoder, tidied)
        except json.JSONDecodeError:
            reason = f"is no JSON: {first.msg[:1].lower()}{first.msg[1:]}"
            raise SourceError(place, reason, line=first.lineno, column=first.colno) from first


def _check_depth(text: str, place: str) -> None:
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += found[0] in "[{"
        depth -= found[0] in "]}"
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            reason = f"the brackets are nested deeper than {DEEPEST}, which no description of a role needs"
            raise SourceError(place, reason, line=line)


def _values(decoder: json.JSONDecoder, text: str) -> list[Any]:
    found: list[Any] = []
    position = len(text) - len(text.lstrip())
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        found.append(value)
        while text[position : position + 1] in _BETWEEN:
            position += 1
    if not found:
        raise json.JSONDecodeError("it is empty", text, 0)
    return found


def _tidied(text: str, place: str, report: Report) -> str:
    """Take out what is no JSON and says nothing; line ends stay."""
    for what, pattern, instead in _SLIPS:
        tidied = pattern.sub(lambda found, instead=instead: found[1] or instead, text)  # type: ignore[misc]
        if tidied != text:
            report.note(f"{what}, passed over", place)
        text = tidied
    return text


def _object(pairs: list[tuple[str, Any]], place: str, report: Report) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        report.note("names that stand twice in one object, the last of which counts", f"{twice!r} in {place}")
    return found


def _constant(name: str, place: str, report: Report) -> None:
    report.note("figures that are no number (NaN, Infinity), left out", f"{name} in {place}")


def _float(text: str) -> dict[str, str]:
    datatype = "decimal" if _DIGITS.fullmatch(text) else "double"
    return {"@value": text, "@type": PREFIXES["xsd"] + datatype}


def _int(text: str) -> int | dict[str, str]:
    return int(text) if len(text) <= _MANY_DIGITS else {"@value": text, "@type": f"{PREFIXES['xsd']}integer"}
