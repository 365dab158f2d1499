"""Names: prefixes, IRIs and their short forms, and the folding by which names are compared."""

from __future__ import annotations

import re

import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.names import BASE, FOLDERS, PREFIXES, expand, fold, shorten, slug


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_short_and_long_form_mean_the_same(prefix):
    long = f"{PREFIXES[prefix]}some-thing_1"
    assert shorten(long) == f"{prefix}:some-thing_1"
    assert expand(f"{prefix}:some-thing_1") == long


def test_each_namespace_has_one_prefix():
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(PREFIXES[folder] == f"{BASE}{folder}/" for folder in FOLDERS)


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (f"{BASE}Role", "rg:Role"),
        (f"{BASE}role/", "role:"),
        (f"{BASE}role/café", "role:café"),
        (f"{BASE}role/v1.2", "role:v1.2"),
        ("http://www.w3.org/2001/XMLSchema#integer", "xsd:integer"),
        (f"{BASE}claim/world/head-pay", "claim:world/head-pay"),
        # What a short form cannot say stays long.
        (f"{BASE}claim/world/", f"{BASE}claim/world/"),
        (f"{BASE}role/a b", f"{BASE}role/a b"),
        (f"{BASE}role/a?b", f"{BASE}role/a?b"),
        (f"{BASE}role/end.", f"{BASE}role/end."),
        ("https://example.org/x", "https://example.org/x"),
        ("", ""),
    ],
)
def test_an_iri_is_shortened_where_that_is_possible(iri, short):
    assert shorten(iri) == short


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("role:head-chef", f"{BASE}role/head-chef"),
        ("  role:head-chef ", f"{BASE}role/head-chef"),
        ("<role:head-chef>", f"{BASE}role/head-chef"),
        ("claim:world/head-pay", f"{BASE}claim/world/head-pay"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("http://example.org/", "http://example.org/"),
        ("urn:isbn:1", "urn:isbn:1"),
    ],
)
def test_what_writes_out_or_abbreviates_an_iri_is_expanded(text, iri):
    assert expand(text) == iri


@pytest.mark.parametrize(
    "text",
    [
        "",
        "head chef",
        "head-chef",
        "role: head chef",
        "Level: high",
        "nobody:knows",
        "role:a>",
        'role:a"b',
        "https://example.org/a b",
        "javascript:alert(1)",
        "role://example.org/x",
        "a:b",
    ],
)
def test_what_is_no_iri_is_not_expanded(text):
    assert expand(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CEO", "ceo"),
        ("pâtissier", "Patissier"),
        ("sous-chef", "Sous Chef"),
        ("sous-chef", "sous\u2011chef"),  # non-breaking hyphen
        ("sous–chef", "sous—chef"),  # noqa: RUF001 - dashes of two lengths
        ("VP_of_product", "vp/of/product"),
        ("  head \t chef\n", "head chef"),
        ("head\u00a0chef", "head chef"),
        ("STRASSE", "Straße"),
        ("e\u0301cole", "École"),
        ("ﬁnance", "finance"),
    ],
)
def test_names_that_people_take_for_the_same_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("CEO", "CTO"), ("head chef", "headchef"), ("C++", "C"), ("C#", "C")]
)
def test_names_that_differ_stay_different(one, other):
    assert fold(one) != fold(other)


@worlds.steady
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert fold(f"  {text} ") == fold(text)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("VP of Product (EMEA)", "vp-of-product-emea"),
        ("pâtissier", "patissier"),
        ("C++ / C#", "c-c"),
        ("漢字", "漢字"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "unnamed"),
        ("!!!", "unnamed"),
    ],
)
def test_a_slug_is_a_readable_end_of_an_iri(label, expected):
    assert slug(label) == expected


@worlds.steady
@given(st.text(max_size=30))
def test_any_slug_is_words_joined_by_hyphens(text):
    assert re.fullmatch(r"\w+(-\w+)*", slug(text))
    assert slug(slug(text)) == slug(text)
