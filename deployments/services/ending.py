"""The end of the day's deployment: concluded, counted as concluded, corrected. The clocks that run from it start here (D-2, 7.9b)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.services.past import record_past_result
from deployments.counts import figures_of
from deployments.models import Deployment, StateChange
from deployments.permissions import DEPLOYMENT, people_of
from deployments.rules.moments import check_after, event_time
from deployments.rules.saying import check_said
from deployments.rules.window import durations, is_covered, lost_authority_at, slip
from deployments.services.clocks import ENDED, move_start, owe_media, owe_technical_review
from deployments.services.counting import read_faces
from deployments.services.flags import note_breach
from deployments.states import BreachKind, Move
from operations.permissions import check_writes
from policy.refusals import RuleBroken

COUNTED = "Nobody concluded it: counted as concluded at the end authorised"


@act
def conclude(
    deployment: Deployment,
    *,
    ended_at: datetime | None = None,
    note: str = "",
    faces: int | None = None,
    method: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Silver concludes the day's deployment; beyond the authorised end, within the slip, with the reason (O-3, 7.3).

    `faces`, `method`: the system's counter as last read, where it is said with the end.
    """
    deployment = deployment.locked(version)
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    moment = event_time(ended_at, at)
    check_after(moment, deployment.live_at, "go-live")
    finish(deployment, "conclude", ended_at=moment, reason=note, by=by, at=at)
    StateChange.objects.create(deployment=deployment, move=Move.CONCLUDED, happened_at=moment, entered_at=at, entered_by=by, note=note)
    if faces is not None:
        deployment = read_faces(deployment, count=faces, method=method, read_at=moment, by=by, at=at)
    tell_result(deployment, by=by, at=at)
    return Entry("deployment.concluded", deployment, {"note": note}, happened_at=moment)


def finish(deployment: Deployment, step: str, *, ended_at: datetime, reason: str, by: Any, at: datetime) -> None:
    """Ended at that moment. One that was counted as concluded keeps its state and takes the true moment."""
    counted, deployment.counted_as_concluded = deployment.counted_as_concluded, False
    if not counted:
        deployment.step(step)
    deployment.ended_at, deployment.review_due_at = ended_at, None
    deployment.save()
    owe_media(deployment, basis_at=ended_at, basis_event=ENDED, by=by, at=at)
    owe_technical_review(deployment, by=by, at=at)
    flag_end(deployment, reason, by=by, at=at)


def tell_result(deployment: Deployment, *, is_accepted: bool = False, by: Any, at: datetime) -> None:
    """What came of it, for the next application at this place (A-5, A-12, 5.8)."""
    figures, (_, net) = figures_of(deployment), durations(deployment, at)
    record_past_result(
        deployment.place,
        key=deployment.register_id,
        reference=str(deployment),
        operation=deployment.operation,
        began_at=deployment.live_at,
        lasted=net,
        counts={"alerts": figures.alerts, "positive": figures.positive, "false": figures.false, "outcomes": figures.policing_outcomes},
        faces=figures.faces,
        is_accepted=is_accepted,
        by=by,
        at=at,
    )


def flag_end(deployment: Deployment, reason: str, *, by: Any, at: datetime) -> None:
    """It went on too long, or without authority: a fact, accepted and flagged (O-11)."""
    ended_at = deployment.ended_at
    assert ended_at
    if ended_at > deployment.ends_at + slip(deployment) or (ended_at > deployment.ends_at and not reason.strip()):
        flag_once(deployment, BreachKind.OVERRUN, ended_at, by=by, at=at)
    if not is_covered(deployment, ended_at) and ended_at > lost_authority_at(deployment):
        flag_once(deployment, BreachKind.NO_AUTHORITY, lost_authority_at(deployment), by=by, at=at)


def flag_once(deployment: Deployment, kind: BreachKind, happened_at: datetime, *, by: Any, at: datetime) -> None:
    if not deployment.breaches.filter(kind=kind).exists():
        note_breach(deployment, kind=kind, sentence=kind.label, happened_at=happened_at, by=by, at=at)


