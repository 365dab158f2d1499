"""`queries`: what there is to ask by name, and its text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from cli_runner import agrees, on_terminal, rolegraph

from rolegraph.queries import named_query, query_names
from rolegraph.tables import Table


def test_queries_lists_every_query_with_its_parameters_and_question():
    listed = [named_query(name) for name in query_names()]
    table = Table(
        ("name", "parameters", "question"),
        tuple(
            (item.name, ", ".join(f"{p.name}: {p.type}" for p in item.parameters), item.question)
            for item in listed
        ),
    )
    agrees(("queries",), table)
    assert rolegraph("queries", "list") == rolegraph("queries")
    assert rolegraph("queries", "--format", "csv") == rolegraph("queries", "list", "--format", "csv")
    shown = on_terminal("queries").out.split()
    assert [word for item in listed for word in item.question.split() if word not in shown] == []


@pytest.mark.parametrize("name", query_names())
def test_queries_show_prints_the_file_that_any_tool_runs(name, repository):
    answer = rolegraph("queries", "show", name)
    assert (answer.code, answer.err) == (0, "")
    assert answer.raw == (repository / "queries" / f"{name}.rq").read_bytes()
    assert ox.Store().query(answer.out) is not None


def test_a_shown_query_can_be_asked_as_it_is(tmp_path):
    file = tmp_path / "mine.rq"
    file.write_bytes(rolegraph("queries", "show", "skills_of_role").raw)
    assert rolegraph("query", str(file)) == rolegraph("query", "skills_of_role")
    assert rolegraph("query", str(file), "role=CPO") == rolegraph("query", "skills_of_role", "role=CPO")
