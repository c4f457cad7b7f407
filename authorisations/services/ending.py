"""How an authority ends: by itself at the end of its validity, or cancelled by an Authorising Officer. Either way a report is owed."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Authority, Cancellation
from authorisations.permissions import AUTHORITY
from authorisations.rules.deciding import check_past_end, check_reason, check_reportable
from authorisations.states import IN_FORCE
from obligations.models import Obligation
from obligations.services import discharge, lift, open_duty
from obligations.states import Kind
from operations.models import Operation
from operations.permissions import check_writes
from operations.rules import check_independent
from policy.refusals import NotPermitted

REPORT = "cancellation"
WRITING = Kind.WRITTEN_AFTER_VERBAL


def lift_writing(authority: Authority, *, by: Any, at: datetime) -> None:
    """An authority that has ended needs no writing any more (A-16)."""
    for owed in Obligation.objects.about(authority, WRITING).running():
        lift(owed, reason="the verbal authority has ended", by=by, at=at)


@act
def lapse(authority: Authority, *, by: Any = None, at: datetime) -> Entry:
    """At the end of its validity an authority lapses by itself; the cancellation report is then owed (A-9, A-18, 7.7)."""
    authority = authority.locked()
    check_past_end(authority, at)
    ended_at = authority.ended_at = authority.permits_until
    authority.step("lapse")
    authority.save()
    owe_report(authority, by=by, at=at)
    lift_writing(authority, by=by, at=at)
    tell(
        those_to_tell(authority, at),
        key=f"lapsed:{authority.pk}",
        text=f"{authority.operation.reference}: the authority has ended",
        link=f"/authorities/{authority.pk}/",
        at=at,
        urgent=True,
    )
    return Entry("authority.lapsed", authority, {"ended_at": ended_at}, happened_at=ended_at)


def appointed_to(operation: Operation) -> QuerySet[User]:
    """Everyone who takes part in the operation now."""
    return User.objects.filter(appointments__operation=operation, appointments__ended_at=None, is_active=True).distinct()


def those_to_tell(authority: Authority, at: datetime) -> set[User]:
    """The Authorising Officer; applicant, Gold and Silver; the SRO of the force (A-16)."""
    parts = [Role.APPLICANT, Role.GOLD, Role.SILVER]
    appointed = User.objects.filter(appointments__operation=authority.operation, appointments__ended_at=None, appointments__role__in=parts)
    return {authority.ao, *appointed, *User.objects.holding(Role.SRO, at).filter(force=authority.operation.force)}


def owe_report(authority: Authority, *, by: Any, at: datetime) -> None:
    """The report is owed by whoever gave the authority, from its end on (A-18)."""
    open_duty(
        kind=REPORT,
        subject=authority,
        operation=authority.operation,
        owner=authority.ao,
        sentence="Make the cancellation report",
        basis_event="end of the authority",
        basis_at=authority.ended_at,
        limit=authority.application.edition.limit("cancellation"),
        edition=authority.application.policy_edition,
        link=f"/authorities/{authority.pk}/cancel/",
        by=by,
        at=at,
    )


@act
def cancel(authority: Authority, *, reason: str, done_under: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """An Authorising Officer cancels an authority no longer required, or reports on one that lapsed: when, why, what was done under it (A-18)."""
    authority = authority.locked(version)
    check_writes(AUTHORITY, by, authority.operation, at)
    if by.force_id != authority.operation.force_id:
        raise NotPermitted("A-18", "Only an Authorising Officer of this force can cancel its authority.", clause="7.7")
    check_independent(by, authority.operation)
    check_reason(reason, "Why it is no longer required", "A-18", "7.7")
    check_reason(done_under, "What was done under it", "A-18", "7.7")
    check_reportable(authority, Cancellation.objects.filter(authority=authority).first())
    if authority.state in IN_FORCE:
        authority.step("lapse" if at > authority.permits_until else "cancel")
        authority.ended_at = min(at, authority.permits_until)
        authority.save()
    report = Cancellation.objects.create(authority=authority, reason=reason, done_under=done_under, cancelled_at=at, cancelled_by=by)
    for owed in Obligation.objects.about(authority, REPORT).running():
        discharge(owed, proof="cancellation report made", by=by, at=at)
    lift_writing(authority, by=by, at=at)
    tell(
        those_to_tell(authority, at) | set(appointed_to(authority.operation)),
        key=f"cancelled:{report.pk}",
        text=f"{authority.operation.reference}: the authority has been cancelled",
        link=f"/authorities/{authority.pk}/",
        at=at,
        urgent=True,
    )
    return Entry("authority.cancelled", authority, {"state": authority.state, "reason": reason}, result=report)
