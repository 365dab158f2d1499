"""A worker answers as the store would, within limits, and leaves nothing behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from cli_runner import environment

import rolegraph as rg
from rolegraph.confinement import CAN_FORK
from rolegraph.limits import Limits
from rolegraph.stores import LocalStore
from rolegraph.worker import Worker, run_apart

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BIG = "BIND('xxxxxxxxxx' AS ?v0) " + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(30))


@pytest.fixture
def store():
    store = LocalStore()
    store.load_text("".join(f"<x:{n}> <x:p> <x:{n + 1}> .\n" for n in range(300)), "a")
    return store


@pytest.fixture
def worker(store):
    with Worker(store) as worker:
        yield worker
    assert children() == set()


def children():
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return {int(word) for word in told.stdout.split() if Path(f"/proc/{word}").exists()}  # not ps itself


def values(answer):
    return sorted(str(row[0]) for row in answer)


def test_it_answers_as_the_store_does(store, worker):
    limits = Limits()
    sparql = "SELECT ?o { <x:1> <x:p>+ ?o }"
    assert values(worker.ask(sparql, limits)) == values(store.query(sparql))
    assert set(worker.ask("CONSTRUCT WHERE { ?s ?p ?o }", limits)) == set(
        store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    )
    assert bool(worker.ask("ASK { <x:1> ?p ?o }", limits))


def test_it_sees_what_the_store_came_to_hold(store, worker):
    assert not bool(worker.ask("ASK { <x:new> ?p ?o }", Limits()))
    store.load_text("<x:new> <x:p> 1 .", "b")
    assert bool(worker.ask("ASK { <x:new> ?p ?o }", Limits()))


def test_mistakes_come_back_with_their_place(worker):
    with pytest.raises(rg.QueryError) as caught:
        worker.ask("SELECT *\n{ oops", Limits())
    assert caught.value.line == 2
    with pytest.raises(rg.QueryError, match="SERVICE is refused"):
        worker.ask("SELECT * { SERVICE <x:a> { } }", Limits())


def test_time_ends_and_the_next_query_is_answered(worker):
    began = time.monotonic()
    with pytest.raises(rg.OverLimit, match=r"The query was stopped after 0\.3 s") as caught:
        worker.ask(ENDLESS, Limits(seconds=0.3))
    assert time.monotonic() - began < 0.8
    assert caught.value.kind == "time"
    assert bool(worker.ask("ASK { }", Limits()))


@pytest.mark.parametrize("spent", [29.7, 31.0])
def test_what_is_spent_of_the_time_before_counts(worker, spent):
    began = time.monotonic()
    with pytest.raises(rg.OverLimit, match="The query was stopped after 30 s") as caught:
        worker.ask(ENDLESS, Limits(seconds=30), spent=spent)
    with pytest.raises(rg.OverLimit, match="The task was stopped after 30 s"):
        run_apart(lambda: time.sleep(20), "The task", Limits(seconds=30), spent=spent)
    assert caught.value.kind == "time"
    assert time.monotonic() - began < 10


def test_memory_ends_and_the_next_query_is_answered(worker, capfd):
    with pytest.raises(rg.OverLimit, match="The query needs more than 100 MB of memory") as caught:
        worker.ask(f"SELECT (STRLEN(?v30) AS ?n) {{ {BIG} }}", Limits(memory=100))
    assert caught.value.kind == "memory"
    assert bool(worker.ask("ASK { }", Limits()))
    assert capfd.readouterr().err == ""


def test_rows_end_and_what_there_is_comes_with_the_error(worker):
    with pytest.raises(rg.OverLimit, match="cut off after 3 rows") as caught:
        worker.ask("SELECT * { ?s ?p ?o }", Limits(rows=3))
    assert len(list(caught.value.partial)) == 3
    caught.value.partial = None  # the engine's object may not be collected by another thread


def test_a_worker_that_somebody_ended_is_replaced(worker):
    worker.ask("ASK { }", Limits())
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    until = time.monotonic() + 20
    while b"\nState:\tZ" not in _status(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert bool(worker.ask("ASK { }", Limits()))


def test_the_engine_that_dies_is_an_error():
    with pytest.raises(rg.OverLimit, match="nests too deeply for the engine") as caught:
        run_apart(lambda: os.kill(os.getpid(), signal.SIGSEGV), "The query", Limits())
    assert caught.value.kind == "depth"
    with pytest.raises(rg.OverLimit, match="ended by the system"):
        run_apart(lambda: os.kill(os.getpid(), signal.SIGKILL), "The query", Limits())


def test_what_is_done_apart_gives_its_result_and_its_errors(store):
    assert run_apart(lambda: len(store), "This", Limits()) == 300
    with pytest.raises(rg.SourceError, match="nowhere"):
        run_apart(lambda: LocalStore().load("nowhere.ttl"), "This", Limits())
    assert children() == set()


def test_nothing_can_be_opened_while_a_query_runs():
    with pytest.raises(rg.RolegraphError):
        run_apart(lambda: _open() and None, "This", Limits(), files=False)


def _open():
    try:
        os.open("/etc/hostname", os.O_RDONLY)
    except OSError as error:
        raise rg.QueryError(str(error)) from error


def test_threads_take_turns(worker):
    answers = []
    ask = lambda: answers.append(len(list(worker.ask("SELECT * { ?s ?p ?o }", Limits()))))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [300] * 8
    assert len(children()) == 1


def test_a_worker_that_is_forgotten_is_ended(store):
    worker = Worker(store)
    worker.ask("ASK { }", Limits())
    assert len(children()) == 1
    del worker
    gc.collect()
    assert children() == set()


LEFT_ALONE = """
import os, signal, sys
import rolegraph as rg
from threading import Timer
g = rg.open(limits=rg.Limits(seconds=60))
g.ask("ASK { }")
print(g._worker._child, flush=True)
Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
g.select(sys.argv[1])
"""


def test_no_worker_outlives_its_owner():
    done = subprocess.run(
        [sys.executable, "-c", LEFT_ALONE, ENDLESS], capture_output=True, env=environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    time.sleep(0.3)
    assert not Path(f"/proc/{int(done.stdout)}").exists() or b"\nState:\tZ" in _status(int(done.stdout))


def _status(number):
    return Path(f"/proc/{number}/status").read_bytes()


#: At its end Python empties the modules that something still holds, those first that were imported last.
KEPT = """
import ctypes, sys, types
early = sys.modules["early"] = types.ModuleType("early")
import rolegraph as rg
early.g = rg.open(limits=rg.Limits(seconds=60))
print(early.g.ask("ASK { }"), early.g._worker._child)
for module in (early, sys.modules["rolegraph.worker"]):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(module))
"""


def test_a_worker_that_is_kept_to_the_end_leaves_nothing_and_says_nothing():
    done = subprocess.run(
        [sys.executable, "-c", KEPT], capture_output=True, text=True, env=environment(), check=False
    )
    answer, child = done.stdout.split()
    assert (done.returncode, done.stderr, answer) == (0, "", "True")
    time.sleep(0.3)
    assert not Path(f"/proc/{child}").exists() or b"\nState:\tZ" in _status(child)


INTERRUPTED = """
import os, signal, sys, time
import rolegraph as rg
from threading import Timer
g = rg.open(limits=rg.Limits(seconds=60))
g.ask("ASK { }")
Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
began = time.monotonic()
try:
    g.select(sys.argv[1])
