"""From what people type to one node: names, aliases, short names and IRIs; else an error that helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import AmbiguousName, UnknownName
from rolegraph.names import ROLE_KINDS, expand, fold, shorten
from rolegraph.queries import projection_query, read_query
from rolegraph.resources import folder
from rolegraph.stores import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rolegraph.any_store import Store


#: Every kind of thing that has names; `queries/projection/nodes.rq` says which classes they are.
KINDS = (
    "role",
    "group",
    "skill",
    "duty",
    "value",
    "degree",
    "subject",
    "certification",
    "training",
    "organization",
    "occupation",
)

#: What stands before the code of an occupation at the end of its IRI.
_CODED = ("soc", "onet")

#: So few things are listed where none of them is near a name that nothing has.
MOST_LISTED = 8

#: Names offered for a name that nothing has.
MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A node with its kind, its preferred label and its other names."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that people know it by."""
        return (self.label, *self.aliases)


def read_entries(store: Store, kinds: Collection[str] = KINDS) -> list[Entry]:
    """Read every node that is of one of the kinds, with its names; sorted by label, then IRI.

    Where a node has labels in several languages the English one is preferred, then one without language,
    then the first in order of language and text; the others become aliases. A blank is no name.
    """
    wanted: dict[str, str] = {}
    preferred: dict[str, list[tuple[int, str, str]]] = {}
    aliases: dict[str, set[str]] = {}
    for node, kind, label in store.rows(projection_query("nodes", kind=sorted(kinds))):
        iri = text_of(node)
        wanted[iri] = min(text_of(kind), wanted.get(iri, "~"))
        if label is not None and text_of(label).strip():
            language = getattr(label, "language", None) or ""  # an IRI as a label has none
            rank = 0 if language.startswith("en") else 1 if not language else 2
            preferred.setdefault(iri, []).append((rank, language, text_of(label)))
    for node, alias in store.rows(projection_query("aliases")):
        if (iri := text_of(node)) in wanted and text_of(alias).strip():
            aliases.setdefault(iri, set()).add(text_of(alias))
    return sorted(
        (
            _entry(iri, kind, sorted(preferred.get(iri, ())), aliases.get(iri, set()))
            for iri, kind in wanted.items()
        ),
        key=lambda entry: (fold(entry.label), entry.iri),
    )


def _entry(iri: str, kind: str, preferred: list[tuple[int, str, str]], aliases: set[str]) -> Entry:
    label = preferred[0][2] if preferred else shorten(iri)
    others = (aliases | {text for _, _, text in preferred}) - {label}
    return Entry(iri, kind, label, tuple(sorted(others, key=lambda name: (fold(name), name))))


def resolve(text: str, entries: Iterable[Entry], kinds: Collection[str] = ROLE_KINDS) -> Entry:
    """Give the one node of these kinds that `text` names.

    An IRI or a short name (`role:product-manager`) is looked up first, then preferred labels, then aliases,
    then the ends of IRIs and, of occupations, the codes there (O*NET's 11-2021.00, as the SOC's 11-2021);
    case, accents, hyphens and blanks do not matter. A role comes before the occupation of a classification
    that has the same name. A close match is suggested and never taken.

    Raises UnknownName with suggestions, AmbiguousName with candidates.
    """
    eligible = [entry for entry in entries if entry.kind in kinds]
    iri = expand(text)
    folded = fold(text)
    for meant in _looked_up(iri, folded, eligible):
        if len(meant) > 1:
            raise AmbiguousName(text, [(entry.iri, _distinct(entry, meant)) for entry in meant])
        if meant:
            return meant[0]
    what = "role" if set(kinds) <= ROLE_KINDS else _either(sorted(kinds))
    others = [entry for entry in entries if folded in map(fold, entry.names)]
    note = ""
    if others:
        kind = others[0].kind
        article = "an" if kind[0] in "aeiou" else "a"
        note = f" It is the name of {article} {kind}; `rolegraph why` shows what is known of it."
    nearest = suggest(text, eligible)
    if not nearest and not note and len(eligible) <= MOST_LISTED:
        note = f" There are: {', '.join(sorted(entry.label for entry in eligible)) or 'none'}."
    raise UnknownName(text, nearest, what=what, note=note)


