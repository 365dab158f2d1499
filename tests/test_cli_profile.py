"""`profile`: begins a profile, checks one, and tells all that is wrong with it."""

from __future__ import annotations

import json
from contextlib import chdir

import pytest
from cli_runner import HOSTILE, agrees, letters, on_terminal, plain, process, rolegraph, steering
from worlds import WORLD, shipped, turtle, world

import rolegraph as rg
from rolegraph import cli
from rolegraph.network import one_name
from rolegraph.profiles import profile_dict, profile_table, read_pay_bases, read_profile, template

MINE = ("--data", str(WORLD))
COOK = """\
role: sous-chef
skills: [knife skills, tasting]
degrees: [diploma in cookery]
certifications: [hygiene certificate]
trainings: [costing course]
years: 6
pay: {amount: 30000, currency: EUR, statistic: median total pay, area: Harbour Town}
"""


def understood(file, graph):
    """Give how a graph understands a profile."""
    names = one_name(graph.network())
    return read_profile(file, graph.entries(), read_pay_bases(graph.store), one_name=lambda: names)


@pytest.fixture
def cook(tmp_path):
    """Give a profile that the small world understands."""
    file = tmp_path / "me.yaml"
    file.write_text(COOK)
    return file


# -- checking --


def test_a_profile_that_holds_is_shown_in_every_format(cook):
    profile, entries = understood(cook, world()), world().entries()
    answer = agrees(
        ("profile", str(cook), *MINE), profile_table(profile, entries), profile_dict(profile, entries)
    )
    assert answer.err == ""
    assert len(answer.rows("tsv")) == 1 + 8


def test_people_get_it_by_headings(cook):
    shown = on_terminal("profile", str(cook), *MINE)
    assert shown == rolegraph("profile", str(cook), *MINE, "--format", "table")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == (
        "Role now\n  sous-chef\n\nSkills (2)\n  - knife skills\n  - tasting\n\n"
        "Degrees (1)\n  - diploma in cookery\n\nCertifications (1)\n  - hygiene certificate\n\n"
        "Trainings (1)\n  - costing course\n\nYears of experience\n  6\n\n"
        "Pay\n  EUR 30,000 a year (median total pay, Harbour Town; your profile)\n"
    )


def test_turtle_and_a_name_of_two_schemes(tmp_path):
    file = turtle(tmp_path, '<#me> a rg:Profile ; rg:hasSkill "project management", "leadership" .')
    shown = json.loads(rolegraph("profile", str(file), "--format", "json").out)
    assert shown == plain(profile_dict(understood(file, shipped()), shipped().entries()))
    assert [skill["name"] for skill in shown["skills"]] == ["leadership", "project management"]


def test_an_empty_profile_is_said_to_be_empty(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text("skills:\n")
    answer = rolegraph("profile", str(file), *MINE)
    assert (answer.code, answer.out) == (0, "what\tvalue\tiri\n")
    assert answer.err == "The profile holds, and nothing in it is filled in yet.\n"


def test_every_problem_is_told_with_its_line_and_the_code_is_2(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text("role: sous-chf\nskils: []\nskills:\n  - tastin\nyears: many\n")
    answer = process("profile", str(file), *MINE)
    assert (answer.code, answer.out) == (2, "")
    first, *others = answer.err.splitlines()
    assert first.startswith(f"Error: {file}:1: no role is called 'sous-chf'. Did you mean 'sous-chef'")
    assert others == [
        f"{file}:2: there is no key 'skils'. Did you mean 'skills'?",
        f"{file}:4: no skill is called 'tastin'. Did you mean 'tasting'?",
        f"{file}:5: years: expected a number from 0 to 100, and found 'many'",
    ]
    assert rolegraph("profile", str(file), *MINE) == answer


def test_of_many_problems_the_first_are_told_and_the_others_counted(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text("skills:\n" + "".join(f"  - no such thing as {n}\n" for n in range(90)))
    *lines, more = rolegraph("profile", str(file), *MINE).err.splitlines()
    assert [int(line.removeprefix("Error: ").split(":")[1]) for line in lines] == [*range(2, 21)]
    assert more == "and 71 more problems"


def test_hostile_names_are_shown_and_never_obeyed(tmp_path):
    file = tmp_path / "me.yaml"
    text = json.dumps(HOSTILE)
    file.write_text(f"role: {text}\n{text}: 1\nskills: [{text}]\npay: {{currency: {text}}}\n")
    answer = rolegraph("profile", str(file), *MINE)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 6
    assert steering(answer.err) == set()
    data = turtle(tmp_path, f'role:a a rg:Role ; skos:prefLabel {text} ; skos:altLabel "chef" .')
    file.write_text("role: chef\n")
    for kind in ("table", "tsv", "md", "json"):
        shown = rolegraph("profile", str(file), "--data", str(data), "--format", kind)
        assert shown.code == 0
        assert steering(shown.out) == set()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds nothing; `rolegraph profile --init` writes a template"),
        (b"- a", ":1:1: expected keys with values"),
        (b"a: \xff", ":1:4: is no UTF-8 text"),
        (b"a: &a [*a]", ":1:4: anchors and aliases"),
        (b"a:\n\t- b", ":2:1: is no valid YAML: a tab"),
        (b"[" * 90_000, ":1:11: lists in lists"),
        (b"#" * 200_000, "is larger than"),
    ],
)
def test_what_is_no_profile_is_refused_in_one_line(tmp_path, content, says):
    file = tmp_path / "me.yaml"
    file.write_bytes(content)
    answer = rolegraph("profile", str(file))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"Error: {file}")
    assert says in answer.err
    assert answer.err.count("\n") == 1
    assert rolegraph("profile", str(tmp_path / "none.yaml")).err == (
        f"Error: {tmp_path / 'none.yaml'}: No such file or directory\n"
    )


