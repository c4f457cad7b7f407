"""D-5, D-6: a clock is opened by its event, counted from that event's moment, moved when that moment is corrected, and ended with proof."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.services import carry_out, discharge, lift, open_duty, rearm
from obligations.states import State
from operations.models import Operation, Place
from policy import current
from policy.refusals import RuleBroken
from tests.obligations.duties import ALERT, HOUR, SECOND, again, alert_data, footage, media, record


def facts_of(action: str, thing: object) -> dict:
    return json.loads(TrailEntry.objects.get(action=action, thing_id=str(thing.pk)).payload)["facts"]  # type: ignore[attr-defined]


def test_opening_stores_the_moments_the_sum_and_the_edition_and_stands_in_the_trail_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    assert (clock.due_at - ALERT, clock.target_at - ALERT) == (24 * HOUR, 20 * HOUR)
    assert (clock.sum, clock.edition) == ("alert at 2:31pm on 7 October 2026 + 24 hours, clause 7.10", current().name)
    assert facts_of("clock.opened", clock)["due_at"] == "2026-10-08T13:31:00Z"
    assert TrailEntry.objects.get(action="clock.opened", thing_id=str(clock.pk)).chain == operation.pk


def test_one_clock_of_a_kind_for_a_thing_D6(operation: Operation) -> None:
    subject = Place()
    clock = alert_data(operation, subject=subject)
    with pytest.raises(RuleBroken):
        alert_data(operation, subject=subject)
    assert Obligation.objects.about(subject, "alert_data").get() == clock
    assert not Obligation.objects.about(subject, "cctv").exists()


def test_a_clock_without_a_due_moment_cannot_exist_D6(operation: Operation) -> None:
    with pytest.raises(ValueError, match="limit or the moment"):
        record(operation, limit=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=record(operation).pk).update(due_at=None)


def test_an_opening_that_is_rolled_back_leaves_nothing_D6(operation: Operation) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        alert_data(operation)
        raise RuntimeError
    assert not Obligation.objects.exists() and not TrailEntry.objects.filter(action="clock.opened").exists()


def test_a_corrected_moment_moves_due_target_and_steps_with_old_and_new_in_the_trail_D5(operation: Operation, cast: Cast) -> None:
    clock = alert_data(operation)
    steps = [step.due_at - 2 * HOUR for step in clock.steps.all()]
    rearm(clock, basis_at=ALERT - 2 * HOUR, reason="wrong hour noted", by=cast.silver, at=ALERT + HOUR)
    moved = again(clock)
    assert (moved.due_at, moved.target_at, moved.next_attempt_at) == (clock.due_at - 2 * HOUR, clock.target_at - 2 * HOUR, clock.target_at - 2 * HOUR)
    assert [step.due_at for step in moved.steps.all()] == steps
    facts = facts_of("clock.moved", clock)
    assert (facts["old"]["due_at"], facts["new"]["due_at"]) == ("2026-10-08T13:31:00Z", "2026-10-08T11:31:00Z")


def test_a_correction_after_the_end_leaves_the_certificate_as_it_was_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    certificate = carry_out(clock, destroy=lambda _: {}, verify=lambda _: None, at=clock.due_at)
    rearm(clock, basis_at=ALERT - HOUR, reason="wrong hour noted", by=None, at=clock.due_at + HOUR)
    assert again(clock).lateness == HOUR
    assert (again(clock).certificate, again(clock).certificate.due_at, again(clock).steps.count()) == (certificate, clock.due_at, 0)


def test_the_limit_pinned_at_opening_is_the_one_it_is_reckoned_with_again_X11(operation: Operation, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = alert_data(operation)
    monkeypatch.setattr("obligations.services.duties.current", lambda: pytest.fail("the edition of today has no say"))
    assert rearm(clock, basis_at=ALERT + HOUR, reason="corrected", by=None, at=ALERT).due_at == clock.due_at + HOUR


@pytest.mark.parametrize(("late", "lateness"), [(-SECOND, timedelta()), (timedelta(), timedelta()), (SECOND, SECOND)])
def test_done_with_proof_and_how_late_D7(operation: Operation, cast: Cast, late: timedelta, lateness: timedelta) -> None:
    clock = record(operation)
    done = discharge(clock, proof="Record submitted", by=cast.silver, at=clock.due_at + late)
    assert (done.state, done.lateness, done.proof, done.done_by) == (State.DISCHARGED, lateness, "Record submitted", cast.silver)
    assert not done.steps.filter(fired_at=None).exists()


def test_what_must_be_deleted_is_neither_simply_done_nor_lifted_D3(operation: Operation) -> None:
    for clock in (alert_data(operation), footage(operation), media(operation)):
        for act, words in ((discharge, {"proof": "said so"}), (lift, {"reason": "said so"})):
            with pytest.raises(RuleBroken):
                act(clock, by=None, at=ALERT, **words)
        assert again(clock).state == State.OPEN


def test_lifted_when_its_ground_falls_away(operation: Operation) -> None:
    clock = lift(record(operation), reason="Stood down", by=None, at=ALERT)
    assert (clock.state, clock.steps.count()) == (State.LIFTED, 0)
    assert facts_of("clock.lifted", clock)["reason"] == "Stood down"


def test_a_duty_of_the_force_stands_in_the_system_chain(cast: Cast) -> None:
    clock = open_duty(
        kind="document_review",
        subject=Place(),
        owner=cast.dpo,
        sentence="Review the DPIA",
        basis_event="review date",
        basis_at=ALERT,
        due_at=ALERT + HOUR,
        clause="7.2",
        force=cast.dpo.force,
        by=cast.dpo,
        at=ALERT,
    )
    assert (clock.sum, clock.chain_id.int) == ("review date, clause 7.2", 0)
