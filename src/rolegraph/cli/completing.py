"""Completion in bash, zsh and fish: the scripts, what is typed so far, and what may come next.

click finds the place that is completed. What stands in it, `candidates` knows. The shells ask by the
variables _ROLEGRAPH_COMPLETE (bash_complete and so on) and COMP_WORDS: for bash the line up to the cursor,
for the others a word a line, without quotes but for the last one in fish.
"""

from __future__ import annotations

import os
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.shell_completion import CompletionItem, ShellComplete

from rolegraph.cli import candidates
from rolegraph.tables import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rolegraph.cli.candidates import Candidate

    Completer = Callable[[click.Context, str], Iterable[Candidate]]

#: The variable that asks for the script of a shell, or for what may come next.
VARIABLE = "_ROLEGRAPH_COMPLETE"

#: What a parameter takes: by command and name, by its metavar, or by its name alone.
TAKES: dict[str, Completer] = {
    "role name": candidates.roles,
    "path roles": candidates.roles,
    "gap roles": candidates.roles,
    "view start": candidates.roles,
    "view goal": candidates.roles,
    "why name": candidates.things,
    "why other": candidates.things,
    "find text": candidates.things,
    "query what": candidates.queries_and_files,
    "query values": candidates.parameters,
    "show name": candidates.queries,
    "test names": candidates.queries,
    "query folders": candidates.files,
    "test folder": candidates.files,
    "lint only": candidates.lint_rules,
    "lint without": candidates.lint_rules,
    "path what_if": candidates.gains,
    "ROLE": candidates.roles,
    "START GOAL": candidates.roles,
    "DEGREE": candidates.degrees,
    "data": candidates.data,
    "old": candidates.data,
    "new": candidates.data,
    "FILE": candidates.files,
    "OUT": candidates.files,
    "SRC...": candidates.files,
    "[FILE|DIR]...": candidates.data,
    "NAME|FILE": candidates.files,
    "file": candidates.files,
    "src": candidates.files,
}


class _Taking(click.ParamType[str]):
    """Text of which it is known what may stand in it."""

    name = "text"

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        start = incomplete.casefold()
        # What is typed stays as it is typed: names are found whatever the case of their letters.
        fitting = {
            item.value.casefold(): CompletionItem(
                incomplete + item.value[len(incomplete) :], item.kind, item.words
            )
            for item in self._completer(ctx, incomplete)
            if item.value[: len(incomplete)].casefold() == start
        }
        return [*fitting.values()]


def _teach(group: click.Group, words: Sequence[str]) -> None:
    """Tell the parameters of a group, and of the commands in it that are named, what they take."""
    context = click.Context(group, resilient_parsing=True)
    for command in (group, *filter(None, (group.get_command(context, word) for word in words))):
        for parameter in command.params:
            keys = (f"{command.name} {parameter.name}", parameter.metavar or "", parameter.name or "")
            known = [TAKES[key] for key in keys if key in TAKES]
            if known and isinstance(parameter.type, (click.types.StringParamType, click.Tuple)):
                parameter.type = _Taking(known[0])
        if command is not group and isinstance(command, click.Group):
            _teach(command, words)


class _Complete(ShellComplete):
    """What the shells have in common."""

    def __init__(self, cli: click.Command) -> None:
        super().__init__(cli, {}, "rolegraph", VARIABLE)

    def source(self) -> str:
        """Give the script that has to be run in the shell."""
        return resources.files("rolegraph.cli").joinpath(f"completion.{self.name}").read_text("utf-8")

    def get_completion_args(self) -> tuple[list[str], str]:
        """Give the words before the one that is being typed, and that one."""
        *words, last = os.environ["COMP_WORDS"].split("\n")
        return words[1:], last

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Give what may come next; behind --option= the whole word again."""
        if isinstance(self.cli, click.Group):
            _teach(self.cli, args)
        option = re.match(r"--[\w-]+=", incomplete)
        found = super().get_completions(args, incomplete)
        for item in found if option else ():
            item.value = option[0] + item.value if option else item.value
        return [item for item in found if item.value == printable(item.value) and "\n" not in item.value]

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Write a line for the script: how to take it, what to insert, a word on it."""
        words = " ".join(printable(item.help or "").split())
        return f"{item.type}\t{self.inserted(item)}\t{words}"

    def inserted(self, item: CompletionItem[str]) -> str:
        """Write what the shell gets to insert."""
        return item.value


