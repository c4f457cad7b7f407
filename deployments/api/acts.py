"""The transitions of a deployment, by the same acts as on its pages (O-1, O-3)."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError
from rest_framework.request import Request

from accounts.api.fields import Moment, OneOf, Text
from accounts.api.views import ActView, Input, Versioned
from deployments import services
from deployments.api.deployments import OfDeployment
from deployments.api.shown import DeploymentTold, ReasonTold, StopTold
from deployments.models import Deployment
from deployments.permissions import STOP
from deployments.states import TO_STAND_DOWN, TO_STOP, Move
from policy.refusals import NotVisible

LONGEST = 20_000
STOP_REASONS = [(reason.value, reason.label) for reason in TO_STOP]


def told(deployment: Deployment) -> dict[str, Any]:
    return {"id": deployment.pk, "state": deployment.state, "version": deployment.version}


class Words(Versioned):
    reason = Text(
        required=False, allow_blank=True, max_length=LONGEST, help_text="Needed where it begins within the slip beside the authorised times."
    )


class GoLive(OfDeployment, ActView):
    """Silver takes it live. What of the go-live check is not met comes back as findings, and nothing goes live (O-1)."""

    input = Words
    shown = DeploymentTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return told(services.go_live(self.deployment(), **said, by=self.person, at=self.at))


class WentLiveInput(Input):
    live_at = Moment(required=False, help_text="When; now where it is left out.")
    reason = Text(max_length=LONGEST, help_text="How it came about.")


class WentLive(OfDeployment, ActView):
    """It went live, or on again, without the check: a fact, accepted and flagged (O-11)."""

    input = WentLiveInput
    shown = DeploymentTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return told(services.went_live(self.deployment(), **said, by=self.person, at=self.at))


class ResumeInput(Versioned):
    reason = Text(max_length=LONGEST, help_text="Why it can go on.")


class Resume(OfDeployment, ActView):
    """Silver resumes, after the points affected have been answered again (O-3)."""

    input = ResumeInput
    shown = DeploymentTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return told(services.resume(self.deployment(), **said, by=self.person, at=self.at))


class ConcludeInput(Versioned):
    ended_at = Moment(required=False, help_text="When it ended; now where it is left out.")
    note = Text(required=False, allow_blank=True, max_length=LONGEST, help_text="Needed within the slip after the authorised end.")


class Conclude(OfDeployment, ActView):
    """Silver concludes it. The clocks for deleting begin (O-3, D-2)."""

    input = ConcludeInput
    shown = DeploymentTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return told(services.conclude(self.deployment(), **said, by=self.person, at=self.at))


class StandDownInput(Versioned):
    reason = OneOf(choices=[(reason.value, reason.label) for reason in TO_STAND_DOWN])
    note = Text(required=False, allow_blank=True, max_length=LONGEST)


class StandDown(OfDeployment, ActView):
    """Silver calls it off, or postpones it, before it begins. This is final (O-3)."""

    input = StandDownInput
    shown = DeploymentTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return told(services.stand_down(self.deployment(), **said, by=self.person, at=self.at))


class StopInput(Input):
    reason = OneOf(required=False, choices=STOP_REASONS, help_text="It may follow.")
    note = Text(required=False, allow_blank=True, max_length=LONGEST)
    happened_at = Moment(required=False, help_text="When; now where it is left out.")


class StopView(OfDeployment, ActView):
    """Nothing stands in the way (O-3): no pace, no session limit, no key, no version; whatever the body is. Pressed again, nothing changes."""

    access = STOP
    input = StopInput
    shown = StopTold
    takes_key = False
    throttle_classes = ()
    open_after_session_limit = True

    def said(self, request: Request) -> dict[str, Any]:
        try:
            return super().said(request)
        except (ParseError, UnsupportedMediaType, ValidationError, SuspiciousOperation):
            return {}  # the reason can be given afterwards

    def stopped(self, deployment: Deployment) -> dict[str, Any]:
        change = deployment.changes.filter(move__in=(Move.SUSPENDED, Move.TERMINATED)).last()
        return {**told(deployment), "change_id": change and change.pk, "owes_reason": bool(change and change.owes_reason)}


class Suspend(StopView):
    """Suspend at once; the reason may follow. Any body, or none, suspends (O-3)."""

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return self.stopped(services.suspend(self.deployment(), **said, by=self.person, at=self.at))


class Terminate(StopView):
    """Terminate at once; the reason may follow. Any body, or none, terminates (O-3)."""

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return self.stopped(services.terminate(self.deployment(), **said, by=self.person, at=self.at))


class ReasonInput(Versioned):
    reason = OneOf(choices=STOP_REASONS)
    note = Text(required=False, allow_blank=True, max_length=LONGEST)


class GiveReason(OfDeployment, ActView):
    """The reason of a stop, given afterwards by Silver or by whoever pressed (O-3)."""

    access = STOP
    input = ReasonInput
    shown = ReasonTold

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        changes = self.deployment().changes.select_related("entered_by", "deployment__operation")
        change = changes.filter(pk=self.kwargs["change_id"]).first()
        if change is None:
            raise NotVisible()
        change = services.give_reason(change, **said, by=self.person, at=self.at)
        return {"id": change.pk, "owes_reason": change.owes_reason, "version": change.version}
