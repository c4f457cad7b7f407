"""Figures for those who oversee: what was asked, what was not given, what is late. Numbers only, no names (X-6, 8.1)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from authorisations.models import Application, Authority, Decision, Deviation, Submission
from authorisations.states import ApplicationState, AuthorityState, Outcome
from deployments.models import Breach
from deployments.preserving import preservations
from deployments.states import CLAUSES, BreachKind
from obligations.models import Hold, Obligation
from obligations.states import kind_label
from reporting.models import Action, Feedback
from reporting.period import EVER, Period
from reporting.register import Asked
from reporting.states import Heard
from reporting.summary import SUMMED, totals


@dataclass(frozen=True)
class Figure:
    """How many, of how many, and what that means."""

    label: str
    number: int
    of: int
    what: str


def outcomes(force: Any, period: Period = EVER) -> list[Figure]:
    """What became of the force's applications. An application may be returned more than once before it is decided.

    Of a period: what was decided, given, begun and submitted in it.
    """
    decided = counted(Decision.objects.filter(period.of("decided_at"), submission__application__operation__force=force), "outcome")
    ended = counted(Authority.objects.filter(period.of("given_at"), operation__force=force), "state")
    asked = counted(Application.objects.filter(period.of("started_at"), operation__force=force), "state")
    submitted = Submission.objects.filter(period.of("submitted_at"), application__operation__force=force).count()
    given, begun = sum(ended.values()), sum(asked.values())
    return [
        Figure("Authorised", decided[Outcome.AUTHORISED], submitted, "submissions"),
        Figure("Authorised with conditions", decided[Outcome.WITH_CONDITIONS], submitted, "submissions"),
        Figure("Returned for more", decided[Outcome.RETURNED], submitted, "submissions"),
        Figure("Refused", decided[Outcome.REFUSED], submitted, "submissions"),
        Figure("Waiting for a decision", asked[ApplicationState.SUBMITTED], submitted, "submissions"),
        Figure("Withdrawn", asked[ApplicationState.WITHDRAWN], begun, "applications begun"),
        Figure("Cancelled", ended[AuthorityState.CANCELLED], given, "authorities given"),
        Figure("Lapsed by themselves", ended[AuthorityState.LAPSED], given, "authorities given"),
    ]


def counted(rows: Any, by: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(by).annotate(Count("pk"))))


def clocks(force: Any, at: datetime) -> list[dict[str, Any]]:
    """What runs and what is overdue, by kind (8.1, D-7)."""
    return [{**row, "label": kind_label(row["kind"])} for row in Obligation.objects.filter(force=force).counts(at)]


def breaches(force: Any, period: Period = EVER) -> list[dict[str, Any]]:
    """What happened and should not have, by kind: how often, and how much of it the Authorising Officer has not dealt with (O-11)."""
    rows = (
        Breach.objects.of_force(force.pk)
        .filter(period.of("happened_at"))
        .order_by()
        .values("kind")
        .annotate(number=Count("pk"), open=Count("pk", filter=Q(answered_at=None)))
    )
    return [{**row, "label": BreachKind(row["kind"]).label, "clause": CLAUSES[BreachKind(row["kind"])]} for row in rows.order_by("kind")]


def deviations(force: Any, most: int | None = None, period: Period = EVER) -> dict[str, Any]:
    """Where operations were slightly outside the procedures, and why: declared beforehand, or alert data preserved (G-4, D-3, 15.3)."""
    declared = Deviation.objects.filter(period.of("application__started_at"), application__operation__force=force)
    latest = declared.select_related("application__operation").order_by("-application__started_at", "clause")[:most]
    preserved = Hold.objects.preservations().of_force(force.pk).filter(period.of("answered_at")).count()
    rows: list[Any] = [(one.hold.obligation.operation, one) for one in preservations(period.of("answered_at"), most=most, obligation__force=force)]
    rows += [(one.application.operation, one) for one in latest]
    return {"number": declared.count() + preserved, "preserved": preserved, "rows": rows}


def learning(force: Any, at: datetime) -> dict[str, Any]:
    """What was to be done about what was learned, and whether it was (7.8)."""
    found = Action.objects.filter(force=force).aggregate(
        agreed=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)), overdue=Count("pk", filter=Q(done_at=None, due_at__lt=at))
    )
    return {**found, "rows": Action.objects.filter(force=force).select_related("person", "debrief__record__deployment__operation", "review")[:20]}


def heard_counts(force: Any) -> dict[str, int]:
    """How much of each kind was heard from outside, and how much is not answered yet (9.1)."""
    found = {f"{kind}": Count("pk", filter=Q(kind=kind)) for kind in Heard}
    return Feedback.objects.filter(force=force).aggregate(**found, waiting=Count("pk", filter=Q(answered_at=None)))


def said_with(force: Any, first: date, last: date) -> dict[str, Any]:
    """The published figures of a period, kept with the review that considered them (R-7)."""
    row = totals(Asked(force=force.pk, from_date=first, to_date=last).past())
    return {"site_sessions": row["site_sessions"], **{name: row[f"sum_{name}"] for name in SUMMED}}
