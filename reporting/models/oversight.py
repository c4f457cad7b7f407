"""What those who oversee keep beside the figures: what was heard from outside, the risk register, and packs for their meetings (R-7)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Force, User
from audit.chain import SYSTEM_CHAIN
from audit.models import Governed
from obligations.models.pairs import pair
from reporting.states import Degree, Heard


class Feedback(Governed):
    """A complaint, feedback of the public, or engagement outside the force: received on a day, answered or not (9.1, 9.6). It names nobody."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Heard)
    day = models.DateField()
    about = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "feedback"
        ordering = ["-day", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=pair("answered_at", "answered_by"), name="feedback_answered_pair"),
        ]
        indexes = [models.Index(fields=["force", "-day", "-recorded_at"], name="feedback_of_a_force")]


class Risk(Governed):
    """A risk of using the technology, looked at again by a day (5.2f, 5.3e)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=Degree)
    impact = models.PositiveSmallIntegerField(choices=Degree)
    measures = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.TextField(blank=True)

    class Meta:
        verbose_name = "risk"
        ordering = ["-impact", "-likelihood", "opened_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(closed_at=None) | ~Q(closed_why=""), name="closed_risk_says_why")]
        indexes = [models.Index(fields=["force", "closed_at"], name="risks_of_a_force")]


class Pack(models.Model):
    """The figures of a period as they stood when it was prepared, as canonical text with its SHA-256. Never changed; it names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-prepared_at", "id"]
        indexes = [models.Index(fields=["force", "-prepared_at"], name="packs_of_a_force")]

    @property
    def chain_id(self) -> uuid.UUID:
        return SYSTEM_CHAIN
