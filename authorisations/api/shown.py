"""What applications and authorities look like in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.problems import FindingShown
from authorisations.models import Authority
from authorisations.states import WHOSE_TURN, ApplicationState, AuthorityState, Ground, Means, Outcome

TEXT_OR_LIST = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
ANSWERS = {"type": "object", "additionalProperties": TEXT_OR_LIST}
STEPS = [("submit", "Submit"), ("withdraw", "Withdraw")]


@extend_schema_field(ANSWERS)
class AnswersField(serializers.DictField):
    """Answers as they were typed: a text a question, a list where several may be chosen."""


class ApplicationShown(serializers.Serializer):
    """`number` says which version of the application it is (A-17), `version` how often this one was changed (optimistic lock)."""

    id = serializers.UUIDField()
    operation_id = serializers.UUIDField()
    reference = serializers.CharField(source="operation.reference")
    title = serializers.CharField(source="operation.title")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    whose_turn = serializers.SerializerMethodField()
    urgent = serializers.BooleanField()
    applicant_name = serializers.CharField(source="applicant.name")
    started_at = serializers.DateTimeField()
    policy_edition = serializers.CharField()
    version = serializers.IntegerField()

    def get_whose_turn(self, row: dict[str, Any]) -> str:
        return WHOSE_TURN.get(row["state"], "")


class DayShown(serializers.Serializer):
    place = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class SectionShown(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    author_name = serializers.CharField(allow_null=True, help_text="To whom it was handed.")
    saved_at = serializers.DateTimeField(allow_null=True)
    answers = AnswersField()
    is_yours = serializers.BooleanField(help_text="You can write it now.")
    version = serializers.IntegerField()


class DecisionShown(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    decided_at = serializers.DateTimeField()
    ao_name = serializers.CharField()
    reasons = serializers.CharField()
    conditions = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the Written Authority Document.")


class SubmissionShown(serializers.Serializer):
    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="Of the canonical text that was submitted (A-17).")
    decision = DecisionShown(allow_null=True)


class ApplicationWhole(ApplicationShown):
    disposed = serializers.CharField(help_text="Once its texts were disposed of (A-19): when, and which certificate proves it. They are then empty.")
    days = DayShown(many=True)
    sections = SectionShown(many=True)
    findings = FindingShown(many=True, help_text="While it is open: everything missing or wrong.")
    submissions = SubmissionShown(many=True)
    steps = serializers.ListField(child=serializers.ChoiceField(choices=STEPS), help_text="What you can do with it here now.")
    page = serializers.CharField(help_text="Where a person does the rest.")


class StateShown(serializers.Serializer):
    """Where the application stands after the act."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    version = serializers.IntegerField()


class SectionSaved(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.IntegerField()
    findings = FindingShown(many=True, help_text="What is missing or wrong in this section. The answers are kept all the same.")


class AuthorityShown(serializers.Serializer):
    """`is_in_force` is reckoned at the moment of asking; a verbal authority counts until `written_due_at` at most (A-16)."""

    id = serializers.UUIDField()
    operation_id = serializers.UUIDField()
    application_id = serializers.UUIDField()
    reference = serializers.CharField(source="operation.reference")
    title = serializers.CharField(source="operation.title")
    number = serializers.IntegerField(source="application.number")
    state = serializers.ChoiceField(choices=AuthorityState.choices)
    is_in_force = serializers.SerializerMethodField()
    ao_name = serializers.CharField(source="ao.name")
    given_at = serializers.DateTimeField()
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField()
    written_due_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    threshold = serializers.DecimalField(max_digits=4, decimal_places=3, help_text="The least that may be used.")
    watchlist_ceiling = serializers.IntegerField()
    conditions = serializers.CharField()
    version = serializers.IntegerField()

    def get_is_in_force(self, row: dict[str, Any]) -> bool:
        names = ("state", "valid_from", "valid_until", "written_due_at")
        return Authority(**{name: row[name] for name in names}).is_in_force(self.context["view"].at)


class NoteShown(serializers.Serializer):
    """The note of a verbal authority (A-16)."""

    given_to_name = serializers.CharField()
    said_at = serializers.DateTimeField()
    means = serializers.ChoiceField(choices=Means.choices)
    ground = serializers.ChoiceField(choices=Ground.choices)
    words = serializers.CharField()
    confirmed_at = serializers.DateTimeField(allow_null=True)


class CancellationShown(serializers.Serializer):
    reason = serializers.CharField()
    done_under = serializers.CharField()
    cancelled_at = serializers.DateTimeField()
    cancelled_by_name = serializers.CharField()


class AuthorityWhole(AuthorityShown):
    disposed = serializers.CharField(help_text="Once its texts were disposed of (A-19): when, and which certificate proves it. They are then empty.")
    decision = DecisionShown(allow_null=True)
    document = serializers.CharField(allow_null=True, help_text="The canonical text whose SHA-256 the decision bears.")
    note = NoteShown(allow_null=True)
    cancellation = CancellationShown(allow_null=True)
    page = serializers.CharField(help_text="Where a person does the rest.")
