"""A folder with the files that the examples in the help name."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import esco_release
from test_cli_import_schemaorg import PAGE
from test_importers_onet import RELEASE, table

if TYPE_CHECKING:
    from pathlib import Path

#: Graphs that the examples take.
GRAPHS = ("mine.ttl", "last-year.ttl", "this-year.ttl")


def furnish(folder: Path, graph: Path) -> None:
    """Put the files into a folder; `graph` stands for each of the graphs."""
    for name in GRAPHS:
        shutil.copy(graph, folder / name)
    (folder / "me.yaml").write_text("role: product manager\nskills: [leadership]\n", "utf-8")
    (folder / "questions.rq").write_text("SELECT ?role { ?role a rg:Role }", "utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "roles.rq").write_text("# Which roles are there?\nSELECT ?role { ?role a rg:Role }\n")
    with zipfile.ZipFile(folder / "db_29_3_text.zip", "w") as archive:
        for name, text in RELEASE.items():
            archive.writestr(f"db_29_3_text/{name}.txt", table(text))
    (folder / "esco").mkdir()
    esco_release.as_zips(folder / "esco", esco_release.tables())
    script = f'<script type="application/ld+json">{json.dumps(PAGE)}</script>'
    (folder / "posting.html").write_text(script, "utf-8")


def ending(command: str) -> str:
    """Give an example so that it ends: a server takes a free port, and is told to stop once it answers."""
    if not command.startswith("rolegraph serve"):
        return command
    return (
        f"told=$(mktemp); {command} --port 0 >$told & server=$!; "
        "until grep -q http $told || ! kill -0 $server; do sleep 0.1; done; "
        "kill -TERM $server; wait $server; code=$?; cat $told; exit $code"
    )
