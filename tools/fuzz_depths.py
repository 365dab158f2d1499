"""Makes files that are deep, long or absurd rather than wrong, for `tools/fuzz.py`.

Changing bytes at random never found what nesting did to the engine: a few kilobytes of brackets ended it.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from fuzz_mutations import one_in
from fuzz_samples import world_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    #: Files by name.
    Files = dict[str, bytes]
    Make = Callable[[Random], Files]

_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
_NODE = '<rdf:Description rdf:about="urn:a"><x:p>%s</x:p></rdf:Description></rdf:RDF>'

#: What nests: what stands before it all, what each level begins and ends with, the inside, and what ends it.
_TURTLE = (
    ("<x:a> <x:b> ", "(", "1", ")", " ."),
    ("<x:a> <x:b> ", "[ <x:b> ", "1", "]", " ."),
    ("<x:a> <x:b> ", "<<( <x:a> <x:b> ", "1", " )>>", " ."),
    ("<x:a> <x:b> 1 ", "{| <x:b> 1 ", "", " |}", " ."),
    ("", "<x:g> { ", "", "}", ""),
    ("<x:a> <x:b> ", '"', "", "'", " ."),
)
_JSON = (
    ("", '{"urn:p":', "1", "}", ""),
    ('{"@id":"urn:a","urn:p":', "[", "1", "]", "}"),
    ('{"@id":"urn:a","urn:p":', '{"@list":[', "1", "]}", "}"),
    ("", '{"@graph":', "[]", "}", ""),
    ('{"@context":', '{"a":{"@id":"urn:a","@context":', "{}", "}}", ',"a":1}'),
    ('{"urn:p":{"@type":"@json","@value":', '{"a":', "1", "}", "}}"),
    ("", '{"@reverse":{"urn:p":', '{"@id":"urn:a"}', "}}", ""),
)
_ELEMENTS = (
    (_XML, "<rdf:Description><x:p>", "", "</x:p></rdf:Description>", "</rdf:RDF>"),
    (
        _XML + "<rdf:Description>",
        '<x:p rdf:parseType="Resource">',
        "",
        "</x:p>",
        "</rdf:Description></rdf:RDF>",
    ),
    (
        _XML + '<rdf:Description><x:p rdf:parseType="Literal">',
        "<x:q>",
        "",
        "</x:q>",
        "</x:p></rdf:Description></rdf:RDF>",
    ),
)
_QUERY = (
    ("SELECT * ", "{", "?s ?p ?o", "}", ""),
    ("SELECT * { FILTER(", "(", "1", ")", ") }"),
    ("SELECT * { FILTER(", "!(", "true", ")", ") }"),
    ("SELECT * { FILTER(", "-", "1", "", ") }"),
    ("SELECT * { FILTER(", "!", "true", "", ") }"),
    ("SELECT * { FILTER(", "1+", "1", "", ") }"),
    ("SELECT * { FILTER(", "?x=1||", "1", "", ") }"),
    ("SELECT * { FILTER(", "?x IN (", "1", ")", ") }"),
    ("SELECT * { FILTER(", "IF(true,1,", "1", ")", ") }"),
    ("SELECT * { FILTER(", "STR(", "1", ")", ") }"),
    ("SELECT * { FILTER(", "COALESCE(", "1", ")", ") }"),
    ("SELECT * { ", "FILTER EXISTS { ", "?s ?p ?o", " }", " }"),
    ("SELECT * { ", "OPTIONAL { ?s ?p ?o ", "", " }", " }"),
    ("SELECT * { ", "MINUS { ?s ?p ?o ", "", " }", " }"),
    ("SELECT * { ", "GRAPH ?g { ", "?s ?p ?o", " }", " }"),
    ("SELECT * { ", "{ SELECT * { ", "?s ?p ?o", " } }", " }"),
    ("SELECT * { {} ", "UNION { ?s ?p ?o } ", "", "", "}"),
    ("SELECT * { ?a ", "(", "<x:p>", ")*", " ?b }"),
    ("SELECT * { ?a ", "^", "<x:p>", "", " ?b }"),
    ("SELECT * { ?a ", "<x:p>/", "<x:p>", "", " ?b }"),
    ("SELECT * { ?a ", "<x:p>|", "<x:p>", "", " ?b }"),
    ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
    ("SELECT * { ?s ?p ", "[ ?p ", "1", "]", " }"),
    ("SELECT * { ?s ?p ", "<<( ?s ?p ", "1", " )>>", " }"),
    ("SELECT * { ", "?s ?p ?o . ", "", "", "}"),
    ("SELECT * { VALUES ?x { ", "1 ", "", "", "} }"),
    ("SELECT ", "?x ", "", "", "{ }"),
    ("", "PREFIX a: <x:> ", "ASK { }", "", ""),
    ("SELECT * { } ORDER BY ", "?x ", "", "", ""),
    ("SELECT * { FILTER(REGEX('a', '", "(a{1,99})", "", "", "')) }"),
    ("SELECT * { FILTER(REGEX('a', '", "(", "a", ")+", "')) }"),
    ("SELECT * { ?s ?p '", "x", "", "", "' }"),
    ("SELECT * { ?s ?p ?", "x", "", "", " }"),
    ("ASK { } ", "#", "", "", ""),
)
_YAML = (
    ("a: ", "[", "", "]", ""),
    ("a: ", "{a: ", "1", "}", ""),
    ("", "- ", "1", "", ""),
    ("roles:\n", "- name: a\n", "", "", ""),
    ("a: &a [x]\n", "b: [*a, *a, *a, *a, *a, *a, *a, *a]\n", "", "", ""),
    ("role: ", "x", "", "", ""),
    ("skills: [", "x, ", "x", "", "]"),
)


def _times(rng: Random, most: int = 300_000) -> int:
    """Give a number of levels: around the limits, or far beyond."""
    near = (1, 2, 31, 63, 64, 100, 127, 128, 129, 130, 255, 999, 1_000, 1_001)
    return min(most, int(10 ** rng.uniform(3, 5.5)) if one_in(3, rng) else rng.choice(near))


def _nested(shapes: Sequence[tuple[str, str, str, str, str]], *names: str, most: int = 300_000) -> Make:
    def make(rng: Random) -> Files:
        before, begin, inside, end, after = rng.choice(shapes)
        times = _times(rng, most)
        ends = rng.randrange(times + 1) if one_in(5, rng) else times
        return {rng.choice(names): f"{before}{begin * times}{inside}{end * ends}{after}".encode()}

    return make


#: Text of about so many bytes.
_LONG: tuple[Callable[[int], str], ...] = (
    lambda size: f'<x:a> <x:b> "{"x" * size}" .',
    lambda size: f"<x:a> <x:b> <x:{'x' * size}> .",
    lambda size: f'<x:a> <x:b> "1"^^<x:{"x" * size}> .',
    lambda size: f'<x:a> <x:b> "1"@{"x" * size} .',
    lambda size: f"<x:a> <x:b> _:{'x' * size} .",
    lambda size: f"<x:a> <x:b> {'1' * size} .",
    lambda size: f'<x:a> <x:b> "1E{"9" * (size // 1_000)}"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    lambda size: f"<x:a> <x:b> ({'1 ' * (size // 100)}) .",
    lambda size: f"<x:a> <x:b> {'1, ' * (size // 100)} 1 .",
    lambda size: "".join(f"@prefix p{n}: <x:> .\n" for n in range(size // 100)),
    lambda size: "#" * size,
    lambda size: " " * size,
)


def _long_turtle(rng: Random) -> Files:
    size = 17_000_000 if one_in(10, rng) else rng.choice((10_000, 300_000))
    text = rng.choice(_LONG)(size).encode()
    if one_in(10, rng):
        return {"a.ttl.gz": gzip.compress(text, 1)}
    return {rng.choice(("a.ttl", "a.trig", "a.nt", "a.nq")): text}


def _long_json(rng: Random) -> Files:
    number = rng.choice((100, 1_000))
    terms = {f"t{n}": f"urn:t{n}" for n in range(number)}
    nodes = [{"@id": f"urn:{n}", "t1": n} for n in range(number)]
    value = rng.choice(
        (
            {"@context": terms, "@graph": nodes},
            {"@context": terms, "@graph": [{"@context": {}, **node} for node in nodes]},
            {"@context": [terms, {}, terms] * 10, "@graph": nodes},
            {"@context": {f"t{n}": {"@id": f"t{n + 1}:x"} for n in range(number)} | {f"t{number}": "urn:x"}},
            {"@context": {f"t{n}": {"@id": f"t{(n + 1) % number}:x"} for n in range(number)}},
            {"@id": "urn:a", "urn:p": "x" * 5_000_000},
            {"@id": "urn:a", "urn:p": 10**4_000},
            {"@id": "urn:a", **{f"urn:p{n}": n for n in range(number * 10)}},
        )
    )
    return {"a.jsonld": b"1" * 5_000_000 if one_in(10, rng) else json.dumps(value).encode()}


def _bomb(rng: Random) -> Files:
    levels, times = rng.choice(((3, 3), (9, 10), (30, 2), (1, 20_000), (1, 200)))
    entities = f'<!ENTITY e0 "{"x" * rng.choice((1, 10, 1_000, 1_001, 100_000))}">'
    entities += "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * times}">' for n in range(1, levels))
    declared = rng.choice(
        (
            entities,
            '<!ENTITY e0 SYSTEM "file:///etc/passwd">',
            '<!ENTITY % p "x"> <!ENTITY e0 "&#37;p;">',
            '<!ENTITY e0 "&#38;e0;">',
            f"{entities}<!ATTLIST rdf:RDF x CDATA '&e0;'>",
        )
    )
    used = f"&e{rng.choice((0, levels - 1))};" * (times if levels == 1 else 1)
    return {
        rng.choice(("a.rdf", "a.owl", "a.xml")): f"<!DOCTYPE a [{declared}]>{_XML}{_NODE % used}".encode()
    }


def _long_xml(rng: Random) -> Files:
    size = rng.choice((10_000, 1_000_000))
    text = rng.choice(
        (
            _XML + _NODE % ("x" * size),
            _XML + "<rdf:Description " + " ".join(f'x:p{n}="1"' for n in range(size // 100)) + "/></rdf:RDF>",
            _XML
            + "".join(f'<rdf:Description xmlns:a{n}="urn:a"/>' for n in range(size // 100))
            + "</rdf:RDF>",
            _XML + "<!--" + "-" * size + "--></rdf:RDF>",
            _XML + "<?a " + "x" * size + "?></rdf:RDF>",
            _XML + "<rdf:Bag>" + "<rdf:li>1</rdf:li>" * (size // 100) + "</rdf:Bag></rdf:RDF>",
        )
    )
    return {"a.rdf": text.encode()}


def _long_table(rng: Random) -> Files:
    size = rng.choice((1_000, 100_000, 1_100_000))
    text = rng.choice(
        (
            "name\n" + "x" * size,
            "name\n" + '"' + "x\n" * (size // 2),
            "name," + ",".join(f"c{n}" for n in range(size // 100)) + "\nx\n",
            "name\n" + "," * size,
            "name,aliases\nx," + "|" * size,
            "name,years\nx," + "9" * size,
            "name,ladder,rank\n" + "".join(f"r{n},l,{n}\n" for n in range(size // 1_000)),
            "\n" * size,
            "name\n" + "".join(f"r{n}\n" for n in range(size // 1_000)),
        )
    )
    return {"roles.csv": text.encode()}


def _rewired(rng: Random) -> Files:
    """Give a graph whose statements say something else: every term may stand where another one stood."""
    statements = [list(statement) for statement in world_statements()]
    terms = [term for statement in statements for term in statement] + list(_ODD_TERMS)
    for _ in range(int(10 ** rng.uniform(0, 2))):
        statement = rng.choice(statements)
        if one_in(4, rng):
            statements.remove(statement)
        else:
            statement[rng.choice((0, 1, 2, 2, 2, 2))] = rng.choice(terms)
    lines = (
        " ".join(statement) for statement in statements if statement[0][0] != '"' and statement[1][0] == "<"
    )
    return {"a.nt": "".join(f"{line} .\n" for line in lines).encode()}


_XSD = "http://www.w3.org/2001/XMLSchema#"

#: What a figure, a date, a name or a role may turn out to be.
_ODD_TERMS = (
    *(f'"{number}"^^<{_XSD}integer>' for number in ("0", "-1", "9" * 30, "99999999")),
    *(f'"{number}"^^<{_XSD}decimal>' for number in ("0.5", "-0.0", "1E9", "0." + "3" * 30, "x")),
    *(f'"{number}"^^<{_XSD}double>' for number in ("NaN", "INF", "-INF", "1e308", "1e-320")),
    *(f'"{day}"^^<{_XSD}date>' for day in ("2026-02-30", "0000-01-01", "99999-12-31", "")),
    *(
        '""',
        '"\\u0000"',
        '" "',
        '"\\u202Ex"',
        '"x"@en-GB',
        '"<b>x</b>"@en',
        '"true"',
        f'"1"^^<{_XSD}boolean>',
    ),
    *("<urn:x>", "<https://w3id.org/rolegraph/role/>", "_:b", "_:b1", "<javascript:alert(1)>", "<a:/%00>"),
)


#: Target -> what makes deep and long files for it.
DEPTHS: dict[str, tuple[Make, ...]] = {
    "turtle": (_nested(_TURTLE, "a.ttl", "a.trig", "a.nt", "a.nq"), _long_turtle),
    "jsonld": (_nested(_JSON, "a.jsonld", "a.json"), _nested(_JSON, "a.jsonld", most=2_000), _long_json),
    "rdfxml": (_nested(_ELEMENTS, "a.rdf", "a.owl"), _bomb, _bomb, _long_xml),
    "sparql": (_nested(_QUERY, "a.rq"),),
    "tables": (_nested(_YAML, "jobs.yaml", "me.yaml", most=20_000), _long_table),
    "graph": (_rewired,),
    "releases": (_nested(_JSON, "a.jsonld", "a.json", "a.html"),),
}
