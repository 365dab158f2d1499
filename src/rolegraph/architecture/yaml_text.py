"""YAML written by hand, as nodes that know their lines: lists, keys with values, texts."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

from rolegraph.architecture.problems import quoted
from rolegraph.errors import SourceError
from rolegraph.plain_yaml import compose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rolegraph.architecture.problems import Problems

#: Bytes that a file may have, lists in lists that it may hold; and what it needs of them.
LARGEST, _DEEPEST, _NEEDED = 10_000_000, 10, "five"

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Node:
    """A text, a list, or keys with values; with its line. None stands for what is left empty."""

    value: str | list[Node] | list[tuple[Node, Node]] | None
    line: int

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if self.value is None or isinstance(self.value, str):
            return "an empty value" if self.value is None else quoted(self.value)
        return "keys with values" if self.value and isinstance(self.value[0], tuple) else "a list"

    @property
    def text(self) -> str:
        """The text that it is; "" for any other node."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> Sequence[Node] | None:
        """The entries of the list that it is; None for any other node."""
        if isinstance(self.value, list) and not (self.value and isinstance(self.value[0], tuple)):
            return [item for item in self.value if isinstance(item, Node)]
        return None

    @property
    def pairs(self) -> Sequence[tuple[Node, Node]] | None:
        """The keys with values that it is; None for any other node."""
        if self.value is None:
            return ()
        if isinstance(self.value, list) and (not self.value or isinstance(self.value[0], tuple)):
            return [pair for pair in self.value if isinstance(pair, tuple)]
        return None


def read_yaml(content: bytes, place: str, what: str) -> Node:
    """Give the root of a file. what: what it is to be, such as "a layout".

    Raises SourceError with the line.
    """
    import yaml  # noqa: PLC0415 - few imports read YAML

    if len(content) > LARGEST:
        raise SourceError(place, f"is larger than {LARGEST:,} bytes, which {what} in YAML is not; use CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"the byte 0x{content[error.start]:02x} is no UTF-8; save the file as UTF-8"
        raise SourceError(place, reason, line=line) from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, which is many times faster
    root = compose(text, place, _refuse, what=what, deepest=_DEEPEST, needed=_NEEDED, loader=loader)
    return Node(None, 1) if root is None else _node(root)


def _refuse(file: str, reason: str, line: int | None = None, column: int | None = None) -> NoReturn:
    raise SourceError(file, reason, line=line, column=column)


def _node(found: Any) -> Node:
    import yaml  # noqa: PLC0415 - loaded by now

    line = found.start_mark.line + 1
    if isinstance(found, yaml.SequenceNode):
        return Node([_node(item) for item in found.value], line)
    if isinstance(found, yaml.MappingNode):
        return Node([(_node(key), _node(value)) for key, value in found.value], line)
    return Node(None if found.tag == _NULL else found.value, line)


def entries(
    node: Node, known: Collection[str], place: str, problems: Problems, of: str = ""
) -> Iterator[tuple[str, Node]]:
    """Give each known key and its value; what is no key, is not known, or stands twice is a problem.

    known: the keys that there are; empty for any.
    """
    first: dict[str, int] = {}
    if node.pairs is None:
        problems.add(place, node.line, of, f"expected keys with values and found {node.kind}")
    for key, value in node.pairs or ():
        name = key.text
        if not name:
            problems.add(place, key.line, of, f"expected a key and found {key.kind}")
        elif name in first:
            problems.add(place, key.line, name, f"stands here again; it is on line {first[name]} already")
        elif known and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"is {near[0]!r} meant?" if near else f"there are: {', '.join(known)}"
            problems.add(place, key.line, of, f"there is no key {quoted(name)}; {hint}")
        else:
            first[name] = key.line
            yield name, value
