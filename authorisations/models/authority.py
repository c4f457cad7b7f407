"""What an Authorising Officer considers, decides and authorises; and how an authority ends."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import User
from audit.models import Governed
from authorisations.models.application import Application, Submission
from authorisations.querysets import AuthorityQuerySet
from authorisations.states import IN_FORCE, AuthorityState, Ground, Means, NotePoint, Outcome
from operations.models import Operation

S = AuthorityState


class Consideration(Governed):
    """An Authorising Officer's answers to the questions of the Written Authority Document, in as many sittings as needed (A-15)."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="considerations")
    ao = models.ForeignKey(User, on_delete=models.PROTECT, related_name="considerations")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "Written Authority Document"
        constraints = [models.UniqueConstraint(fields=["submission", "ao"], name="one_consideration_an_ao")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.submission.application.operation_id


class Decision(models.Model):
    """A signed decision on one submission. Never changed. `content` is the canonical text of the document, `sha256` its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decision")
    ao = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reasons = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    @property
    def chain_id(self) -> uuid.UUID:
        return self.submission.application.operation_id

    @property
    def done(self) -> str:
        return Outcome(self.outcome).done


class Authority(Governed):
    """The authority to deploy (2, 6.1): from when until when, for which application, under which conditions."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="authorities")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="authorities")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="authority")
    ao = models.ForeignKey(User, on_delete=models.PROTECT, related_name="authorities")
    state = FSMField(default=S.VERBAL, choices=S.choices, protected=True)
    given_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    threshold = models.DecimalField(max_digits=4, decimal_places=3)
    watchlist_ceiling = models.PositiveIntegerField()
    conditions = models.TextField(blank=True)
    written_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "authority"
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(fields=["operation"], condition=Q(state__in=["verbal", "written"]), name="one_authority_in_force"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="authority_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(state="verbal") | Q(written_due_at__isnull=False), name="verbal_authority_has_its_limit"),
        ]
        indexes = [models.Index(fields=["valid_until"], condition=Q(state__in=["verbal", "written"]), name="authorities_to_lapse")]

    def __str__(self) -> str:
        return f"{self.operation.reference} version {self.application.number}"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id

    @property
    def answered(self) -> Submission:
        """What was authorised: what the document answers, or what stood submitted when the words were spoken (A-17)."""
        if self.decision:
            return self.decision.submission
        return self.application.submissions.filter(submitted_at__lte=self.note.recorded_at).latest("number")

    def is_in_force(self, at: datetime) -> bool:
        """Whether it permits deploying at that moment; computed, so that a late sweep cannot stretch it."""
        return self.state in IN_FORCE and self.valid_from <= at <= self.permits_until

    @property
    def permits_until(self) -> datetime:
        """The end of its validity; while it is only verbal, its limit for writing where that comes first (A-16)."""
        if self.state == S.VERBAL and self.written_due_at:
            return min(self.valid_until, self.written_due_at)
        return self.valid_until

    @transition(state, S.VERBAL, S.WRITTEN, custom={"done": "put in writing", "code": "A-16", "clause": "6.1"})
    def write(self) -> None: ...

    @transition(state, [S.VERBAL, S.WRITTEN], S.LAPSED, custom={"done": "lapsed", "code": "A-9", "clause": "6.1"})
    def lapse(self) -> None: ...

    @transition(state, [S.VERBAL, S.WRITTEN], S.CANCELLED, custom={"done": "cancelled", "code": "A-18", "clause": "7.7"})
    def cancel(self) -> None: ...

    @transition(state, S.WRITTEN, S.SUPERSEDED, custom={"done": "superseded", "code": "A-17", "clause": "7.1"})
    def supersede(self) -> None: ...


class VerbalNote(models.Model):
    """The note of a verbal authority: who gave it, to whom, when, by what means, the words, why it could not wait (A-16, 6.1). Not the document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="note")
    given_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    means = models.CharField(max_length=12, choices=Means)
    words = models.TextField()
    ground = models.CharField(max_length=12, choices=Ground)
    why_urgent = models.TextField()
    why_not_written = models.TextField()
    outstanding = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute = models.TextField("what the officer says instead", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(confirmed_at=None) | Q(disputed_at=None), name="words_are_confirmed_or_disputed")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.authority.operation_id

    @property
    def awaits_confirmation(self) -> bool:
        return self.authority.state == S.VERBAL and self.confirmed_at is None


class VerbalCorrection(models.Model):
    """A later entry that points at a mistake in the note (A-16). What was first written stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = models.ForeignKey(VerbalNote, on_delete=models.PROTECT, related_name="corrections")
    point = models.CharField(max_length=20, choices=NotePoint)
    text = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["corrected_at", "id"]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.note.authority.operation_id


class Cancellation(models.Model):
    """The cancellation report: when, why, what was done under the authority (A-18, 7.7). One that lapsed by itself still needs it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    done_under = models.TextField()
    cancelled_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    @property
    def chain_id(self) -> uuid.UUID:
        return self.authority.operation_id
