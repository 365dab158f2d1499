"""Files are written whole or not at all, and nothing is left lying about."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

import rolegraph as rg
from rolegraph.files import write_whole


@pytest.fixture
def umask():
    """Set the umask for one test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("content", "written"), [("é\r\n漢", "é\r\n漢".encode()), (b"\x00\xff", b"\x00\xff"), ("", b"")]
)
def test_a_file_holds_what_was_given_byte_by_byte(tmp_path, content, written):
    assert write_whole(tmp_path / "a.txt", content) == tmp_path / "a.txt"
    assert (tmp_path / "a.txt").read_bytes() == written
    assert names(tmp_path) == {"a.txt"}


def test_a_new_file_takes_the_place_of_an_old_one(tmp_path):
    (tmp_path / "a").write_text("a much longer old text")
    write_whole(str(tmp_path / "a"), "new")
    assert (tmp_path / "a").read_text() == "new"
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_has_the_modes_of_any_new_file(tmp_path, umask, mask, mode):
    umask(mask)
    write_whole(tmp_path / "a", "x")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode
    assert umask(mask) == mask, "the umask is as before"


def test_a_missing_folder_is_an_error_that_names_the_file(tmp_path):
    target = tmp_path / "none" / "a.html"
    with pytest.raises(rg.OutputError, match=r"none/a\.html cannot be written: No such file or directory"):
        write_whole(target, "x")
    assert names(tmp_path) == set()


def test_a_folder_in_the_way_stays_and_nothing_is_left(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "inside").write_text("x")
    with pytest.raises(rg.OutputError, match="cannot be written: "):
        write_whole(tmp_path / "a", "x")
    assert names(tmp_path) == {"a"}
    assert names(tmp_path / "a") == {"inside"}


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "a").write_text("old")
    with pytest.raises(rg.OutputError, match="Not a directory"):
        write_whole(tmp_path / "a" / "b", "x")
    assert (tmp_path / "a").read_text() == "old"


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(rg.OutputError, match="No space left on device"):
        write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == {"a"}


def test_an_interruption_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old")

    def interrupt(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == {"a"}


def test_a_long_name_is_no_obstacle(tmp_path):
    name = "n" * 250
    write_whole(tmp_path / name, "x")
    assert names(tmp_path) == {name}


def test_a_symbolic_link_stays_one_and_leads_to_the_new_content(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    """So it must be with /dev/null and /dev/stdout, which root could otherwise replace by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole(pipe, "through")
    reader.join(timeout=10)
    assert read == [b"through"]
    assert pipe.is_fifo()
    assert names(tmp_path) == {"pipe"}
