"""When and where: days ahead, apart, and a series within its limit (A-1, A-9, 6.1). A limit is met at its exact instant and broken after it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from authorisations.models import Application
from authorisations.rules.content import check_days_apart, check_series
from authorisations.sections import findings_of
from authorisations.services import applying, content
from lfr_governance.demonstration.people import Cast
from policy import current
from policy.refusals import RuleBroken
from tests.authorisations.stages import DAY, ENDS, HOUR, MINUTE, SECOND, STARTS, SUBMITTED, stage
from tests.cast import NOON
from tests.refusals import refused

WEEK = timedelta(hours=168)


def put(cast: Cast, application: Application, starts_at: datetime, ends_at: datetime, *, place: str = "Botchergate", at: datetime = NOON) -> object:
    return content.put_day(application, place=cast.places[place], starts_at=starts_at, ends_at=ends_at, by=cast.applicant, at=at)


def day(starts_at: datetime, ends_at: datetime, place: str = "A") -> SimpleNamespace:
    return SimpleNamespace(starts_at=starts_at, ends_at=ends_at, place_id=place, place=place)


class TestADay:
    @pytest.mark.parametrize("lasts", [timedelta(0), -SECOND])
    def test_a1_it_ends_after_it_starts(self, cast: Cast, lasts: timedelta):
        application = stage(cast, "draft")
        with refused("A-1", "6.1", chain=application.operation_id):
            put(cast, application, STARTS, STARTS + lasts)

    @pytest.mark.parametrize("ahead", [timedelta(0), -SECOND])
    def test_a1_it_lies_ahead(self, cast: Cast, ahead: timedelta):
        application = stage(cast, "draft")
        with refused("A-1", "6.1"):
            put(cast, application, NOON + ahead, NOON + HOUR)
        put(cast, application, NOON + SECOND, NOON + HOUR)

    def test_a1_a_place_of_another_force_is_refused(self, cast: Cast):
        application = stage(cast, "draft")
        place = cast.places["Botchergate"]
        place.force = cast.host
        with refused("A-1", "5.8"):
            content.put_day(application, place=place, starts_at=STARTS, ends_at=ENDS, by=cast.applicant, at=NOON)

    def test_a1_a_new_place_comes_with_its_day_or_not_at_all(self, cast: Cast):
        application = stage(cast, "draft")
        new = {"name": "Lowther Street", "town": "Carlisle"}
        with refused("A-1", "6.1"):
            content.put_day(application, place=new, starts_at=NOON - SECOND, ends_at=ENDS, by=cast.applicant, at=NOON)
        one = content.put_day(application, place=new, starts_at=STARTS, ends_at=ENDS, by=cast.applicant, at=NOON)
        assert (one.place.name, one.place.force) == ("Lowther Street", application.operation.force)

    def test_a1_it_can_be_changed_and_taken_out_again(self, cast: Cast):
        application = stage(cast, "complete")
        one = application.days.get()
        content.put_day(application, place=one.place, starts_at=STARTS + DAY, ends_at=ENDS + DAY, day=one, by=cast.applicant, at=NOON)
        operation = application.again().operation
        assert (operation.starts_at, operation.ends_at) == (STARTS + DAY, ENDS + DAY)
        content.remove_day(application.days.get(), by=cast.applicant, at=NOON)
        operation = application.again().operation
        assert (operation.starts_at, operation.ends_at) == (None, None)

    def test_a1_days_that_have_passed_meanwhile_stand_in_the_way_of_submission(self, cast: Cast):
        application = stage(cast, "complete")
        with refused("A-1", "6.1") as told:
            applying.submit(application, by=cast.applicant, at=STARTS)
        assert [(one.code, one.where) for one in told.value.findings] == [("A-1", "when")]
        assert "does not lie ahead any more" in told.value.findings[0].sentence

    def test_a1_without_any_day_nothing_is_submitted(self, cast: Cast):
        application = stage(cast, "complete")
        content.remove_day(application.days.get(), by=cast.applicant, at=NOON)
        assert ("A-1", "7.1", "when") in {(one.code, one.clause, one.where) for one in findings_of(application.again(), "when", NOON)}


class TestApart:
    """A-1: nobody can be at one place twice at the same time."""

    def test_a1_two_deployments_at_one_place_do_not_overlap(self):
        with pytest.raises(RuleBroken) as told:
            check_days_apart([day(STARTS, ENDS), day(ENDS - SECOND, ENDS + HOUR)])
        assert (told.value.code, told.value.clause) == ("A-1", "6.1") and told.value.remedy

    def test_a1_one_may_begin_when_the_other_ends(self):
        check_days_apart([day(ENDS, ENDS + HOUR), day(STARTS, ENDS)])

    def test_a1_at_two_places_they_may(self):
        check_days_apart([day(STARTS, ENDS), day(STARTS, ENDS, place="B")])

    def test_a1_an_overlap_is_kept_in_the_draft_and_refused_at_submission(self, cast: Cast):
        application = stage(cast, "series")
        put(cast, application, STARTS + HOUR, ENDS + HOUR)
        with refused("A-1", "6.1") as told:
            applying.submit(application.again(), by=cast.applicant, at=SUBMITTED)
        assert any("overlap" in one.sentence and one.where == "when" for one in told.value.findings)


def utc(*words: int) -> datetime:
    return datetime(*words, tzinfo=UTC)


# The first start, and the last end that is still in time, as the hands of a clock in Carlisle show them.
SERIES = {
    "an ordinary week": (utc(2026, 10, 7, 9), utc(2026, 10, 14, 9)),
    "clocks go back, 25 October 2026: ten in the morning until nine": (utc(2026, 10, 21, 9), utc(2026, 10, 28, 9)),
    "clocks go forward, 28 March 2027: ten in the morning until eleven": (utc(2027, 3, 25, 10), utc(2027, 4, 1, 10)),
    "starting in the hour that comes twice": (utc(2026, 10, 25, 0, 30), utc(2026, 11, 1, 0, 30)),
}


class TestASeries:
    """A-9, 6.1: seven times 24 hours, elapsed, from the start of the first to the end of the last."""

    @pytest.mark.parametrize("name", SERIES)
    def test_a9_met_at_168_hours_exactly_and_broken_a_second_later(self, name: str):
        first, last = SERIES[name]
        assert last - first == WEEK
        days = [day(first, first + 6 * HOUR), day(last - HOUR, last)]
        check_series(days, current())
        days[1].ends_at += SECOND
        with pytest.raises(RuleBroken) as told:
            check_series(days, current())
        assert (told.value.code, told.value.clause) == ("A-9", "6.1")
        assert "new authority" in told.value.remedy

    def test_a9_the_order_in_which_the_days_were_entered_does_not_matter(self):
        days = [day(STARTS + WEEK, STARTS + WEEK + SECOND), day(STARTS, ENDS)]
        with pytest.raises(RuleBroken):
            check_series(days, current())

    def test_a9_one_deployment_has_the_limit_too(self):
        check_series([day(STARTS, STARTS + WEEK)], current())
        with pytest.raises(RuleBroken):
            check_series([day(STARTS, STARTS + WEEK + SECOND)], current())
        check_series([], current())

    def test_a9_a_longer_one_is_not_submitted(self, cast: Cast):
        application = stage(cast, "series")
        put(cast, application, STARTS + WEEK - HOUR, STARTS + WEEK)
        assert findings_of(application.again(), "when", NOON) == ()
        put(cast, application, STARTS + WEEK + MINUTE, STARTS + WEEK + HOUR)
        with refused("A-1", "6.1") as told:
            applying.submit(application.again(), by=cast.applicant, at=SUBMITTED)
        assert [(one.code, one.clause, one.where) for one in told.value.findings] == [("A-9", "6.1", "when")]

    def test_a9_its_common_purpose_or_event_is_asked_for_only_where_there_are_several(self, cast: Cast):
        application = stage(cast, "series")
        content.save_section(application.sections.get(name="when"), answers={"series": ""}, by=cast.applicant, at=NOON)
        asked = {(one.code, one.where) for one in findings_of(application.again(), "when", NOON)}
        assert asked == {("A-9", "when.series")}
        content.remove_day(application.days.last(), by=cast.applicant, at=NOON)
        assert findings_of(application.again(), "when", NOON) == ()

    def test_a9_the_authority_lasts_from_the_first_start_to_the_last_end(self, cast: Cast):
        authority = stage(cast, "authorised").authorities.get()
        assert (authority.valid_from, authority.valid_until) == (STARTS, ENDS)
        assert [authority.is_in_force(at) for at in (STARTS - SECOND, STARTS, ENDS, ENDS + SECOND)] == [False, True, True, False]
