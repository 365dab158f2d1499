"""The command line: parse, call the library once, print. Only this package prints, exits or reads arguments.

Exit codes: 0 done, yes, rows; 1 no (ASK is false, nothing found, no route, data does not conform,
lint found something); 2 the
call or its input is wrong; 3 a limit was hit; 4 a remote endpoint failed; 130 Ctrl-C; 143 told to end.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

import click

from rolegraph import __version__
from rolegraph.cli.lazy import LazyGroup
from rolegraph.cli.options import Settings, shared_options
from rolegraph.errors import (
    EndpointError,
    LimitReached,
    NoPath,
    OverLimit,
    RolegraphError,
    in_one_line,
)

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

#: Lines that are told of a file that has many problems: people mend some, and ask again.
_MOST_LINES = 20

#: Command -> (module, one line of help), in the order that help lists them. The modules load when their
#: command runs.
COMMANDS: dict[str, tuple[str, str]] = {
    "find": ("look", "Find roles, skills, credentials ... by name or alias."),
    "role": ("look", "Show all that the graph says of a role, and who says it."),
    "path": ("travel", "Find routes from one role to another."),
    "gap": ("travel", "Compare what two roles need."),
    "why": ("look", "Show the sources behind a role, or behind what links two things."),
    "profile": ("profile", "Check what you have, written in a file; or begin such a file."),
    "query": ("ask", "Ask in SPARQL: a query, a file, - for standard input, or a query's name."),
    "queries": ("named", "List the named queries, show one, or test them."),
    "shell": ("shell", "Ask in SPARQL one query after the other, at a prompt."),
    "view": ("draw", "Draw the graph, or a route in it, as one HTML file."),
    "serve": ("serving", "Serve the graph: SPARQL endpoint, JSON interface, map, editor."),
    "import": ("imports", "Read O*NET, ESCO or data of your own into a file or a store."),
    "derive": ("deriving", "Derive moves from the skills that roles need."),
    "validate": ("check", "Check data against the SHACL shapes."),
    "lint": ("check", "Look over a job architecture: dead ends, inversions, duplicates, gaps."),
    "map": ("linking", "Propose links between data sets that name the same things."),
    "export": ("data", "Write the data to a file, in the format of its ending."),
    "diff": ("compare", "Compare two graphs: roles, moves, requirements, pay, routes."),
    "info": ("data", "Show what data is loaded, with versions, licences and counts."),
    "completion": ("completion", "Print the script that makes your shell complete commands and names."),
}

EPILOG = """\b
Examples:
  rolegraph path "product developer" CEO
  rolegraph role CPO
  rolegraph query skills_of_role role=CPO --format csv
  rolegraph view "product developer" CEO -o map.html
"""


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@shared_options
@click.version_option(__version__, prog_name="rolegraph", message="%(prog)s %(version)s")
def command() -> None:
    """Ask how one gets from role to role, what it takes, and who says so."""


def main() -> NoReturn:
    """Run the command line and exit with its code; errors become one message on standard error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        # Who starts a program may close its streams; then there is nothing to read, and nobody to tell.
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - to the end
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark instead of a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _end)
    code = run(guarded=True)
    for stream in (sys.stdout, sys.stderr):
        _settle(stream)
    # Taking the store and the modules apart piece by piece would cost a tenth of the time of a whole query.
    os._exit(code)


class _ToldToEndError(BaseException):
    """The system asks the program to end: what is half written is taken away first, as after Ctrl-C."""


def _end(*_: object) -> NoReturn:
    raise _ToldToEndError


def run(arguments: list[str] | None = None, *, guarded: bool = False) -> int:
    """Run the command line and give its exit code.

    guarded: whether it may go on in another process, so that what is foreign can be stopped.
    """
    code = 0
    chosen = Settings(guarded=guarded)
    try:
        if "_ROLEGRAPH_COMPLETE" in os.environ:
            from rolegraph.cli.completing import answer  # noqa: PLC0415 - only a shell comes here

            return answer(command)
        result: Any = command.main(args=arguments, prog_name="rolegraph", standalone_mode=False, obj=chosen)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        code = _complain(_usage(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt, _ToldToEndError) as error:
        code = _complain("Stopped.", 143 if isinstance(error, _ToldToEndError) else 130)
    except (BrokenPipeError, SystemExit):
        code = 0  # The reader (head, less) has had enough; click exits when that happens inside a command.
    except RolegraphError as error:
        code = _complain_of(error)
    except OSError as error:
        # A full disk under standard output, a folder that may not be read, a name that is too long.
        place = f"{in_one_line(error.filename)}: " if error.filename else _place(error)
        code = _complain(f"Error: {place}{error.strerror or error}", 2)
    except Exception as error:
        if "ROLEGRAPH_DEBUG" in os.environ:
            raise
        code = _complain(_unforeseen(error), 2)
    _settle(sys.stdout)
    return code


def _unforeseen(error: Exception) -> str:
    """Say what nobody foresaw; of a store that is too large to be looked through first, it is its damage."""
    if isinstance(error, RuntimeError) and "Corruption" in str(error):
        return f"Error: A store is damaged ({error}); make it again."
    what = f"{type(error).__name__}: {error}"
    return f"Error: {what}. This is a fault of rolegraph itself: please report it."


def _place(error: OSError) -> str:
    """Say where a disk is full when the error does not: files name themselves, so it is the output."""
    return "standard output: " if error.errno in {errno.ENOSPC, errno.EIO} else ""


def _usage(error: click.ClickException) -> str:
    """Give click's own message, with the usage of the command, as text."""
    from io import StringIO  # noqa: PLC0415 - only errors come here

    shown = StringIO()
    error.show(shown)
    return shown.getvalue().rstrip("\n")


def _complain(message: str, code: int) -> int:
    from rolegraph.cli.output import tell  # noqa: PLC0415 - only errors come here

    try:
        tell(message)
    except OSError:
        _settle(sys.stderr)
    return code


def _complain_of(error: RolegraphError) -> int:
    if isinstance(error, NoPath):
        return _complain_of_no_path(error)
    if isinstance(error, OverLimit):
        from rolegraph.watching import with_remedy  # noqa: PLC0415 - only errors come here

        return _complain(with_remedy(error), 3)
    if isinstance(error, LimitReached):
        return _complain(str(error), 3)
    if isinstance(error, EndpointError):
        return _complain(f"Error: {error}", 4)
    problems = len(getattr(error, "problems", ())) + getattr(error, "more", 0)
    if not problems:
        return _complain(f"Error: {error}", 2)
    # A message that is too long loses its middle; where a file has several problems, each is a message.
    lines = f"Error: {error}".split("\n")
    if problems > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"and {problems - _MOST_LINES + 1:,} more problems"]
    for line in lines:
        _complain(line, 2)
    return 2


def _complain_of_no_path(error: NoPath) -> int:
    """Say on a line each how far one gets, and what would help."""
    from rolegraph.cli.footnotes import wrapped  # noqa: PLC0415 - only errors come here

    lines = [line for sentence in error.sentences for line in wrapped(sentence)]
    if error.suggestions:
        lines.append("What would help:")
        lines += [line for item in error.suggestions for line in wrapped(item.words, "  - ")]
    return _complain("\n".join(lines), 1)


def _settle(stream: TextIO) -> None:
    """Flush a stream; when it cannot be written, point it nowhere: Python would complain of it at the end."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
