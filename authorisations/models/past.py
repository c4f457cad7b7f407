"""What came of earlier deployments, told by the floors above: an application shows it beside its reasons for a place (A-5, 5.8)."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import models

from audit.chain import SYSTEM_CHAIN
from authorisations.querysets import PastResultQuerySet
from operations.models import Operation, Place

HOUR = timedelta(hours=1)


class PastResult(models.Model):
    """One past deployment at a place, in numbers, told anew when they change. `is_accepted`: with its record, by the Authorising Officer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="past_results")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField()
    lasted = models.DurationField("how long it was live, without suspensions")
    alerts = models.PositiveIntegerField()
    positive = models.PositiveIntegerField()
    false = models.PositiveIntegerField()
    outcomes = models.PositiveIntegerField()
    faces = models.PositiveBigIntegerField(null=True, blank=True)
    is_accepted = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    objects = PastResultQuerySet.as_manager()

    class Meta:
        verbose_name = "past result"
        ordering = ["-began_at", "key"]
        indexes = [models.Index(fields=["place", "-began_at"], name="past_results_of_a_place")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id or SYSTEM_CHAIN

    @property
    def alerts_an_hour(self) -> Decimal:
        return (Decimal(self.alerts) / Decimal(self.lasted / HOUR)).quantize(Decimal("0.1"))
