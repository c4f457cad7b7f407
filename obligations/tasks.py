"""What the sweep asks of this floor: remind, escalate, keep people's training in view. One bad row never stops the others."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import RoleGrant, TrainingRecord, User
from accounts.states import Role
from obligations.models import Obligation, Step
from obligations.services import discharge, lift, open_duty, remind
from obligations.states import Kind, State
from operations.models import Operation
from policy import Edition, current
from policy.edition import end_of_london_day

log = logging.getLogger(__name__)
AT_ONCE = 2000


def one_by_one(items: Iterable[Any], do: Callable[[Any], Any]) -> Iterator[str]:
    """Do it to each, as an act of its own. Yields "" for what went well, else the error's name, so that the sweep can count and stop in between."""
    for item in items:
        try:
            do(item)
        except Exception as error:
            log.exception("%s failed", getattr(do, "__name__", do))
            yield type(error).__name__
        else:
            yield ""


def remind_due(*, at: datetime) -> Iterator[str]:
    """Every step that is due and has not been fired, however long ago, an operation at a time (D-5, D-6)."""
    due = Step.objects.due(at).order_by("next_at", "pk").values_list("obligation__operation", "obligation")[:AT_ONCE]
    files: dict[tuple[bool, UUID], set[UUID]] = defaultdict(set)
    for operation, obligation in due:
        files[operation is not None, operation or obligation].add(obligation)

    def file_of(key: tuple[bool, UUID]) -> Operation | Obligation:
        return Operation.objects.get(pk=key[1]) if key[0] else Obligation.objects.get(pk=key[1])

    def one_file(item: tuple[tuple[bool, UUID], set[UUID]]) -> None:
        fired, failed = remind(file_of(item[0]), ids=item[1], by=None, at=at)
        if failed:
            log.error("%s of %s reminders put off", failed, fired + failed)

    return one_by_one(files.items(), one_file)


def watch_training(*, at: datetime) -> Iterator[str]:
    """Reminders before training that somebody's role needs runs out; over when it is renewed, or needed no more (P-4, 10.8)."""
    yield from one_by_one(training_to_watch(at), lambda record: open_training(record, at))
    yield from one_by_one(training_settled(at), lambda settled: settled[1](settled[0], by=None, at=at, **settled[2]))


def training_to_watch(at: datetime) -> list[TrainingRecord]:
    """The latest records that run out within the ladder, are needed, and have no clock yet."""
    policy = current()
    ladder = policy.reminder("training")
    horizon = timezone.localdate(at) + timedelta(**{ladder.unit.removeprefix("calendar "): max(ladder.steps)})
    expiring = TrainingRecord.objects.expiring(horizon).filter(person__is_active=True).select_related("person", "person__force")
    needed = needed_courses({record.person_id for record in expiring}, policy, at)
    records = [record for record in expiring if record.course in needed[record.person_id]]
    known = set(Obligation.objects.filter(kind=Kind.TRAINING, subject_id__in=map(Obligation.identity, records)).values_list("subject_id", flat=True))
    return [record for record in records if Obligation.identity(record) not in known]


def needed_courses(people: set[UUID], policy: Edition, at: datetime) -> dict[UUID, set[str]]:
    """The courses that each person's roles ask for; who holds none needs none."""
    needed: dict[UUID, set[str]] = defaultdict(set)
    for person, role in RoleGrant.objects.held(at).filter(person__in=people).values_list("person", "role"):
        needed[person] |= {course.code for course in policy.courses_for(role)}
    return needed


def open_training(record: TrainingRecord, at: datetime) -> None:
    """The person has to renew it; they and the training unit are told when it has run out, once."""
    policy = current()
    course, expires = policy.courses[record.course], record.expires_date
    assert expires is not None  # only what runs out is watched
    open_duty(
        kind=Kind.TRAINING,
        subject=record,
        owner=record.person,
        sentence=f"Renew the course “{course.title}”",
        basis_event=f"course completed on {record.completed_date:%-d %B %Y}, counts until {expires:%-d %B %Y}",
        basis_at=record.recorded_at,
        due_at=end_of_london_day(expires),
        clause=course.clause,
        reminder=policy.reminder("training"),
        force=record.person.force,
        link="/training/",
        seniors=(Role.TRAINING_UNIT,),
        repeats=False,
        by=None,
        at=at,
    )


Settled = tuple[Obligation, Callable[..., Any], dict[str, str]]


def training_settled(at: datetime) -> Iterator[Settled]:
    """Clocks whose record is no longer the latest (renewed), or whose person has gone or needs the course no more."""
    running = list(Obligation.objects.filter(kind=Kind.TRAINING, state=State.OPEN).prefetch_related("owners"))
    people = {owner.person_id for duty in running for owner in duty.owners.all() if owner.person_id}
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    latest = {Obligation.identity(record): record for record in TrainingRecord.objects.latest().filter(person__in=people)}
    needed = needed_courses(active, current(), at)
    for duty in running:
        record = latest.get(duty.subject_id)
        if record is None:
            yield duty, discharge, {"proof": "The course has been renewed"}
        elif record.course not in needed[record.person_id]:
            yield duty, lift, {"reason": "The person holds no role that needs it"}
