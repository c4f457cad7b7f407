"""The training register: recorded by the training unit, attested by the host force for its own people."""

from datetime import date, datetime

from django.utils import timezone

from accounts.models import TrainingRecord, User
from accounts.permissions import check_office
from accounts.states import Role
from audit.acts import Entry, act
from policy import current
from policy.refusals import RuleBroken


@act
def record_training(person: User, *, course: str, completed_date: date, attested_by: str = "", by: User, at: datetime) -> Entry:
    """The training unit records a completed course; its last day follows from the policy. The host force attests its own people's (P-4, 10.8)."""
    check_office(by, at, Role.TRAINING_UNIT)
    if completed_date > timezone.localdate(at):
        raise RuleBroken("P-4", "A course cannot have been completed in the future.", clause="10.8", remedy="Correct the date.")
    if person.force.is_host and not attested_by:
        raise RuleBroken("P-4", "Training of host-force staff is attested by the host force.", clause="5.3f", remedy="Enter who attested it.")
    if TrainingRecord.objects.filter(person=person, course=course, completed_date=completed_date).exists():
        raise RuleBroken("P-4", "This course is already recorded for that day.", clause="10.8", remedy="Correct the date, or leave it.")
    expires = current().courses[course].expires_date(completed_date)
    said = {"course": course, "completed_date": completed_date, "expires_date": expires, "attested_by": attested_by}
    record = TrainingRecord.objects.create(person=person, **said, recorded_at=at, recorded_by=by)
    facts = {"course": course, "completed": completed_date, "expires": expires, "attested": bool(attested_by)}
    return Entry("training.recorded", person, facts, result=record)
