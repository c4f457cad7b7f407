"""Reviews by those who oversee, and what is to be done about learning and decisions (7.8, 8.1, R-7)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Force, User
from audit.chain import SYSTEM_CHAIN
from audit.models import Governed
from reporting.models.debriefs import Debrief
from reporting.querysets import ActionQuerySet
from reporting.states import Body


class BoardReview(Governed):
    """A review of a period: who held it, the figures as they stood, what was decided (R-7, 8.1)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=20, choices=Body)
    held_date = models.DateField()
    from_date = models.DateField()
    to_date = models.DateField()
    considered = models.TextField("what was considered")
    decisions = models.TextField("what was decided")
    figures = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "board review"
        ordering = ["-held_date", "-recorded_at"]
        constraints = [models.CheckConstraint(condition=Q(to_date__gte=models.F("from_date")), name="period_ends_after_it_starts")]


class Action(Governed):
    """Something to be done, from the learning of a debrief or a board's decision: by whom, by when, whether it was (R-2, R-7)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    debrief = models.ForeignKey(Debrief, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    review = models.ForeignKey(BoardReview, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    what = models.CharField("what is to be done", max_length=300)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField("what came of it", blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action"
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(debrief=None) ^ Q(review=None), name="action_of_debrief_or_review"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False), name="action_done_pair"
            ),
        ]
        indexes = [models.Index(fields=["force", "due_at", "id"], name="actions_of_a_force")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.debrief.chain_id if self.debrief else SYSTEM_CHAIN
