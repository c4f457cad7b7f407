"""O-3, 7.4, 7.5: anyone appointed stops it, whatever has lapsed; the reason may follow. Going on needs what was affected answered anew."""

import pytest

from accounts.models import Notice, TrainingRecord
from accounts.services import end_grant
from authorisations.services import ending
from deployments import services as acts
from deployments.checklist import AFFECTED
from deployments.models import Deployment
from deployments.states import TO_STOP, Move, Reason, State
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, NotVisible
from tests.deployments.stages import DURING, ENDS, HOUR, MINUTE, SECOND, kinds, stage
from tests.refusals import found, refused

APPOINTED = ["applicant", "gold", "silver", "bronze", "operator", "engagement", "loggist", "npt", "comms"]


@pytest.mark.parametrize("stop", [acts.suspend, acts.terminate])
@pytest.mark.parametrize("username", APPOINTED)
def test_o3_everyone_appointed_can_stop_it_on_silvers_order(cast: Cast, live: Deployment, username: str, stop: object):
    stop(live, by=cast.people[username], at=DURING)  # type: ignore[operator]
    change = live.changes.last()
    assert (change.entered_by, change.on_order) == (cast.people[username], username != "silver")
    assert live.again().state in (State.SUSPENDED, State.TERMINATED)


@pytest.mark.parametrize("stop", [acts.suspend, acts.terminate])
def test_o3_nothing_that_has_lapsed_stands_in_the_way(cast: Cast, live: Deployment, stop: object):
    TrainingRecord.objects.all().update(expires_date=DURING.date().replace(day=1))
    for grant in cast.operator.grants.filter(ended_at=None):
        end_grant(grant, by=cast.sysadmin, at=DURING)
    ending.cancel(live.authority, reason=texts.NO_LONGER, done_under="Half a day.", by=cast.ao, at=DURING)
    stop(live, by=cast.operator, at=DURING)  # type: ignore[operator]
    assert not live.again().is_running or live.again().state == State.SUSPENDED


def test_o3_silver_gold_and_the_ao_hear_of_a_stop_at_once(cast: Cast, live: Deployment):
    acts.terminate(live, by=cast.operator, at=DURING)
    assert set(Notice.objects.filter(key__startswith="stop:", urgent=True).values_list("person__username", flat=True)) == {"silver", "gold", "ao"}


@pytest.mark.parametrize("username", ["stranger", "sro", "infomgmt", "ao2"])
def test_others_do_not_stop_it(cast: Cast, live: Deployment, username: str):
    with pytest.raises((NotVisible, NotPermitted)):
        acts.terminate(live, by=cast.people[username], at=DURING)


def test_o3_the_reason_may_follow(cast: Cast, live: Deployment):
    acts.suspend(live, by=cast.operator, at=DURING)
    change = live.changes.get(move=Move.SUSPENDED)
    assert change.owes_reason
    acts.give_reason(change, reason=Reason.WEATHER, note="Rain on the lens", by=cast.silver, at=DURING + MINUTE)
    change = change.again()
    assert (change.reason, change.reason_given_by, change.owes_reason) == (Reason.WEATHER, cast.silver, False)
    with refused("O-3"):
        acts.give_reason(change, reason=Reason.OTHER, by=cast.silver, at=DURING + 2 * MINUTE)


def test_o3_whoever_pressed_may_give_it_others_not(cast: Cast, live: Deployment):
    acts.suspend(live, by=cast.operator, at=DURING)
    change = live.changes.get(move=Move.SUSPENDED)
    with refused("O-2", kind=NotPermitted):
        acts.give_reason(change, reason=Reason.WEATHER, by=cast.bronze, at=DURING)
    acts.give_reason(change, reason=Reason.WEATHER, by=cast.operator, at=DURING)


def test_75_resuming_needs_the_reason_of_the_suspension(cast: Cast, live: Deployment):
    acts.suspend(live, by=cast.operator, at=DURING)
    with refused("O-3", "7.5") as told:
        acts.resume(live, reason="It is dry.", by=cast.silver, at=DURING + MINUTE)
    assert "reason" in told.value.sentence


@pytest.mark.parametrize("reason", TO_STOP)
def test_75_resuming_needs_the_points_affected_answered_again(cast: Cast, live: Deployment, reason: Reason):
    acts.suspend(live, reason=reason, by=cast.silver, at=DURING)
    at = DURING + HOUR
    with refused("O-1", "5.1") as told:
        acts.resume(live, reason="It can go on.", by=cast.silver, at=at)
    assert {where.removeprefix("go_live.") for _, where in found(told)} == set(AFFECTED[reason])
    put_right(cast, live, AFFECTED[reason], at)
    acts.resume(live, reason="It can go on.", by=cast.silver, at=at)
    assert (live.again().state, live.again().review_due_at) == (State.LIVE, at + HOUR)
    assert Notice.objects.filter(person=cast.gold, key__startswith="resumed").exists()


def put_right(cast: Cast, deployment: Deployment, points: tuple[str, ...], at: object) -> None:
    for point in points:
        if point == "staff":
            crew = {"operator": cast.operator, "engagement_officer": cast.engagement, "briefed": True}
            acts.confirm_asset(deployment, number=1, style="van", identifier="LFR-02", **crew, by=cast.silver, at=at)
        else:
            acts.answer_point(deployment, point=point, met=True, by=cast.operator if point in ("camera", "deletion_setting") else cast.silver, at=at)


def test_resuming_says_why(cast: Cast):
    deployment = stage(cast, "suspended")
    with refused("O-3", "7.5"):
        acts.resume(deployment, reason=" ", by=cast.silver, at=DURING)


def test_nothing_resumes_once_the_authority_has_ended_but_it_still_ends(cast: Cast):
    deployment = stage(cast, "suspended")
    ending.cancel(deployment.authority, reason=texts.NO_LONGER, done_under="Half a day.", by=cast.ao, at=DURING)
    put_right(cast, deployment, AFFECTED[Reason.WEATHER], DURING)
    with refused("O-1") as told:
        acts.resume(deployment, reason="It is dry.", by=cast.silver, at=DURING)
    assert found(told) == {("O-1", "go_live.authority")}
    acts.conclude(deployment, by=cast.silver, at=DURING + MINUTE)
    assert kinds(deployment) == ["no_authority"]


def test_stood_down_and_postponed_before_it_begins(cast: Cast):
    deployment = stage(cast, "readied")
    with refused("O-3", "7.5"):
        acts.stand_down(deployment, reason="", by=cast.silver, at=ENDS - HOUR)
    acts.stand_down(deployment, reason=Reason.POSTPONED, note="Roadworks", by=cast.silver, at=DURING)
    assert deployment.again().state == State.STOOD_DOWN
    assert deployment.changes.last().reason == Reason.POSTPONED


def test_a_stop_noted_for_before_go_live_counts_from_go_live(cast: Cast, live: Deployment):
    acts.terminate(live, happened_at=live.live_at - SECOND, by=cast.silver, at=DURING)
    assert live.again().ended_at == live.live_at
