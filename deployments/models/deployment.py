"""The deployment: one place on one day. And each step of its story."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import User
from audit.models import Governed
from authorisations.models import Authority, Day
from deployments.querysets import DeploymentQuerySet
from deployments.states import ENDED, RUNNING, Method, Move, Reason, State
from operations.models import Operation, Place
from policy import Edition, edition


def words(done: str, code: str = "O-3", clause: str = "7.5") -> dict[str, str]:
    return {"done": done, "code": code, "clause": clause}


class Deployment(Governed):
    """One place on one day (O-1 to O-11). `starts_at` and `ends_at` are what was authorised, `live_at` and `ended_at` what happened."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="deployments")
    number = models.PositiveIntegerField("number within the operation")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="deployments")
    day = models.OneToOneField(Day, on_delete=models.PROTECT, related_name="deployment")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="deployments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    policy_edition = models.CharField(max_length=40)
    state = FSMField(default=State.PLANNED, choices=State.choices, protected=True)
    planned_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counted_as_concluded = models.BooleanField("nobody concluded it", default=False)
    review_minutes = models.PositiveIntegerField("minutes between Silver’s reviews")
    review_due_at = models.DateTimeField(null=True, blank=True)
    threshold = models.DecimalField("threshold in use", max_digits=4, decimal_places=3, null=True, blank=True)
    faces_counted = models.PositiveBigIntegerField(null=True, blank=True)
    faces_method = models.CharField(max_length=12, choices=Method, blank=True)
    faces_read_at = models.DateTimeField(null=True, blank=True)

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = "deployment"
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="one_deployment_a_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="deployment_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(state__in=["planned", "stood_down"]) | Q(live_at__isnull=False), name="live_has_its_moment"),
            models.CheckConstraint(condition=Q(state__in=ENDED) ^ Q(ended_at=None), name="end_has_its_moment"),
        ]
        indexes = [
            models.Index(fields=["state", "ends_at"], name="deployments_by_state"),
            models.Index(fields=["-starts_at", "-id"], name="deployments_by_time"),
            models.Index(fields=["place", "-starts_at"], name="deployments_at_a_place"),
            models.Index(fields=["review_due_at"], condition=Q(state=State.LIVE), name="reviews_due"),
        ]

    def __str__(self) -> str:
        return f"{self.operation.reference}/{self.number}"

    def get_absolute_url(self) -> str:
        return f"/deployments/{self.pk}/"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id

    @property
    def edition(self) -> Edition:
        return edition(self.policy_edition)

    @property
    def register_id(self) -> str:
        """cumbria-2026-0014-1: what the public register calls it, for ever (X-1)."""
        _, year, number = self.operation.reference.split("/")
        return f"{self.operation.force_id}-{year}-{number}-{self.number}"

    @property
    def is_running(self) -> bool:
        """Live or suspended: begun and not ended."""
        return self.state in RUNNING

    def review_is_overdue(self, at: datetime) -> bool:
        return self.state == State.LIVE and self.review_due_at is not None and at > self.review_due_at

    @transition(state, State.PLANNED, State.LIVE, custom=words("taken live", "O-1", "5.1"))
    def go_live(self) -> None: ...

    @transition(state, State.LIVE, State.SUSPENDED, custom=words("suspended"))
    def suspend(self) -> None: ...

    @transition(state, State.SUSPENDED, State.LIVE, custom=words("resumed"))
    def resume(self) -> None: ...

    @transition(state, RUNNING, State.CONCLUDED, custom=words("concluded", "O-3", "7.3"))
    def conclude(self) -> None: ...

    @transition(state, RUNNING, State.TERMINATED, custom=words("terminated"))
    def terminate(self) -> None: ...

    @transition(state, State.PLANNED, State.STOOD_DOWN, custom=words("stood down"))
    def stand_down(self) -> None: ...


class StateChange(Governed):
    """One step: what, when it happened, who entered it, why. The reason may follow (O-3, 7.5)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="changes")
    move = models.CharField(max_length=12, choices=Move)
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_order = models.BooleanField("on Silver’s order", default=False)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    reason_given_at = models.DateTimeField(null=True, blank=True)
    reason_given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "step"
        ordering = ["happened_at", "entered_at", "id"]
        indexes = [models.Index(fields=["deployment", "happened_at"], name="changes_of_a_deployment")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.deployment.operation_id

    @property
    def owes_reason(self) -> bool:
        return self.move in (Move.SUSPENDED, Move.TERMINATED) and not self.reason
