"""X-4, R-3: the arithmetic of rates, tested for its own sake; reporting compares it with an independent library."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deployments.figures import NOT_CALCULABLE, Rate, beta_share, interval_95, shown_percent

COUNTS = st.integers(0, 5_000_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))).filter(lambda pair: pair[1] > 0)
FEW = st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


def binomial_tail(successes: int, trials: int, chance: Fraction) -> float:
    """The chance of at least so many, added up exactly."""
    total, term = Fraction(0), (1 - chance) ** trials
    for k in range(trials + 1):
        if k >= successes:
            total += term
        if k < trials:
            term = term * (trials - k) * chance / ((k + 1) * (1 - chance))
    return float(total)


@pytest.mark.parametrize(("successes", "trials", "chance"), [(3, 20, "1/10"), (1, 50, "1/1000"), (30, 40, "7/10"), (7, 7, "1/2"), (12, 90, "1/9")])
def test_the_share_of_the_beta_function_is_the_tail_added_up_exactly(successes: int, trials: int, chance: str):
    p = Fraction(chance)
    assert beta_share(successes, trials - successes + 1, float(p)) == pytest.approx(binomial_tail(successes, trials, p), rel=1e-12)


@given(FEW)
def test_at_each_bound_the_tail_is_two_and_a_half_percent(pair: tuple[int, int]):
    successes, trials = pair
    found = interval_95(successes, trials)
    if successes:
        assert beta_share(successes, trials - successes + 1, found.lower) == pytest.approx(0.025, rel=1e-6)
    if successes < trials:
        assert 1 - beta_share(successes + 1, trials - successes, found.upper) == pytest.approx(0.025, rel=1e-6)


@given(COUNTS)
def test_the_interval_holds_the_proportion_and_lies_between_nothing_and_all(pair: tuple[int, int]):
    successes, trials = pair
    found = interval_95(successes, trials)
    assert 0 <= found.lower <= successes / trials <= found.upper <= 1
    assert (found.lower == 0) == (successes == 0) and (found.upper == 1) == (successes == trials)


@given(FEW)
def test_the_interval_of_the_others_is_the_mirror_image(pair: tuple[int, int]):
    successes, trials = pair
    one, other = interval_95(successes, trials), interval_95(trials - successes, trials)
    assert one.lower == pytest.approx(1 - other.upper, abs=1e-9)


@given(st.integers(1, 50), st.integers(50, 20_000))
def test_more_trials_lower_both_bounds_more_successes_raise_them(successes: int, trials: int):
    here, more_trials, more_successes = interval_95(successes, trials), interval_95(successes, trials + 100), interval_95(successes, trials)
    assert more_trials.lower < here.lower and more_trials.upper < here.upper
    assert more_successes.lower >= interval_95(successes - 1, trials).lower


@pytest.mark.parametrize(("successes", "trials"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_what_cannot_be_has_no_interval(successes: int, trials: int):
    with pytest.raises(ValueError, match="no proportion"):
        interval_95(successes, trials)


def test_none_has_an_upper_bound():
    assert interval_95(0, 3000).upper == pytest.approx(1 - 0.025 ** (1 / 3000), rel=1e-9)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "one_in"),
    [
        (3, 3000, "0.10", 1000),
        (10, 3_147_436, "0.00032", 314_744),
        (1, 8, "12.50", 8),
        (1, 3, "33.33", 3),
        (2, 3, "66.67", 2),
        (1, 800, "0.13", 800),  # 0.125, half up
        (0, 3000, "0.00", None),
        (1, 1, "100.00", 1),
    ],
)
def test_percent_is_rounded_half_up_with_digits_enough_and_one_in_how_many(numerator: int, denominator: int, percent: str, one_in: int | None):
    rate = Rate(numerator, denominator)
    assert (str(f"{rate.percent:f}"), rate.one_in) == (percent, one_in)


@given(COUNTS)
def test_a_rate_that_is_not_none_never_reads_as_none(pair: tuple[int, int]):
    rate = Rate(*pair)
    assert rate.percent is not None and (rate.percent > 0) == (pair[0] > 0)
    exact = Decimal(pair[0]) * 100 / Decimal(pair[1])
    assert rate.percent == exact.quantize(rate.percent, rounding=ROUND_HALF_UP)


@given(st.decimals("1e-12", "100", allow_nan=False, allow_infinity=False))
def test_what_is_shown_is_within_half_of_its_last_digit(exact: Decimal):
    shown = shown_percent(exact)
    exponent = shown.as_tuple().exponent
    assert isinstance(exponent, int) and abs(shown - exact) <= Decimal(1).scaleb(exponent) / 2


@pytest.mark.parametrize("rate", [Rate(3, None), Rate(0, 0), Rate(3, 0), Rate(5, 4)])
def test_r3_without_faces_it_is_not_calculable_never_zero(rate: Rate):
    assert (rate.percent, rate.one_in, rate.interval, rate.words) == (None, None, None, NOT_CALCULABLE)
    assert not rate.passes(Decimal(0)) and not rate.surely_passes(Decimal(0))


@pytest.mark.parametrize(("false", "passes"), [(2, False), (3, False), (4, True)])
def test_145_the_expectation_is_met_at_exactly_it_and_passed_above(false: int, passes: bool):
    assert Rate(false, 3000).passes(Decimal("0.1")) == passes


@pytest.mark.parametrize(
    ("false", "faces", "surely"), [(3, 1000, False), (4, 1000, True), (1, 25, True), (1, 26, False), (7, 3000, False), (8, 3000, True)]
)
def test_o6_surely_above_only_with_the_lower_bound(false: int, faces: int, surely: bool):
    assert Rate(false, faces).surely_passes(Decimal("0.1")) == surely


def test_x4_in_words():
    assert Rate(3, 3000).words == "0.10 % (3 of 3,000; 1 in 1,000; 95 % interval 0.021 to 0.29 %)"
    assert Rate(0, 3000).words == "none (0 of 3,000; at most 0.12 %, 95 % interval)"
    assert Rate(9, 10).words == "90.00 % (9 of 10; 95 % interval 55.50 to 99.75 %)"