@act
def count_as_concluded(deployment: Deployment, *, by: Any = None, at: datetime) -> Entry:
    """A deployment that nobody concludes counts as concluded at the end authorised; its clocks run from then (D-2)."""
    deployment = deployment.locked()
    if not deployment.is_running or at <= deployment.ends_at + slip(deployment):
        raise RuleBroken("O-3", "It is not yet to be counted as concluded.", clause="7.3")
    finish(deployment, "conclude", ended_at=deployment.ends_at, reason=COUNTED, by=by, at=at)
    deployment.counted_as_concluded = True
    deployment.save()
    StateChange.objects.create(deployment=deployment, move=Move.CONCLUDED, happened_at=deployment.ends_at, entered_at=at, entered_by=by, note=COUNTED)
    tell_result(deployment, by=by, at=at)
    tell(
        people_of(deployment.operation, Role.SILVER),
        key=f"counted:{deployment.pk}",
        text=f"{deployment}: counted as concluded; correct the time if it ended otherwise",
        link=deployment.get_absolute_url(),
        at=at,
        urgent=True,
    )
    return Entry("deployment.counted_as_concluded", deployment, {}, happened_at=deployment.ends_at)


@act
def wipe_though_never_begun(deployment: Deployment, *, by: Any = None, at: datetime) -> Entry:
    """Nobody took it live or stood it down: what carried its watchlist is wiped all the same, counted from the end authorised (D-2, 7.9b)."""
    deployment = deployment.locked()
    owe_media(deployment, basis_at=deployment.ends_at, basis_event="end authorised", by=by, at=at)
    tell(
        people_of(deployment.operation, Role.SILVER),
        key=f"never-begun:{deployment.pk}",
        text=f"{deployment}: nobody took it live; stand it down, or record that it ran",
        link=deployment.get_absolute_url(),
        at=at,
    )
    return Entry("deployment.never_begun", deployment)


@act
def correct_times(
    deployment: Deployment,
    *,
    live_at: datetime | None = None,
    ended_at: datetime | None = None,
    reason: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Silver puts right when it went live or ended; the clocks that run from these moments move, old and new stand in the trail (D-5, D-6)."""
    deployment = deployment.locked(version)
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    check_said(reason, "D-6", "7.9", "Why the time is corrected")
    check_correctable(deployment, live_at, ended_at)
    old = moments(deployment)
    if live_at:
        deployment.live_at = event_time(live_at, at)
    if ended_at:
        deployment.ended_at, deployment.counted_as_concluded = event_time(ended_at, at), False
    check_after(deployment.ended_at or at, deployment.live_at, "go-live")
    deployment.save()
    StateChange.objects.create(deployment=deployment, move=Move.CORRECTED, happened_at=at, entered_at=at, entered_by=by, note=reason)
    if live_at:
        move_start(deployment, old["live_at"], reason=reason, by=by, at=at)
    if ended_at and deployment.ended_at:
        owe_media(deployment, basis_at=deployment.ended_at, basis_event=ENDED, by=by, at=at)
        flag_end(deployment, reason, by=by, at=at)
    if deployment.ended_at:
        tell_result(deployment, by=by, at=at)
    return Entry("deployment.times_corrected", deployment, {"old": old, "new": moments(deployment), "reason": reason})


def moments(deployment: Deployment) -> dict[str, datetime | None]:
    return {"live_at": deployment.live_at, "ended_at": deployment.ended_at}


def check_correctable(deployment: Deployment, live_at: datetime | None, ended_at: datetime | None) -> None:
    if live_at is None and ended_at is None:
        raise RuleBroken("D-6", "Nothing is corrected.", clause="7.3", remedy="Enter the time at which it went live or ended.")
    if (live_at and not deployment.live_at) or (ended_at and not deployment.ended_at):
        label = deployment.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken("D-6", f"This deployment is {label}: it has no such time yet.", clause="7.3", remedy="Record it first.")
