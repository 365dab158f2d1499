"""Reads what a profile in YAML says. Tags, anchors and aliases are not taken: a profile is plain text."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rolegraph.errors import ProfileError
from rolegraph.profiles.drafts import Draft, quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import yaml

#: Key of the file -> field of the draft.
KEYS = {
    "role": "role",
    "skills": "skills",
    "degrees": "degrees",
    "certifications": "certifications",
    "trainings": "certifications",
    "years": "years",
    "pay": "pay",
}

#: Keys below `pay`, which are the names of their fields too.
PAY_KEYS = ("amount", "currency", "per", "statistic", "area")

#: What the file calls each field.
NAMES = {name: key for key, name in reversed(KEYS.items())} | {key: f"pay: {key}" for key in PAY_KEYS}

_LISTS = ("skills", "degrees", "certifications", "trainings")

#: Lists in lists; a profile needs three.
_DEEPEST = 10

_NULL = "tag:yaml.org,2002:null"


def draft_of_yaml(text: str, file: str) -> Draft:
    """Give what a YAML text says of a person.

    Raises ProfileError when it is no YAML, or none that a profile can be.
    """
    draft = Draft(file, NAMES)
    root = _compose(text, file)
    for key, name, value in _entries(draft, root, tuple(KEYS)):
        if key == "pay":
            _pay(draft, value)
        elif key in _LISTS:
            _list(draft, key, name, value)
        else:
            _one(draft, key, name, value)
    return draft


def _compose(text: str, file: str) -> yaml.MappingNode:
    """Give the mapping that the text is, once nothing in it can do harm."""
    import yaml  # noqa: PLC0415 - only profiles need it

    try:
        _refuse_tricks(text, file)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        refuse(file, f"a character that no text should hold: {chr(error.character)!r}", line, column)
    except yaml.MarkedYAMLError as error:
        refuse(file, _in_words(error), *_place(error.problem_mark or error.context_mark))
    except (ValueError, OverflowError) as error:  # an escape or a version with a number out of range
        if isinstance(error, ProfileError):
            raise
        refuse(file, f"is no valid YAML: {quoted(str(error))}")
    if root is None:
        refuse(file, "holds nothing; `rolegraph profile --init` writes a template to fill in")
    if not isinstance(root, yaml.MappingNode):
        found = "a list" if isinstance(root, yaml.SequenceNode) else "a text"
        refuse(
            file,
            f"expected keys with values, such as `role: product manager`, and found {found}",
            *_place(root.start_mark),
        )
    return root


def _refuse_tricks(text: str, file: str) -> None:
    """Refuse what makes a small text large or lets it ask for more than text, before anything is built."""
    import yaml  # noqa: PLC0415 - loaded by now

    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        reason = ""
        if getattr(event, "anchor", None):  # of an anchor as of an alias
            reason = "anchors and aliases (&name, *name) are not taken; write it out, or in quotes"
        elif getattr(event, "tag", None):
            reason = "tags (!name) are not taken; leave it out, or write the text in quotes"
        elif depth > _DEEPEST:
            reason = f"lists in lists, deeper than {_DEEPEST}; a profile needs no more than three"
        elif documents > 1:
            reason = "a second document (---) begins; a profile is one"
        if reason:
            refuse(file, reason, *_place(event.start_mark))


def _in_words(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or ""
    if r"'\t'" in problem:
        return "is no valid YAML: a tab stands where only blanks may; indent with blanks"
    return f"is no valid YAML: {problem}" + (f" ({error.context})" if error.context and error.problem else "")


def _place(mark: Any) -> tuple[int | None, int | None]:
    return (mark.line + 1, mark.column + 1) if mark else (None, None)


def _line(node: yaml.Node) -> int:
    line: int = node.start_mark.line
    return line + 1


def _is_empty(node: yaml.Node) -> bool:
    return node.tag == _NULL


def _entries(
    draft: Draft, mapping: yaml.MappingNode, keys: Sequence[str], of: str = ""
) -> Iterator[tuple[str, str, yaml.Node]]:
    """Give each known key, what messages call it, and its value; the others are problems."""
    first: dict[str, int] = {}
    for node, value in mapping.value:
        key = node.value if isinstance(node.value, str) else ""
        line = _line(node)
        if key in first:
            draft.wrong(line, f"the key {of}{key} stands here again; it is on line {first[key]} already")
        elif key in keys:
            first[key] = line
            yield key, f"{of}{key}", value
        elif not key:
            draft.wrong(line, f"expected a key, one of: {', '.join(keys)}")
        else:
            near = get_close_matches(key.casefold(), keys, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(keys)}."
            draft.wrong(line, f"there is no key {quoted(of + key)}. {hint}")


def _list(draft: Draft, key: str, name: str, value: yaml.Node) -> None:
    import yaml  # noqa: PLC0415 - loaded by now

    if _is_empty(value):
        return
    if not isinstance(value, yaml.SequenceNode):
        found = "keys with values" if isinstance(value, yaml.MappingNode) else quoted(value.value)
        draft.wrong(_line(value), f"{name}: expected a list, `- name` on each line, and found {found}")
        return
    for item in value.value:
        if not isinstance(item, yaml.ScalarNode):
            found = "a list" if isinstance(item, yaml.SequenceNode) else "a key with a value"
            hint = "" if found == "a list" else "; a name with a colon in it needs quotes"
            draft.wrong(_line(item), f"{name}: expected a name and found {found}{hint}")
        elif _is_empty(item) or not item.value.strip():
            draft.wrong(_line(item), f"{name}: expected a name and found an empty entry")
        else:
            draft.say(KEYS[key], item.value, _line(item))


def _one(draft: Draft, key: str, name: str, value: yaml.Node) -> None:
    import yaml  # noqa: PLC0415 - loaded by now

    if _is_empty(value):
        return
    if isinstance(value, yaml.ScalarNode) and value.value.strip():
        draft.say(key, value.value, _line(value))
        return
    expected = "a number" if key in {"years", "amount"} else "one name"
    found = "an empty text"
    if not isinstance(value, yaml.ScalarNode):
        found = "a list" if isinstance(value, yaml.SequenceNode) else "keys with values"
    draft.wrong(_line(value), f"{name}: expected {expected} and found {found}")


def _pay(draft: Draft, value: yaml.Node) -> None:
    import yaml  # noqa: PLC0415 - loaded by now

    if _is_empty(value):
        return
    if not isinstance(value, yaml.MappingNode):
        draft.wrong(
            _line(value), f"pay: expected keys below it, {', '.join(PAY_KEYS)}; a figure alone has no basis"
        )
        return
    draft.pay_line = _line(value)
    for key, name, part in _entries(draft, value, PAY_KEYS, "pay: "):
        _one(draft, key, name, part)
