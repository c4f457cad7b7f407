"""One duty, its owners, the steps on its way."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import Force, User
from accounts.states import Role
from audit.chain import SYSTEM_CHAIN
from audit.models import Governed
from obligations.models.pairs import words
from obligations.querysets import ObligationQuerySet, StepQuerySet, identity
from obligations.reckoning import Pinned, clocks_change_between
from obligations.states import ENDED, RUNNING, Kind, Manner, Reach, State, kind_label
from operations.models import Operation


class Obligation(Governed):
    """One duty with a clock (D-6, D-7): what, by whom, from when, until when, how proved. Its moments are stored: an outage misses none."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations")
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    sentence = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    basis_event = models.CharField(max_length=80)
    basis_at = models.DateTimeField()
    there_from = models.DateTimeField("there to be deleted since, where that was before the basis", null=True, blank=True)
    target_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    sum = models.CharField(max_length=250)
    clause = models.CharField(max_length=20, blank=True)
    edition = models.CharField(max_length=60)
    pinned = models.JSONField()
    seniors = models.JSONField(default=list)
    repeats = models.BooleanField(default=True)
    manner = models.CharField(max_length=10, choices=Manner, default=Manner.ACT)
    may_be_held = models.BooleanField(default=False)
    state = FSMField(max_length=12, choices=State, default=State.OPEN, protected=True)
    round = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proof = models.CharField(max_length=200, blank=True)

    objects = ObligationQuerySet.as_manager()
    identity = staticmethod(identity)

    class Meta:
        verbose_name = "clock"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="one_clock_of_a_kind"),
            models.CheckConstraint(condition=Q(due_at__isnull=False), name="never_without_due_moment"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, done_at__isnull=False) | Q(~Q(state__in=ENDED), done_at__isnull=True), name="ended_has_its_moment"
            ),
            models.CheckConstraint(condition=~Q(state=State.ERASING) | Q(begun_at__isnull=False, manner=Manner.ERASURE), name="erasing_has_begun"),
        ]
        indexes = [
            models.Index(fields=["force", "due_at", "id"], condition=Q(done_at=None), name="not_ended_of_a_force"),
            models.Index(fields=["force", "-done_at", "id"], name="done_of_a_force"),
            models.Index(fields=["operation", "due_at", "id"], name="clocks_of_an_operation"),
            models.Index(fields=["next_attempt_at", "id"], condition=Q(next_attempt_at__isnull=False), name="to_carry_out"),
            models.Index(fields=["kind", "state"], name="clocks_of_a_kind"),
            models.Index(fields=["subject_id"], name="clocks_of_a_subject"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id or SYSTEM_CHAIN

    def get_absolute_url(self) -> str:
        return f"/clocks/{self.pk}/"

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)

    @property
    def is_alert_data(self) -> bool:
        """Its hold is a statutory preservation (D-3); any other is one on footage (D-4)."""
        return self.kind == Kind.ALERT_DATA

    @property
    def what_is_held(self) -> str:
        return "alert data" if self.is_alert_data else "footage"

    @property
    def reckoned_with(self) -> Pinned:
        return Pinned.from_json(self.pinned)

    @property
    def clocks_change(self) -> bool:
        return clocks_change_between(self.basis_at, self.due_at)

    def is_overdue(self, at: datetime) -> bool:
        """Running and past its limit; met at the exact instant, broken after it."""
        return self.state in RUNNING and at > self.due_at

    @property
    def lateness(self) -> timedelta:
        """How long after the limit it was done; nothing when in time."""
        return max(self.done_at - self.due_at, timedelta()) if self.done_at else timedelta()

    @transition(field=state, source=State.OPEN, target=State.HELD, custom=words("D-4", "held", "7.11"))
    def hold(self) -> None:
        """Stopped by a hold."""

    @transition(field=state, source=State.HELD, target=State.OPEN, custom=words("D-4", "released", "7.11"))
    def release(self) -> None:
        """Runs again, on its original clock."""

    @transition(field=state, source=[State.OPEN, State.ERASING], target=State.ERASING, custom=words("D-6", "deleted", "7.11"))
    def begin(self) -> None:
        """Deletion has begun: from here on no hold can stop it."""

    @transition(field=state, source=State.OPEN, target=State.ATTESTED, custom=words("D-2", "certified", "7.9"))
    def attest(self) -> None:
        """One person says it has been deleted."""

    @transition(field=state, source=State.ATTESTED, target=State.OPEN, custom=words("D-2", "disputed", "7.9"))
    def dispute(self) -> None:
        """The second person does not confirm it."""

    @transition(field=state, source=[State.OPEN, State.ERASING, State.ATTESTED], target=State.DISCHARGED, custom=words("D-6", "completed"))
    def discharge(self) -> None:
        """Done, with proof."""

    @transition(field=state, source=State.OPEN, target=State.LIFTED, custom=words("D-6", "lifted"))
    def lift(self) -> None:
        """Its ground has fallen away."""


class Owner(models.Model):
    """Whose it is to do: a part in the operation, an office of the force, or one person. Escalation adds owners."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="owners")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(person=None) ^ Q(role=""), name="owner_is_role_or_person"),
            models.UniqueConstraint(fields=["obligation", "role"], condition=Q(person=None), name="one_owner_a_role"),
            models.UniqueConstraint(fields=["obligation", "person"], condition=Q(role=""), name="one_owner_a_person"),
        ]
        indexes = [models.Index(fields=["role", "obligation"], name="clocks_of_a_role")]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else Role(self.role).label


class Step(models.Model):
    """One rung of a ladder of reminders and escalation, as a row: what is due and not yet fired is found whenever somebody looks."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="steps")
    round = models.PositiveIntegerField(default=1)
    rung = models.CharField(max_length=40)
    reach = models.PositiveSmallIntegerField(choices=Reach)
    due_at = models.DateTimeField()
    next_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveIntegerField(default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["obligation", "round", "rung"], name="each_step_once")]
        indexes = [models.Index(fields=["next_at"], condition=Q(fired_at=None), name="steps_to_fire")]
