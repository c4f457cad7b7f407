"""Holds: the one way in which footage outlives its limit."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import User
from audit.models import Governed
from obligations.models.duties import Obligation
from obligations.models.pairs import pair, words
from obligations.querysets import HoldQuerySet
from obligations.states import Basis, Covers, HoldState


class Hold(Governed):
    """A named ground on which named footage is kept beyond its limit (D-4, 7.11): asked by one, placed by a second, released by a third person."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="holds")
    basis = models.CharField(max_length=12, choices=Basis)
    footage = models.CharField(max_length=200)
    covers = models.CharField(max_length=6, choices=Covers, default=Covers.WHOLE)
    reason = models.CharField(max_length=500)
    state = FSMField(max_length=10, choices=HoldState, default=HoldState.ASKED, protected=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    review_due_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    release_reason = models.CharField(max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "hold"
        constraints = [
            models.CheckConstraint(condition=pair("answered_at", "answered_by"), name="hold_answered_pair"),
            models.CheckConstraint(condition=pair("reviewed_at", "reviewed_by"), name="hold_reviewed_pair"),
            models.CheckConstraint(condition=pair("released_at", "released_by"), name="hold_released_pair"),
            models.CheckConstraint(condition=~Q(state=HoldState.PLACED) | Q(review_due_at__isnull=False), name="placed_hold_has_review"),
            models.CheckConstraint(condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="asker_does_not_place"),
            models.CheckConstraint(
                condition=Q(released_by=None) | (~Q(released_by=F("asked_by")) & ~Q(released_by=F("answered_by"))), name="releaser_is_a_third_person"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "review_due_at"], name="holds_by_review"),
            models.Index(fields=["obligation", "state"], name="holds_of_a_clock"),
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.obligation.chain_id

    @transition(field=state, source=HoldState.ASKED, target=HoldState.PLACED, custom=words("D-4", "placed", "7.11"))
    def place(self) -> None:
        """The footage is kept."""

    @transition(field=state, source=HoldState.ASKED, target=HoldState.REFUSED, custom=words("D-4", "refused", "7.11"))
    def refuse(self) -> None:
        """The footage is deleted in time."""

    @transition(field=state, source=HoldState.PLACED, target=HoldState.RELEASED, custom=words("D-4", "released", "7.11"))
    def release(self) -> None:
        """The footage goes back to its original clock."""
