"""Rates against scipy, and as they are shown (R-3, X-4, 14.2-14.7). scipy is a yardstick of the tests alone."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from deployments.counts import Figures
from deployments.figures import Rate, interval_95
from reporting.element import rate_of
from reporting.metrics import NOT_MEASURED, metrics
from reporting.published import rate_words

MOST = 5_000_000


@st.composite
def proportions(draw: st.DrawFn) -> tuple[int, int]:
    trials = draw(st.integers(1, MOST))
    few = st.integers(0, min(trials, 40))
    return draw(few | st.integers(0, trials) | few.map(lambda k: trials - k)), trials


@settings(max_examples=150)
@given(proportions())
def test_X4_the_interval_is_that_of_scipy(pair: tuple[int, int]) -> None:
    successes, trials = pair
    found = interval_95(successes, trials)
    lower = beta.ppf(0.025, successes, trials - successes + 1) if successes else 0.0
    upper = beta.ppf(0.975, successes + 1, trials - successes) if successes < trials else 1.0
    assert found.lower == pytest.approx(lower, rel=1e-7, abs=1e-15)
    assert found.upper == pytest.approx(upper, rel=1e-7, abs=1e-15)


@settings(max_examples=200)
@given(proportions())
def test_X4_no_rate_is_shown_as_zero_when_it_is_not_and_all_are_rounded_half_up(pair: tuple[int, int]) -> None:
    rate = Rate(*pair)
    told = rate_of(rate)
    shown = Decimal(told["percent"])
    assert shown > 0 or rate.numerator == 0
    exact = Decimal(rate.numerator) * 100 / Decimal(rate.denominator or 1)
    assert shown == exact.quantize(Decimal(1).scaleb(shown.as_tuple().exponent), rounding=ROUND_HALF_UP)  # type: ignore[arg-type]
    low, high = map(Decimal, told["interval_95"])
    assert low <= shown <= high and (low > 0 or rate.numerator == 0)
    value, more = rate_words(rate)
    assert f"{rate.denominator:,}" in value + more and not value.startswith("0.00 %")


def test_X4_ten_in_three_million_is_not_cut_off_to_nothing() -> None:
    assert rate_of(Rate(10, 3_147_436))["percent"] == "0.00032"
    assert rate_words(Rate(10, 3_147_436))[1].startswith("10 of 3,147,436 faces; about 1 in 314,744;")


def test_X4_none_has_an_upper_bound() -> None:
    told = rate_of(Rate(0, 18_250))
    assert (told["percent"], told["one_in"], told["interval_95"]) == ("0.00", None, ["0.000", "0.020"])
    assert rate_words(Rate(0, 18_250)) == ("None in 18,250 faces", "The true rate is at most 0.020\u00a0% (95\u00a0% interval).")


@pytest.mark.parametrize("faces", [None, 0])
def test_R3_without_faces_it_is_not_calculable(faces: int | None) -> None:
    assert rate_words(Rate(2, faces))[0] == "Not calculable"
    assert rate_of(Rate(2, faces))["denominator"] is None and rate_of(Rate(2, faces))["percent"] is None


FIGURES = Figures(
    alerts=9, open=0, false_unconfirmed=2, false_confirmed=1, true_unconfirmed=1, true_confirmed=4, not_determined=1, dismissed=2, engaged=5,
    repeats=0, outcomes={}, faces=3000, recognition_seconds=Decimal("1.40"), blue_passes=10, blue_correct=9,
)  # fmt: skip


def test_R3_each_metric_says_how_many_of_how_many() -> None:
    told = {one.label: one.words for one in metrics(FIGURES)}
    assert told["True Recognition Rate"].startswith("90.00 % (9 of 10;")
    assert told["System False Alert Rate"].startswith("0.10 % (3 of 3,000; 1 in 1,000;")
    assert told["Operational False Alert Rate"].startswith("0.033 % (1 of 3,000;")
    assert told["False alerts of all alerts"].startswith("33.33 % (3 of 9;")
    assert told["Mean recognition time"] == "1.40 seconds"


def test_R3_without_volunteers_it_was_not_measured() -> None:
    assert metrics(replace(FIGURES, blue_passes=0, blue_correct=0))[0].words == NOT_MEASURED


def test_145_exactly_a_tenth_of_a_percent_meets_the_expectation() -> None:
    assert not Rate(3, 3000).passes(Decimal("0.1")) and Rate(3, 2999).passes(Decimal("0.1"))
