"""Files that would swell, dig or fetch are refused, with line and column, before the parser reads them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rolegraph as rg
from rolegraph.file_guard import DEEPEST, check_nesting
from rolegraph.stores import LocalStore

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
ONE = '<rdf:Description rdf:about="urn:a"><x:p>%s</x:p></rdf:Description></rdf:RDF>'


def xml(tmp_path, doctype, value="1"):
    file = tmp_path / "a.rdf"
    file.write_text(f'<?xml version="1.0"?>\n{doctype}\n{RDF}{ONE % value}')
    return file


@pytest.mark.parametrize(
    ("doctype", "says"),
    [
        (
            '<!DOCTYPE a [<!ENTITY e0 "xxxxxxxxxx"><!ENTITY e1 "&e0;&e0;">]>',
            "a.rdf:2:.* entity e1, which grows",
        ),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "a.rdf:2:.* an entity outside the file"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>', "a.rdf:2:.* an entity outside the file"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', "a.rdf:2:.* names a DTD outside the file"),
        ('<!DOCTYPE a PUBLIC "-//X" "file:///etc/passwd">', "a.rdf:2:.* names a DTD outside the file"),
        ('<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', "a.rdf:2:.* a parameter entity"),
        ('<!DOCTYPE a [<!ENTITY % p "x">]>', "a.rdf:2:.* a parameter entity"),
        (f'<!DOCTYPE a [<!ENTITY e "{"x" * 2000}">]>', "a.rdf:2:.* longer than 1,000 characters"),
    ],
)
def test_entities_that_reach_out_or_grow_are_refused(tmp_path, doctype, says):
    with pytest.raises(rg.SourceError, match=says):
        LocalStore().load(xml(tmp_path, doctype))


@pytest.mark.parametrize("encoding", ["UTF-9", "rot13", "shift_jis", "cp932", "utf-7", "undefined", "hex"])
def test_an_encoding_that_is_unknown_or_of_no_use_is_told(tmp_path, encoding):
    file = tmp_path / "a.rdf"
    file.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{RDF}{ONE % 1}')
    with pytest.raises(rg.SourceError, match=r"a\.rdf:1"):
        LocalStore().load(file)


def test_a_short_entity_that_is_used_too_often_is_refused(tmp_path):
    doctype = f'<!DOCTYPE a [<!ENTITY e "{"x" * 1000}">]>'
    with pytest.raises(rg.SourceError, match="grows by more than 16 MB through its entities"):
        LocalStore().load(xml(tmp_path, doctype, "&e;" * 20_000))


def test_entities_for_the_beginnings_of_iris_are_read(tmp_path):
    store = LocalStore()
    file = xml(tmp_path, '<!DOCTYPE rdf:RDF [<!ENTITY owl "http://www.w3.org/2002/07/owl#">]>', "&owl;Class")
    assert store.load(file) == 1
    assert [row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")] == [
        "http://www.w3.org/2002/07/owl#Class"
    ]


def test_elements_that_nest_too_deeply_are_refused(tmp_path):
    file = tmp_path / "a.rdf"
    file.write_text(RDF + "<rdf:Description><x:p>" * 100_000)
    with pytest.raises(rg.SourceError, match=f"a.rdf:1:.*nests elements more than {DEEPEST} deep"):
        LocalStore().load(file)


#: What nests in files of each ending: a beginning, one level's beginning and end, what is inside, and an end.
NESTS = {
    "lists.ttl": ("<x:a> <x:b> ", "(", ")", "1", " ."),
    "brackets.ttl": ("<x:a> <x:b> ", "[ <x:b> ", "]", "1", " ."),
    "terms.ttl": ("<x:a> <x:b> ", "<<( <x:a> <x:b> ", " )>>", "1", " ."),
    "terms.nt": ("<x:a> <x:b> ", "<<( <x:a> <x:b> ", " )>>", '"1"', " ."),
    "lists.trig": ("<x:g> { <x:a> <x:b> ", "(", ")", "1", " }"),
    "objects.jsonld": ("", '{"x:p":', "}", "1", ""),
    "arrays.jsonld": ('{"@id": "x:a", "x:p":', "[", "]", "1", "}"),
}


@pytest.mark.parametrize("name", NESTS)
def test_brackets_that_nest_too_deeply_are_refused_with_their_place(tmp_path, name):
    before, begin, end, inside, after = NESTS[name]
    file = tmp_path / name
    file.write_text(f"{before}{begin * 100_000}{inside}{end * 100_000}{after}")
    with pytest.raises(rg.SourceError, match=rf"{name}:1:\d+: nests brackets more than {DEEPEST} deep"):
        LocalStore().load(file)


@pytest.mark.parametrize("name", NESTS)
def test_brackets_that_nest_as_in_real_files_are_read(tmp_path, name):
    before, begin, end, inside, after = NESTS[name]
    file = tmp_path / name
    file.write_text(f"{before}{begin * 40}{inside}{end * 40}{after}")
    LocalStore().load(file)


def test_brackets_in_strings_iris_and_comments_do_not_count(tmp_path):
    file = tmp_path / "a.ttl"
    a, b, c = (sign * 500 for sign in "([{")
    file.write_text(f"""# {a}\n<x:a> <x:b> "{b}", \'\'\'{c}\n\'\'\', '{a}', <x:{a}> . # {b}""")
    assert LocalStore().load(file) == 4
    file = tmp_path / "a.jsonld"
    file.write_text(json.dumps({"@id": "x:a", "x:b": "[" * 500 + '\\"' + "{" * 500}))
    assert LocalStore().load(file) == 1


@given(
    st.recursive(
        st.sampled_from(["a[", '"\\{', "}]", ""]), lambda inner: st.lists(inner, max_size=2), max_leaves=400
    )
)
def test_json_is_refused_just_when_it_is_too_deep(value):
    for _ in range(120):
        value = [value]

    def depth(item):
        return 1 + max(map(depth, item), default=0) if isinstance(item, list) else 0

    try:
        check_nesting(json.dumps(value).encode(), "a.jsonld", json=True)
    except rg.SourceError:
        assert depth(value) > DEEPEST
    else:
        assert depth(value) <= DEEPEST


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:9/c"',
        '["http://127.0.0.1:9/c"]',
        '{"@import": "http://127.0.0.1:9/c"}',
        '"file:///etc/passwd"',
    ],
)
def test_a_context_that_lies_elsewhere_is_never_fetched(tmp_path, context):
    file = tmp_path / "a.jsonld"
    file.write_text(f'{{"@context": {context}, "@id": "x:a", "x:b": 1}}')
    with pytest.raises(rg.SourceError, match="never fetched"):
        LocalStore().load(file)


def test_broken_brackets_are_left_to_the_parser():
    check_nesting(b"]" * 1000 + b"([{" * 20 + b")" * 200, "a.ttl", json=False)
