"""P-4: the training register. A course counts to the end of its last day; nobody takes a role whose training ends before the deployment does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.courses import soon, training_of_person
from accounts.models import TrainingRecord, User
from accounts.rules import check_trained, training_gaps
from accounts.services import record_training
from accounts.states import CourseState, Role
from lfr_governance.demonstration.people import Cast
from policy import current
from policy.refusals import NotPermitted, RuleBroken
from tests.accounts.test_roles import refused
from tests.cast import NOON

LONDON = ZoneInfo("Europe/London")


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LONDON)


def train(cast: Cast, person: User, course: str, day: date, at: datetime = NOON) -> TrainingRecord:
    return record_training(person, course=course, completed_date=day, by=cast.training, at=at)


def forget_training(person: User) -> None:
    TrainingRecord.objects.filter(person=person).delete()


@pytest.fixture
def trainee(cast: Cast) -> User:
    """An operator whose training ends on known days, the first of them data protection: 10 July 2026."""
    forget_training(cast.operator)
    for course in current().courses_for(Role.OPERATOR):
        train(cast, cast.operator, course.code, date(2025, 7, 10))
    return cast.operator


def test_P4_a_course_counts_to_the_end_of_its_last_day(trainee: User) -> None:
    check_trained(trainee, Role.OPERATOR, end_of(date(2026, 7, 10)))


def test_P4_and_not_on_the_day_after(trainee: User) -> None:
    with pytest.raises(RuleBroken) as caught:
        check_trained(trainee, Role.OPERATOR, end_of(date(2026, 7, 10)) + timedelta(seconds=1))
    assert (caught.value.code, caught.value.clause) == ("P-4", "10.8")
    assert "“Data protection” training runs out on 10 July 2026" in caught.value.sentence


def test_P4_a_deployment_that_ends_after_midnight_needs_training_on_that_day_too(trainee: User) -> None:
    late_in_utc_but_the_next_day_in_london = datetime(2026, 7, 10, 23, 30, tzinfo=UTC)
    with pytest.raises(RuleBroken):
        check_trained(trainee, Role.OPERATOR, late_in_utc_but_the_next_day_in_london)


def test_P4_a_course_taken_on_29_february_ends_on_28_february(cast: Cast) -> None:
    assert train(cast, cast.stranger, "data_protection", date(2024, 2, 29)).expires_date == date(2025, 2, 28)


def test_P4_a_course_taken_once_has_no_end(cast: Cast) -> None:
    assert train(cast, cast.stranger, "security_classifications", date(2000, 1, 1)).expires_date is None


def test_P4_the_newest_record_counts(cast: Cast, trainee: User) -> None:
    train(cast, trainee, "data_protection", date(2026, 7, 9))
    check_trained(trainee, Role.OPERATOR, end_of(date(2027, 7, 9)))


def test_P4_every_missing_course_is_named(cast: Cast) -> None:
    forget_training(cast.stranger)
    gaps = training_gaps(cast.stranger, Role.OPERATOR, NOON)
    assert [gap.code for gap in gaps] == ["P-4"] * len(current().courses_for(Role.OPERATOR))
    assert all("has no record of the course" in gap.sentence for gap in gaps)


def test_P4_a_role_without_courses_of_its_own_needs_what_everyone_needs(cast: Cast) -> None:
    check_trained(cast.stranger, Role.LOGGIST, NOON)
    forget_training(cast.stranger)
    with pytest.raises(RuleBroken, match="Government Security Classifications"):
        check_trained(cast.stranger, Role.LOGGIST, NOON)


def test_P4_only_the_training_unit_records_courses(cast: Cast) -> None:
    for person in (cast.sysadmin, cast.ao, cast.stranger):
        with pytest.raises(NotPermitted):
            record_training(cast.stranger, course="data_protection", completed_date=NOON.date(), by=person, at=NOON)


def test_P4_a_course_of_tomorrow_is_refused_and_one_of_today_is_not_even_just_after_midnight(cast: Cast) -> None:
    half_past_midnight = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    by = {"by": cast.training, "at": half_past_midnight}
    refused("P-4", record_training, cast.stranger, course="data_protection", completed_date=date(2026, 8, 2), **by)
    record_training(cast.stranger, course="data_protection", completed_date=date(2026, 8, 1), **by)


def test_P4_a_course_is_recorded_once_a_day(cast: Cast) -> None:
    train(cast, cast.stranger, "data_protection", date(2026, 10, 1))
    refused("P-4", record_training, cast.stranger, course="data_protection", completed_date=date(2026, 10, 1), by=cast.training, at=NOON)


def test_P4_the_host_force_attests_the_training_of_its_own_people(cast: Cast) -> None:
    course = {"course": "data_protection", "completed_date": date(2026, 10, 1), "by": cast.training, "at": NOON}
    assert refused("P-4", record_training, cast.gmp_operator, **course).clause == "5.3f"
    assert record_training(cast.gmp_operator, attested_by="Insp Platt, GMP training", **course).attested_by == "Insp Platt, GMP training"


@pytest.mark.parametrize(
    ("days_left", "state"),
    [(-1, CourseState.LAPSED), (0, CourseState.LAPSING), (60, CourseState.LAPSING), (61, CourseState.CURRENT)],
)
def test_P4_a_course_lapses_soon_from_the_first_reminder_to_its_last_day(trainee: User, days_left: int, state: CourseState) -> None:
    assert soon() == timedelta(days=60)
    standings = training_of_person(trainee, [Role.OPERATOR], date(2026, 7, 10) - timedelta(days=days_left))
    assert {standing.course.code: standing.state for standing in standings}["data_protection"] == state


def test_P4_what_is_wanting_is_what_a_role_needs_or_what_lapses_soon(cast: Cast) -> None:
    forget_training(cast.stranger)
    train(cast, cast.stranger, "lfr_ao", date(2020, 1, 1))  # lapsed, and no role of theirs needs it
    standings = training_of_person(cast.stranger, cast.stranger.offices(NOON), NOON.date())
    assert {standing.course.code: standing.is_wanting for standing in standings} == {"lfr_ao": False, "security_classifications": True}
