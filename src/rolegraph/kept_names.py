"""The names of roles, which an on-disk store keeps ready beside its statements: there may be thousands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rolegraph.labels import Entry, read_entries
from rolegraph.names import ROLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.any_store import Store


#: The file, in the folder of the store.
NAMES = "names.kept"

#: A file of another edition is left alone, and the statements read instead.
EDITION = 1


def read_role_entries(store: Store) -> list[Entry]:
    """Give every role, group and occupation with its names; an on-disk store has them ready."""
    content = store.kept(NAMES)
    return (content and read_names(content)) or read_entries(store, ROLE_KINDS)


def write_names(entries: Iterable[Entry]) -> bytes:
    """Write names as `read_names` reads them."""
    names = [(entry.iri, entry.kind, entry.label, entry.aliases) for entry in entries]
    content = {"edition": EDITION, "names": names}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read_names(content: bytes) -> list[Entry] | None:
    """Give the names that were kept; None where they are of another edition."""
    read = json.loads(content)
    if read.get("edition") != EDITION:
        return None
    return [Entry(iri, kind, label, tuple(aliases)) for iri, kind, label, aliases in read["names"]]
