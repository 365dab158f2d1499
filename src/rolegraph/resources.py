"""Finds `ontology/` and `queries/`: inside the installed package, else at the top of the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Give the folder `ontology` or `queries` as it ships with this copy of rolegraph.

    A wheel carries both under `_data/`; an editable install reads those of the checkout.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    message = f"This copy of rolegraph lacks its {name}/ folder; reinstall it."
    raise FileNotFoundError(message)


def ontology_file() -> Path:
    """Give the file that defines rolegraph's classes and properties."""
    return folder("ontology") / "rolegraph.ttl"


def shapes_file() -> Path:
    """Give the file with the SHACL shapes that data is validated against."""
    return folder("ontology") / "shapes.ttl"


def optional_file(name: str) -> Path | None:
    """Give the file of a data set that ships and is read only when it is named; None when there is none."""
    file = folder("ontology") / "data" / "optional" / f"{name}.ttl.gz"
    try:
        return file if file.is_file() else None
    except OSError:  # what is longer than the name of a file may be names none
        return None


def optional_names() -> list[str]:
    """Give the names of the data sets that ship and are read only when they are named."""
    files = (folder("ontology") / "data" / "optional").glob("*.ttl.gz")
    return sorted(file.name.removesuffix(".ttl.gz") for file in files)


def curated_files() -> list[Path]:
    """Give the data files that make up the shipped graph, sorted by name."""
    return sorted((folder("ontology") / "data").glob("*.ttl"))
