"""Pay is compared only where it may be: like with like, best matched, the same from either side."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import iri, shipped, steady

from rolegraph.model import Evidence, Pay, match_rank
from rolegraph.pay import PayChange, basis_key, figure, pay_change

MATCHES = ("", "exact", "close", "ambiguous", "near", "odd")


def paid(amount: float, match: str = "", **parts: str) -> Pay:
    """Give a figure of 30,000 or so that is said of a role, or of an occupation that matches it like this."""
    via = f"the occupation “cooks (hot food)” ({match} match)" if match else ""
    basis = {"currency": "USD", "statistic": "median wage", "interval": "YEAR", "area": "United States"}
    claim = parts.pop("claim", "x:claim")
    return Pay(
        amount,
        period=parts.pop("period", "2025"),
        evidence=Evidence(claim, "stated", "x", via=via),
        **basis | parts,
    )


def role_pay(name: str) -> tuple[Pay, ...]:
    return shipped().network().nodes[iri(f"role:{name}")]["pay"]


# -- one pair -------------------------------------------------------------------------------------


def test_like_is_compared_with_like_and_the_period_may_differ():
    before, after = paid(40_000, period="2024"), paid(30_000)
    change = pay_change((before,), (after,))
    assert change == PayChange(before, after, -10_000)
    assert (change.share, change.cut, change.mixed, change.reason) == (-0.25, 10_000, False, "")
    assert str(change) == "-10,000 USD per year, -25%"


def test_a_rise_is_no_cut():
    change = pay_change((paid(30_000),), (paid(45_000),))
    assert (change.amount, change.share, change.cut) == (15_000, 0.5, 0)


def test_a_share_of_nothing_is_not_known():
    assert pay_change((paid(0),), (paid(5),)).share is None


@pytest.mark.parametrize(
    ("start", "goal", "reason"),
    [
        ((), (), "no source gives a figure for what either pays"),
        ((paid(1),), (), "no source gives a figure for what the goal pays"),
        ((), (paid(1),), "no source gives a figure for what the start pays"),
    ],
)
@pytest.mark.parametrize("allow_mixed", [False, True])
def test_a_missing_figure_is_missing_and_not_zero(start, goal, reason, allow_mixed):
    change = pay_change(start, goal, allow_mixed=allow_mixed)
    assert (change.amount, change.share, change.cut, change.mixed) == (None, None, None, False)
    assert change.reason == str(change) == reason
    assert (change.start, change.goal) == (figure(start), figure(goal))


@pytest.mark.parametrize(
    ("unlike", "words"),
    [
        ({"statistic": "median total pay"}, "median total pay, USD per year, United States"),
        ({"currency": "EUR"}, "median wage, EUR per year, United States"),
        ({"area": "Harbour Town"}, "median wage, USD per year, Harbour Town"),
    ],
)
def test_unlike_figures_are_refused_with_both_bases_named_and_marked_where_they_are_allowed(unlike, words):
    start, goal = (paid(90_000, **unlike),), (paid(60_000),)
    bases = f"{words} and median wage, USD per year, United States"
    refused = pay_change(start, goal)
    assert (refused.amount, refused.cut, refused.mixed) == (None, None, False)
    assert refused.reason == f"not comparable: {bases}"
    allowed = pay_change(start, goal, allow_mixed=True)
    assert (allowed.amount, allowed.cut, allowed.mixed) == (-30_000, 30_000, True)
    assert allowed.reason == f"unlike: {bases}"
    assert str(allowed).endswith(f"(mixed: unlike: {bases})")


def test_an_hours_pay_is_never_subtracted_from_a_years():
    change = pay_change((paid(12.5, interval="HOUR"),), (paid(30_000),), allow_mixed=True)
    assert (change.amount, change.mixed) == (None, False)
    assert change.reason == (
        "cannot be subtracted: median wage, USD per hour, United States "
        "and median wage, USD per year, United States"
    )


def test_with_unlike_figures_allowed_alike_ones_still_count_alone():
    start = (paid(90_000, statistic="median total pay"), paid(70_000, "near"))
    change = pay_change(start, (paid(60_000),), allow_mixed=True)
    assert (change.start, change.amount, change.mixed) == (start[1], -10_000, False)


def test_of_unlike_figures_those_in_one_currency_and_for_one_time_are_taken():
    goal = (paid(60_000),)
    hourly, euros, near = (
        paid(30, interval="HOUR"),
        paid(50_000, currency="EUR"),
        paid(1, "near", area="Mars"),
    )
    assert pay_change((hourly, euros, near), goal, allow_mixed=True).start == near
    assert pay_change((hourly, euros), goal, allow_mixed=True).start == euros


# -- which of several -----------------------------------------------------------------------------


@pytest.mark.parametrize(("better", "worse"), [*pairwise(MATCHES)])
def test_what_is_better_matched_counts(better, worse):
    good, bad = paid(20_000, better), paid(10_000, worse)
    assert match_rank(good.evidence) < match_rank(bad.evidence)
    assert figure((bad, good)) == good
    assert pay_change((bad, good), (paid(50_000),)).amount == 30_000
    assert pay_change((paid(50_000),), (bad, good)).amount == -30_000


def test_the_worse_matched_side_decides_between_pairs():
    start = (paid(1, statistic="median a"), paid(2, "close", statistic="median b"))
    goal = (paid(11, "near", statistic="median a"), paid(22, "close", statistic="median b"))
    assert pay_change(start, goal).amount == 20


def test_medians_come_before_other_statistics_and_then_the_name_decides():
    figures = (
        paid(1, statistic="base pay"),
        paid(2, statistic="median wage"),
        paid(3, statistic="median total pay"),
    )
    assert figure(figures).amount == 3
    assert pay_change(figures, figures[:2]).start == figures[1]
    assert pay_change(figures, figures[:1]).start == figures[0]


@pytest.mark.parametrize(
    ("amounts", "expected"), [((5, 1, 3), 3), ((4, 1, 3, 2), 2), ((2, 1), 1), ((7, 7, 1), 7), ((9,), 9)]
)
def test_of_figures_alike_the_lower_median_is_taken(amounts, expected):
    assert figure([paid(amount, "ambiguous") for amount in amounts]).amount == expected


def test_the_figure_of_one_basis_is_found_though_others_match_better():
    own, other = paid(1, statistic="median total pay"), paid(2, "near")
    assert figure((own, other)) == own
    assert figure((own, other), basis_key(other)) == other
    assert figure((own, other), ("mean wage", "USD", "YEAR", "United States")) is None
    assert figure(()) is None


# -- the graph that ships -------------------------------------------------------------------------


def test_the_wage_of_an_occupation_is_not_compared_with_total_pay():
    change = pay_change(role_pay("chief-product-officer"), role_pay("chief-executive-officer"))
    assert change.amount is None
    assert change.reason == (
        "not comparable: median total pay, USD per year, United States "
        "and median wage, USD per year, United States"
    )
    mixed = pay_change(
        role_pay("chief-product-officer"), role_pay("chief-executive-officer"), allow_mixed=True
    )
    assert (mixed.amount, mixed.mixed) == (213_990 - 403_000, True)


def test_total_pay_said_of_both_roles_comes_before_the_wages_of_their_occupations():
    change = pay_change(role_pay("product-marketing-manager"), role_pay("brand-manager"))
    assert (change.start.statistic, change.amount, change.cut) == ("median total pay", -15_000, 15_000)


def test_of_four_occupations_that_a_role_may_be_the_lower_median_wage_counts():
    change = pay_change(role_pay("product-manager"), role_pay("project-manager"))
    assert (change.start.amount, change.goal.amount) == (166_790, 114_990)


# -- any figures ----------------------------------------------------------------------------------

FIGURES = st.lists(
    st.builds(
        paid,
        st.integers(0, 9).map(float),
        st.sampled_from(MATCHES),
        statistic=st.sampled_from(("median wage", "median total pay", "base pay")),
        currency=st.sampled_from(("USD", "EUR")),
        interval=st.sampled_from(("YEAR", "HOUR")),
        area=st.sampled_from(("here", "there")),
        period=st.sampled_from(("2024", "2025")),
        claim=st.sampled_from(("x:a", "x:b")),
    ),
    max_size=5,
)


@steady
@given(FIGURES, FIGURES, st.booleans())
def test_the_way_back_is_the_way_there_with_the_sign_turned(one, other, allow_mixed):
    there = pay_change(one, other, allow_mixed=allow_mixed)
    back = pay_change(other, one, allow_mixed=allow_mixed)
    assert (there.start, there.goal, there.mixed) == (back.goal, back.start, back.mixed)
    assert (there.amount is None) == (back.amount is None)
    if there.amount is not None:
        assert there.amount == -back.amount
        assert min(there.cut, back.cut) == 0


@steady
@given(FIGURES, FIGURES, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_figures_does_not_matter(one, other, allow_mixed, random):
    expected = pay_change(one, other, allow_mixed=allow_mixed)
    best = figure(one)
    random.shuffle(one)
    random.shuffle(other)
    assert pay_change(one, other, allow_mixed=allow_mixed) == expected
    assert figure(one) == best


@steady
@given(FIGURES, FIGURES, st.booleans())
def test_there_is_an_amount_where_two_figures_are_alike_and_never_else(one, other, allow_mixed):
    change = pay_change(one, other, allow_mixed=allow_mixed)
    alike = {*map(basis_key, one)} & {*map(basis_key, other)}
    in_one_interval = {item.interval for item in one} & {item.interval for item in other}
    assert change.mixed == (not alike and allow_mixed and bool(in_one_interval))
    assert (change.amount is not None) == (bool(alike) or change.mixed)
    assert bool(change.reason) == (not alike)
    if alike:
        assert basis_key(change.start) == basis_key(change.goal)
        worst = max(match_rank(change.start.evidence), match_rank(change.goal.evidence))
        assert worst == min(
            max(match_rank(mine.evidence), match_rank(yours.evidence))
            for mine, yours in product(one, other)
            if basis_key(mine) == basis_key(yours)
        )
    assert change.start in (*one, None)
    assert change.goal in (*other, None)
