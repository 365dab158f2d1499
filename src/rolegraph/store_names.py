"""What the things of a store are called, read when a question first needs it, and kept."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, cast

from rolegraph import labels
from rolegraph.errors import AmbiguousName, UnknownName
from rolegraph.names import ROLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    from rolegraph.any_store import Store
    from rolegraph.labels import Entry
    from rolegraph.remote_store import RemoteStore


class StoreNames:
    """The names of the things of a store; of one that lies elsewhere, no more of them than are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: Entered, with words for what is done, while something goes on that may take long.
        self.busy: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext()
        self._all: list[Entry] | None = None
        self._of_roles: list[Entry] | None = None

    def entries(self) -> list[Entry]:
        """Give every named thing with its kind and names."""
        if self._all is None:
            self._all = labels.read_entries(self._source(labels.KINDS))
        return self._all

    def resolve(self, name: str, kinds: Collection[str] = ROLE_KINDS) -> str:
        """Give the IRI of the one thing of these kinds that has this name; see `RoleGraph.resolve`."""
        try:
            if self._store.remote and self._all is None and self._of_roles is None:
                with suppress(UnknownName):
                    return labels.resolve(name, self._called(name, kinds), kinds).iri
            if self._all is None and ROLE_KINDS.issuperset(kinds):
                # Roles are few among all things. Who asks for one that there is need not wait for the rest.
                with suppress(UnknownName):
                    return labels.resolve(name, self._roles(), kinds).iri
            return labels.resolve(name, self.entries(), kinds).iri
        except AmbiguousName as ambiguous:
            return labels.settled(self._store, ambiguous)

    def things(self, *names: str | None) -> list[str]:
        """Give the IRIs of things of any kind; None is passed over."""
        asked = [name for name in names if name is not None]
        if self._store.remote and self._all is None:
            with suppress(UnknownName):
                return [self.resolve(name, labels.KINDS) for name in asked]
        every_kind = frozenset(entry.kind for entry in self.entries())
        return [self.resolve(name, every_kind) for name in asked]

    def _roles(self) -> list[Entry]:
        if self._of_roles is None:
            from rolegraph.kept_names import read_role_entries  # noqa: PLC0415 - other questions do without

            self._of_roles = read_role_entries(self._source(ROLE_KINDS))
        return self._of_roles

    def _called(self, name: str, kinds: Collection[str]) -> list[Entry]:
        """Give the things that may be meant by a name, of a store that lies elsewhere."""
        from rolegraph.parts import called  # noqa: PLC0415 - what is at hand does without

        store = cast("RemoteStore", self._store)
        if ROLE_KINDS.issuperset(kinds) and not store.parts.keys().isdisjoint({"moves", "whole"}):
            return self._roles()
        with self.busy("looking up a name"):
            return labels.read_entries(called(store, name, kinds), kinds)

    def _source(self, kinds: Collection[str]) -> Store:
        """Give a store that has the names of things of these kinds."""
        if not self._store.remote:
            return self._store
        from rolegraph.parts import names_of  # noqa: PLC0415 - what is at hand does without

        with self.busy("reading names"):
            return names_of(self._store, kinds)
