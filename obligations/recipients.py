"""Who is behind a duty now: appointments end and offices change hands, so it is asked each time somebody is told."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import RoleGrant, User
from accounts.states import OPERATION_ROLES, Role
from obligations.models import Obligation, Owner
from obligations.states import Reach
from operations.models import Appointment, Tie


def escalate(obligation: Obligation, reach: Reach, at: datetime) -> None:
    """From this step on it is Silver's, and then its seniors', to see to as well: so they see its page."""
    roles = set()
    if reach >= Reach.SILVER and obligation.operation_id:
        roles.add(Role.SILVER.value)
    if reach >= Reach.SENIORS:
        roles |= set(obligation.seniors)
    rows = [Owner(obligation=obligation, role=role, escalated_at=at) for role in sorted(roles - {owner.role for owner in obligation.owners.all()})]
    Owner.objects.bulk_create(rows, ignore_conflicts=True)


def people_behind(obligation: Obligation, at: datetime) -> set[User]:
    """The people whose it is to do now: by name, by part in the operation, by office."""
    owners = list(obligation.owners.all())
    roles = {owner.role for owner in owners if owner.role}
    named = {owner.person_id for owner in owners if owner.person_id}
    parts = Appointment.objects.in_force().filter(operation=obligation.operation_id, role__in=roles & OPERATION_ROLES)
    held = RoleGrant.objects.held(at).filter(role__in=roles - OPERATION_ROLES, person__force=obligation.force_id)
    if Role.AO in roles and (deciders := who_decided(obligation)):
        held = held.exclude(Q(role=Role.AO) & ~Q(person__in=deciders))
    ids = named | set(parts.values_list("person", flat=True)) | set(held.values_list("person", flat=True))
    return set(User.objects.filter(pk__in=ids, is_active=True))


def who_decided(obligation: Obligation) -> list[Any]:
    """The Authorising Officers of this operation; the others of the force are not troubled."""
    return list(Tie.objects.filter(operation=obligation.operation_id, kind=Tie.Kind.DECIDED).values_list("person", flat=True))


def reached(obligation: Obligation, reach: Reach, at: datetime) -> set[User]:
    """Those a step tells. Where nobody is left at that height, it goes further up: a reminder never falls into a void."""
    for height in range(reach, Reach.SENIORS + 1):
        escalate(obligation, Reach(height), at)
        if people := people_behind(obligation, at):
            return people
    return set()
