"""Deployment records, read by whoever may see them. They are completed, submitted and answered on the pages (R-1, 7.7)."""

from typing import Any

from rest_framework import serializers

from accounts.api.keyset import Asked, rows
from accounts.api.problems import FindingShown, finding_shown
from accounts.api.views import DetailView, ListView
from audit.reading import note_sight
from operations.api.views import OfOperation
from operations.permissions import check_sees
from policy.refusals import NotVisible
from reporting.checklist import checklist
from reporting.compiled import Known
from reporting.models import DeploymentRecord
from reporting.permissions import RECORD, RECORDS
from reporting.states import RecordState


class RecordsAsked(Asked):
    state = serializers.ChoiceField(choices=RecordState.choices, required=False)


class RecordShown(serializers.Serializer):
    id = serializers.UUIDField()
    deployment_id = serializers.UUIDField()
    operation_id = serializers.UUIDField(source="deployment.operation_id")
    reference = serializers.CharField(source="deployment.operation.reference")
    number = serializers.IntegerField(source="deployment.number", help_text="Of the deployment within its operation.")
    place = serializers.CharField(source="deployment.place.name")
    town = serializers.CharField(source="deployment.place.town")
    state = serializers.ChoiceField(choices=RecordState.choices)
    compiled_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class AnswerShown(serializers.Serializer):
    """An Authorising Officer’s answer to a submission."""

    accepted = serializers.BooleanField()
    reasons = serializers.CharField()
    answered_at = serializers.DateTimeField()
    answered_by_name = serializers.CharField()
    is_silver = serializers.BooleanField(help_text="The receiver was that deployment’s Silver (P-5).")
    why_receiver = serializers.CharField()


class SubmittedShown(serializers.Serializer):
    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    submitted_by_name = serializers.CharField()
    sha256 = serializers.CharField()
    content = serializers.CharField(help_text="The canonical text that was submitted, whose SHA-256 stands beside it.")
    answer = AnswerShown(allow_null=True)


class RecordWhole(RecordShown):
    disposed = serializers.CharField(help_text="Once its texts were disposed of (A-19): when, and which certificate proves it. They are then empty.")
    issues = serializers.CharField()
    impact = serializers.CharField()
    learning = serializers.CharField()
    system_alerts = serializers.IntegerField(allow_null=True, help_text="The LFR system’s own total.")
    system_faces = serializers.IntegerField(allow_null=True, help_text="The LFR system’s own total.")
    reconciliation = serializers.CharField(help_text="Why the totals differ, or are not known.")
    findings = FindingShown(many=True, help_text="While it is open: everything missing.")
    submissions = SubmittedShown(many=True)
    page = serializers.CharField(help_text="Where a person does the rest.")


SAID = ("issues", "impact", "learning", "system_alerts", "system_faces", "reconciliation")


class Records(ListView):
    """The deployment records that you may see, the newest first (R-1)."""

    access = RECORDS
    shown = RecordShown
    asked = RecordsAsked
    ordering = ("-compiled_at", "-pk")

    def get_queryset(self) -> Any:
        return DeploymentRecord.objects.visible_to(self.person, self.at)

    def narrowed(self, queryset: Any, said: dict[str, Any]) -> Any:
        return queryset.filter(state=said["state"]) if "state" in said else queryset


class RecordDetail(OfOperation, DetailView):
    """One deployment record: what people added, what is still missing, each submission with its text and hash, and what was answered (R-1, P-5)."""

    access = RECORD
    shown = RecordWhole

    def body(self) -> dict[str, Any]:
        record = DeploymentRecord.objects.select_related("deployment__operation").filter(pk=self.kwargs["record_id"]).first()
        if record is None:
            raise NotVisible()
        check_sees(RECORD, self.person, record.deployment.operation, self.at)
        note_sight(record, by=self.person, at=self.at)
        [row] = rows(DeploymentRecord.objects.filter(pk=record.pk), RecordShown())
        return {
            **row,
            **{name: getattr(record, name) for name in SAID},
            "disposed": record.deployment.operation.disposed,
            "findings": [finding_shown(found) for one in checklist(Known(record)) for found in one.findings] if record.is_open else [],
            "submissions": list(map(submitted_shown, record.submissions.select_related("submitted_by", "answer__answered_by"))),
            "page": record.get_absolute_url(),
        }


def submitted_shown(submission: Any) -> dict[str, Any]:
    about = {"number": submission.number, "submitted_at": submission.submitted_at, "submitted_by_name": submission.submitted_by.name}
    answer = answer_shown(submission.answer) if hasattr(submission, "answer") else None
    return {**about, "sha256": submission.sha256, "content": submission.content, "answer": answer}


def answer_shown(answer: Any) -> dict[str, Any]:
    who = {"answered_at": answer.answered_at, "answered_by_name": answer.answered_by.name}
    return {"accepted": answer.accepted, "reasons": answer.reasons, **who, "is_silver": answer.is_silver, "why_receiver": answer.why_receiver}
