"""What was not authorised, what was called off and stopped, and whether data were deleted in time: numbers, nothing operational (X-6, X-8)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from authorisations.models import Application, Authority, Decision
from authorisations.states import ApplicationState, AuthorityState, Outcome
from deployments.figures import Rate
from deployments.models import Deployment, StateChange
from deployments.states import Move, Reason, State
from obligations.models import Obligation
from obligations.states import Kind, kind_label
from obligations.states import State as Clock
from reporting.period import EVER, Period

DELETIONS = (Kind.ALERT_DATA, "log_note", Kind.WATCHLIST_MEDIA, Kind.WATCHLIST_SYSTEM, Kind.CCTV)


@dataclass(frozen=True)
class Number:
    label: str
    number: int
    of: int
    what: str


@dataclass(frozen=True)
class Reasoned:
    """How often for a reason; few are shown as a range (9.7)."""

    label: str
    words: str


def not_given(force: Any) -> list[Number]:
    """Refusals, withdrawals, stand-downs, terminations (X-6)."""
    decided = Decision.objects.filter(submission__application__operation__force=force)
    asked = Application.objects.filter(operation__force=force)
    given = Authority.objects.filter(operation__force=force)
    planned = dict(Deployment.objects.filter(operation__force=force).order_by().values_list("state").annotate(Count("pk")))
    begun = sum(number for state, number in planned.items() if state not in (State.PLANNED, State.STOOD_DOWN))
    return [
        Number("Refused", decided.filter(outcome=Outcome.REFUSED).count(), decided.count(), "decisions"),
        Number("Withdrawn before a decision", asked.filter(state=ApplicationState.WITHDRAWN).count(), asked.count(), "applications"),
        Number("Cancelled before its end", given.filter(state=AuthorityState.CANCELLED).count(), given.count(), "authorities"),
        Number("Stood down before it began", planned.get(State.STOOD_DOWN, 0), sum(planned.values()), "deployments planned"),
        Number("Ended early", planned.get(State.TERMINATED, 0), begun, "deployments begun"),
    ]


def reasons(force: Any, most: int) -> list[Reasoned]:
    """Why deployments were stood down or ended early; so few that one could be told from another are a range (X-6, 9.7)."""
    steps = StateChange.objects.filter(deployment__operation__force=force, move__in=(Move.STOOD_DOWN, Move.TERMINATED)).exclude(reason="")
    found = Counter(steps.exclude(reason=Reason.SUPERSEDED).order_by().values_list("reason", flat=True))
    return [Reasoned(Reason(reason).label, f"1 to {most}" if many <= most else f"{many:,}") for reason, many in sorted(found.items())]


@dataclass(frozen=True)
class Deleted:
    """What was to be deleted by now, and how much of it was in time (X-8)."""

    label: str
    in_time: Rate
    late: int
    overdue: int
    running: int


def deletions(force: Any, at: datetime, period: Period = EVER, **which: Any) -> list[Deleted]:
    """One statement. What is still running within its limit is not yet counted for or against."""
    late, done = Q(done_at__gt=F("due_at")), Q(state=Clock.DISCHARGED)
    rows = (
        Obligation.objects.filter(period.of("due_at"), force=force, kind__in=DELETIONS, **which)
        .values("kind")
        .annotate(
            done=Count("pk", filter=done),
            late=Count("pk", filter=done & late),
            overdue=Count("pk", filter=Q(done_at=None, due_at__lt=at) & ~Q(state=Clock.HELD)),
            running=Count("pk", filter=Q(done_at=None, due_at__gte=at)),
        )
        .order_by("kind")
    )
    return [
        Deleted(
            kind_label(row["kind"]),
            Rate(row["done"] - row["late"], (row["done"] + row["overdue"]) or None),
            row["late"],
            row["overdue"],
            row["running"],
        )
        for row in rows
    ]


def in_time(found: list[Deleted]) -> Rate:
    """All kinds together: pooled."""
    return Rate(sum(one.in_time.numerator for one in found), sum(one.in_time.denominator or 0 for one in found) or None)


def share(rate: Rate) -> str:
    """How many of how many; no interval, for nothing is sampled here."""
    if not rate.is_calculable or rate.percent is None:
        return "none due yet"
    percent = "100" if rate.numerator == rate.denominator else f"{rate.percent:f}"
    return f"{rate.numerator:,} of {rate.denominator:,} ({percent}\u00a0%)"
