"""`completion`."""

from __future__ import annotations

import click

from rolegraph.cli.completing import SHELLS
from rolegraph.cli.options import shared_options
from rolegraph.cli.output import show_raw


@click.command(short_help="Print the script that makes your shell complete commands and names.")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@shared_options
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that makes your shell complete commands, options and names.

    It completes names of roles and skills, of named queries and their parameters, of data and files.
    Names come from --data on the line where that is quick to read, and else from the graph that ships.
    Nothing is installed: your shell has to run the script each time it starts.

    \b
    bash (4.4 or later), a line in ~/.bashrc:
        eval "$(rolegraph completion bash)"
    zsh, a line in ~/.zshrc, behind compinit:
        eval "$(rolegraph completion zsh)"
    fish, once:
        rolegraph completion fish > ~/.config/fish/completions/rolegraph.fish

    \b
    Examples:
      rolegraph completion bash
      rolegraph completion zsh
      rolegraph completion fish
    """  # noqa: D301 - click reads the \b
    show_raw(SHELLS[shell](context.find_root().command).source())
    return 0
