"""What is missing before an application can be submitted: one list guards the act, draws the task list and answers the API."""
from datetime import datetime

from policy.refusals import Finding, RuleBroken

from authorisations.models import Application
from authorisations.sections import SECTIONS, findings_of


def findings(application: Application, at: datetime) -> dict[str, tuple[Finding, ...]]:
    """Section by section, everything missing or wrong (A-1)."""
    return {name: findings_of(application, name, at) for name in SECTIONS}


def check_complete(application: Application, at: datetime) -> None:
    """An incomplete application cannot be submitted: every missing or wrong answer is listed (A-1, 6.1)."""
    if missing := tuple(finding for found in findings(application, at).values() for finding in found):
        raise RuleBroken("A-1", f"The application is not complete: {len(missing)} answer{'s are' if len(missing) > 1 else ' is'} missing or wrong.",
                         clause="6.1", remedy="Put right each of these.", findings=missing)
