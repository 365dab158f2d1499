"""Mapping files, releases of O*NET and ESCO, and web pages with schema.org that are none, or hold what they may not."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from bad_input.cases import WORLD, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bad_input.cases import Content

COLUMNS = b"subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label\n"
META = b"# mapping_set_id: https://example.org/links\n# license: https://example.org/licence\n# curie_map:\n#   a: https://example.org/a/\n"
ROW = b"a:one\tskos:exactMatch\ta:two\tsemapv:LexicalMatching\tMe\n"

WRONG_MAPPINGS: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "links.sssom.tsv"),
    "only metadata": (META, "links.sssom.tsv"),
    "commas": (META + COLUMNS.replace(b"\t", b","), "links.sssom.tsv:5:1"),
    "a column is missing": (META + b"subject_id\tobject_id\n", "links.sssom.tsv:5"),
    "a column twice": (META + COLUMNS.replace(b"object_id", b"subject_id"), "links.sssom.tsv:5"),
    "too many cells": (META + COLUMNS + ROW[:-1] + b"\tmore\n", "links.sssom.tsv:6:6"),
    "no subject": (META + COLUMNS + ROW.replace(b"a:one", b""), "links.sssom.tsv:6:1"),
    "a prefix that is not declared": (META + COLUMNS + ROW.replace(b"a:two", b"b:two"), "links.sssom.tsv:6:3"),
    "a predicate that is none": (META + COLUMNS + ROW.replace(b"exactMatch", b"sortOfMatch"), "links.sssom.tsv:6:2"),
    "an IRI that is none": (META + COLUMNS + ROW.replace(b"a:two", b"https://[/"), "links.sssom.tsv:6:3"),
    "metadata that is no YAML": (b"# a: [\n" + COLUMNS + ROW, "links.sssom.tsv:"),
    "metadata that is a list": (b"# - a\n" + COLUMNS + ROW, "links.sssom.tsv:1"),
    "metadata with an object": (b"# a: !!python/object:os.system x\n" + COLUMNS + ROW, "links.sssom.tsv:3"),
    "an open quote": (META + COLUMNS + b'"' + ROW, "links.sssom.tsv:6"),
    "Latin-1": (META + COLUMNS + ROW.replace(b"Me", b"J\xfcrgen"), "links.sssom.tsv"),
    "UTF-16": ((META + COLUMNS + ROW).decode().encode("utf-16"), "links.sssom.tsv"),
    "NUL": (META + COLUMNS + ROW.replace(b"Me", b"M\0e"), "links.sssom.tsv"),
    "an escape": (META + COLUMNS + ROW.replace(b"a:two", b"\x1b[31m"), "links.sssom.tsv:6:3"),
    "a page": (b"<!DOCTYPE html>\n<html></html>", "links.sssom.tsv:1"),
    "JSON": (b'{"mappings": []}', "links.sssom.tsv:1"),
    "a modifier that is none": (
        META + COLUMNS.replace(b"\n", b"\tpredicate_modifier\n") + ROW[:-1] + b"\tMaybe\n",
        "links.sssom.tsv:6",
    ),
    "accepted and refused": (
        META + COLUMNS.replace(b"\n", b"\tpredicate_modifier\n") + ROW[:-1] + b"\t\n" + ROW[:-1] + b"\tNot\n",
        "links.sssom.tsv",
    ),
    "900 bad rows": (META + COLUMNS + ROW.replace(b"a:two", b"b:two") * 900, "more problems"),
}  # fmt: skip


def zipped(files: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files into an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()


def locked(content: bytes) -> bytes:
    """Mark every member of an archive as encrypted."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content = content[: start + at] + b"\1\0" + content[start + at + 2 :]
            start = content.find(mark, start + 4)
    return content


def spoilt(content: bytes, mark: bytes, at: int, put: bytes) -> bytes:
    """Write bytes into an archive, so far behind the last mark."""
    start = content.rindex(mark) + at
    return content[:start] + put + content[start + len(put) :]


OCCUPATIONS = b"O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief Executives\tPlan.\n"
ONET = {"db/Occupation Data.txt": OCCUPATIONS}
ESCO_HEAD = b"conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status\n"
ESCO = {
    "occupations_en.csv": ESCO_HEAD + b"Occupation,http://data.europa.eu/esco/occupation/1,1,a,,,released\n"
}

BOTH = {"Occupation Data.txt": OCCUPATIONS * 40, "occupations_en.csv": ESCO["occupations_en.csv"] * 40}
FOREIGN = {f"é/{name}": content for name, content in BOTH.items()}

