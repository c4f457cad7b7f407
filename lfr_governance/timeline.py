"""The three stages of an operation: what is done, due and overdue, read from their rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from authorisations.models import Day, VerbalNote
from authorisations.states import IN_FORCE
from deployments.models import StateChange
from deployments.states import Move, State
from govuk.fields.spoken import upper_first
from govuk.times import log_time
from obligations.models import Obligation
from obligations.states import Manner
from operations.models import Operation


@dataclass(frozen=True)
class Moment:
    title: str
    at: datetime | None
    by: str = ""
    said: str = ""


@dataclass(frozen=True)
class Stage:
    title: str
    moments: list[Moment]


def stages(operation: Operation, at: datetime) -> list[Stage]:
    """Stage 1 to 3, each with its moments in order of time."""
    return [
        Stage("Stage 1: before deployment", sorted(before(operation), key=lambda one: one.at or at)),
        Stage("Stage 2: deployment", sorted(on_the_day(operation), key=lambda one: one.at or at)),
        Stage("Stage 3: after deployment", after(operation, at)),
    ]


def before(operation: Operation) -> list[Moment]:
    found = [Moment("Operation opened", operation.opened_at, operation.opened_by.name)]
    for application in operation.applications.prefetch_related("submissions__decision__ao", "submissions__submitted_by"):
        for row in application.submissions.all():
            found.append(Moment(f"Application submitted, version {application.number}", row.submitted_at, row.submitted_by.name))
            if decision := getattr(row, "decision", None):
                found.append(Moment(f"Decision: {decision.done.lower()}", decision.decided_at, decision.ao.name))
    notes = VerbalNote.objects.filter(authority__operation=operation).select_related("authority__ao", "recorded_by")
    for note in notes.prefetch_related("corrections__corrected_by"):
        found += in_words(note)
    return found


def in_words(note: VerbalNote) -> Iterator[Moment]:
    """The life of a verbal authority (A-16): spoken, noted down, corrected, confirmed or disputed. Its writing is a decision like any other."""
    officer, due_at = note.authority.ao.name, note.authority.written_due_at
    due = f". In writing by {log_time(due_at)}." if due_at else ""
    yield Moment("Verbal authority given", note.said_at, officer, f"{note.get_means_display()}{due}")  # type: ignore[attr-defined]
    yield Moment("Verbal authority noted down", note.recorded_at, note.recorded_by.name)
    for one in note.corrections.all():
        yield Moment("Note of the verbal authority corrected", one.corrected_at, one.corrected_by.name, one.get_point_display())  # type: ignore[attr-defined]
    if note.confirmed_at:
        yield Moment("Verbal authority confirmed", note.confirmed_at, officer)
    if note.disputed_at:
        yield Moment("Verbal authority disputed: it does not stand", note.disputed_at, officer)


def on_the_day(operation: Operation) -> list[Moment]:
    """What is planned, and each step of what ran."""
    steps = StateChange.objects.filter(deployment__operation=operation).exclude(move=Move.PLANNED).select_related("deployment__place", "entered_by")
    planned = operation.deployments.filter(state=State.PLANNED).select_related("place")
    days = Day.objects.filter(application__operation=operation, application__authorities__state__in=IN_FORCE, deployment=None)
    ahead: list[Any] = [*planned, *days.select_related("place")]
    return [
        *(Moment(step_words(step), step.happened_at, step.entered_by.name if step.entered_by else "", reason_words(step)) for step in steps),
        *(Moment(f"Deployment planned at {one.place}", one.starts_at) for one in ahead),
    ]


def step_words(step: StateChange) -> str:
    return f"{step.get_move_display()}: {step.deployment.place}"  # type: ignore[attr-defined]


def reason_words(step: StateChange) -> str:
    return step.get_reason_display() if step.reason else ""  # type: ignore[attr-defined]


def after(operation: Operation, at: datetime) -> list[Moment]:
    found = []
    for authority in operation.authorities.select_related("cancellation__cancelled_by"):
        if authority.ended_at:
            found.append(Moment(f"Authority {authority.get_state_display().lower()}", authority.ended_at))
        if report := getattr(authority, "cancellation", None):
            found.append(Moment("Cancellation report", report.cancelled_at, report.cancelled_by.name))
    running = Obligation.objects.filter(operation=operation).running()
    found += deletions(running.filter(manner=Manner.ERASURE, due_at__gte=at))
    for duty in running.exclude(manner=Manner.ERASURE, due_at__gte=at).order_by("due_at"):
        found.append(Moment(f"{'Overdue' if duty.due_at < at else 'Due'}: {duty.sentence}", duty.due_at, said=upper_first(duty.sum)))
    return found


def deletions(clocks: QuerySet) -> list[Moment]:
    """What this service deletes by itself: one line for each kind, not one for each alert."""
    counted = clocks.values("sentence").annotate(number=Count("pk"), first=Min("due_at")).order_by("first")
    return [
        Moment(f"Due: {row['sentence']}", row["first"], said=f"{row['number']} in all; this is the first" if row["number"] > 1 else "")
        for row in counted
    ]
