"""The go-live check and what mends its points; going live; going on after a suspension."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from deployments.checklist import POINTS, Item, affected_since, gather, items
from deployments.forms.readiness import AnswerForm, GoLiveForm, WentLiveForm
from deployments.forms.running import ResumeForm
from deployments.models import Deployment
from deployments.permissions import DEPLOYMENT, READINESS, as_
from deployments.presented import tasks
from deployments.rules.window import has_lost_authority, is_within_slip, is_within_window, lost_authority_at
from deployments.services import answer_point, go_live, resume, went_live
from deployments.states import FINAL, Move, State
from deployments.views.pages import Acting, DeploymentPage, Timed, point_url
from govuk.views import ActView, VersionedActView
from operations.writing import Hand
from policy.refusals import NotPermitted, NotVisible


class Check(DeploymentPage, Hand):
    """The list of points, and the act it guards."""

    part = "go_live"
    is_read_by_all = True

    def get_thing(self) -> Deployment:
        return self.deployment.again()

    def tasks(self, points: list[Item]) -> list[Any]:
        return tasks(points, self.standings, lambda point: point_url(self.deployment, point))


class GoLive(Check, VersionedActView):
    """Everyone reads the list; Silver's button is at its end. A refusal names every point that fails."""

    access = DEPLOYMENT
    template_name = "deployments/go_live.html"
    form_class = GoLiveForm
    heading = "Go-live check"
    button = "Go live now"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.deployment.state == State.SUSPENDED:
            return redirect(self.to("resume"))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        beside = is_within_slip(self.deployment, self.at) and not is_within_window(self.deployment, self.at)
        return {**super().get_form_kwargs(), "asks_reason": beside}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        go_live(self.deployment, reason=said.get("reason", ""), version=said["version"], by=self.request.user, at=self.at)
        return self.to("deployment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Of one that is over, as it stood when it went live: what has run out since is no matter.
        points = self.tasks(items(self.deployment, self.deployment.live_at or self.at if self.deployment.state in FINAL else self.at))
        lost_at = lost_authority_at(self.deployment) if has_lost_authority(self.deployment, self.at) else None
        may = {"may_make_ready": self.may(READINESS), "may_go": self.may(DEPLOYMENT)}
        return super().get_context_data(tasks=points, missing=sum(not one.is_met for one in points), lost_at=lost_at, **may, **kwargs)


class Resume(Check, VersionedActView):
    """Everyone reads it, Silver resumes. Only what must be looked at again, by the reason of the suspension, and what is not met (7.5)."""

    access = DEPLOYMENT
    template_name = "deployments/resume.html"
    form_class = ResumeForm
    heading = "Resume the deployment"
    button = "Resume now"

    def act(self, form: Any) -> str:
        resume(self.deployment, **form.cleaned_data, by=self.request.user, at=self.at)
        messages.success(self.request, "The deployment has been resumed.")
        return self.to("deployment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        again = affected_since(self.deployment)
        # The reason that lets it run outside its times is the one given here.
        points = [item for item in items(self.deployment, self.at, reason="given here") if item.point.key in again or item.findings]
        change = self.deployment.changes.filter(move=Move.SUSPENDED).last()
        missing = sum(not item.is_met for item in points)
        return super().get_context_data(
            tasks=self.tasks(points), missing=missing, suspension=change, may_go=self.may(DEPLOYMENT), resuming=True, **kwargs
        )


class AnswerPoint(Acting, ActView):
    """A point that a person answers; where it has several subjects (conditions), all of them on one page."""

    access = READINESS
    part, back_to = "go_live", "go_live"
    form_class = AnswerForm
    template_name = "deployments/answer.html"
    button = "Save"

    def check_hand(self) -> None:
        super().check_hand()
        point = POINTS.get(self.kwargs["point"])
        if point is None or point.find is not None:
            raise NotVisible()
        self.point = point
        if not self.standings & {as_(role) for role in point.hands}:
            who = " or ".join(sorted(role.label for role in point.hands))
            raise NotPermitted("O-1", f"“{point.title}” is answered by the {who}.", clause=point.clause, remedy="Ask them.")

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.point.title

    def prepare(self) -> None:
        super().prepare()
        self.facts = gather(self.deployment, self.at)
        self.subjects = self.point.subjects(self.facts) if self.point.subjects else [""]
        if not self.subjects:
            raise NotVisible()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asks": self.point.asks, "subjects": self.subjects}

    def get_initial(self) -> dict[str, Any]:
        found = [self.facts.answered(self.point.key, subject) for subject in self.subjects]
        return {f"met_{number}": answer.met for number, answer in enumerate(found) if answer}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        met = {subject: said[f"met_{number}"] for number, subject in enumerate(self.subjects)}
        answer_point(self.deployment, point=self.point.key, met=met, note=said["note"], by=self.request.user, at=self.at)
        return self.back_url


class WentLive(Timed, Acting, ActView):
    """It ran without this check: a fact (O-11)."""

    access = DEPLOYMENT
    part, back_to = "go_live", "go_live"
    moments = ("live_at",)
    form_class = WentLiveForm
    template_name = "deployments/went_live.html"
    heading = "Record that it went live without this check"
    button = "Record it"

    def act(self, form: Any) -> str:
        went_live(self.deployment, live_at=form.moment("live_at"), reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        return self.done("Recorded, and flagged for the Authorising Officer.", self.to("deployment"))
