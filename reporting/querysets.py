"""Questions about papers, and about what they are made from."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from authorisations.models import Cancellation, Decision
from authorisations.states import GIVES_AUTHORITY
from reporting.states import PaperKind


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
    """Decisions that gave authority and cancellation reports that have no paper yet, the oldest first, whatever time has passed (D-6)."""

    def waiting(kind: PaperKind, subjects: Any, moment: str) -> list[tuple[PaperKind, Any]]:
        settled = papers.settled(at).filter(kind=kind, subject_id=OuterRef("pk"))
        return [(kind, subject) for subject in subjects.filter(~Exists(settled)).order_by(moment, "pk")[:limit]]

    decisions = Decision.objects.filter(outcome__in=GIVES_AUTHORITY).select_related("authority__operation__force", "submission__application")
    reports = Cancellation.objects.select_related("authority__operation__force", "authority__application", "authority__ao", "cancelled_by")
    return waiting(PaperKind.WRITTEN_AUTHORITY, decisions, "decided_at") + waiting(PaperKind.CANCELLATION, reports, "cancelled_at")
