"""Questions about papers, records, actions and publications."""

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.states import Role
from authorisations.models import Cancellation, Decision
from authorisations.states import GIVES_AUTHORITY
from deployments.models import Deployment
from deployments.states import ENDED
from obligations.models import Certificate
from operations.models import Appointment, Sight
from reporting.states import IN_THE_MAKING, PUBLIC, PaperKind, PublicationState, RecordState


class PaperQuerySet(models.QuerySet):
    def without_pdf(self) -> Self:
        """For pages that name a paper and do not serve it."""
        return self.defer("pdf")

    def settled(self, at: datetime) -> Self:
        """Made; or somebody is at it; or it failed and its next attempt lies ahead."""
        return self.filter(Q(made_at__isnull=False) | Q(next_attempt_at__gt=at))

    def of(self, kind: str, subject_id: Any) -> Self:
        return self.filter(kind=kind, subject_id=subject_id)


def to_be_made(papers: PaperQuerySet, at: datetime, limit: int) -> list[tuple[PaperKind, Any]]:
    """Decisions that gave authority, cancellation reports, records submitted, packs, certificates asked for, without a paper; the oldest first (D-6).

    What was disposed of is not printed any more (A-19).
    """

    def waiting(kind: PaperKind, subjects: Any, moment: str, operation: str = "") -> list[tuple[PaperKind, Any]]:
        settled = papers.settled(at).filter(kind=kind, subject_id=OuterRef("pk"))
        kept = subjects.filter(~Exists(settled), **({f"{operation}__disposed_at": None} if operation else {}))
        return [(kind, subject) for subject in kept.order_by(moment, "pk")[:limit]]

    decisions = Decision.objects.filter(outcome__in=GIVES_AUTHORITY).select_related("authority__operation__force", "submission__application")
    reports = Cancellation.objects.select_related("authority__operation__force", "authority__application", "authority__ao", "cancelled_by")
    records = apps.get_model("reporting", "RecordSubmission").objects.select_related("record__deployment", "submitted_by")
    # Only where somebody has asked: its row is there, and nothing made yet.
    asked = papers.filter(kind=PaperKind.CERTIFICATE, made_at=None).values("subject_id")
    certificates = Certificate.objects.filter(pk__in=asked).select_related(
        "obligation__force", "obligation__operation", "attested_by", "confirmed_by"
    )
    return (
        waiting(PaperKind.WRITTEN_AUTHORITY, decisions, "decided_at", "authority__operation")
        + waiting(PaperKind.CANCELLATION, reports, "cancelled_at", "authority__operation")
        + waiting(PaperKind.RECORD, records, "submitted_at", "record__deployment__operation")
        + waiting(PaperKind.PACK, apps.get_model("reporting", "Pack").objects.all(), "prepared_at")
        + waiting(PaperKind.CERTIFICATE, certificates, "certified_at")
    )


# Offices that see records once an act has opened the operation to them (access table).
SEEING = (Role.AO, Role.SRO, Role.ANALYST)


def seen_by(user: Any, at: datetime, operation: str) -> Q:
    """Of one's own operations and those opened to one (a debrief's chair); to the offices above, of their force. `operation`: the way to it."""
    here = Appointment.objects.in_force().filter(person=user).values("operation")
    open_ = Sight.objects.filter(Q(until=None) | Q(until__gte=at))
    seen = Q(**{f"{operation}__in": here}) | Q(**{f"{operation}__in": open_.filter(person=user).values("operation")})
    if offices := [role for role in SEEING if role in user.offices(at)]:
        seen |= Q(**{f"{operation}__in": open_.filter(office__in=offices).values("operation"), f"{operation}__force": user.force_id})
    return seen


class RecordQuerySet(models.QuerySet):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """The one entry for lists of records."""
        return self.filter(seen_by(user, at, "deployment__operation")) if user.is_active else self.none()

    def submitted(self) -> Self:
        return self.filter(state=RecordState.SUBMITTED)


def ended_deployments(user: Any, at: datetime) -> Any:
    """Deployments that have ended and whose records the person may see, with a record or still without."""
    return Deployment.objects.filter(seen_by(user, at, "operation"), state__in=ENDED) if user.is_active else Deployment.objects.none()


def without_record() -> Any:
    """Deployments that took place and have no record yet, the oldest first, whatever time has passed (R-1, D-6)."""
    return Deployment.objects.filter(state__in=ENDED, record=None).order_by("ended_at", "pk")


class ActionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def overdue(self, at: datetime) -> Self:
        return self.open().filter(due_at__lt=at)


class PublicationQuerySet(models.QuerySet):
    def of_analyst(self, user: Any, at: datetime) -> Self:
        """All of the force, to whoever is Reporting Analyst of it. The one entry for the analysts' pages."""
        return self.filter(force=user.force_id) if user.is_active and Role.ANALYST in user.offices(at) else self.none()

    def in_the_making(self) -> Self:
        return self.filter(state__in=IN_THE_MAKING)

    def in_force(self) -> Self:
        """What the public reads now: the latest edition of each that is neither replaced nor withdrawn (R-6)."""
        return self.filter(state=PublicationState.PUBLISHED)

    def ever_public(self) -> Self:
        """Every edition that the public has read (X-3)."""
        return self.filter(state__in=PUBLIC)
