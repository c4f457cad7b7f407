"""Stopping: at once, by anyone appointed on Silver's order, with nothing in the way (O-3, 7.4, 7.5). And standing down before it began."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from deployments.models import Deployment, StateChange
from deployments.permissions import DEPLOYMENT, STOP, check_own_hand, is_silver, people_of
from deployments.rules.moments import event_time
from deployments.services.clocks import owe_media
from deployments.services.ending import finish, tell_result
from deployments.states import ENDED, Move, Reason, State
from operations.permissions import check_writes
from policy.refusals import RuleBroken


@act
def suspend(deployment: Deployment, *, reason: str = "", note: str = "", happened_at: datetime | None = None, by: User, at: datetime) -> Entry:
    """Suspend at once; the reason may follow. Pressed again, nothing changes (O-3, 7.5)."""
    deployment = deployment.locked()
    found = check_writes(STOP, by, deployment.operation, at)
    if deployment.state in (State.SUSPENDED, *ENDED):
        return Entry("deployment.stop_pressed_again", deployment, {"state": deployment.state})
    check_begun(deployment)
    deployment.step("suspend")
    deployment.review_due_at = None
    deployment.save()
    change = stop(deployment, Move.SUSPENDED, reason, note, not is_silver(found), event_time(happened_at, at), by=by, at=at)
    tell_of_stop(deployment, change, "suspended", by=by, at=at)
    return Entry("deployment.suspended", deployment, {"reason": reason, "on_order": change.on_order}, happened_at=change.happened_at)


@act
def terminate(deployment: Deployment, *, reason: str = "", note: str = "", happened_at: datetime | None = None, by: User, at: datetime) -> Entry:
    """End it at once; the reason may follow. Where it was only counted as concluded it ended now (O-3, 7.5)."""
    deployment = deployment.locked()
    found = check_writes(STOP, by, deployment.operation, at)
    moment = max(event_time(happened_at, at), deployment.live_at or at)
    if deployment.state in ENDED and not deployment.counted_as_concluded:
        return Entry("deployment.stop_pressed_again", deployment, {"state": deployment.state})
    check_begun(deployment)
    change = stop(deployment, Move.TERMINATED, reason, note, not is_silver(found), moment, by=by, at=at)
    finish(deployment, "terminate", ended_at=moment, reason=note or "Terminated", by=by, at=at)
    tell_result(deployment, by=by, at=at)
    tell_of_stop(deployment, change, "terminated", by=by, at=at)
    return Entry("deployment.terminated", deployment, {"reason": reason, "on_order": change.on_order}, happened_at=moment)


def check_begun(deployment: Deployment) -> None:
    """What has not begun is stood down, not stopped."""
    if deployment.state in (State.PLANNED, State.STOOD_DOWN):
        label = deployment.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken(
            "O-3",
            f"This deployment is {label}: nothing of it is running.",
            clause="7.5",
            remedy="Stand it down. If it did run, record first that it went live.",
        )


def stop(deployment: Deployment, move: str, reason: str, note: str, on_order: bool, happened_at: datetime, *, by: User, at: datetime) -> StateChange:
    given = {"reason": Reason(reason), "note": note, "reason_given_at": at, "reason_given_by": by} if reason else {"note": note}
    return StateChange.objects.create(
        deployment=deployment, move=move, happened_at=happened_at, entered_at=at, entered_by=by, on_order=on_order, **given
    )


def tell_of_stop(deployment: Deployment, change: StateChange, done: str, *, by: User, at: datetime) -> None:
    """Gold, Silver and the Authorising Officer hear of it at once."""
    people = {deployment.authority.ao, *people_of(deployment.operation, Role.SILVER, Role.GOLD)}
    tell(people - {by}, key=f"stop:{change.pk}", text=f"{deployment}: {done}", link=deployment.get_absolute_url(), at=at, urgent=True)


@act
def give_reason(change: StateChange, *, reason: str, note: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """The reason of a stop, given afterwards by Silver, or by whoever pressed (O-3, 7.5)."""
    change = change.locked(version)
    found = check_writes(STOP, by, change.deployment.operation, at)
    if not is_silver(found) and change.entered_by is not None:
        check_own_hand(by, change.entered_by, found)
    if not change.owes_reason:
        raise RuleBroken("O-3", "The reason has been given.", clause="7.5", remedy="Add what is missing to your log.")
    change.reason, change.reason_given_at, change.reason_given_by = Reason(reason), at, by
    change.note = note or change.note
    change.save()
    return Entry("deployment.reason_given", change, {"move": change.move, "reason": reason})


@act
def stand_down(deployment: Deployment, *, reason: str, note: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """Silver calls it off, or postpones it, before it begins (O-3, 7.5). A postponed one needs its new day authorised."""
    deployment = deployment.locked(version)
    check_writes(DEPLOYMENT, by, deployment.operation, at)
    if not reason:
        raise RuleBroken("O-3", "Standing down needs a reason.", clause="7.5", remedy="Choose one.")
    stood_down(deployment, reason=Reason(reason), note=note, by=by, at=at)
    return Entry("deployment.stood_down", deployment, {"reason": reason})


def stood_down(deployment: Deployment, *, reason: Reason, note: str, by: Any, at: datetime) -> None:
    """Whatever carried its watchlist already is wiped in time all the same (7.9b)."""
    deployment.step("stand_down")
    deployment.save()
    StateChange.objects.create(deployment=deployment, move=Move.STOOD_DOWN, happened_at=at, entered_at=at, entered_by=by, reason=reason, note=note)
    owe_media(deployment, basis_at=at, basis_event="deployment stood down", by=by, at=at)
