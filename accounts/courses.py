"""Where people stand with their training, for reading: each course that counts or is needed, its newest record, and until when it lasts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import TrainingRecord, User
from accounts.states import CourseState, Role
from policy import Course, current


@dataclass(frozen=True)
class Standing:
    course: Course
    record: TrainingRecord | None
    state: CourseState
    needed_for: tuple[Role, ...]

    @property
    def is_wanting(self) -> bool:
        """Something must be done about it: a role needs the course and it is not current, or it soon will not be."""
        return self.state == CourseState.LAPSING or (bool(self.needed_for) and self.state != CourseState.CURRENT)


def soon() -> timedelta:
    """How long before its last day a course is said to lapse soon: the first reminder of the policy file."""
    return timedelta(days=max(current().reminder("training").steps))


def state_of(record: TrainingRecord | None, day: date) -> CourseState:
    if record is None:
        return CourseState.MISSING
    if record.expires_date is None or record.expires_date > day + soon():
        return CourseState.CURRENT
    return CourseState.LAPSED if record.expires_date < day else CourseState.LAPSING


def training_of(records: Iterable[TrainingRecord], roles: Iterable[Role], day: date) -> list[Standing]:
    """Every course that the person has taken or their roles need, in the order of the policy file (P-4)."""
    newest = {record.course: record for record in sorted(records, key=lambda record: record.completed_date)}
    needs = {role: {course.code for course in current().courses_for(role)} for role in roles}
    found = []
    for course in current().courses.values():
        record, needed_for = newest.get(course.code), tuple(role for role in sorted(needs) if course.code in needs[role])
        if record or needed_for:
            found.append(Standing(course, record, state_of(record, day), needed_for))
    return found


def training_of_person(person: User, roles: Iterable[Role], day: date) -> list[Standing]:
    return training_of(person.training.all(), roles, day)
