"""YAML as plain text with lines: without tags, anchors and aliases, and only so deep.

A text of a few lines can mean more than any memory holds, by aliases; it can ask for objects, by tags. What
people write by hand needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from rolegraph.errors import RolegraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import yaml

    #: Raises an error that names the file, why it will not do, and the line and the column where known.
    Refuse = Callable[[str, str, int | None, int | None], NoReturn]


def compose(  # noqa: PLR0913 - the words of the messages differ with what is read
    text: str, file: str, refuse: Refuse, *, what: str, deepest: int, needed: str, loader: Any
) -> yaml.Node | None:
    """Give the root of what a YAML text says, None when it says nothing, once nothing in it can do harm.

    what: what the text is to be, such as "a profile". deepest: lists in lists that are taken; needed: how
    many such a text needs, in words. loader: one of PyYAML's safe loaders.
    """
    import yaml  # noqa: PLC0415 - few commands need it

    try:
        for event, reason in _tricks(text, loader, what, deepest):
            refuse(file, reason.format(needed=needed), *place_of(event.start_mark))
        return yaml.compose(text, Loader=loader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        # libyaml gives the character as its number, PyYAML as itself or as its number.
        found = chr(error.character) if isinstance(error.character, int) else error.character
        refuse(file, f"a character that no text should hold: {found!r}", line, column)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        refuse(file, _in_words(error, text, mark), *place_of(mark))
    except RolegraphError:
        raise
    except (ValueError, OverflowError) as error:  # an escape or a version with a number out of range
        refuse(file, f"is no valid YAML: {str(error)[:80]!r}", None, None)


def _tricks(text: str, loader: Any, what: str, deepest: int) -> Iterator[tuple[Any, str]]:
    """Give each event that makes a small text large or asks for more than text, with why it is refused."""
    import yaml  # noqa: PLC0415 - loaded by now

    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):  # of an anchor as of an alias
            yield event, "anchors and aliases (&name, *name) are not taken; write it out, or in quotes"
        elif getattr(event, "tag", None):
            yield event, "tags (!name) are not taken; leave it out, or write the text in quotes"
        elif depth > deepest:
            yield event, f"lists in lists, deeper than {deepest}; {what} needs no more than {{needed}}"
        elif documents > 1:
            yield event, f"a second document (---) begins; {what} is one"


def place_of(mark: Any) -> tuple[int | None, int | None]:
    """Give the line and the column of a mark, counted from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (None, None)


def _in_words(error: yaml.MarkedYAMLError, text: str, mark: Any) -> str:
    problem = error.problem or error.context or ""
    # PyYAML names the character; libyaml's mark, which is its number in the text, has to do.
    if r"'\t'" in problem or (
        "cannot start" in problem and mark and text[mark.index : mark.index + 1] == "\t"
    ):
        return "is no valid YAML: a tab stands where only blanks may; indent with blanks"
    return f"is no valid YAML: {problem}" + (f" ({error.context})" if error.context and error.problem else "")
