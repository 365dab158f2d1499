"""Where the program begins: the shipped graph is read while the command line is being imported."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

#: Commands that work on data.
_READERS = frozenset(
    {
        "find",
        "role",
        "path",
        "gap",
        "why",
        "query",
        "shell",
        "view",
        "derive",
        "validate",
        "lint",
        "export",
        "info",
    }
)

#: What asks for help, or for other data.
_WITHOUT = ("-h", "--help", "--data")

#: Objects made before Python looks for unused circles among them, not 700. A graph has many objects and
#: no circles: looking took a quarter of the time of `path` on a large store.
_OBJECTS = 100_000


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    gc.set_threshold(_OBJECTS)
    arguments = sys.argv[1:]
    if "_ROLEGRAPH_COMPLETE" in os.environ:
        arguments = os.environ.get("COMP_WORDS", "").split()  # a shell asks what may come next, mostly names
    if wants_shipped(arguments):
        from rolegraph.shipped import read_ahead  # noqa: PLC0415 - help and other data do without

        read_ahead()

    from rolegraph.cli import main as run  # noqa: PLC0415 - imported while the graph is read

    run()


def wants_shipped(arguments: list[str]) -> bool:
    """Tell whether a call will most likely work on the graph that ships; a wrong guess costs only time."""
    return not _READERS.isdisjoint(arguments) and not any(word.startswith(_WITHOUT) for word in arguments)
