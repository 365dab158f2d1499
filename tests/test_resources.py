"""The two folders that are read without Python are found: in the package, else beside src/."""

from __future__ import annotations

from pathlib import Path

import pytest
import worlds

from rolegraph import resources

REPOSITORY = Path(__file__).parent.parent


def test_a_checkout_reads_its_own_folders(repository):
    assert repository / "src" == worlds.SOURCES, "the tests run on the checkout"
    assert resources.folder("ontology") == repository / "ontology"
    assert resources.folder("queries") == repository / "queries"


def test_the_files_that_ship_are_there():
    assert resources.ontology_file().is_file()
    assert resources.shapes_file().is_file()
    assert [file.name for file in resources.curated_files()] == sorted(
        path.name for path in (REPOSITORY / "ontology" / "data").glob("*.ttl")
    )
    assert "coursera-cpo-guide.ttl" in {file.name for file in resources.curated_files()}


def test_what_the_package_carries_comes_before_the_checkout(tmp_path, monkeypatch):
    package = tmp_path / "src" / "rolegraph"
    (tmp_path / "queries").mkdir()
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder("queries") == tmp_path / "queries"
    (package / "_data" / "queries").mkdir(parents=True)
    assert resources.folder("queries") == package / "_data" / "queries"


def test_an_incomplete_installation_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "src" / "rolegraph")
    with pytest.raises(FileNotFoundError, match="lacks its ontology/ folder; reinstall it"):
        resources.folder("ontology")
