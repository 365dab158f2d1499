"""How much room text takes: widths estimated without a font, and lines broken to fit."""

from __future__ import annotations

import unicodedata

#: Size of the letters of a name, in pixels at full zoom.
NAME_SIZE = 13

#: Beyond the Latin letters; what stands there is rather wider.
_LATIN = "\u024f"

#: How much wider bold letters are.
BOLD = 1.13

#: Letters by width, in hundredths of the letter size, measured in DejaVu Sans: most faces are narrower.
_LETTERS = {
    27: "'",
    28: "ijl",
    29: "IJ",
    32: " ,.",
    34: "/:;\\|",
    35: "f",
    36: "-",
    39: "()[]t",
    40: "!",
    41: "r",
    46: '"',
    50: "*_`",
    52: "sz",
    53: "?",
    55: "c",
    56: "L",
    58: "Fk",
    59: "vxy",
    60: "P",
    61: "TYao",
    62: "e",
    63: "ESbdghnpqu",
    64: "0123456789${}",
    66: "K",
    68: "AV",
    69: "BRXZ",
    70: "C",
    73: "U",
    75: "HN",
    77: "DG",
    78: "&",
    79: "OQ",
    82: "w",
    84: "#+<=>^~",
    86: "M",
    95: "%",
    97: "m",
    99: "W",
    100: "@",
}
_WIDTHS = {letter: width / 100 for width, letters in _LETTERS.items() for letter in letters}

_ELLIPSIS = "…"


def text_width(text: str, size: float = NAME_SIZE) -> float:
    """Estimate how wide a text is, in pixels.

    >>> text_width("iii") < text_width("nnn") < text_width("MMM") < text_width("漢漢漢")
    True
    """
    return size * sum(_WIDTHS.get(letter) or _class_width(letter) for letter in text)


def _class_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.7 if letter.isupper() or letter > _LATIN else 0.63


def wrap(text: str, width: float, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines of that width; what does not fit ends in an ellipsis.

    >>> wrap("vice president of product", 100, 2)
    ('vice president', 'of product')
    >>> wrap("engineers/architects", 100, 2)
    ('engineers/', 'architects')
    >>> wrap("a" * 10_000, 40, 2)
    ('aaaaa', 'aaa…')
    """
    lines: list[str] = []
    rest = text[: 200 * most]  # far more than fits, so that a huge text costs nothing
    while rest:
        line = _first_line(rest, width)
        rest = rest[len(line) :].lstrip()
        lines.append(line.rstrip())
        if len(lines) == most and (rest or len(text) > 200 * most):
            lines[-1] = _shorten(lines[-1], width)
            break
    return tuple(lines) or ("",)


def _first_line(text: str, width: float) -> str:
    """Give what stands on the first line: whole words, or part of one that is wider than a line."""
    used, end = 0.0, 0
    for position, letter in enumerate(text):
        if letter == " ":
            end = position + 1
        used += text_width(letter)
        if used > width and letter != " " and position:
            return text[: end or position]
        if letter in "-/":
            end = position + 1
    return text


def _shorten(line: str, width: float) -> str:
    while line and text_width(line + _ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
