"""What the public is told of a deployment, in editions (9.6, 9.7, R-4, R-5, X-3)."""

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import Force, User
from audit.models import Governed
from deployments.states import Method
from reporting.models.records import DeploymentRecord, words
from reporting.querysets import PublicationQuerySet
from reporting.states import PUBLIC, PublicationState

S = PublicationState
SECOND = {"code": "R-5", "clause": "9.7"}


class Counted(models.Model):
    """The numbers of the frozen element once more, as columns: so that the register can be filtered and pooled by the database. Unknown is null."""

    faces = models.PositiveBigIntegerField(null=True, blank=True)
    faces_method = models.CharField(max_length=12, choices=Method, blank=True)
    alerts = models.PositiveIntegerField(default=0)
    true_confirmed = models.PositiveIntegerField(default=0)
    true_unconfirmed = models.PositiveIntegerField(default=0)
    false_confirmed = models.PositiveIntegerField(default=0)
    false_unconfirmed = models.PositiveIntegerField(default=0)
    not_determined = models.PositiveIntegerField(default=0)
    arrest = models.PositiveIntegerField(default=0)
    voluntary_attendance = models.PositiveIntegerField(default=0)
    street_bail = models.PositiveIntegerField(default=0)
    safeguarding = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def false_alerts(self) -> int:
        return self.false_confirmed + self.false_unconfirmed

    @property
    def positive_alerts(self) -> int:
        return self.true_confirmed + self.true_unconfirmed

    @property
    def outcomes(self) -> int:
        return self.arrest + self.voluntary_attendance + self.street_bail + self.safeguarding + self.other


class Publication(Governed, Counted):
    """One edition. `content` is the public element as text, `sha256` its hash: frozen when checked, shown to the public as it stands."""

    record = models.ForeignKey(DeploymentRecord, on_delete=models.PROTECT, related_name="publications")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    register_id = models.CharField(max_length=60)
    edition = models.PositiveIntegerField(default=1)
    state = FSMField(default=S.DRAFTED, choices=S.choices, protected=True)
    location = models.CharField(max_length=220)
    started_at = models.DateTimeField()
    why = models.TextField("why there is a further edition", blank=True)
    notes = models.TextField("notes for the public", blank=True)
    explanations = models.JSONField(default=dict)
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    beside = models.JSONField("what the page shows beside the element", default=dict)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("replaced or withdrawn", null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        constraints = [
            models.UniqueConstraint(fields=["record", "edition"], name="one_publication_an_edition"),
            models.UniqueConstraint(fields=["record"], condition=Q(state__in=["drafted", "checked", "approved"]), name="one_edition_in_the_making"),
            models.UniqueConstraint(fields=["record"], condition=Q(state="published"), name="one_edition_is_public"),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="nobody_publishes_alone"),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "checked"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="public_only_when_approved",
            ),
            models.CheckConstraint(condition=Q(state="drafted") | (~Q(content="") & ~Q(sha256="")), name="checked_is_frozen"),
            models.CheckConstraint(condition=~Q(state__in=PUBLIC) | Q(published_at__isnull=False), name="public_has_its_moment"),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""), name="withdrawn_has_its_reason"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(why=""), name="a_correction_has_its_reason"),
        ]
        indexes = [
            models.Index(fields=["-started_at", "-id"], condition=Q(state="published"), name="published_by_time"),
            models.Index(fields=["force", "-started_at", "-id"], condition=Q(state="published"), name="published_by_force"),
            models.Index(fields=["register_id", "edition"], name="editions_of_a_register_id"),
            models.Index(fields=["state", "drafted_at"], name="publications_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}, edition {self.edition}"

    def get_absolute_url(self) -> str:
        return f"/publications/{self.pk}/"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.record.chain_id

    @property
    def element(self) -> dict[str, Any]:
        return json.loads(self.content)

    @transition(state, S.DRAFTED, S.CHECKED, custom=words("checked", **SECOND))
    def check_in(self) -> None: ...

    @transition(state, [S.CHECKED, S.APPROVED], S.DRAFTED, custom=words("sent back", **SECOND))
    def send_back(self) -> None: ...

    @transition(state, S.CHECKED, S.APPROVED, custom=words("approved", **SECOND))
    def approve(self) -> None: ...

    @transition(state, S.APPROVED, S.PUBLISHED, custom=words("published", "R-4", "9.6"))
    def publish(self) -> None: ...

    @transition(state, S.PUBLISHED, S.CORRECTED, custom=words("corrected", "X-3", "9.6"))
    def give_way(self) -> None: ...

    @transition(state, S.PUBLISHED, S.WITHDRAWN, custom=words("withdrawn", "X-3", "9.7"))
    def withdraw(self) -> None: ...
