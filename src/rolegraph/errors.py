"""Every error the library raises on purpose.

RolegraphError
├── UnknownName (LookupError)      no node has that name; `suggestions` are the nearest ones
├── AmbiguousName (LookupError)    several nodes have that name; `candidates` lists them
├── NoPath (LookupError)           no allowed route from `start` to `goal`
├── LimitReached (RuntimeError)    a search that would take too long or too much memory was given up
│   └── OverLimit (RuntimeError)   a query, or the reading of a file, was stopped at one of its `Limits`
├── QueryError (ValueError)        SPARQL that cannot be parsed or run; `line` and `column` where known
├── UnknownQuery (KeyError)        no query of that name in queries/
├── ParameterError (ValueError)    a query parameter that does not exist, or a value it cannot take
├── SourceError (ValueError)       a data file that cannot be read; `file`, `line`, `column`
│   ├── ProfileError (ValueError)  a profile that does not hold; `problems` has all, each with its line
│   ├── MappingError (ValueError)  a mapping file that does not hold; `problems` has all, with line and column
│   └── TableError (ValueError)    tables that do not hold; `problems` has all, each with file, line, column
├── EndpointError (RuntimeError)   a SPARQL endpoint that cannot be asked, or fails to answer; `url`, `reason`
├── OutputError (OSError)          a file that cannot be written
├── ServingError (OSError)         the server cannot listen where it was told to
└── MissingExtra (ImportError)     an optional dependency is not installed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class RolegraphError(Exception):
    """Root of every error that rolegraph raises on purpose; each can be pickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, self.__dict__)


