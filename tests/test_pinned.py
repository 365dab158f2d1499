"""Queries are compared with the answers that are pinned; what differs is shown row by row."""

from __future__ import annotations

import json

import pytest
from cli_runner import on_terminal, rolegraph
from worlds import PREAMBLE

from rolegraph import pinned
from rolegraph.queries import query_names, read_query
from rolegraph.stores import LocalStore

NAMES = "# Which names are there?\nSELECT ?name { ?x <urn:called> ?name } ORDER BY ?name\n"


@pytest.fixture
def mine(tmp_path):
    """Give a folder of queries of all forms, and data for them."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "names.rq").write_text(NAMES)
    (folder / "any.rq").write_text("# Is there a role?\nASK { ?x a rg:Role }\n")
    (folder / "graph.rq").write_text("# What is there?\nCONSTRUCT WHERE { ?x <urn:called> ?name }\n")
    data = tmp_path / "data.ttl"
    data.write_text(PREAMBLE + 'role:a a rg:Role ; <urn:called> "a" . role:b <urn:called> "b" .')
    return folder, data


def run(mine, *more):
    folder, data = mine
    return rolegraph("queries", "test", "--queries", str(folder), "--data", str(data), *more)


def changes(answer):
    return [(row["query"], row["outcome"], row["change"], row["row"]) for row in json.loads(answer.out)]


def test_what_ships_is_as_pinned():
    answer = rolegraph("queries", "test")
    assert (answer.code, answer.err) == (0, "")
    assert [line.split("\t")[:2] for line in answer.out.splitlines()[1:]] == [
        [n, "same"] for n in query_names()
    ]
    assert on_terminal("queries", "test", "pay").out == "1 query: 1 as pinned.\n"


def test_nothing_is_written_unasked(mine):
    answer = run(mine, "--format", "json")
    assert answer.code == 1
    assert changes(answer) == [(name, "unpinned", "", "") for name in ("any", "graph", "names")]
    assert not (mine[0] / "pinned").exists()


def test_pinned_answers_hold_until_the_data_changes(mine):
    assert run(mine, "--pin").code == 0
    assert sorted(file.name for file in (mine[0] / "pinned").iterdir()) == [
        "any.tsv",
        "graph.nt",
        "names.tsv",
    ]
    assert (mine[0] / "pinned" / "names.tsv").read_text() == '?name\n"a"\n"b"\n'
    assert run(mine).code == 0
    mine[1].write_text(PREAMBLE + 'role:a <urn:called> "a" . role:c <urn:called> "c" .')
    answer = run(mine, "--format", "json")
    assert answer.code == 1
    found = [change for change in changes(answer) if change[0] != "graph"]
    assert found == [
        ("any", "differs", "-", "true"),
        ("any", "differs", "+", "false"),
        ("names", "differs", "-", '"b"'),
        ("names", "differs", "+", '"c"'),
    ]
    shown = run(mine, "names", "--format", "table")
    assert shown.code == 1
    assert shown.out.splitlines() == [
        "names: differing", "    ?name", '  - "b"', '  + "c"', "1 query: 1 differing."
    ]  # fmt: skip
    assert run(mine, "--pin").code == 0
    assert run(mine).code == 0


def test_the_order_of_rows_counts_only_where_it_is_asked_for(mine):
    run(mine, "--pin")
    pins = mine[0] / "pinned" / "names.tsv"
    pins.write_text('?name\n"b"\n"a"\n')
    assert changes(run(mine, "names", "--format", "json")) == [("names", "reordered", "", "")]
    (mine[0] / "names.rq").write_text(NAMES.replace("ORDER BY ?name", ""))
    assert run(mine, "names").code == 0


def test_other_columns_and_other_forms_are_differences(mine):
    run(mine, "--pin")
    (mine[0] / "names.rq").write_text(NAMES.replace("?name", "?label"))
    assert ("names", "differs", "-", "?name") in changes(run(mine, "--format", "json"))
    (mine[0] / "names.rq").write_text("# What?\nCONSTRUCT WHERE { ?x a rg:Role }\n")
    assert run(mine, "names").code == 1
    run(mine, "names", "--pin")
    assert sorted(file.name for file in (mine[0] / "pinned").glob("names*")) == ["names.nt"]


def test_a_row_that_comes_twice_differs_from_one_that_comes_once(mine):
    run(mine, "--pin")
    (mine[0] / "pinned" / "names.tsv").write_text('?name\n"a"\n"b"\n"b"\n')
    assert changes(run(mine, "names", "--format", "json")) == [("names", "differs", "-", '"b"')]


def test_labels_of_blank_nodes_do_not_matter_and_texts_do(tmp_path):
    store = LocalStore()
    store.load_text(f'{PREAMBLE} [] skos:prefLabel "_:x" .', "a")
    (tmp_path / "q.rq").write_text("# What?\nSELECT ?x ?n { ?x skos:prefLabel ?n }\n")
    query = read_query(tmp_path / "q.rq")
    assert pinned.pin(store, query, tmp_path).outcome == "pinned"
    assert (tmp_path / "pinned" / "q.tsv").read_text() == '?x\t?n\n_:b\t"_:x"\n'
    again = LocalStore()
    again.load_text(f'{PREAMBLE} _:other skos:prefLabel "_:x" .', "a")
    assert pinned.compare(again, query, tmp_path).passed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--pin",), "needs the folder to write them to: --queries DIR"),
        (("nothing",), "No query is called 'nothing'"),
        (("skils_of_role",), "Did you mean 'skills_of_role'"),
        (("--queries", "/nowhere"), "/nowhere: is no folder of queries"),
        (("--queries", "{empty}"), "holds no query"),
    ],
)
def test_what_cannot_be_tested_is_refused(tmp_path, arguments, says):
    answer = rolegraph("queries", "test", *(word.format(empty=tmp_path) for word in arguments))
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_a_query_that_is_wrong_is_named(mine):
    (mine[0] / "wrong.rq").write_text("# What?\nSELECT * {\n")
    answer = run(mine)
    assert answer.code == 2
    assert "wrong.rq: line 3" in answer.err or "wrong.rq: line 2" in answer.err
    (mine[0] / "wrong.rq").write_text("SELECT * { ?s ?p ?o }\n")
    assert "must begin with a comment" in run(mine).err


def test_pinned_answers_that_cannot_be_read_or_written_are_told(mine):
    run(mine, "--pin")
    (mine[0] / "pinned" / "names.tsv").write_bytes(b"\xff")
    assert "names.tsv:1:1: is not UTF-8 text" in run(mine).err
    (mine[0] / "pinned" / "names.tsv").unlink()
    (mine[0] / "pinned" / "names.tsv").mkdir()
    answer = run(mine)
    assert answer.code == 2
    assert "names.tsv" in answer.err
