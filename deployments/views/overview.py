"""The deployment's first page: before, the way to go-live; live, Silver's screen; afterwards, what came of it and what is left to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from audit.reading import note_sight
from deployments.checklist import items
from deployments.counts import figures_of
from deployments.models import Deployment, LogEntry, StateChange
from deployments.permissions import ALERTS, DEPLOYMENT, FIGURES, PERSONAL_NOTES, REVIEWS, STOP, WARNINGS
from deployments.presented import heading, tiles, told
from deployments.rules.window import durations, has_lost_authority, is_without_authority, lost_authority_at
from deployments.states import AlertState, State
from deployments.views.pages import FRONT, DeploymentPage
from deployments.views.stopping import may_explain
from govuk.times import span

LAST = 5
TEMPLATES = {State.PLANNED: "planned", State.LIVE: "live", State.SUSPENDED: "live"}


def screen(deployment: Deployment, at: Any) -> dict[str, Any]:
    """What Silver's screen shows, in as many statements whatever the number of alerts and entries."""
    figures = figures_of(deployment)
    oldest = deployment.alerts.filter(state=AlertState.RAISED).order_by("raised_at").first()
    return {
        "tiles": tiles(deployment, figures, oldest, at),
        "warnings": deployment.warnings.open(),
        "entries": last_entries(deployment),
        "without_authority": is_without_authority(deployment, at),
        "lost_at": lost_authority_at(deployment),
        "review_overdue": deployment.review_is_overdue(at),
    }


def last_entries(deployment: Deployment) -> list[LogEntry]:
    return list(deployment.log_entries.in_order().select_related("person", "note", "corrects")[:LAST])


def owed_reason(changes: list[StateChange]) -> StateChange | None:
    return next((change for change in reversed(changes) if change.owes_reason), None)


class LivePart(DeploymentPage):
    """What the screen and its re-reading share."""

    def seen(self, **context: Any) -> dict[str, Any]:
        personal = bool(self.standings & PERSONAL_NOTES.sees)
        shown = screen(self.deployment, self.at)
        if personal and any(hasattr(entry, "note") and entry.note.about_person for entry in shown["entries"]):
            note_sight(self.deployment, by=self.request.user, at=self.at)
        return {
            **shown,
            "sees_personal": personal,
            "heading": heading(self.deployment, self.at),
            "may_answer": self.may(WARNINGS),
            "may_alert": self.may(ALERTS),
            "may_review": self.may(REVIEWS),
            "may_read_faces": self.may(FIGURES),
            **context,
        }


class Overview(LivePart, TemplateView):
    access = FRONT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.standings & DEPLOYMENT.sees:
            return redirect(self.sections()[0]["href"])
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"deployments/{TEMPLATES.get(self.deployment.state, 'ended')}.html"]  # type: ignore[call-overload]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = list(self.deployment.changes.select_related("entered_by", "reason_given_by"))
        owed = owed_reason(changes)
        return super().get_context_data(
            heading=heading(self.deployment, self.at),
            changes=changes,
            owed=owed,
            may_explain=owed is not None and self.may(STOP) and may_explain(owed, self.person, self.standings),
            **self.by_state(),
            **kwargs,
        )

    def by_state(self) -> dict[str, Any]:
        if self.deployment.is_running:
            shown = self.seen()
            shown.pop("heading")
            return shown
        return self.before() if self.deployment.state == State.PLANNED else self.after()

    def before(self) -> dict[str, Any]:
        points = items(self.deployment, self.at)
        return {
            "points": len(points),
            "met": sum(item.is_met for item in points),
            "missing": [finding for item in points for finding in item.findings],
            "people": self.operation.appointments.in_force().select_related("person").order_by("role", "person__name"),
            "is_past": self.at > self.deployment.ends_at,
            "lost_at": lost_authority_at(self.deployment) if has_lost_authority(self.deployment, self.at) else None,
        }

    def after(self) -> dict[str, Any]:
        gross, net = durations(self.deployment, self.at)
        figures = figures_of(self.deployment)
        return {"gross": span(gross), "net": span(net), "suspended": gross != net, "figures": figures, "rate": told(figures.system_rate)}


class Now(LivePart, TemplateView):
    """The moving part of the screen. The page asks for it by itself, which keeps no session alive."""

    asked_by_itself = True
    template_name = "deployments/now.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.seen(), **kwargs)
