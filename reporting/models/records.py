"""The deployment record (2, 6.1, 7.7): one a deployment; each submission frozen as text with its hash; each answer to one."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from audit.models import Governed
from deployments.models import Deployment
from obligations.models import Obligation
from obligations.states import Kind
from reporting.querysets import RecordQuerySet
from reporting.states import OPEN_RECORD, RecordState

S = RecordState
AGAIN = "returned_record"


def words(done: str, code: str = "R-1", clause: str = "7.7") -> dict[str, str]:
    return {"done": done, "code": code, "clause": clause}


class DeploymentRecord(Governed):
    """What is known of the deployment is read from its rows; here stands what only people can add, and where the record is (R-1, D-5)."""

    deployment = models.OneToOneField(Deployment, on_delete=models.PROTECT, related_name="record")
    state = FSMField(default=S.COMPILING, choices=S.choices, protected=True)
    compiled_at = models.DateTimeField()
    compiled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issues = models.TextField("summary of any issues", blank=True)
    impact = models.TextField("impact", blank=True)
    learning = models.TextField("learning", blank=True)
    system_alerts = models.PositiveIntegerField("alerts by the LFR system’s own total", null=True, blank=True)
    system_faces = models.PositiveBigIntegerField("faces by the LFR system’s own total", null=True, blank=True)
    reconciliation = models.TextField("why the totals differ, or are not known", blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "deployment record"
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None) | Q(completed_at__isnull=False, completed_by__isnull=False), name="completed_pair"
            ),
            models.CheckConstraint(condition=Q(state=S.COMPILING) | Q(completed_at__isnull=False), name="only_a_completed_record_is_submitted"),
        ]
        indexes = [models.Index(fields=["state", "compiled_at", "id"], name="records_by_state")]

    def __str__(self) -> str:
        return str(self.deployment)

    def get_absolute_url(self) -> str:
        return f"/records/{self.pk}/"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.deployment.operation_id

    @property
    def is_open(self) -> bool:
        """Whether Silver and the applicant still write in it."""
        return self.state in OPEN_RECORD

    def clocks(self) -> Any:
        """By when the Authorising Officer is owed it: once, and again after each return (D-5)."""
        returns = RecordAnswer.objects.filter(submission__record=self).values("pk")
        owed = Q(kind=Kind.RECORD_TO_AO, subject_id=self.deployment_id) | Q(kind=AGAIN, subject_id__in=returns)
        return Obligation.objects.filter(owed).order_by("opened_at")

    @transition(state, [S.COMPILING, S.RETURNED], S.SUBMITTED, custom=words("submitted"))
    def submit(self) -> None: ...

    @transition(state, S.SUBMITTED, S.RETURNED, custom=words("returned"))
    def give_back(self) -> None: ...

    @transition(state, S.SUBMITTED, S.ACCEPTED, custom=words("accepted"))
    def accept(self) -> None: ...


class RecordSubmission(models.Model):
    """What was submitted: canonical text and its SHA-256. Never changed; a returned record is submitted again as another row (R-1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(DeploymentRecord, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_record_submission_a_number")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.record.chain_id


class RecordAnswer(models.Model):
    """An Authorising Officer's answer to a submission. `why_receiver`: why it is not the authorising one, or is that deployment's Silver (P-5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(RecordSubmission, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reasons = models.TextField(blank=True)
    is_silver = models.BooleanField("the receiver is this deployment’s Silver", default=False)
    why_receiver = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_silver=False) | ~Q(why_receiver=""), name="silver_receives_only_with_a_reason"),
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(reasons=""), name="a_return_has_its_reasons"),
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.submission.chain_id
