"""The built wheel is whole: installed into an empty environment, away from the checkout, it works."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from rolegraph import __version__

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the source distribution of the checkout, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    hatchling(repository, "sdist", folder)
    (archive,) = folder.glob("*.tar.gz")
    run(["tar", "-xzf", archive.name], folder)
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel, built from the source distribution as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    hatchling(sdist, "wheel", folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the programs folder of a new environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder / "bin/python")]
    run([*pip, "install", "--quiet", "--quiet", str(wheel)], folder)
    return folder / "bin"


def hatchling(source: Path, target: str, folder: Path) -> None:
    """Build a distribution of a source tree into a folder elsewhere."""
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)], source)


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, with nothing of this environment in its way; give its output."""
    ours = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def files_of(folder: Path) -> dict[str, bytes]:
    """Give the path and content of each file below a folder, what Python leaves behind aside."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_carries_the_package_and_both_folders(repository, wheel):
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if name.startswith("rolegraph/")}
    expected = {f"rolegraph/{name}": text for name, text in files_of(repository / "src/rolegraph").items()}
    for folder in ("ontology", "queries"):
        inside = files_of(repository / folder)
        # The scripts that write the data stay in the repository: they need files that do not ship.
        shipped = {name: text for name, text in inside.items() if not name.startswith("build/")}
        expected |= {f"rolegraph/_data/{folder}/{name}": text for name, text in shipped.items()}
    assert carried == expected


@pytest.mark.parametrize(
    "name",
    [
        "rolegraph/py.typed",
        "rolegraph/_data/ontology/rolegraph.ttl",
        "rolegraph/_data/ontology/shapes.ttl",
        "rolegraph/_data/ontology/data/coursera-cpo-guide.ttl",
        "rolegraph/_data/queries/skills_of_role.rq",
        "rolegraph/_data/queries/projection/nodes.rq",
        f"rolegraph-{__version__}.dist-info/licenses/LICENSE",
        f"rolegraph-{__version__}.dist-info/licenses/NOTICE",
    ],
)
def test_the_wheel_carries(wheel, name):
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(name) or name.endswith("py.typed")


def test_the_source_distribution_can_be_tested(repository, sdist):
    for folder in ("benchmarks", "docs", "notebooks", "ontology", "queries", "src", "tests", "tools"):
        assert files_of(sdist / folder) == files_of(repository / folder)
    for name in ("CHANGELOG.md", "LICENSE", "Makefile", "NOTICE", "README.md", "pyproject.toml"):
        assert (sdist / name).read_bytes() == (repository / name).read_bytes()


def test_info_counts_what_is_in_the_wheel(installed, tmp_path):
    assert "coursera-cpo-guide" in run([installed / "rolegraph", "info"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_path_goes_over_the_chief_product_officer(installed, tmp_path):
    answer = run([installed / "rolegraph", "path", "product developer", "CEO"], tmp_path)
    labels = ["product developer", "chief product officer", "chief executive officer"]
    places = [answer.index(label) for label in labels]
    assert places == sorted(places)
    assert list(tmp_path.iterdir()) == []


def test_query_finds_a_named_query(installed, tmp_path):
    answer = run([installed / "rolegraph", "query", "skills_of_role", "--format", "csv"], tmp_path)
    assert "data analysis" in answer
    assert list(tmp_path.iterdir()) == []


def test_validate_finds_the_shapes(installed, tmp_path):
    run([installed / "rolegraph", "validate"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_view_writes_the_page_and_nothing_else(installed, tmp_path):
    run([installed / "rolegraph", "view", "product developer", "CEO", "-o", "page.html"], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "chief product officer" in page


def test_python_m_tells_the_version(installed, tmp_path):
    assert __version__ in run([installed / "python", "-m", "rolegraph", "--version"], tmp_path)
