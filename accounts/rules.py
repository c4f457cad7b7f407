"""What a person must be, and have learnt."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import TrainingRecord, User
from accounts.states import Rank, Role
from policy import current
from policy.refusals import Finding, RuleBroken


def training_gaps(person: User, role: str, until: datetime) -> tuple[Finding, ...]:
    """Each course that the role needs and that is missing or will have lapsed by `until`, with course and date (P-4, 10.8)."""
    records = {record.course: record for record in TrainingRecord.objects.latest().filter(person=person)}
    return tuple(
        gap for course in current().courses_for(role) if (gap := gap_in(course, records.get(course.code), person, timezone.localdate(until)))
    )


def gap_in(course: Any, record: TrainingRecord | None, person: User, day: Any) -> Finding | None:
    if record is None:
        return Finding("P-4", f"{person.name} has no record of the course “{course.title}”.", course.clause, "people.training")
    if record.expires_date and record.expires_date < day:
        return Finding(
            "P-4", f"{person.name}’s “{course.title}” training runs out on {record.expires_date:%-d %B %Y}.", course.clause, "people.training"
        )
    return None


def check_trained(person: User, role: str, until: datetime) -> None:
    """Nobody takes a role whose required training has lapsed or will lapse before the deployment ends (P-4, 4.3, 10.8)."""
    if gaps := training_gaps(person, role, until):
        raise RuleBroken(
            "P-4",
            gaps[0].sentence,
            clause=gaps[0].clause,
            findings=gaps,
            remedy="Ask the training unit to record the course, or choose someone whose training is current until the end of the deployment.",
        )


def check_rank(person: User, at: datetime) -> None:
    """An Authorising Officer is of at least superintendent rank, acting or temporary rank counting within its dates (P-2, 6.1)."""
    least = Rank(str(current().value("authorising_officer").value))
    rank = person.rank_at(at)
    if rank is None or rank.order < least.order:
        raise RuleBroken(
            "P-2",
            f"An Authorising Officer must be at least of the rank of {least.label}; {person.name} is {rank.label if rank else 'without a rank'}.",
            clause="6.1",
            remedy="Ask an Authorising Officer of that rank to decide.",
        )


def check_may_be_ao(person: User, force: Any, at: datetime, until: datetime) -> None:
    """An Authorising Officer is of this force, holds the office, the rank and current AO training (P-2, 2, 6.1)."""
    if person.force_id != force.pk:
        raise RuleBroken("P-2", f"Only an Authorising Officer of {force.name} can decide.", clause="6.1", remedy="Ask one of this force.")
    if Role.AO not in person.offices(at):
        raise RuleBroken("P-2", f"{person.name} does not hold the office of Authorising Officer.", clause="6.1", remedy="Ask someone who does.")
    check_rank(person, at)
    check_trained(person, Role.AO, until)