# -- beginning --


def test_init_writes_a_template_that_holds(tmp_path):
    with chdir(tmp_path):
        assert cli.run(["profile", "--init", *MINE]) == 0
    file = tmp_path / "me.yaml"
    assert [path.name for path in tmp_path.iterdir()] == ["me.yaml"]
    assert file.read_text("utf-8") == template(world().entries(), read_pay_bases(world().store))
    assert understood(file, world()) == rg.Profile()
    assert rolegraph("profile", str(file), *MINE).code == 0


def test_init_writes_where_it_is_told_to_and_says_so(tmp_path):
    file = tmp_path / "mine.yml"
    answer = rolegraph("profile", "--init", "-o", str(file), *MINE)
    assert (answer.code, answer.out, answer.err) == (0, "", f"Wrote {file}\n")
    printed = rolegraph("profile", "--init", "-o", "-", *MINE)
    assert (printed.code, printed.out, printed.err) == (0, file.read_text("utf-8"), "")
    assert letters(on_terminal("profile", "--init", "-o", "-", *MINE).out) == letters(printed.out)


def test_init_overwrites_nothing_unless_forced(cook):
    answer = rolegraph("profile", "--init", "-o", str(cook), *MINE)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"Error: {cook} exists already; --force overwrites it, -o writes elsewhere.\n"
    assert cook.read_text() == COOK
    assert rolegraph("profile", "--init", "-o", str(cook), "--force", *MINE).code == 0
    assert "# What you have" in cook.read_text()
    assert [path.name for path in cook.parent.iterdir()] == ["me.yaml"]


def test_init_writes_whole_or_not_at_all(tmp_path):
    for place in (tmp_path / "none" / "me.yaml", tmp_path, ""):
        answer = rolegraph("profile", "--init", "-o", str(place), *MINE)
        assert (answer.code, answer.out) == (2, "")
        assert ("cannot be written" if place else "empty name") in answer.err
    assert [*tmp_path.iterdir()] == []


# -- calls that mean nothing --


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name a profile to check, such as me.yaml; or begin one with --init."),
        (("me.yaml", "--init"), "--init writes a new file: say where with -o me.yaml."),
        (("me.yaml", "-o", "x.yaml"), "-o and --force say where --init writes to."),
        (("me.yaml", "--force"), "-o and --force say where --init writes to."),
        (("--init", "-o", "me.ttl"), "The template is YAML: me.ttl must end in .yaml or .yml."),
        (("--init", "-o", "me"), "The template is YAML: me must end in .yaml or .yml."),
        (("me.yaml", "you.yaml"), "Got unexpected extra argument"),
    ],
)
def test_a_call_that_means_nothing_is_told_what_would(arguments, says):
    answer = rolegraph("profile", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: rolegraph profile [OPTIONS] [FILE]\n")
    assert letters(says) in letters(answer.err)
