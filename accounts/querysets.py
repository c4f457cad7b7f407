"""Questions about people, asked in one place."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class RoleGrantQuerySet(models.QuerySet):
    def held(self, at: datetime) -> Self:
        """Confirmed, not ended, within the dates."""
        return self.filter(Q(until_date=None) | Q(until_date__gte=timezone.localdate(at)), confirmed_at__isnull=False, ended_at=None)

    def waiting_for_confirmation(self) -> Self:
        return self.filter(confirmed_at=None, ended_at=None)


class TrainingQuerySet(models.QuerySet):
    def latest(self) -> Self:
        """The newest record of each person and course."""
        newer = self.model.objects.filter(
            person=models.OuterRef("person"), course=models.OuterRef("course"), completed_date__gt=models.OuterRef("completed_date")
        )
        return self.filter(~models.Exists(newer))

    def expiring(self, by_date: Any) -> Self:
        return self.latest().filter(expires_date__lte=by_date)


class NoticeQuerySet(models.QuerySet):
    def to_mail(self, at: datetime) -> Self:
        return self.filter(mailed_at=None, mail_next_at__lte=at).order_by("mail_next_at", "pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)
