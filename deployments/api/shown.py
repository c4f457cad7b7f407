"""What deployments look like in the API, and what is told after each act: states and versions, never words about anybody."""

from typing import Any

from rest_framework import serializers

from accounts.api.problems import FindingShown
from deployments.models import Deployment
from deployments.states import AlertState, Method, Move, Reason, Result, State

STEPS = ("go-live", "went-live", "suspend", "resume", "conclude", "terminate", "stand-down", "logs", "alerts", "faces", "threshold")


class DeploymentShown(serializers.Serializer):
    """One place on one day: what was authorised in `starts_at` and `ends_at`, what happened in `live_at` and `ended_at`."""

    id = serializers.UUIDField()
    operation_id = serializers.UUIDField()
    authority_id = serializers.UUIDField()
    reference = serializers.CharField(source="operation.reference")
    number = serializers.IntegerField()
    place = serializers.CharField(source="place.name")
    town = serializers.CharField(source="place.town")
    state = serializers.ChoiceField(choices=State.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    live_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    counted_as_concluded = serializers.BooleanField(help_text="Nobody concluded it: it counts as concluded at the end authorised.")
    threshold = serializers.DecimalField(max_digits=4, decimal_places=3, allow_null=True, help_text="In use.")
    review_due_at = serializers.DateTimeField(allow_null=True, help_text="Silver’s next review.")
    is_review_overdue = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_is_review_overdue(self, row: dict[str, Any]) -> bool:
        return Deployment(state=row["state"], review_due_at=row["review_due_at"]).review_is_overdue(self.context["view"].at)


class ChangeShown(serializers.Serializer):
    """One step of its story. A stop whose reason is still owed takes it at `…/reasons/<id>/`."""

    id = serializers.UUIDField()
    move = serializers.ChoiceField(choices=Move.choices)
    happened_at = serializers.DateTimeField()
    entered_at = serializers.DateTimeField()
    entered_by_name = serializers.CharField(allow_null=True, help_text="Null: the service itself.")
    on_order = serializers.BooleanField(help_text="On Silver’s order.")
    reason = serializers.ChoiceField(choices=[*Reason.choices, ("", "")])
    note = serializers.CharField()
    owes_reason = serializers.BooleanField()
    version = serializers.IntegerField()


class PointShown(serializers.Serializer):
    """One point of the go-live check as it stands (O-1)."""

    point = serializers.CharField()
    title = serializers.CharField()
    clause = serializers.CharField()
    subject = serializers.CharField(help_text="What it is asked about: a condition, say.")
    is_met = serializers.BooleanField()
    findings = FindingShown(many=True)


class RateShown(serializers.Serializer):
    """How many of how many (X-4). Everything is null where it is not calculable: never zero."""

    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField(allow_null=True)
    percent = serializers.DecimalField(max_digits=12, decimal_places=6, allow_null=True)
    one_in = serializers.IntegerField(allow_null=True)
    interval_95 = serializers.ListField(child=serializers.DecimalField(max_digits=12, decimal_places=6), allow_null=True)


class FiguresShown(serializers.Serializer):
    """The figures so far (14.4, 14.5)."""

    alerts = serializers.IntegerField()
    open = serializers.IntegerField()
    true_confirmed = serializers.IntegerField()
    true_unconfirmed = serializers.IntegerField()
    false_confirmed = serializers.IntegerField()
    false_unconfirmed = serializers.IntegerField()
    not_determined = serializers.IntegerField()
    faces = serializers.IntegerField(allow_null=True)
    system_false_alert_rate = RateShown()
    operational_false_alert_rate = RateShown()


class DeploymentWhole(DeploymentShown):
    conditions = serializers.CharField(allow_null=True)
    changes = ChangeShown(many=True)
    check = PointShown(many=True, help_text="Before go-live and while suspended: the go-live check.")
    figures = FiguresShown(allow_null=True)
    steps = serializers.ListField(child=serializers.ChoiceField(choices=STEPS), help_text="What you can do with it here now.")
    page = serializers.CharField(help_text="Where a person does the rest.")


class DeploymentTold(serializers.Serializer):
    """Where the deployment stands after the act."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=State.choices)
    version = serializers.IntegerField()


class StopTold(DeploymentTold):
    change_id = serializers.UUIDField(allow_null=True, help_text="The step that stopped it.")
    owes_reason = serializers.BooleanField()


class ReasonTold(serializers.Serializer):
    id = serializers.UUIDField()
    owes_reason = serializers.BooleanField()
    version = serializers.IntegerField()


class LogTold(serializers.Serializer):
    id = serializers.UUIDField()
    happened_at = serializers.DateTimeField()
    entered_at = serializers.DateTimeField()


class AlertTold(serializers.Serializer):
    """Where the alert stands after the act. Its words are written, never read, here."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=AlertState.choices)
    result = serializers.ChoiceField(choices=[*Result.choices, ("", "")])
    version = serializers.IntegerField()


class FacesTold(DeploymentTold):
    faces_counted = serializers.IntegerField(allow_null=True)
    faces_method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])


class ThresholdTold(DeploymentTold):
    threshold = serializers.DecimalField(max_digits=4, decimal_places=3)
    is_breach = serializers.BooleanField(help_text="Below the authorised minimum: it stands all the same, and is flagged (O-10).")
