"""D-2, 7.9b: what is deleted elsewhere is certified by a named person and confirmed by another."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from accounts.states import Role
from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from obligations.models import Attestation, Certificate, Obligation
from obligations.services import attest, confirm, dispute
from obligations.states import State
from operations.models import Operation
from operations.services import appoint, end_appointment
from policy.refusals import NotPermitted, NotVisible, RuleBroken, Stale
from tests.obligations.duties import ALERT, HOUR, SECOND, again, alert_data, media, record

WIPED = {"how": "Overwritten once, checked empty", "item": "USB 0417"}


@pytest.fixture
def clock(operation: Operation) -> Obligation:
    return media(operation)


def attested(clock: Obligation, by: object, **more: object) -> Attestation:
    return attest(clock, **{"wiped_at": ALERT + HOUR, "by": by, "at": ALERT + 2 * HOUR, **WIPED, **more})


def test_certified_by_one_confirmed_by_another_D2(clock: Obligation, cast: Cast) -> None:
    attested(clock, cast.operator)
    assert again(clock).state == State.ATTESTED
    assert Notice.objects.filter(person=cast.silver, key__startswith="attested:").exists()
    certificate = confirm(clock, answer="Seen empty", by=cast.silver, at=ALERT + 3 * HOUR)
    assert (certificate.attested_by, certificate.confirmed_by, certificate.item) == (cast.operator, cast.silver, "USB 0417")
    assert (certificate.done_at, certificate.lateness, certificate.counts) == (ALERT + HOUR, timedelta(), {"items": 1})
    assert again(clock).state == State.DISCHARGED
    assert set(TrailEntry.objects.filter(action__startswith="deletion.").values_list("action", flat=True)) == {
        "deletion.attested",
        "deletion.confirmed",
    }


@pytest.mark.parametrize(("late", "lateness"), [(-SECOND, timedelta()), (timedelta(), timedelta()), (SECOND, SECOND)])
def test_lateness_is_that_of_the_deletion_not_of_its_confirmation_D2(clock: Obligation, cast: Cast, late: timedelta, lateness: timedelta) -> None:
    attested(clock, cast.operator, wiped_at=clock.due_at + late, at=clock.due_at + HOUR)
    assert confirm(clock, answer="Seen", by=cast.infomgmt, at=clock.due_at + 9 * HOUR).lateness == lateness


def test_nobody_confirms_what_they_certified_D2(clock: Obligation, cast: Cast) -> None:
    attested(clock, cast.operator)
    for answer in (confirm, dispute):
        with pytest.raises(RuleBroken, match="another person"):
            answer(clock, answer="Seen", by=cast.operator, at=ALERT + 3 * HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attestation.objects.update(confirmed_by=cast.operator, confirmed_at=ALERT)


def test_a_disputed_certificate_lets_the_clock_run_on_D2(clock: Obligation, cast: Cast) -> None:
    attested(clock, cast.operator)
    dispute(clock, answer="Still readable", by=cast.silver, at=ALERT + 3 * HOUR)
    assert again(clock).state == State.OPEN and not Certificate.objects.exists()
    assert Notice.objects.filter(person=cast.operator, key__startswith="disputed:", urgent=True).exists()
    attested(clock, cast.operator, wiped_at=ALERT + 4 * HOUR, at=ALERT + 5 * HOUR)
    assert confirm(clock, answer="Seen", by=cast.silver, at=ALERT + 6 * HOUR).done_at == ALERT + 4 * HOUR


def test_until_it_is_confirmed_it_runs_D2(clock: Obligation, cast: Cast) -> None:
    attested(clock, cast.operator)
    assert again(clock).is_overdue(clock.due_at + SECOND)


def test_who_certifies_and_who_confirms_D2(clock: Obligation, cast: Cast) -> None:
    for person in (cast.stranger, cast.engagement, cast.ao):
        with pytest.raises(NotVisible):
            attested(clock, person)
    with pytest.raises(NotPermitted):
        attested(clock, cast.infomgmt)
    attested(clock, cast.operator)
    with pytest.raises(NotVisible):
        confirm(clock, answer="", by=cast.engagement, at=ALERT + 3 * HOUR)


@pytest.mark.parametrize("there_from", [ALERT - 3 * HOUR, None, ALERT + HOUR])
def test_an_early_wipe_is_lawful_from_when_there_was_something_to_wipe_D2(operation: Operation, cast: Cast, there_from: datetime | None) -> None:
    """The stick was wiped before the day ended: certified all the same. What was there only after the basis is reckoned from the basis."""
    clock = media(operation, there_from=there_from)
    earliest = min(there_from or ALERT, ALERT)
    with pytest.raises(RuleBroken, match="nothing to delete yet"):
        attested(clock, cast.operator, wiped_at=earliest - SECOND)
    attested(clock, cast.operator, wiped_at=earliest)
    assert confirm(clock, answer="Seen empty", by=cast.silver, at=ALERT + 3 * HOUR).lateness == timedelta()


@pytest.mark.parametrize("wiped_at", [ALERT - SECOND, ALERT + 2 * HOUR + SECOND])
def test_it_happened_when_there_was_something_and_before_now_D2(clock: Obligation, cast: Cast, wiped_at: object) -> None:
    with pytest.raises(RuleBroken):
        attested(clock, cast.operator, wiped_at=wiped_at)


def test_what_the_product_deletes_or_records_itself_is_not_certified_by_people_D3(operation: Operation, cast: Cast) -> None:
    for clock in (alert_data(operation), record(operation)):
        with pytest.raises(RuleBroken):
            attested(clock, cast.operator)


def test_nothing_to_confirm_and_nothing_twice_D2(clock: Obligation, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Nobody has certified"):
        confirm(clock, answer="", by=cast.silver, at=ALERT + HOUR)
    seen = again(clock).version
    attested(clock, cast.operator, version=seen)
    with pytest.raises(Stale):
        attested(clock, cast.silver, version=seen)
    confirm(clock, answer="", by=cast.silver, at=ALERT + 3 * HOUR)
    with pytest.raises(RuleBroken):
        confirm(clock, answer="", by=cast.infomgmt, at=ALERT + 3 * HOUR)
    assert Certificate.objects.count() == 1


def test_a_custodian_whose_part_has_ended_certifies_no_more_D2(operation: Operation, cast: Cast) -> None:
    clock = media(operation, owner=Role.BRONZE)
    with pytest.raises(NotVisible):  # may be a Bronze Commander, but is none here
        attested(clock, cast.bronze)
    appointment = appoint(operation, person=cast.bronze, role=Role.BRONZE, by=cast.applicant, at=ALERT)
    assert Obligation.objects.owed_by(cast.bronze, ALERT).get() == clock
    end_appointment(appointment, reason="Ill", by=cast.applicant, at=ALERT)
    with pytest.raises(NotVisible):
        attested(clock, cast.bronze)
