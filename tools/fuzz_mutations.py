"""Changes files at random, byte by byte and word by word, for `tools/fuzz.py`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Change = Callable[[Random, bytearray, Sequence[bytes]], None]

#: The longest file that changes may lead to; what is longer is for the generators of depth and length.
LONGEST = 1 << 16

#: What has brought down parsers before.
_NASTY = (
    b"\xef\xbb\xbf \xff\xfe \x00 \xff \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \\ \\u \\uD800 \\U00110000"
    b" \\u0000 %00 % 0 -0 -1 1E999999999 1e-400 NaN INF -INF 1_000 0x10 007 9223372036854775808 2026-13-45"
    b" 0000-00-00T24:61:61Z null true [] {} () <> '' \"\" \"\"\" ''' # @prefix BASE _: __proto__"
    b" javascript:alert(1) file:///etc/passwd ${x} {{x}} %s =1+1 \xe2\x80\xae \xe2\x80\x8b \xcc\x81"
    b" \xf0\x9f\x92\xa9 \xc4\xb0 \xe1\xba\x9e \x1b[31m"
).split(b" ")

_BLANKS = (b" ", b"\t", b"\n", b"\r\n", b"\r", b"\x0b", b"\x0c", b"\xc2\xa0", b"\xe2\x80\xa8", b"")

_WORD = re.compile(rb"\w+|\s+|[^\w\s]")

_NUMBERS = (b"0", b"-1", b"1.5", b"1e3", b"99999999999999999999", b"00", b"1,5", b"")


def one_in(times: int, rng: Random) -> bool:
    """Throw a die of so many sides, and tell whether it came out right."""
    return not rng.randrange(times)


def words_of(files: Sequence[bytes]) -> list[bytes]:
    """Give the words and signs that files are made of, each once."""
    found = dict.fromkeys(word for content in files for word in _WORD.findall(content) if not word.isspace())
    return [*found, *_NASTY]


def mutated(rng: Random, content: bytes, others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """Change a file in a few places: most often in one or two, seldom in dozens."""
    changed = bytearray(content)
    if one_in(10, rng):
        _splice(rng, changed, others)
    for _ in range(min(50, int(rng.expovariate(0.5)) + 1)):
        change = rng.choice(_CHANGES)
        change(rng, changed, words)
    del changed[LONGEST:]
    if one_in(100, rng):
        return _encoded(rng, bytes(changed))
    return bytes(changed)


def _place(rng: Random, changed: bytearray) -> int:
    return rng.randrange(len(changed) + 1)


def _span(rng: Random, changed: bytearray, longest: int = 40) -> slice:
    start = _place(rng, changed)
    return slice(start, start + rng.randrange(1, longest))


def _flip(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    if changed:
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)


def _byte(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    place = _place(rng, changed)
    changed[place : place + rng.randrange(2)] = bytes([rng.randrange(256)])


def _cut(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    del changed[_span(rng, changed)]


def _end(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    if one_in(5, rng):
        del changed[_place(rng, changed) :]


def _copy(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    copied = changed[_span(rng, changed)]
    place = _place(rng, changed)
    changed[place:place] = copied * rng.choice((1, 1, 1, 2, 10, 200))


def _insert(rng: Random, changed: bytearray, words: Sequence[bytes]) -> None:
    place = _place(rng, changed)
    changed[place:place] = rng.choice(words)


def _replace(rng: Random, changed: bytearray, words: Sequence[bytes]) -> None:
    """Put one word in the place of another, of a number, or of a blank."""
    found = _WORD.search(changed, _place(rng, changed))
    if found:
        instead = _BLANKS if found[0].isspace() else _NUMBERS if found[0].isdigit() else words
        changed[found.start() : found.end()] = rng.choice(instead)


def _swap(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    first, second = (_WORD.search(changed, _place(rng, changed)) for _ in range(2))
    if first and second and first.end() <= second.start():
        changed[first.start() : second.end()] = second[0] + changed[first.end() : second.start()] + first[0]


def _line(rng: Random, changed: bytearray, _words: Sequence[bytes]) -> None:
    """Take a line out, double it, or move it."""
    lines = changed.split(b"\n")
    number = rng.randrange(len(lines))
    if one_in(2, rng):
        lines.insert(rng.randrange(len(lines)), lines[number])
    if not one_in(3, rng):
        del lines[number]
    changed[:] = b"\n".join(lines)


_CHANGES: tuple[Change, ...] = (_flip, _byte, _cut, _end, _copy, _insert, _replace, _replace, _swap, _line)


def _splice(rng: Random, changed: bytearray, others: Sequence[bytes]) -> None:
    """Go on as another file does."""
    other = rng.choice(others)
    changed[_place(rng, changed) :] = other[rng.randrange(len(other) + 1) :]


def _encoded(rng: Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(
        rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp037")), "replace"
    )
