"""Degrees, certifications and trainings: what roles ask for, who grants them, what they teach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.importers import lines as nt
from rolegraph.importers.schemaorg import words
from rolegraph.importers.schemaorg.ledger import identity
from rolegraph.importers.schemaorg.nodes import Node, Text
from rolegraph.importers.schemaorg.occupations import occupation_of
from rolegraph.importers.schemaorg.terms import name_of, necessity
from rolegraph.names import BASE

if TYPE_CHECKING:
    from rolegraph.importers.schemaorg.ledger import Ledger
    from rolegraph.importers.schemaorg.nodes import Value

CREDENTIAL = "EducationalOccupationalCredential"

#: Types of courses of learning.
PROGRAMS = frozenset({"EducationalOccupationalProgram", "WorkBasedProgram", "Course"})

_ROLE, _NECESSITY = nt.named("rg:role"), nt.named("rg:necessity")


# -- what roles ask for --


def ask_for_degree(ledger: Ledger, role: str, value: Value) -> bool:
    """Claim that a role asks for the degree that a value names; False when it names none exactly."""
    said = value if isinstance(value, Node) else None
    found = _degree_of(value)
    subjects = [(found.subject, "")] if found and found.subject else _subjects(said)
    if found is None:
        return bool(subjects) and not name_of(value) and _recommend(ledger, role, subjects, said)
    own = identity(said, "degree") if said else ""
    iri = own if own.startswith(f"<{BASE}") else nt.iri(f"{BASE}degree/{found.key}")
    degree = ledger.thing("degree", found.name, iri, language="en")
    qualifier = "; ".join(filter(None, (f"in {subjects[0][0]}" if subjects else "", found.qualifier)))
    stated = necessity(said) or nt.named("rg:Preferred" if "preferred" in found.qualifier else "rg:Minimum")
    pairs = [
        (_ROLE, role),
        (nt.named("rg:degree"), degree),
        (_NECESSITY, stated),
        (nt.named("rg:qualifier"), ledger.words(qualifier) if qualifier else ""),
    ]
    ledger.claim("rg:EducationRequirement", pairs, said)
    return _recommend(ledger, role, subjects, said)


def _subjects(said: Node | None) -> list[tuple[str, str]]:
    """Give the subjects that a credential is about, each with its IRI or nothing."""
    found = [
        (name_of(about), identity(about, "subject") if isinstance(about, Node) else "")
        for about in (said.all("about") if said else ())
    ]
    return [(name, iri) for name, iri in found if 0 < len(name) <= words.LONGEST_NAME]


def _recommend(ledger: Ledger, role: str, subjects: list[tuple[str, str]], said: Node | None) -> bool:
    for name, iri in subjects:
        pairs = [(_ROLE, role), (nt.named("rg:subject"), ledger.thing("subject", name, iri))]
        ledger.claim("rg:SubjectRecommendation", pairs, said)
    return True


def _degree_of(value: Value) -> words.Degree | None:
    if isinstance(value, Text):
        return words.degree(words.plain(value.value))
    own = identity(value, "degree")
    name = words.plain(value.text("name"))
    if own.startswith(f"<{BASE}degree/") and name:
        return words.Degree(own.rpartition("/")[2].rstrip(">"), name)
    texts = [name_of(inner) for inner in value.all("credentialCategory", "educationalLevel", "name")]
    return next(filter(None, map(words.degree, texts)), None)


def ask_for_credential(ledger: Ledger, role: str, value: Value) -> bool:
    """Claim that a role asks for the credential that a value is; False when it names none."""
    if not isinstance(value, Node) or CREDENTIAL not in value.types:
        return False
    name = words.plain(value.text("name")) or name_of(Node("", values=_category(value)))
    if not name or len(name) > words.LONGEST_NAME:
        return False
    credential = ledger.thing(_kind(value), name, identity(value, _kind(value)))
    pairs = [
        (_ROLE, role),
        (nt.named("rg:credential"), credential),
        (_NECESSITY, necessity(value) or nt.named("rg:Minimum")),
    ]
    ledger.claim("rg:CredentialRecommendation", pairs, value)
    _read_issuers(ledger, value, credential)
    return True


def _category(value: Node) -> dict[str, list[Value]]:
    return {"credentialCategory": value.all("credentialCategory")}


def _kind(node: Node) -> str:
    """Tell a certification from a training; a credential of neither word is taken for a certification."""
    if identity(node, "training").startswith(f"<{BASE}training/") or PROGRAMS.intersection(node.types):
        return "training"
    category = name_of(Node("", values=_category(node)))
    return (
        "training"
        if re.search(r"\b(?:course|training|program(?:me)?)\b", category, re.IGNORECASE)
        else "certification"
    )


# -- credentials and programmes by themselves --


def read_credentials(ledger: Ledger, nodes: list[Node]) -> None:
    """Claim what the credentials and the programmes among the nodes say of themselves."""
    inner = {item for node in nodes for item in node.nodes(*_WITHIN)}
    for node in nodes:
        if CREDENTIAL in node.types or PROGRAMS.intersection(node.types):
            name = words.plain(node.text("name"))
            if name and len(name) <= words.LONGEST_NAME:
                _read(ledger, node, name)
            elif node not in inner:
                ledger.report.note(
                    "credentials and programmes without a usable name, not taken", ledger.document
                )


#: Properties whose values are told with the thing that has them.
_WITHIN = (
    "qualifications",
    "educationRequirements",
    "educationalCredentialAwarded",
    "occupationalCredentialAwarded",
    "programPrerequisites",
)


def _read(ledger: Ledger, node: Node, name: str) -> None:
    if identity(node, "degree").startswith(f"<{BASE}degree/"):
        return  # told with the roles that ask for it
    kind = _kind(node)
    thing = ledger.thing(kind, name, identity(node, kind))
    for value in node.all("alternateName"):
        if alias := name_of(value):
            ledger.alias(thing, alias)
    if description := words.plain(node.text("description"))[: words.LONGEST_TEXT]:
        ledger.write(thing, [(nt.named("skos:definition"), ledger.words(description))])
    _read_issuers(ledger, node, thing)
    _read_offers(ledger, node, thing)
    for value in node.all("competencyRequired", "teaches", "assesses"):
        _read_competency(ledger, thing, value)
    for value in node.all("occupationalCategory"):
        occupation = occupation_of(ledger, value)
        if occupation:
            pairs = [(_ROLE, occupation), (nt.named("rg:credential"), thing)]
            ledger.claim("rg:CredentialRecommendation", pairs)
    _read_words(ledger, node, thing)


def _read_issuers(ledger: Ledger, node: Node, credential: str) -> None:
    for value in node.all("recognizedBy"):
        if name := name_of(value):
            iri = identity(value, "organization") if isinstance(value, Node) else ""
            pairs = [
                (nt.named("rg:credential"), credential),
                (nt.named("rg:issuer"), ledger.thing("organization", name, iri)),
            ]
            ledger.claim("rg:IssuingClaim", pairs)


def _read_offers(ledger: Ledger, node: Node, credential: str) -> None:
    least = words.months(node.text("timeToComplete"))
    awards = [
        name_of(value) for value in node.all("educationalCredentialAwarded", "occupationalCredentialAwarded")
    ]
    for value in node.all("provider", "offeredBy"):
        if name := name_of(value):
            iri = identity(value, "organization") if isinstance(value, Node) else ""
            pairs = [
                (nt.named("rg:credential"), credential),
                (nt.named("rg:provider"), ledger.thing("organization", name, iri)),
                (nt.named("rg:minimumMonths"), nt.typed(str(least), "integer") if least else ""),
                *((nt.named("rg:awards"), ledger.words(award)) for award in awards if award),
            ]
            ledger.claim("rg:OfferingClaim", pairs)


def _read_competency(ledger: Ledger, credential: str, value: Value) -> None:
    said = value if isinstance(value, Node) else None
    names = [name_of(value)] if said else words.skill_names(value.value) if isinstance(value, Text) else []
    for name in filter(None, names):
        if len(name) > words.LONGEST_NAME:
            ledger.statement(credential, f"Competency: {name[: words.LONGEST_TEXT]}")
            continue
        skill = ledger.thing("skill", name, identity(said, "skill") if said else "")
        pairs = [(nt.named("rg:credential"), credential), (nt.named("rg:skill"), skill)]
        ledger.claim("rg:TeachingClaim", pairs, said)


#: Properties that are told in words, and what they are called there.
_WORDS = {
    "educationalLevel": "Level",
    "programPrerequisites": "Prerequisites",
    "salaryUponCompletion": "Salary upon completion",
    "trainingSalary": "Salary in training",
    "validFor": "Valid for",
    "validIn": "Valid in",
}


def _read_words(ledger: Ledger, node: Node, thing: str) -> None:
    for name, called in _WORDS.items():
        for value in node.all(name):
            text = name_of(value) or _figures(value)
            if text:
                ledger.statement(thing, f"{called}: {text[: words.LONGEST_TEXT]}.")


def _figures(value: Value) -> str:
    if not isinstance(value, Node):
        return ""
    texts = {name: value.text(name) for name in value.values}
    return ", ".join(f"{name} {words.plain(text)}" for name, text in texts.items() if text)
