"""A group of commands that lists them without loading them: the modules load when their command runs."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """A group whose commands are told as command -> (module of rolegraph.cli, one line of help).

    The help lists them in that order. The function of a command has its name; one whose name is a key word
    of Python ends in an underscore.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.lazy = lazy

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; where there is nothing at all, say what there could be."""
        if not args and not ctx.resilient_parsing:
            raise click.UsageError(f"Missing command; there are: {', '.join(self.lazy)}.", ctx)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names of the commands, in the order of the help."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the command of this name; None when there is none."""
        if cmd_name not in self.lazy:
            return None
        module = import_module(f"rolegraph.cli.{self.lazy[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name; a misspelt one is told the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            # click looks for near names among the commands that are loaded, and here none is.
            raise click.NoSuchCommand(error.command_name, possibilities=list(self.lazy), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.lazy.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Give the commands that begin so, without loading them, and the options of the group."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell needs it

        return [
            CompletionItem(name, help=text)
            for name, (_, text) in self.lazy.items()
            if name.startswith(incomplete)
        ]
