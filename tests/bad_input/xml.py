"""RDF/XML that is none, or none that may be read."""

from __future__ import annotations

from bad_input.cases import data

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">\n'
END = "\n</rdf:RDF>"


def _inside(text: str) -> bytes:
    return f"{RDF}{text}{END}".encode()


def _entities(declared: str, used: str = "") -> bytes:
    return f"<!DOCTYPE rdf:RDF [\n{declared}\n]>\n{RDF}<x:a><x:b>{used}</x:b></x:a>{END}".encode()


ABOUT = 'rdf:about="urn:a"'

CASES = [
    *data(
        "rdf-xml",
        {
            # XML
            "blank.rdf": (b" \n ", ":2:2"),
            "text.rdf": (b"roles", ":1:1"),
            "no-end.rdf": (RDF.encode(), ":2:1"),
            "end-twice.rdf": (_inside("") + b"</rdf:RDF>", ":3:12"),
            "two-roots.rdf": (_inside("") + _inside(""), ":3:11"),
            "text-behind.rdf": (_inside("") + b"end", ":3:11"),
            "crossed.rdf": (_inside("<x:a><x:b></x:a></x:b>"), ":2:13"),
            "case.rdf": (_inside("<x:a></x:A>"), ":2:8"),
            "attribute-twice.rdf": (_inside(f"<x:a {ABOUT} {ABOUT}/>"), ":2:24"),
            "attribute-bare.rdf": (_inside("<x:a x:b=c/>"), ":2:10"),
            "attribute-empty.rdf": (_inside("<x:a x:b/>"), ":2:9"),
            "attribute-less.rdf": (_inside('<x:a x:b="<"/>'), ":2:11"),
            "attribute-open.rdf": (_inside('<x:a x:b="c/>'), ":3:1"),
            "ampersand.rdf": (_inside("<x:a><x:b>R&D</x:b></x:a>"), ":2:14"),
            "ampersand-query.rdf": (_inside('<x:a rdf:about="http://a/?b=1&c=2"/>'), ":2:32"),
            "entity-unknown.rdf": (_inside("<x:a><x:b>&nbsp;</x:b></x:a>"), ":2:11"),
            "entity-number.rdf": (_inside("<x:a><x:b>&#0;</x:b></x:a>"), ":2:11"),
            "entity-beyond.rdf": (_inside("<x:a><x:b>&#x110000;</x:b></x:a>"), ":2:11"),
            "control.rdf": (_inside("<x:a><x:b>\x07</x:b></x:a>"), ":2:11"),
            "control-number.rdf": (_inside("<x:a><x:b>&#7;</x:b></x:a>"), ":2:11"),
            "terminal.rdf": (_inside("<x:a><x:\x1b]0;owned\x07/></x:a>"), ":2:9"),
            "tag-number.rdf": (_inside("<x:1/>"), ":2:4"),
            "tag-space.rdf": (_inside("< x:a/>"), ":2:2"),
            "comment-dashes.rdf": (_inside("<!-- a -- b -->"), ":2:10"),
            "comment-open.rdf": (_inside("<!-- a"), ":2:1"),
            "cdata-open.rdf": (_inside("<x:a><x:b><![CDATA[ x</x:b></x:a>"), ":3:11"),
            "declaration-late.rdf": (b'\n<?xml version="1.0"?>' + _inside(""), ":2:1"),
            "declaration-broken.rdf": (b"<?xml version=1.0?>" + _inside(""), ":1:15"),
            "encoding-unknown.rdf": (b'<?xml version="1.0" encoding="klingon"?>' + _inside(""), ":1:"),
            "encoding-wrong.rdf": (_inside("<x:a><x:b>\xfc</x:b></x:a>").decode().encode("latin-1"), ":2:11"),
            "encoding-utf-16.rdf": (b'<?xml version="1.0" encoding="utf-16"?>' + _inside(""), ":1:31"),
            "prefix.rdf": (_inside("<y:a/>"), ":2:1"),
            "prefix-attribute.rdf": (_inside('<x:a y:b="c"/>'), ":2:1"),
            "prefix-empty.rdf": (_inside('<x:a xmlns:z=""/>'), ":2:1"),
            "prefix-xml.rdf": (_inside('<x:a xmlns:xml="urn:no"/>'), ":2:1"),
            "two-colons.rdf": (_inside("<x:a:b/>"), ":2:5"),
            "page.rdf": (b"<!DOCTYPE html>\n<html><body><br></body></html>", ":2:19"),
            "feed.rdf": (b"<rss><channel/></rss>", ":1:5"),
            "json.rdf": (b'{"@id": "urn:a"}', ":1:1"),
            "turtle.owl": (b"@prefix a: <urn:a> .", ":1:1"),
            "ntriples.xml": (b"<urn:a> <urn:b> <urn:c> .", ":1:1"),
            "deep.rdf": (_inside("<x:a><x:b>" * 5_000), ":2:636"),
            "deep-closed.rdf": (_inside("<x:a><x:b>" * 200 + "</x:b></x:a>" * 200), ":2:636"),
            # entities
            "laughs.rdf": (
                _entities(
                    '<!ENTITY a "ha">' + "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True)),
                    "&i;",
                ),
                ":2:28",
            ),
            "quadratic.rdf": (_entities(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000), ":2:12"),
            "many-short.rdf": (_entities(f'<!ENTITY a "{"x" * 900}">', "&a;" * 20_000), ":2:12"),
            "endless.rdf": (_entities('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"), ":2:12"),
            "itself.rdf": (_entities('<!ENTITY a "&a;">', "&a;"), ":2:12"),
            "outside.rdf": (_entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), ":2:39"),
            "outside-web.rdf": (_entities('<!ENTITY a SYSTEM "http://127.0.0.1:9/">', "&a;"), ":2:40"),
            "public.rdf": (_entities('<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/">', "&a;"), ":2:44"),
            "parameter.rdf": (_entities('<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;'), ":2:42"),
            "parameter-inside.rdf": (_entities('<!ENTITY % a "x"> %a;'), ":2:14"),
            "dtd.rdf": (b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">' + _inside(""), ":1:46"),
            "dtd-file.rdf": (b'<!DOCTYPE r SYSTEM "../../x.dtd">' + _inside(""), ":1:33"),
            # RDF
            "id-twice.rdf": (_inside('<x:a rdf:ID="i"/>\n<x:a rdf:ID="i"/>'), ":3:17"),
            "id-number.rdf": (_inside('<x:a rdf:ID="1"/>'), ":2:17"),
            "id-space.rdf": (_inside('<x:a rdf:ID="a b"/>'), ":2:19"),
            "node-id-number.rdf": (_inside('<x:a rdf:nodeID="1 2"/>'), ":2:23"),
            "id-and-about.rdf": (_inside(f'<x:a rdf:ID="i" {ABOUT}/>'), ":2:35"),
            "node-id-and-about.rdf": (_inside(f'<x:a rdf:nodeID="i" {ABOUT}/>'), ":2:39"),
            "about-space.rdf": (_inside('<x:a rdf:about="urn:a b"/>'), ":2:26"),
            "about-percent.rdf": (_inside('<x:a rdf:about="http://a/%zz"/>'), ":2:31"),
            "about-host.rdf": (_inside('<x:a rdf:about="http://[/"/>'), ":2:28"),
            "resource-space.rdf": (_inside(f'<x:a {ABOUT}><x:b rdf:resource="a b>c"/></x:a>'), ":2:50"),
            "resource-and-text.rdf": (_inside(f'<x:a {ABOUT}><x:b rdf:resource="urn:c">text</x:b></x:a>'), ":2:54"),
            "type-bad.rdf": (_inside(f'<x:a {ABOUT}><x:b rdf:datatype="a b">1</x:b></x:a>'), ":2:47"),
            "language-bad.rdf": (_inside(f'<x:a {ABOUT}><x:b xml:lang="e_n">1</x:b></x:a>'), ":2:43"),
            "two-nodes.rdf": (_inside(f"<x:a {ABOUT}><x:b><x:c/><x:d/></x:b></x:a>"), ":2:40"),
            "text-between.rdf": (_inside(f"<x:a {ABOUT}>text<x:b/></x:a>"), ":2:28"),
            "text-at-top.rdf": (_inside("roles"), ":3:1"),
            "li-node.rdf": (_inside("<rdf:li/>"), ":2:9"),
            "rdf-inside.rdf": (_inside("<rdf:RDF/>"), ":2:10"),
            "about-node.rdf": (_inside("<rdf:about/>"), ":2:12"),
            "about-each.rdf": (_inside('<x:a rdf:aboutEach="b"/>'), ":2:24"),
            "about-each-prefix.rdf": (_inside('<x:a rdf:aboutEachPrefix="b"/>'), ":2:30"),
        },
    ),
]  # fmt: skip
