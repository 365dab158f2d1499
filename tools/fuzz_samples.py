"""Sound files of every kind that users hand to rolegraph, for `tools/fuzz.py` to spoil."""

from __future__ import annotations

import gzip
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rolegraph.stores import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fuzz_depths import Files

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"


def _blocks(file: Path) -> Iterator[bytes]:
    """Give pieces of a Turtle file that are files themselves."""
    text = file.read_text("utf-8")
    prefixes = "\n".join(line for line in text.split("\n") if line.startswith("@prefix"))
    for first, second in pairwise(text.split("\n\n")[:60]):
        yield f"{prefixes}\n{first}\n\n{second}\n".encode()


def _as(rdf_format: ox.RdfFormat) -> list[bytes]:
    """Give the small world, a few statements at a time, in a format."""
    quads = sorted(ox.parse((TESTS / "world.ttl").read_bytes(), format=ox.RdfFormat.TURTLE), key=str)
    some = [quads[start : start + 20] for start in range(0, len(quads), 20)]
    written = [
        ox.serialize(
            (quad if rdf_format.supports_datasets else quad.triple for quad in part), format=rdf_format
        )
        for part in some
    ]
    return [text for text in written if text is not None]


def turtle_samples() -> list[Files]:
    """Give pieces of Turtle, and of its kin."""
    files = [TESTS / "world.ttl", TESTS / "office.ttl", *sorted((ROOT / "ontology").glob("*.ttl"))]
    found = [{"a.ttl": block} for file in files for block in _blocks(file)]
    found += [{"a.ttl.gz": gzip.compress(content["a.ttl"], mtime=0)} for content in found[:3]]
    for ending in (".nt", ".nq", ".trig"):
        found += [{f"a{ending}": content} for content in _as(FORMATS[ending])]
    # What the world does not use.
    found += [
        {
            "a.trig": b"@base <x:> . PREFIX : <x:> GRAPH :g { :a :b 1, 1.0, 1e0, true ; a :c . "
            b"[ :d () ] :e _:f . } _:g {}"
        },
        {
            "a.ttl": b'@prefix : <x:> . :a :b """x\n"y""" , \'z\'@en-GB, "w"^^:t, (1 [ :c (2) ]) . '
            b"<< :a :b :c >> :d 1 ."
        },
        {
            "a.ttl": b"VERSION '1.2' <x:a> <x:b> <<( <x:a> <x:b> 1 )>> {| <x:c> 1 |} . "
            b"<x:a%20b> <x:\\u00e9> '\\t\\u20ac' ."
        },
        {"a.nq": b'<x:a> <x:b> "c"@en <x:g> .\n_:a <x:b> "1"^^<x:t> _:g .\n# end'},
    ]
    return found


_CONTEXT = {
    "@version": 1.1,
    "@vocab": "urn:v:",
    "@base": "urn:b/",
    "@language": "en",
    "p": "urn:p:",
    "list": {"@id": "p:list", "@container": "@list"},
    "lang": {"@id": "p:lang", "@container": "@language"},
    "index": {"@id": "p:index", "@container": ["@index", "@set"]},
    "ids": {"@id": "p:ids", "@container": "@id"},
    "graph": {"@id": "p:graph", "@container": ["@graph", "@id"]},
    "back": {"@reverse": "p:back"},
    "json": {"@id": "p:json", "@type": "@json"},
    "iri": {"@id": "p:iri", "@type": "@id"},
    "in": "@nest",
    "typed": {"@id": "p:typed", "@context": {"x": "p:x", "@propagate": False}},
}
_DOCUMENT: dict[str, Any] = {
    "@context": _CONTEXT,
    "@id": "a",
    "@type": ["T", "p:U"],
    "list": [1, 2.5, True, None, "x", {"@list": []}],
    "lang": {"en": "a", "de": ["b", "c"], "@none": "d"},
    "index": {"a": {"@id": "b"}, "b": [{"x": 1}]},
    "ids": {"urn:c": {"x": "y"}},
    "graph": {"urn:g": {"@id": "d", "x": {"@value": "1", "@type": "p:t"}}},
    "back": {"@id": "e"},
    "json": {"a": [1, {"b": None}]},
    "iri": ["../f", "?g", "#h", "//i/j"],
    "in": {"y": 1e21, "z": -0.0},
    "typed": {"x": {"@value": "v", "@language": "fr", "@direction": "ltr"}},
    "@graph": [{"@id": "_:k", "w": {"@set": [1]}}],
    "@included": {"@id": "l", "x": 2},
}


