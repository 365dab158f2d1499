"""Reads what a profile in YAML says. Tags, anchors and aliases are not taken: a profile is plain text."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rolegraph.plain_yaml import compose, place_of
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

#: Lists in lists; and what a profile needs of them.
_DEEPEST, _NEEDED = 10, "three"

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

    root = compose(
        text, file, refuse, what="a profile", deepest=_DEEPEST, needed=_NEEDED, loader=yaml.SafeLoader
    )
    if root is None:
        refuse(file, "holds nothing; `rolegraph profile --init` writes a template to fill in")
    if not isinstance(root, yaml.MappingNode):
        found = "a list" if isinstance(root, yaml.SequenceNode) else "a text"
        refuse(
            file,
            f"expected keys with values, such as `role: product manager`, and found {found}",
            *place_of(root.start_mark),
        )
    return root


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
