"""Home is what awaits me; an operation has one page."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from lfr_governance import awaiting
from lfr_governance.access import EVERYONE_HERE
from lfr_governance.awaiting_on_the_day import live_now
from lfr_governance.timeline import stages
from operations.views import OperationPage


class Home(TemplateView):
    access = EVERYONE_HERE
    template_name = "lfr_governance/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, at = self.request.user, timezone.now()
        items = awaiting.mine(user, at)
        return super().get_context_data(
            live=live_now(user, at),
            mine=[item for item in items if not item.with_others],
            late=[item for item in items if item.with_others],
            others=awaiting.others(user, at),
            operations=awaiting.operations(user, at),
            now=at,
            **kwargs,
        )


class OperationHome(OperationPage, TemplateView):
    template_name = "lfr_governance/operation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(stages=stages(self.operation, self.at), **kwargs)
