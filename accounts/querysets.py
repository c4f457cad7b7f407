"""Questions about people, asked in one place."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PersonQuerySet(models.QuerySet):
    model: Any

    def holding(self, role: str, at: datetime) -> Self:
        """Active people who hold the role at that moment."""
        grants = self.model.grants.rel.related_model.objects.held(at).filter(role=role)
        return self.filter(is_active=True, pk__in=grants.values("person"))

    def called(self, words: str) -> Self:
        """Whose name or user name contains each of the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(username__icontains=word))
        return found

    def with_course_expiring(self, after: date | None, until: date) -> Self:
        """Whose newest record of some course ends from `after` on, and before `until`; without `after`, however long ago."""
        records = self.model.training.rel.related_model.objects.latest().filter(expires_date__lt=until)
        return self.filter(pk__in=(records.filter(expires_date__gte=after) if after else records).values("person"))

    def demonstration(self, at: datetime) -> Self:
        """The invented people, with the roles they hold as `held`."""
        held = models.Prefetch("grants", self.model.grants.rel.related_model.objects.held(at).order_by("role"), to_attr="held")
        return (
            self.filter(is_demonstration=True, is_active=True).select_related("force").prefetch_related(held).order_by("force__is_host", "username")
        )


class RoleGrantQuerySet(models.QuerySet):
    def open(self, at: datetime) -> Self:
        """Held, or waiting for confirmation: neither ended nor run out."""
        return self.filter(Q(until_date=None) | Q(until_date__gte=timezone.localdate(at)), ended_at=None)

    def held(self, at: datetime) -> Self:
        """Confirmed, not ended, within the dates."""
        return self.filter(Q(until_date=None) | Q(until_date__gte=timezone.localdate(at)), confirmed_at__isnull=False, ended_at=None)

    def waiting_for_confirmation(self) -> Self:
        return self.filter(confirmed_at=None, ended_at=None)


class SignInResetQuerySet(models.QuerySet):
    def waiting_for_confirmation(self) -> Self:
        return self.filter(confirmed_at=None, declined_at=None)


class TrainingQuerySet(models.QuerySet):
    model: Any

    def latest(self) -> Self:  # type: ignore[override]
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


class TokenQuerySet(models.QuerySet):
    def valid(self, at: datetime) -> Self:
        """Neither revoked nor expired."""
        return self.filter(ended_at=None, expiry__gt=at)
