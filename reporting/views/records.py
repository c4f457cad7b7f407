"""Deployment records: none yet in this version; whose is due when."""

from typing import Any

from django.utils import timezone

from deployments.models import Deployment
from deployments.states import ENDED, FINAL
from govuk.lists import KeysetList
from obligations.models import Obligation
from obligations.states import Kind
from reporting.permissions import RECORDS


class Records(KeysetList):
    """The deployments that have ended, each with the day on which its record is due (6.1, 7.7)."""

    access = RECORDS
    template_name = "reporting/records.html"
    ordering = ("-starts_at", "-pk")

    def seen(self) -> Any:
        return Deployment.objects.visible_to(self.request.user, timezone.now()).select_related("place", "operation")

    def get_queryset(self) -> Any:
        return self.seen().filter(state__in=ENDED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        ended = list(context["page"])
        owed = {clock.subject_id: clock for clock in Obligation.objects.filter(kind=Kind.RECORD_TO_AO, subject_id__in=[one.pk for one in ended])}
        coming = self.seen().exclude(state__in=FINAL).order_by("starts_at", "pk").first() if not ended else None
        return {**context, "records": [(one, owed.get(one.pk)) for one in ended], "coming": coming, "now": timezone.now()}
