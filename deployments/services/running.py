"""Going live and on again: permission, which is withheld while anything is missing. And recording that it ran without."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from deployments.checklist import check_ready
from deployments.models import Deployment, Footage, Media, StateChange
from deployments.permissions import DEPLOYMENT, check_still_may, people_of
from deployments.rules.moments import event_time
from deployments.rules.saying import check_said
from deployments.rules.window import is_covered, is_within_slip
from deployments.services.clocks import owe_footage, owe_record
from deployments.services.flags import note_breach
from deployments.states import BreachKind, MediaKind, Move, State
from operations.permissions import check_writes
from policy.refusals import RuleBroken

ALL_CAMERAS = "All cameras"
LFR_SYSTEM = "LFR system"


def step_of(deployment: Deployment, move: str, *, happened_at: datetime, by: Any, at: datetime, **said: Any) -> StateChange:
    return StateChange.objects.create(deployment=deployment, move=move, happened_at=happened_at, entered_at=at, entered_by=by, **said)


def reviewed_from(deployment: Deployment, moment: datetime) -> None:
    """Silver's next review is due so many minutes from then (O-4, 7.6)."""
    deployment.review_due_at = moment + timedelta(minutes=deployment.review_minutes)


@act
def go_live(deployment: Deployment, *, reason: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """Silver takes it live once every point of the check is met; a slip beside the authorised times is Silver's, with the reason (O-1, A-17, 5.1)."""
    deployment = deployment.locked(version)
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    check_still_may(by, Role.SILVER, deployment.ends_at, at)
    check_planned(deployment)
    check_ready(deployment, at, reason)
    begin(deployment, live_at=at, note=reason, by=by, at=at)
    return Entry("deployment.live", deployment, {"threshold": deployment.threshold, "reason": reason})


def check_planned(deployment: Deployment) -> None:
    if deployment.state == State.SUSPENDED:
        raise RuleBroken("O-1", "This deployment is suspended.", clause="7.5", remedy="Resume it.")
    if deployment.state != State.PLANNED:
        deployment.step("go_live")  # says in which state it is


def begin(deployment: Deployment, *, live_at: datetime, note: str, by: Any, at: datetime) -> None:
    """Live: the day's clocks start, and Silver's reviews."""
    deployment.step("go_live")
    deployment.live_at = live_at
    reviewed_from(deployment, live_at)
    deployment.save()
    step_of(deployment, Move.WENT_LIVE, happened_at=live_at, by=by, at=at, note=note)
    footage = Footage.objects.create(
        deployment=deployment, name=ALL_CAMERAS, held_by="The LFR system and its cameras", recorded_at=live_at, added_at=at, added_by=by
    )
    carry_list_in_system(deployment, by=by, at=at)
    owe_footage(footage, by=by, at=at)
    owe_record(deployment, by=by, at=at)


def carry_list_in_system(deployment: Deployment, *, by: User, at: datetime) -> None:
    """The list in the LFR system is a holding of its own, with the same clock as what brought it there (7.9b)."""
    if not deployment.media.filter(kind=MediaKind.SYSTEM).exists():
        asset = deployment.assets.select_related("operator").first()
        custodian = asset.operator if asset else by
        Media.objects.create(
            deployment=deployment,
            kind=MediaKind.SYSTEM,
            serial=LFR_SYSTEM,
            custodian=custodian,
            loaded_at=deployment.live_at,
            recorded_at=at,
            recorded_by=by,
        )


@act
def went_live(deployment: Deployment, *, live_at: datetime | None = None, reason: str, by: User, at: datetime) -> Entry:
    """It went live, or on again, without this check: a fact, accepted and flagged (O-11)."""
    deployment = deployment.locked()
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    check_said(reason, "O-11", "5.1", "How it came about")
    moment = event_time(live_at, at)
    if deployment.state != State.SUSPENDED:
        begin(deployment, live_at=moment, note=reason, by=by, at=at)
    else:
        run_on(deployment, happened_at=moment, note=reason, by=by, at=at)
    note_breach(deployment, kind=BreachKind.UNCHECKED, sentence=BreachKind.UNCHECKED.label, happened_at=moment, by=by, at=at)
    if not is_within_slip(deployment, moment):
        note_breach(deployment, kind=BreachKind.OUTSIDE_WINDOW, sentence=BreachKind.OUTSIDE_WINDOW.label, happened_at=moment, by=by, at=at)
    if not is_covered(deployment, moment):
        note_breach(deployment, kind=BreachKind.NO_AUTHORITY, sentence=BreachKind.NO_AUTHORITY.label, happened_at=moment, by=by, at=at)
    return Entry("deployment.went_live", deployment, {"reason": reason}, happened_at=moment)


@act
def resume(deployment: Deployment, *, reason: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Silver resumes, with a reason, after the points affected have been answered again (O-3, 7.5)."""
    deployment = deployment.locked(version)
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    check_still_may(by, Role.SILVER, deployment.ends_at, at)
    if deployment.state != State.SUSPENDED:
        deployment.step("resume")  # says in which state it is
    check_said(reason, "O-3", "7.5", "Why it can go on")
    check_reason_given(deployment)
    check_ready(deployment, at, reason, to="go on")
    run_on(deployment, happened_at=at, note=reason, by=by, at=at)
    tell(
        people_of(deployment.operation, Role.GOLD),
        key=f"resumed:{deployment.pk}:{deployment.version}",
        text=f"{deployment}: resumed",
        link=deployment.get_absolute_url(),
        at=at,
    )
    return Entry("deployment.resumed", deployment, {"reason": reason})


def check_reason_given(deployment: Deployment) -> None:
    """Why it was suspended decides what must be looked at again (7.5)."""
    if any(change.owes_reason for change in deployment.changes.filter(move=Move.SUSPENDED)):
        raise RuleBroken("O-3", "The reason for the suspension has not been given.", clause="7.5", remedy="Give the reason first.")


def run_on(deployment: Deployment, *, happened_at: datetime, note: str, by: Any, at: datetime) -> None:
    deployment.step("resume")
    reviewed_from(deployment, happened_at)
    deployment.save()
    step_of(deployment, Move.RESUMED, happened_at=happened_at, by=by, at=at, note=note)
