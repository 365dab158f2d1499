"""What a query may not ask for: other endpoints, files, and more nesting than the engine survives.

The engine itself has no switch for SERVICE, and ends the process on a query that nests too deeply. So a query
is read before it is run. What cannot hold such a thing, which is nearly every query, is let pass at a glance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.errors import QueryError
from rolegraph.names import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rolegraph.sparql_tokens import Token

#: What looks like FROM or FROM NAMED with an IRI behind it, and neither ?from nor from:a nor a:from.
_DATASET = r"(?i)(?<![\w?$:.-])from\s*(?:named)?\s*(?:[<#]|[\w.-]*:)"

#: An IRI of the web: what host it names. Nothing but a host and a port may stand before its path.
_WEB = r"(?i)<https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#][^\\]*)?>"

#: An IRI that can be nothing else: no comparison `a<b` reads like it.
_SURE = r"<[A-Za-z][\w+.-]*://"

#: Below so many characters a query cannot hold too many operators that are words.
_SHORT = 4_000

#: The longest query in characters, the deepest nesting of brackets, the most operators between two brackets.
#: The engine was seen to die of 848 nested EXISTS, 2,208 nested groups and a sum of 6,912.
LONGEST = 262_144
DEEPEST = 128
MOST_OPERATORS = 1_000

#: How the search of paths is called; `path_service` puts its answer into a query before it comes here.
_PATH_SERVICE = frozenset({"rolegraph:path", f"<{BASE}service/path>"})

_OPERATORS = frozenset("+-*/!^|&=<>")
_OPERATOR_WORDS = frozenset({"union", "minus", "optional", "exists", "filter", "graph", "lateral"})


def asks_dataset(sparql: str) -> bool:
    """Tell whether a query says by FROM or FROM NAMED what graphs it is asked of."""
    return (
        "from" in sparql.lower()
        and re.search(_DATASET, sparql) is not None
        and any(True for _ in _datasets(_read(sparql)))
    )


def may_search_paths(sparql: str) -> bool:
    """Tell at a glance whether a query may hold a `SERVICE rolegraph:path`, which `path_service` answers.

    >>> may_search_paths("ASK { SERVICE <https://query.example.org/> { ?s ?p ?o } }")
    False
    """
    small = sparql.lower()
    return "service" in small and ("rolegraph:path" in small or f"{BASE}service/" in small)


def check_query(sparql: str, services: Sequence[str], is_graph: Callable[[str], bool]) -> None:
    """Refuse a query that would leave the data at hand, or that the engine would not survive.

    services: the hosts that SERVICE may ask. is_graph: tells of the IRI of a file that FROM names whether it
    is the name of a graph at hand; the engine opens no file, and would find nothing there.

    Raises QueryError, with the line and column of what is refused.
    """
    small = sparql.lower()
    serves, opens = "service" in small, "file:" in small
    if (
        len(sparql) > _SHORT
        or sum(map(sparql.count, "([{")) > DEEPEST
        or sum(map(sparql.count, _OPERATORS)) > MOST_OPERATORS
    ):
        _check_size(sparql)
    if not (serves or (opens and re.search(_DATASET, sparql))):
        return
    read = _read(sparql)
    if serves:
        _check_services(sparql, read, services)
    for iri in _file_iris(read):
        if not is_graph(iri.text[1:-1]):
            message = (
                f"FROM {iri.text} is refused: a query opens no file unless --allow-file names its folder"
            )
            raise _refusal(sparql, iri, message)


def files_asked(sparql: str) -> list[str]:
    """Give the IRIs of files that a query names by FROM and FROM NAMED.

    >>> files_asked("SELECT * FROM <file:///data/a.ttl> { ?s ?p 'FROM <file:///b.ttl>' }")
    ['file:///data/a.ttl']
    """
    if "file:" not in sparql.lower() or not re.search(_DATASET, sparql):
        return []
    return [iri.text[1:-1] for iri in _file_iris(_read(sparql))]


def path_of(iri: str) -> str:
    """Give the path that a file IRI stands for.

    >>> path_of("file:///data/my%20roles.ttl")
    '/data/my roles.ttl'
    """
    from urllib.parse import unquote  # noqa: PLC0415 - few queries name files

    return unquote(re.sub(r"(?i)^file:(?://(?:localhost)?(?=/))?", "", iri))


def _read(sparql: str) -> list[Token]:
    from rolegraph.sparql_tokens import tokens  # noqa: PLC0415 - few queries need a closer look

    return list(tokens(sparql))


def _datasets(read: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Give each FROM with its position; none stands within braces."""
    depth = 0
    for number, token in enumerate(read):
        depth += (token.text == "{") - (token.text == "}") if token.kind == "sign" else 0
        if token.kind == "word" and token.text.lower() in {"from", "fromnamed"} and depth == 0:
            yield number, token


