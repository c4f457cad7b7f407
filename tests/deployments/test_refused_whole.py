"""A page whose form says several things at once says all of them or none: what is refused is refused whole, what was typed stays (O-3, O-5, O-6)."""

from decimal import Decimal

import pytest
from django.utils import timezone

from audit.models import TrailEntry
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import LogKind, Result, State
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, RuleBroken
from tests.deployments.pages import HOUR, address, send, today, typed
from tests.deployments.stages import BEFORE, DURING, ENDS, MINUTE, alert_in, with_conditions
from tests.refusals import refused


def test_O5_an_alert_whose_judgement_is_refused_is_not_entered(cast: Cast, live: Deployment) -> None:
    alert = {"similarity": Decimal("0.712"), "category": "missing"}
    with refused("O-2", "7.1", chain=live.operation_id):
        acts.enter_alert(live, alert=alert, passed_on=True, operator=cast.gold, by=cast.loggist, at=DURING)
    acts.enter_alert(live, alert=alert, passed_on=True, operator=cast.operator, by=cast.loggist, at=DURING)
    assert live.alerts.count() == 1


def test_O3_O6_a_conclusion_whose_count_of_faces_is_refused_concludes_nothing(cast: Cast, live: Deployment) -> None:
    with refused("O-6", "14.4", chain=live.operation_id):
        acts.conclude(live, faces=-1, method="compared", by=cast.silver, at=ENDS)
    ended = acts.conclude(live, faces=2_100, method="compared", by=cast.silver, at=ENDS)
    assert (ended.state, ended.faces_counted, ended.faces_read_at, ended.version) == (State.CONCLUDED, 2_100, ENDS, live.again().version)


def test_O5_O8_a_result_whose_log_entry_is_refused_is_not_recorded(cast: Cast, live: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = alert_in(cast, live, "engaging")
    with monkeypatch.context() as patched, refused("O-2", "7.1", chain=live.operation_id):
        patched.setattr(acts.alerts, "log", no_log)
        acts.record_result(alert, result=Result.TRUE_CONFIRMED, card_given=True, by=cast.engagement, at=DURING + 5 * MINUTE)
    acts.record_result(alert, result=Result.TRUE_CONFIRMED, card_given=True, by=cast.engagement, at=DURING + 5 * MINUTE)
    assert live.log_entries.get().kind == LogKind.INFORMATION_OFFERED


def no_log(*args: object, **said: object) -> None:
    raise RuleBroken("O-2", "No log is kept here.", clause="7.1", remedy="Keep one.")


def test_O1_the_conditions_are_answered_together_or_not_at_all(cast: Cast) -> None:
    deployment = with_conditions(cast)
    before, conditions = deployment.answers.count(), deployment.authority.conditions.splitlines()
    assert len(conditions) > 1 and before
    with refused(None, kind=NotPermitted):
        acts.answer_point(deployment, point="conditions", met=dict.fromkeys(conditions, True), by=cast.engagement, at=BEFORE)
    acts.answer_point(deployment, point="conditions", met=dict.fromkeys(conditions, False), by=cast.silver, at=BEFORE)
    assert deployment.answers.count() == before + len(conditions)


def test_O3_on_the_page_what_was_typed_stays_and_the_refusal_stands_in_the_trail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    live = today(cast, began=HOUR).live()
    monkeypatch.setattr(acts.ending, "read_faces", no_log)
    said = {**typed(timezone.now(), "ended_at"), "faces": "2,100", "method": "detected", "note": "Rain all day", "version": live.version}
    answer = send(cast.silver, address("conclude", live), said, 409).content.decode()
    assert "No log is kept here." in answer and "Rain all day" in answer and 'value="2,100"' in answer
    assert live.again().state == State.LIVE
    assert TrailEntry.objects.get(action="act.refused", chain=live.operation_id).actor_id == cast.silver.pk
