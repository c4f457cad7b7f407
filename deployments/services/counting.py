"""Readings and settings during the deployment: faces, threshold, volunteers (O-6, O-10, W-5)."""

from datetime import datetime
from decimal import Decimal

from accounts.models import User
from audit.acts import Entry, act
from deployments.models import BlueRun, BlueVolunteer, Deployment, FaceReading, ThresholdChange
from deployments.permissions import FIGURES, READINESS
from deployments.rules.alerts import check_score
from deployments.rules.moments import event_time
from deployments.services.flags import note_breach, watch
from deployments.states import BreachKind, Method
from operations.permissions import check_writes
from policy.refusals import RuleBroken


@act
def read_faces(deployment: Deployment, *, count: int, method: str, read_at: datetime | None = None, by: User, at: datetime) -> Entry:
    """The system's counter of faces as read, with the declared way of counting; one lower than before is accepted and flagged (O-6, O-11, X-5)."""
    deployment = deployment.locked()
    check_writes(FIGURES, by, deployment.operation, at)
    if count < 0:
        raise RuleBroken("O-6", "A number of faces is 0 or more.", clause="14.4", remedy="Enter what the system shows.")
    moment, before = event_time(read_at, at), deployment.faces_counted
    FaceReading.objects.create(deployment=deployment, count=count, method=Method(method), read_at=moment, entered_at=at, entered_by=by)
    if deployment.faces_read_at is None or moment >= deployment.faces_read_at:
        deployment.faces_counted, deployment.faces_method, deployment.faces_read_at = count, Method(method), moment
        deployment.save()
        if before is not None and count < before:
            said = f"{count:,} faces counted after {before:,}"
            note_breach(deployment, kind=BreachKind.FACES_FEWER, sentence=said, happened_at=moment, by=by, at=at)
        watch(deployment, by=by, at=at)
    return Entry("faces.read", deployment, {"count": count, "method": method}, happened_at=moment)


@act
def change_threshold(
    deployment: Deployment, *, threshold: Decimal, reason: str = "", changed_at: datetime | None = None, by: User, at: datetime
) -> Entry:
    """Who set the threshold, when, why, to what. Below the authorised minimum: accepted, flagged, told to Silver and the AO (O-10, 14.6)."""
    deployment = deployment.locked()
    check_writes(READINESS, by, deployment.operation, at)
    check_score(threshold, "threshold", "threshold")
    moment, least = event_time(changed_at, at), deployment.authority.threshold
    change = ThresholdChange.objects.create(
        deployment=deployment, old=deployment.threshold, new=threshold, reason=reason, changed_at=moment, entered_at=at, entered_by=by
    )
    deployment.threshold = threshold
    deployment.save()
    if threshold < least:
        said = f"Threshold set to {threshold}; at least {least.normalize()} is authorised"
        note_breach(deployment, kind=BreachKind.THRESHOLD, sentence=said, happened_at=moment, by=by, at=at)
    return Entry("threshold.changed", change, {"old": change.old, "new": threshold, "reason": reason}, happened_at=moment)


@act
def record_consent(deployment: Deployment, *, label: str, consented_at: datetime, by: User, at: datetime) -> Entry:
    """A volunteer's written consent, before their image is used; by a label that identifies nobody (W-5, 10.13)."""
    check_writes(READINESS, by, deployment.operation, at)
    if not label.strip() or deployment.volunteers.filter(label=label.strip()).exists():
        raise RuleBroken("W-5", "Each volunteer has a label of their own.", clause="10.13", remedy="Use a number, no name.")
    volunteer = BlueVolunteer.objects.create(
        deployment=deployment, label=label.strip(), consented_at=event_time(consented_at, at), recorded_at=at, recorded_by=by
    )
    return Entry("blue.consented", volunteer, {"label": volunteer.label})


@act
def record_blue(volunteer: BlueVolunteer, *, passes: int, correct: int, ran_at: datetime | None = None, by: User, at: datetime) -> Entry:
    """How often the volunteer passed through the zone, and how often the system alerted correctly: counts only (W-5, 14.3)."""
    deployment = volunteer.deployment
    check_writes(FIGURES, by, deployment.operation, at)
    if not 0 <= correct <= passes or passes < 1:
        raise RuleBroken("W-5", "There are at least one pass, and no more correct alerts than passes.", clause="14.3", remedy="Correct the numbers.")
    moment = event_time(ran_at, at)
    run = BlueRun.objects.create(
        deployment=deployment, volunteer=volunteer, passes=passes, correct=correct, ran_at=moment, entered_at=at, entered_by=by
    )
    if moment < volunteer.consented_at:
        said = BreachKind.BLUE_CONSENT.label
        note_breach(deployment, kind=BreachKind.BLUE_CONSENT, sentence=said, happened_at=moment, by=by, at=at)
    return Entry("blue.run", run, {"passes": passes, "correct": correct}, happened_at=moment)
