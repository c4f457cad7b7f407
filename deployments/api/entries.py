"""What is entered while a deployment runs, and about it afterwards: logs, alerts with their two human stages, faces, the threshold.

What happened is always accepted and flagged (O-11). Whoever did it may be named, by those who may write for others.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.api.fields import Exact, Moment, OneOf, Text, Whole, YesNo
from accounts.api.views import ActView, Input
from accounts.models import User
from deployments import services
from deployments.api.acts import LONGEST, told
from deployments.api.deployments import OfDeployment
from deployments.api.shown import AlertTold, FacesTold, LogTold, ThresholdTold
from deployments.models import Alert, Deployment
from deployments.permissions import ALERTS, FIGURES, LOGS, READINESS
from deployments.states import Factor, LogKind, Method, Outcome, Result
from operations.permissions import check_sees
from policy.refusals import NotVisible

# What an alert loses when it is made unlinkable (D-3): none of it stays in what a kept answer is compared by.
ERASABLE = ("note", "subject_reference", "camera", "category", "raised_at", "happened_at")
BIGGEST = 2**31 - 1


class Entering(OfDeployment, ActView):
    """Mixin: the deployment, once the person is known to see it; and what a body names within it."""

    def seen(self) -> Deployment:
        deployment = self.deployment()
        check_sees(self.access, self.person, deployment.operation, self.at)
        return deployment

    def named(self, deployment: Deployment, said: dict[str, Any]) -> User | None:
        """`person_id`: somebody who has, or had, a part in the operation. Whether they may have done it, the act says."""
        pk = said.pop("person_id", None)
        if pk is None:
            return None
        return one_of(User.objects.filter(appointments__operation=deployment.operation_id).distinct(), pk, "person_id")


def one_of(found: Any, pk: Any, name: str) -> Any:
    thing = found.filter(pk=pk).first() if pk else None
    if pk and thing is None:
        raise ValidationError({name: ["There is none of that id here."]})
    return thing


class LogInput(Input):
    kind = OneOf(choices=LogKind.choices)
    note = Text(required=False, allow_blank=True, max_length=LONGEST)
    about_person = YesNo(required=False, help_text="The note is about a person: it is deleted in time (D-3).")
    person_id = serializers.UUIDField(required=False, help_text="Whose log, where a Loggist writes for somebody.")
    happened_at = Moment(required=False, help_text="The event’s own time; now where it is left out.")
    place = Text(required=False, allow_blank=True, max_length=120)
    corrects_id = serializers.UUIDField(required=False, help_text="The entry that this one corrects.")
    entry_id = serializers.UUIDField(required=False, help_text="Made by the device: sent again, it is kept once.")


class AddLogEntry(Entering):
    """One entry in somebody’s log: append-only, own hand or a Loggist for a named person (O-2)."""

    access = LOGS
    input = LogInput
    shown = LogTold
    done = 201
    erasable = ("note",)

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        deployment = self.seen()
        who = self.named(deployment, said)
        corrects = one_of(deployment.log_entries, said.pop("corrects_id", None), "corrects_id")
        entry = services.log(deployment, **said, person=who, corrects=corrects, by=self.person, at=self.at)
        return {"id": entry.pk, "happened_at": entry.happened_at, "entered_at": entry.entered_at}


class AlertInput(Input):
    similarity = Exact(max_digits=4, decimal_places=3, help_text="As the system shows it, like “0.712”.")
    category = Text(max_length=40, help_text="A watchlist category of the policy.")
    raised_at = Moment(required=False, help_text="When the system alerted; now where it is left out.")
    camera = Text(required=False, allow_blank=True, max_length=40)
    recognition_seconds = Exact(required=False, max_digits=6, decimal_places=2, min_value=0)
    subject_reference = Text(required=False, allow_blank=True, max_length=80, help_text="Deleted in time (D-3).")
    note = Text(required=False, allow_blank=True, max_length=LONGEST, help_text="Deleted in time (D-3).")
    repeats_id = serializers.UUIDField(required=False, help_text="An earlier alert about the same person.")
    alert_id = serializers.UUIDField(required=False, help_text="Made by the device: sent again, it is kept once.")


def alert_told(alert: Alert) -> dict[str, Any]:
    return {"id": alert.pk, "state": alert.state, "result": alert.result, "version": alert.version}


class RaiseAlert(Entering):
    """The system has alerted: accepted whenever it was and whatever its score, flagged where it should not have been (O-5, O-11)."""

    access = ALERTS
    input = AlertInput
    shown = AlertTold
    done = 201
    erasable = ERASABLE

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        deployment = self.seen()
        repeats = one_of(deployment.alerts, said.pop("repeats_id", None), "repeats_id")
        return alert_told(services.raise_alert(deployment, **said, repeats=repeats, by=self.person, at=self.at))


class StepInput(Input):
    person_id = serializers.UUIDField(required=False, help_text="Who did it; you where it is left out.")
    happened_at = Moment(required=False)
    factors = serializers.ListField(child=OneOf(choices=Factor.choices), required=False, max_length=len(Factor))
    note = Text(required=False, allow_blank=True, max_length=LONGEST, help_text="Deleted in time (D-3).")


class AlertStep(Entering):
    """Mixin: a step of an alert of this deployment."""

    access = ALERTS
    shown = AlertTold
    erasable = ERASABLE

    def step(self, service: Any, said: dict[str, Any]) -> dict[str, Any]:
        deployment = self.seen()
        alert = deployment.alerts.filter(pk=self.kwargs["alert_id"]).first()
        if alert is None:
            raise NotVisible()
        who = self.named(deployment, said)
        return alert_told(service(alert, **said, person=who, by=self.person, at=self.at))


class JudgeInput(StepInput):
    passed_on = YesNo(help_text="To an Engagement Officer; or it is dismissed, a false alert.")


class JudgeAlert(AlertStep):
    """The Operator dismisses the alert or passes it on (O-5, 5.10)."""

    input = JudgeInput

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return self.step(services.adjudicate, said)


class DecideInput(StepInput):
    engage = YesNo()
    result = OneOf(required=False, choices=Result.choices, help_text="How it ended, where nobody was engaged.")


class DecideOnAlert(AlertStep):
    """The Engagement Officer engages, or does not and says how it ended (O-5, 5.10)."""

    input = DecideInput

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        if not said["engage"] and "result" not in said:
            raise ValidationError({"result": ["Say how it ended."]})
        return self.step(services.decide_engagement, said)


class ResultInput(StepInput):
    result = OneOf(choices=Result.choices)
    outcomes = serializers.ListField(child=OneOf(choices=Outcome.choices), required=False, max_length=len(Outcome))


class RecordAlertResult(AlertStep):
    """What the engagement showed, and what policing did (O-5, 9.6)."""

    input = ResultInput

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return self.step(services.record_result, said)


class FacesInput(Input):
    count = Whole(min_value=0, max_value=BIGGEST)
    method = OneOf(choices=Method.choices, help_text="What the system counts (X-5).")
    read_at = Moment(required=False)


class ReadFaces(Entering):
    """The system’s counter of faces as read; fewer than before is accepted and flagged (O-6, O-11)."""

    access = FIGURES
    input = FacesInput
    shown = FacesTold
    done = 201

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        deployment = services.read_faces(self.deployment(), **said, by=self.person, at=self.at)
        return {**told(deployment), "faces_counted": deployment.faces_counted, "faces_method": deployment.faces_method}


class ThresholdInput(Input):
    threshold = Exact(max_digits=4, decimal_places=3)
    reason = Text(required=False, allow_blank=True, max_length=LONGEST)
    changed_at = Moment(required=False)


class ChangeThreshold(Entering):
    """The threshold was set: who, when, why, to what. Below the authorised minimum it is accepted and flagged (O-10)."""

    access = READINESS
    input = ThresholdInput
    shown = ThresholdTold
    done = 201

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        deployment = self.deployment()
        change = services.change_threshold(deployment, **said, by=self.person, at=self.at)
        return {**told(deployment.again()), "threshold": change.new, "is_breach": change.new < deployment.authority.threshold}
