"""What the state of things allows."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from govuk.times import log_time
from obligations.models import Attestation, Heartbeat, Hold, Obligation
from obligations.states import Basis, Manner, State
from policy import Limit
from policy.edition import end_of_london_day
from policy.refusals import RuleBroken

# How long after the last good sweep all staff are told that the clocks do not run.
LATE_SWEEP = timedelta(minutes=5)


def sweep_is_late(at: datetime) -> bool:
    """Nobody has looked at the clocks for five minutes, or never (D-6): a banner tells all staff."""
    last = Heartbeat.last()
    return last is None or last.succeeded_at is None or at - last.succeeded_at > LATE_SWEEP


def check_manner(obligation: Obligation, manner: Manner) -> None:
    """Each duty is proved in its own manner: by an act, by this product's deletion, or by two people (D-2, D-4)."""
    if obligation.manner != manner:
        raise RuleBroken(
            "D-6",
            f"This is {obligation.get_manner_display()}; it cannot be completed in another way.",
            clause=obligation.clause,
            remedy="Open it to see what has to be done.",
        )


def check_may_be_held(obligation: Obligation) -> None:
    """Only footage may be kept beyond its limit; personal data of an alert where the force's policy allows it (D-3, D-4, 7.10, 7.11)."""
    if obligation.may_be_held:
        return
    if obligation.is_alert_data:
        raise RuleBroken(
            "D-3",
            "The force’s policy does not allow the personal data of an alert to be preserved: they are deleted at their limit.",
            clause="7.10",
            remedy="Put what is evidence into the case system before the limit. Only a new edition of the policy can allow a preservation.",
        )
    raise RuleBroken(
        "D-4",
        "Only CCTV footage can be put on hold. Everything else is deleted at its limit.",
        clause="7.11",
        remedy="What is evidence belongs into the case system before the limit.",
    )


def check_ground(obligation: Obligation, basis: str) -> None:
    """Personal data of an alert are preserved on the statutory ground alone (D-3, 7.10); footage on any of the policy's grounds (D-4)."""
    if obligation.is_alert_data and basis != Basis.CPIA:
        raise RuleBroken(
            "D-3",
            f"Personal data of an alert can be preserved only under the {Basis.CPIA.label}.",
            clause="7.10",
            remedy="Ask on that ground, or put what is evidence into the case system before the limit.",
        )


def check_not_too_late(obligation: Obligation) -> None:
    """A hold that comes after deletion has begun is told so, and is never shown as held (D-3, D-4, 7.10, 7.11)."""
    if obligation.state in (State.OPEN, State.HELD):
        return
    since = obligation.begun_at or obligation.done_at
    when = f" at {timezone.localtime(since):%-d %B %Y %H:%M}" if since else ""
    what, code = obligation.what_is_held, "D-3" if obligation.is_alert_data else "D-4"
    happened = f"deletion of this {what} began" if obligation.begun_at else f"this {what} has been certified as deleted"
    remedy = "It cannot be held any more. Tell the Data Protection Officer if it was needed."
    raise RuleBroken(code, f"Too late: {happened}{when}.", clause=obligation.clause, remedy=remedy)


def check_not_one_of(person: Any, others: set[Any], sentence: str, clause: str = "7.11") -> None:
    """Asker, placer and releaser of a hold are three people; attester and confirmer are two (D-2, D-4)."""
    if person.pk in others:
        raise RuleBroken("D-4" if clause == "7.11" else "D-2", sentence, clause=clause, remedy="Ask somebody else.")


def review_due(limit: Limit, chosen: date | None, at: datetime) -> datetime:
    """A hold is looked at again by the end of the day chosen, at most the policy's limit from now (D-4, 7.11)."""
    latest = limit.due_at(at)
    if chosen is None:
        return latest
    due = end_of_london_day(chosen)
    if not at < due <= latest:
        last = f"{timezone.localtime(latest):%-d %B %Y}"
        raise RuleBroken(
            "D-4",
            f"A hold must be reviewed by {last}: within {limit.length} {limit.unit}.",
            clause=limit.clause,
            remedy="Choose a day from today to then.",
        )
    return due


def check_wiped_at(obligation: Obligation, wiped_at: datetime, at: datetime) -> None:
    """What is certified has happened, and when there was something to delete: an early wipe is lawful (D-2, 7.9b)."""
    if wiped_at > at:
        raise RuleBroken("D-2", "The deletion you certify lies in the future.", clause="7.9b", remedy="Certify it when it has been done.")
    there_from = min(obligation.there_from or obligation.basis_at, obligation.basis_at)
    if wiped_at < there_from:
        raise RuleBroken(
            "D-2",
            f"The deletion you certify lies before {log_time(there_from)}: there was nothing to delete yet.",
            clause="7.9b",
            remedy="Correct the time.",
        )


def standing_attestation(obligation: Obligation) -> Attestation:
    """What waits for a second person. Raises RuleBroken where nothing does."""
    found = obligation.attestations.filter(disputed_at=None).first()
    if found is None:
        raise RuleBroken("D-2", "Nobody has certified this yet.", clause="7.9b", remedy="Whoever has to do it certifies it first.")
    return found


def is_held(obligation: Obligation) -> bool:
    """A placed hold stands. Asked again under the lock, beside the state, before anything is destroyed."""
    return Hold.objects.placed().filter(obligation=obligation).exists()


def can_begin(obligation: Obligation, at: datetime) -> bool:
    """Deletion may begin, or be taken up again: running, not held, nobody at it, its pause after a failure over (D-6)."""
    free = obligation.lease_until is None or obligation.lease_until < at
    waited = obligation.attempts == 0 or obligation.next_attempt_at is None or obligation.next_attempt_at <= at
    return obligation.manner == Manner.ERASURE and obligation.state in (State.OPEN, State.ERASING) and free and waited and not is_held(obligation)
