"""Names that are nearly the same: one thing entered twice, most likely.

Names are not compared each with each, which would take minutes for 14,000 skills. Each name is put under
every key that a twin of it would have, and names under one key are twins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rolegraph.lint.findings import Found
from rolegraph.names import fold
from rolegraph.network import one_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rolegraph.lint.material import Material

    Words = tuple[str, ...]
    Names = Sequence[tuple[str, str]]
    Pairs = Iterator[tuple[str, str, str]]

#: What titles are shortened by, and words that are spelt in two ways beyond a letter.
_SHORT = {
    "vp": "vice president",
    "svp": "senior vice president",
    "evp": "executive vice president",
    "avp": "assistant vice president",
    "sr": "senior",
    "jr": "junior",
    "mgr": "manager",
    "mgmt": "management",
    "dir": "director",
    "eng": "engineer",
    "engr": "engineer",
    "asst": "assistant",
    "assoc": "associate",
    "dept": "department",
    "programme": "program",
    "w": "with",
}

#: What may stand around a word and is no part of it; "+" and "#" are, in C++ and C#.
_MARKS = ",;:()[]\"'!?\u201c\u201d\u2018\u2019"

#: Words that say nothing about which thing is meant.
_EMPTY = frozenset({"of", "the", "a", "an", "and", "&", "for"})

#: A word must be so long for a letter more, less or other in it to be a slip.
_LEAST_LETTERS = 5

#: How many words an acronym stands for.
_ACRONYM = (2, 3, 4, 5)

#: Names of more words are sentences, such as those of tasks, and nobody writes an acronym for part of one.
_MOST_WORDS = 8

#: Classifications name their occupations as they like; duties and values are sentences that roles may share.
_NOT_COMPARED = frozenset({"occupation", "duty", "value", "unknown"})


def near_duplicate(material: Material) -> Iterator[Found]:
    """Find things of one kind whose names are nearly the same."""
    same = one_name(material.network)
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node, data in material.network.nodes(data=True):
        if data["kind"] not in _NOT_COMPARED:
            by_kind[data["kind"]].append((data["label"], node))
    for kind, named in sorted(by_kind.items()):
        named.sort()
        aliases = {node: material.network.nodes[node]["aliases"] for _, node in named}
        for one, other, why in twins([(node, label) for label, node in named], aliases):
            if same.get(one, one) == same.get(other, other) or _mapped(material, one, other):
                continue
            names = f"“{material.label(one)}” and “{material.label(other)}”"
            yield Found(
                one,
                f"{names} may be one {kind} entered twice: {why}.",
                "Keep one and make the other name an alias (skos:altLabel). If they differ, let the names say"
                " how.",
                (other,),
                severity="info" if why.startswith(_ALIAS) else "",
            )


def _mapped(material: Material, one: str, other: str) -> bool:
    """Tell whether a mapping says how the two are related."""
    has_edge = material.network.has_edge
    return has_edge(one, other, "matches") or has_edge(other, one, "matches")


#: How the reason begins where the name of one thing is another name of the other: more often a loose alias
#: than a thing entered twice.
_ALIAS = "the first has the alias"


def twins(
    names: Sequence[tuple[str, str]], aliases: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, str]]:
    """Give pairs of things whose names are nearly the same, each pair once, with what they have in common.

    >>> names = [
    ...     ("a", "VP of Sales"),
    ...     ("b", "Vice President, Sales"),
    ...     ("c", "designer I"),
    ...     ("d", "designer II"),
    ... ]
    >>> list(twins(names, {}))
    [('a', 'b', 'the same words')]
    """
    words = {node: words_of(name) for node, name in names}
    seen: set[tuple[str, str]] = set()
    for test in (_same_name, _same_words, _run_together, _slips, _acronyms):
        for one, other, why in test(names, words, aliases):
            pair = (one, other) if one < other else (other, one)
            if one != other and pair not in seen:
                seen.add(pair)
                yield one, other, why


def words_of(name: str) -> Words:
    """Give the words of a name that tell it from others, each in one form: no plural, nothing shortened.

    >>> words_of("Sr. Managers, Accounts & Billing")
    ('senior', 'manager', 'account', 'billing')
    >>> words_of("C++"), words_of("designer II")
    (('c++',), ('designer', 'ii'))
    """
    parts = (part.strip(_MARKS) for part in fold(name).split())
    whole = " ".join(_SHORT.get(part.rstrip("."), part.rstrip(".")) for part in parts)
    return tuple(_american(_singular(word)) for word in whole.split() if word not in _EMPTY)


def _singular(word: str) -> str:
    if len(word) > _SHORTEST + 1 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > _SHORTEST and re.search(r"[^siu]s$", word) else word


#: Words of so few letters are not taken for plurals.
_SHORTEST = 3


def _american(word: str) -> str:
    """Spell what British English spells in another way; other words change, too, but all in the same way."""
    return re.sub(r"(?<=\w\w\w)our", "or", re.sub(r"(?<=\w\w\w)is(e|ed|er|ing|ation)$", r"iz\1", word))


def _grouped(keyed: Iterable[tuple[object, str]]) -> Iterator[tuple[str, str]]:
    """Give, of the things under each key, the first with each of the others."""
    groups: dict[object, list[str]] = defaultdict(list)
    for key, node in keyed:
        if node not in groups[key]:
            groups[key].append(node)
    for first, *others in groups.values():
        yield from ((first, other) for other in others)


def _same_name(names: Names, _words: Mapping[str, Words], aliases: Mapping[str, Sequence[str]]) -> Pairs:
    for one, other in _grouped((fold(name), node) for node, name in names):
        yield one, other, "the same name"
    by_name = {fold(name): node for node, name in reversed(names)}
    for node, _ in names:
        for alias in aliases.get(node, ()):
            if by_name.get(fold(alias), node) != node:
                yield node, by_name[fold(alias)], f"{_ALIAS} “{alias}”"


def _same_words(names: Names, words: Mapping[str, Words], _aliases: Mapping[str, Sequence[str]]) -> Pairs:
    for one, other in _grouped((tuple(sorted(words[node])), node) for node, _ in names if words[node]):
        yield (
            one,
            other,
            "the same words" if words[one] == words[other] else "the same words in another order",
        )


def _run_together(names: Names, words: Mapping[str, Words], _aliases: Mapping[str, Sequence[str]]) -> Pairs:
    for one, other in _grouped(("".join(words[node]), node) for node, _ in names if words[node]):
        yield one, other, "the same letters, parted in another way"


def _slips(names: Names, words: Mapping[str, Words], _aliases: Mapping[str, Sequence[str]]) -> Pairs:
    """Give names that differ by one letter of one word."""
    often = Counter(word for node, _ in names for word in set(words[node]))
    near = _near_words(often)
    known: dict[Words, str] = {}
    for node, _ in reversed(names):
        known[words[node]] = node
    for node, _ in names:
        for n, word in enumerate(words[node]):
            for other in near.get(word, ()):
                twin = known.get((*words[node][:n], other, *words[node][n + 1 :]))
                # What several names have is a word: "contact" is no slip for "contract". A slip comes once.
                if twin is None or twin == node or 1 not in (often[word], often[other]):
                    continue
                # Alone, "topography" and "typography" are two fields; only swapped letters tell of a slip.
                if len(words[node]) > 1 or sorted(word) == sorted(other):
                    yield node, twin, f"“{word}” and “{other}” differ by a letter"


def _near_words(vocabulary: Iterable[str]) -> dict[str, list[str]]:
    """Give the words that differ by one letter, more, less, other or swapped with the next.

    Words of which one is left over when a letter is taken out of each may be near; most others cannot be
    (symmetric deletes, after W. Garbe's SymSpell). Whether they are is then looked at letter by letter.
    """
    without: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary):
        if len(word) >= _LEAST_LETTERS and word.isalpha():
            for rest in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
                without[rest].append(word)
    near: dict[str, set[str]] = defaultdict(set)
    for alike in without.values():
        for n, one in enumerate(alike):
            for other in alike[n + 1 :]:
                if _differ_by_a_letter(one, other):
                    near[one].add(other)
                    near[other].add(one)
    return {word: sorted(others) for word, others in near.items()}


def _differ_by_a_letter(one: str, other: str) -> bool:
    """Tell whether one letter is too much, too few, another one, or swapped with the next."""
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(min(one, other, key=len))
    )
    a, b = one[same:], other[same:]
    if {one[:same] + a[:1], other[:same] + b[:1]} == {"mi", "ma"}:  # microeconomics, macroeconomics
        return False
    return bool(same) and (a[1:] in (b[1:], b) or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:]))


def _acronyms(names: Names, words: Mapping[str, Words], _aliases: Mapping[str, Sequence[str]]) -> Pairs:
    """Give names of which one has the first letters, in capitals, of what the other writes out."""
    written: dict[Words, list[str]] = defaultdict(list)
    for node, _ in names:
        for start, end in _spans(len(words[node])) if len(words[node]) <= _MOST_WORDS else ():
            letters = "".join(word[0] for word in words[node][start:end])
            written[*words[node][:start], letters, *words[node][end:]].append(node)
    for node, name in names:
        capitals = {fold(word) for word in re.findall(r"\b[A-Z]{2,5}\b", name)}
        full = [other for other in dict.fromkeys(written.get(words[node], ())) if other != node]
        # Where it stands for several, it tells of none: PM is a product manager and a project manager.
        if capitals & set(words[node]) and len(full) == 1:
            yield (
                node,
                full[0],
                f"{' and '.join(sorted(capitals & set(words[node]))).upper()} may stand for the words",
            )


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Give the runs of words that an acronym may stand for, of so many words."""
    for size in _ACRONYM:
        yield from ((start, start + size) for start in range(length - size + 1))
