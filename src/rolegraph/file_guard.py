"""What a data file may not hold: what would make the parser fetch, swell or dig without end.

A few kilobytes of XML entities stand for gigabytes, and a few kilobytes of brackets end the process. Both are
seen before the parser is given the file. So is what is no text in UTF-8 by its first bytes: of that, the
parser would say something about names or brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

#: The deepest nesting of brackets or elements. JSON-LD 1,000 deep takes 210 MB, 4,000 deep the process.
DEEPEST = 128

#: The longest text that an XML entity may stand for (it is meant for the beginnings of IRIs), and how much
#: all of them may add to a file, in bytes.
LONGEST_ENTITY = 1_000
MOST_EXPANSION = 16_000_000

#: How text in another encoding begins, or what is no text; the mark of UTF-32 begins with one of UTF-16.
MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a zip archive or a workbook",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "a picture",
    b"%PDF-": "a PDF",
    b"SQLite format 3\x00": "a database",
}

_JSON = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)

#: Strings, IRIs and comments of Turtle, TriG and the like; in them brackets mean nothing.
_TURTLE = re.compile(
    rb'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    rb"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    rb'|"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"'
    rb"|'[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'"
    rb'|<[^<>"{}|^`\x00-\x20]*>|#[^\n\r]*|\\.',
    re.DOTALL,
)

_OPEN, _CLOSE = b"([{", b")]}"
_NO_BRACKETS = bytes(sorted(set(range(256)) - {*_OPEN, *_CLOSE}))


def marked(content: bytes) -> str:
    """Say what is wrong with text that begins like something else; nothing where nothing is.

    >>> marked("name".encode("utf-16"))
    'is UTF-16, not text in UTF-8; save it as UTF-8'
    """
    what = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    if what == "gzip":
        return "is compressed by gzip, which the end of its name has to say: .gz"
    return f"is {what}, not text in UTF-8; save it as UTF-8" if what else ""


def check_kind(file: Path) -> None:
    """Refuse a pipe or a device: nobody may ever write to the one, and the other may never end.

    Raises SourceError.
    """
    try:
        odd = file.exists() and not file.is_file() and not file.is_dir()
    except (OSError, ValueError):  # whoever opens it tells why it cannot be looked at
        return
    if odd:
        raise SourceError(file, "is a pipe or a device, and no file; copy what it gives to a file first")


def check_text(content: bytes, place: str | Path) -> None:
    """Refuse what begins like text in another encoding, or like something else than text.

    Raises SourceError.
    """
    if wrong := marked(content):
        raise SourceError(place, wrong, line=1, column=1)


def check_nesting(content: bytes, place: str | Path, *, json: bool) -> None:
    """Refuse JSON, or a file in Turtle or its kin, whose brackets are nested too deeply.

    Raises SourceError, with the line and column of the first bracket that is too deep.
    """
    if sum(content.count(bytes((sign,))) for sign in _OPEN) <= DEEPEST:
        return
    quoted = _JSON if json else _TURTLE
    left = quoted.sub(b"", content).translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        # Each round takes the innermost brackets away; broken pairs are the parser's to complain of.
        left = left.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
    if not any(sign in left for sign in _OPEN):
        return
    depth, start = 0, -1
    for found in re.finditer(quoted.pattern + rb"|[(\[{]|[)\]}]", content, re.DOTALL):
        depth += 1 if found[0] in {b"(", b"[", b"{"} else -1 if found[0] in {b")", b"]", b"}"} else 0
        if depth > DEEPEST:
            start = found.start()
            break
    if start < 0:
        return
    line, column = content.count(b"\n", 0, start) + 1, start - content.rfind(b"\n", 0, start)
    raise SourceError(place, f"nests brackets more than {DEEPEST} deep", line=line, column=column)


def check_decoded(content: bytes, place: str | Path) -> None:
    """Refuse what is no UTF-8, or holds a NUL character, as text in UTF-16 without its mark does.

    Raises SourceError, with line and column.
    """
    nul = content.find(b"\0")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if not 0 <= nul < error.start:
            raise SourceError.no_text(place, error) from error
    if nul >= 0:
        line, column = content.count(b"\n", 0, nul) + 1, nul - content.rfind(b"\n", 0, nul)
        reason = "there is a NUL character, which no text has; is it in UTF-16? Save it as UTF-8"
        raise SourceError(place, reason, line=line, column=column)


def check_xml(content: bytes, place: str | Path) -> None:
    """Refuse XML that is broken, nests too deeply, or whose entities reach outside or grow.

    The RDF parser takes a file that was cut off for a whole one. Entities that stand for a short text of the
    file itself, as OWL files have them for the beginnings of IRIs, are let pass.

    Raises SourceError, with line and column.
    """
    from xml.parsers import expat  # noqa: PLC0415 - only RDF/XML needs it

    parser = expat.ParserCreate(namespace_separator=" ")
    reading = _Reading(parser, content, place)
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.EntityDeclHandler = reading.entity
    parser.StartElementHandler = reading.enter
    parser.EndElementHandler = reading.leave
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        if content[parser.ErrorByteIndex : parser.ErrorByteIndex + 1] >= b"\x80":
            check_decoded(content, place)
        reason = f"is broken XML: {expat.ErrorString(error.code)}"
        raise SourceError(place, reason, line=error.lineno, column=error.offset + 1) from error
    except SourceError:
        raise
    except (LookupError, ValueError) as error:  # an encoding that nobody knows, or that XML cannot be read in
        reason = "is in an encoding that cannot be read; write it in UTF-8"
        raise SourceError(place, reason, line=1, column=1) from error


class _Reading:
    """What is looked at while XML is read."""

    def __init__(self, parser: object, content: bytes, place: str | Path) -> None:
        self.parser = parser
        self.content = content
        self.place = place
        self.depth = 0
        self.expansion = 0

    def doctype(self, _name: str, system: str | None, public: str | None, _internal: object) -> None:
        if system is not None or public is not None:
            raise self._refusal("names a DTD outside the file, which is never fetched")

    def entity(
        self,
        name: str,
        is_parameter: object,
        value: str | None,
        _base: str | None,
        _system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        if value is None or is_parameter:
            kind = "a parameter entity" if is_parameter else "an entity outside the file"
            raise self._refusal(f"declares {kind} ({name}), which is never read")
        if "&" in value or "%" in value or len(value) > LONGEST_ENTITY:
            what = f"is longer than {LONGEST_ENTITY:,} characters" if len(value) > LONGEST_ENTITY else "grows"
            raise self._refusal(f"declares the entity {name}, which {what}; write its text where it stands")
        self.expansion += len(value.encode()) * self.content.count(f"&{name};".encode())
        if self.expansion > MOST_EXPANSION:
            raise self._refusal(f"grows by more than {MOST_EXPANSION // 1_000_000} MB through its entities")

    def enter(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._refusal(f"nests elements more than {DEEPEST} deep")

    def leave(self, _name: str) -> None:
        self.depth -= 1

    def _refusal(self, reason: str) -> SourceError:
        line = getattr(self.parser, "CurrentLineNumber", None)
        column = getattr(self.parser, "CurrentColumnNumber", 0) + 1
        return SourceError(self.place, reason, line=line, column=column)
