"""What awaits a person: read from every floor, the most urgent first. Each question is one statement."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import RoleGrant
from accounts.states import Role
from authorisations.models import Application, Section
from authorisations.states import ApplicationState
from lfr_governance.awaiting_afterwards import afterwards
from lfr_governance.awaiting_on_the_day import on_the_day
from lfr_governance.items import MOST, Item
from obligations.models import Obligation
from obligations.states import Manner
from operations.models import Operation


def mine(user: Any, at: datetime) -> list[Item]:
    """What is this person's to do."""
    items = [
        *on_the_day(user, at),
        *duties(user, at),
        *to_decide(user, at),
        *to_mend(user, at),
        *afterwards(user, at),
        *to_write(user, at),
        *to_confirm(user, at),
    ]
    return sorted(items, key=lambda item: item.urgency)


def duties(user: Any, at: datetime) -> list[Item]:
    """What this product deletes by itself awaits nobody, unless it is late."""
    owed = Obligation.objects.owed_by(user, at).running().exclude(manner=Manner.ERASURE, due_at__gte=at)
    return [
        Item(f"{row.sentence}{f' – {row.operation.reference}' if row.operation else ''}", address(row, user), row.due_at)
        for row in owed.select_related("operation").prefetch_related("owners").order_by("due_at", "pk")[:MOST]
    ]


def address(duty: Obligation, user: Any) -> str:
    """Where it is done; for one to whom it was only escalated, its clock, which says whose it is."""
    direct = any(owner.escalated_at is None and owner.person_id in (None, user.pk) for owner in duty.owners.all())
    return duty.link if direct and duty.link else f"/clocks/{duty.pk}/"


def to_decide(user: Any, at: datetime) -> list[Item]:
    if Role.AO not in user.offices(at):
        return []
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED, operation__force=user.force_id).exclude(
        operation__appointments__person=user
    )
    return [
        Item(
            f"Decide on {row.operation.reference} {row.operation.title}",
            reverse("authorisations:deciding", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in waiting.select_related("operation").distinct().order_by("started_at")[:MOST]
    ]


def to_mend(user: Any, at: datetime) -> list[Item]:
    open_ = Application.objects.open_to_editing().filter(applicant=user).select_related("operation").order_by("started_at")[:MOST]
    words = {ApplicationState.DRAFT: "Complete and submit", ApplicationState.RETURNED: "Returned for more: mend and submit again"}
    return [
        Item(
            f"{words[row.state]} {row.operation.reference} {row.operation.title}",
            reverse("authorisations:application", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in open_
    ]


def to_write(user: Any, at: datetime) -> list[Item]:
    handed = Section.objects.filter(author=user, saved_at=None, application__state__in=[ApplicationState.DRAFT, ApplicationState.RETURNED])
    return [
        Item(f"Write a section of {row.application.operation.reference}", reverse("authorisations:section", args=[row.application_id, row.name]))
        for row in handed.select_related("application__operation")[:MOST]
    ]


def to_confirm(user: Any, at: datetime) -> list[Item]:
    if Role.SYSTEM_ADMINISTRATOR not in user.offices(at):
        return []
    waiting = RoleGrant.objects.waiting_for_confirmation().exclude(granted_by=user).exclude(person=user).select_related("person")[:MOST]
    return [
        Item(f"Confirm a role of {row.person.name}: {row.get_role_display()}", reverse("accounts:person", args=[row.person_id])) for row in waiting
    ]


def others(user: Any, at: datetime) -> list[Item]:
    """What this person waits for others to do."""
    waiting = Application.objects.filter(applicant=user, state=ApplicationState.SUBMITTED).select_related("operation").order_by("started_at")[:MOST]
    return [
        Item(
            f"An Authorising Officer decides on {row.operation.reference} {row.operation.title}",
            reverse("authorisations:application", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in waiting
    ]


def operations(user: Any, at: datetime) -> list[Operation]:
    return list(Operation.objects.filter(appointments__person=user, appointments__ended_at=None).distinct().order_by("-opened_at", "-pk")[:MOST])
