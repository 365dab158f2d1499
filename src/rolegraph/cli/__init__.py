"""The command line: parse, call the library once, print. Only this package prints, exits or reads arguments.

Exit codes: 0 done, yes, rows; 1 no (ASK is false, nothing found, no route, data does not conform); 2 the
call or its input is wrong; 3 a limit was hit; 4 a remote endpoint failed; 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from rolegraph import __version__
from rolegraph.cli.options import shared_options
from rolegraph.errors import NoPath, RolegraphError

if TYPE_CHECKING:
    from typing import NoReturn

#: Command -> (module, one line of help), in the order that help lists them. The modules load when their
#: command runs.
COMMANDS: dict[str, tuple[str, str]] = {
    "find": ("look", "Find roles, skills, credentials ... by name or alias."),
    "role": ("look", "Show all that the graph says of a role, and who says it."),
    "path": ("travel", "Find routes from one role to another."),
    "gap": ("travel", "Compare what two roles need."),
    "why": ("look", "Show the sources behind a role, or behind what links two things."),
    "query": ("ask", "Ask in SPARQL: a query, a file, - for standard input, or a query's name."),
    "queries": ("ask", "List the named queries, or show one."),
    "view": ("draw", "Draw the graph, or a route in it, as one HTML file."),
    "validate": ("data", "Check data against the SHACL shapes."),
    "export": ("data", "Write the data to a file, in the format of its ending."),
    "info": ("data", "Show what data is loaded, with versions, licences and counts."),
}

EPILOG = """\b
Examples:
  rolegraph path "product developer" CEO
  rolegraph role CPO
  rolegraph query skills_of_role role=CPO --format csv
  rolegraph view "product developer" CEO -o map.html
"""


class LazyGroup(click.Group):
    """A group that lists its commands without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the command of this name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name; a misspelt one is told the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            # click looks for near names among the commands that are loaded, and here none is.
            raise click.NoSuchCommand(error.command_name, possibilities=list(COMMANDS), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@shared_options
@click.version_option(__version__, prog_name="rolegraph", message="%(prog)s %(version)s")
def command() -> None:
    """Ask how one gets from role to role, what it takes, and who says so."""


def main() -> NoReturn:
    """Run the command line and exit with its code; errors become one message on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark instead of a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    code = 0
    try:
        result: Any = command.main(args=arguments, prog_name="rolegraph", standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        code = _complain(_usage(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        code = _complain("Stopped.", 130)
    except BrokenPipeError:
        # The reader (head, less) has had enough. Python would complain again while it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NoPath as error:
        code = _complain(str(error), 1)
    except RolegraphError as error:
        code = _complain(f"Error: {error}", 2)
    return code


def _usage(error: click.ClickException) -> str:
    """Give click's own message, with the usage of the command, as text."""
    from io import StringIO  # noqa: PLC0415 - only errors come here

    shown = StringIO()
    error.show(shown)
    return shown.getvalue().rstrip("\n")


def _complain(message: str, code: int) -> int:
    from rolegraph.tables import printable  # noqa: PLC0415 - only errors come here

    click.echo(printable(message), err=True)
    return code
