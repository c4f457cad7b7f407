"""Access table, Stage 2: every act × a stranger (it does not exist), × somebody who sees it without a hand in it (403). Stops have no such person."""

import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.services import deactivate
from accounts.states import Role
from audit.chain import SYSTEM_CHAIN
from deployments import services as acts
from deployments.models import AlertPersonal, Deployment
from deployments.seeing import personal_of
from deployments.states import Decision, LogKind, MediaKind, Method, Reason, Style
from lfr_governance.demonstration import texts_two
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, NotVisible
from tests.deployments.stages import DURING, NOON, alert_in, stage
from tests.refusals import refused

Doing = Callable[[Cast, Deployment, Any], Any]
SCORE, SOME = Decimal("0.7"), {"wanted_by_courts": (1, 1)}
CREW = {"number": 1, "style": Style.VAN, "identifier": "LFR-02", "briefed": True}


def breach(cast: Cast, it: Deployment) -> Any:
    acts.change_threshold(it, threshold=Decimal("0.6"), by=cast.operator, at=DURING)
    return it.breaches.get()


def volunteer(cast: Cast, it: Deployment) -> Any:
    return acts.record_consent(it, label="B1", consented_at=NOON, by=cast.operator, at=DURING)


def crew_for(cast: Cast, it: Deployment) -> Any:
    return it, {**CREW, "operator": cast.operator, "engagement_officer": cast.engagement}


# What each act is tried on, and who sees the deployment but has no hand in that.
TRIED: dict[str, tuple[Callable[[Cast, Deployment], Any], str, Callable[..., Any]]] = {
    "go_live": (lambda c, it: it, "operator", lambda it, **who: acts.go_live(it, **who)),
    "went_live": (lambda c, it: it, "gold", lambda it, **who: acts.went_live(it, reason="x", **who)),
    "resume": (lambda c, it: it, "operator", lambda it, **who: acts.resume(it, reason="x", **who)),
    "conclude": (lambda c, it: it, "bronze", lambda it, **who: acts.conclude(it, **who)),
    "stand_down": (lambda c, it: it, "applicant", lambda it, **who: acts.stand_down(it, reason=Reason.WEATHER, **who)),
    "correct_times": (lambda c, it: it, "operator", lambda it, **who: acts.correct_times(it, live_at=NOON, reason="x", **who)),
    "suspend": (lambda c, it: it, "ao", lambda it, **who: acts.suspend(it, **who)),
    "terminate": (lambda c, it: it, "ao", lambda it, **who: acts.terminate(it, **who)),
    "give_reason": (lambda c, it: suspended(c, it), "ao", lambda it, **who: acts.give_reason(it, reason=Reason.WEATHER, **who)),
    "log": (lambda c, it: it, "ao", lambda it, **who: acts.log(it, kind=LogKind.OTHER, **who)),
    "mark_about_person": (lambda c, it: entry(c, it), "ao", lambda it, **who: acts.mark_about_person(it, **who)),
    "review": (
        lambda c, it: it, "operator", lambda it, **who: acts.review(it, answers=texts_two.REVIEW, decision=Decision.CONTINUE, **who),
    ),
    "confirm_asset": (crew_for, "npt", lambda it, **who: acts.confirm_asset(it[0], **it[1], **who)),
    "remove_asset": (lambda c, it: it.assets.get(), "npt", lambda it, **who: acts.remove_asset(it, reason="x", **who)),
    "answer_point": (lambda c, it: it, "npt", lambda it, **who: acts.answer_point(it, point="signs", met=True, **who)),
    "record_notice": (lambda c, it: it, "npt", lambda it, **who: acts.record_notice(it, given_at=NOON, where="x", **who)),
    "compile_watchlist": (lambda c, it: it, "npt", lambda it, **who: acts.compile_watchlist(it, compiled_at=NOON, lines=SOME, **who)),
    "record_medium": (
        lambda c, it: (it, c.operator), "gold", lambda it, **who: acts.record_medium(it[0], kind=MediaKind.USB, serial="1", custodian=it[1], **who),
    ),
    "record_footage": (lambda c, it: it, "gold", lambda it, **who: acts.record_footage(it, name="x", held_by="y", recorded_at=NOON, **who)),
    "store_footage": (lambda c, it: it, "gold", lambda it, **who: acts.store_footage(it, name="x", content=b"y", recorded_at=NOON, **who)),
    "change_threshold": (lambda c, it: it, "npt", lambda it, **who: acts.change_threshold(it, threshold=SCORE, **who)),
    "read_faces": (lambda c, it: it, "gold", lambda it, **who: acts.read_faces(it, count=1, method=Method.COMPARED, **who)),
    "record_consent": (lambda c, it: it, "npt", lambda it, **who: acts.record_consent(it, label="B", consented_at=NOON, **who)),
    "record_blue": (lambda c, it: volunteer(c, it), "gold", lambda it, **who: acts.record_blue(it, passes=1, correct=1, **who)),
    "raise_alert": (lambda c, it: it, "silver", lambda it, **who: acts.raise_alert(it, similarity=SCORE, category="missing", **who)),
    "enter_alert": (lambda c, it: it, "silver", lambda it, **who: acts.enter_alert(it, alert={"similarity": SCORE, "category": "missing"}, **who)),
    "adjudicate": (lambda c, it: alert_in(c, it, "raised"), "silver", lambda it, **who: acts.adjudicate(it, passed_on=True, **who)),
    "decide_engagement": (lambda c, it: alert_in(c, it, "passed_on"), "silver", lambda it, **who: acts.decide_engagement(it, engage=True, **who)),
    "record_result": (lambda c, it: alert_in(c, it, "engaging"), "gold", lambda it, **who: acts.record_result(it, result="not_determined", **who)),
    "correct_result": (
        lambda c, it: alert_in(c, it, "closed"), "silver", lambda it, **who: acts.correct_result(it, result="false_unconfirmed", reason="x", **who),
    ),
    "correct_raised_at": (
        lambda c, it: alert_in(c, it, "raised"), "silver", lambda it, **who: acts.correct_raised_at(it, raised_at=NOON, reason="x", **who),
    ),
    "link_repeat": (lambda c, it: alert_in(c, it, "raised"), "silver", lambda it, **who: acts.link_repeat(it, repeats=None, **who)),
    "note_evidence": (lambda c, it: alert_in(c, it, "raised"), "silver", lambda it, **who: acts.note_evidence(it, moved=True, **who)),
    "answer_breach": (breach, "silver", lambda it, **who: acts.answer_breach(it, answer="x", **who)),
    "raise_concern": (lambda c, it: it, "ao", lambda it, **who: acts.raise_concern(it, sentence="x", **who)),
    "answer_warning": (
        lambda c, it: acts.raise_concern(it, sentence="x", by=c.operator, at=DURING).again(), "operator",
        lambda it, **who: acts.answer_warning(it, decision=Decision.CONTINUE, answer="x", **who),
    ),
}  # fmt: skip
# These are the system's own, or run inside another act.
NOT_BY_HAND = {"plan", "is_planned", "count_as_concluded", "note_breach"}


