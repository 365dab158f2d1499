"""Profiles: what a person has, read from YAML or Turtle; all that is wrong is told at once, with its line."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
import worlds
import yaml
from hypothesis import given
from hypothesis import strategies as st
from worlds import iri, read, shipped, turtle, world

import rolegraph as rg
from rolegraph.errors import ProfileError
from rolegraph.model import Evidence, Pay, Profile
from rolegraph.names import shorten
from rolegraph.network import one_name
from rolegraph.profiles import (
    adding,
    profile_dict,
    profile_table,
    profile_words,
    read_pay_bases,
    read_profile,
    template,
)
from rolegraph.profiles.drafts import LARGEST, MOST_PROBLEMS

EVERYTHING = """\
# a cook
role: sous-chef
skills:
  - knife skills
  - skill:hygiene
degrees: [diploma in cookery]
certifications:
  - hygiene certificate
trainings:
  - costing course
years: 6.5
pay:
  amount: 30_000
  currency: eur
  statistic: median total pay
  area: Harbour Town
"""

AS_TURTLE = """
<#me> a rg:Profile ;
  rg:currentRole role:sous-chef ;
  rg:hasSkill "knife skills"@en, skill:hygiene ;
  rg:hasCredential "diploma in cookery", "hygiene certificate", training:costing-course ;
  rg:yearsOfExperience 6.5 ;
  rg:currentPay [ a rg:Pay ; rg:amount 30000 ; rg:currency "EUR" ; rg:statistic rg:MedianTotalPay ;
    rg:area area:harbour-town ] .
