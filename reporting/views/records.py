"""Deployment records: none yet in this version; when each will be due."""

from typing import Any

from django.utils import timezone

from deployments.querysets import authorised_days
from govuk.lists import KeysetList
from reporting.permissions import RECORDS


class Records(KeysetList):
    """The authorised days that are over, each with the day on which its record is due (6.1, 7.7)."""

    access = RECORDS
    template_name = "reporting/records.html"
    ordering = ("-starts_at", "-pk")

    def get_queryset(self) -> Any:
        return authorised_days(self.request.user, timezone.now()).filter(ends_at__lt=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        owed = [(day, day.application.edition.limit("record_to_ao")) for day in context["page"]]
        days = [{"day": day, "due_at": limit.due_at(day.starts_at), "sum": limit.sentence} for day, limit in owed]
        coming = authorised_days(self.request.user, timezone.now()).filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk").first()
        return {**context, "days": days, "coming": coming, "now": timezone.now()}
