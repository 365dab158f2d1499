"""The JSON interface answers as the command line does, keeps to its description, and to who may ask."""

from __future__ import annotations

import json
import os
import re
import time
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from cli_runner import rolegraph
from hypothesis import HealthCheck, Phase, given, settings
from served import FORM, served

import rolegraph as rg
from rolegraph import rules
from rolegraph.cli.options import COSTS as TOLD
from rolegraph.confinement import CAN_FORK
from rolegraph.serving import openapi
from rolegraph.serving.front import _line
from rolegraph.serving.operations import COSTS, EVIDENCE, OPERATIONS
from rolegraph.serving.parameters import read
from rolegraph.serving.refusals import Refused

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(
        tmp_path_factory.mktemp("server"), "--cors", "https://example.org", "--host-name", "roles.test"
    ) as one:
        yield one


# -- as the command line

DEVELOPER, CPO = "product developer", "CPO"

SAME = [
    (("find", "product"), "find", {"text": "product"}),
    (("find", "cpo", "--kind", "role"), "find", {"text": "cpo", "kind": "role"}),
    (("find", "nothing has this name"), "find", {"text": "nothing has this name"}),
    (("role", "brand manager"), "role", {"name": "brand manager"}),
    (("gap", "product manager", CPO), "gap", {"start": "product manager", "goal": CPO}),
    (("why", DEVELOPER, CPO), "why", {"name": DEVELOPER, "other": CPO}),
    (("why", CPO), "why", {"name": CPO}),
    (("path", DEVELOPER, "CEO"), "path", {"start": DEVELOPER, "goal": "CEO"}),
    (
        ("path", DEVELOPER, "CEO", "-k", "3", "--by", "doubt", "--plan", "--missing", "worst"),
        "path",
        {"start": DEVELOPER, "goal": "CEO", "k": 3, "by": "doubt", "plan": "true", "missing": "worst"},
    ),
    (
        ("path", DEVELOPER, "CEO", "--via", "software developer", "--avoid", CPO, "--only", "observed",
         "--only", "stated"),
        "path",
        {"start": DEVELOPER, "goal": "CEO", "via": ["software developer"], "avoid": [CPO],
         "only": ["observed", "stated"]},
    ),
    (
        ("path", DEVELOPER, "CEO", "--all", "--max-steps", "3"),
        "path",
        {"start": DEVELOPER, "goal": "CEO", "all": "true", "max-steps": 3},
    ),
    (
        ("path", "associate product manager", "CEO", "--tradeoffs", "gap,doubt,hops"),
        "path",
        {"start": "associate product manager", "goal": "CEO", "tradeoffs": ["gap", "doubt", "hops"]},
    ),
    (
        ("path", "product manager", "CEO", "--min-pay", "300000 median wage"),
        "path",
        {"start": "product manager", "goal": "CEO", "min-pay": "300000 median wage"},
    ),
    (
        ("path", DEVELOPER, "CEO", "--max-pay-cut", "10%", "--allow-mixed", "--no-degree", "master's degree"),
        "path",
        {"start": DEVELOPER, "goal": "CEO", "max-pay-cut": "10%", "allow-mixed": "true",
         "no-degree": "master's degree"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "name", "given"), SAME)
def test_it_answers_as_the_command_line_does(server, arguments, name, given):
    told = rolegraph(*arguments, "--format", "json")
    found = server.get(f"/api/{name}?{urlencode(given, doseq=True)}")
    assert (found.status, found.media) == (200, "application/json")
    assert told.code in {0, 1}
    assert found.json() == json.loads(told.out)


def test_a_named_query_is_filled(server):
    found = server.get("/api/fill?query=skills_of_role&value=role%3DCPO")
    assert "VALUES ?role { <https://w3id.org/rolegraph/role/chief-product-officer> }" in found.json()["query"]
    assert server.query(found.json()["query"]).values("skill")


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("role", 400, "The parameter name is missing"),
        ("role?name=", 400, "name must not be empty"),
        ("role?name=CPO&name=CEO", 400, "name is given 2 times"),
        ("role?name=CPO&nmae=CEO", 400, "There is no parameter 'nmae'; there are: name."),
        ("role?name=chief+produt+officer", 404, "Did you mean 'chief product officer'"),
        (f"role?name={'x' * 2000}", 400, "longer than 1,000 characters"),
        ("role?name=%ff", 400, "not UTF-8"),
        ("find?text=a&kind=animal", 400, "kind is one of role"),
        ("path?start=CPO&goal=CEO&k=0", 400, "k is at least 1 and at most 100, and not '0'."),
        ("path?start=CPO&goal=CEO&k=x", 400, "k is a whole number"),
        ("path?start=CPO&goal=CEO&plan=maybe", 400, "plan is true or false"),
        ("path?start=CPO&goal=CEO&min-pay=much", 400, "min-pay is such as 90000"),
        ("path?start=CPO&goal=CEO&min-pay=9+wishes", 400, "no statistic of pay"),
        ("path?start=CPO&goal=CEO&max-pay-cut=9+wishes", 400, "an amount or a percentage"),
        ("path?start=CPO&goal=CEO&all=true", 400, "limit their moves with max-steps"),
        ("fill?query=nothing", 404, "No query is called 'nothing'"),
        ("fill?query=pay&value=x%3D1", 400, "has no parameter 'x'"),
        ("fill?query=pay&value=x", 400, "value is such as role=CPO"),
        ("nothing", 404, "There is nothing at /api/nothing"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(server, target, status, words):
    found = server.get(f"/api/{target}")
    assert (found.status, found.media) == (status, "application/problem+json")
    jsonschema.validate(found.json(), openapi._PROBLEM)
    assert found.json()["status"] == status
    assert words in found.json()["detail"]


# -- the description


def test_the_description_is_valid_and_complete(server):
    import schemathesis

    described = server.get("/openapi.json").json()
    schemathesis.openapi.from_dict(described)  # raises where it is no OpenAPI
    for name, operation in OPERATIONS.items():
        get = described["paths"][f"/api/{name}"]["get"]
        assert [item["name"] for item in get["parameters"]] == [item.name for item in operation.parameters]
        for item in get["parameters"]:
            jsonschema.Draft202012Validator.check_schema(item["schema"])
            if "example" in item:
                jsonschema.validate(item["example"], item["schema"])
    assert {"/sparql", "/health"} < set(described["paths"])


def test_the_declared_choices_are_those_of_the_library():
    assert set(EVIDENCE) == set(rules.EVIDENCE_KINDS)
    assert COSTS == TOLD


def test_schemathesis_finds_nothing(server):
    """A few examples of each operation, right and wrong ones; ROLEGRAPH_FUZZ asks for more."""
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as on

    schema = schemathesis.openapi.from_url(f"{server.address}openapi.json")
    schema.config.generation.update(modes=list(schemathesis.GenerationMode))
    checks = [
        not_a_server_error,
        on.status_code_conformance,
        on.content_type_conformance,
        on.response_schema_conformance,
    ]
    examples = 6 * int(os.environ.get("ROLEGRAPH_FUZZ", "1"))
    tried = set()
    for result in schema.get_all_operations():
        operation = result.ok()

        def ask(case):
            response = case.call_and_validate(checks=checks)
            tried.add((case.path, response.status_code))

        bounded = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        bounded(given(operation.as_strategy())(ask))()
    assert {path for path, _ in tried} == set(server.get("/openapi.json").json()["paths"])


# -- what does not change, and what goes with every answer


@pytest.mark.parametrize(
    "target", ["/", "/map", "/editor", "/openapi.json", "/api/role?name=CPO", "/assets/editor.js"]
)
def test_what_the_client_has_is_not_sent_again(server, target):
    first = server.get(target)
    assert first.status == 200
    again = server.get(target, If_None_Match=f'"other", {first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert server.get(target, If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    "target", ["/", "/sparql?query=ASK%7B%7D", "/api/role", "/nowhere", "/map", "/health"]
)
def test_headers_keep_browsers_from_guessing_and_framing(server, target):
    headers = server.get(target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]:80", "roles.test"])
def test_it_goes_by_its_own_names(server, host):
    assert server.get("/health", Host=host).status == 200


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test:80", ""])
def test_it_goes_by_no_other_name(server, host):
    found = server.get("/sparql?query=ASK%7B%7D", Host=host)
    assert found.status == 421
    assert "--host-name" in found.text


def test_other_origins_may_read_only_where_they_are_allowed(server):
    allowed = server.query("ASK { }").headers
    assert "access-control-allow-origin" not in allowed
    allowed = server.get("/sparql?query=ASK%7B%7D", Origin="https://example.org").headers
    assert allowed["access-control-allow-origin"] == "https://example.org"
    assert "Rolegraph-Truncated" in allowed["access-control-expose-headers"]
    assert "Origin" in allowed["vary"]
    other = server.get("/sparql?query=ASK%7B%7D", Origin="https://example.com")
    assert "access-control-allow-origin" not in other.headers
    asked = {"Origin": "https://example.org", "Access_Control_Request_Method": "POST"}
    preflight = server.request("OPTIONS", "/sparql", **asked)
    assert (preflight.status, preflight.body) == (204, b"")
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_the_log_has_a_line_for_each_request(server):
    server.get("/health?first")
    server.post("query=ASK%7B%7D", FORM)
    server.get(f"/nowhere{quote(chr(27) + '[31m')}?{'x' * 3000}")
    until = time.monotonic() + 5
    lines: list[str] = []
    while len(lines) < 3:  # a line is written when its answer has gone out
        assert time.monotonic() < until
        log = server.log()
        lines = log[next((n for n, line in enumerate(log) if "/health?first" in line), len(log)) :]
    form = r'127\.0\.0\.1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ "%s" %d \d+ B [\d.]+ ms'
    assert re.fullmatch(form % (r"GET /health\?first", 200), lines[0])
    assert re.fullmatch(form % ("POST /sparql", 200), lines[1])
    assert re.fullmatch(form % (r"GET /nowhere%1B%5B31m\?x+\.\.\.", 404), lines[2])
    assert len(lines[2]) < 700


def test_nothing_of_a_request_steers_a_terminal_from_the_log():
    scope = {
        "client": None,
        "method": "GET",
        "raw_path": bytes(range(256)),
        "query_string": b"\x1b[m\xff",
        "path": "/",
    }
    assert re.fullmatch(r"[ -~]+", _line(scope, 200, 0, 0.1))


def test_health_tells_what_there_is(server):
    told = server.get("/health").json()
    assert told["status"] == "ok"
    assert told["version"] == rg.__version__
    assert told["statements"] == len(rg.open().store)


def test_other_methods_are_told_what_can_be_done(server):
    found = server.request("DELETE", "/api/role?name=CPO")
    assert (found.status, found.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert found.media == "application/problem+json"


def test_parameters_are_read_by_what_is_declared():
    given = read(OPERATIONS["path"].parameters, "start=a&goal=b&via=c&via=d&plan&max-steps=3")
    assert (given["start"], given["via"], given["plan"], given["max_steps"]) == ("a", ("c", "d"), True, 3)
    assert (given["by"], given["k"], given["avoid"], given["min_pay"]) == ("hops", 1, (), None)
    with pytest.raises(Refused, match="more than 100 parameters"):
        read(OPERATIONS["path"].parameters, "via=x&" * 101)


def test_paths_can_be_searched_within_sparql(server):
    asked = '[] path:source "%s" ; path:target "CEO" ; path:edgeIndex ?step ; path:end ?end'
    found = server.query(f"SELECT * {{ SERVICE rolegraph:path {{ {asked % 'product developer'} }} }}")
    assert (found.status, len(found.json()["results"]["bindings"])) == (200, 2)
    assert found.values("end")[-1].endswith("chief-product-officer")
    wrong = server.query(f"SELECT * {{ SERVICE rolegraph:path {{ {asked % 'nobody'} }} }}")
    assert (wrong.status, "nobody" in wrong.text) == (400, True)


def test_what_lies_with_another_server_is_served_from_a_copy(server, tmp_path):
    with served(tmp_path, "--data", f"{server.address}sparql") as copied:
        for target in ("/api/role?name=CPO", "/api/path?start=product+developer&goal=CEO"):
            assert copied.get(target).json() == server.get(target).json()
