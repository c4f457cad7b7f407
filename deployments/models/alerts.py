"""Alerts (O-5). What identifies anyone stands in a table of its own and is deleted; what stays for the figures is then made unlinkable (D-3)."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from deployments.models.deployment import Deployment, words
from deployments.models.readiness import OfDeployment
from deployments.querysets import AlertQuerySet
from deployments.states import CONFIRMED, AlertState, Outcome, Result

S = AlertState
JUDGED = {"code": "O-5", "clause": "5.10"}


def new_salt() -> str:
    return secrets.token_hex(16)


class Alert(OfDeployment):
    """One alert and its two human stages, each with person and time. After erasure its times are whole hours and its camera is gone (D-3)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="alerts")
    state = FSMField(default=S.RAISED, choices=S.choices, protected=True)
    raised_at = models.DateTimeField()
    camera = models.CharField(max_length=40, blank=True)
    similarity = models.DecimalField(max_digits=4, decimal_places=3)
    threshold = models.DecimalField("threshold in use", max_digits=4, decimal_places=3, null=True, blank=True)
    category = models.SlugField(max_length=40, blank=True)
    recognition_seconds = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    factors = models.JSONField(default=list)
    adjudicated_at = models.DateTimeField(null=True, blank=True)
    adjudicated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    passed_on = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    engaged = models.BooleanField(null=True, blank=True)
    result = models.CharField(max_length=20, choices=Result, blank=True)
    resulted_at = models.DateTimeField(null=True, blank=True)
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by")
    evidence_moved = models.BooleanField("evidence went to the case system", null=True, blank=True)
    is_unlinked = models.BooleanField(default=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alert"
        constraints = [
            models.CheckConstraint(condition=Q(state=S.CLOSED) | Q(result=""), name="result_closes_the_alert"),
            models.CheckConstraint(condition=~Q(state=S.CLOSED) | ~Q(result=""), name="closed_alert_has_a_result"),
            models.CheckConstraint(
                condition=~Q(result__in=CONFIRMED) | Q(engaged__isnull=False, engaged=True), name="confirmed_only_after_engagement"
            ),
        ]
        indexes = [
            models.Index(fields=["deployment", "-raised_at", "-id"], name="alerts_of_a_deployment"),
            models.Index(fields=["raised_at"], condition=Q(state=S.RAISED), name="alerts_to_adjudicate"),
        ]

    @property
    def told_of(self) -> Deployment:
        """The trail does not name an alert, whose moment it would give away after erasure (D-3)."""
        return self.deployment

    @property
    def is_rounding_case(self) -> bool:
        """Equal to the threshold in use: above it before the system rounded."""
        return self.threshold is not None and self.similarity == self.threshold

    @transition(state, S.RAISED, S.PASSED_ON, custom=words("passed on", **JUDGED))
    def pass_on(self) -> None: ...

    @transition(state, S.RAISED, S.CLOSED, custom=words("dismissed", **JUDGED))
    def dismiss(self) -> None: ...

    @transition(state, S.PASSED_ON, S.ENGAGING, custom=words("engaged", **JUDGED))
    def engage(self) -> None: ...

    @transition(state, S.PASSED_ON, S.CLOSED, custom=words("closed without engagement", **JUDGED))
    def close_without_engagement(self) -> None: ...

    @transition(state, S.ENGAGING, S.CLOSED, custom=words("given its result", **JUDGED))
    def give_result(self) -> None: ...


class AlertPersonal(models.Model):
    """The personal data of an alert: really deleted, at most the policy's hours after the alert (D-3, 7.10). The clock's subject is this row.

    `salt` ties the alert to its entries in the trail; when it goes, nobody can tell any more which entries spoke of which alert.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    subject_reference = models.CharField(max_length=80, blank=True)
    notes = models.TextField(blank=True)
    evidence_reference = models.CharField(max_length=80, blank=True)

    @property
    def chain_id(self) -> uuid.UUID:
        return self.alert.chain_id


class AlertOutcome(models.Model):
    """What policing did; several for one alert."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=Outcome)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "kind"], name="one_outcome_of_a_kind")]
