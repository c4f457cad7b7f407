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


def check_said(said_at: datetime, at: datetime, edition: Edition) -> None:
    """The words were spoken before they are recorded, and can still be put in writing in time: else the authority has lapsed already (A-16, 6.1)."""
    if said_at > at:
        there = (Finding("A-16", "Correct the time of the words.", "6.1", "said_at"),)
        raise RuleBroken("A-16", "The words cannot have been spoken in the future.", clause="6.1", remedy="Correct the time.", findings=there)
    limit = edition.limit("written_after_verbal")
    if at > limit.due_at(said_at):
        raise RuleBroken(
            "A-16",
            f"These words were spoken more than {limit.words} ago: the time to put them in writing has passed.",
            clause=limit.clause,
            remedy="Correct the day or the time. If it is right, have the Authorising Officer give the authority again.",
            findings=(Finding("A-16", "Correct the day or the time of the words.", limit.clause, "said_at"),),
        )


def check_spoke(by: User, authority: Authority) -> None:
    """Whether the words were spoken is said by the Authorising Officer who is named, by nobody else, and once (A-16, 6.1)."""
    if by.pk != authority.ao_id:
        raise RuleBroken("A-16", "Only the Authorising Officer who spoke can say so.", clause="6.1", remedy=f"Ask {authority.ao.name}.")
    if authority.note.confirmed_at:
        remedy = "What remains is to put it in writing, or to cancel the authority."
        raise RuleBroken("A-16", "You have confirmed this already.", clause="6.1", remedy=remedy)


def check_disputable(authority: Authority) -> None:
    """A note is disputed while its authority is verbal, and also when it has lapsed before the officer was reached (A-16)."""
    if authority.state != AuthorityState.LAPSED or authority.decision_id or authority.note.disputed_at:
        check_verbal(authority)


def check_correctable(by: User, authority: Authority) -> None:
    """A note is corrected by whoever wrote it, until the Authorising Officer has confirmed it (A-16, 6.1)."""
    check_verbal(authority)
    note = authority.note
    if by.pk != note.recorded_by_id:
        raise RuleBroken("A-16", "A note is corrected by the person who wrote it.", clause="6.1", remedy=f"Ask {note.recorded_by.name}.")
    if note.confirmed_at:
        raise RuleBroken(
            "A-16",
            f"{authority.ao.name} has confirmed this note, so it stands as it is.",
            clause="6.1",
            remedy="The Written Authority Document says what was meant.",
        )


def check_verbal(authority: Authority) -> None:
    """A note is confirmed, disputed or corrected only while its authority is verbal (A-16)."""
    if authority.state != AuthorityState.VERBAL:
        raise RuleBroken(
            "A-16",
            "This is no verbal authority that awaits confirmation.",
            clause="6.1",
            remedy="Look at the authority’s page to see where it stands.",
        )
