"""Looking at a restricted record leaves one entry a person, record and London day (G-5)."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.models import Sighting, TrailEntry
from audit.reading import note_sight
from tests.cast import NOON, Cast, Role, opened
from tests.races import race


def seen(thing: object) -> list[tuple[object, datetime]]:
    found = TrailEntry.objects.filter(action="record.seen", thing_id=str(thing.pk)).order_by("seq")  # type: ignore[attr-defined]
    return list(found.values_list("actor_id", "at"))


def test_g5_the_first_look_of_a_day_is_noted_and_no_other(cast: Cast):
    operation = opened(cast)
    for hours in (0, 1, 2):
        note_sight(operation, by=cast.ao, at=NOON + timedelta(hours=hours))
    assert seen(operation) == [(cast.ao.pk, NOON)]


def test_g5_each_person_each_record_and_each_day_counts(cast: Cast):
    operation, other = opened(cast), opened(cast)
    for person, thing, at in (
        (cast.ao, operation, NOON),
        (cast.sro, operation, NOON),
        (cast.ao, other, NOON),
        (cast.ao, operation, NOON + timedelta(days=1)),
    ):
        note_sight(thing, by=person, at=at)
    assert len(seen(operation)) == 3
    assert len(seen(other)) == 1


def test_g5_the_day_is_a_london_day(cast: Cast):
    operation = opened(cast)
    for at in (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), datetime(2026, 7, 1, 23, 1, tzinfo=UTC), datetime(2026, 7, 2, 0, 1, tzinfo=UTC)):
        note_sight(operation, by=cast.ao, at=at)
    assert len(seen(operation)) == 2


def test_g5_a_second_look_costs_one_read(cast: Cast, django_assert_num_queries: object):
    operation = opened(cast, ("silver", Role.SILVER))
    note_sight(operation, by=cast.silver, at=NOON)
    with django_assert_num_queries(1):  # type: ignore[operator]
        note_sight(operation, by=cast.silver, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_g5_two_windows_opened_at_once_are_noted_once(cast: Cast):
    operation = opened(cast)
    assert race(*[lambda: note_sight(operation, by=cast.ao, at=NOON)] * 4) == [None] * 4
    assert len(seen(operation)) == Sighting.objects.count() == 1
