"""Questions about deployments, alerts, logs and what is flagged."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.states import Role
from authorisations.models import Authority, Day
from authorisations.states import AuthorityState
from deployments.states import ENDED, FALSE, RUNNING, AlertState, LogKind, State
from obligations.models import Obligation
from obligations.states import Kind
from operations.models import Appointment, Sight

# Offices that see a deployment once an act has opened the operation to them (access table).
SEEING = (Role.AO, Role.SRO)


class DeploymentQuerySet(models.QuerySet):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """Those of one's own operations; to Authorising Officers and the SRO of the force, those opened to them. The one entry for lists."""
        if not user.is_active:
            return self.none()
        here = Appointment.objects.in_force().filter(operation=OuterRef("operation"), person=user)
        seen = Q(Exists(here))
        if offices := [role for role in SEEING if role in user.offices(at)]:
            open_ = Sight.objects.filter(Q(until=None) | Q(until__gte=at), operation=OuterRef("operation"), office__in=offices)
            seen |= Q(Exists(open_), operation__force=user.force_id)
        return self.filter(seen)

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def past_their_end(self, at: datetime) -> Self:
        """Begun, and past the end authorised, however long ago."""
        return self.running().filter(ends_at__lt=at).order_by("ends_at", "pk")

    def never_begun(self, at: datetime) -> Self:
        return self.filter(state=State.PLANNED, ends_at__lt=at).order_by("ends_at", "pk")

    def holding_media_without_clock(self) -> Self:
        """Something carried its watchlist, and no clock runs for that yet."""
        media: Any = self.model._meta.get_field("media").related_model
        clocked = Obligation.objects.filter(kind__in=(Kind.WATCHLIST_MEDIA, Kind.WATCHLIST_SYSTEM)).values("subject_id")
        return self.filter(Exists(media.objects.filter(deployment=OuterRef("pk")).exclude(pk__in=clocked)))

    def between_days(self) -> Self:
        """Over, with a further day planned, and nobody has logged where media and kit are kept between the two (O-7)."""
        later = self.model._default_manager.filter(operation=OuterRef("operation"), state=State.PLANNED, starts_at__gt=OuterRef("ended_at"))
        logs: Any = self.model._meta.get_field("log_entries").related_model
        stored = logs.objects.filter(deployment=OuterRef("pk"), kind=LogKind.STORED_AWAY, happened_at__gte=OuterRef("ended_at"))
        return self.filter(Exists(later), ~Exists(stored), state__in=ENDED)

    def review_overdue(self, at: datetime) -> Self:
        """Live, and Silver's review is late (O-4)."""
        return self.filter(state=State.LIVE, review_due_at__lt=at).order_by("review_due_at", "pk")


class AlertQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.exclude(state=AlertState.CLOSED)

    def waiting_since(self, moment: datetime) -> Self:
        """No Operator has judged them, and they were raised before that moment (O-6)."""
        return self.filter(state=AlertState.RAISED, raised_at__lt=moment)

    def false(self) -> Self:
        return self.filter(result__in=FALSE)


class LogEntryQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """The latest first, as a log is read on the day."""
        return self.order_by("-happened_at", "-entered_at", "-pk")


class FlagQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def of_force(self, force_id: str) -> Self:
        return self.filter(deployment__operation__force=force_id)


def authorised_days(user: Any, at: datetime) -> QuerySet[Day]:
    """The days that the person may see, each with the authority it stands under. What a later version replaced is left out (A-17)."""
    given = Authority.objects.visible_to(user, at).exclude(state=AuthorityState.SUPERSEDED)
    under = Prefetch("application__authorities", given.select_related("ao"), to_attr="under")
    return Day.objects.filter(application__in=given.values("application")).select_related("place", "application__operation").prefetch_related(under)
