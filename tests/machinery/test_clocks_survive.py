"""D-3, D-4, D-6: whatever is killed, emptied or switched off, what is due is deleted, once, with one certificate; late is shown as late.

Real processes on the database and queue of the tests, killed with -9. Longer proofs: script/prove.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Notice
from deployments.models import Residue
from deployments.services.holdings import write_file
from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import STEPS, run
from obligations.models import Certificate, Heartbeat, Obligation, Step
from obligations.services import erasure
from obligations.services.erasure import LEASE
from obligations.states import State
from tests.cast import NOON
from tests.deployments.stages import DAY, HOUR, SECOND
from tests.machinery.dues import clocks, concluded, faults, lost
from tests.machinery.processes import QUEUE, Processes, processes_in

ALL_DUE = NOON + 33 * DAY  # alerts and notes long since, footage by two days
SHORT = timedelta(seconds=3)  # instead of the lease of minutes
WITHOUT_PAPERS = [step for step in STEPS if step.name != "papers"]
ERASE = [step for step in STEPS if step.erases]


@pytest.fixture(autouse=True)
def a_store_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    with processes_in(tmp_path) as found:
        yield found


def trail_is_sound() -> None:
    call_command("audit_verify")  # ends with exit 1 or 2 where it is not


@pytest.mark.django_db(transaction=True)
def test_d6_a_worker_killed_in_the_middle_and_a_queue_emptied_lose_nothing(cast: Cast, processes: Processes):
    concluded(cast, timezone.now().replace(microsecond=0) - 33 * DAY)
    beat, worker = processes.beat(), processes.worker(hold_at=("after", 3), lease=SHORT.total_seconds())
    processes.until_held()
    processes.kill(worker)
    assert Certificate.objects.count() == 2 and clocks().filter(state=State.ERASING).exists()

    processes.until(lambda: processes.queue.llen(QUEUE))
    processes.kill(beat)
    processes.queue.flushall()
    processes.worker(lease=SHORT.total_seconds())
    sleep(SHORT.total_seconds() + 1)
    assert Certificate.objects.count() == 2, "negative control: what the emptied queue held would have been lost, were the queue the truth"

    processes.beat()
    processes.until(lambda: Certificate.objects.count() == 6)
    processes.until(lambda: not Residue.objects.exists())
    assert faults(processes.deleted(), lease=SHORT) == []
    assert len(processes.deleted()) == clocks().count() == 6
    trail_is_sound()

    emptied_at = timezone.now()
    processes.queue.flushall()
    processes.until(lambda: Heartbeat.objects.filter(source="celery", succeeded_at__gt=emptied_at + SECOND).exists())


@pytest.mark.django_db(transaction=True)
def test_d6_of_two_sweeps_one_is_killed_and_the_other_takes_nothing_from_it(cast: Cast, processes: Processes):
    concluded(cast, NOON)
    killed = processes.sweep(ALL_DUE, hold_at=("after", 2))
    processes.until_held()
    processes.finished(processes.sweep(ALL_DUE))
    assert [clock.attempts for clock in clocks().exclude(state=State.DISCHARGED)] == [1], "the one that the first is at"
    assert [fault for fault in faults() if fault.startswith("lost")], "negative control: what was killed and is not taken up is found out"
    processes.kill(killed)
    run(at=ALL_DUE + LEASE, source="test", steps=ERASE)
    assert Certificate.objects.count() == 5
    processes.finished(processes.sweep(ALL_DUE + LEASE + SECOND))
    assert faults(processes.deleted()) == []
    assert len(processes.deleted()) == clocks().count() == 6
    trail_is_sound()


@pytest.mark.django_db(transaction=True)
def test_d6_with_a_claim_that_is_over_at_once_the_second_does_what_the_first_is_at_negative_control(cast: Cast, processes: Processes):
    concluded(cast, NOON, footage=0)
    processes.sweep(ALL_DUE, hold_at=("before", 2), lease=-1)
    processes.until_held()
    processes.finished(processes.sweep(ALL_DUE))
    assert [fault for fault in faults() if "while somebody was at it" in fault]


@pytest.mark.django_db
def test_d6_beat_stopped_for_three_days_one_sweep_does_it_all_and_says_how_late(cast: Cast, django_capture_on_commit_callbacks: Any):
    """Two days, a month apart: while beat stands still the footage of the first falls due, and all of the second."""
    with django_capture_on_commit_callbacks(execute=True):
        concluded(cast, NOON, alerts=2)
    for days in (0, 1, 2, 9, 28):
        run(at=NOON + days * DAY, source="test", steps=WITHOUT_PAPERS)
    second = concluded(cast, NOON + 28 * DAY + 12 * HOUR, alerts=2, footage=0)
    at = NOON + 28 * DAY + 20 * HOUR + 3 * DAY
    in_time, told = set(Certificate.objects.values_list("pk", flat=True)), set(Notice.objects.values_list("pk", flat=True))

    with transaction.atomic():
        run(at=at, source="test", steps=[step for step in WITHOUT_PAPERS if not step.erases])
        assert [fault for fault in faults() if fault.startswith("lost")], "negative control: a sweep that erases nothing is found out"
        transaction.set_rollback(True)

    run(at=at, source="test", steps=WITHOUT_PAPERS)
    assert [fault for fault in faults() if "traces" not in fault] == []  # files are rewritten outside a transaction only
    late = Certificate.objects.exclude(pk__in=in_time).select_related("obligation")
    assert sorted(proof.obligation.kind for proof in late) == ["alert_data"] * 2 + ["cctv"] + ["log_note"] * 2
    assert all(proof.lateness == at - proof.due_at > timedelta(hours=19) for proof in late)
    assert set(Certificate.objects.filter(pk__in=in_time).values_list("lateness", flat=True)) == {timedelta()}

    fired = Step.objects.filter(fired_at=at, obligation__operation=second.operation)
    new = Notice.objects.filter(key__startswith="step", text__startswith="LFR/").exclude(pk__in=told)
    told_now = [(notice.person_id, operation_of(notice)) for notice in new]
    assert len(told_now) == len(set(told_now)) and second.operation_id in {operation for _, operation in told_now}
    assert fired.count() > 3, "several steps, and one notice to each for all of them"


def operation_of(notice: Notice) -> UUID:
    key = UUID(notice.link.split("/")[-2])
    return key if "/operations/" in notice.link else Obligation.objects.get(pk=key).operation_id


@pytest.mark.django_db
def test_d4_a_file_that_arrives_after_its_deletion_is_not_kept(cast: Cast):
    """The file is written after its row and its clock; a sweep may come between, where the footage is old."""
    day = concluded(cast, NOON, alerts=0, notes=0)
    run(at=ALL_DUE, source="test", steps=ERASE)
    footage = day.footage.get(stored=True)
    write_file(footage, b"a film")
    assert not footage.is_there and lost() == []


@pytest.mark.django_db
def test_d6_one_clock_that_cannot_even_begin_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    concluded(cast, NOON)
    poison, begin = clocks().order_by("next_attempt_at").first().pk, erasure.begin

    def refused(obligation: Obligation, at: datetime) -> Obligation | None:
        if obligation.pk == poison:
            raise OSError
        return begin(obligation, at)

    monkeypatch.setattr(erasure, "begin", refused)
    (erased,) = run(at=ALL_DUE, source="test", steps=ERASE)
    assert (erased.state, erased.done, erased.failed, erased.error) == ("done", 5, 1, "OSError")
    monkeypatch.undo()
    run(at=ALL_DUE + SECOND, source="test", steps=ERASE)
    assert lost() == []
