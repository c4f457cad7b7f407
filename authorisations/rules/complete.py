"""What is missing before an application can be submitted: one list guards the act, draws the task list and answers the API."""

from datetime import datetime

from authorisations.models import Application
from authorisations.sections import SECTIONS, findings_of
from policy.refusals import Finding, RuleBroken


def findings(application: Application, at: datetime) -> dict[str, tuple[Finding, ...]]:
    """Section by section, everything missing or wrong (A-1)."""
    return {name: findings_of(application, name, at) for name in SECTIONS}


# The Authorising Officer alone may dispense with a bespoke local assessment: its absence is shown, and asked about, but stops nobody (A-10, 6.1).
DISPENSABLE = "assessments.local_cia"


def blocking(found: dict[str, tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What stands in the way of submission."""
    return tuple(finding for one in found.values() for finding in one if finding.where != DISPENSABLE)


def check_complete(application: Application, at: datetime) -> None:
    """An incomplete application cannot be submitted: every missing or wrong answer is listed (A-1, 6.1)."""
    if missing := blocking(findings(application, at)):
        raise RuleBroken(
            "A-1",
            f"The application is not complete: {len(missing)} answer{'s are' if len(missing) > 1 else ' is'} missing or wrong.",
            clause="6.1",
            remedy="Put right each of these.",
            findings=missing,
        )
