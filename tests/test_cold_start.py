"""What a command does not need it does not load: the start-up budget, by sys.modules and not by the clock."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import pytest

#: Libraries that cost a tenth of a second or more, or that drag in one that does.
HEAVY = {"IPython", "jinja2", "networkx", "numpy", "pandas", "pyshacl", "pyvis", "rdflib", "rich"}

RUN = """
import json, sys
from rolegraph.cli import run
code = run({arguments!r})
print(json.dumps([code, sorted(set({watched!r}) & set(sys.modules))]), file=sys.stderr)
"""


def loaded(code: str) -> list[object]:
    """Run Python code in a fresh interpreter whose output is no terminal; give the JSON that it reports."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stderr.splitlines()[-1])


#: Our own modules of many dataclasses: each of those takes a third of a millisecond to make.
VALUES = {"rolegraph.model", "rolegraph.routes"}

#: What each command must not load.
UNWANTED = {
    "--help": HEAVY | {"pyoxigraph"},
    "--version": HEAVY | {"pyoxigraph"},
    "path --help": HEAVY | {"pyoxigraph"},
    "queries": HEAVY | VALUES,
    "query skills_of_role": HEAVY | VALUES,
    "query skills_of_role --format json": HEAVY | VALUES,
    "find product": HEAVY,
    "path 'product developer' CEO": HEAVY - {"networkx"},
}


@pytest.mark.parametrize("command", UNWANTED)
def test_a_command_loads_only_what_it_needs(command):
    code = RUN.format(arguments=shlex.split(command), watched=sorted(UNWANTED[command]))
    assert loaded(code) == [0, []]


def test_importing_the_library_loads_nothing_heavy():
    report = f"print(json.dumps(sorted({HEAVY!r} & set(sys.modules))), file=sys.stderr)"
    assert loaded(f"import json, sys, rolegraph; {report}") == []


def test_a_library_that_is_loaded_is_noticed():
    code = RUN.replace("from rolegraph.cli import run", "import networkx\nfrom rolegraph.cli import run")
    assert loaded(code.format(arguments=["--help"], watched=["networkx"])) == [0, ["networkx"]]
