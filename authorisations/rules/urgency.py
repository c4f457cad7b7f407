"""When a verbal authority may be recorded (A-16), and what may wait for the writing."""

from datetime import datetime

from accounts.models import User
from authorisations.models import Application, Authority
from authorisations.rules.complete import DISPENSABLE, blocking, findings
from authorisations.states import ApplicationState, AuthorityState
from policy import Edition
from policy.refusals import Finding, RuleBroken


def may_follow(finding: Finding, edition: Edition) -> bool:
    """Whether the policy lets this answer follow a verbal authority (6.1, force decision)."""
    return any(finding.where == name or finding.where.startswith(f"{name}.") for name in edition.may_follow_verbal)


def outstanding(application: Application, at: datetime) -> tuple[Finding, ...]:
    """What still has to be answered before the Written Authority Document; shown on every page of the operation."""
    found = (finding for one in findings(application, at).values() for finding in one)
    return tuple(finding for finding in found if may_follow(finding, application.edition))


def check_complete_enough(application: Application, at: datetime) -> None:
    """In urgency only the sections that the policy names may follow; all the rest stands before the words are spoken (A-16, 6.1)."""
    if missing := tuple(finding for finding in blocking(findings(application, at)) if not may_follow(finding, application.edition)):
        raise RuleBroken(
            "A-16",
            f"{len(missing)} answer{'s' if len(missing) > 1 else ''} may not wait, even in urgency.",
            clause="6.1",
            remedy="Put right each of these.",
            findings=missing,
        )


def check_followed(application: Application, at: datetime) -> None:
    """What was let wait in urgency stands before the Written Authority Document is signed (A-16, 6.1)."""
    missing = tuple(finding for finding in outstanding(application, at) if finding.where != DISPENSABLE)
    if application.urgent and missing:
        raise RuleBroken(
            "A-16",
            "What was let wait in urgency is still outstanding.",
            clause="6.1",
            findings=missing,
            remedy="The applicant completes these and submits them; then sign.",
        )


def check_supplement(application: Application, at: datetime) -> None:
    """Only an urgent application that still awaits its decision is supplemented, and only when nothing is outstanding (A-16)."""
    if not application.urgent or application.state != ApplicationState.SUBMITTED:
        raise RuleBroken("A-16", "Nothing of this application was let wait.", clause="6.1", remedy="A submitted application is not edited.")
    check_followed(application, at)


def check_recorder(by: User, given_by: User) -> None:
    """The Authorising Officer who spoke does not record their own words (A-16)."""
    if by.pk == given_by.pk:
        raise RuleBroken(
            "A-16",
            "Whoever gave the verbal authority does not record it.",
            clause="6.1",
            remedy="The applicant, Silver or a loggist records it; you confirm it.",
        )


def check_grounds(*, words: str, why_urgent: str, why_not_written: str) -> None:
    """Urgency needs its ground, why it supports acting at once, and why the decision could not be written (A-16, 2, 6.1)."""
    said = {"words": words, "why_urgent": why_urgent, "why_not_written": why_not_written}
    asked = {
        "words": "Enter the words that were spoken",
        "why_urgent": "Enter how seriousness and benefit support the urgency",
        "why_not_written": "Enter why the decision could not be given in writing",
    }
    if missing := tuple(Finding("A-16", asked[name], "6.1", name) for name, text in said.items() if not text.strip()):
        raise RuleBroken(
            "A-16",
            "A verbal authority is only for urgency, and its grounds are recorded.",
            clause="6.1",
            remedy="Answer each of these.",
            findings=missing,
        )


def check_said(said_at: datetime, at: datetime) -> None:
    """The words were spoken before they are recorded (A-16)."""
    if said_at > at:
        raise RuleBroken("A-16", "The words cannot have been spoken in the future.", clause="6.1", remedy="Correct the time.")


def check_verbal(authority: Authority) -> None:
    if authority.state != AuthorityState.VERBAL:
        raise RuleBroken(
            "A-16",
            "This is no verbal authority that awaits confirmation.",
            clause="6.1",
            remedy="Look at the authority’s page to see where it stands.",
        )
