"""The Operation is the file that everything hangs on: one audit chain, its people, who else may see it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from guardian.models import UserObjectPermissionBase

from accounts.models import Force, User
from accounts.states import Role
from audit.models import Governed
from operations.querysets import AppointmentQuerySet, OperationQuerySet


class Place(Governed):
    """Somewhere in the force's area where LFR may be deployed (5.8)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=120)
    town = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["force", "name", "town"], name="one_row_a_place")]
        ordering = ["town", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"


class ReferenceBook(models.Model):
    """The last number given to an operation of a force in a year."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["force", "year"], name="one_book_a_year")]


class Operation(Governed):
    """Reference LFR/2026/0014. `starts_at` and `ends_at` are pushed down by the application: the outermost moments asked for."""

    reference = models.CharField(max_length=20)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="operations")
    title = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    disposed_at = models.DateTimeField("what was signed in it was disposed of", null=True, blank=True)
    disposal_clock = models.UUIDField("the clock whose certificate proves it", null=True, blank=True)

    objects = OperationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [(f"act_as_{role.value}", f"May act as {role.label}") for role in sorted(Role)]
        constraints = [
            models.UniqueConstraint(fields=["force", "reference"], name="one_operation_a_reference"),
            models.CheckConstraint(condition=Q(disposed_at=None) | Q(disposal_clock__isnull=False), name="disposed_of_with_a_certificate"),
        ]
        indexes = [models.Index(fields=["force", "-opened_at", "-id"], name="operations_of_a_force")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def disposed(self) -> str:
        """What every reader of a text that is gone is told instead (A-19, 7.1); empty while the texts are kept."""
        when = self.disposed_at and f"{localtime(self.disposed_at):%-d %B %Y}"
        return f"Disposed of on {when} under MOPI; certificate {self.disposal_clock}." if when else ""

    @property
    def chain_id(self) -> uuid.UUID:
        return self.pk


class OperationUserObjectPermission(UserObjectPermissionBase):
    """guardian's direct-foreign-key row: the answer to object checks. Written only by the acts that write the appointment."""

    content_object = models.ForeignKey(Operation, on_delete=models.CASCADE)


class Appointment(Governed):
    """Who takes part in the operation, and as what (P-1). The truth that filters every list."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role)
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "person", "role"], condition=Q(ended_at=None), name="one_open_appointment")]
        indexes = [models.Index(fields=["person", "operation"], condition=Q(ended_at=None), name="appointments_of_a_person")]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id


class Sight(models.Model):
    """Sight without an appointment, granted by an act: to the holders of an office of this force, or to one person; perhaps until a moment."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="sights")
    office = models.CharField(max_length=30, choices=Role, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "office"], condition=Q(person=None), name="one_sight_an_office"),
            models.CheckConstraint(condition=Q(person=None) ^ Q(office=""), name="sight_of_office_or_person"),
        ]


class Tie(models.Model):
    """Why a person stands on one side of the wall between the operation and its Authorising Officer (P-3, 4.1)."""

    class Kind(models.TextChoices):
        CONTRIBUTED = "contributed", "wrote part of the application"
        DECIDED = "decided", "decided as Authorising Officer"

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "person", "kind"], name="one_tie_of_a_kind")]
