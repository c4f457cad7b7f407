"""Who may see clocks, certify deletions, and hold footage. Which clocks a person sees is one query: `Obligation.objects.visible_to`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.permissions import STAFF, Row, office
from accounts.states import Role
from obligations.models import Obligation
from obligations.states import KEEPERS
from operations.models import Appointment
from operations.permissions import APPOINTED
from policy.refusals import NotPermitted, NotVisible

# Every member of staff has a page of clocks; what stands on it, and which single clock opens (else 404), `visible_to` says.
CLOCKS = Row.of("clocks", sees={STAFF})
CLOCK = Row.of("clock", sees={STAFF}, writes={STAFF})
OPERATION_CLOCKS = Row.of("clocks of an operation", sees={APPOINTED, *(office(role) for role in (*KEEPERS, Role.SRO, Role.AO))})
HOLDS = Row.of("holds", sees={office(role) for role in KEEPERS}, writes={office(role) for role in KEEPERS})
ASK = "Ask one of them."


def check_sees_clock(obligation: Obligation, person: Any, at: datetime) -> None:
    if not Obligation.objects.visible_to(person, at).filter(pk=obligation.pk).exists():
        raise NotVisible()


def is_owner(obligation: Obligation, person: Any, at: datetime) -> bool:
    return Obligation.objects.owed_by(person, at).filter(pk=obligation.pk).exists()


def own(clocks: Iterable[Obligation], person: Any, at: datetime) -> set[Any]:
    """Which of these are the person's own to do, not merely told to them once late. The owners are best fetched before. One statement."""
    clocks, offices = list(clocks), person.offices(at)
    parts = set(person.appointments.filter(ended_at=None).values_list("operation_id", "role")) if clocks else set()

    def is_own(clock: Obligation) -> bool:
        first = (owner for owner in clock.owners.all() if owner.escalated_at is None)
        return any(owner.person_id == person.pk or owner.role in offices or (clock.operation_id, owner.role) in parts for owner in first)

    return {clock.pk for clock in clocks if is_own(clock)}


def is_keeper(obligation: Obligation, person: Any, at: datetime) -> bool:
    """Of Information Management or the Data Protection Officer, of this force."""
    return person.force_id == obligation.force_id and bool(person.offices(at) & KEEPERS)


def is_appointed(obligation: Obligation, person: Any) -> bool:
    return person.is_active and Appointment.objects.in_force().filter(operation=obligation.operation_id, person=person).exists()


def check_may_attest(obligation: Obligation, person: Any, at: datetime) -> None:
    """The custodian certifies: whoever has to do it (D-2, 7.9b)."""
    check_sees_clock(obligation, person, at)
    if not is_owner(obligation, person, at):
        raise NotPermitted("D-2", "Only whoever has to delete it can certify that it is deleted.", clause="7.9b", remedy="The page names who has to.")


def check_may_confirm(obligation: Obligation, person: Any, at: datetime) -> None:
    """A second person confirms: another of those who have to do it, or of Information Management (D-2)."""
    check_sees_clock(obligation, person, at)
    if not (is_owner(obligation, person, at) or is_keeper(obligation, person, at)):
        raise NotPermitted("D-2", "Only another person responsible for it, or Information Management, can confirm this.", clause="7.9b", remedy=ASK)


def check_may_ask_hold(obligation: Obligation, person: Any, at: datetime) -> None:
    """Anyone appointed to the operation may ask for a hold on its footage, or on its alert data (D-3, D-4)."""
    check_sees_clock(obligation, person, at)
    if not is_appointed(obligation, person):
        sentence = f"Only someone appointed to the operation can ask for a hold on its {obligation.what_is_held}."
        raise NotPermitted("D-4", sentence, clause=obligation.clause, remedy=ASK)


def decides_holds(obligation: Obligation, person: Any, at: datetime) -> bool:
    return is_keeper(obligation, person, at) and (not obligation.is_alert_data or Role.DPO in person.offices(at))


def check_decides_hold(obligation: Obligation, person: Any, at: datetime) -> None:
    """Keepers place or refuse a hold on footage (D-4); on alert data the Data Protection Officer alone (D-3, 7.10)."""
    check_keeps_holds(obligation, person, at)
    if not decides_holds(obligation, person, at):
        sentence = "Only the Data Protection Officer can authorise that alert data are preserved."
        raise NotPermitted("D-3", sentence, clause="7.10", remedy="Ask the Data Protection Officer.")


def check_keeps_holds(obligation: Obligation, person: Any, at: datetime) -> None:
    """Holds are placed, refused, reviewed and released by Information Management or the Data Protection Officer (D-4)."""
    check_sees_clock(obligation, person, at)
    if not is_keeper(obligation, person, at):
        raise NotPermitted("D-4", "Only Information Management or the Data Protection Officer decides on holds.", clause="7.11", remedy=ASK)
