"""N-Triples, N-Quads and TriG that are none, or none that may be read."""

from __future__ import annotations

import gzip

from bad_input.cases import data
from bad_input.turtle import HEAD

GOOD = b"<urn:a> <urn:b> <urn:c> .\n"

CASES = [
    *data(
        "lines",
        {
            "two-terms.nt": (GOOD + b"<urn:a> <urn:b> .", ":2:17"),
            "four-terms.nt": (GOOD + b"<urn:a> <urn:b> <urn:c> <urn:d> .", ":2:25"),
            "no-dot.nt": (GOOD + b"<urn:a> <urn:b> <urn:c>\n" + GOOD, ":3:1"),
            "two-dots.nt": (GOOD + b"<urn:a> <urn:b> <urn:c> . .", ":2:27"),
            "two-on-a-line.nt": (b"<urn:a> <urn:b> \"1 .\n<urn:a> <urn:b> \"2\" .", ":1:21"),
            "prefix.nt": (b"@prefix a: <urn:a> .", ":1:1"),
            "prefixed.nt": (GOOD + b"rg:a rg:b rg:c .", ":2:1"),
            "a.nt": (GOOD + b"<urn:a> a <urn:c> .", ":2:9"),
            "semicolon.nt": (GOOD + b"<urn:a> <urn:b> <urn:c> ; <urn:d> <urn:e> .", ":2:25"),
            "comma.nt": (GOOD + b"<urn:a> <urn:b> <urn:c> , <urn:e> .", ":2:25"),
            "brackets.nt": (GOOD + b"<urn:a> <urn:b> [] .", ":2:17"),
            "list.nt": (GOOD + b"<urn:a> <urn:b> () .", ":2:17"),
            "number.nt": (GOOD + b"<urn:a> <urn:b> 1 .", ":2:17"),
            "boolean.nt": (GOOD + b"<urn:a> <urn:b> true .", ":2:17"),
            "single-quotes.nt": (GOOD + b"<urn:a> <urn:b> 'c' .", ":2:17"),
            "long-string.nt": (GOOD + b'<urn:a> <urn:b> """c""" .', ":2:19"),
            "newline-in-string.nt": (GOOD + b'<urn:a> <urn:b> "c\nd" .', ":2:19"),
            "blank-predicate.nt": (GOOD + b"<urn:a> _:b <urn:c> .", ":2:9"),
            "literal-subject.nt": (GOOD + b'"a" <urn:b> <urn:c> .', ":2:1"),
            "relative.nt": (GOOD + b"<urn:a> </b> <urn:c> .", ":2:9"),
            "space-in-iri.nt": (GOOD + b"<urn:a> <urn:b c> <urn:d> .", ":2:9"),
            "language.nt": (GOOD + b'<urn:a> <urn:b> "c"@en-verylongtag .', ":2:21"),
            "type.nt": (GOOD + b'<urn:a> <urn:b> "c"^^xsd:string .', ":2:22"),
            "escape.nt": (GOOD + rb'<urn:a> <urn:b> "\z" .', ":2:18"),
            "escape-in-iri.nt": (GOOD + rb"<urn:\u0020> <urn:b> <urn:c> .", ":2:1"),
            "latin-1.nt": (GOOD * 3 + b'<urn:a> <urn:b> "\xfc" .', ":4:18"),
            "utf-16.nt": (GOOD.decode().encode("utf-16"), ":1:1"),
            "csv.nt": (b"subject,predicate,object\n", ":1:1"),
            "json-lines.nt": (b'{"s": "urn:a"}\n{"s": "urn:b"}\n', ":1:1"),
            "long.nt": (GOOD * 50_000 + b"<urn:a>", ":50001:"),
            "cut-off.nt.gz": (gzip.compress(GOOD * 9_000, mtime=0)[:-9], ": cannot be read"),
            "broken-inside.nt.gz": (gzip.compress(GOOD + b"<urn:a>", mtime=0), ":2:8"),
            "changed.nt.gz": (gzip.compress(GOOD, mtime=0)[:-8] + bytes(8), ": cannot be read"),
            "not-compressed.nt.gz": (GOOD, ": cannot be read"),
            "nothing-in-it.nt.gz": (b"", ": cannot be read"),
            "zip-by-name.nt.gz": (b"PK\x03\x04" + bytes(40), ": cannot be read"),
            "five-terms.nq": (GOOD + b"<urn:a> <urn:b> <urn:c> <urn:g> <urn:h> .", ":2:33"),
            "literal-graph.nq": (GOOD + b'<urn:a> <urn:b> <urn:c> "g" .', ":2:25"),
            "prefixed-graph.nq": (GOOD + b"<urn:a> <urn:b> <urn:c> rg:g .", ":2:25"),
            "cut-off.nq": (GOOD + b"<urn:a> <urn:b> <urn:c> <urn:g", ":2:25"),
            "trig.nq": (b"<urn:g> { <urn:a> <urn:b> <urn:c> }", ":1:9"),
            "open.trig": (HEAD + b"role:g { role:b a rg:Role .", ":5:28"),
            "closed-twice.trig": (HEAD + b"role:g { role:b a rg:Role } }", ":5:29"),
            "nested.trig": (HEAD + b"role:g { role:h { role:b a rg:Role } }", ":5:17"),
            "dot-behind.trig": (HEAD + b"role:g { role:b a rg:Role } .", ":5:29"),
            "graph-only.trig": (HEAD + b"GRAPH { role:b a rg:Role }", ":5:7"),
            "graph-list.trig": (HEAD + b"(1) { role:b a rg:Role }", ":5:5"),
            "graph-properties.trig": (HEAD + b"[ a rg:x ] { role:b a rg:Role }", ":5:12"),
            "graph-word.trig": (HEAD + b"DATASET role:g { role:b a rg:Role }", ":5:1"),
            "prefix-inside.trig": (HEAD + b"role:g { @prefix a: <urn:a> . }", ":5:10"),
            "equals.trig": (HEAD + b"role:g = { role:b a rg:Role }", ":5:8"),
            "deep.trig": (HEAD + b"role:g { role:b rg:x " + b"[ rg:y " * 3_000, ":5:911"),
            "undeclared.trig": (HEAD + b"nowhere:g { role:b a rg:Role }", ":5:1"),
        },
    ),
]  # fmt: skip
