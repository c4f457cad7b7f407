"""P-4, 10.8: people whose role needs a course are reminded before it runs out, once a step; renewed or needed no more, it is over."""

from datetime import date, datetime, time, timedelta

import pytest

from accounts.models import Notice, RoleGrant, TrainingRecord, User
from accounts.services import deactivate, end_grant, record_training
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import Kind, State
from obligations.tasks import remind_due, watch_training
from policy.edition import LONDON

COURSE = "data_protection"


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), LONDON)


def sweep(day: date) -> None:
    assert set(watch_training(at=morning(day))) <= {""}
    assert set(remind_due(at=morning(day))) <= {""}


def reminders(person: User) -> int:
    return Notice.objects.filter(person=person, key__startswith="step").count()


@pytest.fixture
def record(cast: Cast) -> TrainingRecord:
    return TrainingRecord.objects.latest().get(person=cast.operator, course=COURSE)


def clock_of(record: TrainingRecord) -> Obligation:
    return Obligation.objects.about(record, Kind.TRAINING).get()


def test_reminded_60_30_and_7_days_before_and_the_training_unit_at_the_end_P4(cast: Cast, record: TrainingRecord) -> None:
    end = record.expires_date
    assert end
    seen = []
    for before in (61, 60, 59, 30, 29, 7, 1, 0, -1, -2):
        sweep(end - timedelta(days=before))
        seen.append(reminders(cast.operator))
    assert seen == [0, 1, 1, 2, 2, 3, 3, 3, 4, 4]
    assert clock_of(record).due_at.astimezone(LONDON).date() == end
    assert Notice.objects.filter(person=cast.training, link=f"/clocks/{clock_of(record).pk}/").count() == 1


def test_renewed_it_is_over_P4(cast: Cast, record: TrainingRecord) -> None:
    assert record.expires_date
    day = record.expires_date - timedelta(days=20)
    sweep(day)
    record_training(cast.operator, course=COURSE, completed_date=day, by=cast.training, at=morning(day))
    sweep(day)
    assert (clock_of(record).state, clock_of(record).proof) == (State.DISCHARGED, "The course has been renewed")
    sweep(record.expires_date + timedelta(days=2))
    assert reminders(cast.operator) == 1


def test_who_needs_it_no_more_is_left_alone_P4(cast: Cast, record: TrainingRecord) -> None:
    assert record.expires_date
    day = record.expires_date - timedelta(days=20)
    sweep(day)
    for grant in RoleGrant.objects.filter(person=cast.operator, ended_at=None):
        end_grant(grant, by=cast.sysadmin, at=morning(day))
    sweep(day)
    assert clock_of(record).state == State.LIFTED


def test_nobody_who_has_left_is_watched_P4(cast: Cast, record: TrainingRecord) -> None:
    assert record.expires_date
    day = record.expires_date - timedelta(days=20)
    deactivate(cast.operator, by=cast.sysadmin, at=morning(day))
    sweep(day)
    assert not Obligation.objects.about(record, Kind.TRAINING).exists()


def test_a_course_that_no_role_of_theirs_needs_is_not_watched_P4(cast: Cast) -> None:
    day = date(2026, 2, 1)
    record = record_training(cast.comms, course=COURSE, completed_date=day, by=cast.training, at=morning(day))
    list(watch_training(at=morning(record.expires_date)))
    assert not Obligation.objects.about(record, Kind.TRAINING).exists()


def test_watching_costs_the_same_however_many_are_watched_P4(cast: Cast, record: TrainingRecord, django_assert_max_num_queries: object) -> None:
    assert record.expires_date
    at = morning(record.expires_date - timedelta(days=5))
    list(watch_training(at=at))
    assert Obligation.objects.filter(kind=Kind.TRAINING).count() > 5
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert list(watch_training(at=at)) == []
