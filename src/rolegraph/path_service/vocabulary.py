"""What may stand in the block of a search of paths: what it asks for, and what it gives."""

from __future__ import annotations

from rolegraph.names import QUERY_PREFIXES

#: What SERVICE names, and what the IRIs of all that stands in its block begin with.
SERVICE = f"{QUERY_PREFIXES['rolegraph']}path"
VOCABULARY = QUERY_PREFIXES["path"]

#: What a search asks for, and how it is read: see `searching.conditions`.
ASKS: dict[str, str] = {
    "source": "the role to begin with: its IRI, its name, or a variable",
    "target": "the role to end with, likewise",
    "cost": 'what makes a path cheap: "hops" (if nothing is said), "gap", "pay-cut", "years" or "doubt"',
    "k": "how many paths there are at most from a source to a target, the cheapest first: 1 (if nothing is said) to 1000",  # noqa: E501
    "all": "true: all paths of at most path:maxSteps moves, and not only k",
    "via": "a role to pass; may be repeated",
    "avoid": "a role not to go through; may be repeated",
    "only": 'a kind of evidence that moves may rest on: "stated", "observed", "derived", "editorial"; may be repeated',  # noqa: E501
    "maxSteps": "how many moves a path may have",
    "minPay": 'what every role on the way must pay: 90000, or by one statistic "90000 median wage"',
    "maxPayCut": 'how much pay a move may cost: 5000, or "10%"',
    "noDegree": "a degree that no role may require, nor a higher one; may be repeated",
    "missing": 'what becomes of a move whose figure no source gives: "skip" (if nothing is said), "worst" or "ignore"',  # noqa: E501
    "allowMixed": "true: pay of unlike statistics, currencies or areas is compared",
}

#: What may be asked for more than once.
REPEATABLE = frozenset({"via", "avoid", "only", "noDegree"})

#: What a search gives of a path, and of each of its moves; each is the name of a variable.
OF_PATHS: dict[str, str] = {
    "pathIndex": "the place of the path among those from its source to its target, from 1",
    "pathCost": "what the path costs",
    "pathLength": "how many moves it has",
    "pathText": "the names of its roles, such as `product developer -> chief product officer`",
    "pathStrength": "what its weakest move rests on",
}
OF_MOVES: dict[str, str] = {
    "edgeIndex": "the place of the move in the path, from 1",
    "start": "the role that the move leaves",
    "end": "the role that it leads to",
    "edgeCost": "what the move costs; nothing where no source tells",
    "edgeStrength": "what the move rests on at best, such as `stated` or `observed 2 times`",
    "claim": "the claim that says so; of a move that rests on several there is a row for each",
}
GIVES = {**OF_PATHS, **OF_MOVES}
