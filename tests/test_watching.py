"""The command line can always be stopped: by its limits, by Ctrl-C, and by whoever ends it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from cli_runner import command, environment, process

from rolegraph.confinement import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs a system on which a process can fork")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BIG = "BIND('xxxxxxxxxx' AS ?v0) " + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(30))


@pytest.fixture
def slow_file(tmp_path):
    """Give a small file that takes the parser long: each node copies a large context."""
    context = {f"t{n}": f"urn:t{n}" for n in range(20_000)}
    nodes = [{"@context": {}, "@id": f"urn:{n}", "t1": 1} for n in range(20_000)]
    file = tmp_path / "slow.jsonld"
    file.write_text(json.dumps({"@context": context, "@graph": nodes}))
    return str(file)


def test_a_query_is_stopped_in_time():
    began = time.monotonic()
    answer = process("query", ENDLESS, "--timeout", "1")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "The query was stopped after 1 s. --timeout allows more.\n"
    assert time.monotonic() - began < 20  # with all that it takes to start; test_worker measures the stop


def test_reading_is_stopped_in_time(slow_file):
    answer = process("find", "x", "--data", slow_file, "--timeout", "0.5")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "Reading the data was stopped after 0.5 s. --timeout allows more.\n"


def test_memory_is_bounded():
    answer = process("query", f"SELECT (STRLEN(?v30) AS ?n) {{ {BIG} }}", "--max-memory", "200")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "The query needs more than 200 MB of memory. --max-memory allows more.\n"


def test_no_limit_means_none():
    answer = process(
        "query", "ASK { }", "--timeout", "0", "--max-memory", "0", "--max-size", "0", "--max-rows", "0"
    )
    assert (answer.code, answer.out, answer.err) == (0, "true\n", "")


@pytest.mark.parametrize(
    ("option", "value"), [("--timeout", "-1"), ("--timeout", "soon"), ("--max-rows", "1.5")]
)
def test_a_limit_that_is_none_is_refused(option, value):
    answer = process("query", "ASK { }", option, value)
    assert (answer.code, answer.out) == (2, "")
    assert option in answer.err


@pytest.mark.parametrize("form", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_that_was_cut_off_says_so(form):
    answer = process("query", form, "--max-rows", "2")
    assert answer.code == 3
    assert answer.err == "The answer was cut off after 2 rows. --max-rows allows more.\n"
    assert answer.out


def test_named_queries_keep_to_limits_that_are_given():
    answer = process("query", "skills_of_role", "--max-rows", "1", "--format", "csv")
    assert answer.code == 3
    assert len(answer.rows("csv")) == 2


def started(*arguments):
    return subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


def child_of(number, seconds=20):
    """Wait for a process to have a child that is at work, and give that."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        listed = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        if listed:
            time.sleep(0.4)  # let it begin
            return int(listed[0])
        time.sleep(0.02)
    raise AssertionError("no child")


def gone(number):
    try:
        return "Z" in Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("what", ["query", "reading"])
def test_ctrl_c_ends_it_at_once(what, slow_file):
    arguments = ("query", ENDLESS) if what == "query" else ("info", "--data", slow_file)
    with started(*arguments) as parent:
        child = child_of(parent.pid)
        began = time.monotonic()
        parent.send_signal(signal.SIGINT)
        out, err = parent.communicate(timeout=30)
    assert time.monotonic() - began < 1.0
    assert (parent.returncode, out, err) == (130, b"", b"Stopped.\n")
    assert gone(child)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_no_process_is_left_when_the_first_is_ended(how):
    with started("query", ENDLESS) as parent:
        child = child_of(parent.pid)
        parent.send_signal(how)
        parent.communicate(timeout=30)
    time.sleep(0.3)
    assert parent.returncode == (143 if how == signal.SIGTERM else -how)
    assert gone(child)


def test_a_process_that_is_ended_from_outside_is_told_of():
    with started("query", ENDLESS) as parent:
        os.kill(child_of(parent.pid), signal.SIGSEGV)
        _, err = parent.communicate(timeout=30)
    assert (parent.returncode, err) == (3, b"The query nests too deeply for the engine.\n")


