"""What makes a deployment ready to go live (O-1): assets with their two people, points answered, the public told, the watchlist compiled."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.models import Governed
from deployments.models.deployment import Deployment
from deployments.states import Style


class OfDeployment(Governed):
    """A record of one deployment."""

    deployment: models.ForeignKey

    class Meta:
        abstract = True

    @property
    def chain_id(self) -> uuid.UUID:
        return self.deployment.operation_id


class Asset(OfDeployment):
    """A van, or a wired system: confirmed with the Operator and the Engagement Officer who are there for it (5.11, 6/5.3)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="assets")
    number = models.PositiveSmallIntegerField()
    style = models.CharField(max_length=8, choices=Style)
    identifier = models.CharField("fleet or asset number", max_length=40)
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    engagement_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    briefed = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "asset"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["deployment", "number"], name="one_asset_a_number")]


class Answer(OfDeployment):
    """A point of the go-live check as a named person answered it. Answered again after a suspension; the latest counts."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="answers")
    point = models.CharField(max_length=30)
    subject = models.CharField(max_length=300, blank=True)
    met = models.BooleanField()
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "answer"
        ordering = ["answered_at", "id"]
        indexes = [models.Index(fields=["deployment", "point"], name="answers_of_a_deployment")]


class PublicNotice(OfDeployment):
    """That the public was told, when and where; or why it was not (9.4, X-9)."""

    deployment = models.OneToOneField(Deployment, on_delete=models.PROTECT, related_name="public_notice")
    given_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=300, blank=True)
    reason = models.TextField("why shorter than the target, or not at all", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "public notice"
        constraints = [models.CheckConstraint(condition=Q(given_at__isnull=False) | ~Q(reason=""), name="no_notice_needs_a_reason")]


class Compilation(OfDeployment):
    """A dated edition of the watchlist as loaded (W-4, 10.9): counts by category, no identity."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="compilations")
    number = models.PositiveIntegerField()
    compiled_at = models.DateTimeField()
    subjects = models.PositiveIntegerField()
    images = models.PositiveIntegerField()
    children = models.PositiveIntegerField("under 18", default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "watchlist edition"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["deployment", "number"], name="one_compilation_a_number")]


class CompilationLine(models.Model):
    compilation = models.ForeignKey(Compilation, on_delete=models.CASCADE, related_name="lines")
    category = models.SlugField(max_length=40)
    subjects = models.PositiveIntegerField()
    images = models.PositiveIntegerField()

    class Meta:
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["compilation", "category"], name="one_compiled_line_a_category"),
            models.CheckConstraint(condition=Q(images__gte=F("subjects")), name="compiled_image_for_each_subject"),
        ]
