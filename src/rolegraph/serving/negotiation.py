"""Content negotiation: which of the formats at hand a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: Media type -> the format that it asks for, the one that is preferred first. Rows of SELECT.
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}

#: Yes or no of ASK: CSV and TSV have no way to say it.
BOOLEANS = {media: form for media, form in ROWS.items() if form in {"json", "xml"}}

#: Triples of CONSTRUCT and DESCRIBE, and the description of the service.
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*(?:;(.*))?", re.ASCII | re.DOTALL)

_WEIGHT = re.compile(r"(?i)\s*q\s*=\s*(1(?:\.0{0,3})?|0(?:\.\d{0,3})?)\s*", re.ASCII)


class Forms(NamedTuple):
    """What media type each form of answer goes out as; None where the client takes none that there is."""

    rows: str | None
    boolean: str | None
    graph: str | None


@lru_cache(maxsize=256)
def forms(accept: str | None) -> Forms:
    """Tell how a client wants its answer, whatever form that has.

    >>> forms("text/csv, text/turtle;q=0.5")
    Forms(rows='text/csv', boolean=None, graph='text/turtle')
    """
    return Forms(*(preferred(accept, tuple(offered)) for offered in (ROWS, BOOLEANS, GRAPHS)))


def preferred(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """Give the media type that the header Accept likes best, None where it takes none.

    Of those that it likes as much the first offered counts. A range that cannot be read is passed over.

    >>> preferred("text/*;q=0.5, text/csv", ("text/html", "text/csv"))
    'text/csv'
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [read for part in accept.split(",") if (read := _read(part))]
    weighed = [(_weight(media, ranges), media) for media in offered]
    best = max(weight for weight, _ in weighed)
    return next(media for weight, media in weighed if weight == best) if best > 0 else None


def _read(part: str) -> tuple[str, str, float] | None:
    """Read one media range with its weight; its other parameters say nothing to us."""
    found = _RANGE.fullmatch(part)
    if found is None:
        return None
    weights = [weight[1] for rest in (found[3] or "").split(";") if (weight := _WEIGHT.fullmatch(rest))]
    return found[1].lower(), found[2].lower(), float(weights[0]) if weights else 1.0


def _weight(media: str, ranges: list[tuple[str, str, float]]) -> float:
    """Give the weight of the range that fits a media type most closely."""
    kind, _, name = media.partition("/")
    for wanted in ((kind, name), (kind, "*"), ("*", "*")):
        fitting = [weight for *own, weight in ranges if tuple(own) == wanted]
        if fitting:
            return max(fitting)
    return 0.0
