"""The build fetches one release of YASGUI and no other, and goes on without it."""

from __future__ import annotations

import importlib.util
import io
import os
import tarfile

import pytest

from rolegraph.serving import pages


@pytest.fixture
def build(repository):
    spec = importlib.util.spec_from_file_location("hatch_build", repository / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def npm(folder, content):
    """Put a program called npm into a folder that packs this content, and nothing else."""
    archive = folder / "made.tgz"
    with tarfile.open(archive, "w:gz") as files:
        for name, text in content.items():
            member = tarfile.TarInfo(f"package/build/{name}")
            member.size = len(text)
            files.addfile(member, io.BytesIO(text))
    program = folder / "npm"
    program.write_text(f'#!/bin/sh\nfor place; do :; done\ncp {archive} "$place/yasgui.tgz"\n')
    program.chmod(0o700)


def test_another_archive_is_refused_and_nothing_is_written(build, tmp_path, monkeypatch):
    npm(tmp_path, {"yasgui.min.js": b"alert(1)", "yasgui.min.css": b""})
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ValueError, match="is not what it was when it was chosen"):
        build.fetch(tmp_path / "assets")
    assert not (tmp_path / "assets").exists()


class Application:
    """What hatchling gives a hook to speak with."""

    def __init__(self):
        self.warnings = []

    def display_warning(self, text):
        self.warnings.append(text)


def hook(build, root):
    application = Application()
    made = build.CustomBuildHook(str(root), {}, None, None, "", "wheel", app=application)
    made.initialize("standard", {})
    return application.warnings


def test_without_npm_the_build_goes_on_with_a_warning(build, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (warning,) = hook(build, tmp_path)
    assert "has a plain editor (there is no npm)" in warning
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("ROLEGRAPH_WITHOUT_YASGUI", "1")
    assert hook(build, tmp_path) == []


def test_what_is_there_is_not_fetched_again(build, repository, monkeypatch):
    if not pages.has_yasgui():
        pytest.skip("YASGUI was not fetched when this was built")
    monkeypatch.setenv("PATH", "")
    assert hook(build, repository) == []


def test_the_editor_looks_for_what_the_build_fetches(build):
    assert set(build.TAKEN) == set(pages.YASGUI)
