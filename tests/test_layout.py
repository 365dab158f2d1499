"""The floors of the package hold, and the contract that says so notices a file that has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import house_sizes
import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
)


@pytest.fixture
def checkout(repository: Path, tmp_path: Path) -> Path:
    """Give a copy of what the contract reads: the package and pyproject.toml."""
    shutil.copy(repository / "pyproject.toml", tmp_path)
    shutil.copytree(
        repository / "src" / "rolegraph",
        tmp_path / "src" / "rolegraph",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return tmp_path


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a copy of the package, not on the one that is installed."""
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_keeps_its_contracts(checkout):
    done = lint_imports(checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kept, 0 broken" in done.stdout


@pytest.mark.parametrize("folder", ["", "cli", "webpage"])
def test_a_file_without_a_floor_breaks_the_contract(checkout, folder):
    (checkout / "src/rolegraph" / folder / "stray.py").write_text('"""Has no floor."""\n')
    done = lint_imports(checkout)
    assert done.returncode != 0
    assert "stray" in done.stdout
    assert f"Contracts: {len(CONTRACTS) - 1} kept, 1 broken" in done.stdout


def test_every_package_has_a_contract_that_gives_each_file_a_floor(repository):
    covered = {
        container
        for contract in CONTRACTS
        if contract.get("exhaustive")
        for container in contract["containers"]
    }
    source = repository / "src"
    packages = {".".join(file.parent.relative_to(source).parts) for file in source.rglob("__init__.py")}
    assert covered == packages


@pytest.mark.parametrize(
    ("module", "statement", "broken"),
    [
        ("names", "from rolegraph import role_graph", "Floors"),
        ("gaps", "from rolegraph import paths", "Floors"),
        ("cli/look", "from rolegraph.cli import travel", "The command line"),
        ("webpage/marks", "from rolegraph.webpage import layout", "The page"),
        ("costs", "import rdflib", "What thinks over the network knows no RDF"),
        ("paths", "import pyoxigraph", "What thinks over the network knows no RDF"),
        ("role_graph", "import pyvis", "Only webpage draws"),
        ("tables", "import jinja2", "Only webpage draws"),
    ],
)
def test_an_import_that_goes_up_or_out_breaks_the_contract(checkout, module, statement, broken):
    file = checkout / "src/rolegraph" / f"{module}.py"
    late = f"\n\ndef _late():\n    {statement}\n"  # a late import counts like any other
    file.write_text(file.read_text("utf-8") + late, "utf-8")
    done = lint_imports(checkout)
    assert done.returncode != 0
    assert any(broken in line and "BROKEN" in line for line in done.stdout.splitlines()), done.stdout


def test_the_report_of_house_sizes_finds_what_is_too_large(tmp_path, capsys, monkeypatch):
    body = "\n".join(f"    x{n} = {n}" for n in range(41))
    door = "\n".join(f"        y{n} = {n}" for n in range(6))
    (tmp_path / "big.py").write_text(
        f'def long():\n    """Docstring."""\n{body}\n\n'
        f"def wide(a, b, c, d, *, e, f, g): ...\n\n"
        f"class RoleGraph:\n    def path(self):\n{door}\n" + "\n" * 300
    )
    (tmp_path / "small.py").write_text("def short(self, a, b, c, d, e, f):\n    return a\n")
    monkeypatch.setattr(sys, "argv", ["house_sizes.py", str(tmp_path)])
    assert house_sizes.main() == 0
    report = capsys.readouterr().out.replace(f"{tmp_path}{os.sep}", "").splitlines()
    assert report == [
        "big.py: lines of module, 354 (house size 300)",
        "big.py:1 long: lines of body, 41 (house size 40)",
        "big.py:45 wide: parameters, 7 (house size 6)",
        "big.py:48 path: lines of body, 6 (house size 5)",
        "4 over the house sizes, in 2 files of 356 lines.",
    ]
