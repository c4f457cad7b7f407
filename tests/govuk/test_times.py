"""Moments as people read them, and the two nights of the year when the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from govuk import times

NOW = datetime(2026, 10, 24, 16, 48, tzinfo=UTC)
EVENING = datetime(2026, 10, 24, 19, 0, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


def test_a_log_says_the_clock_and_the_zone():
    assert times.log_time(EVENING) == "24 Oct 2026 20:00 BST"
    assert times.log_time(WINTER) == "1 Dec 2026 00:00 GMT"


def test_the_public_reads_the_day_and_the_twelve_hour_clock():
    assert times.public_time(EVENING) == "Saturday 24 October 2026, 8:00pm"
    assert times.public_time(WINTER) == "Tuesday 1 December 2026, midnight"
    assert times.clock_time(datetime(2026, 12, 1, 12, 5, tzinfo=UTC)) == "12:05pm"


def test_a_day_is_the_day_it_is_in_the_united_kingdom():
    assert times.public_date(datetime(2026, 7, 31, 23, 30, tzinfo=UTC)) == "1 August 2026"
    assert times.public_date(date(2026, 7, 31)) == "31 July 2026"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=3, minutes=12), "in 3 hours 12 minutes"),
        (timedelta(minutes=1, seconds=59), "in 1 minute"),
        (timedelta(days=2), "in 2 days"),
        (timedelta(days=1, hours=4, minutes=9), "in 1 day 4 hours"),
        (timedelta(days=1, minutes=9), "in 1 day"),
        (timedelta(days=-2, minutes=-5), "2 days ago"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(seconds=20), "now"),
    ],
)
def test_a_near_moment_is_said_in_its_two_largest_units(away: timedelta, words: str):
    assert times.near_time(NOW + away, NOW) == words


def test_an_hour_that_happens_twice_is_the_first():
    assert times.from_local(datetime(2026, 10, 25, 1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # noqa: DTZ001 - a time on the wall


def test_an_hour_that_is_skipped_does_not_exist():
    assert times.from_local(datetime(2026, 3, 29, 1, 30)) is None  # noqa: DTZ001


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_shown_can_be_typed_back(moment: datetime):
    """Except in the second of the two hours that look the same, which reads as the first."""
    back = times.from_local(times.local(moment).replace(tzinfo=None))
    assert back in (moment, moment - timedelta(hours=1))
    assert back is not None and times.local(back).replace(tzinfo=None) == times.local(moment).replace(tzinfo=None)


def test_the_filters_show_nothing_for_a_moment_that_is_not_known():
    written = "{{ t|log_time }}|{{ t|public_time }}|{{ t|near_time:now }}|{{ t|or_dash }}|{{ zero|or_dash }}|{{ now|near_time:now }}"
    template = engines["django"].from_string(written)
    assert template.render({"t": None, "now": NOW, "zero": 0}) == "|||–|0|now"
