"""The deployments: so far the days that have been authorised."""

from typing import Any

from django.utils import timezone

from deployments.permissions import DEPLOYMENTS
from deployments.querysets import authorised_days
from govuk.lists import KeysetList


class Deployments(KeysetList):
    """One place on one day each, the latest first."""

    access = DEPLOYMENTS
    template_name = "deployments/deployments.html"
    ordering = ("-starts_at", "-pk")

    def get_queryset(self) -> Any:
        return authorised_days(self.request.user, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(now=timezone.now(), **kwargs)
