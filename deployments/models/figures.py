"""What is counted: faces as read, thresholds in use, volunteers of the Blue watchlist."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from deployments.models.deployment import Deployment
from deployments.models.readiness import OfDeployment
from deployments.states import Method


class FaceReading(OfDeployment):
    """The system's own counter as last read, and how it counts (O-6, X-5)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="face_readings")
    count = models.PositiveBigIntegerField()
    method = models.CharField(max_length=12, choices=Method)
    read_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "reading of faces"
        ordering = ["read_at", "id"]


class ThresholdChange(OfDeployment):
    """Who set the threshold, when, why, to what (O-10, 14.6)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="threshold_changes")
    old = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    new = models.DecimalField(max_digits=4, decimal_places=3)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "change of threshold"
        ordering = ["changed_at", "id"]


class BlueVolunteer(OfDeployment):
    """A volunteer of the Blue watchlist, by a label that identifies nobody, and when they consented in writing (W-5, 10.13)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="volunteers")
    label = models.CharField(max_length=20)
    consented_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "volunteer"
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["deployment", "label"], name="one_volunteer_a_label")]


class BlueRun(OfDeployment):
    """How often a volunteer passed through the zone, and how often the system alerted correctly (W-5, 14.3)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="blue_runs")
    volunteer = models.ForeignKey(BlueVolunteer, on_delete=models.PROTECT, related_name="runs")
    passes = models.PositiveIntegerField()
    correct = models.PositiveIntegerField("passes with a correct alert")
    ran_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Blue run"
        ordering = ["ran_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(correct__lte=F("passes")), name="never_more_alerts_than_passes"),
            models.CheckConstraint(condition=Q(passes__gt=0), name="a_run_has_passes"),
        ]
