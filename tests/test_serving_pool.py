"""Workers and who waits for them; the application in a server of your own; and where nothing can fork."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager

import pytest
from cli_runner import environment
from served import ENDLESS, family, gone

import rolegraph as rg
from rolegraph.confinement import CAN_FORK
from rolegraph.limits import Limits
from rolegraph.serving import ServeOptions, app
from rolegraph.serving.inline import Inline
from rolegraph.serving.kept import Kept
from rolegraph.serving.negotiation import forms
from rolegraph.serving.pool import Pool
from rolegraph.serving.protocol import Question
from rolegraph.serving.refusals import Refused
from rolegraph.serving.results import Reply
from rolegraph.serving.work import Call, Query
from rolegraph.serving.zygote import Zygote

needs_fork = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")

LIMITS = Limits(seconds=1, memory=500, rows=10, size=1)
FIND = Call("find", {"text": "CPO", "kind": "role"})


def asked(sparql):
    return Query(Question(sparql), forms("application/json"), "http://localhost/")


@asynccontextmanager
async def pool_of(workers, waiting=100, limits=LIMITS):
    pool = Pool(Zygote(rg.open, limits), limits, workers, waiting)
    try:
        await pool.start()
        yield pool
    finally:
        await pool.close()
        assert gone(family(os.getpid()) - {os.getpid()})


@needs_fork
def test_who_finds_all_places_to_wait_taken_is_refused_at_once():
    async def run():
        async with pool_of(1, waiting=1) as pool:
            began = time.monotonic()
            hostile = [asyncio.create_task(pool.ask(asked(ENDLESS))) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Refused) as caught:
                await pool.ask(FIND)
            assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "1"})
            assert time.monotonic() - began < 0.5
            for one in await asyncio.gather(*hostile, return_exceptions=True):
                assert one.status in {503, 504}
            assert json.loads((await pool.ask(FIND)).content)[0]["name"] == "chief product officer"

    asyncio.run(run())


@needs_fork
def test_the_one_that_ran_longest_makes_room():
    async def run():
        async with pool_of(1, limits=Limits(seconds=30)) as pool:
            hostile = [asyncio.create_task(pool.ask(asked(ENDLESS))) for _ in range(3)]
            found = await pool.ask(FIND)
            assert b"chief product officer" in found.content
            first = await asyncio.gather(hostile[0], return_exceptions=True)
            assert (first[0].status, first[0].headers) == (503, {"Retry-After": "10"})
            assert "took long" in str(first[0])
            for one in hostile:
                one.cancel()
            await asyncio.gather(*hostile, return_exceptions=True)
            assert b"chief product officer" in (await pool.ask(FIND)).content

    asyncio.run(run())


@needs_fork
def test_whoever_is_cancelled_takes_no_worker_along():
    async def run():
        async with pool_of(2) as pool:
            for _ in range(5):
                task = asyncio.create_task(pool.ask(asked(ENDLESS)))
                await asyncio.sleep(0.02)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert b"chief product officer" in (await pool.ask(FIND)).content
            until = time.monotonic() + 5
            while pool.state["ready"] != 2:
                assert time.monotonic() < until
                await asyncio.sleep(0.01)

    asyncio.run(run())


@needs_fork
def test_an_opening_that_fails_is_told_where_it_was_asked_for():
    def fail():
        raise rg.SourceError("a.ttl", "is wrong")

    zygote = Zygote(fail, LIMITS)
    with pytest.raises(rg.SourceError, match=r"a\.ttl: is wrong"):
        zygote.ready()
    zygote.close()
    zygote = Zygote(lambda: time.sleep(60), LIMITS, Limits(seconds=0.2))
    with pytest.raises(rg.OverLimit, match=r"Reading the data was stopped after 0\.2 s"):
        zygote.ready()
    zygote.close()


def test_where_nothing_can_fork_rows_and_size_are_bounded_all_the_same():
    async def run():
        inline = Inline(rg.open(), LIMITS, 2)
        await inline.start()
        assert b"chief product officer" in (await inline.ask(FIND)).content
        reply = await inline.ask(asked("SELECT ?s { ?s ?p ?o }"))
        assert (reply.cut, len(json.loads(reply.content)["results"]["bindings"])) == ("rows", 10)
        with pytest.raises(Refused, match="SERVICE is refused"):
            await inline.ask(asked("SELECT * { SERVICE <http://127.0.0.1:9/> { } }"))
        many = await asyncio.gather(*(inline.ask(FIND) for _ in range(5)), return_exceptions=True)
        assert {one.status for one in many if isinstance(one, Refused)} == {503}
        assert sum(isinstance(one, Refused) for one in many) == 2
        assert inline.state == {"ready": 1, "busy": 0, "aside": 0, "waiting": 0}
        await inline.close()

    asyncio.run(run())


async def call(application, target):
    """Ask an ASGI application for something, between its start and its end."""
    sent, told, come = [], asyncio.Queue(), asyncio.Queue()
    life = asyncio.create_task(application({"type": "lifespan", "state": {}}, told.get, come.put))
    await told.put({"type": "lifespan.startup"})
    assert (await come.get())["type"] == "lifespan.startup.complete"

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "root_path": "",
        "client": None,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"anywhere.test")],
    }
    await application(scope, receive, send)
    await told.put({"type": "lifespan.shutdown"})
    assert (await come.get())["type"] == "lifespan.shutdown.complete"
    await life
    return sent[0]["status"], sent[1]["body"]


@needs_fork
def test_the_application_runs_in_a_server_of_your_own():
    lines = []
    application = app(rg.open(), ServeOptions(workers=1, log=lines.append))
    status, body = asyncio.run(call(application, "/api/find?text=CPO&kind=role"))
    assert (status, json.loads(body)[0]["aliases"]) == (200, "CPO")
    assert len(lines) == 1
    assert gone(family(os.getpid()) - {os.getpid()})


WITHOUT = """
import sys
sys.modules["starlette"] = None
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "uvicorn" else find(name, *rest)
import rolegraph as rg
try:
    rg.serve(rg.open())
