"""What is flagged: breaches that stand until the Authorising Officer has dealt with them (O-11), warnings that ask Silver to decide (O-6)."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from deployments.models.alerts import Alert
from deployments.models.deployment import Deployment
from deployments.models.readiness import OfDeployment
from deployments.querysets import FlagQuerySet
from deployments.states import CLAUSES, BreachKind, Decision, WarningKind


def answered_pair() -> Q:
    return Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False)


class Breach(OfDeployment):
    """What has happened and should not have: accepted, flagged, never refused (O-11)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="breaches")
    kind = models.CharField(max_length=20, choices=BreachKind)
    sentence = models.CharField(max_length=200)
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="breaches")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "breach"
        verbose_name_plural = "breaches"
        ordering = ["happened_at", "id"]
        constraints = [models.CheckConstraint(condition=answered_pair(), name="breach_answered_pair")]
        indexes = [models.Index(fields=["deployment", "happened_at"], name="breaches_of_a_deployment")]

    @property
    def clause(self) -> str:
        return CLAUSES[BreachKind(self.kind)]


class PerformanceWarning(OfDeployment):
    """A warning that asks Silver for a decision (O-6, X-10, 10.16): what was seen, and what Silver did about it."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=10, choices=WarningKind)
    sentence = models.CharField(max_length=200)
    figures = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "warning"
        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(condition=answered_pair(), name="warning_answered_pair"),
            models.UniqueConstraint(
                fields=["deployment", "kind"], condition=Q(answered_at=None) & ~Q(kind=WarningKind.CONCERN), name="one_open_warning_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["deployment", "raised_at"], name="warnings_of_a_deployment")]
