"""Nothing that is asked or read reaches a file or a connection: a listener and the system itself are asked.

The probes are those by which engines were compared when one was chosen. They run in one process, traced where
strace is there; the last thing it does is what they must not do, so that it is known to be noticed.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from threading import Thread

import pytest
from cli_runner import environment

from rolegraph.confinement import CAN_FORK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork"),
]

#: Queries: what must come of each. WEB and FILE stand for the listener, and for a file that holds a secret.
QUERIES = {
    "SELECT * { SERVICE <WEB> { ?s ?p ?o } }": "refused",
    "SELECT * { SERVICE SILENT <WEB> { ?s ?p ?o } }": "refused",
    "SELECT * { BIND(<WEB> AS ?w) SERVICE ?w { ?s ?p ?o } }": "refused",
    "PREFIX w: <WEB> SELECT * { SERVICE w: { ?s ?p ?o } }": "refused",
    "SELECT * { SERVICE#c\n<WEB> { ?s ?p ?o } }": "refused",
    "SELECT * { S\\u0045RVICE <WEB> { ?s ?p ?o } }": "refused",
    "SELECT * { SERVICE <FILE> { ?s ?p ?o } }": "refused",
    "SELECT * FROM <WEB> { ?s ?p ?o }": "nothing",
    "SELECT * FROM NAMED <WEB> { GRAPH ?g { ?s ?p ?o } }": "nothing",
    "SELECT * { GRAPH <WEB> { ?s ?p ?o } }": "nothing",
    "SELECT * FROM <FILE> { ?s ?p ?o }": "refused",
    "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }": "refused",
    "CONSTRUCT { ?s ?p ?o } FROM <FILE> { ?s ?p ?o }": "refused",
    "DESCRIBE <x:a> FROM <FILE>": "refused",
    "ASK FROM <file:///etc/passwd> { ?s ?p ?o }": "refused",
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }": "nothing",
    "DESCRIBE <WEB>": "nothing",
    "LOAD <WEB>": "refused",
    "LOAD SILENT <WEB> INTO GRAPH <x:g>": "refused",
    "LOAD <FILE>": "refused",
    "INSERT { ?s ?p ?o } USING <WEB> WHERE { ?s ?p ?o }": "refused",
    "INSERT { ?s ?p ?o } USING <FILE> WHERE { ?s ?p ?o }": "refused",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <WEB> { ?s ?p ?o } }": "refused",
    "ASK { } ; LOAD <WEB>": "refused",
}

_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
_XML = f'{_RDF}<rdf:Description rdf:about="urn:a"><x:p>%s</x:p></rdf:Description></rdf:RDF>'
_IMPORTS = "@prefix owl: <http://www.w3.org/2002/07/owl#> . <x:o> a owl:Ontology ; owl:imports <%s> ."

#: Files by name and number: what they hold, and what must come of each.
FILES = [
    ("a.jsonld", '{"@context": "WEB", "@id": "x:a", "x:b": 1}', "refused"),
    ("a.jsonld", '{"@context": ["FILE"], "@id": "x:a", "x:b": 1}', "refused"),
    ("a.jsonld", '{"@context": {"@import": "WEB"}, "@id": "x:a", "x:b": 1}', "refused"),
    ("a.jsonld", '{"@context": {"b": {"@id": "x:b", "@context": "WEB"}}, "b": {"b": 1}}', "refused"),
    ("a.rdf", "<!DOCTYPE r [<!ENTITY e SYSTEM 'WEB'>]>" + _XML % "&e;", "refused"),
    ("a.rdf", "<!DOCTYPE r [<!ENTITY e SYSTEM 'FILE'>]>" + _XML % "&e;", "refused"),
    ("a.rdf", "<!DOCTYPE r SYSTEM 'WEB'>" + _XML % "1", "refused"),
    ("a.rdf", "<!DOCTYPE r PUBLIC '-//X' 'FILE'>" + _XML % "1", "refused"),
    ("a.rdf", "<!DOCTYPE r [<!ENTITY % p SYSTEM 'WEB'> %p;]>" + _XML % "1", "refused"),
    ("a.ttl", _IMPORTS % "WEB", "read"),
    ("a.ttl", _IMPORTS % "FILE", "read"),
    ("a.trig", "<WEB> { <x:a> <x:b> <FILE> }", "read"),
    ("page.html", '<script type="application/ld+json">{"@context": "WEB", "name": "x"}</script>', "refused"),
    ("page.html", '<script type="application/ld+json" src="WEB"/><img src="WEB">', "refused"),
]  # fmt: skip

SCRIPT = """
import json, sys
from pathlib import Path
import pyoxigraph as ox
import rolegraph as rg
from rolegraph.answers import pack

probes, folder, web, secret = json.loads(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
store = rg.LocalStore()
store.load_text("<x:a> <x:b> 'c' .", "a")
store.query("ASK { }")
told = []
for sparql in probes["queries"]:
    try:
        told.append(pack(store.query(sparql), rg.Limits()).content.decode())
    except rg.QueryError:
        told.append("refused")
for name, content in probes["files"]:
    (folder / name).write_text(content)
    try:
        if name.endswith(".html"):
            rg.import_schemaorg(folder / name, folder / "out.ttl")
        else:
            graph = rg.open(folder / name)
            graph.validate() if name.endswith(".ttl") else graph.info()
        told.append("read")
    except rg.RolegraphError:
        told.append("refused")
print(json.dumps(told), flush=True)
Path(folder / "probes-are-over").write_text("")
Path(secret).read_text()
try:
    list(ox.Store().query("SELECT * { SERVICE <" + web + "> { ?s ?p ?o } }"))
except Exception:
    pass
"""


class Listener:
    """Hears who connects, and hangs up."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.web = f"http://127.0.0.1:{self.socket.getsockname()[1]}/a"
        self.knocks = 0
        self.thread = Thread(target=self._listen, daemon=True)
        self.thread.start()
        return self

    def _listen(self):
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.knocks += 1

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


def test_no_probe_reaches_a_file_or_a_connection(tmp_path):
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:a> <x:b> 'do not tell' .")
    (tmp_path / "given").mkdir()
    seen = tmp_path / "seen"
    traced = ["strace", "-f", "-qq", "-o", str(seen), "-e", "trace=connect,openat,open"]
    with Listener() as listener:

        def filled(text):
            return text.replace("WEB", listener.web).replace("FILE", secret.as_uri())

        probes = {
            "queries": [*map(filled, QUERIES)],
            "files": [(name, filled(content)) for name, content, _ in FILES],
        }
        script = [sys.executable, "-c", SCRIPT, json.dumps(probes), str(tmp_path / "given")]
        done = subprocess.run(
            [*(traced if shutil.which("strace") else []), *script, listener.web, str(secret)],
            capture_output=True,
            env=environment(),
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stderr == ""
        told = json.loads(done.stdout)
        assert listener.knocks == 1, "the last thing that it does, and no other"
    assert "do not tell" not in done.stdout
    wanted = [*QUERIES.values(), *(what for _, _, what in FILES)]
    given = [
        text if text in {"refused", "read"} else "nothing" if text.count("\n") <= 1 else text for text in told
    ]
    assert [*zip([*QUERIES, *FILES], given, strict=True)] == [*zip([*QUERIES, *FILES], wanted, strict=True)]
    if shutil.which("strace"):
        before, after = seen.read_text(errors="replace").split("probes-are-over")
        assert "secret.ttl" not in before
        assert "AF_INET" not in before
        assert "secret.ttl" in after
        assert "AF_INET" in after
