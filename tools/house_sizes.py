"""Lists what is over the house sizes: an alarm to think about, not a law, so it always exits 0."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE_LINES = 300
FUNCTION_LINES = 40
PARAMETERS = 6
FRONT_DOOR_LINES = 5

#: The class whose methods only resolve names, delegate and return.
FRONT_DOOR = "RoleGraph"

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Finding(NamedTuple):
    """Something larger than the house likes."""

    where: str
    what: str
    size: int
    limit: int

    def __str__(self) -> str:
        """Write the finding as one line of the report."""
        return f"{self.where}: {self.what}, {self.size} (house size {self.limit})"


def findings(file: Path) -> Iterator[Finding]:
    """Give everything in a Python file that is over a house size."""
    text = file.read_text("utf-8")
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield Finding(str(file), "lines of module", lines, MODULE_LINES)
    tree = ast.parse(text)
    methods = {
        method
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == FRONT_DOOR
        for method in node.body
        if isinstance(method, Function)
    }
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield from _of_function(node, f"{file}:{node.lineno} {node.name}", front_door=node in methods)


def _of_function(node: Function, where: str, *, front_door: bool) -> Iterator[Finding]:
    """Give what is too large in one function; its docstring does not count as its body."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    lines = body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0
    limit = FRONT_DOOR_LINES if front_door else FUNCTION_LINES
    if lines > limit:
        yield Finding(where, "lines of body", lines, limit)
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    parameters = [argument for argument in arguments if argument.arg not in {"self", "cls"}]
    if len(parameters) > PARAMETERS:
        yield Finding(where, "parameters", len(parameters), PARAMETERS)


def main() -> int:
    """Print the findings of src/, then how much there was to look at."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("src")
    files = sorted(root.rglob("*.py"))
    found = [finding for file in files for finding in findings(file)]
    for finding in found:
        print(finding)
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in files)
    print(f"{len(found)} over the house sizes, in {len(files)} files of {lines} lines.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