def suspended(cast: Cast, it: Deployment) -> Any:
    acts.suspend(it, by=cast.silver, at=DURING)
    return it.changes.last()


def entry(cast: Cast, it: Deployment) -> Any:
    return acts.log(it, kind=LogKind.OTHER, note="x", by=cast.silver, at=DURING)


def test_every_act_is_tried():
    assert set(TRIED) | NOT_BY_HAND == set(acts.__all__)
    assert all(inspect.signature(getattr(acts, name)).parameters for name in acts.__all__)


@pytest.mark.parametrize("name", TRIED)
def test_to_a_stranger_it_does_not_exist(cast: Cast, live: Deployment, name: str):
    make, _, perform = TRIED[name]
    thing = make(cast, live)
    with refused("access", "", kind=NotVisible, chain=SYSTEM_CHAIN):
        perform(thing, by=cast.stranger, at=DURING)


@pytest.mark.parametrize("name", TRIED)
def test_who_sees_it_without_a_hand_in_it_is_told_so(cast: Cast, live: Deployment, name: str):
    make, username, perform = TRIED[name]
    thing = make(cast, live)
    with pytest.raises(NotPermitted):
        perform(thing, by=cast.people[username], at=DURING)


@pytest.mark.parametrize("name", TRIED)
def test_who_is_deactivated_does_nothing_more(cast: Cast, live: Deployment, name: str):
    make, _, perform = TRIED[name]
    thing = make(cast, live)
    deactivate(cast.silver, by=cast.sysadmin, at=DURING)
    person = type(cast.silver).objects.get(pk=cast.silver.pk)
    with pytest.raises(NotVisible):
        perform(thing, by=person, at=DURING)


SEES_LIST = {
    *("applicant", "gold", "silver", "bronze", "operator", "engagement", "loggist", "npt", "comms"),
    *("ao", "ao2", "sro"),
}


def test_who_sees_it_in_lists(cast: Cast, live: Deployment):
    seen = {name for name, person in cast.people.items() if Deployment.objects.visible_to(person, DURING).exists()}
    assert seen == SEES_LIST


PERSONAL = {"silver", "operator", "engagement"}


def test_who_reads_the_personal_data_of_alerts(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised")
    assert AlertPersonal.objects.filter(alert=alert).exists()
    for name, person in cast.people.items():
        if name in PERSONAL:
            assert set(personal_of(live, by=person, at=DURING)) == {alert.pk}
        else:
            with pytest.raises(NotVisible):
                personal_of(live, by=person, at=DURING)


def test_planning_is_for_those_who_see_it(cast: Cast):
    deployment = stage(cast, "planned")
    with pytest.raises(NotVisible):
        acts.plan(deployment.authority, by=cast.stranger, at=DURING)
    assert acts.plan(deployment.authority, by=cast.npt, at=DURING) == [deployment]
    assert Role.NPT_SUPERVISOR in cast.npt.offices(DURING)
