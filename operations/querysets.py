"""Who sees which operation: the one entry for pages, API and exports."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class OperationQuerySet(models.QuerySet):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """Operations that the person is appointed to, or that an act has opened to them or to an office they hold."""
        if not user.is_active:
            return self.none()
        appointed = user.appointments.model.objects.in_force().filter(operation=OuterRef("pk"), person=user)
        return self.filter(Exists(appointed) | Exists(sights_of(self.model, user, at)))

    def with_part_of(self, person: Any) -> Self:
        """Operations in which the person has, or had, a part: opened, appointed to, or wrote part of the application (P-3, 4.1)."""
        model: Any = self.model
        ties = model.ties.rel.related_model
        appointed = person.appointments.model.objects.filter(operation=OuterRef("pk"), person=person)
        wrote = ties.objects.filter(operation=OuterRef("pk"), person=person, kind=ties.Kind.CONTRIBUTED)
        return self.filter(Q(opened_by=person) | Exists(appointed) | Exists(wrote))


def sights_of(model: Any, user: Any, at: datetime) -> Any:
    offices = Q(office__in=user.offices(at), operation__force=user.force_id)
    return model.sights.rel.related_model.objects.filter(offices | Q(person=user), Q(until=None) | Q(until__gte=at), operation=OuterRef("pk"))


class AppointmentQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at=None)
