"""The access table for Stage 1, and the two things a row cannot say: a section's own author, and sight that grows on submission."""

from datetime import datetime
from typing import Any

from accounts.states import Role
from authorisations.models import Application, Section
from authorisations.querysets import READERS_OF_A_DRAFT
from authorisations.sections import SECTIONS
from operations.permissions import APPOINTED, STAFF, Row, as_, check_sees, check_writes, office
from policy.refusals import NotPermitted

APPLICANT = as_(Role.APPLICANT)
DRAFT = Row.of("application", sees={as_(role) for role in READERS_OF_A_DRAFT}, writes={APPLICANT})
APPLICATION = Row.of("application", sees={*DRAFT.sees, APPOINTED, office(Role.AO)}, writes={APPLICANT})
AUTHORITY = Row.of(
    "authority",
    sees={APPOINTED, *(office(role) for role in (Role.AO, Role.INFORMATION_MANAGEMENT, Role.DPO, Role.SRO, Role.INSPECTOR))},
    writes={office(Role.AO)},
)
KEEPING = Row.of("kept documents", sees={*AUTHORITY.sees}, writes={office(Role.INFORMATION_MANAGEMENT)})
DECIDING = Row.of("Written Authority Document", sees={office(Role.AO)}, writes={office(Role.AO)})
VERBAL = Row.of("note of a verbal authority", sees={APPOINTED, office(Role.AO)}, writes={APPLICANT, as_(Role.SILVER), as_(Role.LOGGIST)})
LISTS = Row.of("lists", sees={STAFF})
APPLYING = Row.of("applications", sees={STAFF}, writes={office(Role.APPLICANT)})


def row_of(application: Application) -> Row:
    """Once submitted, everyone appointed and every AO of the force sees it; until then its writers and Gold."""
    return APPLICATION if application.submissions.exists() else DRAFT


def check_sees_application(application: Application, user: Any, at: datetime) -> frozenset[str]:
    return check_sees(row_of(application), user, application.operation, at)


def check_writes_application(application: Application, user: Any, at: datetime) -> frozenset[str]:
    return check_writes(row_of(application), user, application.operation, at)


def may_write_section(application: Application, section: Section, user: Any, found: frozenset[str]) -> bool:
    """The applicant, the author it was handed to, or whoever is appointed to the part it belongs to."""
    return bool(found & {APPLICANT, *(as_(role) for role in SECTIONS[section.name].hand_to)}) or section.author_id == user.pk


def check_writes_section(application: Application, section: Section, user: Any, at: datetime) -> None:
    found = check_sees(row_of(application), user, application.operation, at)
    if not may_write_section(application, section, user, found):
        raise NotPermitted(
            "P-1", f"“{SECTIONS[section.name].title}” is not yours to write.", clause="7.1", remedy="Ask the applicant to hand the section to you."
        )
