"""The clocks of a deployment (D-1 to D-6): each opened in the transaction of its event, each moved when that event's time is corrected."""

from datetime import datetime
from typing import Any

from accounts.states import Role
from deployments.models import AlertPersonal, Deployment, Footage, LogNote, Media
from deployments.states import MediaKind
from obligations.models import Obligation
from obligations.services import open_duty, rearm
from obligations.states import Kind, Manner, State

LOG_NOTE = "log_note"
TECHNICAL_REVIEW = "technical_review"
ON_SITE = (Role.OPERATOR, Role.SILVER)
ENDED = "deployment ended"
RECORDING = "start of the day’s recording"
MEDIA_KINDS = {MediaKind.SYSTEM: Kind.WATCHLIST_SYSTEM}
WIPE = {
    MediaKind.USB: "Wipe the watchlist’s USB stick, and certify it",
    MediaKind.SYSTEM: "Wipe the watchlist in the LFR system, and certify it",
    MediaKind.OTHER: "Wipe the watchlist’s medium, and certify it",
}


def owe_record(deployment: Deployment, *, by: Any, at: datetime) -> None:
    """The deployment record reaches the Authorising Officer in time from the deployment's date (D-5, 6.1, 7.7)."""
    policy = deployment.edition
    open_duty(
        kind=Kind.RECORD_TO_AO,
        subject=deployment,
        operation=deployment.operation,
        owner=(Role.SILVER, Role.APPLICANT),
        sentence="Submit the deployment record",
        basis_event="deployment",
        basis_at=deployment.live_at,
        limit=policy.limit("record_to_ao"),
        reminder=policy.reminder("record_to_ao"),
        seniors=(Role.AO, Role.SRO),
        link=f"{deployment.get_absolute_url()}record/",
        edition=policy.name,
        by=by,
        at=at,
    )


def owe_footage(footage: Footage, *, by: Any, at: datetime) -> None:
    """Footage goes within the limit from the start of the day's recording, unless held (D-4, 7.11)."""
    deployment, policy = footage.deployment, footage.deployment.edition
    open_duty(
        kind=Kind.CCTV,
        subject=footage,
        operation=deployment.operation,
        owner=(*ON_SITE, Role.SYSTEM_ENGINEER),
        sentence="Delete the footage stored here" if footage.stored else "Have the footage deleted, and certify it",
        basis_event=RECORDING,
        basis_at=footage.recorded_at,
        limit=policy.limit("cctv"),
        target=policy.limit("cctv_target"),
        manner=Manner.ERASURE if footage.stored else Manner.ATTESTED,
        may_be_held=True,
        link=deployment.get_absolute_url(),
        edition=policy.name,
        by=by,
        at=at,
    )


def owe_technical_review(deployment: Deployment, *, by: Any, at: datetime) -> None:
    """Alerts are looked at again on the retained footage, before that goes (O-12, 10.16). Asked again, nothing is opened twice."""
    footage, policy = deployment.footage.order_by("recorded_at").first(), deployment.edition
    nothing_to_see = footage is None or deployment.ended_at is None or not deployment.alerts.exists()
    if nothing_to_see or Obligation.objects.about(deployment, TECHNICAL_REVIEW).exists():
        return
    assert footage
    open_duty(
        kind=TECHNICAL_REVIEW,
        subject=deployment,
        operation=deployment.operation,
        owner=(Role.TECHNICAL_ANALYST, Role.SILVER),
        sentence="Have the alerts looked at again on the retained footage",
        basis_event=RECORDING,
        basis_at=footage.recorded_at,
        limit=policy.limit("cctv_target"),
        link=f"{deployment.get_absolute_url()}reviews/",
        edition=policy.name,
        by=by,
        at=at,
    )