def json_samples() -> list[Files]:
    """Give documents in JSON-LD that use what it has."""
    whole = [{key: _DOCUMENT[key] for key in ("@context", "@id", name)} for name in _DOCUMENT]
    texts = [
        json.dumps(value, indent=indent).encode() for value in (_DOCUMENT, *whole) for indent in (None, 1)
    ]
    return [{"a.jsonld": text} for text in [*texts, *_as(ox.RdfFormat.JSON_LD)]]


def xml_samples() -> list[Files]:
    """Give documents in RDF/XML that use what it has."""
    head = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    head += b' xmlns:x="urn:x:" xml:base="urn:b/">'
    parts = [
        b'<rdf:Description rdf:about="a" x:p="1" rdf:type="urn:T"><x:q rdf:resource="#b"/></rdf:Description>',
        b'<x:T rdf:ID="c" xml:lang="en"><x:p rdf:parseType="Resource"><x:q>1</x:q></x:p></x:T>',
        (
            b'<x:T rdf:nodeID="d"><x:p rdf:parseType="Collection"><x:U/>'
            b"<rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></x:p></x:T>"
        ),
        (
            b'<x:T><x:p rdf:parseType="Literal"><b>x</b><!-- c --><![CDATA[d]]></x:p>'
            b'<x:p rdf:datatype="urn:t">1</x:p></x:T>'
        ),
        b'<x:T><x:p rdf:ID="r" x:q="2"/><x:p xml:lang="de">&#xE9;&e;&amp;&lt;</x:p></x:T>',
    ]
    doctype = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    doctype += b'<!DOCTYPE rdf:RDF [<!ENTITY e "urn:e:"><!ENTITY f "&#233;">]>\n'
    own = [
        doctype + head + b"\n".join(some) + b"\n</rdf:RDF>" for some in (parts, *([part] for part in parts))
    ]
    return [{"a.rdf": text} for text in [*own, *_as(ox.RdfFormat.RDF_XML)]]


def query_samples() -> list[Files]:
    """Give the queries that ship, and some that use what these do not."""
    texts = [file.read_bytes() for file in sorted((ROOT / "queries").rglob("*.rq"))]
    texts += [
        b"SELECT * FROM <x:a> FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        b"SELECT * { ?s ?p ?o SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(?o < 1 && ?o > 2) }",
        (
            b"BASE <x:> CONSTRUCT { ?s a [ ] } WHERE { ?s !(^a|rdf:type)/rdf:rest*/rdf:first? ?o }"
            b" LIMIT 1 OFFSET 2"
        ),
        (
            b"ASK { VALUES (?a ?b) { (UNDEF 'c'@en) ('''d''' -1e0) }"
            b" BIND(IF(?a = ?b, 1, 1/0) AS ?c) MINUS { ?d ?e ?f } }"
        ),
        (
            b"SELECT (GROUP_CONCAT(DISTINCT ?l; separator=', ') AS ?n) { ?s skos:prefLabel ?l }"
            b" GROUP BY ?s HAVING(COUNT(*) > 1)"
        ),
        (
            b"DESCRIBE ?s { ?s rdfs:label ?l FILTER(REGEX(?l, '^a.*(b|c)+$', 'i')"
            b" || EXISTS { ?s ?p ?l } || TRUE) } LIMIT 3"
        ),
        b"INSERT DATA { <x:a> <x:b> <x:c> } ; LOAD <http://127.0.0.1:9/> ; CLEAR ALL",
    ]
    return [{"a.rq": text} for text in texts]


PROFILE = b"""# a cook
role: sous-chef
skills:
  - knife skills
  - skill:hygiene
degrees: [diploma in cookery]
years: 6.5
pay:
  amount: 30_000
  currency: eur
  statistic: median total pay
"""
_MAPPINGS = (
    b"#curie_map:\n#  a: https://example.org/a/\n#mapping_set_id: https://example.org/links\n#license: x\n"
    b"subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tmapping_date\n"
    b"role:head-chef\tchef\tskos:exactMatch\ta:chef\tsemapv:LexicalMatching\t0.5\t2026-11-01\n"
    b"role:cook\t\tskos:broadMatch\ta:cook\tsemapv:ManualMappingCuration\t1\t\n"
)


