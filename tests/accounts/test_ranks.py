"""P-2: an Authorising Officer is of this force, of at least superintendent rank on that day, and trained."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.rules import check_may_be_ao, check_rank
from accounts.services import record_rank, register_person
from accounts.states import Rank, Role, Tenure
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, RuleBroken
from tests.accounts.test_roles import refused
from tests.cast import NOON, grant_confirmed

MIDNIGHT_IN_LONDON = datetime(2026, 10, 9, 23, tzinfo=UTC)  # the start of 10 October, British Summer Time


def acting(cast: Cast, person: User, rank: Rank, first: date, last: date, tenure: Tenure = Tenure.ACTING) -> None:
    record_rank(person, rank=rank, tenure=tenure, from_date=first, until_date=last, by=cast.sysadmin, at=NOON)


@pytest.mark.parametrize("tenure", [Tenure.ACTING, Tenure.TEMPORARY])
@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (datetime(2026, 10, 9, 22, 59, 59, tzinfo=UTC), False),
        (MIDNIGHT_IN_LONDON, True),
        (datetime(2026, 10, 12, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 12, 23, tzinfo=UTC), False),
    ],
)
def test_P2_acting_and_temporary_rank_count_within_their_london_days(cast: Cast, tenure: Tenure, moment: datetime, counts: bool) -> None:
    acting(cast, cast.stranger, Rank.SUPERINTENDENT, date(2026, 10, 10), date(2026, 10, 12), tenure)
    assert cast.stranger.rank_at(moment) == (Rank.SUPERINTENDENT if counts else Rank.INSPECTOR)
    if counts:
        check_rank(cast.stranger, moment)
    else:
        with pytest.raises(RuleBroken, match="at least of the rank of Superintendent"):
            check_rank(cast.stranger, moment)


def test_P2_a_lower_acting_rank_takes_nothing_away(cast: Cast) -> None:
    acting(cast, cast.ao, Rank.SERGEANT, date(2026, 10, 1), date(2026, 10, 31))
    assert cast.ao.rank_at(NOON) == Rank.SUPERINTENDENT


def test_P2_the_newest_substantive_rank_counts_even_when_it_is_lower(cast: Cast) -> None:
    record_rank(cast.ao, rank=Rank.STAFF, from_date=date(2026, 10, 10), by=cast.sysadmin, at=NOON)
    assert cast.ao.rank_at(NOON) == Rank.SUPERINTENDENT
    assert cast.ao.rank_at(MIDNIGHT_IN_LONDON) == Rank.STAFF


def test_P2_acting_rank_needs_its_last_day_and_days_in_order(cast: Cast) -> None:
    start = {"rank": Rank.SUPERINTENDENT, "tenure": Tenure.ACTING, "from_date": date(2026, 10, 10), "by": cast.sysadmin, "at": NOON}
    refused("P-2", record_rank, cast.stranger, **start)
    refused("P-2", record_rank, cast.stranger, **start, until_date=date(2026, 10, 9))


def test_P2_only_a_system_administrator_records_ranks(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        record_rank(cast.stranger, rank=Rank.CHIEF_CONSTABLE, from_date=date(2026, 10, 1), by=cast.stranger, at=NOON)


def test_P2_an_ao_in_office_of_rank_and_trained_may_decide(cast: Cast) -> None:
    check_may_be_ao(cast.ao, cast.force, NOON, NOON)


def test_P2_an_ao_of_another_force_may_not(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Only an Authorising Officer of Greater Manchester Police"):
        check_may_be_ao(cast.ao, cast.host, NOON, NOON)


def test_P2_rank_without_the_office_is_not_enough(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="does not hold the office"):
        check_may_be_ao(cast.gold, cast.force, NOON, NOON)


def test_P2_the_office_without_the_rank_is_not_enough(cast: Cast) -> None:
    grant_confirmed(cast, cast.applicant, Role.AO)
    with pytest.raises(RuleBroken, match="at least of the rank of Superintendent"):
        check_may_be_ao(cast.applicant, cast.force, NOON, NOON)


def test_P2_office_and_rank_without_training_are_not_enough(cast: Cast) -> None:
    grant_confirmed(cast, cast.chair, Role.AO)
    with pytest.raises(RuleBroken, match="LFR Authorising Officer") as caught:
        check_may_be_ao(cast.chair, cast.force, NOON, NOON)
    assert caught.value.code == "P-4"


def test_P2_a_person_registered_at_half_past_midnight_has_rank_from_that_london_day(cast: Cast) -> None:
    at = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    person = register_person(force=cast.force, username="new", name="New", rank=Rank.SERGEANT, by=cast.sysadmin, at=at)
    assert person.ranks.get().from_date == date(2026, 8, 1)
    assert person.rank_at(at) == Rank.SERGEANT
