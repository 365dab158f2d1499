"""Prefixes, and IRIs as people write them: `role:product-manager` for the long form."""

from __future__ import annotations

import re
import unicodedata

#: Every IRI that rolegraph mints starts with this.
BASE = "https://w3id.org/rolegraph/"

#: Kinds of things that have a folder, and so a prefix, of their own under BASE.
FOLDERS = (
    "role",
    "group",
    "skill",
    "duty",
    "value",
    "degree",
    "subject",
    "certification",
    "training",
    "org",
    "occupation",
    "area",
    "source",
    "graph",
    "claim",
    "route",
)

#: Prefixes that may be used in queries without declaring them, and that short names are made with.
PREFIXES: dict[str, str] = {
    "rg": BASE,
    **{folder: f"{BASE}{folder}/" for folder in FOLDERS},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "esco": "http://data.europa.eu/esco/model#",
}

#: Prefixes that queries may use without declaring them: these, and two for `SERVICE rolegraph:path`, with
#: which nothing is written.
QUERY_PREFIXES: dict[str, str] = {**PREFIXES, "rolegraph": f"{BASE}service/", "path": f"{BASE}service/path/"}

#: Longest namespace first, so that a short name is as short as it can be.
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))

#: Parts of an IRI that may follow a prefix; claims and sections are a level deeper than other things.
_LOCAL = re.compile(r"\w[\w./-]*(?<![./])|")

#: The kinds of what moves connect: the ends of a path.
ROLE_KINDS = frozenset({"role", "group", "occupation"})


def shorten(iri: str) -> str:
    """Write an IRI with a known prefix where that is possible.

    >>> shorten("https://w3id.org/rolegraph/role/product-manager")
    'role:product-manager'
    >>> shorten("https://example.org/x")
    'https://example.org/x'
    """
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else iri
    return iri


def expand(text: str) -> str | None:
    """Give the IRI that `text` writes out or abbreviates, None when it is neither.

    >>> expand("role:product-manager")
    'https://w3id.org/rolegraph/role/product-manager'
    >>> expand("<https://example.org/x>")
    'https://example.org/x'
    >>> expand("product manager") is None
    True
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    if re.search(r"[\s<>\"{}|\\^`]", text):
        return None
    prefix, colon, local = text.partition(":")
    if not colon:
        return None
    if prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return text if re.match(r"(https?|urn|file|tag|info)$", prefix) else None


def fold(text: str) -> str:
    """Fold case, accents, hyphens and blanks away, for comparing names.

    >>> fold("  Vice-Président  of PRODUCT ")
    'vice president of product'
    """
    if text.isascii():  # as most names are, and then this is several times faster
        return " ".join(text.casefold().replace("-", " ").replace("_", " ").replace("/", " ").split())
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[-_/\u2010-\u2015]", " ", plain.casefold()).split())


def slug(text: str) -> str:
    """Make the last part of a readable IRI from a label.

    >>> slug("VP of Product (EMEA)")
    'vp-of-product-emea'
    """
    return re.sub(r"[^\w]+", "-", fold(text)).strip("-") or "unnamed"
