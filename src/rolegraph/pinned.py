"""Pinned answers of named queries: what each should answer, kept in files beside them and compared.

The answers to `queries/NAME.rq` lie in `queries/pinned/`: rows and yes or no as W3C TSV, a graph as sorted
N-Triples.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import OutputError, SourceError, UnknownQuery
from rolegraph.files import write_whole
from rolegraph.queries import read_query
from rolegraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rolegraph.any_store import Store
    from rolegraph.queries import NamedQuery

#: The folder of pinned answers, within that of the queries.
FOLDER = "pinned"

_ENDINGS = (".tsv", ".nt")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer compares with the pinned one.

    outcome: "same", "differs", "reordered" (the same rows in another order), "unpinned" or "pinned" (just
    now). lost: rows that are pinned and not answered; gained: the reverse. head: the columns.
    """

    name: str
    outcome: str
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    head: str = ""

    @property
    def passed(self) -> bool:
        """Whether the answer is the one that it should be."""
        return self.outcome in {"same", "pinned"}


def queries_of(folder: Path, names: Sequence[str] = ()) -> list[NamedQuery]:
    """Read the queries of a folder, all or those of these names, in the order of their names.

    Raises SourceError where the folder has none, or one of them cannot be read; UnknownQuery for a name that
    none has.
    """
    if not folder.is_dir():
        raise SourceError(folder, "is no folder of queries")
    files = {file.stem: file for file in sorted(folder.glob("*.rq"))}
    if not files:
        raise SourceError(folder, "holds no query; each is a file NAME.rq")
    for name in names:
        if name not in files:
            from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt name needs it

            raise UnknownQuery(name, get_close_matches(name.replace("-", "_"), files, n=3))
    return [read_query(file) for name, file in files.items() if not names or name in names]


def answer_text(store: Store, sparql: str) -> tuple[str, str]:
    """Give the ending of the file for the answer to a query, and what stands in it.

    Blank nodes are written alike: their labels change with each reading of the data.
    """
    result = store.query(sparql)
    if isinstance(result, ox.QueryTriples):
        return ".nt", "".join(sorted(_without_labels(f"{triple} .\n") for triple in result))
    written = (result.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()
    return ".tsv", _without_labels(written.rstrip("\n")) + "\n"


def _without_labels(text: str) -> str:
    """Give a text of TSV or N-Triples with one label for all blank nodes; strings stay what they are."""
    return re.sub(r'"(?:[^"\\]|\\.)*"|_:\w+', lambda found: found[0] if found[0][0] == '"' else "_:b", text)


def compare(store: Store, query: NamedQuery, folder: Path) -> Verdict:
    """Ask a query with its defaults, and compare the answer with what is pinned in the folder.

    The order of rows counts where the query has an ORDER BY.

    Raises QueryError for a query that cannot be run, SourceError for a pinned answer that cannot be read.
    """
    ending, text = answer_text(store, query.text)
    file = folder / FOLDER / f"{query.name}{ending}"
    if not file.exists():
        others = [file.with_suffix(other) for other in _ENDINGS if file.with_suffix(other).exists()]
        if not others:
            return Verdict(query.name, "unpinned")
        pinned_rows = _rows(_read(others[0]), others[0].suffix)[1]
        return Verdict(query.name, "differs", pinned_rows, _rows(text, ending)[1])
    head, found = _rows(text, ending)
    pinned_head, pinned = _rows(_read(file), ending)
    if head != pinned_head:
        return Verdict(query.name, "differs", (pinned_head, *pinned), (head, *found))
    lost, gained = Counter(pinned) - Counter(found), Counter(found) - Counter(pinned)
    if lost or gained:
        return Verdict(query.name, "differs", tuple(lost.elements()), tuple(gained.elements()), head)
    ordered = re.search(r"(?i)\border\s+by\b", query.text) is not None
    return Verdict(query.name, "reordered" if ordered and found != pinned else "same", head=head)


def pin(store: Store, query: NamedQuery, folder: Path) -> Verdict:
    """Write what a query answers as its pinned answer, if it is not; give what that changed.

    Raises OutputError when it cannot be written.
    """
    before = compare(store, query, folder)
    if before.outcome == "same":
        return before
    ending, text = answer_text(store, query.text)
    pins = folder / FOLDER
    try:
        pins.mkdir(exist_ok=True)
    except OSError as error:
        message = f"{pins} cannot be made: {error.strerror or error}"
        raise OutputError(message) from error
    write_whole(pins / f"{query.name}{ending}", text)
    for other in _ENDINGS:
        if other != ending:
            (pins / f"{query.name}{other}").unlink(missing_ok=True)
    return Verdict(query.name, "pinned", before.lost, before.gained, before.head)


def table(verdicts: Sequence[Verdict]) -> Table:
    """Give a row for each row that differs, and one for each query none of whose rows does."""
    rows = [
        (verdict.name, verdict.outcome, *change)
        for verdict in verdicts
        for change in [("-", row) for row in verdict.lost] + [("+", row) for row in verdict.gained]
        or [("", "")]
    ]
    return Table(("query", "outcome", "change", "row"), tuple(rows))


def in_words(verdicts: Sequence[Verdict]) -> str:
    """Give what differs as text for people: the rows of each query, and how many queries are as pinned."""
    lines: list[str] = []
    for verdict in verdicts:
        if verdict.outcome == "same":
            continue
        lines.append(f"{verdict.name}: {_WORDS[verdict.outcome]}")
        changes = [f"  - {row}" for row in verdict.lost] + [f"  + {row}" for row in verdict.gained]
        if changes:
            lines += [f"    {verdict.head}", *changes] if verdict.head else changes
    counts = Counter(verdict.outcome for verdict in verdicts)
    told = ", ".join(f"{number} {_WORDS[outcome]}" for outcome, number in sorted(counts.items()))
    queries = "1 query" if len(verdicts) == 1 else f"{len(verdicts)} queries"
    return "\n".join([*(line.replace("\t", "   ") for line in lines), f"{queries}: {told}."])


_WORDS = {
    "same": "as pinned",
    "differs": "differing",
    "reordered": "in another order",
    "unpinned": "not pinned (--pin does it)",
    "pinned": "pinned now",
}


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError.no_text(file, error) from error
    except OSError as error:
        raise SourceError(file, error.strerror or "cannot be read") from error


def _rows(text: str, ending: str) -> tuple[str, tuple[str, ...]]:
    """Give the line with the columns, and the rows; yes or no is a row, and a graph has no columns."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text.strip("\n") else []
    if ending == ".tsv" and lines and lines[0] not in {"true", "false"}:
        return lines[0], tuple(lines[1:])
    return "", tuple(lines)
