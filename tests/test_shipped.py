"""The graph that ships is the same whether it is read ahead or when it is asked for."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from rolegraph import shipped
from rolegraph.errors import SourceError
from rolegraph.start import wants_shipped


def canonical(store):
    """Give the statements with names for blank nodes that are the same in every reading."""
    dataset = ox.Dataset(store.engine)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def test_read_ahead_is_what_is_read_when_asked_for():
    shipped.read_ahead()
    (reader,) = shipped._ahead
    ahead, asked = shipped.read_shipped(), shipped.read_shipped()
    assert ahead is reader.store
    assert asked is not ahead
    assert canonical(ahead) == canonical(asked)
    assert len(ahead) > 6000


def test_what_fails_ahead_is_told_when_it_is_asked_for(monkeypatch, tmp_path, capfd):
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle", "utf-8")
    monkeypatch.setattr(shipped, "curated_files", lambda: [broken])
    shipped.read_ahead()
    with pytest.raises(SourceError, match="broken"):
        shipped.read_shipped()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("path CPO CEO", True),
        ("--format json query pay", True),
        ("info", True),
        ("", False),
        ("queries", False),
        ("--version", False),
        ("path --help", False),
        ("role CPO -h", False),
        ("path A B --data mine.ttl", False),
        ("--data=mine.ttl find x", False),
    ],
)
def test_the_graph_is_read_ahead_only_for_calls_that_want_it(call, wanted):
    assert wants_shipped(call.split()) is wanted


def test_what_is_read_ahead_can_be_waited_for():
    shipped.read_ahead()
    shipped.wait()
    assert not any(reader.is_alive() for reader in shipped._ahead)
    assert len(shipped.read_shipped()) > 1_000