class Zsh(_Complete):
    """zsh takes quotes away, and puts them on, by itself."""

    name = "zsh"


class Fish(_Complete):
    """fish gives the last word as it is typed, and quotes what it inserts by itself."""

    name = "fish"

    def get_completion_args(self) -> tuple[list[str], str]:
        """Give the words before the one that is being typed, and that one."""
        words, last = super().get_completion_args()
        return words, read_line(last, "")[-1].text


class Bash(_Complete):
    """bash gives the line as it is typed, and inserts what it gets as it is."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        """Give the words before the one that is being typed, and that one."""
        line = os.environ["COMP_WORDS"]
        words = read_line(line, os.environ.get("COMP_BREAKS", ""))
        self.typed = words[-1]
        return [word.text for word in words[1:-1]], self.typed.text

    def inserted(self, item: CompletionItem[str]) -> str:
        """Write what replaces the part of the word that bash takes for the whole of it, quoted as it is."""
        value = item.value[len(self.typed.before) :]
        return value if item.type == "file" else quoted(value, self.typed.quote)


class Word(NamedTuple):
    """A word of a line in the shell.

    text: without its quotes. before: the part of it that bash holds to be another word, since a quote or one
    of the characters that break words follows. quote: the one that is open at the end.
    """

    text: str
    before: str
    quote: str


def read_line(line: str, breaks: str) -> list[Word]:
    r"""Read the words of a line in the shell; the last one is the one that is being typed.

    >>> read_line('rolegraph path "product dev', ":=")[-1]
    Word(text='product dev', before='', quote='"')
    >>> read_line(r"rolegraph role role\:chief", ":=")[-1].text
    'role:chief'
    """
    words: list[Word] = []
    text = before = quote = ""
    begun = False
    characters = iter(line)
    for character in characters:
        if character == quote:
            quote = ""
        elif character == "\\" and quote != "'":
            following = next(characters, "")
            text += following if not quote or following in '"\\$`' else character + following
        elif quote:
            text += character
        elif character in "'\"":
            quote, before = character, text
        elif character.isspace():
            if begun:
                words.append(Word(text, before, ""))
            text = before = ""
        else:
            text += character
            before = text if character in breaks else before
        begun = bool(quote) or not character.isspace()
    return [*words, Word(text, before, quote)]


def quoted(text: str, quote: str) -> str:
    r"""Write text so that bash takes it as it is, behind an open quote or without one.

    >>> print(quoted("VP (R&D)", ""), quoted("the $ sign", '"'), quoted("it's", "'"))
    VP\ \(R\&D\) the \$ sign it'\''s
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'(["\\$`])', r"\\\1", text)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", text)


SHELLS: dict[str, Callable[[click.Command], _Complete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def answer(command: click.Command) -> int:
    """Print what a shell asks for; nothing is said of what goes wrong, in the middle of the user's line."""
    shell, _, asked = os.environ[VARIABLE].partition("_")
    if shell not in SHELLS or asked not in {"source", "complete"}:
        click.echo(f"{VARIABLE} is SHELL_source or SHELL_complete, of {', '.join(SHELLS)}.", err=True)
        return 2
    complete: Any = SHELLS[shell](command)
    if asked == "source":
        click.echo(complete.source(), nl=False)
        return 0
    try:
        click.echo(complete.complete())
    except Exception:
        if "ROLEGRAPH_DEBUG" in os.environ:
            raise
        return 1
    return 0
