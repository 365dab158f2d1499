"""What the variables at the ends of a search can stand for, by the patterns around it.

SPARQL joins the rows of a SERVICE with those of its group, and of the groups around that. So only such ends
matter as these patterns leave. They are asked without the search; what might leave out too much without it
(a FILTER on the cost of a path, say) is left out, for the join is made again afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.explaining.pieces import pieces_of, take_apart
from rolegraph.sparql_tokens import error_at, partners, written
from rolegraph.stores import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rolegraph.any_store import Store
    from rolegraph.explaining.pieces import Piece
    from rolegraph.path_service.reading import Search
    from rolegraph.sparql_tokens import Token

#: Pairs of a source and a target that are searched at most.
MOST_PAIRS = 1_000

#: Kinds of pieces that bind nothing for sure: they judge the rows that there are, or may add to them.
_JUDGES = ("filter", "minus")
_LOOSE = (*_JUDGES, "optional")


@dataclass(frozen=True)
class Level:
    """A group around a search: its pieces but for the one that the search is in, within the graph named."""

    pieces: tuple[Piece, ...]
    graph: str = ""

    @property
    def variables(self) -> set[str]:
        """The variables that its patterns bind."""
        return {name for piece in self.kept for name in piece.variables}

    @property
    def kept(self) -> list[Piece]:
        """The pieces that bind for sure: a BIND only where others bind all that it goes by."""
        kept = [piece for piece in self.pieces if piece.kind not in (*_LOOSE, "bind")]
        told = {name for piece in kept for name in piece.variables}
        for piece in self.pieces:
            if piece.kind == "bind" and told.issuperset(piece.variables[:-1]):
                kept.append(piece)
                told.update(piece.variables)
        return [piece for piece in self.pieces if piece in kept]

    @property
    def text(self) -> str:
        """The group as SPARQL, with such filters as look at its own variables alone."""
        own, bind = self.variables, self.kept
        kept = [
            piece
            for piece in self.pieces
            if piece in bind or (piece.kind in _JUDGES and own.issuperset(piece.variables))
        ]
        inner = " ".join(f"{piece.text} ." if piece.kind == "triple" else piece.text for piece in kept)
        return f"GRAPH {self.graph} {{ {inner} }}" if self.graph else f"{{ {inner} }}"


def levels(sparql: str, words: Sequence[Token], search: Search, others: Sequence[Search]) -> list[Level]:
    """Give the groups around a search from the innermost to the outermost that its rows are joined with.

    Pieces that hold one of the other searches are left out.

    Raises QueryError for a search within another SERVICE, which asks another endpoint.
    """
    pairs = partners(words) or {}
    unknown = {other.word.start for other in (search, *others)}
    braces = [
        place for place in range(search.first) if words[place].text == "{" and pairs[place] > search.last
    ]
    # Within EXISTS a query within is asked anew for each row around it.
    anew = any(words[brace - 1].says("EXISTS") for brace in braces)
    found: list[Level] = []
    waiting = 0  # levels that have not yet been told within which graph they are
    inside = search.word.start
    for brace in reversed(braces):
        group = tuple(words[brace + 1 : pairs[brace]])
        if group[0].says("SELECT"):
            break  # what its rows are joined with has other variables
        pieces = pieces_of(group) or []
        holder = next((piece for piece in pieces if _holds(piece, {inside})), None)
        if holder is not None and holder.kind == "service" and inside != search.word.start:
            message = "rolegraph:path is searched here, and cannot stand within another SERVICE"
            raise error_at(sparql, search.word, message)
        if holder is not None and holder.kind == "graph":
            graph = written(holder.tokens[1:2])
            found[waiting:] = [Level(level.pieces, graph) for level in found[waiting:]]
            waiting = len(found)
        if holder is not None and holder.kind in {"optional", "minus", "bind"}:
            # Which rows these match is settled before what stands behind them comes in.
            pieces = pieces[: pieces.index(holder)]
        rest: Iterable[Piece] = (
            piece for piece in pieces if piece.kind != "service" and not _holds(piece, unknown)
        )
        if anew:
            rest = filter(_asks_nothing, rest)
        found.append(Level(tuple(rest)))
        if holder is not None and holder.kind in {"optional", "minus", "bind", "filter"}:
            break  # nor do the groups around this one come in before
        inside = words[brace].start
    return found


def _asks_nothing(piece: Piece) -> bool:
    return not any(token.says("SELECT") for token in piece.tokens)


def _holds(piece: Piece, starts: set[int]) -> bool:
    return any(token.start in starts for token in piece.tokens)


def concerning(names: Iterable[str], around: Sequence[Level]) -> list[Level]:
    """Give what of the groups these variables hang on, by the variables that patterns share.

    What has to do with the rows of the search alone would be joined with everything else without them.
    """
    reached = {f"?{name}" for name in names}
    pieces = [piece for level in around for piece in level.pieces if piece.kind not in _LOOSE]
    before = 0
    while len(reached) > before:
        before = len(reached)
        reached |= {name for piece in pieces if reached & set(piece.variables) for name in piece.variables}
    found = (
        Level(tuple(one for one in level.pieces if reached & set(one.variables)), level.graph)
        for level in around
    )
    return [level for level in found if level.variables]


def bound(around: Iterable[Level]) -> set[str]:
    """Give the names of the variables that these groups bind."""
    return {name[1:] for level in around for name in level.variables}


def candidates(
    sparql: str, search: Search, around: Sequence[Level], store: Store, blanked: str
) -> list[tuple[str, ...]]:
    """Give the IRIs that the variables at the ends of a search can stand for together, each pair once.

    blanked: the query without its searches, for its prefixes and graphs.

    Raises QueryError where they are more than MOST_PAIRS, and where one of the ends has no value in a row.
    """
    names = list(search.ends.values())
    asked = take_apart(blanked)
    if asked is None:
        message = "with statements about statements in the query, path:source and path:target must be roles"
        raise error_at(sparql, search.word, message)
    patterns = " ".join(level.text for level in around)
    iris = " ".join(f"FILTER(!BOUND(?{name}) || ISIRI(?{name}))" for name in names)
    chosen = " ".join(f"?{name}" for name in names)
    rows = list(store.select(asked.select(chosen, f"{patterns} {iris}", MOST_PAIRS + 1)))
    if len(rows) > MOST_PAIRS:
        message = (
            f"more than {MOST_PAIRS:,} pairs of a path:source and a path:target fit the patterns around this"
            " search; add patterns that leave fewer"
        )
        raise error_at(sparql, search.word, message)
    for row in rows:
        if lacking := [name for name in names if row[name] is None]:
            message = f"the patterns around this search leave ?{lacking[0]} without a value in some rows"
            raise error_at(sparql, search.word, message)
    return sorted(tuple(text_of(term) for term in row) for row in rows)