RELEASES: Mapping[str, Content] = {
    "pipe.zip": os.mkfifo,
    "bad-lzma.zip": zipped(BOTH, method=zipfile.ZIP_LZMA).replace(b"\x5d\0\0", b"\x5d\xff\xff"),
    "bad-name.zip": zipped(FOREIGN).replace(b"\xc3\xa9/", b"\xff\xa9/"),
    "bad-name-before.zip": zipped(FOREIGN).replace(b"\xc3\xa9/", b"\xff\xa9/", 2),
    "no-name.zip": zipped(BOTH).replace(b"Occupation D", b"\0" * 12).replace(b"occupations_", b"\0" * 12),
    "no-such-place.zip": spoilt(zipped(BOTH), b"PK\x05\x06", 16, b"\xff\xff\xff\x7f"),
    "empty.zip": b"",
    "text.zip": b"not a zip archive\n",
    "cut-off.zip": zipped(ONET)[:-40],
    "head-only.zip": b"PK\x03\x04" + bytes(26),
    "damaged.zip": zipped({"Occupation Data.txt": OCCUPATIONS * 400}).replace(
        b"\x00\x00\x00\x00", b"\xff\x01\xff\x01"
    ),
    "nothing-in-it.zip": zipped({}),
    "other-files.zip": zipped({"readme.txt": b"hello"}),
    "locked.zip": locked(zipped(ONET)),
    "folder-only.zip": zipped({"db/": b""}),
    "page.zip": b"<!DOCTYPE html><html>404</html>",
    "gzip.zip": b"\x1f\x8b\x08\0" + bytes(40),
    "one-table-empty.zip": zipped({"Occupation Data.txt": b"", "occupations_en.csv": b""}),
    "no-such-column.zip": zipped(
        {"Occupation Data.txt": b"Code\tName\n1\tx\n", "occupations_en.csv": b"a,b\n1,2\n"}
    ),
    "ragged.zip": zipped(
        {
            "Occupation Data.txt": OCCUPATIONS + b"11-1021.00\tx\n11\n",
            "occupations_en.csv": ESCO["occupations_en.csv"] + b"Occupation,x\n",
        }
    ),
    "western.zip": zipped(
        {"Occupation Data.txt": OCCUPATIONS + b"1\t\xfc\t\n", "occupations_en.csv": ESCO_HEAD + b"\xfc\n"}
    ),
    "nul.zip": zipped(
        {"Occupation Data.txt": OCCUPATIONS + b"1\t\0\t\n", "occupations_en.csv": ESCO_HEAD + b"\0\n"}
    ),
    "climbing.zip": zipped({"../../Occupation Data.txt": b"x", "../../occupations_en.csv": b"x"}),
    "long-line.zip": zipped(
        {"Occupation Data.txt": b"x" * 5_000_000, "occupations_en.csv": b"x" * 5_000_000}
    ),
    "swelling.zip": zipped(
        {"Occupation Data.txt": bytes(30_000_000), "occupations_en.csv": bytes(30_000_000)}
    ),
    "workbook.xlsx": zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
    "release.rar": b"Rar!\x1a\x07\0" + bytes(40),
    "database.sql": b"CREATE TABLE occupation_data (onetsoc_code CHAR(10));\n",
}

WRONG_PAGES: Mapping[str, tuple[bytes, str]] = {
    "empty.html": (b"", "empty.html"),
    "nothing-in-it.html": (b"<html><body>Come and work with us!</body></html>", "nothing-in-it.html"),
    "broken.html": (b'<script type="application/ld+json">\n{"@type": "JobPosting",\n</script>', "broken.html"),
    "never-ends.html": (b'<script type="application/ld+json">{"@type": "JobPosting"', "never-ends.html"),
    "broken.json": (b'{"@type": "JobPosting", "title": }', "broken.json:1:34"),
    "text.json": (b'"JobPosting"', "text.json"),
    "number.json": (b"5", "number.json"),
    "empty.json": (b"", "empty.json"),
    "deep.json": (b"[" * 100_000, "deep.json"),
    "nan.json": (b'{"@type": "JobPosting", "title": NaN', "nan.json:1"),
    "latin-1.json": (b'{"@type": "JobPosting", "title": "\xfc"}', "latin-1.json"),
    "other-things.json": (b'{"@context": "https://schema.org", "@type": "Recipe", "name": "soup"}', "other-things.json"),
    "posting.pdf": (b"%PDF-1.4\n", "posting.pdf"),
}  # fmt: skip


