"""What the state of things allows in Stage 3."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.states import Role
from authorisations.models import Application, Authority, Disposal
from authorisations.services.keeping import kept_reviews
from authorisations.states import IN_FORCE, WHOSE_TURN
from deployments.models import Deployment
from deployments.states import FINAL
from govuk.times import local
from obligations.models import Hold, Obligation
from obligations.states import Kind
from operations.models import Appointment, Operation, Tie
from operations.permissions import check_not_disposed
from operations.rules import check_independent, is_independent
from policy.refusals import Finding, NotPermitted, RuleBroken, Stale
from reporting.models import Action, Debrief, DeploymentRecord, Publication
from reporting.states import PublicationState, RecordState


def check_open(record: DeploymentRecord) -> None:
    """What is with the Authorising Officer, or accepted, is not written in any more (R-1, 7.7)."""
    if not record.is_open:
        label = record.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken("R-1", f"This deployment record is {label}: it cannot be changed.", clause="7.7", remedy="Ask for it to be returned.")


def check_said(text: str, code: str, what: str, clause: str, where: str = "") -> None:
    """What a rule wants in words is said in words (R-1)."""
    if not text.strip():
        found = (Finding(code, f"Enter {what[0].lower()}{what[1:]}.", clause, where),) if where else ()
        raise RuleBroken(code, f"{what} must be stated.", clause=clause, remedy="Write it in your own words.", findings=found)


def check_may_chair(chair: User, operation: Operation) -> None:
    """The debrief is chaired by someone other than Gold, so that it is independent of Gold to a degree (R-2, 7.6)."""
    if chair.force_id != operation.force_id or not chair.is_active:
        raise RuleBroken("R-2", "The debrief is chaired by somebody of this force.", clause="7.6", remedy="Choose another person.")
    if Appointment.objects.filter(operation=operation, person=chair, role=Role.GOLD).exists():
        raise RuleBroken(
            "R-2", f"{chair.name} is Gold of this operation and cannot chair its debrief.", clause="7.6", remedy="Choose another person."
        )


def ties_of(chair: User, operation: Operation) -> str:
    """What ties the chair to the operation, in words: allowed, and shown wherever the debrief is (R-2, 7.6)."""
    held = Appointment.objects.filter(operation=operation, person=chair).values_list("role", flat=True)
    parts = [f"was {Role(role).label} of it" for role in dict.fromkeys(held)]
    wrote = Tie.objects.filter(operation=operation, person=chair)
    return "; ".join(dict.fromkeys([*parts, *(tie.get_kind_display() for tie in wrote)]))  # type: ignore[attr-defined]


def check_chairs(by: User, debrief: Debrief) -> None:
    """Only its chair writes the debrief (R-2, 7.6)."""
    if by.pk != debrief.chair_id:
        raise NotPermitted("R-2", f"The debrief is {debrief.chair.name}’s to write.", clause="7.6", remedy="Ask them, or arrange another chair.")


def check_does(by: User, action: Action) -> None:
    """Whoever was to do it says what came of it (R-2, 7.6)."""
    if by.pk != action.person_id:
        raise NotPermitted("R-2", f"This is {action.person.name}’s to do.", clause="7.6", remedy="Ask them.")


def is_silver_of(person: User, operation: Operation) -> bool:
    return Appointment.objects.in_force().filter(operation=operation, person=person, role=Role.SILVER).exists()


def check_may_receive(person: User, record: DeploymentRecord, why: str) -> bool:
    """The record goes to the authorising officer by default; to that deployment's Silver, or another, only with the reason (P-5, 7.7).

    Returns whether the receiver is Silver.
    """
    operation = record.deployment.operation
    silver = is_silver_of(person, operation)
    if not silver and not is_independent(person, operation):
        check_independent(person, operation)
    if person.pk != record.deployment.authority.ao_id and not why.strip():
        who = "Silver of this deployment" if silver else "not the officer who authorised this deployment"
        found = (Finding("P-5", "Enter why you receive this record.", "7.7", "why_receiver"),)
        raise RuleBroken("P-5", f"You are {who}: say why you receive its record.", clause="7.7", remedy="Enter the reason.", findings=found)
    return silver


def check_drafter(by: User, publication: Publication) -> None:
    """A draft is written and checked by the analyst whose it is, so that another can approve it (R-5, 9.7)."""
    if by.pk != publication.drafted_by_id:
        who = publication.drafted_by.name
        raise NotPermitted("R-5", f"This draft is {who}’s.", clause="9.7", remedy="Take it over first, if they cannot go on with it.")


def check_second_person(by: User, publication: Publication) -> None:
    """Nobody publishes alone: whoever drafted an edition does not approve it (R-5, 9.7)."""
    if by.pk == publication.drafted_by_id:
        raise RuleBroken(
            "R-5", "You drafted this edition: another analyst has to approve it.", clause="9.7", remedy="Ask a second Reporting Analyst."
        )


def check_as_read(publication: Publication, sha256: str) -> None:
    """What is approved is what was read (R-5). An empty hash compares nothing."""
    if sha256 and sha256 != publication.sha256:
        raise Stale()


def check_still_true(publication: Publication, element: str) -> None:
    """What is published says what the records say on the day (X-2): a figure corrected meanwhile has to be looked at again."""
    if publication.state == PublicationState.APPROVED and element != publication.content:
        raise RuleBroken(
            "X-2", "The figures have changed since this edition was checked.", clause="9.6", remedy="Send it back, and check it against them."
        )


def check_answers_disposal(proposed: Disposal | None, by: User) -> Disposal:
    """What was proposed, to be answered by somebody else (A-19, 7.1)."""
    if proposed is None:
        raise RuleBroken("A-19", "No disposal has been proposed.", clause="7.1", remedy="Information Management proposes it at the review.")
    if proposed.proposed_by_id == by.pk:
        raise RuleBroken("A-19", "You proposed this disposal.", clause="7.1", remedy="Another of Information Management, or the DPO, answers it.")
    return proposed


def check_disposable(operation: Operation, at: datetime) -> None:
    """Nothing is disposed of before its review date, and nothing while any of the operation still runs (A-19, 7.1)."""
    check_not_disposed(operation)
    reviews = [local(due_at).date() for due_at in kept_reviews(operation).values_list("due_at", flat=True)]
    if not reviews:
        raise RuleBroken("A-19", "Nothing has been signed that is kept.", clause="7.1", remedy="There is nothing to dispose of.")
    if max(reviews) > local(at).date():
        day = f"{max(reviews):%-d %B %Y}"
        raise RuleBroken("A-19", f"The review is due on {day}: nothing is disposed of before that day.", clause="7.1", remedy=f"Propose it on {day}.")
    for rows, sentence, remedy in still_running(operation):
        if rows.exists():
            raise RuleBroken("A-19", sentence, clause="7.1", remedy=remedy)


def still_running(operation: Operation) -> Iterator[tuple[Any, str, str]]:
    """What must have come to its end before, and how it does."""
    deployments = Deployment.objects.filter(operation=operation)
    records = DeploymentRecord.objects.filter(state=RecordState.ACCEPTED)
    publications = Publication.objects.in_the_making().filter(record__deployment__operation=operation)
    yield (
        Authority.objects.filter(operation=operation, state__in=IN_FORCE),
        "An authority is in force.",
        "Wait until it has ended, or have it cancelled.",
    )
    yield (
        Application.objects.filter(operation=operation, state__in=WHOSE_TURN),
        "A version of the application is still open.",
        "Ask the applicant to withdraw it, or an Authorising Officer to decide.",
    )
    yield Hold.objects.placed().filter(obligation__operation=operation), "A hold is placed.", "Release the hold first, if its ground has fallen away."
    yield deployments.exclude(state__in=FINAL), "A deployment has not ended.", "Ask Silver to conclude it or to stand it down."
    yield (
        deployments.filter(live_at__isnull=False).exclude(record__in=records),
        "The record of a deployment has not been accepted.",
        "Ask an Authorising Officer to accept it.",
    )
    yield publications, "Figures are about to be published.", "Ask the analysts to publish them or to send them back."
    clocks = Obligation.objects.filter(operation=operation).not_ended().exclude(kind=Kind.KEPT_REVIEW)
    yield clocks, "Something is still due in this operation.", "Its clocks show what, and by whom."
