"""SPARQL that is none, that may not be asked, or that would take more than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bad_input.cases import WORLD, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROLES = "?role a rg:Role ."

#: A query -> what is said of it.
WRONG = {
    # words
    "SELECT ?role\nWHERE\n  ?role a rg:Role": "line 3, column 3",
    "SELECT ?role WHER { ?role a rg:Role }": "line 1, column 14",
    "SELECT ?role, ?name { ?role skos:prefLabel ?name }": "line 1, column 13",
    "SELECT role { ?role a rg:Role }": "line 1, column 8",
    "SELECT $ { ?role a rg:Role }": "line 1, column ",
    "SELECT ? { ?role a rg:Role }": "line 1, column ",
    "SELECT DISTINCT REDUCED * { ?s ?p ?o }": "line 1, column 17",
    "SELECT * DISTINCT { ?s ?p ?o }": "line 1, column 10",
    "SELECT ALL ?s { ?s ?p ?o }": "line 1, column 8",
    "SELECT TOP 5 ?s { ?s ?p ?o }": "line 1, column 8",
    "SELECT * * { ?s ?p ?o }": "line 1, column 10",
    "SELECT * FROM { ?s ?p ?o }": "line 1, column 15",
    "SELECT * FROM graph:a, graph:b { ?s ?p ?o }": "line 1, column 22",
    "SELECT * USING <urn:g> { ?s ?p ?o }": "line 1, column 10",
    "SELECT ?s COUNT(?o) { ?s ?p ?o }": "line 1, column 11",
    "SELECT COUNT(?s) AS ?n { ?s ?p ?o }": "line 1, column 8",
    "SELECT (COUNT(?s)) { ?s ?p ?o }": "line 1, column 18",
    "SELECT (?o + AS ?n) { ?s ?p ?o }": "line 1, column ",
    "SELECT (?o AS n) { ?s ?p ?o }": "line 1, column 15",
    "ASK WHERE ?s ?p ?o": "line 1, column 11",
    "ASK { ?s ?p ?o } LIMIT one": "line 1, column ",
    "ASK * { ?s ?p ?o }": "line 1, column 5",
    "CONSTRUCT ?s ?p ?o WHERE { ?s ?p ?o }": "line 1, column 11",
    "CONSTRUCT { ?s ?p ?o FILTER(?o > 1) } WHERE { ?s ?p ?o }": "line 1, column 22",
    "CONSTRUCT { OPTIONAL { ?s ?p ?o } } WHERE { ?s ?p ?o }": "line 1, column 13",
    "CONSTRUCT WHERE { ?s ?p ?o FILTER(?o > 1) }": "line 1, column 28",
    "CONSTRUCT { ?s ?p+ ?o } WHERE { ?s ?p ?o }": "line 1, column ",
    "DESCRIBE ?s ?p { }, ?o": "line 1, column ",
    "DESCRIBE 'CPO'": "line 1, column 10",
    "EXPLAIN SELECT * { ?s ?p ?o }": "line 1, column 1",
    "WHERE { ?s ?p ?o }": "line 1, column 1",
    "{ SELECT * { ?s ?p ?o } }": "line 1, column 1",
    "SELECT * WHERE { ?s ?p ?o } SELECT * WHERE { ?s ?p ?o }": "line 1, column 29",
    "PREFIX rg: <https://w3id.org/rolegraph/> ; SELECT * { ?s ?p ?o }": "line 1, column 42",
    "PREFIX rg: <https://w3id.org/rolegraph/> .\nSELECT * { ?s ?p ?o }": "line 1, column 42",
    "@prefix rg: <https://w3id.org/rolegraph/> .\nSELECT * { ?s ?p ?o }": "line 1, column 1",
    "PREFIX rg <https://w3id.org/rolegraph/> SELECT * { ?s ?p ?o }": "line 1, column ",
    "PREFIX rg: https://w3id.org/rolegraph/ SELECT * { ?s ?p ?o }": "line 1, column 12",
    "PREFIX rg: 'https://w3id.org/rolegraph/' SELECT * { ?s ?p ?o }": "line 1, column 12",
    "BASE https://w3id.org/ SELECT * { ?s ?p ?o }": "line 1, column 6",
    # patterns
    "SELECT * { ?s ?p ?o; }}": "line 1, column 23",
    "SELECT * { ?s ?p ?o, }": "line 1, column ",
    "SELECT * { ?s ?p ; ?o }": "line 1, column ",
    "SELECT * { ?s ?p ?o ?x }": "line 1, column 21",
    "SELECT * { ?s ?p ?o ?s ?p ?o }": "line 1, column 21",
    "SELECT * { ?s a ?p ?o }": "line 1, column 20",
    "SELECT * { a a rg:Role }": "line 1, column ",
    "SELECT * { ?s CPO ?o }": "line 1, column ",
    "SELECT * { CPO ?p ?o }": "line 1, column ",
    "SELECT * { 'CPO' ?p }": "line 1, column ",
    "SELECT * { ?s 'name' ?o }": "line 1, column ",
    "SELECT * { ?s 5 ?o }": "line 1, column ",
    "SELECT * { ?s _:p ?o }": "line 1, column ",
    "SELECT * { ?s rg:leadsTo** ?o }": "line 1, column ",
    "SELECT * { ?s rg:leadsTo{1,3} ?o }": "line 1, column ",
    "SELECT * { ?s !?p ?o }": "line 1, column ",
    "SELECT * { ?s (rg:a| ) ?o }": "line 1, column ",
    "SELECT * { ?s ?p* ?o }": "line 1, column ",
    "SELECT * { OPTIONAL ?s ?p ?o }": "line 1, column 21",
    "SELECT * { { ?s ?p ?o } UNION }": "line 1, column ",
    "SELECT * { UNION { ?s ?p ?o } }": "line 1, column ",
    "SELECT * { ?s ?p ?o } UNION { ?s ?p ?o }": "line 1, column 23",
    "SELECT * { ?s ?p ?o MINUS }": "line 1, column ",
    "SELECT * { GRAPH ?g ?s ?p ?o }": "line 1, column ",
    "SELECT * { GRAPH 'curated' { ?s ?p ?o } }": "line 1, column ",
    "SELECT * { BIND(?s) }": "line 1, column ",
    "SELECT * { BIND ?s AS ?t }": "line 1, column ",
    "SELECT * { ?s ?p ?o BIND('x' AS ?o) }": "line 1, column ",
    "SELECT * { VALUES ?x 1 }": "line 1, column ",
    "SELECT * { VALUES ?x { 1, 2 } }": "line 1, column ",
    "SELECT * { VALUES (?x ?y) { (1 2 3) } }": "line 1, column ",
    "SELECT * { VALUES ?x { _:b } }": "line 1, column ",
    "SELECT * { _:a ?p ?o } GROUP BY _:a": "line 1, column ",
    "SELECT * { { _:a ?p ?o } { _:a ?p ?o } }": "line 1, column ",
    "SELECT * { ?s ?p ?o . LIMIT 5 }": "line 1, column ",
    # filters and functions
    "SELECT * { ?s ?p ?o FILTER ?o > 1 }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o == 1) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o <> 1) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o AND ?p) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(NOT ?o) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o LIKE 'a%') }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o IN 1, 2) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o IN (1 2)) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o BETWEEN 1 AND 2) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o = null) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o = True) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(1 < 2 < 3) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER((?o > 1) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(?o > 1)) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o)) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(REGEX(?o)) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(BOUND('x')) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(STRLEN(?o, 1)) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(LENGTH(?o) > 1) }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER(rg:no(?o)) }": "line 1, column 28: there is no function rg:no",
    "SELECT * { ?s ?p ?o FILTER EXISTS ?s }": "line 1, column ",
    "SELECT * { ?s ?p ?o FILTER NOT { ?s ?p ?o } }": "line 1, column ",
    "SELECT (SUM(?a, ?b) AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT (MEDIAN(?b) AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT (SUM(*) AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT ?s (SUM(?b) AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT * { ?s ?a ?b } GROUP BY ?s": "line 1, column ",
    "SELECT (GROUP_CONCAT(?b, ',') AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT (GROUP_CONCAT(?b; separator=,) AS ?n) { ?s ?a ?b }": "line 1, column ",
    "SELECT ?s { ?s ?a ?b FILTER(COUNT(?b) > 1) }": "",
    "SELECT ?s { ?s ?a ?b } HAVING (COUNT(?b)": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } HAVING COUNT > 1": "line 1, column ",
    # modifiers
    "SELECT ?s { ?s ?a ?b } ORDER ?s": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } ORDER BY ?s DESC": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } ORDER BY 1": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } LIMIT 5 ORDER BY ?s": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } LIMIT 5, 10": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } LIMIT ?n": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } LIMIT 1.5": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } OFFSET -1": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } LIMIT 5 LIMIT 6": "line 1, column ",
    "SELECT ?s { ?s ?a ?b } VALUES ?s": "line 1, column ",
    # terms
    "SELECT * { ?s rdfs:label 'b\" }": "line 1, column ",
    "SELECT * { ?s rdfs:label 'it's' }": "line 1, column ",
    "SELECT * { ?s rdfs:label “b” }": "line 1, column ",
    "SELECT * { ?s rdfs:label 'b'@english_uk }": "line 1, column ",
    "SELECT * { ?s rdfs:label 'b'^^string }": "line 1, column ",
    "SELECT * { ?s rdfs:label 'b'^^no:string }": "line 1, column ",
    r"SELECT * { ?s rdfs:label 'C:\data' }": "line 1, column ",
    "SELECT * { ?s rdfs:label \"\"\"b }": "line 1, column ",
    "SELECT * { <https://example.org/a b> ?p ?o }": "line 1, column ",
    "SELECT * { <https://example.org/{a}> ?p ?o }": "line 1, column ",
    "SELECT * { <https://[/> ?p ?o }": "line 1, column ",
    "SELECT * { <role> ?p ?o }": "line 1, column ",
    "SELECT * { role:chief product officer ?p ?o }": "line 1, column ",
    "SELECT * { role:a/b ?p ?o }": "line 1, column ",
    "SELECT * { role:%zz ?p ?o }": "line 1, column ",
    "SELECT * { Role:a ?p ?o }": "line 1, column ",
    "SELECT * { :a ?p ?o }": "line 1, column ",
    "SELECT * { ?my-name ?p ?o }": "line 1, column ",
    "SELECT * { ?s ?p 1. 2 }": "line 1, column ",
    "SELECT * { ?s ?p .5e }": "line 1, column ",
    "SELECT * { ?s ?p --5 }": "line 1, column ",
    "SELECT * { ?s ?p [ ?a } ": "line 1, column ",
    "SELECT * { ?s ?p ( 1 2 }": "line 1, column ",
    "SELECT * { << ?s ?p ?o }": "line 1, column ",
    "SELECT * { ?s ?p ?o } # done\n}": "line 2, column 1",
    "SELECT *\r\n{\r\n  ?s ?p\r\n}": "line 4, column 1",
    "SELECT *\t{\t?s\t?p\t}": "line 1, column ",
    "SELECT * { ?s ?p ?o }\0": "line 1, column 22",
    "SELECT * { ?s ?p \x1b]0;owned\x07 }": "line 1, column ",
    "SELECT * { ?s ?p \u202eowned\u202c }": "line 1, column ",
    "SELECT\u00a0* { ?s ?p ?o }": "line 1, column 7",
    "\ufeff\ufeffSELECT * { ?s ?p ?o }": "line 1, column 1",
    "SELECT\u2003* { ?s ?p ?o }": "line 1, column 7",
    # another language
    "SELECT name FROM roles WHERE pay > 100000": "line 1, column 8",
    "MATCH (r:Role)-[:LEADS_TO]->(g) RETURN r": "line 1, column 1",
    "g.V().hasLabel('role').out()": "line 1, column 1",
    "{ roles { name pay } }": "line 1, column 1",
    "FOR r IN roles RETURN r { }": "line 1, column 1",
    "from roles select name {": "line 1, column 1",
    "what does a CPO earn?": "line 1, column 1",
    "<sparql><query/></sparql> {}": "line 1, column 1",
    "import rolegraph; rolegraph.open() {}": "line 1, column 1",
    # what may not be asked
    "DROP ALL ": "updates are refused",
    "\n\n  INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }": "updates are refused",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }": "updates are refused",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>": "updates are refused",
    "CLEAR GRAPH <urn:g> ": "updates are refused",
    "ASK { ?s ?p ?o } ; DROP ALL": "line 1, column 18",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }": "line 1, column 12: SERVICE is refused",
    "SELECT * {\n SERVICE SILENT ?x { ?s ?p ?o } }": "line 2, column 2: SERVICE is refused",
    "SELECT * { {} UNION { SERVICE#\n<http://127.0.0.1:9/>{} } }": "SERVICE is refused",
    "SELECT * { sErViCe <file:///etc/passwd> { ?s ?p ?o } }": "SERVICE is refused",
    "ASK FROM <file:///etc/passwd> { ?s ?p ?o }": "line 1, column ",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }": "line 1, column ",
    # too much
    "SELECT * { " + "{ " * 5_000 + "?s ?p ?o" + " }" * 5_000 + " }": "128",
    "SELECT * { ?s ?p ?o FILTER(" + "(" * 3_000 + "1" + ")" * 3_000 + ") }": "128",
    "SELECT * { ?s ?p ?o FILTER(" + "!" * 60_000 + "?o) }": "line 1",
    "SELECT * { ?s ?p ?o FILTER(" + "1 + " * 60_000 + "?o) }": "line 1",
    "SELECT * { ?s " + "^" * 60_000 + "rg:a ?o }": "line 1",
    "SELECT * { ?s ?p '" + "x" * 300_000 + "' }": "262,144",
    "SELECT * { " + "?s ?p ?o . \n" * 2_000 + "?s ?p }": "line 2001, column 7",
    "SELECT * { ?s ?p ?o } " + "ORDER BY ?s " * 500: "line 1, column ",
    "SELECT " + "?" + "x" * 200_000 + " { ?s ?p }": "line 1, column ",
    "SELECT * { ?s ?p [ " + "?p [ " * 2_000: "128",
}  # fmt: skip

#: Calls beside the query -> what is said.
AROUND: Mapping[tuple[str, ...], tuple[int, str]] = {
    ("ASK {}", "--timeout", "-1"): (2, "-1.0 is not in the range"),
    ("ASK {}", "--timeout", "soon"): (2, "'soon' is not a valid float"),
    ("ASK {}", "--timeout", "nan"): (2, "The limit seconds must be a number"),
    ("ASK {}", "--max-memory", "1.5"): (2, "'1.5' is not a valid integer"),
    ("ASK {}", "--max-memory", "1GB"): (2, "'1GB' is not a valid integer"),
    ("ASK {}", "--max-rows", "-5"): (2, "-5 is not in the range"),
    ("ASK {}", "--max-size", ""): (2, "'' is not a valid integer"),
    ("ASK {}", "--format", "xml"): (2, "'xml' is not one of"),
    ("ASK {}", "--format", "ttl"): (2, "ASK"),
    ("SELECT * { ?s ?p ?o }", "--format", "nt"): (2, "nt"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"): (2, "csv"),
    ("ASK {}", "--view", "map.html"): (2, "ASK gives none"),
    ("SELECT ?s { ?s ?p ?o }", "--view", "map.html"): (2, "?s ?p ?o"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "--view", "nowhere/map.html"): (2, "cannot be written"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "--view", "map.html", "--format", "ttl"): (2, "--view writes a page"),
    ("CONSTRUCT { ?s a rg:x } WHERE { ?s a rg:NoSuch }", "--view", "map.html"): (1, "No triples"),
    ("ASK {}", "--allow-service", ""): (2, "host"),
    ("ASK {}", "--allow-service", "http://example.org/sparql"): (2, "host"),
    ("ASK {}", "--allow-file", "nowhere"): (2, "nowhere"),
    ("ASK FROM <file:///etc/passwd> {}", "--allow-file", "."): (2, "line 1, column 10"),
    ("ASK {}", "x=1"): (2, "it has: none"),
    ("ASK {}", "x"): (2, "is not of the form PARAM=VALUE"),
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.2"): (3, "--timeout"),
    ("SELECT * { ?s ?p ?o }", "--max-rows", "2", "--format", "csv"): (3, "--max-rows"),
    ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "--max-memory", "20"): (3, "MB of memory"),
    ("nowhere.rq",): (2, "nowhere.rq: No such file"),
    ("questions",): (2, "No query is called 'questions'"),
    ("https://example.org/query.rq",): (2, "https:"),
    ("ASK{?s ?p ?o FILTER(?o>1e9999)}",): (1, ""),
    ("ASK { ?s a rg:NoSuchClass }",): (1, "rg:NoSuchClass is nowhere in the data"),
    ("SELECT * { ?s a rg:NoSuchClass }",): (1, ""),
    ("CONSTRUCT WHERE { ?s a rg:NoSuchClass }",): (1, ""),
    ("DESCRIBE <urn:nobody>",): (1, ""),
}  # fmt: skip


#: Wrong queries that once took minutes, hours or ages to be told of.
LONG = {
    "lines": ("\n" * 100_000 + "SELEKT", "line 100001, column 1: SELEKT begins no query"),
    "lines of Windows": ("\r\n" * 100_000 + "SELEKT", "line 100001, column 1: SELEKT begins no query"),
    "dots": ("a." * 100_000, "line 1, column 1: a begins no query"),
    "signs": (";" * 200_000, 'line 1, column 1: ";" begins no query'),
    "comments": ("PREFIX p:<a:b>#<c:d>\n" * 10_000 + "SELEKT", "line 10001, column 1: SELEKT cannot stand"),
    "blanks": ("PREFIX" + " " * 200_000, "line 1, column 7: the query ends here"),
    "names": ("PREFIX p:<a:b> ASK {" + " p:a" * 50_000, "line 1, column 34: p:a cannot stand here"),
}  # fmt: skip


def _cases() -> Iterator[Case]:
    for number, (sparql, says) in enumerate(WRONG.items()):
        shown = f"query {number}: {sparql!r:.80}"
        yield Case(
            shown,
            ("query", "-", "--data", WORLD),
            f"Error: {says}" if says.startswith("line") else says,
            reads=sparql.encode(),
        )
    for arguments, (code, says) in AROUND.items():
        yield Case(f"query: {' '.join(arguments)!r:.90}", ("query", *arguments, "--data", WORLD), says, code)
    for number, content in enumerate(
        (b"\xff\xfeS\0E\0", b"SELECT * { ?s ?p '\xe9' }", b"\x1f\x8b\x08\0", bytes(400))
    ):
        says = "is not UTF-8 text" if number < 3 else "Error: bad.rq: line 1, column 1"
        yield Case(f"query: bytes {number}", ("query", "bad.rq"), says, files={"bad.rq": content})
    yield Case(
        "query: a file with a mistake",
        ("query", "bad.rq"),
        "bad.rq: line 2, column 6",
        files={"bad.rq": b"SELECT *\n{ ?s } "},
    )
    yield Case("query: a folder", ("query", "bad.rq"), "bad.rq: Is a directory", files={"bad.rq/x": b""})
    yield Case("query: an empty file", ("query", "bad.rq"), "bad.rq: line 1", files={"bad.rq": b""})
    yield Case("query: standard input is closed", ("query", "-"), "line 1", reads=None)
    for name, (sparql, says) in LONG.items():
        yield Case(f"query: long, {name}", ("query", "-", "--data", WORLD), says, reads=sparql.encode())
    for coding in ("ascii", "utf-16", "cp037"):
        env = {"PYTHONIOENCODING": coding}
        yield Case(
            f"shell: {coding}", ("shell", "--data", WORLD), "line 1, column 5", reads=b"ASK }\n", env=env
        )


CASES = [*_cases()]
