"""Who may see and write in the library, and in an operation's assessments."""

from datetime import datetime
from typing import Any

from accounts.states import Role
from library.states import INFORMATION_MANAGEMENT_ALONE
from operations.permissions import APPOINTED, STAFF, Row, as_, office
from policy.refusals import NotPermitted

# Who may adopt or approve depends on the document, below.
LIBRARY = Row.of("library", sees={STAFF}, writes={STAFF})
REGISTERING = Row.of("register of documents", sees={office(Role.INFORMATION_MANAGEMENT)}, writes={office(Role.INFORMATION_MANAGEMENT)})
ASSESSMENTS = Row.of("assessments", sees={APPOINTED, office(Role.AO)}, writes={as_(Role.APPLICANT)})
CIA = Row.of("local community impact assessment", sees={APPOINTED, office(Role.AO)}, writes={as_(Role.NPT_SUPERVISOR)})


def holds(user: Any, role: Role, force_id: Any, at: datetime) -> bool:
    return user.force_id == force_id and role in user.offices(at)


def can_adopt(user: Any, document: Any, at: datetime) -> bool:
    if document.owner_id == user.pk and user.is_active and document.kind not in INFORMATION_MANAGEMENT_ALONE:
        return True
    return holds(user, Role.INFORMATION_MANAGEMENT, document.force_id, at)


def who_adopts(document: Any) -> str:
    alone = document.kind in INFORMATION_MANAGEMENT_ALONE
    return "Information Management" if alone else f"its owner, {document.owner.name}, or Information Management"


def check_may_adopt(user: Any, document: Any, at: datetime) -> None:
    """A document's owner or Information Management adopts its versions; the DPIA is Information Management's alone (access table, G-1)."""
    if not can_adopt(user, document, at):
        raise NotPermitted("G-1", f"A version of this document is adopted by {who_adopts(document)}.", clause="7.2", remedy="Ask them to adopt it.")


def can_approve(user: Any, version: Any, at: datetime) -> bool:
    return holds(user, Role.DIVERSITY_UNIT, version.document.force_id, at) and version.recorded_by_id != user.pk


def check_may_approve(user: Any, version: Any, at: datetime) -> None:
    """The Diversity Unit approves an equality assessment, never the person who recorded it (G-2)."""
    if not can_approve(user, version, at):
        raise NotPermitted(
            "G-2",
            "An equality assessment is approved by the Diversity Unit, and not by the person who recorded it.",
            clause="7.2",
            remedy="Ask the Diversity Unit.",
        )
