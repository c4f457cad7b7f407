"""Many at the same moment: every log entry is stored, the chain is sound, and whoever presses stop is not kept waiting (O-2, O-3, G-5)."""

import uuid
from typing import Any

import pytest

from audit.verify import verify as verify_trail
from deployments import services as acts
from deployments.models import Alert, Deployment, LogEntry
from deployments.states import AlertState, LogKind, State
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import Kind
from policy.refusals import RuleBroken, Stale
from tests.deployments.stages import DURING, MINUTE, NOON, alert_in, day_of, stage
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20
WRITERS = ("silver", "gold", "bronze", "operator", "engagement", "loggist", "npt", "comms")


def logging(cast: Cast, live: Deployment, number: int) -> Any:
    by = cast.people[WRITERS[number % len(WRITERS)]]
    return lambda: acts.log(live, kind=LogKind.OBSERVATION, note=f"Entry {number}", about_person=number % 4 == 0, by=by, at=DURING)


def test_twenty_log_entries_at_once_and_a_stop_meanwhile_O2_O3(cast: Cast, live: Deployment):
    came = race(*[logging(cast, live, number) for number in range(MANY)], lambda: acts.terminate(live, by=cast.operator, at=DURING))
    assert [one for one in came if isinstance(one, Exception)] == []
    assert LogEntry.objects.count() == MANY
    assert live.again().state == State.TERMINATED
    assert Obligation.objects.filter(kind="log_note").count() == MANY // 4
    assert Obligation.objects.filter(kind__in=(Kind.WATCHLIST_MEDIA, Kind.WATCHLIST_SYSTEM)).count() == 2
    assert verify_trail()[1] == []


def test_alerts_and_readings_at_once_with_a_suspension_O11(cast: Cast, live: Deployment):
    raising = [lambda: day_of(cast).raised(live, at=DURING)] * 8
    came = race(
        *raising,
        lambda: acts.suspend(live, by=cast.silver, at=DURING),
        lambda: acts.read_faces(live, count=9, method="compared", by=cast.operator, at=DURING),
    )
    assert [one for one in came[:-1] if isinstance(one, Exception)] == []
    assert live.again().state == State.SUSPENDED and Alert.objects.count() == 8
    assert verify_trail()[1] == []


def test_what_a_device_sends_several_times_at_once_is_kept_once_O9(cast: Cast, live: Deployment):
    key = uuid.uuid4()
    came = race(*[lambda: acts.log(live, kind=LogKind.OBSERVATION, note="Once", entry_id=key, by=cast.silver, at=DURING)] * 4)
    assert [getattr(one, "pk", one) for one in came] == [key] * 4 and LogEntry.objects.count() == 1
    came = race(*[lambda: day_of(cast).raised(live, alert_id=key, at=DURING)] * 4)
    assert [getattr(one, "pk", one) for one in came] == [key] * 4 and Alert.objects.count() == 1
    assert verify_trail()[1] == []


def test_both_stops_pressed_at_once_O3(cast: Cast, live: Deployment):
    for _ in range(3):
        came = race(*[lambda stop=stop: stop(live, by=cast.silver, at=DURING) for stop in (acts.suspend, acts.terminate) * 2])
        assert [one for one in came if isinstance(one, Exception)] == []
    assert live.again().state == State.TERMINATED


def test_of_two_who_take_it_live_one_is_told_O1(cast: Cast):
    deployment = stage(cast, "readied")
    came = race(*[lambda: acts.go_live(deployment, by=cast.silver, at=NOON)] * 3)
    assert sorted(isinstance(one, Deployment) for one in came) == [False, False, True]
    assert all(isinstance(one, Deployment | RuleBroken | Stale) for one in came)
    assert Obligation.objects.filter(kind=Kind.RECORD_TO_AO).count() == 1


def test_of_two_who_judge_an_alert_one_is_told_O5(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised")
    judging = [
        lambda passed_on=passed_on: acts.adjudicate(alert, passed_on=passed_on, by=cast.operator, at=DURING + MINUTE) for passed_on in (True, False)
    ]
    came = race(*judging)
    assert sum(isinstance(one, Alert) for one in came) == 1, came
    assert alert.again().state in (AlertState.CLOSED, AlertState.PASSED_ON)
