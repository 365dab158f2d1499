"""An endpoint that hangs, drips, lies, breaks off or grows without end: one clear error each.

The servers listen on this machine alone.
"""

from __future__ import annotations

import gzip
import re
import time
from base64 import b64encode
from urllib.parse import parse_qs

import pytest
from cli_runner import rolegraph, steering
from rude_server import JSON, TRUE, XML, answer, drip, endless, hang, serving

import rolegraph as rg
from rolegraph import connecting, endpoint, exchange
from rolegraph.endpoint import Endpoint, Reply
from rolegraph.remote_answers import is_true, read_lines, read_rows
from rolegraph.remote_queries import form_of, sliced, with_prefixes

ROW = b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}'
WHOLE_XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    b'<head><variable name="a"/></head>'
    b'<results><result><binding name="a"><uri>urn:x</uri></binding></result></results></sparql>'
)
URI = b'{"type":"uri","value":"a:b"}'
TERM = b'{"type":"triple","value":{"subject":%s,"predicate":%s,"object":' % (URI, URI)
DEEP = ROW % (b'{"a":' + TERM * 8_000 + URI + b"}}" * 8_000 + b"}")
DEEP_XML = WHOLE_XML.replace(b"<uri>urn:x</uri>", b"<triple><object>" * 8_000 + b"</object></triple>" * 8_000)
ENTITY = b'<!DOCTYPE sparql [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
GROWING = WHOLE_XML.replace(b"<sparql", ENTITY + b"<sparql", 1).replace(b"urn:x", b"urn:&b;")
BOMB = gzip.compress(b" " * 3_000_000)

