"""Reads SPARQL line by line: where a query ends, what the Tab key offers, what was typed before."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from rolegraph.names import QUERY_PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    #: Gives what may complete the last word of a line.
    Offered = Callable[[str, str], list[str]]

#: What counts for where a query ends; strings, IRIs and comments hide what stands in them.
_PART = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*(?:"""|$)'''
    r"""|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|$)"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[{}();]|[^\s{}();"'<#]+|.""",
    re.DOTALL,
)

#: What stands before a query and is none.
_PROLOGUE = re.compile(r"(?i)([\s;]|#[^\n]*(\n|$)|prefix\s+\S*:\s*<[^>]*>|base\s*<[^>]*>)*")

# fmt: off
KEYWORDS = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "DISTINCT", "REDUCED", "FROM", "NAMED", "GRAPH",
    "OPTIONAL", "UNION", "MINUS", "FILTER", "BIND", "VALUES", "EXISTS", "NOT", "IN", "AS", "GROUP",
    "BY", "HAVING", "ORDER", "ASC", "DESC", "LIMIT", "OFFSET", "PREFIX", "BASE", "COUNT", "SUM", "AVG",
    "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "STR", "LANG", "LANGMATCHES", "DATATYPE",
    "BOUND", "IF", "COALESCE", "REGEX", "REPLACE", "CONTAINS", "STRSTARTS", "STRENDS", "STRLEN",
    "SUBSTR", "UCASE", "LCASE", "CONCAT", "ABS", "ROUND", "CEIL", "FLOOR", "ISIRI", "ISLITERAL",
    "ISBLANK",
)
# fmt: on

#: Characters between two words for the Tab key; a colon is part of a short name.
DELIMITERS = " \t\n{}()<>\"'|/^*+,;=!&@"


def ends(text: str) -> bool:
    r"""Tell whether a query is whole: it ends in ; or an empty line, outside of every bracket and string.

    >>> ends("ASK { ?s a rg:Role ;"), ends("ASK { ?s a rg:Role } ;"), ends("PREFIX x: <http://x/>\n\n")
    (False, True, False)
    """
    depth = 0
    last = ""
    for match in _PART.finditer(text):
        part = match[0]
        if part[:3] in {'"""', "'''"} and (len(part) < 6 or part[-3:] != part[:3]):  # noqa: PLR2004 - quotes
            return False
        if part in "{(":
            depth += 1
        elif part in "})":
            depth -= 1
        if not part.isspace() and part[0] != "#":
            last = part
    if depth > 0 or not has_query(text):
        return False
    return last == ";" or text.endswith("\n\n")


def has_query(text: str) -> bool:
    """Tell whether there is more than prefixes, comments and semicolons."""
    prologue = _PROLOGUE.match(text)
    return bool(text[prologue.end() if prologue else 0 :].strip())


def statements(read: Callable[[bool], str | None]) -> Iterator[str]:
    """Give queries, and commands that begin with a dot, as they become whole.

    read: gives the next line, told whether a query has begun; None at the end.
    """
    text, begun = "", False
    while (line := read(begun)) is not None:
        if not begun and line.lstrip().startswith("."):
            text = ""
            yield line.strip()
            continue
        # The text is only read again for a line that may change something: there may be very many.
        blank = not line.strip()
        may_end = ";" in line or (blank and not text.endswith("\n\n"))
        text += f"{line.rstrip()}\n"
        if not blank and not line.lstrip().startswith("#"):
            begun = has_query(text)
        if begun and may_end and ends(text):
            yield text.strip(" \t\n;")
            text, begun = "", False
    if has_query(text):
        yield text.strip(" \t\n;")


def offers(
    line: str, word: str, known: Callable[[], Iterable[str]], commands: dict[str, list[str]]
) -> list[str]:
    """Give what the Tab key offers for the word that ends the line.

    known: gives the short names of all that there is. commands: what may follow each dot command.
    """
    first, *others = line.lstrip().split(" ")
    if first.startswith("."):
        fitting = commands.get(first, []) if others else [*commands]
        return sorted(item for item in fitting if item.startswith(word))
    if word.startswith(("?", "$")):
        return sorted(
            {found for found in re.findall(r"[?$]\w+", line) if found.startswith(word) and found != word}
        )
    if ":" in word:
        return sorted({name for name in known() if name.startswith(word)})
    words = [name for name in KEYWORDS if name.startswith(word.upper())] if word else []
    return [*words, *sorted(f"{name}:" for name in QUERY_PREFIXES if word and name.startswith(word))]


def tabs(offered: Offered) -> None:
    """Let the Tab key complete by this function of the line and its last word, where readline is there."""
    try:
        import readline  # noqa: PLC0415 - not on every system
    except ImportError:
        return

    def complete(word: str, number: int) -> str | None:
        try:
            found = offered(readline.get_line_buffer()[: readline.get_endidx()], word)
        except Exception:  # noqa: BLE001 - the Tab key offers nothing then; the query will say what is wrong
            return None
        return found[number] if number < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(DELIMITERS)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


def remember(file: Path | None) -> Callable[[], None]:
    """Read what was typed in earlier sessions from this file; give what writes it there at the end.

    Without a file nothing is read or written: the arrow keys know this session alone.
    """
    try:
        import readline  # noqa: PLC0415 - not on every system
    except ImportError:
        return lambda: None
    readline.set_auto_history(True)
    if file is None:
        return lambda: None
    if file.exists():
        readline.read_history_file(file)
    readline.set_history_length(_MOST_LINES)
    return lambda: readline.write_history_file(file)


#: Lines that are kept from session to session.
_MOST_LINES = 2000


def typed(prompt: str) -> str | None:
    """Read a line from the keyboard, or from what is piped in; None at the end."""
    if sys.stdin.isatty():
        try:
            return input(prompt)
        except EOFError:
            return None
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
