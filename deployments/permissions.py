"""The access table of Stage 2, and what a row cannot say: for whom somebody writes."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.rules import check_trained
from accounts.states import Role
from deployments.models import Deployment
from operations.models import Appointment, Operation
from operations.permissions import APPOINTED, STAFF, Row, as_, check_writes, office
from policy.refusals import NotPermitted, RuleBroken

AO = office(Role.AO)
SILVER, LOGGIST = as_(Role.SILVER), as_(Role.LOGGIST)
OPERATOR, ENGAGEMENT_OFFICER = as_(Role.OPERATOR), as_(Role.ENGAGEMENT_OFFICER)
COMMAND = {as_(Role.GOLD), SILVER, as_(Role.BRONZE)}

DEPLOYMENTS = Row.of("deployments", sees={STAFF})
DEPLOYMENT = Row.of("deployment", sees={APPOINTED, AO}, writes={SILVER})
FIGURES = Row.of("figures", sees={APPOINTED, AO, office(Role.SRO)}, writes={SILVER, OPERATOR, LOGGIST})
# Whoever is appointed may stop it, on Silver's order (O-3). Nothing else is asked.
STOP = Row.of("deployment", sees={APPOINTED, AO}, writes={APPOINTED})
READINESS = Row.of(
    "go-live check",
    sees={APPOINTED, AO},
    writes={*COMMAND, OPERATOR, ENGAGEMENT_OFFICER, LOGGIST, as_(Role.SYSTEM_ENGINEER), as_(Role.COMMUNICATIONS), as_(Role.WATCHLIST_COMPILER)},
)
LOGS = Row.of("logs", sees={APPOINTED, AO}, writes={APPOINTED})
REVIEWS = Row.of("reviews", sees={APPOINTED, AO}, writes={SILVER, as_(Role.GOLD), as_(Role.TECHNICAL_ANALYST), LOGGIST})
ALERTS = Row.of("alerts", sees={APPOINTED, AO}, writes={OPERATOR, ENGAGEMENT_OFFICER, LOGGIST})
ALERT_PERSONAL = Row.of("personal data of alerts", sees={OPERATOR, ENGAGEMENT_OFFICER, SILVER, as_(Role.TECHNICAL_ANALYST)})
# Words of a log that are about a person: as the personal data of alerts, and whoever wrote them until then.
PERSONAL_NOTES = ALERT_PERSONAL
# Preserved, they are closed to those who worked on them once their limit has passed (D-3).
PRESERVED = Row.of("alert data preserved beyond their limit", sees={office(Role.INFORMATION_MANAGEMENT), office(Role.DPO)})
HOLDINGS = Row.of(
    "media and footage",
    sees={APPOINTED, AO, office(Role.INFORMATION_MANAGEMENT), office(Role.DPO)},
    writes={SILVER, OPERATOR, LOGGIST, as_(Role.SYSTEM_ENGINEER)},
)
BREACHES = Row.of("breaches", sees={APPOINTED, AO, office(Role.SRO), office(Role.INFORMATION_MANAGEMENT)}, writes={AO})
WARNINGS = Row.of("warnings", sees={APPOINTED, AO}, writes={SILVER})
CONCERN = Row.of("concerns", sees={APPOINTED, AO}, writes={APPOINTED})


def check_named(person: User, operation: Operation, *roles: Role) -> Role:
    """Who did it has such a part in the operation, or had one. Returns the part."""
    held = Appointment.objects.filter(operation=operation, person=person, role__in=roles).order_by("ended_at").values_list("role", flat=True)
    found = [Role(role) for role in held]
    if not found:
        named = " or ".join(role.label for role in roles)
        raise RuleBroken("O-2", f"{person.name} is not {named} of this operation.", clause="7.1", remedy="Choose who did it.")
    return next((role for role in roles if role in found), found[0])


def check_own_hand(by: User, person: User, found: frozenset[str], *also: str) -> None:
    """Everyone writes for themselves; a loggist, and whoever the row names besides, for a named person (O-2)."""
    if by.pk != person.pk and not found & {LOGGIST, *also}:
        raise NotPermitted("O-2", f"Only {person.name} or a Loggist can enter this.", clause="7.1", remedy="Ask them, or enter it as your own.")


def check_still_may(by: User, role: Role, until: datetime, at: datetime) -> None:
    """Who has lost a role, or whose training has lapsed, gives no permission any more; stopping is excepted (P-4, 10.8)."""
    if role not in by.offices(at):
        raise NotPermitted("P-1", f"You may no longer act as {role.label}.", clause="7.4", remedy="Ask whoever may.")
    check_trained(by, role, until)


def deals_with_breaches(deployment: Deployment, person: User, at: datetime) -> bool:
    """The Authorising Officer who gave the authority; where they do not hold the office any more, another of the force (O-11)."""
    return person.pk == deployment.authority.ao_id or Role.AO not in deployment.authority.ao.offices(at)


def check_deals_with_breach(deployment: Deployment, by: User, at: datetime) -> None:
    """A breach stands until the Authorising Officer, whose authority it was, has dealt with it (O-11)."""
    check_writes(BREACHES, by, deployment.operation, at)
    if not deals_with_breaches(deployment, by, at):
        name = deployment.authority.ao.name
        raise NotPermitted("O-11", f"{name} gave this authority, and deals with what was done beyond it.", clause="5.1", remedy=f"Ask {name}.")


def is_silver(found: frozenset[str]) -> bool:
    return SILVER in found


def silver_and_gold(operation: Operation) -> list[User]:
    return people_of(operation, Role.SILVER, Role.GOLD)


def people_of(operation: Operation, *roles: Role) -> list[User]:
    parts: dict[str, Any] = {"appointments__operation": operation, "appointments__ended_at": None, "appointments__role__in": roles}
    return list(User.objects.filter(is_active=True, **parts).distinct())