except rg.MissingExtra as error:
    print(error)
"""


def test_without_the_extra_it_says_what_to_install():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, env=environment(), check=True
    )
    assert "pip install 'rolegraph[serve]'" in done.stdout


@pytest.mark.parametrize(
    "wrong", [{"workers": -1}, {"waiting": -1}, {"cors": ("example.org",)}, {"grace": -1}]
)
def test_options_that_cannot_be_are_refused(wrong):
    with pytest.raises(rg.ParameterError):
        ServeOptions(**wrong)


def test_replies_are_kept_unless_they_are_large_or_fickle():
    kept = Kept()
    reply = Reply(b"x" * 50_000, "application/json")
    for number in range(1_000):
        kept.put(asked(f"SELECT ?{number} {{}}"), reply)
    assert kept.get(asked("SELECT ?0 {}")) is None  # 16 MB are kept, those that were asked for last
    assert kept.get(asked("SELECT ?999 {}")) == reply
    found = [number for number in range(1_000) if kept.get(asked(f"SELECT ?{number} {{}}"))]
    assert 300 < len(found) < 325
    large = asked("SELECT ?large {}")
    kept.put(large, Reply(b"x" * 70_000, "application/json"))
    assert kept.get(large) is None
    for fickle in ("SELECT (RAND() AS ?x) {}", "SELECT (now #\n() AS ?x) {}", "SELECT (StrUUID() AS ?x) {}"):
        kept.put(asked(fickle), reply)
        assert kept.get(asked(fickle)) is None
    kept.put(FIND, reply)
    assert kept.get(Call("find", {"text": "CPO", "kind": "role"})) == reply
    assert kept.get(Call("find", {"text": "CPO", "kind": None})) is None