def _yaml_row(row: dict[str, str]) -> str:
    first, *others = [f"{key}: {json.dumps(cell)}\n" for key, cell in row.items()]
    return f"  - {first}{''.join(f'    {line}' for line in others)}"


def table_samples() -> list[Files]:
    """Give a job architecture as CSV and as YAML, a profile, and mappings."""
    from tables import COMPANY, as_csv

    whole = {f"{name}.csv": as_csv(rows).encode() for name, rows in COMPANY.items()}
    yaml = json.dumps(COMPANY, ensure_ascii=False, indent=1).encode()
    plain = "".join(f"{name}:\n{''.join(map(_yaml_row, rows))}" for name, rows in COMPANY.items()).encode()
    links = [{"links.sssom.tsv": _MAPPINGS}] * 4
    return [
        *[whole] * 8,
        *[{"jobs.yaml": yaml}, {"jobs.yaml": plain}] * 2,
        *[{"me.yaml": PROFILE}] * 4,
        *links,
    ]


_POSTING = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "cook (m/f/d)",
    "datePosted": "2026-11-01",
    "hiringOrganization": {"@type": "Organization", "name": "Inn", "sameAs": "https://inn.example/"},
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 20, "maxValue": "30", "unitText": "HOUR"},
    },
    "jobLocation": [{"@type": "Place", "address": {"addressCountry": "DE"}}],
    "occupationalCategory": "35-1011.00 Chefs",
    "experienceRequirements": "3-5 years",
    "skills": "baking, <i>plating</i>; x",
}


def release_samples() -> list[Files]:
    """Give small releases of O*NET and ESCO, and pages with JSON-LD."""
    import esco_release
    from test_importers_onet import RELEASE, table
    from test_importers_schemaorg import COOK

    occupations = {f"{name}.txt": table(text) for name, text in RELEASE.items()}
    esco = {name: esco_release.as_csv(made) for name, made in esco_release.tables().items()}
    page = b'<html><script type="application/ld+json">%s</script><p>x</p></html>'
    cook = json.dumps(COOK, indent=1).encode()
    posting = json.dumps(_POSTING).encode()
    pages = [{"a.jsonld": cook}, {"a.html": page % cook}, {"a.json": posting}, {"a.htm": page % posting}]
    return [*[occupations] * 6, *[esco] * 6, *pages * 2]


@cache
def world_statements() -> list[tuple[str, ...]]:
    """Give the statements of the small world, each as three terms in N-Triples."""
    quads = sorted(ox.parse((TESTS / "world.ttl").read_bytes(), format=ox.RdfFormat.TURTLE), key=str)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def graph_samples() -> list[Files]:
    """Give whole graphs."""
    texts = [(TESTS / name).read_bytes() for name in ("world.ttl", "office.ttl")]
    return [{"a.ttl": text} for text in texts]


#: Calls of the command line in a folder that holds what they name.
_CALLS = """
find chef
role sous-chef --format json
path cook head-chef --by gap --plan
path cook head-chef -k 3 --via sous-chef --format md
path head-chef --have me.yaml --missing worst --tradeoffs gap,hops
path cook head-chef --avoid sous-chef --max-steps 3 --min-pay 20000 --without-source x
path cook head-chef --only stated --max-pay-cut 10% --no-degree bachelor --format turtle
gap cook head-chef --have me.yaml
why cook head-chef
profile me.yaml --format csv
profile --init -o mine.yaml --force
query ASK{} --max-rows 2 --timeout 5
query skills_of_role role=cook --format csv
query pay_at_least amount=3 currency=EUR
queries show pay
view -o out.html
view cook head-chef -o out.html --format md
import table jobs -o out.ttl --name a --ladders --base https://example.org/
import table --init new
import schemaorg page.html -o out.ttl --accessed 2026-11 --publisher x
lint --fail-on warning --rule dead-end
map --data office.ttl -o links.sssom.tsv --kind role
export out.nq
export out.csv --as csv --moves-only
info --source x
diff world.ttl office.ttl --only roles --routes cook head-chef
completion bash
shell
"""


def argument_samples() -> list[Files]:
    """Give calls of the command line, an argument a line."""
    calls = [call.split(" ") for call in _CALLS.strip().split("\n")]
    return [{"arguments": "\n".join([*call, "--data", "world.ttl"]).encode()} for call in calls]
