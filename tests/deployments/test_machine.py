"""Every state of a deployment or alert × every act: the machine's act; the others refused or, for a stop, without effect (O-1, O-3, O-5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from deployments import services as acts
from deployments.models import Alert, Deployment
from deployments.states import AlertState, Reason, Result, State
from lfr_governance.demonstration.people import Cast
from tests.deployments.stages import AFTER, DURING, MINUTE, NOON, alert_in, stage
from tests.refusals import refused

IN_STATE = {
    State.PLANNED: "readied", State.LIVE: "live", State.SUSPENDED: "suspended", State.CONCLUDED: "concluded", State.TERMINATED: "terminated",
    State.STOOD_DOWN: "stood_down",
}  # fmt: skip


def go_on(cast: Cast, deployment: Deployment, at: Any) -> None:
    for point in ("camera", "signs"):
        acts.answer_point(deployment, point=point, met=True, by=cast.operator if point == "camera" else cast.silver, at=at)


def resumed(cast: Cast, deployment: Deployment, at: Any) -> None:
    if deployment.state == State.SUSPENDED:
        go_on(cast, deployment, at)
    acts.resume(deployment, reason="It is dry again.", by=cast.silver, at=at)


ACTS: dict[str, Callable[[Cast, Deployment, Any], Any]] = {
    "go_live": lambda cast, it, at: acts.go_live(it, by=cast.silver, at=at),
    "went_live": lambda cast, it, at: acts.went_live(it, reason="The line was down.", by=cast.silver, at=at),
    "suspend": lambda cast, it, at: acts.suspend(it, by=cast.silver, at=at),
    "resume": resumed,
    "terminate": lambda cast, it, at: acts.terminate(it, by=cast.silver, at=at),
    "conclude": lambda cast, it, at: acts.conclude(it, by=cast.silver, at=at),
    "stand_down": lambda cast, it, at: acts.stand_down(it, reason=Reason.WEATHER, by=cast.silver, at=at),
}
LEADS_TO = {
    (State.PLANNED, "go_live"): State.LIVE,
    (State.PLANNED, "went_live"): State.LIVE,
    (State.PLANNED, "stand_down"): State.STOOD_DOWN,
    (State.LIVE, "suspend"): State.SUSPENDED,
    (State.LIVE, "terminate"): State.TERMINATED,
    (State.LIVE, "conclude"): State.CONCLUDED,
    (State.SUSPENDED, "resume"): State.LIVE,
    (State.SUSPENDED, "went_live"): State.LIVE,
    (State.SUSPENDED, "terminate"): State.TERMINATED,
    (State.SUSPENDED, "conclude"): State.CONCLUDED,
    # A stop pressed again is no fault.
    (State.SUSPENDED, "suspend"): State.SUSPENDED,
    (State.CONCLUDED, "suspend"): State.CONCLUDED,
    (State.TERMINATED, "suspend"): State.TERMINATED,
    (State.CONCLUDED, "terminate"): State.CONCLUDED,
    (State.TERMINATED, "terminate"): State.TERMINATED,
}


def test_every_state_is_tried():
    assert set(IN_STATE) == set(State)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", IN_STATE)
def test_o1_o3_every_state_and_every_act(cast: Cast, state: State, act: str):
    deployment = stage(cast, IN_STATE[state])
    assert deployment.state == state
    at = NOON if state == State.PLANNED else DURING
    if target := LEADS_TO.get((state, act)):
        ACTS[act](cast, deployment, at)
        assert deployment.again().state == target
        return
    code = "O-1" if act in ("go_live", "went_live") else "O-3"
    with refused(code, chain=deployment.operation_id) as told:
        ACTS[act](cast, deployment, at)
    assert deployment.get_state_display().lower() in told.value.sentence.lower()


@pytest.mark.parametrize("act", ["suspend", "terminate"])
def test_o3_pressed_again_nothing_changes_but_the_trail(cast: Cast, act: str):
    deployment = stage(cast, "terminated")
    before, changes = deployment.ended_at, deployment.changes.count()
    ACTS[act](cast, deployment, AFTER)
    assert (deployment.again().ended_at, deployment.changes.count()) == (before, changes)


@pytest.mark.parametrize(
    ("old", "new"), [("live", "planned"), ("terminated", "live"), ("concluded", "live"), ("stood_down", "live"), ("planned", "live")]
)
def test_the_database_refuses_a_step_that_the_machine_does_not_know(cast: Cast, old: str, new: str):
    deployment = stage(cast, old)
    with pytest.raises(DatabaseError), transaction.atomic():
        Deployment.objects.filter(pk=deployment.pk).update(state=new)


JUDGED: dict[str, Callable[[Cast, Alert, Any], Any]] = {
    "dismiss": lambda cast, it, at: acts.adjudicate(it, passed_on=False, by=cast.operator, at=at),
    "pass_on": lambda cast, it, at: acts.adjudicate(it, passed_on=True, by=cast.operator, at=at),
    "engage": lambda cast, it, at: acts.decide_engagement(it, engage=True, by=cast.engagement, at=at),
    "not_engage": lambda cast, it, at: acts.decide_engagement(it, engage=False, result=Result.NOT_DETERMINED, by=cast.engagement, at=at),
    "result": lambda cast, it, at: acts.record_result(it, result=Result.TRUE_CONFIRMED, by=cast.engagement, at=at),
}
ALERT_LEADS_TO = {
    (AlertState.RAISED, "dismiss"): AlertState.CLOSED,
    (AlertState.RAISED, "pass_on"): AlertState.PASSED_ON,
    (AlertState.PASSED_ON, "engage"): AlertState.ENGAGING,
    (AlertState.PASSED_ON, "not_engage"): AlertState.CLOSED,
    (AlertState.ENGAGING, "result"): AlertState.CLOSED,
}


@pytest.mark.parametrize("act", JUDGED)
@pytest.mark.parametrize("state", AlertState)
def test_o5_every_state_of_an_alert_and_every_act(cast: Cast, live: Deployment, state: AlertState, act: str):
    alert = alert_in(cast, live, state)
    at = DURING + 5 * MINUTE
    if target := ALERT_LEADS_TO.get((state, act)):
        JUDGED[act](cast, alert, at)
        assert alert.again().state == target
        return
    with refused("O-5", "5.10", chain=live.operation_id):
        JUDGED[act](cast, alert, at)


def test_the_database_refuses_a_confirmed_result_without_engagement_O5(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "closed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(result=Result.TRUE_CONFIRMED)
