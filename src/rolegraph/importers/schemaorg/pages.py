"""The JSON-LD of files: whole files (.jsonld, .json), and the scripts of web pages (.html, .htm)."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from rolegraph.errors import SourceError
from rolegraph.importers.schemaorg.tolerant import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.importers.releases import Release
    from rolegraph.importers.reports import Report

#: Endings of the files that are read.
ENDINGS = (".jsonld", ".json", ".html", ".htm")

#: Largest file, in bytes: a document is held in memory as a whole.
LARGEST = 50_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What a page may say that it is written in, besides UTF-8. Browsers read the first three as the last.
_WESTERN = re.compile(rb"charset\s*=\s*[\"']?\s*(iso-8859-1|latin-?1|us-ascii|windows-1252)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One JSON-LD document: what it is called (unlike every other), where it stands, what it holds.

    page, title and language are those of the web page around it, empty where there is none or it says none.
    """

    name: str
    place: str
    content: list[Any]
    section: str = "JSON-LD"
    page: str = ""
    title: str = ""
    language: str = ""


def documents(release: Release, report: Report) -> Iterator[Document]:
    """Give the JSON-LD of every file, in the order of their names.

    A script of a page that is no JSON is passed over and counted. Raises SourceError for a file that is none.
    """
    for name in release.names():
        place = release.member(name).place
        with release.open(name) as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise SourceError(place, f"is larger than {LARGEST:,} bytes; give fewer pages a file")
        if name.lower().endswith((".html", ".htm")):
            yield from _scripts(name, place, _text(data, place, page=True), report)
        else:
            yield Document(name, place, parse(_text(data, place), place, report))


def _text(data: bytes, place: str, *, page: bool = False) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    if page and encoding == "utf-8" and _WESTERN.search(data[:2048]):
        encoding = "windows-1252"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = data[error.start : error.start + 1].hex()
        reason = f"the byte 0x{wrong} is no {encoding.upper()}; save the file as UTF-8"
        raise SourceError(place, reason, line=line) from error


def _scripts(name: str, place: str, text: str, report: Report) -> Iterator[Document]:
    page = _Page(text)
    if not page.scripts:
        report.unread.append(name)
    for number, (line, script) in enumerate(page.scripts, 1):
        where = f"{place}, script {number} (line {line})"
        try:
            content = parse(script, where, report)
        except SourceError as error:
            report.note("scripts of pages that are no JSON, not taken", str(error))
            continue
        yield Document(
            f"{name}#{number}",
            where,
            content,
            f"JSON-LD, script {number}",
            page.address,
            page.title,
            page.language,
        )


#: The tags that are looked at, and what begins a comment.
_TAG = re.compile(r"<!--|<(script|title|html|link|meta)\b[^<>]{0,4000}>", re.IGNORECASE)

_CLOSING = re.compile(r"</(?:script|title)\b", re.IGNORECASE)


class _Page:
    """The JSON-LD scripts of a page, its title, its address and its language. Nothing is run.

    Each character is looked at once: html.parser alone takes minutes for some pages of a few megabytes.
    """

    def __init__(self, text: str) -> None:
        self.scripts: list[tuple[int, str]] = []
        self.title = self.address = self.language = ""
        line, counted, position = 1, 0, 0
        while found := _TAG.search(text, position):
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            tag = (found[1] or "").lower()
            position = found.end()
            if not tag:
                position = _after(text, "-->", position)
            elif tag in {"script", "title"}:
                closing = _CLOSING.search(text, position)
                end = closing.start() if closing else len(text)
                self._take(tag, _attributes(found[0]), text[position:end], line)
                position = end
            else:
                self._take(tag, _attributes(found[0]), "", line)

    def _take(self, tag: str, values: dict[str, str], inside: str, line: int) -> None:
        kind = values.get("type", "").partition(";")[0].strip().lower()
        if tag == "script" and kind == "application/ld+json":
            self.scripts.append((line, inside))
        elif tag == "title":
            self.title = self.title or " ".join(html.unescape(inside).split())
        elif tag == "html":
            self.language = self.language or values.get("lang", "")
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.address = values.get("href", "")
        elif tag == "meta" and values.get("property") == "og:url":
            self.address = self.address or values.get("content", "")


def _after(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)


class _Attributes(HTMLParser):
    """Takes the attributes of one tag."""

    found: dict[str, str]

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take them by name."""
        self.found = {name: (value or "").strip() for name, value in attrs}


def _attributes(tag: str) -> dict[str, str]:
    reader = _Attributes()
    reader.found = {}
    reader.feed(tag)
    return reader.found
