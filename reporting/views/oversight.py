"""What those who oversee see of the whole force: figures without names."""

from typing import Any

from django.views.generic import TemplateView

from accounts.views.staff import StaffPage
from reporting.figures import clocks, outcomes
from reporting.permissions import OVERSIGHT


class Oversight(StaffPage, TemplateView):
    access = OVERSIGHT
    template_name = "reporting/oversight.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        force = self.request.user.force  # type: ignore[union-attr]
        return super().get_context_data(force=force, outcomes=outcomes(force), clocks=clocks(force, self.at), **kwargs)
