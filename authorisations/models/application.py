"""The application: sections saved one by one, the days it asks for, and each submission frozen as text with its hash."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import User
from audit.models import Governed
from authorisations.querysets import ApplicationQuerySet
from authorisations.states import OPEN_TO_EDITING, ApplicationState
from operations.models import Operation, Place
from policy import Edition, edition
from watchlists.models import Composition

S = ApplicationState


class Application(Governed):
    """An LFR application (A-1, 6.1, 7.1). An amendment is a further version, which needs the Authorising Officer again (A-17)."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField("version of the application", default=1)
    state = FSMField(default=S.DRAFT, choices=S.choices, protected=True)
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="applications")
    policy_edition = models.CharField(max_length=40)
    policy_sha256 = models.CharField(max_length=64)
    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    withdrawn_reason = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "application"
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="one_application_a_version"),
            models.UniqueConstraint(fields=["operation"], condition=Q(state__in=["draft", "submitted", "returned"]), name="one_open_application"),
        ]
        indexes = [models.Index(fields=["state", "-started_at", "-id"], name="applications_by_state")]

    def __str__(self) -> str:
        return f"{self.operation.reference} version {self.number}"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id

    @property
    def edition(self) -> Edition:
        return edition(self.policy_edition)

    @property
    def is_open(self) -> bool:
        """Whether it can be edited: a draft, or returned for more."""
        return self.state in OPEN_TO_EDITING

    @transition(state, [S.DRAFT, S.RETURNED], S.SUBMITTED, custom={"done": "submitted", "code": "A-17", "clause": "7.1"})
    def submit(self) -> None: ...

    @transition(state, S.SUBMITTED, S.RETURNED, custom={"done": "returned", "code": "A-15", "clause": "6.1"})
    def give_back(self) -> None: ...

    @transition(state, S.SUBMITTED, S.AUTHORISED, custom={"done": "authorised", "code": "A-15", "clause": "6.1"})
    def authorise(self) -> None: ...

    @transition(state, S.SUBMITTED, S.REFUSED, custom={"done": "refused", "code": "A-15", "clause": "6.1"})
    def refuse(self) -> None: ...

    @transition(state, [S.DRAFT, S.SUBMITTED, S.RETURNED], S.WITHDRAWN, custom={"done": "withdrawn", "code": "A-1", "clause": "6.1"})
    def withdraw(self) -> None: ...


class Section(Governed):
    """One section's answers as they were typed: a wrong answer in a draft is kept, and refused only at submission."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "section"
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_section_a_name")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.application.operation_id


class Day(Governed):
    """One place on one day, from when until when: what becomes a deployment (A-1, A-9)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="days")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="days")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = "day"
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="day_ends_after_it_starts")]
        indexes = [models.Index(fields=["place", "-starts_at"], name="days_at_a_place")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.application.operation_id


class Deviation(Governed):
    """Where the operation will be slightly outside the procedures, what and why (G-4, 15.3)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="deviations")
    clause = models.CharField(max_length=10)
    what = models.TextField()
    why = models.TextField()

    class Meta:
        verbose_name = "deviation"
        ordering = ["clause", "id"]

    @property
    def about(self) -> str:
        """The clause with its title in the policy edition."""
        return f"{self.clause} {self.application.edition.deviations.get(self.clause, '')}".strip()

    @property
    def chain_id(self) -> uuid.UUID:
        return self.application.operation_id


class Submission(models.Model):
    """What was submitted, as canonical text with its SHA-256 (A-17). Never changed: a returned application is submitted again as another row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_submission_a_number")]
        ordering = ["number"]

    @property
    def chain_id(self) -> Any:
        return self.application.operation_id
