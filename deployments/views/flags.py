"""What is flagged: breaches, with the Authorising Officer's answer; warnings, with Silver's decision; concerns (O-6, O-11)."""

from typing import Any

from django.utils.functional import cached_property

from deployments.forms.day import BreachForm, ConcernForm, WarningForm
from deployments.models import Breach, PerformanceWarning
from deployments.permissions import BREACHES, CONCERN, WARNINGS, check_deals_with_breach, deals_with_breaches
from deployments.services import answer_breach, answer_warning, raise_concern
from deployments.views.pages import Acting, DeploymentPage
from deployments.views.reviews import STOPS
from govuk.lists import KeysetList
from govuk.views import ActView, VersionedActView
from policy.refusals import NotVisible


class BreachList(DeploymentPage, KeysetList):
    access = BREACHES
    part = "breaches"
    template_name = "deployments/breaches.html"
    ordering = ("-happened_at", "-pk")

    def get_queryset(self) -> Any:
        return self.deployment.breaches.select_related("noted_by", "answered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            may_answer=self.may(BREACHES) and deals_with_breaches(self.deployment, self.person, self.at),
            warnings=self.deployment.warnings.select_related("answered_by").order_by("-raised_at")[:50],
            **kwargs,
        )


class Flagged(Acting, VersionedActView):
    """A breach or a warning of this deployment."""

    part, back_to = "breaches", "breaches"
    model: Any = Breach
    key = "breach_id"

    @cached_property
    def flag(self) -> Any:
        found = self.model.objects.select_related("deployment__operation", "answered_by").filter(pk=self.kwargs[self.key], deployment=self.deployment)
        if (flag := found.first()) is None:
            raise NotVisible()
        return flag

    def get_thing(self) -> Any:
        del self.flag
        return self.flag

    def prepare(self) -> None:
        """One that is not there is not found, before anything is typed."""
        super().prepare()
        self.flag  # noqa: B018


class AnswerBreach(Flagged):
    """One who may not is told before they type whose it is."""

    access = BREACHES
    form_class = BreachForm
    template_name = "deployments/breach.html"
    heading = "Deal with a breach"
    button = "Record what follows"

    def check_hand(self) -> None:
        check_deals_with_breach(self.deployment, self.person, self.at)

    def act(self, form: Any) -> str:
        answer_breach(self.thing, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.done("Your answer has been recorded.")


class AnswerWarning(Flagged):
    access = WARNINGS
    part, back_to = "deployment", "deployment"
    model, key = PerformanceWarning, "warning_id"
    form_class = WarningForm
    template_name = "deployments/warning.html"
    heading = "A warning asks you to decide"
    button = "Record your decision"

    def act(self, form: Any) -> str:
        answer_warning(self.thing, **form.cleaned_data, by=self.request.user, at=self.at)
        stop = STOPS.get(form.cleaned_data["decision"]) if self.deployment.is_running else None
        return self.done("Your decision has been recorded.", self.to(stop) if stop else "")


class Concern(Acting, ActView):
    """Anyone there may say that the system does not perform as it should (10.16)."""

    access = CONCERN
    form_class = ConcernForm
    template_name = "deployments/concern.html"
    heading = "Raise a concern about performance"
    button = "Send it – Silver is asked to decide"

    def act(self, form: Any) -> str:
        raise_concern(self.deployment, sentence=form.cleaned_data["sentence"], by=self.request.user, at=self.at)
        return self.done("Silver has been asked to decide.")
