"""The public register, without signing in."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from policy import current
from reporting.permissions import REGISTER
from reporting.register import announced


class Register(TemplateView):
    access = REGISTER
    template_name = "reporting/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(days=announced(now), now=now, policy=current(), **kwargs)
