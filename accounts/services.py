"""Acts on people. Training is recorded by the training unit; roles are granted by one administrator and confirmed by another."""

from datetime import date, datetime
from typing import Any

from accounts.models import Force, RankHolding, RoleGrant, TrainingRecord, User
from accounts.states import Rank, Role, Tenure
from audit.acts import Entry, act
from policy import current
from policy.refusals import NotPermitted, RuleBroken


def check_office(by: User | None, at: datetime, *offices: Role) -> None:
    """Only the holder of an office may do what it is for (access table). The system itself, `None`, founds the first administrators."""
    if by is not None and not by.offices(at) & set(offices):
        names = " or ".join(office.label for office in offices)
        raise NotPermitted("P-1", f"Only a {names} can do this.", clause="10.7", remedy=f"Ask a {names}.")


@act
def found_administrator(*, force: Force, username: str, name: str, password: str, demonstration: bool = False, by: Any, at: datetime) -> Entry:
    """The first two System Administrators of a force are founded by the system; from then on two people are needed for every role (P-1)."""
    if RoleGrant.objects.held(at).filter(role=Role.SYSTEM_ADMINISTRATOR, person__force=force).count() >= 2:
        raise RuleBroken(
            "P-1", "This force already has two System Administrators.", clause="10.7", remedy="Ask them to register you and to grant your role."
        )
    person = new_person(force=force, username=username, name=name, password=password, demonstration=demonstration)
    RoleGrant.objects.create(person=person, role=Role.SYSTEM_ADMINISTRATOR, granted_at=at, confirmed_at=at)
    return Entry("person.founded", person, {"force": force.pk, "role": Role.SYSTEM_ADMINISTRATOR})


def new_person(*, force: Force, username: str, name: str, password: str, email: str = "", demonstration: bool = False) -> User:
    person = User(force=force, username=username, name=name, email=email, is_demonstration=demonstration)
    person.set_password(password or None)
    person.save()
    return person


@act
def register_person(
    *, force: Force, username: str, name: str, rank: str, password: str = "", email: str = "", demonstration: bool = False, by: User, at: datetime
) -> Entry:
    """A System Administrator registers a person of this or the host force with their substantive rank (P-1, P-2)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if User.objects.filter(username=username).exists():
        raise RuleBroken(
            "P-1", f"There is already a person with the user name “{username}”.", remedy="One person has one account. Choose another user name."
        )
    person = new_person(force=force, username=username, name=name, password=password, email=email, demonstration=demonstration)
    RankHolding.objects.create(person=person, rank=rank, from_date=at.date(), recorded_at=at, recorded_by=by)
    return Entry("person.registered", person, {"force": force.pk, "rank": rank})


@act
def record_rank(
    person: User, *, rank: str, tenure: str = Tenure.SUBSTANTIVE, from_date: date, until_date: date | None = None, by: User, at: datetime
) -> Entry:
    """Rank with its dates; acting and temporary rank end (P-2)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if tenure != Tenure.SUBSTANTIVE and until_date is None:
        raise RuleBroken("P-2", "Acting and temporary rank need the day on which they end.", clause="6.1", remedy="Enter the last day.")
    if until_date and until_date < from_date:
        raise RuleBroken("P-2", "The last day lies before the first.", remedy="Correct the dates.")
    RankHolding.objects.create(
        person=person, rank=Rank(rank), tenure=tenure, from_date=from_date, until_date=until_date, recorded_at=at, recorded_by=by
    )
    return Entry("person.rank_recorded", person, {"rank": rank, "tenure": tenure, "from": from_date, "until": until_date})


@act
def grant_role(person: User, *, role: str, until_date: date | None = None, by: User, at: datetime) -> Entry:
    """Grant what a person may be; nobody grants a role to themselves (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "Nobody can grant a role to themselves.", clause="10.7", remedy="Ask another System Administrator.")
    if Role(role) == Role.INSPECTOR and until_date is None:
        raise RuleBroken("P-1", "An Independent Inspector has access for a stated time.", clause="7.1", remedy="Enter the last day of access.")
    if RoleGrant.objects.filter(person=person, role=role, ended_at=None).exists():
        raise RuleBroken(
            "P-1", f"{person.name} already holds this role, or it waits for confirmation.", remedy="End it first if its dates are wrong."
        )
    grant = RoleGrant.objects.create(person=person, role=role, granted_at=at, granted_by=by, until_date=until_date)
    return Entry("role.granted", grant, {"person": person.pk, "role": role, "until": until_date})


@act
def confirm_grant(grant: RoleGrant, *, by: User, at: datetime) -> Entry:
    """A second administrator, neither granter nor grantee, confirms the role; only then does it count (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    grant = grant.locked()
    if grant.ended_at or grant.confirmed_at:
        raise RuleBroken("P-1", "This role does not wait for confirmation.", remedy="Look at the person’s page to see where it stands.")
    if by.pk in (grant.granted_by_id, grant.person_id):
        raise RuleBroken(
            "P-1",
            "A role is confirmed by a second person: not the one who granted it, nor the one who receives it.",
            clause="10.7",
            remedy="Ask another System Administrator.",
        )
    grant.confirmed_at, grant.confirmed_by = at, by
    grant.save()
    return Entry("role.confirmed", grant, {"person": grant.person_id, "role": grant.role})


@act
def end_grant(grant: RoleGrant, *, by: User, at: datetime) -> Entry:
    """A role can be taken away by one administrator, at once."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    grant = grant.locked()
    if grant.ended_at:
        raise RuleBroken("P-1", "This role has already ended.")
    grant.ended_at, grant.ended_by = at, by
    grant.save()
    return Entry("role.ended", grant, {"person": grant.person_id, "role": grant.role})


@act
def deactivate(person: User, *, by: User, at: datetime) -> Entry:
    """A person who leaves loses everything at the next request."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "You cannot deactivate yourself.", remedy="Ask another System Administrator.")
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    return Entry("person.deactivated", person)


@act
def record_training(person: User, *, course: str, completed_date: date, attested_by: str = "", by: User, at: datetime) -> Entry:
    """The training unit records a completed course; its expiry follows from the policy (P-4, 10.8). Host-force staff need the host force's attestation."""
    check_office(by, at, Role.TRAINING_UNIT)
    if completed_date > at.date():
        raise RuleBroken("P-4", "A course cannot have been completed in the future.", clause="10.8", remedy="Correct the date.")
    if person.force.is_host and not attested_by:
        raise RuleBroken("P-4", "Training of host-force staff is attested by the host force.", clause="5.3f", remedy="Enter who attested it.")
    if TrainingRecord.objects.filter(person=person, course=course, completed_date=completed_date).exists():
        raise RuleBroken("P-4", "This course is already recorded for that day.", remedy="Correct the date, or leave it.")
    record = TrainingRecord.objects.create(
        person=person,
        course=course,
        completed_date=completed_date,
        attested_by=attested_by,
        expires_date=current().courses[course].expires_date(completed_date),
        recorded_at=at,
        recorded_by=by,
    )
    return Entry("training.recorded", person, {"course": course, "completed": completed_date, "expires": record.expires_date}, result=record)