"""

COOK = Profile(
    role=iri("role:sous-chef"),
    skills=frozenset({iri("skill:knife-skills"), iri("skill:hygiene")}),
    degrees=frozenset({iri("degree:diploma")}),
    credentials=frozenset({iri("certification:hygiene-certificate"), iri("training:costing-course")}),
    years=6.5,
    pay=Pay(
        amount=30000.0,
        currency="EUR",
        statistic="median total pay",
        interval="YEAR",
        period="",
        area="Harbour Town",
        evidence=Evidence(claim="", kind="", source="your profile"),
    ),
)

#: Lines before the text of a Turtle file.
PREAMBLE = worlds.PREAMBLE.count("\n")


def profile_of(file, graph=None):
    """Read a profile with the names of a graph, which is the small world."""
    graph = graph or world()
    return read_profile(file, graph.entries(), read_pay_bases(graph.store))


@pytest.fixture
def written(tmp_path):
    """Give a function that writes a profile and reads it with the names of the small world."""

    def write(content, name="me.yaml", graph=None):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return profile_of(file, graph)

    return write


@pytest.fixture
def problems(written):
    """Give a function that writes a profile that does not hold and gives its problems."""

    def complain(content, name="me.yaml"):
        with pytest.raises(ProfileError) as caught:
            written(content, name)
        assert len(str(caught.value)) < 20_000
        assert not set(str(caught.value)) & set(worlds.UNPRINTABLE)
        return caught.value.problems

    return complain


# -- what holds --


def test_yaml_is_read_with_every_part_of_it(written):
    assert written(EVERYTHING) == COOK


def test_turtle_of_the_same_person_gives_the_same_profile(tmp_path):
    assert profile_of(turtle(tmp_path, AS_TURTLE)) == COOK


@pytest.mark.parametrize(
    "change",
    [
        ("rg:MedianTotalPay", '"median total pay"'),
        ("area:harbour-town", '"harbour-town"'),
        ("role:sous-chef", '"role:sous-chef"'),
        ("6.5", '"6.5"'),
        ("rg:area area:harbour-town ]", "rg:area area:harbour-town ; schema:unitText 'YEAR' ]"),
        ("<#me>", "<https://example.org/me>"),
        ("a rg:Profile ;", 'a rg:Profile, schema:Person ; schema:name "Ann" ;'),
    ],
    ids=lambda change: change[1],
)
def test_turtle_may_be_written_otherwise(tmp_path, change):
    text = AS_TURTLE.replace(*change)
    assert text != AS_TURTLE
    assert profile_of(turtle(tmp_path, text)) == COOK


def test_the_pay_may_be_a_thing_of_its_own(tmp_path):
    text = AS_TURTLE.replace("[ a rg:Pay ;", "<#pay> . <#pay> a rg:Pay ;").replace(" ] .", " .")
    assert profile_of(turtle(tmp_path, text)) == COOK


@pytest.mark.parametrize(
    "text",
    [
        EVERYTHING.replace("\n", "\r\n"),
        EVERYTHING.replace("\n", "\r"),
        "\ufeff" + EVERYTHING,
        "---\n" + EVERYTHING + "...\n",
        EVERYTHING.replace("sous-chef", "SOUS  CHEF").replace("knife skills", "  'Knife-Skills'"),
        EVERYTHING.replace("certifications:", "unused:", 1)
        .replace("trainings:", "certifications:")
        .replace("unused:", "trainings:"),
        json.dumps(yaml.safe_load(EVERYTHING)),
        EVERYTHING.replace("6.5", '"6.5"').replace("30_000", "3e4").replace("eur", "EUR\n  per: year"),
        EVERYTHING.replace("30_000", "30000.0"),
        EVERYTHING + "\n# the end",
        "\n".join(reversed(re.split(r"\n(?=\w)", EVERYTHING.rstrip()))),
    ],
    ids=[
        "crlf",
        "cr",
        "mark",
        "document",
        "names",
        "swapped",
        "json",
        "numbers",
        "decimal",
        "end",
        "reversed",
    ],
)
def test_yaml_may_be_written_otherwise(written, text):
    assert written(text) == COOK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("role:", Profile()),
        ("role: ~\nskills: null\nyears:\npay:\n", Profile()),
        ("skills: []\npay: {}", Profile()),
        ("pay:\n  amount:\n  currency:\n", Profile()),
        ("{}", Profile()),
        ("years: 0", Profile(years=0.0)),
        ("years: 010", Profile(years=10.0)),
        ("role: kitchen brigade", Profile(role=iri("group:kitchen-brigade"))),
        ("skills: [hygiene, Hygiene, skill:hygiene]", Profile(skills=frozenset({iri("skill:hygiene")}))),
        (
            f"degrees: ['{iri('degree:diploma')}']",
            Profile(degrees=frozenset({iri("degree:diploma")})),
        ),
    ],
)
def test_what_is_left_empty_is_not_known(written, text, expected):
    assert written(text) == expected


@pytest.mark.parametrize("interval", ["hour", "DAY", "Week", "month", "YEAR"])
def test_pay_may_be_counted_by_other_times(written, interval):
    profile = written(f"pay: {{amount: 15, currency: EUR, statistic: median salary, per: {interval}}}")
    assert (profile.pay.interval, profile.pay.area) == (interval.upper(), "")
    assert profile.pay.basis == f"median salary, EUR per {interval.lower()}"


def test_pay_is_kept_as_written_where_the_graph_has_none_to_compare(tmp_path):
    graph = read('role:a a rg:Role ; skos:prefLabel "a"@en .')
    file = tmp_path / "me.yml"
    file.write_text("pay: {amount: 5, currency: CHF, statistic: fees, area: Mars}")
    assert read_pay_bases(graph.store) == []
    assert str(profile_of(file, graph).pay) == "CHF 5 a year (fees, Mars; your profile)"


def test_what_pay_can_be_named_by_is_what_the_figures_have():
    for graph in (world(), shipped()):
        named = {(entry.kind, entry.label) for entry in read_pay_bases(graph.store)}
        figures = [pay for _, data in graph.network().nodes(data=True) for pay in data["pay"]]
        assert figures
        for pay in figures:
            expected = {("statistic", pay.statistic), ("area", pay.area), ("currency", pay.currency)}
            assert expected <= named
        assert {kind for kind, _ in named} == {"statistic", "area", "currency"}
        assert ("statistic", "total pay") not in named, "no figure can be of a kind that has kinds of its own"


def test_the_kinds_of_pay_do_not_depend_on_which_sources_count():
    bases = read_pay_bases(rg.open(only_sources=["Glassdoor"]).store)
    assert {entry.label for entry in bases if entry.kind == "statistic"} >= {
        "median wage",
        "median total pay",
    }


def test_a_name_that_counts_as_one_thing_is_no_ambiguity(tmp_path):
    graph = shipped()
    file = tmp_path / "me.yaml"
    file.write_text("skills: [project management]")
    with pytest.raises(ProfileError, match="names 2 things"):
        profile_of(file, graph)
    names = one_name(graph.network())
    found = read_profile(file, graph.entries(), one_name=lambda: names)
    (skill,) = found.skills
    assert names[skill] == names[iri("skill:project-management")]
    assert adding(Profile(), "project management", graph.entries(), one_name=lambda: names) == found
    with pytest.raises(rg.AmbiguousName):
        adding(Profile(), "project management", graph.entries())


# -- what does not hold: each problem, with its line --

#: A text -> the line of its one problem, and words of it.
WRONG = {
    "skills:\n  - tastin": (2, "no skill is called 'tastin'. Did you mean 'tasting'?"),
    "skills: [xyzzy]": (1, "no skill is called 'xyzzy'."),
    "\n\nrole: suos chef": (3, "no role is called 'suos chef'. Did you mean 'sous-chef'"),
    "degrees:\n\n  - diploma in cokery": (
        3,
        "no degree is called 'diploma in cokery'. Did you mean 'diploma in cookery'?",
    ),
    "certifications: [hygiene certificat]": (
        1,
        "no certification or training is called 'hygiene certificat'. Did you mean 'hygiene certificate'?",
    ),
    "degrees: [hygiene certificate]": (
        1,
        "'hygiene certificate' is a certification; it belongs to certifications",
    ),
    "trainings: [diploma in cookery]": (1, "'diploma in cookery' is a degree; it belongs to degrees"),
    "skills: [sous-chef]": (1, "'sous-chef' is a role; it belongs to role"),
    "role: gastronomy": (1, "no role is called 'gastronomy'. It is the name of a subject"),
    "skils: [tasting]": (1, "there is no key 'skils'. Did you mean 'skills'?"),
    "Training: []": (1, "there is no key 'Training'. Did you mean 'trainings'?"),
    "years: 1\nage: 30": (2, "there is no key 'age'. There are: role, skills, degrees,"),
    "years: 1\n? [a]\n: b": (2, "expected a key, one of: role,"),
    "years: 1\n<<: {role: x}": (2, "there is no key '<<'"),
    "years: 1\nyears: 2": (2, "the key years stands here again; it is on line 1 already"),
    "pay: {amount: 1, currency: EUR, statistic: median salary, amount: 2}": (
        1,
        "pay: amount stands here again",
    ),
    "role: [sous-chef]": (1, "role: expected one name and found a list"),
    "role:\n  name: sous-chef": (2, "role: expected one name and found keys with values"),
    "role: ' '": (1, "role: expected one name and found an empty text"),
    "skills: tasting": (1, "skills: expected a list, `- name` on each line, and found 'tasting'"),
    "skills:\n  tasting: good": (
        2,
        "skills: expected a list, `- name` on each line, and found keys with values",
    ),
    "skills:\n - tasting\n -": (3, "skills: expected a name and found an empty entry"),
    "skills:\n - ''": (2, "skills: expected a name and found an empty entry"),
    "skills:\n - [tasting]": (2, "skills: expected a name and found a list"),
    "skills:\n - a: b": (2, "found a key with a value; a name with a colon in it needs quotes"),
    "skills:\n - " + "x" * 5000: (2, "skills: expected a name of 200 characters at most, and found 'xxx"),
    "years: six": (1, "years: expected a number from 0 to 100, and found 'six'"),
    "years: -1": (1, "years: expected a number from 0 to 100, and found '-1'"),
    "years: 2015": (1, "years: expected a number from 0 to 100, and found '2015'"),
    "years: .inf": (1, "years: expected a number from 0 to 100"),
    "years: .nan": (1, "years: expected a number from 0 to 100"),
    "years: yes": (1, "years: expected a number from 0 to 100, and found 'yes'"),
    "years: 1:30": (1, "years: expected a number from 0 to 100, and found '1:30'"),
    "years: 0x10": (1, "years: expected a number from 0 to 100"),
    "years: ٣": (1, "years: expected a number from 0 to 100"),
    "years: [6]": (1, "years: expected a number and found a list"),
    "pay: 50000": (1, "pay: expected keys below it, amount, currency, per, statistic, area; a figure alone"),
    "pay: [50000]": (1, "pay: expected keys below it"),
    "pay:\n  amnt: 5": (2, "there is no key 'pay: amnt'. Did you mean 'amount'?"),
    "pay: {currency: EUR, statistic: median salary}": (1, "pay: amount is missing"),
    "pay: {amount: 5, statistic: median salary}": (
        1,
        "pay: currency is missing: pay compares only with it, such as EUR",
    ),
    "\npay:\n  amount: 5\n  currency: EUR": (
        3,
        "pay: statistic is missing: pay compares only with it, such as median",
    ),
    "pay: {amount: '62,000', currency: EUR, statistic: median salary}": (
        1,
        "pay: amount: expected a number, 0 or more, and found '62,000'; write 62000",
    ),
    "pay: {amount: -5, currency: EUR, statistic: median salary}": (1, "0 or more, and found '-5'"),
    "pay: {amount: 1e999, currency: EUR, statistic: median salary}": (1, "pay: amount: expected a number"),
    "pay: {amount: [], currency: EUR, statistic: median salary}": (
        1,
        "pay: amount: expected a number and found",
    ),
    "pay: {amount: 5, currency: €, statistic: median salary}": (1, "three letters of a currency (ISO 4217)"),
    "pay: {amount: 5, currency: EUR, per: yaer, statistic: median salary}": (
        1,
        "pay: per: expected one of HOUR, DAY, WEEK, MONTH, YEAR, and found 'yaer'. Did you mean YEAR?",
    ),
    "pay: {amount: 5, currency: EUR, per: century, statistic: median salary}": (1, "and found 'century'"),
    "pay:\n amount: 5\n currency: EUR\n statistic: median salery": (
        4,
        "no statistic is called 'median salery'. Did you mean 'median salary'",
    ),
    "pay: {amount: 5, currency: EUR, statistic: xyzzy}": (
        1,
        "There are: median salary, median total pay, median wage.",
    ),
    "pay: {amount: 5, currency: EUR, statistic: median salary, area: Harbor Town}": (
        1,
        "no area is called 'Harbor Town'. Did you mean 'Harbour Town'?",
    ),
    "pay: {amount: 5, currency: EUR, statistic: median salary, area: Mars}": (1, "There are: Harbour Town."),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: re.sub(r"\W+", "-", text)[:50])
def test_a_problem_is_told_with_its_line(problems, text):
    ((line, words),) = problems(text)
    expected_line, expected = WRONG[text]
    assert line == expected_line
    assert expected in words


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_their_lines(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text(
        "pay:\n  amount: much\n  per: yaer\nyears: -2\nskills:\n  - tastin\n  - hygiene\n  - sous-chef\n"
        "skils: []\nrole: chef\ndegrees: diploma\n"
    )
    with pytest.raises(ProfileError) as caught:
        profile_of(file)
    error = caught.value
    assert [line for line, _ in error.problems] == [2, 2, 2, 3, 4, 6, 8, 9, 10, 11]
    assert str(error).split("\n") == [f"{file}:{line}: {words}" for line, words in error.problems]
    assert (error.file, error.line, error.reason) == (str(file), *error.problems[0])
    assert isinstance(error, rg.SourceError)
    assert isinstance(error, ValueError)


def test_an_ambiguous_name_lists_its_candidates(tmp_path):
    graph = read('role:a a rg:Role ; skos:altLabel "x" . role:b a rg:Role ; skos:altLabel "x" .')
    file = tmp_path / "me.yaml"
    file.write_text("years: 1\nrole: x\n")
    with pytest.raises(ProfileError, match=r":2: 'x' names 2 things: role:a, role:b\. Use one"):
        profile_of(file, graph)


def test_a_file_of_nothing_but_problems_ends_with_the_hundredth(problems):
    found = problems("skills:\n" + "".join(f"  - no such {n}\n" for n in range(3000)))
    assert [line for line, _ in found] == [*range(2, MOST_PROBLEMS + 2), None]
    assert "more problems than these 100" in found[-1][1]


#: A change of the Turtle that holds -> the word that the line has, and words of the problem.
WRONG_TURTLE = {
    ("role:sous-chef", "role:suos-chef"): ("role:suos-chef", "no role is called"),
    ("role:sous-chef", f"<{iri('role:cook')}>"): ("role/cook", "no role is called"),
    ("skill:hygiene", "skill:hygien"): ("skill:hygien", "no skill is called"),
    ("skill:hygiene", '"""tastin"""'): ("tastin", "no skill is called 'tastin'. Did you mean 'tasting'?"),
    ("skill:hygiene", "'hygi\\u0065n'"): ("hygi\\u", "no skill is called 'hygien'"),
    ("skill:hygiene", "training:costing-course"): ("rg:hasSkill", "it belongs to rg:hasCredential"),
    ("skill:hygiene", '""'): (
        "rg:hasSkill",
        "rg:hasSkill: expected a name or an IRI and found an empty text",
    ),
    ("skill:hygiene", "[]"): ("rg:hasSkill", "rg:hasSkill: expected a name or an IRI and found a node"),
    ("rg:hasSkill", "rg:hasSkil"): (
        "rg:hasSkil",
        "no property 'rg:hasSkil' of this. Did you mean rg:hasSkill?",
    ),
    ("rg:hasSkill", "rg:about"): ("rg:about", "There are: rg:currentRole, rg:hasSkill, rg:hasCredential,"),
    ("role:sous-chef", "role:sous-chef, role:head-chef"): (
        "rg:currentRole",
        "expected one value and found 2",
    ),
    ("Experience 6.5", "Experience -6.5"): ("-6.5", "rg:yearsOfExperience: expected a number from 0 to 100"),
    ("Experience 6.5", 'Experience "six"'): ("six", "and found 'six'"),
    ("amount 30000", "amount 'lots'"): ("lots", "rg:amount: expected a number, 0 or more, and found 'lots'"),
    ("rg:amount 30000 ;", ""): ("rg:currentPay", "rg:amount is missing"),
    ("rg:amount 30000", "rg:amount 1, 2"): ("rg:amount", "rg:amount: expected one value and found 2"),
    ("rg:amount 30000", "rg:amount 30000 ; rg:period 2024"): ("rg:period", "no property 'rg:period' of this"),
    ('"EUR"', '"euros"'): ("euros", "rg:currency: expected the three letters"),
    ("rg:MedianTotalPay", "rg:TotalPay"): ("rg:TotalPay", "no statistic is called"),
    ("area:harbour-town", "area:mars"): ("area:mars", "no area is called"),
}


@pytest.mark.parametrize("change", WRONG_TURTLE, ids=lambda change: change[1][:40])
def test_a_problem_in_turtle_is_told_with_its_line(tmp_path, change):
    # One term on each line, behind comments that name the same terms, which nobody means.
    text = "# rg:hasSkill skill:hygien 'six' ; 'lots'\n" + AS_TURTLE.replace(*change).replace(" ; ", " ;\n")
    file = turtle(tmp_path, text)
    where, words = WRONG_TURTLE[change]
    with pytest.raises(ProfileError) as caught:
        profile_of(file)
    line, told = caught.value.problems[0]
    assert words in told
    assert where in file.read_text("utf-8").split("\n")[line - 1]
    assert line > PREAMBLE + 1


def test_pay_in_turtle_is_more_than_a_figure(tmp_path):
    with pytest.raises(ProfileError, match=r"currentPay: expected a node, \[ a rg:Pay ; rg:amount") as caught:
        profile_of(turtle(tmp_path, "<#me> a rg:Profile ;\n  rg:currentPay 30000 ."))
    assert caught.value.line == PREAMBLE + 2


def test_all_problems_of_turtle_are_told_at_once(tmp_path):
    file = turtle(
        tmp_path,
        '<#me> a rg:Profile ;\nrg:currentRole "chf" ;\nrg:hasSkill "x1",\n"x2" ;\nrg:hasSkil "x" ;\n'
        "rg:yearsOfExperience 900 ;\nrg:currentPay [ rg:amount 5 ;\nrg:currency 'x' ] .",
    )
    with pytest.raises(ProfileError) as caught:
        profile_of(file)
    assert [line - PREAMBLE for line, _ in caught.value.problems] == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing in it is a rg:Profile"),
        ("<#a> rg:hasSkill 'x' .", "nothing in it is a rg:Profile"),
        ("<#a> a rg:Profile . <#b> a rg:Profile .", "2 things in it are a rg:Profile"),
    ],
)
def test_turtle_holds_one_profile(tmp_path, text, words):
    with pytest.raises(ProfileError, match=words):
        profile_of(turtle(tmp_path, text))


def test_broken_turtle_is_told_with_line_and_column(tmp_path):
    with pytest.raises(ProfileError, match=rf"mine\.ttl:{PREAMBLE + 2}:\d+: ") as caught:
        profile_of(turtle(tmp_path, "<#me> a\n;"))
    assert caught.value.column


# -- hostile input --

BOMB = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))

#: What a file holds -> its place and words of the message.
HOSTILE = {
    "": ("", "holds nothing; `rolegraph profile --init` writes"),
    " \n\n": ("", "holds nothing"),
    "# only a comment\n": ("", "holds nothing"),
    "null": (":1:1", "and found a text"),
    "- a\n- b": (":1:1", "expected keys with values, such as `role: product manager`, and found a list"),
    "just words": (":1:1", "and found a text"),
    "skills:\n\t- tasting": (":2:1", "a tab stands where only blanks may"),
    "skills:\n  - a\n - b": (":3:2", "is no valid YAML"),
    "skills: [a, b": (":1:", "is no valid YAML"),
    "role: 'a": (":1:", "is no valid YAML"),
    "role: a: b": (":1:8", "is no valid YAML: mapping values are not allowed here"),
    'role: "\\q"': (":1:", "is no valid YAML"),
    'role: "\\UFFFFFFFF"': ("", "is no valid YAML"),
    "%YAML 9.9\n---\nrole: a": (":1:", "is no valid YAML"),
    "%YAML " + "9" * 9999 + ".1\n---\nrole: a": ("", "is no valid YAML"),
    "role: &me sous-chef": (":1:7", "anchors and aliases"),
    "skills: *all": (":1:9", "anchors and aliases"),
    BOMB: (":1:4", "anchors and aliases"),
    "role: !!python/object/apply:os.system ['true']": (":1:7", "tags (!name) are not taken"),
    "years: !!int 5": (":1:8", "tags (!name) are not taken"),
    "role: ! a": (":1:7", "tags"),
    "years: 1\n---\nyears: 2": (":2:1", "a second document"),
    "skills: " + "[" * 5000: (":1:18", "lists in lists, deeper than 10"),
    "skills:\n " + "- " * 5000 + "a": (":2:", "lists in lists"),
    "{a: " * 5000: (":1:", "lists in lists"),
    "role: a\x00b": (":1:8", "a character that no text should hold: '\\x00'"),
    "years: 1\nrole: \x1b[31m": (":2:7", "a character that no text should hold: '\\x1b'"),
    "# " + "x" * LARGEST: ("", "is larger than 100,000 bytes"),
    b"role: caf\xe9": (":1:10", "is no UTF-8 text; save it as UTF-8"),
    "years: 1\nrole: é".encode("latin-1"): (":2:7", "is no UTF-8 text"),
    EVERYTHING.encode("utf-16"): (":1:1", "is no UTF-8 text"),
    b"\x7fELF\x00\x00": (":1:1", "a character that no text should hold"),
    b"PK\x03\x04\xff": (":1:5", "is no UTF-8 text"),
    b"\x89PNG\r\n": (":1:1", "is no UTF-8 text"),
}


@pytest.mark.parametrize("content", HOSTILE, ids=lambda content: repr(content[:20]))
def test_what_is_no_profile_is_refused_with_its_place(tmp_path, content):
    file = tmp_path / "me.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    place, words = HOSTILE[content]
    with pytest.raises(ProfileError) as caught:
        profile_of(file)
    assert str(caught.value).startswith(f"{file}{place}")
    assert words in str(caught.value)
    assert len(caught.value.problems) == 1
    assert len(str(caught.value)) < len(str(file)) + 300
    assert not set(str(caught.value)) & set(worlds.UNPRINTABLE)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "me.txt").write_text("role: sous-chef")
    for name, words in (
        ("none.yaml", "No such file"),
        ("folder.yaml", "Is a directory"),
        ("me.txt", r"ends in \.yaml, \.yml or \.ttl"),
        ("none", r"ends in \.yaml, \.yml or \.ttl"),
        ("a\0b.yaml", "null"),
        ("x" * 5000 + ".yaml", "name too long"),
    ):
        with pytest.raises(ProfileError, match=words):
            profile_of(tmp_path / name)


def test_a_device_without_end_is_no_profile(tmp_path):
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    with pytest.raises(ProfileError, match="is a pipe or a device, and no file"):
        profile_of(tmp_path / "zero.yaml")
    os.mkfifo(tmp_path / "never.ttl")
    with pytest.raises(ProfileError, match="is a pipe or a device, and no file"):
        profile_of(tmp_path / "never.ttl")


@worlds.steady
@given(st.text(st.sampled_from("ab:-?[]{}&*!|>'\"%@`# \n\t,\u00e9\u2028\ufeff\x00\\")))
def test_no_text_brings_anything_but_a_profile_or_a_profile_error(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "random.yaml"
    file.write_bytes(text.encode())
    with suppress(ProfileError):
        assert isinstance(profile_of(file), Profile)


# -- random profiles --


def names_of(*kinds):
    """Give a strategy for things of these kinds, each with one of its names or its IRI."""
    things = [entry for entry in world().entries() if entry.kind in kinds]
    return st.sampled_from(things).flatmap(
        lambda entry: st.tuples(
            st.just(entry.iri),
            st.sampled_from([*(name for name in entry.names if name != "PC"), entry.iri, shorten(entry.iri)]),
        )
    )


PAY = st.fixed_dictionaries(
    {
        "amount": st.one_of(st.integers(0, 10**9), st.floats(0, 1e9)),
        "currency": st.sampled_from(["EUR", "USD"]),
        "per": st.sampled_from(["HOUR", "YEAR", "month"]),
        "statistic": st.sampled_from(["median salary", "median total pay"]),
        "area": st.sampled_from(["Harbour Town", "", None]),
    }
)


@worlds.steady
@given(
    role=st.one_of(st.none(), names_of("role", "group")),
    skills=st.lists(names_of("skill")),
    degrees=st.lists(names_of("degree")),
    certifications=st.lists(names_of("certification", "training")),
    years=st.one_of(st.none(), st.integers(0, 100), st.floats(0, 100)),
    pay=st.one_of(st.none(), PAY),
    style=st.fixed_dictionaries(
        {
            "default_flow_style": st.booleans(),
            "allow_unicode": st.booleans(),
            "width": st.sampled_from([20, 200]),
        }
    ),
)
def test_a_random_profile_written_as_yaml_reads_back_the_same(tmp_path_factory, style, **parts):
    things = {
        "role": parts["role"] and parts["role"][1],
        **{key: [name for _, name in parts[key]] for key in ("skills", "degrees", "certifications")},
        "years": parts["years"],
        "pay": parts["pay"] and {key: value for key, value in parts["pay"].items() if value != ""},
    }
    file = tmp_path_factory.getbasetemp() / "drawn.yaml"
    file.write_text(yaml.safe_dump(things, **style), "utf-8")
    found = profile_of(file)
    iris = {key: frozenset(iri for iri, _ in parts[key]) for key in ("skills", "degrees", "certifications")}
    assert found.role == (parts["role"][0] if parts["role"] else "")
    assert (found.skills, found.degrees, found.credentials) == tuple(iris.values())
    assert found.years == parts["years"]
    if parts["pay"] is None:
        assert found.pay is None
    else:
        pay = parts["pay"]
        expected = (pay["amount"], pay["currency"], pay["per"].upper(), pay["statistic"], pay["area"] or "")
        assert (
            found.pay.amount,
            found.pay.currency,
            found.pay.interval,
            found.pay.statistic,
            found.pay.area,
        ) == expected


# -- the template --


def uncommented(text):
    """Take the comment mark off the examples of a template, as its reader is told to."""
    return re.sub(r"^( +|\w+: +)# (?!this data)", r"\1", text, flags=re.MULTILINE)


@pytest.mark.parametrize("graph", [world, shipped])
def test_the_template_is_an_empty_profile_and_its_examples_are_a_full_one(written, graph):
    text = template(graph().entries(), read_pay_bases(graph().store))
    assert written(text, graph=graph()) == Profile()
    full = written(uncommented(text), graph=graph())
    assert full.role
    assert (len(full.skills), len(full.degrees), len(full.credentials)) == (2, 1, 2)
    assert full.years == 6
    bases = {entry.label for entry in read_pay_bases(graph().store)}
    assert {full.pay.statistic, full.pay.area, full.pay.currency} <= bases
    assert text.isascii() or graph is world


def test_the_template_names_the_kinds_of_pay_figures():
    text = template(world().entries(), read_pay_bases(world().store))
    assert "median salary, median total pay, median wage" in text
    assert "\n  # currency: EUR " in text


def test_a_graph_with_hostile_or_no_names_has_a_template_that_holds(written):
    assert written(template([], []), graph=read("role:a a rg:Role .")) == Profile()
    label = json.dumps(" : # a\n\n- b: [x] 'q' \"r\" \t& \u2028 \x85 " + worlds.UNPRINTABLE)
    graph = read(
        f"role:a a rg:Role ; skos:prefLabel {label} . skill:no a rg:Skill ; skos:prefLabel 'no' ."
        "skill:x1 a rg:Skill ; skos:prefLabel 'alike' . skill:x2 a rg:Skill ; skos:prefLabel 'alike' ."
        "degree:e a rg:Degree ; skos:prefLabel 'null' ."
    )
    text = template(graph.entries())
    assert written(text, graph=graph) == Profile()
    assert "this data names none" in text
    examples = uncommented(text).partition("# What you earn")[0]
    full = written(examples, graph=graph)
    assert full.role == iri("role:a")
    assert full.degrees == {iri("degree:e")}
    assert len(full.skills) == 2


# -- more, and in words --


@pytest.mark.parametrize(
    ("name", "part", "thing"),
    [
        ("tasting", "skills", "skill:tasting"),
        ("Diploma-in-Cookery", "degrees", "degree:diploma"),
        ("hygiene certificate", "credentials", "certification:hygiene-certificate"),
        ("training:costing-course", "credentials", "training:costing-course"),
    ],
)
def test_one_thing_more(name, part, thing):
    more = adding(COOK, name, world().entries())
    assert getattr(more, part) == getattr(COOK, part) | {iri(thing)}
    assert adding(more, name, world().entries()) == more


def test_one_thing_more_that_there_is_not():
    with pytest.raises(rg.UnknownName, match="Did you mean 'tasting'"):
        adding(COOK, "tastin", world().entries())
    with pytest.raises(rg.UnknownName, match="It is the name of a role"):
        adding(COOK, "sous-chef", world().entries())


def test_a_profile_in_a_line():
    entries = world().entries()
    assert profile_words(Profile(), entries) == "nothing yet"
    assert profile_words(Profile(years=1.0), entries) == "1 year of experience"
    assert profile_words(COOK, entries) == (
        "sous-chef; 2 skills, 1 degree, 1 certification, 1 training; 6.5 years of experience;"
        " EUR 30,000 a year (median total pay, Harbour Town; your profile)"
    )


def test_a_profile_in_rows_and_as_plain_values_holds_all_of_it():
    entries = world().entries()
    rows = profile_table(COOK, entries).rows
    assert [row[0] for row in rows] == (
        ["role", "skill", "skill", "degree", "certification", "training", "years", "pay"]
    )
    plain = json.loads(json.dumps(profile_dict(COOK, entries)))
    named = [
        plain["role"],
        *plain["skills"],
        *plain["degrees"],
        *plain["certifications"],
        *plain["trainings"],
    ]
    assert [(item["name"], item["iri"]) for item in named] == [row[1:] for row in rows[:6]]
    assert (plain["years"], plain["pay"]["amount"], plain["pay"]["area"]) == (6.5, 30000, "Harbour Town")
    empty = profile_dict(Profile(), entries)
    assert (empty["role"], empty["skills"], empty["years"], empty["pay"]) == (None, [], None, None)
    assert len(profile_table(Profile(), entries)) == 0


def test_what_the_graph_does_not_know_goes_by_its_short_name():
    assert profile_table(COOK, []).rows[0] == ("role", "role:sous-chef", iri("role:sous-chef"))


def test_the_vocabulary_of_turtle_is_that_of_the_ontology():
    from rolegraph.profiles.from_turtle import PAY_PROPERTIES, PROPERTIES

    text = (Path(__file__).parent.parent / "ontology" / "rolegraph.ttl").read_text("utf-8")
    for name in (*PROPERTIES, *PAY_PROPERTIES, "rg:Profile"):
        assert re.search(rf"^{name} a owl:", text, re.MULTILINE) or name.startswith("schema:")