#: Behaviour -> how it answers, and what the error says of it.
RUDE = {
    "hangs": (hang, "has not answered within 0.6 s"),
    "drips its answer": (drip(answer(TRUE)), "has not answered within 0.6 s"),
    "drips its headers": (drip(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 10_000), "has not answered within 0.6 s"),
    "hangs up": (b"", "hung up without an answer"),
    "speaks no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not speak HTTP as it should"),
    "sends headers without end": (
        endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        "does not speak HTTP as it should",
    ),
    "sends a web page": (answer(b"<html>", "text/html"), "sends text/html, which is no answer to a query"),
    "tells no type": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "sends something without a type"),
    "lies about its type": (answer(WHOLE_XML), "sends an answer that cannot be read"),
    "sends nothing": (answer(b""), "sends an answer that cannot be read"),
    "breaks off": (answer(TRUE)[:-5], "broke off in the middle of its answer"),
    "breaks off in a chunk": (
        f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n".encode()
        + TRUE,
        "broke off in the middle of its answer",
    ),
    "breaks XML off between rows": (answer(WHOLE_XML.partition(b"</results>")[0], XML), "is broken XML"),
    "breaks its packing off": (
        answer(gzip.compress(TRUE)[:-9], JSON, "200 OK", "Content-Encoding: gzip"),
        "broke off in the middle of its answer",
    ),
    "packs without saying so": (answer(gzip.compress(TRUE)), "sends an answer that cannot be read"),
    "says it packs and does not": (
        answer(TRUE, JSON, "200 OK", "Content-Encoding: gzip"),
        "sends an answer that cannot be unpacked",
    ),
    "packs in another way": (answer(TRUE, JSON, "200 OK", "Content-Encoding: br"), "packs its answer as br"),
    "sends without end": (
        endless(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\n\r\n".encode(), b" " * 65_536),
        "sends more than 2 MB; ask for less",
    ),
    "announces too much": (
        f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: 9999999\r\n\r\n".encode(),
        "sends more than 2 MB; ask for less",
    ),
    "packs a bomb": (answer(BOMB, JSON, "200 OK", "Content-Encoding: gzip"), "sends more than 2 MB"),
    "nests JSON": (answer(DEEP), "nests brackets more than 128 deep"),
    "nests XML": (answer(DEEP_XML, XML), "nests elements more than 128 deep"),
    "sends XML that grows": (answer(GROWING, XML), "declares the entity b, which grows"),
    "sends what is no IRI": (
        answer(ROW % b'{"a":{"type":"uri","value":"not an iri <>"}}'),
        "sends an answer that cannot be read (Invalid uri value",
    ),
    "fails": (
        answer(b"out of \x1b[31mluck", "text/plain", "500 Oh no"),
        "answers 500 Oh no: out of \ufffd[31mluck",
    ),
    "is busy": (
        answer(b"", JSON, "429 Too Many", "Retry-After: 999"),
        "answers 429 Too Many, and asks to wait (999)",
    ),
    "is down": (answer(b"", JSON, "503 Down"), "answers 503 Down"),
    "knows nobody": (
        answer(b"", JSON, "401 Unauthorized"),
        "answers 401 Unauthorized: set ROLEGRAPH_ENDPOINT_TOKEN",
    ),
    "is elsewhere": (answer(b"", JSON, "404 Not Found"), "is it the address of a SPARQL endpoint?"),
    "redirects in a circle": (
        answer(b"", JSON, "302 Found", "Location: /sparql"),
        "redirects more than 3 times",
    ),
    "redirects nowhere": (answer(b"", JSON, "302 Found"), "does not say where to go"),
    "redirects to a file": (
        answer(b"", JSON, "302 Found", "Location: file:///etc/passwd"),
        "redirects to file:///etc/passwd, which is not followed",
    ),
    "redirects to another scheme": (
        answer(b"", JSON, "307 Moved", "Location: https://127.0.0.1:1/"),
        "redirects to https://127.0.0.1:1/, which is not followed",
    ),
    "redirects to no port": (
        answer(b"", JSON, "307 Moved", "Location: http://127.0.0.1:99999/"),
        "redirects to http://127.0.0.1:99999/, which is not followed",
    ),
    "answers with rows": (answer(ROW % b""), "answers with rows where it was asked for yes or no"),
    "sends a part": (answer(TRUE, JSON, "200 OK", "X-SQL-State: S1TAT"), "sent a part of the answer"),
}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Bound answers at 2 MB, so that it takes no time to be over it; wait shortly; know no password."""
    monkeypatch.setattr(exchange, "MOST_BYTES", 2_000_000)
    monkeypatch.setattr(endpoint, "WAITS", (0.01, 0.02))
    for name in ("TOKEN", "USER", "PASSWORD"):
        monkeypatch.delenv(f"ROLEGRAPH_ENDPOINT_{name}", raising=False)


def ask(url, sparql="ASK { }", patience=0.6):
    asked = Endpoint(url, patience)
    return is_true(url, read_rows(url, asked.ask(sparql)))


@pytest.mark.parametrize("behaviour", RUDE)
def test_a_rude_endpoint_gives_one_clear_error(behaviour):
    how, says = RUDE[behaviour]
    begun = time.monotonic()
    patience = 0.6 if "0.6 s" in says else 20
    with serving(how) as server, pytest.raises(rg.EndpointError) as caught:
        ask(server.url, patience=patience)
    assert time.monotonic() - begun < 20
    assert says in str(caught.value)
    assert str(caught.value).startswith(server.url)
    assert "\n" not in str(caught.value)
    assert steering(str(caught.value)) == set()


@pytest.mark.parametrize("behaviour", ["hangs", "breaks off", "fails", "nests JSON", "sends a web page"])
def test_the_command_line_says_it_in_a_line_and_exits_with_4(behaviour):
    how, says = RUDE[behaviour]
    with serving(how) as server:
        for call in (("query", "ASK { ?s ?p ?o }"), ("path", "a", "b"), ("validate",)):
            shown = rolegraph(*call, "--data", server.url, "--timeout", "0.6" if how is hang else "20")
            assert (shown.code, shown.out) == (4, "")
            assert says in shown.err
            assert shown.err.count("\n") == 1


def test_a_host_that_is_not_there_is_said_to_be_so():
    with pytest.raises(rg.EndpointError, match="there is no host of this name"):
        ask("http://nowhere.invalid/sparql", patience=20)
    with serving(TRUE) as server:
        gone = server.url
    with pytest.raises(rg.EndpointError, match=r"no connection \(Connection refused\)"):
        ask(gone)


@pytest.mark.parametrize(
    ("how", "says"),
    [(answer(TRUE), "no secure connection: "), (hang, "no secure connection within 0.3 s")],
)
def test_what_is_not_secure_is_not_asked(monkeypatch, how, says):
    monkeypatch.setattr(connecting, "CONNECT", 0.3)
    with serving(how) as server, pytest.raises(rg.EndpointError, match=says):
        ask(server.url.replace("http", "https", 1), patience=5)
    assert not any("ASK" in request for request in server.requests)


def test_what_is_busy_or_breaks_off_is_asked_again():
    busy = answer(b"", JSON, "503 Down")
    with serving(busy, answer(TRUE)[:-5], answer(TRUE)) as server:
        assert ask(server.url, patience=5)
        assert len(server.requests) == 3
    with serving(answer(b"", JSON, "429 Slow", "Retry-After: 1"), answer(TRUE)) as server:
        begun = time.monotonic()
        assert ask(server.url, patience=5)
        assert time.monotonic() - begun >= 1
    with serving(answer(b"", JSON, "500 Oh no")) as server:
        with pytest.raises(rg.EndpointError):
            ask(server.url, patience=5)
        assert len(server.requests) == 1


def test_a_query_is_sent_by_the_protocol():
    with serving(answer(TRUE)) as server:
        assert ask(server.url + "?key=a b".replace(" ", "%20"), "ASK { ?s ?p 'ä&=' }")
        head, _, body = server.requests[0].partition("\n\n")
        assert head.startswith("POST /sparql?key=a%20b HTTP/1.1\r\n")
        assert parse_qs(body) == {"query": ["ASK { ?s ?p 'ä&=' }"]}
        assert "Content-Type: application/x-www-form-urlencoded" in head
        assert f"User-Agent: rolegraph/{rg.__version__} " in head
        assert "Accept: application/sparql-results+json, application/sparql-results+xml" in head
        assert "Authorization" not in head


def test_packed_chunked_and_xml_answers_are_read():
    packed = answer(gzip.compress(TRUE), JSON, "200 OK", "Content-Encoding: gzip")
    chunked = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunked += b"%x\r\n%s\r\n0\r\n\r\n" % (len(TRUE), TRUE)
    in_xml = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    with serving(packed, chunked, answer(in_xml, XML)) as server:
        assert [ask(server.url) for _ in range(3)] == [True, True, True]


def test_a_redirect_is_followed_with_the_query_and_without_the_password(monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_ENDPOINT_TOKEN", "s3cret")
    with serving(answer(TRUE)) as other:
        moved = answer(b"", JSON, "307 Moved", f"Location: {other.url}")
        with serving(answer(b"", JSON, "308 Moved", "Location: /there"), moved) as server:
            assert ask(server.url)
            assert all("Authorization: Bearer s3cret" in request for request in server.requests)
            assert [request.split(" ")[1] for request in server.requests] == ["/sparql", "/there"]
        assert "query=ASK" in other.requests[0]
        assert "s3cret" not in other.requests[0]


def test_the_public_internet_redirects_to_no_private_host(monkeypatch):
    monkeypatch.setattr(connecting, "is_public", lambda address: address == "127.0.0.1")
    with serving(answer(TRUE)) as other:
        private = other.url.replace("127.0.0.1", "127.0.0.2")
        refused = pytest.raises(rg.EndpointError, match=r"public internet to 127\.0\.0\.2, which is private")
        with serving(answer(b"", JSON, "302 Found", f"Location: {private}")) as server, refused:
            ask(server.url)
        assert other.requests == []


def test_a_token_or_a_name_and_a_password_come_from_the_environment(monkeypatch):
    with serving(answer(TRUE)) as server:
        monkeypatch.setenv("ROLEGRAPH_ENDPOINT_USER", "ada")
        monkeypatch.setenv("ROLEGRAPH_ENDPOINT_PASSWORD", "pä:ss")
        ask(server.url)
        assert f"Authorization: Basic {b64encode('ada:pä:ss'.encode()).decode()}" in server.requests[0]
        monkeypatch.setenv("ROLEGRAPH_ENDPOINT_TOKEN", "t0ken")
        ask(server.url)
        assert "Authorization: Bearer t0ken" in server.requests[1]


def test_a_password_never_goes_over_the_open_net_nor_into_a_message(monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_ENDPOINT_TOKEN", "s3cret")
    with pytest.raises(rg.EndpointError, match="would get your password over http") as caught:
        Endpoint("http://example.org/sparql")
    assert "s3cret" not in str(caught.value)
    Endpoint("https://example.org/sparql")
    monkeypatch.setenv("ROLEGRAPH_ENDPOINT_TOKEN", "s3cret\r\nX-Evil: yes")
    with pytest.raises(rg.EndpointError, match="it is no token") as caught:
        Endpoint("https://example.org/sparql")
    assert "s3cret" not in str(caught.value)
    with pytest.raises(rg.EndpointError, match="a password in an address is seen by all") as caught:
        Endpoint("https://ada:s3cret@example.org/sparql")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://", "ftp://example.org/", "https://a b/", "http://[::1", "http://h:x/"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(rg.EndpointError, match="is no address"):
        Endpoint(url)


def test_what_the_server_finds_wrong_with_a_query_is_the_queries_fault():
    said = b"Virtuoso 37000 Error SP030:\x1b[31m no\nline 2\nline 3\nline 4\nSPARQL query:\nASK { }"
    layout = answer(b'{"head":{},"boolean":false}')
    bad = answer(said, "text/plain", "400 Bad Request")
    with serving(layout, layout, bad) as server, pytest.raises(rg.QueryError) as caught:
        rg.open(server.url).ask("ASK { ?s ?p ?o }")
    assert "refuses the query: Virtuoso 37000 Error SP030:\ufffd[31m no\nline 2\nline 3" in str(caught.value)
    assert "line 4" not in str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "updates are refused"),
        ("PREFIX a: <urn:a> # ask\nDROP ALL", "updates are refused"),
        ("SELECT * { ?s ?p ?o }; DROP ALL", "line 1"),
        ("SELECT * { ?s ?p ", "line 1"),
        ("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { " + "{ " * 200 + "} " * 200 + "}", "nested more than 128 deep"),
        ("", "updates are refused"),
    ],
)
def test_what_is_refused_is_never_sent(sparql, says):
    with serving(answer(TRUE)) as server:
        with pytest.raises(rg.QueryError, match=re.escape(says)):
            rg.open(server.url).store.query(sparql)
        assert server.requests == []


def test_opening_and_completing_ask_nothing(monkeypatch):
    with serving(answer(TRUE)) as server:
        graph = rg.open(server.url)
        assert repr(graph) == f"<RoleGraph of <RemoteStore {server.url}>>"
        monkeypatch.setenv("_ROLEGRAPH_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", f"rolegraph --data {server.url} role chief")
        monkeypatch.setenv("COMP_CWORD", "4")
        assert "chief product officer" in rolegraph().out.replace("\\", "")
        assert server.requests == []


def test_a_service_that_fails_is_a_failing_endpoint_too():
    with serving(answer(b"", JSON, "500 Oh no")) as server:
        asked = f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}"
        shown = rolegraph("query", asked, "--allow-service", "127.0.0.1")
        assert (shown.code, shown.out) == (4, "")
        assert "SERVICE (127.0.0.1)" in shown.err


def test_triples_are_read_in_every_format_and_looked_at():
    triple = b'<urn:a> <urn:b> "c"@en .'
    for kind in ("application/n-triples", "text/turtle"):
        with serving(answer(triple, kind)) as server:
            asked = Endpoint(server.url, 5)
            assert read_lines(server.url, asked.ask("CONSTRUCT { } { }", "triples")) == [triple]
    with serving(answer(b"[" * 300 + b"]" * 300, "text/turtle")) as server:
        asked = Endpoint(server.url, 5)
        with pytest.raises(rg.EndpointError, match="nests brackets"):
            read_lines(server.url, asked.ask("CONSTRUCT { } { }", "triples"))


# -- the text of a query ----------------------------------------------------------------------------------


def test_prefixes_are_declared_once_and_lines_keep_their_numbers():
    asked = "PREFIX skos: <urn:mine>\nASK { ?r a rg:Role ; skos:x 'role:no' } # xsd:no"
    assert with_prefixes(asked) == f"PREFIX rg: <https://w3id.org/rolegraph/> {asked}"
    assert with_prefixes("ASK { }") == "ASK { }"


def test_a_query_is_cut_into_pages_wherever_its_own_limit_stands():
    asked = sliced(
        'PREFIX a: <urn:a> SELECT ?s FROM <urn:g> { ?s a "LIMIT 3 {" } LIMIT 30 OFFSET 4 VALUES ?s { a:b }'
    )
    assert (asked.limit, asked.offset, asked.ordered) == (30, 4, False)
    page = (
        'PREFIX a: <urn:a> SELECT ?s FROM <urn:g> { ?s a "LIMIT 3 {" } LIMIT 10 OFFSET 14 VALUES ?s { a:b }'
    )
    assert " ".join(asked.page(14, 10).split()) == page
    ordered = sliced(
        "SELECT (MAX(?x) AS ?y) FROM <urn:g> WHERE { { SELECT ?x { ?s ?p ?x } LIMIT 5 } } ORDER BY ?y # z"
    )
    assert (ordered.limit, ordered.offset, ordered.ordered) == (None, 0, True)
    for text in (asked.page(1, 2), asked.counted(), ordered.page(1, 2), ordered.counted()):
        assert form_of(text) == "SELECT"
        list(rg.open().store.query(text))
    assert sliced("ASK { SELECT * { ?s ?p ?o } }") is None


@pytest.mark.parametrize("key", ["vars", "v\\u0061rs"])
def test_rows_of_very_many_columns_are_refused(key):
    names = ",".join(f'"v{number}"' for number in range(100_000))
    many = f'{{"head":{{"{key}":[{names}]}},"results":{{"bindings":[]}}}}'
    marks = "".join(f'<variable name="v{number}"/>' for number in range(100_000))
    head = f'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>{marks}</head><results/></sparql>'
    for kind, content in (("json", many), ("xml", head)):
        with pytest.raises(
            rg.EndpointError, match=r"^http://example.org/: answers with rows of more than 10,000 columns"
        ):
            read_rows("http://example.org/", Reply(kind, content.encode()))
