"""Rates as they must be shown (X-4, R-3): percent rounded half up, one in how many, a 95 % interval. Plain Python, no database."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

HUNDRED = Decimal(100)
LEAST_PLACES = 2
SIGNIFICANT = 2
TAIL = 0.025  # each side of a 95 % interval
NOT_CALCULABLE = "not calculable"


def half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Interval:
    """Both bounds as proportions, 0 to 1."""

    lower: float
    upper: float

    @property
    def lower_percent(self) -> Decimal:
        return shown_percent(Decimal(self.lower) * HUNDRED)

    @property
    def upper_percent(self) -> Decimal:
        return shown_percent(Decimal(self.upper) * HUNDRED)


@dataclass(frozen=True)
class Rate:
    """How many of how many. Without a denominator it is not calculable: never zero."""

    numerator: int
    denominator: int | None

    @property
    def is_calculable(self) -> bool:
        return bool(self.denominator) and 0 <= self.numerator <= (self.denominator or 0)

    def exact_percent(self) -> Decimal | None:
        return Decimal(self.numerator) * HUNDRED / Decimal(self.denominator) if self.is_calculable and self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        """Two places at least, and more where these would show less than two digits of a small rate."""
        exact = self.exact_percent()
        return None if exact is None else shown_percent(exact)

    @property
    def one_in(self) -> int | None:
        """1 in so many, rounded half up; None where there is none, or nothing to divide by."""
        if not self.is_calculable or not self.numerator or not self.denominator:
            return None
        return int(half_up(Decimal(self.denominator) / Decimal(self.numerator), 0))

    @property
    def interval(self) -> Interval | None:
        return interval_95(self.numerator, self.denominator) if self.is_calculable and self.denominator else None

    def passes(self, percent: Decimal) -> bool:
        """Whether the rate itself is above so many percent; exactly so many is not above (14.5)."""
        exact = self.exact_percent()
        return exact is not None and exact > percent

    def surely_passes(self, percent: Decimal) -> bool:
        """Whether even the lower bound of the interval is above it: never from one alert among few faces (O-6)."""
        interval = self.interval
        return interval is not None and Decimal(interval.lower) * HUNDRED > percent

    @property
    def words(self) -> str:
        """0.10 % (3 of 3,000; 1 in 1,000; 95 % interval 0.02 to 0.29 %), at most where there were none, or “not calculable”."""
        interval = self.interval
        if interval is None:
            return NOT_CALCULABLE
        counted = f"{self.numerator:,} of {self.denominator:,}"
        if not self.numerator:
            return f"none ({counted}; at most {interval.upper_percent:f} %, 95 % interval)"
        one_in = f"1 in {self.one_in:,}; " if self.one_in and self.one_in > 1 else ""
        return f"{self.percent:f} % ({counted}; {one_in}95 % interval {interval.lower_percent:f} to {interval.upper_percent:f} %)"


def shown_percent(exact: Decimal) -> Decimal:
    """Rounded half up to two places, or to two significant digits where the number is smaller than that shows."""
    if exact <= 0:
        return half_up(Decimal(0), LEAST_PLACES)
    return half_up(exact, max(LEAST_PLACES, SIGNIFICANT - 1 - exact.adjusted()))


@lru_cache(maxsize=2048)  # a page asks for the same one several times: words, chart, table
def interval_95(successes: int, trials: int) -> Interval:
    """Clopper and Pearson's exact interval. Raises ValueError for impossible counts."""
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"{successes} of {trials} is no proportion")
    lower = 0.0 if successes == 0 else solve(lambda p: beta_share(successes, trials - successes + 1, p) < TAIL)
    upper = 1.0 if successes == trials else solve(lambda p: beta_share(successes + 1, trials - successes, p) < 1 - TAIL)
    return Interval(lower, upper)


def solve(below: Callable[[float], bool]) -> float:
    """The proportion at which `below` turns false, by halving until two floats are neighbours."""
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if below(middle) else (low, middle)


def beta_share(a: int, b: int, x: float) -> float:
    """The regularised incomplete beta function: the chance of at least `a` among a + b - 1 when each has chance x."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share_small(b, a, 1 - x, math.log(x), math.log1p(-x))
    return beta_share_small(a, b, x, math.log1p(-x), math.log(x))


def beta_share_small(a: int, b: int, x: float, log_rest: float, log_x: float) -> float:
    scale = a * log_x + b * log_rest + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(scale) * continued_fraction(a, b, x) / a


def continued_fraction(a: int, b: int, x: float) -> float:
    """Lentz's method for the fraction under the incomplete beta function."""
    tiny, near = 1e-300, 1e-15
    value, c, d = tiny, tiny, 0.0
    for step in range(100_000):
        d = 1 / (1 + term(step, a, b, x) * d or tiny)
        c = 1 + term(step, a, b, x) / c or tiny
        value *= c * d
        if step and abs(c * d - 1) < near:
            break
    return value


def term(step: int, a: int, b: int, x: float) -> float:
    if step == 0:
        return 1.0
    m, odd = divmod(step - 1, 2)
    if not odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
