"""Alerts: raised, judged by the Operator, decided on by the Engagement Officer, ended with a result (O-5, 5.10)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.states import Role
from audit.acts import Entry, act
from deployments.commitment import commitment
from deployments.models import Alert, AlertOutcome, AlertPersonal, Deployment
from deployments.permissions import ALERTS, ENGAGEMENT_OFFICER, OPERATOR, check_named, check_own_hand
from deployments.rules.alerts import check_category, check_result, check_score, faults_of, is_one_person, threshold_at
from deployments.rules.moments import check_after, event_time
from deployments.rules.saying import check_said
from deployments.services.clocks import move, owe_alert_data, owe_technical_review
from deployments.services.flags import note_breach, watch
from deployments.services.logs import log, stored_first
from deployments.states import BreachKind, Factor, LogKind, Outcome, Result
from obligations.models import Obligation
from obligations.states import Kind
from operations.permissions import check_writes
from policy.refusals import RuleBroken


def told(alert: Alert, action: str, facts: dict[str, Any]) -> Entry:
    """The entry stands beside the deployment and names the alert by a salted digest alone, so that erasure parts them for ever (D-3)."""
    personal = AlertPersonal.objects.filter(alert=alert).first()
    named = {"alert": commitment(personal.salt, alert.pk)} if personal else {}
    return Entry(action, alert.deployment, {**named, **facts}, result=alert)


@act
def raise_alert(
    deployment: Deployment,
    *,
    similarity: Decimal,
    category: str,
    camera: str = "",
    recognition_seconds: Decimal | None = None,
    raised_at: datetime | None = None,
    subject_reference: str = "",
    note: str = "",
    repeats: Alert | None = None,
    alert_id: uuid.UUID | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """The system has alerted: accepted whenever it was and whatever its score, flagged where it should not have been (O-5, O-11)."""
    deployment = as_it_stands(deployment)
    check_writes(ALERTS, by, deployment.operation, at)
    if known := Alert.objects.filter(pk=alert_id, deployment=deployment).first():
        return told(known, "alert.sent_again", {})
    check_category(category, deployment)
    check_score(similarity)
    check_repeats(deployment, repeats)
    moment = event_time(raised_at, at)
    alert = Alert(
        **({"pk": alert_id} if alert_id else {}),
        deployment=deployment,
        raised_at=moment,
        camera=camera,
        similarity=similarity,
        threshold=threshold_at(deployment, moment),
        category=category,
        recognition_seconds=recognition_seconds,
        repeats=repeats,
    )
    if not stored_first(alert):
        return told(alert.again(), "alert.sent_again", {})
    personal = AlertPersonal.objects.create(alert=alert, subject_reference=subject_reference, notes=note)
    owe_alert_data(personal, by=by, at=at)
    owe_technical_review(deployment, by=by, at=at)
    for kind in faults_of(alert, deployment):
        note_breach(deployment, kind=kind, sentence=kind.label, happened_at=moment, alert=alert, by=by, at=at)
    return told(alert, "alert.raised", {})


def as_it_stands(deployment: Deployment) -> Deployment:
    """Read afresh, not locked: whoever enters an alert keeps nobody from stopping."""
    return Deployment.objects.select_related("operation", "authority__application").get(pk=deployment.pk)


def check_repeats(deployment: Deployment, repeats: Alert | None) -> None:
    if repeats is not None and repeats.deployment_id != deployment.pk:
        raise RuleBroken("O-5", "The earlier alert belongs to another deployment.", clause="9.6", remedy="Choose one of this deployment.")


def taken_up(alert: Alert, person: User | None, *roles: Role, by: User, at: datetime) -> tuple[Alert, User]:
    """The alert, locked; and who did what is entered: oneself, or a named person by an Operator, an Engagement Officer or a loggist."""
    alert = alert.locked()
    found = check_writes(ALERTS, by, alert.deployment.operation, at)
    person = person or by
    check_own_hand(by, person, found, OPERATOR, ENGAGEMENT_OFFICER)
    check_named(person, alert.deployment.operation, *roles)
    return alert, person


def add_words(alert: Alert, note: str, factors: Iterable[str]) -> None:
    """What was noticed. Words about the person go where they are deleted; after that none are taken (D-3)."""
    alert.factors = sorted({*alert.factors, *(Factor(factor).value for factor in factors)})
    if not note.strip():
        return
    personal = AlertPersonal.objects.select_for_update().filter(alert=alert).first()
    if personal is None:
        raise RuleBroken(
            "D-3", "The personal data of this alert have been deleted: no note can be added.", clause="7.10", remedy="Leave the note empty."
        )
    personal.notes = f"{personal.notes}\n{note}".strip()
    personal.save()


@act
def adjudicate(
    alert: Alert,
    *,
    passed_on: bool,
    person: User | None = None,
    happened_at: datetime | None = None,
    factors: Iterable[str] = (),
    note: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """The Operator dismisses it, a false alert, or passes it on to an Engagement Officer (O-5, 2, 5.10)."""
    alert, person = taken_up(alert, person, Role.OPERATOR, by=by, at=at)
    moment = moment_in(alert, happened_at, at)
    check_after(moment, alert.raised_at, "the alert")
    alert.step("pass_on" if passed_on else "dismiss")
    alert.adjudicated_at, alert.adjudicated_by, alert.passed_on = moment, person, passed_on
    add_words(alert, note, factors)
    if not passed_on:
        alert.result, alert.resulted_at = Result.FALSE_UNCONFIRMED, moment
    alert.save()
    after_result(alert, by=by, at=at)
    return told(alert, "alert.passed_on" if passed_on else "alert.dismissed", {"person": person.pk})


@act
def decide_engagement(
    alert: Alert,
    *,
    engage: bool,
    result: str = "",
    person: User | None = None,
    happened_at: datetime | None = None,
    factors: Iterable[str] = (),
    note: str = "",
    by: User,
    at: datetime,
) -> Entry:
    """The Engagement Officer decides whether to engage; without engagement it ends as false, true unconfirmed, or not determined (O-5, 2, 5.10)."""
    alert, person = taken_up(alert, person, Role.ENGAGEMENT_OFFICER, Role.OPERATOR, by=by, at=at)
    moment = moment_in(alert, happened_at, at)
    check_after(moment, alert.adjudicated_at, "the Operator’s judgement")
    alert.step("engage" if engage else "close_without_engagement")
    alert.decided_at, alert.decided_by, alert.engaged = moment, person, engage
    add_words(alert, note, factors)
    if not engage:
        check_result(alert, result)
        alert.result, alert.resulted_at = Result(result), moment
    alert.save()
    flag_one_person(alert, person, moment, by=by, at=at)
    after_result(alert, by=by, at=at)
    return told(alert, "alert.engaged" if engage else "alert.not_engaged", {"person": person.pk, "result": alert.result})


@act
def record_result(
    alert: Alert,
    *,
    result: str,
    outcomes: Iterable[str] = (),
    card_given: bool = False,
    person: User | None = None,
    happened_at: datetime | None = None,
    factors: Iterable[str] = (),
    note: str = "",
    by: User,
    at: datetime,
) -> Entry:
    """What the engagement showed, and what policing did; that the person was given the card is logged (O-5, O-8, 2, 9.5, 9.6)."""
    alert, person = taken_up(alert, person, Role.ENGAGEMENT_OFFICER, Role.OPERATOR, by=by, at=at)
    moment = moment_in(alert, happened_at, at)
    check_after(moment, alert.decided_at, "the engagement")
    alert.step("give_result")
    check_result(alert, result)
    alert.result, alert.resulted_at = Result(result), moment
    add_words(alert, note, factors)
    alert.save()
    write_outcomes(alert, outcomes)
    flag_one_person(alert, person, moment, by=by, at=at)
    after_result(alert, by=by, at=at)
    if card_given:
        log(alert.deployment, kind=LogKind.INFORMATION_OFFERED, happened_at=moment, by=by, at=at)
    return told(alert, "alert.resulted", {"person": person.pk, "result": alert.result, "outcomes": sorted(outcomes)})


def flag_one_person(alert: Alert, person: User, moment: datetime, *, by: User, at: datetime) -> None:
    """Whoever judged the alert also engaged, whether at the decision or in the street: it has happened, and is flagged once (O-5, O-11, 5.10)."""
    if is_one_person(alert, person) and not alert.breaches.filter(kind=BreachKind.ONE_PERSON).exists():
        label = BreachKind.ONE_PERSON.label
        note_breach(alert.deployment, kind=BreachKind.ONE_PERSON, sentence=label, happened_at=moment, alert=alert, by=by, at=at)


def moment_in(alert: Alert, happened_at: datetime | None, at: datetime) -> datetime:
    """Its own time; of an alert that has been made unlinkable, the hour alone."""
    moment = event_time(happened_at, at)
    return moment.replace(minute=0, second=0, microsecond=0) if alert.is_unlinked else moment


def write_outcomes(alert: Alert, outcomes: Iterable[str]) -> None:
    alert.outcomes.all().delete()
    AlertOutcome.objects.bulk_create(AlertOutcome(alert=alert, kind=Outcome(kind)) for kind in sorted(set(outcomes)))


def after_result(alert: Alert, *, by: Any, at: datetime) -> None:
    if alert.result:
        watch(alert.deployment, by=by, at=at)


@act
def correct_result(
    alert: Alert, *, result: str, outcomes: Iterable[str] = (), reason: str, version: int | None = None, by: User, at: datetime
) -> Entry:
    """A result or its outcomes were entered wrongly: put right, with the reason; both stand in the trail (O-2, O-5)."""
    alert = alert.locked(version)
    check_writes(ALERTS, by, alert.deployment.operation, at)
    check_said(reason, "O-5", "5.10", "Why it is corrected")
    if not alert.result:
        raise RuleBroken("O-5", "This alert has no result yet.", clause="2", remedy="Enter its result.")
    if alert.passed_on is False and result != Result.FALSE_UNCONFIRMED:
        raise RuleBroken("O-5", "The Operator dismissed this alert: it is a false one.", clause="2", remedy="Correct its outcomes only.")
    check_result(alert, result)
    old, alert.result = alert.result, Result(result)
    alert.save()
    write_outcomes(alert, outcomes)
    after_result(alert, by=by, at=at)
    return told(alert, "alert.corrected", {"old": old, "result": alert.result, "outcomes": sorted(outcomes), "reason": reason})


@act
def correct_raised_at(alert: Alert, *, raised_at: datetime, reason: str, by: User, at: datetime) -> Entry:
    """The time of the alert was entered wrongly: put right, and its clock runs from the true one (D-3, D-6)."""
    alert = alert.locked()
    check_writes(ALERTS, by, alert.deployment.operation, at)
    check_said(reason, "O-5", "5.10", "Why it is corrected")
    personal = AlertPersonal.objects.filter(alert=alert).first()
    if personal is None:
        raise RuleBroken(
            "D-3", "The personal data of this alert have been deleted.", clause="7.10", remedy="Only its hour is kept; nothing needs correcting."
        )
    alert.raised_at = event_time(raised_at, at)
    alert.save()
    move(Obligation.objects.about(personal, Kind.ALERT_DATA).first(), alert.raised_at, reason, by=by, at=at)
    return told(alert, "alert.time_corrected", {"reason": reason})


@act
def link_repeat(alert: Alert, *, repeats: Alert | None, by: User, at: datetime) -> Entry:
    """Repeated alerts on one person are linked and shown, never subtracted (O-5, 9.6)."""
    alert = alert.locked()
    check_writes(ALERTS, by, alert.deployment.operation, at)
    check_repeats(alert.deployment, repeats)
    if repeats is not None and repeats.pk == alert.pk:
        raise RuleBroken("O-5", "An alert cannot repeat itself.", clause="9.6", remedy="Choose the earlier one.")
    alert.repeats = repeats
    alert.save()
    return told(alert, "alert.linked", {})


@act
def note_evidence(alert: Alert, *, moved: bool, reference: str = "", by: User, at: datetime) -> Entry:
    """Before it is deleted: whether evidence went to the case system, and under which reference (D-3)."""
    alert = alert.locked()
    check_writes(ALERTS, by, alert.deployment.operation, at)
    personal = AlertPersonal.objects.select_for_update().filter(alert=alert).first()
    if personal is None:
        raise RuleBroken("D-3", "The personal data of this alert have been deleted.", clause="7.10", remedy="Look in the case system.")
    personal.evidence_reference = reference
    personal.save()
    alert.evidence_moved = moved
    alert.save()
    return told(alert, "alert.evidence_noted", {"moved": moved})
