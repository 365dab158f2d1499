"""schema.org: occupations, job postings, credentials and programmes in JSON-LD, as roles and claims.

What the properties become is listed in docs/schemaorg.md. No context is fetched: that of schema.org is
answered here. https://schema.org/Occupation
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from rolegraph.errors import ParameterError, SourceError
from rolegraph.importers.releases import open_release
from rolegraph.importers.reports import Report
from rolegraph.importers.schemaorg.credentials import CREDENTIAL, PROGRAMS, read_credentials
from rolegraph.importers.schemaorg.keeping import kept_lines
from rolegraph.importers.schemaorg.ledger import Ledger, Settings, address, web_address
from rolegraph.importers.schemaorg.nodes import nodes_of
from rolegraph.importers.schemaorg.pages import ENDINGS, documents
from rolegraph.importers.schemaorg.roles import OCCUPATIONS, read_roles
from rolegraph.importers.schemaorg.terms import name_of
from rolegraph.importers.schemaorg.words import date
from rolegraph.importers.writing import write
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolegraph.importers.releases import Release, Watch
    from rolegraph.importers.schemaorg.nodes import Node
    from rolegraph.importers.schemaorg.pages import Document

#: Types that are read.
TAKEN = OCCUPATIONS | PROGRAMS | {"JobPosting", CREDENTIAL}

#: Lines about claims and blank nodes, which no other document speaks of.
_ONE_DOCUMENT = (f"<{BASE}claim/", "_:")

#: Types that a document publishes itself by, each with the property that names who does.
_PUBLISHED = {
    "JobPosting": "hiringOrganization",
    "Occupation": "hiringOrganization",
    "OccupationAggregationByEmployer": "hiringOrganization",
    "WebPage": "publisher",
    "WebSite": "publisher",
    "Article": "publisher",
    "EducationalOccupationalProgram": "provider",
    "WorkBasedProgram": "provider",
    "Course": "provider",
}


class Known(TypedDict, total=False):
    """What the caller knows and pages do not say.

    publisher: who publishes pages that name nobody. accessed: the day, month or year in which they were read
    ("2026-11"); it dates pay that bears no date. area: where pay holds that names no place. keep: whether the
    statements in schema.org's own terms are kept beside the claims (they are).
    """

    publisher: str
    accessed: str
    area: str
    keep: bool


def import_schemaorg(
    sources: Sequence[str | Path] | str | Path,
    output: str | Path,
    watch: Watch | None = None,
    **known: Unpack[Known],
) -> Report:
    """Read schema.org's JSON-LD into a file by its ending, or into an on-disk store; give what was read.

    sources: files (.jsonld .json .html .htm), folders of them, zip archives. known: what pages do not say,
    see `Known`.

    >>> import tempfile
    >>> from pathlib import Path
    >>> page = '{"@context": "https://schema.org", "@type": "Occupation", "name": "cook", "skills": "baking"}'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "cook.jsonld").write_text(page)
    ...     report = import_schemaorg(folder, Path(folder, "cook.ttl"), publisher="The Cooks")
    >>> report.things["claims: SkillRequirement"]
    1

    Raises SourceError for what cannot be read, OutputError for an output that cannot be written,
    ParameterError for a day of access that is none. Then nothing is written.
    """
    settings = Settings(**known)
    if settings.accessed and date(settings.accessed) is None:
        raise ParameterError(f"{settings.accessed!r} is no date; write it as 2026-11-29, 2026-11 or 2026.")
    several = [sources] if isinstance(sources, str | Path) else [*sources]
    report = Report("schema.org")
    with open_release(several, ENDINGS, watch, by_path=True) as release:
        report.statements = write(_lines(release, report, settings), output)
    return report


def _lines(release: Release, report: Report, settings: Settings) -> Iterator[str]:
    ledger = Ledger(report, settings)
    written: set[str] = set()
    said = False
    for number, document in enumerate(documents(release, report)):
        nodes = nodes_of(document, number, report)
        report.rows["documents"] = report.rows.get("documents", 0) + 1
        if not _says(nodes):
            report.unread.append(document.place)
            continue
        for unit, its_nodes in _units(document, nodes):
            ledger.open(unit, _page(unit, its_nodes), _publisher(its_nodes), _dated(its_nodes))
            read_roles(ledger, its_nodes)
            read_credentials(ledger, its_nodes)
        yield from _once((*ledger.flush(), *(kept_lines(nodes) if settings.keep else ())), written)
        said = True
    if not said:
        reason = "holds no occupation, job posting, credential or programme in the terms of schema.org"
        odd = [f"{found.count:,} {what}" for what, found in report.odd.items()]
        raise SourceError(release.place, "; ".join([reason, *odd[:3]]))


def _once(chunks: Iterable[str], written: set[str]) -> Iterator[str]:
    """Give each line once: a thing may be named in many documents. `written` holds what was given before."""
    lines = (line for chunk in chunks for line in chunk.split("\n") if line)
    for line in dict.fromkeys(lines):
        if line.startswith(_ONE_DOCUMENT):
            yield f"{line}\n"
        elif line not in written:
            written.add(line)
            yield f"{line}\n"


def _says(nodes: list[Node]) -> bool:
    """Tell whether there is anything among the nodes that is read."""
    return any(not TAKEN.isdisjoint(node.types) for node in nodes)


def _units(document: Document, nodes: list[Node]) -> Iterator[tuple[Document, list[Node]]]:
    """Give the document with its nodes; of several postings each by itself, for each has its employer."""
    postings = [node for node in nodes if "JobPosting" in node.types]
    if len(postings) > 1:
        for number, posting in enumerate(postings, 1):
            name, section = f"{document.name}, posting {number}", f"{document.section}, posting {number}"
            yield replace(document, name=name, section=section), [posting]
        # Not `in postings`: that compares each node with each, which takes minutes for 100,000 postings.
        nodes = [node for node in nodes if "JobPosting" not in node.types]
    if _says(nodes):
        yield document, nodes


def _page(document: Document, nodes: list[Node]) -> str:
    """Give the address of the page that a document is from; empty when nothing tells it."""
    if found := web_address(document.page):
        return found
    for node in nodes:
        for value in node.all("mainEntityOfPage"):
            text = getattr(value, "iri", "") or getattr(value, "value", "")
            if found := web_address(text):
                return found
    own = [address(node) for node in nodes if not _PUBLISHED.keys().isdisjoint(node.types)]
    return next(filter(None, own), "")


def _publisher(nodes: list[Node]) -> str:
    for node in nodes:
        for kind in node.types:
            for value in node.all(_PUBLISHED.get(kind, ""), "sourceOrganization"):
                if name := name_of(value):
                    return name
    return ""


def _dated(nodes: list[Node]) -> str:
    wanted = ("datePosted", "dateModified", "datePublished", "lastReviewed")
    found = [node.text(*wanted) for node in nodes if not _PUBLISHED.keys().isdisjoint(node.types)]
    return next((text for text in found if date(text)), "")
