"""What words of a page say exactly: lists, degrees, years, dates, codes. What is not exact stays words."""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

#: Longest name of a skill, a duty or a role, in characters; what is longer is prose.
LONGEST_NAME = 200

#: Longest text that a claim in words takes over.
LONGEST_TEXT = 20_000

_BREAKS = re.compile(r"<\s{0,3}/?\s{0,3}(?:li|br|p|div|ul|ol|tr|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_TAGS = re.compile(r"<[/!]?[A-Za-z][^<>]{0,500}>")
_BULLETS = re.compile(r"[\r\n]+|\s[•‣▪●·*]\s+|^\s*[•‣▪●·*-]\s+")

#: Words that begin no name of a skill: a comma before them joins a sentence.
_JOINING = re.compile(r"(?:and|or|both|including|such|as|with|especially|e\.g\.)\b", re.IGNORECASE)

#: How long a name between commas may be, in words; and how many there must be.
_SHORT, _SEVERAL = 4, 3


def plain(text: str) -> str:
    """Give a text without markup, character references and needless blanks.

    >>> plain("R&amp;D <b>lead</b>")
    'R&D lead'
    """
    text = _TAGS.sub("", _BREAKS.sub(" ", html.unescape(text))) if "<" in text or "&" in text else text
    return " ".join(text.split())


def items(text: str) -> list[str]:
    """Give the items of a text that is a list: of lines, of bullets, of HTML; else the text alone.

    >>> items("<ul><li>plan</li><li>lead</li></ul>")
    ['plan', 'lead']
    """
    text = html.unescape(text) if "&" in text else text
    parts = _BULLETS.split(_BREAKS.sub("\n", text))
    told = (part for part in map(plain, parts) if re.search(r"\w", part))
    return list(dict.fromkeys(told))


def skill_names(text: str) -> list[str]:
    """Give the names of the skills in a text: those of a list, or those between semicolons or commas.

    Commas part names only where there are three at least, of four words at most.

    >>> skill_names("SQL, Python, data modelling")
    ['SQL', 'Python', 'data modelling']
    >>> skill_names("Good communication, both written and verbal")
    ['Good communication, both written and verbal']
    """
    found: list[str] = []
    for item in items(text):
        parts = [part.strip(" .") for part in item.split(";")]
        commas = [part.strip(" .") for part in item.split(",")]
        apart = len(commas) >= _SEVERAL and all(map(_is_short, commas)) and len(parts) == 1
        found += [part for part in (commas if apart else parts if len(parts) > 1 else [item]) if part]
    return list(dict.fromkeys(found))


def _is_short(name: str) -> bool:
    return 0 < len(name.split()) <= _SHORT and not _JOINING.match(name)


class Degree(NamedTuple):
    """A degree that words name: the end of its IRI, its name, the subject, and a condition."""

    key: str
    name: str
    subject: str = ""
    qualifier: str = ""


#: Degrees by what they are called: rolegraph's own, by their IRIs there.
_DEGREES = (
    (
        "associate",
        "associate degree",
        r"associate of (?:applied )?(?:arts|sciences?)|associates?(?:'s)?(?: degree)?",
    ),
    (
        "bachelor",
        "bachelor's degree",
        r"bachelor of (?:arts|sciences?|engineering)|bachelors?(?:'s)?(?: degree)?|b\.?sc?\.?|b\.?a\.?",
    ),
    (
        "master",
        "master's degree",
        r"master of (?:arts|sciences?|engineering)|masters?(?:'s)?(?: degree)?|m\.?sc\.?",
    ),
    ("doctorate", "doctoral degree", r"doctorate(?: degree)?|doctoral degree|ph\.?\s?d\.?(?: degree)?"),
)

_DEGREE = tuple(
    (
        key,
        name,
        re.compile(
            rf"(?:an? )?(?:{pattern})(?: (?:in|of) (?P<subject>[\w&/ -]{{2,80}}?))?"
            r"(?P<qualifier>,? (?:or (?:equivalent|higher|above)[\w ]{0,60}|preferred|required))?\.?",
            re.IGNORECASE,
        ),
    )
    for key, name, pattern in _DEGREES
)


def degree(text: str) -> Degree | None:
    """Give the degree that a text names, None when it says anything else or more.

    >>> degree("PhD in parapsychology")
    Degree(key='doctorate', name='doctoral degree', subject='parapsychology', qualifier='')
    >>> degree("Graduate degree in nursing") is None
    True
    """
    text = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    for key, name, pattern in _DEGREE if len(text) <= LONGEST_NAME else ():
        if found := pattern.fullmatch(text):
            return Degree(key, name, (found["subject"] or "").strip(), (found["qualifier"] or "").strip(" ,"))
    return None


def years(text: str) -> int | None:
    """Give the years of experience that a text begins with, None when it does not.

    >>> years("At least 5 years of product work"), years("some years")
    (5, None)
    """
    found = re.match(
        r"(?:at least |a? ?minimum(?: of)? |over )?(\d{1,2})\s?\+? ?(?:or more )?years?\b",
        text,
        re.IGNORECASE,
    )
    return int(found[1]) if found else None


def date(text: str) -> tuple[str, str] | None:
    """Give a date as exact as it is written, with its XML Schema datatype; None when it is none.

    >>> date("2025-11"), date("2019-03-01T10:00:00Z"), date("May")
    (('2025-11', 'gYearMonth'), ('2019-03-01', 'date'), None)
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:[T ].*)?)?)?", text.strip())
    if not found:
        return None
    try:
        dt.date.fromisoformat(f"{text.strip()[:10]}-01-01"[:10])
    except ValueError:  # there is no such day
        return None
    kind = "date" if found[3] else "gYearMonth" if found[2] else "gYear"
    return "-".join(filter(None, found.groups())), kind


def amount(text: str) -> Decimal | None:
    """Give a sum of money; None when the text is no number above zero.

    >>> amount("60,000.00"), amount("60k")
    (Decimal('60000.00'), None)
    """
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    try:
        number = Decimal(text) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?([eE]\+?\d)?", text) else None
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers alone
        return None
    return number or None


_UNITS = {
    "YEAR": r"years?|yearly|per year|annual(?:ly)?|annum|per annum|ann|p?1y",
    "MONTH": r"months?|monthly|per month|mon|p?1m",
    "WEEK": r"weeks?|weekly|per week|wee|p?1w|p7d",
    "DAY": r"days?|daily|per day|p?1d",
    "HOUR": r"hours?|hourly|per hour|hur|p?t?1h|pt60m",
}


def interval(text: str) -> str:
    """Give the time that pay is for as rolegraph writes it; empty when the text is none.

    Takes words, ISO 8601 durations, also without their P, and the codes of UN/CEFACT.

    >>> interval("P1Y"), interval("1Y"), interval("hourly"), interval("HUR")
    ('YEAR', 'YEAR', 'HOUR', 'HOUR')
    """
    folded = text.strip().lower()
    return next((unit for unit, pattern in _UNITS.items() if re.fullmatch(pattern, folded)), "")


def months(duration: str) -> int | None:
    """Give the months of an ISO 8601 duration in years, months or weeks, at least 1; None when it is none.

    >>> months("P4Y"), months("P18M"), months("P2W"), months("a while")
    (48, 18, 1, None)
    """
    found = re.fullmatch(r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?", duration.strip().upper())
    if not found or not any(found.groups()):
        return None
    in_years, in_months, in_weeks = (int(part or 0) for part in found.groups())
    return max(1, in_years * 12 + in_months + in_weeks * 7 // 30)


class Code(NamedTuple):
    """A code of a classification: the IRI of the occupation, the code, and the classification's name."""

    iri: str
    code: str
    scheme: str


def soc(text: str) -> str:
    """Give the code of the US classification SOC, or of O*NET's, that a text begins with; else nothing.

    >>> soc("15-1132.00 Software Developers")
    '15-1132.00'
    """
    found = re.match(r"\d\d-\d{4}(?:\.\d\d)?(?![\d.-])", text.strip())
    return found[0] if found else ""
