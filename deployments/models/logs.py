"""The logs of those who command and work (O-2, 7.1, 7.3), and the reviews of Silver and Gold (O-4, 7.4, 7.6)."""

import uuid

from django.db import models

from accounts.models import User
from accounts.states import Role
from deployments.models.alerts import new_salt
from deployments.models.deployment import Deployment
from deployments.models.readiness import OfDeployment
from deployments.querysets import LogEntryQuerySet
from deployments.states import Decision, LogKind


class LogEntry(OfDeployment):
    """A fact of somebody's log. Never changed: a mistake is corrected by a later entry that points at it."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="log_entries")
    kind = models.CharField(max_length=20, choices=LogKind)
    log_of = models.CharField("whose log", max_length=30, choices=Role)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "log entry"
        indexes = [models.Index(fields=["deployment", "-happened_at", "-id"], name="log_of_a_deployment")]

    @property
    def by_another(self) -> bool:
        """Entered by a loggist for the named person."""
        return self.entered_by_id != self.person_id


class LogNote(models.Model):
    """The words of an entry. Where they are about a person they are deleted like the personal data of an alert (D-3, 7.10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="note")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    text = models.TextField()
    about_person = models.BooleanField(default=False)

    @property
    def chain_id(self) -> uuid.UUID:
        return self.entry.chain_id


class Review(OfDeployment):
    """A review during the deployment: the questions answered, the figures as they stood, what was decided (O-4, 7.4, 7.6)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="reviews")
    role = models.CharField(max_length=30, choices=Role)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField()
    figures = models.JSONField()
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "review"
        ordering = ["reviewed_at", "id"]
        indexes = [models.Index(fields=["deployment", "reviewed_at"], name="reviews_of_a_deployment")]
