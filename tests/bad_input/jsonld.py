"""JSON-LD that is none, or none that may be read."""

from __future__ import annotations

from bad_input.cases import data

ID = '"@id": "urn:a"'


def _of(table: dict[str, tuple[str | bytes, str]]) -> dict[str, tuple[bytes, str]]:
    return {
        name: (text.encode() if isinstance(text, str) else text, says) for name, (text, says) in table.items()
    }


CASES = [
    *data(
        "json-ld",
        _of(
            {
                # JSON
                "blank.jsonld": (" \n \n", ":3:1"),
                "word.jsonld": ("roles", ":1:1"),
                "colon-missing.jsonld": ('{"@id" "urn:a"}', ":1:8"),
                "comma-missing.jsonld": ('{"@id": "urn:a" "urn:b": 1}', ":1:17"),
                "comma-twice.jsonld": ('{"@id": "urn:a",, "urn:b": 1}', ":1:17"),
                "comma-last-list.jsonld": ('[{"@id": "urn:a"},]', ":1:19"),
                "comment.jsonld": ('{\n  // roles\n  "@id": "urn:a"}', ":2:3"),
                "block-comment.jsonld": ('{/* roles */ "@id": "urn:a"}', ":1:2"),
                "single-quotes.jsonld": ("{'@id': 'urn:a'}", ":1:2"),
                "no-quotes.jsonld": ("{@id: urn}", ":1:2"),
                "two-documents.jsonld": ('{"@id": "urn:a"}\n{"@id": "urn:b"}', ":2:1"),
                "text-behind.jsonld": ('{"@id": "urn:a"} end', ":1:18"),
                "closed-twice.jsonld": ('{"@id": "urn:a"}}', ":1:17"),
                "crossed.jsonld": ('{"urn:b": [1, 2}', ":1:16"),
                "key-number.jsonld": ('{1: "urn:a"}', ":1:2"),
                "nan.jsonld": ('{"@id": "urn:a", "urn:b": NaN}', ":1:27"),
                "true-capital.jsonld": ('{"@id": "urn:a", "urn:b": True}', ":1:27"),
                "number-zero.jsonld": ('{"@id": "urn:a", "urn:b": 01}', ":1:28"),
                "number-plus.jsonld": ('{"@id": "urn:a", "urn:b": +1}', ":1:27"),
                "number-dot.jsonld": ('{"@id": "urn:a", "urn:b": 1.}', ":1:29"),
                "number-hex.jsonld": ('{"@id": "urn:a", "urn:b": 0x10}', ":1:28"),
                "newline-in-string.jsonld": ('{"@id": "urn:a", "urn:b": "c\nd"}', ":1:29"),
                "tab-in-string.jsonld": ('{"@id": "urn:a", "urn:b": "c\td"}', ":1:29"),
                "escape-in-string.jsonld": ('{"@id": "urn:a", "urn:b": "c\x1b[31m"}', ":1:29"),
                "escape-unknown.jsonld": (r'{"@id": "urn:a", "urn:b": "\q"}', ":1:28"),
                "escape-short.jsonld": (r'{"@id": "urn:a", "urn:b": "\u12"}', ":1:27"),
                "surrogate-low.jsonld": (r'{"@id": "urn:a", "urn:b": "\udc00"}', ":1:27"),
                "surrogate-high.jsonld": (r'{"@id": "urn:a", "urn:b": "\ud83d"}', ":1:28: the escape"),
                "null.jsonld": ("null", ":1: is JSON and no JSON-LD"),
                "text.jsonld": ('"CPO"', ":1: is JSON and no JSON-LD"),
                "utf-16-marked.jsonld": ('{"@id": "urn:a"}'.encode("utf-16"), ":1:1: is UTF-16"),
                "latin-1.jsonld": ('{"@id": "urn:a", "urn:b": "ü"}'.encode("latin-1"), ":1:28"),
                "utf-16.jsonld": ('{"@id": "urn:a"}'.encode("utf-16-le"), ":1:2"),
                "xml.jsonld": ("<rdf:RDF/>", ":1:1"),
                "javascript.jsonld": ("var roles = {};", ":1:1"),
                "page.jsonld": ("<!DOCTYPE html>\n<html></html>", ":1:1"),
                "lines.jsonld": ('{"@id": "urn:a"}\n{"@id": "urn:b"}\n{"@id": "urn:c"}\n', ":2:1"),
                "deep-objects.jsonld": ('{"urn:a":' * 50_000, ":1:1153"),
                "deep-closed.jsonld": ("[" * 4_000 + "]" * 4_000, ":1:129"),
                "deep-context.jsonld": ('{"@context": ' + "[" * 300 + "]" * 300 + "}", ":1:141"),
                # nodes
                "id-number.jsonld": ('{"@id": 5, "urn:b": 1}', ":1:2"),
                "id-list.jsonld": ('{"@id": ["urn:a"], "urn:b": 1}', ":1:2"),
                "id-object.jsonld": ('{"@id": {}, "urn:b": 1}', ":1:2"),
                "id-twice.jsonld": ('{"@id": "urn:a", "@id": "urn:b", "urn:b": 1}', ":1:18"),
                "type-number.jsonld": ('{"@id": "urn:a", "@type": 5}', ":1:18"),
                "type-object.jsonld": ('{"@id": "urn:a", "@type": {"@id": "urn:c"}}', ":1:18"),
                "value-object.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": {}}}', ":1:28"),
                "value-list.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": [1]}}', ":1:28"),
                "value-and-id.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": 1, "@id": "urn:c"}}', ":1:28"),
                "value-two.jsonld": (
                    '{"@id": "urn:a", "urn:b": {"@value": "x", "@type": "urn:t", "@language": "en"}}',
                    ":1:43",
                ),
                "language-number.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": "x", "@language": 5}}', ":1:43"),
                "language-of-number.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": 5, "@language": "en"}}', ":1:41"),
                "type-of-value.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": "x", "@type": 5}}', ":1:43"),
                "list-and-id.jsonld": ('{"@id": "urn:a", "urn:b": {"@list": [1], "@id": "urn:c"}}', ":1:28"),
                "set-and-id.jsonld": ('{"@id": "urn:a", "urn:b": {"@set": [1], "@id": "urn:c"}}', ":1:28"),
                "reverse-number.jsonld": ('{"@id": "urn:a", "@reverse": 5}', ":1:18"),
                "reverse-value.jsonld": ('{"@id": "urn:a", "@reverse": {"urn:b": "x"}}', ":1:1"),
                "index-number.jsonld": ('{"@id": "urn:a", "@index": 5}', ":1:18"),
                "included-string.jsonld": ('{"@id": "urn:a", "@included": "x"}', ":1:18"),
                "nest-string.jsonld": ('{"@id": "urn:a", "@nest": "x"}', ":1:18"),
                "direction.jsonld": ('{"@id": "urn:a", "urn:b": {"@value": "x", "@direction": "up"}}', ":1:43"),
                # contexts
                "context-number.jsonld": ('{"@context": 5, "@id": "urn:a"}', ":1:2"),
                "context-true.jsonld": ('{"@context": true, "@id": "urn:a"}', ":1:2"),
                "context-remote.jsonld": ('{"@context": "https://schema.org", "name": "x"}', ":1:2"),
                "context-near.jsonld": ('{"@context": "context.jsonld", "name": "x"}', ":1:2"),
                "context-passwd.jsonld": ('{"@context": "file:///etc/passwd", "name": "x"}', ":1:2"),
                "context-data.jsonld": ('{"@context": "data:application/json,{}", "name": "x"}', ":1:2"),
                "context-inside.jsonld": (
                    '{"@id": "urn:a", "urn:b": {"@context": "https://schema.org", "name": "x"}}', ":1:28",
                ),
                "context-scoped.jsonld": (
                    '{"@context": {"b": {"@id": "urn:b", "@context": "https://schema.org"}}, "b": {"c": 1}}', ":1:2",
                ),
                "import-number.jsonld": ('{"@context": {"@import": 5}, "@id": "urn:a"}', ":1:15"),
                "version.jsonld": ('{"@context": {"@version": 2}, "@id": "urn:a"}', ":1:15"),
                "version-string.jsonld": ('{"@context": {"@version": "1.1"}, "@id": "urn:a"}', ":1:15"),
                "base-number.jsonld": ('{"@context": {"@base": 5}, "@id": "urn:a"}', ":1:15"),
                "base-bad.jsonld": ('{"@context": {"@base": "http://["}, "@id": "a", "urn:b": 1}', ":1:15"),
                "vocab-number.jsonld": ('{"@context": {"@vocab": 5}, "@id": "urn:a"}', ":1:15"),
                "context-language.jsonld": ('{"@context": {"@language": 5}, "@id": "urn:a"}', ":1:15"),
                "context-direction.jsonld": ('{"@context": {"@direction": "up"}, "@id": "urn:a"}', ":1:15"),
                "propagate.jsonld": ('{"@context": {"@propagate": "no"}, "@id": "urn:a"}', ":1:15"),
                "protected-string.jsonld": ('{"@context": {"@protected": "no"}, "@id": "urn:a"}', ":1:15"),
                "redefined.jsonld": (
                    '{"@context": [{"@protected": true, "b": "urn:b"}, {"b": "urn:c"}], "b": 1}', ":1:2",
                ),
                "term-number.jsonld": ('{"@context": {"b": 5}, "b": 1}', ":1:2"),
                "term-list.jsonld": ('{"@context": {"b": ["urn:b"]}, "b": 1}', ":1:2"),
                "term-id-number.jsonld": ('{"@context": {"b": {"@id": 5}}, "b": 1}', ":1:21"),
                "term-type.jsonld": ('{"@context": {"b": {"@id": "urn:b", "@type": "a b"}}, "b": 1}', ":1:37"),
                "term-type-number.jsonld": ('{"@context": {"b": {"@id": "urn:b", "@type": 5}}, "b": 1}', ":1:37"),
                "term-container.jsonld": ('{"@context": {"b": {"@id": "urn:b", "@container": "@bag"}}, "b": 1}', ":1:37"),
                "term-reverse.jsonld": ('{"@context": {"b": {"@reverse": 5}}, "b": 1}', ":1:21"),
                "term-two-ways.jsonld": ('{"@context": {"b": {"@reverse": "urn:b", "@id": "urn:c"}}, "b": {}}', ":1:21"),
                "term-unknown-key.jsonld": ('{"@context": {"b": {"@id": "urn:b", "@colour": "red"}}, "b": 1}', ":1:37"),
                "keyword-alias.jsonld": ('{"@context": {"@context": "urn:b"}, "@id": "urn:a"}', ":1:2"),
                "keyword-redefined.jsonld": ('{"@context": {"@id": "urn:b"}, "@id": "urn:a"}', ":1:32"),
                "term-empty.jsonld": ('{"@context": {"": "urn:b"}, "": 1}', ":1:2"),
                "cyclic.jsonld": ('{"@context": {"a": "b:x", "b": "a:x"}, "a:c": 1}', ":1:2"),
                "cyclic-one.jsonld": ('{"@context": {"a": "a:x"}, "a:c": 1}', ":1:2"),
            }
        ),
    ),
]  # fmt: skip
