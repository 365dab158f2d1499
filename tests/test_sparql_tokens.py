"""The words of a query: whatever is written, each is found as what it is, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.queries import named_query, query_names
from rolegraph.sparql_tokens import partners, place, tokens, whole_tokens, written

#: Pieces of queries: the kind that each must come out as; "" for what is left out.
PIECES = [
    ("", " "),
    ("", "\n"),
    ("", "\t\r\n"),
    ("", "# customer service \"'<\n"),
    ("string", '"a \\" # b"'),
    ("string", "'it\\'s <x:a>'"),
    ("string", '"""a\n"" # \\" b"""'),
    ("string", "'''SERVICE <x:a> { } ''\n'''"),
    ("string", '""'),
    ("iri", "<https://example.org/#it's>"),
    ("iri", "<a\\u0020b>"),
    ("iri", "<>"),
    ("variable", "?service"),
    ("variable", "$x1"),
    ("name", "service:desk"),
    ("name", ":a"),
    ("name", "skos:"),
    ("name", "ex:a%20b\\'c"),
    ("name", "_:b1"),
    ("name", "ex:a.b"),
    ("language", "@en-GB"),
    ("number", "42"),
    ("number", "-1.5"),
    ("number", ".5"),
    ("number", "9.5e-3"),
    ("word", "SELECT"),
    ("word", "sErViCe"),
    ("sign", "{"),
    ("sign", "<"),
    ("sign", "\N{SNOWMAN}"),
]


@pytest.mark.parametrize(("kind", "text"), PIECES)
def test_each_kind_of_word_is_known(kind, text):
    assert [(token.kind, token.text) for token in tokens(text)] == ([(kind, text)] if kind else [])


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_words_that_blanks_part_come_out_one_by_one(pieces):
    text = " \n".join(text for _, text in pieces)
    found = [(token.kind, token.text) for token in tokens(text)]
    assert found == [(kind, text) for kind, text in pieces if kind]


@given(st.text(st.sampled_from("\"'<>#\\{}()?:.-_@\n\r a1eS\u00e9\u0301\ufeff")))
def test_any_text_is_read_to_its_end_and_nothing_overlaps(text):
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        between = text[end : token.start]
        assert not between.strip(" \n\r\ufeff") or "#" in between
        end = token.end


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_what_is_written_again_has_the_same_words(pieces):
    text = " \n".join(text for _, text in pieces)
    again = written(tokens(text))
    assert [(token.kind, token.text) for token in tokens(again)] == [
        (token.kind, token.text) for token in tokens(text)
    ]


@pytest.mark.parametrize(
    "literal",
    ["'a'", "'a'@en", "'a'@en-GB", "'5'^^xsd:integer", "'5'^^<x:t>", '"""a"""@de', "'5' ^^ #c\n <x:t>"],
)
def test_a_literal_is_one_word_with_its_language_or_datatype(literal):
    assert [token.text for token in whole_tokens(f"?a {literal} <x:b> {literal}.")] == [
        "?a", literal, "<x:b>", literal, ".",
    ]  # fmt: skip


def test_what_follows_a_literal_is_no_part_of_it():
    assert [token.text for token in whole_tokens("'a' 'b'@en'c'^^x:t'd'")] == [
        "'a'",
        "'b'@en",
        "'c'^^x:t",
        "'d'",
    ]


def test_brackets_have_partners_unless_they_do_not_fit():
    assert partners(list(tokens("{ ( ')' ) [ ] }"))) == {0: 6, 6: 0, 1: 3, 3: 1, 4: 5, 5: 4}
    assert partners(list(tokens("{ ( }"))) is None
    assert partners(list(tokens("( ]"))) is None


def test_a_row_of_words_with_dots_between_is_read_in_a_moment():
    assert len(list(tokens("a." * 100_000))) == 200_000


@pytest.mark.parametrize("opening", ['"""', "'''", '"', "<", "ex:", "#", "?", "\\"])
def test_long_texts_of_one_kind_are_read_in_a_moment(opening):
    text = opening + "a\\t''b" * 50_000
    assert sum(len(token.text) for token in tokens(text)) <= len(text)


@pytest.mark.parametrize(("start", "where"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 2))])
def test_a_place_is_a_line_and_a_column(start, where):
    assert place("ab\n\nc", start) == where


@pytest.mark.parametrize("name", query_names())
def test_the_named_queries_hold_nothing_that_is_unknown(name):
    signs = {token.text for token in tokens(named_query(name).text) if token.kind == "sign"}
    assert signs <= set("{}()[].,;*/|^+-=!<>&?")
