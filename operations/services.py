"""Opening an operation and saying who takes part in it."""

from datetime import datetime
from typing import Any

from django.db.models import F
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from operations.models import Appointment, Operation, Place, ReferenceBook, Sight, Tie
from operations.permissions import SEEING_OFFICES, Row, as_, check_writes
from operations.rules import check_appointable, check_independent, check_not_its_ao
from policy.refusals import NotPermitted, RuleBroken

PEOPLE = Row.of("people", sees={"appointed"}, writes={as_(Role.APPLICANT), as_(Role.GOLD), as_(Role.SILVER)})


def next_reference(force: Any, year: int) -> str:
    """The next reference of the force, LFR/2026/0014."""
    book, _ = ReferenceBook.objects.select_for_update().get_or_create(force=force, year=year)
    ReferenceBook.objects.filter(pk=book.pk).update(last=F("last") + 1)
    book.refresh_from_db()
    return f"LFR/{year}/{book.last:04d}"


@act
def open_operation(*, title: str, by: User, at: datetime) -> Entry:
    """An officer who may be an Applicant opens the file; they are its applicant (P-1, 6.1)."""
    if Role.APPLICANT not in by.offices(at):
        raise NotPermitted(
            "P-1", "Only an officer who may be an Applicant can apply.", clause="6.1", remedy="Ask a System Administrator for the role."
        )
    operation = Operation.objects.create(reference=next_reference(by.force, at.year), force=by.force, title=title, opened_at=at, opened_by=by)
    write_appointment(operation, by, Role.APPLICANT, by=by, at=at)
    return Entry("operation.opened", operation, {"reference": operation.reference})


@act
def appoint(operation: Operation, *, person: User, role: str, by: User, at: datetime) -> Entry:
    """Appoint a person to the operation: they may be it, are trained to the end, and are not its Authorising Officer (P-1, P-3, P-4)."""
    operation = operation.locked()
    check_writes(PEOPLE, by, operation, at)
    role = Role(role)
    check_appointable(person, role, operation, at)
    appointment = write_appointment(operation, person, role, by=by, at=at)
    if person.pk != by.pk:
        tell(
            [person],
            key=f"appointed:{appointment.pk}",
            text=f"{operation.reference}: you have been appointed {role.label}",
            link=f"/operations/{operation.pk}/",
            at=at,
        )
    return Entry("operation.appointed", operation, {"person": person.pk, "role": role}, result=appointment)


def write_appointment(operation: Operation, person: User, role: Role, *, by: User, at: datetime) -> Appointment:
    """The appointment and guardian's row, always together."""
    assign_perm(f"operations.act_as_{role.value}", person, operation)
    return Appointment.objects.create(operation=operation, person=person, role=role, appointed_at=at, appointed_by=by)


@act
def end_appointment(appointment: Appointment, *, reason: str, by: User, at: datetime) -> Entry:
    """End a person's part, with the reason. That they had a part stays on record, and keeps them from authorising (P-3)."""
    operation = appointment.operation.locked()
    appointment = appointment.locked()
    check_writes(PEOPLE, by, operation, at)
    if appointment.ended_at:
        raise RuleBroken("P-1", "This appointment has already ended.")
    if appointment.role == Role.APPLICANT:
        raise RuleBroken("P-1", "An operation keeps its applicant.", remedy="Withdraw the application instead.")
    appointment.ended_at, appointment.ended_by, appointment.end_reason = at, by, reason
    appointment.save()
    remove_perm(f"operations.act_as_{appointment.role}", appointment.person, operation)
    return Entry(
        "operation.appointment_ended", operation, {"person": appointment.person_id, "role": appointment.role, "reason": reason}, result=appointment
    )


def open_sight(operation: Operation, *, office: Role | None = None, person: User | None = None, until: datetime | None = None, at: datetime) -> None:
    """Open the operation to an office of its force, or to a person; the later end counts. Called inside the act that is the reason for it."""
    if office and office not in SEEING_OFFICES:
        raise ValueError(f"{office} never sees an operation")
    sight, opened = Sight.objects.get_or_create(operation=operation, office=office or "", person=person, defaults={"opened_at": at, "until": until})
    if not opened and sight.until and (until is None or until > sight.until):
        Sight.objects.filter(pk=sight.pk).update(until=until)


def tie(operation: Operation, person: User, kind: str, *, at: datetime) -> None:
    """On which side of the wall a person stands (P-3). Called inside the act that puts them there, which is refused to one on the other side.

    The operation is locked first, as by `appoint`: two acts at the same moment cannot put one person on both sides.
    """
    if Tie.objects.filter(operation=operation, person=person, kind=kind).exists():
        return
    operation = operation.locked()
    check = check_independent if kind == Tie.Kind.DECIDED else check_not_its_ao
    check(person, operation)
    Tie.objects.get_or_create(operation=operation, person=person, kind=kind, defaults={"at": at})


@act
def add_place(*, force: Any, name: str, town: str, by: User, at: datetime) -> Entry:
    """A place of the force's area; the same place is one row, so that its past can be shown (5.8)."""
    if by.force_id != force.pk or not by.offices(at) & {Role.APPLICANT, Role.AUTHOR}:
        raise NotPermitted("A-5", "Only those of the force who may write an application can add a place.", clause="5.8", remedy="Ask one of them.")
    place, _ = Place.objects.get_or_create(force=force, name=name.strip(), town=town.strip())
    return Entry("place.added", place, {"name": place.name, "town": place.town})
