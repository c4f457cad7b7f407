"""Deployments are made from the days that an authority covers: once each, whoever calls, as often as they like."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from audit.acts import Entry, act
from authorisations.models import Authority, Day
from authorisations.states import IN_FORCE
from deployments.models import Deployment, StateChange
from deployments.permissions import DEPLOYMENT
from deployments.services.stopping import stood_down
from deployments.states import RUNNING, Move, Reason, State
from govuk.fields import whole
from operations.permissions import check_sees


@act
def plan(authority: Authority, *, by: Any = None, at: datetime) -> Entry:
    """One deployment for each authorised day. Under a later authority the days that stay keep theirs; those left out are stood down (A-17, O-1)."""
    authority = authority.locked()
    if by is not None:
        check_sees(DEPLOYMENT, by, authority.operation, at)
    made, moved, dropped = 0, 0, 0
    if authority.state in IN_FORCE:
        older = list(Deployment.objects.select_for_update(no_key=True).filter(operation=authority.operation_id).exclude(authority=authority))
        for day in authority.application.days.filter(deployment=None).select_related("place"):
            if (same := same_day(older, day)) is not None:
                older.remove(same)
                move_under(same, authority, day, by=by, at=at)
                moved += 1
            else:
                create(authority, day, by=by, at=at)
                made += 1
        for left in older:
            if left.state == State.PLANNED:
                stood_down(left, reason=Reason.SUPERSEDED, note="", by=by, at=at)
                dropped += 1
    return Entry("deployments.planned", authority, {"made": made, "moved": moved, "stood_down": dropped}, result=planned_under(authority))


def planned_under(authority: Authority) -> list[Deployment]:
    return list(Deployment.objects.filter(authority=authority).order_by("starts_at", "number"))


def is_planned(authority: Authority) -> bool:
    """Whether nothing is left to plan: the page asks this before it calls the act."""
    return not authority.application.days.filter(deployment=None).exists()


def same_day(older: list[Deployment], day: Day) -> Deployment | None:
    """Planned: the same place and start. Running: the same place, and times that meet."""
    for one in older:
        if one.place_id != day.place_id:
            continue
        if one.state == State.PLANNED and one.starts_at == day.starts_at:
            return one
        if one.state in RUNNING and one.starts_at < day.ends_at and day.starts_at < one.ends_at:
            return one
    return None


def move_under(deployment: Deployment, authority: Authority, day: Day, *, by: Any, at: datetime) -> None:
    deployment.authority, deployment.day, deployment.starts_at, deployment.ends_at = authority, day, day.starts_at, day.ends_at
    deployment.policy_edition = authority.application.policy_edition
    deployment.save()
    StateChange.objects.create(deployment=deployment, move=Move.REPLANNED, happened_at=at, entered_at=at, entered_by=by)


def create(authority: Authority, day: Day, *, by: Any, at: datetime) -> Deployment:
    last = Deployment.objects.filter(operation=authority.operation_id).aggregate(last=Max("number"))["last"] or 0
    deployment = Deployment.objects.create(
        operation=authority.operation,
        number=last + 1,
        authority=authority,
        day=day,
        place=day.place,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        policy_edition=authority.application.policy_edition,
        planned_at=at,
        review_minutes=review_minutes(authority),
    )
    StateChange.objects.create(deployment=deployment, move=Move.PLANNED, happened_at=at, entered_at=at, entered_by=by)
    return deployment


def review_minutes(authority: Authority) -> int:
    """The time between Silver's reviews: what the tactical plan says, else what the policy offers (A-11, O-4, 7.6)."""
    command = authority.application.sections.filter(name="command").first()
    said = whole(str(command.answers.get("review_minutes", ""))) if command else None
    return said or authority.application.edition.limit("silver_review").length
