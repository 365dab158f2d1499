"""`view` writes one whole page where it is told to, and nothing anywhere else."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser

import pytest
from cli_runner import AS_TURTLE, on_terminal, process, rolegraph, steering
from worlds import WORLD, shipped, turtle

MINE = ("--data", str(WORLD))


class Elements(HTMLParser):
    """Counts elements, and collects the text that stands between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not [name for name, value in attrs if name.startswith("on") or "://" in (value or "")]

    def handle_data(self, data):
        self.texts.append(data)


def test_view_writes_one_page_and_says_where(tmp_path):
    file = tmp_path / "map.html"
    answer = rolegraph("view", "-o", str(file))
    assert (answer.code, answer.out, answer.err) == (0, f"{file}\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    page = file.read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert {"html", "head", "title", "script", "body"} <= set(Elements(page).tags)


def test_the_page_holds_every_role_of_the_data_and_loads_nothing():
    page = rolegraph("view", "-o", "-")
    assert (page.code, page.err) == (0, "")
    for label in shipped().find("", kind="role").column("name"):
        assert label in page.out
    assert not re.search(r"<(link|img|iframe|script)\b[^>]*\b(src|href)\s*=", page.out)
    mine = rolegraph("view", "-o", "-", *MINE)
    assert "kitchen porter" in mine.out
    assert "chief product officer" not in mine.out


def test_the_same_call_gives_the_same_bytes(tmp_path):
    file = tmp_path / "map.html"
    rolegraph("view", "product developer", "CEO", "-o", str(file))
    assert rolegraph("view", "product developer", "CEO", "-o", "-").raw == file.read_bytes()
    assert rolegraph("view", "-o", "-").raw != file.read_bytes()


def test_a_route_is_the_title_of_the_page():
    page = rolegraph("view", "kitchen porter", "head chef", "-o", "-", *MINE)
    title = re.search(r"<title>(.*?)</title>", page.out, re.DOTALL)[1]
    assert "kitchen porter" in title
    assert "head chef" in title


def test_without_a_place_it_is_a_usage_error_that_writes_nothing():
    for arguments in (("view",), ("view", "CPO"), ("view", "product developer", "CEO"), ("view", "-o", "")):
        answer = rolegraph(*arguments)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("Usage: rolegraph view [OPTIONS]")
        assert "-o map.html" in answer.err


@pytest.mark.parametrize(
    ("names", "code"), [(("nobody",), 2), (("PM",), 2), (("CPO", "nobody"), 2), (("C-suite", "CPO"), 1)]
)
def test_a_name_or_a_route_that_does_not_exist_writes_nothing(tmp_path, names, code):
    answer = rolegraph("view", *names, "-o", str(tmp_path / "map.html"))
    assert (answer.code, answer.out) == (code, "")
    assert answer.err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("place", ["folder", "none/map.html", "file/map.html", "/proc/map.html"])
def test_a_place_that_cannot_be_written_stays_as_it_was(tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    answer = rolegraph("view", "-o", str(tmp_path / place))
    assert (answer.code, answer.out) == (2, "")
    assert "cannot be written" in answer.err
    assert sorted(tmp_path.rglob("*")) == before


def test_open_shows_the_page_in_the_browser_and_leaves_the_working_folder_alone(tmp_path):
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > "$0.seen"\n')
    browser.chmod(0o700)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    answer = process("view", "CPO", "--open", BROWSER=f"{browser} %s", TMPDIR=str(scratch))
    assert (answer.code, answer.err) == (0, "")
    (page,) = scratch.rglob("*.html")
    assert (tmp_path / "browser.seen").read_text().strip() == page.as_uri()
    assert "chief product officer" in page.read_text("utf-8")


def test_a_label_that_is_markup_stays_text(tmp_path):
    data = turtle(
        tmp_path,
        f"role:a a rg:Role ; skos:prefLabel {AS_TURTLE}@en ; skos:definition {AS_TURTLE} ."
        ' role:b a rg:Role ; skos:prefLabel "b" .'
        " claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b .",
    )
    answer = rolegraph("view", "role:a", "role:b", "-o", "-", "--data", str(data))
    assert (answer.code, answer.err) == (0, "")
    plain = rolegraph("view", "-o", "-", *MINE)
    assert "img" not in Elements(answer.out).tags
    assert Elements(answer.out).tags.count("script") == Elements(plain.out).tags.count("script")
    assert "</script><img" not in answer.out
    assert steering(answer.out, allowed="\r") <= steering(plain.out, allowed="\r")


def test_a_page_on_a_terminal_steers_nothing(tmp_path):
    data = turtle(tmp_path, 'role:a a rg:Role ; skos:prefLabel "a\\u001B[31m\\u202E\\u009B"@en .')
    assert steering(on_terminal("view", "-o", "-", "--data", str(data)).out) == set()


def test_the_name_of_the_file_steers_nothing_either(tmp_path):
    name = "map\x1b[31m\u202e\x9b.html"
    answer = on_terminal("view", "-o", os.fspath(tmp_path / name))
    assert answer.code == 0
    assert steering(answer.out + answer.err) == set()
    assert [path.name for path in tmp_path.iterdir()] == [name]
