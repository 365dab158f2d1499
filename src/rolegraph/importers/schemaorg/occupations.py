"""Occupational categories: roles mapped to the occupations of classifications."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg.ledger import identity
from rolegraph.importers.schemaorg.nodes import Node
from rolegraph.importers.schemaorg.terms import name_of
from rolegraph.importers.schemaorg.words import LONGEST_NAME, plain, soc
from rolegraph.names import BASE, fold

if TYPE_CHECKING:
    from rolegraph.importers.schemaorg.ledger import Ledger
    from rolegraph.importers.schemaorg.nodes import Value

#: The year of the present edition of the US classification (SOC 2018); O*NET's is of 2019.
_PRESENT_SOC = 2018

_MATCHES = frozenset({"ExactMatch", "CloseMatch", "AmbiguousMatch", "NearMatch"})

_DOUBT = "The page says no more of how well the two match."


def name_of_category(value: Value) -> str:
    """Give the name of a category, without its code."""
    text = name_of(value)
    return text.removeprefix(soc(text)).strip(" :-\u2013")


def map_to_category(ledger: Ledger, role: str, names: set[str], value: Value) -> None:
    """Map a role to the occupation that a category names by its code; a category without one stays words."""
    name = name_of_category(value)[:LONGEST_NAME]
    occupation = occupation_of(ledger, value)
    if not occupation:
        if name:
            ledger.statement(
                role, f"Occupational category: {name}.", value if isinstance(value, Node) else None
            )
        return
    same = fold(name) in {fold(known) for known in names}
    match, doubt = _match(value, same=same)
    pairs = [
        (nt.named("rg:role"), role),
        (nt.named("rg:occupation"), occupation),
        (nt.named("rg:match"), nt.named(f"rg:{match}")),
        (nt.named("rg:matchedLabel"), ledger.words(name) if name else ""),
        (nt.named("rg:doubt"), ledger.words(doubt) if doubt else ""),
    ]
    ledger.write(role, [(nt.named("rg:describedAs"), occupation)])
    ledger.claim("rg:Mapping", pairs, value if isinstance(value, Node) else None)


def occupation_of(ledger: Ledger, value: Value) -> str:
    """Name the occupation of a category and give its IRI; empty where no code or identifier tells one."""
    node = value if isinstance(value, Node) else None
    text = (
        plain(node.text("codeValue", "termCode") or name_of(node))
        if node
        else plain(getattr(value, "value", ""))
    )
    name = name_of_category(value)[:LONGEST_NAME]
    code = soc(text)
    if node:
        _check_code(ledger, node, code)
    own = identity(node, "occupation") if node else ""
    scheme = _scheme(node)
    if own:
        iri = own
    elif code:
        iri = _soc_iri(code)
    elif re.fullmatch(r"\d{1,4}", text) and "isco" in fold(scheme):
        iri = nt.iri(f"http://data.europa.eu/esco/isco/C{text}")
    elif node and node.text("codeValue", "termCode"):
        iri = nt.minted("occupation", "schemaorg", scheme or "unnamed", text)
    else:
        return ""
    occupation = ledger.thing("occupation", name or f"{'SOC ' if code else ''}{text}"[:LONGEST_NAME], iri)
    known = [code, *([code[:7]] if code.endswith(".00") else [])] if code else [text] if not own else []
    ledger.write(occupation, [(nt.named("skos:notation"), nt.text(item)) for item in known])
    return occupation


def _soc_iri(code: str) -> str:
    # O*NET's .00 is the occupation of SOC itself; its other endings divide one up.
    whole = len(code) == 7 or code.endswith(".00")  # noqa: PLR2004 - 11-2021
    return nt.iri(f"{BASE}occupation/{f'soc-{code[:7]}' if whole else f'onet-{code}'}")


def _scheme(node: Node | None) -> str:
    for value in node.all("inCodeSet", "inDefinedTermSet") if node else ():
        if isinstance(value, Node):
            return " ".join(filter(None, (value.text("name"), value.text("url"), value.iri)))
        return value.value
    return ""


def _check_code(ledger: Ledger, node: Node, code: str) -> None:
    """Note a code that its own address contradicts, and one whose code set says that it is an older one."""
    if not code:
        return
    for value in node.all("url", "sameAs"):
        text = getattr(value, "iri", "") or getattr(value, "value", "")
        other = re.search(r"\d\d-\d{4}(?:\.\d\d)?", text)
        if other and other[0][:7] != code[:7]:
            ledger.report.note("codes that their own address contradicts", f"{code}, at {text[:120]}")
    for code_set in node.nodes("inCodeSet", "inDefinedTermSet"):
        said = " ".join(code_set.text(name) for name in ("name", "version", "dateModified", "datePublished"))
        dated = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", said)]
        if dated and max(dated) < _PRESENT_SOC:
            ledger.report.note(
                "codes of an older classification, by the year of its code set", f"{code} ({max(dated)})"
            )


def _match(value: Value, *, same: bool) -> tuple[str, str]:
    node = value if isinstance(value, Node) else None
    stated = [inner.iri.removeprefix(BASE) for inner in node.nodes("rg:match")] if node else []
    match = next((item for item in stated if item in _MATCHES), "ExactMatch" if same else "CloseMatch")
    if match in {"ExactMatch", "CloseMatch"}:
        return match, plain(node.text("rg:doubt")) if node else ""
    return match, (plain(node.text("rg:doubt")) if node else "") or _DOUBT
