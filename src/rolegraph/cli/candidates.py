"""What may stand in a place of the command line: names of roles and other things, of queries, of files.

Nothing slow is done for it. Data that would take long to read is not read, and the names of the graph that
ships are offered instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rolegraph.cli.options import Settings
from rolegraph.names import ROLE_KINDS, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import click

    from rolegraph.labels import Entry
    from rolegraph.queries import Parameter

#: The most bytes of data of the user's own that is read to complete a name.
MOST_BYTES = 2_000_000


class Candidate(NamedTuple):
    """What may be typed, with a word on it; kind is plain, open (more follows at once) or file."""

    value: str
    words: str = ""
    kind: str = "plain"


def roles(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of roles, groups and occupations."""
    return _named(context, begun, ROLE_KINDS)


def degrees(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of degrees."""
    return _named(context, begun, ("degree",))


def gains(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of what one can gain: skills, degrees, certifications, trainings."""
    return _named(context, begun, ("skill", "degree", "certification", "training"))


def things(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of things of every kind."""
    return _named(context, begun, ())


def queries(_context: click.Context, _begun: str) -> Iterator[Candidate]:
    """Give the names of the named queries."""
    from rolegraph.queries import query_names  # noqa: PLC0415 - only where queries are asked for

    return (Candidate(name) for name in query_names())


def queries_and_files(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of the named queries, and files."""
    yield from queries(context, begun)
    yield from files(context, begun)


def files(_context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give files and folders; the shell knows them best."""
    yield Candidate(begun, kind="file")


def data(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give the names of the data sets that ship, and files."""
    from rolegraph.resources import optional_names  # noqa: PLC0415 - only where data is asked for

    yield Candidate("curated", "the graph that ships")
    yield from (Candidate(name, "a data set that ships") for name in optional_names())
    yield from files(context, begun)


def lint_rules(_context: click.Context, _begun: str) -> Iterator[Candidate]:
    """Give the names of the rules of lint."""
    from rolegraph.lint.rules import RULES  # noqa: PLC0415 - only lint asks for them

    return (Candidate(rule.name) for rule in RULES)


def parameters(context: click.Context, begun: str) -> Iterator[Candidate]:
    """Give PARAM= for the parameters of the named query, and behind it names of what it takes."""
    from rolegraph.queries import named_query  # noqa: PLC0415 - only where queries are asked for

    known = {item.name: item for item in named_query(context.params.get("what") or "").parameters}
    name, equals, value = begun.partition("=")
    if not equals:
        yield from (Candidate(f"{item.name}=", item.description, "open") for item in known.values())
    elif name in known:
        yield from (
            found._replace(value=f"{name}={found.value}") for found in _values(context, known[name], value)
        )


def _values(context: click.Context, parameter: Parameter, begun: str) -> Iterator[Candidate]:
    """Give names of things of the kind that the default of a parameter is of."""
    if not parameter.is_iri:
        return iter(())
    kind = parameter.default.strip().partition(":")[0]
    if parameter.takes_anything or not kind:
        return things(context, begun)
    return _named(context, begun, ROLE_KINDS if kind in ROLE_KINDS else (kind,))


def _named(context: click.Context, begun: str, kinds: Collection[str]) -> Iterator[Candidate]:
    """Give labels; and aliases and short names of IRIs that begin as asked, where no label of theirs does."""
    start = begun.casefold()
    for entry in _entries(context, kinds):
        if kinds and entry.kind not in kinds:
            continue
        if entry.label.casefold().startswith(start):
            yield Candidate(entry.label, entry.kind)
        elif start:
            others = (*entry.aliases, shorten(entry.iri))
            yield from (Candidate(name, entry.label) for name in others if name.casefold().startswith(start))


def _entries(context: click.Context, kinds: Collection[str]) -> list[Entry]:
    """Read the names of the data that the command line asks for, or else of what ships."""
    from rolegraph.labels import KINDS, read_entries  # noqa: PLC0415 - only names need data
    from rolegraph.shipped import read_shipped  # noqa: PLC0415

    settings: Any = context.find_root().obj
    asked = settings.data if isinstance(settings, Settings) else ()
    if len(asked) == 1 and (kept := _kept(Path(asked[0]))) is not None:
        return kept
    if asked and all(map(_is_quick, asked)):
        from rolegraph.opening import open_graph  # noqa: PLC0415 - only other data needs it

        store = open_graph(*asked).store
    else:
        store = read_shipped()
    return read_entries(store, kinds or KINDS)


def _kept(folder: Path) -> list[Entry] | None:
    """Give the names of roles that an on-disk store keeps ready, without opening it."""
    from rolegraph.kept_names import NAMES, read_names  # noqa: PLC0415 - only stores need it
    from rolegraph.store_folders import is_store  # noqa: PLC0415

    file = folder / NAMES
    return read_names(file.read_bytes()) if is_store(folder) and file.is_file() else None


def _is_quick(source: str) -> bool:
    """Tell whether data is so small that reading it takes no time that one would notice."""
    from rolegraph.opening import CURATED  # noqa: PLC0415 - only other data needs it

    path = Path(source)
    if source == CURATED:
        return True
    if path.is_dir():
        return sum(file.stat().st_size for file in path.iterdir() if file.is_file()) <= MOST_BYTES
    # Gzipped data is longer than its file.
    return path.is_file() and path.stat().st_size <= MOST_BYTES // (10 if path.suffix == ".gz" else 1)
