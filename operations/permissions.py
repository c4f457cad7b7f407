"""Who may see and do what: standings, rows of the access table, the two checks. Person ids are compared, never `has_perm` alone."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.permissions import PUBLIC, STAFF, Row, global_standings, office
from accounts.states import Role
from operations.models import Appointment, Operation, Sight
from policy.refusals import NotPermitted, NotVisible, RuleBroken

__all__ = ["APPOINTED", "INVITED", "OPERATION", "PUBLIC", "STAFF", "Row"]
__all__ += ["as_", "check_hand", "check_not_disposed", "check_sees", "check_writes", "global_standings", "office", "standings"]
APPOINTED = "appointed"
# Opened to one person by name who takes no part in it: whoever chairs a debrief sees its record, and nothing is theirs to stop or to log.
INVITED = "invited"


def as_(role: Role) -> str:
    """Appointed so to this operation."""
    return f"as {role.value}"


# Acts open an operation to these offices, one by one (Sight); System Administrators have no operational sight.
SEEING_OFFICES = {Role.AO, Role.SRO, Role.INSPECTOR, Role.INFORMATION_MANAGEMENT, Role.DPO, Role.ANALYST}
OPERATION = Row.of("operation", sees={APPOINTED, INVITED, *(office(role) for role in SEEING_OFFICES)})


def standings(user: Any, operation: Operation, at: datetime) -> frozenset[str]:
    """What a person is to this operation. Three statements, whatever the number of people in it."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    roles = Appointment.objects.in_force().filter(operation=operation, person=user).values_list("role", flat=True)
    found = {as_(Role(role)) for role in roles}
    if found:
        found.add(APPOINTED)
    return frozenset(found | offices_open_to(user, operation, at))


def offices_open_to(user: Any, operation: Operation, at: datetime) -> set[str]:
    open_ = Sight.objects.filter(Q(until=None) | Q(until__gte=at), Q(person=None) | Q(person=user), operation=operation)
    held = user.offices(at)
    found = set()
    for sight in open_:
        if sight.person_id == user.pk:
            found |= {office(role) for role in held & {Role.INSPECTOR}} or {INVITED}
        elif sight.office in held and user.force_id == operation.force_id:
            found.add(office(Role(sight.office)))
    return found


def check_sees(row: Row, user: Any, operation: Operation, at: datetime) -> frozenset[str]:
    """The person's standings, or NotVisible: to a stranger the thing does not exist."""
    found = standings(user, operation, at)
    if not found & row.sees and PUBLIC not in row.sees:
        raise NotVisible()
    return found


def check_writes(row: Row, user: Any, operation: Operation, at: datetime) -> frozenset[str]:
    """The person's standings, or NotVisible, or NotPermitted for one who sees the thing but has no hand in it; once disposed of, nobody writes."""
    found = check_sees(row, user, operation, at)
    check_hand(row, found)
    check_not_disposed(operation)
    return found


def check_not_disposed(operation: Operation) -> None:
    """What was disposed of is not written anew (A-19, 7.1)."""
    if operation.disposed_at:
        raise RuleBroken("A-19", operation.disposed, clause="7.1", remedy="Nothing more is written in this operation. Open a new one.")


def check_hand(row: Row, found: frozenset[str]) -> None:
    """Of one who sees the thing, and whose standings are known."""
    if not found & row.writes:
        raise NotPermitted(
            "access",
            f"Your part in this operation does not let you change its {row.name}.",
            remedy="The operation’s page shows who can, and whose turn it is.",
        )