def test_a_reader_that_is_slow_costs_a_query_no_time():
    """The clock runs until the answer is there, and not while it is read."""
    with started("query", "SELECT * { ?s ?p ?o }", "--timeout", "2") as parent:
        time.sleep(4)
        out, err = parent.communicate(timeout=30)
    assert (parent.returncode, err) == (0, b"")
    assert out.count(b"\n") > 5_000


ELSEWHERE = """
import sys
from rolegraph import watching, worker
watching.CAN_FORK = worker.CAN_FORK = False
from rolegraph.cli import main
main()
"""


def elsewhere(*arguments):
    """Run the command line as on a system where no process can fork."""
    return subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *arguments],
        capture_output=True,
        env=environment(),
        text=True,
        check=False,
    )


def test_where_no_process_can_fork_time_and_rows_are_bounded_all_the_same():
    done = elsewhere("query", ENDLESS, "--timeout", "1")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "The query was stopped after 1 s. --timeout allows more.\n"
    assert elsewhere("query", "SELECT * { ?s ?p ?o }", "--max-rows", "2").returncode == 3
    assert elsewhere("query", "ASK { }", "--timeout", "60").stdout == "true\n"


@pytest.mark.parametrize("what", ["query", "reading"])
def test_ctrl_c_on_a_terminal_ends_both_processes(what, slow_file):
    arguments = ("query", ENDLESS) if what == "query" else ("info", "--data", slow_file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns of a fork beside threads
        number, terminal = pty.fork()
    if not number:
        os.execve(sys.executable, command(*arguments), environment())  # noqa: S606 - ourselves
    child = child_of(number)
    began = time.monotonic()
    os.write(terminal, b"\x03")
    shown = b""
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            shown += part
    status = os.waitpid(number, 0)[1]
    os.close(terminal)
    assert time.monotonic() - began < 1.0
    assert os.waitstatus_to_exitcode(status) == 130
    assert shown.count(b"Stopped.") == 1
    assert b"Traceback" not in shown
    assert gone(child)


@pytest.fixture
def slow_table(tmp_path):
    """Give a job architecture that takes seconds to read, in a folder of its own to write beside."""
    folder = tmp_path / "jobs"
    folder.mkdir()
    (folder / "roles.csv").write_text("name\n" + "".join(f"role {n}\n" for n in range(60_000)))
    return folder


@pytest.mark.parametrize(
    ("out", "option", "value", "says"),
    [
        ("out.ttl.gz", "--timeout", "1", "The import was stopped after 1 s. --timeout allows more.\n"),
        (
            "out.store",
            "--max-memory",
            "30",
            "The import needs more than 30 MB of memory. --max-memory allows more.\n",
        ),
    ],
)
def test_an_import_keeps_to_its_limits_and_leaves_nothing(slow_table, out, option, value, says):
    answer = process("import", "table", str(slow_table), "-o", str(slow_table.parent / out), option, value)
    assert (answer.code, answer.out, answer.err) == (3, "", says)
    assert list(slow_table.parent.iterdir()) == [slow_table]


def test_ctrl_c_ends_an_import_at_once_and_leaves_nothing(slow_table):
    out = str(slow_table.parent / "out.store")
    with started("import", "table", str(slow_table), "-o", out) as parent:
        child = child_of(parent.pid)
        began = time.monotonic()
        parent.send_signal(signal.SIGINT)
        told = parent.communicate(timeout=30)
    assert time.monotonic() - began < 1.0
    assert (parent.returncode, told[0], told[1].strip()) == (130, b"", b"Stopped.")
    assert gone(child)
    assert list(slow_table.parent.iterdir()) == [slow_table]


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/secret.ttl> FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM <file:///tmp/secret.ttl> { ?s ?p ?o }",
        "LOAD <file:///tmp/secret.ttl>",
        "DESCRIBE <http://127.0.0.1:9/secret.ttl>",
    ],
)
def test_the_system_sees_no_connection_and_no_file(sparql, tmp_path):
    seen = tmp_path / "seen"
    traced = [
        "strace",
        "-f",
        "-o",
        str(seen),
        "-e",
        "trace=socket,connect,openat,open",
        *command("query", sparql),
    ]
    subprocess.run(traced, capture_output=True, env=environment(), check=False)
    calls = seen.read_text(errors="replace")
    assert "openat" in calls
    assert "AF_INET" not in calls
    assert "secret" not in calls
