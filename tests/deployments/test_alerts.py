"""O-5: two human stages, each with person and time; confirmed only after an engagement; entered by one's own hand or for a named person."""

import json
import uuid
from decimal import Decimal
from typing import Any

import pytest

from audit.models import TrailEntry
from deployments import services as acts
from deployments.commitment import commitment
from deployments.models import Alert, AlertPersonal, Deployment
from deployments.states import AlertState, Factor, Outcome, Result
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted
from tests.deployments.stages import DURING, MINUTE, SECOND, alert_in, day_of
from tests.refusals import refused


def test_o5_dismissed_it_is_a_false_alert(cast: Cast, live: Deployment):
    alert = day_of(cast).dismissed(live, at=DURING).again()
    assert (alert.state, alert.result, alert.passed_on, alert.adjudicated_by) == (AlertState.CLOSED, Result.FALSE_UNCONFIRMED, False, cast.operator)
    assert (alert.adjudicated_at, alert.factors) == (DURING + MINUTE, [Factor.ENVIRONMENT])


UNENGAGED = [Result.FALSE_UNCONFIRMED, Result.TRUE_UNCONFIRMED, Result.NOT_DETERMINED]
ENGAGED = [Result.FALSE_CONFIRMED, Result.TRUE_CONFIRMED, Result.TRUE_UNCONFIRMED, Result.NOT_DETERMINED]


@pytest.mark.parametrize("result", Result)
def test_2_without_engagement_nothing_is_confirmed(cast: Cast, live: Deployment, result: Result):
    alert = alert_in(cast, live, "passed_on")
    if result in UNENGAGED:
        acts.decide_engagement(alert, engage=False, result=result, by=cast.engagement, at=DURING + 2 * MINUTE)
        assert (alert.again().result, alert.again().engaged) == (result, False)
        return
    with refused("O-5", "2"):
        acts.decide_engagement(alert, engage=False, result=result, by=cast.engagement, at=DURING + 2 * MINUTE)


@pytest.mark.parametrize("result", Result)
def test_2_after_an_engagement_a_false_alert_is_a_confirmed_one(cast: Cast, live: Deployment, result: Result):
    alert = alert_in(cast, live, "engaging")
    outcomes = (Outcome.ARREST, Outcome.SAFEGUARDING) if result == Result.TRUE_CONFIRMED else ()
    if result in ENGAGED:
        acts.record_result(alert, result=result, outcomes=outcomes, by=cast.engagement, at=DURING + 5 * MINUTE)
        assert alert.again().result == result
        assert {row.kind for row in alert.outcomes.all()} == set(outcomes)
        return
    with refused("O-5", "2"):
        acts.record_result(alert, result=result, by=cast.engagement, at=DURING + 5 * MINUTE)


