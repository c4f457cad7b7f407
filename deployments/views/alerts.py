"""Alerts: the list with the open ones first, a new one in ten seconds, and one page each with the next question on top (O-5)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.states import Role
from audit.reading import note_sight
from deployments.forms.alerts import DISMISS, LATER, PASS_ON, AlertFilter, NewAlertForm
from deployments.models import Alert
from deployments.permissions import ALERT_PERSONAL, ALERTS
from deployments.presented import is_late
from deployments.services import enter_alert
from deployments.states import AlertState
from deployments.views.pages import Acting, DeploymentPage, Named, Timed
from govuk.lists import KeysetList
from govuk.views import ActView
from obligations.models import Obligation
from obligations.states import Kind
from operations.permissions import APPOINTED
from policy.refusals import NotVisible

MOST = 50
RAISED_WITH = ("similarity", "category", "camera", "recognition_seconds", "subject_reference", "note", "alert_id")
# Whose the next step is, and the address of its question.
NEXT = {
    AlertState.RAISED: ("judge", Role.OPERATOR),
    AlertState.PASSED_ON: ("decide", Role.ENGAGEMENT_OFFICER),
    AlertState.ENGAGING: ("record_result", Role.ENGAGEMENT_OFFICER),
}


class AlertList(DeploymentPage, KeysetList):
    access = ALERTS
    part = "alerts"
    template_name = "deployments/alerts.html"
    ordering = ("-raised_at", "-pk")
    filter_form_class = AlertFilter

    def get_queryset(self) -> Any:
        return self.deployment.alerts.filter(state=AlertState.CLOSED).prefetch_related("outcomes")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return queryset.filter(result=answers["result"]) if answers["result"] else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = list(self.deployment.alerts.open().order_by("raised_at")[:MOST])
        return super().get_context_data(
            waiting=[(alert, is_late(alert, self.deployment, self.at)) for alert in waiting], writes=self.may(ALERTS), **kwargs
        )


class NewAlert(Timed, Named, Acting, ActView):
    """Camera and category as in the last one. Raised and judged in one go; sent twice by a shaky line it is kept once."""

    access = ALERTS
    part, back_to = "alerts", "alerts"
    roles = (Role.OPERATOR,)
    moments = ("raised_at",)
    form_class = NewAlertForm
    template_name = "deployments/new_alert.html"
    heading = "New alert"
    button = "Save the alert"

    def get_form_kwargs(self) -> dict[str, Any]:
        categories = [(category.code, category.label) for category in self.deployment.edition.categories]
        return {**super().get_form_kwargs(), "categories": categories}

    @cached_property
    def last(self) -> Alert | None:
        return self.deployment.alerts.filter(is_unlinked=False).order_by("-raised_at").first()

    def get_initial(self) -> dict[str, Any]:
        same = {"camera": self.last.camera, "category": self.last.category} if self.last else {}
        return {**super().get_initial(), "alert_id": uuid.uuid4(), **same}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is as in the last one is folded away: score, judgement, saved (ten seconds)."""
        context = super().get_context_data(**kwargs)
        labels = dict(context["form"].fields["category"].choices)
        same = [labels.get(self.last.category, ""), self.last.camera] if self.last else []
        return {**context, "same": ", ".join(filter(None, same))}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        alert = enter_alert(
            self.deployment,
            alert={**{name: said[name] for name in RAISED_WITH}, "raised_at": form.moment("raised_at", self.deployment.live_at)},
            passed_on=None if said["judgement"] == LATER else said["judgement"] == PASS_ON,
            operator=self.named(form),
            factors=said["factors"],
            by=self.request.user,
            at=self.at,
        )
        if said["judgement"] == DISMISS:
            return self.done("The alert has been recorded and dismissed.")
        return self.to("alert", alert.pk)


class AlertPage(DeploymentPage):
    """One alert. Its personal data are shown to those who work on it, and each look is noted once a day."""

    access = ALERTS
    part = "alerts"
    template_name = "deployments/alert.html"

    @cached_property
    def alert(self) -> Alert:
        people = ("adjudicated_by", "decided_by", "repeats", "personal", "deployment__operation")
        found = Alert.objects.select_related(*people).prefetch_related("outcomes").filter(pk=self.kwargs["alert_id"], deployment=self.deployment)
        if (alert := found.first()) is None:
            raise NotVisible()
        return alert

    @property
    def alert_url(self) -> str:
        return self.to("alert", self.alert.pk)

    @cached_property
    def clock(self) -> Obligation | None:
        """By which its personal data go."""
        kept = getattr(self.alert, "personal", None)
        return Obligation.objects.about(kept, Kind.ALERT_DATA).first() if kept else None

    def personal(self) -> Any:
        """Where they can be preserved, their limit ends the sight of those who worked on them (D-3)."""
        personal = getattr(self.alert, "personal", None)
        closed = bool(self.clock and self.clock.may_be_held and self.at > self.clock.due_at)
        if personal is None or closed or not self.standings & ALERT_PERSONAL.sees:
            return None
        note_sight(personal, by=self.request.user, at=self.at)
        return personal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alert = self.alert
        step, part = NEXT.get(alert.state, ("", None))  # type: ignore[call-overload]
        return super().get_context_data(
            alert=alert,
            step=step,
            whose=part.label if part else "",
            late=is_late(alert, self.deployment, self.at),
            personal=self.personal(),
            erased_by=self.clock,
            opens_clock=bool(self.clock and self.clock.may_be_held and APPOINTED in self.standings),
            writes=self.may(ALERTS),
            **kwargs,
        )


class AlertHome(AlertPage, TemplateView):
    """Who has a hand in it is led to its next question; everyone else, and once it is closed, reads it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step, _ = NEXT.get(self.alert.state, ("", None))  # type: ignore[call-overload]
        if step and self.may(ALERTS):
            return redirect(self.to(step, self.alert.pk))
        return super().get(request, *args, **kwargs)
