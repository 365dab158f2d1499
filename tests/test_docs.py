"""README and docs/ show what is so: their commands, Python, example files and links are tried."""

from __future__ import annotations

import re
from pathlib import Path

import docs_blocks
import pytest
import workshop

from rolegraph.cli import COMMANDS
from rolegraph.queries import query_names

ROOT = docs_blocks.ROOT
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
REFERENCE = (ROOT / "docs/cli.md").read_text("utf-8")

SESSIONS = [
    pytest.param(page, block, id=f"{page.name}:{block.line}")
    for page in PAGES
    for block in docs_blocks.blocks(page.read_text("utf-8"))
    if block.language == "console"
]

#: What the help of each command gives as examples; `make check` keeps that page as the help is.
EXAMPLES = list(dict.fromkeys(re.findall(r"^    ((?:rolegraph|echo) .*)", REFERENCE, re.MULTILINE)))


@pytest.mark.slow
@pytest.mark.parametrize(("document", "block"), SESSIONS)
def test_a_session_prints_what_the_page_shows(document, block):
    files = docs_blocks.files_in(document.read_text("utf-8"))
    assert docs_blocks.session(docs_blocks.commands_of(block.text), files) == block.text


def test_the_readme_shows_at_least_five_sessions():
    commands = [
        command
        for block in docs_blocks.blocks(README)
        if block.language == "console"
        for command in docs_blocks.commands_of(block.text)
    ]
    assert len({command.split()[1] for command in commands if command.startswith("rolegraph ")}) >= 5
    assert commands.count("echo $?") >= 2


def test_a_session_that_fails_unasked_is_refused():
    with pytest.raises(RuntimeError, match=r"(?s)path CEO 'unit manager': exit status 1.*No route"):
        docs_blocks.session(["rolegraph path CEO 'unit manager'"], {})
    assert docs_blocks.session(["false", "echo $?"], {}) == "$ false\n$ echo $?\n1\n"


def test_a_command_over_several_lines_is_read_back_as_it_was():
    command = "echo 'one\n  two'"
    shown = docs_blocks.session([command, "true"], {})
    assert shown == "$ echo 'one\n>   two'\none\n  two\n$ true\n"
    assert docs_blocks.commands_of(shown) == [command, "true"]


def test_what_a_terminal_shows_in_passing_is_not_part_of_a_session():
    passing = r"printf '\033[?25lworking\r\033[2Kworking\n\033[?25h\r\033[1A\033[2Kdone\n'"
    assert docs_blocks.session([passing], {}) == f"$ {passing}\ndone\n"


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_python_on_the_page_answers_what_it_shows(document):
    assert docs_blocks.check_python(document.read_text("utf-8"), document.name) == ""


def test_python_that_answers_something_else_is_noticed():
    shown = docs_blocks.python("x = 2\nfor n in range(x):\n    print(n)\n\nx + 1")
    assert shown == "```pycon\n>>> x = 2\n>>> for n in range(x):\n...     print(n)\n0\n1\n>>> x + 1\n3\n```\n"
    assert docs_blocks.check_python(shown, "page") == ""
    assert "Expected:\n    4\nGot:\n    3\n" in docs_blocks.check_python(shown.replace("\n3", "\n4"), "page")


def test_the_example_of_own_data_conforms_and_gives_a_route(tmp_path):
    import rolegraph as rg

    file = tmp_path / "mine.ttl"
    file.write_text(docs_blocks.files_in(README)["mine.ttl"], "utf-8")
    graph = rg.open("curated", file)
    assert graph.validate().problems == ()
    path = graph.path("GPM", "CEO")
    assert path.labels == ("group product manager", "chief product officer", "chief executive officer")
    assert path.steps[0].evidence[0].publisher == "Example Ltd"
    assert path.roles[0].pay[0].amount == 150000


