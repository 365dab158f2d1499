"""Tables: what prints, shows in a notebook and becomes a DataFrame, and what is kept from doing harm."""

from __future__ import annotations

import sys
from html.parser import HTMLParser

import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph.tables import MOST_ROWS, cell, html_list, html_table, markdown, printable

ATTACK = "</script><img src=x onerror=alert(1)>"
SMALL = rg.Table(("name", "n"), (("cook", 1), ("baker", None)))


class Tags(HTMLParser):
    """Collects the tags and the text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note a tag; the tables need no attributes."""
        self.tags.append(tag)
        assert not attrs

    def handle_data(self, data):
        """Note a text."""
        self.texts.append(data)


def test_a_table_is_rows_under_columns():
    assert len(SMALL) == 2
    assert list(SMALL) == [{"name": "cook", "n": 1}, {"name": "baker", "n": None}]
    assert SMALL.column("n") == [1, None]
    assert repr(SMALL) == "<Table of 2 rows: name, n>"
    with pytest.raises(ValueError, match="not in tuple"):
        SMALL.column("absent")


def test_rows_that_do_not_fit_the_columns_are_noticed():
    with pytest.raises(ValueError, match="argument"):
        list(rg.Table(("a", "b"), ((1,),)))


def test_tables_are_equal_where_their_values_are():
    assert rg.Table(("name", "n"), (("cook", 1), ("baker", None))) == SMALL
    assert rg.Table(("name", "m"), SMALL.rows) != SMALL


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (403000, "403000"),
        (48.0, "48"),
        (35.5, "35.5"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (True, "true"),
        (False, "false"),
        ("two\nlines\tand  blanks ", "two lines and blanks"),
        ("a\u2028b\u2029c", "a b c"),
        ("x\x1b[31m", "x\ufffd[31m"),
        ("\ufeffx\u202e", "\ufffdx\ufffd"),
        ("half\ud800", "half\ufffd"),
    ],
)
def test_a_cell_is_one_line_of_text(value, text):
    assert cell(value) == text


# -- Markdown --


def test_markdown_has_a_head_a_rule_and_a_line_per_row():
    assert str(SMALL) == markdown(SMALL) == "| name | n |\n| --- | --- |\n| cook | 1 |\n| baker |  |"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", r"a\|b"),
        ("a\\|b", r"a\\\|b"),
        ("<b>", r"\<b\>"),
        ("`code` *bold* _it_", r"\`code\` \*bold\* \_it\_"),
        ("[link](https://example.org)", r"\[link\](https://example.org)"),
        ("one\ntwo | three", r"one two \| three"),
        (ATTACK, r"\</script\>\<img src=x onerror=alert(1)\>"),
    ],
)
def test_markdown_of_data_stays_text_in_rows_and_in_heads(text, written):
    assert markdown(rg.Table((text,), ((text,),))) == f"| {written} |\n| --- |\n| {written} |"


@worlds.steady
@given(st.lists(st.text(max_size=12), min_size=2, max_size=2))
def test_markdown_has_as_many_columns_in_every_line(texts):
    for line in markdown(rg.Table(("a", "b"), (tuple(texts),))).split("\n"):
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == 3


# -- HTML --


@pytest.mark.parametrize("text", [ATTACK, "<b>", "a & b", "\"quoted\" 'text'", "&lt;"])
def test_html_of_data_stays_text(text):
    html = html_table(rg.Table((text,), ((text,),)))
    seen = Tags(html)
    assert set(seen.tags) == {"table", "thead", "tr", "th", "tbody", "td"}
    assert seen.texts == [text, text]
    assert "<img" not in html


@worlds.steady
@given(st.text(max_size=20))
def test_no_text_becomes_markup(text):
    assert Tags(html_table(rg.Table(("a",), ((text,),)))).tags == [
        "table",
        "thead",
        "tr",
        "th",
        "tbody",
        "tr",
        "td",
    ]
    assert Tags(html_list([text])).tags == ["p"]


def test_a_list_in_html_has_arrows_and_no_markup_of_its_items():
    assert html_list(["a", "b"]) == "<p>a → b</p>"
    assert Tags(html_list([ATTACK])).texts == [ATTACK]


@pytest.mark.parametrize("extra", [0, 1, 1300])
def test_a_notebook_shows_so_many_rows_and_says_how_many_there_are(extra):
    table = rg.Table(("n",), tuple((n,) for n in range(MOST_ROWS + extra)))
    html = table._repr_html_()
    assert html.count("<td>") == MOST_ROWS
    assert ("rows</p>" in html) is bool(extra)
    if extra:
        assert f"<p>{MOST_ROWS} of {MOST_ROWS + extra:,} rows</p>" in html
    assert str(table).count("\n") == MOST_ROWS + extra + 1, "text is never cut"


# -- what steers a terminal --


@pytest.mark.parametrize("char", list(worlds.UNPRINTABLE), ids=lambda char: f"U+{ord(char):04X}")
def test_controls_and_marks_that_reorder_text_are_shown_as_replaced(char):
    assert printable(f"a{char}b") == "a\ufffdb"
    table = rg.Table((f"h{char}",), ((f"a{char}b",),))
    for shown in (str(table), table._repr_html_(), html_list([f"a{char}b"])):
        assert char not in shown
        assert "a\ufffdb" in shown


def test_line_feeds_and_tabs_may_stand_in_a_text_and_letters_of_any_script():
    assert printable("a\tb\nc é 漢 ש") == "a\tb\nc é 漢 ש"


# -- DataFrames --


def test_a_frame_has_the_same_columns_and_rows():
    frame = SMALL.to_frame()
    assert list(frame.columns) == ["name", "n"]
    assert frame["name"].tolist() == ["cook", "baker"]
    assert frame["n"].isna().tolist() == [False, True]


def test_a_frame_without_rows_keeps_its_columns():
    frame = rg.Table(("a", "b"), ()).to_frame()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)
    assert len(rg.Table((), ()).to_frame()) == 0


def test_without_pandas_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(rg.MissingExtra, match=r"rolegraph\[pandas\]"):
        SMALL.to_frame()


def test_a_table_without_rows_still_shows_its_columns():
    empty = rg.Table(("a", "b"), ())
    assert str(empty) == "| a | b |\n| --- | --- |"
    assert Tags(empty._repr_html_()).texts == ["a", "b"]
    assert repr(empty) == "<Table of 0 rows: a, b>"