def test_o5_what_follows_is_not_before_what_it_follows(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised")
    with refused("O-5", "7.3"):
        acts.adjudicate(alert, passed_on=True, happened_at=DURING - SECOND, by=cast.operator, at=DURING + MINUTE)
    acts.adjudicate(alert, passed_on=True, happened_at=DURING, by=cast.operator, at=DURING + MINUTE)
    with refused("O-5", "7.3"):
        acts.decide_engagement(alert, engage=True, happened_at=DURING - SECOND, by=cast.engagement, at=DURING + MINUTE)


@pytest.mark.parametrize("username", ["operator", "engagement", "loggist"])
def test_o5_entered_for_the_person_who_did_it(cast: Cast, live: Deployment, username: str):
    by = cast.people[username]
    alert = alert_in(cast, live, "raised")
    acts.adjudicate(alert, passed_on=True, person=cast.operator, by=by, at=DURING + MINUTE)
    acts.decide_engagement(alert, engage=True, person=cast.engagement, by=by, at=DURING + 2 * MINUTE)
    acts.record_result(alert, result=Result.TRUE_CONFIRMED, person=cast.engagement, by=by, at=DURING + 3 * MINUTE)
    alert = alert.again()
    assert (alert.adjudicated_by, alert.decided_by) == (cast.operator, cast.engagement)


def test_o5_whoever_judged_it_has_the_part(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised")
    with refused("O-2", "7.1"):
        acts.adjudicate(alert, passed_on=True, person=cast.silver, by=cast.loggist, at=DURING + MINUTE)
    with refused("O-2", "7.1"):
        acts.adjudicate(alert, passed_on=True, by=cast.engagement, at=DURING + MINUTE)
    with refused("access", "", kind=NotPermitted):
        acts.adjudicate(alert, passed_on=True, person=cast.operator, by=cast.silver, at=DURING + MINUTE)


@pytest.mark.parametrize("said", [{"category": "everyone"}, {"similarity": Decimal(0)}, {"similarity": Decimal("1.2")}])
def test_o5_a_category_of_the_policy_and_a_score_that_can_be(cast: Cast, live: Deployment, said: dict[str, Any]):
    with refused("O-5"):
        day_of(cast).raised(live, at=DURING, **said)
    assert not Alert.objects.exists()


def test_o5_repeated_alerts_are_linked(cast: Cast, live: Deployment):
    first = day_of(cast).raised(live, at=DURING)
    second = day_of(cast).raised(live, at=DURING + MINUTE, repeats=first)
    third = day_of(cast).raised(live, at=DURING + 2 * MINUTE)
    acts.link_repeat(third, repeats=first, by=cast.operator, at=DURING + 3 * MINUTE)
    assert set(first.repeated_by.all()) == {second, third}
    with refused("O-5", "9.6"):
        acts.link_repeat(third, repeats=third, by=cast.operator, at=DURING + 3 * MINUTE)


def test_o9_sent_twice_by_a_device_it_is_kept_once(cast: Cast, live: Deployment):
    key = uuid.uuid4()
    one, other = (day_of(cast).raised(live, at=DURING + SECOND * n, alert_id=key) for n in range(2))
    assert one == other and Alert.objects.count() == 1 and AlertPersonal.objects.count() == 1


def test_o5_a_wrong_result_is_put_right_with_a_reason_and_both_stand_in_the_trail(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "engaging")
    acts.record_result(alert, result=Result.TRUE_CONFIRMED, outcomes=[Outcome.ARREST], by=cast.engagement, at=DURING + 5 * MINUTE)
    with refused("O-5"):
        acts.correct_result(alert, result=Result.FALSE_CONFIRMED, reason=" ", by=cast.operator, at=DURING + 6 * MINUTE)
    acts.correct_result(alert, result=Result.FALSE_CONFIRMED, reason="Wrong button", by=cast.operator, at=DURING + 6 * MINUTE)
    assert (alert.again().result, alert.outcomes.count()) == (Result.FALSE_CONFIRMED, 0)
    facts = json.loads(TrailEntry.objects.get(action="alert.corrected").payload)["facts"]
    assert (facts["old"], facts["result"], facts["reason"]) == ("true_confirmed", "false_confirmed", "Wrong button")


def test_o5_what_the_operator_dismissed_stays_false(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "closed")
    with refused("O-5", "2"):
        acts.correct_result(alert, result=Result.NOT_DETERMINED, reason="Not sure", by=cast.operator, at=DURING + 6 * MINUTE)
    waiting = alert_in(cast, live, "raised")
    with refused("O-5", "2"):
        acts.correct_result(waiting, result=Result.NOT_DETERMINED, reason="?", by=cast.operator, at=DURING + 6 * MINUTE)


def test_o5_entered_whole_just_after_the_fact(cast: Cast, live: Deployment):
    alert = acts.enter_alert(
        live,
        alert={"similarity": Decimal("0.7"), "category": "missing", "raised_at": DURING - 5 * MINUTE},
        passed_on=True,
        operator=cast.operator,
        engaged=True,
        engagement_officer=cast.engagement,
        result=Result.TRUE_CONFIRMED,
        outcomes=[Outcome.SAFEGUARDING],
        by=cast.loggist,
        at=DURING,
    )
    assert (alert.state, alert.result, alert.raised_at) == (AlertState.CLOSED, Result.TRUE_CONFIRMED, DURING - 5 * MINUTE)
    half = acts.enter_alert(
        live, alert={"similarity": Decimal("0.7"), "category": "missing"}, passed_on=True, operator=cast.operator, by=cast.loggist, at=DURING
    )
    assert half.state == AlertState.PASSED_ON


def test_d3_the_trail_names_no_alert_but_by_a_salted_digest(cast: Cast, live: Deployment):
    alert = day_of(cast).engaged(live, Result.TRUE_CONFIRMED, at=DURING, subject_reference="C/118/24", note="Grey jacket")
    with refused("O-5"):
        acts.adjudicate(alert, passed_on=False, by=cast.operator, at=DURING + 9 * MINUTE)
    assert TrailEntry.objects.get(action="act.refused").thing_id == str(live.pk)
    entries = TrailEntry.objects.filter(action__startswith="alert.")
    assert entries.count() == 4
    digest = commitment(alert.personal.salt, alert.pk)
    for entry in entries:
        assert (entry.thing_id, digest in entry.payload) == (str(live.pk), True)
    for told in (str(alert.pk), "C/118/24", "Grey jacket", '"0.712"', "Van, front"):
        assert not TrailEntry.objects.filter(payload__contains=told).exists(), told


def test_d3_notes_of_each_stage_go_where_they_are_deleted(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised")
    acts.adjudicate(alert, passed_on=True, note="Walking north", by=cast.operator, at=DURING + MINUTE)
    acts.decide_engagement(alert, engage=True, note="Stopped at the corner", by=cast.engagement, at=DURING + 2 * MINUTE)
    assert AlertPersonal.objects.get(alert=alert).notes == "Walking north\nStopped at the corner"


def test_d3_whether_evidence_went_to_the_case_system(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "closed")
    acts.note_evidence(alert, moved=True, reference="CASE/7", by=cast.operator, at=DURING + 5 * MINUTE)
    assert (alert.again().evidence_moved, AlertPersonal.objects.get(alert=alert).evidence_reference) == (True, "CASE/7")
