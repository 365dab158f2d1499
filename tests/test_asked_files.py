"""FROM <file:...> reads what lies in the folders that are allowed, and nothing else."""

from __future__ import annotations

import pytest
from cli_runner import rolegraph

import rolegraph as rg
from rolegraph.asked_files import load_asked
from rolegraph.stores import LocalStore

SPARQL = "SELECT ?o FROM <file://HERE> { ?s ?p ?o }"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "open" / "in ner").mkdir(parents=True)
    (tmp_path / "open" / "in ner" / "a.ttl").write_text("<x:a> <x:b> 'read' .")
    (tmp_path / "open" / "empty.ttl").write_text("")
    (tmp_path / "secret.ttl").write_text("<x:a> <x:b> 'secret' .")
    (tmp_path / "open" / "link.ttl").symlink_to(tmp_path / "secret.ttl")
    return tmp_path


def ask(folder, path):
    return rolegraph(
        "query",
        SPARQL.replace("HERE", f"{folder}/{path}"),
        "--allow-file",
        str(folder / "open"),
    )


def test_a_file_in_an_allowed_folder_is_asked(folder):
    answer = ask(folder, "open/in%20ner/a.ttl")
    assert (answer.code, answer.out) == (0, '?o\n"read"\n')
    answer = ask(folder, "open/empty.ttl")
    assert (answer.code, answer.err.splitlines()[0]) == (1, "No rows.")


@pytest.mark.parametrize(
    "path", ["secret.ttl", "open/../secret.ttl", "open/link.ttl", "open/%2e%2e/secret.ttl", "openx"]
)
def test_no_other_file_is_asked(folder, path):
    answer = ask(folder, path)
    assert (answer.code, answer.out) == (2, "")
    assert "is refused" in answer.err
    assert "secret'" not in answer.err


def test_a_file_that_is_missing_or_broken_is_told_of(folder):
    (folder / "open" / "broken.ttl").write_text("<x:a> <x:b> .")
    assert "broken.ttl:1:" in ask(folder, "open/broken.ttl").err
    assert "No such file" in ask(folder, "open/missing.ttl").err


def test_without_a_folder_nothing_is_read(folder):
    store = LocalStore()
    sparql = SPARQL.replace("HERE", f"{folder}/open/in%20ner/a.ttl")
    load_asked(store, sparql, [])
    assert len(store) == 0
    with pytest.raises(rg.QueryError, match="--allow-file"):
        store.query(sparql)


def test_a_relative_path_is_refused(folder):
    with pytest.raises(rg.QueryError, match="must be whole"):
        load_asked(LocalStore(), "ASK FROM <file:a.ttl> { }", [folder])
