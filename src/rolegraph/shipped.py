"""The graph that ships: read when it is asked for, or ahead of that, while the command line is imported."""

from __future__ import annotations

from threading import Thread

from rolegraph.resources import curated_files, ontology_file
from rolegraph.stores import ONTOLOGY_GRAPH, LocalStore


class _Reader(Thread):
    """Reads in the background; the engine lets go of Python's lock while it parses."""

    store: LocalStore | None = None

    def run(self) -> None:
        try:
            self.store = _read()
        except Exception:  # noqa: BLE001 - who asks for the store reads again, and is told what is wrong
            self.store = None


_ahead: list[_Reader] = []


def read_ahead() -> None:
    """Begin to read; `read_shipped` then has less to wait for."""
    reader = _Reader(daemon=True)
    reader.start()
    _ahead.append(reader)


def wait() -> None:
    """Wait for what is being read ahead, for a process that is about to fork."""
    for reader in _ahead:
        reader.join()


def read_shipped() -> LocalStore:
    """Give a store of the caller's own with the graph that ships and the definitions of its terms."""
    if _ahead:
        reader = _ahead.pop()
        reader.join()
        if reader.store is not None:
            return reader.store
    return _read()


def _read() -> LocalStore:
    store = LocalStore()
    store.load(ontology_file(), graph=ONTOLOGY_GRAPH.value, trusted=True)
    for file in curated_files():
        store.load(file, trusted=True)
    store.share_nothing()  # a test holds the shipped graphs to it
    return store
