"""The debrief of a deployment (7.6, 6.1, 14.8)."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.models import Governed
from reporting.models.records import DeploymentRecord


class Debrief(Governed):
    """Chaired by someone other than Gold. `answers` by key: each objective ("objective.0"), deviation and breach ("deviation.<id>") (R-2)."""

    record = models.OneToOneField(DeploymentRecord, on_delete=models.PROTECT, related_name="debrief")
    chair = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ties = models.CharField("what ties the chair to the operation", max_length=300, blank=True)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    effects = models.JSONField(default=dict)
    impact = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    recognition_short_enough = models.BooleanField("was the recognition time short enough to respond?", null=True, blank=True)
    recognition = models.TextField("on the recognition time", blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "debrief"
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, entered_at=None) | Q(held_at__isnull=False, entered_at__isnull=False), name="debrief_held_pair"
            )
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.record.chain_id

    @property
    def operation(self) -> Any:
        return self.record.deployment.operation
