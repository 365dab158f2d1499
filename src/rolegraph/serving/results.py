"""Answers of queries as bytes in the format that was agreed on, cut at their limits, and saying so."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from rolegraph.answers import MB, Packed, pack, told, unpack
from rolegraph.engine_words import plain
from rolegraph.names import PREFIXES
from rolegraph.serving.negotiation import BOOLEANS, GRAPHS, ROWS
from rolegraph.serving.refusals import Refused
from rolegraph.stores import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.limits import Limits
    from rolegraph.serving.negotiation import Forms
    from rolegraph.stores import Result

_TABLES = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}


#: What may stand nowhere in XML, and what the end of a property must be to be the name of an element.
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ELEMENT = re.compile(r"[^\W\d][\w.-]*$")


class Reply(NamedTuple):
    """What goes back to a client; `cut` says by which limit it is not the whole answer, if it is not."""

    content: bytes
    media: str
    cut: str = ""


def reply(result: Result, forms: Forms, limits: Limits, limits_page: str) -> Reply:
    """Run a query to its end, or to a limit, and write what it gives.

    limits_page: the address of a page on limits, to which a table that was cut off is linked in its head.

    Raises Refused when the client takes none of the formats that the answer has.
    """
    if isinstance(result, ox.QueryBoolean):
        media = _agreed(forms.boolean, "ASK answers yes or no", tuple(BOOLEANS))
        return Reply(result.serialize(format=_TABLES[BOOLEANS[media]]) or b"", media)
    if isinstance(result, ox.QueryTriples):
        media = _agreed(forms.graph, "The query gives triples", tuple(GRAPHS))
        return _fitting(pack(result, limits), limits, partial(_graph, media, limits))
    media = _agreed(forms.rows, "The query gives rows", tuple(ROWS))
    return _fitting(pack(result, limits), limits, partial(_table, media, limits_page))


def _agreed(media: str | None, what: str, offered: tuple[str, ...]) -> str:
    if media is None:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"{what}, which go out as: {', '.join(offered)}.")
    return media


def _fitting(packed: Packed, limits: Limits, write: Callable[[Packed], Reply]) -> Reply:
    """Write an answer; what is short as TSV or N-Triples may be long in another format, and is cut again."""
    written = write(packed)
    most = len(written.content) if limits.size is None else limits.size * MB
    lines = packed.content.splitlines(keepends=True)
    while len(written.content) > most and len(lines) > 1:
        lines = lines[: max(1, int(0.95 * len(lines) * most / len(written.content)))]
        written = write(Packed(packed.form, b"".join(lines), "size"))
    return written


def _table(media: str, limits_page: str, packed: Packed) -> Reply:
    form = ROWS[media]
    if form == "tsv":
        return Reply(packed.content, media, packed.cut)
    solutions = cast("ox.QuerySolutions", unpack(packed))
    if form == "csv":
        return Reply(_csv(solutions), media, packed.cut)
    written = solutions.serialize(format=_TABLES[form]) or b""
    if form == "xml":
        _check_xml(written, media)
    link = f"{limits_page}#{packed.cut}"
    return Reply(_with_link(written, form, link) if packed.cut else written, media, packed.cut)


def _check_xml(written: bytes, media: str) -> None:
    if _NO_XML.search(written):
        message = f"{media} cannot say it: there is a control character in a literal; JSON can."
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, message)


def _with_link(written: bytes, form: str, address: str) -> bytes:
    """Put a link into the head of a table: the W3C formats have a place for one."""
    if form == "json":
        return written.replace(b'{"head":{', b'{"head":{"link":["%s"],' % address.encode(), 1)
    return written.replace(b"</head>", b'<link href="%s"/></head>' % address.encode(), 1)


def _csv(solutions: ox.QuerySolutions) -> bytes:
    """Write CSV as the W3C wants it: the engine's own leaves IRIs with commas unquoted."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([variable.value for variable in solutions.variables])
    writer.writerows([_lexical(term) for term in row] for row in solutions)
    return text.getvalue().encode()


def _lexical(term: object) -> str:
    if term is None:
        return ""
    value = getattr(term, "value", None)
    return str(term) if value is None or isinstance(term, ox.BlankNode) else str(value)


def _graph(media: str, limits: Limits, packed: Packed) -> Reply:
    form = GRAPHS[media]
    written = packed.content if form == "nt" else _serialized(form, media, packed)
    if packed.cut and form != "jsonld":  # which has no place for a remark
        said = told(packed.cut, limits).replace("rows", "triples").encode()
        written += (b"<!-- %s -->\n" if form == "rdf" else b"# %s\n") % said
    return Reply(written, media, packed.cut)


def _serialized(form: str, media: str, packed: Packed) -> bytes:
    triples = cast("list[ox.Triple]", unpack(packed))
    used = {prefix: iri for prefix, iri in PREFIXES.items() if iri.encode() in packed.content}
    if form == "rdf":
        for triple in triples:
            if not _ELEMENT.search(triple.predicate.value):
                message = (
                    f"{media} cannot say it: no XML element can be called {plain(triple.predicate.value)}."
                )
                raise Refused(HTTPStatus.NOT_ACCEPTABLE, message)
    try:
        written = ox.serialize(triples, format=FORMATS[f".{form}"], prefixes=used) or b""
    except ValueError as error:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"{media} cannot say it: {plain(str(error))}.") from None
    if form == "rdf":
        _check_xml(written, media)
    return written