def _looked_up(iri: str | None, folded: str, entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Give what may be meant by an IRI or a folded name, the surest first."""
    yield [entry for entry in entries if entry.iri == iri]
    code = folded.removesuffix(".00")  # so O*NET writes what is an occupation of the SOC, too
    ends = {folded, *(f"{scheme} {code}" for scheme in _CODED)}
    for some in (
        [entry for entry in entries if entry.kind != "occupation"],
        [entry for entry in entries if entry.kind == "occupation"],
    ):
        yield [entry for entry in some if fold(entry.label) == folded]
        yield [entry for entry in some if folded in map(fold, entry.aliases)]
        yield [entry for entry in some if fold(entry.iri.rstrip("/").rpartition("/")[2]) in ends]


def read_choices(store: Store, concept: str) -> dict[str, list[str]]:
    """Give the names of each concept of the scheme that a concept is in, by IRI, the English one first.

    Empty for what is in no scheme.
    """
    try:
        node = ox.NamedNode(concept)
    except ValueError:
        return {}
    asked = read_query(folder("queries") / "projection" / "choices.rq").fill({"concept": (node,)})
    found: dict[str, list[tuple[bool, bool, str]]] = {}
    for choice, name, language, alias in store.rows(asked):
        names = found.setdefault(text_of(choice), [])
        if name is not None:
            names.append((text_of(alias) == "true", not text_of(language).startswith("en"), text_of(name)))
    return {iri: [name for _, _, name in sorted(names)] for iri, names in found.items()}


def settled(store: Store, ambiguous: AmbiguousName) -> str:
    """Give one of the roles that a name stands for, where a mapping holds them all to be the same.

    What is said of one is said of all, so that it does not matter which: it is the first by IRI.

    Raises the error again when they are not the same.
    """
    same = [{row["role"].value, row["other"].value} for row in store.select(projection_query("same_roles"))]
    candidates = {iri for iri, _ in ambiguous.candidates}
    reached = {min(candidates)}
    while more := {iri for pair in same if pair & reached for iri in pair} - reached:
        reached |= more
    if not candidates <= reached:
        raise ambiguous
    return min(candidates)


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _distinct(entry: Entry, candidates: list[Entry]) -> str:
    """Name a candidate so that it can be told from the others, even where two have one label."""
    alike = sum(fold(other.label) == fold(entry.label) for other in candidates)
    return shorten(entry.iri) if alike > 1 else entry.label


def suggest(text: str, entries: Iterable[Entry], most: int = MOST_SUGGESTIONS) -> list[str]:
    """Give the labels of the nodes whose names are nearest to `text`, nearest first.

    Whole names are compared first; then single words are, so that "prodct" leads to the names with "product".
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt name needs it

    by_name = {fold(name): entry.label for entry in entries for name in reversed(entry.names)}
    folded = fold(text)
    near = get_close_matches(folded, by_name, n=most * 2, cutoff=_NEAR_NAME)
    vocabulary = {word for name in by_name for word in name.split()}
    words = [*dict.fromkeys(folded.split())][:_MOST_WORDS]
    meant = {match for word in words for match in get_close_matches(word, vocabulary, 1, _NEAR_WORD)}
    shared = {name: len(meant & set(name.split())) for name in by_name if name not in near}
    by_words = sorted(
        (name for name, count in shared.items() if count),
        key=lambda name: (-shared[name], not name.startswith(tuple(meant)), len(name), name),
    )
    return list(dict.fromkeys(by_name[name] for name in (*near, *by_words)))[:most]


#: How alike (1 is equal) a name, or a word of it, must be to what was typed to be suggested.
_NEAR_NAME = 0.7
_NEAR_WORD = 0.75

#: Words of what was typed that are compared with those of names: no name has as many.
_MOST_WORDS = 30


def search(text: str, entries: Iterable[Entry], kinds: Collection[str] = ()) -> list[Entry]:
    """Give the nodes with a name that contains `text`: first as a whole, at its start, at a word's start."""
    folded = fold(text)

    def rank(entry: Entry) -> int:
        return min(_closeness(folded, fold(name)) for name in entry.names)

    ranked = [(rank(entry), entry) for entry in entries if not kinds or entry.kind in kinds]
    return [entry for closeness, entry in sorted(ranked, key=lambda pair: pair[0]) if closeness < _NO_MATCH]


_NO_MATCH = 4


def _closeness(text: str, name: str) -> int:
    if text == name:
        return 0
    if name.startswith(text):
        return 1
    if f" {text}" in name:
        return 2
    return 3 if text in name else _NO_MATCH
