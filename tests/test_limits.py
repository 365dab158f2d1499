"""Limits are above zero, or none."""

from __future__ import annotations

import pytest

import rolegraph as rg


@pytest.mark.parametrize("name", ["seconds", "memory", "rows", "size"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_a_limit_that_is_none_is_refused(name, value):
    with pytest.raises(rg.ParameterError, match=f"limit {name} must be a number above zero"):
        rg.Limits(**{name: value})


def test_limits_may_be_left_away():
    assert rg.Limits(seconds=None, memory=None, rows=None, size=None).seconds is None


@pytest.mark.parametrize("name", ["memory", "rows", "size"])
def test_a_limit_that_could_never_be_met_exactly_is_refused(name):
    with pytest.raises(rg.ParameterError, match=f"limit {name} must be a whole number"):
        rg.Limits(**{name: 1.5})
    assert rg.Limits(seconds=1.5).seconds == 1.5
