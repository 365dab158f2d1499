"""Errors: one tree, caught by the built-in classes that people expect, and messages that help."""

from __future__ import annotations

import inspect
import pickle
import re
from pathlib import Path

import pytest

import rolegraph as rg
from rolegraph import errors
from rolegraph.model import Role
from rolegraph.routes import CareerPath, Suggestion

EVERY = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__
]


@pytest.mark.parametrize("kind", EVERY)
def test_every_error_is_a_rolegraph_error_is_public_and_in_the_tree_of_the_docstring(kind):
    assert issubclass(kind, rg.RolegraphError)
    assert getattr(rg, kind.__name__) is kind
    (line,) = re.findall(rf"^.*\b{kind.__name__}\b.*$", errors.__doc__, re.MULTILINE)
    if kind is not rg.RolegraphError:
        (builtin,) = re.findall(r"\((\w+)\)", line)
        assert issubclass(kind, getattr(__import__("builtins"), builtin))


@pytest.mark.parametrize(
    ("suggestions", "message"),
    [
        ((), "No role is called 'cok'."),
        (("cook",), "No role is called 'cok'. Did you mean 'cook'?"),
        (("cook", "cork"), "No role is called 'cok'. Did you mean 'cook' or 'cork'?"),
        (("cook", "cork", "cop"), "No role is called 'cok'. Did you mean 'cook', 'cork' or 'cop'?"),
    ],
)
def test_an_unknown_name_suggests(suggestions, message):
    error = rg.UnknownName("cok", list(suggestions))
    assert str(error) == message
    assert (error.text, error.suggestions) == ("cok", suggestions)


def test_an_unknown_name_says_of_what_kind():
    assert str(rg.UnknownName("x", what="skill")) == "No skill is called 'x'."


def test_what_was_typed_cannot_steer_a_terminal():
    assert "\x1b" not in str(rg.UnknownName("\x1b[31mred", ["\x1b[0m"]))
    assert "\x1b" not in str(rg.AmbiguousName("\x1b[31mred", [("x:a", "a"), ("x:b", "b")]))
    assert "\x1b" not in str(rg.UnknownQuery("\x1b[31mred", ["\x1b[0m"]))


def test_an_ambiguous_name_lists_its_candidates():
    error = rg.AmbiguousName("PM", [("x:product", "product manager"), ("x:project", "project manager")])
    assert str(error) == "'PM' names 2 things: product manager, project manager. Use one of these names."
    assert error.candidates == (("x:product", "product manager"), ("x:project", "project manager"))


def test_no_path_says_how_far_one_gets():
    error = rg.NoPath("cook", "mayor", reachable=["baker", "critic"], leading=["clerk"])
    assert str(error) == (
        "No route from cook to mayor. From cook one can reach: baker, critic."
        " Mayor can be reached from: clerk."
    )
    assert (error.start, error.goal) == ("cook", "mayor")
    assert (error.reachable, error.leading) == (("baker", "critic"), ("clerk",))


def test_no_path_is_brief_where_much_can_be_reached():
    error = rg.NoPath("a", "b", reachable=[f"r{n}" for n in range(40)])
    assert "r11 and 28 more." in str(error)
    assert "r12" not in str(error)
    assert len(error.reachable) == 40
    assert "B can be reached from: nothing." in str(error)


def test_no_path_ends_with_what_would_help():
    rules = ["avoid baker"]
    plain = rg.NoPath("cook", "mayor", reachable=["critic"], leading=["clerk"], rules=rules)
    route = CareerPath((Role("x:cook", "cook"), Role("x:mayor", "mayor")), (), 1.0)
    hints = [
        Suggestion("relax", "Without “avoid baker” there is one.", route),
        Suggestion("move", "Or so.", route),
    ]
    error = plain.with_suggestions(hints)
    assert str(error) == f"{plain} Without “avoid baker” there is one. Or so."
    assert (plain.suggestions, error.suggestions) == ((), tuple(hints))
    assert (error.start, error.goal) == ("cook", "mayor")
    assert (error.reachable, error.leading, error.rules) == (("critic",), ("clerk",), ("avoid baker",))
    assert str(plain.with_suggestions(())) == str(plain)


def test_what_would_help_is_looked_for_once_and_only_when_asked_for():
    hint = Suggestion("move", "Or so.", CareerPath((Role("x:cook", "cook"),), (), 1.0))
    asked = []

    def look():
        asked.append(None)
        return [hint]

    error = rg.NoPath("cook", "mayor").with_suggestions(look)
    assert (error.reachable, asked) == ((), [])
    assert str(error).endswith(" Or so.")
    assert (error.suggestions, len(asked)) == ((hint,), 1)


def test_a_pickled_no_path_has_its_suggestions():
    hint = Suggestion("move", "Or so.", CareerPath((Role("x:cook", "cook"),), (), 1.0))
    error = rg.NoPath("cook", "mayor").with_suggestions(lambda: [hint])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(again), again.suggestions) == (str(error), (hint,))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({}, "a.ttl: broken"),
        ({"line": 3}, "a.ttl:3: broken"),
        ({"line": 3, "column": 7}, "a.ttl:3:7: broken"),
    ],
)
def test_a_source_error_begins_with_the_place(place, message):
    error = rg.SourceError(Path("a.ttl"), "broken", **place)
    assert str(error) == message
    assert (error.file, error.reason) == ("a.ttl", "broken")
    assert (error.line, error.column) == (place.get("line"), place.get("column"))


def test_a_query_error_knows_its_place():
    error = rg.QueryError("odd", line=2, column=5)
    assert (str(error), error.line, error.column) == ("odd", 2, 5)
    assert (rg.QueryError("odd").line, rg.QueryError("odd").column) == (None, None)


def test_an_unknown_query_reads_like_the_others_although_it_is_a_key_error():
    error = rg.UnknownQuery("skils", ["skills"])
    assert str(error) == "No query is called 'skils'. Did you mean 'skills'? `rolegraph queries` lists them."
    assert (error.name, error.suggestions) == ("skils", ("skills",))


def test_a_missing_extra_says_how_to_install_it():
    assert str(rg.MissingExtra("pandas", "pandas")) == (
        "This needs pandas. Install it with: pip install 'rolegraph[pandas]'"
    )


@pytest.mark.parametrize(
    "error",
    [
        rg.SourceError("a.ttl", "is broken", line=3, column=4),
        rg.QueryError("line 1, column 2: oops", line=1, column=2),
        rg.NoPath("a", "b", reachable=("c",)),
        rg.UnknownName("cok", ["cook"]),
        rg.UnknownQuery("x"),
        rg.OverLimit("The query was stopped.", kind="time"),
        rg.LimitReached(3),
        rg.MissingExtra("pandas", "pandas"),
    ],
)
def test_an_error_survives_pickling(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), again.args) == (type(error), str(error), error.args)
    assert vars(again) == vars(error)
