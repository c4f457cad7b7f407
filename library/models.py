"""Governance documents with their versions; what an operation's application made of them; its local community impact assessment."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Force, User
from audit.models import Governed
from library.querysets import VersionQuerySet
from library.states import ASSESSMENTS, NEEDS_APPROVAL, Kind
from operations.models import Operation

CIA_TEXTS = ("communities", "impact", "consulted", "tension_indicators", "mitigations")


class Document(Governed):
    """A document that governs the force's use of LFR (G-1, 7.2, 9.1). It is kept elsewhere; here stand its versions and their review."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=150)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["force", "kind"], condition=Q(kind__in=ASSESSMENTS), name="one_document_an_assessment"),
            models.UniqueConstraint(fields=["force", "title"], name="one_document_a_title"),
        ]
        indexes = [models.Index(fields=["kind", "title", "id"], name="library_register")]

    def __str__(self) -> str:
        return self.title


class Version(Governed):
    """A version as adopted: from when, until when it is to be reviewed, where it is kept, what it found and how that is met (7.1, 7.2)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    adopted_date = models.DateField()
    review_date = models.DateField()
    reference = models.CharField("where it is kept", max_length=200)
    issues = models.TextField(blank=True)
    mitigations = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(review_date__gt=F("adopted_date")), name="review_follows_adoption"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approved_by_someone_at_a_time",
            ),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("recorded_by")), name="approver_is_not_recorder"),
        ]
        indexes = [models.Index(fields=["review_date", "id"], name="versions_by_review")]

    def __str__(self) -> str:
        return f"{self.document.title}, version {self.number}"

    @property
    def heading(self) -> str:
        return f"Version {self.number}"

    def is_expired(self, day: date) -> bool:
        """The review date is the last day on which the version may be relied on (X-11)."""
        return self.review_date < day

    @property
    def awaits_approval(self) -> bool:
        return self.document.kind in NEEDS_APPROVAL and self.approved_at is None


class AssessmentReview(Governed):
    """What the applicant made of one of the force's assessments for this operation: which version, by whom, when, with what outcome (A-10)."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="assessment_reviews")
    kind = models.CharField(max_length=20, choices=Kind)
    document_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField()
    sufficient = models.BooleanField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "review of an assessment"
        constraints = [
            models.UniqueConstraint(fields=["operation", "kind"], name="one_review_an_assessment"),
            models.CheckConstraint(condition=Q(kind__in=ASSESSMENTS), name="only_assessments_are_reviewed"),
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id


class LocalCia(Governed):
    """The local community impact assessment, completed by Neighbourhood Policing Team supervision for every operation (A-10, 7.1)."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="local_cia")
    communities = models.TextField()
    impact = models.TextField()
    consulted = models.TextField()
    tension_indicators = models.TextField()
    mitigations = models.TextField()
    completed_at = models.DateTimeField()
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "local community impact assessment"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id
