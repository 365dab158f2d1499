"""What is being written: locked while somebody writes it, and swept when nobody does."""

from __future__ import annotations

import os

from rolegraph.scratch import begin_file, exchange, scratch_folder, sweep


def test_what_nobody_writes_any_more_is_swept_and_all_else_stays(tmp_path):
    target = tmp_path / "out.ttl"
    handle, written = begin_file(target)
    os.close(handle)  # as a kill does
    left = tmp_path / ".out.ttl-abc.rolegraph-part"
    left.mkdir()
    (left / "half").write_text("half")
    mine = [tmp_path / ".out.ttl-20260101", tmp_path / ".other.ttl-abc.rolegraph-part", tmp_path / "out.ttl"]
    for path in mine:
        path.write_text("mine")
    sweep(target)
    assert not written.exists()
    assert sorted(tmp_path.iterdir()) == sorted(mine)


def test_what_somebody_writes_stays(tmp_path):
    target = tmp_path / "out"
    handle, written = begin_file(target)
    with scratch_folder(target) as folder:
        sweep(target)
        assert written.exists()
        assert folder.is_dir()
    assert [*tmp_path.iterdir()] == [written]
    os.close(handle)


def test_folders_change_places_in_one_step(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    swapped = exchange(tmp_path / "one", tmp_path / "two")
    held = [path.name for path in (tmp_path / "one").iterdir()]
    assert held == (["two"] if swapped else ["one"])
    assert not exchange(tmp_path / "one", tmp_path / "none")
