"""Writes observed-moves.ttl and optional/observed.ttl.gz: moves between job titles, by TitleGraph."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

import turtle as ttl

if TYPE_CHECKING:
    from pathlib import Path

    Transitions = dict[tuple[str, str], int]

FILE = "transitions.tsv.gz"
COLUMNS = ("from_title", "to_title", "count")
TABLE = "title_variants.tsv"

SOURCE_HELP = f"the folder that holds {FILE} and the LICENSE of TitleGraph"
HELP = f"""
Write the moves between job titles that TitleGraph counted, as observed moves between roles:
  observed-moves.ttl        those between the roles of product leadership, for the graph that ships
  optional/observed.ttl.gz  all of them, to be read in place of the first
{TABLE}, next to this script, decides which title stands for which role.

Where the public gets the source: release 0.0.5 of the Python package title-graph, or
https://github.com/estasney/TitleGraph, commit ad44215849dae7069cad7729c30249a6b87a7dc0.
Its title_graph/data/graph.pkl is a pickled networkx graph. A pickle can run code, so it is not read here:
{FILE} holds its edges, with the columns {", ".join(COLUMNS)} (the edge's weight).
"""
COMMENT = f"""
TitleGraph: {{contents}}.
Written by ontology/build/observed_moves.py; not edited by hand. Titles are merged by {TABLE} there.

The source: https://github.com/estasney/TitleGraph (0.0.5, 2018-10-18), under the licence below.
What was changed: titles that stand for one role are merged and their moves added up; moves that then end
where they start are left out; shares are computed.

"""

#: Roles that the career guide's file describes. Here they get moves, and no description of their own.
GUIDE_ROLES = frozenset(
    f"role:{slug}"
    for slug in (
        *("chief-product-officer", "chief-executive-officer", "chief-technology-officer"),
        *("chief-marketing-officer", "vice-president-of-product", "product-manager", "product-developer"),
        *("brand-manager", "unit-manager", "sales-and-marketing-manager", "product-marketing-manager"),
        "project-manager",
    )
)

#: A title with one of these words must be decided upon in the table.
DECIDED_WORDS = frozenset(
    "product products brand marketing chief ceo cto coo cio president vice vp svp avp gm unit owner officer "  # noqa: SIM905
    "founder program programs programme project projects pm pmo".split()
)

#: What a move between two chosen roles needs to enter the graph that ships; see `worth_shipping`.
LEAST_COUNT, OUT_PERCENT, IN_PERCENT, LONE_PERCENT = 2, 3, 10, 10

#: With so few moves out of a role, one of them makes a share of 10 % or more.
FEW = 10

SAYS_SO = ("dcterms:source", "source:title-graph")


class Row(NamedTuple):
    """A line of the table of titles."""

    title: str
    role: str
    label: str
    also: str
    rule: str
    why: str


class Moves(NamedTuple):
    """How often each move was seen once titles are merged, and how many moves left and reached each end."""

    counts: Counter[tuple[str, str]]
    out: Counter[str]
    into: Counter[str]


class World(NamedTuple):
    """Everything that the files are written from."""

    transitions: Transitions
    variants: dict[str, Row]
    roles: dict[str, list[Row]]  # by short name, in the order of the table
    moves: Moves


# --- reading -----------------------------------------------------------------------------------------


def read_transitions(file: Path) -> Transitions:
    """Read how often each title was followed by each other one."""
    if not file.is_file():
        raise ttl.WrongInputError(f"{file}: no such file")
    try:
        text = gzip.decompress(file.read_bytes()).decode()
        rows = ttl.table(csv.reader(io.StringIO(text), delimiter="\t"), COLUMNS, str(file))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ttl.WrongInputError(f"{file}: is damaged: {error}") from error
    transitions: Transitions = {}
    for row in rows:
        first, then, count = (row[column] for column in COLUMNS)
        if (first, then) in transitions or not count.isdecimal() or int(count) < 1:
            raise ttl.WrongInputError(f"{file}: a second line for {first} -> {then}, or no count: {count!r}")
        transitions[first, then] = int(count)
    return transitions


def read_variants(file: Path) -> dict[str, Row]:
    """Read which title stands for which role, and which ones are left out."""
    lines = (line for line in file.read_text("utf-8").splitlines() if not line.startswith("#"))
    rows = ttl.table(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), Row._fields, str(file))
    variants = {row["title"]: Row(**row) for row in rows}
    if len(variants) != len(rows):
        raise ttl.WrongInputError(f"{file}: a title stands on two lines")
    return variants


def check(titles: set[str], variants: dict[str, Row]) -> None:
    """Complain unless every title that calls for a decision has one, and names stay apart after merging."""
    if gone := sorted(variants.keys() - titles):
        raise ttl.WrongInputError(f"{TABLE} lists titles that the source lacks: {', '.join(gone)}")
    if undecided := sorted(t for t in titles - variants.keys() if DECIDED_WORDS & set(t.split())):
        raise ttl.WrongInputError(f"{TABLE} must decide upon: {', '.join(undecided)}")
    ends = {end(title, variants) for title in titles}
    slugs = {name.partition(":")[2] for name in ends}
    if len(slugs) != len(ends) or any("-to-" in f"-{slug}-" for slug in slugs):
        raise ttl.WrongInputError("two titles, or two moves, would get one name")


# --- counting ----------------------------------------------------------------------------------------


def end(title: str, variants: dict[str, Row]) -> str:
    """Give the short name of what a title stands for: a role, or the title itself."""
    row = variants.get(title)
    return f"role:{row.role}" if row and row.role else f"title:{title.replace(' ', '-')}"


def merge(transitions: Transitions, variants: dict[str, Row]) -> World:
    """Add up the moves that are one once titles are merged; drop those that then end where they start."""
    moves = Moves(Counter(), Counter(), Counter())
    for (first, then), count in transitions.items():
        start, goal = end(first, variants), end(then, variants)
        if start != goal:
            moves.counts[start, goal] += count
            moves.out[start] += count
            moves.into[goal] += count
    roles: dict[str, list[Row]] = {}
    for row in variants.values():
        if row.role:
            roles.setdefault(f"role:{row.role}", []).append(row)
    return World(transitions, variants, roles, moves)


def worth_shipping(start: str, goal: str, moves: Moves) -> bool:
    """Tell whether a move between two chosen roles is seen often enough for the graph that ships.

    It is if it was seen twice or more, and touches a role of the career guide, or makes up 3 % of all moves
    out of the one role or 10 % of all into the other; or if it makes up 10 % of all out, though seen once.
    """
    count = moves.counts[start, goal]
    out, into = 100 * count / moves.out[start], 100 * count / moves.into[goal]
    matters = bool({start, goal} & GUIDE_ROLES) or out >= OUT_PERCENT or into >= IN_PERCENT
    return (count >= LEAST_COUNT and matters) or out >= LONE_PERCENT


def share(count: int, total: int) -> str:
    """Give a percentage with at most two decimals.

    >>> share(1, 3), share(1, 8), share(1, 2)
    ('33.33', '12.5', '50')
    """
    return ttl.number(str((Decimal(100 * count) / total).quantize(Decimal("0.01"), ROUND_HALF_UP)))


# --- what is said ------------------------------------------------------------------------------------


def move(start: str, goal: str, moves: Moves) -> ttl.Block:
    """Say how often a move was seen."""
    count = moves.counts[start, goal]
    return ttl.Block(
        f"moves:{start.partition(':')[2]}-to-{goal.partition(':')[2]}",
        [
            ("a", "rg:Move"),
            ("rg:fromRole", start),
            ("rg:toRole", goal),
            ("rg:count", str(count)),
            ("rg:sharePercent", share(count, moves.out[start])),
            ("rg:evidence", "rg:Observed"),
            SAYS_SO,
        ],
    )


def role(name: str, rows: list[Row]) -> ttl.Block:
    """Name a role that the career guide does not have."""
    others = [ttl.text(other) for row in rows for other in row.also.split(" | ") if other]
    label = ("skos:prefLabel", ttl.text(rows[0].label))
    return ttl.Block(name, [("a", "rg:Role"), label, ("skos:altLabel", others), SAYS_SO])


def titles(world: World) -> list[ttl.Block]:
    """Name every role and every title that no role stands for; titles are words of no known language.

    A role of the career guide is an observed title here. So the file can be read alone, and repeats no
    statement of the guide's file when it is read with it: a statement in two graphs makes queries slow.
    """
    kind = ("a", "rg:ObservedTitle")
    named = {title: end(title, world.variants) for pair in world.transitions for title in pair}
    blocks = [
        ttl.Block(name, [kind, ("skos:prefLabel", ttl.plain(title)), SAYS_SO])
        for title, name in sorted(named.items())
        if name not in world.roles
    ]
    for name, rows in world.roles.items():
        plain = ttl.Block(name, [kind, ("skos:prefLabel", ttl.plain(rows[0].label))])
        hidden = [ttl.plain(row.title) for row in rows if row.title != row.label]
        pairs = plain.pairs if name in GUIDE_ROLES else role(name, rows).pairs
        blocks.append(ttl.Block(name, [*pairs, ("skos:hiddenLabel", hidden)]))
    return blocks


def caveats(world: World) -> list[ttl.Block]:
    """Say what a reader of the moves should know."""
    seen = {title for pair in world.transitions for title in pair}
    few = sorted(name for name in world.roles if world.moves.out[name] <= FEW)
    texts = [
        ("what-was-counted", ["source:title-graph"], COUNTED),
        ("titles-not-seen", sorted(GUIDE_ROLES - world.roles.keys()), NOT_SEEN.format(titles=len(seen))),
        ("product-developer-in-software", ["role:product-developer"], IN_SOFTWARE),
        ("few-moves-seen", few, FEW_SEEN),
    ]
    kind, evidence = ("a", "rg:Caveat"), ("rg:evidence", "rg:Editorial")
    return [
        ttl.Block(
            f"moves:caveat-{slug}",
            [kind, ("rg:about", about), ("rg:text", ttl.text(text)), evidence, SAYS_SO],
        )
        for slug, about, text in texts
    ]


COUNTED = (
    "Counted by October 2018 in job histories, mostly of people who work with networks and software. A move"
    " says that one title came after another: steps down and sideways, second jobs and studies are among"
    " them. Titles are lower-cased and cut to known phrases. There are no dates, no places and no persons. A"
    " share is the part of all moves counted out of a role, to whatever title, less those that end at the"
    " same role."
)
NOT_SEEN = (
    "None of the {titles:,} titles of TitleGraph stands for this role. That no move to it or from it was"
    " observed says nothing about how often people make one."
)
IN_SOFTWARE = (
    "The product developers of TitleGraph come from software jobs and go to software jobs. Their moves need"
    " not hold for people who develop other products."
)
FEW_SEEN = f"At most {FEW} moves out of this role were counted: its shares rest on one move or a few."


def data_set(name: str, title: str, description: str) -> ttl.Part:
    """Describe a data set, its source and the source's publisher."""
    notice = (
        "Copyright (c) 2018 Eric Stasney (TitleGraph). Changed: titles merged, moves summed, shares computed."
    )
    described = ttl.dataset(name, title, description, "https://opensource.org/license/mit", "0.0.5", notice)
    source = ttl.source(
        "title-graph",
        "TitleGraph: moves between job titles",
        "org:title-graph",
        "https://github.com/estasney/TitleGraph",
        [
            ("dcterms:date", ttl.typed("2018-10-18", "date")),
            ("rg:dateNote", ttl.text("The day of the version that was read. The moves bear no dates.")),
        ],
        "Eric Stasney. TitleGraph, version 0.0.5. 2018.",
    )
    pairs = [SAYS_SO if predicate == SAYS_SO[0] else (predicate, what) for predicate, what in described.pairs]
    publisher = ttl.organization("org:title-graph", "TitleGraph project (Eric Stasney)")
    return ttl.Part("The data set and its source", [ttl.Block(described.subject, pairs), source, publisher])


# --- the two files -----------------------------------------------------------------------------------


def shipped(world: World) -> list[ttl.Part]:
    """Give the moves between chosen roles that are seen often enough, with the roles that they need."""
    moves, places = world.moves, {name: place for place, name in enumerate(world.roles)}
    kept = [pair for pair in moves.counts if places.keys() >= set(pair) and worth_shipping(*pair, moves)]
    kept.sort(key=lambda pair: (places[pair[0]], -moves.counts[pair], places[pair[1]]))
    if idle := places.keys() - {name for pair in kept for name in pair}:
        raise ttl.WrongInputError(f"{TABLE} chooses roles without a move to ship: {', '.join(sorted(idle))}")
    description = (
        f"{len(kept)} moves between {len(places)} roles in and around product leadership, of the"
        f" {len(moves.counts):,} that TitleGraph counted once its titles are merged. Here are those seen"
        f" {LEAST_COUNT} times or more that touch a role of the career guide, or make up {OUT_PERCENT} % of"
        f" all moves out of the one role or {IN_PERCENT} % of all into the other; and those that make up"
        f" {LONE_PERCENT} % of all moves out, though seen once."
    )
    return [
        data_set(
            "observed-moves", "TitleGraph: observed moves between roles of product leadership", description
        ),
        ttl.Part("What to know before use", caveats(world)),
        ttl.Part(
            "Roles that the career guide does not have",
            [role(name, rows) for name, rows in world.roles.items() if name not in GUIDE_ROLES],
        ),
        ttl.Part("Moves", [move(*pair, moves) for pair in kept]),
    ]


def whole(world: World) -> list[ttl.Part]:
    """Give all moves between all roles and titles."""
    moves = world.moves
    description = (
        f"All {len(moves.counts):,} moves between {len(moves.out | moves.into):,} titles and roles that"
        f" TitleGraph counted: its {len(world.transitions):,} pairs of titles, once titles that stand for one"
        " role are merged. A title that stands for no role is as it was found, noise included."
    )
    return [
        data_set("observed", "TitleGraph: all observed moves between job titles", description),
        ttl.Part("What to know before use", caveats(world)),
        ttl.Part("Roles and titles", titles(world)),
        ttl.Part("Moves", [move(*pair, moves) for pair in sorted(moves.counts)]),
    ]


def compress(file: Path) -> None:
    """Pack a file with gzip, without name and time, unless one with the same content is there.

    Another version of zlib may pack the same content in other bytes; that alone shall change no file.
    """
    content, target = file.read_bytes(), file.with_name(f"{file.name}.gz")
    file.unlink()
    if not target.exists() or gzip.decompress(target.read_bytes()) != content:
        packed = io.BytesIO()
        with gzip.GzipFile("", "wb", 9, packed, mtime=0) as stream:
            stream.write(content)
        target.write_bytes(packed.getvalue())


def build(source: Path, out: Path) -> None:
    """Write both files."""
    ttl.PREFIXES.update(moves=f"{ttl.RG}claim/observed-moves/", title=f"{ttl.RG}role/observed/")
    transitions = read_transitions(source / FILE)
    variants = read_variants(ttl.HERE / TABLE)
    check({title for pair in transitions for title in pair}, variants)
    if not (source / "LICENSE").is_file():
        raise ttl.WrongInputError(f"{source / 'LICENSE'}: no such file")
    licence = (source / "LICENSE").read_text("utf-8")
    world = merge(transitions, variants)
    ttl.write(
        out / "observed-moves.ttl",
        COMMENT.format(contents="moves between roles of product leadership") + licence,
        shipped(world),
    )
    everything = out / "optional" / "observed.ttl"
    ttl.write(everything, COMMENT.format(contents="all moves between job titles") + licence, whole(world))
    compress(everything)


if __name__ == "__main__":
    sys.exit(ttl.run(build, HELP, SOURCE_HELP))
