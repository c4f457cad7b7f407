"""Independence and appointments: the wall between an operation and its Authorising Officer, from both sides."""

from datetime import datetime

from accounts.models import User
from accounts.rules import check_trained
from accounts.states import OPERATION_ROLES, Role
from operations.models import Appointment, Operation, Tie
from policy import current
from policy.refusals import RuleBroken

# Their training must last until the deployment ends (P-4).
TRAINED_TO_THE_END = {Role.OPERATOR, Role.ENGAGEMENT_OFFICER, Role.SILVER}
ALONE = ({Role.OPERATOR, Role.ENGAGEMENT_OFFICER},)


def is_independent(person: User, operation: Operation) -> bool:
    """Never appointed to the operation, never wrote part of its application."""
    return not Operation.objects.filter(pk=operation.pk).with_part_of(person).exists()


def check_independent(person: User, operation: Operation) -> None:
    """The Authorising Officer is independent of the operation: no applicant, no author of any part, nobody appointed to it (P-3, 4.1)."""
    if not is_independent(person, operation):
        raise RuleBroken(
            "P-3",
            f"{person.name} has a part in this operation and cannot decide on it: the Authorising Officer must be independent of it.",
            clause="4.1",
            remedy="Ask an Authorising Officer who has no part in it.",
        )


def check_not_its_ao(person: User, operation: Operation) -> None:
    """Whoever has decided on the operation as Authorising Officer cannot be appointed to it afterwards (P-3, 4.1)."""
    if Tie.objects.filter(operation=operation, person=person, kind=Tie.Kind.DECIDED).exists():
        raise RuleBroken(
            "P-3",
            f"{person.name} has decided on this operation as Authorising Officer and cannot take part in it.",
            clause="4.1",
            remedy="Appoint someone else.",
        )


def check_may_be(person: User, role: Role, at: datetime) -> None:
    """Nobody is appointed to what they may not be (P-1)."""
    if role not in OPERATION_ROLES:
        raise RuleBroken("P-1", f"{role.label} is an office of the force, not a part in one operation.", remedy="Choose another role.")
    if role not in person.offices(at):
        raise RuleBroken(
            "P-1",
            f"{person.name} may not be {role.label}: the role has not been granted and confirmed.",
            clause="7.1",
            remedy="Ask a System Administrator to grant it, or choose someone else.",
        )


def check_two_people(person: User, role: Role, operation: Operation) -> None:
    """Operator and Engagement Officer are two people, unless the policy says otherwise (5.10)."""
    if current().value("operator_may_engage").value:
        return
    held = set(Appointment.objects.in_force().filter(operation=operation, person=person).values_list("role", flat=True))
    for pair in ALONE:
        if role in pair and held & (pair - {role}):
            raise RuleBroken(
                "O-5",
                f"{person.name} cannot be both Operator and Engagement Officer: every alert is judged by two people.",
                clause="5.10",
                remedy="Appoint a second person.",
            )


def check_appointable(person: User, role: Role, operation: Operation, at: datetime) -> None:
    """Whoever is appointed may be it, is trained to the end, has not decided on the operation, and is not in that part already (P-1, P-3, P-4)."""
    check_may_be(person, role, at)
    check_not_its_ao(person, operation)
    check_two_people(person, role, operation)
    if role in TRAINED_TO_THE_END:
        check_trained(person, role, max(operation.ends_at or at, at))
    if Appointment.objects.in_force().filter(operation=operation, person=person, role=role).exists():
        raise RuleBroken("P-1", f"{person.name} is already {role.label} of this operation.", remedy="Nothing more is needed.")
