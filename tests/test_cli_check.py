"""`validate` and `lint`: what is wrong or odd, where and why; the counts; the exit codes."""

from __future__ import annotations

import json
import re

import pytest
from cli_runner import agrees, letters, on_terminal, process, rolegraph
from worlds import WORLD, shipped, turtle, world

import rolegraph as rg
from rolegraph.lint import RULES

# -- validate --------------------------------------------------------------------------------------


def test_what_ships_conforms():
    answer = rolegraph("validate")
    assert (answer.code, answer.err) == (0, "The data conforms to every shape.\n")
    assert len(answer.rows("tsv")) == 1
    assert on_terminal("validate").out == "The data conforms to every shape.\n"


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return turtle(
        tmp_path_factory.mktemp("data"),
        """
        role:nameless a rg:Role .
        claim:pay a rg:Pay ; rg:role role:nameless ; rg:amount 1 .
        claim:move a rg:Move ; rg:fromRole role:nameless .
        """,
        "broken.ttl",
    )


def test_validate_prints_what_is_wrong_where_and_why(broken):
    report = rg.open(broken).validate()
    assert not report.conforms
    answer = agrees(("validate", "--data", str(broken)), report.table(), report.to_dict(), code=1)
    assert answer.err == f"{report}\n"
    assert rolegraph("validate", str(broken)) == answer
    shown = rolegraph("validate", str(broken), "--format", "table")
    assert (shown.code, shown.err) == (1, "")
    expected = [
        text for p in report.problems for text in (p.severity, p.thing, p.message, p.property, p.data_set)
    ]
    assert [text for text in expected if letters(text) not in shown.letters] == []
    assert shown.out.endswith(f"{report}\n")
    things = {problem.thing for problem in report.problems}
    assert {"role:nameless", "claim:pay", "claim:move"} <= things


def test_validate_takes_several_files_and_joins_them(tmp_path, broken):
    # The label that one file lacks stands in the other.
    label = turtle(tmp_path, 'role:nameless skos:prefLabel "clerk"@en .', "label.ttl")
    alone = rolegraph("validate", str(broken), "--format", "json")
    joined = rolegraph("validate", str(broken), "--data", str(label), "--format", "json")
    assert joined == rolegraph("validate", str(broken), str(label), "--format", "json")
    counts = [len(json.loads(answer.out)["problems"]) for answer in (alone, joined)]
    assert counts[1] < counts[0]


def test_values_that_are_not_of_their_type_bring_no_warnings_of_libraries(tmp_path):
    data = turtle(
        tmp_path,
        """claim:pay a rg:Pay ; rg:amount "x"^^xsd:integer, "x"^^xsd:boolean, "x"^^xsd:date,
          "NaN"^^xsd:double,
          "x"^^xsd:duration, "x"^^rdf:XMLLiteral, "x"^^xsd:hexBinary, "x"^^<urn:none> .""",
    )
    answer = process("validate", str(data))
    assert answer.code == 1
    assert re.fullmatch(r"The data does not conform: \d+ violations, \d+ warnings?\.\n", answer.err)
    assert rolegraph("validate", str(data)) == answer


MANY = "".join(f"role:r{n} a rg:Role . " for n in range(12)) + "claim:m a rg:Move ; rg:fromRole role:r1 ."


def test_of_many_problems_that_are_alike_people_see_the_first_and_how_many_there_are(tmp_path):
    file = turtle(tmp_path, MANY)
    shown = rolegraph("validate", str(file), "--format", "table").out
    assert re.findall(r"^violation: (role:\w+)", shown, re.MULTILINE) == [
        "role:r0", "role:r1", "role:r10", "role:r11", "role:r2"
    ]  # fmt: skip
    assert shown.count("It has no name") == 6  # the sixth is in the list of counts
    assert "\n... and 7 more like it\n" in shown
    assert "\n     12  violation: It has no name: give it a label (skos:prefLabel).\n" in shown
    report = json.loads(rolegraph("validate", str(file), "--format", "json").out)
    assert [row["count"] for row in report["summary"] if "no name" in row["message"]] == [12]
    assert len({problem["thing"] for problem in report["problems"]}) == 13
    assert len(rolegraph("validate", str(file)).rows("tsv")) == len(report["problems"]) + 1


def test_a_few_problems_are_shown_without_a_list_of_counts(tmp_path):
    shown = rolegraph("validate", str(turtle(tmp_path, "role:a a rg:Role .")), "--format", "table").out
    assert "How often" not in shown
    assert "more like it" not in shown
    assert shown.endswith("\nThe data does not conform: 1 violation.\n")


# -- lint ------------------------------------------------------------------------------------------