class UnknownName(RolegraphError, LookupError):
    """No node carries this name; `suggestions` holds the nearest known names."""

    def __init__(
        self, text: str, suggestions: Sequence[str] = (), *, what: str = "role", note: str = ""
    ) -> None:
        self.text = text
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {_either(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"No {what} is called {_shown(text)}.{note or hint}")


class AmbiguousName(RolegraphError, LookupError):
    """Several nodes carry this name; `candidates` holds (IRI, label) of each."""

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.text = text
        self.candidates = tuple(candidates)
        names = _listing([label for _, label in self.candidates])
        super().__init__(f"{text!r} names {len(self.candidates)} things: {names}. Use one of these names.")


class NoPath(RolegraphError, LookupError):
    """No allowed route leads from `start` to `goal`.

    `reachable` are the labels that can be reached from the start, `leading` those from which the goal can be,
    `rules` the words of the rules that every move had to meet, and `suggestions` what would help: values of
    `routes.Suggestion`. `sentences` say all that but the suggestions.

    Suggestions take far longer to find than that there is no route. Given as a function, they are looked for
    once somebody asks for them or for the message, and not for who only wants to know whether one gets there.
    """

    def __init__(
        self,
        start: str,
        goal: str,
        *,
        reachable: Sequence[str] = (),
        leading: Sequence[str] = (),
        rules: Sequence[str] = (),
        suggestions: Sequence[Any] | Callable[[], Sequence[Any]] = (),
    ) -> None:
        self.start = start
        self.goal = goal
        self.reachable = tuple(reachable)
        self.leading = tuple(leading)
        self.rules = tuple(rules)
        self._suggestions = suggestions
        rules = "rule" if len(self.rules) == 1 else "rules"
        under = f" under the {rules}: {'; '.join(self.rules)}" if self.rules else ""
        self.sentences = (
            f"No route from {start} to {goal}{under}.",
            f"From {start} one can reach: {_listing(self.reachable)}.",
            f"{_capital(goal)} can be reached from: {_listing(self.leading)}.",
        )
        super().__init__(" ".join(self.sentences))

    @property
    def suggestions(self) -> tuple[Any, ...]:
        """What would help: values of `routes.Suggestion`."""
        if callable(self._suggestions):
            self._suggestions = self._suggestions()
        return tuple(self._suggestions)

    def __str__(self) -> str:
        return " ".join((*self.sentences, *(item.words for item in self.suggestions)))

    def __reduce__(self) -> tuple[Any, ...]:
        self._suggestions = self.suggestions  # a function may not be pickled
        return super().__reduce__()

    def with_suggestions(self, suggestions: Sequence[Any] | Callable[[], Sequence[Any]]) -> NoPath:
        """Give the same error with what would help, which its message ends with."""
        return NoPath(
            self.start,
            self.goal,
            reachable=self.reachable,
            leading=self.leading,
            rules=self.rules,
            suggestions=suggestions,
        )


class LimitReached(RolegraphError, RuntimeError):
    """A search was given up at its limit.

    `found` are the routes that it was sure of by then, cheapest first; any other costs at least `least`.
    `near` is a route that may not be the cheapest, where none is sure: no cheaper one costs less than
    `least`.
    """

    def __init__(
        self,
        limit: int,
        what: str = "comparisons of routes",
        *,
        least: str = "",
        found: Sequence[Any] = (),
        near: Any = None,
        advice: str = "Ask for fewer moves (--max-steps), fewer costs at once, or rules that leave out more.",
    ) -> None:
        self.limit = limit
        self.what = what
        self.least = least
        self.found = tuple(found)
        self.near = near
        known = f" The {len(self.found)} cheapest are known." if self.found else ""
        known += f" One of {near.total} is known." if near is not None else ""
        known += f" Any other costs at least {least}." if least else ""
        super().__init__(f"The search was given up after {limit:,} {what}.{known} {advice}")


class OverLimit(LimitReached):
    """A query, or the reading of a file, was stopped at a limit; it had no effect.

    `kind` is "time", "memory", "rows", "size" or "depth". Of an answer that has too many rows, or is too
    large, `partial` holds as much as was allowed: what the question would have given, cut short.
    """

    def __init__(self, message: str, *, kind: str = "time", partial: Any = None) -> None:
        RuntimeError.__init__(self, message)
        self.kind = kind
        self.partial = partial


class QueryError(RolegraphError, ValueError):
    """A SPARQL query that cannot be parsed or run; `line` and `column` count from 1, None when unknown."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class UnknownQuery(RolegraphError, KeyError):
    """No named query of this name; `suggestions` holds the nearest ones."""

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {_either(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"No query is called {name!r}.{hint} `rolegraph queries` lists them.")

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would put it in quotes


class ParameterError(RolegraphError, ValueError):
    """A query parameter that does not exist, or a value that it cannot take."""


class SourceError(RolegraphError, ValueError):
    """A data file that cannot be read; `line` and `column` count from 1, None when unknown."""

    def __init__(
        self, file: str | Path, reason: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        self.file = str(file)
        self.reason = reason
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (in_one_line(file), line, column) if part is not None)
        super().__init__(f"{place}: {reason}")

    @classmethod
    def no_text(cls, file: str | Path, error: UnicodeDecodeError) -> SourceError:
        """Give the error for a file that is no UTF-8 text, with the place of the first byte that is not."""
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        reason = f"is not UTF-8 text (byte 0x{error.object[error.start]:02x}); save it as UTF-8"
        return SourceError(file, reason, line=line, column=column)


class ProfileError(SourceError):
    """A profile that does not hold; `problems` holds (line, words) of each, the line None when unknown."""

    def __init__(
        self, file: str | Path, problems: Sequence[tuple[int | None, str]], *, column: int | None = None
    ) -> None:
        self.problems = tuple(problems)
        line, reason = self.problems[0]
        super().__init__(file, reason, line=line, column=column)
        others = [str(SourceError(file, text, line=number)) for number, text in self.problems[1:]]
        self.args = ("\n".join([str(self), *others]),)


class MappingError(SourceError):
    """A mapping file that does not hold; `problems` holds (line, column, words) of each, None if unknown."""

    def __init__(self, file: str | Path, problems: Sequence[tuple[int | None, int | None, str]]) -> None:
        self.problems = tuple(problems)
        line, column, reason = self.problems[0]
        super().__init__(file, reason, line=line, column=column)
        others = [
            str(SourceError(file, text, line=row, column=place)) for row, place, text in self.problems[1:]
        ]
        self.args = ("\n".join([str(self), *others]),)


class TableError(SourceError):
    """Tables that do not hold; `problems` holds (file, line, name of the column, words) of each.

    The line is None and the column "" where there is no one line or column to blame. `more` tells how many
    problems there are besides.
    """

    def __init__(self, problems: Sequence[tuple[str, int | None, str, str]], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        file, line, column, words = self.problems[0]
        super().__init__(file, f"{column}: {words}" if column else words, line=line)
        lines = [
            ":".join(str(part) for part in (in_one_line(place), number, name) if part not in {None, ""})
            + f": {text}"
            for place, number, name, text in self.problems
        ]
        self.args = ("\n".join([*lines, f"and {more:,} more problems"] if more else lines),)


class EndpointError(RolegraphError, RuntimeError):
    """A SPARQL endpoint that cannot be asked, fails to answer, or answers what is no answer.

    `passing` tells whether it may be otherwise the next time.
    """

    def __init__(self, url: str, reason: str, *, passing: bool = False) -> None:
        self.url = url
        self.reason = reason
        self.passing = passing
        super().__init__(f"{url}: {reason}")


class OutputError(RolegraphError, OSError):
    """A file that cannot be written; nothing is left behind."""

    def __init__(self, message: str) -> None:
        super().__init__(in_one_line(message))


class ServingError(RolegraphError, OSError):
    """The server cannot listen where it was told to; nothing was started."""

    def __init__(self, message: str) -> None:
        super().__init__(in_one_line(message))


class MissingExtra(RolegraphError, ImportError):
    """An optional dependency is not installed; the message holds the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"This needs {package}. Install it with: pip install 'rolegraph[{extra}]'")


def in_one_line(text: object) -> str:
    """Write a name that people gave for a message: line ends in it would make many lines of one.

    >>> print(in_one_line("a" + chr(10) + "b.ttl"))
    a\\nb.ttl
    """  # noqa: D301 - as Python reads it
    return str(text).replace("\n", "\\n")


def _again(kind: type[RolegraphError], args: tuple[Any, ...], held: dict[str, Any]) -> RolegraphError:
    """Make an error again as it was, whatever its class takes."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error


def _shown(text: str, most: int = 100) -> str:
    """Quote a name; a long text was no name, and its end helps nobody."""
    return repr(text) if len(text) <= most else f"{text[:most]!r}..."


def _either(names: Sequence[str]) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]


def _listing(names: Sequence[str], most: int = 12) -> str:
    if not names:
        return "nothing"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
