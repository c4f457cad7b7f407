"""Reminding and escalating: what is due is told once to each person and step; after an outage the latest step alone speaks."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.notices import tell
from audit.acts import Entry, act
from govuk.times import log_time
from obligations.models import Obligation, Step
from obligations.recipients import reached
from obligations.reckoning import next_overdue, overdue_rung
from obligations.states import RUNNING, Reach
from operations.models import Operation

log = logging.getLogger(__name__)
AFTER_ERROR = timedelta(minutes=15)


@dataclass(frozen=True)
class Fired:
    """The step that speaks for a duty in this run, and how many others it stands for."""

    obligation: Obligation
    step: Step
    skipped: int
    people: frozenset[User]

    @property
    def urgent(self) -> bool:
        return self.step.reach > Reach.OWNERS

    @property
    def facts(self) -> dict[str, Any]:
        return {"clock": self.obligation.pk, "step": self.step.rung, "due_at": self.step.due_at, "told": len(self.people), "skipped": self.skipped}


@act
def remind(file: Operation | Obligation, *, ids: Iterable[UUID], by: Any, at: datetime) -> Entry:
    """Fire the due steps of an operation's duties (of one duty outside any operation) and tell each person once (D-5, D-6)."""
    fired, failed = [], []
    for pk in sorted(ids):
        try:
            with transaction.atomic():
                fired += fire(pk, at)
        except Exception as error:
            log.exception("reminding of clock %s failed", pk)
            failed.append({"clock": pk, "error": type(error).__name__})
            put_off(pk, type(error).__name__, at)
    notify(fired, at)
    return Entry("clocks.reminded", file, {"steps": [one.facts for one in fired], "failed": failed}, result=(len(fired), len(failed)))


def fire(pk: UUID, at: datetime) -> list[Fired]:
    """Mark every due step of the duty as fired; the latest speaks, to all whom any of them reaches."""
    obligation = Obligation(pk=pk).locked()
    steps = list(obligation.steps.due(at).order_by("due_at", "pk"))
    if not steps or obligation.state not in RUNNING:
        return []
    latest = steps[-1]
    people = reached(obligation, Reach(max(step.reach for step in steps)), at)
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(fired_at=at)
    Step.objects.filter(pk=latest.pk).update(told=len(people))
    if obligation.repeats and obligation.is_overdue(at):
        again(obligation, at)
    return [Fired(obligation, latest, len(steps) - 1, frozenset(people))]


def again(obligation: Obligation, at: datetime) -> None:
    """What stays overdue is called to mind again."""
    rung = overdue_rung(next_overdue(obligation.due_at, obligation.reckoned_with.again_every, at))
    Step.objects.get_or_create(
        obligation=obligation, round=obligation.round, rung=rung.name, defaults={"reach": rung.reach, "due_at": rung.due_at, "next_at": rung.due_at}
    )


def put_off(pk: UUID, error: str, at: datetime) -> None:
    """One bad row never stops the others: its steps are tried again later, and its page says why."""
    Step.objects.due(at).filter(obligation=pk).update(next_at=at + AFTER_ERROR)
    Obligation.objects.filter(pk=pk).update(last_error=f"reminder: {error}"[:120])


def notify(fired: list[Fired], at: datetime) -> None:
    """One notice to each person: the sentence where it is one duty, a count and the operation's clocks where it is several."""
    by_person: dict[User, list[Fired]] = defaultdict(list)
    for one in fired:
        for person in one.people:
            by_person[person].append(one)
    for person, theirs in by_person.items():
        if len(theirs) == 1:
            tell(
                [person],
                key=f"step:{theirs[0].step.pk}",
                text=sentence(theirs[0], at),
                link=theirs[0].obligation.get_absolute_url(),
                at=at,
                urgent=theirs[0].urgent,
            )
        else:
            tell(
                [person],
                key=f"steps:{max(one.step.pk for one in theirs)}:{len(theirs)}",
                text=summary(theirs, at),
                at=at,
                link=f"/clocks/operations/{theirs[0].obligation.operation_id}/",
                urgent=any(one.urgent for one in theirs),
            )


def sentence(one: Fired, at: datetime) -> str:
    """LFR/2026/0014: overdue since 24 Oct 2026 20:00 BST: Delete the personal data of an alert."""
    when = "overdue since" if one.obligation.is_overdue(at) else "due by"
    failing = "deletion fails, " if one.step.rung == "deletion fails" else ""
    file = f"{one.obligation.operation.reference}: " if one.obligation.operation else ""
    return f"{file}{failing}{when} {log_time(one.obligation.due_at)}: {one.obligation.sentence}"[:200]


def summary(theirs: list[Fired], at: datetime) -> str:
    late = sum(one.obligation.is_overdue(at) for one in theirs)
    file = theirs[0].obligation.operation
    return f"{file.reference if file else ''}: {len(theirs)} things wait to be done, {late} of them overdue"
