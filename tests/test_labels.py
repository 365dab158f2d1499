"""From what people type to one thing: found by any of its names, suggested when misspelt, never guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import iri, read, shipped, world

import rolegraph as rg
from rolegraph.labels import Entry, read_entries, resolve, search, suggest
from rolegraph.names import fold

# -- what is read --


def test_every_thing_is_an_entry_with_its_kind_and_its_names():
    entries = {entry.iri: entry for entry in world().entries()}
    assert entries[iri("role:patissier")].kind == "role"
    assert set(entries[iri("role:patissier")].names) == {"pâtissier", "pastry chef", "PC"}
    assert entries[iri("role:patissier")].names[0] == "pâtissier", "the preferred label comes first"
    assert entries[iri("org:cooks-guild")].kind == "organization"
    assert not {name for name in entries if "/claim/" in name or "/source/" in name}


def test_entries_are_sorted_by_label_whatever_the_case_and_accents():
    labels = [fold(entry.label) for entry in world().entries()]
    assert labels == sorted(labels)


@pytest.mark.parametrize(
    ("labels", "chosen"),
    [
        ('"cook"@en, "Koch"@de', "cook"),
        ('"Koch"@de, "cuisinier"@fr', "Koch"),
        ('"Koch"@de, "cook"', "cook"),
        ('"cook"@en-GB, "Aa"@de, "Aa"', "cook"),
        ('"b", "a"', "a"),
    ],
)
def test_english_is_preferred_then_no_language_then_the_first_and_the_others_are_aliases(labels, chosen):
    (entry,) = read_entries(read(f"role:a a rg:Role ; skos:prefLabel {labels} .").store)
    assert entry.label == chosen
    assert chosen not in entry.aliases
    assert len(entry.names) == labels.count(",") + 1 - (labels.count('"Aa"') == 2)


def test_hidden_and_rdfs_labels_are_names_too():
    (entry,) = read_entries(
        read('role:a a rg:Role ; rdfs:label "cook" ; skos:hiddenLabel "cok" ; skos:altLabel "chef" .').store
    )
    assert (entry.label, entry.aliases) == ("cook", ("chef", "cok"))


def test_a_thing_of_several_classes_is_one_entry():
    (entry,) = read_entries(
        read('role:a a rg:StatisticalOccupation, rg:Role ; skos:prefLabel "cooks" .').store
    )
    assert entry.kind == "role"


# -- what is found --


@pytest.mark.parametrize(
    "text",
    [
        "head chef",
        "HEAD CHEF",
        "  Head   Chef ",
        "head-chef",
        "head_chef",
        "head\u2011chef",
        "chef de cuisine",
        "Chef-de-Cuisine",
        "role:head-chef",
        "<role:head-chef>",
        iri("role:head-chef"),
        f"<{iri('role:head-chef')}>",
    ],
)
def test_case_hyphens_blanks_aliases_short_names_and_iris_all_find_the_role(text):
    assert world().resolve(text) == iri("role:head-chef")


@pytest.mark.parametrize("text", ["pâtissier", "patissier", "PÂTISSIER", "pa\u0302tissier", "pastry chef"])
def test_accents_do_not_matter(text):
    assert world().resolve(text) == iri("role:patissier")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("CPO", "chief-product-officer"),
        ("cpo", "chief-product-officer"),
        ("CEO", "chief-executive-officer"),
        ("CTO", "chief-technology-officer"),
        ("CMO", "chief-marketing-officer"),
        ("VP of product", "vice-president-of-product"),
        ("vp product", "vice-president-of-product"),
        ("PMM", "product-marketing-manager"),
        ("chief executives", "chief-executives"),
        ("chief-executive-officer", "chief-executive-officer"),
    ],
)
def test_the_aliases_of_the_shipped_graph(text, role):
    assert shipped().resolve(text) == iri(f"role:{role}")


def test_every_name_of_every_thing_finds_it_or_is_ambiguous():
    for graph in (world(), shipped()):
        for entry in graph.entries():
            others = [other for other in graph.entries() if other is not entry and other.kind == entry.kind]
            for name in (*entry.names, entry.iri):
                if any(fold(name) in map(fold, other.names) for other in others):
                    # Skills of different schemes may share a label: "communication" is ours and ESCO's.
                    assert entry.label != name or entry.kind == "skill", "two things of a kind have one label"
                    with pytest.raises(rg.AmbiguousName):
                        resolve(name, graph.entries(), {entry.kind})
                else:
                    assert resolve(name, graph.entries(), {entry.kind}) == entry


def test_a_label_comes_before_an_alias_and_an_iri_before_both():
    cook = Entry("https://example.org/cook", "role", "cook", ("chef",))
    chef = Entry("https://example.org/chef", "role", "chef")
    odd = Entry("https://example.org/odd", "role", "https://example.org/cook")
    entries = [cook, chef, odd]
    assert resolve("chef", entries) is chef
    assert resolve("https://example.org/cook", entries) is cook


def test_the_end_of_an_iri_is_a_last_resort():
    head = Entry("https://example.org/head-chef", "role", "Küchenchefin")
    assert resolve("head chef", [head]) is head
    other = Entry("https://example.org/x", "role", "head chef")
    assert resolve("head chef", [head, other]) is other


@pytest.mark.parametrize(
    ("code", "end"),
    [("11-2021", "soc-11-2021"), ("11-2021.00", "soc-11-2021"), ("11-2021.01", "onet-11-2021.01")],
)
def test_the_code_of_an_occupation_names_it(code, end):
    entries = [
        Entry(f"https://example.org/occupation/{one}", "occupation", one.upper())
        for one in ("soc-11-2021", "onet-11-2021.01", "soc-11-2022")
    ]
    assert resolve(code, entries).iri.endswith(f"/{end}")
    with pytest.raises(rg.UnknownName):
        resolve("2021.00", entries)


def test_only_the_kinds_asked_for_are_looked_at():
    assert shipped().resolve("product management", ["skill"]) == iri("skill:product-management")
    assert shipped().resolve("product management", ["subject"]) == iri("subject:product-management")
    with pytest.raises(rg.UnknownName, match="No role is called 'product management'"):
        shipped().resolve("product management")
    with pytest.raises(rg.UnknownName, match="No skill or subject is called 'CPO'"):
        shipped().resolve("CPO", ["subject", "skill"])


@pytest.mark.parametrize(("name", "kind"), [("plating", "a skill"), ("Guild of Cooks", "an organization")])
def test_a_name_of_something_else_is_told_to_be_that(name, kind):
    with pytest.raises(rg.UnknownName, match=f"No role is called '{name}'.* the name of {kind}"):
        world().resolve(name)


# -- what is ambiguous --


def test_pm_is_ambiguous_and_both_are_named():
    with pytest.raises(rg.AmbiguousName) as caught:
        shipped().resolve("PM")
    assert dict(caught.value.candidates) == {
        iri("role:product-manager"): "product manager",
        iri("role:project-manager"): "project manager",
    }
    assert (
        str(caught.value) == "'PM' names 2 things: product manager, project manager. Use one of these names."
    )


def test_a_candidate_can_be_used_as_it_is_named():
    for name in ("PM", "pm", " Pm "):
        with pytest.raises(rg.AmbiguousName) as caught:
            shipped().resolve(name)
        assert [shipped().resolve(label) for _, label in caught.value.candidates] == [
            candidate for candidate, _ in caught.value.candidates
        ]


def test_two_things_of_one_label_are_told_apart_by_short_names():
    entries = [Entry(iri(f"role:{name}"), "role", "chef", ("cook",)) for name in ("a", "b")]
    entries.append(Entry(iri("role:c"), "role", "baker", ("cook",)))
    for name in ("chef", "cook"):
        with pytest.raises(rg.AmbiguousName) as caught:
            resolve(name, entries)
        labels = dict(caught.value.candidates)
        assert (labels[iri("role:a")], labels[iri("role:b")]) == ("role:a", "role:b")
        assert labels.get(iri("role:c"), "baker") == "baker"


# -- what is misspelt --


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cheif product oficer", "chief product officer"),
        ("chief product offiser", "chief product officer"),
        ("Cheif Product", "chief product officer"),
        ("CPOO", "chief product officer"),
        ("cheif exectuive oficer", "chief executive officer"),
        ("ceoo", "chief executive officer"),
        ("chief techology officer", "chief technology officer"),
        ("chief marketing oficer", "chief marketing officer"),
        ("product manger", "product manager"),
        ("prodct manager", "product manager"),
        ("projct manager", "project manager"),
        ("brandmanager", "brand manager"),
        ("unit manger", "unit manager"),
        ("product developper", "product developer"),
        ("developer", "product developer"),
        ("prodcut markting manager", "product marketing manager"),
        ("sales & marketing manager", "sales and marketing manager"),
        ("vice presdent of product", "vice president of product"),
        ("VP of prodct", "vice president of product"),
        ("C suit", "C-suite"),
        ("top executive", "top executives"),
    ],
)
def test_a_misspelling_is_an_error_that_suggests_the_right_name_first(typed, first):
    with pytest.raises(rg.UnknownName) as caught:
        shipped().resolve(typed)
    assert caught.value.suggestions[0] == first
    assert 1 <= len(caught.value.suggestions) <= 3
    assert f"Did you mean {first!r}" in str(caught.value)
    assert typed in str(caught.value)


@pytest.mark.parametrize("text", ["", "   ", "-", "xyz", "zebra", "漢字", "?", "\x00"])
def test_where_nothing_is_near_nothing_is_suggested(text):
    with pytest.raises(rg.UnknownName) as caught:
        shipped().resolve(text)
    assert caught.value.suggestions == ()
    assert "Did you mean" not in str(caught.value)


def test_a_name_of_very_many_words_is_compared_no_longer_than_its_beginning():
    entries = shipped().entries()
    assert suggest(" ".join(f"developer{number}" for number in range(20_000)), entries) == suggest(
        " ".join(f"developer{number}" for number in range(30)), entries
    )


def test_suggestions_are_names_that_resolve():
    for text in ("manager", "officer", "chief", "VP", "product", "marketing"):
        for name in suggest(text, [entry for entry in shipped().entries() if entry.kind == "role"]):
            assert shipped().resolve(name)


def test_a_skill_is_not_suggested_for_a_role():
    with pytest.raises(rg.UnknownName) as caught:
        shipped().resolve("leadershp")
    assert "leadership" not in caught.value.suggestions


def one_letter_off(name: str) -> st.SearchStrategy[str]:
    """Leave a letter out, put one in, or swap two."""
    return st.integers(0, len(name) - 1).flatmap(
        lambda place: st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[:place] + "x" + name[place:],
                name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :],
            ]
        )
    )


NAMES = st.deferred(
    lambda: st.sampled_from(sorted({name for entry in shipped().entries() for name in entry.names}))
)


@worlds.steady
@given(NAMES.flatmap(one_letter_off) | st.text(max_size=12))
def test_nothing_that_is_merely_near_is_taken(text):
    entries = shipped().entries()
    named = {
        entry.iri
        for entry in entries
        if fold(text) in {*map(fold, entry.names), fold(entry.iri.rpartition("/")[2])}
    }
    kinds = {entry.kind for entry in entries}
    if not named:
        with pytest.raises(rg.UnknownName):
            resolve(text, entries, kinds)
        return
    with suppress(rg.AmbiguousName):
        assert resolve(text, entries, kinds).iri in named


def test_a_huge_text_is_answered_too():
    with pytest.raises(rg.UnknownName):
        shipped().resolve("chief product officer " * 2000)


# -- search --


def test_search_ranks_the_whole_name_then_its_beginning_then_a_word_then_anything():
    entries = [
        Entry("x:2", "role", "mischef maker"),
        Entry("x:1", "role", "sous-chef"),
        Entry("x:3", "role", "chef de partie"),
        Entry("x:4", "role", "cook", ("Chef",)),
        Entry("x:5", "role", "baker"),
    ]
    assert [entry.iri for entry in search("chef", entries)] == ["x:4", "x:3", "x:1", "x:2"]
    assert [entry.iri for entry in search("CHÉF", entries)] == ["x:4", "x:3", "x:1", "x:2"]
    assert search("nothing of the kind", entries) == []


def test_search_looks_at_the_kinds_asked_for():
    assert {entry.kind for entry in search("product", shipped().entries(), ["skill"])} == {"skill"}
    assert len({entry.kind for entry in search("product", shipped().entries())}) > 2


def test_search_for_nothing_gives_everything():
    assert len(search("", world().entries())) == len(world().entries())


@worlds.steady
@given(st.text(max_size=5))
def test_search_finds_just_the_names_that_contain_the_text(text):
    found = {entry.iri for entry in search(text, world().entries())}
    assert found == {
        entry.iri for entry in world().entries() if any(fold(text) in fold(name) for name in entry.names)
    }
