"""Which version of a document is in force, and which are past their review."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from library.states import NEEDS_APPROVAL


class VersionQuerySet(models.QuerySet[Any]):
    model: Any

    def adopted(self, at: datetime) -> Self:
        """Adopted by that day, and approved where the kind needs it."""
        return self.filter(~Q(document__kind__in=NEEDS_APPROVAL) | Q(approved_at__isnull=False), adopted_date__lte=timezone.localdate(at))

    def in_force(self, at: datetime) -> Self:
        """The newest adopted version of each document."""
        newer = self.model.objects.adopted(at).filter(document=OuterRef("document"), number__gt=OuterRef("number"))
        return self.adopted(at).filter(~Exists(newer))

    def current(self, force: Any, kind: str, at: datetime) -> Any:
        """The version in force of the force's document of that kind, or None."""
        return self.current_by_kind(force, (kind,), at).get(kind)

    def current_by_kind(self, force: Any, kinds: tuple[str, ...], at: datetime) -> dict[str, Any]:
        """The same for several kinds, in one statement."""
        found = self.in_force(at).filter(document__force=force, document__kind__in=kinds).order_by("adopted_date", "number")
        return {version.document.kind: version for version in found.select_related("document")}

    def overdue(self, at: datetime) -> Self:
        """In force, and past the last day of their review."""
        return self.in_force(at).filter(review_date__lt=timezone.localdate(at))