def owe_media(deployment: Deployment, *, basis_at: datetime, basis_event: str, by: Any, at: datetime) -> None:
    """Every medium that carried the watchlist, and the list in the system, is wiped within the limit from the end of the day (D-2, 7.9b).

    Where the end turns out to have been at another moment, their clocks run from that one.
    """
    for medium in deployment.media.select_related("custodian"):
        owe_medium(medium, basis_at=basis_at, basis_event=basis_event, by=by, at=at)


def owe_medium(medium: Media, *, basis_at: datetime, basis_event: str, by: Any, at: datetime) -> None:
    kind, deployment = MEDIA_KINDS.get(MediaKind(medium.kind), Kind.WATCHLIST_MEDIA), medium.deployment
    if (running := Obligation.objects.about(medium, kind).first()) is not None:
        move(running, basis_at, basis_event, by=by, at=at)
        return
    policy = deployment.edition
    open_duty(
        kind=kind,
        subject=medium,
        operation=deployment.operation,
        owner=(medium.custodian, *ON_SITE),
        sentence=WIPE[MediaKind(medium.kind)],
        basis_event=basis_event,
        basis_at=basis_at,
        there_from=medium.loaded_at,
        limit=policy.limit("watchlist_media"),
        manner=Manner.ATTESTED,
        link=deployment.get_absolute_url(),
        edition=policy.name,
        by=by,
        at=at,
    )


def owe_alert_data(personal: AlertPersonal, *, by: Any, at: datetime) -> None:
    """The product deletes the personal data of an alert: as soon as its target, at most its limit, from the alert (D-3, 7.10)."""
    alert = personal.alert
    erase_within_the_limit(
        Kind.ALERT_DATA, personal, alert.deployment, "Delete the personal data of an alert", "alert", alert.raised_at, by=by, at=at
    )


def owe_note(note: LogNote, *, by: Any, at: datetime) -> None:
    """Words of a log that are about a person are deleted like the personal data of an alert (D-3, 7.10)."""
    entry = note.entry
    erase_within_the_limit(LOG_NOTE, note, entry.deployment, "Delete a log note about a person", "log entry’s event", entry.happened_at, by=by, at=at)


def erase_within_the_limit(
    kind: str, subject: Any, deployment: Deployment, sentence: str, basis_event: str, basis_at: datetime, *, by: Any, at: datetime
) -> None:
    """A clock of what this product holds and deletes itself. Alert data can be preserved where the deployment's edition allows it (D-3, 7.10)."""
    policy = deployment.edition
    open_duty(
        kind=kind,
        subject=subject,
        operation=deployment.operation,
        owner=ON_SITE,
        sentence=sentence,
        basis_event=basis_event,
        basis_at=basis_at,
        limit=policy.limit("alert_data"),
        target=policy.limit("alert_data_target"),
        manner=Manner.ERASURE,
        may_be_held=kind == Kind.ALERT_DATA and policy.allows("alert_data_preservation"),
        link=deployment.get_absolute_url(),
        edition=policy.name,
        by=by,
        at=at,
    )


def move_start(deployment: Deployment, old: datetime | None, *, reason: str, by: Any, at: datetime) -> None:
    """The start was corrected: so are the record's clock and those of the recording that began with it (D-4, D-5, O-12)."""
    assert deployment.live_at
    move(Obligation.objects.about(deployment, Kind.RECORD_TO_AO).first(), deployment.live_at, reason, by=by, at=at)
    for footage in deployment.footage.filter(recorded_at=old):
        footage.recorded_at = deployment.live_at
        footage.save()
        move(Obligation.objects.about(footage, Kind.CCTV).first(), footage.recorded_at, reason, by=by, at=at)
        move(Obligation.objects.about(deployment, TECHNICAL_REVIEW).first(), footage.recorded_at, reason, by=by, at=at)


def move(obligation: Obligation | None, basis_at: datetime, reason: str, *, by: Any, at: datetime) -> None:
    """Reckoned again from the corrected moment (D-5, D-6)."""
    if obligation and obligation.state != State.LIFTED and obligation.basis_at != basis_at:
        rearm(obligation, basis_at=basis_at, reason=reason, by=by, at=at)
