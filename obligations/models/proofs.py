"""The proof that something is gone, and the proof that somebody looks."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from obligations.models.duties import Obligation
from obligations.models.pairs import pair
from obligations.states import Kind


class Attestation(models.Model):
    """What a person says about a deletion that this product cannot see (D-2, 7.9b): when, how, which item. Another confirms or disputes it."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="attestations")
    wiped_at = models.DateTimeField()
    how = models.CharField(max_length=300)
    item = models.CharField("serial or asset number", max_length=80)
    count = models.PositiveIntegerField(default=1)
    attested_at = models.DateTimeField()
    attested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    disputed_at = models.DateTimeField(null=True, blank=True)
    disputed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation"], condition=Q(disputed_at=None), name="one_standing_attestation"),
            models.CheckConstraint(condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("attested_by")), name="attester_is_not_confirmer"),
            models.CheckConstraint(condition=pair("confirmed_at", "confirmed_by"), name="attestation_confirmed_pair"),
            models.CheckConstraint(condition=pair("disputed_at", "disputed_by"), name="attestation_disputed_pair"),
        ]


class Certificate(models.Model):
    """The proof that something is gone (X-8). One for each duty, never changed; nothing in it identifies anyone whose data it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="certificate")
    what = models.CharField(max_length=200)
    method = models.CharField(max_length=300)
    item = models.CharField(max_length=80, blank=True)
    counts = models.JSONField(default=dict)
    sum = models.CharField(max_length=250)
    edition = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()
    lateness = models.DurationField()
    attempts = models.PositiveIntegerField(default=1)
    holds = models.JSONField(default=list)
    attested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    certified_at = models.DateTimeField()

    def get_absolute_url(self) -> str:
        return f"/clocks/{self.obligation_id}/certificate/"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.obligation.chain_id

    @property
    def counted(self) -> str:
        """3 notes, 1 file. Whoever deletes names what it counts in the plural."""
        return ", ".join(f"{number} {name.removesuffix('s') if number == 1 else name}" for name, number in sorted(self.counts.items()))

    @property
    def has_limit(self) -> bool:
        """A review has a date and is no limit for what was kept until then (A-19)."""
        return self.obligation.kind != Kind.KEPT_REVIEW

    @property
    def was_held(self) -> bool:
        return bool(self.holds)


class Heartbeat(models.Model):
    """When the clocks last ran, by the machine's own clock, and how it went. One row: what matters is the last time."""

    ran_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20)
    took = models.DurationField()
    steps = models.JSONField(default=list)
    braked = models.BooleanField(default=False)

    @classmethod
    def last(cls) -> "Heartbeat | None":
        return cls.objects.first()
