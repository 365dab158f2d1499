"""Runs the notebooks from top to bottom: writes today's outputs into them, or with --check only compares.

What a run happens to be like (times, versions, process numbers) is left out, so that the same code gives the
same file.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"

#: Kinds of output that are compared.
COMPARED = ("text/plain", "text/html")


def read(path: Path) -> NotebookNode:
    """Read a notebook as it lies there."""
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return]


def executed(path: Path) -> NotebookNode:
    """Run a notebook in a kernel of this interpreter; give it with its new outputs, written nowhere.

    Raises nbclient.exceptions.CellExecutionError when a cell fails.
    """
    from nbclient import NotebookClient
    from traitlets.config import Config

    notebook = read(path)
    with tempfile.TemporaryDirectory() as scratch:
        settings = {
            "IPYTHONDIR": scratch,  # no history, no start-up files of the user
            "JUPYTER_RUNTIME_DIR": scratch,
            "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this interpreter, not one of the user
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the debugger would warn of what nobody debugs
        }
        os.environ.update(settings)
        place = {"metadata": {"path": str(path.parent)}}
        sockets = Config(KernelManager={"transport": "ipc", "ip": f"{scratch}/kernel"})  # files, not ports
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            config=sockets,
            timeout=120,
            resources=place,
            coalesce_streams=True,
        )
        client.execute()
    _forget_the_run(notebook)
    return notebook


def _forget_the_run(notebook: NotebookNode) -> None:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


def answers(notebook: NotebookNode) -> list[str]:
    """Give each cell of code with its outputs, line by line; of a map only that it is there."""
    lines = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            lines += [f"In [{cell.execution_count}]: {cell.source}".rstrip()]
            lines += [line for output in cell.outputs for line in _lines(output)]
    return "\n".join(lines).splitlines()


def _lines(output: Any) -> list[str]:
    if output.output_type == "stream":
        return [f"{output.name}: {output.text}"]
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    if output.data.get("text/html", "").startswith("<iframe "):
        return ["a frame"]
    return [f"{kind}: {output.data[kind]}" for kind in COMPARED if kind in output.data]


def stale(path: Path) -> str:
    """Give the difference between the outputs that the notebook shows and those of a run; empty for none."""
    name = path.name
    before, after = answers(read(path)), answers(executed(path))
    return "\n".join(difflib.unified_diff(before, after, f"{name}, as it is", f"{name}, run", lineterm=""))


def main(arguments: list[str] | None = None) -> int:
    """Run the notebooks named, else all of them."""
    import nbformat

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when outputs differ")
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    chosen = parser.parse_args(arguments)
    different = 0
    for path in chosen.notebooks or sorted(FOLDER.glob("*.ipynb")):
        if chosen.check:
            difference = stale(path)
            different += bool(difference)
            print(difference or f"{path.name} shows what it says when it is run")
        else:
            nbformat.write(executed(path), path)  # type: ignore[no-untyped-call]
            print(f"ran {path.name}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
