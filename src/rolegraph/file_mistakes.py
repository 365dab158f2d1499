"""What is wrong with a file that the parser refused, and where in it.

Of RDF/XML and JSON-LD that are sound XML and JSON, the parser tells what is wrong and not where. RDF/XML is
read again byte by byte: the place is where the parser was when it objected. Of JSON-LD, it is the innermost
part that the parser objects to in the same words when it is read by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.engine_words import plain
from rolegraph.errors import SourceError
from rolegraph.file_guard import check_decoded

if TYPE_CHECKING:
    from pathlib import Path

#: A base that names nothing; relative IRIs need one.
_BASE = "urn:base:"

#: The most bytes of JSON-LD in which a place is looked for: each level of it is read again.
_MOST = 4_000_000

#: The escape of the first half of a character, without the second.
_HALF = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])")

_CONTEXT = b'"@context"'

#: The words of a JSON text.
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)


def source_error(
    place: str | Path, error: Exception, content: bytes, rdf_format: ox.RdfFormat
) -> SourceError:
    """Give the error for a file that the parser refused, with line and column."""
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    reason = str(error.args[0]) if error.args else str(error)
    if rdf_format == ox.RdfFormat.JSON_LD and (half := half_in(content, reason)):
        start, reason = half
        row = content.count(b"\n", 0, start) + 1
        return SourceError(place, reason, line=row, column=_column(content, start))
    if re.search(r"UTF-8|Unexpected byte|\0", reason):
        try:
            check_decoded(content, place)
        except SourceError as refused:  # it tells the very byte, and what to do
            return refused
    if line is None and (at := _offset(content, rdf_format, reason)) is not None:
        line, column = content.count(b"\n", 0, at) + 1, _column(content, at)
    return SourceError(place, in_words(reason), line=line, column=column)


def half_in(content: bytes, reason: str) -> tuple[int, str] | None:
    """Find half a character in JSON, whose other half the parser looked for to the end of the file."""
    if not reason.endswith("end of file") or (half := _HALF.search(content)) is None:
        return None
    what = half[0].decode()
    return half.start(), f"the escape {what} is half a character; write both, or the character itself"


def in_words(reason: str) -> str:
    """Say what the parser says, in words that help."""
    reason = re.sub(r"^Parser error[^:]*: ", "", reason)
    if "LoadDocumentCallback" in reason:
        reason = "names a remote JSON-LD context, which is never fetched; put the context into the file"
    if "No scheme" in reason:
        reason += " (a relative IRI needs a @base)"
    if reason == "Unexpected end of file":
        reason = "what begins here does not end before the file does"
    return plain(reason).replace("\n", "\\n").replace("\t", "\\t")


def _column(content: bytes, at: int) -> int:
    """Count the characters before a byte in its line."""
    before = content[content.rfind(b"\n", 0, at) + 1 : at]
    return len(before.decode("utf-8", "replace")) + 1


def _offset(content: bytes, rdf_format: ox.RdfFormat, reason: str) -> int | None:
    if rdf_format == ox.RdfFormat.RDF_XML:
        return _offset_in_xml(content)
    if rdf_format == ox.RdfFormat.JSON_LD and len(content) <= _MOST:
        return _offset_in_json(content, reason)
    return None


# -- RDF/XML ---------------------------------------------------------------------------------------


class _Drip:
    """A file that hands out its first bytes at once, and then one at a time."""

    def __init__(self, content: bytes, at_once: int, part: int) -> None:
        self.content = content
        self.at = 0
        self.at_once = at_once
        self.part = part

    def read(self, most: int = -1) -> bytes:
        size = self.at_once - self.at if self.at < self.at_once else self.part
        given = self.content[self.at : self.at + (min(size, most) if most > 0 else size)]
        self.at += len(given)
        return given


def _offset_in_xml(content: bytes) -> int | None:
    """Give the last byte that the parser had read when it objected."""
    start = 0
    for part in (4_096, 1):
        drip = _Drip(content, start, part)
        if not _objection(drip, ox.RdfFormat.RDF_XML):
            return None
        start = max(0, drip.at - part)
    return start


def _objection(source: bytes | _Drip, rdf_format: ox.RdfFormat) -> str:
    """Give what the parser says against a document."""
    try:
        for _ in ox.parse(source, format=rdf_format, base_iri=_BASE):  # type: ignore[arg-type]
            pass
    except (SyntaxError, ValueError) as error:
        return str(error.args[0])
    return ""


# -- JSON-LD ---------------------------------------------------------------------------------------


@dataclass
class _Part:
    """An object or a list of a JSON text: where it begins and ends, and what is in it.

    key: what it is the value of, with its quotes; of what a list holds, what the list is the value of.
    keys: where each key of an object begins, and the key.
    """

    start: int
    key: bytes = b""
    end: int = 0
    keys: list[tuple[int, bytes]] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)


def _offset_in_json(content: bytes, reason: str) -> int:
    """Give where the key is that an objection names, in the innermost part that it holds for."""
    part = _read(content)
    contexts: list[bytes] = []
    while True:
        contexts += _contexts(content, part)
        if contexts and _says(reason, contexts, []):  # the context itself is what is wrong
            break
        nodes = [content[one.start : one.end] for one in part.parts]
        # The first of the parts with which, together with those before it, the parser objects.
        number = bisect_left(range(len(nodes)), x=True, key=partial(_fails, reason, contexts, nodes))
        if number == len(nodes):
            break
        part = part.parts[number]
    return _key_named(reason, part)


def _fails(reason: str, contexts: list[bytes], nodes: list[bytes], number: int) -> bool:
    return _says(reason, contexts, nodes[: number + 1])


def _says(reason: str, contexts: list[bytes], nodes: list[bytes]) -> bool:
    """Tell whether the parser objects to nodes by themselves in these words."""
    context = b'"@context": [%s], ' % b", ".join(contexts) if contexts else b""
    return _objection(b'{%s"@graph": [%s]}' % (context, b", ".join(nodes)), ox.RdfFormat.JSON_LD) == reason


def _contexts(content: bytes, part: _Part) -> list[bytes]:
    """Give the contexts that an object declares, as text."""
    found = []
    for start, key in part.keys:
        if key == _CONTEXT:
            value = _JSON.search(content, content.index(b":", start + len(key)) + 1)
            inner = next((one for one in part.parts if value and one.start == value.start()), None)
            text = content[inner.start : inner.end] if inner else value[0] if value else b""
            found.append(text[1:-1] if text.startswith(b"[") else text)
    return [text for text in found if text.strip()]


def _key_named(reason: str, part: _Part) -> int:
    """Give the place of the key that an objection names, or else of the context or the part."""
    inside = [part, *(one for one in part.parts if one.key == _CONTEXT)]
    inside += [inner for one in inside[1:] for inner in one.parts]
    for word in [b'"%s"' % name.encode() for name in re.findall(r"@[a-z]+", reason)] + [_CONTEXT]:
        places = [at for one in inside for at, key in one.keys if key == word]
        if places:
            return places[-1] if "twice" in reason else places[0]
    return part.start


def _read(content: bytes) -> _Part:
    """Read which parts a JSON text has, and which keys these have."""
    top = _Part(0)
    within = [(top, b"")]  # the parts that are open, each with the key read last
    word: re.Match[bytes] | None = None
    for found in _JSON.finditer(content):
        part, key = within[-1]
        if found[0] == b":" and word:
            part.keys.append((word.start(), word[0]))
            within[-1] = part, word[0]
        elif found[0] in {b"{", b"["}:
            part.parts.append(_Part(found.start(), key))
            within.append((part.parts[-1], key))
        elif found[0] in {b"}", b"]"} and within[1:]:
            within.pop()
            part.end = found.end()
        word = found
    return top
