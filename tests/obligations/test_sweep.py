"""D-6: the sweep. Steps in order, each alone; a heartbeat; a clock that cannot be trusted stops deletions alone; no future outside tests."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Notice
from lfr_governance import sweep, tasks
from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import STEPS, Step, run
from obligations.models import Heartbeat
from obligations.rules import LATE_SWEEP, sweep_is_late
from operations.models import Operation
from tests.obligations.duties import ALERT, SECOND, record

pytestmark = pytest.mark.django_db


def broken(*, at: datetime) -> int:
    raise ZeroDivisionError


def forever(*, at: datetime) -> Iterator[str]:
    while True:
        yield ""


def test_one_failing_step_stops_no_other_D6() -> None:
    did: list[str] = []

    def last(*, at: datetime) -> Iterator[str]:
        did.append("last")
        yield from ("", "OSError", "")

    outcomes = run(at=ALERT, source="test", steps=(Step("first", broken), Step("last", last)))
    assert [(one.state, one.done, one.failed) for one in outcomes] == [("failed", 0, 0), ("done", 2, 1)] and did == ["last"]
    assert str(outcomes[0]).startswith("first: failed, 0 done in") and "ZeroDivisionError" in str(outcomes[0])


def test_no_step_starves_those_after_it_D6() -> None:
    outcomes = run(at=ALERT, source="test", steps=(Step("long", forever), Step("short", lambda at: 1)), budget=0.2)
    assert [one.state for one in outcomes] == ["out of time", "done"] and outcomes[0].took < 0.2


def test_the_heartbeat_says_when_the_clocks_last_ran_well_D6() -> None:
    assert sweep_is_late(timezone.now())
    run(at=ALERT, source="test", steps=())
    good = Heartbeat.objects.get().succeeded_at
    assert good and not sweep_is_late(good + LATE_SWEEP) and sweep_is_late(good + LATE_SWEEP + SECOND)
    run(at=ALERT, source="celery", steps=(Step("first", broken),))
    beat = Heartbeat.objects.get()
    assert (beat.succeeded_at, beat.source, beat.steps[0]["state"]) == (good, "celery", "failed") and beat.ran_at > good


@pytest.fixture
def skewed() -> None:
    """As if this machine's clock had just gone back by an hour."""
    Heartbeat.objects.create(pk=1, ran_at=timezone.now() + timedelta(hours=1), source="test", took=timedelta())


def test_a_clock_that_went_back_stops_deletions_alone_for_one_sweep_and_alarms_D6(cast: Cast, skewed: None) -> None:
    did: list[str] = []
    steps = (Step("deletions", lambda at: did.append("deleted") or 1, erases=True), Step("reminders", lambda at: did.append("reminded") or 1))
    assert [one.state for one in run(at=ALERT, source="test", steps=steps)] == ["braked", "done"] and did == ["reminded"]
    assert Heartbeat.objects.get().braked and Heartbeat.objects.get().succeeded_at is None
    told = set(Notice.objects.filter(key__startswith="clock-skew", urgent=True).values_list("person__username", flat=True))
    assert told == {"infomgmt", "infomgmt2", "dpo", "sysadmin", "sysadmin2"}
    assert [one.state for one in run(at=ALERT, source="test", steps=steps)] == ["done", "done"]


def test_a_clock_far_from_the_databases_is_not_trusted_D6(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cursor:
        def __enter__(self) -> "Cursor":
            return self

        def __exit__(self, *_: object) -> None: ...

        def execute(self, _: str) -> None: ...

        def fetchone(self) -> tuple[datetime]:
            return (timezone.now() + timedelta(seconds=61),)

    class Connection:
        vendor = "postgresql"
        cursor = Cursor

    monkeypatch.setattr(sweep, "connection", Connection())
    assert "differ by 61 seconds" in sweep.clock_skew()


def test_the_real_clocks_agree_D6() -> None:
    assert sweep.clock_skew() == ""


def test_the_steps_run_over_real_duties_D6(operation: Operation) -> None:
    clock = record(operation)
    assert {one.state for one in run(at=clock.due_at + SECOND, source="test")} == {"done"}
    assert Notice.objects.filter(key__startswith="step", person__username="silver").count() == 1
    assert [step.name for step in STEPS if step.name in ("training", "reminders", "mail")] == ["training", "reminders", "mail"]


def test_the_task_sweeps_now_D6(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(tasks, "run", lambda **said: calls.append(said))
    tasks.sweep()
    assert calls[0]["source"] == "celery" and abs(calls[0]["at"] - timezone.now()) < timedelta(seconds=5)
    assert tasks.sweep.name == "lfr_governance.tasks.sweep"


def test_the_command_prints_a_line_for_each_step_D6(settings: LazySettings) -> None:
    out = StringIO()
    call_command("sweep", at="2026-01-01T00:00:00Z", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "As at 1 Jan 2026 00:00 GMT (2026-01-01T00:00:00Z)"
    assert [line.split(":")[0] for line in lines[1:]] == [step.name for step in STEPS]


@pytest.mark.parametrize(("demo", "testing", "allowed"), [(False, False, False), (True, False, True), (False, True, True)])
def test_a_future_moment_only_in_demonstration_and_tests_D6(settings: LazySettings, demo: bool, testing: bool, allowed: bool) -> None:
    settings.DEMO, settings.TESTING = demo, testing
    future = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    if allowed:
        call_command("sweep", at=future, stdout=StringIO())
    else:
        with pytest.raises(CommandError, match="future"):
            call_command("sweep", at=future, stdout=StringIO())
        assert not Heartbeat.objects.exists()


def test_a_moment_that_is_none_is_said_so() -> None:
    with pytest.raises(CommandError, match="no moment"):
        call_command("sweep", at="yesterday")
