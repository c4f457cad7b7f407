"""The deployments that a person sees: live now, to come, past. And those of one operation."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from authorisations.models import Authority
from authorisations.states import IN_FORCE
from deployments.models import Deployment
from deployments.permissions import DEPLOYMENTS
from deployments.services import is_planned, plan
from deployments.states import RUNNING, State
from deployments.views.pages import FRONT
from govuk.fields import SelectField
from govuk.forms import FilterForm
from govuk.lists import KeysetList
from operations.views import OperationPage

MOST = 50


class StateFilter(FilterForm):
    state = SelectField(label="State", choices=State.choices, blank="Any")


class Deployments(KeysetList):
    """Unfiltered, the first page begins with what is live and what is to come; the pages behind it are the past."""

    access = DEPLOYMENTS
    template_name = "deployments/deployments.html"
    ordering = ("-starts_at", "-pk")
    filter_form_class = StateFilter

    def get_queryset(self) -> QuerySet[Deployment]:
        self.at = timezone.now()
        seen = Deployment.objects.visible_to(self.request.user, self.at)
        return seen.select_related("operation", "place", "authority")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return queryset.filter(state=answers["state"]) if answers["state"] else queryset

    def filtered(self, form: Any) -> QuerySet[Deployment]:
        self.seen = super().filtered(form)
        self.in_three = not (form.is_bound and form.is_valid() and form.cleaned_data["state"])
        return self.seen.exclude(self.live() | self.coming()) if self.in_three else self.seen

    def live(self) -> Q:
        return Q(state__in=RUNNING)

    def coming(self) -> Q:
        return Q(state=State.PLANNED, ends_at__gte=self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        first = self.in_three and not context["page"].previous_url
        live, coming = ((self.seen.filter(which).order_by("starts_at", "pk")[:MOST] if first else ()) for which in (self.live(), self.coming()))
        return {**context, "now": self.at, "live": live, "coming": coming, "in_three": self.in_three}


class OfOperation(OperationPage, TemplateView):
    """The deployments of one operation; those that its authority covers and that nobody has planned yet are planned now."""

    access = FRONT
    template_name = "deployments/of_operation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        for authority in Authority.objects.filter(operation=self.operation, state__in=IN_FORCE):
            if not is_planned(authority):
                plan(authority, by=None, at=self.at)
        found = self.operation.deployments.select_related("operation", "place", "authority").order_by("starts_at", "number")
        return super().get_context_data(deployments=found, **kwargs)