def _file_iris(read: Sequence[Token]) -> Iterator[Token]:
    for number, _ in _datasets(read):
        behind = [token for token in read[number + 1 : number + 3] if token.text.lower() != "named"]
        if behind and behind[0].kind == "iri" and behind[0].text.lower().startswith("<file:"):
            yield behind[0]


def check_clear(sparql: str, read: Sequence[Token]) -> None:
    """Refuse a query of whose words it cannot be told which are strings or comments, and which are code.

    Raises QueryError, with the line and column of what can be read in two ways.
    """
    depth = 0
    for number, token in enumerate(read):
        depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
        if _is_ambiguous(token, read[number - 1] if number else None, depth):
            message = (
                f"{token.text} can be read as an IRI and as a comparison, which a query with the word service"
                " in it may not have; write a blank behind <"
            )
            raise _refusal(sparql, token, message)


def _check_services(sparql: str, read: Sequence[Token], hosts: Sequence[str]) -> None:
    check_clear(sparql, read)
    for number, token in enumerate(read):
        before = read[number - 1] if number else None
        behind = read[number + 1] if number + 1 < len(read) else None
        if _is_service(token, before, behind):
            _check_service(sparql, token, read[number + 1 : number + 3], hosts)


def _is_service(token: Token, before: Token | None, behind: Token | None) -> bool:
    if token.kind == "word":
        return "service" in token.text.lower()
    # The key word may be glued to the name behind it, and then braces follow.
    glued = token.kind == "name" and "service" in token.text.partition(":")[0].lower()
    named = before is not None and before.text.lower() == "graph"
    return glued and not named and behind is not None and behind.text == "{"


def _is_ambiguous(token: Token, before: Token | None, depth: int) -> bool:
    """Tell whether `<` may begin an IRI as well as be a sign, and strings or comments go by which it is."""
    if token.kind != "iri" or not re.search("[#']", token.text) or re.match(_SURE, token.text):
        return False
    if before is None:
        return False
    operand = before.kind != "sign" or before.text == ")"
    return before.text == "<" or (operand and depth > 0)


def _check_service(sparql: str, token: Token, behind: Sequence[Token], hosts: Sequence[str]) -> None:
    if any(item.text in _PATH_SERVICE for item in behind):
        message = (
            "SERVICE rolegraph:path is refused here: a graph of roles answers it"
            " (RoleGraph.select, rolegraph query), and a store of statements does not"
        )
        raise _refusal(sparql, token, message)
    if not hosts:
        message = (
            "SERVICE is refused: a query asks the data at hand and no other endpoint"
            " unless --allow-service names its host"
        )
        raise _refusal(sparql, token, message)
    target = [item for item in behind if item.text.lower() != "silent"][:1]
    if token.text.lower() != "service" or not target or target[0].kind != "iri":
        message = (
            "SERVICE is refused: its endpoint must be written as a whole IRI, such as <https://host/sparql>"
        )
        raise _refusal(sparql, token, message)
    web = re.fullmatch(_WEB, target[0].text)
    if web is None or web[1].lower().strip("[]") not in {host.lower().strip("[]") for host in hosts}:
        what = f"the host {web[1]} is not among" if web else f"{target[0].text} is no plain web address of"
        message = f"SERVICE is refused: {what} those allowed ({', '.join(hosts)})"
        raise _refusal(sparql, token, message)


def _check_size(sparql: str) -> None:
    if len(sparql) > LONGEST:
        message = (
            f"the query is longer than {LONGEST:,} characters; load its values as data, and ask for those"
        )
        raise QueryError(message)
    brackets, counts = ["{"], [0]  # those that are open, and the operators behind each so far
    for token in _read(sparql):
        if token.kind == "sign" and token.text in "([{":
            brackets.append(token.text)
            counts.append(0)
            if len(counts) > DEEPEST:
                raise _refusal(sparql, token, f"brackets are nested more than {DEEPEST} deep")
        elif token.kind == "sign" and token.text in ")]}" and len(counts) > 1:
            brackets.pop()
            counts.pop()
        elif _operates(token, brackets[-1]):
            counts[-1] += 1
            if counts[-1] > MOST_OPERATORS:
                message = f"more than {MOST_OPERATORS:,} operators follow each other without brackets"
                raise _refusal(sparql, token, message)


def _operates(token: Token, bracket: str) -> bool:
    if token.kind == "number":
        # A sum may be written 1+1+1; then its signs belong to the numbers. It stands in round brackets.
        return bracket == "(" and token.text[0] in "+-"
    if token.kind == "word":
        return token.text.lower() in _OPERATOR_WORDS
    return token.kind == "sign" and token.text in _OPERATORS


def _refusal(sparql: str, token: Token, message: str) -> QueryError:
    from rolegraph.sparql_tokens import error_at  # noqa: PLC0415 - loaded by now

    return error_at(sparql, token, message)
