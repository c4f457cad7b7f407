"""D-3, D-4, D-6: begun, destroyed, verified, certified. Cut off anywhere, it is taken up again, once; a failure is never forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from audit.models import TrailEntry
from audit.verify import verify as verify_trail
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate, Obligation
from obligations.services import carry_out
from obligations.services.erasure import FAILING, LEASE, LONGEST_WAIT, begin, finish, pause_after
from obligations.states import State
from operations.models import Operation
from tests.obligations.duties import ALERT, DAY, HOUR, SECOND, again, alert_data, footage, media, record

MINUTE = timedelta(minutes=1)


class Store:
    """What is to be deleted; breaks where it is told to."""

    def __init__(self, held: int = 3, breaks: str = "", by: type[BaseException] = OSError):
        self.held, self.breaks, self.by, self.calls = held, breaks, by, 0

    def destroy(self, _: Obligation) -> dict[str, int]:
        self.calls += 1
        if self.breaks == "before":
            raise self.by("a secret")
        gone, self.held = self.held, 0
        if self.breaks == "after":
            raise self.by("a secret")
        return {"notes": gone}

    def verify(self, _: Obligation) -> int:
        if self.breaks == "verify":
            raise self.by("a secret")
        return self.held

    def run(self, clock: Obligation, at: Any) -> Certificate | None:
        return carry_out(clock, destroy=self.destroy, verify=self.verify, at=at)


def actions(clock: Obligation) -> list[str]:
    ids = [str(clock.pk), *map(str, Certificate.objects.filter(obligation=clock).values_list("pk", flat=True))]
    return list(TrailEntry.objects.filter(thing_id__in=ids, action__startswith="erasure").order_by("pk").values_list("action", flat=True))


@pytest.fixture
def clock(operation: Operation) -> Obligation:
    return alert_data(operation)


def test_deleted_verified_and_certified_D3(clock: Obligation) -> None:
    certificate = Store().run(clock, clock.target_at)
    assert certificate and certificate.counts == {"notes": 3}
    assert (certificate.done_at, certificate.due_at, certificate.lateness, certificate.sum) == (clock.target_at, clock.due_at, timedelta(), clock.sum)
    assert (again(clock).state, again(clock).done_at) == (State.DISCHARGED, clock.target_at)
    assert actions(clock) == ["erasure.begun", "erasure.certified"]
    assert verify_trail()[1] == []


@pytest.mark.parametrize(("late", "lateness"), [(-SECOND, timedelta()), (timedelta(), timedelta()), (SECOND, SECOND), (3 * DAY, 3 * DAY)])
def test_lateness_is_counted_from_the_limit_D6(clock: Obligation, late: timedelta, lateness: timedelta) -> None:
    certificate = Store().run(clock, clock.due_at + late)
    assert certificate and certificate.lateness == lateness


def test_a_second_run_finds_the_first_certificate_and_destroys_nothing_D6(clock: Obligation) -> None:
    store = Store()
    first = store.run(clock, clock.target_at)
    assert store.run(clock, clock.due_at) == first and store.calls == 1
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("breaks", ["before", "after", "verify"])
def test_a_failure_is_noted_without_its_message_and_tried_again_D6(clock: Obligation, breaks: str) -> None:
    store = Store(breaks=breaks)
    assert store.run(clock, clock.target_at) is None
    failed = again(clock)
    assert (failed.state, failed.last_error, failed.next_attempt_at) == (State.ERASING, "OSError", clock.target_at + 2 * MINUTE)
    assert not TrailEntry.objects.filter(payload__contains="secret").exists()
    store.breaks = ""
    assert store.run(clock, clock.target_at + 2 * MINUTE - SECOND) is None
    assert store.run(clock, clock.target_at + 2 * MINUTE)
    assert actions(clock) == ["erasure.begun", "erasure.failed", "erasure.begun", "erasure.certified"]


def test_what_is_still_there_is_no_deletion_D4(clock: Obligation) -> None:
    assert carry_out(clock, destroy=lambda _: {}, verify=lambda _: ["a file"], at=clock.target_at) is None
    assert again(clock).last_error == "not everything is gone"
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("breaks", ["before", "after", "verify"])
def test_killed_anywhere_the_lease_runs_out_and_it_is_taken_up_again_D6(clock: Obligation, breaks: str) -> None:
    store = Store(breaks=breaks, by=SystemExit)
    with pytest.raises(SystemExit):
        store.run(clock, clock.target_at)
    store.breaks = ""
    assert store.run(clock, clock.target_at + LEASE - SECOND) is None
    assert not Obligation.objects.to_carry_out(clock.target_at + LEASE - SECOND).exists()
    assert Obligation.objects.to_carry_out(clock.target_at + LEASE).get() == clock
    certificate = store.run(clock, clock.target_at + LEASE + SECOND)
    assert certificate and certificate.attempts == 2 and store.held == 0
    assert actions(clock) == ["erasure.begun", "erasure.begun", "erasure.certified"]


def test_killed_before_the_certificate_it_is_written_once_D6(clock: Obligation) -> None:
    claimed = begin(clock, clock.target_at)
    assert claimed
    later = clock.target_at + LEASE + SECOND
    assert Store(held=0).run(clock, later)
    first = finish(claimed, {"notes": 3}, later)  # the one believed dead wakes up
    assert Certificate.objects.get() == first


def test_nobody_else_begins_while_it_is_being_done_D6(clock: Obligation) -> None:
    inner: list[Certificate | None] = []
    store = Store()

    def destroy(item: Obligation) -> dict[str, int]:
        inner.append(Store().run(item, clock.target_at + MINUTE))
        return store.destroy(item)

    assert carry_out(clock, destroy=destroy, verify=store.verify, at=clock.target_at)
    assert inner == [None] and Certificate.objects.count() == 1


def test_pauses_grow_to_a_quarter_of_an_hour_and_never_end_D6(clock: Obligation) -> None:
    store, at = Store(breaks="before"), clock.target_at
    for attempt in range(1, 9):
        assert store.run(clock, at) is None
        wait = again(clock).next_attempt_at - at  # type: ignore[operator]
        assert wait == pause_after(attempt) == min(MINUTE * 2**attempt, LONGEST_WAIT)
        at += wait
    store.breaks = ""
    assert store.run(clock, at)


def test_a_deletion_that_keeps_failing_is_told_upwards_long_before_its_limit_D6(clock: Obligation) -> None:
    store, at = Store(breaks="before"), clock.target_at
    for attempt in range(1, FAILING + 1):
        store.run(clock, at)
        assert clock.steps.filter(rung="deletion fails").exists() == (attempt == FAILING)
        at += pause_after(attempt)


def test_an_item_that_always_fails_never_starves_the_others_D6(operation: Operation) -> None:
    poison, good = alert_data(operation), alert_data(operation, basis_at=ALERT + SECOND)
    at = good.due_at + DAY
    assert list(Obligation.objects.to_carry_out(at)) == [poison, good]
    Store(breaks="before").run(poison, at)
    assert list(Obligation.objects.to_carry_out(at)) == [good]
    assert list(Obligation.objects.to_carry_out(at + LONGEST_WAIT)) == [good, poison]


def test_due_for_deletion_at_the_target_and_only_what_this_product_deletes_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    media(operation), record(operation)
    assert not Obligation.objects.to_carry_out(clock.target_at - SECOND).exists()
    assert Obligation.objects.to_carry_out(clock.target_at).get() == clock
    assert not Obligation.objects.to_carry_out(clock.target_at, "cctv").exists()


@pytest.mark.parametrize("make", [media, record])
def test_only_what_this_product_holds_is_carried_out_D2(operation: Operation, make: Callable[..., Obligation]) -> None:
    store, clock = Store(), make(operation)
    assert store.run(clock, clock.due_at) is None
    assert store.calls == 0 and again(clock).state == State.OPEN


def test_a_certificate_cannot_be_changed_or_taken_away_X8(clock: Obligation) -> None:
    certificate = Store().run(clock, clock.due_at)
    assert certificate
    for harm in (lambda rows: rows.update(done_at=clock.due_at - HOUR), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            harm(Certificate.objects.filter(pk=certificate.pk))


def test_a_certificate_names_nobody_whose_data_it_was_X8(operation: Operation, cast: Cast) -> None:
    certificate = Store().run(footage(operation), alert_data(operation).due_at + 40 * DAY)
    assert certificate and set(certificate.counts) == {"notes"}
    assert certificate.attested_by is None and not certificate.was_held