@pytest.mark.slow
@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_in_the_help_works(command, tmp_path):
    workshop.furnish(tmp_path, ROOT / "ontology/data/coursera-cpo-guide.ttl")
    shown, status = docs_blocks.run(workshop.ending(command), tmp_path)
    assert status == 0, shown


def test_every_command_is_on_the_page_with_an_example():
    assert re.findall(r"^## `rolegraph (.*)`", REFERENCE, re.MULTILINE) == list(COMMANDS)
    for name, (_, sentence) in COMMANDS.items():
        part = REFERENCE.partition(f"## `rolegraph {name}`\n")[2].partition("\n## ")[0]
        assert f"Usage: rolegraph {name} " in part
        assert sentence
        assert any(f"rolegraph {name} " in example for example in EXAMPLES) or name == "info"


def test_no_help_shows_the_mark_that_keeps_click_from_wrapping_lines():
    assert "\\b" not in REFERENCE


def test_every_named_query_is_listed():
    page = (ROOT / "docs/queries.md").read_text("utf-8")
    listed = re.findall(r"^\| \[`(\w+)`\]\(\.\./queries/(\w+)\.rq\)", page, re.MULTILINE)
    assert listed == [(name, name) for name in query_names()]


def test_every_module_is_named_with_what_it_does():
    package = ROOT / "src/rolegraph"
    modules = {str(file.relative_to(package)) for file in package.rglob("*.py")} - {"__init__.py"}
    rows = dict(re.findall(r"^\| \d+ \| `([\w/]+\.py)` \| (.+) \|$", README, re.MULTILINE))
    assert set(rows) == modules
    assert all(rows.values())


def test_every_folder_is_named():
    tracked = {"ontology", "queries", "src", "tests", "tools", "benchmarks", "docs", "notebooks"}
    layout = next(block.text for block in docs_blocks.blocks(README) if "ontology/" in block.text)
    assert set(re.findall(r"^(\w+)/", layout, re.MULTILINE)) == tracked
    assert {folder for folder in tracked if (ROOT / folder).is_dir()} == tracked


def test_the_readme_numbers_the_caveats_of_the_data():
    import rolegraph as rg

    caveats = rg.open().select("SELECT ?text { ?caveat a rg:Caveat ; rg:text ?text }")
    section = README.partition("## What the data says")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d\. ", section, re.MULTILINE)) == len(caveats) == 10


def test_the_readme_lists_every_data_set_with_its_version():
    import rolegraph as rg

    shipped = {
        row["set"].rpartition("/")[2]: row["version"]
        for row in rg.open().queries["data_sets"]()
        if not row["set"].endswith("/ontology")
    }
    rows = dict(re.findall(r"^\| `([\w-]+)` \| [^|]+ \| ([^|]+) \|", README, re.MULTILINE))
    assert set(shipped) == set(rows) & set(shipped)
    assert {name: rows[name] for name in shipped if not rows[name].startswith(shipped[name])} == {}


def test_make_has_the_targets_that_the_readme_names():
    named = set(re.findall(r"make ([a-z]+)`", README)) | set(
        re.findall(r"^make (\w+)$", README, re.MULTILINE)
    )
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "tools/run_notebooks.py" in makefile
    assert {"demo", "test", "check"} <= named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_links_lead_somewhere(document):
    text = re.sub(r"```.*?```|<!--.*?-->", "", document.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)]+)\)", text)
    for target in targets:
        file, _, anchor = target.partition("#")
        found = (document.parent / file).resolve() if file else document
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(found), target


def anchors(page: Path) -> set[str]:
    """Give the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.*)", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_marks_for_cog_are_comments_that_nobody_sees(document):
    seen = re.sub(r"<!--.*?-->", "", document.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\bcog\b", seen)
    assert "[[[" not in seen
    assert "]]]" not in seen


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_no_page_shows_where_it_was_made(document):
    text = document.read_text("utf-8")
    assert not re.search(r"(?<![\w.:/])/(tmp|home|root|usr|work|Users)/", text)
    assert str(ROOT) not in text