INVERTED = """
role:boss a rg:Role ; skos:prefLabel "boss"@en . role:cook a rg:Role ; skos:prefLabel "cook"@en .
claim:l a rg:LevelClaim ; rg:role role:boss ; rg:level rg:ExecutiveLevel .
claim:k a rg:LevelClaim ; rg:role role:cook ; rg:level rg:ManagerialLevel .
claim:m a rg:Move ; rg:fromRole role:boss ; rg:toRole role:cook ; rg:evidence rg:Stated .
"""


@pytest.mark.parametrize(("graph", "data"), [(shipped, ()), (world, ("--data", str(WORLD)))])
def test_lint_prints_what_the_library_finds(graph, data):
    report = graph().lint()
    answer = agrees(("lint", *data), report.table(), report.to_dict())
    assert answer.err == f"{report}\n"
    shown = rolegraph("lint", *data, "--format", "table")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.endswith(f"{report}\n")
    assert on_terminal("lint", *data).out == shown.out
    for finding in report.findings:
        if sum(other.rule == finding.rule for other in report.findings) <= 5:
            for words in (finding.label, finding.message, finding.advice, finding.data_set, *finding.sources):
                assert letters(words) in shown.letters
    counts = report.summary()
    assert ("How often" in shown.out) == any(row["count"] > 5 for row in counts)
    for row in counts if "How often" in shown.out else ():
        assert re.search(rf"^ +{row['count']}  {row['severity']}: {row['rule']}$", shown.out, re.MULTILINE)


def test_lint_takes_files_like_validate(tmp_path):
    file = str(turtle(tmp_path, INVERTED))
    assert rolegraph("lint", file) == rolegraph("lint", "--data", file)
    assert rolegraph("lint", str(tmp_path)) == rolegraph("lint", file)
    joined = json.loads(rolegraph("lint", file, "curated", "--format", "json").out)
    assert {"boss", "chief product officer"} <= {finding["label"] for finding in joined["findings"]}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--without-rule", "level-inversion"), 0),
        (("--without-rule", "level-inversion", "--fail-on", "warning"), 1),  # no source
        (("--rule", "no-pay"), 0),
        (("--rule", "no-pay", "--fail-on", "info"), 1),
        (("--rule", "no-pay", "--rule", "level-inversion"), 1),
        (("--rule", "single-feeder", "--rule", "promotion-cycle", "--fail-on", "info"), 0),
    ],
)
def test_the_exit_code_of_lint_goes_by_the_severity_asked_for(tmp_path, arguments, code):
    assert rolegraph("lint", str(turtle(tmp_path, INVERTED)), *arguments).code == code


def test_rules_are_listed_with_what_they_mean():
    for answer in (rolegraph("lint", "--rules"), rolegraph("lint", "--rules", "nowhere.ttl")):
        assert (answer.code, answer.err) == (0, "")
        expected = [[rule.name, rule.severity, rule.meaning] for rule in RULES]
        assert answer.rows("tsv") == [["rule", "severity", "meaning"], *expected]
    assert len(rolegraph("lint", "--rules", "--rule", "no-pay").rows("tsv")) == 2


@pytest.mark.parametrize("option", ["--rule", "--without-rule"])
def test_an_unknown_rule_is_refused_with_the_nearest(option):
    answer = rolegraph("lint", option, "no-payment")
    assert (answer.code, answer.out) == (2, "")
    assert "No rule is called 'no-payment'. Did you mean 'no-pay'?" in answer.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--rule", "no-pay", "--without-rule", "no-pay"), "No rule is left"),
        (("--fail-on", "warnings"), "'warning'"),
        (("nowhere.ttl",), "No such file"),
        (("",), "empty name"),
        (("--rule", ""), "No rule is called ''"),
    ],
)
def test_a_wrong_call_of_lint_says_what_is_wrong(arguments, says):
    answer = rolegraph("lint", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_of_many_findings_of_a_rule_people_see_the_first_and_how_many_there_are(tmp_path):
    file = turtle(tmp_path, "".join(f'role:r{n} a rg:Role ; skos:prefLabel "r{n}" . ' for n in range(12)))
    shown = rolegraph("lint", str(file), "--rule", "no-pay", "--format", "table").out
    assert len(re.findall(r"^info: no-pay: r\d", shown, re.MULTILINE)) == 5
    assert "\n... and 7 more of no-pay\n" in shown
    assert "--format json" in shown
    assert "\n     12  info: no-pay\n" in shown
    assert shown.endswith("\n12 info.\n")
    assert len(rolegraph("lint", str(file), "--rule", "no-pay").rows("tsv")) == 13