except KeyboardInterrupt:
    print(time.monotonic() - began, g.ask("ASK { }"))
"""


def test_ctrl_c_ends_a_query_of_the_library():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, ENDLESS],
        capture_output=True,
        env=environment(),
        text=True,
        check=True,
    )
    seconds, answer = done.stdout.split()
    assert float(seconds) < 0.8
    assert answer == "True"


def test_a_graph_with_limits_answers_as_one_without(tmp_path):
    file = tmp_path / "a.ttl"
    file.write_text("".join(f"<x:{n}> <x:p> {n} .\n" for n in range(50)))
    bounded, free = rg.open(file, limits=Limits(seconds=20)), rg.open(file)
    for sparql in ("SELECT ?s ?o { ?s <x:p> ?o } ORDER BY ?o", "SELECT ?x { }"):
        assert bounded.select(sparql) == free.select(sparql)
    assert bounded.ask("ASK { <x:1> ?p 1 }") is True
    assert bounded.construct("CONSTRUCT WHERE { <x:1> ?p ?o }") == free.construct(
        "CONSTRUCT WHERE { <x:1> ?p ?o }"
    )
    assert bounded.queries["coverage"]() == free.queries["coverage"]()
    bounded.limits = Limits(rows=5)
    with pytest.raises(rg.OverLimit) as caught:
        bounded.select("SELECT ?o { ?s <x:p> ?o }")
    assert len(caught.value.partial) == 5
    assert isinstance(caught.value.partial, rg.Table)
