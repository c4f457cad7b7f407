"""Disposing of what was signed: proposed by one person, answered by another."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.models import Governed
from obligations.models.pairs import pair
from operations.models import Operation


class Disposal(Governed):
    """That what was signed in the operation need not be kept any longer, and what a second person said to it (A-19, 7.1)."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="disposals")
    reason = models.TextField("why it need not be kept")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    turned_down_at = models.DateTimeField(null=True, blank=True)
    turned_down_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("why it is still to be kept", blank=True)

    class Meta:
        verbose_name = "disposal"
        constraints = [
            models.UniqueConstraint(fields=["operation"], condition=Q(turned_down_at=None), name="one_standing_disposal"),
            models.CheckConstraint(condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")), name="nobody_disposes_alone"),
            models.CheckConstraint(condition=Q(confirmed_at=None) | Q(turned_down_at=None), name="confirmed_or_turned_down"),
            models.CheckConstraint(condition=pair("confirmed_at", "confirmed_by"), name="disposal_confirmed_pair"),
            models.CheckConstraint(condition=pair("turned_down_at", "turned_down_by"), name="disposal_turned_down_pair"),
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id
