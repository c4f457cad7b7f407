"""Who decides: of this force, of the rank, trained to the end (P-2, P-4, 6.1), and independent, in whichever order it came about (P-3, 4.1)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import TrainingRecord, User
from accounts.services import deactivate, end_grant, record_rank, register_person
from accounts.states import Rank, Role, Tenure
from authorisations.models import Application
from authorisations.rules.deciding import check_may_decide
from authorisations.services import applying, content, deciding
from authorisations.services.verbal import record_verbal
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast, courses_of
from lfr_governance.demonstration.stories import PEOPLE
from library.services import complete_local_cia
from operations.services import appoint, end_appointment
from policy.refusals import NotPermitted, NotVisible, RuleBroken
from tests.authorisations.stages import DAY, DECIDING, ENDS, HOUR, LATER, stage
from tests.cast import FOUNDED, NOON, grant_confirmed
from tests.refusals import refused

OUTCOMES = [Outcome.AUTHORISED, Outcome.RETURNED, Outcome.REFUSED]


def decide(application: Application, by: User, outcome: Outcome = Outcome.RETURNED, at: datetime = LATER) -> Any:
    return deciding.decide(application, outcome=outcome, reasons="Say more.", by=by, at=at)


def officer(cast: Cast, person: User, rank: Rank | None = Rank.SUPERINTENDENT) -> User:
    """Makes somebody of the cast an Authorising Officer in all but independence."""
    grant_confirmed(cast, person, Role.AO)
    if rank:
        record_rank(person, rank=rank, from_date=FOUNDED.date(), by=cast.sysadmin, at=NOON)
    for course in courses_of([Role.AO]):
        TrainingRecord.objects.get_or_create(
            person=person,
            course=course.code,
            completed_date=date(2026, 9, 1),
            defaults={"expires_date": course.expires_date(date(2026, 9, 1)), "recorded_at": NOON},
        )
    return User.objects.get(pk=person.pk)


class TestTheOffice:
    def test_p2_one_who_never_held_it_does_not_even_see_the_page(self, cast: Cast):
        application = stage(cast, "submitted")
        with refused("access", kind=NotVisible):
            decide(application, cast.stranger)

    def test_p2_one_who_has_lost_it_decides_no_more(self, cast: Cast):
        application = stage(cast, "considered")
        end_grant(cast.ao.grants.get(role=Role.AO), by=cast.sysadmin, at=LATER)
        with refused("access", kind=NotVisible):
            decide(application, cast.ao, Outcome.AUTHORISED)

    def test_p2_one_who_has_left_decides_no_more(self, cast: Cast):
        application = stage(cast, "considered")
        deactivate(cast.ao, by=cast.sysadmin, at=LATER)
        with refused("access", kind=NotVisible):
            decide(application, User.objects.get(pk=cast.ao.pk), Outcome.AUTHORISED)

    def test_p2_an_officer_of_another_force_is_a_stranger(self, cast: Cast):
        application = stage(cast, "submitted")
        theirs = officer(cast, cast.gmp_operator)
        with refused("access", kind=NotVisible):
            decide(application, theirs)
        with pytest.raises(RuleBroken) as told:
            check_may_decide(theirs, application, LATER)
        assert (told.value.code, told.value.clause) == ("P-2", "6.1") and told.value.remedy


class TestTheRank:
    """P-2, 6.1: superintendent or above; acting and temporary rank count within their dates."""

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_p2_a_chief_inspector_decides_nothing(self, cast: Cast, outcome: Outcome):
        application = stage(cast, "submitted")
        below = officer(cast, cast.stranger, rank=Rank.CHIEF_INSPECTOR)
        with refused("P-2", "6.1", chain=application.operation_id):
            decide(application, below, outcome)

    @pytest.mark.parametrize("rank", [rank for rank in Rank if rank.order >= Rank.SUPERINTENDENT.order])
    def test_p2_a_superintendent_and_everyone_above_does(self, cast: Cast, rank: Rank):
        application = stage(cast, "submitted")
        assert decide(application, officer(cast, cast.stranger, rank=rank)).outcome == Outcome.RETURNED

    @pytest.mark.parametrize("tenure", [Tenure.ACTING, Tenure.TEMPORARY])
    @pytest.mark.parametrize(("first", "last", "may"), [(0, 0, True), (-3, 0, True), (0, 3, True), (-3, -1, False), (1, 3, False)])
    def test_p2_acting_and_temporary_rank_count_within_their_dates(self, cast: Cast, tenure: Tenure, first: int, last: int, may: bool):
        application = stage(cast, "submitted")
        acting, day = officer(cast, cast.stranger, rank=None), LATER.date()
        dates = {"from_date": day + timedelta(days=first), "until_date": day + timedelta(days=last)}
        record_rank(acting, rank=Rank.SUPERINTENDENT, tenure=tenure, **dates, by=cast.sysadmin, at=NOON)
        if may:
            assert decide(application, acting).ao == acting
        else:
            with refused("P-2", "6.1"):
                decide(application, acting)

    def test_p2_one_without_any_rank_decides_nothing(self, cast: Cast):
        application = stage(cast, "submitted")
        below = officer(cast, cast.stranger, rank=None)
        below.ranks.all().delete()
        with refused("P-2", "6.1"):
            decide(application, below)


def trained_until(person: User, course: str, last: date) -> None:
    person.training.filter(course=course).delete()
    TrainingRecord.objects.create(person=person, course=course, completed_date=date(2026, 1, 5), expires_date=last, recorded_at=NOON)


class TestTheTraining:
    @pytest.mark.parametrize("course", ["lfr_ao", "data_protection"])
    def test_p4_it_must_last_to_the_end_of_the_last_deployment(self, cast: Cast, course: str):
        application = stage(cast, "considered")
        trained_until(cast.ao, course, (ENDS - DAY).date())
        with refused("P-4", chain=application.operation_id) as told:
            decide(application, cast.ao, Outcome.AUTHORISED)
        assert f"{(ENDS - DAY).date():%-d %B %Y}" in told.value.sentence
        trained_until(cast.ao, course, ENDS.date())
        decide(application, cast.ao, Outcome.AUTHORISED)

    @pytest.mark.parametrize("course", ["lfr_ao", "data_protection", "security_classifications"])
    def test_p4_a_course_never_taken_is_named(self, cast: Cast, course: str):
        application = stage(cast, "considered")
        cast.ao.training.filter(course=course).delete()
        with refused("P-4") as told:
            decide(application, cast.ao, Outcome.AUTHORISED)
        assert application.edition.courses[course].title in told.value.sentence


# How somebody comes to have a part in the operation. Each returns who has it.
def as_applicant(cast: Cast) -> tuple[Application, User]:
    return stage(cast, "submitted"), cast.applicant


def appointed(username: str) -> Callable[[Cast], tuple[Application, User]]:
    return lambda cast: (stage(cast, "submitted"), cast.people[username])


def appointment_ended(cast: Cast) -> tuple[Application, User]:
    application = stage(cast, "complete")
    end_appointment(application.operation.appointments.get(person=cast.bronze), reason="Moved on.", by=cast.applicant, at=NOON)
    return applying.submit(application.again(), by=cast.applicant, at=NOON), cast.bronze


def author_of_a_section(cast: Cast) -> tuple[Application, User]:
    application = stage(cast, "complete")
    content.hand_section(application, name="safeguards", person=cast.engineer, by=cast.applicant, at=NOON)
    content.save_section(application.sections.get(name="safeguards"), answers=texts.SECTIONS["safeguards"], by=cast.engineer, at=NOON)
    end_appointment(application.operation.appointments.get(person=cast.engineer), reason="Written.", by=cast.applicant, at=NOON)
    return applying.submit(application.again(), by=cast.applicant, at=NOON), cast.engineer


def handed_a_section_and_wrote_nothing(cast: Cast) -> tuple[Application, User]:
    application = stage(cast, "complete")
    content.hand_section(application, name="safeguards", person=cast.engineer, by=cast.applicant, at=NOON)
    return applying.submit(application.again(), by=cast.applicant, at=NOON), cast.engineer


def wrote_the_local_assessment(cast: Cast) -> tuple[Application, User]:
    application = stage(cast, "complete")
    appoint(application.operation, person=cast.npt, role=Role.AUTHOR, by=cast.applicant, at=NOON)
    complete_local_cia(application.operation, **texts.CIA, by=cast.npt, at=NOON)
    for part in application.operation.appointments.in_force().filter(person=cast.npt):
        end_appointment(part, reason="Written.", by=cast.applicant, at=NOON)
    return applying.submit(application.again(), by=cast.applicant, at=NOON), cast.npt


PARTS = {
    "the applicant": as_applicant,
    **{f"appointed: {username}": appointed(username) for username in PEOPLE},
    "an appointment that has ended": appointment_ended,
    "author of a section": author_of_a_section,
    "handed a section, wrote nothing": handed_a_section_and_wrote_nothing,
    "wrote the local assessment": wrote_the_local_assessment,
}


class TestIndependence:
    """P-3, 4.1, one order: who has, or had, a part in the operation decides nothing on it, whatever their office and rank."""

    @pytest.mark.parametrize("part", PARTS)
    def test_p3_who_has_a_part_in_it_decides_nothing(self, cast: Cast, part: str):
        application, person = PARTS[part](cast)
        person = officer(cast, person)
        for outcome in OUTCOMES:
            with refused("P-3", "4.1", chain=application.operation_id):
                decide(application, person, outcome)

    @pytest.mark.parametrize("part", PARTS)
    def test_p3_nor_writes_answers_to_it(self, cast: Cast, part: str):
        application, person = PARTS[part](cast)
        person = officer(cast, person)
        with refused("P-3", "4.1"):
            deciding.consider(application, answers={"legality": "I wrote it."}, by=person, at=LATER)

    def test_p3_nor_speaks_a_verbal_authority(self, cast: Cast):
        application, person = as_applicant(cast)
        person = officer(cast, person)
        words = dict.fromkeys(("words", "why_urgent", "why_not_written"), "Said so.")
        with refused("P-3", "4.1"):
            record_verbal(application, given_by=person, said_at=LATER, means="radio", ground="threat", **words, by=cast.silver, at=LATER)

    def test_p3_a_part_in_another_operation_bars_nobody(self, cast: Cast):
        application = stage(cast, "submitted")
        other = applying.start(title="Elsewhere", overt=True, live=True, own_system=True, by=cast.applicant, at=NOON).operation
        grant_confirmed(cast, cast.ao, Role.GOLD)
        appoint(other, person=cast.ao, role=Role.GOLD, by=cast.applicant, at=NOON)
        assert decide(application, cast.ao).ao == cast.ao


DECIDED = ["returned", "refused", "authorised", "with_conditions", "cancelled", "lapsed"]


class TestTheOtherOrder:
    """P-3, 4.1: who has decided on it is given no part in it afterwards."""

    @pytest.mark.parametrize("state", DECIDED)
    @pytest.mark.parametrize("by", ["applicant", "gold", "silver"])
    def test_p3_who_has_decided_is_not_appointed_afterwards(self, cast: Cast, state: str, by: str):
        application = stage(cast, state)
        grant_confirmed(cast, cast.ao, Role.BRONZE, at=LATER)
        with refused("P-3", "4.1", chain=application.operation_id):
            appoint(application.operation, person=cast.ao, role=Role.BRONZE, by=cast.people[by], at=ENDS + 5 * DAY)

    def test_p3_nor_handed_a_section_of_what_they_have_returned(self, cast: Cast):
        application = stage(cast, "returned")
        grant_confirmed(cast, cast.ao, Role.AUTHOR, at=DECIDING)
        with refused("P-3", "4.1"):
            content.hand_section(application, name="safeguards", person=cast.ao, by=cast.applicant, at=LATER)

    def test_p3_the_other_officer_can_still_be_appointed_and_decides_no_more(self, cast: Cast):
        application = stage(cast, "returned")
        grant_confirmed(cast, cast.ao2, Role.BRONZE, at=DECIDING)
        appoint(application.operation, person=cast.ao2, role=Role.BRONZE, by=cast.applicant, at=LATER)
        applying.submit(application.again(), by=cast.applicant, at=LATER)
        with refused("P-3", "4.1"):
            decide(application, cast.ao2, at=LATER + HOUR)

    def test_p3_having_decided_bars_nobody_from_deciding_again(self, cast: Cast):
        application = stage(cast, "returned")
        applying.submit(application, by=cast.applicant, at=LATER)
        assert decide(application, cast.ao, at=LATER + HOUR).ao == cast.ao


def test_p3_only_an_applicant_opens_an_application(cast: Cast):
    with refused("P-1", kind=NotPermitted):
        applying.start(title="Market", overt=True, live=True, own_system=True, by=cast.ao, at=NOON)


def test_p2_a_person_registered_today_with_rank_and_office_but_no_training_decides_nothing(cast: Cast):
    application = stage(cast, "submitted")
    new = register_person(force=cast.force, username="new.ao", name="New Officer", rank=Rank.SUPERINTENDENT, by=cast.sysadmin, at=NOON)
    grant_confirmed(cast, new, Role.AO)
    with refused("P-4"):
        decide(application, new)