def _zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _cases() -> Iterator[Case]:
    for name, (content, says) in WRONG_MAPPINGS.items():
        yield Case(
            f"mapping: {name}",
            ("info", "--data", WORLD, "--data", "links.sssom.tsv"),
            says,
            files={"links.sssom.tsv": content},
        )
    known = ("map", "--data", WORLD, "--known", "links.sssom.tsv")
    yield Case(
        "mapping: known and broken",
        known,
        "links.sssom.tsv:5:1",
        files={"links.sssom.tsv": META + COLUMNS.replace(b"\t", b",")},
    )
    yield Case("mapping: known and nowhere", known, "links.sssom.tsv: No such file")
    yield Case("mapping: known is no mapping file", ("map", "--data", WORLD, "--known", WORLD), "world.ttl")
    yield Case("mapping: no data", ("map",), "Name the data to link")
    yield Case(
        "mapping: known is a pipe", known, "is a pipe or a device", files={"links.sssom.tsv": os.mkfifo}
    )
    yield Case(
        "mapping: data that never comes",
        ("map", "--data", "never.ttl", "--timeout", "0.5"),
        "Reading the data was stopped after 0.5 s",
        code=3,
        files={"never.ttl": os.mkfifo},
    )
    yield Case(
        "mapping: to another ending", ("map", "--data", WORLD, "-o", "links.tsv"), "must end in .sssom.tsv"
    )
    exists = {"links.sssom.tsv": META + COLUMNS}
    yield Case(
        "mapping: exists", ("map", "--data", WORLD, "-o", "links.sssom.tsv"), "exists already", files=exists
    )
    for name, content in RELEASES.items():
        for kind in ("onet", "esco"):
            version = ("--release", "29.3")
            yield Case(
                f"release: {kind} {name}",
                ("import", kind, name, "-o", "out.nt", *version),
                f"Error: {name}",
                files={name: content},
            )
    for kind in ("onet", "esco"):
        start = ("import", kind, "--release", "29.3")
        yield Case(
            f"release: {kind} nowhere", (*start, "nowhere.zip", "-o", "out.nt"), "nowhere.zip: No such file"
        )
        yield Case(
            f"release: {kind} empty folder", (*start, "db", "-o", "out.nt"), "db", files={"db/.keep": b""}
        )
        yield Case(f"release: {kind} no output", (*start, "db"), "Missing option '-o'")
        good = {"db.zip": zipped(ONET if kind == "onet" else ESCO)}
        yield Case(f"release: {kind} no ending", (*start, "db.zip", "-o", "out"), "out", files=good)
        yield Case(
            f"release: {kind} to nowhere", (*start, "db.zip", "-o", "no/out.nt"), "no/out.nt", files=good
        )
        yield Case(
            f"release: {kind} over a folder",
            (*start, "db.zip", "-o", "out.nt"),
            "out.nt",
            files=good | {"out.nt/x": b""},
        )
    for name, command in {
        "me.yaml": ("profile",),
        "me.ttl": ("profile",),
        "ask.rq": ("query",),
        "jobs.yaml": ("import", "table", "-o", "out.ttl"),
        "jobs.zip": ("import", "table", "-o", "out.ttl"),
        "page.html": ("import", "schemaorg", "-o", "out.ttl"),
    }.items():
        yield Case(
            f"pipe: {name}", (*command, name), f"{name}: is a pipe or a device", files={name: os.mkfifo}
        )
    yield Case(
        "pipe: in a folder of data",
        ("info", "--data", "data"),
        "data/b.ttl: is a pipe or a device",
        files={"data/a.ttl": b"", "data/b.ttl": os.mkfifo},
    )
    yield Case(
        "link: in a folder of data, to nowhere",
        ("info", "--data", "data"),
        "data/b.ttl: No such file or directory",
        files={"data/a.ttl": b"", "data/b.ttl": lambda path: path.symlink_to("gone.ttl")},
    )
    yield Case(
        "link: a query without end", ("query", "z.rq"), "z.rq: is a pipe or a device", files={"z.rq": _zero}
    )
    for name in ("a.store", "a.store/x"):
        yield Case(
            f"store: {name}", ("info", "--data", "a.store"), "Error: a.store: ", files={name: b"hello"}
        )
    for command in (("info", "--data"), ("diff", "curated"), ("export",), ("view", "-o"), ("profile",)):
        yield Case(f"lines: {command[0]}", (*command, "no/" + "a\n" * 40 + ".ttl"), "Error: no/a\\na\\n")
    for name, (content, says) in WRONG_PAGES.items():
        yield Case(
            f"schema.org: {name}", ("import", "schemaorg", name, "-o", "out.ttl"), says, files={name: content}
        )
    yield Case(
        "schema.org: nowhere",
        ("import", "schemaorg", "nowhere.html", "-o", "out.ttl"),
        "nowhere.html: No such file",
    )
    yield Case(
        "schema.org: a folder",
        ("import", "schemaorg", "pages", "-o", "out.ttl"),
        "pages",
        files={"pages/x.txt": b""},
    )
    dated = ("import", "schemaorg", "a.json", "-o", "out.ttl", "--accessed")
    for date in ("yesterday", "2026-13", "31.12.2026", "2026-02-30"):
        yield Case(
            f"schema.org: accessed {date!r}",
            (*dated, date),
            f"{date!r} is no date",
            files={"a.json": b'{"@context": "https://schema.org", "@type": "Occupation", "name": "cook"}'},
        )


CASES = [*_cases()]
