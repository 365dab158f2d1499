"""What the engine says of a file or a query that it cannot read, in words that help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.errors import QueryError, SourceError
from rolegraph.names import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

#: A SPARQL update, behind any prologue and comments.
_UPDATE = re.compile(
    r"(?i)(\s|#[^\n]*\n|prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>)*"
    r"(insert|delete|load|clear|drop|create|add|move|copy|with)\b"
)

#: Columns of a line that a message shows.
_SHOWN = 160


def source_error(place: str | Path, error: Exception) -> SourceError:
    """Give the error for a file that the parser refused, with line and column where it tells them."""
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    text = str(error.args[0]) if error.args else str(error)
    reason = re.sub(r"^Parser error[^:]*: ", "", text)
    if "LoadDocumentCallback" in reason:
        reason = "names a remote JSON-LD context, which is never fetched; put the context into the file"
    if "No scheme" in reason:
        reason += " (a relative IRI needs a @base)"
    return SourceError(place, plain(reason), line=line, column=column)


def query_error(sparql: str, message: str) -> QueryError:
    """Give the error for a query that the parser refused, with the line and a mark below the place."""
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if found is None:
        return QueryError(plain(message))
    if _UPDATE.match(sparql):
        return QueryError(
            "updates are refused; a query is SELECT, ASK, CONSTRUCT or DESCRIBE", line=1, column=1
        )
    line, column = int(found[1]), int(found[2])
    whole = sparql.split("\n")[line - 1].rstrip("\r")
    left = max(0, column - _SHOWN // 2) if len(whole) > _SHOWN else 0
    shown, position = whole[left : left + _SHOWN], column - 1 - left
    indent = re.sub(r"[^\t]", " ", shown[:position]).ljust(position)
    caret = f"{plain(shown)}\n{indent}^"
    return QueryError(
        f"line {line}, column {column}: {_expectation(found[3])}\n{caret}", line=line, column=column
    )


def _expectation(expected: str) -> str:
    """Put the parser's list of what could stand here into words that help."""
    if "Prefix not found" in expected:
        return f"a prefix that is not declared; known without declaring are {' '.join(PREFIXES)}"
    # The parser also lists character classes such as ['a'..='z'] and the few key words that it tried last,
    # seldom those that are missing; neither helps anybody.
    words = re.split(r", (?![^\[]*\])", re.sub(r"\s+", " ", expected))
    sentences = [word for word in words if "[" not in word and word.count(" ") > 1]
    if sentences:
        return plain(sentences[0])
    signs = [word for word in words if word.startswith('"')]
    return (
        "expected " + plain(" or ".join(signs)) if signs else "no SPARQL query; the mistake is here or before"
    )


def plain(text: str) -> str:
    """Keep control characters of the input out of messages."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", text)
