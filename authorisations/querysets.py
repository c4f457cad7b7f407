"""Questions about applications, days and authorities."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.states import Role
from authorisations.states import IN_FORCE, OPEN_TO_EDITING, ApplicationState, AuthorityState
from operations.models import Appointment, Sight

# The applicant, Gold, and whoever writes a section (authorisations.sections): by name, or because it belongs to their part.
READERS_OF_A_DRAFT = [
    *(Role.APPLICANT, Role.AUTHOR, Role.GOLD),
    *(Role.NPT_SUPERVISOR, Role.COMMUNICATIONS, Role.SILVER, Role.WATCHLIST_COMPILER),
]

# To these an authority opens its operation, and they read it (authorisations.permissions.AUTHORITY).
SEEING = frozenset({Role.AO, Role.INFORMATION_MANAGEMENT, Role.DPO, Role.SRO, Role.INSPECTOR})


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """A draft: applicant, authors of its sections, Gold. Once submitted: everyone appointed and every AO of the force (access table)."""
        here = Appointment.objects.in_force().filter(operation=OuterRef("operation"), person=user)
        seen = Q(Exists(here.filter(role__in=READERS_OF_A_DRAFT))) | (Q(submissions__isnull=False) & Q(Exists(here)))
        if Role.AO in user.offices(at):
            seen |= Q(submissions__isnull=False, operation__force=user.force_id)
        return self.filter(seen).distinct() if user.is_active else self.none()

    def waiting_for_ao(self) -> Self:
        return self.filter(state=ApplicationState.SUBMITTED)

    def open_to_editing(self) -> Self:
        return self.filter(state__in=OPEN_TO_EDITING)


class PastResultQuerySet(models.QuerySet):
    def at_places_of(self, application: Any) -> Self:
        """Of the places that an application asks for, the latest first (A-5)."""
        return self.filter(place__in=application.days.values("place")).select_related("place")


class AuthorityQuerySet(models.QuerySet):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """Those of one's own operations; to the offices of the access table, those opened to them. The one entry for lists."""
        if not user.is_active:
            return self.none()
        here = Appointment.objects.in_force().filter(operation=OuterRef("operation"), person=user)
        open_ = Sight.objects.filter(Q(until=None) | Q(until__gte=at), operation=OuterRef("operation"), office__in=SEEING & user.offices(at))
        return self.filter(Q(Exists(here)) | Q(Exists(open_), operation__force=user.force_id))

    def in_force(self, at: datetime) -> Self:
        written = Q(state=AuthorityState.WRITTEN) | Q(state=AuthorityState.VERBAL, written_due_at__gte=at)
        return self.filter(written, valid_from__lte=at, valid_until__gte=at)

    def past_their_end(self, at: datetime) -> Self:
        """To be lapsed: whatever the time that has passed since (a sweep that was down for days finds them all)."""
        ended = Q(state__in=IN_FORCE, valid_until__lt=at) | Q(state=AuthorityState.VERBAL, written_due_at__lt=at)
        return self.filter(ended).order_by("valid_until", "pk")

    def without_report(self) -> Self:
        return self.filter(state__in=[AuthorityState.LAPSED, AuthorityState.CANCELLED], cancellation=None)
