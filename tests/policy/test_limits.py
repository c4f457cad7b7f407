"""A limit is met at its exact instant and broken after it; hours are elapsed UTC, calendar days are Europe/London (reliability F5)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import Course, Limit, current
from policy.edition import end_of_london_day

LONDON = ZoneInfo("Europe/London")
TICK = timedelta(microseconds=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the strategy adds the zone)
ELAPSED = [limit for limit in current().limits.values() if not limit.is_calendar]
CALENDAR = [limit for limit in current().limits.values() if limit.unit == "calendar days"]
YEARS = [limit for limit in current().limits.values() if limit.unit == "calendar years"]


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("limit", ELAPSED, ids=lambda limit: limit.name)
@given(basis=moments)
def test_elapsed_limits_are_met_at_the_instant_and_broken_after(limit: Limit, basis: datetime):
    due = limit.due_at(basis)
    assert due - basis == limit.elapsed
    assert due.tzinfo is UTC
    assert due + TICK - basis > limit.elapsed


@pytest.mark.parametrize("limit", CALENDAR, ids=lambda limit: limit.name)
@given(basis=moments)
def test_calendar_limits_are_met_until_the_end_of_the_last_london_day(limit: Limit, basis: datetime):
    last = basis.astimezone(LONDON).date() + timedelta(days=limit.length)
    due = limit.due_at(basis)
    assert due.astimezone(LONDON).date() == last
    assert (due + TICK).astimezone(LONDON).date() == last + timedelta(days=1)


@pytest.mark.parametrize("limit", YEARS, ids=lambda limit: limit.name)
def test_limits_of_years_are_met_until_the_end_of_the_same_day(limit: Limit):
    """29 February ends with 28 February."""
    due = limit.due_at(london("2028-02-29T11:00"))
    assert due.astimezone(LONDON).date() == date(2028 + limit.length, 2, 28)
    assert (due + TICK).astimezone(LONDON).date() == date(2028 + limit.length, 3, 1)


@pytest.mark.parametrize("evening", ["2026-03-28T20:00", "2026-10-24T20:00"])
def test_24_hours_over_a_change_of_the_clocks_are_24_hours(evening: str):
    """7.10: on the wall the clock then shows 21:00 or 19:00."""
    basis = london(evening)
    due = current().limit("alert_data").due_at(basis)
    assert due - basis.astimezone(UTC) == timedelta(hours=24)
    assert due.astimezone(LONDON).hour == {3: 21, 10: 19}[basis.month]


@pytest.mark.parametrize(
    ("deployment", "utc_end"),
    [
        ("2026-03-01T11:00", datetime(2026, 4, 1, 22, 59, 59, 999999, UTC)),  # put forward on 29 March: the last day is a summer one
        ("2026-09-27T11:00", datetime(2026, 10, 28, 23, 59, 59, 999999, UTC)),  # put back on 25 October
        ("2026-02-26T23:59", datetime(2026, 3, 29, 22, 59, 59, 999999, UTC)),  # ends on the very day of 23 hours
        ("2026-09-24T00:00", datetime(2026, 10, 25, 23, 59, 59, 999999, UTC)),  # ends on the very day of 25 hours
    ],
)
def test_31_days_for_the_record_over_a_change_of_the_clocks(deployment: str, utc_end: datetime):
    """7.7: calendar days, to the end of the last."""
    assert current().limit("record_to_ao").due_at(london(deployment)) == utc_end


def test_a_moment_near_midnight_belongs_to_its_london_day():
    just_before_midnight_utc = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 on 1 July in London
    assert current().limit("publication").due_at(just_before_midnight_utc) == end_of_london_day(date(2026, 7, 8))


def test_31_days_of_footage_are_elapsed_time():
    """7.11: 31 × 24 h, over the change of the clocks too."""
    assert current().limit("cctv").due_at(london("2026-10-01T10:00")) == london("2026-11-01T09:00")


@pytest.mark.parametrize("limit", current().limits.values(), ids=lambda limit: limit.name)
def test_a_moment_without_time_zone_is_refused(limit: Limit):
    with pytest.raises(ValueError, match=limit.name):
        limit.due_at(datetime(2026, 1, 1))  # noqa: DTZ001


def test_calendar_days_have_no_elapsed_length():
    with pytest.raises(ValueError, match="calendar days"):
        _ = current().limit("record_to_ao").elapsed


@pytest.mark.parametrize(
    ("completed", "years", "last_day"),
    [
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2027, 2, 28), 1, date(2028, 2, 28)),
        (date(2026, 3, 1), 3, date(2029, 3, 1)),
        (date(2026, 3, 1), None, None),
    ],
)
def test_p4_a_course_counts_until_the_same_day_of_its_last_year(completed: date, years: int | None, last_day: date | None):
    """P-4, 10.8: 29 February becomes 28 February in a common year; a course taken once never expires."""
    assert Course("any", "Any", years, "10.8", "policy").expires_date(completed) == last_day
