"""Questions about what must be done by when, asked in one place."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q

from accounts.states import OFFICES, Role
from obligations.states import KEEPERS, RUNNING, HoldState, Kind, Manner, State


def identity(subject: models.Model) -> uuid.UUID:
    """The subject's own UUID; for a row with a number, one made from its table and number."""
    if isinstance(subject.pk, uuid.UUID):
        return subject.pk
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{subject._meta.label_lower}:{subject.pk}")


def owed(model: Any, person: Any, offices: Any) -> Q:
    """Begins at the person: their name, their appointments, their offices; so its cost does not grow with the force."""
    owners = model.owners.rel.related_model.objects
    parts = model.objects.filter(
        operation__appointments__person=person,
        operation__appointments__ended_at=None,
        owners__role=F("operation__appointments__role"),
    )
    held = owners.filter(role__in=offices & OFFICES, obligation__force=person.force_id)
    named = owners.filter(person=person)
    return Q(pk__in=named.values("obligation")) | Q(pk__in=parts.values("pk")) | Q(pk__in=held.values("obligation"))


class ObligationQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING, done_at=None)

    def not_ended(self) -> Self:
        """Asked of the moment it was done, not of the state: so a short index answers it on both databases."""
        return self.filter(done_at=None)

    def done(self) -> Self:
        return self.filter(state=State.DISCHARGED)

    def held(self) -> Self:
        return self.filter(state=State.HELD)

    def overdue(self, at: datetime) -> Self:
        """Running and past the limit. At the exact instant the limit is still met."""
        return self.running().filter(due_at__lt=at)

    def due_by(self, moment: datetime) -> Self:
        return self.running().filter(due_at__lte=moment)

    def about(self, subject: Any, kind: str) -> Self:
        """The clock of that kind about that thing: one or none."""
        return self.filter(kind=kind, subject_id=identity(subject))

    def to_carry_out(self, at: datetime, kind: str = "") -> Self:
        """What this product must delete now: due and not held; or begun, and whoever began it has gone silent (D-6). The longest waiting first."""
        kinds = {"kind": kind} if kind else {}
        waiting = self.filter(manner=Manner.ERASURE, state__in=(State.OPEN, State.ERASING), next_attempt_at__lte=at, **kinds)
        return waiting.order_by("next_attempt_at", "pk")

    def owed_by(self, person: Any, at: datetime) -> Self:
        """What is this person's to do: by name, by their part in the operation, or by an office they hold (also what was escalated to them)."""
        return self.filter(owed(self.model, person, person.offices(at)))

    def visible_to(self, person: Any, at: datetime) -> Self:
        """One's own; what may be held of one's operations (anyone appointed may ask); all of the force to Information Management and the DPO;
        what is overdue to the SRO (D-7). The one entry for pages."""
        if not person.is_active:
            return self.none()
        offices = person.offices(at)
        if offices & KEEPERS:
            return self.filter(force=person.force_id)
        seen = owed(self.model, person, offices)
        seen |= Q(may_be_held=True, operation__in=person.appointments.filter(ended_at=None).values("operation"))
        if Role.SRO in offices:
            seen |= Q(force=person.force_id, state__in=RUNNING, due_at__lt=at)
        return self.filter(seen)

    def counts(self, at: datetime) -> list[dict[str, Any]]:
        """By kind: how many run, how many of these are overdue, how many are held, done, and done late."""
        late = Q(state=State.DISCHARGED, done_at__gt=F("due_at"))
        return list(
            self.values("kind")
            .annotate(
                running=Count("pk", filter=Q(state__in=RUNNING)),
                overdue=Count("pk", filter=Q(state__in=RUNNING, due_at__lt=at)),
                held=Count("pk", filter=Q(state=State.HELD)),
                done=Count("pk", filter=Q(state=State.DISCHARGED)),
                late=Count("pk", filter=late),
            )
            .order_by("kind")
        )


class StepQuerySet(models.QuerySet):
    def due(self, at: datetime) -> Self:
        """Steps to fire now. Whatever is due and has not been fired, however long ago: a late step is late, never skipped."""
        return self.filter(fired_at=None, next_at__lte=at, obligation__state__in=RUNNING)


class HoldQuerySet(models.QuerySet):
    def placed(self) -> Self:
        return self.filter(state=HoldState.PLACED)

    def waiting(self) -> Self:
        return self.filter(state=HoldState.ASKED)

    def of_force(self, force_id: str) -> Self:
        return self.filter(obligation__force=force_id)

    def preservations(self) -> Self:
        """Alert data that were preserved, released since or not (D-3)."""
        return self.filter(obligation__kind=Kind.ALERT_DATA, state__in=(HoldState.PLACED, HoldState.RELEASED))
