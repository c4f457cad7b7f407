"""What the day of a deployment asks of a person: Silver, those who work on alerts, the Authorising Officer. Each question is one statement."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from deployments.models import Alert, Breach, Deployment, PerformanceWarning, StateChange
from deployments.rules.window import has_lost_authority
from deployments.states import RUNNING, AlertState, Move, State
from lfr_governance.items import MOST, Item
from operations.models import Appointment

AHEAD = timedelta(days=1)
WAITS_FOR = {
    Role.OPERATOR: (AlertState.RAISED,),
    Role.ENGAGEMENT_OFFICER: (AlertState.PASSED_ON, AlertState.ENGAGING),
}


def on_the_day(user: Any, at: datetime) -> list[Item]:
    return [
        *to_review(user, at),
        *to_answer(user),
        *to_explain(user),
        *to_take_live(user, at),
        *to_store_away(user),
        *alerts_of(user, Role.OPERATOR),
        *alerts_of(user, Role.ENGAGEMENT_OFFICER),
        *breaches(user, at),
    ]


def as_part(user: Any, *roles: Role, of: str = "operation") -> Exists:
    """The person has such a part in the operation now."""
    return Exists(Appointment.objects.in_force().filter(operation=OuterRef(of), person=user, role__in=roles))


def live_now(user: Any, at: datetime) -> QuerySet[Deployment]:
    """What runs, for everyone who may see it; the Authorising Officer's among it."""
    return Deployment.objects.visible_to(user, at).running().select_related("operation", "place").order_by("ends_at", "pk")[:MOST]


def to_review(user: Any, at: datetime) -> list[Item]:
    late = Deployment.objects.review_overdue(at).filter(as_part(user, Role.SILVER)).select_related("operation", "place")[:MOST]
    addresses = [(row, reverse("deployments:add_review", args=[row.pk, "silver"])) for row in late]
    return [Item(f"Review {row.place} – {row}", href, row.review_due_at, runs=True) for row, href in addresses]


def to_answer(user: Any) -> list[Item]:
    open_ = PerformanceWarning.objects.open().filter(as_part(user, Role.SILVER, of="deployment__operation"))
    return [
        Item(
            f"Decide on a warning: {row.get_kind_display()} – {row.deployment}",  # type: ignore[attr-defined]
            reverse("deployments:answer_warning", args=[row.deployment_id, row.pk]),
            since=row.raised_at,
            runs=row.deployment.is_running,
        )
        for row in open_.select_related("deployment__operation").order_by("raised_at")[:MOST]
    ]


def to_explain(user: Any) -> list[Item]:
    owed = StateChange.objects.filter(as_part(user, Role.SILVER, of="deployment__operation"), move__in=(Move.SUSPENDED, Move.TERMINATED), reason="")
    return [
        Item(
            f"Say why it was {row.get_move_display().lower()} – {row.deployment}",  # type: ignore[attr-defined]
            reverse("deployments:reason", args=[row.deployment_id, row.pk]),
            since=row.happened_at,
            runs=row.deployment.is_running,
        )
        for row in owed.select_related("deployment__operation").order_by("happened_at")[:MOST]
    ]


def to_take_live(user: Any, at: datetime) -> list[Item]:
    """Within a day of the start; what nobody took live, or what has lost its authority (A-18), until it is stood down or recorded."""
    near = Deployment.objects.filter(as_part(user, Role.SILVER), Q(starts_at__lte=at + AHEAD) | Q(authority__ended_at__lt=at), state=State.PLANNED)
    found = near.select_related("operation", "place", "authority__application").order_by("starts_at", "pk")[:MOST]
    return [Item(f"{asked} – {row.place}, {row}", href, starts_at=row.starts_at) for row in found for asked, href in [asked_of_silver(row, at)]]


def asked_of_silver(planned: Deployment, at: datetime) -> tuple[str, str]:
    if has_lost_authority(planned, at):
        return "The authority has ended: stand it down", planned.get_absolute_url()
    if planned.ends_at < at:
        return "Nobody took it live: stand it down or record it", planned.get_absolute_url()
    return "Check for go-live", reverse("deployments:go_live", args=[planned.pk])


def to_store_away(user: Any) -> list[Item]:
    """Each break between two days logs where media and kit are kept, away from the vans, and by whom (O-7, 7.6)."""
    owed = Deployment.objects.between_days().filter(as_part(user, Role.SILVER)).select_related("operation").order_by("ended_at", "pk")[:MOST]
    return [
        Item(
            f"Log where media and kit are kept until the next day – {row}",
            reverse("deployments:add_entry", args=[row.pk]),
            since=row.ended_at,
        )
        for row in owed
    ]


def alerts_of(user: Any, role: Role) -> list[Item]:
    """One line a deployment, however many alerts wait in it."""
    mine = Alert.objects.filter(as_part(user, role, of="deployment__operation"), state__in=WAITS_FOR[role])
    waiting = mine.values("deployment", "deployment__operation__reference", "deployment__number", "deployment__state").annotate(
        number=Count("pk"), oldest=Min("raised_at")
    )
    return [
        Item(
            f"{row['number']} alert{'' if row['number'] == 1 else 's'} wait{'s' if row['number'] == 1 else ''} for the {role.label}"
            f" – {row['deployment__operation__reference']}/{row['deployment__number']}",
            reverse("deployments:alerts", args=[row["deployment"]]),
            since=row["oldest"],
            runs=row["deployment__state"] in RUNNING,
        )
        for row in waiting.order_by("deployment")[:MOST]
    ]


def breaches(user: Any, at: datetime) -> list[Item]:
    """What the Authorising Officer has to deal with: of authorities they gave, or that nobody in that office gave (O-11)."""
    if Role.AO not in user.offices(at):
        return []
    theirs = Q(deployment__authority__ao=user) | ~Q(deployment__authority__ao__in=User.objects.holding(Role.AO, at))
    open_ = Breach.objects.open().of_force(user.force_id).filter(theirs).select_related("deployment__operation").order_by("happened_at")[:MOST]
    return [
        Item(
            f"Deal with a breach: {row.sentence} – {row.deployment}",
            reverse("deployments:answer_breach", args=[row.deployment_id, row.pk]),
        )
        for row in open_
    ]
