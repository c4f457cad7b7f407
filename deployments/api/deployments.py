"""Deployments, read by whoever may see any of them."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from accounts.api.keyset import Asked, rows
from accounts.api.problems import finding_shown
from accounts.api.views import DetailView, ListView
from deployments.api.shown import DeploymentShown, DeploymentWhole
from deployments.checklist import items
from deployments.counts import figures_of
from deployments.figures import Rate
from deployments.models import Deployment, StateChange
from deployments.permissions import ALERTS, DEPLOYMENT, DEPLOYMENTS, FIGURES, LOGS, READINESS, STOP
from deployments.states import State
from deployments.views.pages import FRONT
from operations.api.views import OfOperation
from operations.permissions import Row, check_sees
from policy.refusals import NotVisible

# Which acts a state leaves, each with the row of who does it; the rules say the rest when it is tried.
LEAVES: dict[str, dict[str, Row]] = {
    State.PLANNED: {"go-live": DEPLOYMENT, "went-live": DEPLOYMENT, "stand-down": DEPLOYMENT},
    State.LIVE: {"suspend": STOP, "terminate": STOP, "conclude": DEPLOYMENT},
    State.SUSPENDED: {"resume": DEPLOYMENT, "went-live": DEPLOYMENT, "terminate": STOP, "conclude": DEPLOYMENT},
}
ENTRIES = {"logs": LOGS, "alerts": ALERTS, "faces": FIGURES, "threshold": READINESS}
CHECKED = (State.PLANNED, State.SUSPENDED)


class DeploymentsAsked(Asked):
    state = serializers.ChoiceField(choices=State.choices, required=False)


class Deployments(ListView):
    """The deployments that you may see, the latest first (O-1)."""

    access = DEPLOYMENTS
    shown = DeploymentShown
    asked = DeploymentsAsked
    ordering = ("-starts_at", "-pk")

    def get_queryset(self) -> Any:
        return Deployment.objects.visible_to(self.person, self.at)

    def narrowed(self, queryset: Any, said: dict[str, Any]) -> Any:
        return queryset.filter(state=said["state"]) if "state" in said else queryset


class OfDeployment(OfOperation):
    """Mixin: the deployment that the address names. Whether the person sees it, the row or the act says."""

    access = DEPLOYMENT

    def deployment(self) -> Deployment:
        found = Deployment.objects.select_related("operation__force", "place", "authority__application", "day")
        deployment = found.filter(pk=self.kwargs["deployment_id"]).first()
        if deployment is None:
            raise NotVisible()
        return deployment


class DeploymentDetail(OfDeployment, DetailView):
    """One deployment: its story, the go-live check, the figures so far, and what you can do with it (O-1, O-3, O-6)."""

    access = FRONT
    shown = DeploymentWhole

    def body(self) -> dict[str, Any]:
        deployment = self.deployment()
        found = check_sees(FRONT, self.person, deployment.operation, self.at)
        [row] = rows(Deployment.objects.filter(pk=deployment.pk), DeploymentShown(context={"view": self}))
        whole = bool(found & DEPLOYMENT.sees)
        return {
            **row,
            "conditions": deployment.authority.conditions if whole else None,
            "changes": list(map(change_shown, deployment.changes.select_related("entered_by"))) if whole else [],
            "check": list(map(point_shown, items(deployment, self.at))) if whole and deployment.state in CHECKED else [],
            "figures": figures_shown(deployment) if found & FIGURES.sees else None,
            "steps": steps(deployment, found),
            "page": reverse("deployments:deployment", args=[deployment.pk]),
        }


def change_shown(change: StateChange) -> dict[str, Any]:
    told = {"id": change.pk, "move": change.move, "happened_at": change.happened_at, "entered_at": change.entered_at}
    who = {"entered_by_name": change.entered_by.name if change.entered_by else None, "on_order": change.on_order}
    return {**told, **who, "reason": change.reason, "note": change.note, "owes_reason": change.owes_reason, "version": change.version}


def point_shown(item: Any) -> dict[str, Any]:
    about = {"point": item.point.key, "title": item.point.title, "clause": item.point.clause, "subject": item.subject}
    return {**about, "is_met": item.is_met, "findings": list(map(finding_shown, item.findings))}


def figures_shown(deployment: Deployment) -> dict[str, Any]:
    figures = figures_of(deployment)
    counts = ("alerts", "open", "true_confirmed", "true_unconfirmed", "false_confirmed", "false_unconfirmed", "not_determined", "faces")
    rates = {"system_false_alert_rate": figures.system_rate, "operational_false_alert_rate": figures.operational_rate}
    return {**{name: getattr(figures, name) for name in counts}, **{name: rate_shown(rate) for name, rate in rates.items()}}


def rate_shown(rate: Rate) -> dict[str, Any]:
    bounds = rate.interval
    between = [bounds.lower_percent, bounds.upper_percent] if bounds else None
    return {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent, "one_in": rate.one_in, "interval_95": between}


def steps(deployment: Deployment, found: frozenset[str]) -> list[str]:
    possible = {**LEAVES.get(deployment.state, {}), **ENTRIES}
    return [name for name, row in possible.items() if found & row.writes]
