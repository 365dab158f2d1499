"""The notebooks run, and show what they say when they are run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import run_notebooks

NOTEBOOKS = sorted(run_notebooks.FOLDER.glob("*.ipynb"))


def check(notebook: Path) -> subprocess.CompletedProcess[str]:
    """Run a notebook as `make docs` does, without writing to it."""
    return subprocess.run(
        [sys.executable, run_notebooks.__file__, "--check", notebook],
        capture_output=True,
        text=True,
        check=False,
    )


def outputs(notebook: Path) -> list[dict]:
    """Give the outputs that a notebook is kept with."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", ())]


def test_there_is_a_tour():
    assert [notebook.name for notebook in NOTEBOOKS] == ["01-tour.ipynb"]


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_shows_what_it_says_when_it_is_run(notebook):
    before = notebook.read_bytes()
    done = check(notebook)
    assert done.returncode == 0, done.stdout + done.stderr
    assert notebook.read_bytes() == before


@pytest.mark.slow
def test_an_output_that_is_out_of_date_is_noticed(tmp_path):
    stale = tmp_path / "stale.ipynb"
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cell = {
        "cell_type": "code",
        "id": "sum",
        "execution_count": 1,
        "metadata": {},
        "source": "import sys\nprint(sys.executable)\n1 + 1",
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": f"{sys.executable}\n"},
            {**result, "data": {"text/plain": "3"}},
        ],
    }
    stale.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    done = check(stale)
    assert done.returncode == 1, done.stderr
    changed = [line for line in done.stdout.splitlines() if re.match(r"[+-]\w", line)]
    assert changed == ["-text/plain: 3", "+text/plain: 2"]  # and the kernel was this interpreter


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_with_all_its_outputs_and_nothing_of_the_run(notebook):
    kept = json.loads(notebook.read_text("utf-8"))
    code = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert {output["output_type"] for output in outputs(notebook)} == {"execute_result", "stream"}
    assert {output.get("name", "stdout") for output in outputs(notebook)} == {"stdout"}
    assert all(not cell["metadata"] for cell in kept["cells"])
    assert set(kept["metadata"]) == {"kernelspec", "language_info"}
    assert set(kept["metadata"]["language_info"]) == {"name"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_shows_the_map_once_and_no_path_of_the_machine(notebook):
    shown = ["".join(text) for output in outputs(notebook) for text in output.get("data", {}).values()]
    shown += ["".join(output["text"]) for output in outputs(notebook) if "text" in output]
    maps = [text for text in shown if text.startswith("<iframe ")]
    assert len(maps) == 1
    assert 'sandbox="allow-scripts' in maps[0]
    assert notebook.stat().st_size < 1_200_000, "the map knows the whole graph, and is there once"
    rest = "\n".join(text for text in shown if text not in maps)
    assert "srcdoc" not in rest
    assert not re.search(r"(?<![\w.:/<])/(tmp|home|root|usr|work|Users)/", rest)
